"""``gongkai editor``: write the folder ``admin/`` beside the config."""

import hashlib
import re
from pathlib import Path

import yaml

from generator.authoring.editor.configuration import Backend, editor_configuration
from generator.authoring.editor.page import START, index_page
from generator.config.load import SiteConfig
from generator.config.settings import EDITOR_FOLDER
from generator.domain.problems import GongkaiError
from generator.support.own_file import leads_out

_SEAL = re.compile(r"校验码 ([0-9a-f]{16})")
_HEAD = "由 gongkai editor 生成，校验码 {}。改了配置、升级了程序以后重新运行它；手工改过的不会被覆盖。"
_COMMENTS = {"config.yml": ("# ", ""), "index.html": ("<!-- ", " -->"), "start.js": ("// ", "")}


def write_editor(project: Path, config: SiteConfig, backend: Backend) -> list[Path]:
    """Write the editor's files and return their paths.

    Raises ``GongkaiError`` where one was changed by hand, or the folder leads elsewhere; then nothing is written.
    """
    folder = project / EDITOR_FOLDER
    if folder.exists() and (not folder.is_dir() or leads_out(project, folder)):
        raise GongkaiError(f"{folder} 不是网站里的文件夹，没有写", "改名或移走它")
    tree = editor_configuration(config, backend, _place_in_repository(project) if backend is not Backend.LOCAL else "")
    contents = {
        "config.yml": yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000),
        "index.html": index_page(config.editor, backend),
        "start.js": START,
    }
    changed = [name for name in contents if _is_changed(folder / name)]
    if changed:
        raise GongkaiError(f"{folder / changed[0]} 手工改过，没有覆盖它", "把它改名或删去，再运行一次")
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(_sealed(name, content).encode())
    return [folder / name for name in contents]


class _Dumper(yaml.SafeDumper):
    """Write YAML without anchors, which the readers of both editors limit."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's
        """Write every value out."""
        return True


def _sealed(name: str, content: str) -> str:
    """Return a content with a comment that holds its sum; a page has the comment behind its first line."""
    opening, closing = _COMMENTS[name]
    comment = f"{opening}{_HEAD.format(_sum(content))}{closing}\n"
    first, line_feed, rest = content.partition("\n") if name.endswith(".html") else ("", "", content)
    return f"{first}{line_feed}{comment}{rest}"


def _is_changed(place: Path) -> bool:
    """Whether a file is there that does not hold what its sum says."""
    try:
        text = place.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError):
        return True
    seal = _SEAL.search(text)
    rest = "".join(line for line in text.splitlines(keepends=True) if not _SEAL.search(line))
    return seal is None or _sum(rest) != seal[1]


def _sum(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _place_in_repository(project: Path) -> str:
    """Return the path of the project in the repository that it is in, empty for its root or for none."""
    place = project.resolve()
    root = next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), place)
    relative = place.relative_to(root).as_posix()
    return "" if relative == "." else relative
