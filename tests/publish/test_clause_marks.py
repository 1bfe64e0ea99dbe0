"""The state of a clause on the page: the attribute, the notice beside it, the links to it, its later days."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from support.built_site import made, read_page
from support.project import Project, hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LATER = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2026-11-05"}
BODY = "第一条　甲。\n\n第二条　乙。\n\n第三条　丙。\n\n第四条　丁。\n"


def site_of(project: Project) -> Path:
    project.policy("p1", BODY)
    project.policy("p2", title="废止条款的决定", **{**LATER, "repeals": "p1#第一条"})
    project.policy("p3", "将第二条修改为：“新。”\n", title="修改的决定", **{**LATER, "amends": "p1"})
    project.policy("p4", title="暂停的通知", suspends="p1#第三条", suspended_from="2026-11-10",
                   suspended_until="2026-12-31", **LATER)  # fmt: skip
    project.policy("p5", title="以后的决定", **{**LATER, "date_effective": "2027-01-10", "repeals": "p1#第四条"})
    return made(project)


def test_a_clause_has_its_state_and_names_the_act(project: Project) -> None:
    """The anchor has the status, the notice beside it names the act with the day; a clause to come has none yet."""
    site = site_of(project)
    root = read_page(site / "policies/p1/index.html")
    marked = root.all(data_clause_status="*")
    assert [(one["id"], one["data-clause-status"]) for one in marked] == [
        ("第一条", "repealed"), ("第二条", "amended"), ("第三条", "suspended"),
    ]  # fmt: skip
    notices = {one["data-clause-of"]: one.all(data_notice="*") for one in root.all(data_clause_of="*")}
    assert "第一条已废止（自2026年11月5日起废止）　依据：废止条款的决定" in notices["第一条"][0].text
    assert "修改的决定" in notices["第二条"][0].text
    assert "自2026年11月10日起暂停执行，至2026年12月31日" in notices["第三条"][0].text
    assert [link["href"] for link in notices["第一条"][0].all("a")] == ["../../policies/p2/"]
    assert notices["第四条"] == []


def test_the_notice_of_a_later_day_links_the_clauses_too(project: Project) -> None:
    """The hidden notice of an act to come names the clauses that its text changes, as it will on its day."""
    project.policy("p1", BODY)
    later = {**LATER, "date_effective": "2027-01-10"}
    project.policy("p2", "将第二条修改为：“新。”\n", title="以后的决定", **{**later, "amends": "p1"})
    root = read_page(made(project) / "policies/p1/index.html")
    (notice,) = root.all(data_later_notice="amended")
    assert [link["href"] for link in notice.all("a")] == ["../../policies/p2/", "#第二条"]


def test_a_clause_that_an_amendment_deletes_is_marked_as_deleted(project: Project) -> None:
    """A clause that is gone says 已删去, one that lost a paragraph 已修改; titles in titles have single marks."""
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n\n第三条　丙。\n\n丁。\n", title="示例办法")
    project.policy(
        "p2",
        "一、删去第二条。\n\n二、删去第三条第二款。\n",
        title="关于修改《示例办法》的决定",
        **{**LATER, "amends": "p1"},
    )
    root = read_page(made(project) / "policies/p1/index.html")
    marked = root.all(data_clause_status="*")
    assert [(one["id"], one["data-clause-status"]) for one in marked] == [("第二条", "amended"), ("第三条", "amended")]
    labels = [one["data-label"] for one in root.all(data_notice="clause_amended")]
    assert labels == ["已删去", "已修改"]
    text = root.text
    assert "第二条已删去，这里是删去以前的文字（自2026年11月5日起删去）" in text
    assert "第二条修改后的条文" not in text
    assert "第三条修改后的条文" in text
    assert "依《关于修改〈示例办法〉的决定》修改前后" in text


def test_a_clause_behind_which_others_are_added_keeps_its_words(project: Project) -> None:
    """Of a clause that an act only names as the place of a new one nobody says that its own words changed."""
    project.policy("p1", BODY, title="示例办法")
    text = "第二条后增加一条，作为第三条：“新。”\n\n第三条修改为：“丙丙。”第三条后增加一条，作为第五条：“又新。”\n"
    project.policy("p2", text, title="关于修改《示例办法》的决定", **{**LATER, "amends": "p1"})
    root = read_page(made(project) / "policies/p1/index.html")
    notices = root.all(data_notice="clause_amended")
    assert [one["data-label"] for one in notices] == ["之后有增加", "已修改"]
    assert len(root.all(data_notice="clause_amended", data_partial="*")) == 1
    assert "第二条之后增加了条文（自2026年11月5日起增加）" in notices[0].text
    assert "第三条已修改，这里是修改以前的文字" in notices[1].text


def test_clause_numbers_in_notices_are_links(project: Project) -> None:
    """In the notices before the text the clauses lead to their places, those of an amending text too."""
    site = site_of(project)
    notices = read_page(site / "policies/p1/index.html").classed("notices")[0]
    links = [link["href"] for link in notices.all("a") if link["href"].startswith("#")]
    assert links == ["#第一条", "#第三条", "#第二条"]


def test_the_api_has_the_states(project: Project) -> None:
    """The list has the states of today, the file of the document those of later days."""
    site = site_of(project)
    record = next(one for one in json.loads((site / "api/documents.json").read_bytes()) if one["id"] == "p1")
    assert [(one["anchor"], one["status"], one["acts"][0]["act"]) for one in record["clauses"]] == [
        ("第一条", "repealed", "p2"), ("第二条", "amended", "p3"), ("第三条", "suspended", "p4"),
    ]  # fmt: skip
    more = json.loads((site / "api/documents/p1.json").read_bytes())["clause_changes_on"]
    assert [(one["day"], len(one["clauses"])) for one in more] == [("2027-01-01", 2), ("2027-01-10", 3)]


def test_verify_compares_the_clauses(project: Project) -> None:
    """A page whose clauses differ from the API, and a policy without its line, are faults."""
    site = site_of(project)
    assert project.run("verify", str(site)).status == 0
    page = site / "policies/p1/index.html"
    text = page.read_text()
    page.write_text(text.replace(' data-clause-status="repealed"', "", 1))
    assert "条款的效力" in project.run("verify", str(site)).err
    page.write_text(text.replace("data-status-line", "data-x", 1))
    assert "写明有效性的一行" in project.run("verify", str(site)).err


def test_clauses_turn_in_the_browser(project: Project, chromium: "Browser") -> None:
    """On a later day the suspension is over and the repeal in force; the line is as of the reader's day."""
    site = site_of(project)
    with hosted(site) as base, chromium.new_page() as page:
        page.clock.set_fixed_time("2027-01-12T09:00:00+08:00")
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{base}policies/p1/")
        marked = page.locator("[data-clause-status]").evaluate_all(
            "all => all.map(one => [one.id, one.dataset.clauseStatus])"
        )
        assert marked == [["第一条", "repealed"], ["第二条", "amended"], ["第四条", "repealed"]]
        seen = page.locator("[data-notice^=clause_]").evaluate_all(
            "all => all.filter(one => one.offsetParent).map(one => one.dataset.notice)"
        )
        assert seen == ["clause_repealed", "clause_amended", "clause_repealed"]
        assert "以后的决定" in page.locator("[data-clause-of=第四条]").inner_text()
        assert "按2027年1月12日计算" in page.locator("[data-status-line]").inner_text()
        assert wrong == []
