"""The cache: what parsing made of each file, under a hash of all that it read. Deleting it is always safe.

One SQLite file holds page facts and HTML, so bodies stay on disk until their page is
rendered, several processes may write at once, and a kill at any moment leaves a usable file.
"""

import contextlib
import functools
import hashlib
import os
import pickle
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from generator.model import Page
from generator.problems import GongkaiError

_SCHEMA_VERSION = 3  # raise it when the tables change: an older cache is emptied
_PAGE_BYTES = 32_768  # a text is often longer than SQLite's own 4 KiB
_MAPPED_BYTES = 1 << 32
_SCHEMA = f"""
DROP TABLE IF EXISTS pages;
DROP TABLE IF EXISTS texts;
DROP TABLE IF EXISTS views;
DROP TABLE IF EXISTS states;
PRAGMA user_version = {_SCHEMA_VERSION};
CREATE TABLE IF NOT EXISTS pages (number INTEGER PRIMARY KEY, key TEXT UNIQUE, page BLOB);
CREATE TABLE IF NOT EXISTS texts (number INTEGER PRIMARY KEY, key TEXT UNIQUE, html TEXT);
CREATE TABLE IF NOT EXISTS views (number INTEGER PRIMARY KEY, key TEXT UNIQUE, view BLOB);
CREATE TABLE IF NOT EXISTS states (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
_WAIT_SECONDS = 60.0
_UNREADABLE = (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError)
_LOOKUP = 500
_LIBRARIES = ("markdown", "nh3", "yaml", "jinja2", "pagefind_bin")
_VIEWS_MOST, _VIEWS_MORE = 6, 1_000  # pages of lists and several outputs share the table


class CacheLostError(GongkaiError):
    """The cache does not hold what it held a moment ago: somebody has deleted it."""


class Entry(NamedTuple):
    """What parsing made of one file."""

    key: str
    page: Page
    html: str


def digest(*parts: bytes | str) -> str:
    """Return a short hash of the parts, each framed by its length."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


@functools.cache
def code_digest() -> str:
    """Return a hash of all code that a build runs: what other code made is never taken over.

    Of our own code that is the text, of the libraries' the names and versions of what is installed
    beside them, which is quicker than asking each.
    """
    package = Path(__file__).resolve().parent.parent
    own = [path.read_bytes() for path in sorted(package.rglob("*.py"))]
    origins = [spec.origin for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin]
    folders = {Path(origin).parent.parent for origin in origins}
    installed = {entry.name for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".dist-info")}
    return digest(sys.version, *sorted(installed), *own)


def pack(page: Page) -> bytes:
    """Return a page as bytes, for the cache and for another process."""
    return pickle.dumps(page, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Page:
    """Return the page that ``pack`` made bytes of."""
    page: Page = pickle.loads(data)
    return page


class Cache:
    """The cache file of one project; every process opens its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._connect()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            self.path.unlink(missing_ok=True)  # not a database any more: begin again
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=_WAIT_SECONDS)
        database.execute(f"PRAGMA page_size={_PAGE_BYTES}")
        database.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=OFF")
        if database.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA_VERSION:
            database.executescript(_SCHEMA)
        return database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def pages(self, keys: Sequence[str]) -> dict[str, Page]:
        """Return the pages that are known under these keys."""
        found: dict[str, Page] = {}
        for start in range(0, len(keys), _LOOKUP):
            some = keys[start : start + _LOOKUP]
            marks = ",".join("?" * len(some))
            rows = self._database.execute(f"SELECT key, page FROM pages WHERE key IN ({marks})", some)
            for key, blob in rows:
                with contextlib.suppress(*_UNREADABLE):
                    found[key] = unpack(blob)
        return found

    def put(self, entries: Iterable[Entry]) -> list[bytes]:
        """Store parsed files, in one transaction; returns their pages packed, to pass between processes."""
        rows = [(entry.key, pack(entry.page), entry.html) for entry in entries]
        with self._writing() as database:
            database.executemany("INSERT OR IGNORE INTO texts (key, html) VALUES (?, ?)", [row[::2] for row in rows])
            database.executemany("INSERT OR REPLACE INTO pages (key, page) VALUES (?, ?)", [row[:2] for row in rows])
        return [packed for _, packed, _ in rows]

    def html(self, key: str) -> str:
        """Return the HTML of one file's text."""
        return str(self._one("SELECT html FROM texts WHERE key = ?", key))

    def put_views(self, views: Iterable[tuple[str, bytes]]) -> None:
        """Store what pages show, each under its key."""
        with self._writing() as database:
            database.executemany("INSERT OR IGNORE INTO views (key, view) VALUES (?, ?)", views)

    def view(self, key: str) -> bytes:
        """Return what one page shows."""
        return bytes(self._one("SELECT view FROM views WHERE key = ?", key))

    def _one(self, query: str, key: str) -> Any:
        row = self._database.execute(query, (key,)).fetchone()
        if row is None:
            raise CacheLostError("缓存在构建途中被删除了", "再运行一次")
        return row[0]

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction; raises ``GongkaiError`` where the disk is full or the folder is read-only."""
        try:
            with self._database:
                yield self._database
        except sqlite3.OperationalError as error:
            raise GongkaiError(
                f"缓存写不进去：{self.path.parent}（{error}）", "检查磁盘空间和权限；缓存目录可以随时删除"
            ) from None

    def state(self, name: str) -> Any:
        """Return what ``set_state`` stored, ``None`` for nothing."""
        row = self._database.execute("SELECT value FROM states WHERE name = ?", (name,)).fetchone()
        with contextlib.suppress(*_UNREADABLE):
            return pickle.loads(row[0]) if row else None
        return None

    def set_state(self, name: str, value: object) -> None:
        """Store a small value between builds."""
        packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        with self._writing() as database:
            database.execute("INSERT OR REPLACE INTO states VALUES (?, ?)", (name, packed))

    def forget_all_but(self, keys: Iterable[str], prefix: str = "") -> None:
        """Drop files that are no longer in the site, once they outnumber those that are; views likewise.

        With a prefix this is about keys that begin with it, without one about those of the texts themselves.
        """
        kept = set(keys)
        stored = [row[0] for row in self._database.execute("SELECT key FROM pages")]
        stale = [(key,) for key in stored if key not in kept and (key.startswith(prefix) if prefix else ":" not in key)]
        (views,) = self._database.execute("SELECT count(*) FROM views").fetchone()
        with self._writing() as database:
            if len(stale) > len(kept):
                database.executemany("DELETE FROM pages WHERE key = ?", stale)
                database.executemany("DELETE FROM texts WHERE key = ?", stale)
            if not prefix and views > _VIEWS_MOST * len(kept) + _VIEWS_MORE:
                database.execute("DELETE FROM views")
