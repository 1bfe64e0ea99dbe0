"""Pairs whose faults are written as other bodies write them: other titles, clauses, tables and days."""

from support.pairs import Commits, Files, Pair, document, interpretation, notice, policy
from support.pairs.evasions import BUREAU, CITY

_DAYS = {"成文日期": "2025-05-12", "发布日期": "2025-05-14"}
_LAWFUL = {**_DAYS, "文件类别": "规范性文件", "施行日期": "2025-07-01"}
_OTHER = {**_DAYS, "文件类别": "其他政策文件"}
_PARTS = "第一条　略。\n\n## {}\n\n第一条　为了规范管理，制定本办法。\n\n第二条　本办法自2025年7月1日起施行。"
_REPORT = """\
## 一、总体情况

全年主动公开信息 86 条。

## 二、主动公开政府信息情况

见表。

## 三、收到和处理政府信息公开申请情况

见表。

{}## {}、存在的主要问题及改进情况

公开不够及时，已改进。

## {}、其他需要报告的事项

{}
"""
_FOURTH = "## 四、政府信息公开行政复议、行政诉讼情况\n\n无。\n\n"
_LAST = "本年度未收取信息处理费。人大代表建议和政协提案办理结果全部公开。"
_ASK = {"征集开始": "2025-03-03", "征集结束": "2025-04-10", "发布日期": "2025-03-03"}


def _one(title: str, body: str = "第一条　略。", /, **fields: object) -> Files:
    return {"policies/a.md": policy(title, body, **{**_DAYS, **fields})}


def _complete(last: str) -> Files:
    """Return rules without 文件类别 that were interpreted in time, and about which people were asked."""
    body = f"第一条　略。\n\n第九条　{last}"
    return {
        **_one("东川市门诊用药保障办法", body, 征求意见公告="z"),
        "interpretations/i.md": interpretation(发布日期="2025-05-14"),
        "consultations/z.md": notice("关于公开征求《东川市门诊用药保障办法（草案）》意见的公告", **_ASK),
    }


def _titles(fault: str, twin: str) -> Pair:
    """Return a pair of two titles of which the first is that of rules."""
    return Pair(f"“{fault}” is the title of rules, “{twin}” is not.", "L019", _one(fault), _one(twin), config=BUREAU)


def _clauses(fault: str, twin: str, title: str = "关于加强定点药店管理的通知") -> Pair:
    return Pair(
        f"“{fault}” makes rules, “{twin}” does not.", "L019", _one(title, fault), _one(title, twin), config=BUREAU
    )


def _reasons(fault: str, twin: str) -> Pair:
    declined = {"文件类别": "规范性文件", "应解读": "否"}
    return Pair(
        f"“{fault}” is no reason not to interpret, “{twin}” may be one.",
        "L014 L016",
        _one("东川市医疗救助办法", **declined, 免解读理由=fault),
        _one("东川市医疗救助办法", **declined, 免解读理由=twin),
        config=BUREAU,
    )


def _progress(fault: str, twin: str, deadline: str = "2025年6月底") -> Pair:
    table = "| 重点任务 | 牵头科室 | 完成时间 | 推进情况 |\n|---|---|---|---|\n| 建成一站式窗口 | 待遇科 | {} | {} |"
    base = {"policies/p.md": policy("工作要点", 文件类别="其他政策文件")}
    fields = {"文件类别": "执行情况", "落实文件": "p"}
    return Pair(
        f"A task until {deadline} is late with “{fault}”, not with “{twin}”.",
        "K009",
        {**base, "notices/a.md": notice("落实情况", table.format(deadline, fault), **fields)},
        {**base, "notices/a.md": notice("落实情况", table.format(deadline, twin), **fields)},
        config=BUREAU,
    )


def _responses(fault: str, twin: str) -> Pair:
    head = {"发布日期": "2026-03-05 09:00", "发现时间": "2026-03-04 10:00"}
    return Pair(
        f"“{fault}” is no result, “{twin}” is one.",
        "H024",
        {"responses/a.md": notice("回应", fault, **head)},
        {"responses/a.md": notice("回应", twin, **head)},
        config=BUREAU,
    )


def _asks(title: str, rules: str) -> Pair:
    return Pair(
        f"“{title}” asks about “{rules}”, which may not be made before its end.",
        "D011",
        {"consultations/z.md": notice(title, **_ASK), **_one(rules, **{**_LAWFUL, "成文日期": "2025-03-20"})},
        {"consultations/z.md": notice(title, **_ASK), **_one(rules, **{**_LAWFUL, "成文日期": "2025-04-20"})},
        config=BUREAU,
    )


def _yearly(chapters: tuple[str, str, str, str]) -> Files:
    title = "东川市医疗保障局2025年度政府信息公开年度报告"
    return {"reports/a.md": notice(title, _REPORT.format(*chapters), 发布日期="2026-01-20")}


def _changed(before: str, after: str) -> Commits:
    old = {f"notices/o{n}.md": notice(f"旧{n}", f"旧{n}", 历史迁移="是", 发布日期="2024-01-05") for n in range(12)}
    return [
        ("2024-01-08 09:00", old),
        ("2025-05-14 10:00", {"policies/a.md": before}),
        ("2025-06-14 10:00", {"policies/a.md": after}),
    ]


def _dated(**fields: object) -> str:
    usual = {
        "title": "关于调整医保缴费基数的通知",
        "index_no": "009876543/2025-00771",
        "doc_number": "东医保发〔2025〕71号",
        "disclosure": "proactive",
        "doc_type": "policy",
        "date_written": "2025-05-12",
        "date_published": "2025-05-14",
        "date_effective": "2025-07-01",
    }
    return document("缴费基数调整如下：职工医保最低为四千二百元，最高为二万一千元，按月缴纳。", **{**usual, **fields})


PAIRS = [
    _titles("《东川市异地就医管理办法》", "《东川市异地就医管理办法》宣传手册"),
    _titles("东川市异地就医管理办法（试行）（2025年修订）", "东川市异地就医管理办法（试行）解读"),
    _titles("东川市支持医药产业发展若干措施", "东川市医疗保障局2025年工作措施落实情况通报"),
    _titles("东川市医疗保障行政处罚裁量基准", "东川市医疗保障行政处罚决定书"),
    _titles("东川市药品集中采购交易规则", "东川市医疗保障局党组议事规则"),
    _titles("关于建立居民医保激励机制的若干政策", "关于学习居民医保若干政策的通知"),
    _titles(
        "东川市医疗保障局等三部门关于印发东川市医保信用管理暂行办法的通知",
        "东川市医疗保障局关于印发机关财务管理办法的通知",
    ),
    _clauses(
        "定点药店应当自2025年6月1日起公示药价，未公示的，解除服务协议。本通知自2025年6月1日起施行。",
        "去年以来，多数定点药店已经公示药价，成效明显。",
    ),
    _clauses(
        "《东川市定点药店管理办法》（东医保发〔2018〕5号）即行废止。",
        "《东川市定点药店管理办法》（东医保发〔2018〕5号）继续执行。",
    ),
    _clauses("本通知实施后，原相关政策规定同时停止执行。", "本通知实施后，原相关政策规定继续有效。"),
    _clauses("此前发布的有关规定同时废止。", "各地按照谁制定谁清理的原则，把不再适用的予以废止。"),
    _clauses("违者处200元以上500元以下罚款。", "去年共有3家药店被处罚款2万元。"),
    _clauses("以往文件与本通知不符的，按本通知执行。", "各地按上级文件执行。"),
    _clauses("对拒不整改的药店，由市医疗保障局责令限期改正，可处1万元以下罚款。", "3家药店已按要求完成整改。"),
    _clauses("任何单位和个人不得伪造票据骗取医保基金。本通知自发布之日起施行。", "本通知所附宣传画可以自行下载张贴。"),
    _reasons("不涉及", "本次只更正附件中的一处笔误，其余不变"),
    _reasons("无解读必要", "系对国家目录的原文公布，本市没有增加内容"),
    _reasons("该文件文字浅显，不用解读", "该文件只规定本办法停止执行的日期"),
    _reasons("分管领导已签批，不再解读", "按国家统一部署公布的名称变更，不涉及待遇"),
    _reasons("已通过微信群告知各单位", "已由省医疗保障局统一解读，本市原文转载"),
    _reasons("经法规科审核，可不解读", "只延长有效期一年，内容不变"),
    _reasons("属于例行文件", "仅修改了两处错别字"),
    _reasons("按惯例不解读", "临时措施，执行期只有五天"),
    _reasons("篇幅较短，一看就懂", "只涉及机构名称变更"),
    _progress("已完成前期工作", "已完成建设并启用"),
    _progress("正在有序推进，完成80%", "项目已通过验收"),
    _progress("招标中", "2025年6月20日建成投用", "二季度"),
    _progress("基本完成", "全部办结", "2025年6月30日前"),
    _progress("已成立工作专班，制定了方案", "窗口已建成", "2025年6月30日前"),
    _responses(
        "感谢您的关注，您反映的问题我们已转交有关科室研究处理。", "经了解，该药店未按规定刷卡，已暂停其服务协议。"
    ),
    _responses("有关部门已介入，我们将持续关注。", "涉事药店已被罚款2万元并停业整顿。"),
    _responses("您反映的情况已收悉，将尽快办理。", "已补发到账，共涉及3人2400元。"),
    _responses("市局已成立联合调查组，将依法依规严肃处理，绝不姑息。", "联合调查组认定，网传数据不实，系旧图拼接。"),
    _asks("关于《东川市异地就医管理办法》公开征集意见建议的公告", "东川市异地就医管理办法"),
    _asks(
        "东川市异地就医管理办法（征求意见稿）公开征求意见", "东川市医疗保障局关于印发《东川市异地就医管理办法》的通知"
    ),
    _asks("关于对东川市异地就医管理办法公开征求意见的公告", "东川市异地就医管理办法"),
    Pair(
        "A part of a notice on trial for three years is too long.",
        "V012",
        {
            "policies/a.md": policy(
                "关于印发《东川市家庭病床办法（试行）》的通知",
                _PARTS.format("东川市家庭病床办法（试行）"),
                **_LAWFUL,
                印发文件="[{id: b, title: 东川市家庭病床办法（试行）, expires_on: 2028-06-30}]",
            )
        },
        {
            "policies/a.md": policy(
                "关于印发《东川市家庭病床办法（试行）》的通知",
                _PARTS.format("东川市家庭病床办法（试行）"),
                **_LAWFUL,
                印发文件="[{id: b, title: 东川市家庭病床办法（试行）, expires_on: 2027-06-30}]",
            )
        },
        config=BUREAU,
    ),
    Pair(
        "A number of the city government is enough to want two forms.",
        "L005",
        {
            **_one("东川市医疗救助办法", **_LAWFUL, 文号="东政规〔2025〕5号", 发布机构="东川市人民政府"),
            "interpretations/i.md": interpretation(发布日期="2025-05-14"),
        },
        {
            **_one("东川市医疗救助办法", **_LAWFUL, 文号="东医保规〔2025〕5号"),
            "interpretations/i.md": interpretation(发布日期="2025-05-14"),
        },
        config=CITY.replace("东川市人民政府", "东川市医疗保障局"),
    ),
    Pair(
        "Reports in Markdown headings lack the chapter that is left out.",
        "A004",
        _yearly(("", "四", "五", _LAST)),
        _yearly((_FOURTH, "五", "六", _LAST)),
        config=BUREAU,
    ),
    Pair(
        "“None” is no word on fees and proposals.",
        "A005",
        _yearly((_FOURTH, "五", "六", "无其他需要报告的事项。")),
        _yearly((_FOURTH, "五", "六", _LAST)),
        config=BUREAU,
    ),
    Pair(
        "施行日期 that is brought forward is found; a text that grows is no fault.",
        "F021",
        _changed(_dated(), _dated(date_effective="2025-06-01")),
        _changed(_dated(), _dated(keywords="医保, 缴费")),
        config=BUREAU,
    ),
    Pair(
        "A day that changes together with its key is found; the key alone is no fault.",
        "F021",
        _changed(_dated(), _dated(date_published=None, 公开日期="2025-05-13")),
        _changed(_dated(), _dated(date_published=None, 公开日期="2025-05-14")),
        config=BUREAU,
    ),
    Pair(
        "An office guide by its title lacks materials, whatever its 文件类别.",
        "H017",
        {
            "notices/a.md": notice(
                "异地就医备案办事指南", "## 申请条件\n\n参保。\n\n## 办理流程\n\n网上办理。\n\n## 办理地点\n\n大厅。"
            )
        },
        {
            "notices/a.md": notice(
                "异地就医备案工作动态", "## 申请条件\n\n参保。\n\n## 办理流程\n\n网上办理。\n\n## 办理地点\n\n大厅。"
            )
        },
        config=BUREAU,
    ),
    Pair(
        "Rules by their title that are in force at once lack a reason, although they are interpreted.",
        "L019",
        _complete("本办法自2025年5月16日起施行。"),
        _complete("为及时救治，本办法自2025年5月16日起施行。"),
        config=BUREAU,
    ),
    Pair(
        "Rules by their title for ten years are in force for too long, although they are interpreted.",
        "L019",
        _complete("本办法自2025年7月1日起施行，有效期十年。"),
        _complete("本办法自2025年7月1日起施行，有效期五年。"),
        config=BUREAU,
    ),
]
