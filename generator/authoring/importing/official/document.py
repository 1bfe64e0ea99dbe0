"""A Word document as an official one: its fields, and its text without what only paper needs."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.authoring.importing.official import lines
from generator.authoring.importing.official.extracted import ExtractedField
from generator.authoring.importing.official.foot import (
    join_enclosure_lines,
    mark_embedded_texts,
    read_foot,
    unfold_signatures,
)
from generator.authoring.importing.official.head import read_head, split_letterhead_lines
from generator.authoring.importing.word.blocks import Block
from generator.authoring.importing.word.markdown import pictures_of
from generator.authoring.importing.word.outline import levels_of
from generator.domain.vocabulary import FIELDS, DocType, Kind

_TITLES = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_CONSULTING = re.compile(
    r"征求[^。]{0,60}?(?:意见|建议)"
    r"|(?:征集|征询|听取)[^。]{0,60}?(?:意见|建议)(?:和?建议)?(?:的)?(?:公告|通告|通知|启事|函)?\Z"
)
_CONSULTED = re.compile(r"(?:意见|建议)[^。]{0,12}(?:反馈|采纳|结果|情况|汇总|处理|答复)|(?:反馈|采纳|结果|情况)")
_DRAFT = re.compile(r"征求意见稿")
PROPOSAL_REPLY = re.compile(
    r"第?[\d〇零一二三四五六七八九十百]{1,6}号?.{0,10}(?:建议|提案).{0,30}答复(?:意见)?的?函?\Z"
)
_KINDS = (
    (
        re.compile(
            r"解读(?:[（(].*[）)])?\Z|一图读懂|政策问答|答记者问"
            r"|\A(?:政策|文件|专家|图文|视频)?(?:解读|图解|图说|问答)[:：|｜丨]?《|\A政策(?:解读|图解|问答)[:：|｜丨]"
        ),
        Kind.INTERPRETATION,
    ),
    (re.compile(r"政府信息公开工作(?:的)?年度报告\Z"), Kind.REPORT),
    (re.compile(r"公示(?:公告)?(?:[（(][^（）()]*[）)])?\Z"), Kind.NOTICE),
    (PROPOSAL_REPLY, Kind.NOTICE),
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
    """The parts of a document: fields, the text that stays, the levels of its headings, what was taken out, doubts."""

    fields: tuple[ExtractedField, ...]
    blocks: tuple[Block, ...]
    levels: Mapping[int, int]
    dropped: tuple[str, ...]
    doubts: tuple[str, ...]


def read_official(blocks: Sequence[Block], title: str = "") -> OfficialDocument:
    """Find the parts of an official document; ``title`` is the one that a person gave.

    Raises ``GongkaiError`` where it begins with a mark of secrecy.
    """
    blocks = list(unfold_signatures(list(split_letterhead_lines(blocks))))
    head = read_head(blocks)
    body = [block for place, block in enumerate(blocks) if place not in head.used]
    foot = read_foot(body, head.organs, _value_of(head.fields, "title"))
    gone = [*(blocks[place] for place in sorted(head.used)), *(body[place] for place in sorted(foot.used))]
    doubts = [*head.doubts, *foot.doubts]
    if pictures := list(pictures_of(gone)):
        doubts.append(f"版头、版记里有图片 {len(pictures)} 张，没有放进正文")
    body = [block for place, block in enumerate(body) if place not in foot.used]
    fields, conflicts = _with_labelled([*head.fields, *foot.fields], head.labelled)
    doubts += conflicts
    title_text = title or _value_of(fields, "title")
    fields += _fields_of_title(title_text)
    whole, embedded = mark_embedded_texts(list(join_enclosure_lines(body)), title_text)
    levels = levels_of(whole, embedded)
    dropped = tuple(dict.fromkeys((*head.dropped, *foot.dropped)))
    return OfficialDocument(tuple(fields), tuple(whole), levels, dropped, tuple(doubts))


def _value_of(fields: Sequence[ExtractedField], key: str) -> str:
    return next((str(extracted.value) for extracted in fields if extracted.key == key), "")


def _with_labelled(
    fields: Sequence[ExtractedField], labelled: Sequence[ExtractedField]
) -> tuple[list[ExtractedField], list[str]]:
    """Return fields with those of labelled lines and tables where there are none; and where the two differ.

    Two different attributes of disclosure are none: nobody but the unit that made the document can say which is meant.
    """
    result, conflicts = list(fields), []
    for field in labelled:
        same = next((one for one in result if one.key == field.key), None)
        if same is None:
            result.append(field)
        elif lines.compact(str(same.value)) != lines.compact(str(field.value)):
            value = field.value if isinstance(field.value, str) else "、".join(field.value)
            label = FIELDS[field.key].label
            if field.key == "disclosure":
                result.remove(same)
                conflicts.append(f"{label}：{same.where}和{field.where}（{value}）互相矛盾，没有填")
            else:
                conflicts.append(f"{label}按{same.where}填写，{field.where}是“{value}”")
    return result, conflicts


def kind_by_title(title: str) -> Kind:
    """Return the kind that a title says; a policy where it says none.

    >>> [kind_by_title(title).value for title in ("关于征求《反馈办法》意见的公告", "意见采纳情况", "招聘结果公示")]
    ['consultation', 'policy', 'notice']
    """
    compact = lines.compact(title)
    bare = _TITLES.sub("《》", compact)
    kind = next((kind for pattern, kind in _KINDS if pattern.search(compact)), None)
    if kind in {Kind.INTERPRETATION, Kind.REPORT}:
        return kind
    is_open = bool(_CONSULTING.search(bare) or _DRAFT.search(compact))
    if is_open and not _CONSULTED.search(bare):
        return Kind.CONSULTATION
    return kind or Kind.POLICY


def _fields_of_title(title: str) -> list[ExtractedField]:
    if PROPOSAL_REPLY.search(lines.compact(title)):
        return [ExtractedField("doc_type", DocType.PROPOSAL_REPLY.label, "标题")]
    if kind_by_title(title) is not Kind.POLICY:
        return []
    doc_type = next((kind for pattern, kind in _TYPES if pattern.search(title)), None)
    fields = [ExtractedField("doc_type", doc_type.label, "标题")] if doc_type else []
    genre = lines.genre_of(title)
    return [*fields, ExtractedField("genre", genre, "标题")] if genre else fields
