"""A match in a text of what must not be public."""

from typing import NamedTuple

from generator.domain.model import MatchKind


class TextMatch(NamedTuple):
    """A match with its place in the text: ``value`` is the number without its blanks, ``masked`` what may be shown."""

    start: int
    end: int
    kind: MatchKind
    value: str
    masked: str
