"""附件说明: the attachments that a text announces (GB/T 9704 clause 7.3.4; requirements DOC-13)."""

import re
from collections.abc import Iterator

from generator.domain.model import AnnouncedAttachment

_NOTE = re.compile(r"附[ 　]*件[ 　]*[:：][ 　]*(\S.*)?")
_MENTION = re.compile(r"附[ 　]*件[ 　]*[:：]")
_ITEM = re.compile(r"[ 　]*(\d{1,2})[ ]*[.．、][ 　]*(\S.*)")
_SECTION = re.compile(r"[#\s*　]*附[ 　]*件[ 　]*(\d{0,2})[*\s　]*(?:[:：.、].{0,60}|[《\u4e00-\u9fff].{0,60})?")
_ENDING = re.compile(r"[\s。；;，,*]+$")


def find_announced_attachments(body: str, first_line: int) -> Iterator[AnnouncedAttachment]:
    """Yield what the text announces behind 附件：; ``first_line`` is the line of the body's beginning."""
    if not _MENTION.search(body):
        return
    lines = body.split("\n")
    last = _sections(lines)
    index = 0
    while index < len(lines):
        match = _NOTE.fullmatch(lines[index].strip(" 　*"))
        if not match:
            index += 1
            continue
        items, index = _items(lines, index, match[1] or "")
        for number, text, at in items:
            if "](" not in text:
                held = last.get(number, -1) >= index
                yield AnnouncedAttachment(number, _ENDING.sub("", text), first_line + at, held=held)


def _items(lines: list[str], start: int, rest: str) -> tuple[list[tuple[str, str, int]], int]:
    items: list[tuple[str, str, int]] = []
    if rest:
        numbered = _ITEM.fullmatch(rest)
        items.append((numbered[1], numbered[2], start) if numbered else ("", rest, start))
        if not numbered:
            return items, start + 1
    index = start + 1
    while index < len(lines):
        numbered = _ITEM.fullmatch(lines[index])
        if numbered and int(numbered[1]) == len(items) + 1:
            items.append((numbered[1], numbered[2], index))
        elif lines[index].strip():
            break
        index += 1
    return items, index


def _sections(lines: list[str]) -> dict[str, int]:
    """Where the 附件 stand in the text itself, each under a line of its own: number, empty for 附件 → its last line."""
    return {
        match[1]: number
        for number, line in enumerate(lines)
        if "附" in line[:12] and (match := _SECTION.fullmatch(line.strip()))
    }
