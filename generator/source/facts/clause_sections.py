"""What an interpretation says on the single clauses that it names: the part of its text under their heading."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from generator.domain.model import ClauseInterpretation, Reference
from generator.source.text.anchors import CLAUSE, CLAUSE_NAME
from generator.source.text.markup import plain_text

_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_PARAGRAPH = re.compile(r'<p\b[^>]*\bid="([^"]*)"')
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_MOST = 1_200


def clauses_of(references: object) -> tuple[str, ...]:
    """Return the clauses that the value of a field names, each once."""
    named = [item.clause for item in references if isinstance(item, Reference)] if isinstance(references, tuple) else []
    return tuple(dict.fromkeys(clause for text in named for clause in CLAUSE_NAME.findall(text)))


def find_clause_interpretations(html: str, clauses: Sequence[str]) -> Iterator[ClauseInterpretation]:
    """Yield the words under the heading, or in the paragraphs, of each clause that the text treats."""
    if not clauses:
        return
    headed, begun = _under_headings(html), _in_paragraphs(html)
    lines: dict[str, tuple[str, ...]] = {}  # one heading may name many clauses
    for clause in clauses:
        part = headed.get(clause) or begun.get(clause, "")
        if part not in lines:
            lines[part] = tuple(_lines(_TABLE.sub("", part)))
        if lines[part]:
            yield ClauseInterpretation(clause, lines[part])


def _under_headings(html: str) -> dict[str, str]:
    """Return what stands under the first heading that names each clause, up to the next one of its level or above."""
    parts: dict[str, str] = {}
    ends = dict.fromkeys("123456", len(html))  # where the next heading of each level, or above it, begins
    for heading in reversed(list(_HEADING.finditer(html))):
        level = heading[1]
        part = html[heading.end() : ends[level]]
        parts.update(dict.fromkeys(CLAUSE_NAME.findall(heading[2]), part))
        ends.update((lower, heading.start()) for lower in ends if lower >= level)
    return parts


def _in_paragraphs(html: str) -> dict[str, str]:
    """Return the paragraphs from the first that begins with each clause up to the next clause or heading."""
    parts: dict[str, str] = {}
    starts = [(match.start(), match[1]) for match in _PARAGRAPH.finditer(html) if CLAUSE.match(match[1])]
    marks = sorted([*(start for start, _ in starts), *(match.start() for match in _HEADING.finditer(html)), len(html)])
    for start, clause in starts:
        parts.setdefault(clause, html[start : marks[bisect_right(marks, start)]])
    return parts


def _lines(part: str) -> Iterator[str]:
    left = _MOST
    for line in plain_text(part).split("\n") if part else ():
        if not line.strip():
            continue
        if len(line) > left:
            yield f"{line[:left]}…"
            return
        left -= len(line)
        yield line
