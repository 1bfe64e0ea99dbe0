"""An odt → ``Document``: paragraphs, tables and notes in the order in which a reader of the paper meets them.

Deleted text is kept apart by the format itself, so tracked changes are accepted by leaving it there.
"""

from collections.abc import Iterator

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.open_document.drawings import OdtDrawings
from generator.authoring.importing.open_document.inline import OdtInline
from generator.authoring.importing.open_document.lists import ListCounting, OdtLists
from generator.authoring.importing.open_document.package import OdtPackage
from generator.authoring.importing.open_document.styles import OdtStyles
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
from generator.authoring.importing.word.elements import attribute, child, number
from generator.authoring.importing.word.numbering import Label
from generator.authoring.importing.word.paragraphs import gap_behind, is_moved_right, says_something
from generator.authoring.importing.word.read_notes import ReadNotes
from generator.authoring.importing.word.symbols import count_private_characters
from generator.source.attachments.office.findings import UnreadableError

_INDEXES = frozenset(
    {"table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index"}
)
_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_HIDDEN_ROWS = frozenset({"collapse", "filter"})
_WALKED_INTO = frozenset({"section", "index-body", "index-title", "text-box", "meta", "text", "bibliography"})
_NOT_READ = frozenset(
    {"tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms", "dde-connection-decls"}
)
_MOST_REPEATS = 200
_MOST_CELLS = 200_000  # in a file, repeated ones counted: a few bytes can ask for any number
_MOST_DEPTH = 200


def read_document(package: OdtPackage) -> Document:
    """Read the text of an odt; raises ``UnreadableError`` or lxml's errors for one that is broken."""
    root = package.content
    body = child(root, "body", "text")
    if body is None:
        raise UnreadableError("没有正文")
    return _Reader(package, root).document(body)


class _Reader:
    """Reads one file; numbers of lists and notes count on from block to block."""

    def __init__(self, package: OdtPackage, root: etree._Element) -> None:
        shared = package.styles
        self._noted = ReadNotes()
        self._styles = OdtStyles(root, shared)
        self._lists = OdtLists(root, shared)
        self._drawings = OdtDrawings(package, self._noted, self._blocks)
        self._inline = OdtInline(self._styles, self._noted, self._drawings)
        self._depth = 0
        self._cells_left = _MOST_CELLS

    def document(self, body: etree._Element) -> Document:
        blocks = tuple(self._blocks(body))
        notes: list[tuple[Block, ...]] = []
        while len(notes) < len(self._inline.notes_met):  # a note may call another one
            notes.append(tuple(self._blocks(self._inline.notes_met[len(notes)])))
        dropped = self._noted.drops()
        if changes := sum(1 for _ in body.iter("{*}changed-region")):
            dropped.insert(0, f"修订 {changes} 处（按接受修订处理）")
        if self._inline.annotations:
            dropped.insert(0, f"批注 {self._inline.annotations} 条")
        to_check = self._noted.checks()
        if private := sum(count_private_characters(block_text(block)) for block in blocks):
            to_check.append(f"造字区的字 {private} 个，别的电脑上多半显示不出，换成标准字")
        return Document(blocks, tuple(notes), tuple(dropped), tuple(to_check), tuple(self._noted.left_out))

    def _blocks(self, parent: etree._Element) -> list[Block]:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise UnreadableError("嵌套太深")
        blocks: list[Block] = []
        for element in parent:
            if isinstance(element.tag, str):
                blocks += self._block(element, local(element))
        self._depth -= 1
        return blocks

    def _block(self, element: etree._Element, name: str) -> list[Block]:
        if name in {"p", "h"}:
            return self._with_boxes(element, None)
        if name == "list":
            return list(self._list(element, None, 1))
        if name == "table":
            return self._table(element)
        if name in _INDEXES:
            return self._index(element)
        if name == "numbered-paragraph":
            return self._blocks(element)
        if name in _NOT_READ:
            return []
        if "drawing" in str(element.tag):  # anchored at a page, not at a paragraph
            outer, self._drawings.boxed = self._drawings.boxed, []
            pieces = tuple(self._drawings.pieces(element, "page"))
            blocks, self._drawings.boxed = self._drawings.boxed, outer
            return [*blocks, *([Paragraph(pieces)] if pieces else [])]
        if name == "section" and attribute(element, "display") == "none":
            words = "".join(element.itertext())
            self._noted.dropped["隐藏文字"] += 1
            self._noted.left_out.append(words)
            return []
        return self._blocks(element) if name in _WALKED_INTO else []

    def _with_boxes(self, element: etree._Element, label: Label | None) -> list[Block]:
        """Return a paragraph behind what its text boxes hold."""
        outer, self._drawings.boxed = self._drawings.boxed, []
        paragraph = self._paragraph(element, label)
        blocks, self._drawings.boxed = self._drawings.boxed, outer
        return [*blocks, paragraph]

    def _paragraph(self, element: etree._Element, label: Label | None) -> Paragraph:
        style = self._styles.paragraph(attribute(element, "style-name"))
        pieces: tuple[Piece, ...] = tuple(self._inline.pieces(element))
        outline = style.outline
        if local(element) == "h":
            level = number(attribute(element, "outline-level")) or 1
            outline = None if style.is_title else level - 1
            is_counted = attribute(element, "is-list-header") != "true" and label is None
            start = number(attribute(element, "start-value"))
            label = self._lists.outline_label(level, start) if is_counted and says_something(pieces) else label
        self._noted.place((label.text if label else "") + words_of(pieces))
        if label and label.text:
            if not says_something(pieces):
                self._noted.check("空的编号段落没有放进正文，后面的编号照原件的算")
                self._noted.place(label.text)
            else:
                if not label.is_sure:
                    self._noted.check(f"自动编号“{label.text}”的样式认不出，写成了阿拉伯数字")
                pieces = (Words(label.text + gap_behind(label.text, pieces)), *pieces)
        return Paragraph(
            pieces,
            outline=outline,
            is_title=style.is_title,
            centred=style.centred,
            right=style.right or is_moved_right(words_of(pieces)),
            bullet=label.bullet if label else None,
        )

    def _list(self, element: etree._Element, outer: ListCounting | None, level: int) -> Iterator[Block]:
        style = attribute(element, "style-name") or self._style_of_first(element)
        counting = self._lists.begin(element, outer, style)
        for item in element:
            name = local(item) if isinstance(item.tag, str) else ""
            if name not in {"list-item", "list-header"}:
                continue
            start = number(attribute(item, "start-value"))
            is_first = name == "list-item"
            for one in item:
                inner = local(one) if isinstance(one.tag, str) else ""
                if inner in {"p", "h"}:
                    label = self._lists.label(counting, level, start) if is_first else None
                    is_first = False
                    yield from self._with_boxes(one, label)
                elif inner == "list":
                    yield from self._list(one, counting, level + 1)
                elif inner:
                    yield from self._block(one, inner)

    def _style_of_first(self, element: etree._Element) -> str:
        """Return the list style of the first paragraph of a list that names none itself."""
        first = next(element.iter("{*}p", "{*}h"), None)
        return self._styles.paragraph(attribute(first, "style-name")).list_style

    def _index(self, element: etree._Element) -> list[Block]:
        self._noted.dropped["自动生成的目录"] += 1
        self._noted.left_out += ["".join(one.itertext()) for one in element.iter("{*}p", "{*}h")]
        return []

    def _table(self, element: etree._Element) -> list[Block]:
        rows: list[tuple[Cell, ...]] = []
        for row in _rows(element):
            if attribute(row, "visibility") in _HIDDEN_ROWS:
                self._noted.dropped["隐藏的表格行"] += 1
                self._noted.left_out.append("".join(row.itertext()))
                continue
            cells = tuple(self._cells(row))
            is_full = any(cell.blocks for cell in cells)
            repeats = min(number(attribute(row, "number-rows-repeated")) or 1, _MOST_REPEATS if is_full else 1)
            self._spend(len(cells) * (repeats - 1))
            rows += [cells] * repeats if cells else []
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around paragraphs, no table
            return list(rows[0][0].blocks)
        return [Table(tuple(rows))] if rows else []

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        for cell in row:
            name = local(cell) if isinstance(cell.tag, str) else ""
            if name == "covered-table-cell":
                words = "".join(cell.itertext())
                self._noted.drop("合并单元格盖住的字", words)
            elif name == "table-cell":
                blocks = tuple(block for block in self._blocks(cell) if not _is_empty(block))
                columns = min(number(attribute(cell, "number-columns-spanned")) or 1, _MOST_REPEATS)
                rows = min(number(attribute(cell, "number-rows-spanned")) or 1, _MOST_REPEATS)
                repeats = min(number(attribute(cell, "number-columns-repeated")) or 1, _MOST_REPEATS)
                self._spend(repeats)
                yield from [Cell(blocks, columns, rows)] * repeats

    def _spend(self, cells: int) -> None:
        self._cells_left -= cells
        if self._cells_left < 0:
            raise UnreadableError("表格太大")


def _is_empty(block: Block) -> bool:
    return isinstance(block, Paragraph) and not says_something(block.pieces)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for one in table:
        name = local(one) if isinstance(one.tag, str) else ""
        if name == "table-row":
            yield one
        elif name in _ROW_GROUPS:
            yield from _rows(one)
