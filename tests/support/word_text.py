"""What the import reads in a docx, for tests: its blocks, its Markdown, its page."""

from pathlib import Path
from tempfile import TemporaryDirectory

from generator.authoring.importing.word.blocks import Document
from generator.authoring.importing.word.docx import open_word
from generator.authoring.importing.word.markdown import PictureMarkup, Writer, pictures_of
from generator.authoring.importing.word.outline import levels_of
from generator.authoring.importing.word.read import read_document
from generator.authoring.importing.word.tidy import tidy_blocks
from generator.source.text.markup import Markup, convert


def read(data: bytes) -> Document:
    """Return what a docx says."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "a.docx"
        place.write_bytes(data)
        return read_document(open_word(place))


def markdown(data: bytes) -> str:
    """Return the Markdown that a docx becomes, without what is official in it."""
    document = read(data)
    blocks = tidy_blocks(document.blocks).blocks
    notes = tuple(tidy_blocks(note).blocks for note in document.notes)
    markup = {one: PictureMarkup(one.part or "none", one.alt) for one in pictures_of(blocks)}
    return Writer(markup, notes).text(blocks, levels_of(blocks, ()))


def page(data: bytes) -> Markup:
    """Return the page that a docx becomes."""
    return convert(markdown(data))
