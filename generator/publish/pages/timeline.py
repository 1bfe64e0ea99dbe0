"""沿革: what has happened to a policy and what will, in the order of its days (requirements CONS-08, LIFE-04)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from generator.domain.model import Document, NoticeKind, Relation, Site
from generator.domain.vocabulary import OVER, RELATIONS, Kind, RelationKind
from generator.publish.pages.linked_documents import meant_place
from generator.publish.pages.metadata_box import chinese_day
from generator.publish.theme.environment import View, Words

_LEAST = 2  # with fewer days from elsewhere the box of facts says it all
_ACTS = {spec.inverse: spec.event for spec in RELATIONS if spec.event}
_CONSULTATIONS = frozenset({RelationKind.OUTCOME_OF, RelationKind.CONSULTED})
_ENDINGS = frozenset({NoticeKind.REPEALED, NoticeKind.EXPIRED})
_PUBLISHED = {
    RelationKind.REPLACES: "before",
    RelationKind.INTERPRETED_BY: "interpreted",
    RelationKind.RESPONDED_BY: "responded",
}


_STARTING = frozenset({"effective", "resumed", "suspension_ends"})
_STOPPING = frozenset({"suspended"})
_FINAL = frozenset({"expires", "repealed", "replaced", "lapsed"})


class _Event(NamedTuple):
    day: dt.date
    label: str
    document: Document | None = None
    clause: str = ""
    outside: str = ""


Span: TypeAlias = tuple[str, str]
"""First and last day of a time in force; the last one is empty where none is known."""


class Timeline(NamedTuple):
    """What has happened to a policy and will, oldest first, and when it is in force as far as its days say so."""

    events: list[View]
    spans: tuple[Span, ...]


def timeline_of(document: Document, site: Site, words: Words) -> Timeline | None:
    """Return the days of a policy with what happened; ``None`` where only its own dates are known."""
    if document.kind is not Kind.POLICY:
        return None
    others = [event for relation in document.relations for event in _events(document, relation, site)]
    if len(others) < _LEAST:
        return None
    events = sorted([*_own(document), *others], key=lambda event: (event.day, event.document is not None))
    views: list[View] = [
        {
            "day": event.day.isoformat(),
            "text": chinese_day(event.day),
            "label": words.timeline[event.label],
            "title": event.document.title if event.document else event.outside,
            "address": event.document.address if event.document else "",
            "clause": event.clause,
            "coming": event.day > site.day,
        }
        for event in events
    ]
    return Timeline(views, _spans(document, events))


def _spans(document: Document, events: Sequence[_Event]) -> tuple[Span, ...]:
    """Return when a document is in force, suspensions left out; nothing where it has ended on a day nobody knows."""
    whole = [event for event in events if not event.clause]
    starting = _STARTING if any(event.label == "effective" for event in whole) else {*_STARTING, "published"}
    spans: list[Span] = []
    begin: dt.date | None = None
    for event in whole:
        if event.label in starting:
            begin = begin or event.day
        elif event.label in _FINAL or event.label in _STOPPING:
            if begin:
                spans.append((begin.isoformat(), event.day.isoformat()))
            begin = None
            if event.label in _FINAL:
                return tuple(spans)
    if document.status in OVER:
        return ()
    return (*spans, (begin.isoformat(), "")) if begin else tuple(spans)


def _own(document: Document) -> Iterator[_Event]:
    days = {"published": document.published, "effective": document.effective_on, "expires": _term(document)}
    yield from (_Event(day, label) for label, day in days.items() if day)
    for part in document.parts:
        ends = _term(part)
        if ends and ends != document.term:
            yield _Event(ends, "part_expires", clause=f"《{part.title}》")


def _term(document: Document) -> dt.date | None:
    """Return 有效期至; ``None`` where the document was ended before."""
    return document.term if document.term and _goes_on(document, document.term) else None


def _goes_on(document: Document, day: dt.date) -> bool:
    """Whether a document had not ended before a day."""
    ended = next((notice.since for notice in document.notices if notice.kind in _ENDINGS), None)
    return ended is None or day <= ended


def _runs_out(document: Document, suspension: Relation, last: dt.date) -> bool:
    """Whether a suspension ends by itself: neither lifted by an act before its last day, nor by the document's end."""
    lifts = (act for act in document.related(RelationKind.RESUMED_BY) if act.lifts(suspension))
    return _goes_on(document, last) and not any(act.since and act.since <= last for act in lifts)


def _events(document: Document, relation: Relation, site: Site) -> Iterator[_Event]:
    other = site.by_id.get(relation.target)
    place = meant_place(document, relation, site)
    if label := _ACTS.get(relation.kind):
        if relation.since:
            yield _Event(relation.since, label, other, place, relation.outside)
        until = relation.until if relation.kind is RelationKind.SUSPENDED_BY else None
        if until and _runs_out(document, relation, until):
            yield _Event(until, "suspension_ends", other, place)
    elif other and relation.kind in _CONSULTATIONS:
        days = {"opened": other.date("opens_on"), "closed": other.date("closes_on")}
        yield from (_Event(day, name, other) for name, day in days.items() if day)
    elif other and other.published and (name := _PUBLISHED.get(relation.kind, "")):
        yield _Event(other.published, name, other, place)
