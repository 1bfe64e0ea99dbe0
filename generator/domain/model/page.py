"""The content of one source file: its fields with their lines, and the facts of its text.

The types are named tuples, because ten thousand pages are read from the cache at every build.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from generator.domain.model.clause_edit import ClauseEdit
from generator.domain.model.match import EMPTY_SCAN, Match, ScanResult
from generator.domain.model.stated_amendment import StatedAmendment
from generator.domain.model.stated_fields import NOTHING_STATED, StatedFields
from generator.domain.model.text_facts import NO_TEXT_FACTS, TextFacts
from generator.domain.problems import Problem
from generator.domain.vocabulary import Disclosure, Kind, RequestLimit


class Reference(NamedTuple):
    """A reference as written: an id, an 索引号 or a 文号, and what follows ``#``: a clause or a part."""

    text: str
    clause: str = ""


class Attachment(NamedTuple):
    """附件: one file of a document; ``file`` is relative to the Markdown file."""

    title: str
    file: str
    disclosure: Disclosure
    line: int


class Part(NamedTuple):
    """印发文件: one of several texts that a notice carries, as declared; ``fields`` are its own fields."""

    id: str
    title: str
    line: int
    fields: Mapping[str, "Field"]


class PartLocation(NamedTuple):
    """The location of a declared part in the text: the anchor of its heading, and all anchors from there to its end."""

    id: str
    anchor: str
    anchors: frozenset[str] = frozenset()


class Correction(NamedTuple):
    """更正说明: a correction of published information, and its day (条例 arts 6, 41; DOC-25)."""

    on: dt.date
    note: str
    line: int


class Withdrawal(NamedTuple):
    """撤下: the day from which a document is off the site, and the reason that its address gives."""

    on: dt.date
    reason: str


FieldValue: TypeAlias = (
    str
    | bool
    | int
    | dt.date
    | dt.datetime
    | tuple[str, ...]
    | tuple[Reference, ...]
    | tuple[Attachment, ...]
    | tuple[Part, ...]
    | tuple[Correction, ...]
    | Withdrawal
    | Mapping[str, Any]
)


class Field(NamedTuple):
    """The parsed value of a front-matter field, and the 1-based line of its key."""

    value: FieldValue
    line: int


class Heading(NamedTuple):
    """One heading or clause of a text, with an anchor that does not change when text is inserted above."""

    level: int
    text: str
    anchor: str


class LinkRole(StrEnum):
    """The role of an address in a text."""

    LINK = "link"
    MEDIA = "media"


class Link(NamedTuple):
    """An address in a text, exactly as in the HTML; an image without alternative text is not ``described``."""

    target: str
    role: LinkRole
    line: int
    described: bool = True


class Citation(NamedTuple):
    """A 文号 found in a text; ``text`` may begin with characters that are not part of the number.

    ``title`` is the title before it, as in 《…》（国发〔2019〕1号).
    """

    text: str
    line: int
    title: str = ""


class ClauseInterpretation(NamedTuple):
    """The words of an interpretation on one clause of the document that it interprets, a line for each block."""

    clause: str
    lines: tuple[str, ...]


class AnnouncedAttachment(NamedTuple):
    """An attachment that the text announces (附件：1. …); ``held`` says whether the text itself contains it."""

    number: str
    title: str
    line: int
    held: bool


class UndeclaredPart(NamedTuple):
    """A line with a title that the title of the notice names; ``headed`` says whether it is a heading."""

    title: str
    line: int
    headed: bool


class PrintedDisclosure(NamedTuple):
    """A disclosure note that the text prints (此件主动公开), and the attribute that it means."""

    text: str
    disclosure: Disclosure
    line: int


class StatedLimit(NamedTuple):
    """A limit of 依申请公开 that a page states, such as “20 个工作日”.

    ``limit`` is ``None`` for the statement that an applicant may go to court without reconsideration.
    """

    limit: RequestLimit | None
    span: str
    line: int


class ReportRow(NamedTuple):
    """One row of the tables of an annual report: its label, and the numbers after it."""

    label: str
    numbers: tuple[int, ...]
    line: int


class ReportTable(NamedTuple):
    """A whole table of an annual report under its heading: rows of cells, all of one length."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class Page(NamedTuple):
    """One source file: its fields with their lines and the facts of its text.

    ``path`` is POSIX and relative to the project folder; ``body`` is the key of the text in the cache;
    ``quoted_titles`` holds the keys of the titles in 《》, ``title_lines`` their lines, ``sections`` the words of an
    interpretation on the clauses that it names, ``table`` the rows of numbers of an annual report, ``tables`` all
    its tables;
    ``part_locations`` are the declared parts that were found, ``undeclared_parts`` the texts that look like parts;
    ``empty_keys`` gives the line of each key without a value; ``length`` counts the characters of the plain text,
    up to 1,000; ``stated_limits`` are the limits of 依申请公开 that the page states, ``stated_fields`` what the
    text of a policy says of its own fields; ``chinese_keys``: the front matter is written with Chinese keys;
    ``draft``: the file is not finished, and only ``serve`` shows it; ``stated_amendments`` are the clauses that the
    text of an amending act says it changes, ``clause_edits`` what it does to their words, ``text_facts`` what the text
    lacks of its kind.
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
    quoted_titles: tuple[str, ...] = ()
    title_lines: tuple[int, ...] = ()
    sections: tuple[ClauseInterpretation, ...] = ()
    announced_attachments: tuple[AnnouncedAttachment, ...] = ()
    table: tuple[ReportRow, ...] = ()
    printed_disclosures: tuple[PrintedDisclosure, ...] = ()
    part_locations: tuple[PartLocation, ...] = ()
    undeclared_parts: tuple[UndeclaredPart, ...] = ()
    empty_keys: Mapping[str, int] = {}
    length: int = 0
    opening: str = ""
    matches: tuple[Match, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    stated_limits: tuple[StatedLimit, ...] = ()
    stated_fields: StatedFields = NOTHING_STATED
    chinese_keys: bool = False
    draft: bool = False
    stated_amendments: tuple[StatedAmendment, ...] = ()
    clause_edits: tuple[ClauseEdit, ...] = ()
    text_facts: TextFacts = NO_TEXT_FACTS

    def line_of(self, key: str) -> int:
        """Return the line of a field's key; 1 where the file does not have it."""
        field = self.fields.get(key)
        return field.line if field else self.empty_keys.get(key, 1)

    def passed(self, fields: Mapping[str, Field]) -> "Page":
        """Return the page with the fields that pass the gate, without what rules and the graph alone read."""
        return self._replace(
            fields=fields,
            problems=(),
            citations=(),
            quoted_titles=(),
            title_lines=(),
            links=(),
            matches=(),
            announced_attachments=(),
            stated_limits=(),
            stated_amendments=(),
            clause_edits=(),
        )


class MediaFile(NamedTuple):
    """A file under ``content/`` that is no Markdown; ``size`` in bytes, ``stamp`` the later of its two times in ns.

    ``look`` is the result of scanning it; ``key`` identifies the content that was scanned, and ``size`` is then that
    of the published file.
    """

    path: str
    size: int
    stamp: int
    scan: ScanResult = EMPTY_SCAN
    key: str = ""
