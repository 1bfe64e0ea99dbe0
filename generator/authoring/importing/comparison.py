"""The words of a docx against those of its page: what is in the one and neither in the other nor reported.

The words are taken from the XML by a walk of its own, not from what the import read, so that a mistake there is seen.
Only letters and digits count: punctuation, blanks and forms of numbers may be written in another way.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word import shapes
from generator.authoring.importing.word.docx import DocxPackage
from generator.authoring.importing.word.elements import attribute, boolean_property, child

_NOT_ON_PAPER = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr", "fldData"}
)
_MARKUP = re.compile(r"\]\([^()\s]*\)|<[^<>]*>|\\")
_MOST_PARAGRAPHS = 8
_MOST_LETTERS = 40
_LEAST_LETTERS = 2


def missing_words(package: DocxPackage, page: str, reported: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs of a docx, shortened, whose words are neither in its page nor in what was reported.

    ``page`` is its Markdown with the front matter; ``reported`` are the texts that were left out with a note, and
    the lines from which fields were taken.
    """
    paragraphs = list(_paragraphs(package))
    present = _letters(html.unescape(_MARKUP.sub(" ", page)) + "\n".join(reported))
    counts = Counter(present)
    missing = {letter: count - counts[letter] for letter, count in Counter("".join(paragraphs)).items()}
    missing = {letter: count for letter, count in missing.items() if count > 0}
    if not missing:
        return
    lost = [text for text in dict.fromkeys(paragraphs) if text and text not in present and missing.keys() & set(text)]
    for text in lost[:_MOST_PARAGRAPHS]:
        yield f"“{text[:_MOST_LETTERS]}{'……' if len(text) > _MOST_LETTERS else ''}”"
    if len(lost) > _MOST_PARAGRAPHS:
        yield f"等 {len(lost)} 段"
    if not lost:
        yield f"“{''.join(missing)[:_MOST_LETTERS]}”这些字"


def _paragraphs(package: DocxPackage) -> Iterator[str]:
    """Yield the letters of every paragraph that is on the paper: of the text and of the notes that it calls."""
    root = package.root_of(package.main)
    yield from map(_letters, _texts(root))
    called = {(local(one), attribute(one, "id")) for one in root.iter("{*}footnoteReference", "{*}endnoteReference")}
    for kind in ("footnote", "endnote"):
        if (notes := package.root(f"{kind}s")) is not None:
            for note in notes:
                if (f"{kind}Reference", attribute(note, "id")) in called:
                    yield from map(_letters, _texts(note))


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


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
