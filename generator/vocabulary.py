"""Every enumerated value and every front-matter field once: English key, Chinese label, form, where required.

Source: the vocabulary of the field (requirements sections 20 and 21). Nothing else in the
project spells a field's Chinese name; messages, pages and the handbook take it from here.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Self


class Term(StrEnum):
    """A controlled value: the English code is its value, ``label`` the legal Chinese word."""

    label: str
    aliases: tuple[str, ...]

    def __new__(cls, code: str, label: str, *aliases: str) -> Self:
        """Take the code, the legal word and the other words that mean the same."""
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = label
        term.aliases = aliases
        return term

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a code or any of its Chinese words; ``None`` when it is neither."""
        wanted = text.strip()
        for term in cls:
            if wanted.casefold() == term.value or wanted == term.label or wanted in term.aliases:
                return term
        return None

    @classmethod
    def words(cls) -> list[str]:
        """All spellings that ``parse`` accepts."""
        return [word for term in cls for word in (term.value, term.label, *term.aliases)]


class Kind(Term):
    """类型: what a file under ``content/`` is; the first folder gives it where the file does not."""

    POLICY = "policy", "政策文件", "政策", "文件"
    INTERPRETATION = "interpretation", "政策解读", "解读"
    CONSULTATION = "consultation", "意见征集", "征求意见"
    RESPONSE = "response", "回应关切", "舆情回应"
    REPORT = "report", "年度报告", "年报"
    NOTICE = "notice", "一般信息", "通知公告"
    PAGE = "page", "页面"

    @property
    def folder(self) -> str:
        """The folder under ``content/`` that stands for this kind."""
        return {"policy": "policies"}.get(self.value, f"{self.value}s")


class Disclosure(Term):
    """公开属性, exactly one per document (条例 arts 13–16; 80号一(一))."""

    PROACTIVE = "proactive", "主动公开", "公开", "全文公开", "此件主动公开", "此件公开发布", "此件全文公开"
    ON_REQUEST = "on_request", "依申请公开", "此件依申请公开"
    WITHHELD = "withheld", "不予公开", "不公开", "此件不予公开", "此件不公开"


class Status(Term):
    """有效性 of a policy at a day; derived, first match wins (requirements section 26)."""

    REPEALED = "repealed", "已废止", "废止"
    EXPIRED = "expired", "已失效", "失效"
    PENDING = "pending", "尚未施行", "未施行"
    PARTLY_VOID = "partly_void", "部分失效", "部分废止"
    AMENDED = "amended", "已修改", "修改"
    EFFECTIVE = "effective", "有效", "现行有效"

    @property
    def in_force(self) -> bool:
        """Whether the document binds anybody today, wholly or in part."""
        return self in {Status.EFFECTIVE, Status.AMENDED, Status.PARTLY_VOID}


class ConsultationState(Term):
    """征集状态 at a day (requirements section 26)."""

    UPCOMING = "upcoming", "未开始"
    OPEN = "open", "征集中"
    CLOSED = "closed", "已结束"
    ANSWERED = "answered", "已反馈"


class InterpretationState(Term):
    """解读状态 of a policy at a day (requirements section 26)."""

    NOT_REQUIRED = "not_required", "无需解读"
    EXEMPT = "exempt", "免予解读"
    SAME_DAY = "same_day", "同步解读"
    IN_TIME = "in_time", "按时解读"
    LATE = "late", "逾期解读"
    PENDING = "pending", "待解读"
    MISSING = "missing", "应解读未解读"


class InterpretationRequired(Term):
    """应解读: whether a policy must be interpreted."""

    AUTO = "auto", "自动"
    YES = "true", "是", "yes", "应解读"
    NO = "false", "否", "no", "免解读"


class DocType(Term):
    """文件类别."""

    LAW = "law", "法律法规"
    RULE = "rule", "规章"
    NORMATIVE = "normative", "行政规范性文件", "规范性文件"
    POLICY = "policy", "其他政策文件", "政策文件"
    PLAN = "plan", "规划", "规划计划"
    ANNOUNCEMENT = "announcement", "公告公示"
    SYSTEM = "system", "制度"
    LIST = "list", "清单/目录", "清单", "目录"
    PROPOSAL_REPLY = "proposal_reply", "建议提案答复"
    DATASET = "dataset", "数据"
    ENFORCEMENT = "enforcement", "执法公示"
    SERVICE = "service", "办事指南"


class IssuerLevel(Term):
    """发文层级: in whose name a document is issued."""

    NATIONAL = "national", "国务院/部委", "国务院", "部委"
    PROVINCE = "province", "省"
    CITY_GOV = "city_gov", "市政府及办公室", "市政府"
    COUNTY_GOV = "county_gov", "县区政府"
    DEPARTMENT = "department", "部门"
    UNIT = "unit", "内设/事业单位", "内设机构", "事业单位"


class Form(Term):
    """解读形式, by family (requirements section 21)."""

    ARTICLE = "article", "文字解读", "解读评论文章", "撰写文章", "文章解读"
    QA = "qa", "政策问答", "简明问答", "问答解读"
    INFOGRAPHIC = "infographic", "图表图解", "图文解读", "图片图表", "图解"
    VIDEO = "video", "视频解读", "视频"
    AUDIO = "audio", "音频解读", "音频", "语音解读"
    ANIMATION = "animation", "卡通动漫", "动漫解读"
    H5 = "h5", "H5解读", "数字化解读", "H5"
    SLIDES = "slides", "PPT解读", "PPT"
    PRESS = "press", "新闻发布会", "新闻通气会", "吹风会"
    INTERVIEW = "interview", "在线访谈"
    MEDIA = "media", "媒体专访", "答记者问", "媒体解读"
    EXPERT = "expert", "专家解读"
    CASE = "case", "案例说明"
    FORUM = "forum", "座谈访谈", "电视问政", "网络问政"
    OUTREACH = "outreach", "政策进社区"


class InterpreterType(Term):
    """解读人类型."""

    DRAFTER = "drafter", "起草部门"
    LEADER = "leader", "主要负责人"
    PARTICIPANT = "participant", "政策制定参与者"
    INSTITUTION = "institution", "专业机构"
    EXPERT = "expert", "专家学者"
    MEDIA = "media", "媒体"


class Element(Term):
    """解读要素 (004 四(一); 001 解读五)."""

    BACKGROUND = "background", "背景依据"
    GOALS = "goals", "目标任务"
    MAIN_POINTS = "main_points", "主要内容"
    SCOPE = "scope", "涉及范围"
    STANDARDS = "standards", "执行口径", "执行标准"
    PROCEDURE = "procedure", "操作方法"
    CAUTIONS = "cautions", "注意事项"
    TERMS = "terms", "关键词诠释"
    BENEFITS = "benefits", "惠民利民举措"
    DIFFERENCES = "differences", "新旧政策差异"


class OpennessStage(Term):
    """五公开."""

    DECISION = "decision", "决策", "决策公开"
    EXECUTION = "execution", "执行", "执行公开"
    MANAGEMENT = "management", "管理", "管理公开"
    SERVICE = "service", "服务", "服务公开"
    RESULT = "result", "结果", "结果公开"


class CleanupResult(Term):
    """清理结论."""

    KEEP = "keep", "继续有效"
    REVISE = "revise", "修改"
    REPEAL = "repeal", "废止"
    LAPSE = "lapse", "宣布失效"


class SourceType(Term):
    """信息来源 (条例 art. 10)."""

    OWN = "own", "本机关制发信息"
    REPRINT = "reprint", "转载信息"
    OTHER = "other", "非本机关信息"


class Platform(Term):
    """发布平台."""

    WEBSITE = "website", "网站"
    NEW_MEDIA = "new_media", "新媒体"
    OTHER = "other", "其他"


class EventLevel(Term):
    """舆情级别; it sets the hours within which a response is due."""

    EXTREME = "extreme", "特别重大"
    MAJOR = "major", "重大"
    OTHER = "other", "其他", "一般"


class LegalOpinion(Term):
    """法律法规核查意见."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"


class ParticipationForm(Term):
    """征集方式."""

    SYMPOSIUM = "symposium", "座谈会"
    HEARING = "hearing", "听证会"
    FIELD_VISIT = "field_visit", "实地走访"
    WRITTEN = "written", "书面征求意见"
    PUBLIC = "public", "向社会公开征求意见", "公开征求意见"
    QUESTIONNAIRE = "questionnaire", "问卷调查"
    POLL = "poll", "民意调查"


class WithholdClass(Term):
    """不予公开类别: the eleven classes of the negative list (requirements section 22)."""

    N01 = "n01", "N01", "危及国家安全、公共安全、经济安全、社会稳定"
    N02 = "n02", "N02", "商业秘密、个人隐私"
    N03 = "n03", "N03", "过程性信息"
    N04 = "n04", "N04", "内部管理信息"
    N05 = "n05", "N05", "需汇总、分析、加工或重新制作"
    N06 = "n06", "N06", "信访、举报或咨询类事项"
    N07 = "n07", "N07", "依法应当查阅的案卷材料"
    N08 = "n08", "N08", "档案信息"
    N09 = "n09", "N09", "单位内部信息"
    N10 = "n10", "N10", "业务信息"
    N11 = "n11", "N11", "其他法律、法规禁止公开"


class RelationKind(Term):
    """How one document stands to another; stored on the newer one, both sides derived."""

    INTERPRETS = "interprets", "解读对象"
    INTERPRETED_BY = "interpreted_by", "政策解读"
    REPEALS = "repeals", "废止文件"
    REPEALED_BY = "repealed_by", "废止依据"
    AMENDS = "amends", "修改文件"
    AMENDED_BY = "amended_by", "修改依据"
    REPLACES = "replaces", "替代文件"
    REPLACED_BY = "replaced_by", "被替代为"
    BASED_ON = "based_on", "制定依据"
    BASIS_OF = "basis_of", "作为依据"
    RESPONDS_TO = "responds_to", "回应文件"
    RESPONDED_BY = "responded_by", "相关回应"
    OUTCOME = "outcome", "征集结果"
    OUTCOME_OF = "outcome_of", "所反馈的征集"
    CITES = "cites", "引用文件"
    CITED_BY = "cited_by", "被引用"

    @property
    def inverse(self) -> "RelationKind":
        """The same relation seen from the other end."""
        return _INVERSES[self]


_PAIRS = [
    (RelationKind.INTERPRETS, RelationKind.INTERPRETED_BY),
    (RelationKind.REPEALS, RelationKind.REPEALED_BY),
    (RelationKind.AMENDS, RelationKind.AMENDED_BY),
    (RelationKind.REPLACES, RelationKind.REPLACED_BY),
    (RelationKind.BASED_ON, RelationKind.BASIS_OF),
    (RelationKind.RESPONDS_TO, RelationKind.RESPONDED_BY),
    (RelationKind.OUTCOME, RelationKind.OUTCOME_OF),
    (RelationKind.CITES, RelationKind.CITED_BY),
]
_INVERSES = {a: b for a, b in _PAIRS} | {b: a for a, b in _PAIRS}


class FieldForm(Enum):
    """The form that a field's value must have; the value is its description for a webmaster."""

    TEXT = "一段文字"
    TEXTS = "一段文字或文字列表"
    DATE = "日期，如 2024-05-06"
    EFFECT_DATE = "日期，如 2024-05-06，或 on_publication（自发布之日起施行）"
    MOMENT = "日期或日期加时分，如 2024-05-06 09:30"
    BOOL = "true 或 false（是 或 否）"
    INTEGER = "整数"
    ID = "字母、数字、点、下划线或连字符，以字母或数字开头"
    INDEX_NO = "索引号"
    DOC_NUMBER = "文号，如 云岭人社发〔2024〕15号，没有文号的写 none"
    TERM = "固定取值"
    TERMS = "固定取值或其列表"
    REFERENCES = "所指文件的编号、索引号或文号（一个或列表）"
    OUTSIDE_ACT = "文件的编号、索引号、文号，或站外文件的名称"
    ATTACHMENTS = "附件列表，每项写 title、file、disclosure"
    RECORD = "若干“名称: 值”"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One row of the vocabulary: a front-matter key in both languages and the form of its value."""

    key: str
    label: str
    form: FieldForm = FieldForm.TEXT
    terms: type[Term] | None = None
    required: frozenset[Kind] = frozenset()
    aliases: tuple[str, ...] = ()


_ALL = frozenset(Kind)
_POLICY = frozenset({Kind.POLICY})
_F = FieldForm

FIELDS: Mapping[str, FieldSpec] = MappingProxyType({spec.key: spec for spec in [
    FieldSpec("kind", "类型", _F.TERM, Kind),
    FieldSpec("id", "编号", _F.ID),
    FieldSpec("title", "标题", required=_ALL, aliases=("名称",)),
    FieldSpec("subtitle", "副题"),
    FieldSpec("caption", "题注"),
    FieldSpec("disclosure", "公开属性", _F.TERM, Disclosure),
    FieldSpec("date_published", "发布日期", _F.MOMENT, required=_ALL - {Kind.PAGE}, aliases=("公开日期",)),
    FieldSpec("index_no", "索引号", _F.INDEX_NO, required=_POLICY),
    FieldSpec("doc_number", "文号", _F.DOC_NUMBER, required=_POLICY, aliases=("发文字号",)),
    FieldSpec("date_written", "成文日期", _F.DATE, required=_POLICY, aliases=("生成日期",)),
    FieldSpec("date_printed", "印发日期", _F.DATE),
    FieldSpec("date_effective", "施行日期", _F.EFFECT_DATE),
    FieldSpec("expires_on", "有效期至", _F.DATE, aliases=("失效日期",)),
    FieldSpec("issuer", "发布机构", _F.TEXTS, aliases=("发文机关",)),
    FieldSpec("co_issuers", "联合发文机关", _F.TEXTS),
    FieldSpec("issuer_level", "发文层级", _F.TERM, IssuerLevel),
    FieldSpec("drafting_unit", "起草部门"),
    FieldSpec("responsible_unit", "责任单位", _F.TEXTS, aliases=("责任科室",)),
    FieldSpec("contact_unit", "联系单位", _F.TEXTS),
    FieldSpec("doc_type", "文件类别", _F.TERM, DocType),
    FieldSpec("genre", "体裁", aliases=("文种",)),
    FieldSpec("theme", "主题分类", _F.TEXTS),
    FieldSpec("catalogue_item", "信息分类", aliases=("公开目录",)),
    FieldSpec("statutory_item", "法定公开事项", _F.INTEGER),
    FieldSpec("openness_stage", "五公开", _F.TERMS, OpennessStage),
    FieldSpec("audience", "服务对象", _F.TEXTS),
    FieldSpec("keywords", "关键词", _F.TEXTS, aliases=("主题词",)),
    FieldSpec("summary", "内容概述", aliases=("摘要",)),
    FieldSpec("column", "发布栏目"),
    FieldSpec("status", "有效性", _F.TERM, Status, aliases=("validity",)),
    FieldSpec("repeals", "废止", _F.REFERENCES, aliases=("废止文件",)),
    FieldSpec("amends", "修改", _F.REFERENCES, aliases=("修改文件",)),
    FieldSpec("replaces", "替代", _F.REFERENCES, aliases=("替代文件", "supersedes")),
    FieldSpec("based_on", "依据", _F.REFERENCES, aliases=("制定依据",)),
    FieldSpec("repealed_by", "废止依据", _F.OUTSIDE_ACT),
    FieldSpec("repealed_on", "废止日期", _F.DATE),
    FieldSpec("repeal_reason", "废止理由"),
    FieldSpec("cleanup_result", "清理结论", _F.TERM, CleanupResult),
    FieldSpec("reviewed_on", "评估日期", _F.DATE),
    FieldSpec("attachments", "附件", _F.ATTACHMENTS),
    FieldSpec("disclosure_note", "公开属性附注"),
    FieldSpec("withhold_class", "不予公开类别", _F.TERM, WithholdClass),
    FieldSpec("withhold_basis", "不予公开依据"),
    FieldSpec("withhold_note", "理由", aliases=("不予公开理由",)),
    FieldSpec("review_on", "再评估日期", _F.DATE),
    FieldSpec("disclosure_proposed_by", "属性提出人"),
    FieldSpec("disclosure_reviewed_by", "属性审核人"),
    FieldSpec("is_secret", "是否涉密", _F.BOOL),
    FieldSpec("source_type", "信息来源", _F.TERM, SourceType),
    FieldSpec("source_name", "来源名称"),
    FieldSpec("source_url", "来源网址"),
    FieldSpec("interpretation_required", "应解读", _F.TERM, InterpretationRequired),
    FieldSpec("interpretation_exempt_reason", "免解读理由"),
    FieldSpec("interpretation_plan", "解读方案", _F.RECORD),
    FieldSpec("interprets", "解读对象", _F.REFERENCES, required=frozenset({Kind.INTERPRETATION}),
              aliases=("所解读文件",)),
    FieldSpec("form", "解读形式", _F.TERMS, Form),
    FieldSpec("interpreter", "解读人"),
    FieldSpec("interpreter_type", "解读人类型", _F.TERM, InterpreterType),
    FieldSpec("first_interpreter", "第一解读人", _F.BOOL),
    FieldSpec("elements", "解读要素", _F.TERMS, Element),
    FieldSpec("interpretation_filed_on", "解读备案日期", _F.DATE),
    FieldSpec("opens_on", "征集开始", _F.DATE),
    FieldSpec("closes_on", "征集结束", _F.DATE),
    FieldSpec("outcome", "征集结果", _F.REFERENCES, aliases=("采纳情况",)),
    FieldSpec("outcome_published", "结果公布日期", _F.DATE),
    FieldSpec("is_major", "重大事项", _F.BOOL),
    FieldSpec("participation_forms", "征集方式", _F.TERMS, ParticipationForm),
    FieldSpec("opinions_total", "意见总数", _F.INTEGER),
    FieldSpec("opinions_adopted", "采纳数", _F.INTEGER),
    FieldSpec("decision_unit", "承办部门"),
    FieldSpec("decision_time", "决策时间"),
    FieldSpec("hearing", "是否听证", _F.BOOL),
    FieldSpec("responds_to", "回应文件", _F.REFERENCES),
    FieldSpec("event_at", "发现时间", _F.MOMENT),
    FieldSpec("responded_at", "回应时间", _F.MOMENT),
    FieldSpec("event_level", "舆情级别", _F.TERM, EventLevel),
    FieldSpec("review", "审核表", _F.RECORD),
    FieldSpec("platforms", "发布平台", _F.TERMS, Platform),
    FieldSpec("legal_opinion", "法律法规核查意见", _F.TERM, LegalOpinion),
    FieldSpec("handler", "承办人"),
    FieldSpec("secrecy_reviewer", "保密及公开属性审核人"),
    FieldSpec("legal_reviewer", "法律法规审核人"),
    FieldSpec("unit_head", "业务科室负责人"),
    FieldSpec("leader_in_charge", "业务分管领导"),
    FieldSpec("publisher", "信息发布人员"),
    FieldSpec("form_date", "填表日期", _F.DATE),
    FieldSpec("upload_date", "上传日期", _F.DATE),
    FieldSpec("item_name", "公开事项名称"),
    FieldSpec("item_level1", "一级事项"),
    FieldSpec("item_level2", "二级事项"),
    FieldSpec("item_basis", "公开依据", _F.TEXTS),
    FieldSpec("item_elements", "公开内容", _F.TEXTS),
    FieldSpec("item_subject", "公开主体"),
    FieldSpec("item_time_limit", "公开时限"),
    FieldSpec("update_every", "更新频次"),
    FieldSpec("item_mode", "公开方式"),
    FieldSpec("item_process", "公开流程"),
    FieldSpec("item_channels", "公开渠道和载体", _F.TEXTS),
    FieldSpec("item_audience", "公开对象"),
    FieldSpec("item_tier", "公开层级"),
    FieldSpec("supervision", "监督渠道"),
    FieldSpec("redacted", "删减后公开", _F.BOOL),
    FieldSpec("migrated", "历史迁移", _F.BOOL),
    FieldSpec("minor", "细微修改", _F.BOOL),
    FieldSpec("exempt", "豁免", _F.RECORD),
]})

# keys inside an entry of `attachments`, and the site's own facts in the config
ATTACHMENT_KEYS: Mapping[str, str] = MappingProxyType({
    "no": "序号", "title": "标题", "file": "文件", "disclosure": "公开属性"})
SITE_KEYS: Mapping[str, str] = MappingProxyType({
    "title": "标题", "agency": "机构", "base_url": "网址", "site_name": "网站名称", "site_domain": "域名",
    "site_id_code": "网站标识码", "icp_no": "ICP备案号", "police_no": "公安备案号", "conac_id": "党政机关标识",
    "org_code": "组织机构代码", "uscc": "统一社会信用代码", "address": "地址", "postcode": "邮编",
    "phone": "电话", "email": "电子邮箱", "office_hours": "办公时间"})

_KEY_OF: Mapping[str, str] = MappingProxyType(
    {word: spec.key for spec in FIELDS.values() for word in (spec.key, spec.label, *spec.aliases)})


def field_key(written: str) -> str | None:
    """Return the English key for a key written in either language, ``None`` for an unknown one."""
    return _KEY_OF.get(written)


def label_of(key: str) -> str:
    """Return the Chinese label of an English key; the key itself when the table does not hold it."""
    spec = FIELDS.get(key)
    return spec.label if spec else key


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that looks most like the word, for a hint; ``None`` when nothing is near."""
    pool = list(candidates)
    found = difflib.get_close_matches(word, pool, n=1, cutoff=0.5)
    return found[0] if found else None


def nearest_field(written: str) -> str | None:
    """Return the known key nearest to an unknown one, in the language in which it was written."""
    return nearest(written, _KEY_OF)
