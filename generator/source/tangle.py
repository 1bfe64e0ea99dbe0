"""Texts that would keep the Markdown library busy without end: refused before it sees them.

Its cost grows with the square of the marks in one paragraph, of the rules in one block, of tags that
are never closed. The limits lie far above every real text, and far below what costs seconds.
"""

import re

from generator.problems import Problem

_COSTLY, _STARS = "[&\\", "*_`"
_MOST_MARKS, _MOST_STARS = 4_000, 10_000  # in one paragraph
_MOST_TAGS, _MOST_UNCLOSED = 40_000, 400  # in one text
_MOST_RULES = 1_000  # in one block
_RULE_LINE = re.compile(r"^ {0,3}(?:[-=*_][-=*_ \t]*+$|:[ \t])", re.MULTILINE)
_TABLE_RULE = re.compile(r"[^\n]*\n {0,3}\|?[ ]*:?-+:?[ ]*\|[-:| ]*(?:\n|\Z)")
_NESTED = re.compile(r"^[ \t]*+(?:(?:[-+*]|[0-9]{1,9}+[.)])[ \t]++|>[ \t]?+){60}", re.MULTILINE)
_UNCLOSED = re.compile(r"<[^<>]*+(?=<|\Z)")
_MEND = "拆成几段；不是排版用的符号，前面加反斜杠或换成全角"


def tangled(body: str, first_line: int) -> Problem | None:
    """Return why a text cannot be converted in reasonable time, ``None`` for every ordinary one."""
    if found := _NESTED.search(body):
        return _problem(body, found.start(), first_line, "列表或引用嵌套太深", "减少缩进和 > 的层数")
    marks = sum(map(body.count, _COSTLY))
    if body.count("<") > _MOST_UNCLOSED:
        unclosed = _UNCLOSED.findall(body)
        if len(unclosed) > _MOST_UNCLOSED or body.count("<") > _MOST_TAGS:
            return _problem(
                body, body.index("<"), first_line, "HTML 标签太多，或者没有闭合", "改用 Markdown，或作为附件"
            )
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


def _problem(body: str, place: int, first_line: int, message: str, hint: str) -> Problem:
    return Problem("F008", f"正文{message}，不能转换", hint, first_line + body.count("\n", 0, place))
