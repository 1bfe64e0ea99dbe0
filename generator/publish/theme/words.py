"""The words of a theme: ``locale.yaml``, the site's own over the default ones."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from generator.domain.problems import ConfigError
from generator.support import yaml_text

WordGroups: TypeAlias = Mapping[str, Mapping[str, str]]
_PLACE = re.compile(r"\{([A-Za-z_]\w*)\}")


def read_words(path: Path, under: WordGroups) -> dict[str, dict[str, str]]:
    """Return the words of a file over those of another one.

    Raises ``ConfigError`` where the file cannot be read, or a word asks for a value that its place does not give:
    words are filled in by ``str.format``, which would also give parts of values, or a million blanks.
    """
    try:
        tree = yaml_text.parse(path.read_text(encoding="utf-8-sig"))
    except yaml_text.YamlTextError as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}", error.hint) from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: 读不了", "应为 UTF-8 编码的 YAML") from None
    if not isinstance(tree, yaml_text.Mapping):
        raise ConfigError(f"{path}:1: 应是“名称: 词语”的形式")
    words = {group: dict(values) for group, values in under.items()}
    for group, (_, node) in tree.items.items():
        if isinstance(node, yaml_text.Mapping):
            words.setdefault(group, {})
            for key, (line, value) in node.items.items():
                if isinstance(value, yaml_text.Scalar):
                    text = value.text or ""
                    _check(text, under.get(group, {}).get(key) if under else text, f"{path}:{line}: {group}.{key}")
                    words[group][key] = text
    return words


def _check(text: str, default: str | None, place: str) -> None:
    """Make sure that a word asks for nothing but what the default word for the same place asks for."""
    given = set(_PLACE.findall(default if default is not None else text))
    asked = set(_PLACE.findall(text))
    if asked <= given and not set("{}") & set(_PLACE.sub("", text)):
        return
    names = "、".join(f"{{{name}}}" for name in sorted(given))
    hint = f"这里可以写 {names}" if names else "这个词里不能用花括号"
    raise ConfigError(f"{place}: 花括号里的“{text[:40]}”不能用", hint)
