"""The notices that the page of a document shows: today's, and those of later days that are known already."""

import json
from collections.abc import Iterator, Sequence

from generator.domain.model import MARKED, Document, Notice, NoticeKind, Relation, Site
from generator.domain.titles import inside_marks
from generator.domain.vocabulary import PostingState, RelationKind, Status, Term
from generator.domain.written_moments import chinese_day
from generator.publish.pages.clause_marks import clause_links
from generator.publish.pages.linked_documents import clauses_joined, place_in_document, public_document, relation_item
from generator.publish.pages.status_line import line_pieces
from generator.publish.theme.environment import View, Words

_BY_ACT = {
    RelationKind.REPLACED_BY: "replaced",
    RelationKind.SUSPENDED_BY: "suspended_by",
    RelationKind.RENEWED_BY: "renewed_by",
    RelationKind.REVISED_BY: "revised_by",
}


def periods_of(document: Document, site: Site, words: Words) -> list[View]:
    """Return the notices of today and of every later day on which they change.

    ``first`` is the first day of the notices, empty for today's.
    """
    today: View = {
        "first": "",
        "state": "",
        "notices": [_notice(document, notice, site, words) for notice in document.notices],
    }
    change_text = words.notices.turned
    return [
        today,
        *(
            {
                "first": change.day.isoformat(),
                "state": change_text.format(day=chinese_day(change.day), state=change.state.label)
                if change.state
                else "",
                "notices": [_notice(document, notice, site, words) for notice in change.notices],
            }
            for change in document.status_changes
        ),
    ]


def _notice(document: Document, notice: Notice, site: Site, words: Words) -> View:
    notice_words = words.notices
    about = public_document(site, notice.about) if notice.about else document
    name = notice.kind.value
    if notice.kind is NoticeKind.AMENDED and notice.merged:
        name = "amended_merged"
    elif notice.kind is NoticeKind.EXPIRED and notice.acts:
        name = "lapsed"
    key = "until" if notice.until else "again_since" if notice.is_repeated and not notice.merged else "since"
    since = notice_words[f"{name}_{key}"] if notice.since else ""
    of = notice_words.of.format(title=inside_marks(about.title)) if notice.about else ""
    return {
        "kind": notice.kind.value,
        "about": of or (notice_words.of_part.format(title=inside_marks(document.title)) if document.part_id else ""),
        "headline": notice_words[name].format(file=notice_words.that if of or document.part_id else notice_words.this),
        "since": since.format(
            day=chinese_day(notice.since) if notice.since else "",
            until=chinese_day(notice.until) if notice.until else "",
        ),
        "acts": clauses_joined(
            {
                **relation_item(about, act, site, words),
                "clauses": _clause_links(document, about, act, site),
                "label": notice_words.merged if act.merged else notice_words[_BY_ACT.get(act.kind, "by")],
                "number": act.foreign.number if act.foreign else _number(site, act.target, act.kind),
            }
            for act in notice.acts
        ),
        "parts": list(_parts(about, notice)),
    }


def _clause_links(document: Document, about: Document, act: Relation, site: Site) -> list[View]:
    """Return the clauses that an act names in pieces, with their addresses; on their own page only the anchors."""
    policy = public_document(site, about.id.partition("#")[0])
    if about.part_id and not act.part:
        act = act._replace(part=about.part_id)
    own_page = policy.id == document.id.partition("#")[0]
    page = "" if own_page else policy.address
    return [
        {"text": piece["text"], "here": own_page, "address": f"{page}#{piece['anchor']}" if piece["anchor"] else ""}
        for piece in clause_links(policy, act, place_in_document(about, act, site) if not about.part_id else act.clause)
    ]


def _number(site: Site, act: str, kind: RelationKind) -> str:
    """Return the 文号 of an act; for a renewal also the new number that it gives (requirements LIFE-12)."""
    if not act:
        return ""
    document = site.by_id[act]
    new_number = document.text("renewed_as") if kind is RelationKind.RENEWED_BY else ""
    return "，".join(part for part in (document.doc_number, new_number) if part)


def _parts(document: Document, notice: Notice) -> Iterator[View]:
    for name, status in notice.parts:
        part = next((one for one in document.parts if one.part_id == name), None)
        if part:
            yield {"title": part.title, "address": part.address, "status": status.value, "label": status.label}


def mark_of(state: Term | None) -> str:
    """Return the label of a status for the title; empty for a document that is simply in force, or open."""
    is_marked = state is PostingState.ENDED or (isinstance(state, Status) and state is not Status.EFFECTIVE)
    return state.label if state and is_marked else ""


def mark_turns(interpretation: Document, words: Words) -> str:
    """Return the later marks of an interpretation as JSON, for where its words stand at a clause; empty without any."""
    turns = [
        [change.day.isoformat(), change.mark.value, words.marks[change.mark.value]]
        for change in interpretation.status_changes
        if change.mark
    ]
    return json.dumps(turns, ensure_ascii=False, separators=(",", ":")) if turns else ""


def status_changes_json(document: Document, words: Words) -> str:
    """Return the later states of a document as JSON for the script of its page; empty where there are none."""
    changes: list[View] = []
    for change in document.status_changes:
        state = change.state
        marks = [words.marks[notice.kind.value] for notice in change.notices if notice.kind in MARKED]
        changes.append(
            {
                "first": change.day.isoformat(),
                "state": state.value if state else "",
                "label": state.label if state else "",
                "mark": mark_of(state),
                **({"marks": marks} if state and marks else {}),
                **({"interpretation": [change.mark.value, words.marks[change.mark.value]]} if change.mark else {}),
                **({"term": term} if (term := _term(document, change.notices, words)) else {}),
                **({"line": line} if (line := line_pieces(document, state, change.notices, words)) else {}),
            }
        )
    return json.dumps(changes, ensure_ascii=False, separators=(",", ":")) if changes else ""


def _term(document: Document, notices: Sequence[Notice], words: Words) -> str:
    """Return 有效期至 as the facts show it from a later day on, where that is another day than today's."""
    renewed = next((notice for notice in notices if notice.kind is NoticeKind.RENEWED), None)
    declared = document.date("expires_on")
    if renewed is None or renewed.until is None or declared is None or renewed.until == document.term:
        return ""
    return str(words.document.term_renewed.format(day=chinese_day(renewed.until), before=chinese_day(declared)))
