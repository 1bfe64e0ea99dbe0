"""What one source file says: its fields with their lines, and the facts of its text."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from generator.model.find import NOTHING_SEEN, Find, Look
from generator.problems import Problem
from generator.vocabulary import Disclosure, Kind


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written: an id, an 索引号 or a 文号, and the clause behind ``#`` if any."""

    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: one file that a document gives; ``file`` is relative to the Markdown file."""

    title: str
    file: str
    disclosure: Disclosure
    line: int


FieldValue: TypeAlias = (
    str
    | bool
    | int
    | dt.date
    | dt.datetime
    | tuple[str, ...]
    | tuple[Reference, ...]
    | tuple[Attachment, ...]
    | Mapping[str, Any]
)


@dataclass(frozen=True, slots=True)
class Field:
    """A front-matter value of its vocabulary form, and the 1-based line of its key."""

    value: FieldValue
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading or clause of a text, with the anchor that stays when text is inserted above."""

    level: int
    text: str
    anchor: str


class LinkRole(StrEnum):
    """What a local address in a text is for."""

    LINK = "link"
    MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text, exactly as it stands in the HTML; an image without a text is not ``described``."""

    target: str
    role: LinkRole
    line: int
    described: bool = True


@dataclass(frozen=True, slots=True)
class Citation:
    """A 文号 found in a text; ``text`` may begin with characters that are not part of the number."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Announced:
    """An attachment that the text announces (附件：1. …), and whether the text itself then holds it."""

    number: str
    title: str
    line: int
    held: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One source file: its fields with their lines and the facts of its text.

    ``path`` is POSIX and relative to the project folder; ``body`` names the text in the cache;
    ``blank`` holds the lines of keys without a value; ``length`` counts the characters of the plain text.
    """

    path: str
    body: str
    kind: Kind | None
    id: str
    fields: Mapping[str, Field]
    problems: tuple[Problem, ...] = ()
    outline: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    announced: tuple[Announced, ...] = ()
    printed_disclosure: str = ""
    blank: Mapping[str, int] = field(default_factory=dict)
    length: int = 0
    opening: str = ""
    finds: tuple[Find, ...] = ()

    def line_of(self, key: str) -> int:
        """Line of a field's key; 1 where the file does not have it."""
        found = self.fields.get(key)
        return found.line if found else self.blank.get(key, 1)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file under ``content/`` that is no Markdown; ``size`` in bytes, ``stamp`` its time in ns."""

    path: str
    size: int
    stamp: int
    look: Look = NOTHING_SEEN
