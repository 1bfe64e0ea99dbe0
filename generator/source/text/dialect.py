"""Our Markdown: Python-Markdown with anchors from 第N条 and headings, and without work that finds nothing.

``_PlainText`` skips inline patterns that cannot match, an extension is loaded only for a text that holds
its mark, and ``plain`` has taken the runs of plain blocks out before; the HTML is the same byte for byte.
"""

import html
import re
from functools import cached_property, lru_cache
from importlib import import_module
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from generator.domain.model import Heading
from generator.source.text.anchors import Anchors
from generator.source.text.plain import MARK, Cut, html_of

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
    "em_strong": "*_",
    "em_strong2": "_",
}
_SETTINGS: dict[str, dict[str, object]] = {
    "tables": {"use_align_attribute": True},
    "footnotes": {"BACKLINK_TITLE": "返回正文第 {} 处脚注"},
}
_STASHED, _ESCAPED = re.compile("\x02wzxhzdk:([0-9]+)\x03"), re.compile("\x02([0-9]+)\x03")
_TAG = re.compile(r"<[^>]*>")
_NEEDS_INLINE = re.compile(r"[\\`*_\[\]<>&!\x02\x03]|  \n")


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


class _Anchors(Treeprocessor):
    """Give headings and 第N条 paragraphs their anchors, and turn the runs into HTML, in the order of the text."""

    def run(self, root: Element) -> None:
        cut: Cut = self.md.gongkai_cut  # type: ignore[attr-defined]
        used = {value for element in root.iter() if (value := element.get("id"))}
        titled = cut.titled or any(element.tag == "h1" for element in root)
        anchors = Anchors(used | self.md.gongkai_ids, deeper=titled)  # type: ignore[attr-defined]
        made: list[str] = []
        for element in root:
            tag = element.tag
            if tag == "p":
                if found := MARK.fullmatch(element.text or ""):
                    made.append(html_of(cut.runs[int(found[1])], anchors))
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
    def __init__(self, *, joins: bool) -> None:
        self.config = {"joins": [joins, "join lines inside Chinese paragraphs"]}
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
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


class Rendered(NamedTuple):
    """What the library made of a text: its HTML with a mark for each run, the runs' own HTML, the outline."""

    html: str
    runs: list[str]
    outline: list[Heading]
    names: set[str]


def render(cut: Cut, raw_ids: set[str]) -> Rendered:
    """Render a text from which the runs are taken; ``raw_ids`` are those of HTML that it holds."""
    lines = f"\n{cut.rest}"
    names = tuple(name for name, mark in _EXTENSIONS if mark.search(lines))
    converter = _converter(names, joins=bool(_BREAK_TYPED.search(lines)))
    converter.reset()
    converter.gongkai_cut, converter.gongkai_ids = cut, raw_ids  # type: ignore[attr-defined]
    converter.gongkai_names = set()  # type: ignore[attr-defined]
    converter.gongkai_outline, converter.gongkai_made = [], []  # type: ignore[attr-defined]  # an empty text runs nothing
    made = converter.convert(cut.rest)
    return Rendered(made, converter.gongkai_made, converter.gongkai_outline, converter.gongkai_names)  # type: ignore[attr-defined]


@lru_cache(maxsize=64)
def _converter(extensions: tuple[str, ...], *, joins: bool) -> Markdown:
    wanted = [_extension(name) for name in (*extensions, "sane_lists")]
    return Markdown(extensions=[*wanted, _Gongkai(joins=joins)], output_format="html")


def _extension(name: str) -> Extension:
    """Make one of the library's own extensions; by its name the library would look through all installed packages."""
    made: Extension = import_module(f"markdown.extensions.{name}").makeExtension(**_SETTINGS.get(name, {}))
    return made
