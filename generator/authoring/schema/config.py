"""``gongkai schema config``: the JSON Schema of ``site_config.yaml``, from the settings models.

Pydantic knows the names, types and bounds. What it does not know is added: that the config is read as text (a postcode
may look like a number), that an empty setting keeps its default, the Chinese names, and what validators check.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from generator.audit.registry import FIXED, RULES
from generator.authoring.schema import DRAFT, Schema, patterns
from generator.authoring.schema.setting_words import SETTING_WORDS
from generator.authoring.schema.value_forms import as_read, term_schema
from generator.config.limit_presets import known_presets
from generator.config.load import SiteConfig
from generator.config.settings import NO_PERIOD
from generator.domain.vocabulary import (
    REQUEST_KEYS,
    REVIEW_WORDS,
    SIGNATORIES,
    SITE_KEYS,
    STATUTORY_ITEMS,
    AccountState,
    DocType,
    Element,
    Kind,
    review_key,
)

_GROUPS = {"site": "网站", "request": "依申请公开"}
_LABELS: Mapping[str, Mapping[str, str]] = {"": _GROUPS, "site": SITE_KEYS, "request": REQUEST_KEYS}
_BOOL_WORDS = ("true", "false", "yes", "no", "on", "off", "t", "f", "y", "n")
_ADDRESS = r"[Hh][Tt][Tt][Pp][Ss]?://[^/?#\s][^?#\s]*"
_MAILBOX = r"[^@\s<>]+@[^@\s<>.]+(?:\.[^@\s<>.]+)+"
_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DAYS: Schema = {"pattern": patterns.whole(rf"{_DAY}(?:\s*(?:至|到|~|\.\.)\s*{_DAY})?")}
_PERIODS = (
    *("每日", "每天", "每周", "每月", "每季度", "每半年", "半年", "每年", "年度", "每年度"),
    *("按月", "按季度", "按年", "季度", "月度", *NO_PERIOD),
)
_PERIOD: Schema = {
    "pattern": patterns.whole(rf"每?\s*0*[1-9][0-9]{{0,3}}\s*个?(?:工作日|日|天|周|月|季度|年)|{'|'.join(_PERIODS)}")
}
_PEOPLE: Schema = {"enum": [word for word in REVIEW_WORDS if review_key(word) in SIGNATORIES]}
_LINE: Schema = {"pattern": r"\S"}
_PRESET: Schema = {"enum": sorted(known_presets())}


def _with(name: str) -> Schema:
    """Return the demand that a mapping has a key; strict readers want to see it among the properties, too."""
    return {"required": [name], "properties": {name: {}}}


# What validators of the models check, by the place of the setting; ``[]`` is an item of a list or a value of a mapping.
_CHECKED: Mapping[str, Schema] = MappingProxyType(
    {
        "site.title": _LINE,
        "site.agency": _LINE,
        "site.base_url": {"pattern": f"^{_ADDRESS}$"},
        "site.email": {"pattern": f"^(?:{_MAILBOX})?$"},
        "accounts.url": {"pattern": f"^(?:{_ADDRESS}(?:[?#].*)?)?$"},
        "accounts.state": term_schema(AccountState),
        "request.email": {"pattern": f"^(?:{_MAILBOX})?$"},
        "request.online": {"pattern": f"^(?:{_ADDRESS}(?:[?#].*)?)?$"},
        "editor.server": {"pattern": f"^(?:{_ADDRESS})?$"},
        "interpretation.also_required[]": term_schema(DocType),
        "interpretation.elements[]": term_schema(Element),
        "review.required_kinds[]": term_schema(Kind),
        "review.roles.authors[]": _PEOPLE,
        "review.roles.reviewers[]": _PEOPLE,
        "holidays.local.days[]": _DAYS,
        "holidays.years.off[]": _DAYS,
        "holidays.years.work[]": _DAYS,
        "holidays.years": {"propertyNames": {"pattern": "^[0-9]{4}$"}},
        "deadlines.column_updates[]": _PERIOD,
        "deadlines.statutory_updates": {"propertyNames": {"enum": [str(number) for number in STATUTORY_ITEMS]}},
        "deadlines.statutory_updates[]": _PERIOD,
        "rules": {"propertyNames": {"enum": sorted(name for name in RULES if not name.startswith(FIXED))}},
        "limits[]": _PRESET,
        "laws[]": {"anyOf": [_with("name"), _with("number")]},
        "attachments.allow[]": {"oneOf": [_with("kind"), _with("file")]},
    }
)
_SHORT_FORMS: Mapping[str, Schema] = {
    "limits": {"type": "string", **_PRESET, "description": "简写：只有一项的，直接写名称"},
    "search": {"type": "string", "enum": ["full", "none"], "description": "简写：只写要不要全文索引"},
    "search.synonyms[]": {"type": "string", "pattern": r"[^=＝]+[=＝][^=＝]+", "description": "简写：社保=社会保险"},
    "attachments.allow": {
        "type": "object",
        "additionalProperties": {"type": ["string", "number", "boolean"]},
        "description": "简写：后缀或文件路径: 理由",
    },
}


def config_schema() -> Schema:
    """Return the schema of the config, with the Chinese names that it knows."""
    made = SiteConfig.model_json_schema()
    models = made.pop("$defs", {})
    return {
        "$schema": DRAFT,
        **_Transformer(models).object(made, ""),
        "title": "gongkai 的配置 site_config.yaml",
        "description": "一个政府信息公开专栏的全部设置；最少写 site 之下的 title、agency、base_url",
    }


class _Transformer:
    """Turns what Pydantic writes about the models into the schema of what a webmaster may write."""

    def __init__(self, models: Mapping[str, Any]) -> None:
        self._models = models

    def object(self, schema: Mapping[str, Any], place: str) -> Schema:
        """Return the schema of a group of settings at a place."""
        place = place.replace("[]", "")
        labels = _LABELS.get(place, {})
        properties: Schema = {}
        for name, inner in schema["properties"].items():
            inner_place = f"{place}.{name}" if place else name
            made = _may_be_empty(self.value(inner, inner_place))
            if words := SETTING_WORDS.get(inner_place):
                made["description"] = words
            for word in (*as_read(name), labels.get(name)):
                if word:
                    properties[word] = made
        result: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        required = list(_required(schema, labels))
        return {**result, "allOf": required} if required else result

    def value(self, schema: Mapping[str, Any], place: str) -> Schema:
        """Return the schema of the value of a setting."""
        made = self._value(schema, place)
        checked = _CHECKED.get(place, {})
        if "anyOf" in checked:  # fixed terms in either language, where the model knows only the codes
            made.pop("enum", None)
        made.update(checked)
        if place in _SHORT_FORMS:
            made = {"anyOf": [made, _SHORT_FORMS[place]]}
        if isinstance(schema.get("default"), str | int) and schema["default"] != "":
            made["default"] = schema["default"]
        return made

    def _value(self, schema: Mapping[str, Any], place: str) -> Schema:
        if "$ref" in schema:
            return self._value(self._models[schema["$ref"].rpartition("/")[2]], place)
        if "anyOf" in schema:
            made = [self._value(part, place) for part in schema["anyOf"] if part.get("type") != "null"]
            return made[0] if len(made) == 1 else {"anyOf": made}
        bounds = {key: schema[key] for key in _KEPT if key in schema}
        match schema.get("type"):
            case "object" if "properties" in schema:
                return self.object(schema, place)
            case "object":
                item = schema.get("additionalProperties")
                inner = self.value(item, f"{place}[]") if isinstance(item, dict) else {}
                return {"type": "object", **bounds, "additionalProperties": _may_be_empty(inner)}
            case "array":
                return {"type": "array", **bounds, "items": self.value(schema["items"], f"{place}[]")}
            case kind:
                return _scalar(str(kind), schema, bounds)


def _scalar(kind: str, schema: Mapping[str, Any], bounds: Schema) -> Schema:
    """Return the schema of a single value: all are read as text, so YAML's other types are texts, too."""
    if "enum" in schema or "const" in schema:
        return {"enum": list(schema.get("enum", [schema.get("const")]))}
    if kind == "boolean":
        words = "|".join(map(patterns.any_case, _BOOL_WORDS))
        return {"type": ["boolean", "string"], "pattern": f"^(?:{words})$"}
    if kind == "integer":
        return {"type": ["integer", "string"], "pattern": r"^\s*[0-9]+\s*$", **bounds}
    if kind == "number":
        return {"type": ["number", "string"], "pattern": r"^\s*[0-9]+(?:\.[0-9]+)?\s*$", **bounds}
    if schema.get("format") == "date":
        return {"type": "string", "pattern": f"^{_DAY}$"}
    return {"type": ["string", "number", "boolean"], **bounds} if kind == "string" else {}


_KEPT = ("pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems")


def _may_be_empty(schema: Schema) -> Schema:
    """Return a schema that accepts an empty value too, which leaves the default."""
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, "null"]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {"anyOf": [*schema.pop("anyOf", []), {"type": "null"}], **schema}


def _required(schema: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Schema]:
    for name in schema.get("required", ()):
        words = [word for word in (name, labels.get(name)) if word]
        filled = {"not": {"type": "null"}}
        options = [{"required": [word], "properties": {word: filled}} for word in words]
        yield options[0] if len(options) == 1 else {"anyOf": options}
