"""Forecast the days on which the status of a document changes: expiry, effect, repeal, suspension and its end."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from generator.domain.model import Archive, Document, Relation, StatusChange
from generator.domain.vocabulary import ACTING, GIVING, Disclosure, Kind, RelationKind, Status
from generator.graph.foreign import is_foreign
from generator.graph.interpretation_marks import changing, interpreted_policies, mark_at, outdated_notices
from generator.graph.lifecycle import consultation_state, posting_notices, posting_state
from generator.graph.part_documents import NoticeState, state_at
from generator.graph.validity import effective_on, inherited_notices, status_of

_ACTS = frozenset(kind.inverse for kind in ACTING)
_ONE_DAY = dt.timedelta(days=1)


class StatusForecast:
    """The later status changes of an archive's documents, as they are known from its dates and relations.

    With ``announced_only`` only acts count that are public or already in effect: a hidden act is not announced.
    """

    def __init__(self, archive: Archive, *, announced_only: bool) -> None:
        self._archive = archive
        self._as_of = archive.day
        foreign = {document.id for document in archive.foreign}
        public = foreign | {document.id for document in archive.documents if archive.is_public(document)}
        waiting = {document.id for document in archive.documents if not archive.is_due(document)}
        self._public = public
        self._counting: dict[str, tuple[Relation, ...]] = {}  # this and the next two are caches
        self._later: dict[str, tuple[dt.date, ...]] = {}
        self._states: dict[tuple[str, dt.date], NoticeState] = {}
        self._known = public if announced_only else foreign | {document.id for document in archive.documents} - waiting
        self._publication_days = {
            document.id: document.published
            for document in (*archive.documents, *archive.foreign)
            if document.disclosure is Disclosure.PROACTIVE and document.id not in waiting
        }

    def status_changes(self, document: Document) -> tuple[StatusChange, ...]:
        """Return the later status changes of one document, by day."""
        days = sorted(set(self._days(document)))
        if not days:
            return ()
        changes: list[StatusChange] = []
        last = self._at(document, self._as_of)
        for day in days:
            now = self._at(document, day)
            if now[1:] != last[1:]:
                changes.append(now)
                last = now
        return tuple(changes)

    def _at(self, document: Document, day: dt.date) -> StatusChange:
        relations = self._relations(document)
        if document.kind is Kind.POLICY:
            notices = self._state(document, relations, day).notices
            return StatusChange(day, status_of(notices), notices)
        if document.kind is Kind.CONSULTATION:
            return StatusChange(day, consultation_state(document, relations, self._publication_days.get, day))
        of_policies = {}
        for policy in self._interpreted(document):
            state = self._state(policy, self._relations(policy), day)
            of_policies[policy.id] = state.notices
            of_policies |= {part.id: notices for part, notices in zip(policy.parts, state.parts, strict=True)}
        by_id = self._archive.by_id

        def interpreted(about: str) -> tuple[tuple[Relation, ...], Status] | None:
            acts = self._relations(by_id[about.partition("#")[0]])
            return (changing(acts), status_of(of_policies[about])) if about in of_policies else None

        policies = interpreted_policies(document, relations, interpreted)
        outdated = tuple(outdated_notices(document, relations, policies, lambda name: by_id[name].title, day))
        notices = (*posting_notices(document, day), *outdated, *inherited_notices(relations, of_policies))
        return StatusChange(day, posting_state(document, day), notices, mark_at(policies, outdated, day))

    def _state(self, document: Document, relations: tuple[Relation, ...], day: dt.date) -> NoticeState:
        if is_foreign(document):  # its later days are known on its own site
            return NoticeState(document.notices)
        key = document.path, day
        if key not in self._states:
            self._states[key] = state_at(document, document.parts, relations, day)
        return self._states[key]

    def part_status_changes(self, document: Document) -> tuple[tuple[StatusChange, ...], ...]:
        """Return the later status changes of every part of a document, by day."""
        days = sorted(set(self._days(document))) if document.parts else []
        if not days:
            return tuple(() for _ in document.parts)
        relations = self._relations(document)
        states = [(day, self._state(document, relations, day).parts) for day in (self._as_of, *days)]
        return tuple(
            tuple(
                StatusChange(day, status_of(now[place]), now[place])
                for (_, before), (day, now) in pairwise(states)
                if now[place] != before[place]
            )
            for place in range(len(document.parts))
        )

    def _relations(self, document: Document) -> tuple[Relation, ...]:
        if document.path not in self._counting:
            self._counting[document.path] = tuple(filter(self._counts, document.relations))
        return self._counting[document.path]

    def _counts(self, relation: Relation) -> bool:
        if not relation.target or relation.target in self._known:
            return relation.kind not in GIVING or not relation.target or relation.target in self._public
        if relation.kind in GIVING:
            return False
        acted = relation.since is None or relation.since <= self._as_of
        return acted and self._archive.is_due(self._archive.by_id[relation.target])

    def _days(self, document: Document) -> Iterator[dt.date]:
        """Yield the days after the as-of day on which something may change."""
        yield from self._own_days(document)
        for policy in self._interpreted(document):
            if not is_foreign(policy):
                yield from self._own_days(policy)

    def _own_days(self, document: Document) -> tuple[dt.date, ...]:
        if document.path not in self._later:
            days = {day for day in self._dates(document) if day and day > self._as_of}
            self._later[document.path] = tuple(sorted(days))
        return self._later[document.path]

    def _dates(self, document: Document) -> Iterable[dt.date | None]:
        if document.kind is Kind.POLICY:
            yield from self._own_dates(document)
            acts = [relation for relation in self._relations(document) if relation.kind in _ACTS]
            yield from (relation.since for relation in acts)
            yield from (act.until + _ONE_DAY for act in acts if act.until and act.until < dt.date.max)
            for part in document.parts:
                yield from self._own_dates(part)
        elif document.kind is Kind.CONSULTATION:
            closes = document.date("closes_on")
            yield closes + _ONE_DAY if closes and closes < dt.date.max else None
            yield document.date("opens_on")
            yield document.date("outcome_published")
        elif document.kind is Kind.NOTICE:
            yield document.date("takedown_on")

    @staticmethod
    def _own_dates(policy: Document) -> Iterator[dt.date | None]:
        ends = policy.date("expires_on")
        yield ends + _ONE_DAY if ends and ends < dt.date.max else None
        yield effective_on(policy)
        yield policy.date("repealed_on")

    def _interpreted(self, document: Document) -> Iterator[Document]:
        if document.kind not in {Kind.POLICY, Kind.CONSULTATION}:
            targets = dict.fromkeys(relation.target for relation in document.related(RelationKind.INTERPRETS))
            for policy in map(self._archive.by_id.__getitem__, targets):
                if policy.kind is Kind.POLICY and policy.id in self._public:
                    yield policy

    def next_moment(self) -> tuple[dt.datetime, list[tuple[Document, StatusChange | None]]] | None:
        """Return the next moment at which anything public changes, with the documents and their changes.

        A day is its first minute (Asia/Shanghai); only a publication can be at another one. ``None`` in place of a
        change means that the document is published at that moment, or if it is public, withdrawn.
        """
        by_moment: dict[dt.datetime, list[tuple[Document, StatusChange | None]]] = {}
        for document in self._archive.documents:
            if document.id in self._public:
                if document.withdrawal:
                    by_moment.setdefault(_first_minute(document.withdrawal.on), []).append((document, None))
                if changes := self.status_changes(document):
                    by_moment.setdefault(_first_minute(changes[0].day), []).append((document, changes[0]))
                for part, later in zip(document.parts, self.part_status_changes(document), strict=True):
                    if later:
                        by_moment.setdefault(_first_minute(later[0].day), []).append((part, later[0]))
            elif self._archive.is_waiting(document) and document.published:
                value = document.value("date_published")
                moment = value if isinstance(value, dt.datetime) else _first_minute(document.published)
                by_moment.setdefault(moment, []).append((document, None))
        return min(by_moment.items(), key=lambda item: item[0]) if by_moment else None


def _first_minute(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())
