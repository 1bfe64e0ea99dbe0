"""A written site as the next build must know it: every file and folder with what the disk says of it."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.source.seal import NotReadableError, dump, load, seal, unseal

_RECORD, _TREE = "record", "tree"


class Written(NamedTuple):
    """One file of the output as it was written: enough to know it again without reading it; ``stamp`` in ns."""

    path: str
    fingerprint: str
    sha256: str
    size: int
    stamp: int

    def lies_in(self, root: Path) -> bool:
        """Whether this file lies in a site as it was written."""
        try:
            facts = os.lstat(f"{root}/{self.path}")
        except OSError:
            return False
        return facts.st_size == self.size and facts.st_mtime_ns == self.stamp


class Tree(NamedTuple):
    """All files of a site by their path, and the times of its folders: a new file in one changes its time."""

    files: Mapping[str, Written]
    folders: Mapping[str, int]

    def is_all_of(self, root: Path) -> bool:
        """Whether nobody has put anything into a site, or taken anything from it."""
        try:
            return all(os.lstat(f"{root}/{name}").st_mtime_ns == stamp for name, stamp in self.folders.items())
        except OSError:
            return False

    def is_untouched(self, root: Path) -> bool:
        """Whether a site is what it was when it was written."""
        return self.is_all_of(root) and all(file.lies_in(root) for file in self.files.values())


def tree_of(root: Path, files: Iterable[Written]) -> Tree:
    """Return the record of a site that has just been written."""
    by_path = {file.path: file for file in files}
    folders = {folder for path in by_path for folder in folders_of(path)} | {""}
    return Tree(by_path, {name: os.lstat(f"{root}/{name}").st_mtime_ns for name in folders})


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders that hold a file, the nearest first, without the root."""
    while path := path.rpartition("/")[0]:
        yield path


class Spare:
    """The site before the last one, kept in the cache: the next one is made of it, so little is left to write.

    A folder with the site and its record, moved whole in one step; each build that wants it takes it away.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._mine = place.with_name(f"{place.name}-{os.getpid()}")

    @classmethod
    def of(cls, cache_path: Path, target: Path) -> "Spare":
        """Return the spare of the site at ``target``."""
        name = hashlib.blake2b(os.fsencode(target), digest_size=8).hexdigest()
        return cls(cache_path.parent / "sites" / name)

    def take(self, folder: Path) -> Tree | None:
        """Move the spare site to ``folder``; ``None`` where there is none, or it is not what it was."""
        self._tidy()
        try:
            self._place.rename(self._mine)
            tree: Tree = load(unseal(f"site:{self._place.name}", (self._mine / _RECORD).read_bytes()))
            if not tree.is_all_of(self._mine / _TREE):
                return None
            (self._mine / _TREE).rename(folder)
        except (OSError, NotReadableError):
            return None
        finally:
            shutil.rmtree(self._mine, ignore_errors=True)
        return tree

    def park(self, folder: Path, tree: Tree) -> None:
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
