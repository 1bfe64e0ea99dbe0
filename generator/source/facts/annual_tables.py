"""The tables of an annual report: rows of numbers with their lines, and whole tables (30号; RPT-06, RPT-10).

Tables are those of Markdown, and of HTML where cells are merged.
"""

import re
from collections.abc import Iterator, Sequence

from generator.domain.model import Block, BlockKind, ReportRow, ReportTable
from generator.source.text.table_reader import TableCell, read_tables

_MOST_CELLS = 10_000
_NUMBER = re.compile(r"\d{1,3}(?:[,，]\d{3})+|\d{1,12}", re.ASCII)
_EMPTY = frozenset({"", "-", "—", "——", "/", "－"})


def find_report_rows(blocks: Sequence[Block]) -> Iterator[ReportRow]:
    """Yield every row of a table that ends in whole numbers, with its line."""
    for block in blocks:
        for table in read_tables(block):
            for row in table:
                if row and (found := _row([cell.text for cell in row], row[0].line)):
                    yield found


def _row(cells: Sequence[str], line: int) -> ReportRow | None:
    """Return a row of a table; ``None`` where it does not end in numbers. An empty cell among them is 0."""
    plain = ["".join(cell.split()).strip("*") for cell in cells]
    first = len(plain)
    while first and (_NUMBER.fullmatch(plain[first - 1]) or plain[first - 1] in _EMPTY):
        first -= 1
    while first < len(plain) and plain[first] in _EMPTY and not plain[first]:  # of a merged cell, not a number
        first += 1
    numbers = tuple(0 if cell in _EMPTY else int(cell.replace(",", "").replace("，", "")) for cell in plain[first:])
    if not any(_NUMBER.fullmatch(cell) for cell in plain[first:]):
        return None
    return ReportRow(" ".join(cell for cell in plain[:first] if cell), numbers, line)


def find_report_tables(blocks: Sequence[Block]) -> Iterator[ReportTable]:
    """Yield the tables of a text, each under the heading before it; a merged cell keeps its place once."""
    title = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            title = " ".join(block.text.split())
        for table in read_tables(block):
            if rows := _grid(table):
                yield ReportTable(title, rows)


def _grid(table: Sequence[Sequence[TableCell]]) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table where a reader sees them: what a merged cell covers is empty."""
    cells: dict[tuple[int, int], str] = {}
    for row, written in enumerate(table):
        column = 0
        for cell in written:
            while (row, column) in cells:
                column += 1
            if len(cells) + cell.columns * cell.rows > _MOST_CELLS:
                return ()
            cells |= {(row + down, column + right): "" for down in range(cell.rows) for right in range(cell.columns)}
            cells[row, column] = " ".join(cell.text.split())
            column += cell.columns
    rows, columns = (max((place[side] for place in cells), default=-1) + 1 for side in (0, 1))
    return tuple(tuple(cells.get((row, column), "") for column in range(columns)) for row in range(rows))
