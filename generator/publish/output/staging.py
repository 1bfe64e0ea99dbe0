"""The output folder: made beside the old one and put in its place whole.

A folder that gongkai did not write is never replaced. Whatever fails before the exchange leaves
the old site as it was.
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

_EXCHANGE = 2
_AT_CWD = -100
_SHOWN = 5
_NOTHING = SiteTree({}, {})


@dataclass(frozen=True)
class Staging:
    """A new output folder in the making, beside the old one; usable in every process.

    ``begun`` is what lay in it at first, ``live`` what the present site holds.
    """

    folder: Path
    target: Path
    started_from: SiteTree
    live: SiteTree
    folders: set[str] = field(default_factory=set, compare=False)  # those that this process has made

    def reuse(self, path: str, fingerprint: str) -> WrittenFile | None:
        """Take over a file that shows the same and that nobody has touched: from here, or from the old site."""
        old = self.started_from.files.get(path)
        if old and old.fingerprint == fingerprint and (found := old.at(self.folder)):
            return found
        old = self.live.files.get(path)
        if not old or old.fingerprint != fingerprint or not (found := old.at(self.target)):
            return None
        place = f"{self.folder}/{path}"
        try:
            self._make_room(place, path)
            try:
                os.link(f"{self.target}/{path}", place)
            except OSError:
                shutil.copy2(f"{self.target}/{path}", place)
            return WrittenFile.of(path, fingerprint, found.sha256, os.lstat(place))
        except OSError:
            return None

    def previous_files(self, folder: str) -> list[WrittenFile]:
        """Return the files of the present site under a folder."""
        return [file for path, file in self.live.files.items() if path.startswith(folder)]

    def write(self, path: str, fingerprint: str, data: bytes) -> WrittenFile:
        """Write one file of the new site.

        Raises ``OutputError`` where the disk is full or the folder cannot be written.
        """
        place = f"{self.folder}/{path}"
        try:
            self._make_room(place, path)
            with open(place, "xb", buffering=0) as file:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                facts = os.fstat(file.fileno())
        except FileExistsError:
            raise _twice(path) from None
        except OSError as error:
            raise OutputError(f"写不了 {path}：{reason_of(error)}", "检查磁盘空间和权限；原来的网站没有动") from None
        return WrittenFile.of(path, fingerprint, hashlib.sha256(data).hexdigest(), facts)

    def put(self, path: str, data: bytes) -> WrittenFile:
        """Write one file of the new site, or take it over when it is the same."""
        fingerprint = digest(data)
        return self.reuse(path, fingerprint) or self.write(path, fingerprint, data)

    def _make_room(self, place: str, path: str) -> None:
        """Make the folder of a file, and remove what lay there: never written into, it may be the old site's too."""
        if path in self.started_from.files:
            Path(place).unlink(missing_ok=True)
        folder = place.rpartition("/")[0]
        if folder not in self.folders:
            os.makedirs(folder, exist_ok=True)
            self.folders.add(folder)

    def copy(self, path: str, source: str | Path, stamp: str) -> WrittenFile:
        """Copy a file into the new site, or take it over when source and copy are unchanged."""
        old = self.reuse(path, stamp)
        if old:
            return old
        try:
            return self.write(path, stamp, Path(source).read_bytes())
        except OSError as error:
            raise OutputError(f"读不了 {source}：{reason_of(error)}", "检查这个文件") from None

    def finish(self, written: Iterable[WrittenFile]) -> SiteTree:
        """Remove what the new site does not have, and return its record.

        Raises ``OutputError`` where two things went to one address, or something cannot be removed.
        """
        files: dict[str, WrittenFile] = {}
        for file in written:
            if file.path in files:
                raise _twice(file.path)
            files[file.path] = file
        for path in self.started_from.files.keys() - files.keys():
            try:
                (self.folder / path).unlink(missing_ok=True)
            except OSError as error:  # it may be what was withdrawn: never into the new site
                reason = reason_of(error)
                raise OutputError(f"删不掉 {path}：{reason}", "检查权限；原来的网站没有动") from None
            with contextlib.suppress(OSError):
                for folder in folders_of(path):
                    (self.folder / folder).rmdir()
        return tree_of(self.folder, files.values())

    def commit(self, spare: PreviousOutput, tree: SiteTree) -> None:
        """Put the new site in the place of the old one, in one step where the system can; keep the old one as spare.

        ``tree`` is the record of the new one.
        """
        try:
            if not self.target.exists():
                with contextlib.suppress(OSError):  # another first build has just put its own there
                    self.folder.rename(self.target)
                    return
            _swap_folders(self.folder, self.target)
        except OSError as error:
            raise OutputError(f"不能替换 {self.target}：{reason_of(error)}", "关闭正在使用它的程序再试") from None
        if self.live.folders:
            spare.store(self.folder, self.live.linked_to(tree))
        else:
            self.discard()

    def replace(self, files: Iterable[WrittenFile]) -> SiteTree:
        """Put single files into the present site, each in one step and in this order; returns its record.

        Nothing else of the site is touched, so there is no moment at which a page is not whole.
        """
        folders = dict(self.live.folders)
        taken = {file.path: file for file in files}
        try:
            with _interrupts_deferred():
                for path in taken:
                    (self.folder / path).replace(self.target / path)
            for path, file in taken.items():
                facts = (self.target / path).lstat()  # a renamed file counts as changed
                taken[path] = WrittenFile.of(path, file.fingerprint, file.sha256, facts)
                name = path.rpartition("/")[0]
                folders[name] = time_of(self.target / name)
        except OSError as error:
            raise OutputError(f"不能替换 {self.target} 里的页面：{reason_of(error)}", "再运行一次") from None
        return SiteTree({**self.live.files, **taken}, folders)

    def discard(self) -> None:
        """Remove the new folder; the old site stays."""
        shutil.rmtree(self.folder, ignore_errors=True)


def resolve_output(output: Path) -> Path:
    """Return where an output folder really lies."""
    target = Path(os.path.abspath(output))
    return target.resolve() if target.is_symlink() else target


def open_staging(target: Path, live: SiteTree | None, spare: PreviousOutput | None) -> Staging:
    """Begin a new output folder beside ``target``, of which ``live`` is known; it is made of the spare one if wanted.

    Raises ``OutputError`` when ``target`` holds anything that gongkai did not write.
    """
    if live is None or not live.has_same_folders(target):
        _check_ours(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for old in target.parent.glob(f".{target.name}.gongkai-*"):
            if not is_alive(old.name.rpartition("-")[2]):
                shutil.rmtree(old, ignore_errors=True)
        folder = target.parent / f".{target.name}.gongkai-{os.getpid()}"
        begun = spare.take(folder) if live and spare else None
        if begun is None:
            folder.mkdir()
    except OSError as error:
        raise OutputError(
            f"不能在 {target.parent} 里新建文件夹：{reason_of(error)}",
            "检查权限和磁盘空间，或用 -o 换一个地方",
        ) from None
    return Staging(folder, target, begun or _NOTHING, live or _NOTHING)


def _twice(path: str) -> OutputError:
    return OutputError(f"两项内容要写到同一个地址 {path}", "给其中一个文件改 id")


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
        names_text = "、".join(foreign[:_SHOWN]) + ("等" if len(foreign) > _SHOWN else "")
        raise OutputError(
            f"{target} 里有不是 gongkai 写的文件：{names_text}；没有动它们",
            "移走它们再构建；要随网站发布的文件放进 themes/ 的 assets/ 里，或作为附件",
        )


def _foreign(target: Path, ours: set[str]) -> Iterable[str]:
    for folder, _, names in os.walk(target):
        base = os.path.relpath(folder, target).replace(os.sep, "/")
        for name in names:
            path = name if base == "." else f"{base}/{name}"
            if path not in ours:
                yield path


@contextlib.contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Let Ctrl-C and a polite end wait for a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _swap_folders(new: Path, old: Path) -> None:
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


def manifest_bytes(written: Iterable[WrittenFile], *, version: str, as_of: str, commit: str | None) -> bytes:
    """Return ``manifest.json``: every other file with its sha256 (requirements SAFE-17).

    ``digest`` is the sha256 of the manifest without it, so damage to the manifest itself is seen too.
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
    """Return JSON with a line per file: what ``indent=1`` gives, but the files by the quick encoder."""
    frame = json.dumps(data | {"files": {}}, ensure_ascii=False, indent=1)
    files = json.dumps(data["files"], ensure_ascii=False, separators=(",\n  ", ": "))[1:-1]
    return (frame.replace('"files": {}', f'"files": {{\n  {files}\n }}', 1) + "\n").encode()
