"""A document as other pages show it: in a list, or as the other end of a relation."""

import json
from collections.abc import Iterable

from generator.domain.model import MARKED, Document, Relation, Site
from generator.domain.vocabulary import PostingState, Status, Term
from generator.graph.foreign import is_foreign
from generator.publish.pages.metadata_box import display_value
from generator.publish.pages.status_line import period_of
from generator.publish.theme.environment import View, Words

# The states that are shown wherever a document is named: with all others it can be used as it is.
CHANGED: frozenset[Term] = frozenset({*Status, PostingState.ENDED} - {Status.EFFECTIVE})


def list_item(document: Document, words: Words) -> View:
    """Return a document as an entry of a list, with its parts."""
    state = document.state
    return {
        "title": document.title,
        "address": document.address,
        "number": document.doc_number,
        "body": document.issuers[0] if is_foreign(document) else "",
        "day": document.published.isoformat() if document.published else "",
        "period": period_of(document, words),
        "status": state.value if state else "",
        "status_label": state.label if state else "",
        "status_mark": state.label if state and state in CHANGED else "",
        "marks": title_marks(document, words),
        "mark": document.interpretation_mark.value if document.interpretation_mark else "",
        "within": "",
        "parts": [part_item(part, words) for part in document.parts],
    }


def listed_part(part: Document, notice: Document, words: Words) -> View:
    """Return a part as an entry of its own, for a list that does not have its notice."""
    return {
        **list_item(notice, words),
        **part_item(part, words),
        "within": words.parts.of.format(title=notice.title),
        "parts": [],
    }


def part_item(part: Document, words: Words) -> View:
    """Return a part as a line under its notice."""
    status = part.status or Status.EFFECTIVE
    return {
        "id": part.part_id,
        "title": part.title,
        "address": part.address,
        "status": status.value,
        "status_label": status.label,
        "marks": title_marks(part, words),
    }


def title_marks(document: Document, words: Words) -> list[tuple[str, str]]:
    """Return the marks beside a title other than the status: suspended, or the state of an interpretation, in words."""
    kinds = [kind.value for kind in document.marks]
    kinds += [document.interpretation_mark.value] if document.interpretation_mark else []
    return [(kind, words.marks[kind]) for kind in kinds]


def badges(document: Document, words: Words) -> list[tuple[str, str, str]]:
    """Return what stands beside a document wherever it is named: attribute, code and words of its status and marks.

    Nothing for one that can be used as it is.
    """
    state = document.state
    found = [("status", state.value, state.label)] if state and state in CHANGED else []
    return [*found, *(("mark", kind, label) for kind, label in title_marks(document, words))]


def badge_turns(document: Document, words: Words, *, shows_plain: bool = True) -> str:
    """Return what stands beside a title on later days as JSON, empty without any.

    ``shows_plain``: where the status stands beside it also when the document is simply in force.
    """
    turns: list[tuple[str, list[tuple[str, str, str]]]] = []
    for change in document.status_changes:
        state = change.state if change.state and (shows_plain or change.state in CHANGED) else None
        found = [("status", state.value, state.label)] if state else []
        kinds = [notice.kind.value for notice in change.notices if notice.kind in MARKED and change.state]
        kinds += [change.mark.value] if change.mark else []
        turns.append((change.day.isoformat(), [*found, *(("mark", kind, words.marks[kind]) for kind in kinds)]))
    return json.dumps(turns, ensure_ascii=False, separators=(",", ":")) if turns else ""


def public_document(site: Site, about: str) -> Document:
    """Return the public document with an id, or the part with an id such as ``notice#part``."""
    document_id, _, part_id = about.partition("#")
    document = site.by_id.get(document_id) or site.foreign[document_id]
    return next((one for one in document.parts if one.part_id == part_id), document) if part_id else document


def place_in_document(document: Document, relation: Relation, site: Site) -> str:
    """Return the place in the older document that a relation names: the title of a part, the clause, or both."""
    if not relation.part:
        return relation.clause
    older = document if document.parts else site.by_id.get(relation.target, document)
    title = next((part.title for part in older.parts if part.part_id == relation.part), relation.part)
    return f"《{title}》{relation.clause}"


def clauses_joined(items: Iterable[View]) -> list[View]:
    """Return the other ends of relations, one for those to several clauses of the same document (第五条、第八条)."""
    joined: dict[tuple[object, ...], View] = {}
    for item in items:
        key = (*(item.get(name) for name in ("label", "relation", "day", "address", "title")), bool(item["clause"]))
        earlier = joined.get(key)
        if earlier is None or not item["clause"]:
            joined.setdefault(key, item)
            continue
        joined[key] = {**earlier, "clause": f"{earlier['clause']}、{item['clause']}"}
        if "clauses" in item:
            between = {"text": "、", "here": True, "address": ""}
            joined[key]["clauses"] = [*earlier["clauses"], between, *item["clauses"]]
    return list(joined.values())


def relation_item(document: Document, relation: Relation, site: Site, words: Words) -> View:
    """Return the other end of a relation of a document, as its page shows it."""
    clause = place_in_document(document, relation, site)
    if not relation.target:
        foreign = relation.foreign
        changed = foreign.status if foreign and foreign.status in CHANGED else None
        return {
            "relation": relation.kind.value,
            "title": relation.outside,
            "address": foreign.url if foreign else "",
            "number": foreign.number if foreign else "",
            "clause": clause,
            "status": changed.value if changed else "",
            "status_label": changed.label if changed else "",
            "marks": [],
            "mark": "",
            "badges_turn": "",
            "day": foreign.day.isoformat() if foreign and foreign.day else "",
            "form": "",
        }
    target = site.by_id[relation.target]
    changed_status = target.state if target.state in CHANGED else None
    return {
        **list_item(target, words),
        "relation": relation.kind.value,
        "clause": clause,
        "status": changed_status.value if changed_status else "",
        "status_label": changed_status.label if changed_status else "",
        "badges_turn": badge_turns(target, words, shows_plain=False),
        "form": display_value(target, "form"),
    }
