"""The links between documents and the pages on which they stand beside older ones."""

from generator.domain.model import Document, Site
from generator.domain.titles import inside_marks
from generator.domain.vocabulary import RelationKind
from generator.publish.pages.linked_documents import public_document
from generator.publish.theme.environment import View, Words

FOLDER = "compare/"


def comparison_address(document: Document) -> str:
    """Return the address of the page on which a document stands beside older ones."""
    return document.address + FOLDER


def comparison_links(document: Document, site: Site, words: Words) -> list[View]:
    """Return the links from a document to the pages of comparison that it is on: its own, and those of newer ones."""
    return [_link(document, site.by_id[newer], site, words) for newer in site.compared_with.get(document.id, ())]


def _link(document: Document, newer: Document, site: Site, words: Words) -> View:
    sections = site.compared[newer.id]
    if newer.id == document.id:
        others = "、".join(_named(public_document(site, one.older), document) for one in sections)
        title = words.compare.with_older.format(titles=others)
    else:
        kinds = {one.kind for one in sections if one.older.partition("#")[0] == document.id}
        name = "with_amendment" if kinds == {RelationKind.AMENDS} else "with_newer"
        name += "_numbered" if name == "with_newer" and has_same_title(document, newer) else ""
        title = words.compare[name].format(title=inside_marks(newer.title), number=newer.doc_number)
    return {"title": title, "address": comparison_address(newer)}


def has_same_title(one: Document, other: Document) -> bool:
    """Whether two documents with numbers can be told apart by these only: a rule and the new one of its name."""
    return one.title == other.title and bool(one.doc_number and other.doc_number)


def _named(older: Document, newer: Document) -> str:
    return f"《{inside_marks(older.title)}》" + (f"（{older.doc_number}）" if has_same_title(older, newer) else "")
