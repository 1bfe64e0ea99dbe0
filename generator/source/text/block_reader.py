"""Clean HTML → blocks: the one place that finds structure in HTML.

Clean HTML is what nh3 writes: every element is closed, attributes stand in double quotes, and no ``<`` is a word.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.domain.model import Block, BlockKind, LineBreak
from generator.source.text.anchors import clause_of_anchor
from generator.source.text.html_tags import VOID
from generator.source.text.plain import SCROLL_BEGIN, SCROLL_END
from generator.source.text.signs import LINE, LINE_OPEN, RUN

TOKEN = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9]*)((?:"[^"]*"|[^">])*)>')
"""One tag of clean HTML: whether it closes, its name and its attributes."""
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ALIGN = re.compile(r'<(t[dh]) align="(left|right|center)"')
_BLANK_LINES = re.compile(r"\s*\n\s*")
LINK_TAG = r'<(?P<tag>a|img|audio|video|source|track)\b(?P<attributes>(?:"[^"]*"|[^">])*)>'
"""A tag of clean HTML that may hold an address, as a regular expression."""
_LINK_OR_LINE = re.compile(rf"{LINK_TAG}|{LINE.pattern}")
_ADDRESS = re.compile(r'\s(href|src|poster)="([^"]*)"')
_ALT = re.compile(r'\salt="([^"]*)"')
_BLOCKS = frozenset(
    {"blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr"}
    | {"ul"}
)
_KINDS = {
    "table": BlockKind.TABLE,
    "ul": BlockKind.LIST,
    "ol": BlockKind.LIST,
    "dl": BlockKind.LIST,
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class FoundLink(NamedTuple):
    """An address in a text; ``is_address`` for a link, not for media; ``described`` unless an image has no text."""

    target: str
    is_address: bool
    described: bool
    line: int


def plain_text(markup: str) -> str:
    """Return the words of clean HTML, one line for each paragraph, heading and cell."""
    pieces: list[str] = []
    done = 0
    for match in TOKEN.finditer(markup):
        pieces.append(markup[done : match.start()])
        done = match.end()
        if match[2] in _BLOCKS:
            pieces.append("\n")
    pieces.append(markup[done:])
    return _BLANK_LINES.sub("\n", html.unescape("".join(pieces))).strip()


def read_blocks(clean: str, runs: Sequence[Sequence[Block]], first_line: int) -> Iterator[Block]:
    """Yield the top-level blocks of clean HTML; ``runs`` take the places of their signs.

    What stands between elements is a block of its own.
    """
    line = first_line
    for name, source in _top_level(clean):
        if name == "p" and (match := RUN.fullmatch(source.removeprefix("<p>").removesuffix("</p>").strip())):
            run = runs[int(match[1])]
            yield from run
            line = run[-1].line if run else line
            continue
        block = _block(name, source, line)
        yield block
        line = block.breaks[-1].line if block.breaks else block.line


def _top_level(clean: str) -> Iterator[tuple[str, str]]:
    """Yield every top-level element of clean HTML with its name; what lies between two of them has none."""
    depth = loose = begin = 0
    top = ""
    for match in TOKEN.finditer(clean):
        closing, name, _ = match.groups()
        if closing:
            depth -= 1
        elif depth == 0 and name in _BLOCKS:
            if clean[loose : match.start()].strip():
                yield "", clean[loose : match.start()].strip()
            begin, top = match.start(), name
            depth += name not in VOID
        else:
            depth += name not in VOID
            continue
        if depth == 0 and top:
            yield top, clean[begin : match.end()]
            top, loose = "", match.end()
    if clean[loose:].strip():
        yield "", clean[loose:].strip()


def _block(name: str, source: str, line: int) -> Block:
    """Return one block of clean HTML; ``line`` is that of the block before it."""
    text, breaks = _words_and_lines(_words_of(source))
    if breaks:
        line = breaks[0].line
        source = LINE.sub("", source)
        breaks = breaks if breaks[0].line != breaks[-1].line else ()
    if "<table" in source:
        source = source.replace("<table", SCROLL_BEGIN + "<table").replace("</table>", f"</table>{SCROLL_END}")
        source = _ALIGN.sub(r'<\1 class="\2"', source)  # align is obsolete HTML, and style is not ours to allow
    ids = tuple(map(html.unescape, _ID.findall(source))) if ' id="' in source else ()
    own = _ID.search(source, 0, source.find(">")) if ids else None
    anchor = html.unescape(own[1]) if own else ""
    kind, level = _kind(name, source, anchor)
    if kind not in {BlockKind.HEADING, BlockKind.CLAUSE}:
        anchor = ""
    return Block(kind, anchor, source, text, line, level, ids, breaks)


def _kind(name: str, source: str, anchor: str) -> tuple[BlockKind, int]:
    """Return the kind of a block, and its level where it is a heading."""
    if name == "p":
        is_clause = anchor and clause_of_anchor(anchor)
        return (BlockKind.CLAUSE if is_clause else BlockKind.PARAGRAPH), 0
    if name in _HEADINGS:
        return BlockKind.HEADING, int(name[1])
    if name == "div" and source.startswith('<div class="footnote"'):
        return BlockKind.FOOTNOTES, 0
    return _KINDS.get(name, BlockKind.OTHER), 0


def _words_of(source: str) -> str:
    """Return the words of one block; most are a paragraph without a tag inside."""
    if source.startswith("<p>") and source.find("<", 1) == len(source) - len("</p>") and "\n" not in source:
        return html.unescape(source[len("<p>") : -len("</p>")]).strip()
    return plain_text(source)


def _words_and_lines(signed: str) -> tuple[str, tuple[LineBreak, ...]]:
    """Take the line signs out of words, and return where each of them stood."""
    if LINE_OPEN not in signed:
        return signed, ()
    if "\n" not in signed and signed.count(LINE_OPEN) == 1:
        before, number, behind = LINE.split(signed)
        row = f"{before}{behind}".strip()
        return row, (LineBreak(len(row), int(number)),)
    words: list[str] = []
    breaks: list[LineBreak] = []
    length = 0
    for row in signed.split("\n"):
        pieces = LINE.split(row)
        place = length
        for piece, number in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            place += len(piece)
            if number:
                breaks.append(LineBreak(place, int(number)))
        if bare := "".join(pieces[::2]).strip():
            words.append(bare)
            length += len(bare) + 1
    return "\n".join(words), tuple(breaks)


def find_links(markup: str, first_line: int) -> Iterator[FoundLink]:
    """Yield every address of HTML that holds line signs, in its order, with its line."""
    if "<a " not in markup and " src=" not in markup:
        return
    waiting: list[FoundLink] = []
    line = first_line
    for match in _LINK_OR_LINE.finditer(markup):
        if not match["tag"]:
            line = int(match[3])
            yield from (link._replace(line=line) for link in waiting)
            waiting.clear()
            continue
        attributes = match["attributes"]
        alt = _ALT.search(attributes)
        described = match["tag"] != "img" or bool(alt and LINE.sub("", alt[1]).strip())
        for name, address in _ADDRESS.findall(attributes):
            waiting.append(FoundLink(html.unescape(address), name == "href", described, line))
    yield from waiting


def without_media(markup: str) -> str:
    """Return clean HTML in which images are their descriptions, and films and recordings are gone."""
    if "<img" not in markup and "<video" not in markup and "<audio" not in markup:
        return markup
    pieces: list[str] = []
    done = 0
    playing = ""  # the element of a film or recording that is open
    for match in TOKEN.finditer(markup):
        closing, name, attributes = match.groups()
        if playing:
            if closing and name == playing:
                playing, done = "", match.end()
        elif name in {"img", "video", "audio"}:
            pieces.append(markup[done : match.start()])
            done = match.end()
            if name != "img":
                playing = name
            elif alt := _ALT.search(attributes):
                pieces.append(f"（图片：{alt[1]}）")
    return "".join((*pieces, "" if playing else markup[done:]))
