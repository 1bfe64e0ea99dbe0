"""Blocks almost without Markdown: runs of plain paragraphs, headings and tables, made into blocks at once.

Official Chinese text is nine tenths such blocks, and what the library makes of them is known. A run
of them leaves one sign in the text, itself a plain paragraph, so that the blocks around it are what
they were. ``tests/source/test_markup.py`` holds the result against the library's own, byte for byte.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.domain.model import Block, BlockKind, LineBreak
from generator.domain.model.text import new_block
from generator.source.text.anchors import CLAUSE, Anchors
from generator.source.text.emphasis import emphasised
from generator.source.text.line_signs import with_line_signs
from generator.source.text.signs import run_sign

_MARKUP = r"\x00-\x1f\x7f-\xa0\\`\[\]<>&!|{}\ufdd0-\ufdef"
_BEGINS_MORE = r"(?!\s*#|[ +=:~-]|\d+[.)]|\*\s|[*_ ]+\Z)"  # a heading, a list, a code block, a rule …
_PARAGRAPH = re.compile(rf"(?:[\u4e00-\u9fff]|{_BEGINS_MORE}(?!\s*\*[\s*]*第))[^{_MARKUP}]+\Z")  # of one line
_HEADING = re.compile(rf"#{{1,6}}+(?:(?![{_MARKUP}])\s)*+[^#\s*_{_MARKUP}][^#*_{_MARKUP}]*+\Z")
_ROW = rf"\|(?:[^{_MARKUP}]*\|)+"
_TABLE = re.compile(rf"{_ROW}\n\|(?: *:?-+:? *\|)+(?:\n{_ROW})+\Z")
# Where raw HTML, a table of contents or a definition list stands, a block may belong to more than itself.
_DEFINITION = re.compile(r"\n {0,3}:[ \t]")
SCROLL_BEGIN = '<div class="table-scroll" role="region" aria-label="表格" tabindex="0">'
"""On a phone a wide table scrolls by itself, from the keyboard too."""
SCROLL_END = "</div>"


PlainBlock: TypeAlias = tuple[str, int]
"""The source of one plain block and its line; a heading begins with #, a table with |, no paragraph does."""


@dataclass(frozen=True, slots=True)
class ExtractedBlocks:
    """A text without its runs of plain blocks: ``rest`` holds a sign for each; ``titled``: one has an h1."""

    rest: str
    runs: list[list[PlainBlock]]
    titled: bool = False


def extract_plain_blocks(text: str, numbers: Sequence[int]) -> ExtractedBlocks:
    """Take the runs of plain blocks out of a text with tidy lines; ``numbers`` are those of its lines.

    In what is left every line carries its number as a sign.
    """
    if "<" in text or "[TOC]" in text or (":" in text and _DEFINITION.search(text)):
        return ExtractedBlocks(with_line_signs(text, numbers), [])
    runs: list[list[PlainBlock]] = []
    rest: list[str] = []
    run: list[PlainBlock] | None = None  # the one that is open
    titled = False
    index = 0
    is_paragraph = _PARAGRAPH.match
    for block in text.split("\n\n"):
        if run is not None and is_paragraph(block) and (plain := block.lstrip()):  # nine of ten
            run.append((plain, numbers[index]))
            index += 2
            continue
        lead = lines = 0
        bare = block
        if "\n" in block:
            bare = block.strip("\n")
            lead, lines = len(block) - len(block.lstrip("\n")), block.count("\n")
        plain = bare.lstrip() if is_paragraph(bare) else _other_plain(bare)
        if plain:
            if run is None:
                run = []
                rest.append("\n" * lead + run_sign(len(runs)))  # behind a code block the library keeps line breaks
                runs.append(run)
            run.append((plain, numbers[index + lead]))
            titled = titled or (plain[0] == "#" and plain[1] != "#")
        elif bare or run is None:  # blank lines inside a run mean nothing
            rest.append(with_line_signs(block, numbers[index : index + lines + 1]) if bare else block)
            run = None
        index += lines + 2
    return ExtractedBlocks("\n\n".join(rest), runs, titled)


def _other_plain(block: str) -> str:
    """Return a block that is a heading or a table; empty for another one."""
    if _HEADING.match(block):
        return block
    if block[:1] == "|" and _TABLE.match(block):
        even = len({line.count("|") for line in block.split("\n")}) == 1
        return block if even and block.strip("|-: \n\t　") else ""
    return ""


def blocks_of(run: Sequence[PlainBlock], anchors: Anchors) -> Iterator[Block]:
    """Yield the blocks of a run, each with the HTML that the library would write."""
    clause_of = CLAUSE.match
    clause_kind, paragraph_kind = BlockKind.CLAUSE, BlockKind.PARAGRAPH
    for text, line in run:
        first = text[0]
        if first not in "第#|" and "*" not in text and "_" not in text:  # nine of ten
            yield new_block((paragraph_kind, "", f"<p>{text}</p>", text.strip(), line, 0, (), ()))
        elif first == "#":
            words = text.lstrip("#")
            heading = anchors.heading(len(text) - len(words), words.strip())
            level, words, anchor = heading
            html = f'<h{level} id="{anchor}">{words}</h{level}>'
            yield Block(BlockKind.HEADING, anchor, html, words, line, level, (anchor,))
        elif first == "|":
            yield _table(text, line)
        else:
            html, words = emphasised(text) if "*" in text or "_" in text else (text, text)
            if first == "第" and (clause := clause_of(text if html is text else html.partition("<")[0])):
                anchor = anchors.name(clause[1])
                html = f'<p id="{anchor}">{html}</p>'
                yield new_block((clause_kind, anchor, html, words.strip(), line, 0, (anchor,), ()))
            else:
                yield Block(paragraph_kind, "", f"<p>{html}</p>", words.strip(), line)


def _table(source: str, line: int) -> Block:
    head, rule, *rows = source.split("\n")
    aligned = [_alignment(cell.strip(" ")) for cell in rule[1:-1].split("|")]
    html = [f"{SCROLL_BEGIN}<table>", "<thead>", "<tr>"]
    words: list[str] = []
    breaks: list[LineBreak] = []
    length = _add_row("th", head, aligned, html, words, 0)
    breaks.append(LineBreak(length, line))
    html += ["</tr>", "</thead>", "<tbody>"]
    for number, row in enumerate(rows, line + 2):
        html.append("<tr>")
        length = _add_row("td", row, aligned, html, words, length)
        html.append("</tr>")
        breaks.append(LineBreak(length, number))
    html += ["</tbody>", f"</table>{SCROLL_END}"]
    return Block(BlockKind.TABLE, "", "\n".join(html), "\n".join(words), line, 0, (), tuple(breaks))


def _add_row(tag: str, row: str, aligned: Sequence[str], html: list[str], words: list[str], length: int) -> int:
    """Add a row's cells to the HTML and the words of a table, and return the new length of its words."""
    for cell, alignment in zip(row[1:-1].split("|"), aligned, strict=True):
        made, said = emphasised(cell.strip(" ")) if "*" in cell or "_" in cell else (cell.strip(" "),) * 2
        html.append(f"<{tag}{alignment}>{made}</{tag}>")
        if said := said.strip():
            words.append(said)
            length += len(said) + 1
    return length


def _alignment(rule: str) -> str:
    sides = rule[0] == ":", rule[-1] == ":"
    name = {(True, True): "center", (True, False): "left", (False, True): "right"}.get(sides)
    return f' class="{name}"' if name else ""
