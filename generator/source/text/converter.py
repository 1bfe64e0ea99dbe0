"""Python-Markdown as this project uses it: emphasis of its own, anchors from 第N条 and headings, numbers that stay."""

import html
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneOListProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from generator.domain.model import Block, Heading
from generator.source.text.anchors import Anchors
from generator.source.text.emphasis import Emphasis, find_emphasis
from generator.source.text.html_tags import ALLOWED, REMOVED_WITH_CONTENT
from generator.source.text.plain import ExtractedBlocks, blocks_of
from generator.source.text.signs import LINE, NUMBER, NUMBER_OPEN, RUN, number_sign, restored

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SOFT_BREAK = re.compile(rf"([{_CJK}](?:{LINE.pattern})?)\n[ \t]*(?=[{_CJK}])")
_EXTENSIONS = ("tables", "footnotes", "attr_list", "def_list", "sane_lists")
_SETTINGS: dict[str, dict[str, object]] = {
    "tables": {"use_align_attribute": True},
    "footnotes": {"BACKLINK_TITLE": "返回正文第 {} 处脚注"},
}
_STASHED, _ESCAPED = re.compile("\x02wzxhzdk:([0-9]+)\x03"), re.compile("\x02([0-9]+)\x03")
_TAG = re.compile(r"<[^>]*>")


class _Anchors(Treeprocessor):
    """Give headings and 第N条 paragraphs their anchors, and turn the runs into HTML, in the order of the text."""

    def run(self, root: Element) -> None:
        extracted: ExtractedBlocks = self.md.gongkai_extracted  # type: ignore[attr-defined]
        used = {value for element in root.iter() if (value := element.get("id"))}
        titled = extracted.titled or any(element.tag == "h1" for element in root)
        anchors = Anchors(used | self.md.gongkai_ids, deeper=titled)  # type: ignore[attr-defined]
        runs: list[list[Block]] = []
        for element in root:
            tag = element.tag
            if tag == "p":
                if match := RUN.fullmatch(element.text or ""):
                    runs.append(list(blocks_of(extracted.runs[int(match[1])], anchors)))
                elif not element.get("id") and (anchor := anchors.paragraph(_beginning(element))):
                    element.set("id", anchor)
            elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                heading = anchors.heading(int(tag[1]), _heading_words(element, self.md), element.get("id"))
                element.tag = f"h{heading.level}"
                element.set("id", heading.anchor)
        _remove_dead_back_links(root, used)
        self.md.gongkai_outline = anchors.outline  # type: ignore[attr-defined]
        self.md.gongkai_runs = runs  # type: ignore[attr-defined]


def _remove_dead_back_links(root: Element, ids: set[str]) -> None:
    """Take the link back out of a footnote that no place of the text names."""
    for item in root.iterfind("div[@class='footnote']/ol/li/p"):
        for link in item.findall("a[@class='footnote-backref']"):
            if link.get("href", "")[1:] not in ids:
                item.remove(link)


def _heading_words(element: Element, md: Markdown) -> str:
    """Return the words of a heading; the library keeps escaped characters and HTML aside until it has written it."""
    words = restored(LINE.sub("", "".join(_texts(element)))).strip()
    if "\x02" not in words:
        return words
    stored = md.htmlStash.rawHtmlBlocks
    words = _STASHED.sub(lambda found: _TAG.sub("", str(stored[int(found[1])])), words.replace(AMP_SUBSTITUTE, "&amp;"))
    return html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1])), words)).strip()


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of an element in its order, without the numbers of footnotes."""
    yield element.text or ""
    for child in element:
        if not child.get("id", "").startswith("fnref"):
            yield from _texts(child)
        yield child.tail or ""


def _beginning(paragraph: Element) -> str:
    """Return the words with which a paragraph begins, in bold or not."""
    text = paragraph.text or ""
    if not text.strip() and len(paragraph) and paragraph[0].tag in {"strong", "b", "em"}:
        text = paragraph[0].text or ""
    return LINE.sub("", text)


class _SoftBreaks(Treeprocessor):
    """A line break typed inside a Chinese paragraph is no space: browsers would show one."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in {"pre", "code"}:
                continue
            if element.text and "\n" in element.text:
                element.text = _SOFT_BREAK.sub(r"\1", element.text)
            if element.tail and "\n" in element.tail:
                element.tail = _SOFT_BREAK.sub(r"\1", element.tail)


class _NumberedLists(SaneOListProcessor):
    """Ordered lists whose items keep the numbers that were typed: 1. 3. 4. is no 1. 2. 3."""

    def get_items(self, block: str) -> list[str]:
        """Return the items of a block, each with its number as a sign."""
        return super().get_items("\n".join(map(self._numbered, block.split("\n"))))

    def _numbered(self, line: str) -> str:
        match = self.CHILD_RE.match(line)
        return f"{line[: match.start(3)]}{number_sign(match[1][:-1])}{match[3]}" if match else line


class _Numbers(Treeprocessor):
    """Give a list item its number where it is not the one after that of the item before."""

    def run(self, root: Element) -> None:
        for items in root.iter("ol"):
            expected = int(items.get("start", "1")) if items.get("start", "1").isdecimal() else 1
            for item in items:
                holder = item if (item.text or "").strip() or not len(item) else item[0]
                match = NUMBER.match((holder.text or "").lstrip())
                if match:
                    holder.text = NUMBER.sub("", holder.text or "", count=1)
                    number = int(match[1])
                    if number != expected:
                        item.set("value", str(number))
                        expected = number
                expected += 1


class _Emphasis(InlineProcessor):
    """Emphasis as ``find_emphasis`` sees it, in the place of the library's own."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"[*_]", md)
        self._text = ""
        self._pairs: list[Emphasis] = []
        self._shift = 0

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the element that begins at or behind a mark, with its place; no element where none does."""
        start = m.start()
        known = len(data) - self._shift
        if not self._pairs or known != len(self._text) or not self._text.endswith(data[start:]):
            self._text, self._shift = data, 0
            self._pairs = find_emphasis(data)
        while self._pairs and self._pairs[0].start + self._shift < start:
            self._pairs.pop(0)
        if not self._pairs:
            self._text = ""
            return None, start, len(data)
        first, inside = self._pairs.pop(0), []
        while self._pairs and self._pairs[0].start < first.stop:
            inside.append(self._pairs.pop(0))
        element = _element(first, inside, self._text)
        begin, end = first.start + self._shift, first.stop + self._shift
        self._shift += len(_PLACEHOLDER) - (end - begin)
        return element, begin, end


_PLACEHOLDER = "\x02klzzwxh:0000\x03"  # what the library puts in the place of an element


def _element(pair: Emphasis, inside: list[Emphasis], text: str) -> Element:
    """Return the element of a pair of marks with those of the pairs inside it."""
    outer = Element("em" if pair.size == 1 else "strong")
    holder = SubElement(outer, "em") if pair.size == 3 else outer
    done, last = pair.begin, None
    place = 0
    while place < len(inside):
        child = inside[place]
        deeper = [other for other in inside[place + 1 :] if other.start < child.stop]
        _append(holder, last, text[done : child.start])
        last = _element(child, deeper, text)
        holder.append(last)
        done = child.stop
        place += 1 + len(deeper)
    _append(holder, last, text[done : pair.end])
    return outer


def _append(holder: Element, last: Element | None, text: str) -> None:
    if last is None:
        holder.text = text
    else:
        last.tail = text


class _Gongkai(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        for name in ("em_strong2", "not_strong"):  # those of older versions
            if name in md.inlinePatterns:
                md.inlinePatterns.deregister(name)
        md.inlinePatterns.register(_Emphasis(md), "em_strong", 60)
        md.parser.blockprocessors.register(_NumberedLists(md.parser), "olist", 40)
        md.treeprocessors.register(_Numbers(md), "gongkai-numbers", 25)
        md.treeprocessors.register(_SoftBreaks(md), "gongkai-breaks", 9)
        md.treeprocessors.register(_Anchors(md), "gongkai-anchors", 7)


class Rendered(NamedTuple):
    """What the library made of a text: its HTML with a sign for each run, the runs' blocks, the outline."""

    html: str
    runs: list[list[Block]]
    outline: list[Heading]


def render(extracted: ExtractedBlocks, raw_ids: set[str]) -> Rendered:
    """Render a text from which the runs are taken; ``raw_ids`` are those of HTML that it holds."""
    converter = _converter(contents="[TOC]" in extracted.rest)
    converter.reset()
    converter.gongkai_extracted, converter.gongkai_ids = extracted, raw_ids  # type: ignore[attr-defined]
    converter.gongkai_outline, converter.gongkai_runs = [], []  # type: ignore[attr-defined]  # an empty text runs nothing
    made = converter.convert(extracted.rest)
    if NUMBER_OPEN in made:  # the item has become something else, as the word before a definition
        made = NUMBER.sub(r"\1. ", made)
    return Rendered(made, converter.gongkai_runs, converter.gongkai_outline)  # type: ignore[attr-defined]


@cache
def _converter(*, contents: bool) -> Markdown:
    """Return the converter; ``contents`` loads the table of contents, which also names headings inside quotations."""
    names = [*_EXTENSIONS, "toc"] if contents else _EXTENSIONS
    return Markdown(extensions=[*map(_extension, names), _Gongkai()], output_format="html")


def _extension(name: str) -> Extension:
    """Make one of the library's own extensions; by its name the library would look through all installed packages."""
    made: Extension = import_module(f"markdown.extensions.{name}").makeExtension(**_SETTINGS.get(name, {}))
    return made


_SPAN = {"colspan", "rowspan", "scope", "align"}
CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags=set(REMOVED_WITH_CONTENT),
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
"""The sanitiser of every text that the library converted."""
