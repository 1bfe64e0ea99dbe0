"""Add to the public site what its texts say of each other: the new words of amended clauses, and the texts to compare.

Only documents that replace, amend, are replaced or are amended are read; the gate has left out all others before.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

from generator.domain.model import (
    ClauseAct,
    ClauseAddition,
    ClauseState,
    ComparedTexts,
    Document,
    Relation,
    Site,
    TextClause,
    UnreadAct,
)
from generator.domain.titles import title_key
from generator.domain.vocabulary import ClauseStatus, Kind, RelationKind
from generator.publish.text.clause_texts import clauses_of_text, is_heading
from generator.publish.text.consolidation import amended, renumberings
from generator.support.cache import Cache

COMPARED = frozenset({RelationKind.REPLACES, RelationKind.REPLACED_BY, RelationKind.AMENDS, RelationKind.AMENDED_BY})
"""The relations of documents whose texts are compared."""
_LIKE_TITLE = 0.5
Revised: TypeAlias = Mapping[tuple[str, str], TextClause]
"""The new words of a clause, by its anchor and the day from which they are in force: empty for today."""


def with_comparisons(site: Site, cache_path: Path) -> Site:
    """Return the site with the new words of amended clauses, and with the texts that its comparisons show."""
    if not any(document.clauses or document.clause_changes or _newer(document) for document in site.documents):
        return site
    with Cache(cache_path) as texts:
        reader = _Comparisons(site, texts)
        revised = {one.id: words for one in site.documents if (words := reader.revised(one))}
        compared = {one.id: sections for one in site.documents if (sections := tuple(reader.sections(one)))}
    return replace(site, revised=revised, compared=compared)


def _newer(document: Document) -> Iterator[Relation]:
    """Yield the relations to the documents of the site that a document replaces or amends."""
    for kind in (RelationKind.REPLACES, RelationKind.AMENDS):
        yield from (one for one in document.related(kind) if one.target and not one.void)


class _Comparisons:
    """The texts of one site and what becomes of them."""

    def __init__(self, site: Site, texts: Cache) -> None:
        self._site = site
        self._texts = texts
        self._clauses = cache(self._read)

    def _read(self, name: str) -> tuple[TextClause, ...]:
        """Return the clauses of a document, or of a part of it."""
        document_id, _, part = name.partition("#")
        document = self._site.by_id[document_id]
        location = next((one for one in document.page.part_locations if one.id == part), None) if part else None
        return clauses_of_text(self._texts.text(document.page.body).blocks, location.anchors if location else None)

    def revised(self, document: Document) -> Revised:
        """Return the new words of the clauses of a document today and on the later days that are known."""
        periods = list(_periods(document))
        if not any(act.edits for _, states in periods for state in states for act in state.acts):
            return {}
        texts = {one.anchor: one for one in self._clauses(document.id) if one.name}
        numbers = renumberings((state for _, states in periods for state in states), document.clause_additions)
        found: dict[tuple[str, str], TextClause] = {}
        for first, states in periods:
            day = dt.date.fromisoformat(first) if first else self._site.day
            unread = [one for one in document.unread_acts if one.since is None or one.since <= day]
            for state in states:
                clause = texts.get(state.anchor) if any(map(_changes_words, state.acts)) else None
                new = amended(clause, state.acts, state.part, numbers, unread) if clause else None
                if new is not None:
                    found[(state.anchor, first)] = new
        return found

    def sections(self, document: Document) -> Iterator[ComparedTexts]:
        """Yield the comparisons of a document with those that it replaces or amends, each of them once."""
        if document.kind is not Kind.POLICY:
            return
        done: set[tuple[str, str]] = set()
        replaced = {one.target for one in document.related(RelationKind.REPLACES)}
        for relation in _newer(document):
            is_amendment = relation.kind is RelationKind.AMENDS
            if is_amendment and relation.target in replaced:
                continue
            section = (self._amended if is_amendment else self._replaced)(document, relation)
            if section and (section.older, section.newer) not in done:
                done.add((section.older, section.newer))
                yield section

    def _replaced(self, document: Document, relation: Relation) -> ComparedTexts | None:
        older = self._site.by_id[relation.target]
        if older.kind is not Kind.POLICY or relation.clause:
            return None
        one, other = _meant_parts(older, document, relation.part)
        old, new = self._clauses(one), self._clauses(other)
        if not old or not new:
            return None
        both = all(any(clause.name for clause in clauses) for clauses in (old, new))
        compared = (_only_clauses(old), _only_clauses(new)) if both else (old, new)
        omitted = sum(map(len, compared)) < len(old) + len(new)
        return ComparedTexts(relation.kind, one, other, *compared, omitted=omitted)

    def _amended(self, document: Document, relation: Relation) -> ComparedTexts | None:
        """Return the clauses of an amended document before and after one act; nothing where none can be read."""
        older = self._site.by_id[relation.target]
        if older.kind is not Kind.POLICY or not any(one.target == document.id for one in _amending(older)):
            return None
        acts = _acts_by_anchor(older)
        everything = [state for _, states in _periods(older) for state in states]
        numbers = renumberings(everything, older.clause_additions)
        parts = {anchor: one.id for one in older.page.part_locations for anchor in one.anchors}
        day = next(one.since for one in _amending(older) if one.target == document.id)
        additions = [one for one in older.clause_additions if one.relation.target == document.id]
        earlier_additions = [one for one in older.clause_additions if _is_earlier(one.relation, document, day)]
        concerned = {parts.get(a, "") for a, found in acts.items() if any(_is_of(act, document) for act in found)}
        concerned |= {one.part for one in additions}
        only_part = next(iter(concerned)) if len(concerned) == 1 else ""
        name = f"{older.id}#{only_part}" if only_part else older.id
        old: list[TextClause] = []
        new: list[TextClause] = []
        changed_old: list[TextClause] = []
        changed_new: list[TextClause] = []
        unread = [one.number for one in additions if not one.anchor]
        unread += [one.clause for one in older.unread_acts if one.act == document.id and one.clause]
        missed = [one for one in older.unread_acts if _is_earlier(one, document, day, same_day=True)]
        uncertain = any(not one.anchor for one in earlier_additions)
        for clause in self._clauses(name):
            part = parts.get(clause.anchor, "")
            earlier, until = _split(acts.get(clause.anchor, ()), document, day)
            own = any(_is_of(act, document) for act in until)
            before = amended(clause, earlier, part, numbers, missed) if earlier or missed else clause
            after = amended(clause, until, part, numbers, missed) if own else before
            added = _added_behind(clause, additions)
            if own and (before is None or after is None or not before.lines):
                unread.append(clause.name)
            elif before is None:
                uncertain = True
            else:
                result = [after] if after and after.lines else []
                known = _added_behind(clause, earlier_additions)
                old += [before] if before.lines else []
                old += known
                new += [*result, *known, *added]
                if own or added:
                    changed_old += [before] if own else []
                    changed_new += [*(result if own else []), *added]
        if not changed_old and not changed_new:
            return None
        whole = not unread and not uncertain and all(one.act != document.id for one in older.unread_acts)
        texts = (tuple(old), tuple(new)) if whole else (tuple(changed_old), tuple(changed_new))
        both = whole and any(clause.name for clause in old)
        if both:
            texts = (_only_clauses(texts[0]), _only_clauses(texts[1]))
        return ComparedTexts(
            relation.kind,
            name,
            document.id,
            *texts,
            tuple(dict.fromkeys(unread)),
            whole,
            omitted=both and len(texts[0]) < len(old),
        )


def _amending(document: Document) -> tuple[Relation, ...]:
    return tuple(one for one in document.related(RelationKind.AMENDED_BY) if not one.merged)


def _periods(document: Document) -> Iterator[tuple[str, tuple[ClauseState, ...]]]:
    yield "", document.clauses
    yield from ((change.day.isoformat(), change.clauses) for change in document.clause_changes)


def _acts_by_anchor(document: Document) -> Mapping[str, tuple[ClauseAct, ...]]:
    """Return all acts on the clauses of a document, those of later days too."""
    acts: dict[str, dict[ClauseAct, None]] = defaultdict(dict)
    for _, states in _periods(document):
        for state in states:
            acts[state.anchor].update(dict.fromkeys(state.acts))
    return {anchor: tuple(found) for anchor, found in acts.items()}


def _changes_words(act: ClauseAct) -> bool:
    return act.status is ClauseStatus.AMENDED and not act.relation.merged


def _added_behind(clause: TextClause, additions: Collection[ClauseAddition]) -> list[TextClause]:
    """Return the clauses that acts add behind one, each with an anchor of its own."""
    return [
        TextClause(f"{one.anchor}+{one.number}", one.number, one.lines)
        for one in additions
        if clause.anchor and one.anchor == clause.anchor
    ]


def _is_earlier(act: Relation | UnreadAct, document: Document, day: dt.date | None, *, same_day: bool = False) -> bool:
    """Whether another act than a document takes effect before its day."""
    if (act.target if isinstance(act, Relation) else act.act) == document.id:
        return False
    return act.since is None or day is None or act.since < day or (same_day and act.since == day)


def _is_of(act: ClauseAct, document: Document) -> bool:
    return _changes_words(act) and act.relation.target == document.id


def _split(
    acts: tuple[ClauseAct, ...], document: Document, day: dt.date | None
) -> tuple[tuple[ClauseAct, ...], tuple[ClauseAct, ...]]:
    """Return the acts on a clause before a day on which a document changes others, and those until it."""
    own = [act for act in acts if _is_of(act, document)]
    others = [act for act in acts if not _is_of(act, document)]
    until = [act for act in others if day is None or act.relation.since is None or act.relation.since <= day]
    before = tuple(act for act in until if act.relation.since is None or act.relation.since != day)
    return before, (*until, *own) if own else ()


def _only_clauses(clauses: Collection[TextClause]) -> tuple[TextClause, ...]:
    """Return the clauses of a text with the headings over and between them, without the letter before and the rest."""
    listed = tuple(clauses)
    places = [place for place, clause in enumerate(listed) if clause.name]
    if not places:
        return ()
    first = places[0]
    while first and is_heading(listed[first - 1]):
        first -= 1
    return listed[first : places[-1] + 1]


def _meant_parts(older: Document, newer: Document, part: str) -> tuple[str, str]:
    """Return the ids of the two texts that a replacement means: of the parts with the titles that are most alike."""
    old = [one for one in older.parts if not part or one.part_id == part] or [older]
    new = list(newer.parts) or [newer]
    pairs = [(-_title_likeness(one, other), place, one, other) for place, (one, other) in enumerate(_pairs(old, new))]
    likeness, _, one, other = min(pairs, key=lambda pair: pair[:2])
    if -likeness < _LIKE_TITLE:
        one = one if part or len(old) == 1 else older
        other = other if len(new) == 1 else newer
    return one.id, other.id


def _pairs(old: list[Document], new: list[Document]) -> Iterator[tuple[Document, Document]]:
    for one in old:
        for other in new:
            yield one, other


def _title_likeness(one: Document, other: Document) -> float:
    first, second = (set(title_key(document.title).removesuffix("的通知").rstrip("》")) for document in (one, other))
    return 2 * len(first & second) / max(len(first) + len(second), 1)
