"""``gongkai new``: create a source file with every required field of its kind, to be filled in."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.authoring.document_ids import ID, free_id
from generator.authoring.front_matter_writer import front_matter, keys_of
from generator.authoring.key_language import language_of_site
from generator.authoring.new_files import write_new
from generator.domain.model import Column
from generator.domain.problems import GongkaiError
from generator.domain.scaffold_words import TEXT, TITLE
from generator.domain.vocabulary import DocType, FieldForm, Kind, nearest

PUBLISH_HINT = "草稿，不会发布；写完以后删去这一行，就会发布"
# What people call a kind beside its name: kinds of documents (文件类别) and words of titles.
_OTHER_NAMES = {
    **dict.fromkeys(("公示", "公告公示", "公告", "通告", "通知公告", "公示公告", "名单", "信息"), Kind.NOTICE),
    **dict.fromkeys(("征求意见", "征集", "意见征求", "公开征求意见", "征求意见公告", "征集调查"), Kind.CONSULTATION),
    **dict.fromkeys(("解读", "政策问答", "图解", "一图读懂"), Kind.INTERPRETATION),
    **dict.fromkeys(("年报", "年度报告", "信息公开年报"), Kind.REPORT),
    **dict.fromkeys(("规章", "规范性文件", "行政规范性文件", "通知", "办法", "政策", "文件"), Kind.POLICY),
    **dict.fromkeys(("回应", "舆情回应"), Kind.RESPONSE),
}


def kind_of(text: str, columns: Sequence[Column] = ()) -> Kind:
    """Return the kind with a Chinese or English name, or the one to which a 文件类别 or a column of that name belongs.

    Raises ``GongkaiError`` with the nearest name.
    """
    name = text.strip()
    column = next((one for one in columns if name in {one.title, one.id}), None)
    of_column = column.kinds[0] if column and column.kinds else None
    kind = Kind.parse(name) or _OTHER_NAMES.get(name) or of_column
    if kind is None and (column or DocType.parse(name)):
        kind = Kind.NOTICE if column else Kind.POLICY
    if kind is None:
        near = nearest(text, Kind.words())
        choices = "、".join(f"{item.value}（{item.label}）" for item in Kind)
        raise GongkaiError(f"没有类型“{text}”", (f"是不是 {near}？" if near else "") + f"可用：{choices}")
    return kind


def new_document(
    project: Path,
    kind: Kind,
    document_id: str | None,
    title: str,
    day: dt.date,
    fields: Mapping[str, str | Sequence[str]] | None = None,
    *,
    prefixes: Mapping[str, str] | None = None,
) -> Path:
    """Write one source file under ``content/``, its keys in the language of the site, and return its path.

    The file is a draft: ``gongkai check`` lists what is missing, and nothing of it is published until the line is
    removed. Raises ``GongkaiError`` where it exists already.
    """
    if document_id is None:
        number = (fields or {}).get("doc_number", "")
        document_id = free_id(project, kind, day, doc_number=str(number), prefixes=prefixes)
    values: dict[str, str | Sequence[str]] = {"title": title or TITLE, "date_published": day.isoformat()}
    values = {key: value for key, value in values.items() if key in keys_of(kind)} | {"draft": "true"}
    language = language_of_site(project)
    text = front_matter(kind, values | dict(fields or {}), {"draft": PUBLISH_HINT}, language=language)
    text += f"\n{TEXT}\n"
    return write_new(place_of(project, kind, document_id), text)


def place_of(project: Path, kind: Kind, document_id: str) -> Path:
    """Return the path of the source file of a document.

    Raises ``GongkaiError`` for an id that cannot be part of an address.
    """
    if not ID.fullmatch(document_id):
        raise GongkaiError(f"编号“{document_id}”不能作网址", f"编号用{FieldForm.ID.value}，如 rsf-2026-5")
    return project / "content" / kind.folder / f"{document_id}.md"
