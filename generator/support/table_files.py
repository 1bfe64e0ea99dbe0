"""Read a table from a file: CSV, or the first sheet of an xlsx workbook; merged cells repeat what they cover."""

import datetime as dt
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from generator.domain.problems import GongkaiError
from generator.domain.unseen import NOT_IN_TEXT
from generator.support.tables import csv_rows, read_text

TABLE_FILES = (".csv", ".xlsx")
# What openpyxl, zipfile and the XML readers raise on damaged bytes, and on a file with a password.
BROKEN_WORKBOOK = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError),
)
_UNSEEN = re.compile(f"[{NOT_IN_TEXT}]")
_LARGEST_UNPACKED = 60_000_000
_MOST_ROWS, _MOST_COLUMNS = 20_000, 60


def read_rows(data: bytes, name: str, *, error: type[GongkaiError] = GongkaiError) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table that are not empty, each with its line or its row in the sheet.

    ``name`` is used in messages, and its ending says what the file is. Raises ``error`` for a file that is not what
    its name says, too large or without a sheet.
    """
    if not name.lower().endswith(".xlsx"):
        return csv_rows(read_text(data, name, error=error), name, error=error)
    return _rows_of_workbook(data, name, error)


def _rows_of_workbook(data: bytes, name: str, error: type[GongkaiError]) -> Iterator[tuple[int, list[str]]]:
    cells = _cells(_sheet(data, name, error))
    for number, row in enumerate(cells, 1):
        for cell in row:
            if _UNSEEN.search(cell):
                raise error(f"{name}:{number}: 有看不见的控制字符", "删去这些字符，重新键入这一行")
        if any(row):
            yield number, row


def _sheet(data: bytes, name: str, error: type[GongkaiError]) -> Any:
    """Return the first sheet of a workbook, as openpyxl has it."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            is_large = sum(info.file_size for info in package.infolist()) > _LARGEST_UNPACKED
        sheet = None if is_large else load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    except BROKEN_WORKBOOK:
        hint = "用 Excel 或 WPS 另存为 xlsx，表放在第一个工作表"
        raise error(f"{name}: 不是能读的 xlsx 文件，或者有密码", hint) from None
    if sheet is None or sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
        raise error(f"{name}: 太大，或超过 {_MOST_ROWS} 行、{_MOST_COLUMNS} 列", "删去表格以外的空行、空列和图片")
    return sheet


def _cells(sheet: Any) -> list[list[str]]:
    """Return the cells of a sheet as text; a merged cell stands in every place that it covers."""
    cells = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row - 1, area.max_row):
            for column in range(area.min_col - 1, area.max_col):
                cells[row][column] = cells[area.min_row - 1][area.min_col - 1]
    return cells


def _text(value: object) -> str:
    """Return the value of a cell as a reader sees it: a day as 2026-01-05, a whole number without decimals."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
