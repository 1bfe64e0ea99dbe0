"""CSV as spreadsheets write it and want it: UTF-8 with a byte-order mark, a row of headings, nothing a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from generator.problems import GongkaiError

Cell: TypeAlias = str | int | float

# Excel begins a formula at these, also at their full-width twins, and also behind blanks.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠|%]")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000  # a cell of a spreadsheet holds 32,767 characters
_LARGEST = 4_000_000


def csv_bytes(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return rows as CSV: UTF-8 with a byte-order mark, CRLF, nothing in it a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in headings])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, int | float):
        return cell
    text = cell_text(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def cell_text(text: str) -> str:
    """Return a text as a cell can hold it."""
    return _HIDDEN.sub("", text)[:_LONGEST]


def read_text(data: bytes, name: str, *, error: type[GongkaiError] = GongkaiError) -> str:
    """Return the text of a small UTF-8 file, with or without a byte-order mark.

    Raises ``error`` where it is larger than 4 MB or not UTF-8.
    """
    if len(data) > _LARGEST:
        raise error(f"{name}: 太大", f"不超过 {_LARGEST // 1_000_000} MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise error(f"{name}: 不是 UTF-8 编码", "另存为“CSV UTF-8（逗号分隔）”") from None


def read_csv(
    text: str, name: str, key_of: Callable[[str, int], str], *, error: type[GongkaiError] = GongkaiError
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield every row below the headings with its line, its cells under the keys that ``key_of(heading, line)`` gives.

    Raises ``error`` with file, line and mend: a heading twice, broken quotes, and what ``key_of`` raises.
    """
    reader = csv.reader(text.splitlines(keepends=True))
    keys: list[str] | None = None
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num  # a cell may run over several lines
            if not any(cell.strip() for cell in cells):
                continue
            if keys is None:
                keys = [key_of(cell.strip(), line) if cell.strip() else "" for cell in cells]
                if twice := next((key for key in keys if key and keys.count(key) > 1), ""):
                    raise error(f"{name}:{line}: 有两列都是“{twice}”", "删去或改名其中一列")
            else:
                yield line, {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key}
    except csv.Error as broken:
        raise error(f"{name}:{reader.line_num}: 表格读不了（{broken}）", "另存为 CSV UTF-8") from None
