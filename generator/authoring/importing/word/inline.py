"""One paragraph of Word → its pieces: words with their form, breaks, pictures, calls of notes, text boxes beside it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word import fields, shapes
from generator.authoring.importing.word.blocks import Break, NoteMark, Piece, VerticalPosition, Words
from generator.authoring.importing.word.context import ReadingContext
from generator.authoring.importing.word.drawings_in_text import DrawingReader
from generator.authoring.importing.word.elements import attribute, boolean_property, child, number, value
from generator.authoring.importing.word.equations import equation_line, formula_line
from generator.authoring.importing.word.fields import WordField
from generator.authoring.importing.word.formula import UnknownFormulaError
from generator.authoring.importing.word.math_markup import MathReader
from generator.authoring.importing.word.styles import Style, font_of
from generator.authoring.importing.word.symbols import MISSING, is_symbol_font, symbol, symbol_letters, visible_text

_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+", re.IGNORECASE)
_HEIGHTS = {"superscript": VerticalPosition.RAISED, "subscript": VerticalPosition.LOWERED}
_WALKED_INTO = frozenset(
    {"smartTag", "customXml", "ins", "moveTo", "sdtContent", "dir", "bdo", "rubyBase", "r", "pict"}
)
_RESULTS = frozenset({"t", "drawing", "pict", "object", "AlternateContent"})  # what a field may show
_NOT_READ = {
    "subDoc": "主控文档的子文档没有导入，在 Word 里展开后粘贴为文字",
    "contentPart": "手写的墨迹没有导入，对照原件补上",
}
_BLANK_WIDTH = 2  # spaces that one full-width blank line takes
_MOST_BLANK = 20
_MOVED = 6
_UNKNOWN_SIGN = f"符号字体里的字认不出，写成了 {MISSING}"


class _Form(NamedTuple):
    """How the letters of a run look."""

    words: Words
    font: str = ""
    underlined: bool = False
    capitals: bool = False


class Inline:
    """Reads the runs of paragraphs in their order; fields may reach over several of them."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._noted = context.read_notes
        self._fields: list[WordField] = []
        self._href = ""
        self._math = MathReader(self._math_run)
        self.drawings = DrawingReader(context)
        self.paragraph_style = Style()

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents that Word made is being read."""
        return any(one.is_contents for one in self._fields)

    def pieces(self, element: etree._Element) -> Iterator[Piece]:
        """Yield the pieces of a paragraph, or of a part of one."""
        for one in element:
            if isinstance(one.tag, str):
                if local(one) in _NOT_READ:
                    self._noted.check(_NOT_READ[local(one)])
                yield from self._piece(one, local(one))

    def _piece(self, element: etree._Element, name: str) -> Iterator[Piece]:
        if name == "r":
            yield from self._run(element)
        elif name == "hyperlink":
            yield from self._linked(element, self._target(element))
        elif name == "fldSimple":
            yield from self._simple_field(element)
        elif name == "sdt":
            yield from self._control(element)
        elif name == "oMathPara":
            for place, formula in enumerate(element.iterfind("{*}oMath")):
                yield from [Break()] * bool(place)
                yield from formula_line(formula, self._math, self._noted)
        elif name == "oMath":
            yield from formula_line(element, self._math, self._noted)
        elif name == "AlternateContent":
            yield from self.pieces(shapes.chosen(element))
        elif name in _WALKED_INTO:
            yield from self.pieces(element)

    def _children(self, element: etree._Element, name: str) -> Iterator[Piece]:
        inner = child(element, name)
        if inner is not None:
            yield from self.pieces(inner)

    def _control(self, element: etree._Element) -> Iterator[Piece]:
        """Yield what a content control shows; what it only offers to fill in is no text."""
        properties = child(element, "sdtPr")
        box = child(properties, "checkbox")
        if box is not None and next(element.iter("{*}t", "{*}sym"), None) is None:
            yield Words("☑" if boolean_property(box, "checked") else "☐")
        elif boolean_property(properties, "showingPlcHdr"):
            self._noted.drop("没有填写的占位提示", "".join(one.text or "" for one in element.iter("{*}t")))
        else:
            yield from self._children(element, "sdtContent")

    def _target(self, element: etree._Element) -> str:
        _, target, is_outside = self._context.relations.get(attribute(element, "id"), ("", "", False))
        return self._address(target if is_outside else "", attribute(element, "anchor"))

    def _address(self, target: str, anchor: str) -> str:
        """Return the address of a link, empty for one that leads nowhere on the web."""
        address = fields.address_of(target, anchor)
        if address and not _SAFE.fullmatch(address):
            self._noted.dropped["不安全或指向本机的链接（文字保留）"] += 1
            return ""
        if not address and anchor and self._shows():
            self._noted.dropped["指向文件内部的链接（文字保留）"] += 1
        return address

    def _linked(self, element: etree._Element, href: str) -> Iterator[Piece]:
        before, self._href = self._href, href or self._href
        yield from list(self.pieces(element))
        self._href = before

    def _simple_field(self, element: etree._Element) -> Iterator[Piece]:
        field = WordField(attribute(element, "instr"), in_result=True, form=child(element, "ffData"))
        href = self._address(*fields.link_of(field.code))
        self._fields.append(field)
        yield from self._linked(element, href)
        self._fields.pop()
        self._noted.left_out += field.hidden_words
        field.in_result = field.has_result or next(element.iter("{*}t", "{*}sym", "{*}drawing"), None) is not None
        if self._shows():
            yield from self._field_words(field, _Form(Words("")))

    def _run(self, run: etree._Element) -> Iterator[Piece]:
        properties = child(run, "rPr")
        style = self._context.styles.of(value(properties, "rStyle")) if value(properties, "rStyle") else Style()
        is_vanished = boolean_property(properties, "vanish")
        is_hidden = is_vanished if is_vanished is not None else style.hidden
        bold = boolean_property(properties, "b")
        form = _Form(
            Words(
                "",
                bold=bool(bold if bold is not None else style.bold),
                italic=bool(boolean_property(properties, "i")),
                struck=bool(boolean_property(properties, "strike") or boolean_property(properties, "dstrike")),
                height=_height_of(properties),
            ),
            font=font_of(properties) or style.font or self.paragraph_style.font or "",
            underlined=value(properties, "u") not in {"", "none"},
            capitals=bool(boolean_property(properties, "caps") or boolean_property(properties, "smallCaps")),
        )
        for element in run:
            if not isinstance(element.tag, str):
                continue
            name = local(element)
            if name == "fldChar":
                yield from self._field(attribute(element, "fldCharType"), element, form)
            elif name == "instrText" and self._fields:
                self._fields[-1].code += element.text or ""
            elif is_hidden and name in {"t", "sym", "tab"}:
                self._noted.dropped["隐藏文字"] += name == "t"
                self._noted.left_out.append(element.text or "")
            else:
                for one in self._fields:
                    one.has_result = one.has_result or (name in _RESULTS and one.in_result)
                if self._shows():
                    yield from self._content(element, name, form)
                else:
                    self._into_field(element, name)

    def _shows(self) -> bool:
        return all(one.in_result and not one.is_contents and not one.shows_code for one in self._fields)

    def _into_field(self, element: etree._Element, name: str) -> None:
        """Take letters that belong to the code of a field; note that the rest of it is not in the text."""
        text = symbol(attribute(element, "font"), attribute(element, "char")) if name == "sym" else element.text or ""
        innermost = next((one for one in reversed(self._fields) if not one.in_result), None)
        if name in {"t", "sym"}:
            if innermost is not None:
                innermost.code += text
            self._fields[-1].hidden_words.append(element.text or "")

    def _field(self, what: str, element: etree._Element, form: _Form) -> Iterator[Piece]:
        if what == "begin":
            self._fields.append(WordField(form=child(element, "ffData")))
        elif what == "separate" and self._fields:
            field = self._fields[-1]
            field.in_result = True
            field.href = self._address(*fields.link_of(field.code))
        elif what == "end" and self._fields:
            field = self._fields.pop()
            self._noted.left_out += field.hidden_words
            if self._shows():
                yield from self._field_words(field, form)
            elif self._fields and not self._fields[-1].in_result and field.name == "EQ":
                self._fields[-1].code += field.code  # an equation inside another one

    def _field_words(self, field: WordField, form: _Form) -> Iterator[Words]:
        """Yield what a field shows besides its result."""
        if field.name == "EQ":
            for words in equation_line(field.code, self._noted):
                height = words.height if words.height is not VerticalPosition.LINE else form.words.height
                moved = form._replace(words=form.words._replace(height=height), underlined=False)
                yield from self._words(words.text, moved)
        elif field.shows_code or (field.name == "FORMTEXT" and not field.has_result):
            text = {
                "SYMBOL": fields.symbol_text,
                "MACROBUTTON": fields.button_text,
                "GOTOBUTTON": fields.button_text,
            }.get(field.name, lambda _: fields.form_text(field) or fields.default_text(field))(field.code)
            if MISSING in text:
                self._noted.check(_UNKNOWN_SIGN)
            yield from self._words(text, form._replace(font=""))
        elif field.is_missing:
            self._noted.check(f"域没有结果，正文里没有它的文字“{' '.join(field.code.split())}”")

    def _content(self, element: etree._Element, name: str, form: _Form) -> Iterator[Piece]:
        if name == "t":
            yield from self._letters(element.text or "", form)
        elif name in {"tab", "ptab"}:
            yield from self._words(" " * 4 if form.underlined else " ", form)
        elif name in {"br", "cr"}:
            yield Break()
        elif name == "noBreakHyphen":
            yield form.words._replace(text="-")
        elif name == "sym":
            sign = symbol(attribute(element, "font"), attribute(element, "char"))
            if sign == MISSING:
                self._noted.check(_UNKNOWN_SIGN)
            yield form.words._replace(text=sign)
        elif name in {"footnoteReference", "endnoteReference"}:
            key = name.removesuffix("Reference"), attribute(element, "id")
            notes = self._context.notes
            yield NoteMark(notes.setdefault(key, len(notes) + 1))
        else:
            yield from self._other(element, name, form)

    def _other(self, element: etree._Element, name: str, form: _Form) -> Iterator[Piece]:
        if name == "ruby":
            yield from self._children(element, "rubyBase")
            reading = "".join(one.text or "" for one in element.iterfind("{*}rt//{*}t"))
            yield from self._words(f"（{reading}）" if reading else "", form._replace(underlined=False))
        elif name in {"drawing", "pict", "object"}:
            plain = form._replace(underlined=False)
            is_linked = bool(self._link())
            yield from self.drawings.pieces(element, name, lambda text: self._words(text, plain), is_linked=is_linked)
        elif name in _NOT_READ:
            self._noted.check(_NOT_READ[name])
        elif name == "AlternateContent":
            for one in shapes.chosen(element):
                yield from self._content(one, local(one), form._replace(underlined=False))

    def _letters(self, text: str, form: _Form) -> Iterator[Words]:
        """Yield letters as the paper shows them: as signs in a font of signs, as capitals where Word makes them."""
        if is_symbol_font(form.font) and text.strip():
            self._noted.left_out.append(text)
            text = symbol_letters(form.font, text)
            if MISSING in text:
                self._noted.check(_UNKNOWN_SIGN)
        yield from self._words(text.upper() if form.capitals else text, form)

    def _words(self, text: str, form: _Form) -> Iterator[Words]:
        clean, unseen = visible_text(text)
        self._noted.dropped["看不见的控制字符"] += unseen
        if form.underlined and clean and not clean.strip():  # a line to write on
            clean = "＿" * min(max(len(clean) // _BLANK_WIDTH, 1), _MOST_BLANK)
        if clean:
            yield form.words._replace(text=clean, href=self._link())

    def _link(self) -> str:
        return self._href or next((one.href for one in self._fields if one.href), "")

    def _math_run(self, run: etree._Element) -> tuple[Words, ...]:
        pieces = [piece for one in run if isinstance(one.tag, str)
                  for piece in self._content(one, local(one), _Form(Words("")))]  # fmt: skip
        if any(not isinstance(piece, Words | Break) for piece in pieces):
            raise UnknownFormulaError
        return tuple(piece if isinstance(piece, Words) else Words(" ") for piece in pieces)


def _height_of(properties: etree._Element | None) -> VerticalPosition:
    """Return where letters are on their line; small ones that were moved up or down by hand are there too."""
    moved = number(value(properties, "position")) or 0  # in half points
    if abs(moved) >= _MOVED and child(properties, "sz") is not None:
        return VerticalPosition.RAISED if moved > 0 else VerticalPosition.LOWERED
    return _HEIGHTS.get(value(properties, "vertAlign"), VerticalPosition.LINE)
