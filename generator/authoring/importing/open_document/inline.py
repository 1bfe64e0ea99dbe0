"""One paragraph of an odt → its pieces: words with their form, breaks, pictures, calls of notes."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.open_document.drawings import OdtDrawings
from generator.authoring.importing.open_document.styles import OdtStyles
from generator.authoring.importing.word.blocks import Break, NoteMark, Picture, Piece, Words
from generator.authoring.importing.word.elements import attribute, child, number
from generator.authoring.importing.word.read_notes import ReadNotes
from generator.authoring.importing.word.symbols import visible_text

_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+", re.IGNORECASE)
_XML_BLANKS = re.compile(r"[ \t\r\n]+")
_DRAWN = frozenset(
    {"frame", "g", "a", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "path", "connector"}
    | {"caption", "regular-polygon", "measure", "control"}
)
_DRAW_SPACE = "drawing"
_NO_WORDS = frozenset({"annotation-end", "soft-page-break", "tracked-changes", "change", "change-start", "change-end"})
_PAGE_NUMBERS = frozenset({"page-number", "page-count", "page-continuation"})
_MOST_BLANKS = 40


class _PieceReader(Protocol):
    """Reads one element of a paragraph."""

    def __call__(self, element: etree._Element, form: Words, /, *, is_hidden: bool) -> Iterator[Piece]: ...


class OdtInline:
    """Reads the words of paragraphs; ``notes_met`` has the bodies of the notes that they call, in their order."""

    def __init__(self, styles: OdtStyles, notes: ReadNotes, drawings: OdtDrawings) -> None:
        self._styles, self._noted, self._drawings = styles, notes, drawings
        self.notes_met: list[etree._Element] = []
        self.annotations = 0
        self._readers: Mapping[str, _PieceReader] = {
            "span": self._span, "a": self._link, "s": self._blanks, "tab": self._blanks, "line-break": self._break,
            "note": self._note, "annotation": self._annotation, "ruby": self._ruby, "drop-down": self._chosen,
            "hidden-text": self._hidden, "hidden-paragraph": self._hidden, "placeholder": self._dropped,
            **dict.fromkeys(_PAGE_NUMBERS, self._dropped),
        }  # fmt: skip

    def pieces(self, paragraph: etree._Element) -> list[Piece]:
        """Return the pieces of a paragraph or a heading."""
        name = attribute(paragraph, "style-name")
        is_hidden = self._styles.is_hidden("paragraph", name)
        form = self._styles.words("paragraph", name, Words(""))
        return list(self._inside(paragraph, form, is_hidden=is_hidden))

    def _inside(self, parent: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        yield from self._words(parent.text, form, is_hidden=is_hidden)
        for element in parent:
            if isinstance(element.tag, str):
                yield from self._piece(element, form, is_hidden=is_hidden)
            yield from self._words(element.tail, form, is_hidden=is_hidden)

    def _words(self, text: str | None, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        visible = visible_text(_XML_BLANKS.sub(" ", text or ""))[0]
        if is_hidden and visible.strip():
            self._noted.dropped["隐藏文字"] += 1
            self._noted.left_out.append(visible)
        elif visible and not is_hidden:
            yield form._replace(text=visible)

    def _piece(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        name = local(element)
        if _DRAW_SPACE in str(element.tag) and name in _DRAWN:
            yield from self._drawn(element, form, is_hidden=is_hidden)
        elif name in self._readers:
            yield from self._readers[name](element, form, is_hidden=is_hidden)
        elif name not in _NO_WORDS:
            yield from self._inside(element, form, is_hidden=is_hidden)

    def _span(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        style = attribute(element, "style-name")
        hidden = is_hidden or self._styles.is_hidden("text", style)
        yield from self._inside(element, self._styles.words("text", style, form), is_hidden=hidden)

    def _link(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        yield from self._inside(element, form._replace(href=self._address(element)), is_hidden=is_hidden)

    def _blanks(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        blanks = "　" if local(element) == "tab" else " " * min(number(attribute(element, "c")) or 1, _MOST_BLANKS)
        yield from [form._replace(text=blanks)] * (not is_hidden)

    def _break(self, _element: etree._Element, _form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        yield from [Break()] * (not is_hidden)

    def _note(self, element: etree._Element, _form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        body = child(element, "note-body")
        if body is not None and not is_hidden:
            self.notes_met.append(body)
            yield NoteMark(len(self.notes_met))

    def _annotation(self, _element: etree._Element, _form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        self.annotations += 1
        yield from [Words("")] * is_hidden

    def _hidden(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        text = attribute(element, "string-value") or "".join(element.itertext())
        yield from self._words(text, form, is_hidden=is_hidden or local(element).startswith("hidden"))

    def _dropped(self, element: etree._Element, _form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        what = "没有填写的占位提示" if local(element) == "placeholder" else "页码域"
        self._noted.drop(f"隐藏的{what}" if is_hidden else what, "".join(element.itertext()))
        yield from ()

    def _drawn(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        for piece in self._drawings.pieces(element):
            if isinstance(piece, Words):
                yield form._replace(text=piece.text, height=piece.height)
            elif isinstance(piece, Picture) or not is_hidden:
                yield piece

    def _ruby(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        base, above = child(element, "ruby-base"), child(element, "ruby-text")
        if base is not None:
            yield from self._inside(base, form, is_hidden=is_hidden)
        reading = "".join(above.itertext()).strip() if above is not None else ""
        if reading:
            yield from self._words(f"（{reading}）", form, is_hidden=is_hidden)

    def _chosen(self, element: etree._Element, form: Words, *, is_hidden: bool) -> Iterator[Piece]:
        """Yield the chosen label of a list of choices: its words are behind the labels."""
        labels = [one for one in element if isinstance(one.tag, str) and local(one) == "label"]
        current = next((one for one in labels if attribute(one, "current-selected") == "true"), None)
        chosen = "".join(one.tail or "" for one in element).strip() or attribute(current, "value")
        yield from self._words(chosen, form, is_hidden=is_hidden)

    def _address(self, element: etree._Element) -> str:
        address = attribute(element, "href").strip()
        if _SAFE.fullmatch(address.replace(" ", "%20")):
            return address.replace(" ", "%20")
        if address:
            what = "指向文件内部的链接（文字保留）" if address.startswith("#") else "不安全或指向本机的链接（文字保留）"
            self._noted.dropped[what] += 1
        return ""
