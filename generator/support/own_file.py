"""Read the files beside the config: regular files only, and none that a link leads to elsewhere."""

import stat
from pathlib import Path

from generator.domain.problems import ConfigError, reason_of

_HINT = "把文件本身放进网站文件夹；符号链接可能指向站外，或不公开的文件"


def leads_out(project: Path, path: Path) -> bool:
    """Whether a link anywhere in the path of a file or folder of a project leads out of it, or into ``content/``."""
    root = project.resolve()
    try:
        place = path.resolve()
    except (OSError, RuntimeError):
        return True
    content = root / "content"
    hidden = place.is_relative_to(content) and not path.absolute().is_relative_to(project.absolute() / "content")
    return not place.is_relative_to(root) or hidden


def read_own_file(project: Path, path: Path, name: str, *, hint: str = "") -> bytes:
    """Return the content of a file of a project; messages call it ``name``.

    Raises ``FileNotFoundError`` where there is none and ``ConfigError`` where it cannot or must not be read.
    """
    if leads_out(project, path):
        raise ConfigError(f"{name}: 在网站的文件夹之外，或经符号链接指向别处，没有读取 (F008)", hint or _HINT)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ConfigError(f"{name}: 不是普通文件，没有读取 (F008)", hint or _HINT)
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ConfigError(f"{name}: 读不了（{reason_of(error)}）", hint) from None
