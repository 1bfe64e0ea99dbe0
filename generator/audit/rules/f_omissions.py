"""F: fields that are left out, or written otherwise than they are, so that a duty would not be seen."""

import datetime as dt

from generator.audit.facts.duties import BUDGET_COLUMN, is_budget
from generator.audit.facts.migration import Migration
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Evidence
from generator.domain.normative_signs import is_of_others, normative_code
from generator.domain.own_documents import FROM_ELSEWHERE, is_own
from generator.domain.problems import Severity
from generator.domain.vocabulary import DocType, Kind, label_of

_E, _W = Severity.ERROR, Severity.WARNING
_RULES = frozenset({DocType.LAW, DocType.RULE, DocType.NORMATIVE})
_INTERPRETED_SINCE = dt.date(2016, 11, 15)  # 国办发〔2016〕80号
_ANSWERED_SINCE = dt.date(2016, 8, 1)  # 国办发〔2016〕61号
_BUDGETS_SINCE = dt.date(2015, 1, 1)  # 预算法 as amended in 2014
_BUDGET_WORDS = ("预算", "决算", "三公")


def _since(document: Document, day: dt.date) -> bool:
    return document.published is None or document.published >= day


@rule("F023", _E, source="{国办发〔2018〕37号}：行政规范性文件统一登记、统一编号、统一印发")
def type_against_number(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """文号是行政规范性文件的，文件类别却写成了别的。

    机关代字以“规”结尾的是规范性文件的编号。写成其他类别，就不查解读、征求意见和有效期了。废止、清理的决定，转发的，
    从旧网站迁移来的不查；规划局的“规”是单位简称，不算。

    不对：doc_number: 云岭人社规〔2026〕3号，doc_type: 其他政策文件。
    对：　doc_type: 行政规范性文件，或者不写 doc_type。
    改法：改正 doc_type（文件类别）；文号写错的，照原件改正。
    """
    migration = Migration(config, evidence)
    for document in archive.proactive:
        if "规" not in document.doc_number or not _since(document, _INTERPRETED_SINCE):
            continue
        code = normative_code(document.doc_number, document.issuers)
        if not code or is_of_others(document.title) or migration.excuses(document):
            continue
        if not is_own(document, config.site.agency):
            continue
        if document.kind is Kind.POLICY and document.doc_type and document.doc_type not in _RULES:
            message = f"文号的代字“{code}”是行政规范性文件的，文件类别写的是“{document.doc_type.label}”"
            yield hit_at(document, message, "改正 doc_type（文件类别）；文号写错的，照原件改正", key="doc_type")
        elif document.kind is Kind.NOTICE:
            message = f"文号的代字“{code}”是行政规范性文件的，却作为{document.kind.label}发布"
            yield hit_at(document, message, "移到 content/policies/，或写 kind: policy", key="doc_number")


@rule("F024", _W, source="{预算法}第十四条：经批准的预算、决算在批准后 20 日内公开")
def budget_without_approval(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """预算、决算没有写批复的日期，看不出公开得晚不晚。

    栏目是财政预决算的，或者标题是某某年部门预算、决算的才查；从旧网站迁移来的、转载的不查。

    不对：《2024年部门预算》只有 date_published: 2024-05-20。
    对：　date_written: 2024-03-01（财政部门批复的那一天），date_published: 2024-03-15。
    改法：加一行 date_written（成文日期），写批复的那一天。
    """
    migration = Migration(config, evidence)
    for document in archive.proactive:
        if document.kind is Kind.PAGE or not is_budget(document) or not _since(document, _BUDGETS_SINCE):
            continue
        in_column = document.column == BUDGET_COLUMN
        if in_column and not any(word in document.title for word in _BUDGET_WORDS):
            continue
        if (
            document.date("date_written")
            or document.date("date_printed")
            or document.value("source_type") in FROM_ELSEWHERE
        ):
            continue
        if not migration.excuses(document):
            sign = "栏目是财政预决算" if in_column else "按标题是预算、决算"
            yield hit_at(
                document,
                f"没有写批复的日期，20 日（预算法第十四条）从哪天算看不出来；{sign}",
                f"加一行 date_written: 批复的日期（{label_of('date_written')}）",
                key="date_written",
            )


@rule("F025", _W, source="{国办发〔2016〕61号}；{日人社函〔2019〕20号} 四（二）：5 小时、48 小时从发现舆情算起")
def response_without_event(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """舆情回应没有写发现时间，看不出回应得晚不晚。

    2016 年 8 月以前的、从旧网站迁移来的、转载的不查。

    不对：回应关切只有 responded_at: 2024-05-08 14:00。
    对：　event_at: 2024-05-08 09:00，responded_at: 2024-05-08 14:00。
    改法：加一行 event_at（发现时间），写日期和时分；不是回应舆情的，改类型。
    """
    migration = Migration(config, evidence)
    for document in archive.proactive:
        if document.kind is not Kind.RESPONSE or document.value("event_at") or not _since(document, _ANSWERED_SINCE):
            continue
        unreadable = any(problem.field == "event_at" for problem in document.page.problems)
        if not unreadable and document.value("source_type") not in FROM_ELSEWHERE and not migration.excuses(document):
            message = f"没有写“{label_of('event_at')}”，几小时内回应看不出来"
            yield hit_at(document, message, "加一行 event_at: 日期和时分（发现时间）", key="event_at")
