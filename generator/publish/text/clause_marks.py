"""The clauses of a text on its page: a link to each, the interpretations under them, the outline of a long text."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.domain.numerals import ORDINAL
from generator.source.text.anchors import CLAUSE_NAME

_BLOCK = re.compile(r'<(p|h[1-6])\b[^>]*?\sid="([^"]*)"[^>]*>')
_CHAPTER = re.compile(rf"第{ORDINAL}[编章节]")
_TAG = re.compile(r"<[^>]+>")
_MANY = 30


class ClauseMark(NamedTuple):
    """A heading, or the first paragraph of a clause: where it begins and ends; ``clause`` is empty for a heading."""

    start: int
    end: int
    tag: str
    anchor: str
    text: str
    clause: str


def find_clause_marks(text: str) -> list[ClauseMark]:
    """Return the headings and clauses of clean HTML, in its order; anchor and text are HTML too."""
    return list(_marks(text)) if ' id="' in text else []


def _marks(text: str) -> Iterator[ClauseMark]:
    for match in _BLOCK.finditer(text):
        tag, anchor = match.groups()
        clause = _clause_of(anchor) if "条" in anchor else ""
        if clause or tag != "p":
            close = text.find(f"</{tag}>", match.end())
            yield ClauseMark(match.start(), close + len(f"</{tag}>"), tag, anchor, text[match.end() : close], clause)


@lru_cache(maxsize=4096)  # most texts number their clauses alike
def _clause_of(anchor: str) -> str:
    """Return the clause that an anchor ends with, empty for none."""
    names = CLAUSE_NAME.findall(anchor)
    return names[-1] if names and anchor.endswith(names[-1]) else ""


def insert_clause_blocks(
    text: str,
    marks: Sequence[ClauseMark],
    blocks: Mapping[str, str],
    words: Mapping[str, Any],
    banners: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Put a link to itself at every clause and heading of clean HTML, and each of ``blocks`` behind its clause.

    A clause ends where the next one or a heading begins; behind the last one a block follows its first paragraph.
    ``banners`` stand behind their headings, before the text.
    """
    pieces: list[str] = []
    done = 0
    labels = html.escape(words["heading_link"]), html.escape(words["clause_link"])
    for place, mark in enumerate(marks):
        words_end = mark.end - len(f"</{mark.tag}>")
        link = f'<a class="anchor" href="#{mark.anchor}" aria-label="{labels[bool(mark.clause)]}"></a>'
        pieces += [text[done:words_end], link]
        done = words_end
        if banners and (banner := banners.get(html.unescape(mark.anchor))):
            pieces += [text[done : mark.end], banner]
            done = mark.end
        if blocks and (block := blocks.get(html.unescape(mark.anchor))):
            end = marks[place + 1].start if place + 1 < len(marks) else mark.end
            pieces += [text[done:end], block]
            done = end
    return "".join((*pieces, text[done:]))


def outline_of_marks(marks: Sequence[ClauseMark]) -> list[dict[str, Any]]:
    """Return the outline of a text with many clauses or with chapters: headings, each with its clauses.

    ``clauses`` of a heading are list items as HTML: a template would take longer for them than for all else.
    """
    clauses = sum(bool(mark.clause) for mark in marks)
    chapters = any(_CHAPTER.match(mark.text) for mark in marks if not mark.clause)
    if not clauses or not (chapters or clauses > _MANY):
        return []
    parts: list[dict[str, Any]] = []
    for mark in marks:
        if not mark.clause:
            title = html.unescape(_TAG.sub("", mark.text)).strip()
            parts.append(
                {"level": int(mark.tag[1]), "text": title, "anchor": html.unescape(mark.anchor), "clauses": ""}
            )
            continue
        if not parts:
            parts.append({"level": 2, "text": "", "anchor": "", "clauses": ""})
        parts[-1]["clauses"] += f'<li><a href="#{mark.anchor}">{mark.clause}</a></li>'
    return parts
