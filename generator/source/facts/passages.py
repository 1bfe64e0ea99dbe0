"""The blocks of a policy that speak of the policy itself: without quotations, tables and the words of other texts."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from generator.domain.doc_numbers import fold_width
from generator.domain.model import Block, BlockKind, PartLocation, Text

_CARRIES_OTHERS = re.compile(r"转发|批转|\A(?!.*印发).*(?:修改|修正|修订|废止|清理|延续)", re.DOTALL)
_QUOTED = re.compile(r"“[^“”]{0,4000}(?:”|\Z)|“[^“”\n]*")
_CHARACTER = re.compile(r"[^\n]")
_LEFT_OUT = frozenset({BlockKind.TABLE, BlockKind.QUOTE, BlockKind.CODE, BlockKind.FOOTNOTES, BlockKind.OTHER})


class Passage(NamedTuple):
    """The words of one block, digits in half width, blanks in place of what is in quotation marks.

    ``start`` is their place in the words of the whole text, ``place`` the block's. ``names`` are the titles whose last
    words 本办法 may stand for; ``part`` is the id of the declared part.
    """

    words: str
    start: int
    place: int
    names: str
    part: str


class Passages:
    """The passages of a text, made only where they are asked for; ``parts`` are the declared ones with their titles."""

    def __init__(self, text: Text, title: str, genre: str, parts: Sequence[tuple[PartLocation, str]]) -> None:
        self._blocks, self._starts = text.with_words, text.starts
        self._words = _QUOTED.sub(_blanks, text.words) if "“" in text.words else text.words
        # 关于修改《示例办法》的决定: 本办法 is the other text
        own_title = title.rpartition("的")[2] if _CARRIES_OTHERS.search(title) else title
        self._names = f"{own_title}\n{genre}"
        self._parts = dict(_parts_of(self._blocks, parts)) if parts else {}

    def with_any(
        self, words: Iterable[str], pairs: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    ) -> Iterator[Passage]:
        """Yield the passages with one of several words, or with a character of ``pairs`` before one of its words."""
        positions = [position for word in words for position in self._positions(word)]
        for character, behind in pairs.items():  # a character is found faster than a word
            positions += [at for at in self._positions(character) if self._words.startswith(behind, at + 1)]
        places = {bisect_right(self._starts, position) - 1 for position in positions}
        for place in sorted(places):
            yield from self._at(place)

    def behind(self, passage: Passage, most: int) -> Iterator[Passage]:
        """Yield the passages behind one, up to so many blocks."""
        for place in range(passage.place + 1, min(passage.place + 1 + most, len(self._blocks))):
            yield from self._at(place)

    def _positions(self, word: str) -> Iterator[int]:
        position = self._words.find(word)
        while position >= 0:
            yield position
            position = self._words.find(word, position + 1)

    def _at(self, place: int) -> Iterator[Passage]:
        if self._blocks[place].kind not in _LEFT_OUT:
            start = self._starts[place]
            part, names = self._parts.get(place, ("", self._names))
            words = fold_width(self._words[start : self._starts[place + 1] - 1])
            yield Passage(words, start, place, names, part)


def _parts_of(
    blocks: Sequence[Block], parts: Sequence[tuple[PartLocation, str]]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the id and the title of its declared part for the place of every block in one."""
    begins = {location.anchor: (location, title) for location, title in parts}
    current: tuple[PartLocation, str] | None = None
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            if block.anchor in begins:
                current = begins[block.anchor]
            elif current and block.anchor not in current[0].anchors:
                current = None
        if current:
            yield place, (current[0].id, current[1])


def _blanks(quoted: re.Match[str]) -> str:
    return _CHARACTER.sub(" ", quoted[0])
