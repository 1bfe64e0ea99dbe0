"""L: interpretations that fulfil the duty in appearance only, and reasons not to interpret that cannot be true."""

import re
from collections.abc import Iterator

from generator.audit.facts.duties import documents_to_interpret, interpretations_of, public_documents
from generator.audit.facts.interpreting import is_by_others_alone
from generator.audit.facts.presumed import type_hint, type_note
from generator.audit.facts.stated_days import begin_of, stated_end
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.normative_signs import is_change, is_of_others, normative_code
from generator.domain.own_documents import is_own
from generator.domain.problems import Severity
from generator.domain.vocabulary import DocType, InterpretationRequired, InterpretationState, RelationKind, label_of
from generator.domain.workdays import Span, Unit

_E, _W = Severity.ERROR, Severity.WARNING
_EMPTY_REASON = re.compile(
    r"(?:内容(?:较?简单|较?少|明确|清楚)[，,]?)?(?:[本该此](?:文件|件|办法|通知|规定))?(?:无|没有|不|不再|未|不必|不需|不用|无需|无须|毋需|免|暂不|不予)?(?:需要|要|需|必)?"
    r"(?:进行|作|做|予)?(?:解读|理由|说明)?|(?:没有|无|缺乏|不存在)(?:解读|说明)?(?:的|之)?(?:必要性?|需要|意义|价值)"
    r"|不(?:涉及|适用|属于)(?:解读)?|(?:不属于|不在|未列入)[^，。；]{0,8}解读[^，。；]{0,4}|其他|略|同上|见正文|按规定|待定|测试|领导(?:同意|批示)?"
)
# Who agreed, or that nobody had time, says nothing of the document.
_APPROVED = re.compile(
    r"(?:此件|本件|本文件)?(?:已?经|已|由|报|请示)*[^，。；]{0,8}(?:领导|局长|主任|县长|市长|党组|局务会|办公会|会议|上级|负责人)[^，。；]{0,6}"
    r"(?:同意|批准|批示|决定|研究|要求|审定|审核|审签|签批|签发|通过|认可|口头)[^，。；]{0,4}(?:(?:不|免|无需|无须|暂不)[^，。；]{0,4}解读)?"
)
_NO_TIME = re.compile(
    "时间(?:太|较|很|比较)?(?:紧|短|仓促|不够|不足|来不及)|来不及|没(?:有)?时间|人手|人员(?:少|不足|紧张)|工作(?:太|较|繁)?(?:忙|多)"
    "|(?:以后|下次|稍后|随后|今后|择期|另行)(?:再|另|补)?(?:补|写|作|发|解读)|(?:还|尚)(?:未|没)(?:写|完成|准备|起草)"
)
# That a text is easy, or that people have been told, says nothing of what it rules either.
_EASY = re.compile(
    "(?:[本该此])?(?:文件|条文|通知|办法|规定|件)?(?:的)?(?:内容|文字|条款|规定|表述|语言)?(?:都|均|已经?|本身|比较|较为|十分|非常|很|较|相对)*"
    "(?:简单|简短|明了|明确|清楚|清晰|具体|详细|浅显|通俗|易懂|好懂|看得懂|一目了然|不复杂|、|且|和|，)+"
)
_UNDERSTOOD = re.compile(
    "[^，。；]{0,8}(?:都|均|也)?(?:能|可以|可|容易)(?:看懂|理解|看明白|读懂)|一看就(?:懂|明白|会)|(?:群众|大家|各单位)(?:都|均|已经?)*(?:了解|知道|清楚|熟悉)|没有歧义|不会误解|无歧义"
)
_ANNOUNCED = re.compile(
    "(?!.*(?:解读|发布会))(?:已经?|将|曾|此前已?)[^，。；]{0,20}(?:会议?上?|会上|培训|微信群?|工作群|宣传|传达|宣讲|部署|电话|口头|当面|告知|通知)[^，。；]{0,14}"
)
_NOT_ASKED = re.compile(
    "[^，。；]{0,6}(?:上级|省[局厅]|市局|没有人|无人|群众)[^，。；]{0,6}(?:没有?|未|不)(?:作?要求|关注|咨询|提出)[^，。；]{0,6}"
)
# What sort of paper it is, what others think, what was always done: nothing that its readers could check.
_VAGUE = re.compile(
    "(?:本文件|该文件|此件)?(?:只|仅)?(?:属于?|系|是|为)?(?:一般|例行|常规|日常|普通|非重点|重要程度不高)(?:性)?(?:的)?(?:文件|工作|通知|事项|公文)"
    "|(?:文件|篇幅|内容|文字|条文)?(?:较|很|比较)?(?:短|简短|短小)"
    "|(?:按照?|依照?)?(?:惯例|历年|往年|一直|历来|以往|以前)[^，。；]{0,6}(?:不|未|没有)(?:作|做|进行)?(?:过)?解读"
    "|[^，。；]{0,12}(?:说|意见|认为|提出|答复|建议)[：:]?(?:可以?|暂)?(?:不|没|无|免)(?:用|需|必|须|要|予|有)?(?:要|必要)?(?:解读)?"
    "|经[^，。；]{0,12}(?:审核|研究|讨论|同意|批准|商定|审定)[^，。；]{0,4}(?:(?:不|免|无需)[^，。；]{0,4}解读)?|可以?不(?:作)?解读"
    "|工作(?:上)?(?:的)?(?:需要|原因)|(?:情况)?特殊(?:情况|原因)?|其他原因|(?:客观|历史|技术)原因"
    "|(?:暂|尚|还)?未(?:安排|计划|列入[^，。；]{0,8}计划)|待(?:补|定|安排)(?:充)?|解读(?:材料|稿)?(?:正在)?(?:准备|起草|编写|审核)(?:中)?"
    "|(?:详见|参见|见)(?:文件|原文|附件|全文|正文)|(?:上级)?(?:没有|未作?|无)要求|没有?(?:新闻|宣传)(?:价值|意义)"
)
_CLAUSES = re.compile("[，,。；;、]")
_BLANKS = re.compile(r"[\s，。、；：,.;:/\-—…无]+\Z|\s+")
_NOT_NORMATIVE = re.compile("(?:不是|非|不属于|不算)[^，。；]{0,8}规范性文件")
_INTERNAL = re.compile("内部|只涉及本(?:机关|局|单位)|不涉及(?:公众|群众|社会|外部)")
_ENDED = re.compile("已(?:经)?(?:废止|失效)")


@rule("L016", _E, source="{浑江人社字〔2018〕38号} 解读三：应当解读的范围；{日人社函〔2019〕20号} 四（一）")
def untrue_reason(archive: Archive, config: SiteConfig) -> Hits:
    """免解读的理由不成理由，或者和文件自己对不上。

    应当解读的类别才查。只说“不需要”、谁同意了、来不及、简单易懂、开会讲过，不是理由；文号是规范性文件的，不能说不是规范性文件、只是内部管理；
    还有效的，不能说已经废止。

    不对：doc_number: 云岭人社规〔2026〕3号，interpretation_exempt_reason: 不是规范性文件。
    对：　interpretation_exempt_reason: 只调整附表的一个电话号码，没有新的规定。
    改法：补上解读；确实不必解读的，写明真正的理由。
    """
    for document in public_documents(archive):
        reason = document.text("interpretation_exempt_reason").strip()
        declined = document.value("interpretation_required") is InterpretationRequired.NO
        if not declined or not reason or not config.interpretation.requires(document.duty_type, document.published):
            continue
        if wrong := _what_is_wrong(document, reason):
            yield hit_at(
                document,
                f"免解读的理由“{reason[:40]}”{wrong}{type_note(document)}",
                f"补上解读；确实不必解读的，写明真正的理由{type_hint(document)}",
                key="interpretation_exempt_reason",
            )


def _what_is_wrong(document: Document, reason: str) -> str:
    """Return in Chinese why a reason cannot be true; empty where it may be."""
    code = normative_code(document.doc_number, document.issuers)
    words = _BLANKS.sub("", reason)
    if _EMPTY_REASON.fullmatch(words) or _APPROVED.fullmatch(words) or _NO_TIME.search(words):
        return "不是理由"
    if all(map(_says_nothing, filter(None, map(str.strip, _CLAUSES.split(reason))))):
        return "不是理由"
    if _NOT_NORMATIVE.search(reason) and (code or document.doc_type):
        sign = f"文号的代字是“{code}”" if code else "文件类别写的是应当解读的"
        return f"和文件对不上：{sign}"
    if _INTERNAL.search(reason) and code and not is_of_others(document.title):
        return f"和文件对不上：文号的代字是“{code}”"
    if _ENDED.search(reason) and document.status and document.status.in_force:
        return f"和文件对不上：文件现在是“{document.status.label}”"
    return ""


def _says_nothing(clause: str) -> bool:
    """Whether a clause of a reason says nothing of what the document rules."""
    patterns = (_EMPTY_REASON, _APPROVED, _EASY, _UNDERSTOOD, _ANNOUNCED, _NOT_ASKED, _VAGUE)
    return any(pattern.fullmatch(_BLANKS.sub("", clause)) for pattern in patterns)


@rule(
    "L019",
    _W,
    source="{日人社函〔2019〕20号} 四（一）；{国办发〔2018〕37号} 二（三）：行政规范性文件要解读，要公开征求意见",
)
def duties_left_out(archive: Archive, config: SiteConfig) -> Hits:
    """像是行政规范性文件，没有写文件类别，规范性文件该做的也没有做到。

    只看本机关 2016 年 11 月 15 日以后发的：标题是本地的办法、规定、细则、实施意见；或者正文废止别的文件，规定处罚，
    给机关以外的人规定义务。转发、废止、内部管理、计划、总结、名单，从旧网站迁移来的不查。文号的代字以“规”结尾的，
    直接按规范性文件查（L002 等）；写了 doc_type 的，按写的查。过了期限没有解读的（也没有征求意见的一起说）、急着施行、
    有效期太长的，一份文件合在一处报。

    不对：《示例市灵活就业补贴办法》不写 doc_type，过了 3 个工作日没有解读。
    对：　写 doc_type: 行政规范性文件，同步发布解读；不是规范性文件的，写 doc_type: 其他政策文件。
    改法：加一行 doc_type（文件类别）；是规范性文件的，补上解读，写 consulted（征求意见公告）。
    """
    for document in public_documents(archive):
        if document.presumption is None or document.presumption.certain or not document.published:
            continue
        if lacking := list(_lacking_duties(archive, config, document)):
            yield hit_at(
                document,
                f"按{document.presumption.sign}是行政规范性文件，没有写“{label_of('doc_type')}”；{'，'.join(lacking)}",
                "加一行 doc_type（文件类别）；是规范性文件的，补上缺少的，不是的写别的类别",
                key=document.presumption.key,
            )


def _lacking_duties(archive: Archive, config: SiteConfig, document: Document) -> Iterator[str]:
    """Yield in Chinese what a document lacks if it is a 行政规范性文件; nothing while it is interpreted in time."""
    declared = document.value("interpretation_required")
    if declared is InterpretationRequired.NO and not document.text("interpretation_exempt_reason").strip():
        yield "写了不必解读，没有写理由"
    if declared in {InterpretationRequired.NO, InterpretationRequired.YES} or document.published is None:
        return
    if not config.interpretation.requires(DocType.NORMATIVE, document.published):
        return
    last = Span(config.deadlines.interpret_max_workdays, Unit.WORKDAY).end(
        document.published, config.calendar, config.counting
    )
    first = next(iter(interpretations_of(archive, document)), None)
    done = first.published if first else None
    if config.calendar.lag(last.due, done or archive.day) > 0:
        yield f"应当解读，最迟 {last.due}，" + (f"{done} 才解读" if done else "还没有解读")
        if not document.related(RelationKind.CONSULTED) and not document.related(RelationKind.OUTCOME_OF):
            yield "也没有公开征求意见的记录"
    if done or config.calendar.lag(last.due, archive.day) > 0:
        yield from _other_duties(config, document)


def _other_duties(config: SiteConfig, document: Document) -> Iterator[str]:
    """Yield in Chinese what V013 and V012 would find of a document if it is a 行政规范性文件."""
    begins, _ = begin_of(document)
    days, published = config.deadlines.normative_in_force_days, document.published
    is_early = bool(days and begins and published and (begins - published).days < days)
    if is_early and not document.page.stated_fields.haste and not is_change(document.title):
        yield f"{published} 公布，{begins} 就施行，不到 {days} 日，正文没有说明理由"
    ends, months = document.date("expires_on") or stated_end(document, document), config.deadlines.validity_max_months
    start = begins or published
    if ends and start and months and ends > Span(months, Unit.MONTH).due(start):
        yield f"有效期至 {ends}，超过 {months} 个月"


@rule("L017", _W, source="{浑江人社字〔2018〕38号} 解读四：谁起草谁解读；解读六：媒体解读、上级解读另外计算")
def only_by_media(archive: Archive, config: SiteConfig) -> Hits:
    """应当解读的文件只有转载的、媒体的解读，本机关自己没有解读。

    只查本机关发的文件。source_type 是转载、非本机关信息的，interpreter_type 是媒体的，发布机构是报社、电视台的，
    都不是自己的解读；转载制发文件的机关自己的解读（source_name 写它）算。

    不对：规范性文件唯一的解读是转载《云岭日报》的报道。
    对：　本机关的起草部门写一份解读；媒体的报道另外转载。
    改法：补上本机关的解读；解读其实是本机关写的，改正 source_type、interpreter_type。
    """
    for document in documents_to_interpret(archive):
        its_interpretations = interpretations_of(archive, document)
        if not its_interpretations or not is_own(document, config.site.agency):
            continue
        if all(is_by_others_alone(item, document) for item in its_interpretations):
            paths = "、".join(item.path for item in its_interpretations[:3])
            yield hit_at(
                document,
                f"只有转载的、媒体的解读（{paths}），本机关自己没有解读{type_note(document)}",
                f"补上本机关起草部门的解读；其实是本机关写的，改正 source_type、interpreter_type{type_hint(document)}",
                key="title",
            )


@rule("L018", _W, source="{郑人社办〔2020〕199号} 五；{浑江人社字〔2018〕38号} 解读四：解读与文件同步公开")
def not_the_same_day(archive: Archive, _config: SiteConfig) -> Hits:
    """解读隔了周末、长假才发布，不是和文件同步。

    中间没有工作日，期限没有超过，但是文件公开了几天，没有解读可看。同步是同一天。

    不对：文件 2024-09-30 发布，解读 10 月 5 日才发布，隔了 5 日，都在长假里。
    对：　文件和解读同一天发布；长假前一天来不及的，两份都放到假后。
    改法：以后同一天发布；日期写错的，改正；确实隔了假期的，写豁免和理由。
    """
    for document in documents_to_interpret(archive, frozenset({InterpretationState.SAME_DAY})):
        first = next(iter(interpretations_of(archive, document)), None)
        if first and first.published and document.published and first.published > document.published:
            days = (first.published - document.published).days
            yield hit_at(
                document,
                f"文件 {document.published} 发布，解读 {first.path} {first.published} 才发布，隔了 {days} 日，"
                f"其间没有工作日，算在期内，却不是同步{type_note(document)}",
                "以后同一天发布；日期写错的，改正；确实隔了假期的，写豁免和理由",
                key="date_published",
            )
