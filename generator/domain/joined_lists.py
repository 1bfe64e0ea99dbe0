"""Lists that are written as one text: ``甲局、乙局`` instead of ``[甲局, 乙局]``."""

import re
from collections.abc import Iterable, Iterator

_SEPARATORS = frozenset("，、；;,")
_PAIRS = {"《": "》", "〈": "〉", "（": "）", "(": ")", "〔": "〕", "“": "”", "‘": "’", "「": "」"}
_AROUND = "【】［］[]"  # brackets of a list in another width
_QUOTES = re.compile(r"[“\"'‘](.*)[”\"'’]")
_NEEDS_QUOTES = re.compile(r"[\[\]{},]|: | #|:$|^[&*!|>'\"%@`#?-]")
# A unit ends in one of these; a part of a unit's name, as in 某县教育、科技局, does not.
_UNIT_END = re.compile(
    r"(?:[局委办厅部院会府科处室队站所校社司团厂馆场组行署]|中心|集团|公司|企业|大学|支部|机关|园区|开发区|联合会|基金会)"
    r"(?:（[^（）]*）)?"
)


def split_list(text: str, separators: Iterable[str] = _SEPARATORS) -> list[str]:
    """Return the items of a text that is written as a list, one item for any other text.

    Signs inside brackets, titles and quotation marks, and a comma between digits, separate nothing.

    >>> split_list("甲局、乙局（丙、丁）")
    ['甲局', '乙局（丙、丁）']
    """
    text = text.strip().strip(_AROUND)
    signs = frozenset(separators)
    if not signs & set(text):
        return [text]
    return [item for item in map(_unquoted, _pieces(text, signs)) if item]


def _unquoted(piece: str) -> str:
    piece = piece.strip()
    match = _QUOTES.fullmatch(piece)
    return match[1].strip() if match else piece


def _pieces(text: str, signs: frozenset[str]) -> Iterator[str]:
    open_brackets: list[str] = []
    start = 0
    for place, char in enumerate(text):
        if char in _PAIRS:
            open_brackets.append(_PAIRS[char])
        elif open_brackets and char == open_brackets[-1]:
            open_brackets.pop()
        elif char in signs and not open_brackets and not (char == "," and text[place + 1 : place + 2].isdigit()):
            yield text[start:place]
            start = place + 1
    yield text[start:]


def are_units(items: Iterable[str]) -> bool:
    """Whether every item is the name of a unit, so that 、 between them makes a list and no name."""
    return all(any(match.end() == len(item) for match in _UNIT_END.finditer(item)) for item in items)


def as_yaml_list(items: Iterable[str]) -> str:
    """Return items as a list of front matter, with quotation marks where YAML needs them.

    >>> as_yaml_list(["o-5", "a: b"])
    '[o-5, "a: b"]'
    """
    return f"[{', '.join(_quoted(item) for item in items)}]"


def _quoted(item: str) -> str:
    if not _NEEDS_QUOTES.search(item):
        return item
    return f'"{item}"' if '"' not in item and "\\" not in item else "'" + item.replace("'", "''") + "'"


def joined_message(label: str, text: str, items: Iterable[str]) -> tuple[str, str]:
    """Return message and hint of F019 for a field with such a text."""
    sign = next((f"“{char}”" for char in text if char in _SEPARATORS), "空格")
    return (
        f"“{label}”的“{text[:60]}”用{sign}连成了一个值，不是列表",
        f"方括号里用半角逗号分开：{as_yaml_list(items)}",
    )
