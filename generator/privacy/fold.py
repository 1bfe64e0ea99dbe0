"""A text as a reader sees it, every character at its old place: markup becomes characters without width."""

import html
import re

NOTHING = "\u200b"  # stands inside a number and does not part it
WALL = "\x00"  # parts numbers: the border of a cell or a paragraph
_TAG = re.compile(r"<(?:!--.{0,5000}?-->|/?([A-Za-z][A-Za-z0-9:]*)?[^<>]{0,2000}>)", re.DOTALL)
_PARTS_SOMETHING = re.compile(r"<(?:(?!!--)|(?<=[0-9０-９]<))")  # a comment apart from numbers hides none
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});|\\(?:u00|x)([0-9A-Fa-f]{2})")
_WALLS = re.compile(
    r"p|div|h[1-6]|li|[uod]l|d[dt]|t[rdh]|table|thead|tbody|caption|blockquote|pre|hr|section|fig\w+|details|summary"
    r"|option|label|title|style|script"
)


def fold(text: str) -> str | None:
    """Return the text with tags taken out and entities read, as long as before; ``None`` where it holds neither."""
    folded = text
    if _PARTS_SOMETHING.search(text):
        folded = _TAG.sub(_flat, folded)
    if "&" in text or "\\u00" in text or "\\x" in text:
        folded = _ENTITY.sub(_read, folded)
    return None if folded == text else folded


def end_of(text: str, end: int) -> int:
    """Return where a piece of folded text ends in the text itself: behind the entity that its last character was."""
    entity = _ENTITY.match(text, end - 1) if end else None
    return entity.end() if entity else end


def _flat(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    if name == "br":
        return "\n" + NOTHING * (len(tag[0]) - 1)
    return (WALL if _WALLS.fullmatch(name) else NOTHING) * len(tag[0])


def _read(entity: re.Match[str]) -> str:
    typed = entity[0]
    try:
        char = html.unescape(typed) if typed[0] == "&" else chr(int(entity[1], 16))
    except ValueError:
        return typed
    return char + NOTHING * (len(typed) - 1) if len(char) == 1 else typed
