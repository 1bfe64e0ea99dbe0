"""落款, 附注, 附件说明 and 版记: who signed when, what is enclosed, who printed it (GB/T 9704—2012 7.3.4 to 7.4)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.authoring.importing.official import lines
from generator.authoring.importing.official.extracted import ExtractedField
from generator.authoring.importing.word.blocks import Block, Break, Paragraph, Table, Words, block_text
from generator.authoring.importing.word.tidy import merge_runs
from generator.domain.printed_disclosure import find_disclosure_notes
from generator.source.facts.undeclared_parts import find_undeclared_parts

_IMPRINT_LINES = 10
_SIGNATURES = 8
_ENCLOSED = re.compile(r"附[ 　]*件[ 　]*[:：]")
_ITEM = re.compile(r"(\d{1,2})[ ]*[.．、]")
_ENCLOSURE = re.compile(r"附[ 　]*[件表录图][ 　]*[一二三四五六七八九十\d]{0,3}[:：]?")
_MOST_TITLE = 80


@dataclass
class Foot:
    """What is below the text: fields, the places of the lines that are taken out, and what a person must know."""

    fields: list[ExtractedField] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_foot(blocks: Sequence[Block], organs: Sequence[str], title: str = "") -> Foot:
    """Read the end of a document; ``organs`` are the bodies of its 发文机关标志."""
    foot = Foot()
    _take_imprint(blocks, foot)
    _take_signature(blocks, organs, title, foot)
    text = "\n".join(block_text(block) for block in blocks)
    printed = {note.disclosure: note.text for note in find_disclosure_notes(text)}
    if len(printed) == 1:
        disclosure, note = next(iter(printed.items()))
        foot.fields.append(ExtractedField("disclosure", disclosure.label, f"附注“{note}”"))
    elif printed:
        foot.doubts.append(f"附注互相矛盾（{'、'.join(printed.values())}），公开属性没有填")
    return foot


def unfold_signatures(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with the lines of a 落款 that was set as a table in paragraphs of their own.

    Such a table has nothing but bodies and days, and a day in it or next below it.
    """
    for place, block in enumerate(blocks):
        words = block_text(block) if isinstance(block, Table) else ""
        text_lines = [line for line in words.split("\n") if line.strip()]
        behind = block_text(blocks[place + 1]) if place + 1 < len(blocks) else ""
        is_signed = all(lines.organs_of(line) or lines.date_of(line) for line in text_lines)
        day = lines.date_of(text_lines[-1]) or lines.date_of(behind) if text_lines else None
        if day and is_signed and lines.organs_of(text_lines[0]):
            yield from (Paragraph((Words(line.strip()),), right=True) for line in text_lines)
        else:
            yield block


def _take_imprint(blocks: Sequence[Block], foot: Foot) -> None:
    for place in range(len(blocks) - 1, max(len(blocks) - 1 - _IMPRINT_LINES, -1), -1):
        text_lines = [line for line in block_text(blocks[place]).split("\n") if line.strip()]
        if not text_lines or not all(
            lines.is_imprint(line) for line in text_lines if isinstance(blocks[place], Paragraph)
        ):
            continue
        if isinstance(blocks[place], Table) and not any(lines.is_imprint(line) for line in text_lines):
            continue
        whole = lines.compact("".join(text_lines))
        day = next((day for line in (*text_lines, whole) if (day := lines.printed_on(line))), None)
        if day and not any(extracted.key == "date_printed" for extracted in foot.fields):
            foot.fields.append(ExtractedField("date_printed", day.isoformat(), "版记"))
        foot.used.add(place)
        foot.dropped.insert(0, f"版记“{whole}”")


def _take_signature(blocks: Sequence[Block], organs: Sequence[str], title: str, foot: Foot) -> None:
    """Take unit and day of the first signature; where nobody signs, the only day on a line of its own."""
    alone: list[tuple[int, str]] = []
    for place, block in enumerate(blocks):
        if place in foot.used or not isinstance(block, Paragraph):
            continue
        text_lines = [line for line in block.text.split("\n") if line.strip()]
        if both := lines.signed_on(block.text):
            signed, day = [both[0]], both[1]
        elif text_lines and (only := lines.date_of(text_lines[-1])):
            day = only
            signed = [organ for line in text_lines[:-1] for organ in lines.organs_of(line)]
            signed = signed or _signed_above(blocks, place, lines.compact("".join(organs) + title), foot)
        else:
            continue
        if signed:
            foot.fields.append(ExtractedField("date_written", day.isoformat(), "落款"))
            _take_issuer(signed, organs, foot)
            return
        alone.append((place, day.isoformat()))
    if len({day for _, day in alone}) == 1 and alone[0][0] > 1:
        foot.fields.append(ExtractedField("date_written", alone[0][1], "单独一行的日期"))
    elif alone:
        days = "、".join(day for _, day in alone[:4])
        foot.doubts.append(f"有单独一行的日期 {days}，看不出是不是成文日期")
    if organs:
        foot.fields.append(ExtractedField("issuer", _one_or_more(organs), "发文机关标志"))


def _signed_above(blocks: Sequence[Block], place: int, named: str, foot: Foot) -> list[str]:
    """Return the bodies that sign above a day.

    The line next to the day signs. Those above it do where the head of the document names them (``named``), or where
    they are on the right as it is: the last line of a text may be the name of a body, too.
    """
    signed: list[str] = []
    nearest = blocks[place - 1] if place else None
    for above in reversed(blocks[max(place - _SIGNATURES, 0) : place]):
        organs = lines.organs_of(above.text) if isinstance(above, Paragraph) else []
        if not organs or not isinstance(above, Paragraph) or not isinstance(nearest, Paragraph):
            break
        is_beside = (above.right and nearest.right) or (above.centred and nearest.centred)
        if signed and not is_beside and not all(organ in named for organ in organs):
            foot.doubts.append(f"落款上面一行“{above.text.strip()}”没有当作发布机构")
            break
        signed = organs + signed
    return signed


def _take_issuer(signed: Sequence[str], organs: Sequence[str], foot: Foot) -> None:
    foot.fields.append(ExtractedField("issuer", _one_or_more(signed), "落款"))
    if organs and set(organs) != set(signed):
        foot.doubts.append(f"落款是“{'、'.join(signed)}”，版头是“{'、'.join(organs)}”，按落款填写发布机构")


def _one_or_more(organs: Sequence[str]) -> str | tuple[str, ...]:
    return organs[0] if len(organs) == 1 else tuple(organs)


def join_enclosure_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with the lines of an 附件说明 in one paragraph, as readers and rules expect them."""
    enclosure: Paragraph | None = None
    last = 0
    for block in blocks:
        if isinstance(block, Paragraph) and enclosure:
            match = _ITEM.match(block.text)
            if match and int(match[1]) == last + 1 and block.bullet is None:
                last += 1
                enclosure = replace(enclosure, pieces=(*enclosure.pieces, Break(), *block.pieces))
                continue
        if enclosure:
            yield enclosure
            enclosure = None
        if isinstance(block, Paragraph) and (note := _ENCLOSED.match(block.text)):
            item = _ITEM.match(block.text[note.end() :].lstrip(" 　"))
            last = block.text.count("\n") + 1 if item else 0
            enclosure = replace(block, outline=None)
        else:
            yield block
    if enclosure:
        yield enclosure


def mark_embedded_texts(blocks: Sequence[Block], title: str) -> tuple[list[Block], set[int]]:
    """Return blocks with 附件1 and the title under it in one line, and the places where a text of its own begins."""
    texts = [block_text(block).replace("\n", "") if isinstance(block, Paragraph) else "" for block in blocks]
    carried = {one.line for one in find_undeclared_parts(title, "\n".join(texts), 0)}
    result: list[Block] = []
    embedded: set[int] = set()
    for place, block in enumerate(blocks):
        before = result[-1] if result else None
        is_title = isinstance(block, Paragraph) and (block.centred or block.is_title or place in carried)
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and len(result) - 1 in embedded
            and _ENCLOSURE.fullmatch(before.text)
            and is_title
            and len(block.text) <= _MOST_TITLE
        ):
            blank = Words("　")
            result[-1] = replace(before, pieces=merge_runs((*before.pieces, blank, *block.pieces)))
            continue
        if place in carried or (isinstance(block, Paragraph) and _ENCLOSURE.fullmatch(block.text.strip())):
            embedded.add(len(result))
        result.append(block)
    return result, embedded
