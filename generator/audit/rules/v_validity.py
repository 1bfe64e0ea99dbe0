"""V: declared status, repeals and terms that contradict the facts."""

import re

from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Severity
from generator.domain.vocabulary import ENDED_BY, OVER, Kind, Status
from generator.domain.workdays import Span, Unit

_E, _W = Severity.ERROR, Severity.WARNING
_TRIAL = re.compile(r"试行|暂行")
_NOT_THE_TRIAL = re.compile(r"废止|失效|停止执行|修改|修订|解读")


@rule("V001", _E, blocking=True, source="{国办发〔2018〕37号}：规范性文件清理与有效性标注")
def status_disagrees(archive: Archive, _config: SiteConfig) -> Hits:
    """手写的有效性和算出来的不一致。

    不对：status: effective，而另一个文件已经把它废止。
    对：　不写 status；有效性由废止、修改、施行日期和有效期算出来。
    改法：删去 status 这一行；算出来的不对时，改正日期或关联。
    """
    for document in archive.documents:
        written = document.value("status")
        if isinstance(written, Status) and document.kind is Kind.POLICY and written is not document.status:
            derived = document.status.label if document.status else ""
            yield hit_at(
                document,
                f"写的是“{written.label}”，按关联和日期应为“{derived}”（{archive.day}）",
                "删去这一行，或改正日期、关联",
                key="status",
            )


@rule("V002", _E, blocking=True, source="{国办发〔2018〕37号}：废止、失效应当公布依据")
def repeal_without_act(archive: Archive, _config: SiteConfig) -> Hits:
    """写明废止，却没有依据，也没有理由；或者写了理由，却没有日期。

    不对：只写 repealed_on: 2023-06-01；只写 repeal_reason: 调整对象已消失（没有日期，不算废止）。
    对：　再写 repealed_by: 云岭市人民政府令第58号；或由新文件写 repeals: 本文件的文号。
    改法：补上 repealed_by（废止依据）或 repeal_reason（废止理由）；只有理由的，补上 repealed_on（废止日期）。
    """
    for document in archive.documents:
        for text in (document, *document.parts):
            name = f"《{text.title}》" if text is not document else ""
            reason = text.text("repeal_reason")
            marked = "repealed_on" if text.value("repealed_on") else ""
            if not marked and text.value("status") is Status.REPEALED:
                marked = "status"
            if any(act.kind in ENDED_BY and not act.part for act in text.relations):
                continue
            if marked and not reason:
                message = "写明已废止，却没有废止依据，也没有理由"
                hint = "补上 repealed_by（废止依据）或 repeal_reason（废止理由）"
            elif reason and not marked and not text.value("repealed_by"):
                message = "写了废止理由，却没有废止日期，仍然算有效"
                hint = "补上 repealed_on（废止日期）；没有废止的，删去 repeal_reason"
            else:
                continue
            yield hit_at(document, f"{name}{message}", hint, key="parts" if name else marked or "repeal_reason")


@rule("V003", _W, source="有效期制度（{山东省行政规范性文件办法}第十一条：试行、暂行 1 至 2 年）；{国办发〔2018〕37号}")
def trial_without_expiry(archive: Archive, _config: SiteConfig) -> Hits:
    """标题写明试行、暂行，却没有有效期。

    不对：标题是《示例市公开招聘工作规程（试行）》，没有写 expires_on。
    对：　expires_on: 2027-07-14（有效期至），一般一到两年。
    改法：补上有效期；原件没有规定的，由制定单位明确，或写豁免和理由。已经废止、失效的不查。
    """
    for document in archive.documents:
        if document.kind is not Kind.POLICY or document.status in OVER or document.term:
            continue
        match = _TRIAL.search(document.title)
        if match and not _NOT_THE_TRIAL.search(document.title):
            yield hit_at(
                document,
                f"标题写明“{match[0]}”，却没有有效期",
                "加一行 expires_on: 日期（有效期至）；原件没有规定的，写豁免和理由",
                key="title",
            )


@rule("V004", _W, source="有效期制度（{山东省行政规范性文件办法}第二十三条：届满前 6 个月评估）")
def expires_soon(archive: Archive, config: SiteConfig) -> Hits:
    """文件快要到期。

    不对：expires_on: 2027-01-31，离今天不到 6 个月，还没有决定延续还是让它失效。
    对：　到期以前评估：要延续的重新公布、给新的文号和有效期，不延续的到期自动标为已失效。
    改法：现在开始评估。提前几个月提醒，在配置的 deadlines.expiry_warn_months 里改，0 是不提醒。
    """
    warning_end = Span(config.deadlines.expiry_warn_months, Unit.MONTH).due(archive.day)
    for document in archive.documents:
        if document.kind is not Kind.POLICY or document.status in OVER:
            continue
        for text in (document, *document.parts):
            expires = text.term
            if not expires or not archive.day <= expires < warning_end or text.status in OVER:
                continue
            if text is not document and expires == document.term:
                continue
            days = (expires - archive.day).days
            rest = f"还有 {days} 日" if days else "今天到期"
            name = f"《{text.title}》" if text is not document else ""
            yield hit_at(
                document,
                f"{name}{expires} 到期，{rest}，到期的次日标为已失效",
                "评估要不要延续；延续的另发文件，写 renews（延续）和 renewed_until（延续至），重新制定的写 replaces",
                key="parts" if name else "expires_on",
            )
