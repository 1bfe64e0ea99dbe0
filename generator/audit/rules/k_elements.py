"""K: the elements of the kinds of information that the founding notices name, each chosen by 文件类别."""

from collections.abc import Iterator

from generator.audit.facts.information import documents_of, incomplete_documents
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.config.settings import is_web_address
from generator.domain.information import (
    archive_tables,
    change_columns,
    entries_of,
    information_kind,
    is_known_change,
    list_changes,
    number_of,
    reply_days,
    stage_of,
)
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.surnames import SURNAMES
from generator.domain.vocabulary import INFORMATION_KINDS, OWN_FIELDS, DocType, ItemStage, RelationKind, label_of

_W = Severity.WARNING
_MOST_REPLY_DAYS = 184  # six months
_LONGEST_NAME = 3
_GROUP_ENDS = frozenset("表员众者民生校工商师企会人户委")  # 农民, 师生, 高校 are groups of people, not names


def lacking_elements(archive: Archive, rule_id: str, hint: str) -> Hits:
    """Yield one problem for each document of the kind that a rule checks and that lacks elements."""
    for document, missing, key in incomplete_documents(archive, rule_id):
        kind = document.doc_type.label if document.doc_type else ""
        yield hit_at(document, f"{kind}缺少“{'”“'.join(missing)}”", hint, key=key)


def _wrong_stages(archive: Archive, doc_type: DocType) -> Hits:
    """Yield the documents whose 环节 is none of their kind, or comes before that of the document they follow."""
    stages = INFORMATION_KINDS[doc_type].stages
    for document in documents_of(archive, doc_type):
        stage = stage_of(document)
        if stage and stage not in stages:
            choices = "、".join(item.label for item in stages)
            yield hit_at(document, f"{doc_type.label}没有环节“{stage.label}”", f"可写：{choices}", key="stage")
            continue
        for earlier in _followed(archive, document, doc_type):
            before = stage_of(earlier)
            if stage and before in stages and stages.index(before) > stages.index(stage):
                message = f"环节“{stage.label}”写成了跟在 {earlier.path}“{before.label}”的后面"
                yield hit_at(document, message, "follows（前一环节）写上一环节的文件，写反的对调", key="follows")


def _followed(archive: Archive, document: Document, doc_type: DocType) -> Iterator[Document]:
    for relation in document.related(RelationKind.FOLLOWS):
        earlier = archive.by_id[relation.target]
        if earlier.doc_type is doc_type:
            yield earlier


@rule("K001", _W, source="{日人社函〔2019〕20号} 三；{山东省人社厅2019年任务分工} 三（二）：会议公开、代表列席会议")
def meeting_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """会议公开的要素不全，列席代表写了姓名，或直播网址不是网址。

    从旧网站迁移来的（migrated: true）不查。

    不对：doc_type: 会议公开，只写了标题和正文；attendees: [王小明]。
    对：　写 meeting_at（会议时间）、agenda（会议议题）、meeting_outcome（会议结果）；attendees: [企业职工代表 2 人]。
    改法：补上缺的字段；列席代表写身份和人数，不写姓名。
    """
    yield from lacking_elements(archive, "K001", "补上会议时间、会议议题和会议结果")
    for document in documents_of(archive, DocType.MEETING):
        for text in document.texts("attendees"):
            if 1 < len(text) <= _LONGEST_NAME and text[0] in SURNAMES and text[-1] not in _GROUP_ENDS:
                hint = "写身份和人数，如 企业职工代表 2 人"
                yield hit_at(document, f"“{label_of('attendees')}”里的一项像是姓名", hint, key="attendees")
        live = document.text("live_url")
        if live and not is_web_address(live):
            yield hit_at(document, f"“{live[:60]}”不是网址", "写以 https:// 开头的完整网址", key="live_url")


@rule("K002", _W, source="{山东省人社厅2019年任务分工} 一（六）；{日人社函〔2019〕20号} 二（七）：建议提案办理结果公开")
def proposal_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """建议提案答复的要素不全，同一届次的编号写了两次，或办理超过六个月。

    从旧网站迁移来的（migrated: true）不查。

    不对：doc_type: 建议提案答复，没有写 session（届次）和 proposal_no（建议提案编号）。
    对：　写届次、编号、类别、责任单位和答复日期；联合办理的写 joint_units（会办单位）；全文在正文。
    改法：补上缺的字段；日期写错的改正。
    """
    yield from lacking_elements(archive, "K002", "补上这些字段，建议提案一览表要用")
    numbers: dict[tuple[str, ...], Document] = {}
    for document in documents_of(archive, DocType.PROPOSAL_REPLY):
        number = (document.text("session"), str(document.value("proposal_kind")), document.text("proposal_no"))
        first = numbers.setdefault(number, document)
        if first is not document and number[2]:
            message = f"“{number[0]}”第 {number[2]} 号和 {first.path} 相同"
            yield hit_at(document, message, "核对编号和类别；一件有几份答复的，写成一份", key="proposal_no")
        days = reply_days(document)
        if days is not None and days > _MOST_REPLY_DAYS:
            yield hit_at(document, f"办理了 {days} 天，超过六个月", "核对收到日期和答复日期", key="replied_on")
        yield from answered_too_early(document)


def answered_too_early(document: Document) -> Hits:
    """Yield a problem where 答复日期 is before 收到日期."""
    received, replied = document.date("received_on"), document.date("replied_on")
    if received and replied and replied < received:
        message = f"“{label_of('replied_on')}”（{replied}）早于“{label_of('received_on')}”（{received}）"
        yield hit_at(document, message, "核对原件，改正其中一个日期", key="replied_on")


@rule("K003", _W, source="{山东省人社厅2019年任务分工} 一（二）；{日人社函〔2019〕20号} 二（四）：权责清单及其调整公开")
def list_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """清单没有表格；权责清单的表格缺列；调整记录看不懂，或取消了的事项还在清单里。

    表格写在正文里，或者是主动公开的 CSV 附件。调整记录是另一个表，列名如 日期、事项名称、调整方式、依据。
    从旧网站迁移来的（migrated: true）不查。

    不对：doc_type: 清单，正文只有一句“见附件”，附件是 xlsx；权责清单没有“依据”一列。
    对：　权责清单的表格有名称、内容（类别）、主体、依据四列；调整记录写 2026-05-08、某某事项、取消、某某文件。
    改法：把表格写进正文或另存为 CSV 附件；补上缺的列；调整了的，同时改清单和调整记录。
    """
    for document in documents_of(archive, DocType.LIST):
        tables = archive_tables(document, archive)
        lists = [table for table in tables if not change_columns(table.rows[0])]
        if not lists:
            hint = "把表格写进正文，或另存为 CSV（UTF-8）作附件，网页上就有表格和下载"
            yield hit_at(document, "清单没有表格", hint, key="doc_type")
        elif any(word in document.title for word in ("权责清单", "权力清单", "责任清单")):
            heads = [" ".join(table.rows[0]) for table in lists]
            columns = INFORMATION_KINDS[DocType.LIST].table
            if missing := [part.label for part in columns if not any(part.sign.search(head) for head in heads)]:
                message = f"权责清单的表格缺少“{'”“'.join(missing)}”"
                yield hit_at(document, message, "表格的列写：名称、内容、主体、依据", key="doc_type")
        yield from _changes(archive, document)


def _changes(archive: Archive, document: Document) -> Hits:
    tables = archive_tables(document, archive)
    entries = set(entries_of(tables))
    for change in list_changes(document, tables):
        name = change.name[:40]
        if change.day is None:
            yield hit_at(document, f"调整记录“{name}”的日期看不懂", "写成 2026-05-08 或 2026年5月8日", key="doc_type")
        if not is_known_change(change.action):
            hint = "写 新增、取消、下放、承接、调整、合并 等"
            yield hit_at(document, f"调整记录“{name}”没有写明怎么调整", hint, key="doc_type")
        elif "取消" in change.action and change.name in entries:
            message = f"调整记录里取消了“{name}”，清单里还有它"
            yield hit_at(document, message, "从清单的表格里删去；后来恢复的，在调整记录里写恢复", key="doc_type")


@rule("K005", _W, source="{国办发〔2018〕118号}：行政执法公示；{山东省人社厅2019年任务分工} 一（七）")
def enforcement_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """行政执法公示的要素不全；公示了结果，却没有事前公示。

    网站上有一份执法公示写了 stage（环节）以后才查；从旧网站迁移来的（migrated: true）不查。

    不对：环节: 事前公示，正文没有依据、程序和监督途径；只有事后公示，没有事前公示。
    对：　事前公示有职责、依据、程序、监督途径；事中公示有执法证件和告知；事后公示有结果。用标题、表格的列名或附件写明。
    改法：补上缺的内容；另发一份事前公示。
    """
    documents = list(documents_of(archive, DocType.ENFORCEMENT))
    stages = {stage_of(document) for document in documents} - {None}
    if not stages:
        return
    yield from lacking_elements(archive, "K005", "写环节，用标题、表格的列名写明这些内容")
    yield from _wrong_stages(archive, DocType.ENFORCEMENT)
    results = [document for document in documents if stage_of(document) is ItemStage.AFTER]
    if results and ItemStage.BEFORE not in stages:
        message = "公示了执法结果，没有一份事前公示（职责、依据、程序、监督途径）"
        hint = "另发一份 stage: 事前公示 的执法公示"
        yield hit_at(min(results, key=lambda item: item.path), message, hint, key="stage")


@rule("K006", _W, source="{政府信息公开条例}第二十条；{日人社函〔2019〕20号} 二（三）：招考、职称评审各环节信息公开")
def recruitment_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """招考、职称的要素不全，环节前后颠倒，或后面的环节没有连到前一份。

    从旧网站迁移来的（migrated: true）不查。

    不对：环节: 公告，正文没有报考条件；成绩没有写 follows（前一环节），看的人找不到公告。
    对：　公告写明职位、条件、程序；名单、成绩、公示、结果各写 follows: 前一份的编号。
    改法：补上缺的内容和 follows。
    """
    yield from lacking_elements(archive, "K006", "补上缺的内容，用标题、表格的列名或附件写明")
    yield from _wrong_stages(archive, DocType.RECRUITMENT)
    later = INFORMATION_KINDS[DocType.RECRUITMENT].stages[1:]
    for document in documents_of(archive, DocType.RECRUITMENT):
        stage = stage_of(document)
        if stage in later and not document.related(RelationKind.FOLLOWS):
            message = f"环节“{stage.label}”没有写前一环节的文件"
            yield hit_at(document, message, "写 follows（前一环节）: 前一份的编号", key="stage")


@rule("K007", _W, source="{山东省人社厅2019年任务分工} 一（八）；{日人社函〔2019〕20号} 二（二）：数据定期公开")
def dataset_elements(archive: Archive, _config: SiteConfig) -> Hits:
    """数据没有写是哪一段时间的，或没有带数字的表格。

    表格写在正文里，或者是主动公开的 CSV 附件；网页由它画图，给出 CSV 下载。从旧网站迁移来的（migrated: true）不查。

    不对：doc_type: 数据，正文只有文字，附件是 xlsx 或 PDF。
    对：　data_period: 2026年第三季度，正文有表格：第一列是指标或时间，后面的列是数字。
    改法：补上 data_period（数据时间）；把表格写进正文，或另存为 CSV 附件。
    """
    yield from lacking_elements(archive, "K007", "补上 data_period（数据时间），如 2026年第三季度")
    for document in documents_of(archive, DocType.DATASET):
        cells = (cell for table in archive_tables(document, archive) for row in table.rows[1:] for cell in row[1:])
        if not any(number_of(cell) is not None for cell in cells):
            hint = "把表格写进正文，或另存为 CSV（UTF-8）作附件"
            yield hit_at(document, "数据没有带数字的表格", hint, key="doc_type")


@rule("K014", _W, source="gongkai 字段表")
def field_of_another_kind(archive: Archive, _config: SiteConfig) -> Hits:
    """字段是另一种信息的，在这份文件上不显示，也不算数。

    不对：一份通知写了 proposal_no（建议提案编号），没有写 doc_type: 建议提案答复。
    对：　会议公开、建议提案答复等信息写 doc_type（文件类别），再写它的字段。
    改法：补上 doc_type，或删去这个字段。
    """
    for document in archive.documents:
        kind = information_kind(document)
        for key in document.page.fields.keys() & _STRICT:
            if kind is None or key not in kind.fields:
                users = "、".join(doc_type.label for doc_type in OWN_FIELDS[key])
                message = f"“{label_of(key)}”在这份文件上不起作用"
                yield hit_at(document, message, f"它用于 doc_type（文件类别）是{users}的；补上，或删去", key=key)


_STRICT = frozenset(OWN_FIELDS) - {"update_every"}
