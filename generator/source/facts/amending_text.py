"""The sentences of an amending text, with what they quote set apart and the titles that stand before each."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from generator.domain.model import Block, BlockKind, Text
from generator.domain.titles import title_key
from generator.source.facts.quotations import (
    BLOCK_BEGIN,
    BLOCK_END,
    content_lines,
    find_quotations,
    masked,
)

NOT_WORDS = "\ue004"
"""The line before the words of a table or list: as lines they would not be what the writer meant."""
TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)+)》")
_SENTENCE = re.compile(r"[^。；;\n]+")
_INTRODUCED = re.compile(r"(?<=[：:])[ 　]*\n\s*(?=\ue000)")  # the quotation is the next paragraph
_ABOUT = re.compile(
    TITLE.pattern + r"(?:[（(][^（）()]*[）)])?的?(?:部分|有关|相关|个别)?(?:条款|内容|规定|条文)?(?:[^，,。《》]{0,6})"
    r"(?:作|做|作出|做出|进行|予以)(?:如下|以下|出)?(?:修改|修订|调整)"
)
_NEXT = re.compile(
    r"[ 　]*(?:其[他余]条|此外|同时，|第[零〇一二三四五六七八九十百千\d]+条|将|把|对《|在第"
    r"|(?:删[去除]|废止)第|增加[一二两三四五六七八九十]条"
    r"|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])"
)
_MOST_TITLES = 12
_NOT_LINES = frozenset({BlockKind.TABLE, BlockKind.LIST, BlockKind.CODE, BlockKind.FOOTNOTES, BlockKind.OTHER})


class AmendingSentence(NamedTuple):
    """A sentence with its quotations masked; ``quotes`` has the lines of each by its place, without what is not closed.

    ``earlier`` are the keys of the titles before the sentence, the newest first. ``continues``: it goes on behind a
    semicolon with what the sentence before it names. ``about`` is the key of the title of which a sentence before has
    said that it is amended (对《示例办法》作如下修改), the newest one. ``place`` is the anchor of the last heading or
    clause up to it.
    """

    words: str
    quotes: Mapping[int, tuple[str, ...]]
    earlier: tuple[str, ...]
    continues: bool
    about: str = ""
    place: str = ""


def amending_sentences(text: Text) -> Iterator[AmendingSentence]:
    """Yield the sentences of a text that amends another."""
    blocks = list(_words(text.with_words))
    words = "\n".join(blocks)
    starts = list(accumulate([len(block) + 1 for block in blocks], initial=0))[:-1]
    places: list[str] = []
    for block in text.with_words:
        places.append(block.anchor or (places[-1] if places else ""))
    quotations = list(find_quotations(words))
    ends = [
        one.end - 1 for one in quotations if one.closed and words[one.end - 2] in "。；" and _NEXT.match(words, one.end)
    ]
    outside = _INTRODUCED.sub(lambda gap: " " * len(gap[0]), masked(words, quotations, ends))
    quotes = {one.start: content_lines(words, one) for one in quotations if one.closed}
    titles: list[str] = []
    about = ""
    for found in _SENTENCE.finditer(outside):
        start, end = found.span()
        inside = {place - start: lines for place, lines in quotes.items() if start <= place < end}
        continues = outside[start - 1 : start] in {"；", ";"}
        place = places[bisect_right(starts, start) - 1]
        yield AmendingSentence(found[0], inside, tuple(titles), continues, about, place)
        if intended := list(_ABOUT.finditer(found[0])):
            about = title_key(intended[-1][1])
        for title in TITLE.finditer(found[0]):
            key = title_key(title[1])
            titles = [key, *(one for one in titles if one != key)][:_MOST_TITLES]


def titles_before(sentence: AmendingSentence, position: int) -> tuple[str, ...]:
    """Return the keys of the titles before a place in a sentence, the newest first."""
    before = [title_key(one[1]) for one in TITLE.finditer(sentence.words, 0, position)]
    return tuple(dict.fromkeys((*reversed(before), *sentence.earlier)))[:_MOST_TITLES]


def _words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the words of blocks; a block that is set apart behind a colon is a quotation."""
    introduced = False
    for block in blocks:
        text = block.text
        if block.kind is BlockKind.QUOTE and introduced and not text.startswith(("“", '"')):
            text = f"{BLOCK_BEGIN}{text}{BLOCK_END}"
        elif block.kind in _NOT_LINES:
            text = f"{NOT_WORDS}\n{text}"
        yield text
        introduced = text.endswith(("：", ":"))
