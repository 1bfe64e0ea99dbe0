"""V: terms that are longer than they may be, and rules that bind before anybody could know them."""

import datetime as dt
import re

from generator.audit.facts.migration import Migration
from generator.audit.facts.presumed import type_hint, type_note
from generator.audit.facts.stated_days import begin_of, stated_end
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Evidence
from generator.domain.normative_signs import is_change, is_of_others
from generator.domain.own_documents import is_own
from generator.domain.problems import Severity
from generator.domain.vocabulary import OVER, DocType, Kind
from generator.domain.workdays import Span, Unit

_W = Severity.WARNING
_TRIAL = re.compile(r"试行|暂行")
_DEFAULT_TERM = "缺省的期限，国家没有规定，各地不同"
_RULES_SINCE = dt.date(2002, 1, 1)  # 规章制定程序条例
_NORMATIVE_SINCE = dt.date(2018, 5, 31)  # 国办发〔2018〕37号


@rule("V012", _W, source="有效期制度（{山东省行政规范性文件办法}第十一条：3 或 5 年，试行、暂行 1 至 2 年）")
def term_too_long(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """有效期比允许的长。

    标题写明试行、暂行的一般不超过 2 年，行政规范性文件一般不超过 5 年；国家没有规定，各地不同，在配置的
    deadlines 里改：trial_max_months、validity_max_months，0 是不查。延续的另算；没有写 expires_on 的看正文。
    已经废止、失效的，从旧网站迁移来的不查。

    不对：《某某办法（试行）》date_effective: 2025-01-01，expires_on: 2029-12-31，五年。
    对：　expires_on: 2026-12-31，两年。
    改法：核对原件；确实写得长的，由制定单位改短，到期前评估再延续，或写豁免和理由。
    """
    migration = Migration(config, evidence)
    for document in archive.proactive:
        if document.kind is not Kind.POLICY or not _has_term(document):
            continue
        if document.status in OVER or is_of_others(document.title):
            continue
        if migration.excuses(document) or not is_own(document, config.site.agency):
            continue
        for text in (document, *document.parts):
            yield from _too_long(document, text, config)


def _has_term(document: Document) -> bool:
    return bool(document.parts or "expires_on" in document.page.fields or document.page.stated_fields.terms)


def _too_long(document: Document, text: Document, config: SiteConfig) -> Hits:
    ends = text.date("expires_on") or stated_end(document, text)
    begins = text.effective_on or text.date("date_effective") or document.effective_on or document.published
    trial = _TRIAL.search(text.title)
    normative = (text.doc_type or document.duty_type) is DocType.NORMATIVE
    setting = "trial_max_months" if trial else "validity_max_months"
    months = getattr(config.deadlines, setting) if trial or normative else 0
    if not ends or not begins or not months or ends <= (last := Span(months, Unit.MONTH).due(begins)):
        return
    own = config.ground_of("deadlines", setting)
    is_default = setting not in config.deadlines.model_fields_set
    name = f"《{text.title}》" if text is not document else ""
    kind = trial[0] if trial else "行政规范性文件"
    yield hit_at(
        document,
        f"{name}{begins} 施行，有效期至 {ends}，长了 {(ends - last).days} 日；{kind}最长 {months} 个月"
        f"（{_DEFAULT_TERM if is_default else own}）{'' if trial else type_note(document)}",
        f"核对原件；确实写得长的，改短或写豁免和理由；本地不是这个期限的，在配置写 deadlines.{setting}"
        f"{'' if trial else type_hint(document)}",
        key="parts" if name else "expires_on",
    )


@rule("V013", _W, source="{规章制定程序条例}第三十二条：规章自公布之日起 30 日后施行；行政规范性文件参照")
def in_force_too_early(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """规章、行政规范性文件公布以后不到 30 日就施行，正文没有说为什么。

    涉及国家安全、外汇汇率、货币政策，或者不立即施行有碍施行的，可以自公布之日起施行；正文要说明。规范性文件本地没有
    这项要求的，在配置写 deadlines.normative_in_force_days: 0。修改、废止、延续的决定，本机关
    以外的，从旧网站迁移来的不查；没有写施行日期的，正文写明某年某月某日起施行的才查。

    不对：规章 2024-05-08 发布，date_effective: 2024-05-15，正文没有说明理由。
    对：　date_effective: 2024-06-08；或者正文写明：因防汛形势紧急，本办法自公布之日起施行。
    改法：核对施行日期和发布日期；确实来不及的，正文说明理由，或写豁免和理由。
    """
    migration = Migration(config, evidence)
    limits: dict[DocType | None, tuple[int, dt.date]] = {
        DocType.RULE: (config.deadlines.rule_in_force_days, _RULES_SINCE),
        DocType.NORMATIVE: (config.deadlines.normative_in_force_days, _NORMATIVE_SINCE),
    }
    for document in archive.proactive:
        days, since = limits.get(document.duty_type, (0, dt.date.max))
        published = document.published
        if not days or not published or document.kind is not Kind.POLICY or document.page.stated_fields.haste:
            continue
        begins, key = begin_of(document)
        if begins is None or (begins - published).days >= days or published < since:
            continue
        if is_of_others(document.title) or is_change(document.title) or migration.excuses(document):
            continue
        if is_own(document, config.site.agency):
            yield hit_at(
                document,
                f"{published} 公布，{begins} 就施行，隔了 {(begins - published).days} 日，不到 {days} 日，"
                f"正文没有说明理由{type_note(document)}",
                f"核对施行日期；确实要立即施行的，在正文说明理由，或写豁免和理由{type_hint(document)}",
                key=key,
            )
