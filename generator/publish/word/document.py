"""A policy as a Word file: its status and notices first, then number, title, text and attachments."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.domain.model import Block, BlockKind
from generator.publish.theme.environment import View, Words
from generator.publish.word.paragraphs import Paragraphs, Picture
from generator.publish.word.template import WordTemplate

_SHOWN = (
    *("root", "title", "heading", "subtitle", "caption", "canonical", "paper", "status_mark", "periods", "banners"),
    *("clause_marks", "disclosure_note", "attachments"),
    *("targets", "cited", "images"),  # of the text
)


def word_view(view: View) -> View:
    """Return what the Word file of a document shows, from the view of its page: nothing that each day changes."""
    return {**{key: view[key] for key in _SHOWN}, "days": view["status_line"]["pieces"][1:]}


def word_document(template: WordTemplate, view: View, blocks: Sequence[Block], words: Words, picture: Picture) -> bytes:
    """Return the Word file of a document; the same ``word_view`` and text give the same bytes."""
    file = view["paper"]
    paragraphs = Paragraphs(template.styles, picture, view["root"])
    parts = {banner["anchor"]: banner for banner in view["banners"]}
    clauses = {mark["anchor"]: mark for mark in view["clause_marks"]}
    pieces = [paragraphs.paragraph(line, "Document Status") for line in status_lines(view, words)]
    if file["number"]:
        pieces.append(paragraphs.paragraph(file["number"], "Document Number"))
    pieces.append(paragraphs.paragraph(view["heading"], "Title"))
    pieces += (paragraphs.paragraph(view[name], "Subtitle") for name in ("subtitle", "caption") if view[name])
    for block in blocks:
        part = parts.get(block.anchor) if block.kind is BlockKind.HEADING else None
        pieces.append(paragraphs.block(block, is_part=part is not None))
        if part:
            pieces += (paragraphs.paragraph(line, "Document Status") for line in _part_lines(part, words))
        for anchor in (block.anchor, *block.ids) if clauses else ():
            if mark := clauses.pop(anchor, None):
                pieces += (paragraphs.paragraph(line, "Document Status") for line in _clause_lines(mark, words))
    if view["disclosure_note"]:
        pieces.append(paragraphs.paragraph(view["disclosure_note"]))
    if view["attachments"]:
        pieces.append(paragraphs.paragraph(words.paper.attachments, "Source Note"))
        pieces += (
            paragraphs.paragraph(f"{number}. {item['title']}（{item['size']}）", "Source Note")
            for number, item in enumerate(view["attachments"], 1)
        )
    pieces.append(paragraphs.paragraph(f"{words.paper.address}：{view['canonical']}", "Source Note"))
    head = "　".join(part for part in (view["status_mark"], file["number"]) if part)
    values = {
        "title": view["title"],
        "number": file["number"],
        "issuer": file["issuer"],
        "address": view["canonical"],
        "day": file["day"],
        "head": head or view["title"],
    }
    return template.filled("".join(pieces), values, paragraphs.pictures)


def status_lines(view: View, words: Words) -> Iterator[str]:
    """Yield what a reader must know before the text: the status, since and until when, and the notices.

    The day of the build is not among it: the file changes only with the document and its status (decision 0110).
    """
    yield words.paper.status.format(state="，".join((view["paper"]["state"], *view["days"])))
    yield from _notice_lines(view["periods"], words)


def _notice_lines(periods: Sequence[Mapping[str, Any]], words: Words) -> Iterator[str]:
    for period in periods:
        if period["first"]:
            continue
        for notice in period["notices"]:
            yield notice["about"] + notice["headline"] + (f"（{notice['since']}）" if notice["since"] else "")
            for act in notice["acts"]:
                number = f"（{act['number']}）" if act["number"] else ""
                clause = "　" + words.notices.clause.format(clause=act["clause"]) if act["clause"] else ""
                yield f"{act['label']}：{act['title']}{number}{clause}"
            if notice["parts"]:
                named = "、".join(f"{part['title']} {part['label']}" for part in notice["parts"])
                yield f"{words.notices.part}：{named}"


def _part_lines(part: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield the lines under the heading of a text that the document carries: its status, days and notices."""
    marks = "".join(f"，{mark}" for _, mark in part["marks"])
    facts = "".join(f"　{fact['label']}：{fact['value']}" for fact in part["facts"])
    yield f"{part['status_label']}{marks}{facts}"
    yield from _notice_lines(part["periods"], words)


def _clause_lines(mark: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Yield the lines behind a clause that acts have changed by today: what they did, and the acts."""
    for period in mark["periods"]:
        for act in period["acts"] if not period["first"] and period["status"] else ():
            number = f"（{act['number']}）" if act["number"] else ""
            since = f"（{act['since']}）" if act["since"] else ""
            yield f"{act['headline']}{since}　{words.notices.by}：{act['title']}{number}"
