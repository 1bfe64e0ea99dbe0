"""Blocks → Markdown of gongkai's dialect: paragraphs, headings, lists, tables, pictures and notes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from generator.authoring.importing.word import escape
from generator.authoring.importing.word.blocks import (
    Block,
    Break,
    Cell,
    NoteMark,
    Paragraph,
    Picture,
    Piece,
    Table,
    Words,
    cell_text,
    words_of,
)

_URL_MARKS = "/:?#@!$&'+,;=%~-."
_BREAK, _CELL_BREAK = "  \n", "<br>"


class PictureMarkup(NamedTuple):
    """How a picture is written: the address of its file, and its text, empty where nobody has written one."""

    address: str
    alt: str


class Writer(NamedTuple):
    """Writes blocks; ``pictures`` has the markup of each picture, ``notes`` the blocks of each note."""

    pictures: Mapping[Picture, PictureMarkup]
    notes: Sequence[Sequence[Block]]

    def text(self, blocks: Sequence[Block], levels: Mapping[int, int]) -> str:
        """Return blocks as Markdown; ``levels`` says which are headings."""
        parts: list[str] = []
        for bullets, run in groupby(enumerate(blocks), lambda item: _is_bullet(item[1]) and item[0] not in levels):
            if bullets:
                parts.append("\n".join(self._bullets([block for _, block in run if isinstance(block, Paragraph)])))
            else:
                parts += [self._block(block, levels.get(place, 0)) for place, block in run]
        parts += self._notes(blocks)
        return "\n\n".join(part for part in parts if part) + "\n"

    def _block(self, block: Block, level: int) -> str:
        if isinstance(block, Table):
            return self._table(block)
        if level:
            words = [Words(" ") if isinstance(piece, Break) else piece for piece in block.pieces]
            plain = [piece._replace(bold=False, italic=False) if isinstance(piece, Words) else piece for piece in words]
            return f"{'#' * level} {escape.heading(self._inline(plain, ' ').strip())}"
        return self._lines(block.pieces)

    def _lines(self, pieces: Sequence[Piece]) -> str:
        first, *others = self._inline(pieces, "\n").split("\n")
        return _BREAK.join((escape.line(first), *(escape.line(line, is_first=False) for line in others)))

    def _bullets(self, items: Sequence[Paragraph]) -> Iterator[str]:
        depths: list[int] = []  # Word's own, of the lists that are open
        for item in items:
            depth = item.bullet or 0
            while depths and depths[-1] > depth:
                depths.pop()
            if not depths or depths[-1] < depth:
                depths.append(depth)
            yield f"{'    ' * (len(depths) - 1)}- {escape.line(self._inline(item.pieces, _CELL_BREAK))}"

    def _inline(self, pieces: Sequence[Piece], broken: str, *, as_html: bool = False) -> str:
        parts: list[str] = []
        for href, run in groupby(pieces, lambda piece: piece.href if isinstance(piece, Words) else ""):
            inner = ""
            written = "[" if href and not as_html else "".join(parts[-2:])
            for piece in run:
                inner += self._piece(piece, broken, written + inner, as_html=as_html)
            if not href or not inner.strip():
                parts.append(inner)
            elif as_html:
                parts.append(f'<a href="{quote(href, safe=_URL_MARKS)}">{inner}</a>')
            else:
                if parts and parts[-1].endswith("!"):
                    parts[-1] = parts[-1][:-1] + "\\!"  # or the link would be an image
                parts.append(f"[{inner}]({quote(href, safe=_URL_MARKS)})")
        return "".join(parts)

    def _piece(self, piece: Piece, broken: str, written: str, *, as_html: bool) -> str:
        if isinstance(piece, Words):
            escaped = escape.html(piece.text) if as_html else escape.text(piece.text)
            return escape.formed(piece, escaped, written, as_html=as_html)
        if isinstance(piece, Break):
            return broken
        if isinstance(piece, NoteMark):
            words = self._note(piece.number)
            return (f"（注：{escape.html(words)}）" if as_html else f"[^{piece.number}]") if words else ""
        address, alt = self.pictures[piece].address, escape.alt(self.pictures[piece].alt)
        return f'<img src="{address}" alt="{alt}">' if as_html else f"![{alt}]({address})"

    def _note(self, number: int) -> str:
        return " ".join(_words(block) for block in self.notes[number - 1]).strip()

    def _notes(self, blocks: Sequence[Block]) -> Iterator[str]:
        called = notes_called(blocks, self.notes)
        for number, note in enumerate(self.notes, 1):
            if number not in called:
                continue
            paragraphs = [self._lines(block.pieces) for block in note if isinstance(block, Paragraph)]
            paragraphs += [self._table(block) for block in note if isinstance(block, Table)]
            if paragraphs:
                inner = "\n\n".join(paragraphs).replace("\n", "\n    ").replace("\n    \n", "\n\n")
                yield f"[^{number}]: {inner}"

    def _table(self, table: Table) -> str:
        rows = table.rows
        if table.is_even and len(rows) > 1 and not any(_is_rich(cell) for row in rows for cell in row):
            lines = [[self._cell(cell) for cell in row] for row in rows]
            if any(cell.strip() for cell in lines[0]):
                written = [f"| {' | '.join(line)} |" for line in lines]
                return "\n".join([written[0], f"|{'---|' * len(lines[0])}", *written[1:]])
        return self._html_table(rows)

    def _cell(self, cell: Cell, *, as_html: bool = False) -> str:
        texts = []
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                mark = "• " if block.bullet is not None else ""
                texts.append(mark + self._inline(block.pieces, _CELL_BREAK, as_html=as_html))
            else:
                texts.append(self._html_table(block.rows))
        return _CELL_BREAK.join(texts)

    def _html_table(self, rows: Sequence[Sequence[Cell]]) -> str:
        width = max(sum(cell.columns for cell in row) for row in rows)
        lines = ["<table>"]
        if len(rows) > 1 and len(rows[0]) == 1 and rows[0][0].columns == width > 1 and cell_text(rows[0][0]).strip():
            lines.append(f"<caption>{self._cell(rows[0][0], as_html=True)}</caption>")
            rows = rows[1:]
        heads = max(cell.rows for cell in rows[0])
        heads = heads if heads < len(rows) else 0
        for number, row in enumerate(rows):
            lines.append(f"<tr>{''.join(self._html_cell(cell, is_head=number < heads) for cell in row)}</tr>")
        return "\n".join([*lines, "</table>"])

    def _html_cell(self, cell: Cell, *, is_head: bool) -> str:
        tag = "th" if is_head else "td"
        attributes = f' scope="{"colgroup" if cell.columns > 1 else "col"}"' if is_head else ""
        attributes += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        attributes += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        return f"<{tag}{attributes}>{self._cell(cell, as_html=True)}</{tag}>"


def _is_bullet(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.bullet is not None


def _is_rich(cell: Cell) -> bool:
    return any(isinstance(block, Table) for block in cell.blocks)


def _words(block: Block) -> str:
    if isinstance(block, Paragraph):
        return words_of(block.pieces).replace("\n", " ")
    return " ".join(cell_text(cell) for row in block.rows for cell in row)


def notes_called(blocks: Sequence[Block], notes: Sequence[Sequence[Block]]) -> frozenset[int]:
    """Return the numbers of the notes that some blocks call, and of those that these notes call."""
    called: set[int] = set()
    waiting = set(_marks_in(blocks))
    while waiting:
        called |= waiting
        waiting = {mark for number in waiting for mark in _marks_in(notes[number - 1])} - called
    return frozenset(called)


def _marks_in(blocks: Sequence[Block]) -> Iterator[int]:
    return (piece.number for piece in pieces_of(blocks) if isinstance(piece, NoteMark))


def pictures_of(blocks: Sequence[Block]) -> Iterator[Picture]:
    """Yield every picture of some blocks, in their order, one as often as it is there."""
    return (piece for piece in pieces_of(blocks) if isinstance(piece, Picture))


def pieces_of(blocks: Sequence[Block]) -> Iterator[Piece]:
    """Yield the pieces of some blocks, those in tables as well."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.pieces
        else:
            for row in block.rows:
                for cell in row:
                    yield from pieces_of(cell.blocks)
