"""The words of a docx as they are on paper, by a walk of its own: what the import read is compared with them."""

from collections.abc import Iterator

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word import shapes
from generator.authoring.importing.word.docx import DocxPackage
from generator.authoring.importing.word.elements import attribute, boolean_property, child

_NOT_ON_PAPER = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr", "fldData"}
)


def words_on_paper(package: DocxPackage) -> Iterator[str]:
    """Yield the words of every paragraph that is on the paper: of the text and of the notes that it calls."""
    root = package.root_of(package.main)
    yield from _texts(root)
    called = {(local(one), attribute(one, "id")) for one in root.iter("{*}footnoteReference", "{*}endnoteReference")}
    for kind in ("footnote", "endnote"):
        if (notes := package.root(f"{kind}s")) is not None:
            for note in notes:
                if (f"{kind}Reference", attribute(note, "id")) in called:
                    yield from _texts(note)


def _texts(root: etree._Element) -> Iterator[str]:
    """Yield the words of every paragraph, those of paragraphs inside it apart."""
    for paragraph in root.iter("{*}p"):
        if not any(_is_off_paper(one) for one in (paragraph, *paragraph.iterancestors("{*}*"))):
            yield "".join(_inside(paragraph))


def _inside(element: etree._Element) -> Iterator[str]:
    for one in element.iterchildren("{*}*"):
        name = local(one)
        if name == "p" or _is_off_paper(one):
            continue
        if name == "t":
            yield one.text or ""
        elif name == "textpath":
            yield "" if shapes.is_hidden_shape(element) else attribute(one, "string")
        else:
            yield from _inside(one)


def _is_off_paper(element: etree._Element) -> bool:
    """Whether an element was deleted, is hidden, or is a form of a drawing for which another one is read."""
    name = local(element)
    if name in _NOT_ON_PAPER:
        return True
    if name in {"Choice", "Fallback"}:
        parent = element.getparent()
        return parent is not None and shapes.chosen(parent) is not element
    if name == "r":
        return bool(boolean_property(child(element, "rPr"), "vanish"))
    if name == "tr":
        return child(element, "trPr", "del") is not None or bool(boolean_property(child(element, "trPr"), "hidden"))
    return name == "tc" and child(element, "tcPr", "cellDel") is not None
