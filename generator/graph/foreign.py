"""Documents of the other sites of a platform: how they enter the graph, and how they leave it for the public site.

In the archive each is a document with the id ``site:id`` and an absolute address, so that relations, validity and
rules treat it like any other; it has no text, and only the fields that relations and statuses need. The gate turns a
relation to one into an act outside the site that has an address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.domain.model import Document, ForeignDocument, Relation

_MARK = ":"  # in the id of a foreign document, between its site and its id there; no id of a site has one


@dataclass(frozen=True)
class ForeignDocuments:
    """The foreign documents that concern one site: those that it names, and those that name its documents.

    The references of ``documents`` are ids of this site. ``names`` gives, for the key of a 文号 or an 索引号, or a
    ``site:id``, the ids of the foreign documents that it means; there are several for an ambiguous name.
    """

    documents: tuple[Document, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, *keys: str) -> list[Document]:
        """Return the documents that the first known one of some keys means."""
        found = next((self.names[key] for key in keys if key in self.names), ())
        return [self.by_id[name] for name in found if name in self.by_id]

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """The documents by ``site:id``."""
        return {document.id: document for document in self.documents}


NO_FOREIGN = ForeignDocuments()


def is_foreign(document: Document) -> bool:
    """Whether a document is of another site of the platform."""
    return _MARK in document.id


def foreign_document(document: Document) -> ForeignDocument:
    """Return what a page shows of a foreign document."""
    site, _, name = document.id.partition(_MARK)
    return ForeignDocument(
        site, name, document.title, document.doc_number, document.address, document.published, document.status
    )


def with_addresses(relations: tuple[Relation, ...], documents: Mapping[str, Document]) -> tuple[Relation, ...]:
    """Return relations as the public site has them: those to foreign documents lead out of it.

    ``documents`` are those that may be named, of this site and foreign ones.
    """
    if not any(_MARK in one.target for one in relations):
        return relations
    return tuple(_with_address(one, documents[one.target]) if _MARK in one.target else one for one in relations)


def _with_address(relation: Relation, target: Document) -> Relation:
    return relation._replace(target="", outside=target.title, foreign=foreign_document(target))
