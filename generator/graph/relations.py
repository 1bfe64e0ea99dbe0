"""Derive both sides of every relation from the side that is declared."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.domain.model import Document, Field, LostReference, Reference, Relation
from generator.domain.problems import Problem
from generator.domain.vocabulary import ACTING, CLEANUP_RELATIONS, RELATIONS, RelationKind
from generator.graph.joined_references import joined_problem, joined_references
from generator.graph.references import (
    ReferenceIndex,
    ReferenceTarget,
    draft_problem,
    reference_problem,
    split_part_and_clause,
)

_DECLARED = tuple((spec.kind.value, spec.kind) for spec in RELATIONS if spec.is_declared)


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation as declared or cited, from the acting document; ``since`` where a day was declared.

    ``until`` is the last day of a suspension or of a renewed term.
    """

    source: Document
    kind: RelationKind
    target: Document
    clause: str = ""
    since: dt.date | None = None
    part: str = ""
    until: dt.date | None = None


def effect_day(document: Document) -> dt.date | None:
    """Return the day on which a document takes effect: 施行日期, else its publication."""
    return document.date("date_effective") or document.published or document.date("date_written")


def find_edges(documents: Iterable[Document], index: ReferenceIndex) -> tuple[list[Edge], list[tuple[str, Problem]]]:
    """Return the relations that references and citations make; a reference without exactly one target is F009.

    That of a reference to a draft is a problem of the draft.
    """
    edges: list[Edge] = []
    problems: list[tuple[str, Problem]] = []
    for document in documents:
        for key, kind, reference, line in _references(document):
            target, problem = _resolved(document, key, reference, index)
            draft = index.draft(reference) if problem and target is None and not index.targets(reference) else None
            if draft:
                problems.append((draft.path, draft_problem(document, key, draft)))
            elif problem:
                problems.append((document.path, problem._replace(line=line or problem.line)))
            if target and kind and not index.is_withdrawn(target.document):
                edges.append(_edge(document, kind, target))
        edges += _repealed_by(document, index, problems)
        edges += _citations(document, index)
    return edges, problems


def lost_references(document: Document, index: ReferenceIndex) -> tuple[LostReference, ...]:
    """Return the references of a document that lead nowhere because their documents were taken off the site."""
    declared = [(key, reference, line) for key, _, reference, line in _references(document)]
    declared += [("repealed_by", reference, line) for reference, _, _, line in _named_acts(document)]
    return tuple(
        LostReference(key, line or document.page.line_of(key), target.document.id)
        for key, reference, line in declared
        for target in index.targets(reference)
        if index.is_withdrawn(target.document)
    )


def undone_acts(
    withdrawn: Iterable[Document], index: ReferenceIndex
) -> Mapping[str, tuple[tuple[RelationKind, str], ...]]:
    """Return what withdrawn documents did to others, by source file: the relation, and the id of the act."""
    undone: dict[str, dict[tuple[RelationKind, str], None]] = defaultdict(dict)
    for document in withdrawn:
        for _, kind, reference, _ in _references(document):
            for target in index.targets(reference) if kind in ACTING else ():
                if kind and not index.is_withdrawn(target.document):
                    undone[target.document.path][kind, document.id] = None
    return {path: tuple(acts) for path, acts in undone.items()}


def without_lost_repeal(document: Document, index: ReferenceIndex) -> Document:
    """Return a document without the repeal that it declares by acts which were all taken off the site.

    With a reason of its own (废止理由) it stays repealed.
    """
    acts = document.references("repealed_by")
    if not acts or document.text("repeal_reason"):
        return document
    if not all((named := index.find(act.text)) and all(map(index.is_withdrawn, named)) for act in acts):
        return document
    fields = {key: field for key, field in document.page.fields.items() if key not in {"repealed_by", "repealed_on"}}
    return document._replace(page=document.page._replace(fields=fields))


def _references(document: Document) -> Iterator[tuple[str, RelationKind | None, Reference, int]]:
    """Yield every reference with its field, its relation, and its line where that is not the field's (else 0)."""
    fields = document.page.fields
    for key, kind in _DECLARED:
        if key in fields:
            yield from ((key, kind, reference, 0) for reference in document.references(key))
    if "cleanup" in fields:
        for term, reference, line in document.cleanup:
            yield "cleanup", CLEANUP_RELATIONS[term], reference, line
    if "consolidated_to" in fields:  # names the amendments that are in the text, and makes no relation
        yield from (("consolidated_to", None, reference, 0) for reference in document.references("consolidated_to"))


def _resolved(
    document: Document, key: str, reference: Reference, index: ReferenceIndex
) -> tuple[ReferenceTarget | None, Problem | None]:
    targets = index.targets(reference)
    if len(targets) != 1 or targets[0].document.path == document.path:
        return None, reference_problem(document, key, reference, [one.document for one in targets], index)
    if reference.clause and (items := joined_references(reference, index)):
        return None, joined_problem(document, key, reference, items)
    return split_part_and_clause(document, key, targets[0], index)


def _edge(document: Document, kind: RelationKind, target: ReferenceTarget) -> Edge:
    since, until = None, None
    if kind is RelationKind.SUSPENDS:
        since, until = document.date("suspended_from"), document.date("suspended_until")
    elif kind is RelationKind.RENEWS:  # a text that is published again under a new number has its own term
        until = document.date("renewed_until") or document.date("expires_on")
    return Edge(document, kind, target.document, target.clause, since, target.part, until)


def _repealed_by(document: Document, index: ReferenceIndex, problems: list[tuple[str, Problem]]) -> Iterator[Edge]:
    """Yield the repeals that a document or one of its parts declares with an act on the site."""
    for reference, repealed, since, line in _named_acts(document):
        documents = index.find(reference.text)
        narrowed, problem = split_part_and_clause(document, "repealed_by", repealed, index)
        if problem:
            problems.append((document.path, problem._replace(line=line)))
        if len(documents) == 1 and index.is_withdrawn(documents[0]):
            continue
        if len(documents) == 1 and documents[0].path != document.path:
            yield Edge(documents[0], RelationKind.REPEALS, document, narrowed.clause, since, narrowed.part)
        elif documents:
            problem = reference_problem(document, "repealed_by", reference, documents, index)
            problems.append((document.path, problem._replace(line=line)))
        elif items := joined_references(reference, index):
            problem = joined_problem(document, "repealed_by", reference, items)
            problems.append((document.path, problem._replace(line=line)))


def _named_acts(document: Document) -> Iterator[tuple[Reference, ReferenceTarget, dt.date | None, int]]:
    """Yield the acts in 废止依据 of a document and its parts, with what each repeals, the day and the line."""
    declared: list[tuple[str, Mapping[str, Field]]] = []
    if "repealed_by" in document.page.fields:
        declared.append(("", document.page.fields))
    if "parts" in document.page.fields:
        declared += [(part.id, part.fields) for part in document.declared_parts if "repealed_by" in part.fields]
    for part, fields in declared:
        acts, day = fields["repealed_by"], fields.get("repealed_on")
        since = day.value if day and isinstance(day.value, dt.date) else None
        for item in acts.value if isinstance(acts.value, tuple) else ():
            if isinstance(item, Reference):
                yield item, ReferenceTarget(document, part, item.clause), since, acts.line


def _citations(document: Document, index: ReferenceIndex) -> Iterator[Edge]:
    cited_ids: set[str] = set()
    for citation in document.page.citations:
        target = index.by_number(citation.text)
        if target and target.path != document.path and target.id not in cited_ids and not index.is_withdrawn(target):
            cited_ids.add(target.id)
            yield Edge(document, RelationKind.CITES, target)


def relations_of(
    edges: Iterable[Edge], documents: Iterable[Document], index: ReferenceIndex
) -> Mapping[str, tuple[Relation, ...]]:
    """Return both sides of every edge by source file, without duplicates, and the repeals by acts outside the site."""
    sides: dict[str, dict[Relation, None]] = defaultdict(dict)
    for edge in edges:
        since = edge.since or effect_day(edge.source)
        relation = Relation(edge.kind, edge.target.id, edge.clause, since, part=edge.part, until=edge.until)
        sides[edge.source.path][relation] = None
        sides[edge.target.path][relation._replace(kind=edge.kind.inverse, target=edge.source.id)] = None
    for document in documents:
        for reference, repealed, since, _ in _named_acts(document):
            if not index.find(reference.text):
                narrowed, _ = split_part_and_clause(document, "repealed_by", repealed, index)
                act = Relation(
                    RelationKind.REPEALED_BY, "", narrowed.clause, since, outside=reference.text, part=narrowed.part
                )
                sides[document.path][act] = None
    by_path = {path: tuple(relations) for path, relations in sides.items()}
    for document in documents:
        if "consolidated_to" in document.page.fields and document.path in by_path:
            by_path[document.path] = _consolidated(document, by_path[document.path], index)
    return by_path


def _consolidated(document: Document, relations: tuple[Relation, ...], index: ReferenceIndex) -> tuple[Relation, ...]:
    """Mark the amendments merged into the text: up to the last act that 合并至 names (requirements LIFE-13)."""
    named = {one.id for reference in document.references("consolidated_to") for one in index.find(reference.text)}
    amendments = [item for item in relations if item.kind is RelationKind.AMENDED_BY]
    days = [item.since or dt.date.min for item in amendments if item.target in named]
    merged = [item for item in amendments if (item.since or dt.date.min) <= max(days)] if days else []
    return tuple(item._replace(merged=True) if item in merged else item for item in relations)
