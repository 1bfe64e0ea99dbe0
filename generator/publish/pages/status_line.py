"""The line under the title of a policy or consultation: its state in words, since when, until when, as of which day."""

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.domain.model import Document, Notice, NoticeKind, Site
from generator.domain.vocabulary import ConsultationState, Kind, Status
from generator.domain.written_moments import chinese_day
from generator.publish.theme.environment import View, Words

_SCHEDULED = (NoticeKind.REPEAL_SCHEDULED, NoticeKind.LAPSE_SCHEDULED, NoticeKind.SUSPENSION_SCHEDULED)


def status_line(document: Document, site: Site, words: Words) -> View | None:
    """Return the status line of a policy or consultation at the day of the site; ``None`` for other documents."""
    pieces = line_pieces(document, document.status or document.consultation_state, document.notices, words)
    if not pieces:
        return None
    state, closes = document.consultation_state, document.date("closes_on")
    return {
        "pieces": pieces,
        "day": site.day.isoformat(),
        "day_text": chinese_day(site.day),
        "closes": closes.isoformat() if state and closes and state in _BEFORE_THE_END else "",
        "left": days_left(document, site.day, words),
    }


_BEFORE_THE_END = frozenset({ConsultationState.UPCOMING, ConsultationState.OPEN})


def days_left(document: Document, day: dt.date, words: Words) -> str:
    """Return in words how many days are left to comment, the last one included; empty unless it is open."""
    closes = document.date("closes_on")
    if document.consultation_state is not ConsultationState.OPEN or closes is None:
        return ""
    days = (closes - day).days
    return str(words.course.left.format(count=days) if days else words.course.last_day)


def period_of(document: Document, words: Words) -> str:
    """Return in words from when until when a consultation takes comments; empty where a day is missing."""
    opens, closes = document.date("opens_on"), document.date("closes_on")
    if document.kind is not Kind.CONSULTATION or opens is None or closes is None:
        return ""
    return str(words.course.period.format(opens=chinese_day(opens), closes=chinese_day(closes)))


def line_pieces(document: Document, state: object, notices: Sequence[Notice], words: Words) -> list[str]:
    """Return the pieces of the line for a state with its notices, today's or that of a later day; the first is it."""
    if document.kind is Kind.POLICY and isinstance(state, Status):
        return [_label(state, notices, words), *_days(document, state, notices, words.status_line)]
    if document.kind is Kind.CONSULTATION and isinstance(state, ConsultationState):
        opens, closes = document.date("opens_on"), document.date("closes_on")
        opening = [words.status_line.opens.format(day=chinese_day(opens))] if opens and state in _BEFORE_THE_END else []
        closing = [words.status_line.closes.format(day=chinese_day(closes))] if closes else []
        return [state.label, *opening, *closing]
    return []


def _label(status: Status, notices: Sequence[Notice], words: Words) -> str:
    """Return the status in words; what is suspended is never called in force."""
    line, kinds = words.status_line, {notice.kind for notice in notices}
    label = str(line[status.value])
    if NoticeKind.SUSPENDED in kinds:
        if status is Status.PENDING:
            return f"{label}，{line.suspended}"
        return str(line.suspended if status is Status.EFFECTIVE else line.suspended_and.format(status=status.label))
    return f"{label}，{line.partly_suspended}" if NoticeKind.PARTLY_SUSPENDED in kinds else label


def _days(document: Document, status: Status, notices: Sequence[Notice], line: Words) -> Iterator[str]:
    by_kind = {notice.kind: notice for notice in notices}
    if status is Status.REPEALED:
        repealed = by_kind.get(NoticeKind.REPEALED)
        term = document.term or document.date("expires_on")
        if term and repealed and repealed.since and term < repealed.since:
            yield line.until.format(day=chinese_day(term))  # it was over before the act ended it
        yield from _since(repealed, line.repealed_since)
        return
    if status is Status.EXPIRED:
        ended = by_kind.get(NoticeKind.EXPIRED)
        yield from _since(ended, line.lapsed_since if ended and ended.acts else line.until)
        return
    if document.effective_on:
        yield line.since.format(day=chinese_day(document.effective_on))
    elif document.published:
        yield line.published.format(day=chinese_day(document.published))
    for kind in (NoticeKind.PARTLY_VOID, NoticeKind.AMENDED, NoticeKind.SUSPENDED, NoticeKind.PARTLY_SUSPENDED):
        notice = by_kind.get(kind)
        again = notice is not None and notice.is_repeated
        yield from _since(notice, line[f"{kind.value}_{'again_since' if again else 'since'}"])
    renewed = by_kind.get(NoticeKind.RENEWED)
    if term := (renewed.until if renewed else document.term):
        yield line.until.format(day=chinese_day(term))
    for kind in _SCHEDULED:
        yield from _since(by_kind.get(kind), line[f"{kind.value}_since"])


def _since(notice: Notice | None, words: str) -> Iterator[str]:
    """Yield the day of a notice in words, and the last day of a suspension where it is known."""
    if notice and notice.since:
        suspension = notice.kind in {NoticeKind.SUSPENDED, NoticeKind.PARTLY_SUSPENDED}
        until = f"至{chinese_day(notice.until)}" if notice.until and suspension else ""
        yield words.format(day=chinese_day(notice.since), until=until)
