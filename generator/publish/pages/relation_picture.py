"""Two static SVG pictures: the relations of a document, and its 沿革 on a time axis.

Both repeat a list on the same page, which is their text alternative; so they have no links and are a single image to
a screen reader. The related documents are in a line by day, with an arc from each to the document itself: this needs
no layout algorithm and always gives the same bytes. Colours and line styles come from the style sheet.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import ENDED_BY, ENDING, OVER, RelationKind
from generator.publish.data.api_documents import name_of
from generator.publish.theme.environment import View

MIN_NODES = 2
_MAX_NODES = 14
_WIDTH = 360
_RAIL, _TEXT, _ROW, _TOP = 74, 90, 44, 10
_ROW_CHARACTERS = 20.0  # Chinese characters in a row, of 13 units each
_LATIN_WIDTH = 0.56  # width of a Latin letter relative to a Chinese character
_FIRST_CJK = "\u2e80"
_STRONG = tuple(kind for kind in RelationKind if kind not in {RelationKind.CITES, RelationKind.CITED_BY})
_RANK = {kind: number for number, kind in enumerate((*_STRONG, RelationKind.CITES, RelationKind.CITED_BY))}
_FAMILIES = {
    "ends": {*ENDING, *ENDED_BY},
    "amends": {RelationKind.AMENDS, RelationKind.AMENDED_BY},
    "cites": {RelationKind.CITES, RelationKind.CITED_BY},
}
_FAMILY = {kind: name for name, kinds in _FAMILIES.items() for kind in kinds}


class _Node(NamedTuple):
    day: str
    title: str
    label: str
    family: str
    ended: bool


def relations_around(document: Document, site: Site, words: Mapping[str, Any]) -> View:
    """Return the data of the picture of a document's relations; empty where it has fewer than two neighbours."""
    if len(document.relations) < MIN_NODES:
        return {}
    strongest: dict[str, Relation] = {}
    for relation in document.relations:
        name = name_of(relation)
        if name not in strongest or _RANK[relation.kind] < _RANK[strongest[name].kind]:
            strongest[name] = relation
    if len(strongest) < MIN_NODES:
        return {}
    chosen = sorted(strongest.items(), key=lambda item: (_RANK[item[1].kind], item[0]))
    nodes = [_node(relation, site) for _, relation in chosen[:_MAX_NODES]]
    own_node = _Node(_day(document.published), document.title, words["this"], "", ended=False)
    rows = sorted([*nodes, own_node], key=lambda node: (node.day or "9999", node is not own_node, node.title))
    return {"rows": [tuple(row) for row in rows], "own": rows.index(own_node), "left_out": len(strongest) - len(nodes)}


def _node(relation: Relation, site: Site) -> _Node:
    family = _FAMILY.get(relation.kind, "explains")
    if foreign := relation.foreign:
        return _Node(_day(foreign.day), foreign.title, relation.kind.label, family, foreign.status in OVER)
    if not relation.target:
        return _Node(_day(relation.since), relation.outside, relation.kind.label, family, ended=False)
    target = site.by_id[relation.target]
    return _Node(_day(target.published), target.title, relation.kind.label, family, target.status in OVER)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def relations_picture(around: View, words: Mapping[str, Any]) -> str:
    """Return the relations of a document as SVG; an empty string where ``around`` is empty."""
    if not around:
        return ""
    rows, own_row, left_out = [_Node(*row) for row in around["rows"]], around["own"], around["left_out"]
    middle = _TOP + own_row * _ROW + _ROW // 2
    arcs, texts = [], []
    for number, node in enumerate(rows):
        y = _TOP + number * _ROW + _ROW // 2
        if number == own_row:
            texts.append(
                f'<rect class="here" x="{_RAIL + 8}" y="{y - 20}" width="{_WIDTH - _RAIL - 10}" height="40" rx="4"/>'
            )
        else:
            control_x = max(_RAIL - 16 - 9 * abs(number - own_row), -16)
            arcs.append(
                f'<path class="{node.family}" d="M{_RAIL} {y}C{control_x} {y} {control_x} {middle} {_RAIL} {middle}"/>'
            )
        css_class = "ended" if node.ended else "here" if number == own_row else "other"
        texts.append(
            f'<circle class="{css_class}" cx="{_RAIL}" cy="{y}" r="5"/>'
            f'<text class="small" x="{_TEXT}" y="{y - 5}">{escape(f"{node.day} {node.label}".strip())}</text>'
            f'<text x="{_TEXT}" y="{y + 12}">{escape(_shorten(node.title))}</text>'
        )
    height = 2 * _TOP + len(rows) * _ROW
    if left_out:
        texts.append(
            f'<text class="small" x="{_TEXT}" y="{height + 4}">{escape(words["more"].format(count=left_out))}</text>'
        )
        height += _ROW // 2
    line = f'<path class="rail" d="M{_RAIL} {_TOP}V{_TOP + len(rows) * _ROW}"/>'
    return _svg(height, words["relations"], [line, *arcs, *texts])


def _svg(height: int, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="picture" role="img" aria-label="{escape(label)}" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}">{"".join(parts)}</svg>'
    )


@lru_cache(maxsize=4096)
def _shorten(title: str) -> str:
    """Return a title, shortened to the width of a row."""
    remaining = _ROW_CHARACTERS
    for number, character in enumerate(title):
        remaining -= 1 if character >= _FIRST_CJK else _LATIN_WIDTH
        if remaining < 0:
            return title[: max(number - 1, 0)] + "…"
    return title


_MARK = 9  # radius
_LEFT, _RIGHT = 16, _WIDTH - 16
_LEVEL = 22


def timeline_picture(events: Sequence[View], spans: Sequence[Sequence[str]], label: str) -> str:
    """Return the events of a 沿革 on a time axis as SVG: numbered as in its list, with the time in force as a bar.

    ``spans`` are the first and last day of each time in force; the last day is empty where it is not known. The result
    is empty where all events are on one day.
    """
    days = [dt.date.fromisoformat(event["day"]) for event in events]
    if len(set(days)) < MIN_NODES:
        return ""
    first, span = min(days).toordinal(), max((max(days) - min(days)).days, 1)

    def place(day: dt.date) -> int:
        return _LEFT + _MARK + round((day.toordinal() - first) * (_RIGHT - _LEFT - 2 * _MARK) / span)

    ends: list[int] = []  # the right edge of the last mark on each level
    stems: list[str] = []
    marks: list[str] = []
    for number, (event, day) in enumerate(zip(events, days, strict=True), 1):
        x = place(day)
        level = next((one for one, end in enumerate(ends) if end < x - _MARK), len(ends))
        ends[level : level + 1] = [x + _MARK + 1]
        y = -14 - level * _LEVEL
        stems.append(f'<path class="stem" d="M{x} 0V{y + _MARK}"/>')
        marks.append(_event_mark(x, y, number, "coming" if event["coming"] else "past"))
    axis = len(ends) * _LEVEL + 12
    parts = [f'<g transform="translate(0 {axis})">', *stems, *marks, f'<path class="rail" d="M{_LEFT} 0H{_RIGHT}"/>']
    for begin, ended in spans:
        start = place(dt.date.fromisoformat(begin))
        end = place(dt.date.fromisoformat(ended)) if ended else _RIGHT
        css_class = "force" if ended else "force open"
        parts.append(f'<rect class="{css_class}" x="{start}" y="-3" width="{max(end - start, 2)}" height="6"/>')
    parts += [_tick(place(dt.date(year, 1, 1)), year) for year in _years(min(days), max(days))]
    if min(days).year == max(days).year:
        parts += [
            _axis_label(place(day), f"{day.year}-{day.month:02}", side)
            for day, side in ((min(days), "start"), (max(days), "end"))
        ]
    return _svg(axis + 34, label, [*parts, "</g>"])


def _event_mark(x: int, y: int, number: int, css_class: str) -> str:
    return (
        f'<circle class="{css_class}" cx="{x}" cy="{y}" r="{_MARK}"/>'
        f'<text class="number {css_class}" x="{x}" y="{y + 4}" text-anchor="middle">{number}</text>'
    )


def _tick(x: int, year: int) -> str:
    return f'<path class="rail" d="M{x} 0V5"/>' + _axis_label(x, str(year), "middle")


def _axis_label(x: int, text: str, anchor: str) -> str:
    return f'<text class="small" x="{x}" y="20" text-anchor="{anchor}">{text}</text>'


def _years(first: dt.date, last: dt.date) -> range:
    """Return the years that get a tick at their first day, at most about eight."""
    years = last.year - first.year
    return range(first.year + 1, last.year + 1, -(-years // 8) or 1)
