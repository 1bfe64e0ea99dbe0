"""Notices that stand for a period: until when they run, and what they say from their takedown day on."""

import json

import pytest
from support.built_site import made, read_page
from support.project import Project
from support.search_page import search_cards

NOTICE = {
    "title": "拟聘用人员公示",
    "disclosure": "proactive",
    "date_published": "2026-11-20",
    "takedown_on": "2026-11-27",
}


@pytest.fixture
def site(project: Project) -> Project:
    """Return a site with one notice that stands until 2026-11-26."""
    project.document("notices/gs.md", NOTICE, "现将拟聘用人员名单公示如下。\n")
    return project


def test_before_its_day_a_notice_says_until_when_it_runs(site: Project) -> None:
    """The page gives the last day and the state, and has no notice of an end yet."""
    output = made(site, as_of="2026-11-26")
    page = read_page(output / "notices/gs/index.html")
    article = page.one("article")
    assert article["data-status"] == "posted"
    assert "至2026年11月26日（含当日）" in page.classed("facts")[0].text
    assert page.all(data_notice="*") == []
    assert site.records()["gs"]["posting_status"] == "posted"
    assert "公布中" in (output / "notices/index.html").read_text(encoding="utf-8")


def test_from_its_day_on_a_notice_has_ended(site: Project) -> None:
    """On the day itself page, list, search table, API and feed say that it has ended; the text stays."""
    output = made(site, as_of="2026-11-27", with_search=True)
    page = read_page(output / "notices/gs/index.html")
    article = page.one("article")
    assert (article["data-status"], article["data-kind"]) == ("ended", "notice")
    notice = page.one(data_notice="ended")
    assert "2026年11月27日" in notice.text
    assert notice.place < page.classed("text")[0].place
    assert "已结束" in page.one("h1").text
    assert "名单公示如下" in page.text
    listed = read_page(output / "notices/index.html")
    assert [node.text for node in listed.all("span", data_status="ended")] == ["已结束"]
    record = site.records()["gs"]
    assert (record["status"], record["posting_status"], record["notices"]) == (None, "ended", ["ended"])
    assert record["takedown_on"] == "2026-11-27"
    assert search_cards(output)[0][7] == "ended"
    search = read_page(output / "search/index.html")
    assert json.loads(search.one("form", id="search")["data-words"])["statuses"]["ended"] == "已结束"
    assert "（已结束）" in (output / "feed.xml").read_text(encoding="utf-8")


def test_the_change_is_known_before(site: Project) -> None:
    """The page carries the day on which it turns in the browser; ``next`` and the digest name it before."""
    page = read_page(made(site, as_of="2026-11-20") / "notices/gs/index.html")
    turns = json.loads(page.one("article")["data-turns"])
    assert [(turn["first"], turn["state"], turn["label"], turn["mark"]) for turn in turns] == [
        ("2026-11-27", "ended", "已结束", "已结束")
    ]
    later = page.one(data_later_notice="ended")
    assert "2026年11月27日" in later.text
    assert site.run("next", "--as-of", "2026-11-20").out == "2026-11-27\n"
    assert site.run("next", "--as-of", "2026-11-27").out == ""
    coming = json.loads(site.run("digest", "--format", "json", "--as-of", "2026-11-20").out)["coming"]
    assert [(entry["day"], entry["title"], entry["note"]) for entry in coming] == [
        ("2026-11-27", "拟聘用人员公示", "已结束")
    ]
    turned = json.loads(site.run("digest", "--format", "json", "--as-of", "2026-11-27").out)["turned"]
    assert [(entry["day"], entry["note"]) for entry in turned] == [("2026-11-27", "公布期满")]


def test_a_document_that_refers_to_an_ended_notice_shows_its_state(site: Project) -> None:
    """Where an ended notice is named as the other end of a relation, its state stands beside it; before not."""
    site.document(
        "consultations/c1.md",
        {
            "title": "征求意见",
            "disclosure": "proactive",
            "date_published": "2026-10-01",
            "opens_on": "2026-10-01",
            "closes_on": "2026-11-10",
            "outcome": "gs",
        },
    )
    page = read_page(made(site, as_of="2026-11-28") / "consultations/c1/index.html")
    assert "已结束" in page.classed("relations")[0].text
    page = read_page(made(site, as_of="2026-11-26") / "consultations/c1/index.html")
    assert "公布中" not in page.classed("relations")[0].text


def test_verify_finds_a_notice_that_should_have_ended(site: Project) -> None:
    """A folder whose API says that a notice still runs after its day does not pass; the built one does."""
    output = made(site, as_of="2026-11-27")
    assert site.run("verify", "public").status == 0
    place = output / "api/documents.json"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace('"posting_status": "ended"', '"posting_status": "posted"'), encoding="utf-8")
    ran = site.run("verify", "public")
    assert ran.status == 1
    assert "下架日期是 2026-11-27" in ran.err + ran.out


def test_a_takedown_day_before_publication_is_out_of_order(site: Project) -> None:
    """A takedown day before the publication is F004 at its line; the same day is none."""
    site.document("notices/gs.md", {**NOTICE, "takedown_on": "2026-11-19"})
    (finding,) = site.check("--select", "F004").findings
    assert (finding["line"], finding["field"], finding["blocking"]) == (5, "takedown_on", True)
    site.document("notices/gs.md", {**NOTICE, "takedown_on": "2026-11-20"})
    assert site.check("--select", "F004").findings == []


@pytest.mark.parametrize("kind", ["policy", "interpretation", "consultation", "response", "report", "page"])
def test_a_takedown_day_has_no_effect_on_other_kinds(project: Project, kind: str) -> None:
    """On any other kind the field is F018, and nothing of it ends."""
    project.policy("p1", takedown_on="2024-06-01", kind=kind, interprets=None)
    assert project.check("--select", "F018").rules.count("F018") >= 1
    assert project.run("list", "ended", "--as-of", "2026-11-21").out == ""


def test_both_languages_name_the_field(project: Project) -> None:
    """``下架日期`` is the same field."""
    project.document(
        "notices/gs.md",
        {"标题": "公示", "公开属性": "主动公开", "发布日期": "2026-11-20", "下架日期": "2026-11-21"},
    )
    assert project.run("list", "ended", "--as-of", "2026-11-21").out.split("\t")[1] == "gs"
