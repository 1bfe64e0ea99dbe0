"""Acts that had ended when their day came: they never act on the older document (requirements LIFE-05)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, TypeAlias

from generator.domain.model import Archive, Document, Relation
from generator.domain.vocabulary import ACTING, ENDED_BY, RelationKind
from generator.graph.validity import term_of

Relations: TypeAlias = Mapping[str, tuple[Relation, ...]]
_ACTS = frozenset(kind.inverse for kind in ACTING)


class _Deed(NamedTuple):
    """What one act does to one older document from a day on, and when the act was written."""

    older: Document
    relation: Relation
    since: dt.date
    written: dt.date


def mark_void_acts(archive: Archive, relations: Relations) -> Relations:
    """Return the relations by source file; those of acts that had ended before their day are marked, on both sides.

    Of two acts of one day the one that was written later counts. What is not published yet, or hidden and still to
    come, ends no act: nobody may see its consequences.
    """
    deeds = sorted(_deeds(archive, relations), key=_order)
    ending = _Endings(archive, relations)
    void: set[tuple[str, Relation]] = set()
    for _, group in groupby(deeds, key=_order):
        same_day = list(group)
        gone = [deed for deed in same_day if ending.is_over(deed.relation.target, deed.since)]
        void.update((deed.older.path, deed.relation) for deed in gone)
        for deed in same_day:
            if deed not in gone:
                ending.add(deed)
    return _marked(archive, relations, void) if void else relations


def _deeds(archive: Archive, relations: Relations) -> Iterator[_Deed]:
    for path, sides in relations.items():
        for relation in sides:
            if relation.kind in _ACTS and relation.target and relation.since:
                act = archive.by_id[relation.target]
                written = act.date("date_written") or act.published or dt.date.min
                yield _Deed(archive.by_path[path], relation, relation.since, written)


def _order(deed: _Deed) -> tuple[dt.date, int]:
    return deed.since, -deed.written.toordinal()


class _Endings:
    """When documents ended, as far as the acts that were added so far say it."""

    def __init__(self, archive: Archive, relations: Relations) -> None:
        self._archive = archive
        self._relations = relations
        self._ended: dict[str, dt.date] = {}
        self._renewals: dict[str, list[Relation]] = defaultdict(list)

    def add(self, deed: _Deed) -> None:
        """Count an act: it ends the older document as a whole, or gives it a new term."""
        older, relation = deed.older, deed.relation
        if relation.part or relation.clause or not self._is_known(deed):
            return
        if relation.kind in ENDED_BY:
            self._ended.setdefault(older.id, deed.since)  # acts come in the order of their days
        elif relation.kind is RelationKind.RENEWED_BY:
            self._renewals[older.id].append(relation)

    def _is_known(self, deed: _Deed) -> bool:
        act = self._archive.by_id[deed.relation.target]
        announced = self._archive.is_public(act) or deed.since <= self._archive.day
        return announced and self._archive.is_due(act)

    def is_over(self, name: str, day: dt.date) -> bool:
        """Whether a document had ended by a day."""
        document = self._archive.by_id[name]
        ended = self._ended.get(name) or self._declared_end(document)
        term = term_of(document, self._renewals.get(name, ()), day)
        return bool(ended and ended <= day) or bool(term and term < day)

    def _declared_end(self, document: Document) -> dt.date | None:
        """Return 废止日期 that a document has by its own word; an act on the site speaks for itself."""
        sides = self._relations.get(document.path, ())
        by_acts = any(one.kind in ENDED_BY and one.target and not one.clause and not one.part for one in sides)
        return None if by_acts and not document.text("repeal_reason") else document.declared_repeal


def _marked(archive: Archive, relations: Relations, void: set[tuple[str, Relation]]) -> Relations:
    """Mark what is void on the side of the older document, and the same on the side of the act."""
    marked = set(void)
    for path, relation in void:
        other_side = relation._replace(kind=relation.kind.inverse, target=archive.by_path[path].id, merged=False)
        marked.add((archive.by_id[relation.target].path, other_side))
    return {
        path: tuple(one._replace(void=True) if (path, one) in marked else one for one in sides)
        for path, sides in relations.items()
    }
