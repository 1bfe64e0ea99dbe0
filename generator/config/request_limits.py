"""依申请公开: the limits of 政府信息公开条例 and their legal grounds (requirements REQ-01 to REQ-08)."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.config.settings import RequestSettings
from generator.domain.vocabulary import RequestLimit
from generator.domain.workdays import Span, Unit

# Third parties and applicants for reconsideration have exactly the time that the statute gives; no body can change it.
_THIRD_PARTY, _RECONSIDERATION = 15, 60
GROUNDS: Mapping[RequestLimit, str] = MappingProxyType(
    {
        RequestLimit.REPLY: "条例第三十三条",
        RequestLimit.EXTENSION: "条例第三十三条",
        RequestLimit.CORRECTION: "条例第三十条",
        RequestLimit.THIRD_PARTY: "条例第三十二条、第三十四条",
        RequestLimit.RECONSIDERATION: "行政复议法第二十条、第二十三条",
    }
)


def limits_of(settings: RequestSettings | None) -> Mapping[RequestLimit, Span]:
    """Return the limits of a body: those of the statute, or the shorter ones of its config."""
    settings_or_default = settings or RequestSettings(receiver="-")
    return {
        RequestLimit.REPLY: Span(settings_or_default.reply_workdays, Unit.WORKDAY),
        RequestLimit.EXTENSION: Span(settings_or_default.extension_workdays, Unit.WORKDAY),
        RequestLimit.CORRECTION: Span(settings_or_default.correction_workdays, Unit.WORKDAY),
        RequestLimit.THIRD_PARTY: Span(_THIRD_PARTY, Unit.WORKDAY),
        RequestLimit.RECONSIDERATION: Span(_RECONSIDERATION, Unit.DAY),
    }
