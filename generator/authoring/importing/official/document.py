"""A Word document as an official one: its fields, and its text without what only paper needs."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.authoring.importing.official import lines
from generator.authoring.importing.official.extracted import ExtractedField
from generator.authoring.importing.official.foot import join_enclosure_lines, mark_embedded_texts, read_foot
from generator.authoring.importing.official.head import read_head, split_letterhead_lines
from generator.authoring.importing.word.blocks import Block
from generator.authoring.importing.word.markdown import pictures_of
from generator.authoring.importing.word.outline import levels_of
from generator.domain.vocabulary import DocType, Kind

_CONSULTING = re.compile(r"征求.{0,60}意见")
_CONSULTED = re.compile(r"反馈|采纳|结果|情况")
_KINDS = (
    (re.compile(r"解读(?:[（(].*[）)])?\Z|一图读懂|政策问答|答记者问"), Kind.INTERPRETATION),
    (re.compile(r"政府信息公开工作(?:的)?年度报告\Z"), Kind.REPORT),
)
# Only where the title says the type itself; whether 办法 is a 规章 or a 规范性文件, no title says.
_TYPES = (
    (re.compile(r"规划(?:（.*）)?\Z"), DocType.PLAN),
    (re.compile(r"(?:公告|公示)\Z"), DocType.ANNOUNCEMENT),
    (re.compile(r"(?:清单|目录)(?:（.*）)?\Z"), DocType.LIST),
    (re.compile(r"(?:建议|提案).*答复\Z"), DocType.PROPOSAL_REPLY),
    (re.compile(r"办事指南\Z"), DocType.SERVICE),
)


class OfficialDocument(NamedTuple):
    """What was found: fields, the text that stays, the levels of its headings, what was taken out, what is unsure."""

    fields: tuple[ExtractedField, ...]
    blocks: tuple[Block, ...]
    levels: Mapping[int, int]
    dropped: tuple[str, ...]
    doubts: tuple[str, ...]


def read_official(blocks: Sequence[Block], title: str = "") -> OfficialDocument:
    """Find the parts of an official document; ``title`` is the one that a person gave.

    Raises ``GongkaiError`` where a mark of secrecy stands at its beginning.
    """
    blocks = list(split_letterhead_lines(blocks))
    head = read_head(blocks)
    body = [block for place, block in enumerate(blocks) if place not in head.used]
    foot = read_foot(body, head.organs)
    gone = [*(blocks[place] for place in sorted(head.used)), *(body[place] for place in sorted(foot.used))]
    doubts = list(foot.doubts)
    if pictures := list(pictures_of(gone)):
        doubts.append(f"版头、版记里有图片 {len(pictures)} 张，没有放进正文")
    body = [block for place, block in enumerate(body) if place not in foot.used]
    fields = [*head.fields, *foot.fields]
    title_text = title or next((str(taken.value) for taken in fields if taken.key == "title"), "")
    fields += _told_by_title(title_text)
    whole, embedded = mark_embedded_texts(list(join_enclosure_lines(body)), title_text)
    levels = levels_of(whole, embedded)
    dropped = tuple(dict.fromkeys((*head.dropped, *foot.dropped)))
    return OfficialDocument(tuple(fields), tuple(whole), levels, dropped, tuple(doubts))


def kind_by_title(title: str) -> Kind:
    """Return the kind that a title says; a policy where it says none."""
    if _CONSULTING.search(title) and not _CONSULTED.search(title):
        return Kind.CONSULTATION
    return next((kind for pattern, kind in _KINDS if pattern.search(title)), Kind.POLICY)


def _told_by_title(title: str) -> list[ExtractedField]:
    if kind_by_title(title) is not Kind.POLICY:
        return []
    doc_type = next((kind for pattern, kind in _TYPES if pattern.search(title)), None)
    fields = [ExtractedField("doc_type", doc_type.label, "标题")] if doc_type else []
    genre = lines.genre_of(title)
    return [*fields, ExtractedField("genre", genre, "标题")] if genre else fields
