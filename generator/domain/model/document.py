"""A page with everything derived from the whole site at one day."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from generator.domain.doc_numbers import standard_doc_number
from generator.domain.model.clause_state import ClauseAddition, ClauseChange, ClauseState, UnreadAct
from generator.domain.model.notice import MARKED, Notice, NoticeKind, Relation, StatusChange, state_text
from generator.domain.model.page import Attachment, Correction, Field, FieldValue, Page, Part, Reference, Withdrawal
from generator.domain.vocabulary import (
    OVER,
    CleanupResult,
    ConsultationState,
    Disclosure,
    DocType,
    InterpretationMark,
    InterpretationState,
    Kind,
    PostingState,
    RelationKind,
    Status,
    WithholdClass,
)


class Presumption(NamedTuple):
    """Why a policy without 文件类别 is a 行政规范性文件: the sign in Chinese, and the field that shows it.

    ``certain`` is one that the body itself gave, its 文号: the document then has all duties of its type. Of a title or
    a text only a warning says so.
    """

    sign: str
    key: str
    certain: bool = False


class Document(NamedTuple):
    """A page with everything derived from the whole site at one day.

    ``address`` is the folder under ``base_url`` that never changes; ``status`` is set for policies,
    ``consultation_state`` for consultations, ``posting_state`` for notices with a takedown day. ``status_changes`` are
    the later days on which that will change, in their order; only the gate sets them. ``term`` is 有效期至 after its
    renewals. ``parts`` are the texts that a notice carries, each as a document with the id ``notice#part``.
    ``interpretation_mark`` is the state of an interpretation, ``None`` where its policies are as it says.
    ``clauses`` are the clauses that acts have changed, ``clause_changes`` those of later days, ``clause_additions`` the
    clauses that acts add, ``unread_acts`` the acts that change words of which the clause is not known;
    only the gate sets them. ``presumption`` says why a policy that does not declare 文件类别 is a 行政规范性文件.
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
    status_changes: tuple[StatusChange, ...] = ()
    term: dt.date | None = None
    parts: tuple["Document", ...] = ()
    posting_state: PostingState | None = None
    interpretation_mark: InterpretationMark | None = None
    clauses: tuple[ClauseState, ...] = ()
    clause_changes: tuple[ClauseChange, ...] = ()
    presumption: Presumption | None = None
    clause_additions: tuple[ClauseAddition, ...] = ()
    unread_acts: tuple[UnreadAct, ...] = ()

    @classmethod
    def of(cls, page: Page, *, kind: Kind, column: str, address: str, agency: str, title: str = "") -> "Document":
        """Return the document of a page alone; ``agency`` and ``title`` are for a page without issuer or title."""
        bare = cls(page=page, kind=kind, column=column, address=address, issuers=(), title=title or page.id)
        title_field = page.fields.get("title")
        return bare._replace(
            issuers=bare.texts("issuer") or (agency,), title=str(title_field.value) if title_field else bare.title
        )

    @property
    def marks(self) -> tuple[NoticeKind, ...]:
        """The notices that a list shows beside the title in addition to the status: that the document is suspended."""
        if not self.notices or self.status is None:
            return ()
        return tuple(notice.kind for notice in self.notices if notice.kind in MARKED)

    @property
    def part_id(self) -> str:
        """The name of the part, after ``#``; empty for a document that is no part."""
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
    def state(self) -> Status | ConsultationState | PostingState | None:
        """有效性 of a policy, 征集状态 of a consultation, 公布状态 of a notice with a takedown day."""
        return self.status or self.consultation_state or self.posting_state

    @property
    def state_text(self) -> str:
        """The state in words, as reports and tables give it: of what is suspended never the status alone."""
        return state_text(self.state, self.notices)

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
        """公开属性, ``None`` where the file does not declare it."""
        field = self.page.fields.get("disclosure")  # the hottest property, with the day
        return field.value if field and isinstance(field.value, Disclosure) else None

    @property
    def is_secret(self) -> bool:
        """是否涉密, as the document or its review form declares it."""
        form = self.value("review")
        form_value = form.get("is_secret") if isinstance(form, Mapping) else None
        return self.value("is_secret") is True or (isinstance(form_value, Field) and form_value.value is True)

    @property
    def published(self) -> dt.date | None:
        """The day of publication."""
        field = self.page.fields.get("date_published")
        day = field.value if field else None
        return day.date() if isinstance(day, dt.datetime) else day if isinstance(day, dt.date) else None

    @property
    def coming_end(self) -> StatusChange | None:
        """The change with which a policy will not be in force any more, as far as it is known."""
        return next((change for change in self.status_changes if change.state in OVER), None)

    @property
    def last_day(self) -> dt.date | None:
        """The last day of 有效期至, which a published act to come may have renewed."""
        ending = next(iter(self.coming_end.notices), None) if self.coming_end else None
        return ending.since if ending and ending.runs_out else self.term

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
    def responsible_units(self) -> tuple[str, ...]:
        """The units that answer for the document: its 责任单位, else its 起草部门, else its issuers."""
        drafted = self.text("drafting_unit")
        return self.texts("responsible_unit") or ((drafted,) if drafted else self.issuers)

    @property
    def withdrawal(self) -> Withdrawal | None:
        """撤下 as declared, ``None`` where the file does not have it; its day may be to come."""
        field = self.page.fields.get("withdrawn")
        return field.value if field and isinstance(field.value, Withdrawal) else None

    @property
    def doc_number(self) -> str:
        """文号 in its standard form, empty for none."""
        value = self.text("doc_number")
        return "" if value == "none" else standard_doc_number(value)

    @property
    def doc_type(self) -> DocType | None:
        """文件类别."""
        return value if isinstance(value := self.value("doc_type"), DocType) else None

    @property
    def duty_type(self) -> DocType | None:
        """文件类别 by which the duties of a document are judged: as declared, else by its 文号."""
        return self.doc_type or (DocType.NORMATIVE if self.presumption and self.presumption.certain else None)

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

    @property
    def declared_repeal(self) -> dt.date | None:
        """废止日期 of the whole document, as declared; one that only belongs to the repeal of clauses is none."""
        acts = self.references("repealed_by")
        return None if acts and all(act.clause for act in acts) else self.date("repealed_on")

    def value(self, key: str) -> FieldValue | None:
        """Return a field's value, ``None`` where the file does not have it."""
        field = self.page.fields.get(key)
        return field.value if field else None

    def text(self, key: str) -> str:
        """Return a text field, empty where the file does not have it."""
        value = self.value(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a field that may have one or several; empty where the file does not have it."""
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
        """Return the references of a field as written; empty where the file does not have it."""
        value = self.value(key)
        return tuple(item for item in value if isinstance(item, Reference)) if isinstance(value, tuple) else ()

    def related(self, kind: RelationKind) -> tuple[Relation, ...]:
        """Return the relations of one kind."""
        return tuple([relation for relation in self.relations if relation.kind is kind]) if self.relations else ()
