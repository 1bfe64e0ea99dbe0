"""The levels of headings on a page: each is at most one below that of the heading that it belongs to.

Writers use ``###`` for its size. A screen reader's list of headings would then show a level that is not there.
"""

from collections.abc import Sequence

from generator.domain.model import Block, BlockKind

_FIRST = 2  # below the title of the page


def with_heading_levels(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks of a text, its headings without a gap in their levels; most texts have none."""
    above: list[int] = []
    result: list[Block] | None = None
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            continue
        level = block.level
        while above and above[-1] >= level:
            above.pop()
        shown = min(_FIRST + len(above), level)
        above.append(level)
        if shown == level:
            continue
        result = result or list(blocks)
        html = block.html.replace(f"<h{level}", f"<h{shown}", 1).replace(f"</h{level}>", f"</h{shown}>", 1)
        result[place] = block._replace(html=html, level=shown)
    return blocks if result is None else result
