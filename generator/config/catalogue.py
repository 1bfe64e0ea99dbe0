"""标准目录: the catalogue of items that must be public, from CSV, xlsx or YAML beside the config (CAT-05, CAT-06).

The columns are those of the national form, under the names that ``catalogue_headings`` knows.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from generator.config.catalogue_headings import item_rows, key_of
from generator.config.settings import NO_PERIOD, read_period
from generator.domain.model import CatalogueItem
from generator.domain.problems import ConfigError
from generator.support import yaml_text
from generator.support.own_file import read_own_file
from generator.support.table_files import TABLE_FILES, read_rows
from generator.support.tables import read_text


def read_catalogue(folder: Path, name: str) -> tuple[CatalogueItem, ...]:
    """Read the catalogue that the config in a folder names.

    Raises ``ConfigError`` with the file, the line and a hint.
    """
    hint = "catalogue 写配置文件旁边的 CSV、xlsx 或 YAML 文件"
    try:
        data = read_own_file(folder, folder / name, f"公开目录 {name}", hint=hint)
    except FileNotFoundError:
        raise ConfigError(f"公开目录 {name}: 没有这个文件", hint) from None
    label = f"公开目录 {name}"
    if name.lower().endswith(TABLE_FILES):
        rows = item_rows(list(read_rows(data, label, error=ConfigError)), label, merged=name.lower().endswith(".xlsx"))
    else:
        rows = _rows_of_yaml(read_text(data, label, error=ConfigError), name)
    items: dict[str, CatalogueItem] = {}
    for line, row in rows:
        item = _item(row, name, line)
        if item.id in items:
            message = f"公开目录 {name}:{line}: 事项“{item.id}”和第 {items[item.id].line} 行相同"
            raise ConfigError(message, "每个事项一个编号；没有编号的，名称不能相同")
        items[item.id] = item
    if not items:
        raise ConfigError(f"公开目录 {name}: 没有事项", "第一行写列名，以后每行一个事项")
    return tuple(items.values())


def _rows_of_yaml(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        tree = yaml_text.parse(text)
    except yaml_text.YamlTextError as error:
        raise ConfigError(f"公开目录 {name}:{error.line}: {error.message}", error.hint) from None
    if not isinstance(tree, yaml_text.Sequence):
        raise ConfigError(f"公开目录 {name}:1: 应是事项的列表", "每个事项以“- ”开头，下面每行“名称: 值”")
    for node in tree.items:
        if not isinstance(node, yaml_text.Mapping):
            raise ConfigError(f"公开目录 {name}:{node.line}: 事项应是“名称: 值”", "写 item_name、update_every 等")
        yield (
            node.line,
            {key_of(key, f"公开目录 {name}:{line}"): _cell_text(value) for key, (line, value) in node.items.items()},
        )


def _cell_text(node: yaml_text.Node) -> str:
    if isinstance(node, yaml_text.Scalar):
        return (node.text or "").strip()
    nodes = node.items if isinstance(node, yaml_text.Sequence) else [value for _, value in node.items.values()]
    return "；".join(_cell_text(item) for item in nodes)


def _item(row: Mapping[str, str], path: str, line: int) -> CatalogueItem:
    levels = [row.get(key, "") for key in ("item_level1", "item_level2")]
    name = row.get("item_name") or " ".join(level for level in levels if level)
    if not name:
        raise ConfigError(f"公开目录 {path}:{line}: 没有公开事项名称", "填上 item_name（公开事项名称）")
    period = row.get("update_every", "")
    every = read_period(period)
    if period and every is None and period not in NO_PERIOD:
        raise ConfigError(
            f"公开目录 {path}:{line}: 更新频次“{period[:40]}”看不懂", "写成 14日、每月、每季度、半年、每年，或 不定期"
        )
    return CatalogueItem(
        row.get("id") or name, name, row.get("column", ""), every, path, line, MappingProxyType(dict(row))
    )
