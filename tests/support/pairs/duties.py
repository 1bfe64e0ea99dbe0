"""Pairs about the duties of a whole site, and about its kinds of information."""

from support.pairs import Files, Pair, notice, policy

_CHAPTERS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
)
_LAST = "六、其他需要报告的事项\n\n全年未收取信息处理费。承办人大建议3件、政协提案2件，复文均已公开。"
_POSTED = "现将有关情况公告如下，如有疑问请到乡镇民政办查询，或者拨打咨询电话。特此公告，请相互转告。"
_CSV = {"notices/f.csv": "项目,数\n合计,3\n", "notices/z.md": notice("停水")}
_FILE = "[{title: 表, file: f.csv}]"
_CATALOGUE = (
    "序号,一级事项,二级事项,公开内容,公开依据,公开时限,公开主体,公开方式,公开流程\n"
    "1,社会救助,临时救助,标准,办法,20个工作日,救助股,主动公开,发布\n"
)
_PLAN = {"文件类别": "双随机", "环节": "计划", "计划年度": 2026}
_RESULT = {"文件类别": "双随机", "环节": "结果", "计划年度": 2026, "发布日期": "2026-11-05", "前一环节": "a"}
_PLAN_TEXT = "一、抽查依据。养老机构管理办法。\n\n二、抽查主体。养老股。\n\n三、抽查内容。收费公示。"
_JOB = {"文件类别": "招考", "环节": "招聘公告", "招录人数": 3}
_LAW = {"文件类别": "执法公示", "环节": "事前公示"}
_ASKED = {"文件类别": "问答", "来信渠道": "局长信箱", "收到日期": "2025-03-03", "答复日期": "2025-03-05"}
_DONE = {"文件类别": "任务分工", "落实文件": "p"}
_TASKS = (
    "| 任务 | 牵头单位 | 完成时限 | 进展情况 |\n|---|---|---|---|\n| 建成社区食堂 | 养老股 | 2026年6月底前 | {} |\n"
)
_STAGES = {
    f"notices/s{number}.md": notice(f"公告{number}", f"第{number}份公告。", 五公开=stage)
    for number, stage in enumerate(("决策", "执行", "管理", "服务", "结果"))
}
_REGISTER = "登记编号,收到日期,申请人类型,延期日期,征求意见工作日,答复日期,处理结果\n"


def _report(chapters: tuple[str, ...], last: str = _LAST, **fields: object) -> Files:
    numbered = "\n\n".join(f"{'一二三四五'[_CHAPTERS.index(name)]}、{name}\n\n正常。" for name in chapters)
    title = "清源县民政局2024年政府信息公开工作年度报告"
    return {"reports/a.md": notice(title, f"{numbered}\n\n{last}", **{"发布日期": "2025-01-20", **fields})}


def _one(title: str, body: str, /, **fields: object) -> Files:
    return {"notices/a.md": notice(title, body, **fields)}


def _request(row: str) -> Files:
    return {"^依申请公开台账.csv": f"{_REGISTER}{row}\n", "notices/a.md": notice("停水")}


def _answer(body: str) -> Files:
    return {"responses/a.md": notice("回应", body, 发现时间="2025-03-04 10:00", 发布日期="2025-03-05 09:00")}


def _task(progress: str) -> Files:
    return {
        "policies/p.md": policy("关于做好养老服务的通知", 文件类别="其他政策文件"),
        "notices/a.md": notice("执行情况", _TASKS.format(progress), **_DONE),
    }


def _progress(late: str, done: str) -> Pair:
    sentence = f"A task with “{late or 'nothing'}” after its last day is late; “{done}” says that it is done."
    return Pair(sentence, "K009", _task(late), _task(done))


PAIRS = [
    Pair(
        "A report of 1 February is late, of the last evening of January not.",
        "A002",
        _report(_CHAPTERS, 发布日期="2025-02-01"),
        _report(_CHAPTERS, 发布日期="2025-01-31 23:30"),
        as_of="2025-05-05",
    ),
    Pair(
        "A report whose chapters are numbered lines lacks the one that is left out.",
        "A004",
        _report(_CHAPTERS[:3] + _CHAPTERS[4:]),
        _report(_CHAPTERS),
        as_of="2025-05-05",
    ),
    Pair(
        "A report without a word on proposals is found; 复文 of 人大建议 are such words.",
        "A005",
        _report(_CHAPTERS, _LAST.partition("承办")[0]),
        _report(_CHAPTERS),
        as_of="2025-05-05",
    ),
    Pair(
        "The same short notice twice in a week is found; two quarters of one series are no fault.",
        "H020",
        {
            "notices/a.md": notice("津贴发放公告", _POSTED),
            "notices/b.md": notice("津贴发放公告", _POSTED, 发布日期="2025-03-08"),
        },
        {
            "notices/a.md": notice("津贴发放公告", _POSTED),
            "notices/b.md": notice("津贴发放公告", _POSTED, 发布日期="2025-06-08"),
        },
    ),
    Pair(
        "A request to download the file is no text; a result with 详见附件 behind it is.",
        "H022",
        {**_CSV, **_one("统计", "具体内容请点击下载附件查看。", 附件=_FILE)},
        {**_CSV, **_one("统计", "全县养老机构12家，床位1203张。具体内容请点击下载附件查看。", 附件=_FILE)},
    ),
    Pair(
        "各有关单位 that shall download everything get no text; with one figure they do.",
        "H022",
        {**_CSV, **_one("统计", "请各有关单位下载附件查看全文。", 附件=_FILE)},
        {**_CSV, **_one("统计", "标准提高到760元，请各有关单位下载附件查看全文。", 附件=_FILE)},
    ),
    Pair(
        "A response that only announces is unfinished; one with its finding is not.",
        "H024",
        _answer("已责成养老服务股调查核实，有关情况将第一时间向社会公布。"),
        _answer("经核实，确有超范围收费，已责令退还。"),
    ),
    Pair(
        "信息分类 may be the 二级事项 of the catalogue, not a name that it does not have.",
        "C005",
        {"^目录.csv": _CATALOGUE, **_one("公告", "略。", 信息分类="临时救济")},
        {"^目录.csv": _CATALOGUE, **_one("公告", "略。", 信息分类="临时救助")},
        settings="catalogue: 目录.csv\n",
    ),
    Pair(
        "An extension that was decided late extends nothing; one in time does.",
        "Q011",
        _request("2025-1,2025-03-03,自然人,2025-04-07,,2025-04-25,部分公开"),
        _request("2025-1,2025-03-03,自然人,2025-03-28,,2025-04-25,部分公开"),
    ),
    Pair(
        "Three days of asking a third party do not cover a late answer, ten do.",
        "Q010",
        _request("2025-1,2025-03-03,商业企业,,3,2025-04-15,部分公开"),
        _request("2025-1,2025-03-03,商业企业,,10,2025-04-15,部分公开"),
    ),
    Pair(
        "An outcome of the register must be one of table three, in any of its usual words.",
        "Q012",
        _request("2025-1,2025-03-03,自然人,,,2025-03-10,已处理"),
        _request("2025-1,2025-03-03,自然人,,,2025-03-10,本机关不掌握"),
    ),
    Pair(
        "A plan in numbered paragraphs lacks its 方式, although its title says 抽查; with 抽查方式 it is complete.",
        "K004",
        _one("双随机抽查计划", _PLAN_TEXT, **_PLAN),
        _one("双随机抽查计划", f"{_PLAN_TEXT}\n\n四、抽查方式。实地检查。", **_PLAN),
    ),
    Pair(
        "A result that is told in sentences needs no headings; one without what was done is incomplete.",
        "K004",
        {
            **_one("抽查计划", f"{_PLAN_TEXT}\n\n四、抽查方式。实地检查。", **_PLAN),
            "notices/b.md": notice("抽查情况", "共检查8家。", **_RESULT),
        },
        {
            **_one("抽查计划", f"{_PLAN_TEXT}\n\n四、抽查方式。实地检查。", **_PLAN),
            "notices/b.md": notice("抽查结果", "共检查8家，6家未发现问题，2家已责令整改。", **_RESULT),
        },
    ),
    Pair(
        "Duties and ways of complaint may stand in numbered lines; they may not be left out.",
        "K005",
        _one("事前公示", "（一）执法主体：县民政局\n\n（二）执法依据：慈善法", **_LAW),
        _one(
            "事前公示",
            "（一）执法主体：县民政局\n\n（二）执法依据：慈善法\n\n（三）执法程序：立案、调查\n\n（四）投诉举报：0777-6123400",
            **_LAW,
        ),
    ),
    Pair(
        "A job in one sentence lacks conditions and steps; numbered lines name them.",
        "K006",
        _one("招聘公告", "拟招聘护理员3名，请于3月20日前联系。", **_JOB),
        _one("招聘公告", "一、招聘岗位：护理员3名。\n\n二、应聘条件：中专以上。\n\n三、招聘程序：报名、面试。", **_JOB),
    ),
    Pair(
        "An answer alone is no question and answer; 问： and 答： are.",
        "K010",
        _one("高龄津贴", "到户籍地乡镇申请。", **_ASKED),
        _one("高龄津贴", "问：怎么申领？\n\n答：到户籍地乡镇申请。", **_ASKED),
    ),
    Pair(
        "A table with 牵头单位 names who is responsible; without it, and without 责任单位, nobody is.",
        "K008",
        {**_task("已完成"), "notices/a.md": notice("落实工作", "到六月底前，进展顺利。", **_DONE)},
        _task("已完成"),
    ),
    _progress("", "圆满完成，超额完成年度计划"),
    _progress("推进中", "6家已全部投入使用"),
    _progress("已启动招标，计划9月完工", "已竣工验收，未发现安全隐患"),
    _progress("力争年底前完成", "《办法》已于6月20日印发"),
    Pair(
        "A site that uses 五公开 finds the document without it.",
        "O001",
        {**_STAGES, "notices/a.md": notice("年检公告", "请按时年检。")},
        {**_STAGES, "notices/a.md": notice("年检公告", "请按时年检。", 五公开="[管理公开, 服务公开]")},
    ),
]
