"""The tables of an annual report or a kind of information as files that a spreadsheet opens (RPT-10, CAT-16)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.domain.information import information_kind
from generator.domain.model import Document, ReportTable
from generator.domain.vocabulary import Kind
from generator.support.tables import csv_bytes


def datasets(document: Document) -> Iterator[tuple[str, str, bytes]]:
    """Yield title, address relative to the site's root, and CSV bytes of each table of a report."""
    for title, address, table in _titled_tables(document):
        headings, *rows = table.rows
        yield title, address, csv_bytes(headings, rows)


def dataset_views(document: Document) -> list[dict[str, Any]]:
    """Return the titles and addresses of the files, for the page of a report."""
    return [{"title": title, "address": address} for title, address, _ in _titled_tables(document)]


def _titled_tables(document: Document) -> Iterator[tuple[str, str, ReportTable]]:
    """Yield title, address and table of each table of a report; equal titles are numbered."""
    if not document.page.tables or (document.kind is not Kind.REPORT and information_kind(document) is None):
        return  # nearly every document: skip the counting, which is slow
    title_counts = Counter(table.title for table in document.page.tables)
    numbers: Counter[str] = Counter()
    for number, table in enumerate(document.page.tables, 1):
        numbers[table.title] += 1
        suffix = f"（{numbers[table.title]}）" if title_counts[table.title] > 1 else ""
        whole = document.title if len(document.page.tables) == 1 else str(number)
        title = f"{table.title}{suffix}" or whole
        yield title, f"{document.address}table-{number}.csv", table
