"""The pages of the columns: an introduction, the columns below, and the documents."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from generator.config.load import SiteConfig
from generator.domain.model import Column, Document, Site
from generator.domain.vocabulary import ConsultationState
from generator.publish.data.page_metadata import column_metas
from generator.publish.pages.catalogue_pages import CataloguePages
from generator.publish.pages.listings import Listings, ListMaker
from generator.publish.pages.page_context import page_context, page_title
from generator.publish.pages.page_maker import PageKind, PageSpec, numbered_pages
from generator.publish.pages.pagination import pager
from generator.publish.pages.request_page import COLUMN, RequestPages
from generator.publish.pages.text_links import text_links
from generator.publish.theme.environment import View, Words


class ColumnPages(ListMaker):
    """Make the pages of every column that is shown."""

    kinds = (PageKind.COLUMN,)

    def __init__(
        self,
        site: Site,
        config: SiteConfig,
        words: Words,
        listings: Listings,
        catalogue: CataloguePages,
        request: RequestPages,
    ) -> None:
        super().__init__(site, config, words, listings)
        self._catalogue = catalogue
        self._request = request
        self._counts: dict[str, Counter[ConsultationState | None]] = {}

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages of every column that is shown."""
        for column in filter(self._listings.has_page, self._site.columns):
            total = self._listings.total(self._listings.of_column[column.id])
            yield from numbered_pages(PageKind.COLUMN, "list.html", column.folder, column.id, total)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page of a column shows; only the first page has more than documents."""
        column, entries, number = self._site.column[page.key], self._listings.of_column[page.key], page.number
        size, total, first = self._listings.page_size, self._listings.total(entries), page.number == 1
        view = page_context(self._config, column.title, page.address, column.parent or column.id)
        parent = self._site.column.get(column.parent)
        crumbs = [{"title": parent.title, "address": parent.folder + "/"}] if parent else []
        children = self._listings.children(column) if first else []
        intro = self._listings.intro(column.id) if first else None
        request = self._request.section(own_text=intro is not None) if column.id == COLUMN and first else None
        empty = self._words.lists["empty_fixed" if column.fixed else "empty"]
        return {
            **view,
            "title": page_title(column.title, number, total, self._words),
            "crumbs": [*crumbs, {"title": column.title, "address": ""}],
            "metas": [*view["metas"], *column_metas(self._config, column)],
            "note": self._note(column, len(entries)),
            "links": self._links(column),
            "intro": intro is not None,
            "request": request,
            "children": [self._child(child) for child in children],
            "groups": self._groups(column.id, entries[(number - 1) * size : number * size]),
            "empty": "" if intro or children or request else empty,
            **pager(page.folder, number, total),
            **text_links(self._site, intro.id if intro else "", self._words),
        }

    def text(self, page: PageSpec) -> str:
        """Return the text of the page that introduces the column."""
        intro = self._listings.intro(page.key) if page.number == 1 else None
        return intro.page.body if intro else ""

    def _groups(self, column: str, documents: tuple[Document, ...]) -> list[View]:
        """Return the documents of one page; consultations in groups by state, with the total of each state."""
        if column not in self._counts:
            self._counts[column] = Counter(document.consultation_state for document in self._listings.of_column[column])
        groups: list[View] = []
        for state, members in groupby(documents, key=lambda document: document.consultation_state):
            count = self._counts[column][state]
            title = self._words.lists.group.format(state=state.label, count=count) if state else ""
            groups.append({"title": title, "entries": [self._listings.entry(document) for document in members]})
        return groups

    def _note(self, column: Column, count: int) -> str:
        return column.description + (f"。{self._words.lists.count.format(count=count)}" if count else "")

    def _links(self, column: Column) -> list[View]:
        if column.id in {"guide", "statutory"}:
            return self._catalogue.links()
        return self._listings.links_to_derived() if column.id == "policies" else []

    def _child(self, column: Column) -> View:
        documents = self._site.by_column[column.id]
        newest = documents[0].published
        return {
            "title": column.title,
            "address": column.folder + "/",
            "description": column.description,
            "count": self._words.lists.count.format(count=len(documents)),
            "day": newest.isoformat() if newest else "",
        }
