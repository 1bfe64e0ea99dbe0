"""The page for addresses that do not exist; since it is served at any address, its links start from ``base_url``."""

from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import View, Words


class NotFoundPage(PageMaker):
    """Make ``404.html``."""

    kinds = (PageKind.NOT_FOUND,)

    def __init__(self, config: SiteConfig, words: Words) -> None:
        self._config = config
        self._words = words

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.NOT_FOUND, "404.html", "404.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows."""
        context = page_context(self._config, self._words.not_found.title, page.address)
        return {**context, "root": self._config.site.base_path, "canonical": ""}
