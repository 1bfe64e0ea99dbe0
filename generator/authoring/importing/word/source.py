"""A docx as a file to import."""

from functools import partial
from pathlib import Path

from generator.authoring.importing.source_file import MarkedError, SourceFile
from generator.authoring.importing.word.docx import DocxPackage, open_word
from generator.authoring.importing.word.paper import words_on_paper
from generator.authoring.importing.word.read import read_document
from generator.authoring.importing.word.secrecy import marks_beside, marks_left_out
from generator.authoring.importing.word.surroundings import words_around


def read_docx(place: Path) -> SourceFile:
    """Read a docx; raises ``GongkaiError`` for a file that is none, ``MarkedError`` for one with a mark of secrecy."""
    return source_of(open_word(place))


def source_of(package: DocxPackage) -> SourceFile:
    """Return an open docx as a file to import; raises ``MarkedError`` for one with a mark of secrecy."""
    for where, mark in marks_beside(package):
        raise MarkedError(where, mark)
    return SourceFile(
        read_document(package),
        tuple(words_around(package)),
        tuple(words_on_paper(package)),
        package.parts,
        partial(marks_left_out, package),
    )
