"""The home page: services, popular themes, open consultations, the newest of each kind, fixed columns, catalogue."""

from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.domain.vocabulary import Kind
from generator.publish.data.calendar import CALENDAR
from generator.publish.pages.browse_groups import AUDIENCE, THEME
from generator.publish.pages.browse_pages import BrowsePages
from generator.publish.pages.catalogue_pages import CataloguePages
from generator.publish.pages.linked_documents import list_item
from generator.publish.pages.listings import VALIDITY_LISTS, Listings, ListMaker
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageSpec
from generator.publish.pages.request_page import COLUMN
from generator.publish.pages.status_line import days_left
from generator.publish.text.phones import find_phones
from generator.publish.theme.environment import View, Words

_MAX_ENTRIES = 8
_MAX_GROUPS = 6
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
        self,
        site: Site,
        config: SiteConfig,
        words: Words,
        listings: Listings,
        catalogue: CataloguePages,
        browse: BrowsePages,
    ) -> None:
        super().__init__(site, config, words, listings)
        self._catalogue = catalogue
        self._browse = browse

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.HOME, "home.html", "index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the home page shows."""
        columns, entries, words = self._site.column, self._listings.of_column, self._words.lists
        return {
            **page_context(self._config, self._config.site.name, page.address, ""),
            "services": list(self._services()),
            "groups": [
                {
                    "title": self._words.browse[dimension.key],
                    "address": f"{dimension.folder}/",
                    "key": dimension.key,
                    "entries": groups,
                }
                for dimension in (THEME, AUDIENCE)
                if (groups := self._browse.popular(dimension, _MAX_GROUPS))
            ],
            "open": list(self._open_consultations()),
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

    def _services(self) -> Iterator[View]:
        """Yield what people come for most: the phone, 依申请公开, the newest annual report, the calendar."""
        words = self._words.home
        number = self._config.site.phone
        for phone in find_phones(number, f"{self._words.site.phone}："):
            title = words.phone.format(number=number[phone.begin : phone.end])
            yield {"title": title, "address": f"tel:{phone.dialled}", "kind": "phone"}
        yield {"title": words.apply, "address": self._site.column[COLUMN].folder + "/", "kind": "apply"}
        report = next((one for one in self._site.documents if one.kind is Kind.REPORT), None)
        if report:
            yield {"title": words.report, "address": report.address, "kind": "report"}
        yield {"title": words.calendar, "address": CALENDAR, "kind": "calendar"}

    def _open_consultations(self) -> Iterator[View]:
        """Yield the consultations that are open, the one that closes first in front, with the days that are left."""
        for document in self._listings.of_column["consultations"]:
            closes = document.date("closes_on")
            if closes and (left := days_left(document, self._site.day, self._words)):
                yield {
                    "title": document.title,
                    "address": document.address,
                    "closes": closes.isoformat(),
                    "left": left,
                }
