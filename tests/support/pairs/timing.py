"""Pairs about what comes before what, and about days: consultations, terms, interpretations, histories."""

from support.pairs import Commits, Files, Pair, interpretation, notice, policy
from support.pairs.evasions import BUREAU, CITY

_RULES = "东川市医疗救助实施办法"
_NORMATIVE = {"文件类别": "规范性文件", "成文日期": "2025-05-12", "发布日期": "2025-05-14", "施行日期": "2025-07-01"}
_DRAFT = "关于公开征求《东川市医疗救助实施办法（草案）》意见的通知"
_REASON = "为及时救助汛期受灾群众，本办法自公布之日起施行。"


def _asked(**fields: object) -> str:
    days = {"发布日期": "2025-03-03", "征集开始": "2025-03-03", "征集结束": "2025-04-10"}
    return notice(_DRAFT, "现将草案全文公布，征求意见。", **{**days, **fields})


def _rules(title: str = _RULES, body: str = "第一条　略。", /, **fields: object) -> str:
    return policy(title, body, **{**_NORMATIVE, **fields})


def _made(day: str, /, **fields: object) -> Files:
    return {"policies/a.md": _rules(成文日期=day, 发布日期="2025-05-14", **fields)}


def _explained(day: str, policy_day: str = "2025-05-14", /, **fields: object) -> Files:
    return {
        "policies/a.md": _rules(成文日期=policy_day, 发布日期=policy_day),
        "interpretations/i.md": interpretation(发布日期=day, **fields),
    }


def _posted(**fields: object) -> str:
    usual = {"发布日期": "2025-03-20 08:30", "成文日期": "2025-03-18", "文号": "none", "文件类别": "其他政策文件"}
    return notice(
        "2025年医疗救助资金分配公告",
        "现将分配情况公告如下：城关镇 120 万元，河东乡 86 万元，其余各镇见附表，有异议的请反映。",
        **{**usual, **fields},
    )


_BEGIN = (
    "2024-01-08 09:00",
    {f"notices/b{i}.md": notice(f"旧公告{i}", f"旧公告{i}", 历史迁移="是", 发布日期="2024-01-05") for i in range(12)},
)


def _then(*later: tuple[str, Files]) -> Commits:
    return [_BEGIN, ("2025-03-20 09:00", {"notices/a.md": _posted()}), *later]


PAIRS = [
    Pair(
        "A minute that moves to another day is a moved day; a minute that is added is none.",
        "F021",
        _then(("2025-04-20 10:00", {"notices/a.md": _posted(发布日期="2025-03-17 08:30")})),
        _then(("2025-04-20 10:00", {"notices/a.md": _posted(发布日期="2025-03-20 09:00")})),
        config=BUREAU,
    ),
    Pair(
        "A day that is taken away after publication has changed too; another field that is taken away has not.",
        "F021",
        _then(("2025-04-20 10:00", {"notices/a.md": _posted(成文日期=None)})),
        _then(("2025-04-20 10:00", {"notices/a.md": _posted(文号=None)})),
        config=BUREAU,
    ),
    Pair(
        "A correction of something else does not cover a moved day; one that names it does.",
        "F021",
        _then(
            (
                "2025-04-20 10:00",
                {"notices/a.md": _posted(成文日期="2025-03-01", 更正说明="[{date: 2025-04-20, note: 更正了联系电话}]")},
            )
        ),
        _then(
            (
                "2025-04-20 10:00",
                {
                    "notices/a.md": _posted(
                        成文日期="2025-03-01",
                        更正说明="[{date: 2025-04-20, note: 成文日期由2025年3月18日更正为2025年3月1日}]",
                    )
                },
            )
        ),
        config=BUREAU,
    ),
    Pair(
        "migrated on a notice of this year is found, on one of the years before the site it is not.",
        "F022",
        [_BEGIN, ("2025-06-02 10:00", {"notices/a.md": _posted(历史迁移="true")})],
        [
            _BEGIN,
            (
                "2025-06-02 10:00",
                {"notices/a.md": _posted(历史迁移="true", 发布日期="2023-03-20", 成文日期="2023-03-18")},
            ),
        ],
        config=BUREAU,
    ),
    Pair(
        "A document that goes before its first commit by a month is backdated; on the day itself it is not.",
        "S005",
        [_BEGIN, ("2025-04-25 10:00", {"notices/a.md": _posted()})],
        [_BEGIN, ("2025-03-20 10:00", {"notices/a.md": _posted()})],
        config=BUREAU,
    ),
    Pair(
        "A notice of a great decision that appears in the middle of its thirty days leaves too few.",
        "D009",
        {"consultations/z.md": _asked(重大事项="是", 发布日期="2025-03-24")},
        {"consultations/z.md": _asked(重大事项="是", 发布日期="2025-03-03 17:30")},
        config=BUREAU,
    ),
    Pair(
        "A notice that appears after its consultation is over leaves nobody a day.",
        "D009",
        {"consultations/z.md": _asked(发布日期="2025-04-14")},
        {"consultations/z.md": _asked(发布日期="2025-03-01")},
        config=BUREAU,
    ),
    Pair(
        "Without a shortest time a late notice is a warning; one on the day before is right.",
        "D010",
        {"consultations/z.md": _asked(发布日期="2025-03-10")},
        {"consultations/z.md": _asked(发布日期="2025-03-02")},
        config=BUREAU,
    ),
    Pair(
        "Rules that are the outcome of a consultation may not be made before its end.",
        "D011",
        {"consultations/z.md": _asked(征集结果="a"), **_made("2025-04-01")},
        {"consultations/z.md": _asked(征集结果="a"), **_made("2025-04-28")},
        config=BUREAU,
    ),
    Pair(
        "Rules under the title of the draft may not be made before its end either, where no field links them.",
        "D011",
        {"consultations/z.md": _asked(), **_made("2025-04-01")},
        {"consultations/z.md": _asked(), **_made("2025-04-28")},
        config=BUREAU,
    ),
    Pair(
        "A result that is published while people still may write is too early.",
        "D012",
        {
            "consultations/z.md": _asked(征集结果="o"),
            "notices/o.md": notice("意见采纳情况的说明", 发布日期="2025-04-09"),
        },
        {
            "consultations/z.md": _asked(征集结果="o"),
            "notices/o.md": notice("意见采纳情况的说明", 发布日期="2025-04-11"),
        },
        config=BUREAU,
    ),
    Pair(
        "Where the place gives thirty working days, a result after thirty-one is late.",
        "D003",
        {"consultations/z.md": _asked(征集结果="o"), "notices/o.md": notice("采纳情况", 发布日期="2025-05-27")},
        {"consultations/z.md": _asked(征集结果="o"), "notices/o.md": notice("采纳情况", 发布日期="2025-05-26")},
        settings="limits: zhengzhou-2020\n",
        config=BUREAU,
    ),
    Pair(
        "Where the place wants fifteen days, fourteen are too few.",
        "D002",
        {"consultations/z.md": _asked(征集结束="2025-03-17")},
        {"consultations/z.md": _asked(征集结束="2025-03-18")},
        settings="limits: zhengzhou-2020\n",
        config=BUREAU,
    ),
    Pair(
        "Rules whose text says that they are in force at once need a reason there.",
        "V013",
        {"policies/a.md": _rules(_RULES, "第九条　本办法自公布之日起施行。", 施行日期="on_publication")},
        {"policies/a.md": _rules(_RULES, f"第九条　{_REASON}", 施行日期="on_publication")},
        config=BUREAU,
    ),
    Pair(
        "Without 施行日期 the day of the text counts.",
        "V013",
        {"policies/a.md": _rules(_RULES, "第九条　本办法自2025年6月1日起施行。", 施行日期=None)},
        {"policies/a.md": _rules(_RULES, "第九条　本办法自2025年7月1日起施行。", 施行日期=None)},
        config=BUREAU,
    ),
    Pair(
        "暂行 in the middle of a title has the same longest term as （试行） at its end.",
        "V012",
        {"policies/a.md": _rules("东川市家庭病床暂行办法", 有效期至="2028-06-30")},
        {"policies/a.md": _rules("东川市家庭病床暂行办法", 有效期至="2027-06-30")},
        config=BUREAU,
    ),
    Pair(
        "A trial of six years is too long, too, when the text alone says how long.",
        "V012",
        {"policies/a.md": _rules("东川市家庭病床办法（试行）", "本办法自2025年7月1日起试行，试行期五年。")},
        {"policies/a.md": _rules("东川市家庭病床办法（试行）", "本办法自2025年7月1日起试行，试行期一年。")},
        config=BUREAU,
    ),
    Pair(
        "解读人类型 of the media is no interpretation of the body's own.",
        "L017",
        _explained("2025-05-14", 解读人类型="媒体"),
        _explained("2025-05-14", 解读人类型="起草部门"),
        config=BUREAU,
    ),
    Pair(
        "A reprint of the evening paper alone is found; beside the bureau's own text it is none.",
        "L017",
        _explained("2025-05-14", 信息来源="转载", 来源名称="东川晚报"),
        {
            **_explained("2025-05-14", 信息来源="转载", 来源名称="东川晚报"),
            "interpretations/j.md": interpretation(发布日期="2025-05-14", 标题="起草说明式解读"),
        },
        config=BUREAU,
    ),
    Pair(
        "Sunday after a document of Friday is not the same day; Friday evening is.",
        "L018",
        _explained("2025-05-18", "2025-05-16"),
        _explained("2025-05-16 20:00", "2025-05-16"),
        config=BUREAU,
    ),
    Pair(
        "Four working days over the Dragon Boat holidays are late; three are not.",
        "L003",
        _explained("2025-06-06", "2025-05-30"),
        _explained("2025-06-05", "2025-05-30"),
        config=BUREAU,
    ),
    Pair(
        "Where the first day counts, the twentieth day after is one too late.",
        "D001",
        {"policies/a.md": _rules(成文日期="2025-05-01", 发布日期="2025-05-21")},
        {"policies/a.md": _rules(成文日期="2025-05-01", 发布日期="2025-05-20")},
        settings="deadlines: {publish_max_days: 20, count_first_day: true}\n",
        config=BUREAU,
    ),
    Pair(
        "A budget twenty-one days after its approval is late; on the twentieth day it is not.",
        "D001",
        {"notices/a.md": notice("2025年部门预算", 发布栏目="财政预决算", 成文日期="2025-02-12", 发布日期="2025-03-05")},
        {"notices/a.md": notice("2025年部门预算", 发布栏目="财政预决算", 成文日期="2025-02-13", 发布日期="2025-03-05")},
        config=CITY,
    ),
    Pair(
        "A penalty is public within seven working days, not within eight.",
        "D001",
        {"notices/a.md": notice("处罚结果", 文件类别="执法公示", 成文日期="2025-05-12", 发布日期="2025-05-22")},
        {"notices/a.md": notice("处罚结果", 文件类别="执法公示", 成文日期="2025-05-12", 发布日期="2025-05-21")},
        config=BUREAU,
    ),
]
