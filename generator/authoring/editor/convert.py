"""``gongkai editor --convert``: rewrite front matter as the editor writes it; bodies, comments and order stay.

The editor knows English keys, the codes of fixed values, dates like 2024-05-06, and lists where a field may hold
several values. gongkai knows other ways of writing them, too; each is replaced in its place.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from generator.authoring.editor.front_matter_places import Source, read_source, source_files
from generator.domain.model import Field
from generator.domain.vocabulary import (
    ATTACHMENT_KEYS,
    CORRECTION_KEYS,
    FIELDS,
    REVIEW_FIELDS,
    CleanupResult,
    FieldForm,
    FieldSpec,
    field_key,
    review_key,
)
from generator.source.front_matter.entries import ValueFormError, parse_date
from generator.source.front_matter.read import read_front_matter
from generator.source.front_matter.values import is_id

_SEVERAL = frozenset({FieldForm.TEXTS, FieldForm.ADDRESSES, FieldForm.REFERENCES, FieldForm.TERMS})
_PLAIN_TEXT = re.compile(r"[^\W\d_][\w《》〈〉（）〔〕·—-]*")  # no quotes needed inside of brackets
_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_LISTED = FieldSpec("cleanup", "", FieldForm.REFERENCES)
_PLAIN = FieldSpec("text", "")


class Edit(NamedTuple):
    """A replacement in the front matter, from one place to another."""

    start: int
    end: int
    text: str


class Converted(NamedTuple):
    """The files that were rewritten, and those that were left because they would not say the same."""

    written: tuple[Path, ...]
    left: tuple[Path, ...]


def convert_sources(project: Path) -> Converted:
    """Rewrite the front matter of all source files of a project that the editor would not show."""
    written, left = [], []
    for path in source_files(project):
        source = read_source(path)
        if source is None:
            continue
        text = convert(source)
        if text == source.text:
            continue
        if not _say_the_same(source.text, text):
            left.append(path)
            continue
        data = path.read_bytes()
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        path.write_bytes(mark + (text.replace("\n", "\r\n") if b"\r\n" in data else text).encode())
        written.append(path)
    return Converted(tuple(written), tuple(left))


def convert(source: Source) -> str:
    """Return the text of a source as the editor reads it."""
    text = source.text
    for edit in sorted([*_edits(source.root), *_missing_id(source)], reverse=True):
        text = text[: source.start + edit.start] + edit.text + text[source.start + edit.end :]
    return text


def _say_the_same(before: str, after: str) -> bool:
    """Whether two texts have the same fields and the same body; one value and a list of it are the same."""
    old, new = read_front_matter(before), read_front_matter(after)
    return (
        old.body == new.body
        and len(old.problems) == len(new.problems)
        and _compared(old.fields) == _compared(new.fields)
    )


def _compared(fields: Mapping[str, Field]) -> Mapping[str, object]:
    """Return the values of fields but the id, which may be added."""
    return {key: _values(field) for key, field in fields.items() if key != "id"}


def _values(value: object) -> object:
    """Return a value without the lines of its parts."""
    if isinstance(value, Field):
        return _values(value.value)
    if isinstance(value, Mapping):
        return {key: _values(inner) for key, inner in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _values(getattr(value, name)) for name in value._fields if name != "line"}
    if isinstance(value, tuple):
        return _values(value[0]) if len(value) == 1 else tuple(map(_values, value))
    return value


def _edits(root: yaml.MappingNode) -> Iterator[Edit]:
    for name, node in root.value:
        if key := field_key(name.value.strip()):
            yield from _renamed(name, key)
            yield from _of_value(FIELDS[key], node)


def _missing_id(source: Source) -> Iterator[Edit]:
    """Yield the line with the id, which the editor demands, where it is the name of the file so far."""
    stem = source.path.name.rpartition(".")[0]
    if is_id(stem) and not any(field_key(name.value.strip()) == "id" for name, _ in source.root.value):
        place = source.root.start_mark.index
        yield Edit(place, place, f"id: {stem if _PLAIN_TEXT.fullmatch(stem) else json.dumps(stem)}\n")


def _renamed(name: yaml.Node, key: str) -> Iterator[Edit]:
    if name.value != key:
        yield Edit(name.start_mark.index, name.end_mark.index, key)


def _of_value(spec: FieldSpec, node: yaml.Node) -> Iterator[Edit]:
    if spec.form in {FieldForm.ATTACHMENTS, FieldForm.CORRECTIONS, FieldForm.PARTS}:
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            yield from _of_entry(spec, item)
    elif spec.form in {FieldForm.REVIEW, FieldForm.CLEANUP}:
        yield from _of_group(spec, node)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalar(spec, item, in_list=True)
    else:
        yield from _scalar(spec, node, in_list=False)


def _of_group(spec: FieldSpec, node: yaml.Node) -> Iterator[Edit]:
    """Yield the replacements in 审核表, which holds fields, or in 清理结果, which holds a list for each conclusion."""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        term = CleanupResult.parse(name.value) if spec.form is FieldForm.CLEANUP else None
        key = term.value if term else review_key(name.value) if spec.form is FieldForm.REVIEW else None
        if key:
            yield from _renamed(name, key)
            yield from _of_value(_LISTED if term else REVIEW_FIELDS[key], value)


def _of_entry(spec: FieldSpec, item: yaml.Node) -> Iterator[Edit]:
    if isinstance(item, yaml.ScalarNode) and spec.form is FieldForm.ATTACHMENTS and item.value:
        yield Edit(item.start_mark.index, item.start_mark.index, "file: ")
    if not isinstance(item, yaml.MappingNode):
        return
    keys: Iterable[tuple[str, str]] = {
        FieldForm.ATTACHMENTS: ATTACHMENT_KEYS,
        FieldForm.CORRECTIONS: CORRECTION_KEYS,
    }.get(spec.form, {}).items()
    english = {label: key for key, label in keys}
    for name, value in item.value:
        key = field_key(name.value) if spec.form is FieldForm.PARTS else english.get(name.value, name.value)
        if key is None:
            continue
        yield from _renamed(name, key)
        inner = FIELDS["date_written"] if key == "date" else FIELDS.get(key, _PLAIN)
        if spec.form is FieldForm.PARTS or key in {"disclosure", "date"}:
            yield from _of_value(inner, value)


def _scalar(spec: FieldSpec, node: yaml.Node, *, in_list: bool) -> Iterator[Edit]:
    """Yield the replacement of one value in the form that the editor writes."""
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.style in {"|", ">"}:
        return
    value = _as_editor_writes(spec, node.value.strip())
    listed = spec.form in _SEVERAL and not in_list
    if value is None and not listed:
        return
    text = value or node.value.strip()
    if listed:
        is_plain = value or (_PLAIN_TEXT.fullmatch(text) and text.lower() not in _YAML_WORDS)
        text = f"[{text if is_plain else json.dumps(text, ensure_ascii=False)}]"
    yield Edit(node.start_mark.index, node.end_mark.index, text)


def _as_editor_writes(spec: FieldSpec, text: str) -> str | None:
    """Return a value as the editor writes it, ``None`` where it is so already, or where gongkai does not know it."""
    written = text
    if spec.terms and (term := spec.terms.parse(text)):
        written = term.value
    elif spec.form is FieldForm.BOOL:
        written = {"是": "true", "否": "false"}.get(text, text.lower())
    elif spec.form is FieldForm.EFFECT_DATE and text.endswith(("施行", "发布之日")):
        written = "on_publication"
    elif spec.form in {FieldForm.DATE, FieldForm.EFFECT_DATE, FieldForm.MOMENT}:
        try:
            written = parse_date(text).isoformat()
        except ValueFormError:
            return None
    return None if written == text else written
