"""Where the texts stand that a notice carries: each under the heading that says its title, never guessed."""

import re
from collections import defaultdict
from collections.abc import Sequence

from generator.domain.model import BlockKind, Heading, Part, PartLocation
from generator.domain.numerals import ORDINAL
from generator.domain.problems import Problem
from generator.domain.titles import heading_key
from generator.domain.vocabulary import Nearest
from generator.source.text.markup import Markup

_CHAPTER = re.compile(rf"\s*第{ORDINAL}[编章节]")


def locate_parts(declared: Sequence[Part], markup: Markup) -> tuple[tuple[PartLocation, ...], list[Problem]]:
    """Find the heading of every declared part; one without a heading, or with two, is F012.

    A part ends where the next one begins, or a heading of its own level or above that is no chapter of it.
    """
    problems: list[Problem] = []
    headings: dict[str, Heading] = {}
    titled: dict[str, list[Heading]] = defaultdict(list)
    for heading in markup.outline:
        titled[heading_key(heading.text)].append(heading)
    titles = Nearest(heading.text for heading in markup.outline)
    for part in declared:
        same = titled.get(heading_key(part.title), [])
        if len(same) == 1 and part.id not in markup.anchors:
            headings[part.id] = same[0]
        else:
            problems.append(_unplaced(part, same, titles))
    blocks = markup.blocks.blocks
    begins = {block.anchor: place for place, block in enumerate(blocks) if block.kind is BlockKind.HEADING}
    taken = {heading.anchor for heading in headings.values()}
    placed = []
    for name, heading in headings.items():
        behind = markup.outline[markup.outline.index(heading) + 1 :]
        after = next((one for one in behind if one.anchor in taken or _ends(heading, one)), None)
        end = begins[after.anchor] if after else len(blocks)
        inside = (anchor for block in blocks[begins[heading.anchor] : end] for anchor in block.ids)
        placed.append(PartLocation(name, heading.anchor, frozenset(inside)))
    return tuple(placed), problems


def _ends(heading: Heading, behind: Heading) -> bool:
    """Whether a heading ends a part; writers give chapters the level of the title above them."""
    return behind.level < heading.level or (behind.level == heading.level and not _CHAPTER.match(behind.text))


def _unplaced(part: Part, same: Sequence[Heading], titles: Nearest) -> Problem:
    if len(same) == 1:
        message = f"印发文件的编号“{part.id}”和正文里的锚点重名"
        return Problem("F012", message, "换一个编号，或改正文里写的 id", part.line, "parts")
    if same:
        message = f"正文里有 {len(same)} 个标题是“{part.title}”，不知道是哪一个"
        return Problem("F012", message, "把其中一个标题改得不同", part.line, "parts")
    near = titles.to(part.title)
    hint = f"是不是“{near}”？title 要和标题一样" if near else f"在这份文件的正文前加一行标题：## {part.title}"
    return Problem("F012", f"正文里没有标题“{part.title}”", hint, part.line, "parts")
