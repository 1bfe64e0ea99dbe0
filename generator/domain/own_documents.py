"""Which documents the body of a site issued itself, alone, with others, or through its government."""

import re
from functools import lru_cache

from generator.domain.model import Document
from generator.domain.vocabulary import IssuerLevel, SourceType

_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|地区|省|市|州|盟|县|区|旗)")
_GOVERNMENT = "人民政府"
_HIGHER = frozenset({IssuerLevel.NATIONAL, IssuerLevel.PROVINCE})
FROM_ELSEWHERE = frozenset({SourceType.REPRINT, SourceType.OTHER})
"""信息来源 of what another body made."""


@lru_cache(maxsize=64)
def place_of(agency: str) -> str:
    """Return the place with which the name of a body begins, empty where it names none.

    >>> place_of("云岭市人力资源和社会保障局")
    '云岭市'
    """
    match = _PLACE.match(agency)
    return match[0] if match else ""


def is_own(document: Document, agency: str) -> bool:
    """Whether the body of a site issued a document; ``agency`` is its name."""
    if document.value("source_type") in FROM_ELSEWHERE or document.value("issuer_level") in _HIGHER:
        return False
    place = place_of(agency)
    return any(
        issuer in agency or agency in issuer or (bool(place) and issuer.startswith(f"{place}{_GOVERNMENT}"))
        for issuer in document.issuers
    )
