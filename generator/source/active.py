"""Files that a browser would run: HTML and SVG with scripts, published beside the pages of a public body.

XML is read by its rules, HTML is looked through for the few marks without which nothing runs; what
cannot be looked at counts as active. Bounded: a file is read once, up to ``MAX_BYTES``.
"""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

from generator.model import MediaFile
from generator.problems import Problem

MAX_BYTES = 8_000_000
_HTML = frozenset({"html", "htm", "shtml", "shtm", "hta"})
_XML = frozenset({"svg", "xml", "xhtml", "xht", "xsl", "xslt", "mathml", "rdf", "atom", "rss"})
_RUNS_ITSELF = frozenset({"js", "mjs", "swf", "htc", "svgz", "mht", "mhtml", "jse", "vbs", "vbe", "wsf"})
_PROGRAMS = frozenset(
    {"exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "psm1", "wsh", "lnk", "jar", "apk", "sh", "reg", "cpl"}
    | {"pif", "chm", "inf", "scf", "url", "desktop", "elf", "dmg", "pkg", "deb", "rpm", "msc"}
)
_ELEMENTS = frozenset(
    {
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "base",
        "form",
        "foreignobject",
        "handler",
        "meta",
        "link",
    }
)
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "from", "to", "values", "begin", "poster"})
_SAFE_DATA = ("data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:font/")
_SCHEME = re.compile(r"(?:javascript|vbscript|data|https?|file|blob|ftp):|//")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_TAG = re.compile(
    r"<[/!]?\s{0,8}(?:[a-z]{1,12}:)?(script|iframe|frame|object|embed|applet|base|form|svg|math|template)\b"
)
_REFRESH = re.compile(r"<meta\b[^<>]{0,200}\bhttp-equiv\b")
_HANDLER = re.compile(r"[\s/\"'](on[a-z]{3,30})\s{0,20}=")
_LOADING = re.compile(r"<(?:img|link|video|audio|source|input|style|body)\b[^<>]{0,500}(?:https?:)?//")
_RUNNING = re.compile(r"(?:java|vb)script:")


def active_problems(project: Path, files: Mapping[str, MediaFile]) -> Iterator[tuple[str, Problem]]:
    """Yield H010 for every file that a browser would run, with what there is in it."""
    for path, file in files.items():
        suffix = path.rpartition("/")[2].rpartition(".")[2].lower()
        if suffix in _RUNS_ITSELF:
            yield path, Problem("H010", f"（.{suffix}）会在浏览器里运行，或者不能查看")
        elif suffix in _PROGRAMS:
            yield path, Problem("H010", f"（.{suffix}）是程序或脚本，不是公开的信息")
        elif suffix in _HTML or suffix in _XML:
            found = "太大，不能查看" if file.size > MAX_BYTES else _looked_at(project / path, suffix)
            if found:
                yield path, Problem("H010", found)


def _looked_at(place: Path, suffix: str) -> str:
    try:
        data = place.read_bytes()[:MAX_BYTES]
    except OSError:
        return "读不了，不能查看"
    return in_html(data) if suffix in _HTML else in_xml(data)


def in_xml(data: bytes) -> str:
    """Return what a browser would run or load in an SVG or another XML file, empty for nothing."""
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        if local in _ELEMENTS:
            found.append(f"有 <{local}>")
        for key, value in attributes.items():
            if wrong := _attribute(key.rpartition(":")[2].lower(), value):
                found.append(wrong)

    def entity(*_: object) -> None:
        found.append("定义了实体（ENTITY）")

    def instruction(target: str, _data: str) -> None:
        found.append(f"有处理指令 {target[:20]}")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the library's own argument
    except (expat.ExpatError, LookupError, ValueError):
        found.append("不合 XML 的写法，不能查看")
    return found[0] if found else ""


def _attribute(name: str, value: str) -> str:
    if name.startswith("on"):
        return f"有 {name[:20]}"
    bare = _BLANKS.sub("", value).lower()
    if name in _ADDRESSES and _SCHEME.search(bare[:2_000]) and not bare.startswith(_SAFE_DATA):
        return f"有指向别处或会运行的地址（{name}）"
    if name == "style" and ("url(" in bare and ("//" in bare or "javascript:" in bare)):
        return "样式引用了别处的内容"
    return ""


def in_html(data: bytes) -> str:
    """Return what a browser would run or load in an HTML file, empty for nothing."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:2_000]:
        return "不是 UTF-8 编码，不能查看"
    text = data.decode("latin-1").lower()  # the marks are ASCII in every encoding that is left
    if b"charset=utf-7" in data[:2_000].lower():
        return "不是 UTF-8 编码，不能查看"
    for mark, shown in ((_TAG, "有 <{}>"), (_HANDLER, "有 {}")):
        if found := mark.search(text):
            return shown.format(found[1])
    if _REFRESH.search(text):
        return "有 <meta http-equiv>"
    if _RUNNING.search(_BLANKS.sub("", html.unescape(text))):
        return "有会运行的地址（javascript:）"
    return "要向站外请求内容" if _LOADING.search(text) else ""
