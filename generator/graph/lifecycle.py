"""The state of a document at a day: validity, notices, consultation, interpretation (requirements section 26)."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.config import SiteConfig
from generator.model import Document, Notice, NoticeKind, Relation
from generator.vocabulary import (
    ConsultationState,
    InterpretationRequired,
    InterpretationState,
    RelationKind,
    Status,
)

_ENDING = {RelationKind.REPEALED_BY, RelationKind.REPLACED_BY}


def effective_on(document: Document) -> dt.date | None:
    """Return 施行日期; 自发布之日起施行 is the publication day (requirements DOC-10)."""
    if document.text("date_effective") == "on_publication":
        return document.published
    return document.date("date_effective")


def _in_force_at(relations: Iterable[Relation], as_of: dt.date) -> tuple[Relation, ...]:
    return tuple(relation for relation in relations if relation.since is None or relation.since <= as_of)


def _acts(relations: Iterable[Relation], kinds: set[RelationKind], *, clause: bool) -> tuple[Relation, ...]:
    return tuple(item for item in relations if item.kind in kinds and bool(item.clause) is clause)


def since_of(kind: NoticeKind, acts: Iterable[Relation]) -> dt.date | None:
    """Return the day from which a notice holds: the last amendment, else the first act."""
    days = [act.since for act in acts if act.since]
    return (max if kind is NoticeKind.AMENDED else min)(days, default=None)


def notices_of(document: Document, relations: tuple[Relation, ...], as_of: dt.date) -> tuple[Notice, ...]:
    """Return the notices of a policy at a day, the gravest first; the first one gives its status.

    First match wins: repealed, expired, pending, partly void, amended (contract section 4).
    """
    ending = _acts(relations, _ENDING, clause=False)
    ended = _in_force_at(ending, as_of)
    own = document.references("repealed_by")
    repeals_clauses_only = bool(own) and all(reference.clause for reference in own)
    repealed_on = None if repeals_clauses_only else document.date("repealed_on")
    if ended or (repealed_on and repealed_on <= as_of):
        return (Notice(NoticeKind.REPEALED, since_of(NoticeKind.REPEALED, ended) or repealed_on, ended),)
    expires_on = document.date("expires_on")
    if expires_on and expires_on < as_of:
        return (Notice(NoticeKind.EXPIRED, expires_on),)
    notices: list[Notice] = []
    begins = effective_on(document)
    if begins and begins > as_of:
        notices.append(Notice(NoticeKind.PENDING, begins))
    if partly := _in_force_at(_acts(relations, _ENDING, clause=True), as_of):
        notices.append(Notice(NoticeKind.PARTLY_VOID, since_of(NoticeKind.PARTLY_VOID, partly), partly))
    if amended := _in_force_at((item for item in relations if item.kind is RelationKind.AMENDED_BY), as_of):
        notices.append(Notice(NoticeKind.AMENDED, since_of(NoticeKind.AMENDED, amended), amended))
    coming = tuple(act for act in ending if act not in ended)
    scheduled = since_of(NoticeKind.REPEAL_SCHEDULED, coming) or repealed_on
    if scheduled and scheduled > as_of:
        notices.append(Notice(NoticeKind.REPEAL_SCHEDULED, scheduled, coming))
    return tuple(notices)


_STATUS = {
    NoticeKind.REPEALED: Status.REPEALED,
    NoticeKind.EXPIRED: Status.EXPIRED,
    NoticeKind.PENDING: Status.PENDING,
    NoticeKind.PARTLY_VOID: Status.PARTLY_VOID,
    NoticeKind.AMENDED: Status.AMENDED,
}


def status_of(notices: tuple[Notice, ...]) -> Status:
    """Return 有效性: what the gravest notice says, else 有效."""
    return next((_STATUS[notice.kind] for notice in notices if notice.kind in _STATUS), Status.EFFECTIVE)


def inherited_notices(relations: Iterable[Relation], notices: Mapping[str, tuple[Notice, ...]]) -> Iterator[Notice]:
    """Yield the notices that an interpretation takes over from what it interprets (requirements LINK-20)."""
    for relation in relations:
        if relation.kind is RelationKind.INTERPRETS:
            for notice in notices.get(relation.target, ()):
                yield Notice(notice.kind, notice.since, notice.acts, about=relation.target)


def consultation_state(
    document: Document, relations: Iterable[Relation], published: Callable[[str], dt.date | None], as_of: dt.date
) -> ConsultationState | None:
    """Return 征集状态 of a consultation at a day, ``None`` without both of its dates.

    It is 已反馈 once its outcome is public; ``published`` gives the day of a document.
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


def must_be_interpreted(document: Document, config: SiteConfig) -> bool:
    """Whether a policy must be interpreted: by its own word, else by its type (requirements LINK-01)."""
    declared = document.value("interpretation_required")
    if declared is InterpretationRequired.YES:
        return True
    if declared is InterpretationRequired.NO:
        return False
    return config.interpretation.requires(document.doc_type, document.published)


def interpretation_state(
    document: Document,
    relations: Iterable[Relation],
    published: Callable[[str], dt.date | None],
    config: SiteConfig,
    as_of: dt.date,
) -> InterpretationState:
    """Return 解读状态 of a policy at a day; ``published`` gives the day of an interpretation (section 26)."""
    day = document.published
    days = [
        at
        for item in relations
        if item.kind is RelationKind.INTERPRETED_BY
        if (at := published(item.target)) and at <= as_of
    ]
    limit = config.deadlines.interpret_max_workdays
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
        lag = config.calendar.lag(day, min(days))
        if lag == 0:
            return InterpretationState.SAME_DAY
        return InterpretationState.IN_TIME if lag <= limit else InterpretationState.LATE
    return InterpretationState.PENDING if as_of <= config.calendar.deadline(day, limit) else InterpretationState.MISSING
