"""Read a built site: everything that the checks need, each file once."""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.domain.problems import GongkaiError, reason_of
from generator.verify.api_records import Record, read_records
from generator.verify.built_page import PageFacts, locations, read_page
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of
from generator.verify.pdf_checks import check_pdf_file
from generator.verify.word_checks import check_word_file

REDIRECTS = "redirects.map"
MANIFEST, RECORDS = "manifest.json", "api/documents.json"
SITEMAP, HOME, NOT_FOUND, SEARCH = "sitemap.xml", "index.html", "404.html", "search/index.html"
FEED = "feed.xml"
CALENDAR = "calendar.ics"
CATALOGUE = "catalogue/catalogue.csv"
BROWSE, THEMES, AUDIENCES = "browse/index.html", "themes/index.html", "audiences/index.html"
FEEDS = (FEED, "feed-interpretations.xml", "feed-consultations.xml", "feed-repeals.xml")
RELATIONS = "api/relations.json"
URIS, NETWORK = "api/uris.json", "relations/table.json"
PORTAL_REGISTER, PORTAL_SITES = "api/register.json", "api/sites.json"
SEARCH_FIELDS, SEARCH_TEXTS = "search/fields.json", "search/texts.json"
FIXED = frozenset(
    {
        *(MANIFEST, RECORDS, RELATIONS, URIS, NETWORK, SITEMAP, HOME, NOT_FOUND, *FEEDS, CALENDAR),
        *(SEARCH, SEARCH_FIELDS, SEARCH_TEXTS),
        *(BROWSE, THEMES, AUDIENCES),
    }
)
REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)
_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"


@dataclass(frozen=True)
class BuiltSite:
    """A built site: the sha256 of its files, the facts of its pages, the text of its machine formats."""

    checksums: Mapping[str, str]
    pages: Mapping[str, PageFacts]
    texts: Mapping[str, bytes]
    records: Mapping[str, Record]
    faults: tuple[Fault, ...] = field(default=())

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """``manifest.json``, empty where it cannot be read."""
        data = parsed(self.texts.get(MANIFEST, b""))
        return data if isinstance(data, dict) and isinstance(data.get("files"), dict) else {}

    @cached_property
    def is_portal(self) -> bool:
        """Whether it is the portal of a platform, which has a register in the place of documents."""
        names = self.checksums.keys() | self.manifest.get("files", {}).keys()
        return PORTAL_REGISTER in names and RECORDS not in names

    @cached_property
    def base_url(self) -> str:
        """The address of the site: the canonical address of its front page."""
        home = self.pages.get(HOME)
        return home.canonical if home and target_of(HOME, home.canonical).scheme in {"http", "https"} else ""

    @cached_property
    def by_url(self) -> Mapping[str, Record]:
        """Records by the address of their document."""
        return {record.url: record for record in self.records.values()}

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The decoded addresses of the sitemap and its parts, relative to the root; those of another site unchanged."""
        addresses: list[str] = []
        for name in (SITEMAP, *self.sitemap_parts):
            addresses += locations(self.texts.get(name, b""), "loc")
        parts = {self.base_url + name for name in self.sitemap_parts}
        return tuple(unquote(self._inside(address)) for address in addresses if address not in parts)

    @cached_property
    def sitemap_parts(self) -> tuple[str, ...]:
        """The files of a sitemap that is split."""
        paths = map(self._inside, locations(self.texts.get(SITEMAP, b""), "loc"))
        return tuple(name for name in paths if name.endswith(".xml") and "/" not in name)

    def _inside(self, address: str) -> str:
        return address.removeprefix(self.base_url) if self.base_url else address

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """The pages at former addresses, and the file to which each leads at once."""
        leading: dict[str, str] = {}
        for path, page in self.pages.items():
            refresh = REFRESH.fullmatch(page.refreshes[0].strip()) if len(page.refreshes) == 1 else None
            target = target_of(path, refresh[1].strip()) if refresh else None
            if target and not page.article and not page.withdrawn and not target.scheme:
                leading[path] = target.path
        return leading

    @cached_property
    def own_pages(self) -> frozenset[str]:
        """The pages that gongkai makes, without HTML files that are attachments."""
        listed = {file_of(address) for address in (*self.listed, *self.by_url)}
        versions = {path for path in self.pages if path.rpartition("history/")[0] in self.by_url and "history/" in path}
        articles = {path for path, page in self.pages.items() if page.article or page.withdrawn}
        return frozenset(
            (listed | articles | versions | self.redirects.keys() | {HOME, NOT_FOUND, SEARCH}) & self.pages.keys()
        )


def file_of(address: str) -> str:
    """Return the file behind an address of the site."""
    return f"{address}index.html" if not address or address.endswith("/") else address


def parsed(data: bytes) -> Any:
    """Return the data of a JSON file, ``None`` where it cannot be read."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def read_site(root: Path) -> BuiltSite:
    """Return the built site in a folder.

    Raises ``GongkaiError`` where it is no site of gongkai.
    """
    if not root.is_dir():
        raise GongkaiError(f"没有文件夹 {root}", "写生成的网站所在的文件夹，如 gongkai verify public")
    if not any((root / name).is_file() for name in (MANIFEST, RECORDS)):
        raise GongkaiError(f"{root} 不是 gongkai 生成的网站：没有 {MANIFEST}", "写 gongkai build 的输出目录")
    sums: dict[str, str] = {}
    pages: dict[str, PageFacts] = {}
    texts: dict[str, bytes] = {}
    faults: list[Fault] = []
    for path in _walk(root, faults):
        try:
            data = (root / path).read_bytes()
        except OSError as error:
            faults.append(Fault(path, FaultKind.UNREADABLE, f"读不了：{reason_of(error)}", "检查文件的权限"))
            continue
        sums[path] = hashlib.sha256(data).hexdigest()
        if path.endswith(".html"):
            page = read_page(data)
            if page:
                pages[path] = page
                faults += check_word_file(root, path, data, page.article)
                faults += check_pdf_file(root, path, data, page.article)
            else:
                faults.append(Fault(path, FaultKind.UNREADABLE, "不是 HTML 网页", _REBUILD))
        elif path.endswith((".json", ".xml", ".css")) or path in {REDIRECTS, CALENDAR, CATALOGUE}:
            texts[path] = data
    portal = BuiltSite(sums, pages, texts, {}, tuple(faults))
    if portal.is_portal:
        return portal
    records, wrong = read_records(parsed(texts.get(RECORDS, b"")))
    faults += (Fault(RECORDS, FaultKind.UNREADABLE, message, _REBUILD) for message in wrong)
    return BuiltSite(sums, pages, texts, records, tuple(faults))


def _walk(root: Path, faults: list[Fault]) -> Iterator[str]:
    """Yield the path of every file; anything else, and an empty folder, is added to ``faults``."""
    for folder, folders, names in os.walk(root):
        base = Path(folder).relative_to(root).as_posix()
        prefix = "" if base == "." else f"{base}/"
        if not folders and not names and prefix:
            faults.append(Fault(_printable(prefix), FaultKind.EMPTY_FOLDER, "空文件夹，不属于网站", "删去它"))
        for name in sorted(names + [name for name in folders if os.path.islink(f"{folder}/{name}")]):  # noqa: PTH114 - as os.walk gives it
            path = prefix + name
            mode = os.lstat(f"{folder}/{name}").st_mode
            if stat.S_ISREG(mode) and _printable(path) == path:
                yield path
            elif stat.S_ISREG(mode):
                faults.append(
                    Fault(_printable(path), FaultKind.NOT_LISTED, "文件名不是 UTF-8，不属于网站", "移走这个文件")
                )
            else:
                word = "符号链接" if stat.S_ISLNK(mode) else "不是普通文件"
                faults.append(Fault(_printable(path), FaultKind.NOT_A_FILE, f"{word}，可能指向网站以外", _REBUILD))


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode()
