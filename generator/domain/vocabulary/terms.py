"""The enumerated values that a file may declare, each with its code, its legal Chinese word and its synonyms."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A controlled value: the English code is its value, ``label`` the legal Chinese word."""

    label: str
    aliases: tuple[str, ...]

    def __new__(cls, code: str, label: str, *aliases: str) -> Self:
        """Create a value from its code, its legal word and its synonyms."""
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = label
        term.aliases = aliases
        return term

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the value that a code or one of its Chinese words names, ``None`` for another word."""
        word = text.strip()
        for term in cls:
            if word.casefold() == term.value or word == term.label or word in term.aliases:
                return term
        return None

    @classmethod
    def words(cls) -> list[str]:
        """All spellings that ``parse`` accepts."""
        return [word for term in cls for word in (term.value, term.label, *term.aliases)]


class Kind(Term):
    """类型 of a file under ``content/``; where the file does not declare it, its first folder does."""

    POLICY = "policy", "政策文件", "政策", "文件"
    INTERPRETATION = "interpretation", "政策解读", "解读"
    CONSULTATION = "consultation", "意见征集", "征求意见"
    RESPONSE = "response", "回应关切", "舆情回应"
    REPORT = "report", "年度报告", "年报"
    NOTICE = "notice", "一般信息", "通知公告"
    PAGE = "page", "页面"

    @property
    def folder(self) -> str:
        """The folder under ``content/`` for files of this kind."""
        return {"policy": "policies"}.get(self.value, f"{self.value}s")

    @classmethod
    def of_path(cls, path: str) -> "Kind | None":
        """Return the kind that the first folder under ``content/`` gives a file, by its path from the project."""
        parts = path.split("/")
        return next((kind for kind in cls if kind.folder == parts[1]), None) if len(parts) > 2 else None


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


OVER = frozenset({Status.REPEALED, Status.EXPIRED})
"""The statuses of a document that has ended as a whole, by an act or with its term."""


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
    MEETING = "meeting", "会议公开", "会议"
    INSPECTION = "inspection", "双随机抽查", "双随机"
    RECRUITMENT = "recruitment", "招考和职称", "招考", "职称评审"
    EXECUTION = "execution", "执行情况", "任务分工"
    QUESTION = "question", "问答", "来信回复"


class ProposalKind(Term):
    """建议提案类别: what a people's congress or a consultative conference sent."""

    SUGGESTION = "suggestion", "人大代表建议", "建议"
    PROPOSAL = "proposal", "政协提案", "提案", "政协委员提案"


class ItemStage(Term):
    """环节: the step of one matter that a document publishes; which ones a matter has depends on its 文件类别."""

    PLAN = "plan", "计划", "抽查计划"
    BEFORE = "before", "事前公示", "事前公开", "事前"
    DURING = "during", "事中公示", "事中"
    AFTER = "after", "事后公示", "事后公开", "事后"
    ANNOUNCEMENT = "announcement", "公告", "招聘公告", "招考公告", "申报通知"
    CANDIDATES = "candidates", "名单", "资格审查名单", "入围名单"
    SCORES = "scores", "成绩", "成绩公布", "评审"
    POSTING = "posting", "公示", "拟聘用公示", "评审结果公示"
    RESULT = "result", "结果", "抽查结果", "聘用结果", "录用结果"


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

    KEEP = "keep", "继续有效", "保留"
    REVISE = "revise", "修改", "拟修改"
    REPEAL = "repeal", "废止"
    LAPSE = "lapse", "宣布失效", "失效"


class SourceType(Term):
    """信息来源 (条例 art. 10)."""

    OWN = "own", "本机关制发信息"
    REPRINT = "reprint", "转载信息", "转载"
    OTHER = "other", "非本机关信息"


class Platform(Term):
    """发布平台."""

    WEBSITE = "website", "网站"
    NEW_MEDIA = "new_media", "新媒体"
    OTHER = "other", "其他"


class EventLevel(Term):
    """舆情级别; the hours within which a response is due depend on it."""

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
