"""Pairs about the kinds of information: meetings, proposals, lists, inspections, posts, data, tasks, answers."""

from support.pairs import Files, Pair, notice, policy
from support.pairs.evasions import BUREAU

_MEETING = {
    "文件类别": "会议公开",
    "会议时间": "2025-03-04 09:00",
    "会议议题": "[审议医疗救助标准]",
    "会议结果": "原则通过，修改后印发",
}
_REPLY = {
    "文件类别": "建议提案答复",
    "届次": "市十六届人大四次会议",
    "建议提案编号": "第37号",
    "建议提案类别": "人大代表建议",
    "责任单位": "待遇保障科",
    "收到日期": "2025-02-10",
    "答复日期": "2025-04-28",
    "发布日期": "2025-05-06",
}
_ANSWER = (
    "王代表：\n\n您提出的关于提高门诊报销比例的建议收悉。"
    "经研究，从今年7月起门诊统筹支付比例提高到60%，乡镇卫生院提高到70%。"
)
_RIGHTS = (
    "| 序号 | 权力名称 | 权力类型 | 实施主体 | {}承办科室 |\n|---|---|---|---|{}---|\n"
    "| 1 | 定点医药机构确定 | 行政确认 | 市医疗保障局 | {}医药科 |"
)
_PLAN = {"文件类别": "双随机", "环节": "计划", "计划年度": 2025, "发布日期": "2025-03-05"}
_PLAN_TABLE = (
    "| 抽查事项 | 抽查依据 | 抽查主体 | 抽查内容 | {} |\n|---|---|---|---|---|\n"
    "| 定点药店 | 监督管理条例 | 基金监管科 | 售药记录 | 现场检查 |"
)
_DURING = {"文件类别": "执法公示", "环节": "事中公示", "发布日期": "2025-04-05"}
_BEFORE = notice(
    "行政执法事前公示",
    "| 执法主体 | 职责 | 执法依据 | 执法程序 | 监督电话 |\n|---|---|---|---|---|\n"
    "| 市医疗保障局 | 基金监管 | 条例 | 立案、调查 | 5123400 |",
    文件类别="执法公示",
    环节="事前公示",
)
_POSTS = "招聘岗位：窗口经办2名。\n\n应聘条件：大专以上，35周岁以下。\n\n报名方式和程序：网上报名、笔试、面试。"
_JOB = {"文件类别": "招考", "环节": "公告", "招录人数": 2}
_DATA = {
    "文件类别": "数据",
    "数据时间": "2025年第一季度",
    "数据系列": "医保运行",
    "更新频次": "每季度",
    "计量单位": "万人",
}
_TABLE = "| 指标 | 数值 |\n|---|---|\n| 参保人数 | 86.4 |\n| 享受待遇人次 | 120.7 |"
_ASKED = {"文件类别": "问答", "来信渠道": "12333热线", "收到日期": "2025-03-03"}
_TASK = "| 工作任务 | 责任单位 | 时限要求 | 进展 |\n|---|---|---|---|\n| 出台门诊统筹细则 | 待遇科 | 7月30日前 | {} |"
_PEOPLE = "第12号"


def _one(title: str, body: str = "略。", /, **fields: object) -> Files:
    return {"notices/a.md": notice(title, body, **fields)}


def _rights(ground: bool) -> str:
    return _RIGHTS.format(*(("设定依据 | ", "---|", "条例第十五条 | ") if ground else ("", "", "")))


def _list(change: str) -> str:
    return f"{_rights(ground=True)}\n\n| 调整日期 | 事项名称 | 调整方式 | 依据 |\n|---|---|---|---|\n{change}"


PAIRS = [
    Pair(
        "A meeting without its outcome is incomplete.",
        "K001",
        _one("第3次局长办公会议", "会议审议了两个议题。", **{**_MEETING, "会议结果": None}),
        _one("第3次局长办公会议", "会议审议了两个议题。", **_MEETING),
        config=BUREAU,
    ),
    Pair(
        "Representatives are told by what they are, not by their names.",
        "K001",
        _one("第3次局长办公会议", "会议审议了两个议题。", **_MEETING, 列席代表="[王建国, 李秀英]"),
        _one("第3次局长办公会议", "会议审议了两个议题。", **_MEETING, 列席代表="[参保职工代表2人, 定点医院代表1人]"),
        config=BUREAU,
    ),
    Pair(
        "A reply to a proposal lacks its session.",
        "K002",
        _one("对第37号建议的答复", _ANSWER, **{**_REPLY, "届次": None}),
        _one("对第37号建议的答复", _ANSWER, **_REPLY),
        config=BUREAU,
    ),
    Pair(
        "One number in one session is one proposal.",
        "K002",
        {
            **_one("对第37号建议的答复", _ANSWER, **_REPLY),
            "notices/b.md": notice("关于门诊报销的答复", _ANSWER + "特此。", **_REPLY),
        },
        {
            **_one("对第37号建议的答复", _ANSWER, **_REPLY),
            "notices/b.md": notice(
                "关于购药的答复",
                "李代表：\n\n购药建议已采纳，下月起延长营业时间。",
                **{**_REPLY, "建议提案编号": _PEOPLE},
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "A reply after seven months is too late; after five it is not.",
        "K002",
        _one("对第37号建议的答复", _ANSWER, **{**_REPLY, "答复日期": "2025-09-15", "发布日期": "2025-09-18"}),
        _one("对第37号建议的答复", _ANSWER, **{**_REPLY, "答复日期": "2025-07-15", "发布日期": "2025-07-18"}),
        config=BUREAU,
    ),
    Pair(
        "A list of powers names the ground of each.",
        "K003",
        _one("东川市医疗保障局权责清单", _rights(ground=False), 文件类别="清单"),
        _one("东川市医疗保障局权责清单", _rights(ground=True), 文件类别="清单"),
        config=BUREAU,
    ),
    Pair(
        "A power that was cancelled is no longer in the list.",
        "K003",
        _one("东川市医疗保障局权责清单", _list("| 2025-02-10 | 定点医药机构确定 | 取消 | 国发文件 |"), 文件类别="清单"),
        _one("东川市医疗保障局权责清单", _list("| 2025-02-10 | 异地就医审批 | 取消 | 国发文件 |"), 文件类别="清单"),
        config=BUREAU,
    ),
    Pair(
        "A plan of inspections in a table names how they are made.",
        "K004",
        {
            **_one("2025年抽查计划", _PLAN_TABLE.format("备注"), **_PLAN),
            "notices/r.md": notice(
                "抽查结果",
                "检查12家，2家责令改正。",
                文件类别="双随机",
                环节="结果",
                计划年度=2025,
                前一环节="a",
                发布日期="2025-11-05",
            ),
        },
        {
            **_one("2025年抽查计划", _PLAN_TABLE.format("抽查方式"), **_PLAN),
            "notices/r.md": notice(
                "抽查结果",
                "检查12家，2家责令改正。",
                文件类别="双随机",
                环节="结果",
                计划年度=2025,
                前一环节="a",
                发布日期="2025-11-05",
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "The plan of last year needs a result.",
        "K004",
        _one("2025年抽查计划", _PLAN_TABLE.format("抽查方式"), **_PLAN),
        {
            **_one("2025年抽查计划", _PLAN_TABLE.format("抽查方式"), **_PLAN),
            "notices/r.md": notice(
                "抽查结果",
                "检查12家，2家责令改正。",
                文件类别="双随机",
                环节="结果",
                计划年度=2025,
                前一环节="a",
                发布日期="2025-12-25",
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "During an inspection officers show their certificates.",
        "K005",
        {**_one("执法过程公示", "检查人员进入药店检查台账，告知当事人权利。", **_DURING), "notices/b.md": _BEFORE},
        {
            **_one("执法过程公示", "检查人员出示执法证件，进入药店检查台账，告知当事人权利。", **_DURING),
            "notices/b.md": _BEFORE,
        },
        config=BUREAU,
    ),
    Pair(
        "Results of enforcement need the publicity before.",
        "K005",
        _one("处罚结果", "作出处罚决定1件。", 文件类别="执法公示", 环节="事后公示", 成文日期="2025-03-04"),
        {
            **_one("处罚结果", "作出处罚决定1件。", 文件类别="执法公示", 环节="事后公示", 成文日期="2025-03-04"),
            "notices/b.md": _BEFORE,
        },
        config=BUREAU,
    ),
    Pair(
        "Marks of an examination lead back to its notice.",
        "K006",
        {
            **_one("公开招聘公告", _POSTS, **_JOB),
            "notices/b.md": notice("笔试成绩公告", "成绩见下。", 文件类别="招考", 环节="成绩", 发布日期="2025-04-05"),
        },
        {
            **_one("公开招聘公告", _POSTS, **_JOB),
            "notices/b.md": notice(
                "笔试成绩公告", "成绩见下。", 文件类别="招考", 环节="成绩", 发布日期="2025-04-05", 前一环节="a"
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "A result before its notice is turned round.",
        "F004 K006",
        {
            **_one("公开招聘公告", _POSTS, **_JOB, 发布日期="2025-05-05"),
            "notices/b.md": notice(
                "拟聘用人员公示", "名单。", 文件类别="招考", 环节="公示", 发布日期="2025-04-05", 前一环节="a"
            ),
        },
        {
            **_one("公开招聘公告", _POSTS, **_JOB),
            "notices/b.md": notice(
                "拟聘用人员公示", "名单。", 文件类别="招考", 环节="公示", 发布日期="2025-04-05", 前一环节="a"
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "Data are numbers in a table.",
        "K007",
        _one("一季度医保运行情况", "参保人数86.4万人，享受待遇120.7万人次。", **_DATA),
        _one("一季度医保运行情况", _TABLE, **_DATA),
        config=BUREAU,
        as_of="2025-04-30",
    ),
    Pair(
        "A quarterly series without a new quarter for half a year is overdue.",
        "K013",
        _one("一季度医保运行情况", _TABLE, **_DATA),
        _one("一季度医保运行情况", _TABLE, **_DATA, 发布日期="2026-10-12"),
        config=BUREAU,
    ),
    Pair(
        "An answer in the letter box must come within the days of the site.",
        "K010",
        _one(
            "关于报销的咨询",
            "问题：怎么报销？\n\n答复：到窗口办理。",
            **_ASKED,
            答复日期="2025-04-20",
            发布日期="2025-04-22",
        ),
        _one(
            "关于报销的咨询",
            "问题：怎么报销？\n\n答复：到窗口办理。",
            **_ASKED,
            答复日期="2025-03-12",
            发布日期="2025-04-22",
        ),
        settings="deadlines: {question_days: 15}\n",
        config=BUREAU,
    ),
    Pair(
        "A task under other headings is late when its day has gone by.",
        "K009",
        {
            **_one("任务分工落实情况", _TASK.format("正在征求意见"), 文件类别="执行情况", 落实文件="p"),
            "policies/p.md": policy("工作要点", 文件类别="其他政策文件"),
        },
        {
            **_one("任务分工落实情况", _TASK.format("细则已于6月27日出台"), 文件类别="执行情况", 落实文件="p"),
            "policies/p.md": policy("工作要点", 文件类别="其他政策文件"),
        },
        config=BUREAU,
    ),
    Pair(
        "A 清理结论 of 废止 does not leave the rules in force.",
        "K015",
        {"policies/a.md": policy("关于药品采购的通知", 文件类别="其他政策文件", 清理结论="废止")},
        {"policies/a.md": policy("关于药品采购的通知", 文件类别="其他政策文件", 清理结论="继续有效")},
        config=BUREAU,
    ),
    Pair(
        "The number of a proposal on a notice of another kind shows nowhere.",
        "K014",
        _one("对第37号建议的答复", _ANSWER, 建议提案编号="第37号"),
        _one("对第37号建议的答复", _ANSWER, **_REPLY),
        config=BUREAU,
    ),
]
