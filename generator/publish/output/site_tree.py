"""A written site as the next build must know it: every file and folder with what the disk says of it."""

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
    """One file of the output as it was written: enough to know it again without reading it.

    ``stamp`` and ``changed`` are the times of its last change in ns: by the clock of whoever writes, which can be
    set at will, and by the system's own, which cannot.
    """

    path: str
    fingerprint: str
    sha256: str
    size: int
    stamp: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: str, fingerprint: str, sha256: str, facts: os.stat_result) -> "WrittenFile":
        """Return the record of a file from what the disk says of it."""
        return cls(path, fingerprint, sha256, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)

    def at(self, root: Path | str) -> "WrittenFile | None":
        """Return the record of this file as it lies in a site now; ``None`` where it is not what was written.

        A file that the system calls changed (moved, copied, given other rights) is read, and its sum compared.
        """
        place = f"{root}/{self.path}"
        try:
            facts = os.lstat(place)
            if facts.st_size != self.size or facts.st_mtime_ns != self.stamp or not stat.S_ISREG(facts.st_mode):
                return None
            if facts.st_ctime_ns == self.changed and facts.st_ino == self.inode:
                return self
            with Path(place).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return None
        return WrittenFile.of(self.path, self.fingerprint, self.sha256, facts) if same else None


class SiteTree(NamedTuple):
    """All files of a site by their path, and the times of its folders in ns: a new file in one changes its time."""

    files: Mapping[str, WrittenFile]
    folders: Mapping[str, int]

    def has_same_folders(self, root: Path) -> bool:
        """Whether nobody has put anything into a site, or taken anything from it.

        The root is looked through, because it is renamed with every exchange; other folders where their time says so.
        """
        inside: dict[str, set[str]] = {}
        try:
            for name, stamp in self.folders.items():
                place = f"{root}/{name}"
                facts = os.lstat(place)
                if not stat.S_ISDIR(facts.st_mode):
                    return False
                if _time_of(facts) != stamp and name:
                    inside = inside or self._inside()
                    if {entry.name for entry in os.scandir(place)} != inside[name]:
                        return False
            return {entry.name for entry in os.scandir(root)} == {path.partition("/")[0] for path in self.files}
        except OSError:
            return False

    @property
    def seal(self) -> str:
        """The sha256 of the manifest, which holds those of all other files."""
        return self.files[MANIFEST].sha256

    def _inside(self) -> dict[str, set[str]]:
        """Return the names that lie in each folder."""
        names: dict[str, set[str]] = {name: set() for name in self.folders}
        for path in chain(self.files, filter(None, self.folders)):
            folder, _, name = path.rpartition("/")
            names[folder].add(name)
        return names

    def at(self, root: Path) -> "SiteTree | None":
        """Return the record of a site as it lies now; ``None`` where it is not what was written."""
        if not self.has_same_folders(root):
            return None
        changed: dict[str, WrittenFile] = {}
        for path, file in self.files.items():
            now = file.at(root)
            if now is None:
                return None
            if now is not file:
                changed[path] = now
        return self._replace(files={**self.files, **changed}) if changed else self

    def linked_to(self, other: "SiteTree") -> "SiteTree":
        """Return the record of a site some of whose files lie in another, newer one too: linking changed their time."""
        same = {
            path: file._replace(changed=new.changed)
            for path, file in self.files.items()
            if (new := other.files.get(path)) and new.inode == file.inode
        }
        return self._replace(files={**self.files, **same})


def tree_of(root: Path, files: Iterable[WrittenFile]) -> SiteTree:
    """Return the record of a site that has just been written."""
    by_path = {file.path: file for file in files}
    folders = {folder for path in by_path for folder in folders_of(path)} | {""}
    return SiteTree(by_path, {name: time_of(f"{root}/{name}") for name in folders})


def time_of(folder: Path | str) -> int:
    """Return when a folder was changed last, by whichever clock is later, in ns."""
    return _time_of(os.lstat(folder))


def _time_of(facts: os.stat_result) -> int:
    return max(facts.st_mtime_ns, facts.st_ctime_ns)


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders that hold a file, the nearest first, without the root."""
    while path := path.rpartition("/")[0]:
        yield path


class PreviousOutput:
    """The site before the last one, kept in the cache: the next one is made of it, so little is left to write.

    A folder with the site and its record, moved whole in one step; each build that wants it takes it away.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._mine = place.with_name(f"{place.name}-{os.getpid()}")

    @classmethod
    def of(cls, cache_path: Path, target: Path) -> "PreviousOutput":
        """Return the spare of the site at ``target``."""
        name = hashlib.blake2b(os.fsencode(target), digest_size=8).hexdigest()
        return cls(cache_path.parent / "sites" / name)

    def take(self, folder: Path) -> SiteTree | None:
        """Move the spare site to ``folder``; ``None`` where there is none, or it is not what it was."""
        self._tidy()
        try:
            self._place.rename(self._mine)
            tree: SiteTree = load(unseal(f"site:{self._place.name}", (self._mine / _RECORD).read_bytes()))
            if not tree.has_same_folders(self._mine / _TREE):
                return None
            (self._mine / _TREE).rename(folder)
        except (OSError, NotReadableError):
            return None
        finally:
            shutil.rmtree(self._mine, ignore_errors=True)
        return tree

    def store(self, folder: Path, tree: SiteTree) -> None:
        """Keep the site in ``folder``; where that cannot be done it is removed."""
        try:
            self._mine.mkdir(parents=True)
            (self._mine / _RECORD).write_bytes(seal(f"site:{self._place.name}", dump(tree)))
            folder.rename(self._mine / _TREE)
            self._mine.rename(self._place)
        except OSError:
            shutil.rmtree(self._mine, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)

    def _tidy(self) -> None:
        with contextlib.suppress(OSError):
            for left in self._place.parent.glob(f"{self._place.name}-*"):
                if not is_alive(left.name.rpartition("-")[2]):
                    shutil.rmtree(left, ignore_errors=True)


def is_alive(pid: str) -> bool:
    """Whether another process with this number runs."""
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
