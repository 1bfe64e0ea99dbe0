"""A text as its clauses, each with its paragraphs: what is compared, and what an amendment changes."""

import re
from collections.abc import Collection, Iterator, Sequence

from generator.domain.model import Block, BlockKind, TextClause
from generator.domain.numerals import ORDINAL
from generator.publish.text.difference import block_lines
from generator.publish.text.official_lines import OFFICIAL_CLASS, with_official_lines
from generator.source.text.anchors import CLAUSE

_CHAPTER = re.compile(rf"\s*第{ORDINAL}[编章节](?:[\s　]|$)")
_PLAIN = frozenset({BlockKind.PARAGRAPH, BlockKind.CLAUSE, BlockKind.HEADING})


def clauses_of_text(blocks: Sequence[Block], anchors: Collection[str] | None = None) -> tuple[TextClause, ...]:
    """Return the clauses of a text, and its headings and paragraphs outside all clauses; ``anchors`` are of one part.

    What official documents set in a way of their own (signature, day, names of attachments) belongs to no clause.
    """
    return tuple(_merged(_within(with_official_lines(blocks), anchors)))


def is_heading(clause: TextClause) -> bool:
    """Whether a passage outside all clauses is a heading: it has an anchor, or begins as 第一章 does."""
    return not clause.name and bool(clause.lines) and bool(clause.anchor or _CHAPTER.match(clause.lines[0]))


def _within(blocks: Sequence[Block], anchors: Collection[str] | None) -> Iterator[Block]:
    inside = anchors is None
    for block in blocks:
        if anchors is not None and block.anchor:
            inside = block.anchor in anchors
        if inside and block.text:
            yield block


def _merged(blocks: Iterator[Block]) -> Iterator[TextClause]:
    clause: TextClause | None = None
    for block in blocks:
        lines = tuple(block_lines(block))
        begin = CLAUSE.match(block.text) if block.kind in {BlockKind.CLAUSE, BlockKind.HEADING} else None
        if begin and lines:
            if clause:
                yield clause
            rest = lines[0][len(begin[0].lstrip()) :].strip(" 　")
            plain = block.kind is BlockKind.CLAUSE or not rest
            clause = TextClause(block.anchor, begin[1], ((rest,) if rest else ()) + lines[1:], plain)
        elif clause and not _ends_clause(block):
            plain = clause.is_plain and block.kind in _PLAIN
            clause = clause._replace(lines=clause.lines + lines, is_plain=plain)
        else:
            if clause:
                yield clause
                clause = None
            yield TextClause(block.anchor, "", lines, block.kind in _PLAIN)
    if clause:
        yield clause


def _ends_clause(block: Block) -> bool:
    """Whether a block begins what is no part of the clause before it."""
    if block.kind is BlockKind.HEADING or OFFICIAL_CLASS.search(block.html):
        return True
    return block.kind is BlockKind.PARAGRAPH and bool(_CHAPTER.match(block.text))
