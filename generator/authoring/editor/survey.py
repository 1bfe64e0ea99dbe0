"""Find what the editor cannot show of the sources that are there, so that nobody is surprised by an empty field."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from generator.authoring.editor import Options
from generator.authoring.editor.front_matter_places import read_source, source_files
from generator.domain.vocabulary import field_key

_ELSEWHERE = "不在各类信息的文件夹里，编辑器列不出来"
_KEYS = "用了中文字段名或别名，在编辑器里是空的"
_SINGLE = "在可以写几项的字段里写了单独一项，在编辑器里是空的"
_WORDS = "的固定取值写了中文，在编辑器里是空的"
_NO_ID = "没有写编号，在编辑器里保存时要补上"
CONVERTIBLE = frozenset({_KEYS, _SINGLE, _WORDS, _NO_ID})
"""The obstacles that ``gongkai editor --convert`` removes."""


def obstacles(project: Path, configuration: Options) -> Mapping[str, int]:
    """Return what the editor does not show, as Chinese texts with the number of files."""
    collections = {collection["name"]: collection for collection in configuration["collections"]}
    counts: Counter[str] = Counter()
    for path in source_files(project):
        folder, *rest = path.relative_to(project / "content").parts
        collection = collections.get(folder)
        if collection is None or len(rest) != 1:
            counts[_ELSEWHERE] += 1
        elif source := read_source(path):
            fields = {field["name"]: field for field in collection["fields"]}
            counts.update(set(_of_fields(source.root, fields)))
    return counts


def _of_fields(root: yaml.MappingNode, fields: Mapping[str, Options]) -> Iterator[str]:
    if not any(field_key(name.value) == "id" for name, _ in root.value):
        yield _NO_ID
    for name, value in root.value:
        key = field_key(name.value)
        field = fields.get(key or "")
        if key is not None and key != name.value:
            yield _KEYS
        if field is None or not isinstance(value, yaml.ScalarNode) or not value.value:
            continue
        if field["widget"] == "list" or field.get("multiple"):
            yield _SINGLE
        elif field["widget"] == "select" and value.value not in {choice["value"] for choice in field["options"]}:
            yield _WORDS
