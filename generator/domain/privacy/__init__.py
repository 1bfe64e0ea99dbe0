"""Find and mask personal data and secrecy marks in a text. Pure; a text without any takes about 0.1 ms.

Requirements SAFE-01 to SAFE-09; 个人信息保护法 art. 28, 保守国家秘密法 art. 35.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from generator.domain.model import Match, MatchKind
from generator.domain.privacy.contact_details import find_contact_details
from generator.domain.privacy.fold import end_of, fold, unescape
from generator.domain.privacy.name_lists import find_name_lists
from generator.domain.privacy.personal_numbers import find_numbers
from generator.domain.privacy.piece import TextMatch
from generator.domain.privacy.secrecy_marks import find_marks

__all__ = ["TextMatch", "as_seen", "find_private_data", "mask_text", "matches_of", "value_digest"]

# A secrecy mark is not corrected by masking, and a list is not one passage.
_NOT_MASKED = frozenset({MatchKind.SECRECY, MatchKind.NAME_LIST})
# The borders of cells and rows: they are kept where a masked number extends over several cells.
_BORDERS = re.compile(r"[ \t]*\|[ \t]*|</?(?:t[drh]|p|div|li)\b[^<>]{0,2000}>|\t|\n")
_BLANKS = str.maketrans("", "", " \t\n-–—－　\u00a0")


def find_private_data(text: str) -> list[TextMatch]:
    """Return everything in a text that must not be public, in the order of the text, without overlaps.

    Markup, escapes and invisible characters inside a number or a secrecy mark do not hide it.
    """
    unescaped = unescape(text)
    folded = fold(unescaped)
    matches = [
        *find_numbers(unescaped),
        *find_contact_details(unescaped),
        *find_marks(unescaped),
        *find_name_lists(text),
    ]
    if folded is not unescaped and folded != unescaped:
        matches += [*find_numbers(folded), *find_contact_details(folded), *find_marks(folded)]
    if unescaped is not text or folded is not unescaped:
        matches = [match._replace(end=end_of(text, match.end)) for match in matches]
    return list(_without_overlaps(matches))


def as_seen(text: str) -> str:
    """Return a text as a reader sees it, with every character at its place.

    Escapes are read, tags and the targets of links are replaced by characters without width.
    """
    return fold(unescape(text))


def _without_overlaps(matches: Iterable[TextMatch]) -> Iterator[TextMatch]:
    end = -1
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if match.start >= end or match.kind is MatchKind.NAME_LIST:
            yield match
            end = max(end, match.end)


def matches_of(text: str, first_line: int = 1) -> tuple[Match, ...]:
    """Return the matches of a text with their lines, without the values themselves."""
    matches = []
    line, position = first_line, 0
    for match in find_private_data(text):
        line += text.count("\n", position, match.start)
        position = match.start
        matches.append(Match(match.kind, match.masked, value_digest(match.value), line))
    return tuple(matches)


def mask_text(text: str) -> tuple[str, list[TextMatch]]:
    """Return a text with its personal data masked (138****1234), and all matches in it.

    Secrecy marks and headings of name lists are among the matches but are not masked.
    """
    matches = find_private_data(text)
    parts = []
    position = 0
    for match in matches:
        if match.kind not in _NOT_MASKED:
            parts += [text[position : match.start], _replacement(text[match.start : match.end], match)]
            position = match.end
    return "".join([*parts, text[position:]]), matches


def _replacement(typed: str, match: TextMatch) -> str:
    """Return the text that replaces a match; one over several cells is in the first cell, the others are empty."""
    borders = _BORDERS.findall(typed)
    return match.masked + "".join(borders) if match.kind is MatchKind.IDENTITY else match.masked


def value_digest(value: str) -> str:
    """Return the digest of a value, the same however it is spaced; ``matches_of`` uses it as the key of a match."""
    plain = value.translate(_BLANKS).casefold().removeprefix("+86")
    return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=8).hexdigest()
