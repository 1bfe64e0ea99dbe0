"""The later days on which the state of a document changes by itself: expiry, effect, repeal, end of a consultation."""

import datetime as dt
from collections.abc import Iterable, Iterator

from generator.graph.lifecycle import consultation_state, effective_on, inherited_notices, notices_of, status_of
from generator.model import Archive, Document, Relation, Turn
from generator.vocabulary import Disclosure, Kind, RelationKind

_ACTS = frozenset({RelationKind.REPEALED_BY, RelationKind.REPLACED_BY, RelationKind.AMENDED_BY})
_ONE_DAY = dt.timedelta(days=1)


class Future:
    """What the documents of an archive will be, as long as nobody writes anything.

    With ``told`` only acts that are public, or that have acted already, count: what is hidden is not announced.
    """

    def __init__(self, archive: Archive, *, told: bool) -> None:
        self._archive = archive
        self._as_of = archive.as_of
        public = {document.id for document in archive.documents if archive.is_public(document)}
        waiting = {document.id for document in archive.documents if not archive.is_due(document)}
        self._public = public
        self._known = public if told else {document.id for document in archive.documents} - waiting
        self._shown = {
            document.id: document.published
            for document in archive.documents
            if document.disclosure is Disclosure.PROACTIVE and document.id not in waiting
        }

    def turns(self, document: Document) -> tuple[Turn, ...]:
        """Return what one document will be, from each day on which that is something else than before."""
        days = sorted(set(self._days(document)))
        if not days:
            return ()
        turns: list[Turn] = []
        last = self._at(document, self._as_of)
        for day in days:
            now = self._at(document, day)
            if now[1:] != last[1:]:
                turns.append(now)
                last = now
        return tuple(turns)

    def _at(self, document: Document, day: dt.date) -> Turn:
        relations = self._relations(document)
        if document.kind is Kind.POLICY:
            notices = notices_of(document, relations, day)
            return Turn(day, status_of(notices), notices)
        if document.kind is Kind.CONSULTATION:
            return Turn(day, consultation_state(document, relations, self._shown.get, day))
        of_policies = {policy.id: self._at(policy, day).notices for policy in self._interpreted(document)}
        return Turn(day, None, tuple(inherited_notices(relations, of_policies)))

    def _relations(self, document: Document) -> tuple[Relation, ...]:
        return tuple(relation for relation in document.relations if self._counts(relation))

    def _counts(self, relation: Relation) -> bool:
        if not relation.target or relation.target in self._known:
            return True
        acted = relation.since is None or relation.since <= self._as_of
        return acted and self._archive.is_due(self._archive.by_id[relation.target])

    def _days(self, document: Document) -> Iterator[dt.date]:
        """Yield the days behind the as-of day on which something may change."""
        for day in self._dates(document):
            if day and day > self._as_of:
                yield day
        for policy in self._interpreted(document):
            yield from self._days(policy)

    def _dates(self, document: Document) -> Iterable[dt.date | None]:
        ends = document.date("expires_on" if document.kind is Kind.POLICY else "closes_on")
        yield ends + _ONE_DAY if ends and ends < dt.date.max else None
        if document.kind is Kind.POLICY:
            yield effective_on(document)
            yield document.date("repealed_on")
            yield from (relation.since for relation in self._relations(document) if relation.kind in _ACTS)
        elif document.kind is Kind.CONSULTATION:
            yield document.date("opens_on")
            yield document.date("outcome_published")

    def _interpreted(self, document: Document) -> Iterator[Document]:
        if document.kind not in {Kind.POLICY, Kind.CONSULTATION}:
            for relation in document.related(RelationKind.INTERPRETS):
                policy = self._archive.by_id[relation.target]
                if policy.kind is Kind.POLICY and policy.id in self._public:
                    yield policy

    def next_day(self) -> tuple[dt.date, list[tuple[Document, Turn | None]]] | None:
        """Return the next day on which anything public changes, and what; a document without a turn appears then."""
        changes: dict[dt.date, list[tuple[Document, Turn | None]]] = {}
        for document in self._archive.documents:
            if document.id in self._public:
                if turns := self.turns(document):
                    changes.setdefault(turns[0].day, []).append((document, turns[0]))
            elif self._archive.is_waiting(document) and document.published:
                day = max(document.published, self._as_of)
                changes.setdefault(day, []).append((document, None))
        return min(changes.items(), key=lambda item: item[0]) if changes else None
