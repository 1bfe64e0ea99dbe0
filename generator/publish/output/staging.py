"""The output folder: written beside the old one, which it replaces in one step.

A folder that gongkai did not write is never replaced. A failure before the swap leaves the old site as it was.
"""

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.domain.problems import OutputError, reason_of
from generator.publish.output.site_tree import (
    MANIFEST,
    PreviousOutput,
    SiteTree,
    WrittenFile,
    folders_of,
    is_alive,
    time_of,
    tree_of,
)
from generator.support.cache import digest

_RENAME_EXCHANGE = 2
_AT_CWD = -100
_MAX_NAMES = 5
_EMPTY_TREE = SiteTree({}, {})


@dataclass(frozen=True)
class Staging:
    """A new output folder that is being written beside the old one; every process can use it.

    ``started_from`` is the record of its first content (the previous output), ``live`` that of the present site.
    """

    folder: Path
    target: Path
    started_from: SiteTree
    live: SiteTree
    folders: set[str] = field(default_factory=set, compare=False)  # those that this process has created

    def reuse(self, path: str, fingerprint: str) -> WrittenFile | None:
        """Reuse an untouched file of this fingerprint from this folder or the present site; ``None`` without one."""
        old = self.started_from.files.get(path)
        if old and old.fingerprint == fingerprint and (unchanged := old.at(self.folder)):
            return unchanged
        old = self.live.files.get(path)
        if not old or old.fingerprint != fingerprint or not (unchanged := old.at(self.target)):
            return None
        place = f"{self.folder}/{path}"
        try:
            self._prepare_place(place, path)
            try:
                os.link(f"{self.target}/{path}", place)
            except OSError:
                shutil.copy2(f"{self.target}/{path}", place)
            return WrittenFile.of(path, fingerprint, unchanged.sha256, os.lstat(place))
        except OSError:
            return None

    def previous_files(self, folder: str) -> list[WrittenFile]:
        """Return the files of the present site whose path starts with ``folder``."""
        return [file for path, file in self.live.files.items() if path.startswith(folder)]

    def write(self, path: str, fingerprint: str, data: bytes) -> WrittenFile:
        """Write one file of the new site.

        Raises ``OutputError`` where the disk is full or the folder cannot be written.
        """
        place = f"{self.folder}/{path}"
        try:
            self._prepare_place(place, path)
            with open(place, "xb", buffering=0) as file:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                stat_result = os.fstat(file.fileno())
        except FileExistsError:
            raise _duplicate_address(path) from None
        except OSError as error:
            raise OutputError(f"写不了 {path}：{reason_of(error)}", "检查磁盘空间和权限；原来的网站没有动") from None
        return WrittenFile.of(path, fingerprint, hashlib.sha256(data).hexdigest(), stat_result)

    def put(self, path: str, data: bytes) -> WrittenFile:
        """Write one file of the new site, or reuse it when its bytes are the same."""
        fingerprint = digest(data)
        return self.reuse(path, fingerprint) or self.write(path, fingerprint, data)

    def _prepare_place(self, place: str, path: str) -> None:
        """Create the folder of a file and remove an old file there, which may be a hard link into the present site."""
        if path in self.started_from.files:
            Path(place).unlink(missing_ok=True)
        folder = place.rpartition("/")[0]
        if folder not in self.folders:
            os.makedirs(folder, exist_ok=True)
            self.folders.add(folder)

    def copy(self, path: str, source: str | Path, stamp: str) -> WrittenFile:
        """Copy a file into the new site, or reuse the copy when its ``stamp`` is unchanged; raises ``OutputError``."""
        old = self.reuse(path, stamp)
        if old:
            return old
        try:
            return self.write(path, stamp, Path(source).read_bytes())
        except OSError as error:
            raise OutputError(f"读不了 {source}：{reason_of(error)}", "检查这个文件") from None

    def finish(self, written: Iterable[WrittenFile]) -> SiteTree:
        """Remove the files that do not belong to the new site, and return its record.

        Raises ``OutputError`` where two files have one address, or a file cannot be removed.
        """
        files: dict[str, WrittenFile] = {}
        for file in written:
            if file.path in files:
                raise _duplicate_address(file.path)
            files[file.path] = file
        for path in self.started_from.files.keys() - files.keys():
            try:
                (self.folder / path).unlink(missing_ok=True)
            except OSError as error:  # it may have been withdrawn, so it must not be published again
                reason = reason_of(error)
                raise OutputError(f"删不掉 {path}：{reason}", "检查权限；原来的网站没有动") from None
            with contextlib.suppress(OSError):
                for folder in folders_of(path):
                    (self.folder / folder).rmdir()
        return tree_of(self.folder, files.values())

    def commit(self, previous: PreviousOutput, tree: SiteTree) -> None:
        """Replace the old site by the new one, in one step where the system can, and keep the old one.

        ``tree`` is the record of the new site. Raises ``OutputError`` where the old one cannot be replaced.
        """
        try:
            if not self.target.exists():
                with contextlib.suppress(OSError):  # another first build has just created it
                    self.folder.rename(self.target)
                    return
            _swap_folders(self.folder, self.target)
        except OSError as error:
            raise OutputError(f"不能替换 {self.target}：{reason_of(error)}", "关闭正在使用它的程序再试") from None
        if self.live.folders:
            previous.store(self.folder, self.live.linked_to(tree))
        else:
            self.discard()

    def replace(self, files: Iterable[WrittenFile]) -> SiteTree:
        """Replace single files of the present site, each in one step and in this order; return its record.

        No page is ever incomplete. Raises ``OutputError`` where a file cannot be replaced.
        """
        folders = dict(self.live.folders)
        replaced = {file.path: file for file in files}
        try:
            with _interrupts_deferred():
                for path in replaced:
                    (self.folder / path).replace(self.target / path)
            for path, file in replaced.items():
                stat_result = (self.target / path).lstat()  # a renamed file counts as changed
                replaced[path] = WrittenFile.of(path, file.fingerprint, file.sha256, stat_result)
                name = path.rpartition("/")[0]
                folders[name] = time_of(self.target / name)
        except OSError as error:
            raise OutputError(f"不能替换 {self.target} 里的页面：{reason_of(error)}", "再运行一次") from None
        return SiteTree({**self.live.files, **replaced}, folders)

    def discard(self) -> None:
        """Remove the new folder; the old site stays."""
        shutil.rmtree(self.folder, ignore_errors=True)


def resolve_output(output: Path) -> Path:
    """Return the absolute path of an output folder, a symbolic link resolved."""
    target = Path(os.path.abspath(output))
    return target.resolve() if target.is_symlink() else target


def open_staging(target: Path, live: SiteTree | None, previous: PreviousOutput | None) -> Staging:
    """Create a new output folder beside ``target``, whose record is ``live``; it starts from ``previous`` if given.

    Raises ``OutputError`` when ``target`` has files that gongkai did not write, or no folder can be created.
    """
    if live is None or not live.has_same_folders(target):
        _check_replaceable(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for old in target.parent.glob(f".{target.name}.gongkai-*"):
            if not is_alive(old.name.rpartition("-")[2]):
                shutil.rmtree(old, ignore_errors=True)
        folder = target.parent / f".{target.name}.gongkai-{os.getpid()}"
        first_content = previous.take(folder) if live and previous else None
        if first_content is None:
            folder.mkdir()
    except OSError as error:
        raise OutputError(
            f"不能在 {target.parent} 里新建文件夹：{reason_of(error)}",
            "检查权限和磁盘空间，或用 -o 换一个地方",
        ) from None
    return Staging(folder, target, first_content or _EMPTY_TREE, live or _EMPTY_TREE)


def _duplicate_address(path: str) -> OutputError:
    return OutputError(f"两项内容要写到同一个地址 {path}", "给其中一个文件改 id")


def _check_replaceable(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{target} 不是文件夹", "用 -o 换一个输出目录")
    if not any(target.iterdir()):
        return
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        own_files = set(manifest["files"]) | {MANIFEST} if manifest["generator"] == "gongkai" else None
    except (OSError, ValueError, KeyError, TypeError):
        own_files = None
    if own_files is None:
        raise OutputError(
            f"{target} 里已有别的文件，不是 gongkai 生成的，没有动它", "用 -o 换一个输出目录，或先把它清空"
        )
    foreign_files = sorted(_foreign_files(target, own_files))
    if foreign_files:
        names_text = "、".join(foreign_files[:_MAX_NAMES]) + ("等" if len(foreign_files) > _MAX_NAMES else "")
        raise OutputError(
            f"{target} 里有不是 gongkai 写的文件：{names_text}；没有动它们",
            "移走它们再构建；要随网站发布的文件放进 themes/ 的 assets/ 里，或作为附件",
        )


def _foreign_files(target: Path, own_files: set[str]) -> Iterable[str]:
    for folder, _, names in os.walk(target):
        base = os.path.relpath(folder, target).replace(os.sep, "/")
        for name in names:
            path = name if base == "." else f"{base}/{name}"
            if path not in own_files:
                yield path


@contextlib.contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Hold back SIGINT and SIGTERM for a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    previous_mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous_mask)


def _swap_folders(new: Path, old: Path) -> None:
    """Swap two folders: in one step on Linux, elsewhere by renaming."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            rename = ctypes.CDLL(None, use_errno=True).renameat2
            if rename(_AT_CWD, os.fsencode(new), _AT_CWD, os.fsencode(old), _RENAME_EXCHANGE) == 0:
                return
    aside = new.with_name(new.name + "-old")
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


def manifest_bytes(written: Iterable[WrittenFile], *, version: str, as_of: str, commit: str | None) -> bytes:
    """Return ``manifest.json``: every other file with its sha256 (requirements SAFE-17).

    ``digest`` is the sha256 of the manifest without that key, so damage to the manifest itself is detected too.
    """
    data: dict[str, object] = {
        "generator": "gongkai",
        "version": version,
        "as_of": as_of,
        "source_commit": commit,
        "files": {item.path: item.sha256 for item in sorted(written)},
    }
    data["digest"] = hashlib.sha256(_as_json(data)).hexdigest()
    return _as_json(data)


def _as_json(data: dict[str, object]) -> bytes:
    """Return the same JSON as ``indent=1`` would give, but with the files written by the fast C encoder."""
    envelope = json.dumps(data | {"files": {}}, ensure_ascii=False, indent=1)
    files = json.dumps(data["files"], ensure_ascii=False, separators=(",\n  ", ": "))[1:-1]
    return (envelope.replace('"files": {}', f'"files": {{\n  {files}\n }}', 1) + "\n").encode()
