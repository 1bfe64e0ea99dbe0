"""历史版本 and what was never public: no text, day, count or word of it comes out through the history."""

import datetime as dt
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.built_site import build_here, made, read_page
from support.git_repository import commit, git
from support.project import CONFIG, Project

from generator.domain.model import Revision
from generator.domain.printed_disclosure import find_reserved
from generator.graph.exposure import in_order
from generator.graph.redaction import is_redacted
from generator.verify.run import verify

PUBLISHING = CONFIG + "versions:\n  publish: true\n  commit_subjects: true\n"
IDENTITY = "11010519491231002X"
DRAFT = "第一条　密谋草稿的文字。\n"
FIRST = "第一条　补贴标准为每人每月500元。\n"
SECOND = "第一条　补贴标准为每人每月800元。\n"
THIRD = "第一条　补贴标准为每人每月900元。\n"
WITHHELD = {
    "disclosure": "withheld",
    "withhold_class": "N03",
    "withhold_note": "密谋草稿的理由",
    "review_on": "2027-01-01",
}
Step = tuple[str, str | None, dict[str, Any]]


@pytest.fixture
def site(tmp_path: Path) -> Project:
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", PUBLISHING)
    project.policy("p2", "第二件。\n", title="另一份文件的全名")
    return project


def put(project: Project, at: str, body: str | None, **fields: Any) -> None:
    """Commit a text of the first policy, or that it is gone."""
    if body is None:
        (project.folder / "content/policies/p1.md").unlink()
    else:
        project.policy("p1", body, **fields)
    commit(project.folder, at, message="密谋草稿的说明" if body and "密谋" in body else "改")


def versions_of(folder: Path) -> list[str]:
    return sorted(place.parent.name for place in (folder / "policies/p1").glob("history/*/index.html"))


def shown_in(folder: Path, word: str) -> list[str]:
    found = [place for place in folder.rglob("*") if place.is_file() and word.encode() in place.read_bytes()]
    return [place.relative_to(folder).as_posix() for place in found]


# ---------------------------------------------------------------- before the document was public


@pytest.mark.parametrize(
    ("steps", "days"),
    [
        # replaced before its day
        ([("2024-05-01 09:00", DRAFT, {}), ("2024-05-07 18:00", FIRST, {})], []),
        # prepared before its day and replaced on its morning: a day alone does not say when it was published
        ([("2024-05-07 23:00", DRAFT, {}), ("2024-05-08 08:30", FIRST, {})], []),
        # replaced before its minute
        (
            [
                ("2024-05-08 08:00", DRAFT, {"date_published": "2024-05-08 10:00"}),
                ("2024-05-08 09:59", FIRST, {"date_published": "2024-05-08 10:00"}),
            ],
            [],
        ),
        # the day was set back later
        (
            [
                ("2024-05-08 09:00", DRAFT, {"date_published": "2024-08-01"}),
                ("2024-05-20 09:00", FIRST, {"date_published": "2024-05-08"}),
            ],
            [],
        ),
        (
            [
                ("2024-05-08 09:00", DRAFT, {"date_published": "2024-08-01"}),
                ("2024-05-09 09:00", DRAFT + "二。\n", {"date_published": "2024-08-01"}),
                ("2024-05-20 09:00", FIRST, {"date_published": "2024-05-08"}),
            ],
            [],
        ),
        # the day was put off, so that it was not public in between
        (
            [
                ("2024-05-08 09:00", DRAFT, {}),
                ("2024-06-01 09:00", FIRST, {"date_published": "2024-07-01"}),
            ],
            [],
        ),
        # two commits of one second: the first was never checked out
        ([("2024-05-08 09:00", DRAFT, {}), ("2024-05-08 09:00", FIRST, {})], []),
        # a clock that was wrong
        ([("2024-06-08 09:00", DRAFT, {}), ("2024-05-20 09:00", FIRST, {})], []),
    ],
)  # fmt: skip
def test_a_text_from_before_the_publication_is_no_version(site: Project, steps: list[Step], days: list[str]) -> None:
    """A text that was replaced before its document was public is nowhere, nor its day, its count or its message."""
    for at, body, fields in steps:
        put(site, at, body, **fields)
    last = steps[-1][2]
    put(site, "2024-09-01 09:00", SECOND, **last)
    folder = made(site)
    since = max(steps[-1][0][:10], str(last.get("date_published", "2024-05-08"))[:10])
    assert versions_of(folder) == [*days, since]
    assert shown_in(folder, "密谋") == []
    history = json.loads((folder / "api/documents/p1.json").read_text("utf-8"))["history"]["changes"]
    assert {change["day"] for change in history} <= {since, "2024-09-01"}
    assert not verify(folder).faults


# ---------------------------------------------------------------- before it was last not public


CLOSINGS: dict[str, list[Step] | Callable[[Project], None]] = {
    "withheld": [("2024-07-01 09:00", "空。\n", WITHHELD)],
    "on request": [("2024-07-01 09:00", "空。\n", {**WITHHELD, "disclosure": "on_request"})],
    "in Chinese": [("2024-07-01 09:00", "空。\n", {"disclosure": None, "公开属性": "不予公开"})],
    "without an attribute": [("2024-07-01 09:00", "空。\n", {"disclosure": None})],
    "attribute unreadable": [("2024-07-01 09:00", "空。\n", {"disclosure": "公开吧"})],
    "secret": [("2024-07-01 09:00", "空。\n", {"is_secret": "true"})],
    "secret by its form": [("2024-07-01 09:00", "空。\n", {"review": "{is_secret: 是}"})],
    "put off": [("2024-07-01 09:00", SECOND, {"date_published": "2024-07-20"})],
    "draft": [("2024-07-01 09:00", "空。\n", {"draft": "true"})],
    "draft in Chinese": [("2024-07-01 09:00", "空。\n", {"草稿": "是"})],
    "withdrawn": [("2024-07-01 09:00", "空。\n", {"withdrawn": "{on: 2024-07-01, reason: 有误}"})],
    "withdrawn in Chinese": [("2024-07-01 09:00", "空。\n", {"撤下": "{日期: 2024-07-01, 理由: 有误}"})],
    "removed": [("2024-07-01 09:00", None, {})],
    "printed": [("2024-07-01 09:00", "空。\n\n（此件不予公开）\n", {})],
    "printed otherwise": [("2024-07-01 09:00", "空。\n\n公开属性：依申请公开\n", {})],
    "removed and back in one second": [("2024-07-01 09:00", None, {}), ("2024-07-01 09:00", SECOND, {})],
    "withheld by a clock of the future": [("2099-07-01 09:00", "空。\n", WITHHELD)],
    "withheld by a clock of the past": [("1999-07-01 09:00", "空。\n", WITHHELD)],
    "redacted": [("2024-07-15 09:00", SECOND, {"redacted": "true"})],
}


@pytest.mark.parametrize("how", sorted(CLOSINGS))
def test_nothing_comes_back_from_before_the_document_was_last_not_public(site: Project, how: str) -> None:
    """A document that was off the site and is public again has no version from before, and no trace of one."""
    put(site, "2024-05-08 09:00", DRAFT)
    steps = CLOSINGS[how]
    assert isinstance(steps, list)
    for at, body, fields in steps:
        put(site, at, body, **fields)
    kept = {key: value for key, value in steps[-1][2].items() if key in {"redacted", "date_published"}}
    put(site, "2024-08-01 09:00", SECOND, **kept)
    folder = made(site)
    assert shown_in(folder, "密谋") == []
    assert not any("2024-05" in day for day in versions_of(folder))
    put(site, "2024-09-01 09:00", THIRD, **kept)
    folder = made(site)
    assert shown_in(folder, "密谋") == []
    assert versions_of(folder)
    assert "2024-05" not in "".join(versions_of(folder))
    if "clock" not in how and how != "put off":  # there its own day says when it was first published
        history = read_page(folder / "policies/p1/history/index.html")
        assert "首次发布" not in history.text
        assert "收录到本站" not in history.text
    assert not verify(folder).faults


def test_what_comes_from_the_folder_of_drafts_is_no_version(site: Project) -> None:
    """A text that stood under content/drafts/ was a draft, whatever its front matter says."""
    put(site, "2024-05-08 09:00", DRAFT, kind="policy")
    (site.folder / "content/drafts").mkdir()
    git(site.folder, "mv", "content/policies/p1.md", "content/drafts/p1.md")
    commit(site.folder, "2024-05-09 09:00")
    git(site.folder, "mv", "content/drafts/p1.md", "content/policies/p1.md")
    site.policy("p1", FIRST, kind="policy")
    commit(site.folder, "2024-05-10 09:00")
    assert not list(made(site).rglob("*history*"))


def test_a_symbolic_link_in_between_is_no_text(site: Project) -> None:
    """A file that was a link for a while was away meanwhile."""
    put(site, "2024-05-08 09:00", DRAFT)
    place = site.folder / "content/policies/p1.md"
    place.unlink()
    place.symlink_to("p2.md")
    commit(site.folder, "2024-06-08 09:00")
    place.unlink()
    put(site, "2024-07-08 09:00", FIRST)
    assert shown_in(made(site), "密谋") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"index_no": "123456789/2024-00077", "doc_number": "例人社发〔2024〕77号"}),
        ({"doc_number": "none"}, {"index_no": "123456789/2024-00077", "doc_number": "none"}),
        ({"title": "旧的标题"}, {"index_no": "123456789/2024-00077", "title": "新的标题"}),
    ],
)
def test_an_id_that_is_used_again_brings_no_past(site: Project, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Another document in the same file, with other numbers, does not inherit the texts of the first one."""
    put(site, "2024-05-08 09:00", DRAFT, **old)
    put(site, "2024-07-01 09:00", FIRST, **{"doc_number": "例人社发〔2024〕77号", **new})
    folder = made(site)
    assert versions_of(folder) == []
    assert shown_in(folder, "密谋") == []


def test_a_notice_under_a_used_name_brings_no_past(site: Project) -> None:
    """Where there are no numbers, another title with another day is another document."""
    fields = {"disclosure": "proactive", "date_published": "2024-05-08", "title": "关于密谋的通知"}
    site.document("notices/n1.md", fields, DRAFT)
    commit(site.folder, "2024-05-08 09:00")
    site.document("notices/n1.md", {**fields, "date_published": "2024-07-01", "title": "关于放假的通知"}, FIRST)
    commit(site.folder, "2024-07-01 09:00")
    assert shown_in(made(site), "密谋") == []


def test_side_branches_and_their_merges_show_only_what_was_merged(site: Project) -> None:
    """Of a branch only the state with which it was merged is a version."""
    put(site, "2024-05-08 09:00", FIRST)
    git(site.folder, "checkout", "-q", "-b", "draft")
    put(site, "2024-06-01 09:00", DRAFT)
    put(site, "2024-06-02 09:00", SECOND)
    git(site.folder, "checkout", "-q", "main")
    site.write("notes.txt", "别的")
    commit(site.folder, "2024-06-02 10:00")
    git(site.folder, "merge", "-q", "--no-ff", "-m", "合并", "draft", at="2024-06-03 09:00")
    folder = made(site)
    assert shown_in(folder, "密谋") == []
    assert versions_of(folder) == ["2024-05-08"]


def test_an_uncommitted_redaction_counts(site: Project) -> None:
    """Redacted in the working tree and not committed yet, the older texts are closed already."""
    put(site, "2024-05-08 09:00", DRAFT)
    put(site, "2024-06-08 09:00", FIRST)
    site.policy("p1", SECOND, redacted="true")
    assert shown_in(made(site), "密谋") == []


# ---------------------------------------------------------------- what stands in the text


@pytest.mark.parametrize(
    "secret",
    [
        f"<!-- {IDENTITY} -->",
        f"<!--\n经办：{IDENTITY}\n-->",
        f'<span title="{IDENTITY}">他</span>',
        f"<a href='#x' data-id='{IDENTITY}'>他</a>",
        f"![{IDENTITY}](https://a.example.cn/x.png)",
        f"[他](https://a.example.cn/{IDENTITY}.html)",
        "<!-- 联系电话：13812345678 -->",
        "机密★1年",
        "<!-- 机密★1年 -->",
    ],
)
def test_a_private_number_anywhere_in_the_file_closes_the_text(site: Project, secret: str) -> None:
    """A former file that holds private data in a comment or an attribute is not offered where today's text does not."""
    put(site, "2024-05-08 09:00", f"第一条　密谋的文字。{secret}\n")
    put(site, "2024-06-08 09:00", FIRST)
    folder = made(site)
    assert versions_of(folder) == []
    assert shown_in(folder, "密谋") == []


@pytest.mark.parametrize(
    "field", [{"handler": f"'{IDENTITY}'"}, {"summary": f"概述{IDENTITY}"}, {"keywords": f"[甲, '{IDENTITY}'] # 注"}]
)
def test_a_private_number_in_the_front_matter_closes_the_text(site: Project, field: dict[str, Any]) -> None:
    """A former file with private data in a field, one for the office alone included, is not offered."""
    put(site, "2024-05-08 09:00", "第一条　密谋的文字。\n", **field)
    put(site, "2024-06-08 09:00", FIRST)
    folder = made(site)
    assert versions_of(folder) == []
    assert shown_in(folder, "密谋") == []


@pytest.mark.parametrize(
    "today", [f"{FIRST}\n<!-- 联系电话：13812345678 -->\n", f"{FIRST}\n"], ids=["in a comment", "in a field"]
)
def test_a_number_that_is_not_to_be_seen_today_opens_nothing(site: Project, today: str) -> None:
    """A number that today's file keeps in a comment or in an internal field is not in today's text."""
    put(site, "2024-05-08 09:00", "第一条　密谋，联系电话：13812345678。\n")
    put(site, "2024-06-08 09:00", today, handler="'电话13812345678'")
    folder = made(site)
    assert versions_of(folder) == []
    assert shown_in(folder, "13812345678") == []


def test_a_number_that_stands_on_the_page_today_keeps_former_texts_open(site: Project) -> None:
    """What today's page shows is no reason to close a former text."""
    put(site, "2024-05-08 09:00", "第一条　联系电话：13812345678，标准500元。\n")
    put(site, "2024-06-08 09:00", "第一条　联系电话：13812345678，标准800元。\n")
    assert versions_of(made(site)) == ["2024-05-08"]


@pytest.mark.parametrize(
    "words",
    [
        "公开方式：依申请公开",
        "**公开属性**：不予公开",
        "| 公开属性 | 依申请公开 |\n|---|---|\n| 甲 | 乙 |",
        "<!-- 此件不予公开 -->",
        "<!-- 公开属性：依申请公开 -->",
        "（依申请公开）",
        "不 予 公 开",
        "信息公开选项：依法申请公开　　印发：例市人社局",
        "内部资料，不得外传",
        "【内部使用】",
    ],
)
def test_a_text_that_says_it_is_not_for_the_public_is_not_offered(site: Project, words: str) -> None:
    """A former text that says 不予公开 or 依申请公开 in any form is not offered."""
    put(site, "2024-05-08 09:00", f"第一条　密谋的文字。\n\n{words}\n")
    put(site, "2024-06-08 09:00", FIRST)
    folder = made(site)
    assert versions_of(folder) == []
    assert shown_in(folder, "密谋") == []


def test_a_text_about_disclosure_keeps_its_history(site: Project) -> None:
    """A guide that speaks of 依申请公开 then and now is offered as any other text."""
    guide = "## 依申请公开\n\n公民可以依申请公开获取信息，不予公开的说明理由。\n\n依申请公开\n\n费用%s元。\n"
    put(site, "2024-05-08 09:00", guide % 5)
    put(site, "2024-06-08 09:00", guide % 8)
    assert versions_of(made(site)) == ["2024-05-08"]


@pytest.mark.parametrize(
    ("before", "after", "redacted"),
    [
        ("申请人张三，住青溪区。", "申请人张某，住青溪区。", True),
        ("申请人张三，住青溪区。", "申请人张**，住青溪区。", True),
        ("证号110105194912310021。", "证号110105********0021。", True),
        ("李四\n500", "李×\n500", True),
        ("申请人张三。", "申请人■■。", True),
        ("补贴500元。", "补贴800元。", False),
        ("申请人。", "申请人。\n2024年××月××日", False),
        ("申请人张某。", "申请人张三。", False),
        ("甲。", "某甲。", False),
    ],
)
def test_masked_words_are_seen(before: str, after: str, *, redacted: bool) -> None:
    """A line that stands in the later text with a word masked is a redaction; any other change is none."""
    assert is_redacted(before, after) is redacted


def test_a_masked_name_does_not_come_back(site: Project) -> None:
    """The text before a name was masked is not offered, though nothing but the mask says that it was private."""
    put(site, "2024-05-08 09:00", "第一条　对密谋三作出处罚。\n")
    put(site, "2024-06-08 09:00", "第一条　对密某作出处罚。\n")
    assert shown_in(made(site), "密谋") == []


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(before: str, after: str) -> None:
    """No text makes the search for masks or for reserved lines fail, and equal texts are no redaction."""
    assert is_redacted(before, after) in {True, False}
    assert not is_redacted(before, before)
    assert all(isinstance(line, str) for line in find_reserved(before))


@given(st.lists(st.integers(0, 4_000_000_000), min_size=1, max_size=6))
def test_revisions_are_in_order_whatever_the_clock_said(clock: list[int]) -> None:
    """No revision begins after its successor; one in the middle is never left out for its clock."""
    moments = [dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None) for seconds in clock]
    pairs = zip(moments, [*moments[1:], None], strict=True)
    revisions = [Revision(str(number), "p", at, "", until) for number, (at, until) in enumerate(pairs)]
    ordered = in_order(revisions, dt.date(2030, 1, 1))
    assert [item.blob for item in ordered] == [item.blob for item in revisions[: len(ordered)]]
    assert all(one.since <= (one.until or one.since) for one in ordered)
    assert all(one.until == other.since for one, other in pairwise(ordered))


# ---------------------------------------------------------------- the switches


def test_versions_are_published_only_where_the_config_says_so(site: Project) -> None:
    """Without versions.publish in the config there is no history at all."""
    put(site, "2024-05-08 09:00", FIRST)
    put(site, "2024-06-08 09:00", SECOND)
    site.write("site_config.yaml", CONFIG)
    assert not list(made(site).rglob("*history*"))


@pytest.mark.parametrize("field", [{"versions": "false"}, {"历史版本": "否"}, {"versions": "no"}])
def test_a_document_can_refuse_its_history(site: Project, field: dict[str, Any]) -> None:
    """versions: false on a document wins over the config, committed or not; the field itself is not published."""
    put(site, "2024-05-08 09:00", FIRST)
    put(site, "2024-06-08 09:00", SECOND)
    assert versions_of(made(site)) == ["2024-05-08"]
    site.policy("p1", SECOND, **field)
    folder = made(site)
    assert not list(folder.rglob("*history*"))
    assert "versions" not in site.records()["p1"]
    commit(site.folder, "2024-07-08 09:00")
    assert not list(made(site).rglob("*history*"))


def test_a_switch_that_cannot_be_read_is_a_finding(site: Project) -> None:
    """versions: 不要 is F003, so nobody believes a history refused that is not."""
    site.policy("p1", FIRST, versions="不要")
    assert [finding.rule for finding in build_here(site).blocking] == ["F003"]


def test_a_number_typed_in_another_form_is_the_same_document(site: Project) -> None:
    """A document whose 文号 gets its standard form keeps its versions, even where title and 索引号 are others."""
    first = {"title": "旧题", "index_no": "123456789/2024-00077", "doc_number": "例人社发[2024]第01号"}
    put(site, "2024-05-08 10:00", FIRST, **first)
    put(site, "2024-06-08 10:00", SECOND, title="新题", date_published="2024-05-09", doc_number="例人社发〔2024〕1号")
    assert len(versions_of(made(site))) == 1
