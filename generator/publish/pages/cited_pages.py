"""The list of cited documents that are not on the site, each with the documents that cite it."""

from collections.abc import Iterator
from functools import cached_property

from generator.domain.model import Document, OutsideDocument
from generator.domain.vocabulary import SiteFolder
from generator.publish.pages.linked_documents import list_item
from generator.publish.pages.listings import ListMaker
from generator.publish.pages.page_context import page_context, page_title
from generator.publish.pages.page_maker import PageKind, PageSpec, numbered_pages
from generator.publish.pages.pagination import pager
from generator.publish.theme.environment import View


class CitedPages(ListMaker):
    """Make the pages of the list of cited documents outside the site."""

    kinds = (PageKind.CITED,)

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages of the list."""
        total = self._listings.total([*self._outside])
        yield from numbered_pages(PageKind.CITED, "cited.html", SiteFolder.CITED, SiteFolder.CITED, total)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page of the list shows."""
        words, size, number = self._words.lists, self._listings.page_size, page.number
        total = self._listings.total([*self._outside])
        return {
            **page_context(self._config, words.cited, page.address),
            "title": page_title(words.cited, number, total, self._words),
            "crumbs": [{"title": words.cited, "address": ""}],
            "links": self._listings.links_beside(SiteFolder.CITED),
            "note": words.cited_note.format(count=len(self._outside)),
            "entries": [
                {**outside._asdict(), "by": [list_item(document, self._words) for document in documents]}
                for outside, documents in self._outside[(number - 1) * size : number * size]
            ],
            **pager(page.folder, number, total),
        }

    @cached_property
    def _outside(self) -> list[tuple[OutsideDocument, list[Document]]]:
        """The outside documents in the order of their numbers, each with the documents that cite it."""
        titles: dict[str, str] = {}
        citing_by_number: dict[str, list[Document]] = {}
        for document in self._site.documents:
            for outside in self._site.cited[document.id].outside:
                titles[outside.number] = titles.get(outside.number) or outside.title
                citing_documents = citing_by_number.setdefault(outside.number, [])
                if citing_documents[-1:] != [document]:
                    citing_documents.append(document)
        return [
            (OutsideDocument(number, titles[number]), citing_documents)
            for number, citing_documents in sorted(citing_by_number.items())
        ]
