"""The usual mistakes of a writer in lines of YAML that the parser refuses: each with its own line and fix."""

import re
from collections.abc import Sequence
from itertools import cycle
from typing import NamedTuple

import yaml

_KEY = r"(?:[A-Za-z_][\w-]*|[\u4e00-\u9fff]{2,12})"
_PAIR = re.compile(rf"(?P<indent>[ ]*)(?P<item>-[ ]+)?(?P<key>{_KEY})[ ]*:(?P<value>(?:[ ].*)?)")
_WIDE_COLON = re.compile(rf"[ ]+(?:-[ ]+)?(?P<key>{_KEY})[ \t]*：(?P<value>.*)")
_WIDE_COLON_INSIDE = re.compile(rf"[{{,][ ]*(?P<key>{_KEY})[ ]*：")
_LIST_KEY = re.compile(rf"-[ ]+(?P<key>{_KEY})[ ]*:[ ].*")
_DECORATED = re.compile(rf"(?P<sign>[*_`#]+)[ ]*(?P<key>{_KEY})[ ]*(?P=sign)?[ ]*[:：].*")
_RESERVED = "@`%!&*|>?-{[,#"


class LineMistake(NamedTuple):
    """A mistake with its line (1-based) and its fix."""

    line: int
    message: str
    hint: str


def line_mistake(lines: Sequence[str], line: int) -> LineMistake | None:
    """Return the usual mistake at a line (1-based) that the parser refused, or just above it.

    ``None`` where nothing usual is there: the parser's own words are then the best that can be said.
    """
    for number in (line, line - 1, line - 2):
        if 0 < number <= len(lines):
            typed = lines[number - 1].rstrip()
            if found := _in_line(typed, number):
                return found
    if 0 < line <= len(lines):
        return _indent(lines, line)
    return None


def _in_line(typed: str, number: int) -> LineMistake | None:
    if match := _WIDE_COLON.fullmatch(typed) or _WIDE_COLON_INSIDE.search(typed):
        return LineMistake(number, f"“{match['key']}”后面是全角冒号“：”", f"改为半角冒号加空格，如 {match['key']}: 值")
    if match := _DECORATED.fullmatch(typed):
        return LineMistake(
            number, f"“{match['key']}”前后有“{match['sign']}”", f"删去“{match['sign']}”，写成 {match['key']}: 值"
        )
    match = _PAIR.fullmatch(typed)
    if not match or _is_valid(typed):
        return None
    value = match["value"].strip()
    if value[:1] in {'"', "'"} and (quote := value[0]) in value[1:-1]:
        inner = _paired(value.strip(quote), quote)
        fix = f"里面的引号换成全角的：{match['key']}: {quote}{inner}{quote}"
        return LineMistake(number, f"“{match['key']}”的值里，引号中间又有引号", fix)
    if value and value[0] in _RESERVED and not _is_collection(value):
        quote = "'" if '"' in value else '"'
        fix = f"给整个值加引号：{match['key']}: {quote}{value[:60]}{'…' if value[60:] else ''}{quote}"
        return LineMistake(number, f"“{match['key']}”的值以“{value[0]}”开头，读不了", fix)
    return None


def _is_valid(typed: str) -> bool:
    """Whether a line is YAML on its own, so that the mistake is in another one."""
    try:
        return bool(list(yaml.parse(typed.strip(), Loader=yaml.SafeLoader)))
    except yaml.YAMLError:
        return False


def _paired(text: str, quote: str) -> str:
    """Return a text with its half-width quotation marks as full-width pairs."""
    signs = cycle("“”" if quote == '"' else "‘’")
    return "".join(next(signs) if character == quote else character for character in text)


def _is_collection(value: str) -> bool:
    """Whether a value is a list or mapping in brackets, or the beginning of one."""
    return value[0] in "[{" and not re.fullmatch(r"\[[^\[\]]*\].+|\{[^{}]*\}.+", value)


def _open_indents(lines: Sequence[str]) -> list[int]:
    """Return the indents of the levels that are open behind some lines: a key may begin at each of them."""
    levels: list[int] = []
    for match in filter(None, map(_PAIR.fullmatch, lines)):
        indent = len(match["indent"]) + len(match["item"] or "")
        levels = [level for level in levels if level < indent] + [indent]
    return levels


def _indent(lines: Sequence[str], line: int) -> LineMistake | None:
    """Return the mistake of a line that stands further in or out than the lines beside it."""
    dashed = [number for number in (line, line - 1) if number > 0 and _LIST_KEY.fullmatch(lines[number - 1])]
    for number in dashed:
        others = [_PAIR.fullmatch(one) for place, one in enumerate(lines, 1) if place != number]
        if any(other and not other["indent"] and not other["item"] for other in others):
            key = _LIST_KEY.fullmatch(lines[number - 1])
            name = key["key"] if key else ""
            return LineMistake(number, f"“{name}”前面多了“- ”", f"删去它，写成 {name}: 值；“- ”只用在列表里")
    match = _PAIR.fullmatch(lines[line - 1])
    above = next((one for one in reversed(lines[: line - 1]) if one.strip() and not one.lstrip().startswith("#")), "")
    before = _PAIR.fullmatch(above)
    if not match or not before:
        return None
    own, other = len(match["indent"]), len(before["indent"]) + len(before["item"] or "")
    if own == other or own in _open_indents(lines[: line - 1]):
        return None
    message = f"“{match['key']}”前面有 {own} 个空格，上一行的“{before['key']}”前面是 {len(before['indent'])} 个"
    if before["item"]:
        return LineMistake(line, message, f"和上一行的“{before['key']}”对齐：前面 {other} 个空格")
    return LineMistake(line, message, "同一级的字段前面空格一样多：上一行没有写错的，改成和它一样；多写的空格删去")
