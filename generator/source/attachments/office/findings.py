"""The parts of a scanned file: passages of text, residual metadata, unreadable parts; and the budget of a scan."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from generator.domain.model import Sight


class Passage(NamedTuple):
    """The text of one place in a file, such as a sheet.

    ``unit`` is the Chinese word for a line; ``rows`` holds the lines' numbers where they do not simply count from 1.
    """

    place: str
    text: str
    unit: str = ""
    rows: Sequence[int] = ()

    def where(self, line: int) -> str:
        """Return the place of a line in Chinese, such as 工作表“一”第 3 行."""
        if not self.unit:
            return self.place
        number = self.rows[line - 1] if line <= len(self.rows) else line
        return f"{self.place}第 {number} {self.unit}"


class ResidualMetadata(NamedTuple):
    """Metadata left in a file (author, tracked changes …), in Chinese."""

    text: str


class Unreadable(NamedTuple):
    """Why a file or a part of it cannot be scanned, in Chinese, and whether a person can check it."""

    reason: str
    sight: Sight = Sight.UNKNOWN


Part: TypeAlias = Passage | ResidualMetadata | Unreadable
NestedReader: TypeAlias = Callable[[str, bytes], Iterator[Part]]  # from the name and content of a file in another


class UnreadableError(Exception):
    """Raised for a file that cannot be scanned; the message says why, in Chinese.

    Without a ``sight`` it is broken or too large, and its name decides whether a person can check it.
    """

    def __init__(self, reason: str, sight: Sight | None = None) -> None:
        super().__init__(reason)
        self.sight = sight


@dataclass
class Budget:
    """How much may still be read of one attachment, with the files nested in it."""

    octets: int = 96_000_000
    members: int = 5_000
    pages: int = 3_000
    marks: int = 6_000_000
    characters: int = 12_000_000

    def spend(self, octets: int) -> None:
        """Subtract bytes; raises ``UnreadableError`` when the budget is exceeded."""
        self.octets -= octets
        if self.octets < 0:
            raise UnreadableError("解压后太大，没有看完")

    def count(self, marks: int) -> None:
        """Subtract XML tags; raises ``UnreadableError`` when the budget is exceeded."""
        self.marks -= marks
        if self.marks < 0:
            raise UnreadableError("内容太多，没有看完")
