"""The state of single clauses as the page of their document shows it: today, and on the later days that are known."""

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from generator.domain.clauses import CLAUSES_AND_WORDS, NUMERALS, clause_number
from generator.domain.model import (
    ClauseAct,
    ClauseAddition,
    ClauseState,
    Document,
    Relation,
    Site,
    TextClause,
    UnreadAct,
)
from generator.domain.vocabulary import ClauseStatus
from generator.domain.written_moments import chinese_day
from generator.graph.act_clauses import anchors_of
from generator.publish.theme.environment import View, Words
from generator.source.text.anchors import CLAUSE_NAME


def clause_marks(document: Document, site: Site, words: Words) -> list[View]:
    """Return the clauses of a document that acts change, each with its periods; ``first`` is empty for today's."""
    periods: list[tuple[str, Sequence[ClauseState]]] = [("", document.clauses)]
    periods += [(change.day.isoformat(), change.clauses) for change in document.clause_changes]
    anchors = sorted({state.anchor for _, states in periods for state in states})
    revised = site.revised.get(document.id, {})
    return [{"anchor": anchor, "periods": _periods(anchor, periods, revised, site, words)} for anchor in anchors]


def _periods(
    anchor: str,
    periods: Sequence[tuple[str, Sequence[ClauseState]]],
    revised: Mapping[tuple[str, str], TextClause],
    site: Site,
    words: Words,
) -> list[View]:
    """Return the periods of one clause, without those that are like the one before."""
    views: list[View] = []
    last: tuple[ClauseState | None, TextClause | None] = (None, None)
    for first, states in periods:
        state = next((one for one in states if one.anchor == anchor), None)
        clause = revised.get((anchor, first))
        if first and (state, clause) == last:
            continue
        last = (state, clause)
        views.append(
            {
                "first": first,
                **(_state(state, site, words) if state else _NOTHING),
                "revised": _revised(state, clause, site, words)
                if state and clause and not _is_removed(state.acts[-1])
                else None,
            }
        )
    return views


_NOTHING: View = {"status": "", "label": "", "whole": False, "acts": []}


def _revised(state: ClauseState, clause: TextClause, site: Site, words: Words) -> View:
    """Return the new words of a clause, and the places in the acts that give them."""
    acts = {act.relation.target: act for act in state.acts if act.edits}
    return {
        "summary": words.clauses.revised.format(clause=state.clause),
        "note": words.clauses.revised_note,
        "lines": clause.words.split("\n") if clause.lines else [words.clauses.deleted.format(clause=state.clause)],
        "sources": [_source(act.relation, act.edits[0].place, site) for act in acts.values()],
    }


def _source(relation: Relation, place: str, site: Site) -> View:
    document = site.by_id[relation.target]
    fragment = f"#{quote(place)}" if place else ""
    return {"title": document.title, "number": document.doc_number, "address": document.address + fragment}


def clause_additions(document: Document, site: Site, words: Words) -> list[View]:
    """Return the clauses that acts in force or to come add to a document, each with the anchor that it stands behind.

    ``first`` is the day from which it is in force, empty where it is today.
    """
    views: list[View] = []
    for one in document.clause_additions:
        since = one.relation.since
        if not one.anchor or any(_is_in_doubt(one, act) for act in document.unread_acts):
            continue
        clause = TextClause("", one.number, one.lines)
        views.append(
            {
                "anchor": one.anchor,
                "first": since.isoformat() if since and since > site.day else "",
                "since": words.clauses.added_since.format(day=chinese_day(since)) if since else "",
                "summary": words.clauses.added.format(clause=one.number),
                "note": words.clauses.revised_note,
                "lines": clause.words.split("\n"),
                "sources": [_source(one.relation, one.place, site)],
            }
        )
    return views


def _is_in_doubt(addition: ClauseAddition, act: UnreadAct) -> bool:
    """Whether the words of an added clause may not be all that is known: its act is unread, or a later one may be."""
    relation = addition.relation
    if act.act == relation.target:
        return not act.clause
    later = act.since is None or relation.since is None or act.since >= relation.since
    number = next(iter(NUMERALS.findall(addition.number)), "")
    return later and act.concerns(addition.part, clause_number(number) if number else 0)


def _state(state: ClauseState, site: Site, words: Words) -> View:
    latest = state.acts[-1]
    return {
        "status": state.status.value,
        "label": words.clauses.get(f"{_change(latest)}_label", state.status.label),
        "whole": not latest.adds_behind and not latest.is_moved and not _is_partial(latest),
        "acts": [_act(act, site, words) for act in reversed(state.acts)],
    }


def _change(act: ClauseAct) -> str:
    """Return what an act does to a clause, as the locale names it: its status, or that it is removed or followed."""
    if _is_removed(act):
        return "removed"
    if act.is_moved:
        return "moved"
    return "followed" if act.adds_behind else act.status.value


def _is_removed(act: ClauseAct) -> bool:
    """Whether an amendment does nothing to a clause but delete it as a whole."""
    return bool(act.edits) and all(edit.deletes_clause for edit in act.edits)


def _is_partial(act: ClauseAct) -> bool:
    return "款" in act.place or "项" in act.place


def _act(act: ClauseAct, site: Site, words: Words) -> View:
    relation, name = act.relation, _change(act)
    document = site.by_id[relation.target] if relation.target else None
    foreign = relation.foreign
    headline = "merged" if act.status is ClauseStatus.AMENDED and relation.merged else name
    return {
        "headline": words.clauses[headline].format(clause=act.place),
        "since": _days(name, relation.since, relation.until, words),
        "relation": relation.kind.value,
        "title": document.title if document else relation.outside,
        "address": document.address if document else foreign.url if foreign else "",
        "number": document.doc_number if document else foreign.number if foreign else "",
    }


def _days(name: str, since: dt.date | None, until: dt.date | None, words: Words) -> str:
    if since is None:
        return ""
    key = f"{name}_until" if until and name == ClauseStatus.SUSPENDED.value else f"{name}_since"
    return str(words.clauses[key].format(day=chinese_day(since), until=chinese_day(until) if until else ""))


def clause_links(document: Document, relation: Relation, clause: str) -> list[View]:
    """Return the words of a place in a document in pieces, each clause with its anchor; empty for other words.

    Where an amendment declares no clause they are those that its text names.
    """
    if not clause:
        periods = (document.clauses, *(change.clauses for change in document.clause_changes))
        named = {
            state.anchor: state.clause
            for states in periods
            for state in states
            if any(act.relation == relation for act in state.acts)
        }
        return [{"text": clause, "anchor": anchor} for anchor, clause in named.items()]
    title, closing, rest = clause.partition("》") if clause.startswith("《") else ("", "", clause)
    pieces = [{"text": title + closing, "anchor": ""}] if title else []
    for text in CLAUSES_AND_WORDS.findall(rest):
        anchors = anchors_of(document, relation.part, text) if CLAUSE_NAME.fullmatch(text) else []
        pieces.append({"text": text, "anchor": anchors[0] if anchors else ""})
    return pieces
