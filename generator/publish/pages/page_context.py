"""The page context: what every page shows around its own contents."""

from generator.config.load import SiteConfig
from generator.publish.data.page_metadata import site_metas
from generator.publish.theme.environment import View, Words


def root_of(address: str) -> str:
    """Return the relative path from an address to the root of the site."""
    return "../" * address.count("/")


def page_context(config: SiteConfig, title: str, address: str, current: str = "-") -> View:
    """Return the page context; ``current`` is the id of the highlighted column of the navigation."""
    return {
        "title": title,
        "heading": title,
        "root": root_of(address),
        "current": current,
        "crumbs": [],
        "metas": site_metas(config),
        "canonical": config.site.base_url + address,
        "targets": {},
        "cited": {},
    }


def page_title(title: str, number: int, total: int, words: Words) -> str:
    """Return the title of one page of a list, with the page number from the second page on."""
    if number == 1:
        return title
    return f"{title}（{words.lists.page_of.format(number=number, total=total)}）"
