"""What stands between two digits: nothing that is seen, a sign, a blank, a line feed, or a wall that parts numbers."""

import unicodedata
from functools import lru_cache

from generator.domain.unseen import HANGUL_FILLERS

NO_GAP, WALL_GAP = "", "|"
_UNSEEN = frozenset("\r`~\\*" + HANGUL_FILLERS)
_BLANK = frozenset("\t\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2800")
_WALLS = frozenset("|\x00,;，；、")


@lru_cache(maxsize=4_096)
def gap_of(between: str) -> str:
    """Return ``-``, a blank or a line feed for what parts groups of one number, ``|`` for more, empty for nothing."""
    if not between:
        return NO_GAP
    seen = "".join(filter(None, map(_seen, between)))
    if not seen:
        return NO_GAP
    if seen.isspace():
        lines = seen.count("\n")
        return WALL_GAP if lines > 1 or (len(seen) > 3 and not lines) else "\n" if lines else " "
    bare = seen.strip()
    return "-" if len(bare) == 1 and len(seen) <= 3 and bare not in _WALLS else WALL_GAP


def _seen(char: str) -> str:
    """Return a character as far as it parts digits: blanks as one, those that nobody sees as nothing."""
    if char in _UNSEEN:
        return ""
    category = unicodedata.category(char)
    if category in {"Zl", "Zp"} or char in "\n\x0b\x0c\x85":
        return "\n"
    if category == "Zs" or char in _BLANK:
        return " "
    return "" if category in {"Cf", "Mn", "Me", "Cc"} and char != "\x00" else char
