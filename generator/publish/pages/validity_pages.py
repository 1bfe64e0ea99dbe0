"""现行有效 and 废止和失效: the policies in force, and those no longer in force (requirements LIFE)."""

from collections.abc import Iterator

from generator.domain.written_moments import chinese_day
from generator.publish.pages.listings import VALIDITY_LISTS, ListMaker
from generator.publish.pages.page_context import page_context, page_title
from generator.publish.pages.page_maker import PageKind, PageSpec, numbered_pages
from generator.publish.pages.pagination import pager
from generator.publish.theme.environment import View


class ValidityPages(ListMaker):
    """Make the pages of both lists."""

    kinds = (PageKind.VALIDITY,)

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages of both lists."""
        for key in VALIDITY_LISTS:
            total = self._listings.total(self._listings.by_validity[key])
            yield from numbered_pages(PageKind.VALIDITY, "list.html", key, key, total)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page of a list shows."""
        words, entries, number = self._words.lists, self._listings.by_validity[page.key], page.number
        size, total, title = self._listings.page_size, self._listings.total(entries), words[page.key]
        parent = self._site.column["statutory"]
        documents = entries[(number - 1) * size : number * size]
        groups = [{"title": "", "entries": [self._listings.entry(document) for document in documents]}]
        return {
            **page_context(self._config, title, page.address),
            "title": page_title(title, number, total, self._words),
            "crumbs": [{"title": parent.title, "address": parent.folder + "/"}, {"title": title, "address": ""}],
            "note": words[f"{page.key}_note"].format(day=chinese_day(self._site.day), count=len(entries)),
            "links": self._listings.links_beside(page.key),
            "intro": False,
            "request": None,
            "children": [],
            "groups": groups if documents else [],
            "empty": words["empty"],
            **pager(page.folder, number, total),
        }
