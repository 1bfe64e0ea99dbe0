"""The front matter of a source file with the place of every key and value in the file."""

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from generator.source.front_matter.read import decode, read_front_matter
from generator.support import yaml_text

_BLOCK = re.compile(r"\A\n*---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)


class Source(NamedTuple):
    """One source file: its text, where its front matter begins in it, and that as a tree of YAML nodes."""

    path: Path
    text: str
    start: int
    root: yaml.MappingNode


def read_source(path: Path) -> Source | None:
    """Return a source file; ``None`` where its front matter cannot be read."""
    text = decode(path.read_bytes())
    if not isinstance(text, str):
        return None
    block = _BLOCK.match(text)
    if block is None or not read_front_matter(text).fields:
        return None
    try:
        yaml_text.parse(block[1])  # no anchors, no tags, no depth: now the tree can be made
        root = yaml.compose(block[1], Loader=yaml.SafeLoader)
    except (yaml_text.YamlTextError, yaml.YAMLError):
        return None
    return Source(path, text, block.start(1), root) if isinstance(root, yaml.MappingNode) else None


def source_files(project: Path) -> list[Path]:
    """Return the source files of a project, in order."""
    paths = (project / "content").rglob("*.md")
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())
