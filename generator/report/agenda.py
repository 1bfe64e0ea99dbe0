"""What is due when, for each unit: the agenda of the report, and ``agenda.ics`` for a calendar program.

None of it is part of the site. The title of a document that is not public is left out, as in the ledger.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.audit.facts.annual_reports import annual_reports, due_day
from generator.audit.facts.duties import interpretations, outcomes
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.vocabulary import (
    OVER,
    ConsultationState,
    Disclosure,
    DueKind,
    DueWindow,
    InterpretationState,
    Kind,
    PostingState,
)
from generator.report.figures import WHOLE_SITE, main_unit
from generator.report.ledger import next_review
from generator.report.linkage_table import unit_of_item
from generator.support.cache import digest
from generator.support.calendar_text import calendar_bytes, escaped

AGENDA = "agenda.ics"
_ONE_DAY = dt.timedelta(days=1)
_AHEAD = dt.timedelta(days=366)
_OPEN = frozenset({InterpretationState.PENDING, InterpretationState.MISSING})


class AgendaItem(NamedTuple):
    """One thing that is due; ``left`` is the number of days left, negative once it is late."""

    day: str
    window: str
    left: int
    unit: str
    kind: str
    subject: str
    ground: str
    path: str


class UnitAgenda(NamedTuple):
    """How much a unit has to do in each window."""

    unit: str
    counts: tuple[int, ...]


def agenda_of(archive: Archive, config: SiteConfig, mending: Mapping[tuple[str, str], int]) -> tuple[AgendaItem, ...]:
    """Return everything that is overdue, or due within a year, by day.

    ``mending`` counts the findings that are to be mended by unit and day.
    """
    last = archive.day + _AHEAD
    dues = [
        *_interpretations(archive, config),
        *_documents(archive),
        *_reviews(archive, config),
        *_items(archive, config),
        *_tasks(archive, config),
        _annual_report(archive, config),
        *(
            _Due(dt.date.fromisoformat(day), unit, DueKind.MENDING, f"{number} 个问题的整改期限", "", "")
            for (unit, day), number in mending.items()
            if day
        ),
    ]
    return tuple(sorted(_item(archive.day, due) for due in dues if due.day <= last))


class _Due(NamedTuple):
    day: dt.date
    unit: str
    kind: DueKind
    subject: str
    ground: str
    path: str


def _item(today: dt.date, due: _Due) -> AgendaItem:
    left = (due.day - today).days
    return AgendaItem(
        due.day.isoformat(),
        DueWindow.of_days(left).label,
        left,
        due.unit,
        due.kind.label,
        due.subject,
        due.ground,
        due.path,
    )


def _of(document: Document, day: dt.date, kind: DueKind, ground: str = "") -> _Due:
    number = f"（{document.doc_number}）" if document.doc_number else ""
    unit = main_unit("；".join(document.responsible_units))
    return _Due(day, unit, kind, f"{document.title}{number}", ground, document.path)


def _interpretations(archive: Archive, config: SiteConfig) -> Iterator[_Due]:
    for duty in interpretations(archive, config, _OPEN):
        yield _of(duty.document, duty.due, DueKind.INTERPRETATION, str(duty.limit))
    for duty in outcomes(archive, config):
        if duty.done is None:
            yield _of(duty.document, duty.due, DueKind.OUTCOME, str(duty.limit))


def _documents(archive: Archive) -> Iterator[_Due]:
    """Yield the last days of public documents: of consultations, of terms, of notices that are taken down."""
    for document in archive.documents:
        if not archive.is_public(document):
            continue
        closes, takedown = document.date("closes_on"), document.date("takedown_on")
        if closes and document.consultation_state in {ConsultationState.OPEN, ConsultationState.UPCOMING}:
            yield _of(document, closes, DueKind.CLOSING)
        if takedown and document.posting_state is PostingState.POSTED:
            yield _of(document, takedown, DueKind.TAKEDOWN)
        if document.kind is not Kind.POLICY or document.status in OVER:
            continue
        for text in (document, *document.parts):
            is_own = text is document or text.term != document.term
            if is_own and text.term and text.term >= archive.day and text.status not in OVER:
                part = "" if text is document else f"（{document.title} 印发）"
                due = _of(document, text.term, DueKind.EXPIRY)
                yield due._replace(subject=f"{text.title}{part}") if part else due


def _reviews(archive: Archive, config: SiteConfig) -> Iterator[_Due]:
    """Yield the days on which documents that are not public are examined again (条例第十八条)."""
    for document in archive.documents:
        if document.disclosure is None or (document.disclosure is Disclosure.PROACTIVE and not document.is_secret):
            continue
        if day := next_review(document, config):
            due = _of(document, day, DueKind.REVIEW, "条例第十八条")
            yield due._replace(subject=f"不公开的文件 {document.id}，见台账")


def _items(archive: Archive, config: SiteConfig) -> Iterator[_Due]:
    """Yield the days by which items of the catalogue, and those of 条例 art. 20 that the config requires, are due."""
    for row in archive.coverage.catalogue:
        if row.due and row.item:
            yield _Due(row.due, unit_of_item(row.item), DueKind.ITEM, row.name, f"{row.every}更新一次", row.item.path)
    for row in archive.coverage.statutory:
        if row.due and int(row.id) in config.deadlines.statutory_updates:
            subject = f"第二十条第（{row.id}）项 {row.name}"
            yield _Due(row.due, "", DueKind.ITEM, subject, f"{row.every}更新一次", config.place_of()[0])


def _tasks(archive: Archive, config: SiteConfig) -> Iterator[_Due]:
    for task in config.registers.tasks:
        if task.is_open(archive.day):
            helpers = f"（配合：{'、'.join(task.helpers)}）" if task.helpers else ""
            unit = task.leaders[0] if task.leaders else ""
            yield _Due(task.due_on, unit, DueKind.TASK, f"{task.name}{helpers}", task.basis, task.path)


def _annual_report(archive: Archive, config: SiteConfig) -> _Due:
    """Return the day of the next annual report that is not published: the last year's, else that of this year."""
    reports = [report for report in annual_reports(archive, config) if archive.is_public(report.document)]
    newest = reports[-1].document if reports else None
    year, since = archive.day.year - 1, config.duties.annual_report_from
    is_new = not reports and not since and due_day(year, config) < archive.day  # no report of a year before the site
    if is_new or any(report.year == year for report in reports):
        year += 1
    year = max(year, since)
    subject = f"{year} 年政府信息公开工作年度报告"
    return _Due(due_day(year, config, newest), "", DueKind.ANNUAL_REPORT, subject, "条例第四十九条", "")


def agenda_by_unit(items: Sequence[AgendaItem]) -> tuple[UnitAgenda, ...]:
    """Return how much each unit has to do in each window; the whole site is last."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        counts[item.unit][item.window] += 1
    units = sorted(counts, key=lambda unit: (not unit, unit))
    return tuple(
        UnitAgenda(unit or WHOLE_SITE, tuple(counts[unit][window.label] for window in DueWindow)) for unit in units
    )


def agenda_calendar(items: Sequence[AgendaItem], config: SiteConfig, as_of: dt.date) -> bytes:
    """Return the agenda as a calendar: an all-day event for each day, with alarms 30 and 7 days before, and on it."""
    stamp = f"{as_of:%Y%m%d}T000000Z"
    name = f"{config.site.agency}公开工作日程"
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for item in items:
        key = digest(item.kind, item.unit, item.path, item.subject, item.day)
        counts[key] += 1  # two rows of a register may be the same
        uid = key if counts[key] == 1 else f"{key}-{counts[key]}"
        lines += _event(item, f"{uid}@{config.site.domain}", stamp)
    return calendar_bytes(name, lines)


def _event(item: AgendaItem, uid: str, stamp: str) -> Iterator[str]:
    day = dt.date.fromisoformat(item.day)
    unit = item.unit or WHOLE_SITE
    late = "已逾期　" if item.left < 0 else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < dt.date.max:
        yield f"DTEND;VALUE=DATE:{day + _ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{late}{item.kind}：{item.subject}')}"
    yield f"DESCRIPTION:{escaped('　'.join(filter(None, (f'责任单位：{unit}', item.ground, item.path))))}"
    yield f"CATEGORIES:{escaped(item.kind)},{escaped(unit)}"
    yield "TRANSP:TRANSPARENT"
    for days in (30, 7, 0):
        if item.left >= days:
            yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(item.subject)}")
            yield f"TRIGGER:{f'-P{days}D' if days else 'PT9H'}"
            yield "END:VALARM"
    yield "END:VEVENT"
