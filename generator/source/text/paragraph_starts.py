"""Lines that begin a paragraph of their own although no blank line is before them: 第二条, 二、, （二）.

Markdown makes one paragraph of lines without a blank line between. Where the line before ends as a sentence does,
a line with the number of an official text begins a new one: otherwise the anchor of 第二条 would be lost.
"""

import re

from generator.domain.numerals import ORDINAL, TENS

_NUMBER = (
    rf"第{ORDINAL}[条章节编](?:之[{TENS}]+)?(?=[\s　：:【（(])"
    rf"|[{TENS}]+、|[（(][{TENS}]+[)）]"
)
_BEGIN = re.compile(_NUMBER)
ANY_BEGIN = re.compile(rf"\n(?<=[^\n]\n)(?:{_NUMBER})")
_SENTENCE_END = re.compile(r"[。；：！？;:!?.]['\"”’）)」』》】]*\s*\Z")
_OTHER_BLOCK = re.compile(r"\s*(?:[#>|<`:]|[-+*]\s|\d+[.)]\s|~~~|\[)|(?: {4}|\t)")


def begins_paragraph(before: str, line: str) -> bool:
    """Whether a line begins a paragraph of its own behind ``before``, the line of plain text above it."""
    return bool(_BEGIN.match(line) and _SENTENCE_END.search(before))


def is_plain_line(line: str) -> bool:
    """Whether a line begins a plain paragraph: no heading, list, quotation, table, tag, note or code block."""
    return not _OTHER_BLOCK.match(line)
