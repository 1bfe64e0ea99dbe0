"""沿革: the past and coming events of a policy in order of their days (requirements CONS-08, LIFE-04)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from generator.domain.model import Document, NoticeKind, Relation, Site
from generator.domain.vocabulary import OVER, RELATIONS, Kind, RelationKind
from generator.domain.written_moments import chinese_day
from generator.publish.pages.linked_documents import badge_turns, badges, clauses_joined, place_in_document
from generator.publish.theme.environment import View, Words

_MIN_EVENTS = 2  # fewer events from other documents: the metadata box already shows everything
_ACTS = {spec.inverse: spec.event for spec in RELATIONS if spec.event}
_CONSULTATIONS = frozenset({RelationKind.OUTCOME_OF, RelationKind.CONSULTED})
_ENDINGS = frozenset({NoticeKind.REPEALED, NoticeKind.EXPIRED})
_PUBLISHED = {
    RelationKind.REPLACES: "before",
    RelationKind.INTERPRETED_BY: "interpreted",
    RelationKind.RESPONDED_BY: "responded",
}


_STARTING_LABELS = frozenset({"effective", "resumed", "suspension_ends"})
_STOPPING_LABELS = frozenset({"suspended"})
_FINAL_LABELS = frozenset({"expires", "repealed", "replaced", "lapsed"})


class _Event(NamedTuple):
    day: dt.date
    label: str
    document: Document | None = None
    clause: str = ""
    outside: str = ""
    url: str = ""


Span: TypeAlias = tuple[str, str]
"""First and last day of a time in force; the last one is empty where it is not known."""


class Timeline(NamedTuple):
    """The events of a policy, oldest first, and the times in force as far as its dates are known."""

    events: list[View]
    spans: tuple[Span, ...]


def timeline_of(document: Document, site: Site, words: Words) -> Timeline | None:
    """Return the timeline of a policy; ``None`` for other kinds, or where almost only its own dates are known."""
    if document.kind is not Kind.POLICY:
        return None
    relation_events = [event for relation in document.relations for event in _relation_events(document, relation, site)]
    if len(relation_events) < _MIN_EVENTS:
        return None
    events = sorted(
        [*_own_events(document), *relation_events], key=lambda event: (event.day, event.document is not None)
    )
    views = clauses_joined(
        {
            "day": event.day.isoformat(),
            "text": chinese_day(event.day),
            "label": words.timeline[event.label],
            "title": event.document.title if event.document else event.outside,
            "address": event.document.address if event.document else event.url,
            "clause": event.clause,
            "coming": event.day > site.day,
            "badges": badges(event.document, words) if event.document and event.document is not document else [],
            "badges_turn": badge_turns(event.document, words, shows_plain=False)
            if event.document and event.document is not document
            else "",
        }
        for event in events
    )
    return Timeline(views, _spans(document, events))


def _spans(document: Document, events: Sequence[_Event]) -> tuple[Span, ...]:
    """Return the times in force without suspensions; empty where the document has ended on an unknown day."""
    whole_document_events = [event for event in events if not event.clause]
    starting_labels = (
        _STARTING_LABELS
        if any(event.label == "effective" for event in whole_document_events)
        else {*_STARTING_LABELS, "published"}
    )
    spans: list[Span] = []
    begin: dt.date | None = None
    for event in whole_document_events:
        if event.label in starting_labels:
            begin = begin or event.day
        elif event.label in _FINAL_LABELS or event.label in _STOPPING_LABELS:
            if begin:
                spans.append((begin.isoformat(), event.day.isoformat()))
            begin = None
            if event.label in _FINAL_LABELS:
                return tuple(spans)
    if document.status in OVER:
        return ()
    return (*spans, (begin.isoformat(), "")) if begin else tuple(spans)


def _own_events(document: Document) -> Iterator[_Event]:
    days = {"published": document.published, "effective": document.effective_on, "expires": _term(document)}
    yield from (_Event(day, label) for label, day in days.items() if day)
    for part in document.parts:
        ends = _term(part)
        if ends and ends != document.term:
            yield _Event(ends, "part_expires", clause=f"《{part.title}》")


def _term(document: Document) -> dt.date | None:
    """Return 有效期至; ``None`` where the document ended before that day."""
    last = document.last_day
    return last if last and _is_not_over_before(document, last) else None


def _is_not_over_before(document: Document, day: dt.date) -> bool:
    """Whether a document has not ended before a day, and will not have by what is published."""
    ended = next((notice.since for notice in document.notices if notice.kind in _ENDINGS), None)
    coming = document.coming_end
    return (ended is None or day <= ended) and (coming is None or day < coming.day)


def _ends_by_itself(document: Document, suspension: Relation, last: dt.date) -> bool:
    """Whether a suspension ends on its last day: no act lifts it before, and the document has not ended before."""
    lifting_acts = (act for act in document.related(RelationKind.RESUMED_BY) if act.lifts(suspension))
    return _is_not_over_before(document, last) and not any(act.since and act.since <= last for act in lifting_acts)


def _relation_events(document: Document, relation: Relation, site: Site) -> Iterator[_Event]:
    related_document = site.by_id.get(relation.target)
    place = place_in_document(document, relation, site)
    if label := _ACTS.get(relation.kind):
        if relation.since:
            url = relation.foreign.url if relation.foreign else ""
            yield _Event(relation.since, label, related_document, place, relation.outside, url)
        until = relation.until if relation.kind is RelationKind.SUSPENDED_BY else None
        if until and _ends_by_itself(document, relation, until):
            yield _Event(until, "suspension_ends", related_document, place)
    elif related_document and relation.kind in _CONSULTATIONS:
        days = {"opened": related_document.date("opens_on"), "closed": related_document.date("closes_on")}
        yield from (_Event(day, name, related_document) for name, day in days.items() if day)
    elif (foreign := relation.foreign) and foreign.day and (name := _PUBLISHED.get(relation.kind, "")):
        yield _Event(foreign.day, name, None, place, foreign.title, foreign.url)
    elif related_document and related_document.published and (name := _PUBLISHED.get(relation.kind, "")):
        yield _Event(related_document.published, name, related_document, place)
