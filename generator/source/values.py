"""The value of one field: from the text that was typed to the form that the vocabulary asks for."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from generator import numbers, yamltext
from generator.model import Attachment, Correction, Field, FieldValue, Reference
from generator.problems import Problem
from generator.vocabulary import (
    ATTACHMENT_KEYS,
    CORRECTION_KEYS,
    REVIEW_FIELDS,
    REVIEW_WORDS,
    Disclosure,
    FieldForm,
    FieldSpec,
    Term,
    nearest,
    review_key,
)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_MOMENT = re.compile(r"(.+?)[ T　]+(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?")
_LOOSE_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")
_TRUE = frozenset({"true", "yes", "是", "on"})
_FALSE = frozenset({"false", "no", "否", "off"})
MAX_ID = 100


class _ValueError(Exception):
    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.problem = Problem("F003", message, hint, line)


def read_value(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue | list[Problem] | None:
    """Read a field's value; a list of problems (line 0: the key's own) where it is not of its form.

    ``None`` for an empty value: the field counts as missing. ``offset`` turns a line of the block
    into a line of the file.
    """
    if isinstance(node, yamltext.Scalar) and (node.text is None or not node.text.strip()):
        return None
    try:
        return _READERS[spec.form](spec, node, offset)
    except _ValueError as wrong:
        return [wrong.problem]


def _text(spec: FieldSpec, node: yamltext.Node, _offset: int) -> str:
    if not isinstance(node, yamltext.Scalar):
        raise _ValueError(
            f"“{spec.label}”应是{spec.form.value}，写成了{_shape(node)}", "值以方括号或花括号开头时加引号"
        )
    return (node.text or "").strip()


def _shape(node: yamltext.Node) -> str:
    return "列表" if isinstance(node, yamltext.Sequence) else "“名称: 值”"


def _items(spec: FieldSpec, node: yamltext.Node, offset: int) -> list[str]:
    if isinstance(node, yamltext.Sequence):
        return [_text(spec, item, offset) for item in node.items if not _is_empty(item)]
    return [_text(spec, node, offset)]


def _is_empty(node: yamltext.Node) -> bool:
    return isinstance(node, yamltext.Scalar) and not (node.text or "").strip()


def _texts(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    values = _items(spec, node, offset)
    return values[0] if len(values) == 1 and isinstance(node, yamltext.Scalar) else tuple(values)


def _parse_date(text: str) -> dt.date:
    found = _DATE.fullmatch(text)
    if not found:
        loose = _LOOSE_DATE.fullmatch(text)
        hint = "写成 2024-05-06 的形式"
        if loose:
            hint = f"写成 {int(loose[1]):04}-{int(loose[2]):02}-{int(loose[3]):02}"
        raise _ValueError(f"“{text}”不是日期", hint)
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _ValueError(f"没有“{text}”这一天", "核对月份和日期") from None


def _date(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    return _parse_date(_text(spec, node, offset))


def _effect_date(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if text in {"on_publication", "自发布之日起施行", "自公布之日起施行", "自印发之日起施行", "发布之日"}:
        return "on_publication"
    return _parse_date(text)


def _moment(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    found = _MOMENT.fullmatch(text)
    if not found:
        return _parse_date(text)
    day = _parse_date(found[1].strip())
    try:
        return dt.datetime.combine(day, dt.time(int(found[2]), int(found[3])))
    except ValueError:
        raise _ValueError(f"“{text}”的时分不对", "用 24 小时制，如 2024-05-06 14:30") from None


def _bool(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if text.casefold() in _TRUE:
        return True
    if text.casefold() in _FALSE:
        return False
    raise _ValueError(f"“{text}”不是 true 或 false（是 或 否）", "写 true 或 false")


def _integer(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if not re.fullmatch(r"\d{1,12}", text):
        raise _ValueError(f"“{text}”不是整数", "只写数字")
    return int(text)


def is_id(text: str) -> bool:
    """Whether a text can be 编号: part of an address, and no name of a file that the site has itself."""
    return bool(_ID.fullmatch(text)) and len(text) <= MAX_ID and not text.casefold().endswith(".html")


def _id(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if not is_id(text):
        raise _ValueError(
            f"编号“{text[:40]}”只能用{FieldForm.ID.value}，至多 {MAX_ID} 个字符", "如 rsf-2024-15；编号就是网址的一部分"
        )
    return text


def _index_no(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    return numbers.normalise_index_no(_text(spec, node, offset))


def _doc_number(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if text.casefold() == "none" or text == "无":
        return "none"
    if numbers.repair_doc_number(text) is None:
        raise _ValueError(
            f"“{text}”不是文号", "文号是“机关代字〔年份〕序号号”，如 云岭人社发〔2024〕15号；没有文号的写 none"
        )
    return text


def _term(spec: FieldSpec, text: str) -> Term:
    if spec.terms is None:
        raise TypeError(f"{spec.key} has no terms")
    term = spec.terms.parse(text)
    if term is None:
        near = nearest(text, spec.terms.words())
        choices = "、".join(f"{item.value}（{item.label}）" for item in spec.terms)
        raise _ValueError(
            f"“{text}”不是“{spec.label}”的取值", (f"是不是“{near}”？" if near else "") + f"可用：{choices}"
        )
    return term


def _one_term(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    return _term(spec, _text(spec, node, offset))


def _terms(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    return tuple(_term(spec, text) for text in _items(spec, node, offset))


def _references(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    return tuple(_reference(text) for text in _items(spec, node, offset))


def _reference(text: str) -> Reference:
    target, _, clause = text.partition("#")
    return Reference(target.strip(), clause.strip())


def _attachments(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    if not isinstance(node, yamltext.Sequence):
        raise _ValueError(f"“{spec.label}”应是{spec.form.value}", "每项写成 - title: 名称，换行缩进写 file: 文件")
    return tuple(_attachment(item, offset) for item in node.items)


def _attachment(node: yamltext.Node, offset: int) -> Attachment:
    if isinstance(node, yamltext.Scalar) and node.text:
        node = yamltext.Mapping({"file": (node.line, node)}, node.line)
    line = node.line + offset
    if not isinstance(node, yamltext.Mapping):
        raise _ValueError("附件的一项应写 title 和 file", "如 - title: 申请表，换行缩进写 file: files/form.docx", line)
    values = _entry("附件", ATTACHMENT_KEYS, "可写 title、file、disclosure", node, offset)
    if not values.get("file"):
        raise _ValueError("附件没有写 file（文件）", "写上相对于本文件的路径，如 file: files/form.docx", line)
    disclosure = Disclosure.PROACTIVE
    if values.get("disclosure"):
        parsed = Disclosure.parse(values["disclosure"])
        if parsed is None:
            choices = "可用：主动公开、依申请公开、不予公开"
            raise _ValueError(f"“{values['disclosure']}”不是“公开属性”的取值", choices, line)
        disclosure = parsed
    title = values.get("title") or values["file"].rsplit("/", 1)[-1]
    return Attachment(title, values["file"], disclosure, line)


def _entry(name: str, keys: Mapping[str, str], choices: str, node: yamltext.Mapping, offset: int) -> dict[str, str]:
    """Read one entry of a list of things called ``name``: its keys in either language, a text behind each."""
    english = {label: key for key, label in keys.items()}
    values: dict[str, str] = {}
    for written, (key_line, value) in node.items.items():
        key = english.get(written, written)
        if key not in keys:
            near = nearest(written, [*keys, *english])
            hint = f"是不是“{near}”？" if near else choices
            raise _ValueError(f"{name}没有“{written}”这一项", hint, key_line + offset)
        if not isinstance(value, yamltext.Scalar):
            raise _ValueError(f"{name}的“{written}”应是一段文字", "", key_line + offset)
        if key in values:
            raise _ValueError(f"{name}的“{written}”写了两次", "删去其中一个", key_line + offset)
        values[key] = (value.text or "").strip()
    return values


def _corrections(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue:
    hint = "每项写成 - date: 2024-05-06，换行缩进写 note: 更正了什么"
    if not isinstance(node, yamltext.Sequence):
        raise _ValueError(f"“{spec.label}”应是{spec.form.value}", hint)
    return tuple(_correction(item, hint, offset) for item in node.items)


def _correction(node: yamltext.Node, hint: str, offset: int) -> Correction:
    line = node.line + offset
    if not isinstance(node, yamltext.Mapping):
        raise _ValueError("更正说明的一项应写 date 和 note", hint, line)
    values = _entry("更正说明", CORRECTION_KEYS, "可写 date、note", node, offset)
    if not (values.get("date") and values.get("note")):
        raise _ValueError("更正说明的一项要写明哪一天（date）、更正了什么（note）", hint, line)
    try:
        return Correction(_parse_date(values["date"]), values["note"], line)
    except _ValueError as wrong:
        raise _ValueError(wrong.problem.message, wrong.problem.hint, line) from None


def _record(spec: FieldSpec, node: yamltext.Node, _offset: int) -> FieldValue:
    if not isinstance(node, yamltext.Mapping):
        raise _ValueError(f"“{spec.label}”应是{spec.form.value}", "另起行缩进，每行写“名称: 值”")
    return {key: _plain(value) for key, (_, value) in node.items.items()}


def _plain(node: yamltext.Node) -> Any:
    if isinstance(node, yamltext.Scalar):
        return node.text or ""
    if isinstance(node, yamltext.Sequence):
        return [_plain(item) for item in node.items]
    return {key: _plain(value) for key, (_, value) in node.items.items()}


def _review(spec: FieldSpec, node: yamltext.Node, offset: int) -> FieldValue | list[Problem]:
    """Read the review form: a mapping of its keys to fields with their own lines; an empty value is none."""
    if not isinstance(node, yamltext.Mapping):
        raise _ValueError(f"“{spec.label}”应是{spec.form.value}", "另起行缩进，每行写“名称: 值”，如 承办人: 姓名")
    fields: dict[str, Field] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for written, (line_in_block, item) in node.items.items():
        line = line_in_block + offset
        key = review_key(written)
        if key is None or key in seen:
            near = nearest(written, REVIEW_WORDS)
            hint = "删去其中一个" if key else f"是不是“{near}”？" if near else "审核表的各项见使用手册"
            wrong = f"审核表的“{written}”写了两次" if key else f"审核表没有“{written}”这一项"
            problems.append(Problem("F003", wrong, hint, line))
            continue
        seen.add(key)
        value = read_value(REVIEW_FIELDS[key], item, offset)
        if isinstance(value, list):
            problems += [Problem("F003", f"审核表：{one.message}", one.hint, one.line or line) for one in value]
        elif value is not None:
            fields[key] = Field(value, line)
    return problems or fields


_Reader: TypeAlias = Callable[[FieldSpec, yamltext.Node, int], FieldValue | list[Problem]]
_READERS: Mapping[FieldForm, _Reader] = {
    FieldForm.TEXT: _text,
    FieldForm.TEXTS: _texts,
    FieldForm.DATE: _date,
    FieldForm.EFFECT_DATE: _effect_date,
    FieldForm.MOMENT: _moment,
    FieldForm.BOOL: _bool,
    FieldForm.INTEGER: _integer,
    FieldForm.ID: _id,
    FieldForm.INDEX_NO: _index_no,
    FieldForm.DOC_NUMBER: _doc_number,
    FieldForm.TERM: _one_term,
    FieldForm.TERMS: _terms,
    FieldForm.REFERENCES: _references,
    FieldForm.OUTSIDE_ACT: _references,
    FieldForm.ATTACHMENTS: _attachments,
    FieldForm.RECORD: _record,
    FieldForm.REVIEW: _review,
    FieldForm.CORRECTIONS: _corrections,
}
