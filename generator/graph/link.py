"""References → documents, and both sides of every relation. A relation is stored on the newer document."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model import Document, Reference, Relation
from generator.numbers import candidates, doc_number_key, normalise_index_no
from generator.problems import Problem
from generator.source.anchors import CLAUSE_NAME
from generator.vocabulary import RelationKind, label_of, nearest

_DECLARED = (
    ("interprets", RelationKind.INTERPRETS),
    ("repeals", RelationKind.REPEALS),
    ("amends", RelationKind.AMENDS),
    ("replaces", RelationKind.REPLACES),
    ("based_on", RelationKind.BASED_ON),
    ("responds_to", RelationKind.RESPONDS_TO),
    ("outcome", RelationKind.OUTCOME),
    ("consulted", RelationKind.CONSULTED),
    ("follows", RelationKind.FOLLOWS),
)


class ReferenceIndex:
    """Every document by id, by 索引号 and by 文号."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: dict[str, list[Document]] = defaultdict(list)
        self._numbers: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            self._documents[document.id].append(document)
            if index_no := document.text("index_no"):
                self._numbers[index_no].append(document)
            if number := document.doc_number:
                self._numbers[doc_number_key(number)].append(document)

    def find(self, text: str) -> list[Document]:
        """Return the documents that a reference names: one when it is a good reference."""
        found = (
            self._documents.get(text)
            or self._numbers.get(doc_number_key(text))
            or self._numbers.get(normalise_index_no(text))
            or []
        )
        return list({document.path: document for document in found}.values())

    def named(self, found: str) -> list[Document]:
        """Return the documents whose 文号 stands at the end of a string found in running text, the longest."""
        return next((documents for number in candidates(found) if (documents := self._numbers.get(number))), [])

    def by_number(self, found: str) -> Document | None:
        """Return the one document whose 文号 stands at the end of a string found in running text."""
        documents = self.named(found)
        return documents[0] if len(documents) == 1 else None

    def nearest(self, text: str) -> str | None:
        """Return the id or number most like a reference that matches nothing."""
        return nearest(doc_number_key(text), [*self._documents, *self._numbers])


@dataclass(frozen=True, slots=True)
class Edge:
    """One declared or found relation, from the document that carries it; ``since`` where a day was declared."""

    source: Document
    kind: RelationKind
    target: Document
    clause: str = ""
    since: dt.date | None = None


def effect_day(document: Document) -> dt.date | None:
    """Return the day on which a document takes effect: 施行日期, else its publication."""
    return document.date("date_effective") or document.published or document.date("date_written")


def find_edges(documents: Iterable[Document], index: ReferenceIndex) -> tuple[list[Edge], list[tuple[str, Problem]]]:
    """Resolve every reference; one that matches nothing, or several documents, is F009."""
    edges: list[Edge] = []
    problems: list[tuple[str, Problem]] = []
    for document in documents:
        for key, kind in _DECLARED:
            for reference in document.references(key):
                found = index.find(reference.text)
                if len(found) != 1 or found[0].path == document.path:
                    problems.append((document.path, _mismatch(document, key, reference, found, index)))
                    continue
                edges.append(Edge(document, kind, found[0], reference.clause))
                if not _has_clause(found[0], reference.clause):
                    problems.append((document.path, _no_clause(document, key, reference, found[0])))
        for reference in document.references("repealed_by"):
            found = index.find(reference.text)
            if not _has_clause(document, reference.clause):
                problems.append((document.path, _no_clause(document, "repealed_by", reference, document)))
            if len(found) == 1 and found[0].path != document.path:
                day = document.date("repealed_on")
                edges.append(Edge(found[0], RelationKind.REPEALS, document, reference.clause, day))
            elif len(found) > 1:
                problems.append((document.path, _mismatch(document, "repealed_by", reference, found, index)))
        edges += _citations(document, index)
    return edges, problems


def _citations(document: Document, index: ReferenceIndex) -> Iterator[Edge]:
    seen: set[str] = set()
    for citation in document.page.citations:
        target = index.by_number(citation.text)
        if target and target.path != document.path and target.id not in seen:
            seen.add(target.id)
            yield Edge(document, RelationKind.CITES, target)


def _mismatch(
    document: Document, key: str, reference: Reference, found: list[Document], index: ReferenceIndex
) -> Problem:
    line = document.page.line_of(key)
    if len(found) > 1:
        places = "、".join(other.path for other in found[:4])
        return Problem(
            "F009", f"“{reference.text}”对应 {len(found)} 个文件：{places}", "改用编号（id）指明是哪一个", line, key
        )
    if found:
        return Problem("F009", f"“{reference.text}”就是本文件自己", f"“{label_of(key)}”要写另一个文件", line, key)
    near = index.nearest(reference.text)
    hint = f"是不是“{near}”？" if near else "写站内文件的编号、索引号或文号。"
    if key in {"based_on", "repeals", "amends"}:
        hint += "站外的文件写在正文里即可，不用在这里写"
    return Problem("F009", f"“{reference.text}”在站内没有对应的文件", hint, line, key)


def _has_clause(target: Document, clause: str) -> bool:
    """Whether a text has every clause that a reference names; a paragraph or item of one goes by its clause."""
    anchors = target.page.anchors
    return all(
        found in anchors or any(anchor.endswith(f"-{found}") for anchor in anchors)
        for found in CLAUSE_NAME.findall(clause)
    )


def _no_clause(document: Document, key: str, reference: Reference, target: Document) -> Problem:
    line = document.page.line_of(key)
    return Problem(
        "F009",
        f"{target.path} 里没有“{reference.clause}”",
        "核对条号；条款在正文里要自成一段，以“第几条”开头",
        line,
        key,
    )


def relations_of(
    edges: Iterable[Edge], documents: Iterable[Document], index: ReferenceIndex
) -> Mapping[str, tuple[Relation, ...]]:
    """Return both sides of every edge by source file, without repetitions, plus the acts outside the site."""
    sides: dict[str, dict[Relation, None]] = defaultdict(dict)
    for edge in edges:
        since = edge.since or effect_day(edge.source)
        sides[edge.source.path][Relation(edge.kind, edge.target.id, edge.clause, since)] = None
        sides[edge.target.path][Relation(edge.kind.inverse, edge.source.id, edge.clause, since)] = None
    for document in documents:
        for reference in document.references("repealed_by"):
            if not index.find(reference.text):
                day = document.date("repealed_on")
                act = Relation(RelationKind.REPEALED_BY, "", reference.clause, day, outside=reference.text)
                sides[document.path][act] = None
    return {path: tuple(found) for path, found in sides.items()}
