"""Read dates, and the lists whose entries are mappings: 附件 and 更正说明."""

import datetime as dt
import re
from collections.abc import Mapping

from generator.domain.model import Attachment, Correction, FieldValue, Withdrawal
from generator.domain.problems import Problem
from generator.domain.vocabulary import (
    ATTACHMENT_KEYS,
    CORRECTION_KEYS,
    WITHDRAWAL_KEYS,
    Disclosure,
    FieldSpec,
    nearest,
)
from generator.domain.written_moments import read_written
from generator.support import yaml_text

_FIRST_YEAR = 1900  # no document of a public body is older; 0226 is a slip of the finger
_TWO_DAYS = re.compile(r"\d{1,2}日?\s*(?:至|到|[~～]|—|--)+\s*\d")
_MONTH = re.compile(r"(\d{4})\s*[-年./]\s*(1[0-2]|0?[1-9])\s*月?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")


class ValueFormError(Exception):
    """Raised for a value that does not fit its field; ``problem`` is what its writer reads."""

    def __init__(self, message: str, hint: str = "", line: int = 0, rule: str = "F003") -> None:
        super().__init__(message)
        self.problem = Problem(rule, message, hint, line)


def parse_date(text: str, *, with_minute: bool = False) -> dt.date:
    """Return the date in a text; ``with_minute``: where a minute may be behind it, the hint names it too.

    Raises ``ValueFormError`` for a text that is not a date.
    """
    match = _DATE.fullmatch(text)
    if not match:
        meant = read_written(text)
        if isinstance(meant, dt.datetime) and not with_minute:
            meant = meant.date()
        raise ValueFormError(f"“{text}”不是日期", _date_hint(text, meant))
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise ValueFormError(f"没有“{text}”这一天", "核对月份和日期") from None
    if year < _FIRST_YEAR:
        raise ValueFormError(f"“{text}”的年份不对", "核对年份，四位数字都要写对")
    return date


def _date_hint(text: str, meant: dt.date | None) -> str:
    if meant:
        return f"写成 {meant:%Y-%m-%d %H:%M}" if isinstance(meant, dt.datetime) else f"写成 {meant}"
    if _TWO_DAYS.search(text):
        return "只写一天，写成 2024-05-06 的形式；起止日期是两个字段"
    if month := _MONTH.fullmatch(text):
        return f"写到哪一日，如 {month[1]}-{int(month[2]):02}-05"
    return "写成 2024-05-06 的形式"


def read_attachments(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    """Return 附件 with title, file and disclosure of each.

    Raises ``ValueFormError`` for a value that is not such a list.
    """
    if not isinstance(node, yaml_text.Sequence):
        raise ValueFormError(
            f"“{spec.label}”应是{spec.form.value}",
            "每项写成 - 标题: 名称，下一行缩进四格写 文件: 路径；只有一个文件的，写成 附件: [路径]",
        )
    return tuple(_attachment(item, offset) for item in node.items)


def _attachment(node: yaml_text.Node, offset: int) -> Attachment:
    if isinstance(node, yaml_text.Scalar) and node.text:
        node = yaml_text.Mapping({"file": (node.line, node)}, node.line)
    line = node.line + offset
    if not isinstance(node, yaml_text.Mapping):
        raise ValueFormError(
            "附件的一项应写 title 和 file", "如 - title: 申请表，换行缩进写 file: files/form.docx", line
        )
    values = _entry("附件", ATTACHMENT_KEYS, _choices(ATTACHMENT_KEYS, "title", "file", "disclosure"), node, offset)
    if not values.get("file"):
        raise ValueFormError("附件没有写 file（文件）", "写上相对于本文件的路径，如 file: files/form.docx", line)
    disclosure = Disclosure.PROACTIVE
    if values.get("disclosure"):
        parsed = Disclosure.parse(values["disclosure"])
        if parsed is None:
            choices = "可用：主动公开、依申请公开、不予公开"
            raise ValueFormError(f"“{values['disclosure']}”不是“公开属性”的取值", choices, line)
        disclosure = parsed
    title = values.get("title") or values["file"].rsplit("/", 1)[-1]
    return Attachment(title, values["file"], disclosure, line)


def read_corrections(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    """Return 更正说明 with day and note of each.

    Raises ``ValueFormError`` for a value that is not such a list.
    """
    hint = "每项写成 - date: 2024-05-06，换行缩进写 note: 更正了什么"
    if not isinstance(node, yaml_text.Sequence):
        raise ValueFormError(f"“{spec.label}”应是{spec.form.value}", hint)
    return tuple(_correction(item, hint, offset) for item in node.items)


def _correction(node: yaml_text.Node, hint: str, offset: int) -> Correction:
    line = node.line + offset
    if not isinstance(node, yaml_text.Mapping):
        raise ValueFormError("更正说明的一项应写 date 和 note", hint, line)
    values = _entry("更正说明", CORRECTION_KEYS, _choices(CORRECTION_KEYS, *CORRECTION_KEYS), node, offset)
    if not (values.get("date") and values.get("note")):
        raise ValueFormError("更正说明的一项要写明哪一天（date）、更正了什么（note）", hint, line)
    try:
        return Correction(parse_date(values["date"]), values["note"], line)
    except ValueFormError as error:
        raise ValueFormError(error.problem.message, error.problem.hint, line) from None


def read_withdrawal(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue:
    """Return 撤下 with its day and reason; a key ``true`` is ``on``, as YAML 1.1 reads it.

    Raises ``ValueFormError`` for a value that is not such a mapping.
    """
    hint = "写成 {on: 2026-11-30, reason: 误发}，即哪一天起（日期）、为什么（理由）；不撤下的，删去这一行"
    if not isinstance(node, yaml_text.Mapping):
        raise ValueFormError(f"“{spec.label}”应是{spec.form.value}", hint)
    entries = {"on" if key.casefold() == "true" else key: item for key, item in node.items.items()}
    values = _entry(
        spec.label,
        WITHDRAWAL_KEYS,
        _choices(WITHDRAWAL_KEYS, *WITHDRAWAL_KEYS),
        yaml_text.Mapping(entries, node.line),
        offset,
    )
    missing = [f"{key}（{label}）" for key, label in WITHDRAWAL_KEYS.items() if not values.get(key)]
    if missing:
        raise ValueFormError(f"“{spec.label}”没有写 {'、'.join(missing)}", hint)
    return Withdrawal(parse_date(values["on"]), values["reason"])


def _choices(labels: Mapping[str, str], *keys: str) -> str:
    """Return the keys that an entry may have, in both languages."""
    return f"可写 {'、'.join(f'{key}（{labels[key]}）' for key in keys)}"


def _entry(name: str, keys: Mapping[str, str], choices: str, node: yaml_text.Mapping, offset: int) -> dict[str, str]:
    """Return one entry of the list called ``name``: its texts by English key; keys may be written in Chinese too."""
    english = {label: key for key, label in keys.items()}
    values: dict[str, str] = {}
    for written, (key_line, value) in node.items.items():
        key = english.get(written, written)
        if key not in keys:
            near = nearest(written, [*keys, *english])
            hint = f"是不是“{near}”？" if near else choices
            raise ValueFormError(f"{name}没有“{written}”这一项", hint, key_line + offset)
        if not isinstance(value, yaml_text.Scalar):
            raise ValueFormError(f"{name}的“{written}”应是一段文字", "", key_line + offset)
        if key in values:
            raise ValueFormError(f"{name}的“{written}”写了两次", "删去其中一个", key_line + offset)
        values[key] = (value.text or "").strip()
    return values
