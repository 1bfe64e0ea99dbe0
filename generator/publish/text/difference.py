"""What is new and what is gone between two texts: by paragraph, and inside a paragraph word by word.

Besides ``ins`` and ``del`` every change carries words, because most screen readers pass over those elements.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from generator.domain.model import Block, BlockKind, Text
from generator.source.text.table_reader import read_tables

_TOKEN = re.compile(r"[A-Za-z0-9.,%]+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_ALIKE = 0.5
_BRIDGE = 1  # an unchanged sign between two changes is read with them
_MOST_TOKENS = 1_000
_BUDGET = 20_000_000  # comparisons of tokens on one page, counted, so that the same texts always give the same page
_AROUND = 1
_MOST_PAIRS = 400
_MARKED = Markup(
    '<{tag}><span class="visually-hidden">{said}</span>{text}<span class="visually-hidden">{end}</span></{tag}>'
)


class DifferenceBlock(NamedTuple):
    """One paragraph of a comparison: ``same``, ``added``, ``removed`` or ``changed``; ``gap`` are equal ones."""

    kind: str
    text: Markup


def difference(old: Text, new: Text, words: Mapping[str, Any]) -> list[DifferenceBlock]:
    """Return what has become of one text; nothing where not a word is another."""
    before, after = list(_lines(old)), list(_lines(new))
    if before == after:
        return []
    compare = _Compare(words)
    pieces: list[DifferenceBlock] = []
    for tag, first, last, start, end in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            pieces += [DifferenceBlock("same", escape(line)) for line in before[first:last]]
        else:
            pieces += compare.blocks(before[first:last], after[start:end])
    return list(_folded(pieces, words))


def _lines(text: Text) -> Iterator[str]:
    """Yield the paragraphs of a text, and its tables row by row."""
    for block in text.blocks:
        yield from block_lines(block)


def block_lines(block: Block) -> Iterator[str]:
    """Yield the paragraphs of a block; of a table its rows."""
    if block.kind is BlockKind.TABLE:
        rows = [row for table in read_tables(block) for row in table]
        lines = ["　".join(cell.text.replace("\n", " ") for cell in row) for row in rows]
    else:
        lines = block.text.split("\n")
    yield from filter(None, map(str.strip, lines))


def _folded(pieces: Sequence[DifferenceBlock], words: Mapping[str, Any]) -> Iterator[DifferenceBlock]:
    """Leave out what did not change, but for the paragraphs next to a change."""
    changed = [number for number, piece in enumerate(pieces) if piece.kind != "same"]
    near = {place for number in changed for place in range(number - _AROUND, number + _AROUND + 1)}
    left = 0
    for number, piece in enumerate((*pieces, None)):
        if piece and number not in near:
            left += 1
            continue
        if left:
            yield DifferenceBlock("gap", escape(words["gap"].format(count=left)))
            left = 0
        if piece:
            yield piece


class _Compare:
    """Compare blocks that are not equal, as long as the page's budget lasts."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words
        self._budget = _BUDGET

    def blocks(self, old: Sequence[str], new: Sequence[str]) -> Iterator[DifferenceBlock]:
        for before, after in _pairs(old, new):
            inner = self._inside(before, after) if before and after else None
            if inner is not None:
                yield DifferenceBlock("changed", inner)
                continue
            if before:
                yield DifferenceBlock("removed", self._marked("del", before))
            if after:
                yield DifferenceBlock("added", self._marked("ins", after))

    def _inside(self, old: str, new: str) -> Markup | None:
        """Return one paragraph with its changes inside it; ``None`` where it is another one altogether."""
        before, after = (_TOKEN.findall(text) for text in (old, new))
        if max(len(before), len(after)) > _MOST_TOKENS:
            before, after = (_SENTENCE.findall(text) for text in (old, new))
        self._budget -= len(before) * len(after)
        if self._budget < 0 or max(len(before), len(after)) > _MOST_TOKENS:
            return None
        runs = list(_runs(before, after))
        if sum(len(one) for one, other in runs if one == other) * 2 < _ALIKE * (len(old) + len(new)):
            return None
        pieces = []
        for one, other in runs:
            if one == other:
                pieces.append(escape(one))
            else:
                pieces += [self._marked(tag, text) for tag, text in (("del", one), ("ins", other)) if text]
        return Markup("").join(pieces)

    def _marked(self, tag: str, text: str) -> Markup:
        return _MARKED.format(tag=tag, said=self._words[tag], text=text, end=self._words["end"])


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands in both texts and what was changed into what, in their order."""
    old = new = ""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for number, (tag, first, last, start, end) in enumerate(codes):
        gone, come = "".join(before[first:last]), "".join(after[start:end])
        if tag == "equal" and not (len(gone) <= _BRIDGE and 0 < number < len(codes) - 1):
            if old or new:
                yield old, new
                old = new = ""
            yield gone, come
        else:
            old, new = old + gone, new + come
    if old or new:
        yield old, new


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Put each old paragraph beside the new one that it became, in their order; an empty one stands for none."""
    if len(old) == len(new) or len(old) * len(new) > _MOST_PAIRS:
        return zip_longest(old, new, fillvalue="")
    pairs: list[tuple[str, str]] = []
    place = 0
    for before in old:
        partner = next((n for n in range(place, len(new)) if _likeness(before, new[n]) >= _ALIKE), None)
        if partner is None:
            pairs.append((before, ""))
            continue
        pairs += [("", after) for after in new[place:partner]]
        pairs.append((before, new[partner]))
        place = partner + 1
    return [*pairs, *(("", after) for after in new[place:])]


def _likeness(one: str, other: str) -> float:
    """Return how many signs two texts have in common, from 0 to 1; their order does not count."""
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other))
