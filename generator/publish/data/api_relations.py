"""The API of the relations of a site: each relation once, on the document that acts or refers."""

from collections.abc import Iterator
from typing import Any

from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import STORED, RelationKind


def relation_records(site: Site) -> Iterator[dict[str, Any]]:
    """Return the objects of ``api/relations.json``: relations between public documents, or to an act outside the site.

    ``source`` is the document that acts; for an act outside the site it is the document acted on. ``since`` is the
    day from which the relation holds.
    """
    return (relation_record(document, relation) for document, relation in stored_relations(site))


def stored_relations(site: Site) -> Iterator[tuple[Document, Relation]]:
    """Yield every relation once with its source document, including citations of documents outside the site."""
    for document in site.documents:
        for relation in document.relations:
            if relation.kind in STORED or not relation.target:
                yield document, relation
        for outside in site.cited[document.id].outside:
            yield document, Relation(RelationKind.CITES, "", outside=outside.number)


def relation_record(document: Document, relation: Relation) -> dict[str, Any]:
    """Return one relation as an object; empty values are left out."""
    record = {
        "source": document.id,
        "relation": relation.kind.value,
        "target": relation.target,
        "outside": relation.outside,
        "site": relation.foreign.site if relation.foreign else "",
        "url": relation.foreign.url if relation.foreign else "",
        "clause": relation.clause,
        "part": relation.part,
        "since": relation.since.isoformat() if relation.since else "",
        "until": relation.until.isoformat() if relation.until else "",
    }
    return {key: value for key, value in record.items() if value}
