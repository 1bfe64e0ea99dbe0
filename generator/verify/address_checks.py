"""Check every address of every page: relative, to a file that exists, and no request to another host."""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from generator.verify.built_page import Address
from generator.verify.built_site import NOT_FOUND, BuiltSite
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import resolve_path, target_of

_FOLLOWED = frozenset({"a", "area"})  # a reader follows these; a browser requests all others by itself
_NOT_WEB = frozenset({"mailto", "tel"})
_EDIT = "改正 content/ 里的链接后重新生成"
_EXTERNAL = "把文件放进 content/ 或主题的 assets/，用相对地址；政务网站不引用外部资源"


def check_links(site: BuiltSite) -> Iterator[Fault]:
    """Yield every wrong address, once for each page."""
    for path in sorted(site.own_pages):
        for address in dict.fromkeys(site.pages[path].addresses):
            wrong = _wrong(site, path, address)
            if wrong:
                what, message, hint = wrong
                yield Fault(path, what, f"<{address.tag} {address.name}=“{address.value[:80]}”>：{message}", hint)


def _wrong(site: BuiltSite, path: str, address: Address) -> tuple[FaultKind, str, str] | None:
    if address.tag == "link" and address.rel == "canonical":
        expected = site.base_url + quote(site.redirects.get(path, path)).removesuffix("index.html")
        return None if address.value == expected else (FaultKind.ADDRESS, f"本页的地址应是 {expected}", _EDIT)
    target = target_of(path, address.value)
    place = target.path
    if target.scheme == "/" and path == NOT_FOUND:
        base = urlsplit(site.base_url).path
        if not place.startswith(base):
            return FaultKind.ADDRESS, f"没有从网站的地址 {base} 开始", _EDIT
        place = resolve_path("", place[len(base) :] or "./")
    elif target.scheme == "/":
        return FaultKind.ADDRESS, "站内的地址应是相对地址", _EDIT
    elif target.scheme:
        return _elsewhere(site, address, target.scheme)
    if place == "..":
        return FaultKind.DEAD_LINK, "指向网站以外", _EDIT
    if place not in site.checksums:
        return FaultKind.DEAD_LINK, "没有这个文件", _EDIT
    page = site.pages.get(place)
    if target.anchor and page and target.anchor not in page.anchors:
        return FaultKind.DEAD_ANCHOR, f"那一页没有“{target.anchor[:40]}”这个位置", _EDIT
    return None


def _elsewhere(site: BuiltSite, address: Address, scheme: str) -> tuple[FaultKind, str, str] | None:
    if scheme in _NOT_WEB and address.tag in _FOLLOWED:
        return None
    if scheme not in {"http", "https", "//"}:
        return FaultKind.FOREIGN, "不是网页的地址", _EDIT
    if address.tag not in _FOLLOWED:
        return FaultKind.FOREIGN, "打开网页就要向站外请求", _EXTERNAL
    if site.base_url and address.value.startswith(site.base_url):
        return FaultKind.ADDRESS, "站内的地址应是相对地址", _EDIT
    return None
