"""Which texts a notice seems to carry that its front matter does not declare: proposed to the writer, never taken."""

import difflib
import re
from collections.abc import Iterator

from generator.domain.model import UndeclaredPart
from generator.domain.titles import heading_key

_ISSUED = re.compile(
    r"印发(?:《(?P<quoted>.+)》|(?P<plain>.+?))等?(?:[\d一二两三四五六七八九十]+[个份项件]\w{0,6})?的通知"
)
_APART = re.compile(r"》?[、，,和及]?《|[、，]|》[和及]|以及")
_AND = re.compile(r"[和及]")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_LONGEST = 80
_END = 4  # a line is looked at when it ends as a title does: 办法 and 规程 alone end too many
_ALIKE = 0.85  # writers shorten the name of their own body in one of the two places


def find_undeclared_parts(title: str, body: str, first: int) -> Iterator[UndeclaredPart]:
    """Yield the lines of a text that say a title which the notice's own title names; ``first`` is the body's line."""
    issued = _ISSUED.search(title) if "印发" in title else None
    if not issued:
        return
    titles = [heading_key(part) for part in _APART.split(issued["quoted"] or issued["plain"]) if part]
    titles += [half for part in titles for half in _AND.split(part) if half != part]  # 和 joins two, or stands in one
    ends = {part[-_END:] for part in titles if len(part) > _END}
    parts_by_title: dict[str, UndeclaredPart] = {}
    for number, line in enumerate(body.split("\n"), first):
        if not line.strip() or len(line) > _LONGEST:
            continue
        heading = _HEADING.match(line)
        words = (line[heading.end() :] if heading else line).strip().strip("*").strip()
        key = heading_key(words)
        if key[-_END:] not in ends or words.startswith("《") or not any(_alike(key, part) for part in titles):
            continue
        if key not in parts_by_title or not parts_by_title[key].headed:  # 附件：1. … announces what the heading begins
            parts_by_title[key] = UndeclaredPart(words, number, headed=heading is not None)
    yield from sorted(parts_by_title.values(), key=lambda one: one.line)


def _alike(key: str, title: str) -> bool:
    return key.endswith(title) or difflib.SequenceMatcher(None, key, title, autojunk=False).ratio() >= _ALIKE
