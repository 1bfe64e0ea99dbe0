"""Drawings of an odt: pictures, text boxes, formulas and charts, where a paragraph has them."""

import posixpath
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.open_document.formulas import formula_words
from generator.authoring.importing.open_document.package import OdtPackage
from generator.authoring.importing.word.blocks import Block, Picture, Piece
from generator.authoring.importing.word.elements import attribute, child
from generator.authoring.importing.word.read_notes import ReadNotes
from generator.authoring.importing.word.shapes import written_alt

_SHOWN = (".png", ".jpg", ".jpeg", ".gif")
_IN_LINE = frozenset({"as-char"})


class OdtDrawings:
    """Reads drawings; ``boxed`` collects the blocks that they hold, ``read_blocks`` reads these."""

    def __init__(
        self, package: OdtPackage, notes: ReadNotes, read_blocks: Callable[[etree._Element], list[Block]]
    ) -> None:
        self._package, self._notes, self._read_blocks = package, notes, read_blocks
        self.boxed: list[Block] = []

    def pieces(self, element: etree._Element, anchor: str = "") -> Iterator[Piece]:
        """Yield what a drawing shows in its line."""
        name = local(element)
        anchor = attribute(element, "anchor-type") or anchor
        if name == "frame":
            yield from self._frame(element, anchor)
        elif name in {"g", "a"}:
            for one in element:
                if isinstance(one.tag, str):
                    yield from self.pieces(one, anchor)
        elif name != "control" and any(child(element, one) is not None for one in ("p", "h", "list")):
            self._notes.check("图形里的文字，放在它所在的段落之前")
            self.boxed += self._read_blocks(element)

    def _frame(self, frame: etree._Element, anchor: str) -> Iterator[Piece]:
        """Yield the best of the forms in which a frame gives one thing."""
        forms = {local(one): one for one in reversed(frame) if isinstance(one.tag, str)}
        alt = written_alt(self._text(frame, "desc") or self._text(frame, "title"))
        if "text-box" in forms:
            self._notes.check("文本框，文字放在它所在的段落之前")
            self.boxed += self._read_blocks(forms["text-box"])
            return
        images = [attribute(one, "href") for one in frame if isinstance(one.tag, str) and local(one) == "image"]
        image = next((one for one in images if one.lower().endswith(_SHOWN)), images[0] if images else "")
        if "object" in forms:
            root = self._package.root_of(posixpath.join(self._part(attribute(forms["object"], "href")), "content.xml"))
            if root is not None and local(root) == "math":
                yield from formula_words(root, self._notes)
                return
            if root is not None:
                words = (text.strip() for text in root.itertext())
                self._notes.drop("图表里的文字", "、".join(text for text in words if text))
        is_object = "object" in forms or "object-ole" in forms
        if images or is_object:
            part = self._part(image)
            is_readable = part in self._package.parts
            what = "图表" if is_object else "图片"
            yield Picture(part if is_readable else "", alt, what, anchor not in _IN_LINE and anchor != "")

    @staticmethod
    def _part(href: str) -> str:
        return posixpath.normpath(unquote(href.removeprefix("./"))) if href else ""

    @staticmethod
    def _text(frame: etree._Element, name: str) -> str:
        described = child(frame, name)
        return "".join(described.itertext()) if described is not None else ""
