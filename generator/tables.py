"""Tables as files that a spreadsheet opens: CSV for Excel in Chinese, and xlsx. The same rows give the same bytes.

A text that a spreadsheet would take for a formula is only a text here: in CSV an apostrophe stands before it,
in xlsx the cell is of the type text.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

Cell: TypeAlias = str | int

# Excel begins a formula at these, also at their full-width twins, and also behind blanks.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠|%]")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000  # a cell of a spreadsheet holds 32,767 characters
_EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the first day a zip file can tell


class Sheet(NamedTuple):
    """One sheet: its name, its headings, the width of each column in characters, its rows."""

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]


def csv_bytes(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return rows as CSV: UTF-8 with a byte-order mark, CRLF, nothing in it a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in headings])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, int):
        return cell
    text = _clean(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def _clean(text: str) -> str:
    return _HIDDEN.sub("", text)[:_LONGEST]


def xlsx_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as one workbook: headings that stay in sight, filters, wrapped text."""
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
                    if isinstance(cell, int):
                        page.write_number(number, column, cell, wrapped)
                    else:
                        page.write_string(number, column, _clean(cell), wrapped)
            page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.headings) - 1)
    return data.getvalue()
