"""What a docx has around its text and the page will not have: headers, footers, watermarks."""

import re
from collections.abc import Iterator

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word import shapes
from generator.authoring.importing.word.docx import DocxPackage

_OF_PAGE_NUMBERS = re.compile(r"第|共|页|page|of|[\d\W_]", re.IGNORECASE)
_MOST_LETTERS = 200


def words_around(package: DocxPackage) -> list[str]:
    """Return the words of headers, footers and watermarks, without page numbers."""
    remarks: list[str] = []
    for kind, target, is_outside in package.relations(package.main).values():
        if kind in {"header", "footer"} and not is_outside and target in package.parts:
            root = package.root_of(target)
            for watermark in shapes.artistic_texts(root):
                remarks += remark_around("水印", watermark)
            remarks += remark_around("页眉" if kind == "header" else "页脚", " ".join(_paragraphs(root)))
    return list(dict.fromkeys(remarks))


def remark_around(what: str, text: str) -> list[str]:
    """Return a remark on words around a text, none for a page number."""
    line = " ".join(text.split())
    return [f"{what}“{line[:_MOST_LETTERS]}”"] if line and not _is_page_number(line) else []


def _is_page_number(line: str) -> bool:
    return not _OF_PAGE_NUMBERS.sub("", line)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter("{*}p"):
        texts = (one.text or "" for one in paragraph.iter("{*}t") if _paragraph_of(one) is paragraph)
        if not any(
            local(one) in {"Choice", "Fallback"} and shapes.chosen(parent) is not one
            for one in paragraph.iterancestors("{*}*")
            if (parent := one.getparent()) is not None
        ):
            yield "".join(texts)


def _paragraph_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("{*}p"), None)
