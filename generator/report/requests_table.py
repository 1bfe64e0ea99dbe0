"""依申请公开 in the auditors' report: the requests of the register by year, what is late, and repeated subjects."""

from collections import Counter
from statistics import median
from typing import NamedTuple

from generator.audit.facts.requests import RequestProgress, all_progress, count_requests
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.support.tables import Cell

_REPEATED = 3  # as many requests on one subject in a year suggest publishing it (条例第四十四条)


class RequestYear(NamedTuple):
    """The requests of one year in numbers; ``median`` is that of the working days of those answered in it.

    A request that was closed without the correction it needed has no such days.
    """

    year: int
    new: int
    carried_in: int
    done: int
    carried_out: int
    late: int
    extended: int
    corrected: int
    consulted: int
    disputed: int
    median: float | None


class RequestRow(NamedTuple):
    """One request, as the report lists it."""

    number: str
    received: str
    way: str
    applicant: str
    subject: str
    unit: str
    due: str
    decided: str
    outcome: str
    workdays: int
    late: int
    dispute: str


class RequestsTable(NamedTuple):
    """Everything that the report shows of the register; without rows there is none."""

    years: tuple[RequestYear, ...] = ()
    rows: tuple[RequestRow, ...] = ()
    repeated: tuple[tuple[int, str, int], ...] = ()


NO_REQUESTS = RequestsTable()
REQUEST_LABELS = (
    *("编号", "收到日期", "申请方式", "申请人类型", "主题", "承办单位", "最迟答复", "办结日期", "处理结果"),
    *("用时（工作日）", "晚（工作日）", "复议诉讼"),
)
REQUEST_WIDTHS = (14, 12, 10, 12, 20, 18, 12, 12, 28, 10, 10, 20)
YEAR_LABELS = (
    *("年度", "新收", "上年结转", "办结", "结转下年度", "逾期", "延期", "补正", "征求意见", "复议诉讼"),
    "用时中位数（工作日）",
)


def requests_table(archive: Archive, config: SiteConfig) -> RequestsTable:
    """Return the requests of the register that had been received by the as-of day."""
    progress = all_progress(config, archive.day)
    years = sorted({item.request.received.year for item in progress})
    subjects = Counter((item.request.received.year, item.request.subject) for item in progress if item.request.subject)
    return RequestsTable(
        tuple(_year(progress, year) for year in years),
        tuple(_row(item) for item in sorted(progress, key=lambda item: (item.request.received, item.request.line))),
        tuple((year, subject, number) for (year, subject), number in sorted(subjects.items()) if number >= _REPEATED),
    )


def _year(progress: list[RequestProgress], year: int) -> RequestYear:
    counts = count_requests([item.request for item in progress], year)
    received = [item for item in progress if item.request.received.year == year]
    times = [item.workdays for item in progress if item.due and item.decided_on and item.decided_on.year == year]
    return RequestYear(
        year,
        new=counts.new.total(),
        carried_in=counts.carried_in.total(),
        done=counts.done.total(),
        carried_out=counts.carried_out.total(),
        late=sum(item.late > 0 for item in received),
        extended=sum(item.request.extended_on is not None for item in received),
        corrected=sum(item.request.correction_on is not None for item in received),
        consulted=sum(
            item.request.consulted_from is not None or bool(item.request.consulted_workdays) for item in received
        ),
        disputed=sum(bool(item.request.dispute) for item in received),
        median=float(median(times)) if times else None,
    )


def _row(item: RequestProgress) -> RequestRow:
    request = item.request
    return RequestRow(
        request.number,
        request.received.isoformat(),
        request.way,
        request.applicant.label,
        request.subject,
        request.unit,
        item.due.isoformat() if item.due else "" if item.decided_on else "等补正",
        item.decided_on.isoformat() if item.decided_on else "",
        request.outcome.label if request.outcome and item.decided_on else "",
        item.workdays,
        item.late,
        request.dispute,
    )


def year_cells(year: RequestYear) -> tuple[Cell, ...]:
    """Return the cells of a year in the order of ``YEAR_LABELS``."""
    return tuple("" if cell is None else cell for cell in year)
