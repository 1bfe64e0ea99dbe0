"""A txt as a file to import: its paragraphs, and tables whose cells are set apart by tabs."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path

from generator.authoring.importing.source_file import SourceFile
from generator.authoring.importing.word.blocks import Block, Cell, Document, Paragraph, Table, Words
from generator.authoring.importing.word.secrecy import marks_in
from generator.authoring.importing.word.symbols import visible_text
from generator.authoring.importing.word.tidy import NUMBERED
from generator.domain.problems import GongkaiError
from generator.source.attachments.office.plaintext import readings

_INDENTS = (" ", "　", "\t")
_ENDS_SENTENCE = re.compile(r"[。！？；：!?;:…][”）)》]?\Z")
_LEAST_WRAPPED = 2  # lines of the full width, before a text counts as wrapped
_WRAP_SLACK = 5  # columns: a word or a number moves to the next line as a whole, and no mark begins a line
_LEAST_WIDTH = 50  # columns; a title over several lines is narrower
_MOVED_RIGHT, _MOVED_TO_MIDDLE = 16, 9  # columns of blanks before a line
_WIDE = re.compile(r"[\u1100-\uffef]")
_MOST_COLUMNS = 60


def read_txt(place: Path, data: bytes) -> SourceFile:
    """Read a txt in UTF-8, UTF-16 or GB18030; raises ``GongkaiError`` for one that is no text."""
    texts = readings(data)
    if not texts:
        raise GongkaiError(f"{place} 不是文本文件，或编码认不出", "用记事本打开，另存为 UTF-8 编码的 txt，再导入")
    lines = re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", texts[0].removeprefix("\ufeff"))
    paragraphs = list(_paragraphs(lines))
    document = Document(tuple(_blocks(paragraphs)), (), (), ())
    joined = sum(1 for line in lines if line.strip()) - len(paragraphs)
    remarks = (f"按固定宽度折断的行 {joined} 处，已接上，分段对照原件看一遍",) if joined else ()
    return SourceFile(document, (), tuple(lines), {}, partial(_marks_left_out, "\n".join(lines)), remarks)


def _marks_left_out(text: str, body: str) -> Iterator[str]:
    """Yield the marks of secrecy of a text that ``body`` does not bear."""
    kept = set(marks_in(body))
    return (mark for mark in marks_in(text) if mark not in kept)


def _blocks(paragraphs: Sequence[str]) -> Iterator[Block]:
    for columns, run in groupby(paragraphs, lambda line: len(line.strip().split("\t"))):
        rows = list(run)
        if 1 < columns <= _MOST_COLUMNS and len(rows) > 1:
            cells = [[Cell((_paragraph(text),)) for text in row.strip().split("\t")] for row in rows]
            yield Table(tuple(tuple(row) for row in cells))
        else:
            yield from map(_paragraph, rows)


def _paragraph(line: str) -> Paragraph:
    blanks = _width(line[: len(line) - len(line.lstrip(" 　\t"))])
    text = " ".join(visible_text(line)[0].strip(" 　").split("\t"))
    return Paragraph((Words(text),), right=blanks >= _MOVED_RIGHT, centred=_MOVED_TO_MIDDLE <= blanks < _MOVED_RIGHT)


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield paragraphs; lines of a text that some program wrapped at its width are joined."""
    width = _wrapped_width(lines)
    has_indents = any(line[:1] in _INDENTS and line.strip() for line in lines)
    parts: list[str] = []
    for line in lines:
        if parts and width and _width(parts[-1]) >= width - _WRAP_SLACK and _may_go_on(parts[-1], line, has_indents):
            is_latin = parts[-1][-1:].isascii() and line[:1].isascii()
            parts += [" ", line.rstrip()] if is_latin else [line.rstrip()]
            continue
        if parts:
            yield "".join(parts)
        parts = [line.rstrip()] if line.strip() else []
    if parts:
        yield "".join(parts)


def _may_go_on(last: str, line: str, has_indents: bool) -> bool:  # noqa: FBT001 - of the whole text
    """Whether a line may go on with the paragraph of the one above: no indent or number before it.

    Behind the end of a sentence it does so only in a text whose paragraphs are indented.
    """
    is_new = not line.strip() or line[:1] in _INDENTS or NUMBERED.match(line)
    return not is_new and (has_indents or not _ENDS_SENTENCE.search(last.rstrip()))


def _wrapped_width(lines: Sequence[str]) -> int:
    """Return the width, in columns, at which a text was wrapped; 0 for a text with a paragraph a line.

    It is the width of the lines that end inside a sentence which the next line goes on with.
    """
    broken = [
        _width(line.rstrip())
        for line, below in pairwise(lines)
        if line.strip() and not _ENDS_SENTENCE.search(line.rstrip()) and _may_go_on(line, below, has_indents=True)
    ]
    wide = [width for width in broken if width >= _LEAST_WIDTH]
    widest = max(wide, default=0)
    full = sum(width >= widest - _WRAP_SLACK for width in wide)
    return widest if full >= _LEAST_WRAPPED and 2 * full >= len(wide) else 0


def _width(text: str) -> int:
    """Return how many columns a line takes; a Chinese character takes two."""
    return len(text) + len(_WIDE.findall(text)) + 3 * text.count("\t")
