"""The files of the browser editor, as the preview serves them: those of ``admin/`` beside the config, nothing else."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from generator.config.settings import EDITOR_FOLDER
from generator.domain.problems import ConfigError
from generator.support.own_file import read_own_file

EDITOR_POLICY = "frame-ancestors 'none'"
"""What the page of the editor cannot forbid itself; the rest of its policy is in the page."""
_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".yml": "text/yaml; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".woff2": "font/woff2",
        ".wasm": "application/wasm",
    }
)


class EditorFile(NamedTuple):
    """An answer of the preview: a file of the editor, or that there is none."""

    data: bytes
    media_type: str
    status: HTTPStatus = HTTPStatus.OK


_MISSING = EditorFile("编辑器没有这个文件".encode(), "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND)


def has_editor(project: Path) -> bool:
    """Whether ``gongkai editor`` has written an editor for a project."""
    return (project / EDITOR_FOLDER / "index.html").is_file()


def editor_file(project: Path, path: str) -> EditorFile | None:
    """Return a file of the editor by its path in the folder; ``None`` where a project has no editor."""
    if not has_editor(project):
        return None
    names = (unquote(path) or "index.html").split("/")
    place = project.joinpath(EDITOR_FOLDER, *names)
    media_type = _MEDIA_TYPES.get(place.suffix.lower())
    if media_type is None or any(name in {"", ".", ".."} or "\\" in name or "\x00" in name for name in names):
        return _MISSING
    try:
        return EditorFile(read_own_file(project, place, path), media_type)
    except (FileNotFoundError, ConfigError):
        return _MISSING
