"""A docx → ``Document``: paragraphs, tables and notes in the order in which a reader of the paper meets them.

Tracked changes are accepted, comments and hidden text go, as in ``gongkai clean``; headers, footers and what
Word makes itself (page numbers, a table of contents) are no part of the text.
"""

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.clean.word_parts import accept_changes
from generator.authoring.importing.word.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    Piece,
    Table,
    Words,
    block_text,
    words_of,
)
from generator.authoring.importing.word.context import ReadingContext
from generator.authoring.importing.word.docx import DocxPackage
from generator.authoring.importing.word.elements import attribute, boolean_property, child, number, value
from generator.authoring.importing.word.inline import Inline
from generator.authoring.importing.word.numbering import Label, Numbering
from generator.authoring.importing.word.paragraphs import gap_behind, is_moved_right, says_something
from generator.authoring.importing.word.read_notes import ReadNotes
from generator.authoring.importing.word.styles import Style, Styles, centred, list_place_of, outline_of, right
from generator.authoring.importing.word.symbols import count_private_characters
from generator.source.attachments.office.findings import UnreadableError

_WALKED_INTO = frozenset({"smartTag", "customXml", "ins", "moveTo", "sdtContent", "body", "txbxContent"})
_NO_LIST = "0"
_MOST_COLUMNS = 200
_CONTENTS_TITLES = frozenset({"目录", "目次", "Contents", "TableofContents"})


def read_document(package: DocxPackage) -> Document:
    """Read the text of a docx; raises ``UnreadableError`` or lxml's errors for one that is broken."""
    root = package.root_of(package.main)
    _prepare(root)
    body = child(root, "body")
    if body is None:
        raise UnreadableError("没有正文")
    return _Reader(package).document(body)


def _prepare(root: etree._Element) -> None:
    """Take out of a part what the paper does not have: what was deleted, and paragraphs that are hidden as a whole."""
    for paragraph in list(root.iter("{*}p")):
        parent = paragraph.getparent()
        is_hidden = boolean_property(child(paragraph, "pPr", "rPr"), "vanish") and not _shows_anything(paragraph)
        ends_section = next(paragraph.iter("{*}sectPr"), None) is not None
        if is_hidden and not ends_section and parent is not None and len(parent.findall("{*}p")) > 1:
            parent.remove(paragraph)
    accept_changes(root)


def _shows_anything(paragraph: etree._Element) -> bool:
    """Whether a run of a paragraph is not hidden."""
    return any(not boolean_property(child(run, "rPr"), "vanish") for run in paragraph.iter("{*}r"))


class _Reader:
    """Reads one file; numbers of lists and notes count on from block to block."""

    def __init__(self, package: DocxPackage) -> None:
        self._package = package
        self._styles = Styles(package.root("styles"))
        self._numbering = Numbering(package.root("numbering"))
        self._noted = ReadNotes()
        self._in_cell = False
        self._notes: dict[tuple[str, str], int] = {}
        self._inline = self._inline_of(package.main)

    def document(self, body: etree._Element) -> Document:
        blocks = tuple(self._blocks(body))
        notes = tuple(tuple(note) for note in self._read_notes())
        traces = self._package.traces
        dropped = self._noted.drops()
        if traces["修订"]:
            dropped.insert(0, f"修订 {traces['修订']} 处（按接受修订处理）")
        if traces["批注"]:
            dropped.insert(0, f"批注 {traces['批注']} 条")
        if traces["隐藏文字"] and not self._noted.dropped["隐藏文字"]:
            dropped.append(f"隐藏文字 {traces['隐藏文字']} 处")
        to_check = self._noted.checks()
        if private := sum(count_private_characters(block_text(block)) for block in blocks):
            to_check.append(f"造字区的字 {private} 个，别的电脑上多半显示不出，换成标准字")
        return Document(blocks, notes, tuple(dropped), tuple(to_check), tuple(self._noted.left_out))

    def _inline_of(self, part: str) -> Inline:
        relations = self._package.relations(part)
        context = ReadingContext(
            self._styles, relations, self._notes, self._noted, self._blocks, self._package.words_of_part
        )
        return Inline(context)

    def _read_notes(self) -> list[list[Block]]:
        """Return the notes that the text calls, in the order of their numbers."""
        notes_by_id: dict[tuple[str, str], etree._Element] = {}
        parts: dict[str, str] = {}
        for kind in ("footnote", "endnote"):
            parts[kind] = self._package.part(f"{kind}s")
            if parts[kind]:
                root = self._package.root_of(parts[kind])
                _prepare(root)
                notes_by_id |= {(kind, attribute(one, "id")): one for one in root}
        read: list[list[Block]] = []
        text = self._inline
        while len(read) < len(self._notes):  # a note may call another one
            key = list(self._notes)[len(read)]
            self._inline = self._inline_of(parts[key[0]])
            read.append(self._blocks(notes_by_id[key]) if key in notes_by_id else [])
        self._inline = text
        return read

    def _blocks(self, parent: etree._Element) -> list[Block]:
        blocks: list[Block] = []
        for element in parent:
            name = local(element) if isinstance(element.tag, str) else ""
            if name == "p":
                drawings = self._inline.drawings
                outer, drawings.boxed = drawings.boxed, []
                paragraph = self._paragraph(element)
                blocks += drawings.boxed
                drawings.boxed = outer
                blocks += [paragraph] if paragraph else []
            elif name == "tbl":
                blocks += self._table(element)
            elif name == "sdt":
                blocks += self._control(element)
            elif name == "AlternateContent":
                blocks += next((self._blocks(one) for one in element if len(one)), [])
            elif name in _WALKED_INTO:
                blocks += self._blocks(element)
            elif name == "altChunk":
                self._noted.check("嵌入的另一份文档没有导入，在 Word 里粘贴为文字")
        return blocks

    def _control(self, element: etree._Element) -> list[Block]:
        """Read a content control around paragraphs; of a table of contents, what is not made by Word stays."""
        content = child(element, "sdtContent")
        if content is None:
            return []
        gallery = next(element.iterfind("{*}sdtPr//{*}docPartGallery"), None)
        blocks = self._blocks(content)
        if attribute(gallery, "val") != "Table of Contents":
            return blocks
        self._noted.dropped["Word 生成的目录"] += 1
        kept = [block for block in blocks if "".join(block_text(block).split()) not in _CONTENTS_TITLES]
        self._noted.left_out += [block_text(block) for block in blocks if block not in kept]
        return kept

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        properties = child(element, "pPr")
        style = self._styles.of(value(properties, "pStyle"))
        was_in_contents, outer_style = self._inline.in_contents, self._inline.paragraph_style
        self._inline.paragraph_style = style
        pieces: tuple[Piece, ...] = tuple(self._inline.pieces(element))
        self._inline.paragraph_style = outer_style
        if style.hidden:
            unhidden = tuple(piece for piece in pieces if not isinstance(piece, Words))
            self._noted.dropped["隐藏文字"] += unhidden != pieces
            self._noted.left_out.append(words_of(pieces))
            pieces = unhidden
        in_contents = was_in_contents or self._inline.in_contents
        if style.is_contents or (in_contents and not says_something(pieces)):
            self._noted.dropped["目录里的行"] += in_contents
            self._noted.drop("目录里的行", words_of(pieces))
            return None
        label = self._label(properties, style)
        if label and label.text and not label.is_sure and says_something(pieces):
            self._noted.check(f"自动编号“{label.text}”的样式认不出，写成了阿拉伯数字")
        self._noted.place((label.text if label else "") + words_of(pieces))
        if label and not says_something(pieces):
            if self._in_cell and label.text:  # numbers of rows are often made this way
                pieces = (Words(label.text),)
            else:
                self._note_empty(label)
        elif label and label.text:
            pieces = (Words(label.text + gap_behind(label.text, pieces)), *pieces)
        level = outline_of(properties)
        outline = level if level is not None else style.outline
        middle, aside = centred(properties), right(properties)
        return Paragraph(
            pieces,
            outline=None if outline == -1 else outline,
            is_title=style.is_title,
            centred=bool(middle if middle is not None else style.centred),
            right=bool(aside if aside is not None else style.right) or is_moved_right(words_of(pieces)),
            bullet=label.bullet if label else None,
        )

    def _note_empty(self, label: Label) -> None:
        """Note a numbered paragraph without words: Word counts it, and its number is on the paper."""
        if label.text:
            self._noted.check("空的编号段落没有放进正文，后面的编号照 Word 的算")
            self._noted.place(label.text)

    def _label(self, properties: etree._Element | None, style: Style) -> Label | None:
        place = list_place_of(properties).over(style.list_place)
        if place.list_id in {None, "", _NO_LIST}:
            return None
        list_id = str(place.list_id)
        named = self._numbering.level_of_style(list_id, place.owner or value(properties, "pStyle"))
        return self._numbering.label(list_id, place.level if place.level is not None else named or 0)

    def _cell_blocks(self, cell: etree._Element, *, is_covered: bool) -> list[Block]:
        outer, self._in_cell = self._in_cell, not is_covered
        blocks = self._blocks(cell)
        self._in_cell = outer
        return blocks

    def _table(self, element: etree._Element) -> list[Block]:
        rows: list[list[Cell]] = []
        open_ones: dict[int, tuple[int, int]] = {}  # column → row and place of the cell that reaches down from above
        for row in _rows(element):
            cells: list[Cell] = []
            properties = child(row, "trPr")
            if boolean_property(properties, "hidden"):
                self._noted.dropped["隐藏的表格行"] += 1
                continue
            column = min(number(value(properties, "gridBefore")) or 0, _MOST_COLUMNS)
            cells += [Cell(())] * column
            for cell in _cells(row):
                cell_properties = child(cell, "tcPr")
                width = min(max(number(value(cell_properties, "gridSpan")) or 1, 1), _MOST_COLUMNS)
                merge = child(cell_properties, "vMerge")
                is_covered = merge is not None and attribute(merge, "val") != "restart" and column in open_ones
                blocks = tuple(self._cell_blocks(cell, is_covered=is_covered))
                if is_covered:
                    above, at = open_ones[column]
                    upper = rows[above][at]
                    rows[above][at] = upper._replace(blocks=_joined(upper.blocks, blocks), rows=len(rows) - above + 1)
                else:
                    open_ones.pop(column, None)
                    if merge is not None:
                        open_ones[column] = len(rows), len(cells)
                    cells.append(Cell(blocks, columns=width))
                column += width
            rows.append(cells)
        table = Table(tuple(tuple(row) for row in rows if row))
        alone = len(rows) == 1 and len(rows[0]) == 1  # a frame around paragraphs, no table
        if alone or not table.rows:
            return list(rows[0][0].blocks) if alone else []
        return [table]


def _joined(upper: tuple[Block, ...], lower: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a merged cell; those below its first row are on no paper, but never lost."""
    return (*upper, *(block for block in lower if not isinstance(block, Paragraph) or says_something(block.pieces)))


def _rows(table: etree._Element) -> list[etree._Element]:
    return _inside(table, "tr")


def _cells(row: etree._Element) -> list[etree._Element]:
    return _inside(row, "tc")


def _inside(parent: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of a name, those in content controls as well."""
    elements = []
    for one in parent:
        element_name = local(one) if isinstance(one.tag, str) else ""
        if element_name == name:
            elements.append(one)
        elif element_name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            elements += _inside(one, name)
    return elements
