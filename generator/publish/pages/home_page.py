"""The home page: the newest of each kind, the fixed columns, the catalogue."""

from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.publish.pages.catalogue_pages import CataloguePages
from generator.publish.pages.linked_documents import list_item
from generator.publish.pages.listings import VALIDITY_LISTS, Listings, ListMaker
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageSpec
from generator.publish.theme.environment import View, Words

_MAX_ENTRIES = 8
_BLOCKS = (
    ("latest_policies", "policies"),
    ("latest_interpretations", "interpretations"),
    ("consultations", "consultations"),
    ("notices", "notices"),
)


class HomePage(ListMaker):
    """Make the home page."""

    kinds = (PageKind.HOME,)

    def __init__(
        self, site: Site, config: SiteConfig, words: Words, listings: Listings, catalogue: CataloguePages
    ) -> None:
        super().__init__(site, config, words, listings)
        self._catalogue = catalogue

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.HOME, "home.html", "index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the home page shows."""
        columns, entries, words = self._site.column, self._listings.of_column, self._words.lists
        return {
            **page_context(self._config, self._config.site.name, page.address, ""),
            "parts": [
                {"title": column.title, "address": column.folder + "/", "description": column.description}
                for column in self._site.columns
                if not column.parent and column.fixed
            ],
            "blocks": [
                {
                    "title": self._words.home[name],
                    "address": columns[key].folder + "/",
                    "entries": [list_item(document, self._words) for document in entries[key][:_MAX_ENTRIES]],
                }
                for name, key in _BLOCKS
                if entries[key]
            ],
            "lists": [
                {
                    "title": words[key],
                    "address": f"{key}/",
                    "count": words.count.format(count=len(self._listings.by_validity[key])),
                }
                for key in VALIDITY_LISTS
            ],
            "catalogues": self._catalogue.links(),
        }
