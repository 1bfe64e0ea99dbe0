"""All documents at one day: the ``Archive`` for rules and reports, the ``Site`` for all that is published."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from generator.domain.model.as_of import AsOf
from generator.domain.model.compared_texts import ComparedTexts, TextClause
from generator.domain.model.coverage import CoverageMatrix
from generator.domain.model.document import Document
from generator.domain.model.history import Version
from generator.domain.model.local_links import LostReference, ResolvedCitations, ResolvedLink
from generator.domain.model.page import MediaFile, Page, Withdrawal
from generator.domain.problems import Problem
from generator.domain.vocabulary import Disclosure, Kind, RelationKind


@dataclass(frozen=True, slots=True)
class Column:
    """栏目: one node of the column tree of 国办公开办函〔2019〕61号; ``parent`` is empty at the top."""

    id: str
    title: str
    folder: str
    parent: str
    column_type: str
    description: str
    fixed: bool
    statutory_item: int = 0
    kinds: tuple[Kind, ...] = ()


class Alias(NamedTuple):
    """旧网址 of a document, decoded and relative to the site's root; ``query`` is percent-encoded."""

    path: str
    query: str


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Every document, public or not, at one day. Rules read it; nothing that renders may.

    ``links`` and ``attachments`` hold, by source file, the addresses of its text and of its attachments, resolved.
    ``documents`` are those that count; ``withdrawn`` were taken off the site (撤下) and count for nothing, ``lost`` are
    the references to them, by source file; ``aliases`` are the former addresses of documents, by source file,
    ``undone`` what withdrawn documents did to a document: the relation, and the id of the withdrawn one.
    ``foreign`` are the documents of other sites of the platform to which this one is related, each with the id
    ``site:id``: they are found by their ids, and are part of nothing else;
    ``foreign_names`` are the names by which they are found.
    Drafts are not part of it, except where ``drafts`` names their source files: there they are read as if finished.
    """

    as_of: AsOf
    columns: tuple[Column, ...]
    documents: tuple[Document, ...]
    pages: tuple[Page, ...]
    files: Mapping[str, MediaFile]
    problems: tuple[tuple[str, Problem], ...] = field(default=())
    links: Mapping[str, tuple[ResolvedLink, ...]] = field(default_factory=dict)
    attachments: Mapping[str, tuple[ResolvedLink, ...]] = field(default_factory=dict)
    coverage: CoverageMatrix = field(default_factory=CoverageMatrix)
    drafts: frozenset[str] = frozenset()
    withdrawn: tuple[Document, ...] = ()
    lost: Mapping[str, tuple[LostReference, ...]] = field(default_factory=dict)
    aliases: Mapping[str, tuple[Alias, ...]] = field(default_factory=dict)
    undone: Mapping[str, tuple[tuple[RelationKind, str], ...]] = field(default_factory=dict)
    foreign: tuple[Document, ...] = ()
    foreign_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The as-of day."""
        return self.as_of.day

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """Documents by id, foreign ones too; where two have the same id, the first."""
        return {document.id: document for document in reversed((*self.documents, *self.foreign))}

    @property
    def with_withdrawn(self) -> tuple[Document, ...]:
        """Every document, those too that were taken off the site."""
        return (*self.documents, *self.withdrawn)

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """Documents by source file; a foreign one by its address."""
        return {document.path: document for document in (*self.documents, *self.foreign)}

    def is_public(self, document: Document) -> bool:
        """Whether a document is public on the as-of day: proactive, and published."""
        return document.path in self._public

    @cached_property
    def proactive(self) -> tuple[Document, ...]:
        """The documents that are public, or will be on their publication day: 主动公开, not withdrawn."""
        return tuple(document for document in self.documents if document.disclosure is Disclosure.PROACTIVE)

    @cached_property
    def _public(self) -> frozenset[str]:
        own = (item.path for item in self.documents if is_open(item) and self.is_due(item))
        return frozenset((*own, *(item.path for item in self.foreign)))

    def is_due(self, document: Document) -> bool:
        """Whether the minute of a document's publication has come; one without a day is always due."""
        moment = document.value("date_published")
        return self.as_of.is_due(moment if isinstance(moment, dt.date) else document.published)

    def is_waiting(self, document: Document) -> bool:
        """Whether a document is not public only because its day of publication has not come."""
        return is_open(document) and not self.is_public(document)


# The fields that decide whether a document is public; where one of them cannot be read, it is not.
GATE_FIELDS = frozenset({"disclosure", "is_secret", "date_published", "attachments", "review", "withdrawn"})


def is_open(document: Document) -> bool:
    """Whether a document may be public from its moment on: proactive, not secret, dated, with nothing unreadable."""
    if document.disclosure is not Disclosure.PROACTIVE or document.is_secret or document.page.draft:
        return False
    dated = document.published is not None or document.kind is Kind.PAGE
    return dated and not any(problem.field in GATE_FIELDS for problem in document.page.problems)


class WithdrawnDocument(NamedTuple):
    """What remains of a document that was taken off the site: its address, and the day and the reason."""

    address: str
    column: str
    withdrawal: Withdrawal


class Redirect(NamedTuple):
    """A former address, decoded and relative to the site's root, and the address to which it leads.

    ``query`` is what followed ``?`` in it, percent-encoded.
    """

    path: str
    query: str
    target: str


class WebCopy(NamedTuple):
    """A smaller copy of a large picture: its path in the output, its original, its size in bytes and in pixels."""

    path: str
    original: MediaFile
    size: int
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Site:
    """The public documents and files at one day, and nothing else: the only input of everything that renders.

    ``files`` maps a path in the output to the file that is copied there; ``attachments`` maps, by document, the
    file of an attachment as written to its path in the output, and ``targets`` an address as written in its text to
    the percent-encoded address from the site's root, ``None`` for nowhere; ``web_copies`` maps the path of a picture
    to its smaller copy;
    ``cited`` holds the citations of its text; ``withdrawn`` is what remains of withdrawn documents, ``redirects`` the
    former addresses;
    ``versions`` are the states of a document that changed, oldest first, the present one last; ``foreign`` are the
    documents of other sites of the platform that a notice is about, by ``site:id``;
    ``revised`` are, by document, the new words of amended clauses, by anchor and the day from which they are in force,
    empty for today; ``compared`` are, by the newer document, the texts that its page of comparison shows.
    """

    day: dt.date
    columns: tuple[Column, ...]
    documents: tuple[Document, ...]
    files: Mapping[str, MediaFile]
    targets: Mapping[str, Mapping[str, str | None]]
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    web_copies: Mapping[str, WebCopy] = field(default_factory=dict)
    cited: Mapping[str, ResolvedCitations] = field(default_factory=dict)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    coverage: CoverageMatrix = field(default_factory=CoverageMatrix)
    withdrawn: tuple[WithdrawnDocument, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    foreign: Mapping[str, Document] = field(default_factory=dict)
    revised: Mapping[str, Mapping[tuple[str, str], TextClause]] = field(default_factory=dict)
    compared: Mapping[str, tuple[ComparedTexts, ...]] = field(default_factory=dict)

    @cached_property
    def compared_with(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the documents whose page of comparison a document is on, by its id."""
        found: dict[str, dict[str, None]] = {}
        for newer, sections in self.compared.items():
            for document_id in (newer, *(section.older.partition("#")[0] for section in sections)):
                found.setdefault(document_id, {})[newer] = None
        return {document_id: tuple(ids) for document_id, ids in found.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """Public documents by id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def by_column(self) -> Mapping[str, tuple[Document, ...]]:
        """Public documents of each column, newest first."""
        grouped: dict[str, list[Document]] = {column.id: [] for column in self.columns}
        for document in self.documents:
            grouped[document.column].append(document)
        return {key: tuple(documents) for key, documents in grouped.items()}

    @cached_property
    def column(self) -> Mapping[str, Column]:
        """Columns by id."""
        return {column.id: column for column in self.columns}
