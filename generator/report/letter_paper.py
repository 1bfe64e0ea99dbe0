"""A letter as a Word file: the form of an official document (GB/T 9704), and a list with a repeated head."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from generator.domain.unseen import NOT_IN_XML
from generator.report.word_paper import new_paper, paper_bytes, set_east_asian

HEADINGS = ("序号", "文件和问题", "依据和改法", "整改期限", "回复")
_WIDTHS = (650, 3150, 2150, 1400, 1500)  # twentieths of a point; together what A4 leaves between the margins
_TEXT, _TITLE, _HEAD = "仿宋", "方正小标宋简体", "黑体"
_LINE, _INDENT = 28, 32  # points: the line of a letter; two characters of 16 points
_NOT_XML = re.compile(NOT_IN_XML)
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class LetterRow(NamedTuple):
    """One row of the list in a letter: in each cell its words, and smaller lines below them."""

    what: tuple[str, ...]
    ground: tuple[str, ...]
    day: tuple[str, ...]
    reply: tuple[str, ...]


class Letter(NamedTuple):
    """What a letter says; both of its files show the same."""

    unit: str
    agency: str
    day: str
    paragraphs: tuple[str, ...]
    rows: tuple[LetterRow, ...]
    heading: str = "关于限期整改政府信息公开问题的通知"
    headings: tuple[str, ...] = HEADINGS


def letter_bytes(letter: Letter) -> bytes:
    """Return a letter as docx; 文号 and reply are left to be written in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paper = new_paper(_clean(letter.heading), font=_TEXT, points=16)
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    _add(paper, letter.heading, align=WD_ALIGN_PARAGRAPH.CENTER, font=_TITLE, points=22)
    _add(paper, "　　　〔　　　　〕　　号", align=WD_ALIGN_PARAGRAPH.CENTER)
    _add(paper, f"{letter.unit}：")
    for words in letter.paragraphs:
        _add(paper, words).paragraph_format.first_line_indent = Pt(_INDENT)
    _add(paper, "问题清单", font=_HEAD, points=12).paragraph_format.keep_with_next = True
    paper.element.body.insert(len(paper.element.body) - 1, _table(letter))
    for number, words in enumerate(("", letter.agency, letter.day)):
        line = _add(paper, words, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.right_indent = Pt(_INDENT * number)
        line.paragraph_format.keep_with_next = number < 2
    return paper_bytes(paper)


def _add(paper: Any, words: str, *, align: Any = None, font: str = "", points: float = 0) -> Any:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    paragraph = paper.add_paragraph()
    run = paragraph.add_run(_clean(words))
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(max(_LINE, points * 1.5))
    if font:
        run.font.name, run.font.size = font, Pt(points)
        set_east_asian(run._element, font)  # noqa: SLF001 - python-docx has no other way to it
    return paragraph


def _table(letter: Letter) -> Any:
    """Return the list as one element; python-docx goes through all cells for each that it adds."""
    from docx.oxml import parse_xml

    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    rows = [_row([(heading,) for heading in letter.headings], is_head=True)]
    rows += [_row([(str(number),), *row]) for number, row in enumerate(letter.rows, 1)]
    return parse_xml(
        f'<w:tbl xmlns:w="{_NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Sequence[Sequence[str]], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(_lines(lines, is_head=is_head))}</w:tc>'
        for width, lines in zip(_WIDTHS, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{written}</w:tr>"


def _lines(lines: Sequence[str], *, is_head: bool) -> Iterator[str]:
    font = f'<w:rFonts w:ascii="{_HEAD}" w:hAnsi="{_HEAD}" w:eastAsia="{_HEAD}"/>' if is_head else ""
    for number, words in enumerate(lines):
        half_points = 18 if number else 21
        yield (
            f'<w:p><w:pPr><w:spacing w:after="0" w:line="280" w:lineRule="atLeast"/></w:pPr><w:r><w:rPr>{font}'
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(_clean(words))}</w:t></w:r></w:p>'
        )


def _clean(words: str) -> str:
    """Return words without characters that no XML file can have."""
    return _NOT_XML.sub("", words)
