"""The kinds of information that the founding notices name, chosen by 文件类别: one row says all about each.

Rules, the facts of a page, its tables and the registers read this table; another kind is another row.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.domain.vocabulary.terms import DocType, ItemStage
from generator.domain.vocabulary.text_parts import TextPart


class InformationKind(NamedTuple):
    """What documents of one 文件类别 have and show.

    ``column`` is the id of the column to which they belong, and ``rule`` the id of the rule that checks them.
    ``fields`` are their own fields, in the order of the facts of their page; the ``required`` ones are among them, or
    are fields of every document. ``stages`` are the steps of one matter in their order, empty where it has none.
    ``parts`` are the elements of the text, by the stage that needs them (``None``: every document), ``table`` the
    columns that its table must have. ``charted`` tables get a picture. ``listed`` are the columns of the register.
    """

    doc_type: DocType
    column: str
    rule: str
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    stages: tuple[ItemStage, ...] = ()
    parts: Mapping[ItemStage | None, tuple[TextPart, ...]] = MappingProxyType({})
    table: tuple[TextPart, ...] = ()
    charted: bool = False
    listed: tuple[str, ...] = ()


def _parts(*rows: tuple[str, str]) -> tuple[TextPart, ...]:
    return tuple(TextPart(label, re.compile(f"{label}|{sign}" if sign else label)) for label, sign in rows)


def _by_stage(rows: Mapping[ItemStage | None, tuple[TextPart, ...]]) -> Mapping[ItemStage | None, tuple[TextPart, ...]]:
    return MappingProxyType(dict(rows))


_D, _S = DocType, ItemStage

INFORMATION_KINDS: Mapping[DocType, InformationKind] = MappingProxyType(
    {
        kind.doc_type: kind
        for kind in (
            # 004 三; 003 三(二): the meeting, its topics, who attended, what came of it
            InformationKind(
                _D.MEETING,
                "notices",
                "K001",
                fields=("meeting_at", "agenda", "attendees", "attendee_count", "meeting_outcome", "live_url"),
                required=("meeting_at", "agenda", "meeting_outcome"),
                listed=("meeting_at", "attendees", "attendee_count"),
            ),
            # 003 一(六); 004 二(七): the full reply to a suggestion or proposal
            InformationKind(
                _D.PROPOSAL_REPLY,
                "notices",
                "K002",
                fields=(
                    *("session", "proposal_no", "proposal_kind", "joint_units", "received_on", "replied_on"),
                    "reply_days",
                ),
                required=("session", "proposal_no", "proposal_kind", "replied_on", "responsible_unit"),
                listed=(
                    *("session", "proposal_no", "proposal_kind", "responsible_unit", "joint_units", "replied_on"),
                    "reply_days",
                ),
            ),
            # 002 二(三)3; 003 一(二); 004 二(四): a list, as a table, with the log of its changes
            InformationKind(
                _D.LIST,
                "notices",
                "K003",
                fields=("list_items", "list_changes"),
                table=_parts(
                    ("名称", "事项|项目"), ("内容", "类别|类型"), ("主体", "机构|部门|单位|科室"), ("依据", "")
                ),
                listed=("responsible_unit", "list_items", "list_changes"),
            ),
            # 003 一(三); 004 二(五): what is inspected by chance, the plan of a year, and its results
            InformationKind(
                _D.INSPECTION,
                "supervision",
                "K004",
                fields=("stage", "plan_year"),
                required=("stage", "plan_year"),
                stages=(_S.PLAN, _S.RESULT),
                parts=_by_stage(
                    {
                        _S.PLAN: _parts(
                            ("依据", ""),
                            ("主体", "检查人员|实施单位|检查单位"),
                            ("内容", "事项"),
                            ("方式", "方法|比例|频次|抽取"),
                        ),
                        _S.RESULT: _parts(
                            ("结果", "未发现问题|检查情况|抽查情况"),
                            ("查处", "处理|责令|整改|立案|处罚|(?:均|全部|都)?(?:未|没有)发现|均(?:合格|符合|正常)"),
                        ),
                    }
                ),
                listed=("stage", "plan_year", "responsible_unit"),
            ),
            # 003 一(七); 国办发〔2018〕118号: before, while and after an authority acts
            InformationKind(
                _D.ENFORCEMENT,
                "penalties",
                "K005",
                fields=("stage",),
                required=("stage",),
                stages=(_S.BEFORE, _S.DURING, _S.AFTER),
                parts=_by_stage(
                    {
                        _S.BEFORE: _parts(
                            ("职责", "主体|职权|权限"),
                            ("依据", "根据|法律法规"),
                            ("程序", "流程|步骤"),
                            ("监督途径", "监督|投诉|举报|救济"),
                        ),
                        _S.DURING: _parts(("执法证件", "证件|证号|执法人员"), ("告知", "文书|出示")),
                        _S.AFTER: _parts(("结果", "决定|处罚|许可|处理")),
                    }
                ),
                listed=("stage", "responsible_unit"),
            ),
            # 000 二(二)3; 004 二(三); 条例 art. 20(14): every step of one recruitment or evaluation
            InformationKind(
                _D.RECRUITMENT,
                "recruitment",
                "K006",
                fields=("stage", "headcount"),
                required=("stage",),
                stages=(_S.ANNOUNCEMENT, _S.CANDIDATES, _S.SCORES, _S.POSTING, _S.RESULT),
                parts=_by_stage(
                    {
                        _S.ANNOUNCEMENT: _parts(
                            ("职位", "岗位|专业|系列|级别"),
                            ("条件", "资格|范围|要求"),
                            ("程序", "流程|报名|申报|方法|办法|安排"),
                        )
                    }
                ),
                listed=("stage", "headcount", "responsible_unit"),
            ),
            # 003 一(八)(九); 004 二(二): figures as tables, with the files and a picture
            InformationKind(
                _D.DATASET,
                "statistics",
                "K007",
                fields=("series", "data_period", "measure_unit", "update_every", "next_release"),
                required=("data_period",),
                charted=True,
                listed=("series", "data_period", "responsible_unit", "next_release"),
            ),
            # 002 二(三)2; 003 一(四): how a decision is carried out
            InformationKind(
                _D.EXECUTION,
                "notices",
                "K008",
                fields=("deadline", "completed_on", "progress", "joint_units", "task_state"),
                parts=_by_stage(
                    {
                        None: _parts(
                            ("责任分工", "分工|牵头|责任单位|配合"),
                            ("时限要求", "时限|期限|时间"),
                            ("进展情况", "进展|完成情况|落实情况"),
                        )
                    }
                ),
                listed=("responsible_unit", "task_state", "progress"),
            ),
            # 004 五; 002 二(六)3: a question from a hotline or a mailbox, and its answer
            InformationKind(
                _D.QUESTION,
                "responses",
                "K010",
                fields=("asked_through", "received_on", "replied_on", "reply_days"),
                required=("asked_through", "received_on", "replied_on"),
                parts=_by_stage({None: _parts(("问题", "问|来信|提问|咨询|诉求"), ("答复", "答|回复|办理情况"))}),
                listed=("asked_through", "received_on", "replied_on", "reply_days"),
            ),
            # 002 二(三)4: services; the elements of their guides are checked with those of the other guides
            InformationKind(_D.SERVICE, "licensing", "H017", listed=("responsible_unit",)),
        )
    }
)
"""The rows by their 文件类别."""

KIND_OF_RULE: Mapping[str, InformationKind] = MappingProxyType({kind.rule: kind for kind in INFORMATION_KINDS.values()})
"""The rows by the rule that checks them."""

OWN_FIELDS: Mapping[str, tuple[DocType, ...]] = MappingProxyType(
    {
        key: tuple(kind.doc_type for kind in INFORMATION_KINDS.values() if key in kind.fields)
        for key in dict.fromkeys(key for kind in INFORMATION_KINDS.values() for key in kind.fields)
    }
)
"""The fields that only some kinds of information have, with those kinds."""

ROW_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "reply_days": "办理天数",
        "list_items": "事项数",
        "list_changes": "调整记录",
        "next_release": "下次更新不晚于",
        "task_state": "任务进度",
    }
)
"""The names of what is derived from the fields and tables of a document, beside those of its fields."""
