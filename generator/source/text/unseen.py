"""Characters that nobody sees in a text: control characters, and those that turn the direction of writing.

They make a reader see another text than search and programs do, and XML may not hold some of them.
"""

import re
from collections.abc import Iterator

from generator.domain.problems import Problem
from generator.domain.unseen import BIDI_CONTROLS, NOT_IN_TEXT
from generator.source.front_matter.read import FrontMatter
from generator.source.text.markup import Markup

_UNSEEN = re.compile(f"[{NOT_IN_TEXT}]")
_CHANGES_DIRECTION = re.compile(f"[{BIDI_CONTROLS}]")


def has_unseen(body: str) -> bool:
    """Whether a character that nobody sees was typed; the signs of the conversion are among them."""
    return bool(_UNSEEN.search(body))


def invisible_character_problems(front: FrontMatter, markup: Markup, *, typed: bool) -> Iterator[Problem]:
    """Yield H011 once for every sort of unseen character of a text, ``typed`` or written as an entity."""
    lines: dict[str, int] = {}
    for match in _UNSEEN.finditer(front.body) if typed else ():
        lines.setdefault(match[0], front.body_line + front.body.count("\n", 0, match.start()))
    for block in markup.blocks.blocks if "&" in front.body else ():
        for character in () if block.html.isprintable() else _UNSEEN.findall(block.html):
            lines.setdefault(character, block.line)
    for character, line in sorted(lines.items()):
        kind = "改变文字方向的控制字符" if _CHANGES_DIRECTION.match(character) else "控制字符"
        yield Problem("H011", f"正文里有看不见的{kind} U+{ord(character):04X}", "删去它，重新输入这几个字", line)
