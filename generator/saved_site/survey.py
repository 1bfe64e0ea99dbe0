"""All pages of a folder compared with each other: copies, columns by their lists, the kind of each page, its links."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.authoring.importing.saved_pages.kinds import kind_of_page
from generator.domain.titles import title_key
from generator.domain.vocabulary import Kind
from generator.saved_site.address_book import AddressBook, Reach, Target
from generator.saved_site.page_links import PageLink
from generator.saved_site.page_role import PageRole
from generator.saved_site.read_page import ReadPage, of_one_kind

_OFFICIAL_COLUMN = re.compile(
    r"政策文件|规范性文件|(?:政策)?法规|规章|公文|(?:本|市|县|区|局|委|办)(?:级|机关)?文件|文件通知|^文件$"
)
_GENRE = re.compile(
    r"(?:通知|办法|规定|细则|意见|决定|方案|公告|通告|规则|规程|条例|措施|标准|批复|函|规划|指引|令)(?:[（(][^（）()]{1,20}[）)]){0,3}\Z"
)
_RULES = re.compile(r"(?:办法|规定|细则|条例|规则|规程|准则)(?:[（(][^（）()]{1,20}[）)]){0,3}\Z")
_FIRST_CLAUSE = re.compile(r"第[一1][条章]")
_NO_RULES = re.compile(r"公示|采购|招标|中标|招聘|结果|名单|成绩|拍卖|答复|征求|征集|放假|值班|预算|决算")
_LEAST_LETTERS = 30
_SITE_WIDE, _LEAST_SITE_WIDE = 0.4, 3


class Linked(NamedTuple):
    """One address of a page with its target."""

    link: PageLink
    target: Target


class Survey(NamedTuple):
    """All pages, and what comparing them shows.

    ``copies`` gives for a page that repeats another the first one, ``copies_of`` for a first one those that repeat it;
    ``columns`` the names of the columns of each article; ``links`` all resolved addresses of each page.
    """

    pages: tuple[ReadPage, ...]
    kinds: Mapping[str, Kind]
    copies: Mapping[str, str]
    copies_of: Mapping[str, Sequence[str]]
    columns: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[Linked, ...]]
    book: AddressBook

    def of_kind(self, kind: Kind) -> list[ReadPage]:
        """Return the pages of a kind, without copies."""
        return [page for page in self.pages if self.kinds.get(page.path) is kind]

    def first(self, path: str) -> str:
        """Return the page that a path stands for: the first of its copies."""
        return self.copies.get(path, path)

    def links_to(self, path: str) -> dict[str, list[PageLink]]:
        """Return the saved pages to which a page, or a copy of it, leads, with the links; without its neighbours."""
        found: dict[str, list[PageLink]] = defaultdict(list)
        for source in (path, *self.copies_of.get(path, ())):
            for link, target in self.links[source]:
                if target.reach is Reach.SAVED and not link.is_neighbour and self.first(target.path) != path:
                    found[self.first(target.path)].append(link)
        return found


def survey(pages: Sequence[ReadPage], book: AddressBook) -> Survey:
    """Compare all pages of a folder."""
    copies = _copies(pages)
    links = {page.path: tuple(Linked(link, book.target(page.path, link.href)) for link in page.links) for page in pages}
    columns = _columns(pages, links, copies)
    kinds = {
        page.path: _kind(page, columns.get(page.path, ()))
        for page in pages
        if page.role is PageRole.ARTICLE and page.path not in copies
    }
    _add_named_policies(pages, kinds)
    copies_of: dict[str, list[str]] = defaultdict(list)
    for copy, first in copies.items():
        copies_of[first].append(copy)
    return Survey(tuple(pages), kinds, copies, copies_of, columns, links, book)


def _add_named_policies(pages: Iterable[ReadPage], kinds: dict[str, Kind]) -> None:
    """Count as policies the pages whose title an interpretation names as that of what it explains."""
    explained = {name for page in pages if kinds.get(page.path) is Kind.INTERPRETATION for name in page.named_titles}
    for page in pages:
        if kinds.get(page.path) is Kind.NOTICE and title_key(page.title).strip("《》") in explained:
            kinds[page.path] = Kind.POLICY


def site_wide_count(pages: int) -> float:
    """Return from how many of some pages on a link is one of the site, which says nothing of its target."""
    return max(_LEAST_SITE_WIDE, _SITE_WIDE * pages)


def _copies(pages: Iterable[ReadPage]) -> dict[str, str]:
    """Return the pages whose title and text, or title and 文号, an earlier page has."""
    firsts: dict[str, str] = {}
    copies: dict[str, str] = {}
    for page in pages:
        if page.role is not PageRole.ARTICLE:
            continue
        number, index = (_text(page, key) for key in ("doc_number", "index_no"))
        keys = [page.letters] if len(page.letters) >= _LEAST_LETTERS else []
        keys += [f"{title_key(page.title)}\n{name}" for name in (number, index) if name and name != "none"]
        first = next((firsts[key] for key in keys if key in firsts), None)
        if first is not None:
            copies[page.path] = first
        for key in keys:
            firsts.setdefault(key, first or page.path)
    return copies


def _text(page: ReadPage, key: str) -> str:
    field = page.page.fields.get(key)
    return field.value if field and isinstance(field.value, str) else ""


def _columns(
    pages: Sequence[ReadPage], links: Mapping[str, tuple[Linked, ...]], copies: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Return the names of the columns of each article: those of its own page, and of the lists that lead to it."""
    named = {page.path: list(page.columns) for page in pages if page.role is PageRole.ARTICLE}
    linked_by: Counter[str] = Counter()
    lists = [page for page in pages if page.role is PageRole.COLUMN and page.column_title]
    targets = {
        page.path: {target.path for link, target in links[page.path] if target.reach is Reach.SAVED} & named.keys()
        for page in lists
    }
    for found in targets.values():
        linked_by.update(found)
    everywhere = Counter(
        target.path for page in pages for target in {target for _, target in links[page.path]} if target.path in named
    )
    most = site_wide_count(len(pages))
    for page in lists:
        for path in targets[page.path]:
            if everywhere[path] <= most and page.column_title not in named[path]:
                named[path].insert(0, page.column_title)
    for path, first in copies.items():
        if first in named and path in named:
            named[first] = [*named[path], *(name for name in named[first] if name not in named[path])]
    return {path: tuple(names) for path, names in named.items()}


def _kind(page: ReadPage, columns: Sequence[str]) -> Kind:
    """Return the kind of an article: its own word for it first, then the columns in which it is."""
    if page.kind is not Kind.NOTICE or page.is_own:
        return page.kind
    keys = {key for key, field in page.page.fields.items() if field.value != "none"}
    by_column = kind_of_page(page.title, of_one_kind(columns), keys - {"doc_number"})
    if "doc_number" in keys and by_column is not Kind.INTERPRETATION:
        return Kind.POLICY
    if by_column is not Kind.NOTICE:
        return by_column
    key = title_key(page.title)
    if _RULES.search(key) and _FIRST_CLAUSE.search(page.page.opening):
        return Kind.POLICY
    is_official = any(map(_OFFICIAL_COLUMN.search, of_one_kind(columns)))
    return Kind.POLICY if is_official and _GENRE.search(key) and not _NO_RULES.search(key) else Kind.NOTICE
