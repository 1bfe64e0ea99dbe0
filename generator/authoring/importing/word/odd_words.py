"""What may be wrong in a text from Word, a scan or a web page (requirements DOC-22): reported, never changed.

Which of it is wrong only the writer can say: a signed text is not ours to edit.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.domain.numerals import ORDINAL

_CJK = "\u3400-\u9fff"
_PATTERNS = (
    ("半角括号", re.compile(rf"(?<=[{_CJK}])[()]|[()](?=[{_CJK}])")),
    ("文号用了半角方括号", re.compile(r"\\\[20\d\d\\\]|\\\[19\d\d\\\]")),
    ("半角标点", re.compile(rf"(?<=[{_CJK}])[,;:!?](?=[{_CJK}]|$)")),
    ("残留的 ** 号", re.compile(r"\\\*\\\*")),
    ("句中连续的空格", re.compile(rf"(?<=[{_CJK}，。；：、])[ 　]{{2,}}(?=[{_CJK}])")),
)
_MARKUP = re.compile(r"#|\||<|- |\[\^|!\[")
_CLAUSE = re.compile(rf"第{ORDINAL}[条章节编]")
_MOST_LINES = 5
_LEAST_LINE = 25


def odd_passages(body: str, first_line: int) -> Iterator[str]:
    """Yield a line for each sort of thing that a person must look at; ``first_line`` is the line of the beginning."""
    lines = body.split("\n")
    for name, pattern in _PATTERNS:
        yield from _report(name, [number for number, line in enumerate(lines, first_line) if pattern.search(line)])
    texts = [(number, line) for number, line in enumerate(lines, first_line) if line.strip()]
    broken = [number for (number, line), (_, behind) in pairwise(texts) if _is_broken(line, behind)]
    yield from _report("一句话可能断成了两段", broken)


def _report(name: str, places: list[int]) -> Iterator[str]:
    if places:
        more = f" 等 {len(places)} 行" if len(places) > _MOST_LINES else ""
        yield f"{name}：第 {'、'.join(map(str, places[:_MOST_LINES]))} 行{more}"


def _is_broken(line: str, behind: str) -> bool:
    if _MARKUP.match(line) or _MARKUP.match(behind) or _CLAUSE.match(behind):
        return False
    goes_on = bool(re.search(rf"[{_CJK}，、]\Z", line)) and bool(re.match(rf"[{_CJK}]", behind))
    return goes_on and (line.endswith(("，", "、")) or (len(line) >= _LEAST_LINE and len(behind) >= _LEAST_LINE))
