"""Q: the numbers in a year that the config requires."""

import datetime as dt

from generator.audit.facts.yearly_counts import yearly_counts
from generator.audit.registry import Hits, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Problem, Severity

_W = Severity.WARNING
_LAST_QUARTER = 10


@rule("Q001", _W, source="各地的年度任务，由配置的 limits 或 quotas 写明")
def yearly_number(archive: Archive, config: SiteConfig) -> Hits:
    """一年的次数没有达到。

    次数没有全国的规定：本地有规定的，在配置里写 limits（本地期限）或 quotas；没有写的不查。
    数的是解读：form 是在线访谈的，和 interpreter_type 是主要负责人的（或 first_interpreter: true）。看上一年度；
    到了第四季度，还看本年度差几次。那一年网站上没有任何信息的不查。公众列席会议、培训等网站上看不出来，不查。

    不对：quotas.interviews: 3，2025 年只有 2 次在线访谈。
    对：　在线访谈 3 次，解读里写明 form（解读形式）和 interpreter_type（解读人类型）。
    改法：年内补足；已经做了而没有写明的，在解读里补上。次数在配置的 quotas 里改，0 是不要求。
    """
    counts = yearly_counts(archive)
    years = [archive.day.year - 1]
    if archive.day.month >= _LAST_QUARTER:
        years.append(archive.day.year)
    for year in years:
        if year not in counts:
            continue
        interviews, by_leader = counts[year]
        for name, field, number, least in (
            ("在线访谈", "interviews", interviews, config.quotas.interviews),
            ("主要负责人解读", "leader_interpretations", by_leader, config.quotas.leader_interpretations),
        ):
            if number < least:
                is_over = year < archive.day.year
                workdays_left = config.calendar.lag(archive.day, dt.date(year, 12, 31))
                rest = "" if is_over else f"，到 {year}-12-31 还有 {workdays_left} 个工作日"
                ground = config.ground_of("quotas", field)
                message = f"{year} 年{name} {number} 次，应有 {least} 次（{ground}），少 {least - number} 次{rest}"
                path, line = config.place_of("quotas", field)
                if line == 1:
                    path, line = config.place_of("limits")
                hint = "已经做了的，在解读里写明" + ("" if is_over else "；年内补足")
                yield path, Problem("", message, hint, line, f"quotas.{field}")
