"""The git history of the files under ``content/``, with the renames of each document followed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.domain.model.page import Page


@dataclass(frozen=True, slots=True)
class Author:
    """The author of a commit, as git records it."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class FormerIdentity:
    """The 索引号 of an earlier version of a document, what identifies that version, and when it was replaced.

    ``public`` is whether that version was already public at that moment (Asia/Shanghai).
    """

    index_no: str
    doc_number: str
    title: str
    until: dt.datetime
    public: bool


@dataclass(frozen=True, slots=True)
class FormerAddress:
    """The fields that made the address of an earlier version of a document, as they were typed.

    Recorded only for versions that were public when they were replaced (Asia/Shanghai). ``page`` holds those fields.
    """

    page: Page
    title: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class VanishedAddress:
    """An address that was public and is not any more; ``field`` is the field that changed, ``was`` its former value.

    Not ``committed`` is one that disappears with changes that are not committed yet. ``is_draft``: its source
    is a draft now.
    """

    address: str
    path: str
    title: str
    until: dt.datetime
    field: str = ""
    was: str = ""
    committed: bool = True
    is_draft: bool = False


class DatedVersion(NamedTuple):
    """The value of a date field from one commit on; ``day`` is ``None`` for a version without the field.

    ``public`` is whether the public could read it; ``since`` (Asia/Shanghai) and ``commit`` are then those of the
    first public version with that value.
    """

    key: str
    day: dt.date | None
    since: dt.datetime
    commit: str
    public: bool


class CommittedDays(NamedTuple):
    """The dates by field that the last commit gives a document which differs from it, and its source file there."""

    path: str
    days: Mapping[str, dt.date]


class Revision(NamedTuple):
    """One state of a document on the publishing branch: its git object, its path, and since when.

    ``subject`` is the first line of the message of its commit, ``commit`` its hash. ``until`` (like ``since`` in
    Asia/Shanghai) is when it was replaced or removed; ``removed`` says that it was removed.
    """

    blob: str
    path: str
    since: dt.datetime
    subject: str
    until: dt.datetime | None = None
    removed: bool = False
    commit: str = ""


class Version(NamedTuple):
    """One state of a public document that the public could read from ``since`` (Asia/Shanghai) on.

    ``name`` is its part of the address; ``note`` describes the change that made it. ``page`` is ``None`` where its
    text is not published any more, because it contains what is masked today or names a document hidden today.
    ``targets`` maps an address in its text to the percent-encoded address from the site's root, ``None`` for nowhere;
    ``other_files`` says whether its attachments differ from those of the version before; ``begins`` whether nothing
    of the document was public before.
    """

    name: str
    since: dt.datetime
    note: str
    page: Page | None
    targets: Mapping[str, str | None] = {}
    other_files: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class FileHistory:
    """One document on the publishing branch, renames followed; ``path`` is its last path in the project.

    ``first`` is when it was added to that branch, ``last`` when it changed last: moments of the commits there, in
    Asia/Shanghai. ``former_identities`` are the versions whose 索引号 differs from that of the next one, oldest first,
    ``places`` those whose address may differ from that of the next one. ``revisions`` are all states, the present
    one last; empty for a document that never changed. ``first_commit`` and ``last_commit`` are the hashes of the
    commits of ``first`` and ``last``. ``dated_versions`` are the values of the date fields in their order; empty where
    they were never changed.
    """

    path: str
    first: dt.datetime
    last: dt.datetime
    author: Author
    former_identities: tuple[FormerIdentity, ...] = ()
    places: tuple[FormerAddress, ...] = ()
    revisions: tuple[Revision, ...] = ()
    first_commit: str = ""
    last_commit: str = ""
    dated_versions: tuple[DatedVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All documents that were ever on the publishing branch: ``files`` by present path, ``gone`` the removed ones."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    gone: tuple[FileHistory, ...] = ()
