"""Q: the numbers in a year that the config requires."""

import datetime as dt
from collections.abc import Iterator

from generator.audit.facts.yearly_counts import yearly_counts
from generator.audit.registry import Hits, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Problem, Severity

_W = Severity.WARNING
_LAST_QUARTER = 10
_SOURCE = "各地的年度任务，由配置的 limits 或 quotas 写明"


@rule("Q001", _W, source=_SOURCE)
def yearly_number(archive: Archive, config: SiteConfig) -> Hits:
    """一年的次数没有达到。

    次数没有全国的规定：本地有规定的，在配置里写 limits（本地期限）或 quotas；没有写的不查。
    数的是解读：form 是在线访谈的，和 interpreter_type 是主要负责人的（或 first_interpreter: true），加上年度次数
    登记簿（activities.csv）里的；同一天两处都有的，算一次。看上一年度；到了第四季度，还看本年度差几次。那一年网站上
    没有任何信息、登记簿里也没有一行的不查。

    不对：quotas.interviews: 3，2025 年只有 2 次在线访谈。
    对：　在线访谈 3 次，解读里写明 form（解读形式）和 interpreter_type（解读人类型）。
    改法：年内补足；已经做了而没有写明的，在解读里补上，没有解读的记进登记簿。次数在配置的 quotas 里改，0 是不要求。
    """
    counts = yearly_counts(archive, config.registers.activities)
    for year in _years(archive):
        if year not in counts:
            continue
        for name, setting, number in (
            ("在线访谈", "interviews", counts[year].interviews),
            ("主要负责人解读", "leader_interpretations", counts[year].by_leader),
        ):
            yield from _lacking(archive, config, year, name, setting, number, "已经做了的，在解读里写明")


@rule("Q002", _W, source=_SOURCE)
def few_meetings(archive: Archive, config: SiteConfig) -> Hits:
    """一年里请公众、代表列席会议的次数没有达到。

    次数记在年度次数登记簿（配置旁边的 activities.csv，或年度次数.csv），类型写“公众列席会议”。没有登记簿的，
    或者登记簿还没有开始的年份，不查；配置没有要求次数的不查。

    不对：quotas.representative_meetings: 2，登记簿里 2025 年只有 1 次。
    对：　登记簿里有两行，或一行的数量写 2。
    改法：年内补足；已经做了的，记进登记簿。
    """
    yield from _registered(archive, config, "公众列席会议", "representative_meetings", "meetings")


@rule("Q003", _W, source=_SOURCE)
def few_trainings(archive: Archive, config: SiteConfig) -> Hits:
    """一年里政务公开培训的次数没有达到。

    次数记在年度次数登记簿（配置旁边的 activities.csv，或年度次数.csv），类型写“培训”。没有登记簿的，或者登记簿还没有
    开始的年份，不查；配置没有要求次数的不查。

    不对：quotas.trainings: 1，登记簿里 2025 年没有一次培训。
    对：　登记簿里有一行：2025-06-18,培训,全局政务公开业务培训,1。
    改法：年内补足；已经做了的，记进登记簿。
    """
    yield from _registered(archive, config, "培训", "trainings", "trainings")


@rule("Q004", _W, source=_SOURCE)
def few_reports_to_leaders(archive: Archive, config: SiteConfig) -> Hits:
    """一年里主要负责人听取政务公开汇报的次数没有达到。

    次数记在年度次数登记簿（配置旁边的 activities.csv，或年度次数.csv），类型写“听取汇报”。没有登记簿的，或者登记簿还
    没有开始的年份，不查；配置没有要求次数的不查。

    不对：quotas.leader_reports: 1，登记簿里 2025 年没有一次。
    对：　登记簿里有一行：2025-07-08,听取汇报,局务会听取政务公开工作汇报,1。
    改法：年内补足；已经做了的，记进登记簿。
    """
    yield from _registered(archive, config, "听取汇报", "leader_reports", "leader_reports")


@rule("Q005", _W, source=_SOURCE)
def low_weight(archive: Archive, config: SiteConfig) -> Hits:
    """政务公开占绩效考核的分值权重不够。

    权重记在年度次数登记簿（配置旁边的 activities.csv，或年度次数.csv），类型写“考核权重”，数量写百分数；一年有几行的，
    看最后一行。没有登记簿的，或者登记簿还没有开始的年份，不查；配置没有要求的不查。

    不对：quotas.assessment_weight_percent: 5，登记簿里 2025 年的考核权重是 4%。
    对：　登记簿里有一行：2025-03-10,考核权重,年度绩效考核办法,5%。
    改法：调整考核办法；已经够的，记进登记簿。
    """
    least = config.quotas.assessment_weight_percent
    for year, weight in _registered_years(archive, config, "weight"):
        if weight < least:
            ground = config.ground_of("quotas", "assessment_weight_percent")
            now = f"{weight:g}%" if weight else "没有登记"
            message = f"{year} 年考核权重{now}，应不少于 {least}%（{ground}）"
            yield _at_quota(config, "assessment_weight_percent", message, "调整考核办法；已经够的，记进登记簿")


def _years(archive: Archive) -> list[int]:
    """Return the last year, and in its fourth quarter the present one."""
    return [archive.day.year - 1, *([archive.day.year] if archive.day.month >= _LAST_QUARTER else [])]


def _registered_years(archive: Archive, config: SiteConfig, field: str) -> Iterator[tuple[int, float]]:
    """Yield the years to look at since the register began, with one of their numbers."""
    activities = config.registers.activities
    if not activities:
        return
    counts = yearly_counts(archive, activities)
    first = min(row.day.year for row in activities)
    for year in _years(archive):
        if year >= first:
            yield year, getattr(counts.get(year), field, 0)


def _registered(archive: Archive, config: SiteConfig, name: str, setting: str, field: str) -> Hits:
    for year, number in _registered_years(archive, config, field):
        yield from _lacking(archive, config, year, name, setting, int(number), "已经做了的，记进年度次数登记簿")


def _lacking(archive: Archive, config: SiteConfig, year: int, name: str, setting: str, number: int, hint: str) -> Hits:
    least = getattr(config.quotas, setting)
    if number >= least:
        return
    is_over = year < archive.day.year
    workdays_left = config.calendar.lag(archive.day, dt.date(year, 12, 31))
    rest = "" if is_over else f"，到 {year}-12-31 还有 {workdays_left} 个工作日"
    ground = config.ground_of("quotas", setting)
    message = f"{year} 年{name} {number} 次，应有 {least} 次（{ground}），少 {least - number} 次{rest}"
    yield _at_quota(config, setting, message, hint + ("" if is_over else "；年内补足"))


def _at_quota(config: SiteConfig, setting: str, message: str, hint: str) -> tuple[str, Problem]:
    path, line = config.place_of("quotas", setting)
    if line == 1:
        path, line = config.place_of("limits")
    ground = config.ground_of("quotas", setting)
    return path, Problem("", message, hint, line, f"quotas.{setting}", ground=ground)
