"""The record of a written site for the next build: every file and folder with its metadata on disk."""

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.support.seal import NotReadableError, dump, load, seal, unseal

MANIFEST = "manifest.json"
_RECORD, _TREE = "record", "tree"


class WrittenFile(NamedTuple):
    """One file of the output as it was written: enough to recognise it without reading it.

    ``stamp`` and ``changed`` are mtime and ctime in ns: any program can set the first, only the system the second.
    """

    path: str
    fingerprint: str
    sha256: str
    size: int
    stamp: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: str, fingerprint: str, sha256: str, stat_result: os.stat_result) -> "WrittenFile":
        """Return the record of a file from its metadata on disk."""
        return cls(
            path,
            fingerprint,
            sha256,
            stat_result.st_size,
            stat_result.st_mtime_ns,
            stat_result.st_ctime_ns,
            stat_result.st_ino,
        )

    def at(self, root: Path | str) -> "WrittenFile | None":
        """Return the current record of this file in a site; ``None`` where its content is not what was written.

        A file with another ctime or inode (moved, copied, other permissions) is read and its sha256 compared.
        """
        place = f"{root}/{self.path}"
        try:
            stat_result = os.lstat(place)
            if (
                stat_result.st_size != self.size
                or stat_result.st_mtime_ns != self.stamp
                or not stat.S_ISREG(stat_result.st_mode)
            ):
                return None
            if stat_result.st_ctime_ns == self.changed and stat_result.st_ino == self.inode:
                return self
            with Path(place).open("rb") as file:
                is_same = hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return None
        return WrittenFile.of(self.path, self.fingerprint, self.sha256, stat_result) if is_same else None


class SiteTree(NamedTuple):
    """All files of a site by path, and the times of its folders in ns, which change with every new or removed file."""

    files: Mapping[str, WrittenFile]
    folders: Mapping[str, int]

    def has_same_folders(self, root: Path) -> bool:
        """Whether no file or folder has been added to a site or removed from it.

        The root is always listed, because every swap renames it; other folders only where their time has changed.
        """
        entries: dict[str, set[str]] = {}
        try:
            for name, stamp in self.folders.items():
                place = f"{root}/{name}"
                stat_result = os.lstat(place)
                if not stat.S_ISDIR(stat_result.st_mode):
                    return False
                if _time_of(stat_result) != stamp and name:
                    entries = entries or self._entries()
                    if {entry.name for entry in os.scandir(place)} != entries[name]:
                        return False
            return {entry.name for entry in os.scandir(root)} == {path.partition("/")[0] for path in self.files}
        except OSError:
            return False

    @property
    def seal(self) -> str:
        """The seal of the site: the sha256 of the manifest, which holds those of all other files."""
        return self.files[MANIFEST].sha256

    def _entries(self) -> dict[str, set[str]]:
        """Return the names of the entries of each folder."""
        names: dict[str, set[str]] = {name: set() for name in self.folders}
        for path in chain(self.files, filter(None, self.folders)):
            folder, _, name = path.rpartition("/")
            names[folder].add(name)
        return names

    def at(self, root: Path) -> "SiteTree | None":
        """Return the current record of a site; ``None`` where it is not what was written."""
        if not self.has_same_folders(root):
            return None
        changed: dict[str, WrittenFile] = {}
        for path, file in self.files.items():
            current = file.at(root)
            if current is None:
                return None
            if current is not file:
                changed[path] = current
        return self._replace(files={**self.files, **changed}) if changed else self

    def linked_to(self, other: "SiteTree") -> "SiteTree":
        """Return this record with the current ctimes of the files that are hard links into a newer site as well."""
        shared = {
            path: file._replace(changed=new.changed)
            for path, file in self.files.items()
            if (new := other.files.get(path)) and new.inode == file.inode
        }
        return self._replace(files={**self.files, **shared})


def tree_of(root: Path, files: Iterable[WrittenFile]) -> SiteTree:
    """Return the record of a site that has just been written."""
    by_path = {file.path: file for file in files}
    folders = {folder for path in by_path for folder in folders_of(path)} | {""}
    return SiteTree(by_path, {name: time_of(f"{root}/{name}") for name in folders})


def time_of(folder: Path | str) -> int:
    """Return the later of mtime and ctime of a folder in ns."""
    return _time_of(os.lstat(folder))


def _time_of(stat_result: os.stat_result) -> int:
    return max(stat_result.st_mtime_ns, stat_result.st_ctime_ns)


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders above a file, the nearest first, without the root."""
    while path := path.rpartition("/")[0]:
        yield path


class PreviousOutput:
    """The site before the present one, kept in the cache: the next build starts from it, so it has little to write.

    It is a folder with the site and its record. A build moves it out of the cache, so only one can use it.
    """

    def __init__(self, place: Path) -> None:
        self._folder = place
        self._work_folder = place.with_name(f"{place.name}-{os.getpid()}")

    @classmethod
    def of(cls, cache_path: Path, target: Path) -> "PreviousOutput":
        """Return the previous output of the site at ``target``."""
        name = hashlib.blake2b(os.fsencode(target), digest_size=8).hexdigest()
        return cls(cache_path.parent / "sites" / name)

    def take(self, folder: Path) -> SiteTree | None:
        """Move the previous output to ``folder`` and return its record; ``None`` if missing or changed."""
        self._remove_abandoned()
        try:
            self._folder.rename(self._work_folder)
            tree: SiteTree = load(unseal(f"site:{self._folder.name}", (self._work_folder / _RECORD).read_bytes()))
            if not tree.has_same_folders(self._work_folder / _TREE):
                return None
            (self._work_folder / _TREE).rename(folder)
        except (OSError, NotReadableError):
            return None
        finally:
            shutil.rmtree(self._work_folder, ignore_errors=True)
        return tree

    def store(self, folder: Path, tree: SiteTree) -> None:
        """Keep the site in ``folder`` as the previous output; where that fails, remove it."""
        try:
            self._work_folder.mkdir(parents=True)
            (self._work_folder / _RECORD).write_bytes(seal(f"site:{self._folder.name}", dump(tree)))
            folder.rename(self._work_folder / _TREE)
            self._work_folder.rename(self._folder)
        except OSError:
            shutil.rmtree(self._work_folder, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)

    def _remove_abandoned(self) -> None:
        with contextlib.suppress(OSError):
            for abandoned in self._folder.parent.glob(f"{self._folder.name}-*"):
                if not is_alive(abandoned.name.rpartition("-")[2]):
                    shutil.rmtree(abandoned, ignore_errors=True)


def is_alive(pid: str) -> bool:
    """Whether another process with this id is running; one that has ended and that nobody waits for is not."""
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    with contextlib.suppress(OSError):  # only Linux has /proc
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[:1]
        if state == [b"Z"]:
            return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
