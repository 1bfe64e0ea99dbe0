"""The tables of an annual report: rows of numbers with their lines, and whole tables (30号; RPT-06, RPT-10).

Tables are those of Markdown, and of HTML where cells are merged.
"""

import html
import re
from collections.abc import Iterator, Sequence

from generator.domain.model import ReportRow, ReportTable

_SPLIT = re.compile(r"(?<!\\)\|")
_HTML_ROW = re.compile(r"<tr\b.*?(?=<tr\b|</tr|</table|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=<t[dh]\b|</t[dh]|\Z)", re.DOTALL | re.IGNORECASE)
_HEADING_OR_TABLE = re.compile(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>|<table\b(.*?)</table>", re.DOTALL)
_SPANS = re.compile(r"<t[dh]\b([^>]*)>(.*?)</t[dh]>", re.DOTALL)
_SPAN = re.compile(r'(col|row)span="(\d{1,3})"')
_MOST_CELLS = 10_000
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"\d{1,3}(?:[,，]\d{3})+|\d{1,12}", re.ASCII)
_EMPTY = frozenset({"", "-", "—", "——", "/", "－"})


def find_report_rows(body: str, first_line: int) -> Iterator[ReportRow]:
    """Yield every row that ends in whole numbers; ``first_line`` is the line of the body's beginning."""
    for number, written in enumerate(body.split("\n")):
        text = written.strip()
        if text.count("|") >= 2 and (row := _row(_SPLIT.split(text.strip("|")), first_line + number)):
            yield row
    line, counted = first_line, 0
    for match in _HTML_ROW.finditer(body) if "<tr" in body.lower() else ():
        line, counted = line + body.count("\n", counted, match.start()), match.start()
        cells = [html.unescape(_TAG.sub("", cell)) for cell in _HTML_CELL.findall(match[0])]
        if row := _row(cells, line):
            yield row


def _row(cells: Sequence[str], line: int) -> ReportRow | None:
    """Return a row of a table; ``None`` where it does not end in numbers. An empty cell among them is 0."""
    plain = ["".join(cell.split()).strip("*") for cell in cells]
    first = len(plain)
    while first and (_NUMBER.fullmatch(plain[first - 1]) or plain[first - 1] in _EMPTY):
        first -= 1
    while first < len(plain) and plain[first] in _EMPTY and not plain[first]:  # of a merged cell, not a number
        first += 1
    numbers = tuple(0 if cell in _EMPTY else int(cell.replace(",", "").replace("，", "")) for cell in plain[first:])
    if not any(_NUMBER.fullmatch(cell) for cell in plain[first:]):
        return None
    return ReportRow(" ".join(cell for cell in plain[:first] if cell), numbers, line)


def find_report_tables(clean: str) -> Iterator[ReportTable]:
    """Yield the tables of clean HTML, each under the heading before it; a merged cell keeps its place once."""
    title = ""
    for match in _HEADING_OR_TABLE.finditer(clean) if "<table" in clean else ():
        if match[1] is not None:
            title = _words(match[1])
        elif rows := _grid(match[2]):
            yield ReportTable(title, rows)


def _grid(table: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table where a reader sees them: what a merged cell covers is empty."""
    cells: dict[tuple[int, int], str] = {}
    for row, written in enumerate(re.findall(r"<tr\b.*?</tr>", table, re.DOTALL)):
        column = 0
        for attributes, words in _SPANS.findall(written):
            while (row, column) in cells:
                column += 1
            spans = {name: int(number) for name, number in _SPAN.findall(attributes)}
            wide, high = max(spans.get("col", 1), 1), max(spans.get("row", 1), 1)
            if len(cells) + wide * high > _MOST_CELLS:
                return ()
            cells |= {(row + down, column + right): "" for down in range(high) for right in range(wide)}
            cells[row, column] = _words(words)
            column += wide
    rows, columns = (max((place[side] for place in cells), default=-1) + 1 for side in (0, 1))
    return tuple(tuple(cells.get((row, column), "") for column in range(columns)) for row in range(rows))


def _words(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", markup)).split())
