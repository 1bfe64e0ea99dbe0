"""One paragraph of Word → its pieces: words with their form, breaks, pictures, calls of notes, text boxes beside it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word.blocks import Block, Break, NoteMark, Picture, Piece, VerticalPosition, Words
from generator.authoring.importing.word.elements import attribute, boolean_property, child, number, value
from generator.authoring.importing.word.styles import Styles
from generator.authoring.importing.word.symbols import MISSING, symbol, visible_text

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"?([^"\s]+)', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+", re.IGNORECASE)
_HEIGHTS = {"superscript": VerticalPosition.RAISED, "subscript": VerticalPosition.LOWERED}
_WALKED_INTO = frozenset(
    {"smartTag", "customXml", "ins", "moveTo", "sdtContent", "dir", "bdo", "rubyBase", "oMathPara", "r", "pict"}
)
_NOT_TEXT = frozenset({"pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "tblPr", "instrText", "delText"})
_DRAWN = ("chart", "diagram", "smartArt", "wordprocessingCanvas", "ink")
_MACHINE_ALT = re.compile(
    r"(?:图片|图像|Picture|Image|pic|IMG|图)[ _-]?\d*|.*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)"
    r"|[0-9a-f]{20,}|.*(?:描述已自动生成|generated)",
    re.IGNORECASE | re.DOTALL,
)
_BLANK_WIDTH = 2  # spaces that one full-width blank line takes
_MOST_BLANK = 20
_MOVED = 6


@dataclass
class ReadNotes:
    """What was met while reading and must be told: how often, by the word for it."""

    dropped: Counter[str] = field(default_factory=Counter)
    to_check: Counter[str] = field(default_factory=Counter)


@dataclass
class _Field:
    instruction: str = ""
    in_result: bool = False

    @property
    def is_contents(self) -> bool:
        return bool(_CONTENTS.match(self.instruction))


class Inline:
    """Reads the runs of paragraphs in their order; fields may reach over several of them."""

    def __init__(
        self,
        styles: Styles,
        relations: Mapping[str, tuple[str, str, bool]],
        notes: dict[tuple[str, str], int],
        read_notes: ReadNotes,
        read_blocks: Callable[[etree._Element], list[Block]],
    ) -> None:
        self._styles, self._relations, self._notes, self._told = styles, relations, notes, read_notes
        self._read_blocks = read_blocks
        self._fields: list[_Field] = []
        self._href = ""
        self.boxed: list[Block] = []

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents that Word made is being read."""
        return any(one.is_contents for one in self._fields)

    def pieces(self, element: etree._Element) -> Iterator[Piece]:
        """Yield what stands in a paragraph, or in a part of one."""
        for one in element:
            if isinstance(one.tag, str):
                yield from self._piece(one, local(one))

    def _piece(self, element: etree._Element, name: str) -> Iterator[Piece]:
        if name == "r":
            yield from self._run(element)
        elif name == "hyperlink":
            yield from self._linked(element, self._target(element))
        elif name == "fldSimple":
            yield from self._simple_field(element)
        elif name == "sdt":
            if boolean_property(child(element, "sdtPr"), "showingPlcHdr"):
                self._told.dropped["没有填写的占位提示"] += 1
            else:
                yield from self._children(element, "sdtContent")
        elif name in {"oMath", "oMathPara"}:
            self._told.to_check["公式只取了文字"] += 1
            yield from self._formula(element)
        elif name == "AlternateContent":
            yield from self.pieces(_chosen(element))
        elif name in _WALKED_INTO:
            yield from self.pieces(element)

    def _children(self, element: etree._Element, name: str) -> Iterator[Piece]:
        inner = child(element, name)
        if inner is not None:
            yield from self.pieces(inner)

    def _target(self, element: etree._Element) -> str:
        _, target, outside = self._relations.get(attribute(element, "id"), ("", "", False))
        return self._safe(target) if outside else ""

    def _safe(self, target: str) -> str:
        if target and not _SAFE.fullmatch(target):
            self._told.dropped["不安全或指向本机的链接（文字保留）"] += 1
            return ""
        return target

    def _linked(self, element: etree._Element, href: str) -> Iterator[Piece]:
        before, self._href = self._href, href or self._href
        yield from list(self.pieces(element))
        self._href = before

    def _simple_field(self, element: etree._Element) -> Iterator[Piece]:
        made = _Field(attribute(element, "instr"), in_result=True)
        self._fields.append(made)
        yield from self._linked(element, self._link_of(made))
        self._fields.pop()

    def _link_of(self, made: _Field) -> str:
        match = _HYPERLINK.match(made.instruction)
        return self._safe(match[1]) if match and "\\l" not in made.instruction else ""

    def _run(self, run: etree._Element) -> Iterator[Piece]:
        properties = child(run, "rPr")
        style = self._styles.of(value(properties, "rStyle")) if value(properties, "rStyle") else None
        is_vanished = boolean_property(properties, "vanish")
        hidden = is_vanished if is_vanished is not None else style.hidden if style else False
        bold = boolean_property(properties, "b")
        form = Words(
            "",
            bold=bool(bold if bold is not None else style and style.bold),
            italic=bool(boolean_property(properties, "i")),
            struck=bool(boolean_property(properties, "strike") or boolean_property(properties, "dstrike")),
            height=_height_of(properties),
        )
        underlined = value(properties, "u") not in {"", "none"}
        for element in run:
            if not isinstance(element.tag, str):
                continue
            name = local(element)
            if name == "fldChar":
                self._field(attribute(element, "fldCharType"), element)
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += element.text or ""
            elif not self._shows():
                continue
            elif hidden and name in {"t", "sym", "tab"}:
                self._told.dropped["隐藏文字"] += name == "t"
            else:
                yield from self._content(element, name, form, underlined=underlined)

    def _shows(self) -> bool:
        return all(one.in_result and not one.is_contents for one in self._fields)

    def _field(self, what: str, element: etree._Element) -> None:
        if what == "begin":
            self._fields.append(_Field())
            box = child(element, "ffData", "checkBox")
            if box is not None:
                is_checked = boolean_property(box, "checked")
                ticked = is_checked if is_checked is not None else boolean_property(box, "default")
                self._fields[-1].instruction = "\x00☑" if ticked else "\x00☐"
        elif what == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif what == "end" and self._fields:
            self._fields.pop()

    def _content(self, element: etree._Element, name: str, form: Words, *, underlined: bool) -> Iterator[Piece]:
        if name == "t":
            yield from self._words(element.text or "", form, underlined=underlined)
        elif name in {"tab", "ptab"}:
            yield from self._words(" " * 4 if underlined else " ", form, underlined=underlined)
        elif name in {"br", "cr"}:
            yield Break()
        elif name == "noBreakHyphen":
            yield form._replace(text="-")
        elif name == "sym":
            sign = symbol(attribute(element, "font"), attribute(element, "char"))
            self._told.to_check[f"符号字体里的字认不出，写成了 {MISSING}"] += sign == MISSING
            yield form._replace(text=sign)
        elif name in {"footnoteReference", "endnoteReference"}:
            key = name.removesuffix("Reference"), attribute(element, "id")
            yield NoteMark(self._notes.setdefault(key, len(self._notes) + 1))
        else:
            yield from self._other(element, name, form)

    def _other(self, element: etree._Element, name: str, form: Words) -> Iterator[Piece]:
        if name == "ruby":
            yield from self._children(element, "rubyBase")
            aloud = "".join(one.text or "" for one in element.iterfind("{*}rt//{*}t"))
            yield from self._words(f"（{aloud}）" if aloud else "", form, underlined=False)
        elif name in {"drawing", "pict", "object"}:
            yield from self._drawn(element, name)
        elif name == "AlternateContent":
            for one in _chosen(element):
                yield from self._content(one, local(one), form, underlined=False)

    def _words(self, text: str, form: Words, *, underlined: bool) -> Iterator[Words]:
        clean, unseen = visible_text(text)
        self._told.dropped["看不见的控制字符"] += unseen
        if underlined and clean and not clean.strip():  # a line to write on
            clean = "＿" * min(max(len(clean) // _BLANK_WIDTH, 1), _MOST_BLANK)
        href = self._href or next((link for one in self._fields if (link := self._link_of(one))), "")
        if clean:
            yield form._replace(text=clean, href=href)

    def _drawn(self, element: etree._Element, name: str) -> Iterator[Piece]:
        boxes = [box for box in element.iter("{*}txbxContent") if _outermost(box, element)]
        for box in boxes:
            self._told.to_check["文本框，文字放在它所在的段落之前"] += 1
            self.boxed += self._read_blocks(box)
        described = next(element.iter("{*}docPr"), None)
        alt = attribute(described, "descr") or next((attribute(one, "alt") for one in element.iter("{*}shape")), "")
        alt = " ".join(visible_text(alt)[0].split())
        alt = "" if _MACHINE_ALT.fullmatch(alt) else alt
        pictures = [one for one in element.iter("{*}blip", "{*}imagedata") if not _in_box(one, element)]
        for picture in pictures:
            reference = attribute(picture, "embed") or attribute(picture, "id")
            kind, target, outside = self._relations.get(reference, ("", "", True))
            yield Picture("" if outside or kind != "image" else target, alt, "嵌入对象" if name == "object" else "图片")
        uri = attribute(next(element.iter("{*}graphicData"), None), "uri").casefold()
        if not pictures and not boxes and (name == "object" or any(word.casefold() in uri for word in _DRAWN)):
            yield Picture("", alt, "图表" if name == "drawing" else "嵌入对象")

    def _formula(self, element: etree._Element) -> Iterator[Piece]:
        """Yield the words of a formula in a line: powers raised, indices lowered, fractions with a stroke."""
        for one in element:
            name = local(one) if isinstance(one.tag, str) else ""
            if name in {"sup", "sub"}:
                height = VerticalPosition.RAISED if name == "sup" else VerticalPosition.LOWERED
                yield from (
                    piece._replace(height=height) if isinstance(piece, Words) else piece for piece in self._formula(one)
                )
            elif name == "den":
                yield Words("/")
                yield from self._formula(one)
            elif name == "t":
                yield from self._words(one.text or "", Words(""), underlined=False)
            elif name:
                yield from self._formula(one)


def _height_of(properties: etree._Element | None) -> VerticalPosition:
    """Return where letters stand; small ones that were moved up or down by hand stand there too."""
    moved = number(value(properties, "position")) or 0  # in half points
    if abs(moved) >= _MOVED and child(properties, "sz") is not None:
        return VerticalPosition.RAISED if moved > 0 else VerticalPosition.LOWERED
    return _HEIGHTS.get(value(properties, "vertAlign"), VerticalPosition.LINE)


def _chosen(element: etree._Element) -> etree._Element:
    """Return the one of several forms of a drawing that holds what can be read."""
    forms = [one for one in element if local(one) in {"Choice", "Fallback"}]
    readable = ("{*}txbxContent", "{*}blip", "{*}imagedata", "{*}t", "{*}graphicData")
    return next((one for one in forms if next(one.iter(*readable), None) is not None), forms[0] if forms else element)


def _outermost(box: etree._Element, within: etree._Element) -> bool:
    """Whether a text box of a drawing lies in no other box of it, and in the form of it that is read."""
    return not _in_box(box, within) and not _is_unread(box, within)


def _in_box(element: etree._Element, within: etree._Element) -> bool:
    return any(local(one) == "txbxContent" for one in _above(element, within)) or _is_unread(element, within)


def _is_unread(element: etree._Element, within: etree._Element) -> bool:
    """Whether an element lies in a form of a drawing for which another one is read."""
    path = [element, *_above(element, within)]
    return any(local(outer) == "AlternateContent" and _chosen(outer) is not inner for inner, outer in pairwise(path))


def _above(element: etree._Element, within: etree._Element) -> Iterator[etree._Element]:
    for one in element.iterancestors():
        if one is within:
            return
        yield one
