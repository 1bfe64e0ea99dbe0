"""What the whole site makes of its pages at one day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from generator.model.history import History, Vanished, Version
from generator.model.links import Cited, Resolved
from generator.model.notice import MARKED, Notice, NoticeKind, Relation, Turn
from generator.model.page import Attachment, Correction, Field, FieldValue, MediaFile, Page, Part, Reference
from generator.problems import Problem
from generator.vocabulary import (
    CleanupResult,
    ConsultationState,
    Disclosure,
    DocType,
    InterpretationState,
    Kind,
    RelationKind,
    Status,
    WithholdClass,
)


class Document(NamedTuple):
    """A page with what the whole site makes of it at one day.

    ``address`` is the folder under ``base_url`` that never changes; ``status`` is set for policies,
    ``consultation_state`` for consultations. ``turns`` are the later days on which that will change, in
    their order; only the gate sets them. ``term`` is 有效期至 after its renewals. ``parts`` are the texts that a
    notice carries, each as a document of its own with the id ``notice#part``.
    """

    page: Page
    kind: Kind
    column: str
    address: str
    issuers: tuple[str, ...]
    title: str
    relations: tuple[Relation, ...] = ()
    notices: tuple[Notice, ...] = ()
    status: Status | None = None
    effective_on: dt.date | None = None
    consultation_state: ConsultationState | None = None
    interpretation_state: InterpretationState | None = None
    turns: tuple[Turn, ...] = ()
    term: dt.date | None = None
    parts: tuple["Document", ...] = ()

    @property
    def marks(self) -> tuple[NoticeKind, ...]:
        """What stands beside the title in lists besides the status: that the document is suspended."""
        if not self.notices or self.status is None:
            return ()
        return tuple(notice.kind for notice in self.notices if notice.kind in MARKED)

    @property
    def part_id(self) -> str:
        """The part's own name behind ``#``; empty for a document that is no part."""
        return self.page.id.partition("#")[2]

    @property
    def declared_parts(self) -> tuple[Part, ...]:
        """印发文件 as declared."""
        value = self.value("parts")
        return tuple(item for item in value if isinstance(item, Part)) if isinstance(value, tuple) else ()

    @property
    def cleanup(self) -> tuple[tuple[CleanupResult, Reference, int], ...]:
        """清理结果 as declared: each conclusion with one reference, and the line of its list."""
        value = self.value("cleanup")
        lists = value if isinstance(value, Mapping) else {}
        return tuple(
            (term, reference, field.line)
            for term in CleanupResult
            if isinstance(field := lists.get(term.value), Field) and isinstance(field.value, tuple)
            for reference in field.value
            if isinstance(reference, Reference)
        )

    @property
    def state(self) -> Status | ConsultationState | None:
        """有效性 of a policy, 征集状态 of a consultation."""
        return self.status or self.consultation_state

    @property
    def id(self) -> str:
        """编号, unique in the site."""
        return self.page.id

    @property
    def path(self) -> str:
        """The source file."""
        return self.page.path

    @property
    def disclosure(self) -> Disclosure | None:
        """公开属性, ``None`` where the file does not say it."""
        found = self.page.fields.get("disclosure")  # asked more often than anything else, as is the day
        return found.value if found and isinstance(found.value, Disclosure) else None

    @property
    def is_secret(self) -> bool:
        """是否涉密, by the document's own word or by its review form."""
        form = self.value("review")
        told = form.get("is_secret") if isinstance(form, Mapping) else None
        return self.value("is_secret") is True or (isinstance(told, Field) and told.value is True)

    @property
    def published(self) -> dt.date | None:
        """The day of publication."""
        found = self.page.fields.get("date_published")
        day = found.value if found else None
        return day.date() if isinstance(day, dt.datetime) else day if isinstance(day, dt.date) else None

    @property
    def withhold_classes(self) -> tuple[WithholdClass, ...]:
        """不予公开类别, usually one."""
        value = self.value("withhold_class")
        return tuple(term for term in value if isinstance(term, WithholdClass)) if isinstance(value, tuple) else ()

    @property
    def published_text(self) -> str:
        """The day of publication, with its minute where the file gives one; empty without a day."""
        value = self.value("date_published")
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else str(self.published or "")

    @property
    def doc_number(self) -> str:
        """文号 in its standard form, empty for none."""
        value = self.text("doc_number")
        return "" if value == "none" else value

    @property
    def doc_type(self) -> DocType | None:
        """文件类别."""
        return value if isinstance(value := self.value("doc_type"), DocType) else None

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """附件 as declared, public or not."""
        value = self.value("attachments")
        return tuple(item for item in value if isinstance(item, Attachment)) if isinstance(value, tuple) else ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """更正说明, in the order in which they were written."""
        value = self.value("corrections")
        return tuple(item for item in value if isinstance(item, Correction)) if isinstance(value, tuple) else ()

    def value(self, key: str) -> FieldValue | None:
        """Return a field's value, ``None`` where the file does not have it."""
        found = self.page.fields.get(key)
        return found.value if found else None

    def text(self, key: str) -> str:
        """Return a text field, empty where the file does not have it."""
        value = self.value(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a field that may be one text or several."""
        value = self.value(key)
        if isinstance(value, str):
            return (value,)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()

    def date(self, key: str) -> dt.date | None:
        """Return the day of a date field, ``None`` where the file has none."""
        value = self.value(key)
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else None

    def references(self, key: str) -> tuple[Reference, ...]:
        """Return a field that names other documents, as written."""
        value = self.value(key)
        return tuple(item for item in value if isinstance(item, Reference)) if isinstance(value, tuple) else ()

    def related(self, kind: RelationKind) -> tuple[Relation, ...]:
        """Return the relations of one kind."""
        return tuple(relation for relation in self.relations if relation.kind is kind) if self.relations else ()


@dataclass(frozen=True, slots=True)
class Column:
    """栏目: one node of the tree of 61号; ``parent`` is empty at the top."""

    id: str
    title: str
    folder: str
    parent: str
    column_type: str
    description: str
    fixed: bool
    statutory_item: int = 0
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Every document, public or not, at one day. Rules read it; nothing that renders may.

    ``links`` and ``given`` hold, by source file, the addresses of its text and of its attachments.
    ``moment`` (Asia/Shanghai) decides what is held back until its minute, and nothing else; ``None`` is the
    end of the day. ``history`` is ``None`` where git was not asked; ``vanished`` are addresses known to it alone.
    ``copied`` says by the files of interpretation and document how many percent of the one stand in the other
    word for word; ``None`` where the texts were not compared.
    """

    as_of: dt.date
    columns: tuple[Column, ...]
    documents: tuple[Document, ...]
    pages: tuple[Page, ...]
    files: Mapping[str, MediaFile]
    problems: tuple[tuple[str, Problem], ...] = field(default=())
    links: Mapping[str, tuple[Resolved, ...]] = field(default_factory=dict)
    given: Mapping[str, tuple[Resolved, ...]] = field(default_factory=dict)
    moment: dt.datetime | None = None
    history: History | None = None
    vanished: tuple[Vanished, ...] = ()
    copied: Mapping[tuple[str, str], int] | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """Documents by id; of two with one id, the first."""
        return {document.id: document for document in reversed(self.documents)}

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """Documents by source file."""
        return {document.path: document for document in self.documents}

    def is_public(self, document: Document) -> bool:
        """Whether a document may be seen by anybody on the as-of day: proactive, and published."""
        return document.path in self._public

    @cached_property
    def _public(self) -> frozenset[str]:
        return frozenset(item.path for item in self.documents if is_open(item) and self.is_due(item))

    def is_due(self, document: Document) -> bool:
        """Whether the minute of a document's publication has come; one without a day is always due."""
        due = document.value("date_published")
        if self.moment is not None and isinstance(due, dt.datetime):
            return due <= self.moment
        return document.published is None or document.published <= self.as_of

    def is_waiting(self, document: Document) -> bool:
        """Whether a document is held back only until its day of publication."""
        return is_open(document) and not self.is_public(document)


# What decides whether a document is public; where one of them cannot be read, it is not.
GATE_FIELDS = frozenset({"disclosure", "is_secret", "date_published", "attachments", "review"})


def is_open(document: Document) -> bool:
    """Whether a document may be public from its moment on: proactive, not secret, dated, with nothing unreadable."""
    if document.disclosure is not Disclosure.PROACTIVE or document.is_secret:
        return False
    dated = document.published is not None or document.kind is Kind.PAGE
    return dated and not any(problem.field in GATE_FIELDS for problem in document.page.problems)


@dataclass(frozen=True, kw_only=True)
class Site:
    """What the public may see at one day, and nothing else: the only input of everything that renders.

    ``files`` maps a path in the output to the file that is copied there; ``targets`` maps, by
    document, an address as written to the address from the site's root; ``cited`` is what its text cites;
    ``versions`` are the states of a document that changed, oldest first, the present one last.
    """

    as_of: dt.date
    columns: tuple[Column, ...]
    documents: tuple[Document, ...]
    files: Mapping[str, MediaFile]
    targets: Mapping[str, Mapping[str, str]]
    cited: Mapping[str, Cited] = field(default_factory=dict)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)

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
