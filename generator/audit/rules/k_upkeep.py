"""K: plans against results, tasks and answers against their days, series of data, accounts, conclusions of reviews."""

from collections.abc import Iterator

from generator.audit.facts.information import documents_of
from generator.audit.registry import Hits, hit_at, rule
from generator.audit.rules.k_elements import answered_too_early, lacking_elements
from generator.config.load import SiteConfig
from generator.config.settings import read_period
from generator.domain.information import archive_tables, next_release, series_of, stage_of, tasks_of
from generator.domain.model import Archive, Document
from generator.domain.problems import Problem, Severity
from generator.domain.tasks import Task
from generator.domain.vocabulary import (
    ENDED_BY,
    AccountState,
    CleanupResult,
    DocType,
    ItemStage,
    Kind,
    RelationKind,
)

_W = Severity.WARNING
_MOST_NAMED = 3


@rule(
    "K004",
    _W,
    source="{山东省人社厅2019年任务分工} 一（三）；{日人社函〔2019〕20号} 二（五）：双随机公开",
)
def inspection_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """双随机抽查的要素不全；上一年的计划没有结果，或结果没有连到计划。

    从旧网站迁移来的（migrated: true）不查。

    不对：2025 年的抽查计划，到 2026 年还没有一份结果写 follows 指向它；计划里没有写抽查依据和方式。
    对：　计划写 stage: 计划、plan_year（计划年度）和依据、主体、内容、方式；结果写 stage: 结果、follows: 计划的编号。
    改法：公布结果；结果已经公布的，在结果里写 plan_year 和 follows（前一环节）。
    """
    yield from lacking_elements(archive, "K004", "补上字段，用标题、表格的列名写明缺的内容")
    documents = list(documents_of(archive, DocType.INSPECTION))
    for document in documents:
        year, stage = document.value("plan_year"), stage_of(document)
        if stage not in {ItemStage.PLAN, ItemStage.RESULT, None}:
            yield hit_at(document, f"双随机抽查没有环节“{stage.label}”", "可写：计划、结果", key="stage")
        if not isinstance(year, int):
            continue
        if stage is ItemStage.PLAN and year < archive.day.year and not document.related(RelationKind.FOLLOWED_BY):
            message = f"{year} 年的抽查计划没有公布结果"
            yield hit_at(document, message, "公布结果，在结果里写 follows（前一环节）: 计划的编号", key="plan_year")
        if stage is ItemStage.RESULT and not document.related(RelationKind.FOLLOWS):
            planned = any(stage_of(item) is ItemStage.PLAN and item.value("plan_year") == year for item in documents)
            hint = f"写 follows（前一环节）: {year} 年计划的编号" if planned else f"公布 {year} 年的计划，再写 follows"
            yield hit_at(document, f"{year} 年的抽查结果没有连到计划", hint, key="stage")


@rule("K008", _W, source="{山东省人社厅2019年任务分工} 一（四）：重要部署执行公开")
def execution_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """执行情况没有写分工、时限和进展，或没有写落实的是哪份文件。

    任务写成表格最好：列名如 任务、牵头单位、配合单位、完成时限、进展情况。从旧网站迁移来的（migrated: true）不查。

    不对：doc_type: 执行情况，正文是一篇工作总结，没有分工和时限，没有 implements。
    对：　implements: 所落实文件的编号；表格有任务、牵头单位、完成时限、进展情况。
    改法：补上表格和 implements（落实文件）；所落实的文件不在本站的，写豁免和理由。
    """
    hint = "补上字段，或写成表格：任务、牵头单位、配合单位、完成时限、进展情况"
    yield from lacking_elements(archive, "K008", hint)
    for document in documents_of(archive, DocType.EXECUTION):
        if not document.related(RelationKind.IMPLEMENTS):
            message = "执行情况没有写落实的是哪份文件"
            yield hit_at(document, message, "写 implements（落实文件）: 那份文件的编号", key="implements")


@rule("K009", _W, source="{山东省人社厅2019年任务分工}：任务分工和完成时限")
def overdue_tasks(archive: Archive, _config: SiteConfig) -> Hits:
    """任务过了完成时限，进展里没有写完成。

    查政策文件和一般信息里的任务表：有任务、完成时限、进展情况三列的。没有进展一列的、从旧网站迁移来的不查；
    “长期坚持”一类没有日子的不算。没有写年份的，按文件成文（发布）的年份。

    不对：完成时限“7月30日前”，到 11 月进展还写“正在起草”，或者空着。
    对：　进展写“已完成”“已印发”等；没有完成的，说明原因，报批后改时限。
    改法：在表格的“进展情况”一格写明；已经完成的写“已完成”。
    """
    for document, tasks in followed_tasks(archive):
        late = [task for task in tasks if task.due and task.due < archive.day and not task.done]
        if late:
            named = "；".join(f"“{task.text[:30]}”（{task.due}）" for task in late[:_MOST_NAMED])
            more = f"等 {len(late)} 项" if len(late) > _MOST_NAMED else ""
            message = f"{named}{more}过了完成时限，没有写完成"
            key = "deadline" if "deadline" in document.page.fields else "title"
            yield hit_at(document, message, "在“进展情况”一格写明；已经完成的写“已完成”", key=key)


def followed_tasks(archive: Archive) -> Iterator[tuple[Document, tuple[Task, ...]]]:
    """Yield the documents with tasks that are followed up, and these tasks; what was migrated is left out."""
    for document in archive.proactive:
        has_tasks = document.page.tables or document.attachments or "deadline" in document.page.fields
        if not has_tasks or document.kind not in {Kind.POLICY, Kind.NOTICE} or document.value("migrated") is True:
            continue
        if tasks := tasks_of(document, archive_tables(document, archive)):
            yield document, tasks


@rule("K010", _W, source="{国办秘函〔2019〕19号}：超过三个月未答复；{日人社函〔2019〕20号} 五：来信答复公开")
def question_elements(archive: Archive, config: SiteConfig) -> Hits:
    """问答的要素不全，或答复超过了期限。

    期限是配置的 deadlines.question_days，从收到的次日起算。从旧网站迁移来的（migrated: true）不查。

    不对：收到日期 2026-03-02，答复日期 2026-08-20；正文没有写问题，只有答复。
    对：　写 asked_through（来信渠道）、received_on（收到日期）、replied_on（答复日期），正文有“问题”“答复”两部分。
    改法：补上缺的字段；不写提问人的姓名、电话等个人信息。
    """
    hint = "补上字段，正文用标题写明“问题”“答复”；不写提问人的个人信息"
    yield from lacking_elements(archive, "K010", hint)
    for document in documents_of(archive, DocType.QUESTION):
        yield from answered_too_early(document)
        received, replied = document.date("received_on"), document.date("replied_on")
        if received and (days := ((replied or archive.day) - received).days) > config.deadlines.question_days:
            state = f"第 {days} 天才答复" if replied else f"第 {days} 天还没有答复"
            message = f"来信收到以后{state}，期限是 {config.deadlines.question_days} 天"
            yield hit_at(document, message, "核对日期；以后按期限答复", key="replied_on" if replied else "received_on")


@rule(
    "K011",
    _W,
    source="{郑人社办〔2020〕199号} 四；{山东省人社厅2019年任务分工} 四（二）：新媒体开设、关闭要审批",
)
def account_entries(_archive: Archive, config: SiteConfig) -> Hits:
    """新媒体账号没有写批准，状态和日期对不上，或写了两次。

    账号写在配置的 accounts 里；没有写的不查。

    不对：accounts 里一个账号没有 approval（批准）；状态是已关闭，没有 closed_on；状态是在用，却有 closed_on。
    对：　- {platform: 微信公众号, name: 云岭人社, state: 在用, approval: 云岭政办函〔2020〕3号}
    改法：补上批准开设、关闭的文号或机关，改正状态和日期。
    """
    names: set[tuple[str, str]] = set()
    for number, account in enumerate(config.accounts):
        path, line = config.place_of("accounts", number)
        title = f"账号“{account.platform} {account.name}”"
        closed = account.state is AccountState.CLOSED
        wrong = (
            (not account.approval, "没有写批准开设的文号或机关", "写 approval"),
            (closed and not account.closed_on, "已关闭，没有写关闭日期", "写 closed_on"),
            (closed and not account.closing_approval, "已关闭，没有写批准关闭的文号或机关", "写 closing_approval"),
            (not closed and account.closed_on, "有关闭日期，状态不是已关闭", "状态写 已关闭，或删去 closed_on"),
            (
                account.opened_on and account.closed_on and account.closed_on < account.opened_on,
                "关闭日期早于开设日期",
                "改正其中一个日期",
            ),
            ((account.platform, account.name) in names, "写了两次", "删去其中一项"),
        )
        names.add((account.platform, account.name))
        for is_wrong, what, hint in wrong:
            if is_wrong:
                yield path, Problem("", f"{title}{what}", hint, line, "accounts")


@rule("K013", _W, source="{山东省人社厅2019年任务分工} 一（八）（定期公开）；{政府信息公开条例}第二十六条")
def overdue_series(archive: Archive, config: SiteConfig) -> Hits:
    """一个系列的数据过了更新的期限没有新的。

    写了 series（数据系列）和 update_every（更新频次）的才查，从最近一份的发布日期起算。

    不对：series: 社会保险主要指标，update_every: 每季度，最近一份是 5 个月以前发布的。
    对：　更新频次以内发布了同一系列的新数据。
    改法：发布新的数据；不再发布的，删去最近一份的 update_every，在正文里说明。
    """
    for name, documents in series_of(filter(archive.is_public, archive.documents)).items():
        due = next_release(documents[0], read_period(documents[0].text("update_every")), config.calendar)
        if due and due < archive.day:
            every = documents[0].text("update_every")
            message = f"数据系列“{name}”{every}更新一次，最迟 {due}，已晚 {(archive.day - due).days} 日"
            yield hit_at(documents[0], message, "发布新的数据；频次写错的，改 update_every", key="update_every")


@rule("K015", _W, source="{国办发〔2018〕37号}：规范性文件清理；{山东省人社厅2019年任务分工} 一（一）")
def unfulfilled_review(archive: Archive, _config: SiteConfig) -> Hits:
    """清理结论和文件的有效性对不上。

    清理结论（cleanup_result）只是记录，不改变有效性。

    不对：cleanup_result: 废止，文件却还是现行有效，没有废止它的文件，也没有废止日期；结论是继续有效，文件却已经失效。
    对：　结论是废止的，另有文件写 repeals，或在本文件写 repealed_by、repealed_on。
    改法：补上废止的依据和日期；结论写错的改正。
    """
    ending = {CleanupResult.REPEAL, CleanupResult.LAPSE}
    for document in archive.documents:
        if "cleanup_result" not in document.page.fields or document.status is None:
            continue
        result = document.value("cleanup_result")
        if not isinstance(result, CleanupResult):
            continue
        label = document.status.label
        will_end = document.declared_repeal or any(document.related(kind) for kind in ENDED_BY)
        if result in ending and document.status.in_force and not will_end:
            message = f"清理结论是“{result.label}”，文件{label}，没有废止它的依据"
            hint = "由废止它的文件写 repeals，或写 repealed_by（废止依据）和 repealed_on（废止日期）"
            yield hit_at(document, message, hint, key="cleanup_result")
        if result is CleanupResult.KEEP and not document.status.in_force and _ended_before_review(document):
            yield hit_at(document, f"清理结论是“继续有效”，文件{label}", "改正结论或评估日期", key="cleanup_result")


def _ended_before_review(document: Document) -> bool:
    """Whether a document had ended by its 评估日期; one without that day was reviewed as it is now."""
    reviewed = document.date("reviewed_on")
    last = max((notice.since for notice in document.notices if notice.since), default=None)
    return reviewed is None or (last is not None and last < reviewed)
