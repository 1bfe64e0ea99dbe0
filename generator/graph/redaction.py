"""Detect that a text masks words of an earlier one: 张某, 张**, 1101********0021 (个人信息保护法 art. 28).

Masked words must not reappear through the history, and a name can only be recognised by its mask.
"""

import re
from collections.abc import Iterator
from itertools import islice

_MASKS = ("*", "＊", "×", "╳", "✕", "XX", "■", "█", "●", "某", "[已删", "【已删", "（略）", "(略)", "……")
_MASK = re.compile(r"[*＊×╳✕■█●]+|X{2,}|某+|[\[【（(](?:已删[去除减节]|略)[\]】）)]|…{2,}")
_MOST_MASKED, _MOST_LINES, _MOST_HIDDEN = 200, 5_000, 60


def is_redacted(before: str, after: str) -> bool:
    """Whether ``after`` has a line of ``before`` with some of its words masked; both are the words of a text."""
    if not any(after.count(mask) > before.count(mask) for mask in _MASKS):
        return False
    earlier = dict.fromkeys(_lines(before))
    masked = [line for line in dict.fromkeys(_lines(after)) if line not in earlier and _MASK.search(line)]
    compared = list(islice(earlier, _MOST_LINES))
    return any(_matches_mask(_MASK.split(line), old) for line in masked[:_MOST_MASKED] for old in compared)


def _lines(words: str) -> Iterator[str]:
    for line in words.splitlines():
        if stripped := line.strip():
            yield stripped


def _matches_mask(parts: list[str], line: str) -> bool:
    """Whether a line consists of the parts in their order with up to 60 characters between them."""
    if not any(parts) or not line.startswith(parts[0]):
        return False
    position = len(parts[0])
    for part in filter(None, parts[1:]):
        place = line.find(part, position, position + _MOST_HIDDEN + len(part))
        if place < 0:
            return False
        position = place + len(part)
    rest = len(line) - position
    return rest <= (0 if parts[-1] else _MOST_HIDDEN) and len(line) > sum(map(len, parts))
