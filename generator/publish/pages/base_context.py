"""What all pages that are no documents have in common: which they are, and the frame around what they show."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.config.load import SiteConfig
from generator.publish.data.page_metadata import site_metas
from generator.publish.theme.environment import View


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page that is no document: its template, its path in the output, and how to get its view.

    ``key`` is a column id, ``effective``, ``repealed``, ``cited``, ``relations``, ``home``, ``search``, ``404``,
    ``catalogue``, ``items``, the folder of an item, or the template of the form of 依申请公开.
    """

    template: str
    path: str
    key: str
    number: int = 1

    @property
    def address(self) -> str:
        """Where the page lies under the site's root."""
        return self.path.removesuffix("index.html")


def numbered(template: str, folder: str, key: str, total: int) -> Iterator[ListPage]:
    """Yield the pages of one list; the second is ``index-2.html``, so no id can collide with it."""
    for number in range(1, total + 1):
        name = "index.html" if number == 1 else f"index-{number}.html"
        yield ListPage(template, f"{folder}/{name}", key, number)


def pages_needed(entries: int, size: int) -> int:
    """Return how many pages a list of so many entries has; an empty one has a page too."""
    return max(1, -(-entries // size))


def root_of(address: str) -> str:
    """Return the relative way from an address to the site's root."""
    return "../" * address.count("/")


def frame(config: SiteConfig, title: str, address: str, current: str = "-") -> View:
    """Return what every page shows around its own; ``current`` is the column of the navigation."""
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
