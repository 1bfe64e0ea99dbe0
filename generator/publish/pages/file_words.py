"""What the files of a policy, Word and PDF, say besides its text: status, notices, the state of parts and clauses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.domain.model import Block, BlockKind
from generator.publish.theme.environment import View, Words

_SHOWN = (
    *("root", "title", "heading", "subtitle", "caption", "canonical", "paper", "periods", "banners"),
    *("clause_marks", "disclosure_note", "attachments"),
    *("targets", "cited", "images"),  # of the text
)


class FileBlock(NamedTuple):
    """One block of a text in a file; ``lines`` are the state of its part or clause, which stand behind it."""

    block: Block
    is_part: bool
    lines: tuple[str, ...]


def file_view(view: View) -> View:
    """Return what the files of a document show, from the view of its page: nothing that each day changes."""
    return {**{key: view[key] for key in _SHOWN}, "days": view["status_line"]["pieces"][1:]}


def file_blocks(view: View, blocks: Sequence[Block], words: Words) -> Iterator[FileBlock]:
    """Yield the blocks of a text with the state of the parts and clauses in it."""
    parts = {banner["anchor"]: banner for banner in view["banners"]}
    clauses = {mark["anchor"]: mark for mark in view["clause_marks"]}
    if not parts and not clauses:
        yield from map(_plain, blocks)
        return
    for block in blocks:
        part = parts.get(block.anchor) if block.kind is BlockKind.HEADING else None
        lines = list(_part_lines(part, words)) if part else []
        for anchor in (block.anchor, *block.ids):
            if mark := clauses.pop(anchor, None):
                lines += _clause_lines(mark, words)
        yield FileBlock(block, part is not None, tuple(lines))


def _plain(block: Block) -> FileBlock:
    return FileBlock(block, is_part=False, lines=())


def status_lines(view: View, words: Words) -> Iterator[str]:
    """Yield what a reader must know before the text: the status, since and until when, and the notices.

    The day of the build is not among it: the file changes only with the document and its status (decision 0110).
    """
    yield words.paper.status.format(state="，".join((view["paper"]["state"], *view["days"])))
    yield from _notice_lines(view["periods"], words)


def attachment_lines(view: View) -> Iterator[str]:
    """Yield the attachments of a document, numbered, each with its kind and size."""
    yield from (f"{number}. {item['title']}（{item['size']}）" for number, item in enumerate(view["attachments"], 1))


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
