"""Front matter as ``new`` and ``import`` write it: the known values, and an empty key for each required field."""

import re
from collections.abc import Mapping, Sequence

import frontmatter

from generator.authoring.key_language import KeyLanguage
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import FIELD_WORDS, FIELDS, FieldSpec, Kind, field_key, nearest

_EXTRA = {
    Kind.POLICY: ("doc_type", "genre", "date_effective", "expires_on"),
    Kind.INTERPRETATION: ("form",),
    Kind.CONSULTATION: ("opens_on", "closes_on"),
    Kind.RESPONSE: ("responds_to", "event_at", "responded_at", "event_level"),
    Kind.PAGE: ("column",),
}
_HINTS = {
    "index_no": "如 123456789/2026-00001",
    "doc_number": "机关代字〔年份〕序号，如 某某发〔2026〕1号；没有文号的写 none",
    "disclosure": "主动公开、依申请公开或不予公开，由起草单位确定",
    "interprets": "所解读文件的文号、索引号或编号",
}
_PLACES = {key: place for place, key in enumerate(FIELDS)}
_BOOLS = frozenset({"true", "false"})  # the reader takes these as text, too
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?", re.ASCII)  # the reader takes days as text: no quotes needed


def front_matter(
    kind: Kind,
    values: Mapping[str, str | Sequence[str]],
    hints: Mapping[str, str] | None = None,
    *,
    language: KeyLanguage = KeyLanguage.ENGLISH,
    notes: Sequence[str] = (),
) -> str:
    """Return the front matter of a kind with its fences: ``values`` by key, a comment where one is missing.

    The keys are in the order of the field table, as ``gongkai fmt`` puts them. ``hints`` are comments for single
    keys: instead of the usual description of the value, or behind a known one; ``notes`` are comments on lines of
    their own.
    """
    comments = hints or {}
    keys = sorted({*keys_of(kind), *values, *comments}, key=_PLACES.__getitem__)
    rows = [
        f"{language.name_of(key)}:{_value(values[key], comments.get(key, ''))}"
        if key in values
        else f"{language.name_of(key)}:  # {comments.get(key) or hint_of(FIELDS[key], language)}"
        for key in keys
    ]
    return "\n".join(("---", *rows, *(f"# {note}" for note in notes), "---")) + "\n"


def keys_of(kind: Kind) -> list[str]:
    """Return the keys that a new file of a kind has: title and disclosure first, then other required and usual ones."""
    required = required_of(kind)
    after_title = required.index("title") + 1
    return list(dict.fromkeys([*required[:after_title], "disclosure", *required[after_title:], *_EXTRA.get(kind, ())]))


def required_of(kind: Kind) -> list[str]:
    """Return the keys that a kind must have."""
    return [spec.key for spec in FIELDS.values() if kind in spec.required]


def hint_of(spec: FieldSpec, language: KeyLanguage = KeyLanguage.ENGLISH) -> str:
    """Return the Chinese comment that explains what to write into a field; behind an English key with its name."""
    label = f"{spec.label}：" if language is KeyLanguage.ENGLISH else ""
    if spec.terms and spec.key not in _HINTS:
        return label + "、".join(term.label for term in list(spec.terms)[:6])
    return label + _HINTS.get(spec.key, spec.form.value)


def parse_field_options(options: Sequence[str]) -> dict[str, str | Sequence[str]]:
    """Return the values of ``--field`` options by key; a field given twice becomes a list.

    An option is ``字段=值``, with the Chinese or English name. Raises ``GongkaiError`` with the nearest known field.
    """
    values_by_key: dict[str, list[str]] = {}
    for option in options:
        name, equals, value = option.partition("=")
        key = field_key(name.strip())
        if not equals or not value.strip():
            raise GongkaiError(f"“{option[:40]}”不是“字段=值”", "如 --field 公开属性=主动公开")
        if key is None:
            near = nearest(name.strip(), FIELD_WORDS)
            raise GongkaiError(f"没有字段“{name.strip()[:40]}”", f"是不是 {near}？" if near else "字段见手册的字段表")
        values_by_key.setdefault(key, []).append(value.strip())
    return {key: values[0] if len(values) == 1 else values for key, values in values_by_key.items()}


def _value(value: str | Sequence[str], hint: str) -> str:
    comment = f"  # {hint}" if hint else ""
    if isinstance(value, str) and value in {"true", "false"}:
        return f" {value}{comment}"
    if isinstance(value, str):
        return f" {value if _DAY.fullmatch(value) or value in _BOOLS else _scalar(value)}{comment}"
    return comment + "".join(f"\n  - {_scalar(item)}" for item in value)


def _scalar(text: str) -> str:
    """Return a text as one line of YAML, quoted only where it must be."""
    line = frontmatter.default_handlers.YAMLHandler().export({"v": text}, allow_unicode=True, width=10_000_000)
    return str(line).removeprefix("v: ")
