"""The enumerated values that no file declares: gongkai derives them at a day, or reports them."""

from generator.domain.vocabulary.terms import Term


class ConsultationState(Term):
    """征集状态 at a day (requirements section 26)."""

    UPCOMING = "upcoming", "未开始"
    OPEN = "open", "征集中"
    CLOSED = "closed", "已结束"
    ANSWERED = "answered", "已反馈"


class PostingState(Term):
    """公布状态 of a notice with a takedown day, at a day (contract section 3, takedown_on)."""

    POSTED = "posted", "公布中"
    ENDED = "ended", "已结束"


class InterpretationState(Term):
    """解读状态 of a policy at a day (requirements section 26)."""

    NOT_REQUIRED = "not_required", "无需解读"
    EXEMPT = "exempt", "免予解读"
    SAME_DAY = "same_day", "同步解读"
    IN_TIME = "in_time", "按时解读"
    LATE = "late", "逾期解读"
    PENDING = "pending", "待解读"
    MISSING = "missing", "应解读未解读"


class InterpretationMark(Term):
    """The state of an interpretation at a day (contract section 5)."""

    OUTDATED = "outdated", "解读早于文件修改"
    ENDED = "ended", "所解读文件已废止或者失效"


class ClauseStatus(Term):
    """效力 of a single clause at a day, where an act has changed it (contract section 5)."""

    REPEALED = "repealed", "已废止"
    SUSPENDED = "suspended", "暂停执行"
    AMENDED = "amended", "已修改"


class LinkageFlag(Term):
    """A remark on the interpretations of a document, reported beside their state (requirements section 26)."""

    ONE_WAY = "one_way", "网站上单向关联"
    BEFORE_DOCUMENT = "before_document", "早于文件"
    AFTER_END = "after_end", "文件失效后解读"
    FORMS_SHORT = "forms_short", "形式不足"
    ELEMENTS_SHORT = "elements_short", "要素不全"
    COPY_SUSPECTED = "copy_suspected", "疑似照抄"
    OTHER_UNIT = "other_unit", "非起草部门解读"
    NO_TRANSCRIPT = "no_transcript", "缺文字版"
    NO_REASON = "no_reason", "免解读没有理由"


class CoverageState(Term):
    """公开情况 of an item that must be public, at a day."""

    COVERED = "covered", "已公开"
    EMPTY = "empty", "没有内容"
    OVERDUE = "overdue", "超过更新期限"


class LinkState(Term):
    """The result of a visit to an address outside the site."""

    OK = "ok", "正常"
    MOVED = "moved", "已转移"
    REFUSED = "refused", "拒绝核查"
    DEAD = "dead", "打不开"
    PRIVATE = "private", "内网地址"
    UNCHECKED = "unchecked", "未访问"


class Verdict(Term):
    """The result of the simulated inspection for one indicator."""

    PASS = "pass", "没有发现问题"
    WARN = "warn", "有问题，没有到否决"
    VETO = "veto", "单项否决"
    UNSEEN = "unseen", "从网站文件看不出"


class RequestLimit(Term):
    """办理期限 of an application (条例 arts 30–34; 行政复议法 art. 20)."""

    REPLY = "reply", "答复申请的期限"
    EXTENSION = "extension", "延长答复的期限"
    CORRECTION = "correction", "告知补正的期限"
    THIRD_PARTY = "third_party", "第三方、其他机关提出意见的期限"
    RECONSIDERATION = "reconsideration", "申请行政复议的期限"


class FindingState(Term):
    """整改状态 of a finding, by comparison with an earlier audit."""

    NEW = "new", "新出现"
    STANDING = "standing", "仍然存在"
    MENDED = "mended", "已改好"
    UNCOMPARED = "uncompared", "没有比较"


class DueKind(Term):
    """What is due on a day of the agenda."""

    INTERPRETATION = "interpretation", "解读"
    CLOSING = "closing", "征集截止"
    OUTCOME = "outcome", "征集结果"
    EXPIRY = "expiry", "有效期届满"
    TAKEDOWN = "takedown", "公示下架"
    REVIEW = "review", "再评估"
    ITEM = "item", "公开事项更新"
    TASK = "task", "任务"
    ANNUAL_REPORT = "annual_report", "年度报告"
    MENDING = "mending", "整改"


class DueWindow(Term):
    """How soon something on the agenda is due."""

    OVERDUE = "overdue", "已经逾期"
    TODAY = "today", "今天"
    WEEK = "week", "7 日以内"
    MONTH = "month", "30 日以内"
    LATER = "later", "30 日以后"

    @classmethod
    def of_days(cls, left: int) -> "DueWindow":
        """Return how soon something is due from the number of days left, which is negative once it is late."""
        if left < 0:
            return cls.OVERDUE
        return cls.TODAY if not left else cls.WEEK if left <= 7 else cls.MONTH if left <= 30 else cls.LATER
