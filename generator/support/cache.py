"""The cache: the result of parsing each file, under a hash of everything that was read. Deleting it is always safe.

One SQLite file holds page facts and the blocks of texts: texts stay on disk until their page is rendered, several
processes may write at once, and the file stays usable when a process is killed.
"""

import contextlib
import functools
import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, cast

from generator.domain.model import Page, Text
from generator.support.database import CacheBrokenError, CacheLostError, explained, is_passing, note, open_database
from generator.support.seal import NotReadableError, dump, load, seal, unseal
from generator.support.text_records import pack_text, unpack_text

_LOOKUP = 500
_LIBRARIES = ("markdown", "nh3", "yaml", "jinja2", "pagefind_bin")
_VIEWS_PER_PAGE, _MORE_VIEWS = 6, 1_000  # list pages and several outputs share the table


class Entry(NamedTuple):
    """The result of parsing one file."""

    key: str
    page: Page
    text: Text


def digest(*parts: bytes | str) -> str:
    """Return a short hash of the parts, each with its length before it."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


@functools.cache
def code_digest() -> str:
    """Return a hash of all code that a build runs, so that results of other code are never reused.

    It covers the text of gongkai's own code, and the names and versions of all distributions that are installed
    in the folders of its libraries, which is faster than asking for each.
    """
    package = Path(__file__).resolve().parent.parent
    sources = [path.read_bytes() for path in sorted(package.rglob("*.py"))]
    origins = [spec.origin for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin]
    folders = {Path(origin).parent.parent for origin in origins}
    installed = {entry.name for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".dist-info")}
    return digest(sys.version, *sorted(installed), *sources)


def pack(page: Page) -> bytes:
    """Return a page as bytes, for the cache and for another process."""
    return dump(page)


def unpack(data: bytes) -> Page:
    """Return the page that ``pack`` turned into bytes.

    Raises ``NotReadableError`` for other bytes.
    """
    return cast("Page", load(data))


class Cache:
    """The cache file of one project; every process opens its own connection.

    A record is returned only where its keyed sum is that of this user for this place.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = open_database(path)

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
        """Return the stored pages by key; a damaged record is left out."""
        pages: dict[str, Page] = {}
        damaged = 0
        for start in range(0, len(keys), _LOOKUP):
            chunk = keys[start : start + _LOOKUP]
            marks = ",".join("?" * len(chunk))
            for key, sealed in self._rows(f"SELECT key, page FROM pages WHERE key IN ({marks})", chunk):
                try:
                    pages[key] = unpack(_unsealed("pages", key, sealed))
                except NotReadableError:
                    damaged += 1
        if damaged:
            note(f"缓存里有 {damaged} 条记录损坏，已重新生成。")
        return pages

    def put(self, entries: Iterable[Entry]) -> list[bytes]:
        """Store parsed files in one transaction and return their packed pages, to be sent to another process."""
        rows = [(entry.key, pack(entry.page), pack_text(entry.text)) for entry in entries]
        texts = [(key, seal(f"texts:{key}", blocks)) for key, _, blocks in rows]
        pages = [(key, seal(f"pages:{key}", packed)) for key, packed, _ in rows]
        with self._writing() as database:
            database.executemany("INSERT OR REPLACE INTO texts (key, blocks) VALUES (?, ?)", texts)
            database.executemany("INSERT OR REPLACE INTO pages (key, page) VALUES (?, ?)", pages)
        return [packed for _, packed, _ in rows]

    def text(self, key: str) -> Text:
        """Return one file's text as its blocks.

        Raises ``CacheLostError`` where it is damaged or missing; the next run parses the file again.
        """
        text: Text = self._record("texts", "blocks", key, unpack_text)
        return text

    def put_views(self, views: Iterable[tuple[str, bytes]]) -> None:
        """Store views of pages, each under its key."""
        sealed = [(key, seal(f"views:{key}", view)) for key, view in views]
        with self._writing() as database:
            database.executemany("INSERT OR REPLACE INTO views (key, view) VALUES (?, ?)", sealed)

    def view(self, key: str) -> bytes:
        """Return the view of one page.

        Raises ``CacheLostError`` where it is damaged or missing.
        """
        view: bytes = self._record("views", "view", key, bytes)
        return view

    def _record(self, table: str, column: str, key: str, read: Callable[[bytes], Any]) -> Any:
        rows = self._rows(f"SELECT {column} FROM {table} WHERE key = ?", (key,))
        try:
            return read(_unsealed(table, key, rows[0][0]))
        except IndexError:
            lost = CacheLostError("缓存在构建途中被删除了", "再运行一次")
        except NotReadableError:
            lost = CacheLostError("缓存里有一条记录损坏", "再运行一次")
        with self._writing() as database:
            database.execute(f"DELETE FROM {table} WHERE key = ?", (key,))
            database.execute("DELETE FROM pages WHERE key = ?", (key,))
        raise lost

    def _rows(self, query: str, values: Sequence[str] = ()) -> list[Any]:
        """Return the rows of a query.

        Raises ``CacheBrokenError`` where the file cannot be read.
        """
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            if is_passing(error):
                raise explained(error, self.path) from None
            raise CacheBrokenError("缓存坏了", "再运行一次") from None

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction.

        Raises ``GongkaiError`` where the disk is full or the folder is read-only.
        """
        try:
            with self._database:
                yield self._database
        except sqlite3.DatabaseError as error:
            raise explained(error, self.path) from None

    def state(self, name: str) -> Any:
        """Return what ``set_state`` stored, ``None`` for nothing; a damaged record is reported and ignored."""
        rows = self._rows("SELECT value FROM states WHERE name = ?", (name,))
        try:
            return load(_unsealed("states", name, rows[0][0])) if rows else None
        except NotReadableError:
            note("缓存里有一条记录损坏，已重新生成。")
            return None

    def set_state(self, name: str, value: object) -> None:
        """Store a small value for a later run."""
        sealed = seal(f"states:{name}", dump(value))
        with self._writing() as database:
            database.execute("INSERT OR REPLACE INTO states VALUES (?, ?)", (name, sealed))

    def drop_unused(self, keys: Iterable[str], prefix: str = "") -> None:
        """Delete records of files that are not in the site, once they outnumber those that are; views likewise.

        With a prefix only keys that begin with it are deleted, without one only those of the texts themselves.
        """
        used = set(keys)
        stored = [row[0] for row in self._rows("SELECT key FROM pages")]
        stale = [(key,) for key in stored if key not in used and (key.startswith(prefix) if prefix else ":" not in key)]
        ((views,),) = self._rows("SELECT count(*) FROM views")
        with self._writing() as database:
            if len(stale) > len(used):
                database.executemany("DELETE FROM pages WHERE key = ?", stale)
                database.executemany("DELETE FROM texts WHERE key = ?", stale)
            if not prefix and views > _VIEWS_PER_PAGE * len(used) + _MORE_VIEWS:
                database.execute("DELETE FROM views")


def _unsealed(table: str, key: str, sealed: object) -> bytes:
    """Return the content of a record.

    Raises ``NotReadableError`` where it is not what was stored there.
    """
    if not isinstance(sealed, bytes):
        raise NotReadableError
    return unseal(f"{table}:{key}", sealed)
