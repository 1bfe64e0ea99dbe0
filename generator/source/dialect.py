"""Our Markdown: Python-Markdown with anchors from 第N条 and headings, and without work that finds nothing.

Three things spare the library work on official Chinese text, in which there is almost no syntax, and
the HTML is the same byte for byte. ``_PlainParagraphs`` takes a run of paragraphs without any Markdown
character out of the tree and puts one mark in its place, ``_PlainText`` skips inline patterns that
cannot match, and an extension is loaded only for a text that holds its mark.
"""

import re
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

from generator.model import Heading

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
_UNTIDY = re.compile(r"[\t\r\x02\x03]|\n ")
_NEEDS_INLINE = re.compile(r"[\\`*_\[\]<>&!\x02\x03]|  \n")
_CLAUSE = re.compile(r"\s*(第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?)(?=[\s　【（(：:]|$)")
_NUMBERING = re.compile(
    r"^(?:第[零〇一二三四五六七八九十百千\d]+[章节编部分]+"
    r"|[（(]?[一二三四五六七八九十百零\d]+[）)、.．]|[一二三四五六七八九十]+、)[\s　]*"
)
_NOT_IN_ANCHOR = re.compile(r"[^\w\u4e00-\u9fff]+")
_PLAIN_BLOCK = re.compile(r"(?![ \t#+=:~-]|\d+[.)])[^\x00-\x1f\x7f-\xa0\\`*_\[\]<>&!|{}\ufdd0\ufdd1]+\Z")
# Code points that no text may hold frame the number of a run of plain paragraphs; the hash of the text between
# them keeps a writer from making such a mark by an entity.
MARK_OPEN, MARK_CLOSE = "\ufdd0", "\ufdd1"
_MAX_ANCHOR = 40


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
                if (text := element.text or "").startswith(MARK_OPEN):
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


def converter_for(body: str) -> Markdown:
    """Return a converter with what a text needs, ready for it."""
    lines = f"\n{body}"
    names = tuple(name for name, mark in _EXTENSIONS if mark.search(lines))
    converter = _converter(names, joins=bool(_BREAK_TYPED.search(lines)))
    converter.reset()
    return converter


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
