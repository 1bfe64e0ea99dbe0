"""The rows of a small CSV file, which the page of a document shows as a table."""

import csv
import io

from generator.source.attachments.office.plaintext import readings

_MOST_BYTES, _MOST_ROWS, _MOST_COLUMNS = 256 * 1024, 1_000, 40


def csv_rows(path: str, data: bytes) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a CSV file, all of one length; empty for another file, a large one and one that is broken."""
    if not path.lower().endswith(".csv") or len(data) > _MOST_BYTES:
        return ()
    text = next(iter(readings(data)), "")
    rows: list[tuple[str, ...]] = []
    try:
        for cells in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True):
            row = tuple(" ".join(cell.split()) for cell in cells)
            if any(row):
                rows.append(row)
            if len(rows) > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                return ()
    except csv.Error:
        return ()
    width = max(map(len, rows), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in rows)
