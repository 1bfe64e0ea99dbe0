"""The folders of themes and the files in them; links that lead out of a theme and devices are refused."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import Problem, reason_of

_MOVE = "把文件本身复制到主题里；符号链接可能指向站外，或不公开的文件"


class ThemeFiles(NamedTuple):
    """The files of a folder by their path in it, and those that are not read, each with its problem."""

    files: Mapping[str, Path]
    refused: Mapping[str, Problem]


def default_theme() -> Path:
    """Return the folder of the default theme: inside the wheel, else beside the package in a checkout."""
    inside = Path(__file__).resolve().parent.parent / "themes" / "default"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "themes" / "default"


def own_theme(project: Path, name: str) -> Path | None:
    """Return the folder of a site's own theme; ``None`` where it has none, or it is the default one."""
    folder = project / "themes" / name
    return folder if folder.is_dir() and folder.resolve() != default_theme() else None


def list_theme(project: Path, folder: Path) -> ThemeFiles:
    """Return the files of a theme, and apart from them the links and devices that are refused.

    A link that stays inside the folder counts as a file of it.
    """
    files: dict[str, Path] = {}
    refused: dict[str, Problem] = {}
    root = folder.resolve()
    if folder != default_theme() and root != project.resolve() / folder.relative_to(project):
        return ThemeFiles({}, {"": Problem("F008", "主题的文件夹是指向别处的符号链接，没有读取", _MOVE)})
    _walk(folder, "", root, files, refused)
    return ThemeFiles(dict(sorted(files.items())), dict(sorted(refused.items())))


def _walk(folder: Path, inside: str, root: Path, files: dict[str, Path], refused: dict[str, Problem]) -> None:
    try:
        entries = list(os.scandir(folder / inside))
    except FileNotFoundError:
        return
    except OSError as error:
        refused[inside] = Problem("F008", f"文件夹读不了：{reason_of(error)}", "检查文件夹的权限")
        return
    for entry in entries:
        path = f"{inside}/{entry.name}" if inside else entry.name
        place = folder / path
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            _walk(folder, path, root, files, refused)
        elif stat.S_ISLNK(mode) and not _stays_in(place, root):
            refused[path] = Problem("F008", "是指向主题之外的符号链接，没有读取", _MOVE)
        elif stat.S_ISREG(mode) or (stat.S_ISLNK(mode) and place.is_file()):
            files[path] = place
        elif not stat.S_ISLNK(mode):
            refused[path] = Problem("F008", "不是普通文件，没有读取", "从主题里移走")


def _stays_in(link: Path, root: Path) -> bool:
    """Whether a link leads to a file inside a folder, or of the default theme."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_relative_to(root) or target.is_relative_to(default_theme())


def theme_files(project: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of every theme that a site could use, with its content; of a refused one its problem."""
    for folder in (project / "themes", default_theme()):
        if not folder.is_dir():
            continue
        listed = list_theme(project, folder)
        for name, path in listed.files.items():
            yield f"{folder}/{name}", path.read_bytes()
        for name, problem in listed.refused.items():
            yield f"{folder}/{name}", problem.message.encode()
