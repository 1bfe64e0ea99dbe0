"""Personal data and secrecy marks in a text: find, mask, know again. Pure; a text without any costs some 0.1 ms.

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

# A mark cannot be mended by stars, and a list is not one piece of text.
_NOT_MASKED = frozenset({MatchKind.SECRECY, MatchKind.NAME_LIST})
# What parts cells and rows: a masked number that stood over several of them leaves the table as it was.
_BORDERS = re.compile(r"[ \t]*\|[ \t]*|</?(?:t[drh]|p|div|li)\b[^<>]{0,2000}>|\t|\n")
_BLANKS = str.maketrans("", "", " \t\n-–—－　\u00a0")


def find_private_data(text: str) -> list[TextMatch]:
    """Return everything in a text that must not be public, in its order, without overlaps.

    Markup, escapes and invisible characters inside a number or between the characters of a mark do not hide it.
    """
    read = unescape(text)
    seen = fold(read)
    pieces = [*find_numbers(read), *find_contact_details(read), *find_marks(read), *find_name_lists(text)]
    if seen is not read and seen != read:
        pieces += [*find_numbers(seen), *find_contact_details(seen), *find_marks(seen)]
    if read is not text or seen is not read:
        pieces = [piece._replace(end=end_of(text, piece.end)) for piece in pieces]
    return list(_apart(pieces))


def as_seen(text: str) -> str:
    """Return a text as a reader sees it, as long as before: escapes read, tags and the targets of links taken out."""
    return fold(unescape(text))


def _apart(pieces: Iterable[TextMatch]) -> Iterator[TextMatch]:
    end = -1
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        if piece.start >= end or piece.kind is MatchKind.NAME_LIST:
            yield piece
            end = max(end, piece.end)


def matches_of(text: str, first_line: int = 1) -> tuple[Match, ...]:
    """Return the finds of a text with their lines, without the values themselves."""
    finds = []
    line, position = first_line, 0
    for piece in find_private_data(text):
        line += text.count("\n", position, piece.start)
        position = piece.start
        finds.append(Match(piece.kind, piece.masked, value_digest(piece.value), line))
    return tuple(finds)


def mask_text(text: str) -> tuple[str, list[TextMatch]]:
    """Return a text with its personal data masked (138****1234), and all that was found in it.

    Secrecy marks and headings of name lists are found but stay: stars would not mend them.
    """
    pieces = find_private_data(text)
    parts = []
    position = 0
    for piece in pieces:
        if piece.kind not in _NOT_MASKED:
            parts += [text[position : piece.start], _in_place(text[piece.start : piece.end], piece)]
            position = piece.end
    return "".join([*parts, text[position:]]), pieces


def _in_place(typed: str, piece: TextMatch) -> str:
    """Return what stands in the place of a piece: over several cells all of it in the first, the others empty."""
    borders = _BORDERS.findall(typed)
    return piece.masked + "".join(borders) if piece.kind is MatchKind.IDENTITY else piece.masked


def value_digest(value: str) -> str:
    """Return the digest of a value, however it is spaced; ``find_private`` gives the same for the same number."""
    plain = value.translate(_BLANKS).casefold().removeprefix("+86")
    return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=8).hexdigest()
