"""A: the sums in the tables of an annual report, within the report and with the year before."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.audit.facts.annual_reports import stated_year
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, ReportRow
from generator.domain.problems import Severity
from generator.domain.vocabulary import DocType, Kind
from generator.domain.vocabulary.request_register import Applicant, DisputeResult

_COLUMNS = (*(applicant.label for applicant in Applicant), "总计")
_RESULTS = (*(result.label for result in DisputeResult), "总计")
_STOCK_CELLS = 3  # made, ended, in force
STOCK_TYPES = (DocType.RULE, DocType.NORMATIVE)  # the rows of table two, each with its own numbers
_NEW = re.compile(r"新收")
_CARRIED_IN = re.compile(r"上年(?:度)?结转")
_CARRIED_OUT = re.compile(r"结转下年")
_ALL_DONE = re.compile(r"[（(]七[）)]\s*(?:总计|合计)|^(?:办理结果)?(?:总计|合计)$")
_SUBTOTAL = re.compile(r"小计")
_LONGEST_LABEL = 24
_DISPUTES = re.compile(r"复议|诉讼")


class RequestTable(NamedTuple):
    """The rows of table three that were found: requests received, outcomes, and requests carried over."""

    new: ReportRow | None
    carried_in: ReportRow | None
    parts: tuple[ReportRow, ...]
    done: ReportRow | None
    carried_out: ReportRow | None

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """The rows that were found."""
        rows = (self.new, self.carried_in, *self.parts, self.done, self.carried_out)
        return tuple(row for row in rows if row is not None)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The names of the rows that were not found, of the four that the sums need."""
        needed = {
            "新收": self.new,
            "上年结转": self.carried_in,
            "（七）总计": self.done,
            "结转下年度": self.carried_out,
        }
        return tuple(name for name, row in needed.items() if row is None)


@rule(
    "A001",
    Severity.ERROR,
    source="{国办公开办函〔2021〕30号}：年度报告表三的勾稽关系，第一项加第二项之和等于第三项加第四项之和",
)
def does_not_add_up(archive: Archive, _config: SiteConfig) -> Hits:
    """年度报告的表格对不上数。

    查正文里的表三（收到和处理政府信息公开申请情况）和表四（行政复议、行政诉讼情况）：每行各栏相加等于总计；
    办理结果各项相加等于（七）总计；新收加上年结转等于总计加结转下年度；今年的上年结转等于去年的结转下年度。
    这四行缺了的，也报出来。也查表二的规章、规范性文件：今年的现行有效等于去年的现行有效加本年制发减本年废止。

    不对：新收 37 件，上年结转 2 件，办理结果总计 38 件，结转下年度 2 件。
    对：　37 + 2 = 38 + 1。
    改法：按台账核对，改正写错的数；表里没有的，不填或写 0。
    """
    by_year: dict[int, tuple[Document, RequestTable]] = {}
    for document in archive.proactive:
        if document.kind is not Kind.REPORT or not document.page.table:
            continue
        requests = requests_of(document.page.table)
        for line, message in (*_lacking(requests), *_table_three(requests), *_table_four(document.page.table)):
            yield hit_at(document, message, "按台账核对，改正写错的数", line=line)
        if year := stated_year(document):
            by_year[year] = document, requests
    yield from _between_years(by_year)
    yield from _stock_between_years({year: document for year, (document, _) in by_year.items()})


def report_of(archive: Archive, year: int) -> Document | None:
    """Return the report of a year that is or will be public and has tables, ``None`` where there is none."""
    reports = (item for item in archive.proactive if item.kind is Kind.REPORT and item.page.table)
    return next((item for item in reports if stated_year(item) == year), None)


def requests_of(table: tuple[ReportRow, ...]) -> RequestTable:
    """Return the rows of table three among all rows of a report."""
    rows = [row for row in table if len(row.numbers) >= len(_COLUMNS) - 2 and not _is_dispute(row)]

    def first(sign: re.Pattern[str]) -> ReportRow | None:
        return next((row for row in rows if sign.search(row.label)), None)

    new, carried_in, done, carried_out = first(_NEW), first(_CARRIED_IN), first(_ALL_DONE), first(_CARRIED_OUT)
    begin, end = carried_in or new, done or carried_out
    parts: tuple[ReportRow, ...] = ()
    if begin and end:
        between = rows[rows.index(begin) + 1 : rows.index(end)]
        parts = tuple(row for row in between if not _SUBTOTAL.search(row.label))
    return RequestTable(new, carried_in, parts, done, carried_out)


def _is_dispute(row: ReportRow) -> bool:
    return bool(_DISPUTES.search(row.label)) or len(row.numbers) == len(_RESULTS) * 3


def _lacking(table: RequestTable) -> Iterator[tuple[int, str]]:
    """Yield line and message for missing rows, without which the sums cannot be checked."""
    if table.new and table.lacking:
        yield table.new.line, f"表三没有{'、'.join(f'“{name}”' for name in table.lacking)}这一行，或者那一行没有数"


def _table_three(table: RequestTable) -> Iterator[tuple[int, str]]:
    """Yield line and message for every sum of table three that is wrong."""
    width = len(_COLUMNS)
    for row in table.rows:
        if len(row.numbers) != width:
            yield row.line, f"表三“{_short(row)}”应有 {width} 个数，有 {len(row.numbers)} 个"
        elif sum(row.numbers[:-1]) != row.numbers[-1]:
            yield row.line, f"表三“{_short(row)}”各栏相加是 {sum(row.numbers[:-1])}，总计写的是 {row.numbers[-1]}"
    if any(len(row.numbers) != width for row in table.rows):
        return
    for number, column in enumerate(_COLUMNS):
        if table.done and table.parts:
            parts = sum(row.numbers[number] for row in table.parts)
            if parts != table.done.numbers[number]:
                total = table.done.numbers[number]
                yield table.done.line, f"表三“{column}”栏办理结果各项相加是 {parts}，（七）总计写的是 {total}"
        if table.new and table.carried_in and table.done and table.carried_out:
            received = table.new.numbers[number], table.carried_in.numbers[number]
            finished = table.done.numbers[number], table.carried_out.numbers[number]
            if sum(received) != sum(finished):
                sums = (
                    f"新收 {received[0]} 加上年结转 {received[1]}，不等于总计 {finished[0]} 加结转下年度 {finished[1]}"
                )
                yield table.carried_out.line, f"表三“{column}”栏{sums}"


def _table_four(table: tuple[ReportRow, ...]) -> Iterator[tuple[int, str]]:
    width = len(_RESULTS)
    for row in table:
        if not _is_dispute(row) or len(row.numbers) % width:
            continue
        for begin in range(0, len(row.numbers), width):
            *parts, total = row.numbers[begin : begin + width]
            if sum(parts) != total:
                yield (
                    row.line,
                    f"表四“{_short(row) or '行政复议、行政诉讼'}”各项相加是 {sum(parts)}，总计写的是 {total}",
                )


def _between_years(by_year: Mapping[int, tuple[Document, RequestTable]]) -> Hits:
    for year, (document, requests) in sorted(by_year.items()):
        before = by_year.get(year - 1)
        carried_out = before[1].carried_out if before else None
        carried_in = requests.carried_in
        if not (before and carried_out and carried_in):
            continue
        same_columns = len(carried_out.numbers) == len(carried_in.numbers)
        if same_columns and carried_out.numbers != carried_in.numbers:
            yield hit_at(
                document,
                f"表三“上年结转”是 {_listed(carried_in)}，"
                f"{year - 1} 年报告（{before[0].path}）的“结转下年度”是 {_listed(carried_out)}",
                "两年的报告核对台账，改正写错的数",
                line=carried_in.line,
            )


def _stock_between_years(documents: Mapping[int, Document]) -> Hits:
    """Check the inventory of rules and normative documents: last year's, plus made, minus ended (RPT-05)."""
    for year, document in sorted(documents.items()):
        before = documents.get(year - 1)
        for doc_type in STOCK_TYPES if before else ():
            then, now = (stock_row(item, doc_type) for item in (before, document) if item)
            if then and now and then.numbers[-1] + now.numbers[0] - now.numbers[1] != now.numbers[-1]:
                expected = then.numbers[-1] + now.numbers[0] - now.numbers[1]
                yield hit_at(
                    document,
                    f"表二“{doc_type.label}”现行有效写的是 {now.numbers[-1]}；{year - 1} 年的 {then.numbers[-1]}，"
                    f"加本年制发 {now.numbers[0]}，减本年废止 {now.numbers[1]}，是 {expected}",
                    "用 gongkai report 按网站上的文件再数一遍，改正写错的数",
                    line=now.line,
                )


def stock_row(report: Document, doc_type: DocType) -> ReportRow | None:
    """Return the row of table two for rules or normative documents: made, ended, in force."""
    names = (doc_type.label, *doc_type.aliases)
    rows = (row for row in report.page.table if row.label.endswith(names) and len(row.numbers) == _STOCK_CELLS)
    return next(rows, None)


def _listed(row: ReportRow) -> str:
    return "、".join(map(str, row.numbers))


def _short(row: ReportRow) -> str:
    """Return the label of a row, shortened to its end where merged cells make it long."""
    return row.label if len(row.label) <= _LONGEST_LABEL else f"…{row.label[-_LONGEST_LABEL:]}"
