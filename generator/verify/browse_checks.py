"""Check that the lists of themes and audiences have exactly the public documents, and feeds and calendar no others."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.verify.built_page import locations
from generator.verify.built_site import AUDIENCES, CALENDAR, FEED, THEMES, BuiltSite
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of

_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_WITHDRAWN = "可能是不公开或已撤下的文件，立即重新生成"
_GROUP_PAGE = re.compile(r"((?:themes|audiences|browse/[a-z-]+)/[^/]+)/index(?:-\d+)?\.html")
_FACET_PAGE = re.compile(r"((?:themes|audiences|browse/[a-z-]+)/[^/]+)/[a-z-]+/index(?:-\d+)?\.html")
_ADDRESS = re.compile(r"^URL:(.*)$", re.MULTILINE)


def check_browsing(site: BuiltSite) -> Iterator[Fault]:
    """Yield where the groups of documents, their feeds and the calendar differ from the records."""
    groups = _groups(site, _GROUP_PAGE)
    for key, index in (("theme", THEMES), ("audience", AUDIENCES)):
        yield from _check_dimension(site, key, index, groups)
    for folder, urls in _groups(site, _FACET_PAGE).items():
        if not urls <= groups.get(folder, set()):
            yield Fault(f"{folder}/index.html", FaultKind.SITEMAP, "分类的清单少了它的筛选里有的信息", _REBUILD)
    for folder, urls in groups.items():
        yield from _check_feed(site, folder, urls)
    yield from _check_calendar(site)


def _groups(site: BuiltSite, pattern: re.Pattern[str]) -> dict[str, set[str]]:
    """Return the addresses of the documents that the pages of each group list, by its folder."""
    groups: dict[str, set[str]] = {}
    for path, page in site.pages.items():
        if match := pattern.fullmatch(path):
            targets = {target_of(path, address.value).path for address in page.addresses if address.tag == "a"}
            urls = {target.removesuffix("index.html") for target in targets} & site.by_url.keys()
            groups.setdefault(match[1], set()).update(urls)
    return groups


def _check_dimension(site: BuiltSite, key: str, index: str, groups: dict[str, set[str]]) -> Iterator[Fault]:
    """Compare the groups to which a list leads with the documents of each name in the records."""
    page = site.pages.get(index)
    if page is None:
        return  # a missing file is reported as such
    prefix = index.removesuffix("index.html")
    targets = {target_of(index, address.value).path for address in page.addresses if address.tag == "a"}
    listed = [groups[folder] for target in sorted(targets) if (folder := target.removesuffix("/index.html")) in groups]
    expected: dict[str, set[str]] = {}
    for record in site.records.values():
        names = record.facts.get(key)
        for name in names if isinstance(names, list) else [names] if isinstance(names, str) else []:
            expected.setdefault(str(name), set()).add(record.url)
    for name, urls in sorted(expected.items()):
        if urls not in listed:
            message = f"“{name[:40]}”的清单和公开信息不一致，或者没有这一页"
            yield Fault(index, FaultKind.SITEMAP, message, _REBUILD)
    for folder in sorted(folder for folder in groups if folder.startswith(prefix)):
        if groups[folder] not in expected.values():
            yield Fault(f"{folder}/index.html", FaultKind.SITEMAP, "清单和公开信息的分类不一致", _REBUILD)


def _check_feed(site: BuiltSite, folder: str, urls: set[str]) -> Iterator[Fault]:
    name = f"{folder}/{FEED}"
    if name not in site.checksums:
        yield Fault(name, FaultKind.MISSING_FILE, "这个分类没有订阅文件", _REBUILD)
        return
    for address in locations(site.texts.get(name, b""), "id"):
        place = unquote(address.removeprefix(site.base_url))
        if place != name and place not in urls:
            yield Fault(name, FaultKind.FEED, f"订阅里的 {address} 不在这个分类里", _WITHDRAWN)


def _check_calendar(site: BuiltSite) -> Iterator[Fault]:
    """Yield the events of the calendar that are about no public document; lines are unfolded first (RFC 5545, 3.1)."""
    text = site.texts.get(CALENDAR, b"").replace(b"\r\n ", b"").decode("utf-8", "replace").replace("\r\n", "\n")
    for address in _ADDRESS.findall(text):
        if address.removeprefix(site.base_url).partition("#")[0] not in site.by_url:
            yield Fault(CALENDAR, FaultKind.FEED, f"日历里的 {address[:80]} 不是公开信息的地址", _WITHDRAWN)
