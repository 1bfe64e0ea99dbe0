"""H: what should not be on the site in this form: reprints without a source, internal papers, the same text twice."""

import re

from generator.audit.facts.duplicates import duplicates
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.vocabulary import Kind, SourceType, label_of

_W = Severity.WARNING
_OPEN_REPORTS = re.compile(
    r"年度报告|法治政府|依法行政|政府工作报告|工作报告$|预算|决算|国民经济|发展计划|审计|统计|质量|监测|评估|评价|调查|检查|督查|整改|"
    r"环境|安全|绩效|调研|研究报告|分析报告|检测|检验|公报|信息公开|政务公开|执行情况的报告|贯彻落实情况的报告|发展报告|征信|自查"
)
_OPEN_MINUTES = re.compile(r"听证|座谈|发布会|征求意见|意见征集|论证会|听取意见")
_LAST_WORD = re.compile(
    r"(请示报告|请示|报告|纪要|签报|呈批件|信息专报|内参|内部(?:情况)?通报)"
    r"(?:[（(〔\[][^（）()〔〕\[\]]{0,20}[）)〕\]]|第?\s*\d{1,4}\s*[号期])*\s*$"
)
_TO_SUPERIOR = re.compile(r"^关于.+的报告(?:[（(][^（）()]{0,20}[）)])?\s*$|[局厅委办院]关于.+的报告\s*$")


@rule(
    "H018",
    _W,
    source="{政府信息公开条例}第十条；{日人社函〔2019〕20号} 附件2：转载信息注明转载来源；{国办发〔2017〕47号}",
)
def reprint_without_source(archive: Archive, _config: SiteConfig) -> Hits:
    """转载的信息没有写来源名称。

    看 source_type（信息来源）是转载信息、非本机关信息的。

    不对：source_type: reprint，没有 source_name；只有 source_url。
    对：　source_type: reprint，source_name: 某某省人力资源和社会保障厅网站。
    改法：补上 source_name（来源名称），有网址的再写 source_url；本机关自己制作的，改 source_type: own。
    """
    for document in archive.proactive:
        source_type = document.value("source_type")
        if source_type in {SourceType.REPRINT, SourceType.OTHER} and not document.text("source_name").strip():
            label = source_type.label if isinstance(source_type, SourceType) else ""
            message = f"信息来源是“{label}”，没有写来源名称"
            hint = f"补上 source_name（{label_of('source_name')}），写从哪个网站、哪家媒体转载"
            yield hit_at(document, message, hint, key="source_type")


@rule(
    "H019",
    _W,
    source="{党政机关公文处理工作条例}第八条：请示、报告是上行文，纪要记载会议议定事项；{政府信息公开条例}第十六条",
)
def internal_paper(archive: Archive, config: SiteConfig) -> Hits:
    """公开了请示、报告、内部纪要一类的公文。

    看体裁（genre）和标题的最后一个词。法治政府建设、预决算、审计、统计、监测、检查等本来公开的报告不算，
    听证会、座谈会、发布会的纪要不算；别的在配置的 duties.open_reports 里写标题里的字。

    不对：公开《关于增加就业补助资金的请示》，体裁写“请示”。
    对：　公开对它的批复；或者公开属性写不予公开，写明类别。
    改法：核对公开属性；确实公开的，写 exempt: {H019: 理由}，一类都公开的写进 duties.open_reports。
    """
    for document in archive.proactive:
        if document.kind not in {Kind.POLICY, Kind.NOTICE} or any(
            word and word in document.title for word in config.duties.open_reports
        ):
            continue
        if word := _internal_kind(document):
            hint = "核对公开属性；确实公开的写 exempt: {H019: 理由}，或把标题里的字写进 duties.open_reports"
            key = "genre" if document.text("genre").strip() == word else "title"
            yield hit_at(document, f"公开的是“{word}”，这类公文一般不主动公开", hint, key=key)


def _internal_kind(document: Document) -> str:
    """Return the kind of an internal paper by its genre or the end of its title; empty for any other document."""
    title, genre = document.title.strip(), document.text("genre").strip()
    last = _LAST_WORD.search(title)
    word = last[1] if last else ""
    if word == "报告" and genre != "报告" and not _TO_SUPERIOR.search(title):
        word = ""
    if not word and genre in {"请示", "报告", "纪要", "会议纪要", "内部纪要"}:
        word = genre
    if word.endswith("报告") and word != "请示报告" and _OPEN_REPORTS.search(title):
        return ""
    if word.endswith("纪要") and _OPEN_MINUTES.search(title):
        return ""
    return word


@rule("H020", _W, source="{政府信息公开条例}第十二条：目录里一份信息一行、一个索引号；各地网站检查通报：重复发布")
def published_twice(archive: Archive, _config: SiteConfig) -> Hits:
    """同一份信息发布了两次：标题、正文都相同。

    一份替代、废止、延续另一份的，两份的附件不同的，不算；正文不到 60 个字的，一个月以内发布的才查，不到 40 个字的不查。

    不对：notices/tz-1.md 和 policies/rsf-2026-1.md 的标题、正文一字不差。
    对：　只留一份，要在别的栏目也看到的，用链接。
    改法：留下网址用得多的一份，另一份删去，把它的网址写进留下的一份的 aliases（旧网址）。
    """
    for item in duplicates(archive):
        if item.same_title:
            hint = "留下一份；删去的一份的网址写进留下的一份的 aliases（旧网址）"
            yield hit_at(item.document, f"和 {item.earlier.path} 标题、正文都相同", hint, key="title")


@rule("H021", _W, source="{政府信息公开条例}第六条：及时、准确地公开政府信息；各地网站检查通报：重复发布")
def two_titles(archive: Archive, _config: SiteConfig) -> Hits:
    """两份信息标题不同，正文相同。

    多半是复制了一份没有改完，或者同一份信息用两个标题发布。关联的（解读、替代、废止……）、附件不同的不算；
    正文不到 60 个字的不查。

    不对：《第二批名单的公示》的正文还是第一批的。
    对：　各有各的正文。
    改法：正文放错的，换成自己的；就是一份的，留下一份，另一份的网址写进 aliases（旧网址）。
    """
    for item in duplicates(archive):
        if not item.same_title:
            message = f"正文和《{item.earlier.title}》（{item.earlier.path}）相同，标题不同"
            yield hit_at(item.document, message, "核对正文；就是一份的只留一份", key="title")
