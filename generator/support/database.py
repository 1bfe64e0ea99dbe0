"""The SQLite file of the cache: who may own it, how it is created, and how it is renewed."""

import contextlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator.domain.problems import GongkaiError, reason_of
from generator.support.seal import NotReadableError, seal, unseal

_SCHEMA_VERSION = 5  # increase it when the tables change: an older cache is emptied
_PAGE_BYTES = 32_768  # a text is often longer than SQLite's default page of 4 KiB
_MAPPED_BYTES = 1 << 32
_WAIT_SECONDS = 60.0
_TABLES = {
    "pages": "(number INTEGER PRIMARY KEY, key TEXT UNIQUE, page BLOB)",
    "texts": "(number INTEGER PRIMARY KEY, key TEXT UNIQUE, blocks BLOB)",
    "views": "(number INTEGER PRIMARY KEY, key TEXT UNIQUE, view BLOB)",
    "states": "(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
}
_OWNER = "owner"  # a record that only the key of the same user can unseal
_TEMPORARY = ("locked", "full", "readonly", "read-only")
Result = TypeVar("Result")


class CacheLostError(GongkaiError):
    """A record of the cache is missing or damaged; a damaged record has been deleted."""


class CacheBrokenError(CacheLostError):
    """The file of the cache cannot be read at all."""


def renewing(run: Callable[[], Result], path: Path) -> Result:
    """Return the result of ``run``; where the cache at ``path`` is damaged, renew it and run again.

    A single record is renewed first, the whole cache only where that does not help.
    """
    for last in (False, True):
        try:
            return run()
        except CacheLostError as lost:
            note(f"{lost.message}，已重新生成。")
            if last or isinstance(lost, CacheBrokenError):
                remove(path)
    return run()


def note(message: str) -> None:
    """Print one warning on stderr."""
    import logging  # slow to import, and rarely needed

    logging.getLogger("gongkai").warning(message)


def check_private(folder: Path) -> None:
    """Check that no other account could have written into the folder of a cache.

    Raises ``GongkaiError``, with a hint, where one could.
    """
    if not hasattr(os, "geteuid"):
        return
    away = "或设环境变量 XDG_CACHE_HOME，把缓存放到自己的文件夹里"
    try:
        facts, above = folder.lstat(), folder.parent.stat()
    except OSError as error:
        raise GongkaiError(f"缓存目录 {folder} 读不了：{reason_of(error)}", f"检查权限，{away}") from None
    if not stat.S_ISDIR(facts.st_mode):
        raise GongkaiError(f"缓存目录 {folder} 不是文件夹，没有用它", f"删去它再运行，{away}")
    if facts.st_uid != os.geteuid():
        raise GongkaiError(f"缓存目录 {folder} 属于别的帐号，没有用它", f"用自己的帐号运行，{away}")
    if facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise GongkaiError(f"缓存目录 {folder} 别的帐号也能写，没有用它", f"删去它再运行，{away}")
    open_to_all = above.st_mode & stat.S_IWOTH and not above.st_mode & stat.S_ISVTX
    if above.st_uid not in {os.geteuid(), 0} or (folder.parent.name.startswith("gongkai") and open_to_all):
        raise GongkaiError(
            f"缓存目录 {folder.parent} 属于别的帐号，或别的帐号也能写，没有用它", f"收回别人的权限，{away}"
        )


def open_database(path: Path) -> sqlite3.Connection:
    """Open the file of a cache; create it where there is none, and renew it where another user or program wrote it.

    Raises ``GongkaiError`` where it is not the user's own, cannot be made or is in use for long.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise GongkaiError(f"缓存目录 {path.parent} 不能新建：{reason_of(error)}", "检查权限和磁盘空间") from None
    check_private(path.parent)
    try:
        if _is_foreign(path):
            raise sqlite3.DatabaseError
        return _connect(path)
    except (sqlite3.DatabaseError, NotReadableError) as error:
        if is_passing(error):
            raise explained(error, path) from None
    note(f"缓存读不了，或不是这个帐号在这台机器上写的，已重新生成：{path.parent}")
    remove(path)
    try:
        return _connect(path)
    except (sqlite3.Error, NotReadableError) as error:
        raise explained(error, path) from None


def _is_foreign(path: Path) -> bool:
    """Whether there is something at the path that is no regular file of the user."""
    with contextlib.suppress(FileNotFoundError):
        facts = path.lstat()
        is_own = not hasattr(os, "geteuid") or (facts.st_uid == os.geteuid() and not facts.st_mode & 0o022)
        return not (stat.S_ISREG(facts.st_mode) and is_own)
    return False


def is_passing(error: Exception) -> bool:
    """Whether an error does not mean that the file is damaged: it is in use, or the disk is full or read-only."""
    return isinstance(error, sqlite3.OperationalError) and any(word in str(error) for word in _TEMPORARY)


def explained(error: Exception, path: Path) -> GongkaiError:
    """Return the error of the cache with a Chinese message and hint."""
    if "locked" in str(error):
        return GongkaiError("缓存正被另一个 gongkai 使用，等了一分钟", "等它结束再运行")
    if is_passing(error):
        return GongkaiError(f"缓存写不进去：{path.parent}（{error}）", "检查磁盘空间和权限；缓存目录可以随时删除")
    return CacheBrokenError("缓存坏了", f"删去 {path.parent} 再运行")


def remove(path: Path) -> None:
    """Remove the file of a cache and the files that SQLite keeps beside it."""
    for place in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))):
        try:
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
        except OSError as error:
            raise GongkaiError(f"缓存 {place} 删不掉：{reason_of(error)}", "检查权限，删去它再运行") from None


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    try:
        database.execute(f"PRAGMA page_size={_PAGE_BYTES}")
        database.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=OFF")
        if _version(database) != _SCHEMA_VERSION:
            _create(database)
        row = database.execute("SELECT value FROM states WHERE name = ?", (_OWNER,)).fetchone()
        unseal(_OWNER, row[0] if row and isinstance(row[0], bytes) else b"")
    except BaseException:
        database.close()
        raise
    return database


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _create(database: sqlite3.Connection) -> None:
    """Create all tables in one transaction, unless another process has done so."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        if _version(database) == _SCHEMA_VERSION:
            return
        for name, columns in _TABLES.items():
            database.execute(f"DROP TABLE IF EXISTS {name}")
            database.execute(f"CREATE TABLE {name} {columns}")
        database.execute("INSERT INTO states VALUES (?, ?)", (_OWNER, seal(_OWNER, b"")))
        database.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
