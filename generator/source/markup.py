"""Markdown → clean HTML, and the facts of the text: outline, anchors, links, plain text.

The library stays Python-Markdown; three things spare it work on official Chinese text, in which
there is almost no syntax, and the HTML is the same byte for byte. ``_PlainParagraphs`` takes a run of
paragraphs without any Markdown character out of the tree and puts one mark in its place, ``_PlainText``
skips the inline pass where nothing can match, and an extension is loaded only for a text that holds
its mark. Everything but those runs, which hold no ``<``, ``>`` or ``&``, goes through nh3.
"""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

from generator.model import Heading, LinkRole

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SOFT_BREAK = re.compile(rf"(?<=[{_CJK}])\n[ \t]*(?=[{_CJK}])")
_BREAK_TYPED = re.compile(rf"\n(?<!\n\n)[ \t>]*(?=[{_CJK}])")
_INLINE_MARKS = {
    "backtick": "`",
    "escape": "\\",
    "linebreak": "\n",
    "html": "<",
    "entity": "&",
    "autolink": "<",
    "automail": "<",
    **dict.fromkeys(("reference", "link", "short_reference", "footnote"), "["),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), "!"),
    "not_strong": "*_",
    "em_strong": "*",
    "em_strong2": "_",
}
_UNTIDY = re.compile(r"[\t\r\x02\x03]|\n ")
_NEEDS_INLINE = re.compile(r"[\\`*_\[\]<>&!\x02\x03]|  \n")
_CLAUSE = re.compile(r"\s*(第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?)(?=[\s　【（(：:]|$)")
_NUMBERING = re.compile(
    r"^(?:第[零〇一二三四五六七八九十百千\d]+[章节编部分]+"
    r"|[（(]?[一二三四五六七八九十百零\d]+[）)、.．]|[一二三四五六七八九十]+、)[\s　]*"
)
_BARE_CLAUSE = re.compile(r"^(第[零〇一二三四五六七八九十百千\d]+条)\n(?=[\u4e00-\u9fff])", re.MULTILINE)
_INDENTED = re.compile(r"(?<=\S)\n(?=　)")
_TABLE_RULE = re.compile(r"^ {0,3}\|?[ ]*:?-+:?[ ]*\|[-:| ]*$", re.MULTILINE)
_NOT_IN_ANCHOR = re.compile(r"[^\w\u4e00-\u9fff]+")
_PLAIN_BLOCK = re.compile(r"(?![ \t#+=:~-]|\d+[.)])[^\x00-\x1f\x7f-\xa0\\`*_\[\]<>&!|{}\ufdd0\ufdd1]+\Z")
# Code points that no text may hold frame the number of a run of plain paragraphs; the hash of the text between
# them keeps a writer from making such a mark by an entity.
_MARK_OPEN, _MARK_CLOSE = "\ufdd0", "\ufdd1"
_RUN = re.compile(f"<p>{_MARK_OPEN}([0-9a-f]+)-([0-9]+){_MARK_CLOSE}</p>")

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|td|th|table|thead|tbody|caption|blockquote|pre|hr|br"
    r"|section|figure|figcaption|details|summary)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]+>")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_LINKING = re.compile(r'<(a|img|audio|video|source|track)\b((?:"[^"]*"|[^">])*)>')
_ADDRESS = re.compile(r'\s(href|src|poster)="([^"]*)"')
_RAW_ID = re.compile(r"\bid\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ALT = re.compile(r'\salt="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ALIGN = re.compile(r'<(t[dh]) align="(left|right|center)"')
_MAX_ANCHOR = 40
# On a phone a wide table scrolls by itself, from the keyboard too.
_SCROLL = '<div class="table-scroll" role="region" aria-label="表格" tabindex="0">'


@dataclass(frozen=True, slots=True)
class Markup:
    """A converted text: clean HTML, plain text with a line per block, and its structure."""

    html: str
    text: str
    outline: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[tuple[str, LinkRole, bool], ...]


def convert(body: str) -> Markup:
    """Convert one Markdown text; template syntax in it is text, HTML in it is sanitised."""
    lines = f"\n{body}"
    converter = _converter(
        tuple(name for name, mark in _EXTENSIONS if mark.search(lines)), joins=bool(_BREAK_TYPED.search(lines))
    )
    converter.reset()
    runs: list[list[str]] = []
    converter.gongkai_outline = []  # type: ignore[attr-defined]  # an empty text runs no processor
    converter.gongkai_runs = runs  # type: ignore[attr-defined]
    typed = _as_typed(body)
    mark = hashlib.blake2b(typed.encode("utf-8", "replace"), digest_size=6).hexdigest()
    converter.gongkai_mark = f"{_MARK_OPEN}{mark}-{{}}{_MARK_CLOSE}"  # type: ignore[attr-defined]
    converter.gongkai_used = set(_RAW_ID.findall(typed)) if "<" in typed else set()  # type: ignore[attr-defined]
    clean = _CLEANER.clean(converter.convert(typed))
    if runs:
        clean = _RUN.sub(lambda found: "\n".join(runs[int(found[2])]) if found[1] == mark else found[0], clean)
    if "<table" in clean:
        clean = clean.replace("<table", _SCROLL + "<table").replace("</table>", "</table></div>")
        clean = _ALIGN.sub(r'<\1 class="\2"', clean)  # align is obsolete HTML, and style is not ours to allow
    outline: tuple[Heading, ...] = tuple(converter.gongkai_outline)  # type: ignore[attr-defined]
    anchors = frozenset(html.unescape(found) for found in _ID.findall(clean))
    return Markup(clean, plain_text(clean), outline, anchors, tuple(_links(clean)))


def _links(clean: str) -> Iterator[tuple[str, LinkRole, bool]]:
    """Yield every address of clean HTML, what it is for, and whether it has a text where it needs one."""
    for tag in _LINKING.finditer(clean) if "<a " in clean or " src=" in clean else ():
        alt = _ALT.search(tag[2])
        described = tag[1] != "img" or bool(alt and alt[1].strip())
        for address in _ADDRESS.finditer(tag[2]):
            role = LinkRole.LINK if address[1] == "href" else LinkRole.MEDIA
            yield html.unescape(address[2]), role, described


def _as_typed(body: str) -> str:
    """Give a text from Word the blank lines that Markdown needs: before an indented paragraph, before a table."""
    body = body.replace(_MARK_OPEN, "").replace(_MARK_CLOSE, "")
    if "\n　" in body:
        body = _INDENTED.sub("\n\n", body)
    if "条\n" in body:
        body = _BARE_CLAUSE.sub(r"\1　", body)
    return _with_tables_apart(body) if "|" in body else body


def _with_tables_apart(body: str) -> str:
    """Put a blank line before every table that follows its paragraph at once."""
    for rule in reversed(list(_TABLE_RULE.finditer(body))):
        head = body.rfind("\n", 0, max(rule.start() - 1, 0)) + 1  # where the row of headings begins
        before = body[body.rfind("\n", 0, max(head - 1, 0)) + 1 : max(head - 1, 0)]
        if before.strip() and "|" not in before:
            body = f"{body[:head]}\n{body[head:]}"
    return body


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


class _TidyLines(NormalizeWhitespace):
    """Python-Markdown's tidying of blanks, skipped for a text without any of what it looks for."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if _UNTIDY.search("\n".join(lines)) else [*lines, "", ""]


class _PlainText(InlineProcessor):
    """Python-Markdown's inline pass, without the patterns whose characters a text does not hold."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - its names
        if isinstance(data, AtomicString) or not _NEEDS_INLINE.search(data):
            return data
        start = 0
        for place, characters, pattern in self._patterns[patternIndex:]:
            matched = not characters or any(char in data for char in characters)
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, place, start)  # type: ignore[attr-defined]
        return data

    @cached_property
    def _patterns(self) -> list[tuple[int, str, object]]:
        """Every pattern with its place and the characters of which a match must hold one."""
        registry = self.inlinePatterns
        of_place = {
            registry.get_index_for_name(name): marks for name, marks in _INLINE_MARKS.items() if name in registry
        }
        return [(place, of_place.get(place, ""), pattern) for place, pattern in enumerate(registry)]


class _PlainParagraphs(BlockProcessor):
    """Blocks of one line without a Markdown character are paragraphs: a run of them is one mark in the tree."""

    def test(self, parent: Element, block: str) -> bool:
        return parent is self.parser.root and _PLAIN_BLOCK.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        runs: list[list[str]] = self.parser.md.gongkai_runs  # type: ignore[attr-defined]
        count = next((n for n, block in enumerate(blocks) if not _PLAIN_BLOCK.match(block)), len(blocks))
        texts = [text for block in blocks[:count] if (text := block.lstrip())]
        del blocks[:count]
        if texts:
            SubElement(parent, "p").text = AtomicString(self.parser.md.gongkai_mark.format(len(runs)))  # type: ignore[attr-defined]
            runs.append(texts)


class _Anchors(Treeprocessor):
    """Give headings and 第N条 paragraphs their anchors, and write down the outline."""

    def run(self, root: Element) -> None:
        self._used: set[str] = {value for element in root.iter() if (value := element.get("id"))}
        self._used |= self.md.gongkai_used  # type: ignore[attr-defined]
        self._path: list[tuple[int, str]] = []
        outline: list[Heading] = []
        runs: list[list[str]] = self.md.gongkai_runs  # type: ignore[attr-defined]
        deeper = 1 if any(element.tag == "h1" for element in root) else 0  # the page's own title is its only h1
        for element in root:
            tag = element.tag
            if tag == "p":
                if (text := element.text or "").startswith(_MARK_OPEN):
                    self._anchor_run(runs[int(text[1:-1].rpartition("-")[2])])
                elif (clause := _clause_of(element)) and not element.get("id"):
                    element.set("id", self._name(clause))
            elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                outline.append(self._anchor_heading(element, min(int(tag[1]) + deeper, 6)))
        self.md.gongkai_outline = outline  # type: ignore[attr-defined]

    def _anchor_run(self, run: list[str]) -> None:
        for place, text in enumerate(run):
            clause = _CLAUSE.match(text) if text[0] == "第" else None
            run[place] = f'<p id="{self._name(clause[1])}">{text}</p>' if clause else f"<p>{text}</p>"

    def _anchor_heading(self, element: Element, level: int) -> Heading:
        text = "".join(element.itertext()).strip()
        element.tag = f"h{level}"
        self._path = [step for step in self._path if step[0] < level]
        clause = _CLAUSE.match(text)
        anchor = element.get("id") or self._name(clause[1] if clause else anchor_of(text))
        element.set("id", anchor)
        self._path.append((level, anchor))
        return Heading(level, text, anchor)

    def _name(self, wanted: str) -> str:
        """Return an anchor that is not used yet: under its own heading where the bare one is."""
        anchor = f"{self._path[-1][1]}-{wanted}" if wanted in self._used and self._path else wanted
        base, number = anchor, 1
        while anchor in self._used:
            number += 1
            anchor = f"{base}-{number}"
        self._used.add(anchor)
        return anchor


def _clause_of(paragraph: Element) -> str | None:
    text = paragraph.text or ""
    if not text.strip() and len(paragraph) and paragraph[0].tag in {"strong", "b", "em"}:
        text = paragraph[0].text or ""
    found = _CLAUSE.match(text) if "第" in text[:4] else None
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
    def __init__(self, *, joins: bool, plain: bool) -> None:
        self.config = {
            "joins": [joins, "join lines inside Chinese paragraphs"],
            "plain": [plain, "take runs of plain paragraphs out of the tree"],
        }
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        if self.getConfig("plain"):
            md.parser.blockprocessors.register(_PlainParagraphs(md.parser), "gongkai-plain", 200)
        md.preprocessors.register(_TidyLines(md), "normalize_whitespace", 30)
        md.treeprocessors.register(_PlainText(md), "inline", 20)
        if self.getConfig("joins"):
            md.treeprocessors.register(_SoftBreaks(md), "gongkai-breaks", 9)
        md.treeprocessors.register(_Anchors(md), "gongkai-anchors", 7)


# An extension is loaded for a text that holds its mark; a definition list reads the paragraph before it.
_EXTENSIONS = tuple(
    (name, re.compile(mark))
    for name, mark in (
        ("tables", r"\|"),
        ("footnotes", r"\[\^"),
        ("attr_list", r"\{"),
        ("def_list", r"\n {0,3}:[ \t]"),
        ("toc", r"\[TOC\]"),
    )
)


@lru_cache(maxsize=64)
def _converter(extensions: tuple[str, ...], *, joins: bool) -> Markdown:
    settings: dict[str, dict[str, object]] = {
        "tables": {"use_align_attribute": True},
        "footnotes": {"BACKLINK_TITLE": "返回正文第 {} 处脚注"},
    }
    return Markdown(
        extensions=[*extensions, "sane_lists", _Gongkai(joins=joins, plain="def_list" not in extensions)],
        extension_configs={name: settings[name] for name in extensions if name in settings},
        output_format="html",
    )


_SPAN = {"colspan", "rowspan", "scope", "align"}
_CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS
    | {"audio", "video", "source", "track", "section", "figure", "figcaption", "details", "summary"},
    clean_content_tags={"script", "style", "iframe", "object", "embed", "form", "template", "noscript", "svg", "math"},
    attributes={
        "*": {"id", "class", "title", "lang"},
        "a": {"href", "id"},
        "img": {"src", "alt", "width", "height"},
        "audio": {"src", "controls", "preload"},
        "video": {"src", "controls", "preload", "poster", "width", "height"},
        "source": {"src", "type"},
        "track": {"src", "kind", "srclang", "label", "default"},
        "td": _SPAN,
        "th": _SPAN,
        "col": {"span"},
        "colgroup": {"span"},
        "ol": {"start", "type"},
        "li": {"value"},
        "details": {"open"},
        "abbr": {"title"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
