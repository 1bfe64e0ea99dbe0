"""What looking into a file yields: passages with their place, leftovers, and why something stays shut."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from generator.domain.model import Sight


class Passage(NamedTuple):
    """Text of one place, such as a sheet; ``rows`` numbers its lines where they are not simply counted."""

    place: str
    text: str
    unit: str = ""
    rows: Sequence[int] = ()

    def where(self, line: int) -> str:
        """Say where a line of the text stands, for a webmaster."""
        if not self.unit:
            return self.place
        number = self.rows[line - 1] if line <= len(self.rows) else line
        return f"{self.place}第 {number} {self.unit}"


class ResidualMetadata(NamedTuple):
    """A trace of the making of a file, as a webmaster reads it."""

    text: str


class Unreadable(NamedTuple):
    """Why a file, or a part of it, could not be looked into, and whether a person can."""

    reason: str
    sight: Sight = Sight.UNKNOWN


Part: TypeAlias = Passage | ResidualMetadata | Unreadable
LookInto: TypeAlias = Callable[[str, bytes], Iterator[Part]]  # of a file in another: its name, its bytes


class UnreadableError(Exception):
    """A file that cannot be looked into; the text says why, in Chinese.

    Without a ``sight`` it is broken or too big, and its name decides whether a person knows what it is.
    """

    def __init__(self, reason: str, sight: Sight | None = None) -> None:
        super().__init__(reason)
        self.sight = sight


@dataclass
class Budget:
    """How much may still be unpacked of one attachment, nested files and all."""

    octets: int = 96_000_000
    members: int = 5_000
    pages: int = 3_000
    marks: int = 6_000_000
    characters: int = 12_000_000

    def spend(self, octets: int) -> None:
        """Take some bytes; raises ``UnreadableError`` when there are none left."""
        self.octets -= octets
        if self.octets < 0:
            raise UnreadableError("解压后太大，没有看完")

    def count(self, marks: int) -> None:
        """Take some marks of XML; raises ``UnreadableError`` when there are none left."""
        self.marks -= marks
        if self.marks < 0:
            raise UnreadableError("内容太多，没有看完")
