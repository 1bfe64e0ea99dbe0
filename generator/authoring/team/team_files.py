"""Write the team files into the folder of a site: hook, workflow, publishing script, systemd units, nginx."""

from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.authoring.new_files import write_new
from generator.authoring.team.requirement import requirement_files
from generator.domain.problems import GongkaiError

_TEMPLATES = files("generator.authoring.team") / "templates"
_DOT = "dot-"  # a template of this name becomes a file whose name begins with a dot
_SERVER_CONFIG = "deploy/nginx.conf"
_PROGRAM_MODE = 0o755


class CodeHost(StrEnum):
    """Where the repository of a site is: which workflow files it needs."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"
    GITEE = "gitee"


class TeamFiles(NamedTuple):
    """The written files, and those that existed and were left as they are."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_team_files(folder: Path, code_host: CodeHost, base_url: str) -> TeamFiles:
    """Write the team files for a code host into the folder of a site; an existing file is never changed."""
    written: list[Path] = []
    kept: list[Path] = []
    for name, content in _all_files(code_host, base_url):
        place = folder / name
        if place.exists():
            kept.append(place)
            continue
        written.append(write_new(place, content))
        if content.startswith(b"#!"):
            place.chmod(_PROGRAM_MODE)
    return TeamFiles(tuple(written), tuple(kept))


def ignore_file() -> bytes:
    """Return the content of ``.gitignore``: what git must not record of a site."""
    return (_TEMPLATES / "common" / f"{_DOT}gitignore").read_bytes()


def server_config(base_url: str) -> str:
    """Return the configuration of nginx for the address of a site."""
    from jinja2 import Environment, StrictUndefined

    address = urlsplit(base_url)
    template = Environment(  # noqa: S701 - no HTML; the values are parts of an address that the config has checked
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    ).from_string((_TEMPLATES / "common" / _SERVER_CONFIG).read_text(encoding="utf-8"))
    return template.render(
        base_url=base_url,
        host=address.hostname,
        port=address.port or 80,
        path=address.path or "/",
        is_https=address.scheme == "https",
    )


def _all_files(code_host: CodeHost, base_url: str) -> Iterator[tuple[str, bytes]]:
    yield from requirement_files()
    for group in ("common", code_host.value):
        for name, template in _templates(_TEMPLATES / group):
            is_server_config = name == _SERVER_CONFIG
            yield name, server_config(base_url).encode() if is_server_config else template.read_bytes()


def _templates(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = prefix + (f".{entry.name.removeprefix(_DOT)}" if entry.name.startswith(_DOT) else entry.name)
        if entry.is_dir():
            yield from _templates(entry, f"{name}/")
        else:
            yield name, entry


def code_host_of(name: str) -> CodeHost:
    """Return a code host by its name; raises ``GongkaiError`` for an unknown one."""
    try:
        return CodeHost(name.strip().lower())
    except ValueError:
        raise GongkaiError(f"没有“{name}”这种代码平台", f"可用：{'、'.join(CodeHost)}") from None
