"""One document as other pages show it: in a list, behind a relation."""

from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import Status
from generator.publish.pages.metadata_box import display_value
from generator.publish.theme.environment import View, Words


def list_item(document: Document, words: Words) -> View:
    """Return one document as lists show it, with the texts that it carries."""
    state = document.state
    return {
        "title": document.title,
        "address": document.address,
        "number": document.doc_number,
        "day": document.published.isoformat() if document.published else "",
        "status": state.value if state else "",
        "status_label": state.label if state else "",
        "marks": title_marks(document, words),
        "within": "",
        "parts": [part_item(part, words) for part in document.parts],
    }


def listed_part(part: Document, notice: Document, words: Words) -> View:
    """Return a text that a notice carries as a line of its own, where the notice itself is not listed."""
    return {
        **list_item(notice, words),
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
        "marks": title_marks(part, words),
    }


def title_marks(document: Document, words: Words) -> list[tuple[str, str]]:
    """Return what stands beside a title besides the status: the kind of a notice, and its words."""
    return [(kind.value, words.marks[kind.value]) for kind in document.marks]


def public_document(site: Site, about: str) -> Document:
    """Return a public document by its id, a part by ``notice#part``."""
    name, _, part = about.partition("#")
    document = site.by_id[name]
    return next((one for one in document.parts if one.part_id == part), document) if part else document


def meant_place(document: Document, relation: Relation, site: Site) -> str:
    """Return which place in the older document a relation means: the title of a part, the clause, or both."""
    if not relation.part:
        return relation.clause
    older = document if document.parts else site.by_id.get(relation.target, document)
    title = next((part.title for part in older.parts if part.part_id == relation.part), relation.part)
    return f"《{title}》{relation.clause}"


def relation_item(document: Document, relation: Relation, site: Site, words: Words) -> View:
    """Return what stands behind a relation of a document."""
    clause = meant_place(document, relation, site)
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
        **list_item(target, words),
        "relation": relation.kind.value,
        "clause": clause,
        "status": ended.value if ended else "",
        "status_label": ended.label if ended else "",
        "form": display_value(target, "form"),
    }
