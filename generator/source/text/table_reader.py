"""The tables of a block, cell by cell."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.model import Block
from generator.source.text.block_reader import TOKEN, plain_text

_SPAN = re.compile(r'(col|row)span="(\d{1,3})"')


class TableCell(NamedTuple):
    """One cell: its words, the line of the file on which it stands, and how many columns and rows it covers."""

    text: str
    line: int
    columns: int = 1
    rows: int = 1


def read_tables(block: Block) -> Iterator[list[list[TableCell]]]:
    """Yield every table of a block as rows of cells; a table inside a cell belongs to the words of that cell."""
    if "<table" not in block.html:
        return
    rows: list[list[TableCell]] = []
    depth = begin = position = 0
    attributes = ""
    for match in TOKEN.finditer(block.html):
        closing, name, written = match.groups()
        if name == "table":
            depth += -1 if closing else 1
            if closing and depth == 0:
                yield rows
                rows = []
        elif depth != 1:
            continue
        elif name == "tr" and not closing:
            rows.append([])
        elif name in {"td", "th"} and not closing:
            begin, attributes = match.end(), written
        elif name in {"td", "th"} and rows:
            words = plain_text(block.html[begin : match.start()])
            place = block.text.find(words, position) if words else position
            position = place + len(words) if place >= 0 else position
            spans = {side: max(int(number), 1) for side, number in _SPAN.findall(attributes)}
            rows[-1].append(TableCell(words, block.line_at(max(place, 0)), spans.get("col", 1), spans.get("row", 1)))
