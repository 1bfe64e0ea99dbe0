"""The pages at the addresses of documents that were taken off the site: when and why, and nothing else of them."""

from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.publish.data.page_metadata import column_metas
from generator.publish.pages.listings import Listings
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import View, Words


class WithdrawnPages(PageMaker):
    """Make the page of every withdrawn address."""

    kinds = (PageKind.WITHDRAWN,)

    def __init__(self, site: Site, config: SiteConfig, words: Words, listings: Listings) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._listings = listings
        self._withdrawn = {document.address: document for document in site.withdrawn}

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages, sorted by address."""
        for address in sorted(self._withdrawn):
            yield PageSpec(PageKind.WITHDRAWN, "withdrawn.html", f"{address}index.html", address)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows."""
        document = self._withdrawn[page.key]
        column = self._site.column[document.column]
        words = self._words.withdrawn
        context = page_context(self._config, words.title, page.address, column.parent or column.id)
        address = f"{column.folder}/" if self._listings.has_page(column) else ""  # an empty column may have no page
        return {
            **context,
            "metas": [*context["metas"], *column_metas(self._config, column), ("robots", "noindex, noarchive")],
            "crumbs": [
                *([{"title": column.title, "address": address}] if address else []),
                {"title": words.title, "address": ""},
            ],
            "text": words.text.format(day=document.withdrawal.on.isoformat()),
            "reason": document.withdrawal.reason,
            "day": document.withdrawal.on.isoformat(),
            "column": {"title": column.title, "address": address},
        }
