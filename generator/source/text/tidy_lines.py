"""Lines as Markdown needs them: blank ones where official texts from Word have none."""

import re
from collections.abc import Sequence

from generator.domain.numerals import ORDINAL
from generator.source.text.paragraph_starts import ANY_BEGIN, begins_paragraph, is_plain_line

_BARE_CLAUSE = re.compile(rf"第{ORDINAL}条\Z")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TABLE_RULE = r" {0,3}\|?[ ]*:?-+:?[ ]*\|[-:| ]*"
_RULE_LINE = re.compile(rf"{_TABLE_RULE}\Z")
_RULE_IN_TEXT = re.compile(rf"\n{_TABLE_RULE}(?=\n|\Z)")
_BLANK_LINES = re.compile(r"\n(?: +\n)+")
_FENCES = ("```", "~~~")
_TAB = 4


def tidy_lines(body: str, first_line: int) -> tuple[str, Sequence[int]]:
    """Return a text with the blank lines that Markdown needs, and the number of each of its lines in the file.

    A text from Word has none before an indented paragraph, before a numbered one or before a table.
    """
    body = _as_the_library(body)
    has_numbers = bool(ANY_BEGIN.search(body))
    has_table = "|" in body and _has_text_above_table(body)
    if not has_numbers and not has_table and "\n　" not in body and "条\n" not in body:
        return body, range(first_line, first_line + body.count("\n") + 1)
    lines = body.split("\n")
    begins = _numbered_paragraphs(lines) if has_numbers else frozenset()
    tidy: list[str] = []
    numbers: list[int] = []
    for place, line in enumerate(lines):
        before = tidy[-1] if tidy else ""
        if place in begins or (line[:1] == "　" and before and not before[-1].isspace()):
            tidy.append("")
            numbers.append(first_line + place)
        elif before[-1:] == "条" and _BARE_CLAUSE.match(before) and _CHINESE.match(line):
            tidy[-1] = f"{before}　{line}"
            continue
        elif line[-1:] in "|-: " and "|" in line and len(tidy) > 1 and _RULE_LINE.match(line):
            above = tidy[-2]
            if above.strip() and "|" not in above:
                tidy.insert(-1, "")
                numbers.insert(-1, numbers[-1])
        tidy.append(line)
        numbers.append(first_line + place)
    return "\n".join(tidy), numbers


def _as_the_library(body: str) -> str:
    """Return a text as the library would see it: line ends, tabs, and lines of blanks."""
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in body:
        body = body.expandtabs(_TAB)
    if "\n " in body:
        body = _BLANK_LINES.sub(lambda lines: "\n" * lines[0].count("\n"), body)
    return body


def _has_text_above_table(body: str) -> bool:
    """Whether words stand directly above the first line of a table."""
    for rule in _RULE_IN_TEXT.finditer(body):
        head = body.rfind("\n", 0, rule.start())
        above = body[body.rfind("\n", 0, head) + 1 : head] if head > 0 else ""
        if above.strip() and "|" not in above:
            return True
    return False


def _numbered_paragraphs(lines: Sequence[str]) -> frozenset[int]:
    """Return the places of the lines of plain text that begin a numbered paragraph directly below another one."""
    places: list[int] = []
    is_plain = True  # whether the lines since the last blank one are a plain paragraph
    in_fence = False
    before = ""
    for place, line in enumerate(lines):
        if line.lstrip().startswith(_FENCES):
            in_fence = not in_fence
        if not before.strip():
            is_plain = is_plain_line(line)
        elif is_plain and not in_fence and begins_paragraph(before, line):
            places.append(place)
        before = line
    return frozenset(places)
