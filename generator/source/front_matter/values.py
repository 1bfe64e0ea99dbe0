"""Read the value of one field: from the typed text to the form that the vocabulary defines."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from generator.domain import doc_numbers
from generator.domain.filenames import name_trap
from generator.domain.joined_lists import joined_message, split_list
from generator.domain.model import FieldValue, Reference
from generator.domain.problems import Problem
from generator.domain.vocabulary import FieldForm, FieldSpec, Term, nearest
from generator.source.front_matter.entries import (
    ValueFormError,
    parse_date,
    read_attachments,
    read_corrections,
    read_withdrawal,
)
from generator.support import yaml_text

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_MOMENT = re.compile(r"(.+?)[ T　]+(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?")
_TRUE = frozenset({"true", "yes", "是", "on"})
_FALSE = frozenset({"false", "no", "否", "off"})
_NO_NUMBER = frozenset(
    {"暂无", "没有", "无文号", "未编号", "没有文号", "/", "\\", "-", "--", "—", "——", "N/A", "n/a", "空"}
)
_AROUND_NUMBER = re.compile(
    r"^[\s“\"'‘《【（(「]*(?:(?:发文|文件)?(?:文号|字号|编号)[:：]\s*)?|[\s”\"'’》】）)」。，,；;]+$"
)
MAX_ID = 100


def read_value(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue | list[Problem] | None:
    """Return a field's value, or a list of problems where it is not of the field's form.

    Line 0 in a problem means the line of the key. ``None`` for an empty value: the field counts as missing.
    ``offset`` is added to a line of the block to get the line of the file.
    """
    if isinstance(node, yaml_text.Scalar) and (node.text is None or not node.text.strip()):
        return None
    try:
        return _READERS[spec.form](spec, node, offset)
    except ValueFormError as error:
        return [error.problem]


def _text(spec: FieldSpec, node: yaml_text.Node, _offset: int) -> str:
    if not isinstance(node, yaml_text.Scalar):
        raise ValueFormError(
            f"“{spec.label}”应是{spec.form.value}，写成了{_shape(node)}",
            "只写一个值；文字以方括号开头时加引号"
            if isinstance(node, yaml_text.Sequence)
            else "只写值；文字以花括号开头、或者含有冒号加空格时加引号",
        )
    return (node.text or "").strip()


def _shape(node: yaml_text.Node) -> str:
    return "列表" if isinstance(node, yaml_text.Sequence) else "“名称: 值”"


def _items(spec: FieldSpec, node: yaml_text.Node, offset: int) -> list[str]:
    if isinstance(node, yaml_text.Sequence):
        return [_text(spec, item, offset) for item in node.items if not _is_empty(item)]
    return [_text(spec, node, offset)]


def _is_empty(node: yaml_text.Node) -> bool:
    return isinstance(node, yaml_text.Scalar) and not (node.text or "").strip()


def _texts(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    values = _items(spec, node, offset)
    return values[0] if len(values) == 1 and isinstance(node, yaml_text.Scalar) else tuple(values)


def _date(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    return parse_date(_text(spec, node, offset))


def _effect_date(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if text in {"on_publication", "自发布之日起施行", "自公布之日起施行", "自印发之日起施行", "发布之日"}:
        return "on_publication"
    return parse_date(text)


def _moment(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    match = _MOMENT.fullmatch(text)
    if not match:
        return parse_date(text, with_minute=True)
    day = parse_date(match[1].strip(), with_minute=True)
    try:
        return dt.datetime.combine(day, dt.time(int(match[2]), int(match[3])))
    except ValueError:
        raise ValueFormError(f"“{text}”的时分不对", "用 24 小时制，如 2024-05-06 14:30") from None


def is_false(text: str) -> bool:
    """Whether a text is a form of 否, as a field of yes or no has it."""
    return text.strip().casefold() in _FALSE


def _bool(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if text.casefold() in _TRUE:
        return True
    if is_false(text):
        return False
    raise ValueFormError(f"“{text}”不是 true 或 false（是 或 否）", "写 true 或 false")


def _integer(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if not re.fullmatch(r"\d{1,12}", text):
        raise ValueFormError(f"“{text}”不是整数", "只写数字")
    return int(text)


def is_id(text: str) -> bool:
    """Whether a text is a valid 编号: usable in an address, and not the name of a file that the build writes."""
    return (
        bool(_ID.fullmatch(text))
        and len(text) <= MAX_ID
        and not text.casefold().endswith(".html")
        and name_trap(text) is None
    )


def _id(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if _ID.fullmatch(text) and (reason := name_trap(text)):
        raise ValueFormError(f"编号“{text[:40]}”{reason[0]}", reason[1])
    if not is_id(text):
        raise ValueFormError(
            f"编号“{text[:40]}”只能用{FieldForm.ID.value}，至多 {MAX_ID} 个字符", "如 rsf-2024-15；编号就是网址的一部分"
        )
    return text


def _index_no(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    return doc_numbers.normalise_index_no(_text(spec, node, offset))


def _doc_number(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    text = _text(spec, node, offset)
    if text.casefold() == "none" or text == "无":
        return "none"
    if doc_numbers.repair_doc_number(text) is None:
        if text in _NO_NUMBER:
            raise ValueFormError(f"“{text}”不是文号", "没有文号的写 无（或 none）")
        bare = _AROUND_NUMBER.sub("", text)
        if meant := doc_numbers.repair_doc_number(bare):
            raise ValueFormError(f"“{text}”不是文号", f"只写文号：{meant}")
        raise ValueFormError(
            f"“{text}”不是文号",
            "文号是“机关代字〔年份〕序号号”，如 云岭人社发〔2024〕15号；公告、令写上机关全称，"
            "如 云岭市人民政府公告2024年第5号、云岭市人民政府令第58号；没有文号的写 none",
        )
    return text


def _term(spec: FieldSpec, text: str) -> Term:
    if spec.terms is None:
        raise TypeError(f"{spec.key} has no terms")
    term = spec.terms.parse(text)
    if term is None:
        near = nearest(text, spec.terms.words())
        choices = "、".join(f"{item.value}（{item.label}）" for item in spec.terms)
        raise ValueFormError(
            f"“{text}”不是“{spec.label}”的取值", (f"是不是“{near}”？" if near else "") + f"可用：{choices}"
        )
    return term


def _one_term(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    return _term(spec, _text(spec, node, offset))


def _terms(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    texts = _items(spec, node, offset)
    parse = spec.terms.parse if spec.terms else None
    lists = {text: split_list(text) for text in texts if parse and parse(text) is None}
    joined = [text for text, items in lists.items() if parse and any(map(parse, items[1:]))]
    if joined:
        items = [item for text in texts for item in lists.get(text, [text])]
        raise ValueFormError(*joined_message(spec.label, joined[0], items), rule="F019")
    return tuple(_term(spec, text) for text in texts)


def _references(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    return tuple(_reference(text) for text in _items(spec, node, offset))


def _reference(text: str) -> Reference:
    target, _, clause = text.partition("#")
    if text.rstrip().endswith("#"):  # without this check it would mean the whole document
        raise ValueFormError(f"“{text}”的“#”后面没有写条款", "写上条款，如 #第八条；指整份文件的，删去“#”")
    return Reference(target.strip(), clause.strip())


def _addresses(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    return tuple(_items(spec, node, offset))


def _record(spec: FieldSpec, node: yaml_text.Node, _offset: int) -> FieldValue:
    if not isinstance(node, yaml_text.Mapping):
        raise ValueFormError(f"“{spec.label}”应是{spec.form.value}", "另起行缩进，每行写“名称: 值”")
    return {key: _plain(value) for key, (_, value) in node.items.items()}


def _plain(node: yaml_text.Node) -> Any:
    if isinstance(node, yaml_text.Scalar):
        return node.text or ""
    if isinstance(node, yaml_text.Sequence):
        return [_plain(item) for item in node.items]
    return {key: _plain(value) for key, (_, value) in node.items.items()}


_Reader: TypeAlias = Callable[[FieldSpec, yaml_text.Node, int], FieldValue | list[Problem]]
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
    FieldForm.ATTACHMENTS: read_attachments,
    FieldForm.RECORD: _record,
    FieldForm.CORRECTIONS: read_corrections,
    FieldForm.ADDRESSES: _addresses,
    FieldForm.WITHDRAWAL: read_withdrawal,
}
