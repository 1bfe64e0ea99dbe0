"""Texts that would keep the Markdown library busy without end: refused before it sees them.

Its cost grows with the square of the marks in one paragraph, of the rules in one block, of tags that
are never closed. The limits lie far above every real text, and far below what costs seconds.
"""

import re
from collections import Counter

from generator.domain.problems import Problem

_COSTLY, _STARS = "[&\\", "*_`"
_MOST_MARKS, _MOST_STARS = 4_000, 10_000  # in one paragraph
_MOST_TAGS, _MOST_UNCLOSED = 40_000, 400  # in one text
_MOST_RULES = 1_000  # in one block
_MOST_CELLS = 400_000  # in one table: the library fills every row up to the width of the first
_MOST_NOTED = 500  # references to one footnote
_RULE_LINE = re.compile(r"^ {0,3}(?:[-=*_][-=*_ \t]*+$|:[ \t])", re.MULTILINE)
_TABLE_RULE = re.compile(r"[^\n]*\n {0,3}\|?[ ]*:?-+:?[ ]*\|[-:| ]*(?:\n|\Z)")
_NESTED = re.compile(r"\n[ \t]*+(?:(?:[-+*]|[0-9]{1,9}+[.)])[ \t]++|>[ \t]?+){60}")
_NOTE = re.compile(r"\[\^([^\]\n]{1,200})\]")
_UNCLOSED = re.compile(r"<[^<>]*+(?=<|\Z)")
_MEND = "拆成几段；不是排版用的符号，前面加反斜杠或换成全角"


def costly_markup_problems(body: str, first_line: int) -> Problem | None:
    """Return why a text cannot be converted in reasonable time, ``None`` for every ordinary one."""
    if match := _NESTED.search("\n" + body):  # a pattern that begins with a character is looked for quickly
        return _problem(body, match.start(), first_line, "列表或引用嵌套太深", "减少缩进和 > 的层数")
    marks = sum(map(body.count, _COSTLY))
    if body.count("<") > _MOST_UNCLOSED:
        unclosed = _UNCLOSED.findall(body)
        if len(unclosed) > _MOST_UNCLOSED or body.count("<") > _MOST_TAGS:
            return _problem(
                body, body.index("<"), first_line, "HTML 标签太多，或者没有闭合", "改用 Markdown，或作为附件"
            )
    if grown := _grown(body):
        place, message, hint = grown
        return _problem(body, place, first_line, message, hint)
    if marks + sum(map(body.count, _STARS)) <= _MOST_MARKS and body.count("\n") <= _MOST_RULES:
        return None
    place = 0
    for block in body.split("\n\n"):
        if len(_RULE_LINE.findall(block)) > _MOST_RULES:
            return _problem(body, place, first_line, "分隔线太多", _MEND)
        parts = block.split("\n") if _TABLE_RULE.match(block.lstrip("\n")) else (block,)
        for part in parts:
            if sum(map(part.count, _COSTLY)) > _MOST_MARKS or sum(map(part.count, _STARS)) > _MOST_STARS:
                return _problem(body, place, first_line, "一段里的 Markdown 符号太多", _MEND)
        place += len(block) + 2
    return None


def _grown(body: str) -> tuple[int, str, str] | None:
    """Return where a text would become many times as long as it is typed, with the message and the hint."""
    if body.count("[^") > _MOST_NOTED and max(Counter(_NOTE.findall(body)).values(), default=0) > _MOST_NOTED:
        return body.index("[^"), "引用同一个脚注的地方太多", "分成几个脚注"
    place = 0
    for block in body.split("\n\n") if body.count("|") * body.count("\n") > _MOST_CELLS else ():
        rows, marks = block.count("\n"), block.count("|")
        if marks * rows > _MOST_CELLS:
            cells = max(line.count("|") for line in block.split("\n")) * rows
            if cells > max(_MOST_CELLS, 4 * marks):
                return place, "表格各行的格数相差太多", "每行的格数写得一样；太大的表作为附件"
        place += len(block) + 2
    return None


def _problem(body: str, place: int, first_line: int, message: str, hint: str) -> Problem:
    return Problem("F008", f"正文{message}，不能转换", hint, first_line + body.count("\n", 0, place))
