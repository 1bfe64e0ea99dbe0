"""The elements of a text as blocks: paragraphs of pieces, tables, pictures, as the Word importer has them.

Numbers of ordered lists become words, as automatic numbers of Word do; addresses stay as the page has them.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from generator.authoring.importing.saved_pages.tree import BLOCKS, is_hidden, name_of, squeeze, text_of
from generator.authoring.importing.word.blocks import (
    Block,
    Break,
    Cell,
    Paragraph,
    Picture,
    Piece,
    Table,
    VerticalPosition,
    Words,
)
from generator.authoring.importing.word.tidy import merge_runs

PICTURE_ATTRIBUTES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazyload",
    "data-url",
    "_src",
    "oldsrc",
    "src",
)
_FORMS: dict[str, dict[str, object]] = {
    **{name: {"bold": True} for name in ("b", "strong")},
    **{name: {"italic": True} for name in ("i", "em")},
    **{name: {"struck": True} for name in ("s", "del", "strike")},
    "sup": {"height": VerticalPosition.RAISED},
    "sub": {"height": VerticalPosition.LOWERED},
}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff，。、；：）》”])\n(?=[\u3400-\u9fff（《“])")
_INDENT = re.compile("[ \t\r\n]*[\u00a0\u2002-\u2005\u3000][ \u00a0\u2002-\u2005\u3000]*[\u00a0\u2002-\u2005\u3000]")
_WIDE_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_UNSEEN = re.compile("[\u200b-\u200d\ufeff\u00ad\u2028\u2029]")
_HEADING = re.compile(r"h([1-6])")
_ICON = re.compile(
    r"filetypeimages|/icon[s_]?[/_]|spacer\.gif|blank\.gif"
    r"|icon_(?:pdf|doc|xls|txt|rar|zip)|(?:^|/)(?:ico|file|ext)?[_-]?(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|csv|txt|rar|zip|7z)\.(?:gif|png|jpe?g|svg)",
    re.IGNORECASE,
)
_MOST_SPAN = 100
_SMALLEST = 3  # pixels
_FILE_LIKE = re.compile(r"[\w.-]+\.(?:jpe?g|png|gif|bmp|webp)|image\d*|img_?\d*|图片\d*", re.IGNORECASE)


class ReadText(NamedTuple):
    """A text that was read: its blocks, and what a page of this site cannot have."""

    blocks: tuple[Block, ...]
    embedded: tuple[str, ...]


def read_blocks(container: etree._Element, left_out: Collection[etree._Element] = ()) -> ReadText:
    """Return the text inside an element, without what a reader does not see and what is left out."""
    embedded: list[str] = []
    builder = _Builder(left_out, embedded)
    builder.children(container, Words(""))
    builder.end()
    return ReadText(tuple(builder.blocks), tuple(embedded))


def map_pieces(blocks: tuple[Block, ...], change: Callable[[Piece], Piece]) -> tuple[Block, ...]:
    """Return blocks in which every piece is changed by a function."""
    changed: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            changed.append(replace(block, pieces=merge_runs(map(change, block.pieces))))
        else:
            rows = tuple(
                tuple(cell._replace(blocks=map_pieces(cell.blocks, change)) for cell in row) for row in block.rows
            )
            changed.append(Table(rows))
    return tuple(changed)


class _Builder:
    def __init__(self, left_out: Collection[etree._Element], embedded: list[str]) -> None:
        self._left_out, self._embedded = left_out, embedded
        self.blocks: list[Block] = []
        self._pieces: list[Piece] = []
        self._align = ""
        self._outline: int | None = None
        self._bullet: int | None = None
        self._prefix = ""
        self._depth = 0
        self._is_pre = False

    def children(self, element: etree._Element, form: Words) -> None:
        self._words(element.text, form)
        for child in element:
            self._element(child, form)
            self._words(child.tail, form)

    def end(self) -> None:
        """End the paragraph that is open."""
        pieces = self._trimmed()
        self._pieces = []
        if not pieces:
            return
        if self._prefix:
            pieces = [Words(self._prefix), *pieces]
        paragraph = Paragraph(
            merge_runs(pieces),
            self._outline,
            centred=self._align == "center",
            right=self._align == "right",
            bullet=self._bullet,
        )
        self.blocks.append(paragraph)
        self._prefix, self._bullet = "", None

    def _trimmed(self) -> list[Piece]:
        pieces = list(self._pieces)
        while pieces and (
            isinstance(pieces[0], Break) or (isinstance(pieces[0], Words) and not pieces[0].text.strip())
        ):
            pieces.pop(0)
        while pieces and (
            isinstance(pieces[-1], Break) or (isinstance(pieces[-1], Words) and not pieces[-1].text.strip())
        ):
            pieces.pop()
        return pieces

    def _words(self, text: str | None, form: Words) -> None:
        if not text:
            return
        text = _UNSEEN.sub("", text)
        if self._is_pre:
            for number, line in enumerate(text.replace("\r", "").split("\n")):
                if number:
                    self._pieces.append(Break())
                if line:
                    self._pieces.append(form._replace(text=line))
            return
        if self._pieces and isinstance(self._pieces[-1], Break) and _INDENT.match(text):
            self.end()  # an indented line is a paragraph of its own
        text = _BLANKS.sub(lambda blanks: "\n" if "\n" in blanks[0] else " ", text)
        text = _WIDE_BLANKS.sub(" ", _BETWEEN_CHINESE.sub("", text).replace("\n", " "))
        before = self._pieces[-1] if self._pieces else None
        if text.startswith(" ") and (before is None or isinstance(before, Break)):
            text = text.lstrip(" \u3000")
        if text:
            self._pieces.append(form._replace(text=text))

    def _element(self, element: etree._Element, form: Words) -> None:
        name = name_of(element)
        if not name or element in self._left_out:
            return
        if is_hidden(element):
            if name in {"iframe", "object", "embed", "audio", "video"} and element.get("hidden") is None:
                self._embedded.append(_address_of(element))
        elif name == "br":
            if self._pieces and isinstance(self._pieces[-1], Break) and not self._is_pre:
                self.end()  # an empty line ends a paragraph
            else:
                self._pieces.append(Break())
        elif name == "img":
            self._picture(element)
        elif name == "table":
            self._table(element, form)
        elif name in BLOCKS:
            self._block(element, name, form)
        else:
            self.children(element, _formed(element, name, form))

    def _block(self, element: etree._Element, name: str, form: Words) -> None:
        self.end()
        align, outline, is_pre, depth = self._align, self._outline, self._is_pre, self._depth
        self._align = _alignment(element, name) or self._align
        heading = _HEADING.fullmatch(name)
        self._outline = int(heading[1]) - 1 if heading else self._outline
        self._is_pre = self._is_pre or name == "pre"
        if name in {"ul", "ol", "menu", "dir"}:
            self._depth += 1
            self._list(element, name, form)
        else:
            if name == "li":
                self._bullet, self._prefix = max(self._depth - 1, 0), ""
            self.children(element, _formed(element, name, form) if not heading else form)
        self.end()
        if name == "li":
            self._bullet, self._prefix = None, ""
        self._align, self._outline, self._is_pre, self._depth = align, outline, is_pre, depth

    def _list(self, element: etree._Element, name: str, form: Words) -> None:
        number = _integer(element.get("start"), 1)
        self._words(element.text, form)
        for child in element:
            if name_of(child) == "li" and child not in self._left_out and not is_hidden(child):
                self.end()
                number = _integer(child.get("value"), number)
                self._bullet, self._prefix = self._depth - 1, ""
                if name == "ol" and "none" not in (element.get("style") or ""):
                    self._bullet, self._prefix = None, _numbered(number, element.get("type") or "1")
                number += 1
                self.children(child, form)
                self.end()
                self._bullet, self._prefix = None, ""
            else:
                self._element(child, form)
            self._words(child.tail, form)

    def _picture(self, element: etree._Element) -> None:
        source = next((value for name in PICTURE_ATTRIBUTES if (value := (element.get(name) or "").strip())), "")
        sizes = [_integer((element.get(name) or "").removesuffix("px"), _SMALLEST) for name in ("width", "height")]
        if not source or min(sizes) < _SMALLEST or _ICON.search(source):
            return
        alt = squeeze(element.get("alt") or "") or squeeze(element.get("title") or "")
        figure = next(element.iterancestors("figure"), None)
        if (not alt or _FILE_LIKE.fullmatch(alt)) and figure is not None:
            alt = " ".join(text_of(one) for one in figure.iter("figcaption"))
        self._pieces.append(Picture(source, "" if _FILE_LIKE.fullmatch(alt) else alt))

    def _table(self, element: etree._Element, form: Words) -> None:
        self.end()
        for caption in element.iterchildren("caption"):
            self._block(caption, "caption", form)
        rows = [list(self._cells(row, form)) for row in _rows(element)]
        rows = [row for row in rows if row]
        if not rows:
            return
        if max(len(row) for row in rows) == 1:  # a box around paragraphs
            for row in rows:
                self.blocks.extend(row[0].blocks)
            return
        self.blocks.append(Table(tuple(_fitted(rows))))

    def _cells(self, row: etree._Element, form: Words) -> Iterator[Cell]:
        for cell in row:
            if name_of(cell) in {"td", "th"} and not is_hidden(cell) and cell not in self._left_out:
                builder = _Builder(self._left_out, self._embedded)
                builder.children(cell, form._replace(bold=False))
                builder.end()
                columns = min(max(_integer(cell.get("colspan"), 1), 1), _MOST_SPAN)
                yield Cell(tuple(builder.blocks), columns, max(_integer(cell.get("rowspan"), 1), 0))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        name = name_of(child)
        if name == "tr" and not is_hidden(child):
            yield child
        elif name in {"thead", "tbody", "tfoot"} and not is_hidden(child):
            yield from (row for row in child if name_of(row) == "tr" and not is_hidden(row))


def _fitted(rows: list[list[Cell]]) -> Iterator[tuple[Cell, ...]]:
    """Yield rows whose cells reach no further than the table; 0 means to its end."""
    for place, row in enumerate(rows):
        left = len(rows) - place
        yield tuple(cell._replace(rows=min(cell.rows or left, left)) for cell in row)


def _formed(element: etree._Element, name: str, form: Words) -> Words:
    if changes := _FORMS.get(name):
        form = form._replace(**changes)  # type: ignore[arg-type]
    if name == "a" and (href := (element.get("href") or "").strip()):
        form = form._replace(href=href)
    if (style := element.get("style")) and name in {"span", "font", "p", "div"} and _BOLD.search(style):
        form = form._replace(bold=True)
    return form


def _alignment(element: etree._Element, name: str) -> str:
    match = _ALIGN.search(element.get("style") or "")
    return (match[1] if match else element.get("align") or ("center" if name == "center" else "")).lower()


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isascii() and text.strip().isdecimal() and len(text) < 6 else default


def _numbered(number: int, sort: str) -> str:
    if sort in {"a", "A"} and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter if sort == 'a' else letter.upper()}. "
    return f"{number}. "


def _address_of(element: etree._Element) -> str:
    inner = [one.get("src") or "" for one in element.iter("source", "embed")]
    address = element.get("src") or element.get("data") or next(filter(None, inner), "")
    return f"{name_of(element)} {address}".strip() + (f"“{words}”" if (words := text_of(element)) else "")
