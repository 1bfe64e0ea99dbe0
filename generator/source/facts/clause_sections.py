"""The words of an interpretation on the single clauses that it names: the part of its text under their heading."""

from collections.abc import Iterator, Sequence

from generator.domain.model import Block, BlockKind, ClauseInterpretation, Reference
from generator.source.text.anchors import CLAUSE, CLAUSE_NAME

_MOST = 1_200
_DEEPEST = 6


def clauses_of(references: object) -> tuple[str, ...]:
    """Return the clauses that the value of a field names, each once."""
    named = [item.clause for item in references if isinstance(item, Reference)] if isinstance(references, tuple) else []
    return tuple(dict.fromkeys(clause for text in named for clause in CLAUSE_NAME.findall(text)))


def find_clause_interpretations(blocks: Sequence[Block], clauses: Sequence[str]) -> Iterator[ClauseInterpretation]:
    """Yield the words under the heading, or in the paragraphs, of each clause that the text treats."""
    if not clauses:
        return
    headed, begun = _under_headings(blocks), _in_paragraphs(blocks)
    lines: dict[range, tuple[str, ...]] = {}  # one heading may name many clauses
    for clause in clauses:
        part = headed.get(clause) or begun.get(clause) or range(0)
        if part not in lines:
            lines[part] = tuple(_lines(blocks[part.start : part.stop]))
        if lines[part]:
            yield ClauseInterpretation(clause, lines[part])


def _under_headings(blocks: Sequence[Block]) -> dict[str, range]:
    """Return the blocks under the first heading that names each clause, up to the next one of its level or above."""
    parts: dict[str, range] = {}
    ends = dict.fromkeys(range(1, _DEEPEST + 1), len(blocks))  # where the next heading of each level, or above, is
    for place in range(len(blocks) - 1, -1, -1):
        heading = blocks[place]
        if heading.kind is BlockKind.HEADING:
            part = range(place + 1, ends[heading.level])
            parts.update(dict.fromkeys(CLAUSE_NAME.findall(heading.text), part))
            ends.update((level, place) for level in ends if level >= heading.level)
    return parts


def _in_paragraphs(blocks: Sequence[Block]) -> dict[str, range]:
    """Return the blocks from the first paragraph that begins with each clause up to the next clause or heading."""
    parts: dict[str, range] = {}
    end = len(blocks)
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        is_clause = block.kind is BlockKind.CLAUSE and CLAUSE.match(block.anchor)
        if is_clause:
            parts[block.anchor] = range(place, end)
        if is_clause or block.kind is BlockKind.HEADING:
            end = place
    return parts


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    left = _MOST
    for block in blocks:
        if block.kind is BlockKind.TABLE or not block.text:
            continue
        for line in block.text.split("\n"):
            if len(line) > left:
                yield f"{line[:left]}…"
                return
            left -= len(line)
            yield line
