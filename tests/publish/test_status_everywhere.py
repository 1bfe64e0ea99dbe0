"""Every place that names a document shows its status where that is not plain 有效, and the state of interpretations."""

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from support.built_site import made, read_page
from support.project import Project, hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LATER = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2026-11-05"}
INTERPRETATION = {
    "title": "旧解读",
    "disclosure": "proactive",
    "date_published": "2024-05-08",
    "interprets": "p1#第一条",
}
TEXT = "第一条　要注意办理的时限和要交的材料，其余照旧，办事的人可以到窗口问清楚以后再来办理。\n"


@pytest.fixture
def site(project: Project) -> Path:
    project.policy("p1", title="被修改的办法")
    project.policy("p2", title="修改决定", **{**LATER, "amends": "p1"})
    project.policy("p3", title="废止的办法", expires_on="2025-12-31")
    project.document("interpretations/i1.md", INTERPRETATION, TEXT)
    project.document("interpretations/i3.md", {**INTERPRETATION, "title": "失效的解读", "interprets": "p3"}, TEXT)
    return made(project)


def test_the_catalogue_has_a_column_of_states(site: Path) -> None:
    """Page, CSV and workbook of the catalogue have a column 有效性 with the state of each document."""
    expected = {
        "被修改的办法": "已修改", "修改决定": "有效", "废止的办法": "已失效",
        "旧解读": "解读早于文件修改", "失效的解读": "所解读文件已废止或者失效",
    }  # fmt: skip
    table = load_workbook(site / "catalogue/catalogue.xlsx").active
    rows = [[str(cell.value or "") for cell in row] for row in table.iter_rows()]
    title, state = rows[0].index("名称"), rows[0].index("有效性")
    assert {row[title]: row[state] for row in rows[1:]} == expected
    lines = (site / "catalogue/catalogue.csv").read_text("utf-8-sig").splitlines()
    assert all(any(name in line and words in line for line in lines) for name, words in expected.items())
    cells = {
        row.all("a")[0].text: row.all(data_label="有效性")[0].text
        for row in read_page(site / "catalogue/index.html").all("tr")
        if row.all("a")
    }
    assert cells == expected


def test_a_notice_of_another_document_does_not_say_this_one(site: Path) -> None:
    """On the page of an interpretation 本文件 would be the interpretation: what it is about is 该文件."""
    text = read_page(site / "interpretations/i1/index.html").one(data_notice="amended").text
    assert "《被修改的办法》：该文件已修改" in text
    assert "本文件" not in text
    assert "本文件已修改" in read_page(site / "policies/p1/index.html").one(data_notice="amended").text


def test_several_clauses_of_one_document_are_named_together(project: Project) -> None:
    """Facts, notices, relations and 沿革 name a document once with all the clauses, not once for each."""
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n\n第三条　丙。\n", title="办法")
    project.policy("p2", title="决定", **{**LATER, "repeals": "[p1#第一条, p1#第三条]"})
    about = {**INTERPRETATION, "interprets": "[p1#第一条, p1#第二条]"}
    project.document("interpretations/i1.md", about, TEXT)
    site = made(project)
    policy = read_page(site / "policies/p1/index.html")
    (notice,) = policy.all(data_notice="partly_void")
    assert [link["href"] for link in notice.all("a")] == ["../../policies/p2/", "#第一条", "#第三条"]
    assert "所涉条款：第一条、第三条" in notice.text
    events = [one.text for one in policy.one("section", class_="timeline").all("li")]
    assert [one for one in events if "旧解读" in one and "第一条、第二条" in one]
    assert len(events) == len({one.split("所涉条款")[0] for one in events})
    interpretation = read_page(site / "interpretations/i1/index.html")
    (link,) = interpretation.all("a", data_relation="interprets")
    assert "所涉条款：第一条、第二条" in interpretation.text
    (link,) = read_page(site / "policies/p2/index.html").all("a", data_relation="repeals")
    assert link["href"] == "../../policies/p1/"


def test_feed_entries_begin_with_the_state(site: Path) -> None:
    """The title of an entry begins with the state of what is not plain 有效."""
    root = ET.fromstring((site / "feed.xml").read_bytes())
    titles = [entry.findtext("{*}title") for entry in root.iter("{http://www.w3.org/2005/Atom}entry")]
    assert sorted(map(str, titles)) == [
        "【已修改】被修改的办法", "【已失效】废止的办法", "【所解读文件已废止或者失效】失效的解读",
        "【解读早于文件修改】旧解读", "修改决定",
    ]  # fmt: skip


def test_an_outdated_interpretation_is_marked(site: Path) -> None:
    """It has its mark in lists, in its heading, at the clause, in the API, and a notice under its title."""
    rows = read_page(site / "interpretations/index.html").all("li", data_mark="*")
    assert sorted(row["data-mark"] for row in rows) == ["ended", "outdated"]
    page = read_page(site / "interpretations/i1/index.html")
    assert [one["data-mark"] for one in page.one("h1").all(data_mark="*")] == ["outdated"]
    assert page.all(data_notice="outdated")
    note = read_page(site / "policies/p1/index.html").one("details", data_mark="outdated")
    assert "解读早于文件修改" in note.text
    records = {record["id"]: record for record in json.loads((site / "api/documents.json").read_bytes())}
    assert [records[name].get("mark") for name in ("i1", "i3", "p1")] == ["outdated", "ended", None]


def test_the_mark_turns_in_the_browser(project: Project, chromium: "Browser") -> None:
    """On the day of the amendment the heading of an interpretation gets its mark and its notice."""
    project.policy("p1")
    project.policy("p2", **{**LATER, "amends": "p1", "date_effective": "2027-01-01"})
    project.document("interpretations/i1.md", {**INTERPRETATION, "interprets": "p1"}, TEXT)
    with hosted(made(project)) as base:
        for day, marks in (("2026-12-31", []), ("2027-01-01", ["outdated"])):
            with chromium.new_page() as page:
                page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
                page.goto(f"{base}interpretations/i1/")
                found = page.locator("h1 .badge").evaluate_all("all => all.map(one => one.dataset.mark)")
                assert found == marks
                assert page.locator("[data-notice=outdated]").count() == len(marks)


def test_neighbours_and_the_timeline_show_the_state(site: Path) -> None:
    """Beside 上一篇 and 下一篇 and in 沿革 stands a state that is not plain 有效; one that is plain has none."""
    shown: dict[str, list[str]] = {}
    for name in ("p1", "p2", "p3"):
        root = read_page(site / f"policies/{name}/index.html")
        events = [item for section in root.classed("timeline") for item in section.all("li")]
        places = [*root.one("nav", class_="neighbours").all("p"), *events]
        for place in places:
            for link in place.all("a"):
                shown.setdefault(link.text, []).append("、".join(one.text for one in place.all("span", class_="badge")))
    assert set(shown["废止的办法"]) == {"已失效"}
    assert set(shown["被修改的办法"]) == {"已修改"}
    assert set(shown["修改决定"]) == {""}


def test_the_mark_at_a_clause_turns_in_the_browser(project: Project, chromium: "Browser") -> None:
    """On the day of an amendment the interpretation under a clause is marked as older than it."""
    project.policy("p1", "第一条　为了规范补贴发放，制定本办法。\n\n第二条　补贴按月发放。\n", title="被修改的办法")
    project.policy("p2", title="修改决定", **{**LATER, "date_effective": "2027-01-10", "amends": "p1"})
    project.document("interpretations/i1.md", INTERPRETATION, TEXT)
    with hosted(made(project)) as base, chromium.new_page() as page:
        for day, mark in (("2027-01-09", None), ("2027-01-10", "outdated")):
            page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
            page.goto(f"{base}policies/p1/")
            assert page.locator(".clause-note").get_attribute("data-mark") == mark
            badges = page.locator(".clause-note summary .badge").all_inner_texts()
            assert badges == (["解读早于文件修改"] if mark else [])
