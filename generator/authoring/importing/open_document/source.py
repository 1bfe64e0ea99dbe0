"""An odt as a file to import: its words as they are on paper, and the marks of secrecy in and beside its text."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.open_document.package import OdtPackage, open_odt
from generator.authoring.importing.open_document.read import read_document
from generator.authoring.importing.open_document.styles import OdtStyles
from generator.authoring.importing.source_file import MarkedError, SourceFile
from generator.authoring.importing.word.elements import attribute
from generator.authoring.importing.word.secrecy import marks_in
from generator.authoring.importing.word.surroundings import remark_around
from generator.domain.model import MatchKind
from generator.source.attachments.office import scan_attachment

_NOT_ON_PAPER = frozenset(
    {"tracked-changes", "annotation", "note-citation", "sequence-decls", "variable-decls", "user-field-decls", "label"}
    | {"title", "desc", "forms", "hidden-text", "event-listeners", "glue-point", "binary-data"}
)
_PARAGRAPHS = frozenset({"p", "h"})
_WORDED_ATTRIBUTES = frozenset({"string-value", "value", "name", "title", "description", "help-message"})
_PLACES = {"meta.xml": "文件属性", "settings.xml": "文件属性", "styles.xml": "页眉、页脚或样式"}
_NOT_SCANNED = ("META-INF/", "Thumbnails/", "Configurations", "mimetype", "manifest.rdf", "layout-cache", "content.xml")
_AROUND = {
    "header": "页眉",
    "header-left": "页眉",
    "header-first": "页眉",
    "footer": "页脚",
    "footer-left": "页脚",
    "footer-first": "页脚",
}


def read_odt(place: Path, data: bytes) -> SourceFile:
    """Read an odt; raises ``GongkaiError`` for a file that is none, ``MarkedError`` for one with a mark of secrecy."""
    package = open_odt(place, data)
    for where, mark in _marks_beside(package):
        raise MarkedError(where, mark)
    return SourceFile(
        read_document(package),
        tuple(_words_around(package)),
        tuple(_words_on_paper(package)),
        package.parts,
        partial(_marks_left_out, package),
    )


def _words_around(package: OdtPackage) -> Iterator[str]:
    """Yield the words of headers and footers, without page numbers."""
    root = package.styles
    remarks: dict[str, None] = {}
    for element in (
        root.iter("{*}header", "{*}footer", *(f"{{*}}{name}" for name in _AROUND)) if root is not None else ()
    ):
        words = " ".join("".join(_inside(one)) for one in element.iter("{*}p", "{*}h"))
        remarks |= dict.fromkeys(remark_around(_AROUND[local(element)], words))
    yield from remarks


def _words_on_paper(package: OdtPackage) -> Iterator[str]:
    """Yield the words of every paragraph that is on the paper, notes and text boxes as well, each by itself."""
    root = package.content
    styles = OdtStyles(root, package.styles)
    for paragraph in root.iter("{*}p", "{*}h"):
        around = (paragraph, *paragraph.iterancestors("{*}*"))
        if not any(local(one) in _NOT_ON_PAPER or _is_hidden(one, styles) for one in around):
            yield "".join(_inside(paragraph, styles))


def _inside(element: etree._Element, styles: OdtStyles | None = None) -> Iterator[str]:
    """Yield the words of a paragraph without those of paragraphs in it."""
    yield element.text or ""
    for one in element:
        name = local(one) if isinstance(one.tag, str) else ""
        if name and name not in _NOT_ON_PAPER | _PARAGRAPHS and not (styles and _is_hidden(one, styles)):
            yield from _inside(one, styles)
        yield one.tail or ""


def _is_hidden(element: etree._Element, styles: OdtStyles) -> bool:
    name = local(element)
    if name == "section":
        return attribute(element, "display") == "none"
    families = {"span": "text", "p": "paragraph", "h": "paragraph"}
    return name in families and styles.is_hidden(families[name], attribute(element, "style-name"))


def _marks_beside(package: OdtPackage) -> Iterator[tuple[str, str]]:
    """Yield the place and the words of every mark in a part other than the text itself."""
    for name, data in package.parts.items():
        if name.startswith(_NOT_SCANNED):
            continue
        place = _PLACES.get(name, PurePosixPath(name).name)
        root = package.root_of(name) if name.endswith(".xml") else None
        if root is not None:
            yield from ((place, mark) for mark in marks_in(_all_words(root)))
        elif not name.endswith(".xml"):
            matches = scan_attachment(name, data).matches
            yield from ((place, match.masked) for match in matches if match.kind is MatchKind.SECRECY)


def _marks_left_out(package: OdtPackage, body: str) -> Iterator[str]:
    """Yield the marks of the text, deleted and hidden ones too, that ``body``, the page made of it, does not bear."""
    kept = {_key(mark) for mark in marks_in(body)}
    yield from (mark for mark in marks_in(_all_words(package.content)) if _key(mark) not in kept)


def _all_words(root: etree._Element) -> str:
    """Return all words of a part, hidden and deleted ones too: a line for each paragraph and each attribute."""
    lines: list[str] = []
    for element in root.iter(etree.Element):
        name = local(element)
        is_lone = not len(element) and not any(local(one) in _PARAGRAPHS for one in element.iterancestors())
        if name in _PARAGRAPHS:
            lines.append("".join("\n" if one is None else one for one in _broken(element)))
        elif is_lone and element.text:
            lines.append(element.text)
        lines += [str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] in _WORDED_ATTRIBUTES]
    return "\n".join(lines)


def _broken(element: etree._Element) -> Iterator[str | None]:
    """Yield the words of a paragraph, ``None`` for each break in it."""
    yield element.text or ""
    for one in element:
        name = local(one) if isinstance(one.tag, str) else ""
        if name in {"line-break", "tab"}:
            yield None
        elif name and name not in _PARAGRAPHS:
            yield from _broken(one)
        yield one.tail or ""


def _key(mark: str) -> str:
    return "".join(char for char in mark if char.isalnum())
