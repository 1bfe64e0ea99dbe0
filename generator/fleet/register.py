"""The register: the public facts of all sites of a platform, and how far each site is, in one SQLite file.

It lies in the folder of the cache and may be deleted at any time: the next run reads all sites again. Facts are JSON,
never code. Every site is written in a transaction of its own, so that a run that was killed goes on where it was.
"""

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from generator.domain.model import NoticeKind
from generator.domain.vocabulary import ConsultationState, Kind, Status
from generator.fleet.facts import Outgoing, PublicFact, SiteFacts, names_of
from generator.support.cache import digest
from generator.support.database import check_private, explained, is_passing, remove

_VERSION = 3
_SCHEMA = """
CREATE TABLE unsettled (reason TEXT);
CREATE TABLE sites (site TEXT PRIMARY KEY, facts_key TEXT, build_key TEXT, facts TEXT, result TEXT) WITHOUT ROWID;
CREATE TABLE documents (site TEXT, id TEXT, fact TEXT, own INTEGER, PRIMARY KEY (site, id)) WITHOUT ROWID;
CREATE TABLE names (name TEXT, site TEXT, id TEXT, PRIMARY KEY (name, site, id)) WITHOUT ROWID;
CREATE TABLE outgoing (site TEXT, number INTEGER, rank INTEGER, name TEXT, id TEXT, key TEXT, clause TEXT);
CREATE INDEX names_of_site ON names (site);
CREATE INDEX outgoing_names ON outgoing (name);
CREATE INDEX outgoing_of_site ON outgoing (site, number);
"""
Row = tuple[Any, ...]


class SiteState(NamedTuple):
    """How far a site is: the keys of its facts and of its last build, and the result of that build as plain data."""

    facts_key: str = ""
    build_key: str = ""
    since: str = ""
    until: str = ""
    result: dict[str, Any] | None = None


class Register:
    """The file of the register; a damaged one is made anew."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        check_private(path.parent)
        self._path = path
        try:
            self._database = self._open()
        except sqlite3.DatabaseError as error:
            if is_passing(error):
                raise explained(error, path) from None
            remove(path)
            self._database = self._open()

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")
            if database.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    database.execute(f"DROP TABLE {name}")
                database.executescript(_SCHEMA)
                database.execute(f"PRAGMA user_version = {_VERSION}")
            database.execute("SELECT count(*) FROM sites").fetchone()
        except BaseException:
            database.close()
            raise
        return database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from None

    def rows(self, query: str, values: Iterable[object] = ()) -> list[Row]:
        """Return the rows of a query; raises ``GongkaiError`` where the file cannot be read."""
        try:
            return self._database.execute(query, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            raise explained(error, self._path) from None

    def states(self) -> dict[str, SiteState]:
        """Return the state of every site that is known."""
        states: dict[str, SiteState] = {}
        for site, facts_key, build_key, facts, result in self.rows("SELECT * FROM sites"):
            about = json.loads(facts) if facts else {}
            states[site] = SiteState(
                facts_key or "",
                build_key or "",
                about.get("since", ""),
                about.get("until", ""),
                json.loads(result) if result else None,
            )
        return states

    @property
    def is_settled(self) -> bool:
        """Whether every site has been read with what the register now says of the others."""
        return not self.rows("SELECT 1 FROM unsettled LIMIT 1")

    def settle(self) -> None:
        """Note that every site has been read with what the register now says of the others."""
        with self._writing() as database:
            database.execute("DELETE FROM unsettled")

    @staticmethod
    def _unsettle(database: sqlite3.Connection, reason: str) -> None:
        """Note, in the transaction that changes facts, that other sites may have to be read again."""
        database.execute("DELETE FROM unsettled")
        database.execute("INSERT INTO unsettled VALUES (?)", (reason,))

    def set_facts(self, site: str, key: str, facts: SiteFacts) -> None:
        """Store the facts of a site in the place of its former ones; ``key`` is a hash of what they come from."""
        about = {
            "title": facts.title,
            "agency": facts.agency,
            "base_url": facts.base_url,
            "since": _minute(facts.since),
            "until": _minute(facts.until),
        }
        with self._writing() as database:
            self._unsettle(database, site)
            self._forget(database, site)
            database.executemany(
                "INSERT INTO documents VALUES (?, ?, ?, ?)",
                ((site, one.id, _packed(one), one.is_own) for one in facts.documents),
            )
            database.executemany(
                "INSERT OR IGNORE INTO names VALUES (?, ?, ?)",
                ((name, site, one.id) for one in facts.documents for name in names_of(site, one)),
            )
            database.executemany(
                "INSERT INTO outgoing VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (site, number, rank, name, one.document, one.key, one.clause)
                    for number, one in enumerate(facts.outgoing)
                    for rank, name in enumerate(one.names)
                ),
            )
            database.execute(
                "INSERT INTO sites (site, facts_key, facts) VALUES (?1, ?2, ?3) "
                "ON CONFLICT (site) DO UPDATE SET facts_key = ?2, facts = ?3",
                (site, key, json.dumps(about, ensure_ascii=False)),
            )

    @staticmethod
    def _forget(database: sqlite3.Connection, site: str) -> None:
        for table in ("documents", "names", "outgoing"):
            database.execute(f"DELETE FROM {table} WHERE site = ?", (site,))  # noqa: S608 - its own tables

    def forget_documents(self, site: str, hidden: Iterable[str]) -> None:
        """Forget single documents of a site, which keeps its other facts because its build is stopped.

        The key of its facts tells which they are, so that whatever was made of them is made again.
        """
        names = sorted(hidden)
        with self._writing() as database:
            self._unsettle(database, site)
            database.execute("UPDATE sites SET facts_key = ? WHERE site = ?", (f"without:{digest(*names)}", site))
            for name in names:
                database.execute("DELETE FROM documents WHERE site = ? AND id = ?", (site, name))
                for table in ("names", "outgoing"):
                    database.execute(f"DELETE FROM {table} WHERE site = ? AND id = ?", (site, name))  # noqa: S608

    def set_result(self, site: str, key: str, result: dict[str, Any]) -> None:
        """Store the result of a build; an empty key says that the site must be built again."""
        with self._writing() as database:
            database.execute(
                "INSERT INTO sites (site, build_key, result) VALUES (?1, ?2, ?3) "
                "ON CONFLICT (site) DO UPDATE SET build_key = ?2, result = ?3",
                (site, key, json.dumps(result, ensure_ascii=False)),
            )

    def keep_only(self, sites: Iterable[str]) -> None:
        """Forget the sites that are no longer part of the platform."""
        gone = {site for (site,) in self.rows("SELECT site FROM sites")} - set(sites)
        for site in sorted(gone):
            with self._writing() as database:
                self._unsettle(database, site)
                self._forget(database, site)
                database.execute("DELETE FROM sites WHERE site = ?", (site,))

    def forget_builds(self) -> None:
        """Forget all keys, so that every site is read and built again."""
        with self._writing() as database:
            database.execute("UPDATE sites SET facts_key = '', build_key = ''")

    def about(self) -> dict[str, dict[str, str]]:
        """Return title, agency and address of every site that has facts."""
        return {site: json.loads(facts) for site, facts in self.rows("SELECT site, facts FROM sites") if facts}

    def documents(self, sites: Iterable[str] | None = None) -> Iterator[tuple[str, PublicFact]]:
        """Yield the documents of some sites, or of all, by site and id."""
        names = sorted(site for (site,) in self.rows("SELECT site FROM sites")) if sites is None else list(sites)
        for site in names:
            for (fact,) in self.rows("SELECT fact FROM documents WHERE site = ? ORDER BY id", (site,)):
                yield site, unpacked(fact)

    def fact(self, site: str, name: str) -> PublicFact:
        """Return one document."""
        ((fact,),) = self.rows("SELECT fact FROM documents WHERE site = ? AND id = ?", (site, name))
        return unpacked(fact)

    def outgoing(self, site: str) -> Iterator[Outgoing]:
        """Yield the names that a site sends out."""
        query = "SELECT number, name, id, key, clause FROM outgoing WHERE site = ? ORDER BY number, rank"
        yield from _joined(self.rows(query, (site,)))


def _joined(rows: Iterable[Row]) -> Iterator[Outgoing]:
    """Yield the names of rows, of which several in succession are the keys of one name."""
    last: int | None = None
    present: Outgoing | None = None
    for number, name, document, key, clause in rows:
        if number == last and present:
            present = present._replace(names=(*present.names, name))
            continue
        if present:
            yield present
        last, present = number, Outgoing(document, key, (name,), clause)
    if present:
        yield present


def _minute(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _packed(fact: PublicFact) -> str:
    return json.dumps(fact, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> PublicFact:
    """Return a fact as it was stored."""
    cells = dict(zip(PublicFact._fields, json.loads(text), strict=True))
    cells |= {key: tuple(cells[key]) for key in ("issuers", "themes", "keywords", "audiences")}
    return PublicFact(**cells)._replace(
        kind=Kind.parse(cells["kind"]) or Kind.NOTICE,
        status=Status.parse(cells["status"] or ""),
        consultation=ConsultationState.parse(cells["consultation"] or ""),
        fields=tuple((key, value) for key, value in cells["fields"]),
        changes=tuple((day, state) for day, state in cells["changes"]),
        notices=tuple((NoticeKind(kind), since, until) for kind, since, until in cells["notices"]),
    )
