"""Blocks almost without Markdown: runs of plain paragraphs, headings and tables, taken out before the library.

Official Chinese text is nine tenths such blocks, and what the library makes of them is known. A run
of them leaves one mark in the text, itself a plain paragraph, so that the blocks around it are what
they were. ``tests/source/test_markup.py`` holds the result against the library's own, byte for byte.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from generator.source.text.anchors import CLAUSE, Anchors

Run: TypeAlias = list[str]  # blocks; a heading begins with #, a table with |, and no paragraph does

_MARKUP = r"\x00-\x1f\x7f-\xa0\\`*_\[\]<>&!|{}\ufdd0\ufdd1"
_BEGINS_MORE = r"(?!\s*#|[ +=:~-]|\d+[.)])"  # a heading, a list, a code block, a rule …
_BOLD = rf"\*\*(?!\s)[^{_MARKUP}]+(?<!\s)\*\*(?!\*)"
_PARAGRAPH = re.compile(rf"{_BEGINS_MORE}[^{_MARKUP}]+\Z")
_BOLD_PARAGRAPH = re.compile(rf"{_BEGINS_MORE}(?!\s*\*\*\s*第)[^{_MARKUP}]*(?:{_BOLD}[^{_MARKUP}]*)+\Z")
_HEADING = re.compile(rf"#{{1,6}}+(?:(?![{_MARKUP}])\s)*+[^#\s{_MARKUP}][^#{_MARKUP}]*+\Z")
_CELL = rf"(?:[^{_MARKUP}]*(?:{_BOLD}[^{_MARKUP}]*)*)\|"
_TABLE = re.compile(rf"\|(?:{_CELL})+\n\|(?: *:?-+:? *\|)+(?:\n\|(?:{_CELL})+)+\Z")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
# Where raw HTML, a table of contents or a definition list stands, a block may belong to more than itself.
_DEFINITION = re.compile(r"\n {0,3}:[ \t]")
# Code points that no text may hold frame the number of a run; a token of this process keeps a writer
# from making a mark by an entity. No mark is left in what is written.
MARK_OPEN, MARK_CLOSE = "\ufdd0", "\ufdd1"
_TOKEN = secrets.token_hex(6)
MARK = re.compile(f"{MARK_OPEN}{_TOKEN}-([0-9]+){MARK_CLOSE}")


@dataclass(frozen=True, slots=True)
class ExtractedBlocks:
    """A text without its runs of plain blocks: ``rest`` holds a mark for each; ``titled``: one has an h1."""

    rest: str
    runs: list[Run]
    titled: bool = False


def extract_plain_blocks(text: str) -> ExtractedBlocks:
    """Take the runs of plain blocks out of a text with tidy lines."""
    if "<" in text or "[TOC]" in text or (":" in text and _DEFINITION.search(text)):
        return ExtractedBlocks(text, [])
    runs: list[Run] = []
    rest: list[str] = []
    run: Run | None = None  # the one that is open
    titled = False
    is_paragraph = _PARAGRAPH.match
    for block in text.split("\n\n"):
        bare = block.strip("\n") if "\n" in block else block
        plain = bare.lstrip() if is_paragraph(bare) else _other_plain(bare)
        if plain:
            if run is None:
                run = []
                rest.append(f"{_blank_lines(block)}{MARK_OPEN}{_TOKEN}-{len(runs)}{MARK_CLOSE}")
                runs.append(run)
            run.append(plain)
            titled = titled or (plain[0] == "#" and plain[1] != "#")
        elif bare or run is None:  # blank lines inside a run mean nothing
            rest.append(block)
            run = None
    return ExtractedBlocks("\n\n".join(rest), runs, titled)


def _other_plain(block: str) -> str:
    """Return a block that is a heading, a table or a paragraph with words in bold; empty for another one."""
    if _HEADING.match(block):
        return block
    if _BOLD_PARAGRAPH.match(block):
        return block.lstrip()
    if block[:1] == "|" and _TABLE.match(block):
        even = len({line.count("|") for line in block.split("\n")}) == 1
        return block if even and _cells(block) else ""
    return ""


def _blank_lines(block: str) -> str:
    """Return the line breaks before a block: behind a code block the library keeps them."""
    return "\n" * (len(block) - len(block.lstrip("\n")))


def html_of(run: Run, anchors: Anchors) -> str:
    """Return the HTML of a run, as the library writes it."""
    lines: list[str] = []
    clause_of = CLAUSE.match
    for text in run:
        first = text[0]
        if first == "第" and (clause := clause_of(text.partition("*")[0] if "*" in text else text)):
            lines.append(f'<p id="{anchors.name(clause[1])}">{_inline(text) if "*" in text else text}</p>')
        elif first == "#":
            words = text.lstrip("#")
            heading = anchors.heading(len(text) - len(words), words.strip())
            lines.append(f'<h{heading.level} id="{heading.anchor}">{heading.text}</h{heading.level}>')
        elif first == "|":
            lines.append("\n".join(_table(text)))
        else:
            lines.append(f"<p>{_inline(text) if '*' in text else text}</p>")
    return "\n".join(lines)


def _inline(text: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", text)


def _table(block: str) -> Iterator[str]:
    head, rule, *rows = block.split("\n")
    aligned = [_alignment(cell.strip(" ")) for cell in rule[1:-1].split("|")]
    yield "<table>\n<thead>\n<tr>"
    yield from _row("th", head, aligned)
    yield "</tr>\n</thead>\n<tbody>"
    for row in rows:
        yield "<tr>"
        yield from _row("td", row, aligned)
        yield "</tr>"
    yield "</tbody>\n</table>"


def _row(tag: str, row: str, aligned: list[str]) -> Iterator[str]:
    for cell, alignment in zip(_inline(row)[1:-1].split("|"), aligned, strict=True):
        yield f"<{tag}{alignment}>{cell.strip(' ')}</{tag}>"


def _alignment(rule: str) -> str:
    sides = rule[0] == ":", rule[-1] == ":"
    name = {(True, True): "center", (True, False): "left", (False, True): "right"}.get(sides)
    return f' align="{name}"' if name else ""


def words_of(run: Run) -> str:
    """Return the words of a run, one line per block and cell."""
    lines: list[str] = []
    for text in run:
        if text[0] == "|":
            lines += _cells(text)
        elif text[0] == "#":
            lines.append(text.lstrip("#").strip())
        else:
            lines.append((text.replace("**", "") if "*" in text else text).strip())
    return "\n".join(lines)


def _cells(table: str) -> list[str]:
    """Return the words of a table's cells, without the empty ones."""
    head, _, *rows = table.replace("**", "").split("\n")
    return [words for row in (head, *rows) for cell in row.split("|") if (words := cell.strip())]
