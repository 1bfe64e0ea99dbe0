"""A simulation of the inspection of 国办秘函〔2019〕19号, from the files of a site (HYG-01 to 07, 22, 23).

Any veto is 不合格. The points of the other indicators differ from place to place and the official table is not
published as a whole, so there is no total: what would cost points is listed. Indicators that files cannot answer are
marked as such.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.audit.facts.duties import public_documents
from generator.audit.rules.h_upkeep import (
    VETO_EMPTY,
    VETO_NEWS,
    VETO_OTHERS,
    StaleColumn,
    empty_columns,
    home_due,
    newest_in,
    stale_columns,
)
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence
from generator.domain.problems import Finding
from generator.domain.vocabulary import DocType, Verdict
from generator.domain.workdays import Span, Unit

_NINETEEN = "国办秘函〔2019〕19号"
_VETO, _POINTS = "单项否决", "扣分"
_HALF_A_YEAR = Span(6, Unit.MONTH)  # whatever period the config gives the column


class Indicator(NamedTuple):
    """One indicator: its threshold, its verdict, the facts behind it, and the rules whose findings have details."""

    group: str
    name: str
    threshold: str
    verdict: Verdict
    found: str
    rules: tuple[str, ...] = ()
    source: str = _NINETEEN


class Inspection(NamedTuple):
    """The simulated score sheet of a site at a day."""

    as_of: dt.date
    indicators: tuple[Indicator, ...]

    @property
    def vetoed(self) -> bool:
        """Whether any indicator is a veto: the site would be 不合格."""
        return any(item.verdict is Verdict.VETO for item in self.indicators)


def inspect(archive: Archive, config: SiteConfig, evidence: Evidence, findings: Iterable[Finding]) -> Inspection:
    """Return the score sheet; ``findings`` are those of all rules on the same archive."""
    count = Counter(finding.rule for finding in findings)
    stale = stale_columns(archive, config)
    return Inspection(archive.day, (*_vetoes(archive, config, evidence, count, stale), *_points(archive, count)))


def _vetoes(
    archive: Archive, config: SiteConfig, evidence: Evidence, count: Counter[str], stale: Sequence[StaleColumn]
) -> Iterable[Indicator]:
    unseen = Verdict.UNSEEN
    secret = count["S004"] + count["G004"]
    dated = count["S005"]
    has_history = evidence.history is not None
    home = home_due(archive, config)
    dated_once = any(document.published for document in public_documents(archive))
    yield Indicator(
        _VETO,
        "泄露国家秘密",
        "出现即否决",
        Verdict.VETO if secret else Verdict.PASS,
        f"密级标志 {secret} 处",
        ("S004", "G004"),
    )
    yield Indicator(
        _VETO,
        "伪造发稿日期",
        "出现即否决",
        (Verdict.VETO if dated else Verdict.PASS) if has_history else unseen,
        f"发布日期早于 git 历史 {dated} 件" if has_history else "没有 git 历史，看不出",
        ("S005",),
    )
    yield Indicator(
        _VETO,
        "严重表述错误、有害内容、被攻击后没有及时处置",
        "出现即否决",
        unseen,
        "要人工看、由运维监测",
        ("H010", "H011"),
    )
    yield Indicator(_VETO, "因网站管理引发严重舆情", "出现即否决", unseen, "网站文件里没有")
    yield Indicator(_VETO, "站点无法访问", "一周内 5% 以上的访问打不开", unseen, "由运维监测")
    yield Indicator(
        _VETO,
        "首页更新",
        f"{config.deadlines.home_update_days} 日内有更新",
        Verdict.VETO if home else Verdict.PASS if dated_once else unseen,
        f"最近 {home[0]}，最迟应在 {home[1]}" if home else "按时更新" if dated_once else "还没有发布过信息",
        ("H006",),
    )
    news, others = (_names(stale, news=is_news) for is_news in (True, False))
    yield _counted("动态、要闻和通知公告、政策文件栏目更新", VETO_NEWS, news, "H005")
    yield _counted("其他应更新的栏目更新", VETO_OTHERS, others, "H005")
    empty = [column.title for column in empty_columns(archive, config)]
    yield _counted("空白栏目", VETO_EMPTY, empty, "H004")
    yield Indicator(_VETO, "互动回应", "一年内 3 个月没有答复", unseen, "留言和答复不在网站文件里")
    yield _services(archive, count["H017"])


def _services(archive: Archive, incomplete: int) -> Indicator:
    """Return the indicator of service guides; it is for a person to see where a site has none."""
    number = sum(document.doc_type is DocType.SERVICE for document in public_documents(archive))
    verdict = Verdict.UNSEEN if not number else Verdict.WARN if incomplete else Verdict.PASS
    words = f"办事指南 {number} 份，要素不全 {incomplete} 份" if number else "没有标明文件类别是办事指南的，要人工看"
    return Indicator(_VETO, "服务实用", "办事指南要素齐全", verdict, words, ("H017",))


def _names(stale: Iterable[StaleColumn], *, news: bool) -> list[str]:
    return [item.column.title for item in stale if item.news is news]


def _counted(name: str, limit: int, names: Sequence[str], rule: str) -> Indicator:
    """Return an indicator that is a veto from ``limit`` columns on, and a warning below."""
    verdict = Verdict.VETO if len(names) >= limit else Verdict.WARN if names else Verdict.PASS
    words = f"{len(names)} 个" + (f"：{'、'.join(names)}" if names else "")
    return Indicator(_VETO, name, f"达到 {limit} 个否决", verdict, words, (rule,))


def _points(archive: Archive, count: Counter[str]) -> Iterable[Indicator]:
    newest = newest_in(archive, "policies")
    due = _HALF_A_YEAR.due(newest) if newest else None
    late = due is None or due < archive.day
    yield Indicator(
        _POINTS,
        "政策文件栏目 6 个月没有更新",
        "扣 5 分",
        Verdict.WARN if late else Verdict.PASS,
        "没有发布过政策文件" if due is None else f"最近 {newest}，最迟应在 {due}" if late else "按时更新",
        ("H005",),
        "国管局2019年自查",
    )
    for name, rules in (
        ("站内链接、附件、图片可用", ("H001", "H002", "H009")),
        ("图片有文字说明", ("H003",)),
        ("正文说有的附件都有", ("H008",)),
        ("页脚标识齐全", ("H007",)),
        ("政策文件有解读，解读有对象", ("L001", "L002", "L006")),
        ("征集按时反馈结果，舆情按时回应", ("D003", "D004")),
        ("每条信息有发布时间", ("F001",)),
        ("转载注明来源", ("H018",)),
        ("信息不重复发布", ("H020", "H021")),
    ):
        number = sum(count[rule] for rule in rules)
        verdict = Verdict.WARN if number else Verdict.PASS
        yield Indicator(_POINTS, name, "按各地细则", verdict, f"{number} 处", rules)
    yield Indicator(_POINTS, "站外链接可用", "按各地细则", Verdict.UNSEEN, "用 gongkai links --external 核查")
    yield Indicator(_POINTS, "IPv6、HTTPS、搜索响应速度", "按各地细则", Verdict.UNSEEN, "由运维监测")
