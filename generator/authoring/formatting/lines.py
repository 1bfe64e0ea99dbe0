"""Blanks and line breaks of a text: trailing blanks, blank lines, and lines that were broken inside a sentence."""

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.authoring.formatting.protected import verbatim_lines
from generator.source.text.paragraph_starts import begins_paragraph

_HARD_BREAK = re.compile(r"\S {2,}\Z")
_TRAILING = re.compile(r"[ \t\u00a0\u3000]+\Z")
_NOT_PLAIN = re.compile(
    r"\s*(?:[#>|<`]|[-+*](?:\s|[-+*]|$)|\d+[.)、．]|:\s|~~~|=+\s*$|-+\s*$|\[\^?[^\]\n]*\]:|!\[|\{)|(?: {2,}|\t)\S"
)
_LABEL = re.compile(r"[^，。；]{1,8}[：:]")
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPEN_END = re.compile(rf"[{_HAN}，、》」』”）]\Z")
_INSIDE = re.compile(rf"[{_HAN}《「『“（]")
_SENTENCE_END = re.compile(r"[。！？；：!?;:]['\"”’）)」』》】]*\Z|[.]\Z")
_BARE_CLAUSE = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]+[条章节编]\Z")


def with_tidy_blanks(text: str) -> str:
    """Return a text without trailing blanks and without repeated blank lines, with one final line feed.

    Two blanks that break a line inside a paragraph stay, and so does everything in a code block.
    """
    lines = text.split("\n")
    verbatim = verbatim_lines(lines)
    tidy: list[str] = []
    blank_lines = 0
    for place, (line, is_verbatim) in enumerate(zip(lines, verbatim, strict=True)):
        if is_verbatim:
            tidy += [""] * (
                blank_lines if tidy and _is_code(lines, verbatim, place - blank_lines - 1) else blank_lines > 0
            )
            tidy.append(line)
        elif bare := _TRAILING.sub("", line):
            tidy += [""] * (blank_lines > 0)
            follows = place + 1 < len(lines) and lines[place + 1].strip() and not _NOT_PLAIN.match(lines[place + 1])
            is_break = _HARD_BREAK.search(line) and follows and not bare.lstrip().startswith("#")
            tidy.append(f"{bare}  " if is_break else bare)
        else:
            blank_lines += 1
            continue
        blank_lines = 0
    return "\n".join(tidy) + "\n" if tidy else ""


def _is_code(lines: list[str], verbatim: list[bool], place: int) -> bool:
    return 0 <= place < len(lines) and verbatim[place]


def with_whole_sentences(text: str) -> str:
    """Return a text in which a sentence that was broken into several lines is one line.

    Lines of an address, a signature or a list stay: a paragraph is joined only where it ends as a sentence does, and
    only between two Chinese characters that no sign separates.
    """
    return "\n".join(line for run in _runs(text.split("\n")) for line in _joined(run))


def _runs(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines in groups: the lines of one plain paragraph together, every other line alone."""
    run: list[str] = []
    in_plain = True  # whether the block of lines without a blank one is plain until here
    for line, is_verbatim in zip(lines, verbatim_lines(lines), strict=True):
        is_blank = not line.strip()
        is_plain = not is_verbatim and not is_blank and not _NOT_PLAIN.match(line) and "|" not in line
        if is_blank:
            in_plain = True
        elif not is_plain:
            in_plain = False
        starts_anew = not is_plain or not in_plain or line[0] == "　" or (run and begins_paragraph(run[-1], line))
        if starts_anew and run:
            yield run
            run = []
        run.append(line)
        if not is_plain or not in_plain:
            yield run
            run = []
    if run:
        yield run


def _joined(run: list[str]) -> list[str]:
    if len(run) < 2 or not _SENTENCE_END.search(run[-1]):
        return run
    joined = [run[0]]
    for before, line in pairwise(run):
        is_inside = _OPEN_END.search(before) and _INSIDE.match(line) and not _BARE_CLAUSE.match(before)
        if is_inside and not _LABEL.match(line):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def with_paragraphs_apart(text: str) -> str:
    """Return a text with a blank line before every line that begins a paragraph of its own: 第二条, 二、, （二）."""
    apart: list[str] = []
    for run in _runs(text.split("\n")):
        if apart and apart[-1].strip() and begins_paragraph(apart[-1], run[0]) and not _NOT_PLAIN.match(apart[-1]):
            apart[-1] = apart[-1].rstrip()
            apart.append("")
        apart += run
    return "\n".join(apart)
