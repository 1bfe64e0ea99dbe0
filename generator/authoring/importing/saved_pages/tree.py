"""A saved page as a tree of elements, and what a reader of it sees (lxml, which reads broken pages as browsers do)."""

import contextlib
import functools
import re
from collections.abc import Container, Iterator

from lxml import etree

from generator.domain.problems import GongkaiError

MOST_BYTES = 8_000_000
_MOST_DEPTH = 200
_MOST_ELEMENTS = 100_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_NOT_SEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "select", "option", "input", "button"}
    | {"textarea", "iframe", "object", "embed", "applet", "audio", "video", "svg", "canvas", "map", "param", "datalist"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
    | {"ucapcontent", "menu", "dir", "html"}
)
"""Elements that begin a line of their own."""
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")


def parse_tree(text: str) -> etree._Element:
    """Return the root of a page; raises ``GongkaiError`` for one that no person has written."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = None
    with contextlib.suppress(etree.LxmlError, ValueError):
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)
    if root is None:
        raise GongkaiError("里面没有网页", "确认保存的是网页本身")
    depth = elements = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > _MOST_DEPTH or elements > _MOST_ELEMENTS:
            raise GongkaiError("网页的结构太深或者太大，不是正常的网页", "用浏览器打开看看；内容由人另存为 Word 再导入")
    return root


def name_of(element: etree._Element) -> str:
    """Return the name of an element, ``""`` for what is no element."""
    tag = element.tag
    return _name_of_tag(tag) if isinstance(tag, str) else ""


@functools.lru_cache(maxsize=2048)
def _name_of_tag(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def is_hidden(element: etree._Element) -> bool:
    """Whether a reader does not see an element: scripts, controls, what its own attributes hide."""
    name = name_of(element)
    if not name or name in _NOT_SEEN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDING.search(style))


def paragraphs_of(root: etree._Element, left_out: Container[etree._Element] = ()) -> Iterator[str]:
    """Yield what a reader sees inside an element, a line per block, without the elements that are left out."""
    line: list[str] = []
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = name_of(element)
        if hidden is not None:
            if event == "end" and element is hidden:
                hidden = None
                line.append(_tail(element, root))
            continue
        if name in BLOCKS or name == "br":
            if text := squeeze("".join(line)):
                yield text
            line = []
        if event == "start":
            if element is not root and (is_hidden(element) or element in left_out):
                hidden = element
                continue
            line.append(element.text or "")
        else:
            line.append(_tail(element, root))
    if text := squeeze("".join(line)):
        yield text


def _tail(element: etree._Element, root: etree._Element) -> str:
    return "" if element is root else element.tail or ""


def text_of(element: etree._Element) -> str:
    """Return what a reader sees inside an element as one line."""
    return " ".join(paragraphs_of(element))


def squeeze(text: str) -> str:
    """Return a text with one blank for each run of blanks, none at its ends."""
    return _BLANKS.sub(" ", text).strip()


def compact(text: str) -> str:
    """Return a text without blanks."""
    return _BLANKS.sub("", text)


def tokens_of(element: etree._Element) -> list[str]:
    """Return the id and the classes of an element, in small letters."""
    return f"{element.get('id') or ''} {element.get('class') or ''}".lower().split()
