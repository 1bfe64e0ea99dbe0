"""Our Markdown: Python-Markdown with anchors from 第N条 and headings.

``plain`` has taken the runs of plain blocks out before; the HTML is the same byte for byte.
"""

import html
import re
from functools import cache
from importlib import import_module
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from generator.domain.model import Heading
from generator.source.text.anchors import Anchors
from generator.source.text.plain import MARK, ExtractedBlocks, html_of

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SOFT_BREAK = re.compile(rf"(?<=[{_CJK}])\n[ \t]*(?=[{_CJK}])")
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
        cut: ExtractedBlocks = self.md.gongkai_cut  # type: ignore[attr-defined]
        used = {value for element in root.iter() if (value := element.get("id"))}
        titled = cut.titled or any(element.tag == "h1" for element in root)
        anchors = Anchors(used | self.md.gongkai_ids, deeper=titled)  # type: ignore[attr-defined]
        made: list[str] = []
        for element in root:
            tag = element.tag
            if tag == "p":
                if match := MARK.fullmatch(element.text or ""):
                    made.append(html_of(cut.runs[int(match[1])], anchors))
                elif not element.get("id") and (anchor := anchors.paragraph(_beginning(element))):
                    element.set("id", anchor)
            elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                heading = anchors.heading(int(tag[1]), _heading_words(element, self.md), element.get("id"))
                element.tag = f"h{heading.level}"
                element.set("id", heading.anchor)
        self.md.gongkai_outline = anchors.outline  # type: ignore[attr-defined]
        self.md.gongkai_made = made  # type: ignore[attr-defined]
        self.md.gongkai_names = anchors.used  # type: ignore[attr-defined]


def _heading_words(element: Element, md: Markdown) -> str:
    """Return the words of a heading; the library keeps escaped characters and HTML aside until it has written it."""
    words = "".join(element.itertext()).strip()
    if "\x02" not in words:
        return words
    stored = md.htmlStash.rawHtmlBlocks
    words = _STASHED.sub(lambda found: _TAG.sub("", str(stored[int(found[1])])), words.replace(AMP_SUBSTITUTE, "&amp;"))
    return html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1])), words)).strip()


def _beginning(paragraph: Element) -> str:
    """Return the words with which a paragraph begins, in bold or not."""
    text = paragraph.text or ""
    if not text.strip() and len(paragraph) and paragraph[0].tag in {"strong", "b", "em"}:
        return paragraph[0].text or ""
    return text


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
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.treeprocessors.register(_SoftBreaks(md), "gongkai-breaks", 9)
        md.treeprocessors.register(_Anchors(md), "gongkai-anchors", 7)


class Rendered(NamedTuple):
    """What the library made of a text: its HTML with a mark for each run, the runs' own HTML, the outline."""

    html: str
    runs: list[str]
    outline: list[Heading]
    names: set[str]


def render(cut: ExtractedBlocks, raw_ids: set[str]) -> Rendered:
    """Render a text from which the runs are taken; ``raw_ids`` are those of HTML that it holds."""
    converter = _converter(contents="[TOC]" in cut.rest)
    converter.reset()
    converter.gongkai_cut, converter.gongkai_ids = cut, raw_ids  # type: ignore[attr-defined]
    converter.gongkai_names = set()  # type: ignore[attr-defined]
    converter.gongkai_outline, converter.gongkai_made = [], []  # type: ignore[attr-defined]  # an empty text runs nothing
    made = converter.convert(cut.rest)
    return Rendered(made, converter.gongkai_made, converter.gongkai_outline, converter.gongkai_names)  # type: ignore[attr-defined]


@cache
def _converter(*, contents: bool) -> Markdown:
    """Return the converter; ``contents`` loads the table of contents, which also names headings inside quotations."""
    names = [*_EXTENSIONS, "toc"] if contents else _EXTENSIONS
    return Markdown(extensions=[*map(_extension, names), _Gongkai()], output_format="html")


def _extension(name: str) -> Extension:
    """Make one of the library's own extensions; by its name the library would look through all installed packages."""
    made: Extension = import_module(f"markdown.extensions.{name}").makeExtension(**_SETTINGS.get(name, {}))
    return made
