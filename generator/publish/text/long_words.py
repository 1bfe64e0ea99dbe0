"""Places in the long words of a table where a line may break: an address of 200 characters must not push a column out.

A browser breaks a long word in a paragraph anywhere. In a table it would rather make the column as wide as the word,
which on paper leads off the page and leaves one character of width to the columns beside it.
"""

import re

from generator.domain.model import Block
from generator.domain.model.text import with_html
from generator.source.text.block_reader import TOKEN

BREAK = "<wbr>"
_LONGEST = 24  # an index number, a code of 18 characters and a phone number with its extension stay whole
_PIECE = 12
_UNBROKEN = re.compile(rf"(?:&[#\w]+;|[!-%'-;=?-~]){{{_LONGEST + 1},}}")
_CHARACTERS = re.compile(rf"(?:&[#\w]+;|[!-%'-;=?-~]){{1,{_PIECE}}}")


def with_places_to_break(block: Block) -> Block:
    """Return a block of clean HTML; in its tables a line may break within words longer than 24 characters."""
    if "<table" not in block.html or not _UNBROKEN.search(block.text):
        return block
    pieces: list[str] = []
    done = tables = 0
    for match in TOKEN.finditer(block.html):
        text = block.html[done : match.start()]
        pieces += [_UNBROKEN.sub(_broken, text) if tables else text, match[0]]
        if match[2] == "table":
            tables += -1 if match[1] else 1
        done = match.end()
    return with_html(block, "".join((*pieces, block.html[done:])))


def _broken(match: re.Match[str]) -> str:
    return BREAK.join(_CHARACTERS.findall(match[0]))
