"""Charts of the tables of a dataset, as static SVG: bars for a few rows, lines for a row of periods (CAT-16).

The table with the same numbers is beside each chart, so a chart is a single image to a screen reader. Only columns of
one unit share a chart; a table whose rows have different units has none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from generator.domain.information import DataTable, number_of
from generator.publish.theme.environment import View

_UNIT = re.compile(r"[（(]([^（）()]{1,12})[）)]\s*$")
_TOTAL = re.compile(r"^\s*(?:合计|总计|小计|共计|总数)")
_PERIOD = re.compile(r"^\s*\d{4}(?:年|[-/.]\d)|^\s*\d{1,2}月|季度|月份")
_UNITS_COLUMN, _NUMBER_COLUMN = ("单位", "计量单位"), re.compile("^序号$|^编号$|^代码$")
_MOST_CHARTS, _MOST_SERIES, _MOST_ROWS = 4, 4, 16
_MIN_LINE_POINTS = 3
_WIDTH, _LABEL_SIZE = 360, 18  # units; Chinese characters of a label
_BAR, _GAP, _ROW_GAP, _TOP = 12, 2, 10, 8
_LINE_HEIGHT, _LEFT, _RIGHT = 170, 14, 14
_VALUE_WIDTH, _NUMBER_HEIGHT = 64, 12


class _Series(NamedTuple):
    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


def charts_of(table: DataTable, unit: str) -> list[View]:
    """Return the data of the charts of a table, by the units of its columns; ``unit`` is that of the others.

    A chart has all rows but the sums, so a table with a row that has no name has none; and so has one with more
    columns than charts can show, because a reader would miss those that are left out.
    """
    headings, *all_rows = table.rows
    rows = [row for row in all_rows if not _TOTAL.match(row[0])]
    if not all(row[0] for row in rows) or not 2 <= len(rows) <= _MOST_ROWS or _has_mixed_units(headings, rows):
        return []
    groups: dict[str, list[_Series]] = {}
    for place, heading in enumerate(headings[1:], 1):
        series = _series(heading, place, rows)
        if series:
            match = _UNIT.search(heading)
            groups.setdefault(match[1] if match else unit, []).append(series)
    charts = [
        (group_unit, members[first : first + _MOST_SERIES])
        for group_unit, members in groups.items()
        for first in range(0, len(members), _MOST_SERIES)
    ]
    if len(charts) > _MOST_CHARTS:
        return []
    is_line = len(rows) >= _MIN_LINE_POINTS and all(_PERIOD.search(row[0]) for row in rows)
    return [
        {
            "title": table.title,
            "unit": group_unit,
            "labels": [row[0] for row in rows],
            "series": [tuple(series) for series in members],
            "is_line": is_line,
        }
        for group_unit, members in charts
    ]


def _has_mixed_units(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    place = next((n for n, heading in enumerate(headings) if heading in _UNITS_COLUMN), -1)
    return place >= 0 and len({row[place] for row in rows}) > 1


def _series(heading: str, place: int, rows: Sequence[Sequence[str]]) -> _Series | None:
    """Return a column as a series, ``None`` unless all its cells are numbers from 0 up, or empty, and two are not 0."""
    if _NUMBER_COLUMN.search(heading):
        return None
    values = tuple(number_of(row[place]) for row in rows)
    written = [row[place] for row, value in zip(rows, values, strict=True) if value is None and row[place]]
    numbers = [value for value in values if value is not None]
    if any(text not in {"-", "—", "——", "/"} for text in written) or min(numbers, default=-1) < 0 or len(numbers) < 2:
        return None
    return _Series(_UNIT.sub("", heading).strip(), values, tuple(row[place] for row in rows)) if max(numbers) else None


def chart_picture(chart: View, words: Mapping[str, Any]) -> str:
    """Return a chart as SVG; its label names the title, and says that the numbers are in the table."""
    series = [_Series(*members) for members in chart["series"]]
    top = _TOP + _LABEL_SIZE * len(series) + _ROW_GAP
    largest = max(value for one in series for value in one.values if value is not None)
    drawn = _lines if chart["is_line"] else _bars
    shapes, height = drawn(chart["labels"], series, largest, top)
    label = words["chart"].format(title=chart["title"], unit=chart["unit"])
    return (
        f'<svg class="picture chart" role="img" aria-label="{escape(label)}" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}">{"".join((*_legend(series), *shapes))}</svg>'
    )


def _legend(series: Sequence[_Series]) -> Iterator[str]:
    for number, one in enumerate(series):
        y = _TOP + number * _LABEL_SIZE
        yield f'<rect class="s{number}" x="0" y="{y}" width="12" height="12"/>'
        yield f'<text class="small" x="18" y="{y + 10}">{escape(one.name)}</text>'


def _bars(labels: Sequence[str], series: Sequence[_Series], largest: float, top: int) -> tuple[list[str], int]:
    """Return horizontal bars, for each row of the table its label and below it a bar a series with its number."""
    shapes, y = [], top
    for row, label in enumerate(labels):
        shapes.append(f'<text x="0" y="{y + 12}">{escape(_shortened(label))}</text>')
        y += _LABEL_SIZE
        for number, one in enumerate(series):
            value = one.values[row]
            if value is not None:
                width = round((_WIDTH - _VALUE_WIDTH) * value / largest, 1)
                shapes.append(f'<rect class="s{number}" x="0" y="{y}" width="{width:g}" height="{_BAR}"/>')
                shapes.append(f'<text class="small" x="{width + 4:g}" y="{y + 10}">{escape(one.texts[row])}</text>')
            y += _BAR + _GAP
        y += _ROW_GAP
    return shapes, y


def _lines(labels: Sequence[str], series: Sequence[_Series], largest: float, top: int) -> tuple[list[str], int]:
    """Return a line a series from the first period to the last, with the first and the last number of each."""
    top += _LABEL_SIZE
    step = (_WIDTH - _LEFT - _RIGHT) / (len(labels) - 1)
    bottom = top + _LINE_HEIGHT
    shapes = [f'<path class="rail" d="M{_LEFT} {bottom}H{_WIDTH - _RIGHT}"/>']
    first: list[tuple[float, float, str]] = []
    last: list[tuple[float, float, str]] = []
    for number, one in enumerate(series):
        points = [
            (round(_LEFT + place * step, 1), round(bottom - _LINE_HEIGHT * value / largest, 1), one.texts[place])
            for place, value in enumerate(one.values)
            if value is not None
        ]
        path = "L".join(f"{x:g} {y:g}" for x, y, _ in points)
        shapes.append(f'<path class="l{number}" d="M{path}"/>')
        shapes += [f'<circle class="s{number}" cx="{x:g}" cy="{y:g}" r="3"/>' for x, y, _ in points]
        first.append(points[0])
        last.append(points[-1])
    for ends, anchor, aside in ((first, "start", -6), (last, "end", 6)):
        for x, y, text in _apart(ends):
            shapes.append(
                f'<text class="small" x="{x + aside:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
            )
    periods = ((_LEFT - 6, "start", labels[0]), (_WIDTH - _RIGHT + 6, "end", labels[-1]))
    shapes += [
        f'<text class="small" x="{x}" y="{bottom + 16}" text-anchor="{anchor}">{escape(_shortened(label))}</text>'
        for x, anchor, label in periods
    ]
    return shapes, bottom + 24


def _apart(points: Sequence[tuple[float, float, str]]) -> Iterator[tuple[float, float, str]]:
    """Yield the places of numbers above the ends of lines, from the lowest to the highest, none over another."""
    above = float("inf")
    for x, y, text in sorted(points, key=lambda point: -point[1]):
        above = min(y - 7, above - _NUMBER_HEIGHT)
        yield x, above, text


def _shortened(label: str) -> str:
    return label if len(label) <= _LABEL_SIZE + 6 else f"{label[: _LABEL_SIZE + 5]}…"
