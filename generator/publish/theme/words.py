"""The words of a theme from ``locale.yaml``; the site's replace the default ones."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from generator.domain.problems import ConfigError
from generator.support import yaml_text

WordGroups: TypeAlias = Mapping[str, Mapping[str, str]]
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")


def read_words(path: Path, defaults: WordGroups) -> dict[str, dict[str, str]]:
    """Return the words of a file, by group and key, over the ``defaults``.

    Raises ``ConfigError`` where the file cannot be read, or a word has a placeholder that the default word does not
    have: words go through ``str.format``, which can also read attributes of values or add a million spaces.
    """
    try:
        tree = yaml_text.parse(path.read_text(encoding="utf-8-sig"))
    except yaml_text.YamlTextError as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}", error.hint) from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: 读不了", "应为 UTF-8 编码的 YAML") from None
    if not isinstance(tree, yaml_text.Mapping):
        raise ConfigError(f"{path}:1: 应是“名称: 词语”的形式")
    words = {group: dict(values) for group, values in defaults.items()}
    for group, (_, node) in tree.items.items():
        if isinstance(node, yaml_text.Mapping):
            words.setdefault(group, {})
            for key, (line, value) in node.items.items():
                if isinstance(value, yaml_text.Scalar):
                    text = value.text or ""
                    _check(
                        text, defaults.get(group, {}).get(key) if defaults else text, f"{path}:{line}: {group}.{key}"
                    )
                    words[group][key] = text
    return words


def _check(text: str, default: str | None, location: str) -> None:
    """Raise ``ConfigError`` where a word has a placeholder that the default word does not have."""
    allowed = set(_PLACEHOLDER.findall(default if default is not None else text))
    used = set(_PLACEHOLDER.findall(text))
    if used <= allowed and not set("{}") & set(_PLACEHOLDER.sub("", text)):
        return
    names = "、".join(f"{{{name}}}" for name in sorted(allowed))
    hint = f"这里可以写 {names}" if names else "这个词里不能用花括号"
    raise ConfigError(f"{location}: 花括号里的“{text[:40]}”不能用", hint)
