"""Drawings in a paragraph: their words, the text boxes beside it, and a place for each picture."""

from collections.abc import Callable, Iterator

from lxml import etree

from generator.authoring.importing.word import shapes
from generator.authoring.importing.word.blocks import Block, Break, Paragraph, Picture, Piece, Words
from generator.authoring.importing.word.context import ReadingContext
from generator.authoring.importing.word.elements import attribute


class DrawingReader:
    """Reads the drawings of a part; ``boxed`` collects the paragraphs that they hold."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._notes = context.read_notes
        self.boxed: list[Block] = []

    def pieces(
        self, element: etree._Element, name: str, words: Callable[[str], Iterator[Words]], *, is_linked: bool
    ) -> Iterator[Piece]:
        """Yield what a drawing shows in its line; ``words`` makes words of a text in the form of the run."""
        boxes = shapes.boxes_of(element)
        for box in boxes:
            self._notes.check("文本框，文字放在它所在的段落之前")
            self.boxed += self._context.read_blocks(box)
        for text in shapes.drawn_paragraphs(element):
            if text.strip():
                self._notes.check("图形里的文字，放在它所在的段落之前")
                pieces: list[Piece] = []
                for line in text.split("\n"):
                    pieces += [Break(), *words(line)]
                self.boxed.append(Paragraph(tuple(pieces[1:])))
        for text in shapes.artistic_texts(element):
            if line := " ".join(text.split()):
                self._notes.check(f"艺术字“{line}”，已写成普通文字")
                yield from words(line)
        pictures = list(self._pictures(element, name))
        self._notes.dropped["图片上的链接"] += len(pictures) if is_linked else 0
        yield from pictures
        if not pictures and not boxes and (name == "object" or shapes.is_drawn(element)):
            yield Picture("", shapes.alt_of(element), "图表" if name == "drawing" else "嵌入对象")
        for reference in shapes.related_parts(element):
            _, target, is_outside = self._context.relations.get(reference, ("", "", True))
            self._notes.drop("图表、SmartArt 里的文字", "" if is_outside else self._context.part_words(target))

    def _pictures(self, element: etree._Element, name: str) -> Iterator[Picture]:
        alt = shapes.alt_of(element)
        for picture in shapes.pictures_in(element):
            reference = attribute(picture, "embed") or attribute(picture, "id")
            kind, target, is_outside = self._context.relations.get(reference, ("", "", True))
            part = "" if is_outside or kind != "image" else target
            yield Picture(part, alt, "嵌入对象" if name == "object" else "图片", shapes.is_floating(picture))
