"""Home, columns, the lists 现行有效 and 废止和失效, search and 404: what each shows, and at which address."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

from generator.config.load import SiteConfig
from generator.domain.model import Column, Document, Outside, Site
from generator.domain.vocabulary import OVER, ConsultationState, Kind
from generator.publish.data.page_metadata import column_metas
from generator.publish.pages.base_context import ListPage, frame, numbered, pages_needed
from generator.publish.pages.catalogue_pages import CATALOGUE_TEMPLATES, CatalogueViews
from generator.publish.pages.consultation_course import consulting_groups
from generator.publish.pages.linked_documents import item, listed_part
from generator.publish.pages.metadata_box import chinese_day
from generator.publish.pages.pagination import pager
from generator.publish.pages.relations_page import TABLE, Network
from generator.publish.pages.request_page import COLUMN, FORM_TEMPLATE, RequestViews
from generator.publish.pages.search_page import search_view
from generator.publish.theme.environment import View, Words

_HOME_MOST = 8
_LISTS = ("effective", "repealed", "cited", "relations")
_TEMPLATES = {"cited": "cited.html", "relations": "relations.html"}


class ListViews:
    """Make the views of all pages that are no documents."""

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._counted: dict[str, Counter[ConsultationState | None]] = {}
        self.network = Network(site, words)
        self._catalogue = CatalogueViews(site, config, words)
        self._request = RequestViews(site, config, words)

    def pages(self) -> Iterator[ListPage]:
        """Yield every page there is, in a fixed order."""
        yield ListPage("home.html", "index.html", "home")
        for column in self._site.columns:
            if self._is_shown(column):
                yield from numbered("list.html", column.folder, column.id, self._total(column.id))
        for key in _LISTS:
            yield from numbered(_TEMPLATES.get(key, "list.html"), key, key, self._total(key))
        yield from self._catalogue.pages()
        yield from self._request.pages()
        yield ListPage("search.html", "search/index.html", "search")
        yield ListPage("404.html", "404.html", "404")

    def view(self, page: ListPage) -> View:
        """Return everything that one page shows."""
        if page.key == "home":
            return self._home()
        if page.template in CATALOGUE_TEMPLATES:
            return self._catalogue.view(page)
        if page.template == FORM_TEMPLATE:
            return self._request.form(page)
        if page.key == "search":
            return search_view(self._site, self._config, self._words)
        if page.key == "404":
            title = self._words.not_found.title
            return {**frame(self._config, title, ""), "root": self._config.site.base_path, "canonical": ""}
        if page.key == "relations":
            return self._relations(page)
        return self._cited(page) if page.key == "cited" else self._list(page)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that belong to these pages."""
        yield TABLE, self.network.table()
        yield from self._catalogue.files()
        yield from self._request.files()

    def intro(self, key: str) -> Document | None:
        """Return the page that introduces a column: the one whose id is the column's."""
        found = self._site.by_id.get(key)
        return found if found and found.kind is Kind.PAGE and found.column == key else None

    @cached_property
    def _entries(self) -> dict[str, tuple[Document, ...]]:
        policies = [document for document in self._site.documents if document.kind is Kind.POLICY]
        entries = {
            key: consulting_groups(tuple(document for document in documents if self.intro(key) is not document))
            for key, documents in self._site.by_column.items()
        }
        entries["effective"] = tuple(valid for document in policies for valid in _in_force(document))
        entries["repealed"] = tuple(ended for document in policies for ended in _ended(document))
        return entries

    def _item(self, entry: Document) -> View:
        if not entry.part_id:
            return item(entry, self._words)
        return listed_part(entry, self._site.by_id[entry.id.partition("#")[0]], self._words)

    def _children(self, column: Column) -> list[Column]:
        return [child for child in self._site.columns if child.parent == column.id and self._site.by_column[child.id]]

    def _is_shown(self, column: Column) -> bool:
        return column.fixed or bool(self._site.by_column[column.id]) or bool(self._children(column))

    def _total(self, key: str) -> int:
        if key == "relations":
            return self.network.pages
        entries = self._outside if key == "cited" else self._entries[key]
        return pages_needed(len(entries), self._config.list_size)

    def _home(self) -> View:
        words = self._words.home
        blocks = [
            (words.latest_policies, "policies"),
            (words.latest_interpretations, "interpretations"),
            (words.consultations, "consultations"),
            (words.notices, "notices"),
        ]
        columns = self._site.column
        counted = self._words.lists
        return {
            **frame(self._config, self._config.site.name, "", ""),
            "parts": [
                {"title": column.title, "address": column.folder + "/", "description": column.description}
                for column in self._site.columns
                if not column.parent and column.fixed
            ],
            "blocks": [
                {
                    "title": title,
                    "address": columns[key].folder + "/",
                    "entries": [item(document, self._words) for document in self._entries[key][:_HOME_MOST]],
                }
                for title, key in blocks
                if self._entries[key]
            ],
            "lists": [
                {
                    "title": counted[key],
                    "address": key + "/",
                    "count": counted.count.format(count=len(self._entries[key])),
                }
                for key in ("effective", "repealed")
            ],
            "catalogues": self._catalogue.links(),
        }

    def _list(self, page: ListPage) -> View:
        column = self._site.column.get(page.key)
        folder = page.path.rpartition("/")[0]
        entries = self._entries[page.key]
        size, total, number = self._config.list_size, self._total(page.key), page.number
        title = column.title if column else self._words.lists[page.key]
        view = frame(self._config, title, page.address, (column.parent or column.id) if column else "-")
        if number > 1:
            view["title"] = f"{title}（{self._words.lists.page_of.format(number=number, total=total)}）"
        shown = entries[(number - 1) * size : number * size]
        parent = self._site.column.get(column.parent) if column else self._site.column.get("statutory")
        crumbs = [{"title": parent.title, "address": parent.folder + "/"}] if parent else []
        children = self._children(column) if column and number == 1 else []
        intro = bool(column and number == 1 and self.intro(column.id))
        request = self._request.section(own_text=intro) if page.key == COLUMN and number == 1 else None
        return {
            **view,
            "crumbs": [*crumbs, {"title": title, "address": ""}],
            "metas": [*view["metas"], *column_metas(self._config, column)] if column else view["metas"],
            "note": self._note(page.key, column, len(entries)),
            "links": self._cross_links(page.key),
            "intro": intro,
            "request": request,
            "children": [self._child(child) for child in children],
            "groups": self._groups(page.key, shown),
            "empty": ""
            if intro or children or request
            else self._words.lists["empty_fixed" if column and column.fixed else "empty"],
            **pager(folder, number, total),
        }

    def _states(self, key: str) -> Counter[ConsultationState | None]:
        """Return how many documents of a list are in each state; a list of several pages is counted once."""
        if key not in self._counted:
            self._counted[key] = Counter(document.consultation_state for document in self._entries[key])
        return self._counted[key]

    def _groups(self, key: str, shown: tuple[Document, ...]) -> list[View]:
        """Return the documents of one page of a list; consultations under their state, with how many there are."""
        counts = self._states(key)
        groups: list[View] = []
        for state, documents in groupby(shown, key=lambda document: document.consultation_state):
            title = self._words.lists.group.format(state=state.label, count=counts[state]) if state else ""
            groups.append({"title": title, "entries": [self._item(document) for document in documents]})
        return groups

    @cached_property
    def _outside(self) -> list[tuple[Outside, list[Document]]]:
        """Every cited document that is not on the site, by its number, and the documents that cite it."""
        titles: dict[str, str] = {}
        citing: dict[str, list[Document]] = {}
        for document in self._site.documents:
            for outside in self._site.cited[document.id].outside:
                titles[outside.number] = titles.get(outside.number) or outside.title
                by = citing.setdefault(outside.number, [])
                if by[-1:] != [document]:
                    by.append(document)
        return [(Outside(number, titles[number]), by) for number, by in sorted(citing.items())]

    def _cited(self, page: ListPage) -> View:
        words, size, number = self._words.lists, self._config.list_size, page.number
        total = self._total("cited")
        view = frame(self._config, words.cited, page.address, "-")
        if number > 1:
            view["title"] = f"{words.cited}（{words.page_of.format(number=number, total=total)}）"
        return {
            **view,
            "crumbs": [{"title": words.cited, "address": ""}],
            "links": self._cross_links("cited"),
            "note": words.cited_note.format(count=len(self._outside)),
            "entries": [
                {**outside._asdict(), "by": [item(document, self._words) for document in documents]}
                for outside, documents in self._outside[(number - 1) * size : number * size]
            ],
            **pager("cited", number, total),
        }

    def _relations(self, page: ListPage) -> View:
        words, total = self._words.lists, self._total("relations")
        view = frame(self._config, words.relations, page.address, "-")
        if page.number > 1:
            view["title"] = f"{words.relations}（{words.page_of.format(number=page.number, total=total)}）"
        shown = self.network.view(page.number)
        return {
            **view,
            **shown,
            "crumbs": [{"title": words.relations, "address": ""}],
            "links": self._cross_links("relations"),
            "note": words.relations_note.format(count=shown["count"]),
            **pager("relations", page.number, total),
        }

    def _note(self, key: str, column: Column | None, count: int) -> str:
        words = self._words.lists
        if column is None:
            return str(words[f"{key}_note"].format(day=chinese_day(self._site.as_of), count=count))
        return column.description + (f"。{words.count.format(count=count)}" if count else "")

    def _cross_links(self, key: str) -> list[View]:
        """Return the links between the policies and the lists made of them."""
        if key in {"guide", "statutory"}:
            return self._catalogue.links()
        if key not in {"policies", *_LISTS}:
            return []
        column = self._site.column["policies"]
        own = [{"title": column.title, "address": column.folder + "/"}] if self._site.by_column["policies"] else []
        links = [{"title": self._words.lists[name], "address": name + "/"} for name in _LISTS if name != key]
        return links if key == "policies" else [*own, *links]

    def _child(self, column: Column) -> View:
        documents = self._site.by_column[column.id]
        newest = documents[0].published
        return {
            "title": column.title,
            "address": column.folder + "/",
            "description": column.description,
            "count": self._words.lists.count.format(count=len(documents)),
            "day": newest.isoformat() if newest else "",
        }


def _in_force(document: Document) -> tuple[Document, ...]:
    """Return a policy that is in force, else those of its parts that were renewed alone."""
    listed = document.parts if document.status in OVER else (document,)
    return tuple(one for one in listed if one.status and one.status.in_force)


def _ended(document: Document) -> tuple[Document, ...]:
    """Return a policy that is not in force any more, else those of its parts that are not."""
    return (document,) if document.status in OVER else tuple(part for part in document.parts if part.status in OVER)
