"""Check the portal of a platform: that everything in it is about documents of its register, and says the same."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import ConsultationState, Kind, PostingState
from generator.verify.built_page import locations
from generator.verify.built_site import (
    AUDIENCES,
    BROWSE,
    FEED,
    FEEDS,
    HOME,
    MANIFEST,
    NOT_FOUND,
    PORTAL_REGISTER,
    PORTAL_SITES,
    SEARCH,
    SEARCH_FIELDS,
    SEARCH_TEXTS,
    SITEMAP,
    THEMES,
    file_of,
    parsed,
)
from generator.verify.fault import Fault, FaultKind
from generator.verify.portal_site import Portal, PortalRecord, day_of, pages_below
from generator.verify.search_checks import search_files, search_parts

_REBUILD = "用 gongkai fleet 重新生成门户，整个文件夹一起替换"
_HIDDEN = "可能是不公开或已撤下的文件，立即重新生成"
_SITES, _CONSULTATIONS = "catalogue/index.html", "consultations"
_FIXED = frozenset(
    {
        *(MANIFEST, PORTAL_REGISTER, PORTAL_SITES, SITEMAP, HOME, NOT_FOUND, SEARCH, *FEEDS),
        *(BROWSE, THEMES, AUDIENCES, _SITES, f"{_CONSULTATIONS}/index.html"),
    }
)
_GROUP = re.compile(r"((?:themes|audiences|browse/[a-z-]+)/[^/]+)/index(?:-\d+)?\.html")
_FACET = re.compile(r"((?:themes|audiences|browse/[a-z-]+)/[^/]+)/[a-z-]+/index(?:-\d+)?\.html")
_CARD = 7


def _year(record: PortalRecord) -> list[str]:
    return [str(record.facts.get("published") or "")[:4]] if record.facts.get("published") else []


_DIMENSIONS: dict[str, Callable[[PortalRecord], list[str]]] = {
    "themes": lambda record: record.texts("theme"),
    "audiences": lambda record: record.texts("audience"),
    "browse/offices": lambda record: record.texts("issuer"),
    "browse/years": _year,
    "browse/statuses": lambda record: [record.state] if record.kind == Kind.POLICY and record.state else [],
}


def check_register(portal: Portal) -> Iterator[Fault]:
    """Yield what cannot be read in the register and the list of sites, and where they differ from each other."""
    for path, message in portal.wrong:
        yield Fault(path, FaultKind.UNREADABLE, message, _REBUILD)
    for record in portal.records.values():
        base = portal.bases.get(record.site)
        if base is None or not record.url.startswith(base):
            message = f"“{record.id}”的地址不在 {PORTAL_SITES} 里它的网站上"
            yield Fault(PORTAL_REGISTER, FaultKind.ADDRESS, message, _REBUILD)
    found = Counter(record.site for record in portal.records.values())
    for site, count in portal.counts.items():
        if found[site] != count:
            message = f"“{site}”写 {count} 件，{PORTAL_REGISTER} 里有 {found[site]} 件"
            yield Fault(PORTAL_SITES, FaultKind.PAGE_DIFFERS, message, _REBUILD)
    if set(portal.bases.values()) != portal.links(_SITES):
        yield Fault(_SITES, FaultKind.PAGE_DIFFERS, f"列出的网站和 {PORTAL_SITES} 不一致", _REBUILD)


def check_files(portal: Portal) -> Iterator[Fault]:
    """Yield files that nothing in the portal uses, and those that every portal has and this one lacks."""
    built = portal.built
    for name in sorted(_FIXED - {MANIFEST} - built.checksums.keys()):
        yield Fault(name, FaultKind.MISSING_FILE, "每个门户都有的文件，这里没有", _REBUILD)
    listed = {file_of(address) for address in built.listed}
    for path in sorted(listed - built.pages.keys()):
        yield Fault(SITEMAP, FaultKind.SITEMAP, f"站点地图里的 {path} 不存在", _REBUILD)
    for path in sorted({HOME, SEARCH, _SITES} & built.pages.keys() - listed):
        yield Fault(SITEMAP, FaultKind.SITEMAP, f"站点地图里没有 {path}", _REBUILD)
    used = {*_FIXED, *listed, *built.sitemap_parts, *search_files(built)}
    used |= {f"{match[1]}/{FEED}" for path in listed if (match := _GROUP.fullmatch(path))}
    used |= {f"{folder}/{FEED}" for folder in ("themes", "audiences")}
    used |= {SEARCH_FIELDS, SEARCH_TEXTS} if _is_searched(portal) else set()
    for path in sorted(built.checksums.keys() - used):
        if not path.startswith("assets/"):
            message = "没有哪份公开信息、清单、检索索引或主题用到这个文件"
            yield Fault(path, FaultKind.UNACCOUNTED, message, "可能是不公开的内容，核对后从服务器上删去")


def check_addresses(portal: Portal) -> Iterator[Fault]:
    """Yield links of any page, and entries of any feed, to a document of a site that is not in the register."""
    known = portal.urls | set(portal.bases.values()) | {f"{base}search/" for base in portal.bases.values()}
    for path in sorted(portal.built.pages):
        for address in sorted(portal.links(path) - known):
            yield Fault(path, FaultKind.NO_RECORD, f"{address[:120]} 不在 {PORTAL_REGISTER} 里", _HIDDEN)
    for path in sorted(path for path in portal.built.texts if path.endswith(FEED) or path in FEEDS):
        own = portal.built.base_url + ("" if path == FEED else path)
        for address in locations(portal.built.texts[path], "id"):
            if unquote(address) != unquote(own) and address.partition("#")[0] not in portal.urls:
                yield Fault(path, FaultKind.FEED, f"订阅里的 {address[:120]} 不在 {PORTAL_REGISTER} 里", _HIDDEN)


def check_groups(portal: Portal) -> Iterator[Fault]:
    """Yield where the lists by theme, body, year and status, and the open consultations, differ from the register."""
    groups, facets = _groups(portal, _GROUP), _groups(portal, _FACET)
    for dimension in _DIMENSIONS:
        yield from _check_dimension(portal, dimension, groups)
    for folder in sorted(folder for folder, urls in facets.items() if not urls <= groups.get(folder, set())):
        yield Fault(f"{folder}/index.html", FaultKind.SITEMAP, "分类的清单少了它的筛选里有的信息", _REBUILD)
    for folder in sorted(groups):
        name = f"{folder}/{FEED}"
        ids = {one.partition("#")[0] for one in locations(portal.built.texts.get(name, b""), "id")} & portal.urls
        if name not in portal.built.checksums:
            yield Fault(name, FaultKind.MISSING_FILE, "这个分类没有订阅文件", _REBUILD)
        elif not ids <= groups[folder]:
            yield Fault(name, FaultKind.FEED, "订阅里有不在这个分类里的信息", _REBUILD)
    yield from _check_consultations(portal)


def _check_dimension(portal: Portal, dimension: str, groups: Mapping[str, set[str]]) -> Iterator[Fault]:
    """Compare the groups of a dimension with the documents of each name in the register."""
    expected: dict[str, set[str]] = {}
    for record in portal.records.values():
        for name in _DIMENSIONS[dimension](record):
            expected.setdefault(name, set()).add(record.url)
    listed = {folder: urls for folder, urls in groups.items() if folder.rpartition("/")[0] == dimension}
    for name, urls in sorted(expected.items()):
        if urls not in listed.values():
            message = f"“{name[:40]}”的清单和 {PORTAL_REGISTER} 不一致，或者没有这一页"
            yield Fault(f"{dimension}/index.html", FaultKind.SITEMAP, message, _REBUILD)
    for folder in sorted(folder for folder, urls in listed.items() if urls not in expected.values()):
        yield Fault(f"{folder}/index.html", FaultKind.SITEMAP, f"清单和 {PORTAL_REGISTER} 不一致", _REBUILD)


def _check_consultations(portal: Portal) -> Iterator[Fault]:
    pending = {ConsultationState.OPEN.value, ConsultationState.UPCOMING.value}
    expected = {one.url for one in portal.records.values() if one.kind == Kind.CONSULTATION and one.state in pending}
    shown = set().union(*(portal.links(path) for path in pages_below(portal, _CONSULTATIONS)))
    if shown != expected:
        message = f"列出的意见征集和 {PORTAL_REGISTER} 里正在进行的不一致"
        yield Fault(f"{_CONSULTATIONS}/index.html", FaultKind.PAGE_DIFFERS, message, _REBUILD)


def _groups(portal: Portal, pattern: re.Pattern[str]) -> dict[str, set[str]]:
    """Return the documents that the pages of each group list, by its folder."""
    groups: dict[str, set[str]] = {}
    for path in portal.built.pages:
        if match := pattern.fullmatch(path):
            groups.setdefault(match[1], set()).update(portal.links(path) & portal.urls)
    return groups


def _is_searched(portal: Portal) -> bool:
    files = portal.built.manifest.get("files", {})
    return SEARCH_FIELDS in files or SEARCH_FIELDS in portal.built.checksums


def check_search(portal: Portal) -> Iterator[Fault]:
    """Yield where the search knows other documents than the register; a large platform has no search of its own."""
    if not _is_searched(portal):
        return
    seen: set[str] = set()
    for path in search_parts(portal.built)["cards"]:
        data = parsed(portal.built.texts.get(path, b""))
        rows = data.get("rows") if isinstance(data, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) >= _CARD for row in rows):
            yield Fault(path, FaultKind.UNREADABLE, "检索用的文件读不了", _REBUILD)
            continue
        for row in rows:
            record = portal.records.get(row[0]) if isinstance(row[0], str) else None
            if record is None:
                message = f"检索能找到“{str(row[0])[:60]}”，它不在 {PORTAL_REGISTER} 里"
                yield Fault(path, FaultKind.SEARCH, message, _HIDDEN)
                continue
            seen.add(record.id)
            state = row[_CARD] if len(row) > _CARD else ""
            shown = record.state if record.kind == Kind.POLICY or record.state == PostingState.ENDED else ""
            expected = [record.url, record.title, str(record.facts.get("published") or ""), record.kind, shown]
            if [row[1], row[2], row[5], row[6], state] != expected:
                message = f"检索里的“{record.id}”和 {PORTAL_REGISTER} 不一致"
                yield Fault(path, FaultKind.SEARCH, message, _REBUILD)
    for missing in sorted(portal.records.keys() - seen):
        yield Fault(SEARCH_FIELDS, FaultKind.SEARCH, f"检索里没有“{missing}”", _REBUILD)


def check_texts(portal: Portal) -> Iterator[Fault]:
    """Yield where the table of the full text does not fit the register, or names texts that are not there."""
    if not _is_searched(portal):
        return
    table = parsed(portal.built.texts.get(SEARCH_TEXTS, b""))
    names = table.get("fragments") if isinstance(table, dict) else None
    if not isinstance(names, list) or len(names) != len(portal.records):
        yield Fault(SEARCH_TEXTS, FaultKind.SEARCH, f"全文检索的文件数和 {PORTAL_REGISTER} 不一致", _REBUILD)
    for name in names if isinstance(names, list) else []:
        if name and f"search/pagefind/fragment/{name}.pf_fragment" not in portal.built.checksums:
            yield Fault(SEARCH_TEXTS, FaultKind.SEARCH, f"检索片段 {str(name)[:60]} 不存在", _REBUILD)


def check_feeds(portal: Portal) -> Iterator[Fault]:
    """Yield feeds that do not name themselves."""
    for name in FEEDS:
        expected = portal.built.base_url + ("" if name == FEED else name)
        if portal.built.base_url and expected not in locations(portal.built.texts.get(name, b""), "id"):
            yield Fault(name, FaultKind.FEED, f"订阅没有写自己的地址 {expected}", _REBUILD)


def check_later(portal: Portal, day: dt.date) -> Iterator[Fault]:
    """Yield the documents whose state in the portal is no longer right on a later day.

    Raises ``GongkaiError`` for a day before that of the portal, or where the portal does not say its own.
    """
    built = day_of(portal.built.manifest.get("as_of"))
    if built is None:
        raise GongkaiError("门户没有写是哪一天生成的，不能和别的日期比较", "用 gongkai fleet 重新生成")
    if day < built:
        raise GongkaiError(f"门户是 {built} 生成的，不能按更早的 {day} 核对", f"写 {built} 或以后的日期")
    for record in portal.records.values():
        changes = record.changes(built, day)
        if changes and changes[-1][1] != record.state:
            when, state = changes[-1]
            message = f"“{record.id}”{when} 起的状态是“{state}”，门户写的是“{record.state or '没有'}”"
            yield Fault(PORTAL_REGISTER, FaultKind.STALE, message, _REBUILD)


PORTAL_CHECKS = (check_register, check_files, check_addresses, check_groups, check_search, check_texts, check_feeds)
