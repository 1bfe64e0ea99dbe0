"""Pairs about the registers beside the config, the yearly numbers, and the five stages."""

from support.pairs import Files, Pair, notice
from support.pairs.evasions import BUREAU

_CLOSED = "platform: 微博, name: 东川医保, state: 已关闭, approval: 东政办函〔2016〕11号"
_REGISTER = "编号,收到日期,申请方式,申请人类型,延期日期,补正告知日期,补正收到日期,办结日期,处理结果\n"


def _request(row: str) -> Files:
    return {"^requests.csv": f"{_REGISTER}{row}\n", "notices/a.md": notice("公告")}


def _activities(rows: str) -> Files:
    return {"^activities.csv": f"日期,类型,内容,数量\n{rows}\n", "notices/a.md": notice("公告")}


def _tasks(row: str) -> Files:
    return {"^任务台账.csv": f"事项,牵头,配合,完成时限,完成日期,依据\n{row}\n", "notices/a.md": notice("公告")}


def _accounts(*rows: str) -> str:
    return BUREAU + "accounts:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


PAIRS = [
    Pair(
        "A request without an answer after two months is overdue; after a week it is not.",
        "Q010",
        _request("2026-01,2026-09-14,信函,自然人,,,,,"),
        _request("2026-01,2026-11-16,信函,自然人,,,,,"),
        config=BUREAU,
    ),
    Pair(
        "An answer that waited for a completion counts from that day.",
        "Q010",
        _request("2026-01,2026-03-02,互联网,商业企业,,2026-03-06,2026-03-12,2026-04-20,予以公开"),
        _request("2026-01,2026-03-02,互联网,商业企业,,2026-03-06,2026-03-20,2026-04-20,予以公开"),
        config=BUREAU,
    ),
    Pair(
        "Who is asked to complete a request hears it within seven working days.",
        "Q011",
        _request("2026-01,2026-03-02,当面,自然人,,2026-03-16,2026-03-20,2026-04-03,予以公开"),
        _request("2026-01,2026-03-02,当面,自然人,,2026-03-11,2026-03-20,2026-04-03,予以公开"),
        config=BUREAU,
    ),
    Pair(
        "An answer before the request is a mistake of the register.",
        "Q012",
        _request("2026-01,2026-03-12,当面,自然人,,,,2026-03-02,予以公开"),
        _request("2026-01,2026-03-02,当面,自然人,,,,2026-03-12,予以公开"),
        config=BUREAU,
    ),
    Pair(
        "Training counts from the register of activities.",
        "Q003",
        _activities("2025-04-15,听取汇报,局务会听取汇报,1"),
        _activities("2025-04-15,培训,政务公开业务培训,1"),
        settings="quotas: {trainings: 1}\n",
        config=BUREAU,
        as_of="2026-06-30",
    ),
    Pair(
        "Two meetings with representatives in one row are two.",
        "Q002",
        _activities("2025-04-15,公众列席会议,医保待遇座谈,1"),
        _activities("2025-04-15,公众列席会议,医保待遇座谈,2"),
        settings="quotas: {representative_meetings: 2}\n",
        config=BUREAU,
        as_of="2026-06-30",
    ),
    Pair(
        "The leader hears a report once a year.",
        "Q004",
        _activities("2025-04-15,培训,业务培训,1"),
        _activities("2025-11-15,听取汇报,主要负责人听取政务公开工作汇报,1"),
        settings="quotas: {leader_reports: 1}\n",
        config=BUREAU,
        as_of="2026-06-30",
    ),
    Pair(
        "Four of a hundred points are fewer than five.",
        "Q005",
        _activities("2025-04-15,考核权重,年度考核办法,4%"),
        _activities("2025-04-15,考核权重,年度考核办法,5%"),
        settings="quotas: {assessment_weight_percent: 5}\n",
        config=BUREAU,
        as_of="2026-06-30",
    ),
    Pair(
        "A task of the register that is not done on its last day is late on the next.",
        "M002",
        _tasks("审核县区目录,办公室,各科室,2026-11-20,,"),
        _tasks("审核县区目录,办公室,各科室,2026-11-20,2026-11-20,"),
        config=BUREAU,
    ),
    Pair(
        "A task that is due in a fortnight is announced; one due in spring is not.",
        "M003",
        _tasks("报送全年工作情况,办公室,,2026-12-05,,"),
        _tasks("报送全年工作情况,办公室,,2027-03-20,,"),
        config=BUREAU,
    ),
    Pair(
        "A site that sorts by stages must have something of each.",
        "O002",
        {
            f"notices/s{n}.md": notice(f"公告{n}", f"第{n}份。", 五公开=s)
            for n, s in enumerate(("决策公开", "执行公开", "管理公开", "服务公开"))
        },
        {
            f"notices/s{n}.md": notice(f"公告{n}", f"第{n}份。", 五公开=s)
            for n, s in enumerate(("决策公开", "执行公开", "管理公开", "服务公开", "结果公开"))
        },
        config=BUREAU,
    ),
    Pair(
        "A closed account needs the day on which it was closed.",
        "K011",
        {"^site_config.yaml": _accounts(_CLOSED), "notices/a.md": notice("公告")},
        {
            "^site_config.yaml": _accounts(f"{_CLOSED}, closed_on: 2023-06-30, closing_approval: 东政办函〔2023〕8号"),
            "notices/a.md": notice("公告"),
        },
    ),
]
