"""Pairs with a history: what git knows of dates that were changed."""

from collections.abc import Mapping

from support.pairs import Commits, Pair, document, notice

_REVIEW = {
    "标题": "关于开展城乡低保年度复核的通知",
    "索引号": "009876543/2025-00011",
    "文号": "清民发〔2025〕11号",
    "成文日期": "2025-03-10",
    "发布日期": "2025-03-20",
    "公开属性": "主动公开",
    "文件类别": "其他政策文件",
}
_ENGLISH = {
    "title": "关于开展城乡低保年度复核的通知",
    "index_no": "009876543/2025-00011",
    "doc_number": "清民发〔2025〕11号",
    "date_published": "2025-03-20",
    "disclosure": "proactive",
    "doc_type": "policy",
}
_BODY = "本局定于近期开展城乡低保对象年度复核，请各乡镇按时完成入户调查并填报花名册。各地要压实责任，不漏一户。"
_OLD = {"历史迁移": "是", "发布日期": "2024-01-05"}
_BEGIN = (
    "2024-01-08 09:00",
    {f"notices/old{i}.md": notice(f"旧通知{i}", f"旧通知{i}的正文", **_OLD) for i in range(6)},
)
_POSTING = "本中心春节期间照常受理临时救助申请，值班电话见大厅公示栏，请需要救助的群众直接前来办理，当日完成登记。"
_APPOINTMENT = "自2025年4月1日起实行预约办理。"


def _review(body: str = _BODY, /, **changes: object) -> str:
    return document(body, **{**_REVIEW, **changes})


def _after(*later: tuple[str, Mapping[str, str | None]]) -> Commits:
    """Return the history of a site that published the review on 2025-03-20."""
    return [_BEGIN, ("2025-03-20 10:00", {"policies/a.md": _review()}), *((when, dict(files)) for when, files in later)]


def _appointment(**changes: object) -> str:
    return notice("婚姻登记预约公告", _APPOINTMENT, **{"发布日期": "2025-03-20", "施行日期": "2025-04-01", **changes})


PAIRS = [
    Pair(
        "发布日期 that is put back after publication is found; a title that is corrected is no fault.",
        "F021",
        _after(("2025-04-02 10:00", {"policies/a.md": _review(发布日期="2025-03-13")})),
        _after(("2025-04-02 10:00", {"policies/a.md": _review(标题="关于做好城乡低保年度复核的通知")})),
    ),
    Pair(
        "成文日期 that moves with the file to another folder is found; the move alone is no fault.",
        "F021",
        _after(
            ("2025-04-02 10:00", {"policies/a.md": None, "policies/2025/b.md": _review(成文日期="2025-03-18", id="a")})
        ),
        _after(("2025-04-02 10:00", {"policies/a.md": None, "policies/2025/b.md": _review(id="a")})),
    ),
    Pair(
        "成文日期 that changes while the keys are translated is found; the translation is no fault.",
        "F021",
        _after(("2025-05-02 10:00", {"policies/a.md": document(_BODY, **_ENGLISH, date_written="2025-03-15")})),
        _after(("2025-05-02 10:00", {"policies/a.md": document(_BODY, **_ENGLISH, date_written="2025-03-10")})),
    ),
    Pair(
        "A day that moves in four small steps is found; four additions to the text are no fault.",
        "F021",
        _after(
            *((f"2025-04-0{i} 10:00", {"policies/a.md": _review(发布日期=f"2025-03-{20 - i}")}) for i in range(1, 5))
        ),
        _after(*((f"2025-04-0{i} 10:00", {"policies/a.md": _review(_BODY + "补充。" * i)}) for i in range(1, 5))),
    ),
    Pair(
        "A file that is removed and put back with another day is found; put back as it was, it is not backdated.",
        "F021 S005",
        _after(
            ("2025-03-25 10:00", {"policies/a.md": None}),
            ("2025-04-09 10:00", {"policies/b.md": _review(成文日期="2025-03-19", id="a")}),
        ),
        _after(("2025-03-25 10:00", {"policies/a.md": None}), ("2025-04-09 10:00", {"policies/b.md": _review(id="a")})),
    ),
    Pair(
        "A draft that becomes public again with an earlier day is found; a draft that becomes public is no fault.",
        "F021 S005",
        _after(
            ("2025-03-22 10:00", {"policies/a.md": _review(草稿="是", 发布日期="2025-03-16")}),
            ("2025-03-25 10:00", {"policies/a.md": _review(发布日期="2025-03-16")}),
        ),
        [
            _BEGIN,
            ("2025-03-10 10:00", {"policies/a.md": _review(草稿="是", 成文日期="2025-03-09")}),
            ("2025-03-20 10:00", {"policies/a.md": _review()}),
        ],
    ),
    Pair(
        "A notice without 文号 whose day moves with its name is found; a new name and title are no fault.",
        "F021",
        [
            _BEGIN,
            ("2025-01-20 10:00", {"notices/a.md": notice("值班公告", _POSTING, 发布日期="2025-01-20")}),
            (
                "2025-02-20 10:00",
                {"notices/a.md": None, "notices/b.md": notice("值班公告", _POSTING, 发布日期="2025-01-06", id="a")},
            ),
        ],
        [
            _BEGIN,
            ("2025-01-20 10:00", {"notices/a.md": notice("值班公告", _POSTING, 发布日期="2025-01-20")}),
            (
                "2025-02-20 10:00",
                {"notices/a.md": None, "notices/b.md": notice("春节值班公告", _POSTING, 发布日期="2025-01-20", id="a")},
            ),
        ],
    ),
    Pair(
        "施行日期 of a notice that moves is found; with a 更正说明 that names it, it is no fault.",
        "F021",
        [
            _BEGIN,
            ("2025-03-20 10:00", {"notices/a.md": _appointment()}),
            ("2025-04-03 10:00", {"notices/a.md": _appointment(施行日期="2025-04-10")}),
        ],
        [
            _BEGIN,
            ("2025-03-20 10:00", {"notices/a.md": _appointment()}),
            (
                "2025-04-03 10:00",
                {
                    "notices/a.md": _appointment(
                        施行日期="2025-04-10", 更正说明="[{date: 2025-04-03, note: 施行日期更正为4月10日}]"
                    )
                },
            ),
        ],
    ),
    Pair(
        "历史迁移 of a document made for this site is found; a second batch of truly old documents is no fault.",
        "F022",
        [
            _BEGIN,
            (
                "2025-06-20 10:00",
                {"policies/a.md": _review(历史迁移="是", 成文日期="2025-02-02", 发布日期="2025-02-05")},
            ),
        ],
        [
            _BEGIN,
            (
                "2025-06-20 10:00",
                {"policies/a.md": _review(历史迁移="是", 成文日期="2019-02-02", 发布日期="2019-02-05")},
            ),
        ],
    ),
]
