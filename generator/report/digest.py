"""每日读网: documents that are new, changed or withdrawn, changes of status, and limits (HYG-19)."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.domain.model import Archive, Document, Evidence, History, Notice, NoticeKind, StatusChange
from generator.domain.problems import Finding
from generator.domain.vocabulary import Kind, Status

# The rules on duties that are overdue and can still be done.
OVERDUE = frozenset({"L002", "D003", "H004", "H005", "H006", "C002", "C004", "K009", "K013", "M002"})
DUE_SOON = frozenset({"L004", "V004", "M003"})
_CHANGE_LABELS = {
    NoticeKind.REPEALED: "废止",
    NoticeKind.EXPIRED: "有效期届满",
    NoticeKind.PARTLY_VOID: Status.PARTLY_VOID.label,
    NoticeKind.AMENDED: "修改",
    NoticeKind.SUSPENDED: "暂停执行",
    NoticeKind.PARTLY_SUSPENDED: "部分暂停执行",
    NoticeKind.ENDED: "公布期满",
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
    """The digest of some days; ``changed`` and ``removed`` are ``None`` without a git history."""

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
        """The entries by their Chinese heading, in the order of the output."""
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
    changes: Iterable[tuple[Document, StatusChange]],
    *,
    since: dt.date,
    ahead_days: int,
) -> Digest:
    """Return the digest from ``since`` to the archive's day; ``changes`` are later changes of public documents."""
    all_findings = list(findings)
    public = [document for document in archive.documents if archive.is_public(document)]
    span = (since, archive.day)
    last = archive.day + dt.timedelta(days=ahead_days)
    new = {document.path for document in public if _within(document.published, span)}
    history = evidence.history
    return Digest(
        since,
        archive.day,
        _finding_entries(all_findings, lambda finding: finding.blocking),
        _sorted(_entry(document, document.published) for document in public if document.path in new),
        _sorted(_changed(history, public, new, span)) if history else None,
        _sorted(
            (
                *(
                    DigestEntry(str(gone.until.date()), gone.title, gone.path, gone.address)
                    for gone in evidence.vanished
                    if _within(gone.until.date(), span)
                ),
                *_withdrawn(archive, span),
            )
        )
        if history or archive.withdrawn
        else None,
        _sorted(entry for document in public for entry in _past_changes(document, span)),
        _sorted((*_coming(changes, last), *_waiting(archive, last))),
        _finding_entries(all_findings, lambda finding: finding.rule in DUE_SOON),
        _finding_entries(all_findings, lambda finding: finding.rule in OVERDUE),
    )


def _withdrawn(archive: Archive, span: tuple[dt.date, dt.date]) -> Iterator[DigestEntry]:
    for document in archive.withdrawn:
        withdrawal = document.withdrawal
        if withdrawal and _within(withdrawal.on, span):
            yield DigestEntry(
                withdrawal.on.isoformat(),
                document.title,
                document.path,
                f"{document.address} 已撤下：{withdrawal.reason}",
            )


def _within(day: dt.date | None, span: tuple[dt.date, dt.date]) -> bool:
    return day is not None and span[0] <= day <= span[1]


def _sorted(entries: Iterable[DigestEntry]) -> tuple[DigestEntry, ...]:
    return tuple(sorted(entries))


def _entry(document: Document, day: dt.date | None, note: str = "") -> DigestEntry:
    return DigestEntry(str(day or ""), document.title, document.path, note)


def _finding_entries(findings: Iterable[Finding], condition: Callable[[Finding], bool]) -> tuple[DigestEntry, ...]:
    return tuple(DigestEntry("", item.message, item.path, item.rule, item.line) for item in findings if condition(item))


def _changed(
    history: History, public: Iterable[Document], new: set[str], span: tuple[dt.date, dt.date]
) -> Iterator[DigestEntry]:
    for document in public:
        known = history.files.get(document.path)
        if known and document.path not in new and _within(known.last.date(), span):
            yield _entry(document, known.last.date(), known.author.name)


def _past_changes(document: Document, span: tuple[dt.date, dt.date]) -> Iterator[DigestEntry]:
    """Yield the changes of a document within the days; an inherited notice is listed with its policy only."""
    yield from _past_notices(document, document.notices, span)
    for part in document.parts:  # an act that ends the notice and its parts is listed once
        yield from _past_notices(part, [notice for notice in part.notices if notice not in document.notices], span)
    effect = document.effective_on
    if _within(effect, span) and document.published and effect and document.published < effect:
        yield _entry(document, effect, "施行")
    closes = document.date("closes_on")
    if document.kind is Kind.CONSULTATION and closes and closes < span[1] and _within(closes + _ONE_DAY, span):
        yield _entry(document, closes + _ONE_DAY, "征集截止")


def _past_notices(
    document: Document, notices: Iterable[Notice], span: tuple[dt.date, dt.date]
) -> Iterator[DigestEntry]:
    for notice in notices:
        day, word = notice.since, _CHANGE_LABELS.get(notice.kind, "")
        if notice.kind is NoticeKind.EXPIRED and notice.acts:
            word = _LAPSED
        elif notice.kind is NoticeKind.EXPIRED and day:  # 有效期至 is the last day of validity
            day += _ONE_DAY
        if word and not notice.about and _within(day, span):
            yield _entry(document, day, word)


def _coming(changes: Iterable[tuple[Document, StatusChange]], last: dt.date) -> Iterator[DigestEntry]:
    """Yield the later changes up to a day; one that keeps the state, such as a suspension, has a note of its own."""
    states: dict[str, str] = {}
    for document, change in changes:
        if change.state is None:
            continue
        before = states.get(document.id, document.state_text)
        states[document.id] = change.state_text
        if change.day <= last:
            yield _entry(document, change.day, change.state_text if change.state_text != before else _SAME_STATE)


def _waiting(archive: Archive, last: dt.date) -> Iterator[DigestEntry]:
    for document in archive.documents:
        if archive.is_waiting(document) and document.published and document.published <= last:
            yield _entry(document, document.published, f"定时发布 {document.published_text}")
