"""Characters that nobody sees in a text: control characters, and those that turn the direction of writing.

They make a reader see another text than search and programs do, and XML may not hold some of them.
"""

import re
from collections.abc import Iterator

from generator.domain.problems import Problem
from generator.source.text.markup import Markup

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def invisible_character_problems(markup: Markup) -> Iterator[Problem]:
    """Yield H011 once for every sort of unseen character that the page would hold, typed or written as an entity."""
    first: dict[str, int] = {}
    for block in markup.blocks.blocks:
        for match in _UNSEEN.finditer(block.text):
            first.setdefault(match[0], block.line_at(match.start()))
        for char in _UNSEEN.findall(block.html):  # in a link or a description
            first.setdefault(char, block.line)
    for char, line in sorted(first.items()):
        what = "改变文字方向的控制字符" if char in _TURNING else "控制字符"
        yield Problem("H011", f"正文里有看不见的{what} U+{ord(char):04X}", "删去它，重新输入这几个字", line)
