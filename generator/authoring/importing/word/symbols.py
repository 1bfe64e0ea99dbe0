"""Characters of Word that are no text: drawn from symbol fonts, or seen by nobody."""

import re

from generator.authoring.importing.word.symbol_fonts import SYMBOL_FONTS
from generator.domain.unseen import ANNOTATIONS, NOT_IN_TEXT, ZERO_WIDTH

MISSING = "〓"  # what printers set for a character that they do not have
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]")
_UNSEEN = re.compile(f"[{NOT_IN_TEXT}{ZERO_WIDTH}{ANNOTATIONS}]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def symbol(font: str, code: str) -> str:
    """Return the character that a symbol font shows for a code in hexadecimal digits, ``MISSING`` where unknown."""
    try:
        place = int(code, 16)
    except ValueError:
        return MISSING
    table = SYMBOL_FONTS.get(font.casefold().strip())
    if table is None:
        is_text = 0x20 <= place < 0xD800 or 0xF900 <= place < 0xFDD0 or 0xFE10 <= place < 0xFFF0
        return chr(place) if is_text else MISSING
    return table.get(place & 0xFF, MISSING)


def is_symbol_font(font: str) -> bool:
    """Whether a font shows signs in the place of letters."""
    return font.casefold().strip() in SYMBOL_FONTS


def symbol_letters(font: str, text: str) -> str:
    """Return what letters typed in a symbol font show: Word keeps them as they are, or 0xF000 higher."""
    return "".join(
        symbol(font, f"{ord(char):x}") if ord(char) < 0x100 or 0xF000 <= ord(char) < 0xF100 else char for char in text
    )


def visible_text(text: str) -> tuple[str, int]:
    """Return a text without characters that nobody sees, blanks of all widths but the full one made plain; how many."""
    return _UNSEEN.subn("", _BLANKS.sub(" ", text.replace("\r", " ").replace("\n", " ")))


def count_private_characters(text: str) -> int:
    """Return how many characters of a text only the fonts of one computer know (造字)."""
    return len(_PRIVATE.findall(text))
