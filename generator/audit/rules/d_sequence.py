"""D: consultations whose notice, outcome or final document come in an impossible order."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from generator.audit.facts.consultations import (
    LeastPeriod,
    consultations_by_draft,
    days_between,
    draft_key,
    least_period,
)
from generator.audit.facts.migration import Migration
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Evidence
from generator.domain.problems import Severity
from generator.domain.vocabulary import Kind, RelationKind, label_of

_E, _W = Severity.ERROR, Severity.WARNING
_PERIOD = "{规章制定程序条例}第十五条、第十六条；{重大行政决策程序暂行条例}第十五条：公开征求意见的期限"


class _LateNotice(NamedTuple):
    """A notice that was published after the consultation had begun, with the days of both; ``least`` is its limit."""

    document: Document
    opens: dt.date
    closes: dt.date
    published: dt.date
    least: LeastPeriod

    def is_short(self, config: SiteConfig) -> bool:
        """Whether it leaves too few days; a period that is too short by its own days is D002's."""
        by_own_days, by_notice = (self.least.end(day, config).due for day in (self.opens, self.published))
        return self.published > self.closes or by_own_days <= self.closes < by_notice


def _late_notices(archive: Archive, config: SiteConfig, evidence: Evidence) -> Iterator[_LateNotice]:
    migration = Migration(config, evidence)
    for document in archive.proactive:
        if document.kind is not Kind.CONSULTATION:
            continue
        opens, closes, published = document.date("opens_on"), document.date("closes_on"), document.published
        if opens and closes and published and opens <= closes and opens < published and not migration.excuses(document):
            yield _LateNotice(document, opens, closes, published, least_period(document, config))


@rule("D009", _E, source=_PERIOD)
def too_little_time_left(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """征集公告发布得晚，留给公众提意见的日子不够。

    征集开始以后才发布公告的，从发布的那一天算起：发布以前没有人看得到。从旧网站迁移来的不查。

    不对：is_major: true，征集 2024-05-06 至 2024-06-06，公告 5 月 26 日才发布，只剩 11 日。
    对：　公告在征集开始的当天或以前发布；发布晚了的，征集结束顺延，从发布那天起满 30 日。
    改法：延长征集期限，改 closes_on（征集结束）；已经结束的，重新征求意见，或写豁免和理由。
    """
    for notice in _late_notices(archive, config, evidence):
        if not notice.is_short(config):
            continue
        document, opens, closes, published, least = notice
        if published > closes:
            message = f"征集公告 {published} 才发布，征集 {closes} 已经结束，没有人能提意见"
        else:
            message = (
                f"征集公告 {published} 才发布，比征集开始（{opens}）晚，"
                f"实际只有 {days_between(published, closes, config)} 日；"
                f"按 {least.days} 日（{least.ground}{least.note}），从发布算起至少到 {least.end(published, config).due}"
            )
        yield hit_at(document, message, "延长征集期限；已经结束的，写豁免和理由", key="date_published")


@rule("D010", _W, source=_PERIOD)
def notice_after_opening(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """征集公告在征集开始以后才发布。

    只查没有规定最短期限的；有规定的，剩下的日子不够由 D009 报，够的不报。

    不对：opens_on: 2024-05-06，date_published: 2024-05-13，头一个星期没有人看得到公告。
    对：　opens_on: 2024-05-13，公告当天发布。
    改法：把 opens_on（征集开始）改成发布的那一天；发布日期写错的，改正。
    """
    for notice in _late_notices(archive, config, evidence):
        if notice.least.days or notice.is_short(config):
            continue
        document, opens, closes, published, _ = notice
        message = (
            f"征集公告 {published} 才发布，比征集开始（{opens}）晚 {(published - opens).days} 日，"
            f"提意见的日子只剩 {days_between(published, closes, config)} 日"
        )
        yield hit_at(document, message, "把 opens_on 改成发布的那一天；发布日期写错的，改正", key="date_published")


@rule(
    "D011",
    _E,
    source="{重大行政决策程序暂行条例}第十四条、第十八条；{国办发〔2018〕37号} 二（三）：先征求意见，后作决定",
)
def made_before_end(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """文件成文的时候，它自己的征求意见还没有结束。

    看的是 consulted（征求意见公告）和征集公告的 outcome（征集结果）；都没有写的，看征求的是不是同一个标题的文件，成文的
    那一天还在征集。从旧网站迁移来的不查。

    不对：征集到 2024-06-05 结束，文件 2024-05-28 就成文了。
    对：　征集结束，研究采纳意见以后才成文：成文日期晚于征集结束。
    改法：核对成文日期和征集结束；确实先定后征的，写豁免和理由，并重新征求意见。
    """
    migration = Migration(config, evidence)
    by_draft = consultations_by_draft(archive)
    for document in archive.proactive:
        if document.kind is not Kind.POLICY:
            continue
        written = document.date("date_written")
        if not written or migration.excuses(document):
            continue
        consultations = {
            relation.target: archive.by_id[relation.target]
            for kind in (RelationKind.CONSULTED, RelationKind.OUTCOME_OF)
            for relation in document.related(kind)
        }
        note = "" if consultations else f"；没有写“{label_of('consulted')}”，标题是同一份文件"
        if not consultations:
            consultations = {
                one.id: one
                for one in by_draft.get(draft_key(document.title), ())
                if (opens := one.date("opens_on")) and opens <= written and document.issuers[:1] == one.issuers[:1]
            }
        for consultation in consultations.values():
            closes = consultation.date("closes_on")
            if consultation.kind is Kind.CONSULTATION and closes and written <= closes:
                yield hit_at(
                    document,
                    f"成文日期 {written}，征求意见（{consultation.path}）{closes} 才结束{note}",
                    "核对两处日期；确实先成文后征求意见的，写豁免和理由",
                    key="date_written",
                )


@rule("D012", _E, source="{重大行政决策程序暂行条例}第十八条：征求意见结束以后，公布意见采纳情况")
def outcome_before_end(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """征集结果的日期早于征集结束。

    outcome（征集结果）指向政策文件的，由 D011 查成文日期；outcome_published 早于征集结束的是 F004。

    不对：征集到 2024-06-05 结束，outcome 指向的采纳情况 2024-05-30 就发布了。
    对：　采纳情况在征集结束以后发布。
    改法：核对两处日期；outcome 写成了别的文件的，改正。
    """
    migration = Migration(config, evidence)
    for document in archive.proactive:
        if document.kind is not Kind.CONSULTATION:
            continue
        closes = document.date("closes_on")
        if not closes or migration.excuses(document):
            continue
        for relation in document.related(RelationKind.OUTCOME):
            outcome = archive.by_id[relation.target]
            days = {key: outcome.date(key) for key in ("date_written", "date_published")}
            early = next((key for key, day in days.items() if day and day < closes), None)
            if early and outcome.kind is not Kind.POLICY and not migration.excuses(outcome):
                yield hit_at(
                    document,
                    f"征集 {closes} 才结束，结果 {outcome.path} 的“{label_of(early)}”是 {days[early]}",
                    "核对两处日期；outcome 写成了别的文件的，改正",
                    key="outcome",
                )
