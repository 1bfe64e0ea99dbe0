"""List the files under ``content/`` and compute the cache key of each text.

A text is read again only when its size, times or inode have changed since it was last read. A text that was
written less than two seconds before its last reading is always read again, because the file system's clock may
be too coarse to show a change.
"""

import os
import re
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from generator.domain.filenames import name_trap, same_name_key
from generator.domain.model import MediaFile
from generator.domain.problems import Problem, reason_of
from generator.domain.unseen import LINE_SEPARATORS, NOT_IN_TEXT, ZERO_WIDTH
from generator.support.cache import Cache, code_digest, digest
from generator.support.own_file import leads_out

_UNSEEN = re.compile(rf"[{NOT_IN_TEXT}{LINE_SEPARATORS}{ZERO_WIDTH}\t\n\r]")
_SETTLED_NS = 2_000_000_000
_STATE = "texts"  # the name of the cache's state with the readings


class Stamp(NamedTuple):
    """The size, times and inode of a text file; ``modified`` and ``changed`` in ns."""

    size: int
    modified: int
    changed: int
    inode: int


class Reading(NamedTuple):
    """The digest of a text's content, with the file's stamp at the time of reading; ``at`` is that time in ns."""

    stamp: Stamp
    content: str
    at: int


_Readings: TypeAlias = dict[str, Reading]


@dataclass(frozen=True, slots=True)
class Scan:
    """The texts with their cache keys, the other files, and the problems of files that were not read."""

    keys: Mapping[str, str]
    files: Mapping[str, MediaFile]
    problems: tuple[tuple[str, Problem], ...]


def key_of(path: str, content: str) -> str:
    """Return the cache key of a text from the digest of its content."""
    return digest(code_digest(), path, content)


def scan(project: Path, cache: Cache) -> Scan:
    """List ``content/`` and read the texts that have changed since the last scan."""
    texts: dict[str, Stamp] = {}
    files: dict[str, MediaFile] = {}
    problems: list[tuple[str, Problem]] = []
    _walk(project, texts, files, problems)
    problems.sort()
    last_readings: _Readings = cache.state(_STATE) or {}
    now = time.time_ns()
    readings: _Readings = {}
    for path in sorted(texts):
        stamp = texts[path]
        last = last_readings.get(path)
        if last and last.stamp == stamp and max(stamp.modified, stamp.changed) + _SETTLED_NS < last.at:
            readings[path] = last
            continue
        try:
            content = digest((project / path).read_bytes())
        except OSError as error:
            problems.append((path, Problem("F008", f"读不了：{reason_of(error)}", "检查文件的权限")))
        else:
            readings[path] = Reading(stamp, content, now)
    if readings != last_readings:
        cache.set_state(_STATE, readings)
    keys = {path: key_of(path, reading.content) for path, reading in readings.items()}
    return Scan(keys, dict(sorted(files.items())), tuple(problems))


def _walk(
    project: Path, texts: dict[str, Stamp], files: dict[str, MediaFile], problems: list[tuple[str, Problem]]
) -> None:
    folders = [] if leads_out(project, project / "content") else ["content"]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(project / folder))
        except OSError as error:
            reason = reason_of(error)
            problems.append((folder, Problem("F008", f"文件夹读不了：{reason}", "检查文件夹的权限")))
            continue
        names_in_folder: dict[str, str] = {}
        for entry in sorted(entries, key=lambda entry: entry.name):
            name = entry.name
            if name.startswith((".", "~$")):
                continue
            path = f"{folder}/{name}"
            if problem := _unportable_name(name, names_in_folder):
                problems.append((path.encode("utf-8", "replace").decode(), problem))
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # deleted during the scan
            if problem := _unreadable_file(path, status.st_mode):
                problems.append((path.encode("utf-8", "replace").decode(), problem))
            elif name.lower().endswith((".md", ".markdown")):
                texts[path] = Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            else:
                files[path] = MediaFile(path, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns))


def _unportable_name(name: str, names_in_folder: dict[str, str]) -> Problem | None:
    """Return why a name is not valid on another system, or is there the same as another name of its folder.

    ``names_in_folder`` holds the names before this one by their key; this name is added to it.
    """
    if _UNSEEN.search(name):
        return None  # has its own problem
    if wrong := name_trap(name):
        return Problem("F003", f"名字“{name[:60]}”{wrong[0]}", wrong[1])
    if (other := names_in_folder.setdefault(same_name_key(name), name)) != name:
        message = f"名字“{name[:60]}”和同一文件夹里的“{other[:60]}”在 Windows 和 macOS 上是同一个"
        return Problem("F003", message, "给其中一个改名")
    return None


def _unreadable_file(path: str, mode: int) -> Problem | None:
    """Return why a file is not read, ``None`` for a regular one."""
    if stat.S_ISLNK(mode):
        return Problem("F008", "是符号链接，没有读取", "把文件本身复制到 content/ 下；符号链接可能指向站外")
    if not stat.S_ISREG(mode):
        return Problem("F008", "不是普通文件，没有读取", "从 content/ 里移走")
    if _UNSEEN.search(path):
        return Problem("F008", "文件名不是 UTF-8，或含有不可见的字符", "给文件改名")
    return None
