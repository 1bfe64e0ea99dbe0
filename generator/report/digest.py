"""每日读网: what is new, changed, taken off, what has turned or will turn by itself, what is overdue (HYG-19)."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.domain.model import Archive, Document, Evidence, History, Notice, NoticeKind, StatusChange
from generator.domain.problems import Finding
from generator.domain.vocabulary import Kind, Status

# What somebody has still to do, or did not do in time and still can.
OVERDUE = frozenset({"L002", "D003", "H004", "H005", "H006", "C002", "C004"})
DUE_SOON = frozenset({"L004", "V004"})
_TURNED = {
    NoticeKind.REPEALED: "废止",
    NoticeKind.EXPIRED: "有效期届满",
    NoticeKind.PARTLY_VOID: Status.PARTLY_VOID.label,
    NoticeKind.AMENDED: "修改",
    NoticeKind.SUSPENDED: "暂停执行",
    NoticeKind.PARTLY_SUSPENDED: "部分暂停执行",
}
_LAPSED = "宣布失效"
_SAME_STATE = "效力提示变化"
_ONE_DAY = dt.timedelta(days=1)


class DigestEntry(NamedTuple):
    """One line of the digest; ``day`` is empty for what has no single day."""

    day: str
    title: str
    path: str
    note: str = ""
    line: int = 1


class Digest(NamedTuple):
    """What there is to read on a day; ``changed`` and ``removed`` are ``None`` where git was not to be had."""

    since: dt.date
    as_of: dt.date
    blocking: tuple[DigestEntry, ...]
    new: tuple[DigestEntry, ...]
    changed: tuple[DigestEntry, ...] | None
    removed: tuple[DigestEntry, ...] | None
    turned: tuple[DigestEntry, ...]
    coming: tuple[DigestEntry, ...]
    due_soon: tuple[DigestEntry, ...]
    overdue: tuple[DigestEntry, ...]

    @property
    def sections(self) -> Mapping[str, tuple[DigestEntry, ...] | None]:
        """The parts under their headings, in the order in which they are read."""
        return {
            "阻止发布的问题": self.blocking,
            "新发布": self.new,
            "改动过": self.changed,
            "撤下": self.removed,
            "状态变化": self.turned,
            "将要变化": self.coming,
            "快到期限": self.due_soon,
            "超过期限": self.overdue,
        }


def make_digest(
    archive: Archive,
    evidence: Evidence,
    findings: Iterable[Finding],
    turns: Iterable[tuple[Document, StatusChange]],
    *,
    since: dt.date,
    ahead_days: int,
) -> Digest:
    """Return the digest of the days from ``since`` to the archive's; ``turns`` are later changes of what is public."""
    all_findings = list(findings)
    public = [document for document in archive.documents if archive.is_public(document)]
    span = (since, archive.day)
    last = archive.day + dt.timedelta(days=ahead_days)
    new = {document.path for document in public if _within(document.published, span)}
    history = evidence.history
    return Digest(
        since,
        archive.day,
        _found(all_findings, lambda finding: finding.blocking),
        _sorted(_entry(document, document.published) for document in public if document.path in new),
        _sorted(_changed(history, public, new, span)) if history else None,
        _sorted(
            DigestEntry(str(gone.until.date()), gone.title, gone.path, gone.address)
            for gone in evidence.vanished
            if _within(gone.until.date(), span)
        )
        if history
        else None,
        _sorted(entry for document in public for entry in _turned(document, span)),
        _sorted((*_coming(turns, last), *_waiting(archive, last))),
        _found(all_findings, lambda finding: finding.rule in DUE_SOON),
        _found(all_findings, lambda finding: finding.rule in OVERDUE),
    )


def _within(day: dt.date | None, span: tuple[dt.date, dt.date]) -> bool:
    return day is not None and span[0] <= day <= span[1]


def _sorted(entries: Iterable[DigestEntry]) -> tuple[DigestEntry, ...]:
    return tuple(sorted(entries))


def _entry(document: Document, day: dt.date | None, note: str = "") -> DigestEntry:
    return DigestEntry(str(day or ""), document.title, document.path, note)


def _found(findings: Iterable[Finding], condition: Callable[[Finding], bool]) -> tuple[DigestEntry, ...]:
    return tuple(DigestEntry("", item.message, item.path, item.rule, item.line) for item in findings if condition(item))


def _changed(
    history: History, public: Iterable[Document], new: set[str], span: tuple[dt.date, dt.date]
) -> Iterator[DigestEntry]:
    for document in public:
        known = history.files.get(document.path)
        if known and document.path not in new and _within(known.last.date(), span):
            yield _entry(document, known.last.date(), known.author.name)


def _turned(document: Document, span: tuple[dt.date, dt.date]) -> Iterator[DigestEntry]:
    """Yield what a document became within the days; what is inherited is told of its policy alone."""
    yield from _noticed(document, document.notices, span)
    for part in document.parts:  # what ends the notice ends its parts, and is told once
        yield from _noticed(part, [notice for notice in part.notices if notice not in document.notices], span)
    effect = document.effective_on
    if _within(effect, span) and document.published and effect and document.published < effect:
        yield _entry(document, effect, "施行")
    closes = document.date("closes_on")
    if document.kind is Kind.CONSULTATION and closes and closes < span[1] and _within(closes + _ONE_DAY, span):
        yield _entry(document, closes + _ONE_DAY, "征集截止")


def _noticed(document: Document, notices: Iterable[Notice], span: tuple[dt.date, dt.date]) -> Iterator[DigestEntry]:
    for notice in notices:
        day, word = notice.since, _TURNED.get(notice.kind, "")
        if notice.kind is NoticeKind.EXPIRED and notice.acts:
            word = _LAPSED
        elif notice.kind is NoticeKind.EXPIRED and day:  # 有效期至 is the last day of validity
            day += _ONE_DAY
        if word and not notice.about and _within(day, span):
            yield _entry(document, day, word)


def _coming(turns: Iterable[tuple[Document, StatusChange]], last: dt.date) -> Iterator[DigestEntry]:
    """Yield what will be; a turn that leaves the state as it was, as a suspension does, is told as what it is."""
    states: dict[str, str] = {}
    for document, turn in turns:
        if turn.state is None:
            continue
        before = states.get(document.id, document.state_text)
        states[document.id] = turn.state_text
        if turn.day <= last:
            yield _entry(document, turn.day, turn.state_text if turn.state_text != before else _SAME_STATE)


def _waiting(archive: Archive, last: dt.date) -> Iterator[DigestEntry]:
    for document in archive.documents:
        if archive.is_waiting(document) and document.published and document.published <= last:
            yield _entry(document, document.published, f"定时发布 {document.published_text}")
