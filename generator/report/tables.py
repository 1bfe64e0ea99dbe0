"""Tables as files that a spreadsheet opens: CSV for Excel in Chinese, and xlsx. The same rows give the same bytes.

A text that a spreadsheet would take for a formula is only a text here: in CSV an apostrophe stands before it,
in xlsx the cell is of the type text.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.csvtext import Cell, cell_text, csv_bytes

__all__ = ["Cell", "Sheet", "csv_bytes", "xlsx_bytes"]

_EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the first day a zip file can tell


class Sheet(NamedTuple):
    """One sheet: its name, its headings, the width of each column in characters, its rows."""

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]


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
                    if isinstance(cell, int | float):
                        page.write_number(number, column, cell, wrapped)
                    else:
                        page.write_string(number, column, cell_text(cell), wrapped)
            page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.headings) - 1)
    return data.getvalue()
