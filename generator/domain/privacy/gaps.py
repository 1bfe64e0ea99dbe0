"""The gap between two digits: none that a reader sees, a sign, a blank, a line feed, or a wall between two numbers."""

import unicodedata
from functools import lru_cache

from generator.domain.unseen import HANGUL_FILLERS

NO_GAP, WALL_GAP = "", "|"
_UNSEEN = frozenset("\r`~\\*" + HANGUL_FILLERS)
_BLANK = frozenset("\t\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2800")
_WALLS = frozenset("|\x00,;，；、")


@lru_cache(maxsize=4_096)
def gap_of(between: str) -> str:
    """Return ``-``, a blank or a line feed for a gap inside one number, ``|`` for a wall, empty for no gap."""
    if not between:
        return NO_GAP
    visible = "".join(filter(None, map(_visible, between)))
    if not visible:
        return NO_GAP
    if visible.isspace():
        lines = visible.count("\n")
        return WALL_GAP if lines > 1 or (len(visible) > 3 and not lines) else "\n" if lines else " "
    sign = visible.strip()
    return "-" if len(sign) == 1 and len(visible) <= 3 and sign not in _WALLS else WALL_GAP


def _visible(char: str) -> str:
    """Return a character in normal form: a blank or line feed for all of their kinds, empty for what nobody sees."""
    if char in _UNSEEN:
        return ""
    category = unicodedata.category(char)
    if category in {"Zl", "Zp"} or char in "\n\x0b\x0c\x85":
        return "\n"
    if category == "Zs" or char in _BLANK:
        return " "
    return "" if category in {"Cf", "Mn", "Me", "Cc"} and char != "\x00" else char
