"""Mistakes of typing in the config that YAML reports elsewhere, or not at all: each with its line and its fix."""

import re
from collections.abc import Iterable

from generator.domain.problems import Problem

_COLON = re.compile(
    r"\s*(?:-\s+)?(?P<key>[A-Za-z_][A-Za-z0-9_]*|[\u4e00-\u9fff]{2,12})[ \t]*(?P<colon>[:：])(?P<value>.*)"
)
_INDENT = re.compile(r"^[ ]*([\u3000\u00a0\t])[ \u3000\u00a0\t]*(?=-\s|[^\s:：]+[:：])", re.MULTILINE)
_BLANKS = {"　": "全角空格", "\u00a0": "不间断空格", "\t": "制表符（Tab）"}


def typing_mistake(text: str, names: Iterable[str]) -> Problem | None:
    """Return the first mistake of typing in a config that could not be read; ``names`` are those of its settings."""
    known = frozenset(names)
    for number, line in enumerate(text.split("\n"), 1):
        match = _COLON.fullmatch(line)
        if not match or match["key"] not in known:
            continue
        key = match["key"]
        if match["colon"] == "：":
            return Problem("", f"“{key}”后面是全角冒号“：”", f"改为半角冒号加空格，如 {key}: 值", number)
        if match["value"][:1].strip():
            return Problem("", f"“{key}:”后面缺少空格", f"冒号后加一个半角空格，如 {key}: 值", number)
    if indent := _INDENT.search(text):
        place = text.count("\n", 0, indent.start()) + 1
        return Problem("", f"缩进用了{_BLANKS[indent[1]]}", "换成半角空格，每级两个", place)
    return None
