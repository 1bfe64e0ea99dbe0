"""Derive the consultation, interpretation and posting states of a document at a day (requirements section 26)."""

import datetime as dt
from collections.abc import Callable, Iterable

from generator.config.load import SiteConfig
from generator.domain.model import Document, Notice, NoticeKind, Relation
from generator.domain.vocabulary import (
    ConsultationState,
    InterpretationRequired,
    InterpretationState,
    Kind,
    PostingState,
    RelationKind,
)
from generator.domain.workdays import Span, Unit


def consultation_state(
    document: Document, relations: Iterable[Relation], published: Callable[[str], dt.date | None], as_of: dt.date
) -> ConsultationState | None:
    """Return 征集状态 of a consultation at a day, ``None`` without both of its dates.

    It is 已反馈 once its outcome is public; ``published`` returns the publication day of a document by its id.
    """
    opens, closes = document.date("opens_on"), document.date("closes_on")
    if not opens or not closes:
        return None
    if as_of < opens:
        return ConsultationState.UPCOMING
    if as_of <= closes:
        return ConsultationState.OPEN
    days = [published(item.target) for item in relations if item.kind is RelationKind.OUTCOME]
    days.append(document.date("outcome_published"))
    answered = any(day is not None and day <= as_of for day in days)
    return ConsultationState.ANSWERED if answered else ConsultationState.CLOSED


def posting_state(document: Document, as_of: dt.date) -> PostingState | None:
    """Return 公布状态 of a notice at a day, ``None`` without a takedown day: from that day on it has ended."""
    takedown = document.date("takedown_on") if document.kind is Kind.NOTICE else None
    if takedown is None:
        return None
    return PostingState.ENDED if takedown <= as_of else PostingState.POSTED


def posting_notices(document: Document, as_of: dt.date) -> tuple[Notice, ...]:
    """Return the notice that the time of a notice is over, if it is at a day."""
    if posting_state(document, as_of) is not PostingState.ENDED:
        return ()
    return (Notice(NoticeKind.ENDED, document.date("takedown_on")),)


def must_be_interpreted(document: Document, config: SiteConfig) -> bool:
    """Whether a policy must be interpreted: by its field, else by its type (requirements LINK-01)."""
    declared = document.value("interpretation_required")
    if declared is InterpretationRequired.YES:
        return True
    if declared is InterpretationRequired.NO:
        return False
    return config.interpretation.requires(document.duty_type, document.published)


def interpretation_state(
    document: Document,
    relations: Iterable[Relation],
    published: Callable[[str], dt.date | None],
    config: SiteConfig,
    as_of: dt.date,
) -> InterpretationState:
    """Return 解读状态 of a policy at a day (section 26).

    ``published`` returns the publication day of an interpretation by its id.
    """
    day = document.published
    days = [
        at
        for item in relations
        if item.kind is RelationKind.INTERPRETED_BY
        if (at := published(item.target)) and at <= as_of
    ]
    limit = Span(config.deadlines.interpret_max_workdays, Unit.WORKDAY)
    if not must_be_interpreted(document, config):
        declined = document.value("interpretation_required") is InterpretationRequired.NO
        return (
            InterpretationState.EXEMPT
            if declined and document.text("interpretation_exempt_reason")
            else InterpretationState.NOT_REQUIRED
        )
    if day is None:
        return InterpretationState.PENDING
    if days:
        first = min(days)
        if config.calendar.lag(day, first) == 0:
            return InterpretationState.SAME_DAY
        last = limit.end(day, config.calendar, config.counting).due
        in_time = config.calendar.lag(last, first) == 0  # a day off behind the last day is no working day late
        return InterpretationState.IN_TIME if in_time else InterpretationState.LATE
    last = limit.end(day, config.calendar, config.counting).due
    return InterpretationState.PENDING if as_of <= last else InterpretationState.MISSING
