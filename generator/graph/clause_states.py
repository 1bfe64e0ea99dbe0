"""Derive the states of the single clauses of a policy: repealed, suspended or amended by acts that are public.

The clauses of an act are those that it declares; of an amendment without declared clauses those that its text links
or says it changes.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.domain.clauses import NUMERALS, clause_number, clauses_in
from generator.domain.model import (
    ClauseAct,
    ClauseAddition,
    ClauseChange,
    ClauseChanges,
    ClauseEdit,
    ClauseState,
    Document,
    EditKind,
    Relation,
    UnreadAct,
)
from generator.domain.vocabulary import ENDED_BY, ClauseStatus, RelationKind
from generator.graph.act_clauses import ActText, anchors_of, linked_clauses, owner_of, stated_clauses
from generator.graph.clause_edits import ActEdits, NumberShift, edits_of_act, number_shifts
from generator.source.text.anchors import clause_of_anchor

_STATUS = {
    **dict.fromkeys(ENDED_BY, ClauseStatus.REPEALED),
    RelationKind.SUSPENDED_BY: ClauseStatus.SUSPENDED,
    RelationKind.AMENDED_BY: ClauseStatus.AMENDED,
}
_RANK = (ClauseStatus.AMENDED, ClauseStatus.SUSPENDED, ClauseStatus.REPEALED)
_ONE_DAY = dt.timedelta(days=1)


class _Place(NamedTuple):
    anchor: str
    act: ClauseAct


def clause_states(document: Document, act_text: Callable[[str], ActText], day: dt.date) -> ClauseChanges:
    """Return the states of the clauses of a public policy at a day, and those from each later day on that is known.

    ``act_text`` returns the text of a public act by its id.
    """
    acts = [one for one in document.relations if one.kind in _STATUS and not one.void]
    edits = {act: _edits(document, act, act_text) for act in acts if _amends(act)}
    shifts = number_shifts(edits, _part_of(document)) if edits else []
    edits = {act: one.without_moved_places(act, shifts) for act, one in edits.items()}
    places = [place for act in acts for place in _places(document, act, acts, act_text, edits.get(act), shifts)]
    additions = _distinct(addition for one in edits.values() for addition in one.additions)
    unread = _unread(document, acts, act_text, edits, shifts)
    if not places:
        return ClauseChanges(additions=additions, unread=unread)
    resumptions = document.related(RelationKind.RESUMED_BY)
    missed = {one.since for one in unread if one.since}
    days: set[dt.date] = set(missed)
    for relation in (*(place.act.relation for place in places), *resumptions):
        days |= {relation.since} if relation.since else set()
        days |= {relation.until + _ONE_DAY} if relation.until and relation.until < dt.date.max else set()
    present = last = _states(document, places, resumptions, day)
    changes: list[ClauseChange] = []
    for later in sorted(one for one in days if one > day):
        states = _states(document, places, resumptions, later)
        if states != last or later in missed:
            changes.append(ClauseChange(later, states))
            last = states
    return ClauseChanges(present, tuple(changes), additions, unread)


def _amends(act: Relation) -> bool:
    return act.kind is RelationKind.AMENDED_BY and bool(act.target) and not act.merged


def _distinct(additions: Iterable[ClauseAddition]) -> tuple[ClauseAddition, ...]:
    """Return what acts add, each once: an act that declares several clauses has a relation for each."""
    return tuple({(one.part, one.number, one.relation.target, one.lines): one for one in additions}.values())


def _edits(document: Document, act: Relation, act_text: Callable[[str], ActText]) -> ActEdits:
    """Return what the text of an act does to the words of a document."""
    text = act_text(act.target)
    meant: list[tuple[ClauseEdit, str]] = []
    for edit in text.document.page.clause_edits:
        owner = owner_of(edit, text.amended)
        if owner is not None and owner[0].id == document.id:
            meant.append((edit, owner[1]))
        elif owner is None and edit.kind is EditKind.UNREAD and not edit.clause:
            meant.append((edit, ""))  # it may be any of them
    return edits_of_act(document, act, meant, anchors_of)


def _states(
    document: Document, places: Sequence[_Place], resumptions: Sequence[Relation], day: dt.date
) -> tuple[ClauseState, ...]:
    by_anchor: dict[str, list[ClauseAct]] = {}
    for anchor, act in places:
        if _is_in_force(act, clause_of_anchor(anchor), resumptions, day):
            by_anchor.setdefault(anchor, []).append(act)
    parts = _part_of(document)
    return tuple(
        ClauseState(anchor, clause_of_anchor(anchor), parts.get(anchor, ""), tuple(sorted(acts, key=_age)))
        for anchor, acts in sorted(by_anchor.items(), key=lambda item: _place_of(item[0]))
    )


def _part_of(document: Document) -> dict[str, str]:
    """Return the part that each anchor inside one is in."""
    return {anchor: location.id for location in document.page.part_locations for anchor in location.anchors}


def _place_of(anchor: str) -> tuple[str, list[int], str]:
    """Return the key by which clauses are in the order of their numbers, those of one part together."""
    clause = clause_of_anchor(anchor)
    numbers = [clause_number(numeral) for numeral in NUMERALS.findall(clause)]
    return anchor.partition(clause)[0], numbers, anchor


def _age(act: ClauseAct) -> tuple[bool, dt.date, int, str]:
    return not act.adds_behind, act.relation.since or dt.date.min, _RANK.index(act.status), act.relation.target


def _is_in_force(act: ClauseAct, clause: str, resumptions: Sequence[Relation], day: dt.date) -> bool:
    relation = act.relation
    if relation.since and relation.since > day:
        return False
    if act.status is not ClauseStatus.SUSPENDED:
        return True
    lifted = any(
        (one.since is None or one.since <= day)
        and (
            one.lifts(relation)
            or (clause in clauses_in(one.clause) and one._replace(clause=relation.clause).lifts(relation))
        )
        for one in resumptions
    )
    return not lifted and (relation.until is None or day <= relation.until)


def _places(
    document: Document,
    act: Relation,
    acts: Sequence[Relation],
    act_text: Callable[[str], ActText],
    edits: ActEdits | None,
    shifts: Sequence[NumberShift],
) -> Iterator[_Place]:
    """Yield the anchors on which an act has an effect; ``edits`` are what an amendment does to their words.

    A clause that only the text names is in doubt where its number may be that of another one by then.
    """
    status = _STATUS[act.kind]
    read = edits if edits and not edits.unread else ActEdits({})
    followed = {addition.anchor for addition in read.additions if addition.anchor not in read.by_anchor}

    def place_of(anchor: str, words: str) -> _Place:
        changes = read.by_anchor.get(anchor, ())
        return _Place(anchor, ClauseAct(status, words, act, changes, adds_behind=anchor in followed))

    if act.clause:
        clauses = clauses_in(act.clause)
        for clause in clauses:
            place = act.clause if len(clauses) == 1 else clause
            yield from (place_of(anchor, place) for anchor in anchors_of(document, act.part, clause))
        return
    if _is_read_for_clauses(act, acts):
        text = act_text(act.target)
        linked = dict.fromkeys(linked_clauses(document, act, text))
        yield from (place_of(anchor, clause_of_anchor(anchor)) for anchor in linked)
        for part, clause in dict.fromkeys(stated_clauses(document, act, text)):
            for anchor in anchors_of(document, part, clause):
                if anchor not in linked:
                    named = place_of(anchor, clause_of_anchor(anchor))
                    is_moved = _moved_from(act, part, clause, shifts) > 0
                    yield named._replace(act=_moved(named.act)) if is_moved else named


def _moved(act: ClauseAct) -> ClauseAct:
    return act._replace(edits=(), adds_behind=False, is_moved=True)


def _is_read_for_clauses(act: Relation, acts: Sequence[Relation]) -> bool:
    """Whether the clauses of an act are those in its text: of an amendment that declares none."""
    declared = any(one.clause and one.target == act.target and one.kind is act.kind for one in acts)
    return _STATUS[act.kind] is ClauseStatus.AMENDED and bool(act.target) and not declared


def _moved_from(act: Relation, part: str, clause: str, shifts: Sequence[NumberShift]) -> int:
    """Return the first number that an earlier act has moved, where a clause may be another one by then; else 0."""
    return min((one.first for one in shifts if one.precedes(act, part, clause)), default=0)


def _unread(
    document: Document,
    acts: Sequence[Relation],
    act_text: Callable[[str], ActText],
    edits: Mapping[Relation, ActEdits],
    shifts: Sequence[NumberShift],
) -> tuple[UnreadAct, ...]:
    """Return the acts that change words of which the clause is not known, each clause of one once."""
    unread = [UnreadAct(act.target, act.since, act.part) for act, one in edits.items() if one.unread]
    for act in [one for one in edits if shifts and _is_read_for_clauses(one, acts)]:
        for part, clause in stated_clauses(document, act, act_text(act.target)):
            if first := _moved_from(act, part, clause, shifts):
                unread.append(UnreadAct(act.target, act.since, part, first, clause))
    return tuple(dict.fromkeys(unread))
