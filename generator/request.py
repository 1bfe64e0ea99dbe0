"""依申请公开: who receives applications, how, and the limits of 政府信息公开条例 (requirements REQ-01 to REQ-08)."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from generator.vocabulary import RequestLimit
from generator.workdays import Span, Unit

# Who states an opinion, and who applies for reconsideration, has the time that the statute gives, no less and no more.
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


class RequestSettings(BaseModel):
    """The body that receives applications, and what it promises; the limits are those of the statute, or shorter.

    What is empty and stands in ``site`` too is taken from there. Who approves an extension differs between sources
    (条例 art. 33, and local rules that name another person), so it can be said here (REQ-04).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    receiver: str = Field(min_length=1)
    address: str = ""
    postcode: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    online: str = ""
    extension_approver: str = "政府信息公开工作机构负责人"
    reconsideration_body: str = ""
    reply_workdays: int = Field(default=20, ge=1, le=20)
    extension_workdays: int = Field(default=20, ge=0, le=20)
    correction_workdays: int = Field(default=7, ge=1, le=7)

    @field_validator("online")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise ValueError("应为以 http:// 或 https:// 开头的网址，没有网上申请的不写")
        return value


def limits_of(settings: RequestSettings | None) -> Mapping[RequestLimit, Span]:
    """Return the limits that hold for a body: those of the statute where it has promised no shorter ones."""
    own = settings or RequestSettings(receiver="-")
    return {
        RequestLimit.REPLY: Span(own.reply_workdays, Unit.WORKDAY),
        RequestLimit.EXTENSION: Span(own.extension_workdays, Unit.WORKDAY),
        RequestLimit.CORRECTION: Span(own.correction_workdays, Unit.WORKDAY),
        RequestLimit.THIRD_PARTY: Span(_THIRD_PARTY, Unit.WORKDAY),
        RequestLimit.RECONSIDERATION: Span(_RECONSIDERATION, Unit.DAY),
    }
