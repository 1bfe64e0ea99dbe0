"""JSON Schemas (draft-07) of the front matter and of the config, for editors, made from vocabulary and settings."""

from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]
"""One JSON Schema, or a part of one."""

DRAFT = "http://json-schema.org/draft-07/schema#"
