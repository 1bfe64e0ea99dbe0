"""A: the annual report as a duty: in time, for every year, with its chapters, and with the numbers of the site."""

import datetime as dt
from collections.abc import Iterator

from generator.audit.facts.annual_reports import (
    AnnualReport,
    annual_reports,
    due_day,
    first_year_of_site,
    owes_reports,
)
from generator.audit.facts.holdings import Holding, holding_of
from generator.audit.facts.requests import count_requests
from generator.audit.registry import Hits, hit_at, rule
from generator.audit.rules.a_annual_report import STOCK_TYPES, requests_of, stock_row
from generator.config.load import SiteConfig
from generator.domain.model import Archive, InformationRequest
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary.request_register import Applicant
from generator.domain.vocabulary.text_parts import FEES, PROPOSALS

_W = Severity.WARNING
_FIRST_CHAPTERS = 2019  # the six chapters were first required of the report on this year
_FIRST_FEES = 2021  # 国办函〔2020〕109号 is in force since 2021-01-01


def _is_migrated(report: AnnualReport) -> bool:
    return report.document.value("migrated") is True


def _last_due_year(archive: Archive, config: SiteConfig, reports: list[AnnualReport]) -> int:
    """Return the newest year whose report is overdue on the as-of day, whether it was published or not."""
    year = archive.day.year - 1
    newest = reports[-1].document if reports else None
    return year if due_day(year, config, newest) < archive.day else year - 1


@rule("A002", Severity.ERROR, source="{政府信息公开条例}第四十九条：部门1月31日前，政府3月31日前公布上年度的报告")
def late_report(archive: Archive, config: SiteConfig) -> Hits:
    """年度报告公布晚了，或者到期还没有公布。

    部门在次年 1 月 31 日以前；县级以上人民政府（政府信息公开工作主管部门公布本级政府的）在次年 3 月 31 日以前。
    是部门还是政府，看报告的标题和配置的 site.agency，也可以写 duties.annual_report_level。2018 年及以前的报告都是
    3 月 31 日。从旧网站迁移来的（migrated: true）不查晚不晚。网站有过报告的才查上一年度有没有，没有过的见 A003。

    不对：某局 2025 年度的报告，2026 年 2 月 10 日才公布；2026 年 3 月了还没有。
    对：　2026 年 1 月 31 日以前公布。
    改法：尽快公布；日期写错的，改 date_published；机构从哪一年起才有的，写 duties.annual_report_from。
    """
    reports = [report for report in annual_reports(archive, config) if report.is_dated]
    first: dict[tuple[int, dt.date], AnnualReport] = {}
    for report in reports:
        first.setdefault((report.year, report.due), report)
    for report in first.values():
        published = report.document.published
        if published and published > report.due and archive.day > report.due and not _is_migrated(report):
            message = (
                f"{report.year} 年度的报告应在 {report.due} 以前公布，{published} 公布，"
                f"晚了 {(published - report.due).days} 日（{config.calendar.lag(report.due, published)} 个工作日）"
            )
            hint = "以后按期公布；日期写错的，改 date_published（发布日期）"
            yield hit_at(report.document, message, hint, key="date_published")
    year = _last_due_year(archive, config, reports)
    newest = reports[-1] if reports else None
    is_owed = year > newest.year if newest else bool(config.duties.annual_report_from)
    if is_owed and year >= config.duties.annual_report_from:
        due = due_day(year, config, newest.document if newest else None)
        message = (
            f"{year} 年度的报告应在 {due} 以前公布，还没有公布，"
            f"已晚 {(archive.day - due).days} 日（{config.calendar.lag(due, archive.day)} 个工作日）"
        )
        path, line = config.place_of("duties", "annual_report_from")
        hint = f"运行 gongkai report {year} 写出报告，填好后公布"
        yield path, Problem("", message, hint, line, "duties.annual_report_from")


@rule("A003", _W, source="{政府信息公开条例}第四十九条；{国办公开办函〔2019〕61号}：历年的年度报告都在专栏里")
def missing_report(archive: Archive, config: SiteConfig) -> Hits:
    """有的年度没有年度报告。

    从第一份报告的年度、网站开始发布本机关信息的年度（不算迁移来的）中较早的查起，或者从配置的
    duties.annual_report_from 查起。一份报告也没有的，网站有公开指南、写了 request 或 duties.annual_report_from 才查。

    不对：有 2023 年、2025 年的报告，没有 2024 年的。
    对：　每年一份。
    改法：补上那一年的报告；那时还没有这个机构的，在配置里写 duties.annual_report_from: 开始的年份。
    """
    all_reports = annual_reports(archive, config)
    reports = [report for report in all_reports if report.is_dated]
    years = {report.year for report in reports}
    site_year = first_year_of_site(archive, config)
    if not reports and (all_reports or not owes_reports(archive, config)):
        return
    start = config.duties.annual_report_from or min((year for year in (*years, site_year) if year), default=0)
    last_due = _last_due_year(archive, config, reports)
    end = max(years, default=0)
    if end < last_due:  # where the last of them is owed by the site's own showing, it is A002
        end = last_due - 1 if reports or config.duties.annual_report_from else last_due
    missing = [year for year in range(start, end + 1) if year not in years] if start else []
    if missing:
        names = "、".join(map(str, missing))
        since = f"从 {start} 年查起" if reports else f"{start} 年起有公开的信息，一份年度报告也没有"
        path, line = config.place_of("duties", "annual_report_from")
        hint = "补上这些年度的报告；那时还没有这个机构的，在配置里写 duties.annual_report_from: 开始的年份"
        yield path, Problem("", f"没有 {names} 年度的报告（{since}）", hint, line, "duties.annual_report_from")


@rule("A004", _W, source="{政府信息公开条例}第五十条；{国办公开办函〔2021〕30号}：年度报告的六个部分，不得缺项")
def lacks_chapters(archive: Archive, config: SiteConfig) -> Hits:
    """年度报告缺少规定的部分。

    六个部分：总体情况；主动公开政府信息情况；收到和处理政府信息公开申请情况；政府信息公开行政复议、行政诉讼情况；
    存在的主要问题及改进情况；其他需要报告的事项。看小标题，和“一、”开头的行。2018 年及以前的、从旧网站迁移来的不查。

    不对：报告没有“四、政府信息公开行政复议、行政诉讼情况”，因为没有发生。
    对：　六个部分都写，没有发生的写明没有，表里填 0。
    改法：补上缺少的部分；正文只有附件的，把全文放进正文。
    """
    for report, lacking in _lacking(archive, config):
        chapters = [name for name in lacking if name not in {FEES.label, PROPOSALS.label}]
        if chapters:
            hint = "补上缺少的部分，没有发生的也写明"
            yield hit_at(report.document, f"年度报告没有{_quoted(chapters)}", hint, key="title")


@rule(
    "A005",
    _W,
    source="{国办公开办函〔2021〕30号}：第六部分写信息处理费；{山东省人社厅2019年任务分工} 一（六）：写建议提案",
)
def lacks_matters(archive: Archive, config: SiteConfig) -> Hits:
    """年度报告没有写收取信息处理费、建议提案办理结果公开的情况。

    信息处理费写在第六部分“其他需要报告的事项”（2021 年起）；建议、提案办理结果的公开情况写在报告里哪一处都算
    （2019 年起）。从旧网站迁移来的不查。

    不对：六、其他需要报告的事项：无。
    对：　六、其他需要报告的事项：本年度未收取信息处理费。公开建议提案答复 20 件。
    改法：补写；没有收取、没有承办的，写明没有。
    """
    for report, lacking in _lacking(archive, config):
        matters = [name for name in lacking if name == PROPOSALS.label]
        matters += [name for name in lacking if name == FEES.label and report.year >= _FIRST_FEES]
        if matters:
            message = f"年度报告没有写{'，也没有写'.join(matters)}"
            yield hit_at(report.document, message, "写进“六、其他需要报告的事项”，没有的也写明", key="title")


def _lacking(archive: Archive, config: SiteConfig) -> Iterator[tuple[AnnualReport, tuple[str, ...]]]:
    """Yield the reports to which the form of 30号 applies, with what each lacks."""
    for report in annual_reports(archive, config):
        if report.year >= _FIRST_CHAPTERS and not _is_migrated(report) and report.document.page.text_facts.lacking:
            yield report, report.document.page.text_facts.lacking


def _quoted(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


@rule("A006", _W, source="{政府信息公开条例}第五十条；{国办公开办函〔2021〕30号}：表二的规章、行政规范性文件件数")
def numbers_of_the_site(archive: Archive, config: SiteConfig) -> Hits:
    """年度报告写的规章、规范性文件件数，和网站上的不一样。

    比较表二的本年制发、本年废止、现行有效和网站上本机关的文件：制发按成文日期，废止、失效和现行有效按那一年年底。
    网站上没有这一类文件的、网站在那一年还没有的、从旧网站迁移来的报告，不查。只数公开的，或者连不公开的一起数，
    有一种数法一样就算一样。

    不对：表二写本年制发 5 件，网站上那一年成文的规范性文件只有 3 件。
    对：　都公布在网站上，报告照网站上的数。
    改法：漏了公布的，补上；文件类别、成文日期、废止写错的，改文件；数错的，改报告。gongkai report 逐件列出。
    """
    site_year = first_year_of_site(archive, config)
    for report in annual_reports(archive, config):
        if _is_migrated(report) or not site_year or report.year < site_year:
            continue
        for doc_type in STOCK_TYPES:
            row = stock_row(report.document, doc_type)
            holdings = [
                holding_of(archive, config.site.agency, doc_type, report.year, public_only=public_only)
                for public_only in (True, False)
            ]
            if row is None or not any(any(holding) for holding in holdings):
                continue
            reported = Holding(*row.numbers)
            differing = [
                f"{name}写的是 {written} 件，网站上是 {counted} 件"
                for name, written, counted, other in zip(
                    ("本年制发", "本年废止", "现行有效"), reported, holdings[0], holdings[1], strict=True
                )
                if written not in (counted, other)
            ]
            if differing:
                message = f"表二“{doc_type.label}”{'；'.join(differing)}"
                hint = f"运行 gongkai report {report.year} 逐件核对；漏了公布的补上，数错的改报告"
                yield hit_at(report.document, message, hint, line=row.line)


@rule("A007", _W, source="{国办公开办函〔2021〕30号}：表三；{政府信息公开条例}第五十条：收到和处理申请的情况")
def differs_from_register(archive: Archive, config: SiteConfig) -> Hits:
    """年度报告表三和依申请公开台账对不上。

    台账里有那一年的申请才比较：新收、上年结转、（七）总计、结转下年度，七栏的数逐栏比；台账从那一年年中才开始的，
    和表三对不上是难免的，写 exempt。从旧网站迁移来的报告不查。

    不对：台账里 2025 年收到 37 件，表三写新收 35 件。
    对：　两边一样；gongkai report 按台账填表三。
    改法：核对台账，改正写错的一边。
    """
    requests = config.request_register.requests
    for report in annual_reports(archive, config):
        if _is_migrated(report) or not any(report.year in _years(request) for request in requests):
            continue
        counts = count_requests(requests, report.year)
        table = requests_of(report.document.page.table)
        pairs = (
            ("本年新收", table.new, counts.new),
            ("上年结转", table.carried_in, counts.carried_in),
            ("（七）总计", table.done, counts.done),
            ("结转下年度", table.carried_out, counts.carried_out),
        )
        for name, row, counted in pairs:
            expected = [*(counted[applicant] for applicant in Applicant), counted.total()]
            if row and len(row.numbers) == len(expected) and list(row.numbers) != expected:
                written, by_register = ("、".join(map(str, numbers)) for numbers in (row.numbers, expected))
                message = f"表三“{name}”写的是 {written}；台账（{config.request_register.path}）是 {by_register}"
                yield hit_at(report.document, message, "核对台账，改正写错的一边", line=row.line)


def _years(request: InformationRequest) -> tuple[int, ...]:
    """Return the years in which a request came or was answered."""
    return (request.received.year, request.decided_on.year) if request.decided_on else (request.received.year,)
