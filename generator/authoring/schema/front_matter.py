"""``gongkai schema front-matter``: the JSON Schema of the fields at the head of a source file."""

from generator.authoring.schema import DRAFT, Schema
from generator.authoring.schema.value_forms import DEFINITIONS, field_schema, needs, written_keys
from generator.domain.vocabulary import FIELDS, Kind

# The contract demands 公开属性 of every document; G001 checks it, not the table of fields.
_ALWAYS = ("disclosure",)


def front_matter_schema() -> Schema:
    """Return the schema of the front matter of one file, in both languages.

    What a kind requires is required only where the file itself gives the kind, and the file is no draft: a schema does
    not see the folder.
    """
    properties = {word: field_schema(spec) for spec in FIELDS.values() for word in written_keys(spec)}
    return {
        "$schema": DRAFT,
        "title": "gongkai 源文件的 front matter",
        "description": "政府信息公开专栏一份文件的元数据；英文名和中文名写哪一个都行，同一个字段只写一次",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "allOf": [_required_of(kind) for kind in Kind],
        "definitions": dict(DEFINITIONS),
    }


def _required_of(kind: Kind) -> Schema:
    words = {
        "anyOf": [
            {"required": [word], "properties": {word: {"enum": [kind.value, kind.label, *kind.aliases]}}}
            for word in written_keys(FIELDS["kind"])
        ]
    }
    required = [spec for spec in FIELDS.values() if kind in spec.required or spec.key in _ALWAYS]
    condition = {"allOf": [words, {"not": _draft()}]}
    return {"if": condition, "then": {"allOf": [needs(written_keys(spec)) for spec in required]}}


def _draft() -> Schema:
    yes = {"enum": [True, "是", "true", "yes", "on"]}
    return {"anyOf": [{"required": [word], "properties": {word: yes}} for word in written_keys(FIELDS["draft"])]}
