"""The clauses of a text on its page: a link to each, the interpretations under them, the outline of a long text."""

import html
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from generator.domain.model import Block, BlockKind
from generator.domain.numerals import ORDINAL
from generator.source.text.anchors import clause_of_anchor

_CHAPTER = re.compile(rf"第{ORDINAL}[编章节]")
_MANY = 30
_TOP_LEVEL = 2


def with_clause_links(
    blocks: Sequence[Block],
    notes: Mapping[str, str],
    words: Mapping[str, Any],
    banners: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the HTML of blocks with a link to itself in every clause and heading, and the notes behind the clauses.

    ``notes`` and ``banners`` are HTML by the anchor of their clause or heading. A clause ends where the next one
    or a heading begins; the note of the last one follows its first paragraph. A banner follows its heading.
    """
    labels = {kind: html.escape(words[name]) for kind, name in _LABELS.items()}
    pieces = [block.html for block in blocks]
    linked = [place for place, block in enumerate(blocks) if block.anchor and block.kind in labels]
    waiting = ""  # the note of the clause that has not ended
    for place in linked:
        block = blocks[place]
        begin, _, closing = pieces[place].rpartition("</")
        link = f'<a class="anchor" href="#{html.escape(block.anchor)}" aria-label="{labels[block.kind]}"></a>'
        pieces[place] = f"{waiting}{begin}{link}</{closing}{banners.get(block.anchor, '')}"
        waiting = notes.get(block.anchor, "")
    if waiting:
        pieces[linked[-1]] += waiting
    return "\n".join(pieces)


_LABELS = {BlockKind.HEADING: "heading_link", BlockKind.CLAUSE: "clause_link"}


def outline_of(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return the outline of a text with many clauses or with chapters: headings, each with its clauses.

    ``clauses`` of a heading are list items as HTML: a template would take longer for them than for all else.
    """
    linked = [block for block in blocks if block.anchor and block.kind in _LABELS]
    clauses = sum([block.kind is BlockKind.CLAUSE for block in linked])
    chapters = any(_CHAPTER.match(block.text) for block in linked if block.kind is BlockKind.HEADING)
    if not clauses or not (chapters or clauses > _MANY):
        return []
    parts: list[dict[str, Any]] = []
    for block in linked:
        if block.kind is BlockKind.HEADING:
            title = " ".join(block.text.split("\n"))
            parts.append({"level": block.level, "text": title, "anchor": block.anchor, "clauses": ""})
            continue
        if not parts:
            parts.append({"level": _TOP_LEVEL, "text": "", "anchor": "", "clauses": ""})
        clause = clause_of_anchor(block.anchor)
        parts[-1]["clauses"] += f'<li><a href="#{html.escape(block.anchor)}">{clause}</a></li>'
    return parts
