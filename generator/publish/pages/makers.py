"""The makers of all pages of a site, in the order in which its pages are listed."""

from collections.abc import Mapping

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.publish.pages.accessibility_page import AccessibilityPage
from generator.publish.pages.browse_pages import BrowsePages
from generator.publish.pages.catalogue_pages import CataloguePages
from generator.publish.pages.cited_pages import CitedPages
from generator.publish.pages.column_pages import ColumnPages
from generator.publish.pages.comparison_pages import ComparisonPages
from generator.publish.pages.document_page import DocumentPages
from generator.publish.pages.home_page import HomePage
from generator.publish.pages.information_box import InformationBox
from generator.publish.pages.listings import Listings
from generator.publish.pages.not_found_page import NotFoundPage
from generator.publish.pages.page_maker import PageKind, PageMaker
from generator.publish.pages.redirect_pages import RedirectPages
from generator.publish.pages.register_pages import RegisterPages
from generator.publish.pages.relations_page import RelationsPages
from generator.publish.pages.request_page import RequestPages
from generator.publish.pages.search_page import SearchPage
from generator.publish.pages.validity_pages import ValidityPages
from generator.publish.pages.version_pages import VersionPages
from generator.publish.pages.withdrawn_pages import WithdrawnPages
from generator.publish.theme.environment import Theme

NOT_IN_SITEMAP = frozenset(
    {
        PageKind.NOT_FOUND,
        PageKind.DOCUMENT,
        PageKind.HISTORY,
        PageKind.VERSION,
        PageKind.WITHDRAWN,
        PageKind.REDIRECT,
    }
)
"""Kinds of pages that the sitemap leaves out, or, for documents, lists separately with their dates."""


def page_makers(site: Site, config: SiteConfig, theme: Theme) -> tuple[PageMaker, ...]:
    """Return the makers, which together make every kind of page."""
    words = theme.words
    listings = Listings(site, config, words)
    catalogue = CataloguePages(site, config, words)
    box = InformationBox(site, config, words)
    registers = RegisterPages(site, config, words, box)
    browse = BrowsePages(site, config, words, listings, registers)
    request = RequestPages(site, config, theme)
    documents = DocumentPages(site, config, words, box)
    return (
        HomePage(site, config, words, listings, catalogue, browse),
        ColumnPages(site, config, words, listings, catalogue, request),
        ValidityPages(site, config, words, listings),
        CitedPages(site, config, words, listings),
        browse,
        registers,
        RelationsPages(site, config, words, listings),
        catalogue,
        request,
        SearchPage(site, config, words),
        NotFoundPage(config, words),
        AccessibilityPage(config, theme),
        documents,
        ComparisonPages(site, config, words),
        VersionPages(site, config, words, documents),
        WithdrawnPages(site, config, words, listings),
        RedirectPages(site, config, words),
    )


def by_kind(makers: tuple[PageMaker, ...]) -> Mapping[PageKind, PageMaker]:
    """Return the maker of each kind."""
    return {kind: maker for maker in makers for kind in maker.kinds}
