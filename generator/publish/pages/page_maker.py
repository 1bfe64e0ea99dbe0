"""The base class of page makers, and the specification of one page."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from generator.publish.theme.environment import View

DOCUMENT_TEMPLATE, GROUP_TEMPLATE, COMPARISON_TEMPLATE = "document.html", "group.html", "compare.html"


class PageKind(StrEnum):
    """The kinds of pages; each is made by one maker."""

    HOME = "home"
    COLUMN = "column"
    VALIDITY = "validity"
    CITED = "cited"
    BROWSE = "browse"
    GROUP = "group"
    RELATIONS = "relations"
    CATALOGUE = "catalogue"
    ITEMS = "items"
    ITEM = "item"
    REQUEST_FORM = "request_form"
    REGISTER = "register"
    SEARCH = "search"
    NOT_FOUND = "not_found"
    ACCESSIBILITY = "accessibility"
    DOCUMENT = "document"
    COMPARISON = "comparison"
    HISTORY = "history"
    VERSION = "version"
    WITHDRAWN = "withdrawn"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its kind, its template and its path in the output.

    ``key`` names it among the pages of its kind (a column's id, a document's id, an item's folder …), ``number`` is
    its place in a list of several pages, counted from 1; ``version`` is the name of an earlier version.
    """

    kind: PageKind
    template: str
    path: str
    key: str = ""
    number: int = 1
    version: str = ""

    @property
    def address(self) -> str:
        """The percent-encoded address of the page under the site's root."""
        return quote(self.path.removesuffix("index.html"))

    @property
    def folder(self) -> str:
        """The folder of the page in the output."""
        return self.path.rpartition("/")[0]


class PageMaker(ABC):
    """Make the pages of one kind, or of a few that belong together; every process has its own."""

    kinds: tuple[PageKind, ...]

    @abstractmethod
    def pages(self) -> Iterator[PageSpec]:
        """Yield every page of these kinds, in a fixed order."""

    @abstractmethod
    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows, except its text, as plain data."""

    def text(self, page: PageSpec) -> str:
        """Return the cache key of the text that a page shows, empty for none."""
        return ""

    def data(self, page: PageSpec) -> Iterator[tuple[str, bytes]]:
        """Yield the data files beside one page: path and bytes."""
        yield from ()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that belong to all pages of these kinds: path and bytes."""
        yield from ()


def numbered_pages(kind: PageKind, template: str, folder: str, key: str, total: int) -> Iterator[PageSpec]:
    """Yield the pages of one list; the second one is ``index-2.html``, a name that no id can have."""
    for number in range(1, total + 1):
        name = "index.html" if number == 1 else f"index-{number}.html"
        yield PageSpec(kind, template, f"{folder}/{name}", key, number)


def page_count(entries: int, size: int) -> int:
    """Return the number of pages of a list with ``size`` entries a page; an empty list has one page."""
    return max(1, -(-entries // size))
