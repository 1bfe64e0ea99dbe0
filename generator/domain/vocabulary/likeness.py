"""The candidate most similar to a word as it was typed, for a hint; the cost is bounded.

A word is compared by ``difflib`` with a few candidates only: with all of a short list, else with those that an
index suggests. After a number of words nothing is compared any more; exact matches are still returned.
"""

import difflib
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

_CUTOFF = 0.5
_FEW = 400  # candidates that are compared one by one
_CLIP = 100  # characters of a word that count
_LENGTHS = (1, 2, 4)  # of the runs of characters by which candidates are found
_POSTINGS = 64  # candidates that are remembered for one run
_BEST = 24  # how many of the candidates with most runs in common are compared
_AROUND = 4  # neighbours in sort order that are compared, on either side
_PREFIXED = 256


class Nearest:
    """Candidates, prepared once for many words; at most ``most`` words are compared, all are looked up."""

    def __init__(self, candidates: Iterable[str], *, most: int = 50) -> None:
        self._candidates = candidates
        self._left = most

    def to(self, word: str) -> str | None:
        """Return the candidate most similar to a word; ``None`` where none is, or after too many words."""
        word = word[:_CLIP]
        if not word or not self._pool:
            return None
        same = self._by_form.get(_form(word))
        longer = None if same else min(self._beginning_with(word), key=len, default=None)
        if same or longer or self._left <= 0:
            return same or longer
        self._left -= 1
        matches = difflib.get_close_matches(word, self._suggested(word), n=1, cutoff=_CUTOFF)
        return matches[0] if matches else None

    @cached_property
    def _pool(self) -> list[str]:
        return list(self._candidates)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._pool)

    @cached_property
    def _by_form(self) -> dict[str, str]:
        """Candidates by their form without case, width and punctuation."""
        return {form: word for word in reversed(self._pool) if (form := _form(word))}

    def _beginning_with(self, word: str) -> Iterator[str]:
        begin = bisect_left(self._sorted, word)
        for candidate in self._sorted[begin : begin + _PREFIXED]:
            if not candidate.startswith(word):
                return
            yield candidate

    def _suggested(self, word: str) -> list[str]:
        if len(self._pool) <= _FEW:
            return self._pool
        shared: Counter[int] = Counter()
        for gram in _grams(word):
            places = self._by_gram.get(gram, ())
            for place in places:
                shared[place] += _POSTINGS // len(places)  # a rare run counts more
        best = sorted(shared, key=lambda place: (-shared[place], place))[:_BEST]
        middle = bisect_left(self._sorted, word)
        around = self._sorted[max(middle - _AROUND, 0) : middle + _AROUND]
        return [*(self._pool[place] for place in best), *self._by_letters.get(_letters(word), ()), *around]

    @cached_property
    def _by_gram(self) -> dict[str, list[int]]:
        """The positions in the pool of the first candidates that hold a run of characters, by the run."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, candidate in enumerate(self._pool):
            for gram in _grams(candidate):
                if len(postings := places[gram]) < _POSTINGS:
                    postings.append(place)
        return places

    @cached_property
    def _by_letters(self) -> dict[str, list[str]]:
        """Candidates by their sorted characters, which are the same where two digits changed places."""
        words: dict[str, list[str]] = defaultdict(list)
        for candidate in self._pool:
            if len(same_letters := words[_letters(candidate)]) < _AROUND:
                same_letters.append(candidate)
        return words


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most similar to one word, for a hint; ``None`` where none is similar.

    For many words over the same candidates use ``Nearest``.
    """
    return Nearest(candidates).to(word)


def _form(word: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", word[:_CLIP]).casefold()))


def _letters(word: str) -> str:
    return "".join(sorted(word[:_CLIP]))


def _grams(word: str) -> set[str]:
    word = word[:_CLIP].casefold()
    return {word[place : place + length] for length in _LENGTHS for place in range(len(word) - length + 1)}
