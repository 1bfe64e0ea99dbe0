"""Pairs of documents that leave out or turn round what duties depend on."""

from support.pairs import CITY, CONFIG, Pair, interpretation, notice, policy

_RULE = {"文件类别": "行政规范性文件", "文号": "清民规〔2025〕9号", "施行日期": "2025-07-01"}
_CITY_RULE = {"文件类别": "规范性文件", "文号": "滨政规〔2025〕2号"}
_EXEMPT = {"文件类别": "规范性文件", "应解读": "否"}
_OPEN = {"发布日期": "2025-03-03", "征集开始": "2025-03-03", "征集结束": "2025-04-20"}
_ASKS = "关于公开征求《清源县养老补贴办法（征求意见稿）》意见的公告"


def _alone(title: str, body: str = "第一条　略。", /, **fields: object) -> dict[str, str]:
    return {"policies/a.md": policy(title, body, **fields)}


def _asked(body: str = "现公开征求意见。", /, **fields: object) -> str:
    return notice(_ASKS, body, **{**_OPEN, **fields})


PAIRS = [
    Pair(
        "A number of 规范性文件 without 文件类别 must be interpreted; that of another notice need not.",
        "L002",
        _alone("关于规范社会组织收费行为的通知", 文号="清民规字〔2025〕4号"),
        _alone("关于开展社会组织年检的通知", 文号="清民发〔2025〕4号"),
    ),
    Pair(
        "The title of local rules counts without 文件类别; rules for the office itself do not.",
        "L019",
        _alone("清源县城区养犬管理暂行规定", 文号="none", 有效期至="2026-12-31"),
        _alone("清源县民政局机关考勤管理办法"),
    ),
    Pair(
        "A penalty in a 通告 counts; opening hours do not.",
        "L019",
        _alone("关于文明祭扫的通告", "一、违反本通告规定的，由县林业局处200元以上3000元以下罚款。"),
        _alone("关于公墓开放安排的通告", "一、公墓开放时间为7时至17时。"),
    ),
    Pair(
        "Ending an earlier text counts, whatever the word for it; forwarding a text that does so is no rule.",
        "L019",
        _alone(
            "关于提高孤儿生活标准的通知",
            "标准提高到1500元。原《关于孤儿生活标准的通知》（清民发〔2021〕8号）同时停止执行。",
        ),
        _alone("转发省民政厅关于提高孤儿生活标准的通知", "现转发给你们。原《关于孤儿生活标准的通知》同时停止执行。"),
    ),
    Pair(
        "Duties for the addressees of a notice count; an invitation to a meeting is no rule, whatever it forbids.",
        "L019",
        _alone(
            "关于规范殡葬服务的通知", "各殡葬服务机构：\n\n应当明码标价，不得强制搭售。本通知自2025年5月1日起施行。"
        ),
        _alone("关于召开殡葬服务会议的通知", "各殡葬服务机构：\n\n请于2025年5月1日参加会议，不得请假。"),
    ),
    Pair(
        "The end of an old scheme counts; that of an old list of members does not.",
        "L019",
        _alone(
            "关于调整低保标准的通知", "低保标准调整为720元。《关于调整低保标准的通知》（清民发〔2022〕9号）同时废止。"
        ),
        _alone("关于调整养老工作领导小组成员的通知", "原《关于成立养老工作领导小组的通知》同时废止。"),
    ),
    Pair(
        "Who agreed is no reason not to interpret; what the document is may be one.",
        "L016",
        _alone("清源县流浪救助办法", **_EXEMPT, 免解读理由="经局长办公会研究同意不解读"),
        _alone("清源县流浪救助办法", **_EXEMPT, 免解读理由="经局长办公会研究，只调整一个电话号码，没有新的规定"),
    ),
    Pair(
        "Lack of time is no reason not to interpret; the prolongation of a known text may be one.",
        "L016",
        _alone("清源县流浪救助办法", **_EXEMPT, 免解读理由="时间紧，来不及写"),
        _alone("清源县流浪救助办法", **_EXEMPT, 免解读理由="仅将原办法的有效期延长一年，未作其他调整"),
    ),
    Pair(
        "A city's document needs two forms without 发文层级 too; two forms in one interpretation are enough.",
        "L005",
        {"policies/a.md": policy("滨江市电梯管理办法", **_CITY_RULE), "interpretations/i.md": interpretation()},
        {
            "policies/a.md": policy("滨江市电梯管理办法", **_CITY_RULE),
            "interpretations/i.md": interpretation(解读形式="[文字解读, 图解]"),
        },
        config=CITY,
    ),
    Pair(
        "A budget without the day of approval is found; 印发日期 gives that day.",
        "F024",
        {"notices/a.md": notice("清源县民政局2025年“三公”经费预算公开", "接待费下降。")},
        {"notices/a.md": notice("清源县民政局2025年“三公”经费预算公开", "接待费下降。", 印发日期="2025-02-20")},
    ),
    Pair(
        "A response without 发现时间 is found; with it nothing is said.",
        "F025",
        {"responses/a.md": notice("关于津贴未到账的回应", "经核实，已补发到位。")},
        {"responses/a.md": notice("关于津贴未到账的回应", "经核实，已补发到位。", 发现时间="2025-03-04 09:00")},
    ),
    Pair(
        "On a site without consultations new rules miss theirs; the decision to repeal old ones needs none.",
        "D006",
        _alone("清源县养老补贴办法", **_RULE),
        _alone("关于废止部分行政规范性文件的决定", **_RULE),
    ),
    Pair(
        "Rules made on the last day of their consultation are made too early; the day after is not.",
        "D011",
        {
            "consultations/z.md": _asked(),
            **_alone("清源县养老补贴办法", **_RULE, 征求意见公告="z", 成文日期="2025-04-20", 发布日期="2025-04-28"),
        },
        {
            "consultations/z.md": _asked(),
            **_alone("清源县养老补贴办法", **_RULE, 征求意见公告="z", 成文日期="2025-04-21", 发布日期="2025-04-28"),
        },
    ),
    Pair(
        "A result written before the last day is too early; one written later is not.",
        "D012",
        {
            "consultations/z.md": _asked(征集结果="o"),
            "notices/o.md": notice("采纳情况", 发布日期="2025-05-11", 成文日期="2025-04-15"),
        },
        {
            "consultations/z.md": _asked(征集结果="o"),
            "notices/o.md": notice("采纳情况", 发布日期="2025-05-11", 成文日期="2025-05-10"),
        },
    ),
    Pair(
        "A draft without its grounds is found; a law named in 《》 is a ground, also late in the text.",
        "D008",
        {"consultations/z.md": _asked("## 起草说明\n\n" + "来信寄至办公室。" * 40, 意见反馈渠道="信函")},
        {
            "consultations/z.md": _asked(
                "## 起草说明\n\n" + "来信寄至办公室。" * 40 + "参考了《殡葬管理条例》。", 意见反馈渠道="信函"
            )
        },
    ),
    Pair(
        "Rules in force after ten days need a reason in the text; the end of the old rules is one.",
        "V013",
        _alone("清源县补贴办法", "本办法自2025年3月15日起施行。", **{**_RULE, "施行日期": "2025-03-15"}),
        _alone(
            "清源县补贴办法",
            "因原办法有效期届满，为避免发放中断，本办法自2025年3月15日起施行。",
            **{**_RULE, "施行日期": "2025-03-15"},
        ),
    ),
    Pair(
        "试行 for four years is too long; for two it is not.",
        "V012",
        _alone("清源县养老床位管理办法（试行）", **_RULE, 有效期至="2029-06-30"),
        _alone("清源县养老床位管理办法（试行）", **_RULE, 有效期至="2027-06-30"),
    ),
    Pair(
        "An interpretation by the local media alone is found; a reprint of the body's own one is its own.",
        "L017",
        {
            **_alone("清源县救助办法", **_RULE),
            "interpretations/i.md": interpretation(发布机构="清源县融媒体中心"),
        },
        {
            **_alone("清源县救助办法", **_RULE),
            "interpretations/i.md": interpretation(信息来源="转载", 来源名称="清源县民政局"),
        },
    ),
    Pair(
        "An interpretation in the middle of the holidays is not the same day; before them it is.",
        "L018",
        {
            **_alone("清源县救助办法", **_RULE, 成文日期="2025-04-29", 发布日期="2025-04-30"),
            "interpretations/i.md": interpretation(发布日期="2025-05-03"),
        },
        {
            **_alone("清源县救助办法", **_RULE, 成文日期="2025-04-24", 发布日期="2025-04-25"),
            "interpretations/i.md": interpretation(发布日期="2025-04-27"),
        },
    ),
    Pair(
        "Where the place moves a last day to the next workday, the day after that is late, that day is not.",
        "D001",
        _alone("关于节日慰问的通知", 文件类别="其他政策文件", 成文日期="2025-09-14", 发布日期="2025-10-10"),
        _alone("关于节日慰问的通知", 文件类别="其他政策文件", 成文日期="2025-09-14", 发布日期="2025-10-09"),
        settings="deadlines: {publish_max_days: 20, end_on_workday: true}\n",
    ),
    Pair(
        "Where the first day counts, fourteen days later is the fifteenth day.",
        "D002",
        {"consultations/z.md": _asked(征集结束="2025-03-16")},
        {"consultations/z.md": _asked(征集结束="2025-03-17")},
        settings="deadlines: {consult_min_days: 15, count_first_day: true}\n",
        config=CONFIG,
    ),
]
