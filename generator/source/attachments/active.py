"""Detect files with active content: HTML, SVG and CSS that run scripts or load content from elsewhere.

XML is parsed; HTML is searched for the few constructs without which nothing runs. A file that cannot be checked
counts as active. A file is read once, up to ``MAX_BYTES``.
"""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

from generator.domain.model import MediaFile
from generator.domain.problems import Problem
from generator.domain.unseen import CONTROLS, LINE_SEPARATORS, ZERO_WIDTH

MAX_BYTES = 8_000_000
_HTML = frozenset({"html", "htm", "shtml", "shtm", "hta"})
_XML = frozenset({"svg", "xml", "xhtml", "xht", "xsl", "xslt", "mathml", "rdf", "atom", "rss"})
_RUNS_ITSELF = frozenset({"js", "mjs", "swf", "htc", "svgz", "mht", "mhtml", "jse", "vbs", "vbe", "wsf"})
_PROGRAMS = frozenset(
    {"exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "psm1", "wsh", "lnk", "jar", "apk", "sh", "reg", "cpl"}
    | {"pif", "chm", "inf", "scf", "url", "desktop", "elf", "dmg", "pkg", "deb", "rpm", "msc", "msp", "mst", "msix"}
    | {"appx", "appimage", "ipa", "run", "command", "bash", "zsh", "csh", "ksh", "psd1", "ps1xml", "py", "pyc", "pyw"}
    | {
        "pl",
        "rb",
        "php",
        "asp",
        "aspx",
        "jsp",
        "jspx",
        "cgi",
        "class",
        "war",
        "ear",
        "so",
        "dylib",
        "sys",
        "ocx",
        "drv",
    }
    | {"vb", "ws", "wsc", "sct", "hlp", "xll", "application", "gadget", "jnlp", "ax", "wasm"}
)
_FIRST_BYTES = 256
_SHORT = 16  # MZ and no more than this is no text about anything
# What programs begin with, whatever their names are: ELF, Java, Mach-O, shortcuts, help files, packages, WebAssembly.
_PROGRAM_STARTS = (
    *(b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe"),
    *(b"\xcf\xfa\xed\xfe", b"L\0\0\0\x01\x14\x02\0", b"ITSF", b"\xed\xab\xee\xdb", b"!<arch>\n", b"\0asm"),
)
_SCRIPT_START = re.compile(rb"(?:\xef\xbb\xbf)?(?:#![ \t]*/|<\?php\b|@echo\s+off\b)", re.IGNORECASE)
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
_ADDRESSES = frozenset(
    {
        *(
            "href",
            "src",
            "srcset",
            "imagesrcset",
            "action",
            "formaction",
            "data",
            "from",
            "to",
            "by",
            "values",
            "begin",
        ),
        *("poster", "background", "ping", "manifest", "codebase", "archive", "base"),
    }
)
_SAFE_DATA = r"data:(?:image/(?:png|jpeg|gif|webp|avif)|font/|application/(?:x-)?font)"
_ELSEWHERE = rf"(?:(?:java|vb|live)script:|https?:|ftp:|file:|blob:|[\\/]{{2}}|(?!{_SAFE_DATA})data:)"
_ADDRESS = re.compile(rf"(?:^|[,;]){_ELSEWHERE}")
_LOADING = re.compile(
    rf"(?:src|srcset|poster|background|ping|manifest|codebase|archive|data|action)=[\"']?(?:[^\"'<>=]*,)?{_ELSEWHERE}"
    rf"|<link[^<>]*?href=[\"']?{_ELSEWHERE}"
)
_STYLE = re.compile(
    rf"(?:url|src|image|image-set|-webkit-image-set|cross-fade)\((?:[^()]*,)?[\"']?{_ELSEWHERE}"
    rf"|@import[\"']?{_ELSEWHERE}|@import[^;]{{0,200}}//|expression\(|-moz-binding|behavior:url"
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|([^\r\n\f]))", re.IGNORECASE)
_BLANKS = re.compile(rf"[{CONTROLS}{LINE_SEPARATORS}{ZERO_WIDTH}\t\n\r \xa0]+")
_TAG = re.compile(
    r"<[/!]?\s*+(?:[a-z]{1,12}:)?(script|iframe|frame|object|embed|applet|base|form|svg|math|template|portal|fencedframe)\b"
)
_REFRESH = re.compile(r"<meta\b[^<>]{0,2000}\bhttp-equiv\b")
_HANDLER = re.compile(r"[\s/\"'](on[a-z]{3,30})\s*+=")
_RUNNING = re.compile(r"(?:java|vb|live)script:")
_CHARSET = re.compile(r"(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]{1,40})")
_CSS_CHARSET = re.compile(r"^(?:\xef\xbb\xbf)?@charset[\s\"']*+([\w.:-]{1,40})")
_KNOWN_CHARSETS = frozenset(
    {"utf-8", "utf8", "gb2312", "gbk", "gb18030", "big5", "us-ascii", "ascii", "iso-8859-1", "windows-1252"}
)


def active_problems(project: Path, files: Mapping[str, MediaFile]) -> Iterator[tuple[str, Problem]]:
    """Yield H010 for every file that a browser or a computer would run, with the reason."""
    for path, file in files.items():
        suffix = path.rpartition("/")[2].rpartition(".")[2].lower()
        if suffix in _RUNS_ITSELF:
            yield path, Problem("H010", f"（.{suffix}）会在浏览器里运行，或者不能查看")
        elif suffix in _PROGRAMS:
            yield path, Problem("H010", f"（.{suffix}）是程序或脚本，不是公开的信息")
        elif suffix in _HTML or suffix in _XML or suffix == "css":
            message = "太大，不能查看" if file.size > MAX_BYTES else _active_content(project / path, suffix)
            if message:
                yield path, Problem("H010", message)
        elif _is_program(project / path):
            yield path, Problem("H010", "从开头的内容看是程序或脚本，不是公开的信息")


def _is_program(place: Path) -> bool:
    """Whether a file is a program or a script by its first bytes; one that cannot be read is S012."""
    try:
        with place.open("rb") as stream:
            start = stream.read(_FIRST_BYTES)
    except OSError:
        return False
    is_windows_program = start.startswith(b"MZ") and (b"\0" in start or len(start) < _SHORT)
    return is_windows_program or start.startswith(_PROGRAM_STARTS) or bool(_SCRIPT_START.match(start))


def active_in(place: Path) -> str:
    """Return the active content of a theme's style sheet or SVG in Chinese, an empty string for none."""
    suffix = place.suffix.lower().removeprefix(".")
    return _active_content(place, suffix) if suffix in _XML or suffix == "css" else ""


def _active_content(place: Path, suffix: str) -> str:
    try:
        data = place.read_bytes()[:MAX_BYTES]
    except OSError:
        return "读不了，不能查看"
    if suffix == "css":
        return in_css(data)
    return in_html(data) if suffix in _HTML else in_xml(data)


def in_xml(data: bytes) -> str:
    """Return the active content of an SVG or another XML file in Chinese, an empty string for none."""
    reasons: list[str] = []
    styles = [""]  # the text of every element: any of them may hold style rules

    def add_text(text: str) -> None:
        styles[-1] += text

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        styles.append("")
        if local in _ELEMENTS:
            reasons.append(f"有 <{local}>")
        for key, value in attributes.items():
            if reason := _attribute(key.rpartition(":")[2].lower(), value):
                reasons.append(reason)

    def entity(*_: object) -> None:
        reasons.append("定义了实体（ENTITY）")

    def instruction(target: str, _data: str) -> None:
        reasons.append(f"有处理指令 {target[:20]}")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = add_text
    parser.EntityDeclHandler = entity
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the library's own argument
    except (expat.ExpatError, LookupError, ValueError):
        reasons.append("不合 XML 的写法，不能查看")
    if not reasons and any(map(_loads, filter(_may_load, styles))):
        reasons.append("样式引用了别处的内容")
    return reasons[0] if reasons else ""


def in_css(data: bytes) -> str:
    """Return in Chinese what a style sheet loads from elsewhere, an empty string for nothing."""
    text = _as_text(data)
    return "不是 UTF-8 编码，不能查看" if text is None else "样式引用了别处的内容" if _loads(text) else ""


def _may_load(text: str) -> bool:
    return "(" in text or "@" in text or "\\" in text


def _loads(style: str) -> bool:
    """Whether a style loads something from elsewhere or runs, in any spelling that CSS allows."""
    style = style.lower()
    bare = _COMMENT.sub(" ", style)
    return any(_STYLE.search(_BLANKS.sub("", form)) for form in (style, bare, _ESCAPE.sub(_escaped, bare)))


def _escaped(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    code = int(match[1], 16)
    return chr(code).lower() if 0 < code < 0x110000 else ""


def _as_text(data: bytes) -> str | None:
    """Return a text with one character a byte, ``None`` in an encoding whose tags may not be ASCII."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"+/v")) or b"\x00" in data:
        return None
    text = data.decode("latin-1")
    head = text[:4_000].lower()
    named = [*_CHARSET.findall(head), *_CSS_CHARSET.findall(head)]
    return None if set(named) - _KNOWN_CHARSETS else text


def _attribute(name: str, value: str) -> str:
    if name.startswith("on"):
        return f"有 {name[:20]}"
    bare = _BLANKS.sub("", value).lower()
    if name in _ADDRESSES and _ADDRESS.search(bare):
        return f"有指向别处或会运行的地址（{name}）"
    if _may_load(value) and _loads(value):
        return "样式引用了别处的内容"
    return ""


def in_html(data: bytes) -> str:
    """Return the active content of an HTML file in Chinese, an empty string for none."""
    text = _as_text(data)
    if text is None:
        return "不是 UTF-8 编码，不能查看"
    lowered = text.lower()
    for mark, template in ((_TAG, "有 <{}>"), (_HANDLER, "有 {}")):
        if match := mark.search(lowered):
            return template.format(match[1])
    if _REFRESH.search(lowered):
        return "有 <meta http-equiv>"
    plain = html.unescape(text).lower()  # entity names such as &Tab; are case-sensitive
    bare = _BLANKS.sub("", plain)
    if _RUNNING.search(bare):
        return "有会运行的地址（javascript:）"
    return "要向站外请求内容" if _LOADING.search(bare) or _loads(plain) else ""
