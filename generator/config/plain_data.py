"""The settings of a YAML text as plain data, under their English names and with their lines; settings over others."""

from collections.abc import Mapping
from typing import Any

from generator.config.messages import GROUPS, LABELS, Lines
from generator.domain.problems import Problem
from generator.support import yaml_text


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings over others: groups are merged, everything else is replaced."""
    result = dict(under)
    for key, value in over.items():
        below = under.get(key)
        result[key] = merged(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return result


def cut_site_fact(tree: yaml_text.Mapping) -> Problem | None:
    """Return the problem of the first fact of the site whose words behind `` #`` YAML takes for a comment."""
    group = next((node for name, (_, node) in tree.items.items() if GROUPS.get(name, name) == "site"), None)
    for name, (_, node) in group.items.items() if isinstance(group, yaml_text.Mapping) else ():
        if isinstance(node, yaml_text.Scalar) and node.is_cut():
            message = f"“{name}”的值在“#”前断开，后面的“{node.comment[:40]}”会丢掉"
            hint = f'给整个值加引号："{node.text or ""} {node.comment}"；真是注释的，在“#”后面加一个空格'
            return Problem("", message, hint, node.comment_line)
    return None


def plain_data(node: yaml_text.Node, place: tuple[str | int, ...], lines: Lines) -> Any:
    """Return settings as plain data under their English names; ``lines`` gets the line of each by its place."""
    lines.setdefault(place, node.line)
    if isinstance(node, yaml_text.Scalar):
        return node.text
    if isinstance(node, yaml_text.Sequence):
        return [plain_data(item, (*place, number), lines) for number, item in enumerate(node.items)]
    english = {label: key for key, label in LABELS.get(place, {}).items()} if place else GROUPS
    result: dict[str, Any] = {}
    for name, (line, value) in node.items.items():
        key = english.get(name, name) if len(place) < 2 else name
        if key in result:
            raise yaml_text.YamlTextError(f"“{name}”和“{key}”是同一个设置，写了两次", line, "删去其中一个")
        lines[(*place, key)] = line
        if not (isinstance(value, yaml_text.Scalar) and value.text is None):  # an empty setting keeps its default
            result[key] = plain_data(value, (*place, key), lines)
    return result
