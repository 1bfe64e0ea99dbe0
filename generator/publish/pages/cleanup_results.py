"""清理结果: the documents of a clean-up, each with its conclusion and its current status (requirements LIFE-06)."""

from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import CLEANUP_RELATIONS, RelationKind
from generator.publish.pages.linked_documents import relation_item
from generator.publish.theme.environment import View, Words

CLEANED = frozenset(CLEANUP_RELATIONS.values())
_ONLY_IN_CLEANUPS = frozenset(CLEANED - {RelationKind.REPEALS})


def cleanup_of(document: Document, site: Site, words: Words) -> View:
    """Return the results of a clean-up as rows and a summary of their numbers; empty for any other document."""
    if not document.relations or not any(relation.kind in _ONLY_IN_CLEANUPS for relation in document.relations):
        return {}
    rows: list[View] = []
    counts: list[str] = []
    for term, kind in CLEANUP_RELATIONS.items():
        results = [
            {
                **relation_item(document, relation, site, words),
                "result": term.label,
                "state": _status_label(site, relation),
            }
            for relation in document.related(kind)
        ]
        rows += results
        if results:
            counts.append(words.cleanup.counted.format(result=term.label, count=len(results)))
    return {"rows": rows, "summary": "，".join(counts)}


def _status_label(site: Site, relation: Relation) -> str:
    state = relation.foreign.status if relation.foreign else site.by_id[relation.target].status
    return state.label if state else ""
