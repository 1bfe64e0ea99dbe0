"""Secrecy marks of a Word file that its page would not bear: in headers, watermarks, text boxes, notes, properties.

Whatever the import leaves out must not take the mark with it (保守国家秘密法 art. 35), so a mark that is not in the
text of the page refuses the file, wherever in the package it is.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from generator.authoring.clean.office_parts import local, read_xml
from generator.authoring.importing.word import shapes
from generator.authoring.importing.word.docx import DocxPackage
from generator.domain.model import MatchKind
from generator.domain.privacy import find_private_data
from generator.source.attachments.office import scan_attachment
from generator.source.attachments.office.findings import UnreadableError

_BREAKS = frozenset({"br", "cr", "tab", "tc"})
# Watermarks, text alternatives, names of content controls, values of fields and of document variables.
_WORDED_ATTRIBUTES = frozenset({"string", "descr", "alt", "title", "val", "name", "tag", "default", "result"})
_PLACES = (
    ("header", "页眉"), ("footer", "页脚"), ("comments", "批注"), ("footnotes", "脚注"), ("endnotes", "尾注"),
    ("docProps", "文件属性"), ("customXml", "文件属性"), ("settings", "文件属性"), ("glossary", "自动图文集"),
)  # fmt: skip
_NO_WORDS = ("_rels", "styles", "theme", "fontTable", "numbering", "webSettings", "[Content_Types]")


def marks_beside(package: DocxPackage) -> Iterator[tuple[str, str]]:
    """Yield the place and the words of every mark in a part other than the text itself."""
    for name, data in package.parts.items():
        if name == package.main or any(word in name for word in _NO_WORDS):
            continue
        place = next((place for word, place in _PLACES if word in name), PurePosixPath(name).name)
        if name.endswith(".xml"):
            root = _root(data)
            marks = marks_in(_words(root)) if root is not None else ()
        else:
            marks = tuple(
                match.masked for match in scan_attachment(name, data).matches if match.kind is MatchKind.SECRECY
            )
        yield from ((place, mark) for mark in marks)


def marks_left_out(package: DocxPackage, body: str) -> Iterator[str]:
    """Yield the marks of the text that ``body``, the page made of it, does not bear, and those that are drawn.

    A mark in WordArt or in a drawing is a stamp on the whole paper, not a word of its text.
    """
    root = package.root_of(package.main)
    kept = {_key(mark) for mark in marks_in(body)}
    yield from (mark for mark in marks_in(_words(root)) if _key(mark) not in kept)
    yield from marks_in("\n".join((*shapes.artistic_texts(root), *shapes.drawn_paragraphs(root))))


def mark_of_name(name: str) -> str | None:
    """Return the mark that the name of a file bears: 机密-通知, （内部资料）通知."""
    return next(iter(marks_in("".join(char if char.isalnum() else "\n" for char in name))), None)


def _root(data: bytes) -> etree._Element | None:
    try:
        return read_xml(data)
    except (UnreadableError, etree.LxmlError, ValueError):
        return None


def _words(root: etree._Element) -> str:
    """Return all words of a part, hidden and deleted ones too: a line for each paragraph and each attribute."""
    lines: list[str] = []
    for element in root.iter(etree.Element):
        name = local(element)
        if name == "p":
            lines.append("".join(_inside(element)))
        elif not len(element) and element.text and not any(local(one) == "p" for one in element.iterancestors()):
            lines.append(element.text)
        lines += [str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] in _WORDED_ATTRIBUTES]
    return "\n".join(lines)


def _inside(paragraph: etree._Element) -> Iterator[str]:
    """Yield the words of a paragraph without those of paragraphs in it."""
    for element in paragraph:
        name = local(element) if isinstance(element.tag, str) else "p"
        if name in _BREAKS:
            yield "\n"
        elif name != "p":
            yield element.text or ""
            yield from _inside(element)


def marks_in(text: str) -> tuple[str, ...]:
    """Return the marks of secrecy in a text."""
    return tuple(piece.masked for piece in find_private_data(text) if piece.kind is MatchKind.SECRECY)


def _key(mark: str) -> str:
    return "".join(char for char in mark if char.isalnum())
