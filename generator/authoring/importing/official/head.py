"""版头 and 标题: who issues, under which number, and what the text is called (GB/T 9704—2012 7.2, 7.3.1)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from generator.authoring.importing.official import labels, lines
from generator.authoring.importing.official.extracted import ExtractedField
from generator.authoring.importing.official.title import is_contents, title_and_subtitle, title_places
from generator.authoring.importing.word.blocks import Block, Break, Paragraph, Table, block_text
from generator.domain.doc_numbers import repair_doc_number
from generator.domain.model import MatchKind
from generator.domain.privacy import find_private_data
from generator.domain.problems import GongkaiError

_MOST_LINES = 30
_MOST_TITLE = 150
_BODY = re.compile(
    r"第[零〇一二三四五六七八九十百千\d]{1,9}[编章节条](?:[ 　]|$|[\u4e00-\u9fff])"
    r"|[一二三四五六七八九十]{1,5}、|[（(][一二三四五六七八九十]{1,5}[）)]|\d{1,5}[.．、]"
)


@dataclass
class Head:
    """What is above the text: fields, the places of the lines that are taken out, and what a person must know.

    ``labelled`` are fields of a labelled table or line, which count where the text itself has none.
    """

    fields: list[ExtractedField] = field(default_factory=list)
    labelled: list[ExtractedField] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    organs: list[str] = field(default_factory=list)


def read_head(blocks: Sequence[Block]) -> Head:
    """Read the beginning of a document; raises ``GongkaiError`` where it has a mark of secrecy."""
    head = Head()
    zone = _zone(blocks)
    for place in zone:
        _refuse_secret(block_text(blocks[place]))
    numbered = _take_letterhead(blocks, zone, head)
    start = numbered + 1 if numbered is not None else 0
    _take_labelled(blocks, zone, head)
    behind_notice = _take_notice_head(blocks, zone, head)
    start = start if behind_notice is None else behind_notice
    rest = [place for place in zone if place not in head.used]
    title = title_places([place for place in rest if place >= start] or rest, blocks) or title_places(rest, blocks)
    if title:
        _take_title(blocks, title, head)
        _take_below(blocks, [place for place in rest if place > title[-1]], head)
    elif behind_notice is not None:
        head.doubts.append("公告只有名称和编号，没有写明事由的标题，标题由人填写")
    return head


def split_letterhead_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with every line of a letterhead in a paragraph of its own, however Word breaks it."""
    for place, block in enumerate(blocks):
        text_lines = block.text.split("\n") if isinstance(block, Paragraph) and place < _MOST_LINES else []
        if isinstance(block, Paragraph) and len(text_lines) > 1 and any(_is_of_head(line) for line in text_lines):
            for is_break, run in groupby(block.pieces, lambda piece: isinstance(piece, Break)):
                if not is_break:
                    yield replace(block, pieces=tuple(run))
        else:
            yield block


def _is_of_head(line: str) -> bool:
    return bool(
        lines.is_of_letterhead(line) or labels.is_registration(line) or labels.value_in(line) or _number_in_parts(line)
    )


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
            is_letterhead = any(
                lines.issuer_mark(line) is not None or lines.number_of(line) for line in text.split("\n")
            )
            if not is_letterhead and not labels.values_of_table(block):
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
        (place, line)
        for place in zone
        if not (isinstance(table := blocks[place], Table) and labels.values_of_table(table))
        for line in block_text(blocks[place]).split("\n")
    ]
    mark = _take_mark(blocks, placed_lines, head)
    number_at: int | None = None
    for at, (place, line) in enumerate(placed_lines):
        number = _number_of(line, head, placed_lines[at - 1][1] if mark is not None and mark == at - 1 else "")
        if number and number_at is None and not _has(head, "doc_number"):
            head.fields.append(ExtractedField("doc_number", number, f"版头“{line.strip()}”"))
            head.dropped += [f"版头“{part}”" for part in _parts_beside_number(line)]
            head.used.add(place)
            number_at = place
        elif lines.is_urgency(line) or lines.is_signer(line) or (mark is not None and lines.is_copy_number(line)):
            head.used.add(place)
            head.dropped.append(f"版头“{line.strip()}”")
    if mark is None and number_at is not None:
        _take_bare_mark(placed_lines, number_at, head)
    for place in sorted(head.used):
        if isinstance(blocks[place], Table):  # joint letterheads are often set as one
            head.dropped.append(f"版头的表格“{lines.compact(block_text(blocks[place]))}”")
    return number_at if number_at is not None else mark and placed_lines[mark][0]


def _take_mark(blocks: Sequence[Block], placed_lines: Sequence[tuple[int, str]], head: Head) -> int | None:
    """Take the 发文机关标志 with the bodies above it; returns its place among the lines, ``None`` for none."""
    mark = next((at for at, (_, line) in enumerate(placed_lines) if lines.issuer_mark(line) is not None), None)
    if mark is None:
        return None
    first, (_, line) = mark, placed_lines[mark]
    own = placed_lines[mark][0]
    others = {place for place, text in placed_lines if place != own and not lines.organs_of(text)}
    while first and placed_lines[first - 1][0] not in others:  # 联合行文: bodies above each other
        if not (organs := lines.organs_of(placed_lines[first - 1][1])):
            break
        head.organs[:0] = organs
        first -= 1
    head.organs += [body] if (body := lines.issuer_mark(line)) else []
    if isinstance(blocks[placed_lines[mark][0]], Table):  # 文件 is beside the bodies, so some are behind it
        head.organs += [
            body
            for place, line in placed_lines[mark + 1 :]
            if place == placed_lines[mark][0]
            for body in lines.organs_of(line)
        ]
    head.used |= {place for place, _ in placed_lines[first : mark + 1]}
    head.dropped.append(f"发文机关标志“{'、'.join(head.organs)}{'令' if lines.is_order(line) else '文件'}”")
    return mark


def _number_of(line: str, head: Head, mark: str) -> str | None:
    """Return the 文号 of a line; ``mark`` is the 发文机关标志 next above it, under which a decree has 第N号."""
    if head.organs and lines.is_order(mark) and (order := lines.order_number(line)):
        return f"{head.organs[0]}令第{order}号"
    return lines.number_of(line) or _number_in_parts(line)


def _take_bare_mark(placed_lines: Sequence[tuple[int, str]], number_at: int, head: Head) -> None:
    """Take a 发文机关标志 without 文件, as letters (信函格式) have it: bodies alone above the number."""
    above = [(place, line) for place, line in placed_lines if place < number_at and place not in head.used]
    organs = [lines.organs_of(line) for _, line in above if not labels.is_registration(line)]
    if organs and all(organs):
        head.organs += [organ for some in organs for organ in some]
        head.used |= {place for place, line in above if lines.organs_of(line)}
        head.dropped.append(f"发文机关标志“{'、'.join(head.organs)}”")


def _number_in_parts(line: str) -> str | None:
    """Return the 文号 of a line that has a label before it or a 登记号 behind it, and nothing else."""
    parts = labels.parts_of(line)
    numbers = [number for part in parts if (number := labels.labelled_number(part))]
    is_all = all(labels.labelled_number(part) or _is_beside_number(part) for part in parts)
    return numbers[0] if len(numbers) == 1 and is_all else None


def _take_labelled(blocks: Sequence[Block], zone: Sequence[int], head: Head) -> None:
    """Take labelled tables (索引号 …), labelled lines and the numbers under which a text was registered."""
    for place in zone:
        block = blocks[place]
        if place in head.used:
            continue
        if isinstance(block, Table):
            if values := labels.values_of_table(block):
                head.labelled += labels.fields_of(values, "信息表")
                head.used.add(place)
                head.dropped.append(f"信息表“{' '.join(block_text(block).split())}”")
            continue
        parts = [part for line in block.text.split("\n") for part in labels.parts_of(line)]
        values = [value for part in parts if (value := labels.value_in(part))]
        if parts and all(labels.value_in(part) or _is_beside_number(part) for part in parts):
            head.labelled += labels.fields_of(values, "版头")
            head.used.add(place)
            head.dropped.append(f"版头“{' '.join(block.text.split())}”")


def _parts_beside_number(line: str) -> Iterator[str]:
    """Yield what is beside the 文号 on its line: a 登记号, and all who sign."""
    behind_signer = False
    for part in labels.parts_of(line):
        behind_signer = behind_signer or lines.is_signer(part)
        if behind_signer or _is_beside_number(part):
            yield part


def _is_beside_number(text: str) -> bool:
    return labels.is_registration(text) or lines.is_signer(text)


def _take_notice_head(blocks: Sequence[Block], zone: Sequence[int], head: Head) -> int | None:
    """Take the head of a 公告: its name with the number below; return the place behind it, ``None`` for none."""
    texts = [(place, block_text(blocks[place])) for place in zone if place not in head.used]
    for at, (place, text) in enumerate(texts):
        above = _notice_name_above(texts, at)
        number = lines.notice_number(text) if not lines.number_of(text) else None
        if number is None and above and (order := lines.order_number(text)):
            number = lines.NoticeNumber("", "公告", 0, int(order))
        if number is None:
            continue
        names = [texts[one][1] for one in above]
        organs = " ".join(lines.notice_head(name) or " ".join(lines.organs_of(name)) for name in names).strip()
        if number:
            genre = "通告" if names and lines.compact(names[-1]).endswith("通告") else number.genre
            number = number._replace(organs=number.organs or organs, genre=genre)
        _note_notice_number(head, number, text)
        head.used.add(place)
        for one in above:
            head.used.add(texts[one][0])
            head.dropped.append(f"公告的名称“{' '.join(texts[one][1].split())}”")
        if above:
            head.organs = head.organs or organs.split()
            return place + 1
        return None
    return None


def _notice_name_above(texts: Sequence[tuple[int, str]], at: int) -> list[int]:
    """Return the lines before one that are the name of a 公告: 某某局公告, or the bodies and 公告 below each other."""
    if at and lines.notice_head(texts[at - 1][1]):
        return [at - 1]
    if at < 2 or not lines.is_notice_genre(texts[at - 1][1]):
        return []
    first = at - 1
    while first and lines.organs_of(texts[first - 1][1]):
        first -= 1
    return list(range(first, at)) if first < at - 1 else []


def _note_notice_number(head: Head, number: lines.NoticeNumber | None, text: str) -> None:
    line = " ".join(text.split())
    is_whole = number is not None and number.organs and not _has(head, "doc_number")
    accepted = repair_doc_number(number.text) if number and is_whole else None
    if accepted:
        head.fields.append(ExtractedField("doc_number", accepted, f"公告编号“{line}”"))
        return
    head.dropped.append(f"公告编号“{line}”")
    if not _has(head, "doc_number"):
        head.doubts.append(f"公告编号是“{line}”，文号由人填写")


def _has(head: Head, key: str) -> bool:
    return any(extracted.key == key for extracted in head.fields)


def _take_title(blocks: Sequence[Block], places: Sequence[int], head: Head) -> None:
    title, subtitle = title_and_subtitle(places, blocks)
    head.fields.append(ExtractedField("title", title, "正文前的标题"))
    if subtitle:
        head.fields.append(ExtractedField("subtitle", subtitle, "标题下面的副题"))
    head.used |= set(places)


def _take_below(blocks: Sequence[Block], places: Sequence[int], head: Head) -> None:
    """Take the 题注 and the word 目录 below the title."""
    for place in places:
        if not isinstance(blocks[place], Paragraph):
            continue
        text = block_text(blocks[place])
        if lines.is_caption(text) and not _has(head, "caption"):
            head.fields.append(ExtractedField("caption", text.strip().strip("（）()"), "标题下面的题注"))
            head.used.add(place)
        elif is_contents(text):
            head.used.add(place)
            head.dropped.append("目录")
