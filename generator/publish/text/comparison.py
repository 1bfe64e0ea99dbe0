"""Two texts side by side: their clauses matched by number and likeness, and the words that are new and gone.

Nothing is lost: the runs of a row without those that are new are the old words, without those that are gone the new.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from generator.domain.model import TextClause

_TOKEN = re.compile(r"[A-Za-z0-9.,%]+|\s+|.", re.DOTALL)
_LEAST_LIKE = 0.4  # by which a clause of another number is the same one
_LEAST_NUMBERED = 0.15  # by which one of the same number is
_NUMBER_COUNTS = 0.15
_FEW_CLAUSES = 12
_MOST_TOKENS = 1_500  # longer paragraphs are compared by sentence
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_SHORT_BRIDGE = 3  # so few unchanged signs between two changes are read with them
_NO_WORD = re.compile(r"\W|\Z")


class RunKind(StrEnum):
    """Whether words are in both texts, only in the old one or only in the new one."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Run(NamedTuple):
    """Words of a row."""

    kind: RunKind
    words: str


class Change(StrEnum):
    """What has become of a clause."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


class Row(NamedTuple):
    """A clause of the old text beside that of the new one; ``None`` where it is new or gone."""

    change: Change
    old: TextClause | None
    new: TextClause | None
    runs: tuple[Run, ...]


def compare_clauses(old: Sequence[TextClause], new: Sequence[TextClause], *, by_anchor: bool = False) -> list[Row]:
    """Return the rows of a comparison in the order of the new text; what is gone stands before what is new there.

    ``by_anchor`` is for a text and the same one amended: there each clause has the anchor that it had.
    """
    partner = _by_anchor(old, new) if by_anchor else _matched(old, new)
    by_old = {one: other for other, one in partner.items()}
    rows: list[Row] = []
    gone = 0

    def removed(until: int) -> Iterator[Row]:
        nonlocal gone
        while gone < until:
            if gone not in by_old:
                yield _row(old[gone], None)
            gone += 1

    following = len(old)
    until: list[int] = []  # where in the old text the next clause is that both texts have
    for place in range(len(new) - 1, -1, -1):
        following = partner.get(place, following)
        until.append(following)
    for (place, clause), next_common in zip(enumerate(new), reversed(until), strict=True):
        rows += removed(next_common)
        if place in partner and partner[place] == gone:
            gone += 1
        rows.append(_row(old[partner[place]] if place in partner else None, clause))
    rows += removed(len(old))
    return rows


def _row(old: TextClause | None, new: TextClause | None) -> Row:
    if old is None or new is None:
        words = [Run(RunKind.NEW if old is None else RunKind.GONE, one.words) for one in (old, new) if one]
        return Row(Change.ADDED if old is None else Change.REMOVED, old, new, tuple(words))
    runs = tuple(_clause_runs(old, new))
    if old.words == new.words:
        return Row(Change.SAME, old, new, runs)
    return Row(Change.MOVED if old.lines == new.lines else Change.CHANGED, old, new, runs)


def _by_anchor(old: Sequence[TextClause], new: Sequence[TextClause]) -> dict[int, int]:
    places = {clause.anchor: place for place, clause in enumerate(old) if clause.anchor}
    unnamed: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, clause in enumerate(old):
        if not clause.anchor:
            unnamed[clause.lines].append(place)
    partner: dict[int, int] = {}
    for place, clause in enumerate(new):
        if clause.anchor in places:
            partner[place] = places[clause.anchor]
        elif not clause.name and unnamed[clause.lines]:
            partner[place] = unnamed[clause.lines].pop(0)
    return partner


def _matched(old: Sequence[TextClause], new: Sequence[TextClause]) -> dict[int, int]:
    """Return the place of the old clause that each new one continues, by the place of the new one."""
    partner: dict[int, int] = {}
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, clause in enumerate(old):
        places[clause.lines].append(place)
    for place, clause in enumerate(new):  # the same words: the one of the same number first
        same = places.get(clause.lines, [])
        if same:
            best = next((one for one in same if old[one].name == clause.name), same[0])
            same.remove(best)
            partner[place] = best
    left = set(partner.values())
    scores = _scores(
        [(place, one) for place, one in enumerate(old) if place not in left],
        [(place, one) for place, one in enumerate(new) if place not in partner],
    )
    for _, after, before in sorted(scores):
        if after not in partner and before not in left:
            partner[after] = before
            left.add(before)
    return partner


def _scores(
    old: Sequence[tuple[int, TextClause]], new: Sequence[tuple[int, TextClause]]
) -> Iterator[tuple[float, int, int]]:
    """Yield for the pairs that may be one clause how unlike they are, the place of the new one and of the old one."""
    old_pairs = [(place, clause, _pairs(clause)) for place, clause in old]
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, _, pairs in old_pairs:
        for pair, count in pairs.items():
            postings[pair].append((place, count))
    most = max(_FEW_CLAUSES, len(old) // 8)
    everywhere = {pair for pair, places in postings.items() if len(places) > most}  # they say nothing of one clause
    sizes = {place: _size(pairs, everywhere) for place, _, pairs in old_pairs}
    for pair in everywhere:
        del postings[pair]
    names = {place: clause.name for place, clause in old}
    for place, clause in new:
        common: dict[int, int] = defaultdict(int)
        pairs = _pairs(clause)
        for pair, count in pairs.items():
            for before, other in postings.get(pair, ()):
                common[before] += min(count, other)
        size = _size(pairs, everywhere)
        for before, shared in common.items():
            likeness = 2 * shared / (size + sizes[before])
            numbered = bool(clause.name) and names[before] == clause.name
            if bool(clause.name) == bool(names[before]) and likeness >= (_LEAST_NUMBERED if numbered else _LEAST_LIKE):
                yield -likeness - (_NUMBER_COUNTS if numbered else 0), place, before


def _size(pairs: Counter[str], without: Collection[str]) -> int:
    return sum(count for pair, count in pairs.items() if pair not in without)


def _pairs(clause: TextClause) -> Counter[str]:
    """Return the pairs of neighbouring characters of a clause without its number; of a single character, that one."""
    words = "".join(clause.lines)
    return Counter(map("".join, pairwise(words))) or Counter(words)


def _clause_runs(old: TextClause, new: TextClause) -> Iterator[Run]:
    """Yield the runs of a clause; a number that has changed is gone and new as a whole (第三条, not 三)."""
    if not old.name or not new.name or old.name == new.name:
        yield from word_runs(old.words, new.words)
        return
    yield Run(RunKind.GONE, old.name)
    yield Run(RunKind.NEW, new.name)
    yield from word_runs(old.words[len(old.name) :], new.words[len(new.name) :])


def word_runs(old: str, new: str) -> Iterator[Run]:
    """Yield what is in both texts, what is gone and what is new, in their order."""
    start = _common(old, new)
    while start and _is_inside_word(old, new, start):
        start -= 1
    end = _common(old[start:][::-1], new[start:][::-1])
    while end and _is_inside_word(old[::-1], new[::-1], end):
        end -= 1
    if end and end < len(old) and end < len(new) and _leading_word(old[-end:]) == 1:
        end -= 1  # 证明 and 说明: one character is no word in common
    if start:
        yield Run(RunKind.SAME, old[:start])
    yield from _inner_runs(old[start : len(old) - end], new[start : len(new) - end])
    if end:
        yield Run(RunKind.SAME, old[len(old) - end :])


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    most = min(len(one), len(other))
    return next((place for place in range(most) if one[place] != other[place]), most)


def _is_inside_word(old: str, new: str, place: int) -> bool:
    """Whether a place that both texts have in common is inside a number or a word of letters."""
    before = old[place - 1]
    return _is_of_word(before) and any(_is_of_word(text[place : place + 1]) for text in (old, new))


def _leading_word(words: str) -> int:
    """Return how many characters stand before the first that belongs to no word."""
    found = _NO_WORD.search(words)
    return found.start() if found else len(words)


def _is_of_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or (bool(char) and char in ".,%"))


def _is_bridge(words: str) -> bool:
    """Whether the words that both texts share beside a change are too few to be shown as unchanged."""
    return len(words) <= _SHORT_BRIDGE and "\n" not in words


def _inner_runs(old: str, new: str) -> Iterator[Run]:
    if not old or not new:
        yield from (Run(kind, words) for kind, words in ((RunKind.GONE, old), (RunKind.NEW, new)) if words)
        return
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > _MOST_TOKENS:
        before, after = ([one for one in _SENTENCE.findall(text) if one] for text in (old, new))
    gone = come = ""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, first, last, begin, behind in codes:
        one, other = "".join(before[first:last]), "".join(after[begin:behind])
        if tag == "equal" and not _is_bridge(one):
            yield from (Run(kind, words) for kind, words in ((RunKind.GONE, gone), (RunKind.NEW, come)) if words)
            gone = come = ""
            yield Run(RunKind.SAME, one)
        else:
            gone, come = gone + one, come + other
    yield from (Run(kind, words) for kind, words in ((RunKind.GONE, gone), (RunKind.NEW, come)) if words)
