"""Check the addresses that are kept: former ones lead to a page of the site, withdrawn ones show nothing else."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.verify.built_site import REDIRECTS, BuiltSite, file_of
from generator.verify.fault import Fault, FaultKind

_LINE = re.compile(r'("(?:[^"\\]|\\.)*"|[^\s"\\;{}]+) ([^\s";{}$]+);')
_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"


def kept_addresses(site: BuiltSite) -> Iterator[str]:
    """Yield the pages at former addresses and at those of withdrawn documents, and the table of the former ones."""
    if REDIRECTS in site.texts:
        yield REDIRECTS
    listed = {file_of(address) for address in site.listed}
    for path, page in site.pages.items():
        is_kept = page.withdrawn and path not in listed
        if (is_kept or path in site.redirects) and "noindex" in page.metas.get("robots", ""):
            yield path


def check_former_addresses(site: BuiltSite) -> Iterator[Fault]:
    """Yield former addresses that lead to no document, and where ``redirects.map`` differs from the pages."""
    targets = _targets(site)
    for path, target in sorted(site.redirects.items()):
        if target not in targets:
            yield Fault(path, FaultKind.DEAD_LINK, f"旧网址转到的 {target} 不是文件的网页", _REBUILD)
    in_map: dict[str, str] = {}
    base = unquote(urlsplit(site.base_url).path)
    for number, line in enumerate(site.texts.get(REDIRECTS, b"").decode("utf-8", "replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            yield Fault(REDIRECTS, FaultKind.UNREADABLE, f"第 {number} 行读不了", _REBUILD)
            continue
        key = re.sub(r"\\(.)", r"\1", match[1][1:-1]) if match[1].startswith('"') else match[1]
        target = file_of(unquote(match[2]).removeprefix(base))
        if not (key.startswith(base) and unquote(match[2]).startswith(base)) or target not in targets:
            yield Fault(
                REDIRECTS, FaultKind.DEAD_LINK, f"第 {number} 行转到的 {match[2][:80]} 不是文件的网页", _REBUILD
            )
        if "?" not in key:
            in_map[key.removeprefix(base)] = target
    places = {
        path: in_map.get(path, in_map.get(_folder(path), in_map.get(_folder(path) + "/"))) for path in site.redirects
    }
    for path in sorted(path for path, target in places.items() if target != site.redirects[path]):
        yield Fault(REDIRECTS, FaultKind.PAGE_DIFFERS, f"和旧网址的网页 {path} 不一致", _REBUILD)


def _folder(path: str) -> str:
    return path.removesuffix("/index.html")


def _targets(site: BuiltSite) -> set[str]:
    """Return the pages to which a former address may lead: those of documents, and withdrawn ones."""
    documents = {file_of(address) for address in site.by_url}
    return (documents | {path for path, page in site.pages.items() if page.withdrawn}) & site.pages.keys()
