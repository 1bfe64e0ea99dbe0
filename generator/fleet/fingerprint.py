"""A cheap fingerprint of everything that a site is made of: names, sizes and times of files, and the commit.

It reads no file but the config, so that a platform of many sites is compared in seconds. A site with another
fingerprint is built, and its build compares the contents.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.fleet.sources import SiteSource
from generator.source.history.repository import head_commit
from generator.source.theme_files import default_theme
from generator.support.cache import code_digest, digest

_VALUES = re.compile(r"[:,{}\[\]\n#]")
_MOST_CONFIG = 1_000_000


class Fingerprints:
    """Fingerprints of sites in one run; what several sites share, also by ``settings``, is looked at once."""

    def __init__(self, platform: Path, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._commits: dict[Path, str] = {}
        shared = (*_files(platform / "themes"), *_files(default_theme()))
        self.shared = digest(code_digest(), *shared)

    def of(self, source: SiteSource) -> str:
        """Return the fingerprint of a site."""
        folder = source.folder
        named = (f"{name} {_stat(folder / name)}" for name in named_files(source.config_path, self._settings))
        stats = (*_beside(folder), *named, *_files(folder / "content"), *_files(folder / "themes"))
        return digest(self.shared, str(folder), source.commit or self._commit(folder), *stats)

    def _commit(self, folder: Path) -> str:
        """Return the commit of the repository that holds a folder; git is asked once for each repository."""
        place = folder.resolve()
        top = next((one for one in (place, *place.parents) if (one / ".git").exists()), None)
        if top is None:
            return ""
        if top not in self._commits:
            self._commits[top] = head_commit(folder) or ""
        return self._commits[top]


def output_stamp(folder: Path) -> str:
    """Return the size and time of the manifest of a built site; empty where there is none."""
    try:
        facts = (folder / "manifest.json").stat()
    except OSError:
        return ""
    return f"{facts.st_size}:{facts.st_mtime_ns}:{facts.st_ino}"


def named_files(config_path: Path, settings: Mapping[str, Any]) -> list[str]:
    """Return the files in folders of a site that its config, or the shared settings, may name: a catalogue, a register.

    Every value with a slash that is such a file counts, whatever its setting.
    """
    folder = config_path.parent
    try:
        with config_path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_MOST_CONFIG)
    except OSError:
        text = ""
    values = {value.strip().strip("'\"") for value in (*_VALUES.split(text), *_texts(settings))}
    inside = (value for value in values if "/" in value.strip("/") and ".." not in value.split("/"))
    return sorted(value for value in inside if not value.startswith("/") and _stat(folder / value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _all_texts(value.values())
    elif isinstance(value, list | tuple):
        yield from _all_texts(value)


def _all_texts(values: Iterable[Any]) -> Iterator[str]:
    for one in values:
        yield from _texts(one)


def _stat(place: Path) -> str:
    """Return size, times and inode of a file; empty where it is none."""
    try:
        facts = place.stat()
    except (OSError, ValueError):
        return ""
    return f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}" if place.is_file() else ""


def _beside(folder: Path) -> Iterator[str]:
    """Yield the files beside the config: the config itself, a catalogue."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_file() and not entry.name.startswith("."):
            yield _line(entry.name, entry)


def _files(folder: Path, inside: str = "") -> Iterator[str]:
    """Yield name, size and times of every file in a folder, in the order of their names."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = f"{inside}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder / entry.name, name)
        else:
            yield _line(name, entry)


def _line(name: str, entry: "os.DirEntry[str]") -> str:
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError:
        return f"{name} ?"
    return f"{name} {facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"
