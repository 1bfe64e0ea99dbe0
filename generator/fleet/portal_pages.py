"""The pages of the portal: home, the list of sites, consultations, browsing and search."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Column, Document, Site
from generator.domain.vocabulary import ConsultationState, SiteFolder
from generator.publish.data.page_metadata import column_metas
from generator.publish.pages.accessibility_page import AccessibilityPage
from generator.publish.pages.browse_groups import AUDIENCE, DIMENSIONS, THEME
from generator.publish.pages.browse_pages import BrowsePages
from generator.publish.pages.information_box import InformationBox
from generator.publish.pages.linked_documents import list_item
from generator.publish.pages.listings import Listings
from generator.publish.pages.not_found_page import NotFoundPage
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.pages.pagination import pager
from generator.publish.pages.register_pages import RegisterPages
from generator.publish.pages.search_page import SearchPage
from generator.publish.pages.status_line import days_left
from generator.publish.theme.environment import Theme, View, Words

CONSULTATIONS = "consultations"
_SITES = SiteFolder.CATALOGUE.value  # the foot of every page leads there
_NEWEST, _GROUPS = 20, 8


class PlatformSite(NamedTuple):
    """One site of the platform, with the number of its documents."""

    id: str
    agency: str
    title: str
    base_url: str
    documents: int


def portal_makers(
    site: Site, config: SiteConfig, theme: Theme, sites: Sequence[PlatformSite], *, is_searched: bool
) -> tuple[PageMaker, ...]:
    """Return the makers of all pages; without ``is_searched`` the search page leads to the search of each site."""
    words = theme.words
    nothing = replace(site, documents=())
    registers = RegisterPages(nothing, config, words, InformationBox(nothing, config, words))  # they are on the sites
    browse = BrowsePages(site, config, words, Listings(site, config, words), registers)
    search = PortalSearch(site, config, words) if is_searched else SearchElsewhere(config, words, sites)
    return (
        PortalHome(site, config, words, browse),
        SitesPage(config, words, sites),
        ConsultationsPage(site, config, words),
        browse,
        search,
        NotFoundPage(config, words),
        AccessibilityPage(config, theme),
    )


def portal_navigation(words: Words) -> list[View]:
    """Return the entries of the navigation."""
    return [
        {"id": _SITES, "title": words.portal.sites, "address": f"{_SITES}/"},
        {"id": CONSULTATIONS, "title": words.portal.consultations, "address": f"{CONSULTATIONS}/"},
    ]


class PortalHome(PageMaker):
    """Make the home page: search, open consultations, themes and audiences, what is new, the sites."""

    kinds = (PageKind.HOME,)

    def __init__(self, site: Site, config: SiteConfig, words: Words, browse: BrowsePages) -> None:
        self._site, self._config, self._words, self._browse = site, config, words, browse

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.HOME, "home.html", "index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows."""
        words = self._words.portal
        newest = [list_item(document, self._words) for document in self._site.documents[:_NEWEST]]
        return {
            **page_context(self._config, self._config.site.name, page.address, ""),
            "services": [],
            "groups": [
                {
                    "title": self._words.browse[dimension.key],
                    "address": f"{dimension.folder}/",
                    "key": dimension.key,
                    "entries": groups,
                }
                for dimension in (THEME, AUDIENCE)
                if (groups := self._browse.popular(dimension, _GROUPS))
            ],
            "open": [
                {"title": one.title, "address": one.address, "closes": str(one.date("closes_on")), "left": left}
                for one in open_consultations(self._site)
                if (left := days_left(one, self._site.day, self._words))
            ],
            "parts": [
                {"title": words.sites, "address": f"{_SITES}/", "description": ""},
                {"title": words.consultations, "address": f"{CONSULTATIONS}/", "description": ""},
                {"title": self._words.browse.title, "address": f"{SiteFolder.BROWSE}/", "description": ""},
            ],
            "blocks": [{"title": words.newest, "address": f"{SiteFolder.BROWSE}/", "entries": newest}],
            "lists": [
                {"title": self._words.browse[one.key], "address": f"{one.folder}/", "count": ""}
                for one in DIMENSIONS
                if self._browse.popular(one, 1)
            ],
            "catalogues": [],
        }


def open_consultations(site: Site) -> list[Document]:
    """Return the consultations that are open, the one that closes first in front."""
    found = [one for one in site.documents if one.consultation_state is ConsultationState.OPEN]
    return sorted(found, key=lambda one: (str(one.date("closes_on") or "9999"), one.id))


class SitesPage(PageMaker):
    """Make the list of the sites, each with its body and the number of its documents."""

    kinds = (PageKind.CATALOGUE,)

    def __init__(self, config: SiteConfig, words: Words, sites: Sequence[PlatformSite]) -> None:
        self._config, self._words, self._sites = config, words, sites

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.CATALOGUE, "list.html", f"{_SITES}/index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows."""
        words = self._words.portal
        children = [
            {
                "title": one.agency,
                "address": one.base_url,
                "description": one.title,
                "count": words.documents.format(count=one.documents),
                "day": "",
            }
            for one in self._sites
        ]
        return {
            **_list(self._config, page, words.sites, _SITES),
            "note": words.sites_note.format(count=len(self._sites)),
            "children": children,
            "empty": "",
        }


class ConsultationsPage(PageMaker):
    """Make the list of the consultations that are open on any site, or to come."""

    kinds = (PageKind.COLUMN,)

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site, self._config, self._words = site, config, words

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.COLUMN, "list.html", f"{CONSULTATIONS}/index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows."""
        words = self._words.portal
        pending = [one for one in self._site.documents if one.consultation_state is ConsultationState.UPCOMING]
        groups = [
            {"title": title, "entries": [list_item(one, self._words) for one in documents]}
            for title, documents in (
                (words.consultations_open, open_consultations(self._site)),
                (words.consultations_pending, pending),
            )
            if documents
        ]
        return {
            **_list(self._config, page, words.consultations, CONSULTATIONS),
            "note": words.consultations_note,
            "groups": groups,
            "empty": words.consultations_empty,
        }


class PortalSearch(SearchPage):
    """Make the search page over all sites; without a script it leads to the lists."""

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows before its script runs."""
        lists = [{"title": self._words.browse[one.key], "address": f"{one.folder}/"} for one in (THEME,)]
        return {**super().view(page), "lists": [*lists, *portal_navigation(self._words)]}


class SearchElsewhere(PageMaker):
    """Make a page in the place of the search, where a platform is too large for it: it leads to that of each site."""

    kinds = (PageKind.SEARCH,)

    def __init__(self, config: SiteConfig, words: Words, sites: Sequence[PlatformSite]) -> None:
        self._config, self._words, self._sites = config, words, sites

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.SEARCH, "list.html", f"{SiteFolder.SEARCH}/index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows."""
        children = [
            {"title": one.agency, "address": f"{one.base_url}search/", "description": one.title, "count": "", "day": ""}
            for one in self._sites
        ]
        return {
            **_list(self._config, page, self._words.search.title, SiteFolder.SEARCH.value),
            "note": self._words.portal.search_elsewhere,
            "children": children,
            "empty": "",
        }


def _list(config: SiteConfig, page: PageSpec, title: str, current: str) -> View:
    context = page_context(config, title, page.address, current)
    column = Column(current, title, current, "", "政策文件", title, fixed=True)
    return {
        **context,
        "metas": [*context["metas"], *column_metas(config, column)],
        "crumbs": [{"title": title, "address": ""}],
        "links": [],
        "intro": False,
        "request": None,
        "children": [],
        "groups": [],
        **pager(current, 1, 1),
    }
