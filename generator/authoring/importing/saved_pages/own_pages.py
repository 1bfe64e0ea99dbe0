"""Pages that gongkai itself built: their kind, their relations, and what it adds to a text."""

import re
from collections.abc import Iterator

from lxml import etree

from generator.authoring.importing.saved_pages.tree import (
    tokens_of,
)
from generator.domain.numerals import ORDINAL
from generator.domain.vocabulary import Kind

_OWN_RELATIONS = (
    "interprets",
    "repeals",
    "amends",
    "replaces",
    "based_on",
    "suspends",
    "resumes",
    "renews",
    "responds_to",
)
_CLAUSE = re.compile(rf"[^第]{{0,80}}(第{ORDINAL}条(?:、第{ORDINAL}条)*)")
_OWN_ADDITIONS = (
    "anchor",
    "disclosure-note",
    "clause-note",
    "clause-status",
    "clause-badge",
    "part-facts",
    "notices",
    "notice",
    "note",
)


def own_article(root: etree._Element) -> etree._Element | None:
    """Return the article of a page that gongkai built; ``None`` for another page."""
    articles: list[etree._Element] = root.xpath("//article[@data-id and @data-kind]")
    return articles[0] if articles else None


def own_kind(own: etree._Element | None) -> Kind | None:
    """Return the kind that a page declares."""
    return Kind.parse(own.get("data-kind") or "") if own is not None else None


def additions_of(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what gongkai adds to a text: anchors, notices, facts of parts, interpretations of clauses."""
    yield from (one for one in element.iter(etree.Element) if set(tokens_of(one)) & set(_OWN_ADDITIONS))


def relations_of(own: etree._Element | None) -> dict[str, list[tuple[str, str]]]:
    """Return the addresses and clauses that each relation of a page names."""
    relations: dict[str, list[tuple[str, str]]] = {}
    if own is not None:
        for link in own.iter("a"):
            if (name := link.get("data-relation") or "") in _OWN_RELATIONS and (href := link.get("href")):
                clause = _CLAUSE.match(link.tail or "")
                relations.setdefault(name, []).append((href, clause[1] if clause else ""))
    return {name: list(dict.fromkeys(targets)) for name, targets in relations.items()}
