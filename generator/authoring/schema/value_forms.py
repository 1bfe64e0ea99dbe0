"""The schema of each form that a field's value can have: it accepts what the reader of front matter accepts."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from generator.authoring.schema import Schema, patterns
from generator.domain.vocabulary import (
    ATTACHMENT_KEYS,
    CORRECTION_KEYS,
    FIELDS,
    PART_FIELDS,
    REVIEW_FIELDS,
    REVIEW_WORDS,
    WITHDRAWAL_KEYS,
    CleanupResult,
    Disclosure,
    FieldForm,
    FieldSpec,
    Term,
    review_key,
)

_SCALAR = ["string", "number", "boolean"]
_MOST_PARTS = 200


def describe(schema: Schema, title: str, description: str) -> Schema:
    """Return a schema with title and description; a reference gets them beside it, where every editor sees them."""
    inner = {"allOf": [schema]} if "$ref" in schema else schema
    return {"title": title, "description": description, **inner}


def field_schema(spec: FieldSpec) -> Schema:
    """Return the schema of a field's value, with its Chinese name and its form."""
    used = spec.form.value
    if spec.terms:
        used += "：" + "、".join(f"{term.value}（{term.label}）" for term in spec.terms)
    names = "、".join((spec.key, *spec.aliases))
    return describe(_FORMS[spec.form](spec), spec.label, f"{spec.label}（{names}）：{used}")


def written_keys(spec: FieldSpec) -> tuple[str, ...]:
    """Return all spellings of a field's key."""
    return (spec.key, spec.label, *spec.aliases)


def as_read(key: str) -> tuple[str, ...]:
    """Return the names under which readers of YAML know a key: to many of them a bare ``on`` is the value true."""
    return {"on": ("on", "true"), "off": ("off", "false")}.get(key, (key,))


def needs(words: Iterable[str]) -> Schema:
    """Return the demand that one of several spellings of a key is there, with a value that is not empty."""
    full = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean", "array", "object"]}]}
    return {"anyOf": [{"required": [word], "properties": {word: full}} for word in words]}


def term_schema(terms: type[Term]) -> Schema:
    """Return the schema of one fixed value in either language; codes in any case, as gongkai reads them."""
    words: list[object] = [*dict.fromkeys(terms.words())]
    words += [value for value in (True, False) if str(value).lower() in words]  # YAML reads these codes as its own
    codes = "|".join(patterns.any_case(term.value) for term in terms)
    labels = "|".join(patterns.escape(word) for term in terms for word in (term.label, *term.aliases))
    return {"anyOf": [{"enum": [*words, None]}, {"type": "string", "pattern": patterns.blank_or(f"{codes}|{labels}")}]}


def _list_of(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _one_of_terms(spec: FieldSpec) -> Schema:
    return term_schema(spec.terms) if spec.terms else {}


def _object(properties: Mapping[str, Schema], *required: Iterable[str]) -> Schema:
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if required:
        schema["allOf"] = [needs(words) for words in required]
    return schema


def _or_empty(schema: Schema) -> Schema:
    """Return a schema of a list or a mapping that accepts an empty value, too."""
    return {**schema, "type": [schema["type"], "null", "string"], "pattern": r"^\s*$"}


def _entry(keys: Mapping[str, str], forms: Mapping[str, Schema], *required: str) -> Schema:
    """Return the schema of one entry of a list: its keys in both languages."""
    properties = {
        word: describe(forms.get(key, _TEXT), label, f"{label}（{key}）")
        for key, label in keys.items()
        for word in (*as_read(key), label)
    }
    return _object(properties, *((*as_read(key), keys[key]) for key in required))


def _attachments(_spec: FieldSpec) -> Schema:
    forms = {"disclosure": term_schema(Disclosure)}
    item = {
        "anyOf": [
            {"type": _SCALAR, "pattern": r"\S", "description": "只写文件的，名称就是文件名"},
            _entry(ATTACHMENT_KEYS, forms, "file"),
        ]
    }
    return _or_empty({"type": "array", "items": item})


def _corrections(_spec: FieldSpec) -> Schema:
    return _or_empty({"type": "array", "items": _entry(CORRECTION_KEYS, {"date": _DATE}, "date", "note")})


def _withdrawal(_spec: FieldSpec) -> Schema:
    return _or_empty(_entry(WITHDRAWAL_KEYS, {"on": _DATE}, "on", "reason"))


def _parts(_spec: FieldSpec) -> Schema:
    specs = [FIELDS[key] for key in PART_FIELDS]
    properties = {word: field_schema(spec) for spec in specs for word in written_keys(spec)}
    part_id = {"type": "string", "pattern": patterns.whole(patterns.PART_ID)}
    for word in written_keys(FIELDS["id"]):
        properties[word] = describe(part_id, "编号", "编号（id）：字母、数字、下划线或连字符，以字母开头，至多 40 个")
    item = _object(properties, *(written_keys(FIELDS[key]) for key in ("id", "title")))
    return _or_empty({"type": "array", "items": item, "minItems": 1, "maxItems": _MOST_PARTS})


def _cleanup(_spec: FieldSpec) -> Schema:
    lists = {
        word: describe(_REFERENCES, term.label, f"{term.label}（{term.value}）的文件：{FieldForm.REFERENCES.value}")
        for term in CleanupResult
        for word in (term.value, term.label, *term.aliases)
    }
    exact, codes = "|".join(CleanupResult), "|".join(patterns.any_case(term.value) for term in CleanupResult)
    return _or_empty({**_object(lists), "patternProperties": {f"^(?!(?:{exact})$)(?:{codes})$": _REFERENCES}})


def _review(_spec: FieldSpec) -> Schema:
    words = {word: REVIEW_FIELDS[key] for word in REVIEW_WORDS if (key := review_key(word))}
    return _or_empty(_object({word: field_schema(spec) for word, spec in words.items()}))


def _always(schema: Schema) -> Callable[[FieldSpec], Schema]:
    return lambda _spec: schema


def _text_of(pattern: str) -> Schema:
    return {"type": ["string", "null"], "pattern": patterns.blank_or(pattern)}


_EFFECT_WORDS = ("on_publication", "自发布之日起施行", "自公布之日起施行", "自印发之日起施行", "发布之日")
_TRUTH_WORDS = ("true", "yes", "on", "是", "false", "no", "off", "否")

DEFINITIONS: Mapping[str, Schema] = MappingProxyType(
    {
        "text": {"type": [*_SCALAR, "null"]},
        "texts": _list_of({"type": [*_SCALAR, "null"]}),
        "date": _text_of(patterns.DATE),
        "effect_date": _text_of("|".join((*_EFFECT_WORDS, patterns.DATE))),
        "moment": _text_of(patterns.MOMENT),
        "bool": {
            "anyOf": [
                {"enum": [True, False, "是", "否", None]},
                _text_of("|".join(map(patterns.any_case, _TRUTH_WORDS))),
            ]
        },
        "integer": {
            "type": ["integer", "string", "null"],
            "minimum": 0,
            "maximum": 999_999_999_999,
            "pattern": patterns.blank_or(patterns.INTEGER),
        },
        "id": {"type": [*_SCALAR, "null"], "minimum": 0, "pattern": rf"^\s*$|{patterns.whole(patterns.ID)}"},
        "doc_number": _text_of(patterns.DOC_NUMBER),
        "references": _list_of({"type": [*_SCALAR, "null"], "pattern": patterns.REFERENCE}),
    }
)
"""The forms without keys of their own, to which the fields refer."""


def _shared(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


_TEXT, _DATE, _REFERENCES = _shared("text"), _shared("date"), _shared("references")
_RECORD: Schema = {"type": "object", "propertyNames": {"pattern": r"\S"}}
_FORMS: Mapping[FieldForm, Callable[[FieldSpec], Schema]] = MappingProxyType(
    {
        FieldForm.TEXT: _always(_TEXT),
        FieldForm.TEXTS: _always(_shared("texts")),
        FieldForm.DATE: _always(_DATE),
        FieldForm.EFFECT_DATE: _always(_shared("effect_date")),
        FieldForm.MOMENT: _always(_shared("moment")),
        FieldForm.BOOL: _always(_shared("bool")),
        FieldForm.INTEGER: _always(_shared("integer")),
        FieldForm.ID: _always(_shared("id")),
        FieldForm.INDEX_NO: _always(_TEXT),
        FieldForm.DOC_NUMBER: _always(_shared("doc_number")),
        FieldForm.TERM: _one_of_terms,
        FieldForm.TERMS: lambda spec: _list_of(_one_of_terms(spec)),
        FieldForm.REFERENCES: _always(_REFERENCES),
        FieldForm.OUTSIDE_ACT: _always(_REFERENCES),
        FieldForm.PARTS: _parts,
        FieldForm.CLEANUP: _cleanup,
        FieldForm.ATTACHMENTS: _attachments,
        FieldForm.RECORD: _always(_or_empty(_RECORD)),
        FieldForm.CORRECTIONS: _corrections,
        FieldForm.ADDRESSES: _always(_shared("texts")),
        FieldForm.WITHDRAWAL: _withdrawal,
        FieldForm.REVIEW: _review,
    }
)
