"""Facts about relations as declared: their field, their Chinese verb, and cycles of relations."""

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.audit.registry import hit_at
from generator.domain.model import Archive, Document, Reference, Relation
from generator.domain.problems import Problem
from generator.domain.vocabulary import ACTING, CLEANUP_RELATIONS, RelationKind, label_of

_CLEANUP = {relation: term for term, relation in CLEANUP_RELATIONS.items()}


def verb_of(kind: RelationKind) -> str:
    """Return the Chinese verb for what an act does to the older document: 废止, 修改, 延续, 宣布失效 …"""
    term = _CLEANUP.get(kind)
    return term.label if term else label_of(kind.value)


def key_of(document: Document, relation: Relation) -> str:
    """Return the field in which a document declares a relation; an empty string where the other document does."""
    if document.value(relation.kind.value):
        return relation.kind.value
    return "cleanup" if relation.kind in _CLEANUP and document.value("cleanup") else ""


def references_of(document: Document, kind: RelationKind) -> tuple[Reference, ...]:
    """Return the references of one kind, from the kind's own field and from 清理结果."""
    listed = (one for term, one, _ in document.cleanup if CLEANUP_RELATIONS[term] is kind) if document.cleanup else ()
    return (*document.references(kind.value), *listed)


def relation_cycles(archive: Archive) -> Iterator[tuple[str, Problem]]:
    """Yield a problem for every cycle of three or more documents of one day that act on one another."""
    acts = {document.id: targets for document in archive.documents if (targets := _same_day_targets(archive, document))}
    for start in sorted(acts):
        path = _cycle_through(start, acts)
        if len(path) > 2 and start == min(path):
            message = f"{len(path)} 份文件循环处理：{' → '.join([*path, start])}"
            document = archive.by_id[start]
            key = next((key_of(document, one) for one in document.relations if one.target == path[1]), "")
            yield hit_at(document, message, "核对各份文件的关联，只写真正的那几个", key=key)


def _same_day_targets(archive: Archive, document: Document) -> list[str]:
    present = {one.kind for one in document.relations}.intersection(ACTING) if document.relations else ()
    targets = (one.target for kind in ACTING if kind in present for one in document.related(kind))
    return [target for target in targets if _written(archive.by_id[target]) == _written(document)]


def _written(document: Document) -> dt.date | None:
    return document.date("date_written") or document.published


def _cycle_through(start: str, acts: Mapping[str, list[str]]) -> list[str]:
    """Return the shortest cycle through a document, an empty list where there is none."""
    before = {start: ""}
    queue = [start]
    for here in queue:
        for target in acts.get(here, ()):
            if target == start:
                return [*reversed(list(_steps(here, before)))]
            if target not in before:
                before[target] = here
                queue.append(target)
    return []


def _steps(here: str, before: Mapping[str, str]) -> Iterator[str]:
    while here:
        yield here
        here = before[here]
