"""The pages at former addresses (旧网址), which lead to the present one, and the same as a table for the server."""

from collections.abc import Iterator
from urllib.parse import quote

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.graph.aliases import alias_file
from generator.publish.data.redirect_map import PATH, redirect_map
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import View, Words


class RedirectPages(PageMaker):
    """Make a page for every former address without a query, and ``redirects.map``."""

    kinds = (PageKind.REDIRECT,)

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._targets = {alias_file(one.path): one.target for one in site.redirects if not one.query}

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages, sorted by path."""
        for path in sorted(self._targets):
            yield PageSpec(PageKind.REDIRECT, "redirect.html", path, path)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows; the title of the document is not on it."""
        target = quote(self._targets[page.key])
        context = page_context(self._config, self._words.redirect.title, page.address)
        return {
            **context,
            "metas": [*context["metas"], ("robots", "noindex")],
            "canonical": self._config.site.base_url + target,
            "target": context["root"] + target,
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the table for the server, where there are former addresses."""
        if self._site.redirects:
            yield PATH, redirect_map(self._site.redirects, self._config.site.base_path)
