"""The state of single clauses, put into a text when its page is written: an attribute, a mark, and a notice."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.domain.model import Block, BlockKind
from generator.publish.text.official_lines import OFFICIAL_CLASS


class ClauseMark(NamedTuple):
    """The state of a clause: its code and its words, empty for one to come; ``notice`` is HTML behind the clause."""

    status: str
    label: str
    is_whole: bool
    notice: str


def with_clause_states(
    blocks: Sequence[Block], marks: Mapping[str, ClauseMark]
) -> tuple[Sequence[Block], dict[str, str]]:
    """Return blocks with the state of their clauses, and the notices by the anchor of the block that they follow.

    A notice of a clause inside another block, such as a list, is behind that block already.
    """
    if not marks:
        return blocks, {}
    notices: dict[str, str] = {}
    return [_marked(block, marks, notices) for block in blocks], notices


def with_additions(blocks: Sequence[Block], additions: Mapping[str, str], notices: dict[str, str]) -> Sequence[Block]:
    """Return blocks with the HTML of added clauses behind the last paragraph of the clause with an anchor.

    What follows the first paragraph of a clause joins its ``notices``.
    """
    if not additions:
        return blocks
    found = list(blocks)
    last = ""
    for place, block in enumerate(found):
        last = block.anchor if block.kind in {BlockKind.CLAUSE, BlockKind.HEADING} else last
        following = found[place + 1] if place + 1 < len(found) else None
        if last in additions and (following is None or _begins_other(following)):
            if block.anchor == last:
                notices[last] = notices.get(last, "") + additions[last]
            else:
                found[place] = block._replace(html=block.html + additions[last])
            last = ""
    return found


def _begins_other(block: Block) -> bool:
    """Whether a block is no part of the clause before it."""
    return block.kind in {BlockKind.CLAUSE, BlockKind.HEADING} or OFFICIAL_CLASS.search(block.html) is not None


def _marked(block: Block, marks: Mapping[str, ClauseMark], notices: dict[str, str]) -> Block:
    text, behind = block.html, ""
    for anchor in dict.fromkeys((block.anchor, *block.ids)):
        if anchor in marks:
            text = _opened(text, anchor, marks[anchor]) if marks[anchor].status else text
            behind += marks[anchor].notice
    if behind and block.anchor and block.kind in {BlockKind.CLAUSE, BlockKind.HEADING}:
        notices[block.anchor] = behind
        behind = ""
    return block._replace(html=text + behind)


def _opened(text: str, anchor: str, mark: ClauseMark) -> str:
    """Return the HTML with the status on the element of an anchor, and its mark at the beginning of its words."""
    opening = re.compile(rf'(<[a-z][a-z0-9]*\b[^<>]*?\bid="{re.escape(html.escape(anchor))}")([^<>]*)>')
    partial = "" if mark.is_whole else " data-partial"
    badge = f'<span class="badge clause-badge">{html.escape(mark.label)}</span> '
    return opening.sub(
        lambda found: f'{found[1]} data-clause-status="{mark.status}"{partial}{found[2]}>{badge}', text, count=1
    )
