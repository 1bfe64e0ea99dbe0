"""A table of clean HTML → a table of a Word file, with merged cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from generator.publish.word.template import ACROSS_BEGIN, ACROSS_END

_WIDTH, _WIDTH_ACROSS = 8_844, 13_776  # of the text on the page, in twentieths of a point; on a page across
_WIDE = 10  # columns from which a table is on a page across, as on paper (print.css)
_MOST_COLUMNS = 63  # that Word can have
_NARROW_MARGINS = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
_EMPTY = "<w:p/>"
SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/>'  # the words of a wide table
_SHORTEST, _LONGEST = 4, 24  # characters by which a column gets its width


class _Cell(NamedTuple):
    """A cell in one row; ``element`` is ``None`` where it continues the cell above, or where a row has too few."""

    element: Any
    columns: int
    continues: bool = False
    begins: bool = False


_NO_CELL = _Cell(None, 1)

Content: TypeAlias = Callable[[Any, tuple[str, ...]], str]
"""What returns the paragraphs of a cell, whose words have properties of Word."""


def table_xml(table: Any, styles: Mapping[str, str], content: Content) -> str:
    """Return a table of HTML as XML of Word; ``content`` returns the paragraphs of a cell.

    A wide one is between two marks, where the template turns the page; one inside a cell has the width of the cell.
    """
    rows = list(_rows(table))
    count = min(max((sum(cell.columns for cell in row) for _, row in rows), default=0), _MOST_COLUMNS)
    if not count:
        return ""
    across = count >= _WIDE and next(table.iterancestors("td", "th"), None) is None
    properties = (SMALL,) if across else ()
    widths = _widths(rows, count, _WIDTH_ACROSS if across else _WIDTH)
    style = styles.get("Table Grid", "")
    styled = f'<w:tblStyle w:val="{style}"/>' if style else ""
    size = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{_NARROW_MARGINS if across else ""}'
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    pieces = [content(one, ()) for one in table if one.tag == "caption"]
    pieces.append(f"<w:tbl><w:tblPr>{styled}{size}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>")
    for is_head, row in rows:
        pieces.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>")
        column = 0
        for cell in (*row, *[_NO_CELL] * (count - sum(cell.columns for cell in row))):
            pieces.append(_cell_xml(cell, sum(widths[column : column + cell.columns]), content, properties))
            column += cell.columns
        pieces.append("</w:tr>")
    pieces.append("</w:tbl>")
    return "".join((ACROSS_BEGIN, *pieces, ACROSS_END) if across else pieces)


def _widths(rows: Sequence[tuple[bool, Sequence[_Cell]]], count: int, width: int) -> list[int]:
    """Return the widths of columns: by their longest cell, within limits."""
    longest = [_SHORTEST] * count
    for _, row in rows:
        column = 0
        for cell in row:
            if cell.element is not None and cell.columns == 1 and column < count:
                element = cell.element
                words = "".join(element.itertext()) if len(element) else element.text or ""
                longest[column] = max(longest[column], min(len("".join(words.split())), _LONGEST))
            column += cell.columns
    return [width * one // sum(longest) for one in longest]


def _cell_xml(cell: _Cell, width: int, content: Content, properties: tuple[str, ...]) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "<w:vMerge/>" if cell.continues else '<w:vMerge w:val="restart"/>' if cell.begins else ""
    inside = (content(cell.element, properties) if cell.element is not None else "") or _EMPTY
    if inside.endswith("</w:tbl>"):
        inside += _EMPTY  # a cell must end with a paragraph
    layout = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{layout}</w:tcPr>{inside}</w:tc>"


def _rows(table: Any) -> Iterator[tuple[bool, list[_Cell]]]:
    """Yield the rows of a table: whether it is one of its head, and its cells from left to right."""
    open_cells: dict[int, tuple[int, int]] = {}  # by their first column: how many rows they still reach, their columns
    for row in _row_elements(table):
        cells: list[_Cell] = []
        column = 0
        elements = [cell for cell in row if cell.tag in {"td", "th"}]
        while elements or any(start >= column for start in open_cells):
            if column in open_cells:
                left, columns = open_cells.pop(column)
                cells.append(_Cell(None, columns, continues=True))
                if left > 1:
                    open_cells[column] = (left - 1, columns)
            elif elements:
                cell = elements.pop(0)
                free = min((start for start in open_cells if start > column), default=_MOST_COLUMNS) - column
                columns = min(_number(cell.get("colspan")), max(free, 1))
                reach = _number(cell.get("rowspan"))
                cells.append(_Cell(cell, columns, begins=reach > 1))
                if reach > 1:
                    open_cells[column] = (reach - 1, columns)
            else:
                cells.append(_NO_CELL)
            column += cells[-1].columns
            if column >= _MOST_COLUMNS:
                break
        if cells:
            yield row.getparent().tag == "thead", cells


def _row_elements(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def _number(value: str | None) -> int:
    return min(max(int(value), 1), _MOST_COLUMNS) if value and value.isdecimal() and len(value) < 4 else 1
