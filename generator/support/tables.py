"""Read and write tables for spreadsheets: CSV for Excel in Chinese, and xlsx. The same rows give the same bytes.

CSV is UTF-8 with a byte-order mark and a row of headings. A text that a spreadsheet would take for a formula stays a
text: in CSV an apostrophe is put before it, in xlsx the cell has the type text.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from generator.domain.problems import GongkaiError
from generator.domain.unseen import NOT_IN_TEXT
from generator.support.utf8 import NotUtf8Error, read_utf8

Cell: TypeAlias = str | int | float

# Excel takes a cell that begins with one of these for a formula, also in full width, and also after blanks.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠|%]")
_UNSEEN = re.compile(f"[{NOT_IN_TEXT}]")
_LONGEST = 32_000  # a cell of a spreadsheet holds 32,767 characters
_LARGEST = 4_000_000
_EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the first day that a zip file can record


class Sheet(NamedTuple):
    """One sheet: its name, its headings, the width of each column in characters, its rows."""

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]


def csv_bytes(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return rows as CSV: UTF-8 with a byte-order mark, CRLF, no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_without_formula(cell) for cell in headings])
    writer.writerows([_without_formula(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _without_formula(cell: Cell) -> Cell:
    if isinstance(cell, int | float):
        return cell
    text = cell_text(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def cell_text(text: str) -> str:
    """Return a text as a cell can hold it: without unseen characters, at most 32,000 characters long."""
    return (text if text.isprintable() else _UNSEEN.sub("", text))[:_LONGEST]


def read_text(data: bytes, name: str, *, error: type[GongkaiError] = GongkaiError) -> str:
    """Return the text of a small UTF-8 file, with or without a byte-order mark.

    Raises ``error`` where it is larger than 4 MB or not UTF-8.
    """
    if len(data) > _LARGEST:
        raise error(f"{name}: 太大", f"不超过 {_LARGEST // 1_000_000} MB")
    try:
        return read_utf8(data)
    except NotUtf8Error as fault:
        raise error(f"{name}:{fault.line}: {fault.message}", "另存为“CSV UTF-8（逗号分隔）”") from None


def keyed_rows(
    rows: Iterable[tuple[int, Sequence[str]]],
    name: str,
    key_of: Callable[[str, int], str],
    *,
    error: type[GongkaiError] = GongkaiError,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield every row of a table below its headings with its line, its cells under the keys of the columns.

    ``key_of(heading, line)`` gives the key of a column. Raises ``error`` with file, line and hint for a repeated
    heading and for a cell without a heading (it may hold anything, also the number of a person); ``key_of`` may raise
    it, too.
    """
    keys: list[str] | None = None
    for line, cells in rows:
        if keys is None:
            keys = [key_of(cell, line) if cell else "" for cell in cells]
            if twice := next((key for key in keys if key and keys.count(key) > 1), ""):
                first, second, *_ = (cell for cell, key in zip(cells, keys, strict=True) if key == twice)
                other = "" if first == second else f"，另一列写作“{second}”"
                raise error(f"{name}:{line}: 有两列都是“{first}”{other}", "删去其中一列")
            continue
        for number, cell in enumerate(cells, 1):
            if cell and not "".join(keys[number - 1 : number]):
                raise error(f"{name}:{line}: 第 {number} 格没有列名", "删去这一格；文字里有逗号的，加英文双引号")
        yield line, {key: cell for key, cell in zip(keys, cells, strict=False) if key}


def csv_rows(text: str, name: str, *, error: type[GongkaiError] = GongkaiError) -> Iterator[tuple[int, list[str]]]:
    """Yield every row of a CSV text that is not empty, stripped, with its line.

    Raises ``error`` for quotes that do not close (they would swallow rows) and for unseen characters.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)  # rows end where CSV says, not at U+2028
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num  # a cell may run over several lines
            if any(map(_UNSEEN.search, cells)):
                raise error(f"{name}:{line}: 有看不见的控制字符", "删去这些字符，重新键入这一行")
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
    except csv.Error:
        raise error(
            f"{name}:{before + 1}: 这一行的引号不成对，或一格太长", "检查这一行的英文双引号；另存为 CSV UTF-8"
        ) from None


def xlsx_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as one xlsx workbook with frozen headings, filters and wrapped text."""
    import xlsxwriter

    data = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, plain) as book:
        book.set_properties({"created": _EPOCH, "author": "", "comments": ""})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        bold = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E8EEF4"}
        )
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
            for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
                page.set_column(column, column, width)
                page.write_string(0, column, heading, bold)
            for number, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int | float):
                        page.write_number(number, column, cell, wrapped)
                    else:
                        page.write_string(number, column, cell_text(cell), wrapped)
            page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.headings) - 1)
    return data.getvalue()
