"""The tables of an annual report as files that a spreadsheet opens (requirements RPT-10)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.model import Document
from generator.tables import csv_bytes


def datasets(document: Document) -> Iterator[tuple[str, str, bytes]]:
    """Yield title, address from the site's root and CSV of each table of a report."""
    titled = Counter(table.title for table in document.page.tables)
    seen: Counter[str] = Counter()
    for number, table in enumerate(document.page.tables, 1):
        seen[table.title] += 1
        several = f"（{seen[table.title]}）" if titled[table.title] > 1 else ""
        title = f"{table.title}{several}" or str(number)
        headings, *rows = table.rows
        yield title, f"{document.address}table-{number}.csv", csv_bytes(headings, rows)


def dataset_views(document: Document) -> list[dict[str, Any]]:
    """Return what the page of a report says of its files."""
    return [{"title": title, "address": address} for title, address, _ in datasets(document)]
