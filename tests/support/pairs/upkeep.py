"""Pairs about the duties of a whole site: reports, guides, catalogues, duplicates, clean-ups, responses."""

from support.pairs import Files, Pair, notice, policy
from support.pairs.evasions import BUREAU, CITY

_GUIDE = """\
本机关政府信息分为机构职能、政策文件、业务信息三类，按类别、年度编排，索引号由机构代码、年份、流水号组成。

可以在本网站查询，也可以到市档案馆查阅、向本机关申请获取。

**受理机构**：东川市医疗保障局办公室；**地址**：东川市人民路6号

**办公时间**：工作日8:30—12:00、14:00—17:30；**电话**：0777-5123400

{}

**电子邮箱**：ybj@dongchuan.example.gov.cn
"""
_SERVICE = (
    "设定依据",
    "申请条件",
    "申请材料",
    "办理流程",
    "办理时限",
    "收费标准",
    "审批决定证件",
    "年检要求",
    "注意事项",
    "咨询电话",
    "投诉渠道",
)
_HEADS = "事项名称,内容,依据,时限,主体,方式,流程"
_AREA_HEADS = "试点领域,事项名称,内容（要素）,依据,时限,主体,方式,渠道和载体,更新频次,联络人"
_PARAGRAPH = (
    "今年第一批医疗救助资金已经分配到各乡镇，共计三百二十万元，其中城关镇一百二十万元，"
    "河东乡八十六万元，其余按人数分配，请各乡镇及时发放到位。"
)
_SHORT = "名单见附件1，欢迎监督。"
_CHAPTERS = """\
一、总体情况

正常。

二、主动公开政府信息情况

{}

三、收到和处理政府信息公开申请情况

{}

四、政府信息公开行政复议、行政诉讼情况

没有。

五、存在的主要问题及改进情况

正常。

六、其他需要报告的事项

没有收取信息处理费。办理人大代表建议 3 件，答复全文公开。
"""
_STOCK = """\
| 第二十条第（一）项 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
|---|---|---|---|
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | {} | 0 | {} |
"""
_NORMATIVE = {"文件类别": "规范性文件", "成文日期": "2022-03-03", "发布日期": "2022-03-04", "施行日期": "2022-05-01"}
_STAGE = {"文件类别": "其他政策文件"}


def _guide(fax: str, **fields: object) -> Files:
    return {"pages/guide.md": notice("政府信息公开指南", _GUIDE.format(fax), **{"发布日期": "2026-03-02", **fields})}


def _service(parts: tuple[str, ...]) -> Files:
    rows = "\n".join(f"| {part} | 按规定 |" for part in parts)
    return {"notices/a.md": notice("异地就医备案办事指南", f"| 项目 | 内容 |\n|---|---|\n{rows}", 文件类别="办事指南")}


def _catalogue(heads: str, row: str) -> Files:
    return {"^目录.csv": f"{heads}\n{row}\n", "notices/a.md": notice("公告")}


def _report(title: str, /, *, made: int = 0, valid: int = 0, third: str = "没有。", **fields: object) -> Files:
    body = _CHAPTERS.format(_STOCK.format(made, valid), third)
    return {"reports/a.md": notice(title, body, **{"发布日期": "2026-01-20", **fields})}


def _year(year: int, day: str) -> str:
    title = f"东川市医疗保障局{year}年政府信息公开工作年度报告"
    return notice(title, _CHAPTERS.format("正常。", "没有。"), 发布日期=day)


def _two(first: str, second: str, body: str = _PARAGRAPH, other: str = "", /, **fields: object) -> Files:
    return {
        "notices/a.md": notice(first, body),
        "notices/b.md": notice(second, other or body, **{"发布日期": "2025-03-12", **fields}),
    }


def _response(body: str, **later: str) -> Files:
    head = {"发布日期": "2026-03-05 09:00", "发现时间": "2026-03-04 10:00"}
    return {"responses/a.md": notice("关于购药排队的回应", body, **head), **later}


_FOLLOW_UP = notice(
    "关于购药排队的再次回应",
    "经查，两家药店系统故障已经修复。",
    发现时间="2026-03-04 10:00",
    发布日期="2026-03-20 09:00",
    前次回应="a",
)

PAIRS = [
    Pair(
        "A government reports until 31 March.",
        "A002",
        _report("东川市人民政府2025年政府信息公开工作年度报告", 发布日期="2026-04-01"),
        _report("东川市人民政府2025年政府信息公开工作年度报告", 发布日期="2026-03-31"),
        config=CITY,
    ),
    Pair(
        "A year between two reports may not be without one.",
        "A003",
        {"reports/a.md": _year(2023, "2024-01-20"), "reports/b.md": _year(2025, "2026-01-20")},
        {
            "reports/a.md": _year(2023, "2024-01-20"),
            "reports/b.md": _year(2025, "2026-01-20"),
            "reports/c.md": _year(2024, "2025-01-21"),
        },
        config=BUREAU,
    ),
    Pair(
        "The report of a site that goes on until March without the last year's is overdue.",
        "A002",
        {"reports/a.md": _year(2024, "2025-01-20")},
        {"reports/a.md": _year(2024, "2025-01-20"), "reports/b.md": _year(2025, "2026-01-31")},
        config=BUREAU,
        as_of="2026-03-10",
    ),
    Pair(
        "Table two says how many rules were made in the year: as many as the site has.",
        "A006",
        {
            **_report("东川市医疗保障局2025年政府信息公开工作年度报告", made=3, valid=3),
            "policies/p.md": policy(
                "东川市救助办法", **{**_NORMATIVE, "成文日期": "2025-03-03", "发布日期": "2025-03-04"}
            ),
        },
        {
            **_report("东川市医疗保障局2025年政府信息公开工作年度报告", made=1, valid=1),
            "policies/p.md": policy(
                "东川市救助办法", **{**_NORMATIVE, "成文日期": "2025-03-03", "发布日期": "2025-03-04"}
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "A guide without a fax number lacks an element; one that says that there is none does not.",
        "H015",
        _guide(""),
        _guide("**传真**：无"),
        config=BUREAU,
    ),
    Pair(
        "A guide of two years ago is old; with the day of its revision in the text it is not.",
        "H016",
        _guide("**传真**：0777-5123401", 发布日期="2024-09-02"),
        _guide("**传真**：0777-5123401\n\n（2026年8月修订，更新于2026年8月12日）", 发布日期="2024-09-02"),
        config=BUREAU,
    ),
    Pair(
        "A service guide in a table lacks the row that it lacks.",
        "H017",
        _service(_SERVICE[:2] + _SERVICE[3:]),
        _service(_SERVICE),
        config=BUREAU,
    ),
    Pair(
        "A catalogue with the plain headings of a county is complete; with an empty cell it is not.",
        "C007",
        _catalogue(_HEADS, "医疗救助,标准、名单,社会救助暂行办法,,东川市医疗保障局,主动公开,审核后发布"),
        _catalogue(_HEADS, "医疗救助,标准、名单,社会救助暂行办法,20个工作日,东川市医疗保障局,主动公开,审核后发布"),
        settings="catalogue: 目录.csv\n",
        config=BUREAU,
    ),
    Pair(
        "A plan of key areas names for every item whom to ask.",
        "C008",
        _catalogue(_AREA_HEADS, "医疗卫生,救助,名单,办法,20个工作日,东川市医疗保障局,主动公开,网站,每季度,"),
        _catalogue(
            _AREA_HEADS, "医疗卫生,救助,名单,办法,20个工作日,东川市医疗保障局,主动公开,网站,每季度,办公室 5123400"
        ),
        settings="catalogue: 目录.csv\n",
        config=BUREAU,
    ),
    Pair(
        "A pilot area is one of the national ones.",
        "C009",
        _catalogue(_AREA_HEADS, "医保和民政,救助,名单,办法,20个工作日,东川市医疗保障局,主动公开,网站,每季度,办公室"),
        _catalogue(_AREA_HEADS, "社会救助领域,救助,名单,办法,20个工作日,东川市医疗保障局,主动公开,网站,每季度,办公室"),
        settings="catalogue: 目录.csv\n",
        config=BUREAU,
    ),
    Pair(
        "A reprint names where it is from.",
        "H018",
        {"notices/a.md": notice("国家医保局有关负责人答记者问", 信息来源="转载")},
        {"notices/a.md": notice("国家医保局有关负责人答记者问", 信息来源="转载", 来源名称="国家医疗保障局网站")},
        config=BUREAU,
    ),
    Pair(
        "A 请示 is no paper for the public; the 批复 to it is.",
        "H019",
        {"policies/a.md": policy("东川市医疗保障局关于追加医疗救助资金的请示", **_STAGE)},
        {"policies/a.md": policy("东川市财政局关于追加医疗救助资金的批复", **_STAGE)},
        config=BUREAU,
    ),
    Pair(
        "The minutes of the party group are internal; those of a hearing are not.",
        "H019",
        {"notices/a.md": notice("局党组会议纪要（第6期）", "会议研究了干部事项。")},
        {"notices/a.md": notice("医疗服务价格听证会纪要", "会议听取了代表意见。")},
        config=BUREAU,
    ),
    Pair(
        "Two titles on one text: one of them is wrong.",
        "H021",
        _two("第一批救助资金分配公告", "第二批救助资金分配公告"),
        _two(
            "第一批救助资金分配公告",
            "第二批救助资金分配公告",
            _PARAGRAPH,
            _PARAGRAPH.replace("第一批", "第二批").replace("三百二十", "四百一十"),
        ),
        config=BUREAU,
    ),
    Pair(
        "The same notice in two columns is one too many; with another year in text and title it is another.",
        "H020",
        _two("救助资金分配公告", "救助资金分配公告", 发布栏目="统计信息"),
        _two("救助资金分配公告", "救助资金分配公告（2024年）", _PARAGRAPH, _PARAGRAPH.replace("今年", "2024年")),
        config=BUREAU,
    ),
    Pair(
        "“The list is in the annex” is no text; a list is one.",
        "H022",
        {
            "^content/notices/f.csv": "姓名\n王某\n",
            "notices/a.md": notice("救助名单公示", _SHORT, 附件="[{title: 名单, file: f.csv}]"),
        },
        {
            "^content/notices/f.csv": "姓名\n王某\n",
            "notices/a.md": notice(
                "救助名单公示",
                f"经审核，城关镇等6个乡镇共86户符合条件，公示期5个工作日，监督电话0777-5123400。{_SHORT}",
                附件="[{title: 名单, file: f.csv}]",
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "Rules of which the last clean-up was four years ago are due for one.",
        "H023",
        {
            "policies/p.md": policy("东川市救助办法", **_NORMATIVE),
            "policies/q.md": policy(
                "关于公布规范性文件清理结果的公告",
                文件类别="其他政策文件",
                清理结果="{继续有效: [p]}",
                成文日期="2022-07-01",
                发布日期="2022-07-02",
            ),
        },
        {
            "policies/p.md": policy("东川市救助办法", **_NORMATIVE),
            "policies/q.md": policy(
                "关于公布规范性文件清理结果的公告",
                文件类别="其他政策文件",
                清理结果="{继续有效: [p]}",
                成文日期="2026-07-01",
                发布日期="2026-07-02",
            ),
        },
        config=BUREAU,
    ),
    Pair(
        "A response that promises a result needs the result later.",
        "H024",
        _response("我局高度重视，已派工作组赴现场核查，核查情况将及时向社会通报。"),
        _response("我局高度重视，已派工作组赴现场核查，核查情况将及时向社会通报。", **{"responses/b.md": _FOLLOW_UP}),
        config=BUREAU,
    ),
]
