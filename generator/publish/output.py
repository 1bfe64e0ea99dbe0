"""The output folder: made beside the old one, unchanged files linked from it, put in its place whole.

A folder that gongkai did not write is never replaced. Whatever fails before the exchange leaves
the old site as it was.
"""

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.problems import OutputError

MANIFEST = "manifest.json"
_EXCHANGE = 2
_AT_CWD = -100
_SHOWN = 5


class Written(NamedTuple):
    """One file of the output as it was written: enough to know it again without reading it."""

    path: str
    fingerprint: str
    sha256: str
    size: int
    stamp: int


@dataclass(frozen=True)
class Staging:
    """A new output folder in the making, beside the old one; usable in every process.

    ``known`` holds what the last build wrote, by path.
    """

    folder: Path
    target: Path
    known: Mapping[str, Written]

    def reuse(self, path: str, fingerprint: str) -> Written | None:
        """Take a file over from the old site, when it shows the same and nobody has touched it."""
        old = self.known.get(path)
        if old is None or old.fingerprint != fingerprint:
            return None
        source, place = self.target / path, self.folder / path
        try:
            facts = source.stat(follow_symlinks=False)
            if (facts.st_size, facts.st_mtime_ns) != (old.size, old.stamp):
                return None
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, place)
            except OSError:
                shutil.copy2(source, place)
        except OSError:
            return None
        return old

    def write(self, path: str, fingerprint: str, data: bytes) -> Written:
        """Write one file of the new site.

        Raises ``OutputError`` where the disk is full or the folder cannot be written.
        """
        place = f"{self.folder}/{path}"
        try:
            os.makedirs(place.rpartition("/")[0], exist_ok=True)
            with open(place, "xb", buffering=0) as file:
                file.write(data)
                facts = os.fstat(file.fileno())
        except FileExistsError:
            raise OutputError(f"两项内容要写到同一个地址 {path}", "给其中一个文件改 id") from None
        except OSError as error:
            raise OutputError(
                f"写不了 {path}：{os.strerror(error.errno or 0)}", "检查磁盘空间和权限；原来的网站没有动"
            ) from None
        return Written(path, fingerprint, hashlib.sha256(data).hexdigest(), facts.st_size, facts.st_mtime_ns)

    def copy(self, path: str, source: Path, stamp: str) -> Written:
        """Copy a file into the new site, or take it over when source and copy are unchanged."""
        old = self.reuse(path, stamp)
        if old:
            return old
        try:
            return self.write(path, stamp, source.read_bytes())
        except OSError as error:
            raise OutputError(f"读不了 {source}：{os.strerror(error.errno or 0)}", "检查这个文件") from None

    def commit(self) -> None:
        """Put the new site in the place of the old one, in one step where the system can."""
        try:
            if not self.target.exists():
                with contextlib.suppress(OSError):  # another first build has just put its own there
                    self.folder.rename(self.target)
                    return
            _exchange(self.folder, self.target)
            shutil.rmtree(self.folder, ignore_errors=True)
        except OSError as error:
            raise OutputError(
                f"不能替换 {self.target}：{os.strerror(error.errno or 0)}", "关闭正在使用它的程序再试"
            ) from None

    def discard(self) -> None:
        """Remove the new folder; the old site stays."""
        shutil.rmtree(self.folder, ignore_errors=True)


def open_staging(target: Path, known: Mapping[str, Written]) -> Staging:
    """Begin a new output folder beside ``target``.

    Raises ``OutputError`` when ``target`` holds anything that gongkai did not write.
    """
    target = Path(os.path.abspath(target))
    if target.is_symlink():
        target = target.resolve()
    _check_ours(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for old in target.parent.glob(f".{target.name}.gongkai-*"):
            if not _alive(old.name.rpartition("-")[2]):
                shutil.rmtree(old, ignore_errors=True)
        folder = target.parent / f".{target.name}.gongkai-{os.getpid()}"
        folder.mkdir()
    except OSError as error:
        raise OutputError(
            f"不能在 {target.parent} 里新建文件夹：{os.strerror(error.errno or 0)}",
            "检查权限和磁盘空间，或用 -o 换一个地方",
        ) from None
    return Staging(folder, target, known)


def _check_ours(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{target} 不是文件夹", "用 -o 换一个输出目录")
    if not any(target.iterdir()):
        return
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        ours = set(manifest["files"]) | {MANIFEST} if manifest["generator"] == "gongkai" else None
    except (OSError, ValueError, KeyError, TypeError):
        ours = None
    if ours is None:
        raise OutputError(
            f"{target} 里已有别的文件，不是 gongkai 生成的，没有动它", "用 -o 换一个输出目录，或先把它清空"
        )
    foreign = sorted(_foreign(target, ours))
    if foreign:
        shown = "、".join(foreign[:_SHOWN]) + ("等" if len(foreign) > _SHOWN else "")
        raise OutputError(
            f"{target} 里有不是 gongkai 写的文件：{shown}；没有动它们",
            "移走它们再构建；要随网站发布的文件放进 themes/ 的 assets/ 里，或作为附件",
        )


def _foreign(target: Path, ours: set[str]) -> Iterable[str]:
    for folder, _, names in os.walk(target):
        base = os.path.relpath(folder, target).replace(os.sep, "/")
        for name in names:
            path = name if base == "." else f"{base}/{name}"
            if path not in ours:
                yield path


def _alive(pid: str) -> bool:
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _exchange(new: Path, old: Path) -> None:
    """Exchange two folders: at once on Linux, else by two renames."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            rename = ctypes.CDLL(None, use_errno=True).renameat2
            if rename(_AT_CWD, os.fsencode(new), _AT_CWD, os.fsencode(old), _EXCHANGE) == 0:
                return
    aside = new.with_name(new.name + "-old")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


def manifest_bytes(written: Iterable[Written], *, version: str, as_of: str, commit: str | None) -> bytes:
    """Return ``manifest.json``: every other file with its sha256 (requirements SAFE-17)."""
    data = {
        "generator": "gongkai",
        "version": version,
        "as_of": as_of,
        "source_commit": commit,
        "files": {item.path: item.sha256 for item in sorted(written)},
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
