"""The 款 and 项 of a clause: 款 are its paragraphs, 项 the numbered lines under one of them."""

import re
from collections.abc import Sequence

from generator.domain.clauses import clause_number

_ITEM = re.compile(r"[（(]([零〇一二三四五六七八九十百\d]+)[）)]")
_DIGITS = re.compile(r"\d{1,2}[.．、](?!\d)")


def paragraphs_of(lines: Sequence[str]) -> list[list[str]]:
    """Return the paragraphs of a clause, each with the numbered lines under it."""
    paragraphs: list[list[str]] = []
    for line in lines:
        if paragraphs and (_ITEM.match(line) or _DIGITS.match(line)):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def item_place(lines: Sequence[str], number: int) -> int | None:
    """Return the place of the only line of a paragraph that begins with the sign of a 项, ``None`` without it."""
    places = [
        place for place, line in enumerate(lines) if (sign := _ITEM.match(line)) and clause_number(sign[1]) == number
    ]
    return places[0] if len(places) == 1 else None
