"""The duties with a limit of time: when the limit began, when it ended, when the duty was done."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.vocabulary import (
    ConsultationState,
    DocType,
    InterpretationState,
    Kind,
    RelationKind,
    label_of,
)
from generator.domain.workdays import Calendar, Span, Unit

# 政府信息公开条例 has been in force since 2008-05-01; older documents had no limit for disclosure.
_IN_FORCE = dt.date(2008, 5, 1)
# No schedule of holidays extends a limit by more: what is later than this is late in any case.
_ANY_SCHEDULE = dt.timedelta(days=30)
MOVED_GROUND = "民法典第二百零三条"
BUDGET_COLUMN = "budget"
_BUDGET_TITLE = re.compile(
    r"\d{4}年(?:度)?[^，。《》]{0,24}?(?:部门|单位|财政|政府)?(?:收支)?(?:预算|决算)(?:和“?三公”?经费(?:预算|决算)?)?"
    r"(?:的?(?:信息)?公开|公开(?:说明|表)?|情况(?:说明)?|说明|报告|信息|报表|表|草案|文本|公开文本)*\Z"
)


class Limit(NamedTuple):
    """One limit and its legal basis, in Chinese: short for a sentence, in full where a finding names it alone."""

    span: Span
    ground: str
    full_ground: str = ""

    def __str__(self) -> str:
        return f"{self.span}（{self.ground}）"


class Duty(NamedTuple):
    """One duty with a limit; ``done`` is the day on which it was done, ``None`` where it is not.

    ``limit`` is the strictest of those that apply. ``provisional`` is whether the due day or the lateness depends on
    a schedule of holidays that is not published yet (requirements CAL-02). ``moved_from`` is the day off on which
    the limit would have ended, where the config moves such an end to the next working day.
    """

    what: str
    key: str
    document: Document
    start: dt.date
    due: dt.date
    limit: Limit
    done: dt.date | None
    provisional: bool
    moved_from: dt.date | None = None

    def late(self, archive: Archive) -> bool:
        """Whether the limit was missed, by the day on which it was done or by the as-of day."""
        return (self.done or archive.day) > self.due

    def days_late(self, archive: Archive) -> int:
        """Return by how many days the limit was missed, 0 where it was not."""
        return max(((self.done or archive.day) - self.due).days, 0)

    @property
    def ground(self) -> str:
        """The full ground of its limit."""
        return self.limit.full_ground or self.limit.ground

    def lateness(self, archive: Archive, calendar: Calendar) -> str:
        """Return in Chinese how late it is, in working days; where the limit is in days, in days too."""
        until = self.done or archive.day
        workdays = f"{calendar.lag(self.due, until)} 个工作日"
        return workdays if self.limit.span.unit is Unit.WORKDAY else f"{(until - self.due).days} 日（{workdays}）"

    @property
    def note(self) -> str:
        """The Chinese words that a finding adds where the due day was moved or is provisional, else an empty string."""
        moved = f"；{self.moved_from} 不上班，顺延到 {self.due}（{MOVED_GROUND}）" if self.moved_from else ""
        return f"{moved}；当年的放假安排还不知道，{self.due} 是暂定的" if self.provisional else moved


def make_duty(
    archive: Archive,
    config: SiteConfig,
    document: Document,
    what: str,
    key: str,
    start: dt.date,
    done: dt.date | None,
    limits: Sequence[Limit],
) -> Duty:
    """Return a duty under the strictest of its limits."""
    calendar, counting = config.calendar, config.counting
    end_of_limit, limit = min(
        ((item.span.end(start, calendar, counting), item) for item in limits), key=lambda pair: pair[0].due
    )
    due = end_of_limit.due
    end = min(done, due) if done else due
    decisive = done or archive.day
    provisional = (
        limit.span.unit is Unit.WORKDAY
        and decisive - _ANY_SCHEDULE <= due
        and end > start
        and not calendar.known(start, end)
    )
    return Duty(what, key, document, start, due, limit, done, provisional, end_of_limit.moved_from)


def public_documents(archive: Archive) -> Iterator[Document]:
    """Yield the documents that are public on the as-of day."""
    return filter(archive.is_public, archive.documents)


def is_budget(document: Document) -> bool:
    """Whether a document is a budget or final accounts: by its column or its title (预算法 art. 14)."""
    return document.column == BUDGET_COLUMN or bool(
        "算" in document.title and document.kind is not Kind.PAGE and _BUDGET_TITLE.search(document.title)
    )


def disclosures(archive: Archive, config: SiteConfig, *, only: Callable[[dt.date, dt.date], bool]) -> Iterator[Duty]:
    """Yield the duty to publish each proactive document with a date of writing (条例 art. 26; ATTR-19, ATTR-20).

    ``only`` selects duties by start and publication day before their limits are computed, which is slow.
    """
    limits = config.deadlines
    statutory = Limit(Span(limits.publish_max_workdays, Unit.WORKDAY), "条例第二十六条", "政府信息公开条例第二十六条")
    usual = [statutory]
    if limits.publish_max_days:
        usual.insert(
            0, Limit(Span(limits.publish_max_days, Unit.DAY), config.ground_of("deadlines", "publish_max_days"))
        )
    budget = Limit(Span(limits.publish_budget_days, Unit.DAY), "预算法第十四条")
    enforcement = Limit(Span(limits.publish_enforcement_workdays, Unit.WORKDAY), "国办发〔2018〕118号")
    for document in archive.proactive:
        key = "date_printed" if document.date("date_printed") else "date_written"
        start, done = document.date(key), document.published
        if start is None or done is None or start < _IN_FORCE or done < start or not only(start, done):
            continue
        special = [budget] if is_budget(document) else []
        special += [enforcement] if document.doc_type is DocType.ENFORCEMENT else []
        yield make_duty(archive, config, document, "公开", "date_published", start, done, [*special, *usual])


REQUIRED_STATES = frozenset(
    {
        InterpretationState.SAME_DAY,
        InterpretationState.IN_TIME,
        InterpretationState.LATE,
        InterpretationState.PENDING,
        InterpretationState.MISSING,
    }
)


def interpretations_of(archive: Archive, document: Document) -> list[Document]:
    """Return the public interpretations of a document by day of publication."""
    interpretations = [
        archive.by_id[relation.target]
        for relation in document.relations
        if relation.kind is RelationKind.INTERPRETED_BY
    ]
    public_ones = {item.id: item for item in interpretations if archive.is_public(item) and item.published}
    return sorted(public_ones.values(), key=lambda item: (item.published or dt.date.max, item.id))


def documents_to_interpret(
    archive: Archive, states: AbstractSet[InterpretationState] = REQUIRED_STATES
) -> Iterator[Document]:
    """Yield the public documents whose interpretation state is one of ``states``."""
    for document in archive.documents:
        if document.interpretation_state in states and archive.is_public(document):
            yield document


def interpretations(
    archive: Archive, config: SiteConfig, states: AbstractSet[InterpretationState] = REQUIRED_STATES
) -> Iterator[Duty]:
    """Yield the duty to interpret each document that must be interpreted (requirements LINK-05, LINK-06)."""
    limit = Limit(
        Span(config.deadlines.interpret_max_workdays, Unit.WORKDAY),
        config.ground_of("deadlines", "interpret_max_workdays"),
    )
    for document in documents_to_interpret(archive, states):
        first = next(iter(interpretations_of(archive, document)), None)
        if document.published:
            done = first.published if first else None
            yield make_duty(archive, config, document, "解读", "date_published", document.published, done, [limit])


def outcomes(archive: Archive, config: SiteConfig) -> Iterator[Duty]:
    """Yield the duty to publish the outcome of each public consultation that has ended (requirements CONS-05).

    No national law sets a number of days for it: without one in the config there is no such duty.
    """
    if not config.deadlines.consult_outcome_workdays:
        return
    ground = config.ground_of("deadlines", "consult_outcome_workdays")
    limit = Limit(Span(config.deadlines.consult_outcome_workdays, Unit.WORKDAY), ground)
    for document in archive.documents:
        closes = document.date("closes_on")
        over = document.consultation_state in {ConsultationState.CLOSED, ConsultationState.ANSWERED}
        if document.kind is not Kind.CONSULTATION or not over or closes is None or not archive.is_public(document):
            continue
        days = [document.date("outcome_published")]
        for relation in document.related(RelationKind.OUTCOME):
            target = archive.by_id[relation.target]
            days.append(target.published if archive.is_public(target) else None)
        done = min((day for day in days if day and day <= archive.day), default=None)
        yield make_duty(archive, config, document, label_of("outcome"), "closes_on", closes, done, [limit])
