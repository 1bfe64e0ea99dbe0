"""版头 and 标题: who issues, under which number, and what the text is called (GB/T 9704—2012 7.2, 7.3.1)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from generator.authoring.importing.official import lines
from generator.authoring.importing.official.extracted import ExtractedField
from generator.authoring.importing.word.blocks import Block, Break, Paragraph, Table, block_text
from generator.domain.model import MatchKind
from generator.domain.numerals import ORDINAL
from generator.domain.privacy import find_private_data
from generator.domain.problems import GongkaiError

_MOST_LINES = 30
_MOST_TITLE = 150
_BODY = re.compile(
    rf"第{ORDINAL}[编章节条](?:[ 　]|$|(?=[\u4e00-\u9fff]))"
    r"|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]"
)
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff（）《》、，])[ 　]+|[ 　]+(?=[\u3400-\u9fff（）《》、，])")
_CONTENTS = frozenset({"目录", "目次"})


@dataclass
class Head:
    """What stands above the text: fields, the places of the lines that are taken out, and what is said of them."""

    fields: list[ExtractedField] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    organs: list[str] = field(default_factory=list)


def read_head(blocks: Sequence[Block]) -> Head:
    """Read the beginning of a document; raises ``GongkaiError`` where a mark of secrecy stands there."""
    head = Head()
    zone = _zone(blocks)
    for place in zone:
        _refuse_secret(block_text(blocks[place]))
    numbered = _take_letterhead(blocks, zone, head)
    start = numbered + 1 if numbered is not None else 0
    rest = [place for place in zone if place not in head.used]
    title = _title([place for place in rest if place >= start] or rest, blocks) or _title(rest, blocks)
    if title:
        _take_title(blocks, title, head)
        _take_below(blocks, [place for place in rest if place > title[-1]], head)
    return head


def split_letterhead_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with every line of a letterhead in a paragraph of its own, however Word breaks it."""
    for place, block in enumerate(blocks):
        text_lines = block.text.split("\n") if isinstance(block, Paragraph) and place < _MOST_LINES else []
        if (
            isinstance(block, Paragraph)
            and len(text_lines) > 1
            and any(lines.is_of_letterhead(line) for line in text_lines)
        ):
            for is_break, run in groupby(block.pieces, lambda piece: isinstance(piece, Break)):
                if not is_break:
                    yield replace(block, pieces=tuple(run))
        else:
            yield block


def _refuse_secret(text: str) -> None:
    for piece in find_private_data(text) if len(text) < 60 else ():
        if piece.kind is MatchKind.SECRECY:
            raise GongkaiError(
                f"版头有密级或内部标志“{piece.masked}”，没有导入", "先交保密审查；涉密文件不得放进网站的文件夹"
            )


def _zone(blocks: Sequence[Block]) -> list[int]:
    """Return the places above the text: up to the first paragraph that is a sentence, an addressee or a clause."""
    zone = []
    for place, block in enumerate(blocks[:_MOST_LINES]):
        text = block_text(block).strip()
        if isinstance(block, Table):
            if not any(lines.issuer_mark(line) is not None or lines.number_of(line) for line in text.split("\n")):
                break
        elif not block.is_title and (len(text) > _MOST_TITLE or _begins_body(text)):
            break
        zone.append(place)
    return zone


def _begins_body(text: str) -> bool:
    return bool(_BODY.match(text)) or "。" in text or text.endswith((":", "：", "；", ";", "，", "、"))


def _take_letterhead(blocks: Sequence[Block], zone: Sequence[int], head: Head) -> int | None:
    """Take mark, number, signer, urgency out; returns the place of the number, ``None`` where there is none above."""
    placed_lines: list[tuple[int, str]] = [
        (place, line) for place in zone for line in block_text(blocks[place]).split("\n")
    ]
    mark = next((at for at, (_, line) in enumerate(placed_lines) if lines.issuer_mark(line) is not None), None)
    number_at: int | None = None
    if mark is not None:
        first = mark
        while first and (organs := lines.organs_of(placed_lines[first - 1][1])):  # 联合行文: bodies above each other
            head.organs[:0] = organs
            first -= 1
        head.organs += [body] if (body := lines.issuer_mark(placed_lines[mark][1])) else []
        head.used |= {place for place, _ in placed_lines[first : mark + 1]}
        head.dropped.append(
            f"发文机关标志“{'、'.join(head.organs)}{'令' if lines.is_order(placed_lines[mark][1]) else '文件'}”"
        )
    for at, (place, line) in enumerate(placed_lines):
        number = lines.number_of(line)
        if (
            head.organs
            and mark == at - 1
            and lines.is_order(placed_lines[at - 1][1])
            and (order := lines.order_number(line))
        ):
            number = f"{head.organs[0]}令第{order}号"
        if number and number_at is None and not _says(head, "doc_number"):
            head.fields.append(ExtractedField("doc_number", number, f"版头“{line.strip()}”"))
            head.used.add(place)
            number_at = place
        elif lines.is_urgency(line) or lines.is_signer(line) or (mark is not None and lines.is_copy_number(line)):
            head.used.add(place)
            head.dropped.append(f"版头“{line.strip()}”")
    for place in sorted(head.used):
        if isinstance(blocks[place], Table):  # joint letterheads are often set as one
            head.dropped.append(f"版头的表格“{lines.compact(block_text(blocks[place]))}”")
    return number_at if number_at is not None else mark and placed_lines[mark][0]


def _says(head: Head, key: str) -> bool:
    return any(taken.key == key for taken in head.fields)


def _title(zone: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    """Return the places of the lines that make the title, none where nothing is sure."""
    paragraphs = [(place, block) for place in zone if isinstance(block := blocks[place], Paragraph)]
    candidates = [
        (place, block) for place, block in paragraphs
        if not _is_something_else(block.text)
    ]  # fmt: skip
    for chosen in (
        [place for place, block in candidates if block.is_title],
        [place for place, block in candidates if block.centred and not lines.is_caption(block.text)],
    ):
        if chosen:
            return _whole(chosen, blocks)
    if candidates:
        block = candidates[0][1]
        text = lines.compact(block.text)
        alone = [other for other in blocks if isinstance(other, Paragraph) and other.outline == 0] == [block]
        if lines.ends_title(text) or (text.startswith("关于") and len(text) > 4) or "的解读" in text or alone:
            return _whole([one for one, _ in candidates], blocks)
    return []


def _is_something_else(text: str) -> bool:
    """Whether a line above the text is surely no title."""
    return bool(
        lines.compact(text) in _CONTENTS or lines.is_organ(text) or lines.date_of(text) or lines.number_of(text)
    )


def _whole(places: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    """Return the first lines of those that stand together, until the title is whole."""
    taken: list[int] = []
    joined = ""
    for place in places:
        text = block_text(blocks[place])
        if taken and place != taken[-1] + 1:
            break
        if joined and lines.ends_title(joined) and not lines.is_part_of_title(text) and not text.startswith("——"):
            break
        taken.append(place)
        joined += lines.compact(text)
        if len(joined) > _MOST_TITLE:
            break
    return taken


def _take_title(blocks: Sequence[Block], places: Sequence[int], head: Head) -> None:
    title_lines = [block_text(blocks[place]).replace("\n", "") for place in places]
    subtitle = [text for text in title_lines[1:] if text.startswith(("——", "—"))]
    title = "".join(text for text in title_lines if text not in subtitle)
    title = _BLANKS.sub(lambda found: " " if _parts_organs(title, found) else "", title).strip()
    head.fields.append(ExtractedField("title", title, "正文前的标题"))
    if subtitle:
        head.fields.append(ExtractedField("subtitle", subtitle[0].lstrip("—"), "标题下面的副题"))
    head.used |= set(places)


def _parts_organs(title: str, blank: re.Match[str]) -> bool:
    """Whether a blank parts two bodies of a joint document; others only spread a title over its line."""
    behind = title[blank.end() :].partition("关于")[0]
    return lines.is_organ(re.split(r"[ 　]+", title[: blank.start()])[-1]) and lines.is_organ(behind)


def _take_below(blocks: Sequence[Block], places: Sequence[int], head: Head) -> None:
    """Take the 题注 and a number that stand under the title."""
    for place, text in _texts(blocks, places):
        if lines.is_caption(text) and not _says(head, "caption"):
            head.fields.append(ExtractedField("caption", text.strip().strip("（）()"), "标题下面的题注"))
            head.used.add(place)
        elif lines.compact(text) in _CONTENTS:
            head.used.add(place)
            head.dropped.append("目录")


def _texts(blocks: Sequence[Block], places: Sequence[int]) -> Iterator[tuple[int, str]]:
    for place in places:
        if isinstance(blocks[place], Paragraph):
            yield place, block_text(blocks[place])
