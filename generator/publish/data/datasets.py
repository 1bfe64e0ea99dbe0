"""The tables of an annual report as files that a spreadsheet opens (requirements RPT-10)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.domain.model import Document, ReportTable
from generator.support.tables import csv_bytes


def datasets(document: Document) -> Iterator[tuple[str, str, bytes]]:
    """Yield title, address from the site's root and CSV of each table of a report."""
    for title, address, table in _named(document):
        headings, *rows = table.rows
        yield title, address, csv_bytes(headings, rows)


def dataset_views(document: Document) -> list[dict[str, Any]]:
    """Return what the page of a report says of its files."""
    return [{"title": title, "address": address} for title, address, _ in _named(document)]


def _named(document: Document) -> Iterator[tuple[str, str, ReportTable]]:
    """Yield each table of a report with its title, numbered where several have one, and its address."""
    if not document.page.tables:
        return  # nearly every document, and counting costs more than it seems
    titled = Counter(table.title for table in document.page.tables)
    name_counts: Counter[str] = Counter()
    for number, table in enumerate(document.page.tables, 1):
        name_counts[table.title] += 1
        several = f"（{name_counts[table.title]}）" if titled[table.title] > 1 else ""
        title = f"{table.title}{several}" or str(number)
        yield title, f"{document.address}table-{number}.csv", table
