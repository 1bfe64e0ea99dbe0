"""One piece of a text that must not be public."""

from typing import NamedTuple

from generator.domain.model import FindKind


class Piece(NamedTuple):
    """A find with its place in the text: ``value`` is the number without its blanks, ``masked`` what may be shown."""

    start: int
    end: int
    kind: FindKind
    value: str
    masked: str
