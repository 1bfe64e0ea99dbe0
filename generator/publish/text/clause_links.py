"""The clauses of a text on its page: a link to each, the interpretations under them, the outline of a long text."""

import html
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from generator.domain.model import Block, BlockKind
from generator.domain.model.text import with_html
from generator.domain.numerals import ORDINAL
from generator.source.text.anchors import clause_of_anchor
from generator.source.text.plain import SCROLL_BEGIN

_CHAPTER = re.compile(rf"第{ORDINAL}[编章节]")
_AGAIN = re.compile(r"-[0-9]+\Z")
_MANY = 30
_SHORT_LINE = 30
_TABLE_LABEL = 'aria-label="表格"'
_TOP_LEVEL = 2
_KEPT = 4_096  # 第一条, 第二条 and so on are in every text


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
    pieces = [block.html for block in blocks]
    linked = [place for place, block in enumerate(blocks) if block.anchor and block.kind in _LABELS]
    named: dict[str, int] = {}
    waiting = ""  # the note of the clause that has not ended
    for place in linked:
        block = blocks[place]
        begin, _, closing = pieces[place].rpartition("</")
        link = _link(block.anchor, words[_LABELS[block.kind]], _once(_name_of(block), named))
        pieces[place] = f"{waiting}{begin}{link}</{closing}{banners.get(block.anchor, '')}"
        waiting = notes.get(block.anchor, "")
    if waiting:
        pieces[linked[-1]] += waiting
    return "\n".join(pieces)


_LABELS = {BlockKind.HEADING: "heading_link", BlockKind.CLAUSE: "clause_link"}


@lru_cache(_KEPT)
def _link(anchor: str, label: str, name: str) -> str:
    """Return the link of a clause or heading to itself."""
    return f'<a class="anchor" href="#{html.escape(anchor)}" aria-label="{html.escape(label.format(name=name))}"></a>'


def _name_of(block: Block) -> str:
    """Return the name of a clause, with the text that it is in where a page has several; of a heading its words."""
    if block.kind is BlockKind.HEADING:
        return " ".join(block.text.split())
    return _clause_name(block.anchor)


@lru_cache(_KEPT)
def _clause_name(anchor: str) -> str:
    clause = clause_of_anchor(anchor)
    text = _AGAIN.sub("", anchor).removesuffix(clause).rstrip("-")
    return f"{text} {clause}".lstrip()


def _once(name: str, named: dict[str, int]) -> str:
    """Return a name that no other link or table of the page has; ``named`` counts how often each was asked for."""
    named[name] = named.get(name, 0) + 1
    return name if named[name] == 1 else f"{name}（{named[name]}）"


NO_TABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.CLAUSE, BlockKind.HEADING})


def with_table_names(blocks: Sequence[Block], words: Mapping[str, Any]) -> Sequence[Block]:
    """Return blocks whose tables are regions with a name of their own: the heading or the short line before them."""
    if not any(SCROLL_BEGIN in block.html for block in blocks if block.kind not in NO_TABLE):
        return blocks
    named: dict[str, int] = {}
    before = ""
    result: list[Block] = []
    for block in blocks:
        if SCROLL_BEGIN in block.html:
            name = words["table"].format(name=before) if before else words["table_alone"]
            first, *others = block.html.split(SCROLL_BEGIN)
            pieces = [first]
            for other in others:
                label = f'aria-label="{html.escape(_once(name, named))}"'
                pieces += [SCROLL_BEGIN.replace(_TABLE_LABEL, label), other]
            result.append(with_html(block, "".join(pieces)))
            continue
        if text := " ".join(block.text.split()):
            is_title = block.kind is BlockKind.HEADING or len(text) <= _SHORT_LINE
            before = text if is_title else before
        result.append(block)
    return result


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
        parts[-1]["clauses"] += _outline_item(block.anchor)
    return parts


@lru_cache(_KEPT)
def _outline_item(anchor: str) -> str:
    return f'<li><a href="#{html.escape(anchor)}">{clause_of_anchor(anchor)}</a></li>'
