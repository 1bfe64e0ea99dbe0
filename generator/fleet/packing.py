"""Pack a folder into one file for another machine, and unpack it there.

Of a site everything is packed of which its fingerprint is made: the files beside its config, those that it names,
``content/``, ``themes/``, the themes of the platform, and the commits of its repository without any of its settings.
"""

import contextlib
import gzip
import os
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import GongkaiError, OutputError, reason_of
from generator.source.history.repository import Repository
from generator.source.history.run_git import HistoryGap

_LEVEL = 1  # texts shrink to a fifth; a higher level takes longer than the network
_WHOLE = ("content", "themes")
_TOP = "top"  # the folder of the repository in a pack
PLATFORM = "platform"


class History(NamedTuple):
    """The repository of a site: its commit, its objects, and the site's place in it, empty or with a slash."""

    commit: str
    objects: Path
    prefix: str
    object_format: str
    is_shallow: bool


def history_of(project: Path) -> History | None:
    """Return the repository of a site, ``None`` without one.

    Raises ``GongkaiError`` where its objects are in another repository.
    """
    try:
        found = Repository.find(project)
    except HistoryGap:
        return None
    if (found.common_dir / "objects" / "info" / "alternates").exists():
        raise GongkaiError(
            f"仓库 {found.top} 的历史在另一个仓库里，送不到工作节点",
            "用 git repack -a -d，再删去 .git/objects/info/alternates",
        )
    return History(
        found.head, found.common_dir / "objects", found.prefix, found.object_format, is_shallow=found.is_shallow
    )


def pack_site(
    project: Path, platform: Path | None, history: History | None, place: Path, *, named: Iterable[str] = ()
) -> None:
    """Write the files of a site into ``place``; ``named`` are those in other folders that its config names.

    Raises ``GongkaiError`` where one of them cannot be read.
    """
    prefix = history.prefix if history else "site/"
    folders = [(project / name, f"{_TOP}/{prefix}{name}") for name in _WHOLE]
    if platform:
        folders.append((platform / "themes", f"{PLATFORM}/themes"))
    try:
        with _written(place) as archive:
            for entry in sorted(os.scandir(project), key=lambda one: one.name):
                if not entry.name.startswith(".") and not entry.is_dir(follow_symlinks=False):
                    _add(archive, project, Path(entry.path), f"{_TOP}/{prefix}{entry.name}")
            for name in named:
                if name.partition("/")[0] not in _WHOLE:
                    _add(archive, project, project / name, f"{_TOP}/{prefix}{name}")
            for folder, name in folders:
                _add_folder(archive, project, folder, name)
            if history and history.is_shallow:
                _add(archive, project, history.objects.with_name("shallow"), f"{_TOP}/.git/shallow")
    except (OSError, tarfile.TarError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise GongkaiError(f"{project} 读不了（{reason}）", "检查文件的权限，再运行一次") from None


def pack_folder(folder: Path, place: Path) -> None:
    """Write everything in a folder into ``place``."""
    with _written(place) as archive:
        _add_folder(archive, folder, folder, "")


@contextlib.contextmanager
def _written(place: Path) -> Iterator[tarfile.TarFile]:
    """Write a pack without the time of packing: the same files give the same bytes."""
    with (
        place.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as archive,
    ):
        yield archive


def _add_folder(archive: tarfile.TarFile, root: Path, folder: Path, name: str) -> None:
    """Add a folder, a link to a folder as a link; what is not there is left out."""
    if folder.is_symlink():
        _add(archive, root, folder, name)
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
        if name:
            archive.addfile(_plain(archive.gettarinfo(folder, name)))
        for entry in entries:
            inside = f"{name}/{entry.name}" if name else entry.name
            if entry.is_dir(follow_symlinks=False):
                _add_folder(archive, root, Path(entry.path), inside)
            else:
                _add(archive, root, Path(entry.path), inside)


def _add(archive: tarfile.TarFile, root: Path, place: Path, name: str) -> None:
    if place.is_socket():
        return
    about = _plain(archive.gettarinfo(place, name))
    if about.issym():
        target = Path(about.linkname)
        if target.is_absolute() and target.is_relative_to(root.absolute()):
            about.linkname = os.path.relpath(target, place.parent.absolute())
        archive.addfile(about)
    elif about.isfile() or about.islnk():
        about.type = tarfile.REGTYPE  # a second name of a file is a file of its own
        with place.open("rb") as file:
            about.size = os.fstat(file.fileno()).st_size
            archive.addfile(about, file)


def _plain(about: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return an entry without its owner; the mode stays, so that a file without permissions is the same there."""
    about.uid = about.gid = 0
    about.uname = about.gname = ""
    return about


def unpack_site(place: Path, folder: Path, history: History | None, objects: Path | None) -> tuple[Path, Path]:
    """Unpack a site into ``folder``; return its own folder and that of the platform.

    ``objects`` are those of its repository on this machine.
    """
    with tarfile.open(place) as archive:
        archive.extractall(folder, filter="tar")
    top = folder / _TOP
    if history and objects:
        git_dir = top / ".git"
        (git_dir / "refs").mkdir(parents=True)
        (git_dir / "HEAD").write_text(f"{history.commit}\n", "ascii")
        (git_dir / "config").write_text(_config(history.object_format), "ascii")
        (git_dir / "objects").symlink_to(objects)
    return top / (history.prefix if history else "site"), folder / PLATFORM


def _config(object_format: str) -> str:
    if object_format == "sha1":
        return "[core]\n\trepositoryformatversion = 0\n"
    return f"[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = {object_format}\n"


def unpack_folder(place: Path, folder: Path) -> None:
    """Unpack a folder of plain files.

    Raises ``OutputError`` where something else is in it, or the disk is full.
    """
    try:
        with tarfile.open(place) as archive:
            archive.extractall(folder, members=_plain_files(archive), filter="data")
    except tarfile.TarError as error:
        raise OutputError(f"收到的网站解不开（{error}）", "再运行一次") from None
    except OSError as error:
        raise OutputError(f"写不了 {folder}：{reason_of(error)}", "检查磁盘空间和权限；原来的网站没有动") from None


def _plain_files(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    members: Iterable[tarfile.TarInfo] = archive
    for member in members:
        if not member.isfile() and not member.isdir():
            raise tarfile.TarError(f"{member.name[:100]} 不是文件")
        yield member
