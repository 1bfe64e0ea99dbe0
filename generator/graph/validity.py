"""Derive the status and notices of a policy at a day (contract section 4; requirements LIFE-01 to LIFE-13).

An act that is not public can end or suspend a document, but never renew or resume it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.domain.model import Document, Notice, NoticeKind, Relation
from generator.domain.vocabulary import ENDED_BY, GIVING, OVER, RelationKind, Status


def effective_on(document: Document) -> dt.date | None:
    """Return 施行日期; 自发布之日起施行 is the publication day (requirements DOC-10)."""
    if document.text("date_effective") == "on_publication":
        return document.published
    return document.date("date_effective")


def acts_in_effect(
    relations: Iterable[Relation], waiting: Collection[str], public: Collection[str]
) -> tuple[Relation, ...]:
    """Return relations without acts that are not published yet, and without hidden acts that would give validity."""
    return tuple(
        item
        for item in relations
        if item.target not in waiting and (item.kind not in GIVING or item.target in public or not item.target)
    )


def _repeal_day(document: Document, relations: Iterable[Relation]) -> dt.date | None:
    """Return 废止日期 where it counts: it does not where every act that was to end the document is void."""
    acts = [act for act in relations if act.kind in ENDED_BY and not act.clause and not act.part]
    is_void = bool(acts) and all(act.void for act in acts) and not document.text("repeal_reason")
    return None if is_void else document.declared_repeal


def _in_force_at(relations: Iterable[Relation], as_of: dt.date) -> tuple[Relation, ...]:
    return tuple(relation for relation in relations if relation.since is None or relation.since <= as_of)


def _acts(relations: Iterable[Relation], kinds: Collection[RelationKind], *, partial: bool) -> tuple[Relation, ...]:
    """Return the acts on the whole of a document, or with ``partial`` those on a part or a clause of it."""
    return tuple(item for item in relations if item.kind in kinds and bool(item.clause or item.part) is partial)


_LATEST = frozenset({NoticeKind.AMENDED, NoticeKind.OUTDATED, NoticeKind.RENEWED})
_TERMED = frozenset({NoticeKind.SUSPENDED, NoticeKind.PARTLY_SUSPENDED, NoticeKind.RENEWED})


def since_of(kind: NoticeKind, acts: Iterable[Relation]) -> dt.date | None:
    """Return the day from which a notice holds: the last amendment or renewal, else the first act."""
    days = [act.since for act in acts if act.since]
    return (max if kind in _LATEST else min)(days, default=None)


def until_of(kind: NoticeKind, acts: Iterable[Relation]) -> dt.date | None:
    """Return the last day of a suspension or a renewed term, ``None`` where it is unknown."""
    if kind not in _TERMED and kind is not NoticeKind.SUSPENSION_SCHEDULED:
        return None
    days = [act.until for act in sorted(acts, key=_since)]
    if kind is NoticeKind.RENEWED:
        return days[-1] if days else None
    known = [day for day in days if day]
    return (
        max(known) if known and len(known) == len(days) else None
    )  # one suspension without an end makes the whole open-ended


def _since(relation: Relation) -> dt.date:
    return relation.since or dt.date.min


def term_of(document: Document, relations: Iterable[Relation], as_of: dt.date) -> dt.date | None:
    """Return 有效期至 at a day: from the last renewal in force, else from the field (requirements LIFE-12)."""
    renewals = _renewals(relations, as_of)
    return renewals[-1].until if renewals else document.date("expires_on")


def _renewals(relations: Iterable[Relation], as_of: dt.date) -> list[Relation]:
    acts = [
        item
        for item in relations
        if item.kind is RelationKind.RENEWED_BY and item.until and not (item.clause or item.part or item.void)
    ]
    return sorted(_in_force_at(acts, as_of), key=_since) if acts else []


def notices_of(
    document: Document, relations: tuple[Relation, ...], as_of: dt.date, parts: tuple[tuple[str, Status], ...] = ()
) -> tuple[Notice, ...]:
    """Return the notices of a policy at a day, most serious first; the first one determines its status.

    First match wins: repealed, expired, pending, partly void, amended (contract section 4). ``parts`` are the ids
    of the parts that it carries, each with its status on that day.
    """
    if not relations and not document.page.fields.keys() & _DATED and not parts:
        return ()
    repealed_on = _repeal_day(document, relations)
    relations = tuple(relation for relation in relations if not relation.void) if relations else ()
    ending = _acts(relations, ENDED_BY, partial=False)
    ended = _in_force_at(ending, as_of)
    repealed = tuple(act for act in ended if act.kind is not RelationKind.LAPSED_BY)
    if repealed or (repealed_on and repealed_on <= as_of):
        return (Notice(NoticeKind.REPEALED, since_of(NoticeKind.REPEALED, repealed) or repealed_on, repealed),)
    if ended:
        return (Notice(NoticeKind.EXPIRED, since_of(NoticeKind.EXPIRED, ended), ended),)
    term = term_of(document, relations, as_of)
    if term and term < as_of:
        return (Notice(NoticeKind.EXPIRED, term),)
    notices: list[Notice] = []
    begins = effective_on(document)
    if begins and begins > as_of:
        notices.append(Notice(NoticeKind.PENDING, begins))
    void = tuple((name, status) for name, status in parts if status in OVER)
    partly = _in_force_at(_acts(relations, ENDED_BY, partial=True), as_of)
    if partly or void:
        notices.append(Notice(NoticeKind.PARTLY_VOID, since_of(NoticeKind.PARTLY_VOID, partly), partly, parts=void))
    if relations:
        notices += _of_acts(relations, as_of)
    coming = tuple(act for act in ending if act not in ended)
    notices += _scheduled(coming, repealed_on, as_of)
    return tuple(notices)


_DATED = frozenset({"date_effective", "expires_on", "repealed_by", "repealed_on"})


def _of_acts(relations: tuple[Relation, ...], as_of: dt.date) -> Iterator[Notice]:
    """Yield the notices of newer acts on a document that stays in force: suspended, amended, renewed, to be revised."""
    present = {relation.kind for relation in relations}
    if RelationKind.SUSPENDED_BY in present:
        yield from _suspensions(relations, as_of)
    amendments = [item for item in relations if item.kind is RelationKind.AMENDED_BY]
    if amended := _in_force_at(amendments, as_of):
        merged = all(act.merged for act in amended)
        yield Notice(NoticeKind.AMENDED, since_of(NoticeKind.AMENDED, amended), amended, merged=merged)
    if renewals := tuple(_renewals(relations, as_of)):
        since, until = since_of(NoticeKind.RENEWED, renewals), until_of(NoticeKind.RENEWED, renewals)
        yield Notice(NoticeKind.RENEWED, since, renewals, until=until)
    due = _in_force_at((item for item in relations if item.kind is RelationKind.REVISED_BY), as_of)
    if due and not any(_since(act) >= max(map(_since, due)) for act in amended):
        yield Notice(NoticeKind.REVISION_DUE, since_of(NoticeKind.REVISION_DUE, due), due)


def _suspensions(relations: tuple[Relation, ...], as_of: dt.date) -> Iterator[Notice]:
    acts = [item for item in relations if item.kind is RelationKind.SUSPENDED_BY]
    resumed = _in_force_at((item for item in relations if item.kind is RelationKind.RESUMED_BY), as_of)
    active = [
        act for act in acts if (act.until is None or as_of <= act.until) and not any(one.lifts(act) for one in resumed)
    ]
    current = _in_force_at(active, as_of)
    coming = tuple(act for act in active if act not in current)
    for kind, suspensions in (
        (NoticeKind.SUSPENDED, tuple(act for act in current if not act.clause and not act.part)),
        (NoticeKind.PARTLY_SUSPENDED, tuple(act for act in current if act.clause or act.part)),
        (NoticeKind.SUSPENSION_SCHEDULED, coming),
    ):
        if suspensions:
            yield Notice(kind, since_of(kind, suspensions), suspensions, until=until_of(kind, suspensions))


def _scheduled(coming: tuple[Relation, ...], repealed_on: dt.date | None, as_of: dt.date) -> Iterator[Notice]:
    lapses = tuple(act for act in coming if act.kind is RelationKind.LAPSED_BY)
    repeals = tuple(act for act in coming if act.kind is not RelationKind.LAPSED_BY)
    for kind, acts, declared_day in (
        (NoticeKind.REPEAL_SCHEDULED, repeals, repealed_on),
        (NoticeKind.LAPSE_SCHEDULED, lapses, None),
    ):
        day = since_of(kind, acts) or declared_day
        if day and day > as_of:
            yield Notice(kind, day, acts)


_STATUS = {
    NoticeKind.REPEALED: Status.REPEALED,
    NoticeKind.EXPIRED: Status.EXPIRED,
    NoticeKind.PENDING: Status.PENDING,
    NoticeKind.PARTLY_VOID: Status.PARTLY_VOID,
    NoticeKind.AMENDED: Status.AMENDED,
}


def status_of(notices: tuple[Notice, ...]) -> Status:
    """Return 有效性: that of the most serious notice, else 有效."""
    return next((_STATUS[notice.kind] for notice in notices if notice.kind in _STATUS), Status.EFFECTIVE)


def inherited_notices(relations: Iterable[Relation], notices: Mapping[str, tuple[Notice, ...]]) -> Iterator[Notice]:
    """Yield the notices that an interpretation inherits from what it interprets, each once (requirements LINK-20)."""
    interpreted = (one for one in relations if one.kind is RelationKind.INTERPRETS)
    for about in dict.fromkeys(f"{one.target}#{one.part}" if one.part else one.target for one in interpreted):
        for notice in notices.get(about, ()):
            yield notice._replace(about=about)
