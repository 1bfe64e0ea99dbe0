"""The clauses of a text on its page: a link to each, the interpretations under them, the outline of a long text."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.source.anchors import CLAUSE_NAME

_START = re.compile(r'<(p|h[1-6])\b(?:[^>]*?\sid="([^"]*)")?[^>]*>')
_CHAPTER = re.compile(r"第[零〇一二三四五六七八九十百\d]+[编章节]")
_TAG = re.compile(r"<[^>]+>")
_MANY = 30


class _Mark(NamedTuple):
    """A heading or the first paragraph of a clause: where it begins, where its words end, where it ends."""

    start: int
    words: int
    end: int
    tag: str
    anchor: str
    text: str

    @property
    def clause(self) -> str:
        """The 第N条 that it begins, empty for a heading of several."""
        names = CLAUSE_NAME.findall(self.anchor)
        return names[-1] if names and self.anchor.endswith(names[-1]) else ""


def _marks(text: str) -> Iterator[_Mark]:
    for found in _START.finditer(text):
        if not found[2] or (found[1] == "p" and "条" not in found[2]):
            continue
        close = f"</{found[1]}>"
        words = text.find(close, found.end())
        mark = _Mark(found.start(), words, words + len(close), found[1], found[2], text[found.end() : words])
        if words >= 0 and (mark.tag != "p" or mark.clause):
            yield mark


def place_clauses(text: str, blocks: Mapping[str, str], words: Mapping[str, Any]) -> str:
    """Put a link to itself at every clause and heading of clean HTML, and each of ``blocks`` behind its clause.

    A clause ends where the next one or a heading begins; behind the last one a block follows its first paragraph.
    """
    marks = list(_marks(text))
    pieces: list[str] = []
    done = 0
    for place, mark in enumerate(marks):
        label = words["clause_link" if mark.clause else "heading_link"]
        link = f'<a class="anchor" href="#{mark.anchor}" aria-label="{html.escape(label)}"></a>'
        pieces += [text[done : mark.words], link]
        done = mark.words
        if block := blocks.get(html.unescape(mark.anchor)):
            end = marks[place + 1].start if place + 1 < len(marks) else mark.end
            pieces += [text[done:end], block]
            done = end
    return "".join((*pieces, text[done:]))


def contents_of(text: str) -> list[dict[str, Any]]:
    """Return the outline of a text with many clauses or with chapters: headings, each with its clauses."""
    marks = list(_marks(text)) if "条" in text else []
    clauses = sum(bool(mark.clause) for mark in marks)
    chapters = any(_CHAPTER.match(mark.text) for mark in marks if not mark.clause)
    if not clauses or not (chapters or clauses > _MANY):
        return []
    parts: list[dict[str, Any]] = []
    for mark in marks:
        anchor = html.unescape(mark.anchor)
        if not mark.clause:
            title = html.unescape(_TAG.sub("", mark.text)).strip()
            parts.append({"level": int(mark.tag[1]), "text": title, "anchor": anchor, "clauses": []})
            continue
        if not parts:
            parts.append({"level": 2, "text": "", "anchor": "", "clauses": []})
        parts[-1]["clauses"].append({"text": mark.clause, "anchor": anchor})
    return parts
