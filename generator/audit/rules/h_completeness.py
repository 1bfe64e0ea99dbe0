"""H: guides, service guides, notices and responses whose text does not give what it must; old clean-ups."""

import datetime as dt
import re
from collections.abc import Iterator

from generator.audit.facts.duties import public_documents
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.normative_signs import is_service_guide
from generator.domain.own_documents import FROM_ELSEWHERE
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import OVER, DocType, Kind, RelationKind
from generator.domain.workdays import Span, Unit

_W = Severity.WARNING
_CLEANUP = re.compile(
    r"规范性文件.{0,12}清理|清理.{0,12}规范性文件|(?:宣布失效|继续有效).{0,16}规范性文件"
    r"|规范性文件.{0,10}(?:继续有效|废止|失效).{0,8}目录"
)


def _guides(archive: Archive) -> Iterator[Document]:
    """Yield the public guides: the pages of the column 政府信息公开指南 and what is titled so."""
    for document in archive.proactive:
        if document.kind in {Kind.PAGE, Kind.NOTICE} and (
            document.column == "guide" or re.search("(?:信息|政务)公开指南", document.title)
        ):
            yield document


@rule("H015", _W, source="{政府信息公开条例}第十二条第二款：公开指南的内容")
def incomplete_guide(archive: Archive, _config: SiteConfig) -> Hits:
    """政府信息公开指南的内容不全。

    应有：政府信息的分类、编排体系、获取方式，政府信息公开工作机构的名称、办公地址、办公时间、联系电话、传真号码、
    互联网联系方式。地址、时间、电话要写出来，只提到“办公时间”不算；没有传真的写“传真：无”。

    不对：指南写了地址、电话，没有办公时间、传真。
    对：　九项都写。
    改法：补上缺少的各项。
    """
    guides = list(_guides(archive))
    if not guides:
        return
    for document in guides:
        lacking = document.page.text_facts.lacking
        others = [item.page.text_facts.lacking for item in guides if item is not document]
        lacking = tuple(name for name in lacking if all(name in other for other in others))
        if lacking:
            hint = "补上缺少的各项，没有传真的写“传真：无”"
            yield hit_at(document, f"公开指南没有写{'、'.join(lacking)}", hint, key="title")


@rule("H016", _W, source="{政府信息公开条例}第十二条第一款：公开指南应及时更新；{山东省人社厅2019年任务分工} 五（二）")
def old_guide(archive: Archive, config: SiteConfig) -> Hits:
    """政府信息公开指南很久没有更新。

    看发布日期、更正说明，和正文写明的“更新于某年某月某日”，取最近的一天。几个月写在配置的 duties.guide_months 里，
    默认 12 个月，0 是不查。没有日期的不查。

    不对：指南是三年前发布的，没有写更新过。
    对：　每年核对一次，改 date_published，或者在正文写“更新日期：2026年1月5日”。
    改法：核对机构、地址、电话以后，写上新的日期。
    """
    if not config.duties.guide_months:
        return
    for document in _guides(archive):
        days = [document.published, document.page.text_facts.revised_on, *(item.on for item in document.corrections)]
        newest = max((day for day in days if day and day <= archive.day), default=None)
        if newest and archive.is_public(document):
            due = Span(config.duties.guide_months, Unit.MONTH).due(newest)
            if due < archive.day:
                months = config.duties.guide_months
                message = f"公开指南最近更新 {newest}，已超过 {months} 个月（应在 {due} 以前核对更新）"
                hint = "核对内容以后改 date_published，或在正文写明更新日期"
                yield hit_at(document, message, hint, key="date_published")


@rule(
    "H017",
    _W,
    source="{楚雄市人社局试点实施方案} 二（三）4：服务公开的十一项；{国办秘函〔2019〕19号} 单项否决：服务不实用",
)
def incomplete_service(archive: Archive, _config: SiteConfig) -> Hits:
    """办事指南的内容不全。

    文件类别（doc_type）是办事指南的，和没有写文件类别、标题是办事指南的，应有：设定依据、申请条件、申请材料、办理流程、审批时限、收费依据及标准、
    审批决定证件、年检要求、注意事项、联系方式、投诉渠道。看小标题、表格的格和冒号前的字。

    不对：办事指南只有申请材料和办理流程。
    对：　十一项都写，没有的写“不收费”“无年检要求”。
    改法：补上缺少的各项，写成小标题或者表格。
    """
    for document in archive.proactive:
        lacking = document.page.text_facts.lacking
        is_declared = document.doc_type is DocType.SERVICE
        if lacking and (is_declared or _is_service_by_title(document)) and document.kind is not Kind.REPORT:
            hint = "写成小标题或表格；没有这一项的，写“不收费”“无年检要求”"
            note = "" if is_declared else "（没有写“文件类别”，按标题看作办事指南）"
            yield hit_at(document, f"办事指南没有写{'、'.join(lacking)}{note}", hint, key="title")


def _is_service_by_title(document: Document) -> bool:
    """Whether a notice of the body itself, without 文件类别, is a 办事指南 by its title."""
    is_undeclared = document.kind is Kind.NOTICE and "doc_type" not in document.page.fields
    is_own_text = document.value("source_type") not in FROM_ELSEWHERE and document.value("migrated") is not True
    return is_undeclared and is_own_text and is_service_guide(document.title)


@rule("H022", _W, source="{浑江人社字〔2018〕38号}：全文公开；{国办公开办函〔2021〕33号}：网页文字和下载文件并存")
def only_refers(archive: Archive, _config: SiteConfig) -> Hits:
    """全文只有一句“详见附件”。

    手机、读屏软件打开附件不方便，全文检索、摘要也没有内容。

    不对：正文只有“具体内容详见附件。”
    对：　正文写出全文，附件给原件；或者至少写明是什么事、给谁看、什么时候办。
    改法：把附件的文字放进正文（gongkai import 可以从 Word 文件取）。
    """
    for document in archive.proactive:
        line = document.page.text_facts.refers_only
        if line and document.kind not in {Kind.INTERPRETATION, Kind.PAGE}:
            hint = "把附件的文字放进正文；gongkai import 可以从 Word 文件取"
            yield hit_at(document, "全文只有一句“详见附件”", hint, line=line)


@rule("H023", _W, source="{国办发〔2018〕37号} 三：定期清理；{山东省人社厅2019年任务分工} 一（一）：定期清理并公布结果")
def old_cleanup(archive: Archive, config: SiteConfig) -> Hits:
    """行政规范性文件很久没有清理。

    有过清理结果的网站才查，看最近一次清理（写 cleanup 的文件、标题写明规范性文件清理结果的、文件的评估日期）。
    那次清理以前的规范性文件还有现行有效的才算。几个月写在配置的 duties.cleanup_months 里，默认 24，0 是不查；
    配置里写了的，没有清理过的网站也查，从最早的一份现行有效的规范性文件算起。

    不对：最近一次清理是三年前，那以前的文件还有 12 件现行有效。
    对：　两年以内清理过，公布了结果。
    改法：组织清理，公布继续有效、修改、废止、宣布失效的目录，写 cleanup（清理结果）。
    """
    months = config.duties.cleanup_months
    in_force = [
        (day, document)
        for document in public_documents(archive)
        if document.doc_type is DocType.NORMATIVE
        and document.kind is Kind.POLICY
        and document.status not in OVER
        and config.site.agency in document.issuers
        and (day := document.date("date_written") or document.published)
    ]
    if not months or not in_force:
        return
    last = max(_cleanups(archive, config), default=None)
    if last is None and "cleanup_months" not in config.duties.model_fields_set:
        return
    since = last or min(day for day, _ in in_force)
    number = sum(day <= since for day, _ in in_force)
    due = Span(months, Unit.MONTH).due(since)
    if number and due < archive.day:
        path, line = config.place_of("duties", "cleanup_months")
        when = f"最近一次清理是 {last}" if last else f"没有公布过清理结果，最早的一份是 {since}"
        message = f"行政规范性文件{when}，已超过 {months} 个月；那以前的还有 {number} 件现行有效"
        hint = "组织清理，公布结果，写 cleanup（清理结果）；期限在配置的 duties.cleanup_months 里改"
        yield path, Problem("", message, hint, line, "duties.cleanup_months")


def _cleanups(archive: Archive, config: SiteConfig) -> Iterator[dt.date]:
    """Yield the days of the clean-ups that the body has published."""
    for document in public_documents(archive):
        day = document.date("date_written") or document.published
        own = config.site.agency in document.issuers
        if own and day and day <= archive.day and (document.cleanup or _CLEANUP.search(document.title)):
            yield day
        reviewed = document.date("reviewed_on")
        if reviewed and reviewed <= archive.day and document.doc_type is DocType.NORMATIVE:
            yield reviewed


@rule(
    "H024",
    _W,
    source="{日人社函〔2019〕20号} 四（二）：持续发布进展和结果；{浑江人社字〔2018〕38号} 舆情二：反馈处理结果",
)
def no_conclusion(archive: Archive, config: SiteConfig) -> Hits:
    """回应没有结论，也没有再回应。

    正文只说正在调查、结果将公布，或者只有几句表态，过了配置的 duties.follow_up_workdays（默认 20 个工作日）还没有
    以 follows（前次回应）接着它的回应。0 是不查；从旧网站迁移来的不查。

    不对：“已组织调查，结果将及时公布。”一个多月没有下文。
    对：　写明查到了什么、怎么处理；或者后来又回应，写 follows 指向这一次。
    改法：公布结果；已经公布的，在那一份里写 follows。
    """
    limit = config.duties.follow_up_workdays
    for document in public_documents(archive) if limit else ():
        promise, published = document.page.text_facts.promise, document.published
        if document.kind is not Kind.RESPONSE or not promise or not published or document.value("migrated") is True:
            continue
        due = config.calendar.deadline(published, limit)
        if due >= archive.day or _is_followed(archive, document):
            continue
        late = config.calendar.lag(due, archive.day)
        message = f"回应没有结论（“{promise}”），{limit} 个工作日以内没有再回应，已晚 {late} 个工作日"
        yield hit_at(document, message, "公布结果，写 follows（前次回应）指向这一次", key="title")


def _is_followed(archive: Archive, document: Document) -> bool:
    followers = (archive.by_id[item.target] for item in document.related(RelationKind.FOLLOWED_BY))
    return any(archive.is_public(item) for item in followers)
