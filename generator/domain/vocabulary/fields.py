"""The table of front-matter fields: English key, Chinese label, form of the value, kinds that require or use it."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.domain.vocabulary.field_forms import FieldForm, FieldSpec
from generator.domain.vocabulary.keys import PART_FIELDS
from generator.domain.vocabulary.terms import (
    CleanupResult,
    Disclosure,
    DocType,
    Element,
    EventLevel,
    Form,
    InterpretationRequired,
    InterpreterType,
    IssuerLevel,
    ItemStage,
    Kind,
    LegalOpinion,
    OpennessStage,
    ParticipationForm,
    Platform,
    ProposalKind,
    SourceType,
    Status,
)
from generator.domain.vocabulary.withholding import WithholdClass

_ALL = frozenset(Kind)
_POLICY = frozenset({Kind.POLICY})
_INTERPRETATION = frozenset({Kind.INTERPRETATION})
_CONSULTATION = frozenset({Kind.CONSULTATION})
_OUTCOME = frozenset({Kind.CONSULTATION, Kind.NOTICE})  # the outcome of a consultation is a notice
_NOTICE = frozenset({Kind.NOTICE})
_RESPONSE = frozenset({Kind.RESPONSE})
_ACTING = frozenset({Kind.POLICY, Kind.NOTICE})
_F = FieldForm

FIELDS: Mapping[str, FieldSpec] = MappingProxyType(
    {
        spec.key: spec
        for spec in [
            FieldSpec("kind", "类型", _F.TERM, Kind),
            FieldSpec("id", "编号", _F.ID),
            FieldSpec("draft", "草稿", _F.BOOL),
            FieldSpec("title", "标题", required=_ALL, aliases=("名称",)),
            FieldSpec("subtitle", "副题"),
            FieldSpec("caption", "题注"),
            FieldSpec("disclosure", "公开属性", _F.TERM, Disclosure),
            FieldSpec(
                "date_published",
                "发布日期",
                _F.MOMENT,
                required=_ALL - {Kind.PAGE},
                aliases=("公开日期", "发布时间", "公开时间"),
            ),
            FieldSpec("index_no", "索引号", _F.INDEX_NO, required=_POLICY),
            FieldSpec("doc_number", "文号", _F.DOC_NUMBER, required=_POLICY, aliases=("发文字号",)),
            FieldSpec("date_written", "成文日期", _F.DATE, required=_POLICY, aliases=("生成日期", "成文时间")),
            FieldSpec("date_printed", "印发日期", _F.DATE, aliases=("印发时间",)),
            FieldSpec("date_effective", "施行日期", _F.EFFECT_DATE, kinds=_ACTING),
            FieldSpec("expires_on", "有效期至", _F.DATE, aliases=("失效日期",), kinds=_POLICY),
            FieldSpec("takedown_on", "下架日期", _F.DATE, kinds=_NOTICE),
            FieldSpec("issuer", "发布机构", _F.TEXTS, aliases=("发文机关",)),
            FieldSpec("co_issuers", "联合发文机关", _F.TEXTS),
            FieldSpec("issuer_level", "发文层级", _F.TERM, IssuerLevel, kinds=_POLICY),
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
            FieldSpec("suspends", "暂停执行", _F.REFERENCES, aliases=("中止施行", "暂停施行")),
            FieldSpec("suspended_from", "暂停起", _F.DATE, kinds=_ACTING),
            FieldSpec("suspended_until", "暂停至", _F.DATE, kinds=_ACTING),
            FieldSpec("resumes", "恢复执行", _F.REFERENCES, aliases=("恢复施行",)),
            FieldSpec("renews", "延续", _F.REFERENCES, aliases=("延续有效期",)),
            FieldSpec("renewed_until", "延续至", _F.DATE, kinds=_ACTING),
            FieldSpec("renewed_as", "延续后编号", aliases=("重新登记编号",), kinds=_ACTING),
            FieldSpec("consolidated_to", "合并至", _F.REFERENCES, kinds=_POLICY),
            FieldSpec("cleanup", "清理结果", _F.CLEANUP),
            FieldSpec("parts", "印发文件", _F.PARTS, aliases=("所印发文件",)),
            FieldSpec("repealed_by", "废止依据", _F.OUTSIDE_ACT, kinds=_POLICY),
            FieldSpec("repealed_on", "废止日期", _F.DATE, kinds=_POLICY),
            FieldSpec("repeal_reason", "废止理由", kinds=_POLICY),
            FieldSpec("cleanup_result", "清理结论", _F.TERM, CleanupResult, kinds=_POLICY),
            FieldSpec("reviewed_on", "评估日期", _F.DATE, kinds=_POLICY),
            FieldSpec("attachments", "附件", _F.ATTACHMENTS),
            FieldSpec("disclosure_note", "公开属性附注"),
            FieldSpec("withhold_class", "不予公开类别", _F.TERMS, WithholdClass),
            FieldSpec("withhold_basis", "不予公开依据"),
            FieldSpec("withhold_note", "理由", aliases=("不予公开理由",)),
            FieldSpec("review_on", "再评估日期", _F.DATE),
            FieldSpec("disclosure_proposed_by", "属性提出人"),
            FieldSpec("disclosure_reviewed_by", "属性审核人"),
            FieldSpec("is_secret", "是否涉密", _F.BOOL),
            FieldSpec("source_type", "信息来源", _F.TERM, SourceType),
            FieldSpec("source_name", "来源名称"),
            FieldSpec("source_url", "来源网址"),
            FieldSpec("interpretation_required", "应解读", _F.TERM, InterpretationRequired, kinds=_POLICY),
            FieldSpec("interpretation_exempt_reason", "免解读理由", kinds=_POLICY),
            FieldSpec("interpretation_plan", "解读方案", _F.RECORD, kinds=_POLICY),
            FieldSpec(
                "interprets",
                "解读对象",
                _F.REFERENCES,
                required=_INTERPRETATION,
                aliases=("所解读文件",),
                kinds=_INTERPRETATION,
            ),
            FieldSpec("form", "解读形式", _F.TERMS, Form, kinds=_INTERPRETATION),
            FieldSpec("interpreter", "解读人", kinds=_INTERPRETATION),
            FieldSpec("interpreter_type", "解读人类型", _F.TERM, InterpreterType, kinds=_INTERPRETATION),
            FieldSpec("first_interpreter", "第一解读人", _F.BOOL, kinds=_INTERPRETATION),
            FieldSpec("elements", "解读要素", _F.TERMS, Element, kinds=_INTERPRETATION),
            FieldSpec("interpretation_filed_on", "解读备案日期", _F.DATE, kinds=_INTERPRETATION),
            FieldSpec("opens_on", "征集开始", _F.DATE, required=_CONSULTATION, kinds=_CONSULTATION),
            FieldSpec("closes_on", "征集结束", _F.DATE, required=_CONSULTATION, kinds=_CONSULTATION),
            FieldSpec("outcome", "征集结果", _F.REFERENCES, aliases=("采纳情况",), kinds=_CONSULTATION),
            FieldSpec("outcome_published", "结果公布日期", _F.DATE, kinds=_CONSULTATION),
            FieldSpec("consulted", "征求意见公告", _F.REFERENCES, kinds=_POLICY),
            FieldSpec("channels", "意见反馈渠道", _F.TEXTS, kinds=_CONSULTATION),
            FieldSpec("is_major", "重大事项", _F.BOOL, kinds=_CONSULTATION),
            FieldSpec("participation_forms", "征集方式", _F.TERMS, ParticipationForm, kinds=_CONSULTATION),
            FieldSpec("opinions_total", "意见总数", _F.INTEGER, kinds=_OUTCOME),
            FieldSpec("opinions_adopted", "采纳数", _F.INTEGER, kinds=_OUTCOME),
            FieldSpec("opinions_not_adopted", "未采纳数", _F.INTEGER, kinds=_OUTCOME),
            FieldSpec("not_adopted_reason", "未采纳理由", kinds=_OUTCOME),
            FieldSpec("decision_unit", "承办部门", kinds=_OUTCOME),
            FieldSpec("decision_time", "决策时间", kinds=_OUTCOME),
            FieldSpec("hearing", "是否听证", _F.BOOL, kinds=_OUTCOME),
            FieldSpec("responds_to", "回应文件", _F.REFERENCES, kinds=_RESPONSE),
            FieldSpec(
                "follows", "前次回应", _F.REFERENCES, aliases=("前一环节", "上一环节"), kinds=_RESPONSE | _NOTICE
            ),
            FieldSpec("event", "舆情事件", kinds=_RESPONSE),
            FieldSpec("event_at", "发现时间", _F.MOMENT, kinds=_RESPONSE),
            FieldSpec("responded_at", "回应时间", _F.MOMENT, kinds=_RESPONSE),
            FieldSpec("event_level", "舆情级别", _F.TERM, EventLevel, kinds=_RESPONSE),
            FieldSpec("implements", "落实文件", _F.REFERENCES, aliases=("所落实文件",), kinds=_ACTING),
            FieldSpec("stage", "环节", _F.TERM, ItemStage, kinds=_NOTICE),
            FieldSpec("meeting_at", "会议时间", _F.MOMENT, kinds=_NOTICE),
            FieldSpec("agenda", "会议议题", _F.TEXTS, aliases=("议题",), kinds=_NOTICE),
            FieldSpec("attendees", "列席代表", _F.TEXTS, kinds=_NOTICE),
            FieldSpec("attendee_count", "列席人数", _F.INTEGER, kinds=_NOTICE),
            FieldSpec("meeting_outcome", "会议结果", kinds=_NOTICE),
            FieldSpec("live_url", "直播网址", kinds=_NOTICE),
            FieldSpec("session", "届次", kinds=_NOTICE),
            FieldSpec("proposal_no", "建议提案编号", aliases=("建议编号", "提案编号"), kinds=_NOTICE),
            FieldSpec("proposal_kind", "建议提案类别", _F.TERM, ProposalKind, kinds=_NOTICE),
            FieldSpec("joint_units", "会办单位", _F.TEXTS, aliases=("配合单位",), kinds=_NOTICE),
            FieldSpec("asked_through", "来信渠道", kinds=_NOTICE),
            FieldSpec("received_on", "收到日期", _F.DATE, aliases=("交办日期", "来信日期", "提问日期"), kinds=_NOTICE),
            FieldSpec("replied_on", "答复日期", _F.DATE, aliases=("回复日期",), kinds=_NOTICE),
            FieldSpec("plan_year", "计划年度", _F.INTEGER, kinds=_NOTICE),
            FieldSpec("headcount", "招录人数", _F.INTEGER, aliases=("名额",), kinds=_NOTICE),
            FieldSpec("series", "数据系列", kinds=_NOTICE),
            FieldSpec("data_period", "数据时间", aliases=("数据时期",), kinds=_NOTICE),
            FieldSpec("measure_unit", "计量单位", kinds=_NOTICE),
            FieldSpec("deadline", "完成时限", _F.DATE, kinds=_NOTICE),
            FieldSpec("completed_on", "完成日期", _F.DATE, kinds=_NOTICE),
            FieldSpec("progress", "进展情况", aliases=("进展",), kinds=_NOTICE),
            FieldSpec("review", "审核表", _F.REVIEW),
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
            FieldSpec("changes", "变更说明"),
            FieldSpec("versions", "历史版本", _F.BOOL),
            FieldSpec("corrections", "更正说明", _F.CORRECTIONS, aliases=("更正",)),
            FieldSpec("aliases", "旧网址", _F.ADDRESSES),
            FieldSpec("withdrawn", "撤下", _F.WITHDRAWAL),
            FieldSpec("exempt", "豁免", _F.RECORD),
        ]
    }
)

# The gate removes these fields from a public document, so that nothing that renders can publish them.
INTERNAL_FIELDS = frozenset(
    {
        "review",
        "exempt",
        "is_secret",
        "withhold_class",
        "withhold_basis",
        "withhold_note",
        "review_on",
        "status",
        "disclosure_proposed_by",
        "disclosure_reviewed_by",
        "interpretation_plan",
        "legal_opinion",
        "handler",
        "secrecy_reviewer",
        "legal_reviewer",
        "unit_head",
        "leader_in_charge",
        "publisher",
        "form_date",
        "upload_date",
        "platforms",
        "migrated",
        "draft",
        "minor",
        "versions",
        "withdrawn",  # nothing of it is public before its day
        "changes",  # published with the versions, after a check of its own
    }
)

_KEY_OF: Mapping[str, str] = MappingProxyType(
    {word: spec.key for spec in FIELDS.values() for word in (spec.key, spec.label, *spec.aliases)}
)
FIELD_WORDS = tuple(_KEY_OF)  # in both languages


def field_key(written: str) -> str | None:
    """Return the English key for a key written in either language, ``None`` for an unknown one."""
    return _KEY_OF.get(written)


def part_key(written: str) -> str | None:
    """Return the English key of a field that an embedded text may declare, ``None`` for any other key."""
    key = field_key(written)
    return key if key in PART_FIELDS else None


def label_of(key: str) -> str:
    """Return the Chinese label of an English key; the key itself when the table does not hold it."""
    spec = FIELDS.get(key)
    return spec.label if spec else key
