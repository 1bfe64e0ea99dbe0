"""Pairs about fields that were left out, or that say something else than the document: as other bodies write them."""

from support.pairs import Pair, document, notice, policy

_SITE = """\
site:
  title: 信息公开专栏
  agency: {}
  base_url: https://www.dongchuan.example.gov.cn/xxgk/
"""
BUREAU = _SITE.format("东川市医疗保障局")
CITY = _SITE.format("东川市人民政府")
_DAYS = {"成文日期": "2025-05-12", "发布日期": "2025-05-14"}
_OTHER = {**_DAYS, "文件类别": "其他政策文件"}
_OLD = {"成文日期": "2020-05-12", "发布日期": "2020-05-14", "文件类别": "其他政策文件"}
_CONSULTED = "关于《东川市长期护理保险实施细则》公开征求意见的公告"
_RULES = "东川市长期护理保险实施细则"


def _one(title: str, body: str = "第一条　略。", /, **fields: object) -> dict[str, str]:
    return {"policies/a.md": policy(title, body, **{**_DAYS, **fields})}


def _english(**fields: object) -> str:
    usual = {"title": "关于定点药店购药排队的回应", "disclosure": "proactive", "date_published": "2025-05-14 10:00"}
    return document("经核实，系统故障已经排除，购药恢复正常。", **{**usual, **fields})


def _account(title: str, **fields: object) -> dict[str, str]:
    return {"notices/a.md": notice(title, "收入 1203 万元，支出 1198 万元。", **{"发布日期": "2025-09-20", **fields})}


def _asked(**fields: object) -> str:
    days = {"发布日期": "2025-03-03", "征集开始": "2025-03-03", "征集结束": "2025-04-10"}
    return notice(_CONSULTED, "现公开征求意见。", **{**days, **fields})


def _silent(title: str, fault: str, twin: str, sentence: str) -> Pair:
    """Return a pair of two texts under one title that only differ in what makes rules of the one."""
    return Pair(sentence, "L019", _one(title, fault), _one(title, twin), config=BUREAU)


PAIRS = [
    Pair(
        "A number in square brackets that ends in 规 makes a 规范性文件; 函 does not.",
        "L002",
        _one("关于调整门诊统筹待遇的通知", 文号="东医保规[2025]3号"),
        _one("关于调整门诊统筹待遇的通知", 文号="东医保函[2025]3号"),
        config=BUREAU,
    ),
    Pair(
        "Rules of several bureaus are known by the number of the first.",
        "L002",
        _one("关于完善生育津贴发放的通知", 文号="东医保联规〔2025〕1号", 发布机构="[东川市医疗保障局, 东川市财政局]"),
        _one("关于完善生育津贴发放的通知", 文号="东医保联〔2025〕1号", 发布机构="[东川市医疗保障局, 东川市财政局]"),
        config=BUREAU,
    ),
    Pair(
        "实施意见 that a notice issues count; a plan of work that it issues does not.",
        "L019",
        _one("东川市医疗保障局 东川市财政局关于印发《东川市困难群众医疗救助实施意见》的通知"),
        _one("东川市医疗保障局关于印发《东川市医疗保障局2025年工作计划》的通知"),
        config=BUREAU,
    ),
    Pair(
        "细则 without book title marks count; an explanation of them in a notice does not.",
        "L019",
        _one("关于印发东川市门诊慢特病管理实施细则（修订）的通知"),
        _one("关于做好门诊慢特病管理实施细则宣传培训的通知"),
        config=BUREAU,
    ),
    Pair(
        "规程 count until 文件类别 says otherwise.",
        "L019",
        _one("东川市定点医药机构协议管理规程"),
        _one("东川市定点医药机构协议管理规程", 文件类别="其他政策文件"),
        config=BUREAU,
    ),
    _silent(
        "关于调整职工医保单位缴费比例的通知",
        "缴费比例调整为8%。东医保发〔2019〕12号文件自本通知印发之日起不再执行。",
        "缴费比例调整为8%。东医保发〔2019〕12号文件继续执行。",
        "不再执行 ends an earlier document; 继续执行 does not.",
    ),
    _silent(
        "关于完善异地就医结算的通知",
        "结算比例提高5个百分点。此前规定与本通知不一致的，以本通知为准。",
        "结算比例提高5个百分点。本局解释结算口径时，以备案表为准。",
        "A text that goes before all earlier provisions changes them.",
    ),
    _silent(
        "关于加强医用耗材采购监督的通告",
        "投标人串通报价的，三年内不得参加采购，并处五千元以上二万元以下罚款。",
        "去年共查处串通报价案件2件，罚款三万元，有关情况通报如下。",
        "A fine to come is a rule; a report on fines of last year is none.",
    ),
    Pair(
        "A 规 number with another 文件类别 is found; with the type of rules it is not.",
        "F023",
        _one("关于调整待遇的通知", 文号="东医保规〔2025〕8号", 文件类别="其他政策文件"),
        _one("关于调整待遇的通知", 文号="东医保规〔2025〕8号", 文件类别="行政规范性文件"),
        config=BUREAU,
    ),
    Pair(
        "A document of the office of the city government needs two forms, whoever's site it is.",
        "L005",
        {
            **_one("东川市医疗救助办法", 文号="东政办规〔2025〕4号", 发布机构="东川市人民政府办公室"),
            "interpretations/i.md": notice("解读", "略。", 解读对象="a", 解读形式="图解", 发布日期="2025-05-14"),
        },
        {
            **_one("东川市医疗救助办法", 文号="东政办规〔2025〕4号", 发布机构="东川市人民政府办公室"),
            "interpretations/i.md": notice("解读", "略。", 解读对象="a", 解读形式="图解", 发布日期="2025-05-14"),
            "interpretations/j.md": notice("访谈", "略。", 解读对象="a", 解读形式="文字解读", 发布日期="2025-05-14"),
        },
        config=CITY,
    ),
    Pair(
        "A final account under its everyday title needs the day of approval.",
        "F024",
        _account("2024年度东川市医疗保障局部门决算公开说明"),
        _account("2024年度东川市医疗保障局部门决算公开说明", 成文日期="2025-09-05"),
        config=BUREAU,
    ),
    Pair(
        "A table in the column of budgets needs the day of approval, whatever its title.",
        "F024",
        _account("收支预算总表", 发布栏目="财政预决算"),
        _account("收支预算总表", 发布栏目="财政预决算", 成文日期="2025-09-05"),
        config=BUREAU,
    ),
    Pair(
        "A response in English keys lacks event_at; with it nothing is said.",
        "F025",
        {"responses/a.md": _english(responded_at="2025-05-14 10:00")},
        {"responses/a.md": _english(responded_at="2025-05-14 10:00", event_at="2025-05-13 10:00")},
        config=BUREAU,
    ),
    Pair(
        "A response five hours and ten minutes after a major event is late; five hours after, it is not.",
        "D004",
        {
            "responses/a.md": _english(
                event_at="2025-05-14 08:00", responded_at="2025-05-14 13:10", event_level="major"
            ).replace("2025-05-14 10:00", "2025-05-14 13:10")
        },
        {
            "responses/a.md": _english(
                event_at="2025-05-14 08:00", responded_at="2025-05-14 13:00", event_level="major"
            ).replace("2025-05-14 10:00", "2025-05-14 13:00")
        },
        config=BUREAU,
    ),
    Pair(
        "Rules without 文件类别 that nobody was asked about are found; with 征求意见公告 they are not.",
        "D006",
        _one(_RULES, 文号="东医保规〔2025〕2号"),
        {"consultations/z.md": _asked(), **_one(_RULES, 文号="东医保规〔2025〕2号", 征求意见公告="z")},
        config=BUREAU,
    ),
    Pair(
        "“Easy to understand” is no reason not to interpret; the mere prolongation is one.",
        "L016",
        _one(_RULES, 文件类别="规范性文件", 应解读="否", 免解读理由="文件内容简单明了，群众都能看懂"),
        _one(_RULES, 文件类别="规范性文件", 应解读="否", 免解读理由="原文重新公布，只改了机构名称，内容没有变化"),
        config=BUREAU,
    ),
    Pair(
        "That a meeting has heard it is no reason not to interpret; that another interpretation covers it is one.",
        "L016",
        _one(_RULES, 文件类别="规范性文件", 应解读="否", 免解读理由="已在全市医保工作会议上传达学习"),
        _one(
            _RULES,
            文件类别="规范性文件",
            应解读="否",
            免解读理由="与《东川市医疗救助办法》一并解读，见该办法的解读材料",
        ),
        config=BUREAU,
    ),
    Pair(
        "A term that the text alone states may not stay open; with 有效期至 it does not.",
        "T002",
        _one(_RULES, "第十条　本细则自2025年6月20日起施行，有效期三年。", 文件类别="规范性文件", 施行日期="2025-06-20"),
        _one(
            _RULES,
            "第十条　本细则自2025年6月20日起施行，有效期三年。",
            文件类别="规范性文件",
            施行日期="2025-06-20",
            有效期至="2028-06-19",
        ),
        config=BUREAU,
    ),
    Pair(
        "An old number that the text ends must be in 废止, where the site has it.",
        "T001",
        {
            **_one("关于规范药品采购的通知", "东医保发〔2020〕6号同时废止。", **_OTHER),
            "policies/old.md": policy("关于药品采购的通知", 文号="东医保发〔2020〕6号", **_OLD),
        },
        {
            **_one("关于规范药品采购的通知", "东医保发〔2020〕6号同时废止。", **_OTHER, 废止="东医保发〔2020〕6号"),
            "policies/old.md": policy("关于药品采购的通知", 文号="东医保发〔2020〕6号", **_OLD),
        },
        config=BUREAU,
    ),
    Pair(
        "The day under the signature goes against 成文日期; where they agree nothing is said.",
        "T005",
        _one("关于做好参保登记的通知", "各有关单位：\n\n请认真执行。\n\n东川市医疗保障局\n\n2025年4月2日", **_OTHER),
        _one("关于做好参保登记的通知", "各有关单位：\n\n请认真执行。\n\n东川市医疗保障局\n\n2025年5月12日", **_OTHER),
        config=BUREAU,
    ),
]
