"""The quotations of a text: where each begins and ends, over several paragraphs too."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

OPENING, INSIDE = "\ue000", "\ue001"
"""What stands for a quotation in a masked text: one for its first character, the other for each of the rest."""
BLOCK_BEGIN, BLOCK_END = "\ue002", "\ue003"
"""Marks that quote a whole block, for one that a writer set apart instead of putting it into quotation marks."""
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", BLOCK_BEGIN: BLOCK_END}
_MARKS = {opening: re.compile(f"[{opening}{closing}]") for opening, closing in _PAIRS.items()}
_BLANKS = " 　\t"


class Quotation(NamedTuple):
    """A quotation: from its opening mark to behind its closing one; one that is not ``closed`` goes to the end."""

    start: int
    end: int
    closed: bool


def find_quotations(words: str) -> Iterator[Quotation]:
    """Yield the outermost quotations of a text, in “”, ‘’, 「」, 『』 or straight marks.

    An opening mark at the beginning of a line continues a quotation of several paragraphs. Of the marks that close
    nothing only “ begins a quotation: it goes to the end.
    """
    position, size = 0, len(words)
    last = {opening: words.rfind(closing) for opening, closing in _PAIRS.items()}
    while position < size:
        char = words[position]
        end = 0
        if position < last.get(char, 0):
            end = _closing(words, position, char)
        elif char == '"':
            end = words.find('"', position + 1) + 1
        if end:
            yield Quotation(position, end, closed=True)
        elif char == "“":
            end = size
            yield Quotation(position, end, closed=False)
        position = end or position + 1


def _closing(words: str, start: int, opening: str) -> int:
    """Return the place behind the mark that closes a quotation; 0 where nothing does."""
    depth = 0
    for mark in _MARKS[opening].finditer(words, start):
        if mark[0] == opening:
            depth += 0 if depth == 1 and _begins_line(words, mark.start()) else 1
        else:
            depth -= 1
            if not depth:
                return mark.end()
    return 0


def _begins_line(words: str, position: int) -> bool:
    while position and words[position - 1] in _BLANKS:
        position -= 1
    return position > 0 and words[position - 1] == "\n"


def masked(words: str, quotations: Sequence[Quotation], ends: Collection[int] = ()) -> str:
    """Return a text of the same length in which quotations are ``OPENING`` and ``INSIDE``, their line breaks too.

    Where a closing mark is one of ``ends``, the sentence ends with it: 。 stands in its place.
    """
    pieces: list[str] = []
    last = 0
    for one in quotations:
        inside = INSIDE * (one.end - one.start - 1)
        pieces += [words[last : one.start], OPENING, f"{inside[:-1]}。" if one.end - 1 in ends else inside]
        last = one.end
    return "".join((*pieces, words[last:]))


def content_lines(words: str, one: Quotation) -> tuple[str, ...]:
    """Return the lines inside a quotation, without the marks that continue it, and without empty ones."""
    inside = words[one.start + 1 : one.end - 1 if one.closed else one.end]
    first, *others = inside.split("\n")
    lines = (first.strip(_BLANKS), *(line.strip(_BLANKS).removeprefix(words[one.start]) for line in others))
    return tuple(line.strip(_BLANKS) for line in lines if line)
