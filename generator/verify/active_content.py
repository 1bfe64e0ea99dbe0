"""Check what runs or loads on a page, whatever the manifest says: both may have been changed."""

import re
from collections.abc import Iterator, Mapping

from generator.verify.built_site import REFRESH, BuiltSite
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of

_REBUILD = "核对是谁改的；用 gongkai build 重新生成，整个文件夹一起替换"
_THEME = "页面不用内嵌的脚本、样式和框架；检查主题的模板，不是主题写的就是网站被改过"
_OWN = frozenset({"'self'", "'none'"})
_WASM, _DATA = "'wasm-unsafe-eval'", "data:"
# The sources that each directive of the content security policy may allow.
_POLICY: Mapping[str, frozenset[str]] = {
    "default-src": _OWN,
    "script-src": _OWN | {_WASM},
    "script-src-elem": _OWN | {_WASM},
    "script-src-attr": frozenset({"'none'"}),
    "img-src": _OWN | {_DATA},
    "font-src": _OWN | {_DATA},
    "base-uri": _OWN,
    "form-action": _OWN,
}
_NEEDED = ("default-src", "base-uri", "form-action")
_IN_STYLES = re.compile(
    r"(?:url|src|image|image-set)\((?:[^()]*,)?[\"']?((?:[a-z][a-z0-9+.-]*:|[\\/]{2})[^\"')]{0,200})"
    r"|@import[\"']?((?:[a-z][a-z0-9+.-]*:|[\\/]{2})[^\"';]{0,200})"
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|([^\r\n\f]))", re.IGNORECASE)
_BLANKS = re.compile(r"[\x00-\x20]+")


def check_active(site: BuiltSite) -> Iterator[Fault]:
    """Yield active content of pages, pages without a strict policy, and style sheets that load from elsewhere."""
    for path in sorted(site.own_pages):
        page = site.pages[path]
        for content in dict.fromkeys(page.active):
            yield Fault(path, FaultKind.ACTIVE, f"网页里有{content}", _THEME)
        for content in page.refreshes:
            if page.article or page.withdrawn or not _is_own(site, path, content):
                yield Fault(path, FaultKind.ACTIVE, f"网页会自动转到“{content[:80]}”", _REBUILD)
        if wrong := _wrong_policy(page.policies):
            yield Fault(path, FaultKind.POLICY, wrong, "检查主题的 base.html；不是主题写的就是网站被改过")
    for path, data in sorted(site.texts.items()):
        if path.endswith(".css") and (address := loaded_by(data.decode("utf-8", "replace"))):
            message = f"样式引用了站外的 {address[:80]}"
            yield Fault(
                path, FaultKind.FOREIGN, message, "把文件放进主题的 assets/，用相对地址；政务网站不引用外部资源"
            )
        elif path.endswith(".css") and (b"\x00" in data or b"@charset" in data[:20].lower()):
            yield Fault(path, FaultKind.UNREADABLE, "样式不是 UTF-8 编码，不能核对", _REBUILD)


def _is_own(site: BuiltSite, path: str, content: str) -> bool:
    """Whether a refresh leads to a page of the site, by a relative address."""
    refresh = REFRESH.fullmatch(content.strip())
    target = target_of(path, refresh[1].strip()) if refresh else None
    return bool(target and not target.scheme and target.path in site.checksums)


def _wrong_policy(policies: tuple[str, ...]) -> str:
    """Return what is wrong with the content security policy of a page, empty for a strict one."""
    if not policies:
        return "没有内容安全策略（Content-Security-Policy），或者它写在脚本和样式的后面"
    weaknesses = [_weakness(policy) for policy in policies]
    return "" if "" in weaknesses else weaknesses[0]  # where there are several, all apply


def _weakness(policy: str) -> str:
    directives: dict[str, list[str]] = {}
    for part in policy.lower().split(";"):
        name, *sources = part.split()[:50] or [""]
        directives.setdefault(name, sources)
    for name in _NEEDED:
        if name not in directives:
            return f"内容安全策略没有 {name}"
    for name, sources in directives.items():
        known = name in _POLICY or name.endswith("-src")
        foreign = [source for source in sources if known and source not in _POLICY.get(name, _OWN)]
        if foreign:
            return f"内容安全策略的 {name} 允许 {foreign[0][:60]}"
    return ""


def loaded_by(style: str) -> str:
    """Return the first address outside the site that a style loads, in any spelling that CSS allows; empty for none."""
    bare = _COMMENT.sub(" ", style.lower())
    for form in (bare, _ESCAPE.sub(_character, bare)):
        for match in _IN_STYLES.finditer(_BLANKS.sub("", form)):
            address = match[1] or match[2]
            if not address.startswith("data:image/") or "svg" in address[:30]:
                return address
    return ""


def _character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code).lower() if 0 < code < 0x110000 else ""
