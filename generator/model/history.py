"""What git knows of the files under ``content/``: the line of each document through its renames."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.page import Page


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a commit, as git knows it."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier version of a document: its 索引号 and how to know it again, and when it was replaced.

    ``public`` is whether that version was already public at that moment (Asia/Shanghai).
    """

    index_no: str
    doc_number: str
    title: str
    until: dt.datetime
    public: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stood in an earlier version: what its address was made of, as it was typed.

    Kept only of versions that were public when they were replaced (Asia/Shanghai). ``page`` holds those fields.
    """

    page: Page
    title: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Vanished:
    """An address that was public and is not any more; ``field`` changed, and ``was`` is what it said."""

    address: str
    path: str
    title: str
    until: dt.datetime
    field: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class FileHistory:
    """One document on the publishing branch, renames followed; ``path`` is its last place under the project.

    ``first`` is when it came to that branch, ``last`` when it changed last: moments of the commits there, in
    Asia/Shanghai. ``formers`` are the versions whose 索引号 the next one did not keep, oldest first, ``places``
    those that may have had another address than the next one.
    """

    path: str
    first: dt.datetime
    last: dt.datetime
    author: Author
    formers: tuple[Former, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All documents that the publishing branch has ever held: ``files`` by their present place, and those gone."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    gone: tuple[FileHistory, ...] = ()
