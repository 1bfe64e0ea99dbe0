"""D: what was done too late, or has too short a limit."""

import datetime as dt

from generator.audit.facts.consultations import days_between, least_period
from generator.audit.facts.duties import MOVED_GROUND, Duty, disclosures, interpretations, outcomes
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Severity
from generator.domain.vocabulary import EventLevel, Kind

_E, _W = Severity.ERROR, Severity.WARNING
_HOUR, _ONE_DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
_MAJOR = frozenset({EventLevel.EXTREME, EventLevel.MAJOR})


@rule("D001", _E, source="{政府信息公开条例}第二十六条（20 个工作日）；{预算法}第十四条；{国办发〔2018〕118号}")
def disclosed_late(archive: Archive, config: SiteConfig) -> Hits:
    """主动公开的信息公开晚了。

    从印发（没有印发日期的，从成文）的次日起算。几个期限都适用的，按最严的一个，报错里写明是哪一个：
    条例 20 个工作日、预决算 20 日、执法决定 7 个工作日；本地另有规定的，在配置的 limits 或 deadlines 里写明。
    2008 年 5 月 1 日条例施行以前形成的不查。

    不对：成文日期 2024-05-06，发布日期 2024-06-03，过了 5 月 31 日（第 20 个工作日）。
    对：　成文日期 2024-05-06，发布日期 2024-05-31 或更早。
    改法：日期写错的照原件改正；确实晚了的补不回来，写豁免和理由，并改进流程。
    """
    limits = config.deadlines
    shortest = min(limits.publish_max_workdays, limits.publish_budget_days, limits.publish_enforcement_workdays)
    shortest = min(shortest, limits.publish_max_days or shortest)
    # a span in working days is at least as many days
    for duty in disclosures(archive, config, only=lambda start, done: (done - start).days > shortest):
        if duty.late(archive):
            yield hit_at(
                duty.document,
                f"公开晚了 {duty.lateness(archive, config.calendar)}：{duty.start} 形成，"
                f"最迟 {duty.due}，{duty.done} 公开；按 {duty.limit}{duty.note}",
                "核对日期；确实晚了的，写豁免和理由",
                key=duty.key,
                days=duty.days_late(archive),
                ground=duty.ground,
            )


@rule(
    "D002",
    _E,
    source="{规章制定程序条例}第十五条、第十六条；{优化营商环境条例}第六十二条；"
    "{重大行政决策程序暂行条例}第十五条（30 日）",
)
def too_short(archive: Archive, config: SiteConfig) -> Hits:
    """征求意见的期限太短。

    征集开始的当天不算。重大事项和规章 30 日；正文开头写明属于重大行政决策的，没有写 is_major 也
    按 30 日；和经营主体生产经营密切相关的也是 30 日，写 is_major: true。
    其他的，国家没有规定天数，本地有规定的在配置里写：limits（本地期限）或 deadlines.consult_min_days。

    不对：is_major: true，opens_on: 2024-05-06，closes_on: 2024-05-21，只有 15 日。
    对：　is_major: true，opens_on: 2024-05-06，closes_on: 2024-06-05 或更晚。
    改法：延长征集期限；情况紧急缩短了的，在公告里说明理由，并写豁免。
    """
    for document in archive.proactive:
        opens, closes = document.date("opens_on"), document.date("closes_on")
        if document.kind is not Kind.CONSULTATION or not opens or not closes or closes < opens:
            continue
        least = least_period(document, config)
        end = least.end(opens, config)
        if closes < end.due:
            moved = f"（{end.moved_from} 不上班，顺延，{MOVED_GROUND}）" if end.moved_from else ""
            yield hit_at(
                document,
                f"征集期 {days_between(opens, closes, config)} 日，短了 {(end.due - closes).days} 日；"
                f"按 {least.days} 日（{least.ground}{least.note}），至少到 {end.due}{moved}",
                "延长征集期限；情况紧急的，在公告里说明，并写豁免和理由",
                key="closes_on",
                days=(end.due - closes).days,
                ground=least.ground,
            )


@rule("D003", _E, source="{优化营商环境条例}第六十二条；{重大行政决策程序暂行条例}第十八条；期限由配置写明")
def outcome_overdue(archive: Archive, config: SiteConfig) -> Hits:
    """征求意见的结果公布晚了，或者到期还没有公布。

    国家没有规定天数；本地有规定的在配置里写：limits（本地期限）或 deadlines.consult_outcome_workdays。没有写的不查。

    不对：期限 30 个工作日，closes_on: 2024-05-21，过了 7 月 3 日（第 30 个工作日）还没有 outcome。
    对：　outcome: 采纳情况的编号，或 outcome_published: 2024-06-20。
    改法：公布采纳情况，在征集公告里写 outcome（征集结果）。已经晚了的，写豁免和理由。
    """
    for duty in outcomes(archive, config):
        if not duty.late(archive):
            continue
        late = duty.lateness(archive, config.calendar)
        lateness_text = f"{duty.done} 才公布，晚了 {late}" if duty.done else f"还没有公布，已晚 {late}"
        yield hit_at(
            duty.document,
            f"征集 {duty.start} 结束，结果最迟 {duty.due} 公布，{lateness_text}；按 {duty.limit}{duty.note}",
            "确实晚了的，写豁免和理由" if duty.done else "公布采纳情况，写上 outcome（征集结果）",
            key=duty.key,
            days=duty.days_late(archive),
            ground=duty.ground,
        )


@rule(
    "D004",
    _E,
    source="{国办发〔2016〕80号}：特别重大、重大的 5 小时；{国办发〔2016〕61号}：其他的 48 小时",
)
def response_late(archive: Archive, config: SiteConfig) -> Hits:
    """舆情回应晚了。

    按小时算：特别重大、重大的 5 小时内发布权威信息，其他的 48 小时内回应。没有写回应时间的，按发布日期。只写了日期、
    没有写时分的，按对本机关最有利的时分算，仍然超过的才算晚。24 小时内开新闻发布会，网站上看不出来，不查。

    不对：event_level: major，event_at: 2024-05-08 09:00，responded_at: 2024-05-08 17:30。
    对：　responded_at: 2024-05-08 14:00 或更早。
    改法：核对发现时间和回应时间；确实晚了的，写豁免和理由。期限在配置的 deadlines 里改。
    """
    for document in archive.proactive:
        event = document.value("event_at")
        key = "responded_at" if document.value("responded_at") else "date_published"
        answer = document.value(key)
        if document.kind is not Kind.RESPONSE or not isinstance(event, dt.date) or not isinstance(answer, dt.date):
            continue
        level = document.value("event_level")
        setting = "response_major_hours" if level in _MAJOR else "response_other_hours"
        hours = getattr(config.deadlines, setting)
        latest = _latest(event) + hours * _HOUR
        overrun = _earliest(answer) - latest
        if overrun > dt.timedelta():
            late = -(-overrun // _HOUR)
            severity = level.label if isinstance(level, EventLevel) and level in _MAJOR else "一般"
            yield hit_at(
                document,
                f"回应晚了 {late} 小时：最迟 {latest:%Y-%m-%d %H:%M}，{_earliest(answer):%Y-%m-%d %H:%M} 回应；"
                f"按 {hours} 小时（{severity}舆情）",
                "核对时间；确实晚了的，写豁免和理由",
                key=key,
                days=-(-overrun // _ONE_DAY),
                ground=config.set_ground_of("deadlines", setting),
            )


def _latest(day: dt.date) -> dt.datetime:
    """Return a moment; for a date without a time the last minute of the day."""
    return day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time(23, 59))


def _earliest(day: dt.date) -> dt.datetime:
    """Return a moment; for a date without a time the first minute of the day."""
    return day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())


@rule("D005", _W, source="{全国年节及纪念日放假办法}第七条：每年的放假安排由国务院办公厅公布")
def unknown_calendar(archive: Archive, config: SiteConfig) -> Hits:
    """期限跨进一个还没有公布放假安排的年份，日期只能暂定。

    不对：2026-12-30 发布的文件，解读期限 3 个工作日，要数到 2027 年，而 2027 年的放假安排还没有写进来。
    对：　配置的 holidays.years 里有 2027 年的放假和调休。
    改法：国务院办公厅的通知公布以后，升级 gongkai，或在配置里写上那一年的 off（放假）和 work（调休上班）。
    """
    for duty in _duties(archive, config):
        if duty.provisional:
            years = [str(year) for year in range(duty.start.year, duty.due.year + 1) if not _known(config, year)]
            message = f"{duty.what}的期限暂定到 {duty.due}：{'、'.join(years)}年的放假安排还不知道"
            hint = "放假安排公布以后，写进配置的 holidays.years"
            if missing_days := [day for year in years for day in config.holidays.lacking.get(int(year), ())]:
                hint = f"照放假通知把配置的 holidays.years 写全：缺 {'、'.join(map(str, missing_days))}"
            yield hit_at(duty.document, message, hint, key=duty.key)


def _known(config: SiteConfig, year: int) -> bool:
    day = dt.date(year, 1, 1)
    return config.calendar.known(day, day)


def _duties(archive: Archive, config: SiteConfig) -> list[Duty]:
    known = config.calendar.known
    provisional = disclosures(archive, config, only=lambda start, done: not known(start, done))
    return [*provisional, *interpretations(archive, config), *outcomes(archive, config)]
