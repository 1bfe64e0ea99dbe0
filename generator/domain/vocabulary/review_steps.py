"""审核表 (政府信息公开及合规性审核表): its columns, signatories and dates (requirements FLOW-02, FLOW-03).

Fifteen columns: 序号, 信息名称, three of 信息来源, four of 保密及公开属性意见, three of 发布平台, two of
法律法规核查意见, 发布栏目. A group of boxes is one key with one value.
"""

from collections.abc import Mapping
from types import MappingProxyType

from generator.domain.vocabulary.field_forms import FieldSpec
from generator.domain.vocabulary.fields import FIELDS

SIGNATORIES: Mapping[str, str] = MappingProxyType(
    {
        key: FIELDS[key].label
        for key in ("handler", "secrecy_reviewer", "legal_reviewer", "unit_head", "leader_in_charge", "publisher")
    }
)
REVIEW_DATES = ("form_date", "upload_date")
# What only the signatories can fill in; title, column and number are taken from the document where the form lacks them.
REVIEW_REQUIRED = (
    "source_type",
    "is_secret",
    "disclosure",
    "platforms",
    "legal_opinion",
    *SIGNATORIES,
    *REVIEW_DATES,
)

_SPECS = (
    FieldSpec("no", "序号"),
    FieldSpec("title", "信息名称", aliases=("标题", "名称")),
    *(FIELDS[key] for key in ("source_type", "source_name", "source_url", "is_secret", "disclosure", "platforms")),
    *(FIELDS[key] for key in ("legal_opinion", "column", *SIGNATORIES, *REVIEW_DATES)),
)
REVIEW_FIELDS: Mapping[str, FieldSpec] = MappingProxyType({spec.key: spec for spec in _SPECS})
_OTHER_WORDS = {"转载来源": "source_name", "保密审核人": "secrecy_reviewer", "栏目": "column", "涉密": "is_secret"}
_KEY_OF: Mapping[str, str] = MappingProxyType(
    {word: spec.key for spec in _SPECS for word in (spec.key, spec.label, *spec.aliases)} | _OTHER_WORDS
)
REVIEW_WORDS = tuple(_KEY_OF)


def review_key(written: str) -> str | None:
    """Return the English key for a key of the form in either language, ``None`` for an unknown one."""
    return _KEY_OF.get(written.strip())
