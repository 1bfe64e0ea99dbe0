"""Derive the states of the single clauses of a policy: repealed, suspended or amended by acts that are public.

The clauses of an act are those that it declares; of an amendment without declared clauses those that its text links
or says it changes.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

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
    LinkOutcome,
    Relation,
    ResolvedLink,
    StatedAmendment,
)
from generator.domain.titles import title_key
from generator.domain.vocabulary import ENDED_BY, ClauseStatus, RelationKind
from generator.graph.clause_edits import ActEdits, edits_of_act
from generator.source.text.anchors import clause_of_anchor

_STATUS = {
    **dict.fromkeys(ENDED_BY, ClauseStatus.REPEALED),
    RelationKind.SUSPENDED_BY: ClauseStatus.SUSPENDED,
    RelationKind.AMENDED_BY: ClauseStatus.AMENDED,
}
_RANK = (ClauseStatus.AMENDED, ClauseStatus.SUSPENDED, ClauseStatus.REPEALED)
_ONE_DAY = dt.timedelta(days=1)
_SHORT_TITLE = 5  # 《办法》 is a short form of the title of the amended document


class ActText(NamedTuple):
    """What the text of an amending act has: the document, its links, and the documents that it amends."""

    document: Document
    links: Sequence[ResolvedLink]
    amended: Sequence[Document]


class _Place(NamedTuple):
    anchor: str
    act: ClauseAct


def clause_states(document: Document, act_text: Callable[[str], ActText], day: dt.date) -> ClauseChanges:
    """Return the states of the clauses of a public policy at a day, and those from each later day on that is known.

    ``act_text`` returns the text of a public act by its id.
    """
    acts = [one for one in document.relations if one.kind in _STATUS and not one.void]
    edits = {act: _edits(document, act, act_text) for act in acts if _amends(act)}
    places = [place for act in acts for place in _places(document, act, acts, act_text, edits.get(act))]
    additions = _distinct(addition for one in edits.values() for addition in one.additions)
    unread = tuple(dict.fromkeys(act.target for act, one in edits.items() if one.unread))
    if not places:
        return ClauseChanges(additions=additions, unread=unread)
    resumptions = document.related(RelationKind.RESUMED_BY)
    days: set[dt.date] = set()
    for relation in (*(place.act.relation for place in places), *resumptions):
        days |= {relation.since} if relation.since else set()
        days |= {relation.until + _ONE_DAY} if relation.until and relation.until < dt.date.max else set()
    present = last = _states(document, places, resumptions, day)
    changes: list[ClauseChange] = []
    for later in sorted(one for one in days if one > day):
        states = _states(document, places, resumptions, later)
        if states != last:
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
        owner = _owner(edit, text.amended)
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
    parts = {anchor: location.id for location in document.page.part_locations for anchor in location.anchors}
    return tuple(
        ClauseState(anchor, clause_of_anchor(anchor), parts.get(anchor, ""), tuple(sorted(acts, key=_age)))
        for anchor, acts in sorted(by_anchor.items(), key=lambda item: _place_of(item[0]))
    )


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
) -> Iterator[_Place]:
    """Yield the anchors on which an act has an effect; ``edits`` are what an amendment does to their words."""
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
    declared = any(one.clause and one.target == act.target and one.kind is act.kind for one in acts)
    if status is ClauseStatus.AMENDED and act.target and not declared:
        text = act_text(act.target)
        anchors = dict.fromkeys(_linked(document, act, text))
        anchors |= dict.fromkeys(_stated(document, act, text))
        yield from (place_of(anchor, clause_of_anchor(anchor)) for anchor in anchors)


def anchors_of(document: Document, part: str, clause: str) -> list[str]:
    """Return the anchor of a clause; without a part the one outside all parts, or the only one in a part."""
    locations = document.page.part_locations
    if part:
        anchors = next((one.anchors for one in locations if one.id == part), frozenset())
        return _named(anchors, clause)[:1]
    inside = {anchor for one in locations for anchor in one.anchors}
    outside = _named(document.page.anchors.difference(inside), clause)
    if outside:
        return outside[:1]
    found = [named for one in locations if (named := _named(one.anchors, clause))]
    return found[0][:1] if len(found) == 1 else []


def _named(anchors: frozenset[str], clause: str) -> list[str]:
    """Return the anchors of a clause, the bare one first."""
    if clause in anchors:
        return [clause]
    return sorted(anchor for anchor in anchors if clause_of_anchor(anchor) == clause)


def _linked(document: Document, act: Relation, text: ActText) -> Iterator[str]:
    """Yield the anchors of clauses of a document that the text of an act links."""
    location = next((one for one in document.page.part_locations if one.id == act.part), None)
    for link in text.links:
        path, _, fragment = link.address.partition("#")
        anchor = unquote(fragment)
        if link.outcome is not LinkOutcome.FINE or not anchor:
            continue
        if link.document != document.id and unquote(path) != document.address:
            continue
        is_clause = anchor in document.page.anchors and clause_of_anchor(anchor)
        if is_clause and (location is None or anchor in location.anchors):
            yield anchor


def _stated(document: Document, act: Relation, text: ActText) -> Iterator[str]:
    """Yield the anchors of the clauses of a document that the text of an act says it changes."""
    for item in text.document.page.stated_amendments:
        owner = _owner(item, text.amended)
        if owner is None or owner[0].id != document.id:
            continue
        part = owner[1] or act.part
        if not act.part or part == act.part:
            yield from anchors_of(document, part, item.clause)


def _owner(item: StatedAmendment | ClauseEdit, amended: Sequence[Document]) -> tuple[Document, str] | None:
    """Return the amended document, and the part of it, that a clause belongs to."""
    if item.named:
        return _by_title(item.named, amended)
    for key in item.earlier:
        if len(key) >= _SHORT_TITLE and (owner := _by_title(key, amended)):
            return owner
    return (amended[0], "") if len(amended) == 1 else None


def _by_title(key: str, amended: Sequence[Document]) -> tuple[Document, str] | None:
    for document in amended:
        for part in document.declared_parts:
            if title_key(part.title) == key:
                return document, part.id
        title = title_key(document.title)
        if key == title or f"《{key}》" in title:
            return document, ""
    if len(key) < _SHORT_TITLE:
        short = [document for document in amended if _without_issue(document.title).endswith(key)]
        return (short[0], "") if len(short) == 1 else None
    return None


def _without_issue(title: str) -> str:
    """Return the title of the issued text: of 关于印发《办法》的通知 that in the brackets."""
    return title_key(title).removesuffix("的通知").rstrip("》")


def act_texts(
    documents: Mapping[str, Document], links: Mapping[str, tuple[ResolvedLink, ...]]
) -> Callable[[str], ActText]:
    """Return the function that gives the text of an act by its id."""

    def act_text(name: str) -> ActText:
        act = documents[name]
        targets = dict.fromkeys(one.target for one in act.related(RelationKind.AMENDS))
        amended = [documents[target] for target in targets if target in documents]
        return ActText(act, links.get(act.path, ()), amended)

    return act_text
