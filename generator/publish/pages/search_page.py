"""The search page and the choices of its filters."""

import json
from collections import Counter
from collections.abc import Callable, Iterator

from generator.config.load import SiteConfig
from generator.domain.model import Document, Site
from generator.domain.vocabulary import Kind, OpennessStage, PostingState, SiteFolder, Status
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.search.fields import forms_of, shard_count, stages_of
from generator.publish.theme.environment import View, Words

IN_FORCE = "in_force"
_MESSAGES = (
    "searching", "searching_text", "found", "found_both", "found_words", "more_words", "read_as", "none", "none_ways",
    "request", "pinned", "failed", "start", "keywords",
)  # fmt: skip


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


def _same(site: Site, values_of: Callable[[Document], tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return the choices of a facet whose values are words, those of most documents first."""
    counts = Counter(value for document in site.documents for value in values_of(document))
    return [(value, value) for value, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _forms(site: Site) -> list[tuple[str, str]]:
    """Return the choices of 解读形式."""
    forms = {form.value: form.label for document in site.documents for form in forms_of(document)}
    return sorted(forms.items())


def _stages(site: Site) -> list[tuple[str, str]]:
    """Return the choices of 五公开, in their order."""
    present = {stage for document in site.documents for stage in stages_of(document)}
    return [(stage.value, stage.label) for stage in OpennessStage if stage in present]


def _search_view(page: PageSpec, site: Site, config: SiteConfig, words: Words) -> View:
    """Return the view of the search page: the filters with the values of this site, and the words of its script."""
    search_words = words.search
    everything = {"value": "", "label": search_words.all}
    years = sorted({document.published.year for document in site.documents if document.published}, reverse=True)
    kinds = sorted({document.kind for document in site.documents}, key=list(Kind).index)
    columns = [column for column in site.columns if site.by_column[column.id]]
    in_force = (IN_FORCE, search_words.in_force)
    facets = [
        ("kind", search_words.kind, [(kind.value, kind.label) for kind in kinds]),
        ("column", search_words.column, [(column.id, column.title) for column in columns]),
        ("theme", search_words.theme, _same(site, lambda document: document.texts("theme"))),
        ("audience", search_words.audience, _same(site, lambda document: document.texts("audience"))),
        ("stage", search_words.stage, _stages(site)),
        ("issuer", search_words.issuer, _same(site, lambda document: document.issuers)),
        ("year", search_words.year, [(str(year), str(year)) for year in years]),
        (
            "status",
            search_words.status,
            [in_force, *((status.value, status.label) for status in Status)],
        ),
        ("form", search_words.form, _forms(site)),
    ]
    options = [
        {
            "name": name,
            "label": label,
            "options": [everything, *({"value": value, "label": text} for value, text in choices)],
        }
        for name, label, choices in facets
        if choices
    ]
    sort = {
        "name": "sort",
        "label": search_words.sort,
        "options": [
            {"value": "", "label": search_words.by_relevance},
            {"value": "date", "label": search_words.by_date},
        ],
    }
    messages = {key: search_words[key] for key in _MESSAGES}
    labels = {
        "statuses": {state.value: state.label for state in (*Status, PostingState.ENDED)},
        "kinds": {kind.value: kind.label for kind in Kind},
        "marks": dict(words.marks),
        "in_force": [status.value for status in Status if status.in_force],
    }
    lists = [{"title": column.title, "address": column.folder + "/"} for column in columns]
    return {
        **page_context(config, search_words.title, page.address),
        "crumbs": [{"title": search_words.title, "address": ""}],
        "facets": options,
        "shards": shard_count(len(site.documents)),
        "sort": sort,
        "words": json.dumps(messages | labels, ensure_ascii=False, sort_keys=True),
        "lists": lists,
    }
