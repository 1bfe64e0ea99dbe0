"""What is certainly no part of a text: indents typed as blanks, lines broken inside a sentence (DOC-22)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.authoring.importing.word.blocks import Block, Break, Cell, Paragraph, Piece, Table, Words, words_of
from generator.domain.numerals import ORDINAL, TENS
from generator.source.text.anchors import CLAUSE_NAME

_BLANK = " 　\t"
_CJK = re.compile(r"[\u3400-\u9fff，、”’）》】]")
_ENDS_SENTENCE = re.compile(r"[。！？；：!?;:…]\Z")
NUMBERED = re.compile(
    rf"(?:第{ORDINAL}[编章节条]|[{TENS}百]+[、.．]|[（(][{TENS}百\d]+[）)]"
    r"|\d{1,2}[.．、)）]|[①-⑳]|附[ 　]*件)"
)
_LEAST_LINE = 15  # a line that short may have been broken on purpose: an address, a signature
# What goes on behind 第N条 where it is named, not numbered.
_NAMED_BEHIND = re.compile(r"[第款项目规所中的至和或及与关之有、，。；：）》”,;:)]")


class TidiedBlocks(NamedTuple):
    """Blocks as they are to be written, and what was changed, as a person reads it."""

    blocks: tuple[Block, ...]
    changes: tuple[str, ...]


def tidy_blocks(blocks: Iterable[Block]) -> TidiedBlocks:
    """Take indents and empty paragraphs out, join broken sentences, part 第N条 from its words."""
    joined = [0]
    result = tuple(_tidy(blocks, joined))
    spaced, clauses = _with_clauses_apart(result)
    changes = []
    if joined[0]:
        changes.append(f"句子中间的换行 {joined[0]} 处，已接上")
    if clauses:
        changes.append(f"“第N条”后面没有空格的 {clauses} 处，已补上")
    return TidiedBlocks(spaced, tuple(changes))


def _tidy(blocks: Iterable[Block], joined: list[int]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraphs(block, joined)
        else:
            rows = tuple(
                tuple(cell._replace(blocks=tuple(_tidy(cell.blocks, joined))) for cell in row) for row in block.rows
            )
            if any(_is_full(cell) for row in rows for cell in row):
                yield Table(rows)


def _is_full(cell: Cell) -> bool:
    return bool(cell.blocks)


def _paragraphs(paragraph: Paragraph, joined: list[int]) -> Iterator[Paragraph]:
    """Yield a paragraph, as several where its lines are sentences of their own."""
    lines = [line for line in _lines(paragraph.pieces) if line]
    kept: list[Piece] = []
    for line in lines:
        before, behind = words_of(kept).rpartition("\n")[2], words_of(line)
        if kept and (paragraph.is_title or paragraph.centred or paragraph.outline is not None):
            kept += [Break(), *line]
        elif kept and (_ENDS_SENTENCE.search(before) or NUMBERED.match(behind)) and paragraph.bullet is None:
            yield replace(paragraph, pieces=merge_runs(kept))
            kept = list(line)
        elif kept and _is_broken(before, behind):
            joined[0] += 1
            kept += line
        else:
            kept += [Break(), *line] if kept else line
    if kept:
        yield replace(paragraph, pieces=merge_runs(kept))


def _is_broken(before: str, behind: str) -> bool:
    return len(before) >= _LEAST_LINE and bool(_CJK.match(before[-1:]) and _CJK.match(behind))


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Break):
            yield _stripped(line)
            line = []
        else:
            line.append(piece)
    yield _stripped(line)


def _stripped(line: Sequence[Piece]) -> list[Piece]:
    """Return a line without blanks at its ends; without words, a line of blanks is no line."""
    rest = list(line)
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while rest and isinstance(first := rest[place], Words):
            text = strip(first.text, _BLANK)
            if text:
                rest[place] = first._replace(text=text)
                break
            rest.pop(place)
    return rest


def merge_runs(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces with neighbours of one form made one: Word parts them for reasons of its own."""
    whole: list[Piece] = []
    for piece in pieces:
        last = whole[-1] if whole else None
        if isinstance(piece, Words) and isinstance(last, Words) and last[1:] == piece[1:]:
            whole[-1] = last._replace(text=last.text + piece.text)
        else:
            whole.append(piece)
    return tuple(whole)


def drop_characters(pieces: Sequence[Piece], length: int) -> tuple[Piece, ...]:
    """Return pieces without their first characters."""
    rest = list(pieces)
    while length and rest and isinstance(first := rest[0], Words):
        dropped = min(length, len(first.text))
        length -= dropped
        if dropped < len(first.text):
            rest[0] = first._replace(text=first.text[dropped:])
        else:
            rest.pop(0)
    return tuple(rest)


def _with_clauses_apart(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], int]:
    """Put a full-width blank behind 第N条 where it numbers a paragraph: it makes the clause's anchor."""
    begins = Counter(clause for block in blocks if (clause := _numbered_by(block)))
    result: list[Block] = []
    changed = 0
    for block in blocks:
        clause = _numbered_by(block)
        if isinstance(block, Paragraph) and clause:
            behind = block.text[len(clause) :]
            blanks = len(behind) - len(behind.lstrip(_BLANK))
            if blanks or (behind and begins[clause] == 1 and len(begins) > 1):
                changed += not blanks
                rest = drop_characters(block.pieces, len(clause) + blanks)
                block = replace(block, pieces=merge_runs((Words(f"{clause}　"), *rest)))  # noqa: PLW2901
        result.append(block)
    return tuple(result), changed


def _numbered_by(block: Block) -> str:
    """Return the 第N条 with which a paragraph begins, unless its next words only name that clause."""
    match = CLAUSE_NAME.match(block.text) if isinstance(block, Paragraph) else None
    return match[0] if match and not _NAMED_BEHIND.match(match.string[match.end() :]) else ""
