"""Two pictures as static SVG: the relations of one document, and its 沿革 on a scale of time.

Both show only what stands beside them as a list, which is their text equivalent; so they hold no links and are one
image to a screen reader. Layout is a line of documents by their day with an arc from each to the document itself:
no crossing to avoid, nothing to search for, the same bytes each time. Colours and lines come from the style sheet.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import ENDED_BY, ENDING, OVER, RelationKind
from generator.publish.theme.environment import View

LEAST = 2
_MOST = 14
_WIDTH = 360
_RAIL, _TEXT, _ROW, _TOP = 74, 90, 44, 10
_LETTERS = 20.0  # of 13 units each
_NARROW = 0.56  # what a Latin letter takes of a Chinese one
_CJK = "\u2e80"
_GRAVE = tuple(kind for kind in RelationKind if kind not in {RelationKind.CITES, RelationKind.CITED_BY})
_ORDER = {kind: number for number, kind in enumerate((*_GRAVE, RelationKind.CITES, RelationKind.CITED_BY))}
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
    """Return what the picture of a document's relations shows; empty where fewer than two others stand around it."""
    if len(document.relations) < LEAST:
        return {}
    nearest: dict[str, Relation] = {}
    for relation in document.relations:
        name = relation.target or relation.outside
        if name not in nearest or _ORDER[relation.kind] < _ORDER[nearest[name].kind]:
            nearest[name] = relation
    if len(nearest) < LEAST:
        return {}
    chosen = sorted(nearest.items(), key=lambda item: (_ORDER[item[1].kind], item[0]))
    nodes = [_node(relation, site) for _, relation in chosen[:_MOST]]
    own_node = _Node(_day(document.published), document.title, words["this"], "", ended=False)
    rows = sorted([*nodes, own_node], key=lambda node: (node.day or "9999", node is not own_node, node.title))
    return {"rows": [tuple(row) for row in rows], "own": rows.index(own_node), "left_out": len(nearest) - len(nodes)}


def _node(relation: Relation, site: Site) -> _Node:
    family = _FAMILY.get(relation.kind, "explains")
    if not relation.target:
        return _Node(_day(relation.since), relation.outside, relation.kind.label, family, ended=False)
    target = site.by_id[relation.target]
    return _Node(_day(target.published), target.title, relation.kind.label, family, target.status in OVER)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def relations_picture(around: View, words: Mapping[str, Any]) -> str:
    """Return the relations of a document as SVG, an arc from each row to the document itself; empty for nothing."""
    if not around:
        return ""
    rows, own_node, left_out = [_Node(*row) for row in around["rows"]], around["own"], around["left_out"]
    middle = _TOP + own_node * _ROW + _ROW // 2
    arcs, texts = [], []
    for number, node in enumerate(rows):
        y = _TOP + number * _ROW + _ROW // 2
        if number == own_node:
            texts.append(
                f'<rect class="here" x="{_RAIL + 8}" y="{y - 20}" width="{_WIDTH - _RAIL - 10}" height="40" rx="4"/>'
            )
        else:
            bow = max(_RAIL - 16 - 9 * abs(number - own_node), -16)
            arcs.append(f'<path class="{node.family}" d="M{_RAIL} {y}C{bow} {y} {bow} {middle} {_RAIL} {middle}"/>')
        look = "ended" if node.ended else "here" if number == own_node else "other"
        texts.append(
            f'<circle class="{look}" cx="{_RAIL}" cy="{y}" r="5"/>'
            f'<text class="small" x="{_TEXT}" y="{y - 5}">{escape(f"{node.day} {node.label}".strip())}</text>'
            f'<text x="{_TEXT}" y="{y + 12}">{escape(_cut(node.title))}</text>'
        )
    height = 2 * _TOP + len(rows) * _ROW
    if left_out:
        texts.append(
            f'<text class="small" x="{_TEXT}" y="{height + 4}">{escape(words["more"].format(count=left_out))}</text>'
        )
        height += _ROW // 2
    line = f'<path class="rail" d="M{_RAIL} {_TOP}V{_TOP + len(rows) * _ROW}"/>'
    return _framed(height, words["relations"], [line, *arcs, *texts])


def _framed(height: int, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="picture" role="img" aria-label="{escape(label)}" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}">{"".join(parts)}</svg>'
    )


@lru_cache(maxsize=4096)
def _cut(title: str) -> str:
    """Return as much of a title as a row has room for."""
    room = _LETTERS
    for number, letter in enumerate(title):
        room -= 1 if letter >= _CJK else _NARROW
        if room < 0:
            return title[: max(number - 1, 0)] + "…"
    return title


_MARK = 9  # radius
_LEFT, _RIGHT = 16, _WIDTH - 16
_LEVEL = 22


def timeline_picture(events: Sequence[View], spans: Sequence[Sequence[str]], label: str) -> str:
    """Return the days of a 沿革 on a scale of time as SVG: numbered as in its list, with the time in force as a bar.

    ``spans`` are first and last day of each time in force; an empty last day is none that is known.
    """
    days = [dt.date.fromisoformat(event["day"]) for event in events]
    if len(set(days)) < LEAST:
        return ""
    first, span = min(days).toordinal(), max((max(days) - min(days)).days, 1)

    def place(day: dt.date) -> int:
        return _LEFT + _MARK + round((day.toordinal() - first) * (_RIGHT - _LEFT - 2 * _MARK) / span)

    ends: list[int] = []  # where the last mark of each level ends
    marks: list[str] = []
    for number, (event, day) in enumerate(zip(events, days, strict=True), 1):
        x = place(day)
        level = next((one for one, end in enumerate(ends) if end < x - _MARK), len(ends))
        ends[level : level + 1] = [x + _MARK + 1]
        marks.append(_marked(x, level, number, "coming" if event["coming"] else "past"))
    axis = len(ends) * _LEVEL + 12
    parts = [f'<g transform="translate(0 {axis})">', *marks, f'<path class="rail" d="M{_LEFT} 0H{_RIGHT}"/>']
    for begin, ended in spans:
        start = place(dt.date.fromisoformat(begin))
        end = place(dt.date.fromisoformat(ended)) if ended else _RIGHT
        look = "force" if ended else "force open"
        parts.append(f'<rect class="{look}" x="{start}" y="-3" width="{max(end - start, 2)}" height="6"/>')
    parts += [_tick(place(dt.date(year, 1, 1)), year) for year in _years(min(days), max(days))]
    if min(days).year == max(days).year:
        parts += [
            _said(place(day), f"{day.year}-{day.month:02}", side)
            for day, side in ((min(days), "start"), (max(days), "end"))
        ]
    return _framed(axis + 34, label, [*parts, "</g>"])


def _marked(x: int, level: int, number: int, look: str) -> str:
    y = -14 - level * _LEVEL
    return (
        f'<path class="stem" d="M{x} 0V{y + _MARK}"/><circle class="{look}" cx="{x}" cy="{y}" r="{_MARK}"/>'
        f'<text class="number {look}" x="{x}" y="{y + 4}" text-anchor="middle">{number}</text>'
    )


def _tick(x: int, year: int) -> str:
    return f'<path class="rail" d="M{x} 0V5"/>' + _said(x, str(year), "middle")


def _said(x: int, text: str, anchor: str) -> str:
    return f'<text class="small" x="{x}" y="20" text-anchor="{anchor}">{text}</text>'


def _years(first: dt.date, last: dt.date) -> range:
    """Return the years whose beginning is marked: no more than there is room for."""
    years = last.year - first.year
    return range(first.year + 1, last.year + 1, -(-years // 8) or 1)
