"""Half-width punctuation beside Chinese characters becomes full width; code, addresses, numbers and Latin text stay."""

import re

from generator.authoring.formatting.protected import protected_spans

FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
_HALF = re.compile(r"[,;:?!().]")
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BEFORE = re.compile(rf"[{_HAN}》」』】〕）？！]")
_AFTER = re.compile(rf"[{_HAN}《「『【〔（]")
_THROUGH = "*\"'“”‘’"  # between a sign and its neighbour they do not count
_CLOSING = re.compile(rf"[*\"'”’）)」』》】]*(?:\s*$|[ \t]+[{_HAN}《「『【〔（“])", re.MULTILINE)
_BLANKS = re.compile(r"[ \t]+(?=[^\s|])")
_NO_BLANK_BEHIND = "，；：？！。"


def with_full_width(text: str) -> str:
    """Return a text whose ``, ; : ? ! ( )`` and closing ``.`` are full width where a Chinese character is beside them.

    A pair of brackets changes together. Blanks behind a sign that became full width are left out.
    """
    if not _HALF.search(text):
        return text
    keep = bytearray(len(text) + 1)
    for begin, end in protected_spans(text):
        keep[begin:end] = b"\x01" * (end - begin)
    signs = list(text)
    places = [match.start() for match in _HALF.finditer(text) if not keep[match.start()]]
    partners = _pairs(text, places)
    open_places = places
    while True:  # a sign that became full width may be the neighbour of another
        changed = [place for place in open_places if _is_chinese(signs, place)]
        changed += [partners[place] for place in changed if place in partners]
        if not changed:
            break
        for place in changed:
            signs[place] = FULL_WIDTH.get(signs[place], signs[place])
        open_places = [place for place in open_places if signs[place] in FULL_WIDTH]
    for place in places:
        if signs[place] in _NO_BLANK_BEHIND and (blanks := _BLANKS.match(text, place + 1)):
            signs[place + 1 : blanks.end()] = [""] * (blanks.end() - place - 1)
    return "".join(signs)


def _pairs(text: str, places: list[int]) -> dict[int, int]:
    """Return the place of the other bracket for each bracket that has one in its paragraph."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place in places:
        if text[place] == "(":
            opened.append(place)
        elif text[place] == ")" and opened:
            partner = opened.pop()
            if text.find("\n\n", partner, place) < 0:
                partners |= {place: partner, partner: place}
    return partners


def _is_chinese(signs: list[str], place: int) -> bool:
    """Whether the sign at a place is punctuation of Chinese words: not inside a number, beside a Chinese character."""
    sign = signs[place]
    before, after = signs[place - 1] if place else "", signs[place + 1] if place + 1 < len(signs) else ""
    if sign == ".":
        is_closing = before != "." and after != "." and _CLOSING.match("".join(signs[place + 1 : place + 40]))
        return bool(is_closing and _BEFORE.match(_neighbour(signs, place, -1)))
    if sign in ",:" and _is_digit(before) and _is_digit(after):
        return False
    return bool(_BEFORE.match(_neighbour(signs, place, -1)) or _AFTER.match(_neighbour(signs, place, 1)))


def _neighbour(signs: list[str], place: int, step: int) -> str:
    """Return the character beside a sign, past marks of emphasis and quotation; empty at the end of the text."""
    place += step
    while 0 <= place < len(signs) and signs[place] in _THROUGH:
        place += step
    return signs[place] if 0 <= place < len(signs) else ""


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()
