"""The list of all relations of the site, for auditors: a table in pages, and a JSON table for its filter."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from generator.config.load import SiteConfig
from generator.domain.model import Document, ForeignDocument, Relation, Site
from generator.domain.vocabulary import RelationKind, SiteFolder, Status
from generator.publish.data.api_relations import stored_relations
from generator.publish.pages.linked_documents import badges, public_document, title_marks
from generator.publish.pages.listings import Listings
from generator.publish.pages.page_context import page_context, page_title
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec, numbered_pages
from generator.publish.pages.pagination import pager
from generator.publish.theme.environment import View, Words

TABLE = f"{SiteFolder.RELATIONS}/table.json"
ROWS = 100  # on one page; the script shows as many at once
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class RelationsPages(PageMaker):
    """Make the pages of the list of relations and the table for its filter."""

    kinds = (PageKind.RELATIONS,)

    def __init__(self, site: Site, config: SiteConfig, words: Words, listings: Listings) -> None:
        self._config = config
        self._words = words
        self._listings = listings
        self._relation_table = RelationTable(site, words)

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages of the list."""
        folder = SiteFolder.RELATIONS
        yield from numbered_pages(PageKind.RELATIONS, "relations.html", folder, "", self._relation_table.pages)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page of the list shows."""
        words, total, rows = self._words.lists, self._relation_table.pages, self._relation_table.view(page.number)
        return {
            **page_context(self._config, words.relations, page.address),
            **rows,
            "title": page_title(words.relations, page.number, total, self._words),
            "crumbs": [{"title": words.relations, "address": ""}],
            "links": self._listings.links_beside(SiteFolder.RELATIONS),
            "note": words.relations_note.format(count=rows["count"]),
            **pager(page.folder, page.number, total),
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the table for the filter."""
        yield TABLE, self._relation_table.table()


class RelationTable:
    """Every relation between public documents or to an act outside the site, once, newest source first.

    A citation is left out where the same two documents have another relation as well, as on their pages.
    """

    def __init__(self, site: Site, words: Words) -> None:
        self._site = site
        self._words = words

    @cached_property
    def _edges(self) -> list[tuple[Document, Relation]]:
        edges = list(stored_relations(self._site))
        strongly_related = {
            (source.id, edge.target, edge.foreign) for source, edge in edges if edge.kind is not RelationKind.CITES
        }
        return [
            (source, edge)
            for source, edge in edges
            if edge.kind is not RelationKind.CITES or (source.id, edge.target, edge.foreign) not in strongly_related
        ]

    @property
    def pages(self) -> int:
        """The number of pages of the table."""
        return max(1, -(-len(self._edges) // ROWS))

    def view(self, number: int) -> View:
        """Return the rows of one page, counted from 1, and the choices of the filter."""
        start = (number - 1) * ROWS
        return {
            "count": len(self._edges),
            "rows": [self._row(*edge) for edge in self._edges[start : start + ROWS]],
            "facets": self._choices if self._edges else [],
            "table": TABLE,
            "rows_most": ROWS,
        }

    def _row(self, source: Document, relation: Relation) -> View:
        source_end, target = self._ends(source, relation)
        foreign = relation.foreign
        state = target.status if target else foreign.status if foreign else None
        return {
            "day": source.published.isoformat() if source.published else "",
            "source": source_end.title,
            "address": source_end.address,
            "badges": badges(source_end, self._words),
            "label": relation.kind.label,
            "target": target.title if target else relation.outside,
            "target_address": target.address if target else foreign.url if foreign else "",
            "clause": relation.clause,
            "status": state.value if state else "",
            "status_label": state.label if state else "",
            "marks": title_marks(target, self._words) if target else [],
        }

    def _ends(self, source: Document, relation: Relation) -> tuple[Document, Document | None]:
        """Return source and target of a relation, or the parts it names; an outside target is ``None``."""
        if not relation.target:
            return self._document_or_part(source.id, relation), None
        return source, self._document_or_part(relation.target, relation)

    def _document_or_part(self, document_id: str, relation: Relation) -> Document:
        return public_document(self._site, f"{document_id}#{relation.part}" if relation.part else document_id)

    @cached_property
    def _choices(self) -> list[View]:
        return list(self._facets())

    def _facets(self) -> Iterator[View]:
        words = self._words.network
        kinds = {relation.kind for _, relation in self._edges}
        years = {source.published.year for source, _ in self._edges if source.published}
        units = {unit for source, _ in self._edges for unit in source.responsible_units}
        choices: list[tuple[str, list[tuple[str, str]]]] = [
            ("kind", [(kind.value, kind.label) for kind in RelationKind if kind in kinds]),
            ("year", [(str(year), str(year)) for year in sorted(years, reverse=True)]),
            ("status", [(status.value, status.label) for status in Status]),
            ("unit", [(unit, unit) for unit in sorted(units)]),
        ]
        for name, options in choices:
            if options:
                option_views = [{"value": value, "label": label} for value, label in options]
                yield {
                    "name": name,
                    "label": words[name],
                    "options": [{"value": "", "label": words.all}, *option_views],
                }

    def table(self) -> bytes:
        """Return ``relations/table.json``: a list of documents, and the relations with list indexes."""
        indexes: dict[str, int] = {}
        documents: list[list[Any]] = []

        def index_of(document: Document) -> int:
            if document.address not in indexes:
                indexes[document.address] = len(documents)
                status = document.status.value if document.status else ""
                marks = [label for _, label in title_marks(document, self._words)]
                day = document.published.isoformat() if document.published else ""
                units = self._site.by_id[document.id.partition("#")[0]].responsible_units
                shown = badges(document, self._words)
                documents.append([document.title, document.address, day, status, list(units), marks, shown])
            return indexes[document.address]

        def index_of_foreign(foreign: ForeignDocument) -> int:
            if foreign.url not in indexes:
                indexes[foreign.url] = len(documents)
                day = foreign.day.isoformat() if foreign.day else ""
                documents.append(
                    [foreign.title, foreign.url, day, foreign.status.value if foreign.status else "", [], [], []]
                )
            return indexes[foreign.url]

        def row(source: Document, relation: Relation) -> list[Any]:
            source_end, target = self._ends(source, relation)
            return [
                relation.kind.value,
                index_of(source_end),
                index_of(target)
                if target
                else index_of_foreign(relation.foreign)
                if relation.foreign
                else relation.outside,
                relation.clause,
            ]

        rows = [row(*edge) for edge in self._edges]
        data = {
            "kinds": {kind.value: kind.label for kind in RelationKind},
            "statuses": {status.value: status.label for status in Status},
            "documents": documents,
            "rows": rows,
        }
        return (_COMPACT.encode(data) + "\n").encode()
