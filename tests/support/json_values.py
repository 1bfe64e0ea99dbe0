"""What editors see of YAML: JSON values, as the readers of YAML 1.1 and of YAML 1.2 give them to a schema."""

import datetime as dt
import json
import re
from typing import Any

import yaml


class _Core(yaml.SafeLoader):
    """YAML 1.2 with its core schema, as in VS Code: dates, ``yes`` and ``on`` are texts."""


_Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), [*_first, ""])


class _Old(yaml.SafeLoader):
    """YAML 1.1; a day that does not exist stays a text."""


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Old.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def json_of_yaml_11(text: str) -> Any:
    """Return YAML as a reader of version 1.1 gives it to a schema: dates as ISO texts, ``on`` as true."""
    return json.loads(json.dumps(yaml.load(text, Loader=_Old), default=_iso))  # noqa: S506 - a safe loader


def json_of_yaml_12(text: str) -> Any:
    """Return YAML as a reader of version 1.2 gives it to a schema."""
    return json.loads(json.dumps(yaml.load(text, Loader=_Core)))  # noqa: S506 - a safe loader


def _iso(value: object) -> str:
    assert isinstance(value, dt.date)
    return value.isoformat()
