"""无障碍声明: what the pages support, what they do not, when they were tested, and whom to call."""

from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.domain.vocabulary import SiteFolder
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import Theme, View


class AccessibilityPage(PageMaker):
    """Make ``accessibility/``."""

    kinds = (PageKind.ACCESSIBILITY,)

    def __init__(self, config: SiteConfig, theme: Theme) -> None:
        self._config = config
        self._words = theme.words
        self._theme = theme

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.ACCESSIBILITY, "accessibility.html", f"{SiteFolder.ACCESSIBILITY}/index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows."""
        words = self._words.accessibility
        title = self._words.site.accessibility
        tested = self._theme.tokens["accessibility"]
        year, month, day = tested["tested-on"].split("-")
        return {
            **page_context(self._config, title, page.address),
            "crumbs": [{"title": title, "address": ""}],
            "intro": words.intro.format(agency=self._config.site.agency),
            "groups": [
                {"id": name, "title": words[name], "lines": _lines(words, name)}
                for name in ("supported", "aids", "keys", "limits")
            ],
            "tested": words.tested.format(
                day=f"{year}年{int(month)}月{int(day)}日", tools=tested["tools"], modes=tested["modes"]
            ),
            "result": words.result_default if self._theme.is_default else words.result_own,
        }


def _lines(words: View, name: str) -> list[str]:
    """Return the words ``name_1``, ``name_2`` … of a group."""
    return [words[key] for key in words if key.startswith(f"{name}_")]
