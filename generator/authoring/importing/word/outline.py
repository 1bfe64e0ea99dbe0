"""Which paragraphs are headings, and of which level: by their numbers as official texts have them, else by Word.

GB/T 9704—2012 7.3.3: 一、 then （一）; regulations have 编, 章, 节. A line of a list is no heading.
"""

import re
from collections.abc import Container, Mapping, Sequence

from generator.authoring.importing.word.blocks import Block, Paragraph
from generator.domain.numerals import ORDINAL, TENS

_BOOK, _CHAPTER, _SECTION = (re.compile(rf"第{ORDINAL}{word}(?:[ 　]|$|(?=[\u4e00-\u9fff]))") for word in "编章节")
_TOP = re.compile(rf"[{TENS}百]+、")
_SUB = re.compile(rf"[（(][{TENS}百]+[）)]")
_NOT_IN_HEADING = re.compile(r"。|[；：，、,;:!！]\Z")
_MOST_NUMBERED, _MOST_STYLED = 40, 60
_FIRST, _DEEPEST = 2, 6  # the page's own title is its only h1


def levels_of(blocks: Sequence[Block], embedded: Container[int]) -> Mapping[int, int]:
    """Return the level of every block that is a heading; ``embedded`` are those that begin a text of their own."""
    numbered = [_number_of(block) for block in blocks]
    has_books = any(pattern is _BOOK for pattern in numbered)
    styled = [
        block.outline
        for place, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.outline is not None and not numbered[place]
    ]
    highest = min(styled, default=0)
    levels: dict[int, int] = {}
    base = last = _FIRST - 1
    for place, block in enumerate(blocks):
        if place in embedded:
            levels[place] = base = last = _FIRST
            continue
        if not isinstance(block, Paragraph):
            continue
        depth = _depth(block, numbered, place, has_books=has_books, highest=highest)
        if depth:
            levels[place] = last = min(base + depth, last + 1, _DEEPEST)
    return levels


def _depth(
    block: Paragraph, numbered: Sequence[re.Pattern[str] | None], place: int, *, has_books: bool, highest: int
) -> int:
    """Return the depth of a heading, 1 for the highest; 0 for what is none."""
    text = block.text
    pattern = numbered[place]
    by_word = block.outline is not None and len(text) <= _MOST_STYLED and not _NOT_IN_HEADING.search(text)
    if pattern and (by_word or (_is_alone(numbered, place) and len(text) <= _MOST_NUMBERED)):
        lower = has_books and pattern in {_CHAPTER, _SECTION}
        return {_BOOK: 1, _CHAPTER: 1, _SECTION: 2, _TOP: 1, _SUB: 2}[pattern] + lower
    return block.outline - highest + 1 if by_word and block.outline is not None and not pattern else 0


def _number_of(block: Block) -> re.Pattern[str] | None:
    if not isinstance(block, Paragraph) or block.bullet is not None:
        return None
    text = block.text
    if "\n" in text or _NOT_IN_HEADING.search(text):
        return None
    return next((one for one in (_BOOK, _CHAPTER, _SECTION, _TOP, _SUB) if one.match(text)), None)


def _is_alone(numbered: Sequence[re.Pattern[str] | None], place: int) -> bool:
    """Whether lines before and behind are of another kind: lines of one kind behind each other are a list."""
    label = numbered[place]
    if label in {_BOOK, _CHAPTER, _SECTION}:
        return True
    before = numbered[place - 1] if place else None
    return place + 1 < len(numbered) and label is not before and label is not numbered[place + 1]
