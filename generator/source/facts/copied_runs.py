"""How much of one text stands word for word in another: by runs of characters, once per pair of contents."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from generator.support.cache import Cache

RUN = 8
"""Characters of a run; titles and terms of art are mostly shorter, whole sentences longer."""
_LEAST = 100
_STATE = "copied"
_NO_WORD = re.compile(r"[\W_]+")


def copied_shares(cache_path: Path, pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
    """Return for every pair of texts how many percent of the first stand in the second; keys are those of the cache.

    Raises ``CacheLostError`` where a text is not in the cache any more.
    """
    unique_pairs = list(dict.fromkeys(pairs))
    if not unique_pairs:
        return {}
    with Cache(cache_path) as cache:
        stored: dict[tuple[str, str], int] = cache.state(_STATE) or {}
        known = {pair: stored[pair] for pair in unique_pairs if pair in stored}
        for document, group in groupby(sorted(unique_pairs, key=itemgetter(1)), key=itemgetter(1)):
            missing = [pair for pair in group if pair not in known]
            runs = runs_of(cache.text(document).words) if missing else frozenset()  # of one document at a time
            for pair in missing:
                known[pair] = copied_share(runs_of(cache.text(pair[0]).words), runs)
        if known != stored:
            cache.set_state(_STATE, known)
    return known


def runs_of(text: str) -> frozenset[str]:
    """Return every run of ``RUN`` letters and digits of a text."""
    words = _NO_WORD.sub("", text)
    return frozenset(words[n : n + RUN] for n in range(len(words) - RUN + 1))


def copied_share(text: frozenset[str], other: frozenset[str]) -> int:
    """Return how many percent of the runs of one text are in another one, rounded down.

    A text of fewer runs than can be judged shares nothing.
    """
    return 100 * len(text & other) // len(text) if len(text) >= _LEAST else 0
