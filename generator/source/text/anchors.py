"""Anchors from the text's own words: of a heading without its number, of 第N条 as it stands; and the outline."""

import re
from collections.abc import Iterable
from functools import lru_cache

from generator.domain.model import Heading
from generator.domain.numerals import ORDINAL, TENS

CLAUSE_NAME = re.compile(rf"第{ORDINAL}条(?:之[{TENS}]+)?")
CLAUSE = re.compile(rf"\s*(第{ORDINAL}条(?:之[{TENS}]+)?)(?=[\s　【（(：:]|$)")
_NUMBERING = re.compile(
    rf"^(?:第{ORDINAL}[章节编部分]+"
    r"|[（(]?[一二三四五六七八九十百零\d]+[）)、.．]|[一二三四五六七八九十]+、)[\s　]*"
)
_NOT_IN_ANCHOR = re.compile(r"[^\w\u4e00-\u9fff]+")
_AGAIN = re.compile(r"-[0-9]+\Z")  # the number of an anchor that comes again
_MAX_ANCHOR = 40
_DEEPEST = 6


def anchor_of(text: str) -> str:
    """Return the anchor of a heading: its own words without their number, so that it stays.

    >>> anchor_of("三、强化 责任")
    '强化-责任'
    """
    bare = _NUMBERING.sub("", text.strip()) or text.strip()
    return _NOT_IN_ANCHOR.sub("-", bare).strip("-_")[:_MAX_ANCHOR].strip("-_") or "节"


def clause_of(text: str) -> str | None:
    """Return the 第N条 with which a paragraph begins, ``None`` for another paragraph."""
    match = CLAUSE.match(text) if "第" in text[:4] else None
    return match[1] if match else None


@lru_cache(maxsize=4096)  # most texts number their clauses alike
def clause_of_anchor(anchor: str) -> str:
    """Return the clause that an anchor ends with, whether it is the first of its name or not; empty for none."""
    anchor = _AGAIN.sub("", anchor)
    names = CLAUSE_NAME.findall(anchor) if "条" in anchor else ()
    return names[-1] if names and anchor.endswith(names[-1]) else ""


class Anchors:
    """The anchors of one text, given in the order of its blocks; ``used`` are ids that it wrote itself."""

    def __init__(self, used: Iterable[str], *, deeper: bool) -> None:
        self.used = set(used)
        self._last: dict[str, int] = {}  # the number that a name was given last
        self.outline: list[Heading] = []
        self._path: list[tuple[int, str]] = []
        self._deeper = 1 if deeper else 0  # the page's own title is its only h1

    def paragraph(self, text: str) -> str | None:
        """Return the anchor of a paragraph that begins with 第N条, ``None`` for another one."""
        clause = clause_of(text)
        return self.name(clause) if clause else None

    def heading(self, typed_level: int, text: str, declared: str | None = None) -> Heading:
        """Return a heading at the level that it has on the page, and put it into the outline."""
        level = min(typed_level + self._deeper, _DEEPEST)
        self._path = [step for step in self._path if step[0] < level]
        anchor = declared or self.name(clause_of(text) or anchor_of(text))
        self._path.append((level, anchor))
        heading = Heading(level, text, anchor)
        self.outline.append(heading)
        return heading

    def name(self, preferred: str) -> str:
        """Return an anchor that is not used yet: under its own heading where the bare one is."""
        if preferred not in self.used:
            self.used.add(preferred)
            return preferred
        anchor = f"{self._path[-1][1]}-{preferred}" if preferred in self.used and self._path else preferred
        base, number = anchor, self._last.get(anchor, 1)
        while anchor in self.used:
            number += 1
            anchor = f"{base}-{number}"
        self._last[base] = number
        self.used.add(anchor)
        return anchor
