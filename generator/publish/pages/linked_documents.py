"""One document as other pages show it: in a list, behind a relation."""

from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import Status
from generator.publish.pages.metadata_box import shown
from generator.publish.theme.environment import View, Words


def item(document: Document, words: Words) -> View:
    """Return one document as lists show it, with the texts that it carries."""
    state = document.state
    return {
        "title": document.title,
        "address": document.address,
        "number": document.doc_number,
        "day": document.published.isoformat() if document.published else "",
        "status": state.value if state else "",
        "status_label": state.label if state else "",
        "marks": marks_of(document, words),
        "within": "",
        "parts": [part_item(part, words) for part in document.parts],
    }


def listed_part(part: Document, notice: Document, words: Words) -> View:
    """Return a text that a notice carries as a line of its own, where the notice itself is not listed."""
    return {
        **item(notice, words),
        **part_item(part, words),
        "within": words.parts.of.format(title=notice.title),
        "parts": [],
    }


def part_item(part: Document, words: Words) -> View:
    """Return a text that a notice carries, as a line under the notice."""
    status = part.status or Status.EFFECTIVE
    return {
        "id": part.part_id,
        "title": part.title,
        "address": part.address,
        "status": status.value,
        "status_label": status.label,
        "marks": marks_of(part, words),
    }


def marks_of(document: Document, words: Words) -> list[tuple[str, str]]:
    """Return what stands beside a title besides the status: the kind of a notice, and its words."""
    return [(kind.value, words.marks[kind.value]) for kind in document.marks]


def named(site: Site, about: str) -> Document:
    """Return a public document by its id, a part by ``notice#part``."""
    name, _, part = about.partition("#")
    document = site.by_id[name]
    return next((one for one in document.parts if one.part_id == part), document) if part else document


def place_of(document: Document, relation: Relation, site: Site) -> str:
    """Return which place in the older document a relation means: the title of a part, the clause, or both."""
    if not relation.part:
        return relation.clause
    older = document if document.parts else site.by_id.get(relation.target, document)
    title = next((part.title for part in older.parts if part.part_id == relation.part), relation.part)
    return f"《{title}》{relation.clause}"


def link(document: Document, relation: Relation, site: Site, words: Words) -> View:
    """Return what stands behind a relation of a document."""
    clause = place_of(document, relation, site)
    if not relation.target:
        return {
            "relation": relation.kind.value,
            "title": relation.outside,
            "address": "",
            "number": "",
            "clause": clause,
            "status": "",
            "status_label": "",
            "marks": [],
            "day": "",
            "form": "",
        }
    target = site.by_id[relation.target]
    ended = target.status if target.status is not Status.EFFECTIVE else None
    return {
        **item(target, words),
        "relation": relation.kind.value,
        "clause": clause,
        "status": ended.value if ended else "",
        "status_label": ended.label if ended else "",
        "form": shown(target, "form"),
    }
