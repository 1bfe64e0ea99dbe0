"""The search page and the choices of its filters."""

import json
from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.domain.vocabulary import Kind, PostingState, SiteFolder, Status
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import View, Words


class SearchPage(PageMaker):
    """Make the search page."""

    kinds = (PageKind.SEARCH,)

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._words = words

    def pages(self) -> Iterator[PageSpec]:
        """Yield the one page."""
        yield PageSpec(PageKind.SEARCH, "search.html", f"{SiteFolder.SEARCH}/index.html")

    def view(self, page: PageSpec) -> View:
        """Return everything that the page shows before its script runs."""
        return _search_view(page, self._site, self._config, self._words)


def _search_view(page: PageSpec, site: Site, config: SiteConfig, words: Words) -> View:
    """Return the view of the search page: the filters with the values of this site, and the words of its script."""
    search_words = words.search
    everything = {"value": "", "label": search_words.all}
    years = sorted({document.published.year for document in site.documents if document.published}, reverse=True)
    kinds = sorted({document.kind for document in site.documents}, key=list(Kind).index)
    columns = [column for column in site.columns if site.by_column[column.id]]
    facets = [
        ("kind", search_words.kind, [(kind.value, kind.label) for kind in kinds]),
        ("column", search_words.column, [(column.id, column.title) for column in columns]),
        ("year", search_words.year, [(str(year), str(year)) for year in years]),
        ("status", search_words.status, [(status.value, status.label) for status in Status]),
    ]
    options = [
        {
            "name": name,
            "label": label,
            "options": [everything, *({"value": value, "label": text} for value, text in choices)],
        }
        for name, label, choices in facets
    ]
    options.append(
        {
            "name": "sort",
            "label": search_words.sort,
            "options": [
                {"value": "", "label": search_words.by_relevance},
                {"value": "date", "label": search_words.by_date},
            ],
        }
    )
    messages = {key: search_words[key] for key in ("searching", "found", "found_words", "none", "failed", "start")}
    labels = {
        "statuses": {state.value: state.label for state in (*Status, PostingState.ENDED)},
        "kinds": {kind.value: kind.label for kind in Kind},
        "marks": dict(words.marks),
    }
    lists = [{"title": column.title, "address": column.folder + "/"} for column in columns]
    return {
        **page_context(config, search_words.title, page.address),
        "crumbs": [{"title": search_words.title, "address": ""}],
        "facets": options,
        "words": json.dumps(messages | labels, ensure_ascii=False, sort_keys=True),
        "lists": lists,
    }
