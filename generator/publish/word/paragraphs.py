"""Blocks of a text → the paragraphs and tables of a Word file."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import unquote

from generator.domain.model import Block, BlockKind
from generator.publish.text.official_lines import (
    ADDRESSEE,
    ATTACHMENT,
    ATTACHMENT_ITEM,
    OFFICIAL_CLASS,
    SIGNATURE,
    SIGNATURE_DAY,
    SIGNED_BEGIN,
    SIGNED_END,
)
from generator.publish.word.table import SMALL, table_xml
from generator.publish.word.template import picture_id, xml_text

_STYLE_OF_CLASS = {
    ADDRESSEE: "Addressee",
    ATTACHMENT: "Attachment Note",
    ATTACHMENT_ITEM: "Attachment Item",
    SIGNATURE: "Signed",
    SIGNATURE_DAY: "Signed Day",
}
_PROPERTY = {
    "b": "<w:b/>",
    "strong": "<w:b/>",
    "i": "<w:i/>",
    "em": "<w:i/>",
    "s": "<w:strike/>",
    "del": "<w:strike/>",
    "u": '<w:u w:val="single"/>',
    "ins": '<w:u w:val="single"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}
_ORDER = tuple(  # the order in which a schema wants them
    sorted(dict.fromkeys([*_PROPERTY.values(), SMALL]), key=lambda one: ("<w:u" in one, "vert" in one))
)
_BOXES = frozenset(
    {"p", "div", "section", "figure", "figcaption", "details", "summary", "li", "dt", "dd", "caption"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "hr"}
)
_PLAIN = re.compile(r'<p(?: (?:id|class)="([^"]*)")?>(?:<b>([^<]*)</b>)?([^<]*)</p>')
_LINKED = re.compile(  # a heading or a paragraph that has only links, and no other markup, in its words
    r'<(p|h[1-6])(?: (?:id|class)="([^"]*)")?>(?:<b>([^<]*)</b>)?((?:[^<]++|<a [^<>]*+>|</a>)*+)</\1>'
)
_LINK = re.compile(r"</?a[^<>]*>")
_LIST_ITEM = "List Item "  # and how many lists it is in besides its own
_NOT_PRINTED = "footnote-backref"
_BLANKS = re.compile(r"[\t\n\r ]+")
_FORMATS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}
_WIDEST_CM, _PIXELS_PER_CM, _EMU_PER_CM = 15.5, 37.8, 360_000
_DEEPEST = 40
_BOLD = "<w:b/>"
_PLAIN_RUN = '<w:r><w:t xml:space="preserve">'
_BOLD_RUN = f'<w:r><w:rPr>{_BOLD}</w:rPr><w:t xml:space="preserve">'

Picture = Callable[[str], bytes]


class Paragraphs:
    """The paragraphs of one document; ``pictures`` are the files that they show, by their names in the Word file."""

    def __init__(self, styles: Mapping[str, str], picture: Picture, root: str) -> None:
        self._styles = styles
        self._picture = picture
        self._root = root
        self.pictures: dict[str, bytes] = {}

    def paragraph(self, words: str, style: str = "") -> str:
        """Return a paragraph of plain words; each line of ``words`` is one of the paragraph."""
        return self._of_runs("<w:r><w:br/></w:r>".join(_run(line, ()) for line in words.split("\n")), style)

    def block(self, block: Block, *, is_part: bool = False) -> str:
        """Return one block of a text; ``is_part`` for the heading of a text that the document carries."""
        html = block.html
        if html.startswith("<p>") and html.count("<") == 2 and "&" not in html:  # half of all
            return f"<w:p>{_PLAIN_RUN}{html[3:-4]}</w:t></w:r></w:p>"
        if match := _PLAIN.fullmatch(html):
            name, number, words = match.groups()
            if "&" in words:  # XML knows few of the entities of HTML
                words = xml_text(unescape(words))
            start = f"{_BOLD_RUN}{number}</w:t></w:r>" if number else ""
            style = self._properties(_STYLE_OF_CLASS[name]) if name in _STYLE_OF_CLASS else ""
            return f"<w:p>{style}{start}{_PLAIN_RUN}{words}</w:t></w:r></w:p>"
        style = ""
        if block.kind is BlockKind.HEADING:
            style = "Part Title" if is_part else f"heading {max(block.level - 1, 1)}"
        elif official := OFFICIAL_CLASS.search(html):
            style = _STYLE_OF_CLASS[official[1]]
        match = _LINKED.fullmatch(html.removeprefix(SIGNED_BEGIN).removesuffix(SIGNED_END))
        if match and _NOT_PRINTED not in html:
            return self._linked(match, style)
        return self._elements(html, style)

    def _linked(self, match: re.Match[str], style: str) -> str:
        """Return a paragraph of words and links, which are words in Word: each a run of its own."""
        _, name, number, words = match.groups()
        runs = [_run(unescape(number), (_BOLD,))] if number else []
        for part in _LINK.split(words):
            runs += _words(unescape(part), (), runs)
        return self._of_runs("".join(runs), _STYLE_OF_CLASS.get(name or "", style)) if runs else ""

    def _elements(self, html: str, style: str) -> str:
        """Return clean HTML as paragraphs and tables."""
        body = _html_body(html)
        return "".join(self._flow(body, style, "", (), 0)) if body is not None else ""

    def _flow(self, element: Any, style: str, mark: str, properties: tuple[str, ...], depth: int) -> Iterator[str]:
        """Yield the paragraphs and tables inside an element; ``mark`` stands before the first paragraph."""
        runs: list[str] = [_run(mark, ())] if mark else []
        runs += _words(element.text, properties, [])
        for child in element:
            name = child.tag if isinstance(child.tag, str) else ""
            if name in _BOXES and depth < _DEEPEST:
                takes_mark = bool(mark) and name == "p" and len(runs) == 1
                if runs and not takes_mark:
                    yield self._of_runs("".join(runs), style)
                runs = []
                yield from self._box(name, child, style, mark if takes_mark else "", properties, depth + 1)
                mark = ""
            elif name:
                runs += self._inline(name, child, properties, runs, depth + 1)
            runs += _words(child.tail, properties, runs)
        if runs:
            yield self._of_runs("".join(runs), style)

    def _inline(
        self, name: str, element: Any, properties: tuple[str, ...], before: Sequence[str], depth: int
    ) -> Iterator[str]:
        """Yield the runs of an element inside a paragraph."""
        if element.get("class") == _NOT_PRINTED:
            return
        if name == "br":
            yield "<w:r><w:br/></w:r>"
        elif name == "img":
            yield self._drawing(element) or _run(element.get("alt") or "", properties)
        elif name in {"audio", "video"}:
            yield from _words(element.get("title") or element.get("aria-label"), properties, before)
        elif depth < _DEEPEST:
            if name in _PROPERTY:
                properties = (*properties, _PROPERTY[name])
            yield from _words(element.text, properties, before)
            for child in element:
                if isinstance(child.tag, str):
                    yield from self._inline(child.tag, child, properties, "…", depth + 1)
                yield from _words(child.tail, properties, "…")

    def _box(
        self, name: str, element: Any, style: str, mark: str, properties: tuple[str, ...], depth: int
    ) -> Iterator[str]:
        if name == "table":
            yield table_xml(element, self._styles, lambda cell, properties: self._cell(cell, depth, properties))
        elif name in {"ul", "ol"}:
            start = element.get("start", "1")
            number = int(start) if start.isdecimal() and len(start) < _DEEPEST else 1
            if not style or style.startswith(_LIST_ITEM):
                style = f"{_LIST_ITEM}{sum(1 for _ in element.iterancestors('ul', 'ol'))}"
            for item in element:
                sign = f"{number}. " if name == "ol" else "• "
                number += 1
                yield from self._flow(item, style, sign, properties, depth)
        elif name == "blockquote":
            yield from self._flow(element, "Quotation", "", properties, depth)
        elif name == "pre":
            lines = "".join(element.itertext()).rstrip("\n")
            yield self.paragraph(lines, "Code Text")
        elif name == "hr":
            return
        elif name in {"summary", "dt"}:
            yield from self._flow(element, style, mark, (*properties, _BOLD), depth)
        elif name == "figure" or (name == "p" and _is_picture(element)):
            yield from self._flow(element, style or "Picture", mark, properties, depth)
        else:
            official = _STYLE_OF_CLASS.get(element.get("class", ""), style)
            yield from self._flow(element, official, mark, properties, depth)

    def _cell(self, cell: Any, depth: int, properties: tuple[str, ...]) -> str:
        """Return the paragraphs of a cell, which in most tables has words only."""
        if len(cell):
            return "".join(self._flow(cell, "Table Text", "", properties, depth))
        runs = _words(cell.text, properties, [])
        return self._of_runs(runs[0], "Table Text") if runs else ""

    def _drawing(self, image: Any) -> str:
        """Return a picture as a run, empty where it has no file or Word cannot show it."""
        path = unquote((image.get("src") or "").removeprefix(self._root))
        data = self._picture(path) if path else b""
        form = next((form for sign, form in _FORMATS.items() if data.startswith(sign)), "")
        if not form:
            return ""
        width, height = (_side(image.get(side)) for side in ("width", "height"))
        scale = min(1.0, _WIDEST_CM * _PIXELS_PER_CM / width) / _PIXELS_PER_CM
        return self._drawn(data, form, image.get("alt") or "", width * scale, height * scale)

    def picture(self, data: bytes, alt: str, centimetres: float) -> str:
        """Return a paragraph of a square picture, a PNG with a side in centimetres; nothing without one."""
        return self._of_runs(self._drawn(data, "png", alt, centimetres, centimetres), "Picture") if data else ""

    def _drawn(self, data: bytes, form: str, alt: str, width: float, height: float) -> str:
        """Return a picture as a run, its sides in centimetres."""
        name = next((name for name, one in self.pictures.items() if one == data), f"{len(self.pictures) + 1}.{form}")
        self.pictures[name] = data
        cx, cy = (round(side * _EMU_PER_CM) for side in (width, height))
        words = xml_text(alt).replace('"', "&quot;")
        identity = f'id="{len(self.pictures)}" name="{name}" descr="{words}"'
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr {identity}/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {identity}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{picture_id(name)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _of_runs(self, runs: str, style: str) -> str:
        return f"<w:p>{self._properties(style)}{runs}</w:p>"

    def _properties(self, style: str) -> str:
        indent = ""
        if style.startswith(_LIST_ITEM):  # a list inside another one is two characters further right
            level = int(style.removeprefix(_LIST_ITEM))
            style = _LIST_ITEM.rstrip()
            indent = f'<w:ind w:leftChars="{200 * level}" w:left="{640 * level}"/>' if level else ""
        identity = self._styles.get(style, "")
        named = f'<w:pStyle w:val="{identity}"/>' if identity else ""
        return f"<w:pPr>{named}{indent}</w:pPr>" if named or indent else ""


@cache
def _parser() -> Any:
    from lxml import etree

    return etree.HTMLParser(encoding="utf-8", no_network=True)


def _html_body(html: str) -> Any:
    """Return the element around the elements of clean HTML."""
    from lxml import etree

    return etree.fromstring(f"<html><body>{html}</body></html>".encode(), _parser()).find("body")


def _is_picture(paragraph: Any) -> bool:
    """Whether a paragraph is one picture and nothing else; a link may be around it."""
    inside = [one for one in paragraph.iter() if isinstance(one.tag, str)][1:]
    names = [one.tag for one in inside]
    return names in (["img"], ["a", "img"]) and not "".join(paragraph.itertext()).strip()


def _run(words: str, properties: Sequence[str]) -> str:
    if not words:
        return ""
    inside = "".join(one for one in _ORDER if one in properties)
    return f'<w:r>{f"<w:rPr>{inside}</w:rPr>" if inside else ""}<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r>'


def _words(words: str | None, properties: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return words as a run; blanks at the beginning of a paragraph are none."""
    words = words or ""
    if "  " in words or not words.isprintable():
        words = _BLANKS.sub(" ", words)
    return [_run(words, properties)] if words.strip(" ") or (words and before) else []


def _side(value: str | None) -> int:
    return max(int(value), 1) if value and value.isdecimal() and len(value) < 6 else 400
