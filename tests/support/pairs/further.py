"""Pairs about what is left out where a field decides on a limit, and about kinds of information in other words."""

from support.pairs import Files, Pair, document, interpretation, notice, policy
from support.pairs.evasions import BUREAU

_ASK = {"发布日期": "2025-03-03", "征集开始": "2025-03-03", "征集结束": "2025-03-20"}
_LAWFUL = {"文件类别": "规范性文件", "成文日期": "2025-05-12", "发布日期": "2025-05-14", "施行日期": "2025-07-01"}
_CHANGES = (
    "| 事项 | 类别 | 实施主体 | 依据 |\n|---|---|---|---|\n| 定点医药机构确定 | 行政确认 | 医保局 | 条例 |\n\n"
    "| 变动时间 | 事项名称 | 变动情况 | 依据 |\n|---|---|---|---|\n| {} | 异地就医审批 | {} | 国发文件 |"
)
_OPEN = "platform: 微信公众号, name: 东川医保{}"
_CATALOGUE = (
    "事项名称,内容,依据,时限,主体,方式,流程,更新频次\n资金使用,金额,办法,20个工作日,医保局,主动公开,审核,每季度\n"
)


def _one(title: str, body: str = "略。", /, **fields: object) -> Files:
    return {"notices/a.md": notice(title, body, **fields)}


def _ask(title: str, body: str, /, **fields: object) -> Files:
    return {"consultations/z.md": notice(title, body, **{**_ASK, **fields})}


def _interviews(days: tuple[str, ...], form: str = "在线访谈") -> Files:
    rules = {"policies/a.md": policy("东川市救助办法", **_LAWFUL)}
    talks = {
        f"interpretations/t{n}.md": interpretation(发布日期=day, 标题=f"访谈{n}", 解读形式=form)
        for n, day in enumerate(days)
    }
    return {**rules, **talks}


def _account(rest: str) -> Files:
    return {"^site_config.yaml": f"{BUREAU}accounts:\n  - {{{_OPEN.format(rest)}}}\n", **_one("公告")}


PAIRS = [
    Pair(
        "A text that calls itself a great decision has thirty days, whatever field is left out.",
        "D002",
        _ask(
            "关于征求《医保支付方式改革方案（草案）》意见的公告",
            "该方案列入本年度重大行政决策事项目录，现公开征求意见。",
        ),
        _ask(
            "关于征求《医保支付方式改革方案（草案）》意见的公告",
            "该方案列入本年度重大行政决策事项目录，现公开征求意见。",
            征集结束="2025-04-10",
        ),
        config=BUREAU,
    ),
    Pair(
        "Rules of a government in draft have thirty days by their 文件类别.",
        "D002",
        _ask("关于征求《东川市献血规定（草案）》意见的公告", "现公开征求意见。", 文件类别="规章"),
        _ask(
            "关于征求《东川市献血规定（草案）》意见的公告", "现公开征求意见。", 文件类别="规章", 征集结束="2025-04-10"
        ),
        config=BUREAU,
    ),
    Pair(
        "体裁 says that a paper is a 请示, whatever its title.",
        "H019",
        {"policies/a.md": policy("关于医疗救助资金有关事项", 体裁="请示", 文件类别="其他政策文件")},
        {"policies/a.md": policy("关于医疗救助资金有关事项", 体裁="通知", 文件类别="其他政策文件")},
        config=BUREAU,
    ),
    Pair(
        "Where the place says how often, rules that were never cleaned up are found.",
        "H023",
        {
            "policies/a.md": policy(
                "东川市救助办法",
                **{**_LAWFUL, "成文日期": "2021-05-12", "发布日期": "2021-05-14", "施行日期": "2021-07-01"},
            )
        },
        {
            "policies/a.md": policy(
                "东川市救助办法",
                **{**_LAWFUL, "成文日期": "2026-05-12", "发布日期": "2026-05-14", "施行日期": "2026-07-01"},
            )
        },
        settings="duties: {cleanup_months: 24}\n",
        config=BUREAU,
    ),
    Pair(
        "A change of a list needs a day that can be read.",
        "K003",
        _one("权责清单", _CHANGES.format("去年春天", "取消"), 文件类别="清单"),
        _one("权责清单", _CHANGES.format("2025年2月", "取消"), 文件类别="清单"),
        config=BUREAU,
    ),
    Pair(
        "Two interviews are fewer than three.",
        "Q001",
        _interviews(("2025-03-05", "2025-06-05")),
        _interviews(("2025-03-05", "2025-06-05", "2025-09-05")),
        settings="quotas: {interviews: 3}\n",
        config=BUREAU,
        as_of="2026-06-30",
    ),
    Pair(
        "An account needs its approval.",
        "K011",
        _account(", unit: 办公室"),
        _account(", unit: 办公室, approval: 东政办函〔2020〕3号"),
        config=BUREAU,
    ),
    Pair(
        "An account in use has no day of closing.",
        "K011",
        _account(", state: 在用, approval: 东政办函〔2020〕3号, closed_on: 2024-05-06"),
        _account(", state: 在用, approval: 东政办函〔2020〕3号"),
        config=BUREAU,
    ),
    Pair(
        "An item that is due each quarter is overdue after half a year.",
        "C002",
        {"^目录.csv": _CATALOGUE, **_one("资金使用情况", 信息分类="资金使用", 发布日期="2026-04-05")},
        {"^目录.csv": _CATALOGUE, **_one("资金使用情况", 信息分类="资金使用", 发布日期="2026-10-15")},
        settings="catalogue: 目录.csv\n",
        config=BUREAU,
    ),
    Pair(
        "A follow-up that only promises again is no result.",
        "H024",
        {
            "responses/a.md": notice(
                "关于排队的回应", "正在组织调查。", 发现时间="2026-03-04 10:00", 发布日期="2026-03-05 09:00"
            ),
            "responses/b.md": notice(
                "再次回应",
                "调查仍在进行，结果将及时公布。",
                发现时间="2026-03-04 10:00",
                发布日期="2026-03-12 09:00",
                前次回应="a",
            ),
        },
        {
            "responses/a.md": notice(
                "关于排队的回应", "正在组织调查。", 发现时间="2026-03-04 10:00", 发布日期="2026-03-05 09:00"
            ),
            "responses/b.md": notice(
                "再次回应",
                "经查，系统故障已于昨日修复。",
                发现时间="2026-03-04 10:00",
                发布日期="2026-03-12 09:00",
                前次回应="a",
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "A reply to a proposal that only says that it is in the annex gives no full text.",
        "K002 H022",
        {
            **_one(
                "对第12号提案的答复",
                "答复全文见附件。",
                文件类别="建议提案答复",
                届次="市政协十四届三次会议",
                建议提案编号="第12号",
                建议提案类别="政协提案",
                责任单位="待遇科",
                答复日期="2025-03-04",
                附件="[{title: 答复, file: f.csv}]",
            ),
            "^content/notices/f.csv": "a,b\n1,2\n",
        },
        {
            **_one(
                "对第12号提案的答复",
                "委员：\n\n您提出的提高门诊比例的提案收悉，经研究，7月起提高到60%。",
                文件类别="建议提案答复",
                届次="市政协十四届三次会议",
                建议提案编号="第12号",
                建议提案类别="政协提案",
                责任单位="待遇科",
                答复日期="2025-03-04",
            ),
            "^content/notices/f.csv": "a,b\n1,2\n",
        },
        config=BUREAU,
    ),
    Pair(
        "An interpretation that is a reprint of the province does not stand for the bureau's own.",
        "L017",
        {
            "policies/a.md": policy("东川市救助办法", **_LAWFUL),
            "interpretations/i.md": interpretation(
                发布日期="2025-05-14", 发布机构="省医疗保障局", 信息来源="转载", 来源名称="省医疗保障局网站"
            ),
        },
        {
            "policies/a.md": policy("东川市救助办法", **_LAWFUL),
            "interpretations/i.md": interpretation(发布日期="2025-05-14"),
        },
        config=BUREAU,
    ),
    Pair(
        "A result that says how many opinions came must say how many were adopted.",
        "D007",
        {
            **_ask("关于征求意见的公告", "现公开征求意见。", 征集结果="o"),
            "notices/o.md": notice("采纳情况", "略。", 发布日期="2025-04-10"),
        },
        {
            **_ask("关于征求意见的公告", "现公开征求意见。", 征集结果="o"),
            "notices/o.md": notice(
                "采纳情况", "略。", 发布日期="2025-04-10", 意见总数=5, 采纳数=2, 未采纳数=3, 未采纳理由="与上位法不一致"
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "A document that the public may read cannot be marked as an internal one.",
        "S004 G004",
        _one("关于基金运行的通报", "内部资料，注意保存。\n\n一季度运行平稳。"),
        _one("关于基金运行的通报", "本通报可以在档案室查阅。\n\n一季度运行平稳。"),
        config=BUREAU,
    ),
    Pair(
        "An English notice of a policy without issue date of writing is no way round D001.",
        "F001 D001",
        {
            "policies/a.md": document(
                "略。",
                title="关于就医的通知",
                index_no="009876543/2025-00881",
                doc_number="东医保发〔2025〕81号",
                disclosure="proactive",
                date_published="2025-05-14",
                doc_type="policy",
            )
        },
        {
            "policies/a.md": document(
                "略。",
                title="关于就医的通知",
                index_no="009876543/2025-00881",
                doc_number="东医保发〔2025〕81号",
                disclosure="proactive",
                date_published="2025-05-14",
                doc_type="policy",
                date_written="2025-05-12",
            )
        },
        config=BUREAU,
    ),
]
