"""Characters of Word that are no text: drawn from symbol fonts, or seen by nobody."""

import re

from generator.domain.unseen import ANNOTATIONS, NOT_IN_TEXT, ZERO_WIDTH

MISSING = "〓"  # what printers set for a character that they do not have
# Wingdings and its likes put signs where letters are; these are the ones that forms and lists use.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪",
    0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x81: "□", 0x97: "●", 0xA3: "□"}
_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xD7: "·"}
_TABLES = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}

_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]")
_UNSEEN = re.compile(f"[{NOT_IN_TEXT}{ZERO_WIDTH}{ANNOTATIONS}]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def symbol(font: str, code: str) -> str:
    """Return the character that a symbol font shows for a code in hexadecimal digits, ``MISSING`` where unknown."""
    try:
        place = int(code, 16)
    except ValueError:
        return MISSING
    table = _TABLES.get(font.casefold().strip())
    if table is None:
        is_text = 0x20 <= place < 0xD800 or 0xF900 <= place < 0xFDD0 or 0xFE10 <= place < 0xFFF0
        return chr(place) if is_text else MISSING
    return table.get(place & 0xFF, MISSING)


def visible_text(text: str) -> tuple[str, int]:
    """Return a text without characters that nobody sees, blanks of all widths but the full one made plain; how many."""
    return _UNSEEN.subn("", _BLANKS.sub(" ", text.replace("\r", " ").replace("\n", " ")))


def count_private_characters(text: str) -> int:
    """Return how many characters of a text only the fonts of one computer know (造字)."""
    return len(_PRIVATE.findall(text))
