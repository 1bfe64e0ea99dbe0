"""The rows of numbers in an annual report: tables of Markdown, and of HTML where cells are merged (30号; RPT-06)."""

import html
import re
from collections.abc import Iterator, Sequence

from generator.model import Row

_SPLIT = re.compile(r"(?<!\\)\|")
_HTML_ROW = re.compile(r"<tr\b.*?(?=<tr\b|</tr|</table|\Z)", re.DOTALL | re.IGNORECASE)
_HTML_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=<t[dh]\b|</t[dh]|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"\d{1,3}(?:[,，]\d{3})+|\d{1,12}", re.ASCII)
_EMPTY = frozenset({"", "-", "—", "——", "/", "－"})


def find_rows(body: str, first_line: int) -> Iterator[Row]:
    """Yield every row that ends in whole numbers; ``first_line`` is the line of the body's beginning."""
    for number, written in enumerate(body.split("\n")):
        text = written.strip()
        if text.count("|") >= 2 and (row := _row(_SPLIT.split(text.strip("|")), first_line + number)):
            yield row
    line, counted = first_line, 0
    for found in _HTML_ROW.finditer(body) if "<tr" in body.lower() else ():
        line, counted = line + body.count("\n", counted, found.start()), found.start()
        cells = [html.unescape(_TAG.sub("", cell)) for cell in _HTML_CELL.findall(found[0])]
        if row := _row(cells, line):
            yield row


def _row(cells: Sequence[str], line: int) -> Row | None:
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
    return Row(" ".join(cell for cell in plain[:first] if cell), numbers, line)
