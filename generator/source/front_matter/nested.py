"""Read the fields that contain other fields: 审核表, 印发文件, 清理结果."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from generator.domain.model import Field, FieldValue, Part
from generator.domain.problems import Problem
from generator.domain.vocabulary import (
    FIELDS,
    PART_FIELDS,
    REVIEW_FIELDS,
    REVIEW_WORDS,
    CleanupResult,
    FieldForm,
    FieldSpec,
    Nearest,
    label_of,
    part_key,
    review_key,
)
from generator.source.front_matter.entries import ValueFormError
from generator.source.front_matter.values import read_value
from generator.support import yaml_text

_PART_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")  # no full stop: it is the fragment of an address
_MAX_PART_ID = 40
_MOST_PARTS = 200
_EXAMPLE = "如 - id: guicheng，换行缩进写 title: 某某规程"


def read_field(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue | list[Problem] | None:
    """Return a field's value as ``read_value`` does, also for fields that contain other fields."""
    reader = _READERS.get(spec.form)
    if reader is None or (isinstance(node, yaml_text.Scalar) and not (node.text or "").strip()):
        return read_value(spec, node, offset)
    try:
        return reader(spec, node, offset)
    except ValueFormError as error:
        return [error.problem]


def _fields(
    name: str,
    node: yaml_text.Mapping,
    offset: int,
    key_of: Callable[[str], str | None],
    words: Mapping[str, FieldSpec],
    known: Nearest,
) -> tuple[dict[str, Field], list[Problem]]:
    """Return the fields of a mapping with their lines, and the problems; a key with an empty value is left out."""
    fields: dict[str, Field] = {}
    problems: list[Problem] = []
    keys: set[str] = set()
    for written, (line_in_block, item) in node.items.items():
        line = line_in_block + offset
        key = key_of(written)
        if key is None or key in keys:
            near = known.to(written)
            hint = "删去其中一个" if key else f"是不是“{near}”？" if near else f"{name}的各项见使用手册"
            message = f"{name}的“{written}”写了两次" if key else f"{name}没有“{written}”这一项"
            problems.append(Problem("F003", message, hint, line))
            continue
        keys.add(key)
        value = read_value(words[key], item, offset)
        if isinstance(value, list):
            problems += [
                problem._replace(message=f"{name}：{problem.message}", line=problem.line or line) for problem in value
            ]
        elif value is not None:
            fields[key] = Field(value, line)
    return fields, problems


def _review(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue | list[Problem]:
    if not isinstance(node, yaml_text.Mapping):
        raise ValueFormError(f"“{spec.label}”应是{spec.form.value}", "另起行缩进，每行写“名称: 值”，如 承办人: 姓名")
    fields, problems = _fields(spec.label, node, offset, review_key, REVIEW_FIELDS, Nearest(REVIEW_WORDS))
    return problems or fields


def _parts(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue | list[Problem]:
    if not isinstance(node, yaml_text.Sequence) or not node.items:
        raise ValueFormError(f"“{spec.label}”应是{spec.form.value}", _EXAMPLE)
    if len(node.items) > _MOST_PARTS:
        raise ValueFormError(f"“{spec.label}”有 {len(node.items)} 项，超过上限 {_MOST_PARTS} 项", "拆成几份文件发布")
    parts: list[Part] = []
    problems: list[Problem] = []
    words = Nearest(_PART_WORDS)
    for item in node.items:
        line = item.line + offset
        if not isinstance(item, yaml_text.Mapping):
            problems.append(Problem("F003", f"“{spec.label}”的一项应写 id 和 title", _EXAMPLE, line))
            continue
        fields, part_problems = _fields(spec.label, item, offset, part_key, FIELDS, words)
        problems += part_problems
        if not part_problems:
            problems += _incomplete(spec, fields, parts, line)
        parts.append(Part(_text_of(fields, "id"), _text_of(fields, "title"), line, fields))
    return problems or tuple(parts)


_PART_WORDS = [word for key in PART_FIELDS for word in (key, label_of(key))]


def _text_of(fields: Mapping[str, Field], key: str) -> str:
    field = fields.get(key)
    return field.value if field and isinstance(field.value, str) else ""


def _incomplete(spec: FieldSpec, fields: Mapping[str, Field], before: list[Part], line: int) -> Iterator[Problem]:
    name, title = _text_of(fields, "id"), _text_of(fields, "title")
    if not name or not title:
        missing = "、".join(label_of(key) for key, value in (("id", name), ("title", title)) if not value)
        yield Problem("F003", f"“{spec.label}”的一项缺少“{missing}”", _EXAMPLE, line)
    if name and not (_PART_ID.fullmatch(name) and len(name) <= _MAX_PART_ID):
        hint = f"用字母、数字、下划线或连字符，以字母开头，至多 {_MAX_PART_ID} 个，如 guicheng"
        yield Problem("F003", f"“{spec.label}”的编号“{name[:40]}”不能用", hint, line)
    if any(name == part.id or (title and title == part.title) for part in before):
        yield Problem("F003", f"“{spec.label}”的“{name}”和前面一项的编号或标题相同", "改成不同的编号和标题", line)


def _cleanup(spec: FieldSpec, node: yaml_text.Node, offset: int) -> FieldValue | list[Problem]:
    """Return 清理结果: the references under each conclusion, in the order of the vocabulary."""
    words = "、".join(term.label for term in CleanupResult)
    if not isinstance(node, yaml_text.Mapping):
        raise ValueFormError(f"“{spec.label}”应是{spec.form.value}", f"另起行缩进，每行写清理结论和列表：{words}")
    lists: dict[str, Field] = {}
    problems: list[Problem] = []
    for written, (line_in_block, item) in node.items.items():
        line = line_in_block + offset
        term = CleanupResult.parse(written)
        if term is None or term.value in lists:
            message = f"“{spec.label}”的“{written}”写了两次" if term else f"“{spec.label}”没有“{written}”这一项"
            problems.append(Problem("F003", message, "合并成一项" if term else f"可写：{words}", line))
            continue
        value = read_value(_CLEANUP_LIST, item, offset)
        if isinstance(value, list):
            problems += [
                problem._replace(message=f"{written}：{problem.message}", line=problem.line or line)
                for problem in value
            ]
        elif value is not None:
            lists[term.value] = Field(value, line)
    return problems or {term.value: lists[term.value] for term in CleanupResult if term.value in lists}


_CLEANUP_LIST = FieldSpec("cleanup", label_of("cleanup"), FieldForm.REFERENCES)
_Reader: TypeAlias = Callable[[FieldSpec, yaml_text.Node, int], FieldValue | list[Problem]]
_READERS: Mapping[FieldForm, _Reader] = {
    FieldForm.REVIEW: _review,
    FieldForm.PARTS: _parts,
    FieldForm.CLEANUP: _cleanup,
}
