"""Check that every file is as it was written, and that something public uses it (requirements section 26)."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from generator.verify.built_page import locations
from generator.verify.built_site import (
    FEED,
    FEEDS,
    FIXED,
    MANIFEST,
    NETWORK,
    RECORDS,
    RELATIONS,
    SITEMAP,
    URIS,
    BuiltSite,
    file_of,
    parsed,
)
from generator.verify.fault import Fault, FaultKind
from generator.verify.former_address_checks import kept_addresses
from generator.verify.link_targets import target_of
from generator.verify.relation_checks import is_elsewhere
from generator.verify.search_checks import search_files
from generator.verify.version_checks import api_path, expected_version_pages

_WITHDRAWN = "可能是不公开或已撤下的文件，立即重新生成"
_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_TAMPERED = "核对是谁改的；用 gongkai build 重新生成，整个文件夹一起替换"
_SHARED = ("id", "kind", "title", "url", "status", "attachments")
_DOWNLOADS = (".csv", ".xlsx", ".docx")


def check_manifest(site: BuiltSite) -> Iterator[Fault]:
    """Yield files that differ from the manifest or are not in it, and damage to the manifest itself."""
    manifest = site.manifest
    if not manifest:
        yield Fault(MANIFEST, FaultKind.UNREADABLE, "文件清单不存在或者读不了，不能核对文件有没有被改过", _REBUILD)
        return
    if site.texts[MANIFEST] != _as_written(manifest):
        yield Fault(MANIFEST, FaultKind.CHANGED_FILE, "文件清单和它自己的校验值不符，被改过", _TAMPERED)
    known = manifest["files"]
    for path in sorted(known.keys() - site.checksums.keys()):
        yield Fault(path, FaultKind.MISSING_FILE, "文件清单里有，网站里没有", _REBUILD)
    for path in sorted(site.checksums.keys() - known.keys() - {MANIFEST}):
        yield Fault(path, FaultKind.NOT_LISTED, "文件清单里没有这个文件", "移走它；要发布的内容放进 content/ 重新生成")
    for path in sorted(site.checksums.keys() & known.keys()):
        if site.checksums[path] != known[path]:
            yield Fault(path, FaultKind.CHANGED_FILE, "和生成时的校验值不符，被改过", _TAMPERED)


def _as_written(manifest: dict[str, Any]) -> bytes:
    """Return the bytes that a manifest must have: its digest is that of the manifest without the digest."""
    without_digest = {key: value for key, value in manifest.items() if key != "digest"}
    return _bytes({**without_digest, "digest": sha256(_bytes(without_digest)).hexdigest()})


def _bytes(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def check_accounted_files(site: BuiltSite) -> Iterator[Fault]:
    """Yield files that no public document, list, index or theme uses, and missing files that one of them needs."""
    for name in sorted(FIXED - {MANIFEST} - site.checksums.keys()):
        yield Fault(name, FaultKind.MISSING_FILE, "每个网站都有的文件，这里没有", _REBUILD)
    for record in site.records.values():
        page = site.pages.get(file_of(record.url))
        if page is None or page.article is None or page.article.id != record.id:
            message = f"{RECORDS} 里有编号“{record.id}”，这个地址上没有它的网页"
            yield Fault(file_of(record.url), FaultKind.NO_PAGE, message, _REBUILD)
        single = parsed(site.texts.get(api_path(record.id), b""))
        if not isinstance(single, dict) or any(single.get(key) != record.facts.get(key) for key in _SHARED):
            message = f"和 {RECORDS} 里编号“{record.id}”的不一致，或者不存在"
            yield Fault(api_path(record.id), FaultKind.PAGE_DIFFERS, message, _REBUILD)
        for address in record.attachments:
            if unquote(address) not in site.checksums:
                message = f"编号“{record.id}”的附件不存在"
                yield Fault(unquote(address), FaultKind.MISSING_FILE, message, _REBUILD)
    accounted = FIXED | set(_used_files(site)) | set(kept_addresses(site))
    for path in sorted(site.checksums.keys() - accounted):
        if path.startswith("assets/"):
            continue
        article = site.pages[path].article if path in site.pages else None
        if article:
            message = f"网页写的编号“{article.id}”不在 {RECORDS} 里的这个地址上"
            yield Fault(path, FaultKind.NO_RECORD, message, "可能是不公开或已撤下的文件，立即从服务器上删去")
        else:
            message = "没有哪份公开信息、清单、检索索引或主题用到这个文件"
            yield Fault(path, FaultKind.UNACCOUNTED, message, "可能是不公开的内容，核对后从服务器上删去")


def _used_files(site: BuiltSite) -> Iterator[str]:
    """Yield the files of documents, lists and the search index."""
    yield from site.sitemap_parts
    for address in site.listed:
        path = file_of(address)
        if path in site.pages and site.pages[path].article is None:
            yield path
            yield from _downloads(site, path)
    for record in site.records.values():
        yield api_path(record.id)
        yield from expected_version_pages(site, record)
        path = file_of(record.url)
        article = site.pages[path].article if path in site.pages else None
        if article is None or article.id != record.id:
            continue
        yield path
        yield from (unquote(address) for address in record.attachments)
        for written in site.pages[path].addresses:
            target = target_of(path, written.value)
            if target.path.startswith(record.url) and target.path not in site.own_pages:
                yield target.path
    yield from search_files(site)


def _downloads(site: BuiltSite, path: str) -> Iterator[str]:
    """Yield the downloads of a list: the files in its own folder that its page links, without pages."""
    folder = path.rpartition("/")[0]
    for written in site.pages[path].addresses:
        place = target_of(path, written.value).path
        if folder and place.rpartition("/")[0] == folder and place.endswith((*_DOWNLOADS, f"/{FEED}")):
            yield place


def check_lists(site: BuiltSite) -> Iterator[Fault]:
    """Yield where the sitemap and the feeds differ from the pages of the site."""
    for wrong in sorted(_wrong_in_sitemap(site)):
        yield Fault(SITEMAP, FaultKind.SITEMAP, wrong, _REBUILD)
    for name in FEEDS:
        expected_address = site.base_url if name == FEED else site.base_url + name
        ids = locations(site.texts.get(name, b""), "id")
        if site.base_url and expected_address not in ids:
            yield Fault(name, FaultKind.FEED, f"订阅没有写自己的地址 {expected_address}", _REBUILD)
        for address in ids:
            if address != expected_address and address.removeprefix(site.base_url).partition("#")[0] not in site.by_url:
                yield Fault(name, FaultKind.FEED, f"订阅里的 {address} 不是公开信息的地址", _WITHDRAWN)


def check_indexes(site: BuiltSite) -> Iterator[Fault]:
    """Yield entries of the tables of names and relations about anything that is not public."""
    named, network, edges = (parsed(site.texts.get(name, b"")) for name in (URIS, NETWORK, RELATIONS))
    documents = network.get("documents") if isinstance(network, dict) else None
    for path, entries, form in ((URIS, named, dict), (NETWORK, documents, list), (RELATIONS, edges, list)):
        if not isinstance(entries, form):
            yield Fault(path, FaultKind.UNREADABLE, "读不了，或者形式不对", _REBUILD)
    known = {site.base_url + url for url in site.by_url}
    for uri, about in named.items() if isinstance(named, dict) else ():
        if not isinstance(about, dict) or str(about.get("url")) not in known:
            yield Fault(URIS, FaultKind.NO_RECORD, f"“{uri[:80]}”所指的不是公开信息", _WITHDRAWN)
    statuses = {record.url: record.status for record in site.records.values()}
    parts = [part for record in site.records.values() for part in record.parts]
    statuses |= {str(part.get("url")): str(part.get("status")) for part in parts}
    elsewhere = {str(edge.get("url")) for edge in edges if isinstance(edge, dict)} if isinstance(edges, list) else set()
    for row in documents if isinstance(documents, list) else ():
        match row:
            case [str(), str(address), *_] if address in elsewhere and is_elsewhere(site, address):
                continue  # a document of another site of the platform
            case [str(title), str(address), _, status, *_] if address in statuses:
                if status != statuses[address]:
                    yield Fault(
                        NETWORK, FaultKind.STATUS, f"关联表里《{title[:60]}》的有效性和 {RECORDS} 不一致", _REBUILD
                    )
            case _:
                yield Fault(NETWORK, FaultKind.NO_RECORD, f"“{str(row)[:80]}”不是公开信息", _WITHDRAWN)
    yield from _check_edges(site, edges if isinstance(edges, list) else [])


def _check_edges(site: BuiltSite, edges: Sequence[object]) -> Iterator[Fault]:
    for edge in edges:
        if not isinstance(edge, dict):
            yield Fault(RELATIONS, FaultKind.UNREADABLE, f"“{str(edge)[:80]}”不是关联", _REBUILD)
            continue
        for end in ("source", "target"):
            name = edge.get(end, "")
            if name != "" and str(name) not in site.records:
                yield Fault(
                    RELATIONS, FaultKind.NO_RECORD, f"关联里的编号“{str(name)[:80]}”不在 {RECORDS} 里", _WITHDRAWN
                )


def _wrong_in_sitemap(site: BuiltSite) -> Iterator[str]:
    listed = {file_of(address) for address in site.listed}
    for path in listed - site.pages.keys():
        yield f"站点地图里的 {path} 不存在"
    expected_pages = {file_of(record.url) for record in site.records.values()} | {"index.html", "search/index.html"}
    for path in (expected_pages & site.pages.keys()) - listed:
        yield f"站点地图里没有 {path}"
