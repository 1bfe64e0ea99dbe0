"""图题: the lines 图1 …, 图2-1 …, 附图 … beside the pictures of a text, proposed as their text alternatives."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.authoring.importing.word.blocks import Block, Cell, Paragraph, Picture, Piece, Table, cell_text

_NUMBER = r"[A-Za-z]?[\d一二三四五六七八九十]{1,3}(?:[-－—–.．]\d{1,3})*"
_CAPTION = re.compile(
    rf"(?:(?:附?图|插图|照片|Fig(?:ure)?[.．]?)[ ]?{_NUMBER}(?:[ :：.．、]+|(?=[\u4e00-\u9fff（(“《]))"
    r"|附图(?:[ ]?[:：]|[ ]))"
    r"[^。；;]{1,80}。?\Z",
    re.IGNORECASE,
)
_NO_CAPTION = re.compile(rf"(?:附?图|照片)[ ]?(?:{_NUMBER})?[ ]?(?:为|是|显示|所示|中的?|表明|可[以见]|说明|反映)")
_SEVERAL = "（第 {} 张）"


class CaptionedBlocks(NamedTuple):
    """Blocks whose pictures have their captions as text alternatives, and the caption of each such picture."""

    blocks: tuple[Block, ...]
    captions: Mapping[Picture, str]


def with_captions(blocks: Sequence[Block]) -> CaptionedBlocks:
    """Return blocks with the caption under or above each picture as its text alternative, where it has none."""
    captions: dict[Picture, str] = {}
    return CaptionedBlocks(tuple(_captioned(blocks, captions)), captions)


def caption_of(text: str) -> str:
    """Return the caption that a paragraph is and nothing else, on one line; empty for another one.

    >>> caption_of("图1　2025年各险种参保情况"), caption_of("图1显示，参保人数增加。")
    ('图1 2025年各险种参保情况', '')
    """
    line = " ".join(text.split())
    return line.rstrip("。") if _CAPTION.match(line) and not _NO_CAPTION.match(line) else ""


def _captioned(blocks: Sequence[Block], captions: dict[Picture, str]) -> Iterator[Block]:
    texts = [caption_of(block.text) if isinstance(block, Paragraph) else "" for block in blocks]
    pictured = [place for place, block in enumerate(blocks) if isinstance(block, Paragraph) and _bare(block)]
    chosen = _chosen(pictured, texts)
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            yield _captioned_table(block, captions)
        elif place in chosen and isinstance(block, Paragraph):
            yield _with_alt(block, chosen[place], captions)
        else:
            yield block


def _chosen(pictured: Iterable[int], texts: Sequence[str]) -> dict[int, str]:
    """Return the caption of each paragraph with pictures: its own, or that on the side where most have theirs."""
    pictured = list(pictured)
    below = {place: place + 1 for place in pictured if place + 1 < len(texts) and texts[place + 1]}
    above = {place: place - 1 for place in pictured if place and texts[place - 1]}
    is_below = len(below) >= len(above)
    first, second = (below, above) if is_below else (above, below)
    chosen: dict[int, str] = {}
    claimed: set[int] = set()
    for sides in (first, second):
        for place in pictured:
            if texts[place]:
                chosen[place] = texts[place]
            elif place not in chosen and place in sides and sides[place] not in (claimed | set(pictured)):
                chosen[place] = texts[sides[place]]
                claimed.add(sides[place])
    return chosen


def _captioned_table(table: Table, captions: dict[Picture, str]) -> Table:
    """Return a table with the captions in its cells: in the cell of a picture, or in the one below it."""
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(table.rows):
        below = table.rows[number + 1] if number + 1 < len(table.rows) else ()
        cells = []
        for column, cell in enumerate(row):
            blocks = tuple(_captioned(cell.blocks, captions))
            if len(below) == len(row) and blocks == cell.blocks and (caption := caption_of(cell_text(below[column]))):
                blocks = tuple(
                    _with_alt(block, caption, captions) if isinstance(block, Paragraph) and _bare(block) else block
                    for block in blocks
                )
            cells.append(cell._replace(blocks=blocks))
        rows.append(tuple(cells))
    return Table(tuple(rows))


def _bare(paragraph: Paragraph) -> list[Picture]:
    return [piece for piece in paragraph.pieces if isinstance(piece, Picture) and not piece.alt]


def _with_alt(paragraph: Paragraph, caption: str, captions: dict[Picture, str]) -> Paragraph:
    """Return a paragraph whose pictures without a text alternative have a caption as theirs, numbered if several."""
    several = len(_bare(paragraph)) > 1
    pieces: list[Piece] = []
    count = 0
    for piece in paragraph.pieces:
        if isinstance(piece, Picture) and not piece.alt:
            count += 1
            piece = piece._replace(alt=caption + (_SEVERAL.format(count) if several else ""))  # noqa: PLW2901
            captions[piece] = caption
        pieces.append(piece)
    return replace(paragraph, pieces=tuple(pieces))
