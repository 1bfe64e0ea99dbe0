"""What a file says, without its looks: paragraphs of pieces, tables, pictures and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias


class VerticalPosition(Enum):
    """Where letters are on their line; the value is the HTML element for it."""

    LINE = ""
    RAISED = "sup"
    LOWERED = "sub"


class Words(NamedTuple):
    """Some words in one form."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    height: VerticalPosition = VerticalPosition.LINE
    href: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether they have no form of their own."""
        return self[1:] == _PLAIN[1:]


_PLAIN = Words("")


class Break(NamedTuple):
    """A line that was broken by hand inside a paragraph."""


class Picture(NamedTuple):
    """A picture: the part that holds it, empty where it cannot be taken out; ``what`` is its kind for a person.

    ``floating`` is whether it is over or beside the text, as seals are, and not a letter in its line.
    """

    part: str
    alt: str
    what: str = "图片"
    floating: bool = False


class NoteMark(NamedTuple):
    """Where a footnote or endnote is called; ``number`` counts from 1 through the text."""

    number: int


Piece: TypeAlias = Words | Break | Picture | NoteMark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``outline`` is its level among headings (0 is the highest), ``bullet`` its depth in a list.

    ``right`` is whether it is on the right of its page, as signatures are.
    """

    pieces: tuple[Piece, ...]
    outline: int | None = None
    is_title: bool = False
    centred: bool = False
    right: bool = False
    bullet: int | None = None

    @property
    def text(self) -> str:
        """Its words, a line per line that was broken by hand."""
        return words_of(self.pieces)


class Cell(NamedTuple):
    """One cell, with how many columns and rows it covers."""

    blocks: tuple["Block", ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; a cell that another one covers is not in its row."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def is_even(self) -> bool:
        """Whether no cell covers another's place and all rows have the same number of cells."""
        merged = any(cell.columns > 1 or cell.rows > 1 for row in self.rows for cell in row)
        return not merged and len({len(row) for row in self.rows}) == 1


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its blocks, its notes by number, and what a person must know of it.

    ``left_out`` has the words of ``dropped`` that a reader of the paper sees.
    """

    blocks: tuple[Block, ...]
    notes: tuple[tuple[Block, ...], ...]
    dropped: tuple[str, ...]
    warnings: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def words_of(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces, without their form."""
    return "".join(piece.text if isinstance(piece, Words) else "\n" * isinstance(piece, Break) for piece in pieces)


def cell_text(cell: Cell) -> str:
    """Return the words of a cell, a line per paragraph."""
    return "\n".join(block_text(block) for block in cell.blocks)


def block_text(block: Block) -> str:
    """Return the words of a block, a line per paragraph and cell."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(cell_text(cell) for row in block.rows for cell in row)
