"""What an interpretation says on the single clauses that it names: the part of its text under their heading."""

import re
from collections.abc import Iterable, Iterator

from generator.model import Reference, Section
from generator.source.anchors import CLAUSE, CLAUSE_NAME
from generator.source.markup import plain_text

_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_PARAGRAPH = re.compile(r'<p\b[^>]*\bid="([^"]*)"')
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_MOST = 1_200


def clauses_of(references: object) -> tuple[str, ...]:
    """Return the clauses that the value of a field names, each once."""
    named = [item.clause for item in references if isinstance(item, Reference)] if isinstance(references, tuple) else []
    return tuple(dict.fromkeys(clause for text in named for clause in CLAUSE_NAME.findall(text)))


def sections_of(html: str, clauses: Iterable[str]) -> Iterator[Section]:
    """Yield the words under the heading, or in the paragraphs, of each clause that the text treats."""
    for clause in clauses:
        part = _under_heading(html, clause) or _in_paragraphs(html, clause)
        if lines := tuple(_lines(_TABLE.sub("", part))):
            yield Section(clause, lines)


def _under_heading(html: str, clause: str) -> str:
    headings = list(_HEADING.finditer(html))
    for place, heading in enumerate(headings):
        if clause in CLAUSE_NAME.findall(heading[2]):
            behind = (other.start() for other in headings[place + 1 :] if other[1] <= heading[1])
            return html[heading.end() : next(behind, len(html))]
    return ""


def _in_paragraphs(html: str, clause: str) -> str:
    starts = [found for found in _PARAGRAPH.finditer(html) if CLAUSE.match(found[1])]
    for place, found in enumerate(starts):
        if found[1] == clause:
            ends = [other.start() for other in starts[place + 1 : place + 2]]
            ends += [heading.start() for heading in _HEADING.finditer(html, found.start())]
            return html[found.start() : min(ends, default=len(html))]
    return ""


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
