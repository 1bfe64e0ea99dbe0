"""外国人永久居留证 in its form before 2023: the code of a country and twelve digits."""

import re
from collections.abc import Iterator

from generator.domain.model import MatchKind
from generator.domain.privacy.countries import COUNTRIES
from generator.domain.privacy.digits import CIPHERS
from generator.domain.privacy.identity_parts import PROVINCES, is_day
from generator.domain.privacy.piece import TextMatch

_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_PERMIT = re.compile(
    rf"(?<![{_LETTER}0-9])[{_LETTER}]{{3}}[\W_]{{0,3}}(?:[0-9０-９][\W_]{{0,3}}){{12}}(?<=[0-9０-９])"
    rf"(?![{_LETTER}0-9０-９])"
)


def find_permits(text: str, start: int, end: int) -> Iterator[TextMatch]:
    """Yield the permits in a part of a text; all but the check digit, which is secret, must be right."""
    yield from (_permit(match) for match in _PERMIT.finditer(text, start, end) if _is_permit(match))


def _is_permit(match: re.Match[str]) -> bool:
    country, digits = _permit_parts(match)
    born = {f"{century}{digits[4:6]}" for century in ("19", "20")}
    return (
        country in COUNTRIES
        and bool(PROVINCES.match(digits))
        and any(is_day(year, digits[6:8], digits[8:10]) for year in born)
    )


def _permit_parts(match: re.Match[str]) -> tuple[str, str]:
    letters = [char for char in match[0] if char.isalpha()]
    country = "".join(chr(ord(char) - 0xFEE0) if char > "\uff00" else char for char in letters[:3]).upper()
    return country, "".join(CIPHERS[char] for char in match[0] if char in CIPHERS)


def _permit(match: re.Match[str]) -> TextMatch:
    country, digits = _permit_parts(match)
    return TextMatch(*match.span(), MatchKind.IDENTITY, country + digits, f"{country}{'*' * 9}{digits[-3:]}")
