"""gongkai inspect and gongkai digest: what the files of a site tell of an inspection, and of a day."""

import datetime as dt
import json
from typing import Any

import pytest
from support.git_repository import commit
from support.program import Ran
from support.project import AS_OF, CONFIG, Project
from support.stages import archive_of, notice_text, policy_text

from generator.audit import run_rules, select_rules
from generator.config.load import SiteConfig
from generator.domain.model import Evidence
from generator.domain.vocabulary import Verdict
from generator.report.inspection import Indicator, inspect

SITE: dict[str, Any] = {"title": "公开", "agency": "示例局", "base_url": "https://rsj.example.gov.cn/zwgk/"}
FULL = ("guide", "system", "statutory", "reports", "request")


def sheet(texts: dict[str, str], **settings: Any) -> dict[str, Indicator]:
    config = SiteConfig.model_validate({"site": SITE, **settings})
    archive = archive_of(texts, dt.date.fromisoformat(AS_OF), config=config)
    found = run_rules(archive, config, select_rules((), ()))
    return {item.name: item for item in inspect(archive, config, Evidence(), found).indicators}


def filled(number: int, day: str = "2026-11-20") -> dict[str, str]:
    """Return a document in so many of the five columns that always stand in the navigation."""
    return {f"notices/n{place}.md": notice_text(column=FULL[place], date_published=day) for place in range(number)}


@pytest.mark.parametrize(("number", "verdict"), [(5, Verdict.PASS), (4, Verdict.WARN), (1, Verdict.WARN)])
def test_empty_columns_weigh_by_their_number(number: int, verdict: Verdict) -> None:
    """None passes, one to four are a warning."""
    found = sheet(filled(number))["空白栏目"]
    assert (found.verdict, found.found[:1]) == (verdict, str(5 - number))


def test_five_empty_columns_are_a_veto() -> None:
    """From five empty columns on the site is 不合格, and each is named."""
    added = [{"id": f"own-{number}", "title": f"自设{number}"} for number in range(5)]
    found = sheet(filled(5), columns=added)["空白栏目"]
    assert found.verdict is Verdict.VETO
    assert found.found == "5 个：自设0、自设1、自设2、自设3、自设4"


@pytest.mark.parametrize(("kind", "limit"), [("工作动态", 5), ("政策文件", 10)])
def test_stale_columns_weigh_by_their_kind(kind: str, limit: int) -> None:
    """Of columns of news five are a veto, of others ten; one fewer is a warning."""
    name = "动态、要闻和通知公告、政策文件栏目更新" if limit == 5 else "其他应更新的栏目更新"
    for number, verdict in ((limit - 1, Verdict.WARN), (limit, Verdict.VETO)):
        added = [{"id": f"own-{place}", "title": f"栏{place}", "column_type": kind} for place in range(number)]
        texts = {
            f"notices/o{place}.md": notice_text(column=f"own-{place}", date_published="2026-01-05")
            for place in range(number)
        }
        updates = {f"own-{place}": "14日" for place in range(number)} if limit == 10 else {}
        found = sheet({**filled(5), **texts}, columns=added, deadlines={"column_updates": updates})
        assert found[name].verdict is verdict, found[name]


def test_the_home_page_and_secrets() -> None:
    """A home page that is not kept up and a mark of secrecy are vetoes; without git forged days cannot be seen."""
    found = sheet({**filled(5, "2026-11-06"), "notices/s.md": notice_text("机密★5年\n", date_published="2026-11-06")})
    assert found["首页更新"].verdict is Verdict.VETO
    assert found["泄露国家秘密"].verdict is Verdict.VETO
    assert found["伪造发稿日期"].verdict is Verdict.UNSEEN
    assert sheet(filled(5, "2026-11-07"))["首页更新"].verdict is Verdict.PASS


def test_a_site_without_anything_published_is_not_praised() -> None:
    """Where nothing has been published, nobody can say that the home page is kept up."""
    found = sheet({"pages/g.md": "---\n标题: 指南\n公开属性: 主动公开\n---\n正文。\n"})["首页更新"]
    assert (found.verdict, found.found) == (Verdict.UNSEEN, "还没有发布过信息")


@pytest.mark.parametrize(
    ("day", "updates", "verdict", "words"),
    [
        (None, {}, Verdict.WARN, "没有发布过政策文件"),
        ("2026-05-20", {}, Verdict.WARN, "最近 2026-05-20，最迟应在 2026-11-20"),
        ("2026-05-20", {"policies": "不定期"}, Verdict.WARN, "最近 2026-05-20，最迟应在 2026-11-20"),
        ("2026-05-21", {}, Verdict.PASS, "按时更新"),
    ],
)
def test_the_column_of_policies_is_told_as_it_is(
    day: str | None, updates: dict[str, str], verdict: Verdict, words: str
) -> None:
    """An empty column is not up to date, and six months are six months whatever period the config sets."""
    texts = {"policies/p1.md": policy_text(1, date_published=day)} if day else {}
    found = sheet({**filled(5), **texts}, deadlines={"column_updates": updates})["政策文件栏目 6 个月没有更新"]
    assert (found.verdict, found.found) == (verdict, words)


def test_what_files_cannot_tell_is_said_so() -> None:
    """No verdict is given where the files of a site hold none."""
    unseen = {name for name, item in sheet(filled(5)).items() if item.verdict is Verdict.UNSEEN}
    assert {"站点无法访问", "互动回应", "服务实用", "站外链接可用", "因网站管理引发严重舆情"} < unseen


def test_the_command_fails_for_a_veto(project: Project) -> None:
    """Exit status 1 with a veto, 0 without; JSON holds every indicator with its verdict."""
    project.policy()
    ran = project.run("inspect", "--as-of", AS_OF, "--format", "json")
    rows = {row["name"]: row for row in json.loads(ran.out)}
    assert (ran.status, rows["首页更新"]["verdict"], rows["首页更新"]["label"]) == (1, "veto", "单项否决")
    ran = project.run("inspect", "--as-of", "2024-05-08")
    assert (ran.status, "空白栏目" in ran.out) == (0, True)


# ---------------------------------------------------------------- the digest


def digest(project: Project, *arguments: str) -> dict[str, Any]:
    ran: Ran = project.run("digest", "--as-of", AS_OF, "--format", "json", *arguments)
    assert ran.status == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def names(entries: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(entry["day"], entry["path"].rpartition("/")[2], entry["note"]) for entry in entries]


def test_a_day_of_a_site(project: Project) -> None:
    """What was published, changed, taken off and ended on the day, what comes, and what is late: each in its part."""
    project.write("site_config.yaml", CONFIG + "deadlines: {statutory_updates: {7: 每年}}\n")
    rule = {"doc_type": "normative", "date_effective": "2024-06-01"}
    project.policy("p1", **rule)
    project.policy("p2", **rule, title="期满", expires_on="2026-11-20")
    project.policy("p3", **rule, title="快期满", expires_on="2026-12-01")
    project.policy("p4", title="撤下的")
    commit(project.folder, "2024-05-08 09:00")
    (project.folder / "content/policies/p4.md").unlink()
    project.policy("p1", "第一条　改了。\n", **rule)
    project.policy("p5", title="新的", date_written="2026-11-20", date_published=AS_OF)
    project.policy("p6", title="明天的", date_written="2026-11-20", date_published="2026-11-22")
    commit(project.folder, f"{AS_OF} 08:00")
    told = digest(project)
    assert names(told["new"]) == [(AS_OF, "p5.md", "")]
    assert names(told["changed"]) == [(AS_OF, "p1.md", "张三")]
    assert names(told["removed"]) == [(AS_OF, "p4.md", "policies/p4/")]
    assert names(told["turned"]) == [(AS_OF, "p2.md", "有效期届满")]
    assert names(told["coming"]) == [("2026-11-22", "p6.md", "定时发布 2026-11-22"), ("2026-12-02", "p3.md", "已失效")]
    late = {(entry["path"], entry["note"]) for entry in told["overdue"]}
    assert ("content/policies/p1.md", "L002") in late
    assert "V004" in {entry["note"] for entry in told["due_soon"]}
    assert names(digest(project, "--ahead", "5")["coming"]) == [("2026-11-22", "p6.md", "定时发布 2026-11-22")]


def test_what_turned_and_will_turn_is_told_as_what_it_is(project: Project) -> None:
    """A lapse is of its own day, a suspension no new status; parts are told by themselves; a far day stops nothing."""
    parts = "[{id: rd, title: 甲市认定规程}, {id: jd, title: 乙市鉴定规程}]"
    project.policy("p1", "## 甲市认定规程\n\n第一条　甲。\n\n## 乙市鉴定规程\n\n第一条　乙。\n", parts=parts)
    for name in ("p2", "p3", "p4"):
        project.policy(name)
    act = {"date_written": AS_OF, "date_published": AS_OF}
    project.policy("p5", title="清理", cleanup="{宣布失效: p2}", **act)
    project.policy("p6", title="暂停", suspends="p3", **act)
    project.policy("p7", title="以后暂停", suspends="p4", suspended_from="2026-12-01", **act)
    project.policy("p8", title="废止一份", repeals="p1#rd", **act)
    project.policy("p9", title="以后废止", repeals="p1#jd", date_effective="2026-12-02", **act)
    days = {"opens_on": "2026-11-01", "closes_on": "9999-12-31", "date_published": "2026-11-01"}
    project.document("consultations/c1.md", {"title": "征求意见", "disclosure": "proactive", **days})
    told = digest(project)
    turned = {(entry["title"], entry["note"]) for entry in told["turned"]}
    assert turned == {
        ("示例市灵活就业补贴办法", "宣布失效"),
        ("示例市灵活就业补贴办法", "暂停执行"),
        ("示例市灵活就业补贴办法", "部分失效"),
        ("甲市认定规程", "废止"),
    }
    coming = {(entry["day"], entry["title"], entry["note"]) for entry in told["coming"]}
    assert coming >= {
        ("2026-12-01", "示例市灵活就业补贴办法", "有效，暂停执行"),
        ("2026-12-02", "乙市鉴定规程", "已废止"),
    }


def test_days_and_since_are_the_same_stretch(project: Project) -> None:
    """--days 3 is the day and the two before it; a day before them is not told, without git no changes are."""
    project.policy("p1", date_written="2026-11-10", date_published="2026-11-19")
    project.policy("p2", date_written="2026-11-10", date_published="2026-11-18")
    by_days, since = digest(project, "--days", "3"), digest(project, "--since", "2026-11-19")
    assert by_days == since
    assert names(by_days["new"]) == [("2026-11-19", "p1.md", "")]
    assert by_days["changed"] is by_days["removed"] is None


@pytest.mark.parametrize(
    "arguments", [("--since", "2026-11-22"), ("--since", "2026-11-01", "--days", "2"), ("--days", "0")]
)
def test_a_stretch_that_cannot_be_is_explained(project: Project, arguments: tuple[str, ...]) -> None:
    """A stretch in the future, or given twice, is wrong usage."""
    project.policy()
    ran = project.run("digest", "--as-of", AS_OF, *arguments)
    assert (ran.status, "Traceback" in ran.err) == (2, False)


def test_the_text_is_read_from_top_to_bottom(project: Project) -> None:
    """The parts stand under their headings, with how many there are; the text goes to stdout."""
    project.policy("p1", date_written="2026-11-10", date_published=AS_OF)
    ran = project.run("digest", "--as-of", AS_OF)
    assert ran.out.startswith(f"每日读网　{AS_OF}\n")
    assert "新发布　1 项\n    2026-11-21 示例市灵活就业补贴办法  content/policies/p1.md\n" in ran.out
    assert "改动过" not in ran.out
