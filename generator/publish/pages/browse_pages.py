"""分类浏览: the list of all groups, the groups of one dimension, and the documents of one group with its facets."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Document, Site
from generator.domain.vocabulary import Kind, SiteFolder, Status
from generator.domain.written_moments import chinese_day
from generator.publish.data.feeds import group_feed
from generator.publish.data.page_metadata import column_metas
from generator.publish.pages.browse_groups import (
    AUDIENCE,
    DIMENSIONS,
    OFFICE,
    STATUS,
    THEME,
    YEAR,
    BrowseGroups,
    Dimension,
    Group,
)
from generator.publish.pages.listings import Listings, ListMaker, ended_of, in_force_of
from generator.publish.pages.page_context import page_context, page_title
from generator.publish.pages.page_maker import GROUP_TEMPLATE, PageKind, PageSpec, numbered_pages, page_count
from generator.publish.pages.pagination import page_address, pager
from generator.publish.pages.register_pages import RegisterPages
from generator.publish.theme.environment import View, Words

_FEED = "feed.xml"
_IN_FORCE = "in-force"
_MIN_FACETED = 6  # a smaller group has no facets but 现行有效
_MIN_ROWS = 50  # rows of a page; a document is in many such lists, so they have fewer pages than other lists
_MAX_SHOWN = 12  # groups of one dimension on the page of all dimensions
_SUBJECTS = (THEME, AUDIENCE, OFFICE)  # dimensions whose groups with policies always have a page of those in force
_WITH_FEED = (THEME, AUDIENCE)  # dimensions of which the list has a feed itself


class Facet(NamedTuple):
    """A part of a group with a page of its own: what is in force, has ended or not begun, or is of one kind."""

    folder: str
    label: str
    documents: tuple[Document, ...]


class BrowsePages(ListMaker):
    """Make the pages of all groups, and the lists of them."""

    kinds = (PageKind.BROWSE, PageKind.GROUP)

    def __init__(
        self, site: Site, config: SiteConfig, words: Words, listings: Listings, registers: RegisterPages
    ) -> None:
        super().__init__(site, config, words, listings)
        self._registers = registers
        self._groups = BrowseGroups(site)
        self._size = max(_MIN_ROWS, listings.page_size)
        self._years: dict[str, list[tuple[int, int]]] = {}
        self._facets: dict[str, tuple[Facet, ...]] = {}

    def pages(self) -> Iterator[PageSpec]:
        """Yield the page of all dimensions, those of each dimension with groups, and those of each group."""
        yield PageSpec(PageKind.BROWSE, "browse.html", f"{SiteFolder.BROWSE}/index.html")
        for dimension in DIMENSIONS:
            groups = self._groups.by_dimension[dimension.key]
            if groups or dimension in _WITH_FEED:
                yield PageSpec(PageKind.BROWSE, "browse.html", f"{dimension.folder}/index.html", dimension.key)
            for group in groups:
                yield from self._numbered(group.path, group.path, group.documents)
                for facet in self.facets(group):
                    yield from self._numbered(f"{group.path}/{facet.folder}", group.path, facet.documents)

    def _numbered(self, folder: str, key: str, documents: tuple[Document, ...]) -> Iterator[PageSpec]:
        yield from numbered_pages(PageKind.GROUP, GROUP_TEMPLATE, folder, key, page_count(len(documents), self._size))

    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows."""
        if page.kind is PageKind.GROUP:
            return self._group(page)
        dimension = next((one for one in DIMENSIONS if one.key == page.key), None)
        title = self._words.browse[dimension.key] if dimension else self._words.browse.title
        shown = [dimension] if dimension else DIMENSIONS
        return {
            **self._context(page, title),
            "crumbs": [*([self._root_crumb()] if dimension else []), {"title": title, "address": ""}],
            "note": self._words.browse[f"{dimension.key}_note" if dimension else "note"],
            "feed": f"{dimension.folder}/{_FEED}" if dimension in _WITH_FEED else "",
            "single": dimension is not None,
            "sections": [
                *(
                    section
                    for one in shown
                    if (section := self._section(one, None if dimension else _MAX_SHOWN))["entries"]
                ),
                *([] if dimension else self._register_section()),
            ],
            "empty": self._words.browse.empty,
        }

    def data(self, page: PageSpec) -> Iterator[tuple[str, bytes]]:
        """Yield the feed of a group beside its first page, and those of all themes and all audiences."""
        dimension = next((one for one in _WITH_FEED if page.kind is PageKind.BROWSE and one.key == page.key), None)
        if dimension:
            title = f"{self._words.browse[dimension.key]} - {self._config.site.name}"
            documents = [one for one in self._site.documents if dimension.names(one)]
            yield f"{dimension.folder}/{_FEED}", self._feed(f"{dimension.folder}/", title, documents)
        elif page.kind is PageKind.GROUP and page.number == 1 and page.folder == page.key:
            group = self._groups.by_path[page.key]
            title = f"{group.name.label} - {self._config.site.name}"
            yield f"{group.path}/{_FEED}", self._feed(group.address, title, group.documents)

    def _feed(self, address: str, title: str, documents: Iterable[Document]) -> bytes:
        return group_feed(self._site, self._config, address, _FEED, title, documents, self._words)

    def popular(self, dimension: Dimension, most: int) -> list[View]:
        """Return the largest groups of a dimension, for the home page."""
        return [self._entry(group) for group in self._groups.by_dimension[dimension.key][:most]]

    def facets(self, group: Group) -> tuple[Facet, ...]:
        """Return the facets of a group that are narrower than it; 现行有效 is there wherever there are policies."""
        if group.path not in self._facets:
            self._facets[group.path] = tuple(self._facets_of(group))
        return self._facets[group.path]

    def _facets_of(self, group: Group) -> Iterator[Facet]:
        documents, words = group.documents, self._words.browse
        if group.dimension is OFFICE and group.name.label == self._config.site.agency:
            return  # nearly all documents of the site: its columns and 现行有效文件 are their facets
        policies = [document for document in documents if document.kind is Kind.POLICY]
        faceted = len(documents) >= _MIN_FACETED
        if policies and group.dimension is not STATUS and (faceted or group.dimension in _SUBJECTS):
            yield Facet(_IN_FORCE, words.in_force, tuple(one for policy in policies for one in in_force_of(policy)))
            pending = tuple(one for one in policies if one.status is Status.PENDING)
            ended = tuple(one for policy in policies for one in ended_of(policy))
            for folder, label, part in (("pending", words.pending, pending), ("ended", words.ended, ended)):
                if part and faceted:
                    yield Facet(folder, label, part)
        for kind in Kind if faceted else ():
            of_kind = tuple(document for document in documents if document.kind is kind)
            if 0 < len(of_kind) < len(documents):
                yield Facet(kind.value, kind.label, of_kind)

    def _context(self, page: PageSpec, title: str) -> View:
        view = page_context(self._config, title, page.address, SiteFolder.BROWSE.value)
        column = replace(self._site.column["statutory"], title=title, description=title)
        return {**view, "metas": [*view["metas"], *column_metas(self._config, column)]}

    def _root_crumb(self) -> View:
        return {"title": self._words.browse.title, "address": f"{SiteFolder.BROWSE}/"}

    def _section(self, dimension: Dimension, most: int | None) -> View:
        groups = self._groups.by_dimension[dimension.key]
        more = self._words.browse.all_groups.format(count=len(groups)) if most and len(groups) > most else ""
        return {
            "key": dimension.key,
            "title": self._words.browse[dimension.key],
            "address": f"{dimension.folder}/",
            "entries": [self._entry(group) for group in groups[:most]],
            "more": more,
        }

    def _register_section(self) -> list[View]:
        """Return the section with the links to the registers, none where there is no register."""
        entries = self._registers.entries()
        title = self._words.information.registers
        return [{"key": "registers", "title": title, "address": "", "entries": entries, "more": ""}] if entries else []

    def _entry(self, group: Group) -> View:
        in_force = next((facet for facet in self.facets(group) if facet.folder == _IN_FORCE), None)
        return {
            "title": group.name.label,
            "address": group.address,
            "count": self._words.browse.count.format(count=len(group.documents)),
            "in_force": f"{group.address}{_IN_FORCE}/" if in_force and in_force.documents else "",
            "in_force_count": self._words.browse.in_force_count.format(count=len(in_force.documents))
            if in_force
            else "",
        }

    def _group(self, page: PageSpec) -> View:
        group = self._groups.by_path[page.key]
        facet_folder = page.folder.removeprefix(group.path).strip("/")
        facet = next((one for one in self.facets(group) if one.folder == facet_folder), None)
        documents = facet.documents if facet else group.documents
        words, size, total = self._words.browse, self._size, page_count(len(documents), self._size)
        name = group.name.label
        title = words.of_facet.format(name=name, facet=facet.label) if facet else name
        address = f"{group.address}{facet.folder}/" if facet else group.address
        dimension = {"title": words[group.dimension.key], "address": f"{group.dimension.folder}/"}
        upper = [{"title": name, "address": group.address}] if facet else []
        last = {"title": facet.label if facet else name, "address": ""}
        return {
            **self._context(page, title),
            "title": page_title(title, page.number, total, self._words),
            "crumbs": [self._root_crumb(), dimension, *upper, last],
            "note": words.group_note.format(day=chinese_day(self._site.day), count=len(documents)),
            "feed": f"{group.address}{_FEED}",
            "feed_title": words.feed.format(name=name),
            "facets": list(self._facet_links(group, facet)),
            "years": self._year_links(group, documents, address),
            "groups": self._by_year(documents[(page.number - 1) * size : page.number * size], group),
            "empty": words.empty,
            **pager(address.removesuffix("/"), page.number, total),
        }

    def _facet_links(self, group: Group, current: Facet | None) -> Iterator[View]:
        words = self._words.browse
        if not self.facets(group):
            return
        yield {"title": words.whole, "address": group.address, "count": len(group.documents), "current": not current}
        for facet in self.facets(group):
            address = f"{group.address}{facet.folder}/"
            count = len(facet.documents)
            yield {"title": facet.label, "address": address, "count": count, "current": facet is current}

    def _year_links(self, group: Group, documents: tuple[Document, ...], address: str) -> list[View]:
        """Return the years of a list, each with the place in the list where it begins."""
        if group.dimension is YEAR:
            return []
        if address not in self._years:
            self._years[address] = [(year, len(list(members))) for year, members in groupby(documents, key=_year_of)]
        links: list[View] = []
        position = 0
        for year, count in self._years[address]:
            if year:
                place = page_address(address.removesuffix("/"), position // self._size + 1)
                links.append({"title": f"{year}年", "address": f"{place}#year-{year}", "count": count})
            position += count
        return links if len(links) > 1 else []

    def _by_year(self, documents: tuple[Document, ...], group: Group) -> list[View]:
        return [
            {
                "title": f"{year}年" if year and group.dimension is not YEAR else "",
                "anchor": f"year-{year}" if year else "",
                "entries": [self._listings.entry(document) for document in members],
            }
            for year, members in groupby(documents, key=_year_of)
        ]


def _year_of(document: Document) -> int:
    return document.published.year if document.published else 0
