"""Keys outside the table of fields: those of list entries and of the config, and the fields that a page shows."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.domain.vocabulary.relations import RelationKind
from generator.domain.vocabulary.terms import CleanupResult

# The fields that the metadata box of a document shows, in its order (requirements DOC-01).
SHOWN_FIELDS = (
    *("index_no", "issuer", "theme", "genre", "doc_number", "doc_type", "date_written", "date_published", "co_issuers"),
    *("date_effective", "expires_on", "status", "repeal_reason", "form", "interpreter", "interpreter_type"),
    *("takedown_on", "posting_status"),
    *(
        "opens_on",
        "consultation_status",
        "participation_forms",
        "opinions_total",
        "opinions_adopted",
        "opinions_not_adopted",
    ),
    *("not_adopted_reason", "decision_unit", "decision_time", "hearing"),
    *(
        "event",
        "event_level",
        "event_at",
        "responded_at",
        "responsible_unit",
        "contact_unit",
        "disclosure",
        "source_name",
    ),
)

# keys inside an entry of `attachments`, and the site's own facts in the config
ATTACHMENT_KEYS: Mapping[str, str] = MappingProxyType(
    {"no": "序号", "title": "标题", "file": "文件", "disclosure": "公开属性"}
)
CORRECTION_KEYS: Mapping[str, str] = MappingProxyType({"date": "日期", "note": "说明"})
WITHDRAWAL_KEYS: Mapping[str, str] = MappingProxyType({"on": "日期", "reason": "理由"})
# The fields that an embedded text (印发文件) may declare; it inherits all others from its notice.
PART_FIELDS = ("id", "title", "doc_type", "date_effective", "expires_on", "repealed_by", "repealed_on", "repeal_reason")
# The relation that each 清理结论 creates to the documents of its list.
CLEANUP_RELATIONS: Mapping[CleanupResult, RelationKind] = MappingProxyType(
    {
        CleanupResult.KEEP: RelationKind.KEEPS,
        CleanupResult.REVISE: RelationKind.REVISES,
        CleanupResult.REPEAL: RelationKind.REPEALS,
        CleanupResult.LAPSE: RelationKind.LAPSES,
    }
)
SITE_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "title": "标题",
        "agency": "机构",
        "base_url": "网址",
        "site_name": "网站名称",
        "site_domain": "域名",
        "site_id_code": "网站标识码",
        "icp_no": "ICP备案号",
        "police_no": "公安备案号",
        "conac_id": "党政机关标识",
        "org_code": "组织机构代码",
        "uscc": "统一社会信用代码",
        "address": "地址",
        "postcode": "邮编",
        "phone": "电话",
        "email": "电子邮箱",
        "office_hours": "办公时间",
    }
)
# keys of the config's group `request` (依申请公开)
REQUEST_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "receiver": "受理机构",
        "address": "地址",
        "postcode": "邮编",
        "hours": "办公时间",
        "phone": "电话",
        "fax": "传真",
        "email": "电子邮箱",
        "online": "网上申请",
        "extension_approver": "延期同意人",
        "reconsideration_body": "行政复议机关",
        "reply_workdays": "答复期限",
        "extension_workdays": "延长期限",
        "correction_workdays": "补正告知期限",
        "register_file": "申请台账",
    }
)
