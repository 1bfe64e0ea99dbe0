"""Markdown → clean HTML, and the facts of the text: outline, anchors, links, plain text.

The library stays Python-Markdown; ``_PlainParagraphs`` and ``_PlainText`` only spare it the search
for syntax in text that holds no character of any, which is nearly all official Chinese text, and
an extension is loaded only for a text that holds its mark. The HTML is the same byte for byte.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

from generator.model import Heading

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SOFT_BREAK = re.compile(rf"(?<=[{_CJK}])\n(?=[{_CJK}])")
_NEEDS_INLINE = re.compile(r"[\\`*_\[\]<>&!\x02\x03]|  \n")
_CLAUSE = re.compile(r"\s*(第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?)(?=[\s　【（(：:]|$)")
_NUMBERING = re.compile(r"^(?:第[零〇一二三四五六七八九十百千\d]+[章节编部分]+|[（(]?[一二三四五六七八九十百零\d]+[）)、.．]|[一二三四五六七八九十]+、)[\s　]*")
_NOT_IN_ANCHOR = re.compile(r"[^\w\u4e00-\u9fff]+")
_PLAIN_BLOCK = re.compile(r"(?![ \t#+=:~-]|\d+[.)])[^\n\\`*_\[\]<>&!|{}\x02\x03]+\Z")

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|td|th|table|thead|tbody|caption|blockquote|pre|hr|br|section|figure|figcaption|details|summary)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_LOCAL = re.compile(r'<(a|img|audio|video|source|track)\b[^>]*?\s(href|src|poster)="([^"]*)"[^>]*>')
_ALT = re.compile(r'\salt="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_MAX_ANCHOR = 40


@dataclass(frozen=True, slots=True)
class Markup:
    """A converted text: clean HTML, plain text with a line per block, and its structure."""

    html: str
    text: str
    outline: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[tuple[str, str], ...]
    images_without_text: tuple[str, ...]


def convert(body: str) -> Markup:
    """Convert one Markdown text; template syntax in it is text, HTML in it is sanitised."""
    converter = _converter(tuple(name for name, mark in _EXTENSIONS if mark in body), joins=bool(_SOFT_BREAK.search(body)))
    converter.reset()
    raw = converter.convert(body)
    clean = _CLEANER.clean(raw)
    links: list[tuple[str, str]] = []
    bare: list[str] = []
    if "<a " in clean or " src=" in clean or "<img" in clean:
        for found in _LOCAL.finditer(clean):
            target = html.unescape(found[3])
            links.append((target, "link" if found[1] == "a" else "media"))
        for image in re.finditer(r"<img\b[^>]*>", clean):
            alt = _ALT.search(image[0])
            if not alt or not alt[1].strip():
                source = re.search(r'\ssrc="([^"]*)"', image[0])
                bare.append(html.unescape(source[1]) if source else "")
    outline: tuple[Heading, ...] = tuple(converter.gongkai_outline)  # type: ignore[attr-defined]
    anchors = frozenset(html.unescape(found) for found in _ID.findall(clean))
    return Markup(clean, plain_text(clean), outline, anchors, tuple(links), tuple(bare))


def plain_text(markup: str) -> str:
    """Return the words of clean HTML, one line per block."""
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", markup))
    return _BLANK_LINES.sub("\n", html.unescape(text)).strip()


def anchor_of(text: str) -> str:
    """Return the anchor of a heading: its own words without their number, so that it stays.

    >>> anchor_of("三、强化 责任")
    '强化-责任'
    """
    bare = _NUMBERING.sub("", text.strip()) or text.strip()
    return _NOT_IN_ANCHOR.sub("-", bare).strip("-_")[:_MAX_ANCHOR].strip("-_") or "节"


class _PlainText(InlineProcessor):
    """Python-Markdown's inline pass, skipped for text in which no inline pattern can match."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - the library's own names
        if not _NEEDS_INLINE.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc,no-any-return]


class _PlainParagraphs(BlockProcessor):
    """Blocks of one line without a Markdown character: paragraphs at once, without asking every processor."""

    def test(self, parent: Element, block: str) -> bool:
        return parent is self.parser.root and _PLAIN_BLOCK.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        while blocks and _PLAIN_BLOCK.match(blocks[0]):
            text = blocks.pop(0).lstrip()
            if text:
                SubElement(parent, "p").text = AtomicString(text)


class _Anchors(Treeprocessor):
    """Give headings and 第N条 paragraphs their anchors and write down the outline."""

    def run(self, root: Element) -> None:
        outline: list[Heading] = []
        used: set[str] = {value for element in root.iter() if (value := element.get("id"))}
        path: list[tuple[int, str]] = []
        deeper = 1 if any(element.tag == "h1" for element in root) else 0  # the page's own title is its only h1
        for element in root:
            tag = element.tag
            if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():  # noqa: PLR2004
                text = "".join(element.itertext()).strip()
                level = min(int(tag[1]) + deeper, 6)
                element.tag = f"h{level}"
                path = [step for step in path if step[0] < level]
                clause = _CLAUSE.match(text)
                anchor = self._place(element, clause[1] if clause else anchor_of(text), path, used)
                path.append((level, anchor))
                outline.append(Heading(level, text, anchor))
            elif tag == "p" and (clause := _clause_of(element)):
                self._place(element, clause, path, used)
        self.md.gongkai_outline = outline  # type: ignore[attr-defined]

    @staticmethod
    def _place(element: Element, wanted: str, path: list[tuple[int, str]], used: set[str]) -> str:
        if existing := element.get("id"):
            return existing
        anchor, number = wanted, 1
        if anchor in used and path:
            anchor = f"{path[-1][1]}-{wanted}"
        base = anchor
        while anchor in used:
            number += 1
            anchor = f"{base}-{number}"
        used.add(anchor)
        element.set("id", anchor)
        return anchor


def _clause_of(paragraph: Element) -> str | None:
    text = paragraph.text or ""
    if not text.strip() and len(paragraph) and paragraph[0].tag in {"strong", "b", "em"}:
        text = paragraph[0].text or ""
    if "第" not in text[:4]:
        return None
    found = _CLAUSE.match(text)
    return found[1] if found else None


class _SoftBreaks(Treeprocessor):
    """A line break typed inside a Chinese paragraph is no space: browsers would show one."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in {"pre", "code"}:
                continue
            if element.text and "\n" in element.text:
                element.text = _SOFT_BREAK.sub("", element.text)
            if element.tail and "\n" in element.tail:
                element.tail = _SOFT_BREAK.sub("", element.tail)


class _Gongkai(Extension):
    def __init__(self, *, joins: bool) -> None:
        self.config = {"joins": [joins, "join lines inside Chinese paragraphs"]}
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's own name
        md.parser.blockprocessors.register(_PlainParagraphs(md.parser), "gongkai-plain", 200)
        md.treeprocessors.register(_PlainText(md), "inline", 20)
        if self.getConfig("joins"):
            md.treeprocessors.register(_SoftBreaks(md), "gongkai-breaks", 9)
        md.treeprocessors.register(_Anchors(md), "gongkai-anchors", 7)


_EXTENSIONS = (("tables", "|"), ("footnotes", "[^"), ("attr_list", "{"), ("def_list", "\n:"), ("toc", "[TOC]"))


@lru_cache(maxsize=64)
def _converter(extensions: tuple[str, ...], *, joins: bool) -> Markdown:
    settings = {"tables": {"use_align_attribute": True}, "footnotes": {"BACKLINK_TITLE": "返回正文第 {} 处脚注"}}
    return Markdown(
        extensions=[*extensions, "sane_lists", _Gongkai(joins=joins)],
        extension_configs={name: settings[name] for name in extensions if name in settings}, output_format="html")


_SPAN = {"colspan", "rowspan", "scope", "align"}
_CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"audio", "video", "source", "track", "section", "figure", "figcaption", "details", "summary"},
    clean_content_tags={"script", "style", "iframe", "object", "embed", "form", "template", "noscript", "svg", "math"},
    attributes={
        "*": {"id", "class", "title", "lang"},
        "a": {"href", "id"}, "img": {"src", "alt", "width", "height"},
        "audio": {"src", "controls", "preload"}, "video": {"src", "controls", "preload", "poster", "width", "height"},
        "source": {"src", "type"}, "track": {"src", "kind", "srclang", "label", "default"},
        "td": _SPAN, "th": _SPAN, "col": {"span"}, "colgroup": {"span"}, "ol": {"start", "type"}, "li": {"value"},
        "details": {"open"}, "abbr": {"title"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
