"""The words of the annual report's tables three and four (国办公开办函〔2021〕30号; requirements RPT-06, RPT-08)."""

from generator.domain.vocabulary.terms import Term


class Applicant(Term):
    """申请人类型: the columns of table three."""

    NATURAL = "natural", "自然人", "个人", "公民"
    COMPANY = "company", "商业企业", "企业", "公司"
    RESEARCH = "research", "科研机构"
    WELFARE = "welfare", "社会公益组织", "公益组织"
    LEGAL = "legal", "法律服务机构", "律师事务所"
    OTHER = "other", "其他", "其它"


class RequestWay(Term):
    """申请方式: how a request came (条例第二十九条、第三十一条)."""

    VISIT = "visit", "当面", "现场", "窗口", "当面提交", "到场", "面交"
    POST = "post", "信函", "邮寄", "邮件", "信件", "挂号信", "邮政", "平信", "快递", "EMS"
    FAX = "fax", "传真"
    ONLINE = "online", "互联网", "网络", "网上", "网站", "在线", "电子邮件", "邮箱", "网上申请", "平台"
    ORAL = "oral", "口头", "口头申请", "代填"
    OTHER = "other", "其他", "其它"


class RequestOutcome(Term):
    """办理结果: the rows of part three of table three, as they are printed (条例第三十六条至第三十九条)."""

    GRANTED = "granted", "予以公开", "公开", "全部公开", "同意公开"
    PARTLY = "partly", "部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"
    SECRET = "secret", "属于国家秘密", "国家秘密"
    FORBIDDEN = "forbidden", "其他法律行政法规禁止公开", "法律行政法规禁止公开"
    SECURITY = "security", "危及“三安全一稳定”", "三安全一稳定", "危及三安全一稳定"
    THIRD_PARTY = "third_party", "保护第三方合法权益", "第三方合法权益"
    INTERNAL = "internal", "属于三类内部事务信息", "三类内部事务信息", "内部事务信息"
    PROCESS = "process", "属于四类过程性信息", "四类过程性信息", "过程性信息"
    ENFORCEMENT = "enforcement", "属于行政执法案卷", "行政执法案卷", "执法案卷"
    QUERY = "query", "属于行政查询事项", "行政查询事项"
    NOT_HELD = "not_held", "本机关不掌握相关政府信息", "不掌握", "本机关不掌握", "信息不存在", "政府信息不存在"
    TO_BE_MADE = "to_be_made", "没有现成信息需要另行制作", "需要另行制作", "需另行制作"
    UNCLEAR = "unclear", "补正后申请内容仍不明确", "补正后仍不明确"
    PETITION = "petition", "信访举报投诉类申请", "信访举报投诉类"
    REPEATED = "repeated", "重复申请"
    PRINTED = "printed", "要求提供公开出版物", "公开出版物"
    MASS = "mass", "无正当理由大量反复申请", "大量反复申请"
    CONFIRM = "confirm", "要求行政机关确认或重新出具已获取信息", "要求确认或重新出具"
    NOT_SUPPLEMENTED = (
        "not_mended",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "逾期不补正",
    )
    NOT_PAID = (
        "not_paid",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "逾期不缴费",
        "逾期不缴纳费用",
    )
    OTHER = "other", "其他", "其他处理", "其它"


# The groups of table three in their order; a group with a single outcome is one row.
OUTCOME_GROUPS: tuple[tuple[str, tuple[RequestOutcome, ...]], ...] = tuple(
    (name, tuple(outcomes))
    for name, outcomes in (
        ("（一）", [RequestOutcome.GRANTED]),
        ("（二）", [RequestOutcome.PARTLY]),
        ("（三）不予公开", list(RequestOutcome)[2:10]),
        ("（四）无法提供", list(RequestOutcome)[10:13]),
        ("（五）不予处理", list(RequestOutcome)[13:18]),
        ("（六）其他处理", list(RequestOutcome)[18:]),
    )
)


class DisputeStage(Term):
    """复议、诉讼类别: the parts of table four."""

    RECONSIDERATION = "reconsideration", "行政复议", "复议"
    LAWSUIT = "lawsuit", "行政诉讼（未经复议直接起诉）", "未经复议直接起诉", "直接起诉"
    LAWSUIT_AFTER = "lawsuit_after", "行政诉讼（复议后起诉）", "复议后起诉"


class DisputeResult(Term):
    """复议、诉讼结果: the cells of each part of table four."""

    UPHELD = "upheld", "结果维持", "维持"
    CORRECTED = "corrected", "结果纠正", "纠正"
    OTHER = "other", "其他结果", "其他"
    OPEN = "open", "尚未审结", "未审结"
