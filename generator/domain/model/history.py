"""What git knows of the files under ``content/``: the line of each document through its renames."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.domain.model.page import Page


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a commit, as git knows it."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class FormerIdentity:
    """An earlier version of a document: its 索引号 and how to know it again, and when it was replaced.

    ``public`` is whether that version was already public at that moment (Asia/Shanghai).
    """

    index_no: str
    doc_number: str
    title: str
    until: dt.datetime
    public: bool


@dataclass(frozen=True, slots=True)
class FormerAddress:
    """Where a document stood in an earlier version: what its address was made of, as it was typed.

    Kept only of versions that were public when they were replaced (Asia/Shanghai). ``page`` holds those fields.
    """

    page: Page
    title: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class VanishedAddress:
    """An address that was public and is not any more; ``field`` changed, and ``was`` is what it said."""

    address: str
    path: str
    title: str
    until: dt.datetime
    field: str = ""
    was: str = ""


class Revision(NamedTuple):
    """One state of a document on the publishing branch: what git keeps of it, where it stood, and from when on.

    ``subject`` is the first line of the message with which it came: the writers' own words. ``until``
    (like ``since`` in Asia/Shanghai) is when another state or nothing took its place; ``removed``: nothing did.
    """

    blob: str
    path: str
    since: dt.datetime
    subject: str
    until: dt.datetime | None = None
    removed: bool = False


class Version(NamedTuple):
    """One state of a public document that the public could read from ``since`` (Asia/Shanghai) on.

    ``name`` is its part of the address; ``note`` says what was changed when it came. ``page`` is ``None`` where
    its text is not offered any more: it holds what is masked, or names what is hidden, today. ``targets`` maps
    an address in its text to the address from the site's root, ``None`` for nowhere; ``other_files`` says whether it
    gave other attachments than the one before; ``begins`` whether nothing of the document was public before.
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
    """One document on the publishing branch, renames followed; ``path`` is its last place under the project.

    ``first`` is when it came to that branch, ``last`` when it changed last: moments of the commits there, in
    Asia/Shanghai. ``formers`` are the versions whose 索引号 the next one did not keep, oldest first, ``places``
    those that may have had another address than the next one. ``revisions`` are all its states with the present one
    last; there are none of a document that never changed.
    """

    path: str
    first: dt.datetime
    last: dt.datetime
    author: Author
    former_identities: tuple[FormerIdentity, ...] = ()
    places: tuple[FormerAddress, ...] = ()
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All documents that the publishing branch has ever held: ``files`` by their present place, and those gone."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    gone: tuple[FileHistory, ...] = ()
