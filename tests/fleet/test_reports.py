"""``gongkai fleet check`` and ``audit``: the findings of every site, and the figures of all of them."""

import csv
import io
import json

import openpyxl
from support.site_platform import Platform


def _late(platform: Platform) -> None:
    """Add two sites: a good one, and one with a document that was published too late, and an exemption."""
    platform.site("good", "示例市好局").policy("p1", summary="概述。", keywords="[补贴]")
    late = platform.site("late", "示例市迟局")
    late.policy("p1", date_written="2023-01-06")
    late.policy("p2", date_written="2023-01-06", exempt="{V003: 机构改革移交}", date_published="2024-06-08")


def test_check_prefixes_every_finding_with_its_site(platform: Platform) -> None:
    """Every finding is printed behind the id of its site; as JSON it has the site; an error ends with 1."""
    platform.site("one", "示例市一局").policy("p1", based_on="无此文号〔2020〕1号")
    platform.site("two", "示例市二局").policy("p1")
    ran = platform.run("check", "-o", "report")
    assert ran.status == 1
    assert "one: content/policies/p1.md:" in ran.err
    assert "two: content/policies/p1.md:8" not in ran.err
    found = json.loads(platform.run("check", "--format", "json").out)
    assert {item["site"] for item in found} == {"one", "two"}
    assert ("one", "F009") in {(item["site"], item["rule"]) for item in found}
    written = json.loads((platform.folder / "report" / "findings.json").read_text("utf-8"))
    assert written == found
    assert not (platform.folder / "out").exists()


def test_check_knows_the_other_sites(city_and_bureau: Platform) -> None:
    """A reference to another site of the platform is no finding."""
    found = json.loads(city_and_bureau.run("check", "--format", "json").out)
    assert "F009" not in {item["rule"] for item in found}


def test_a_stopped_site_knows_the_other_sites(city_and_bureau: Platform) -> None:
    """A site with a mistake of its own is told that mistake alone, not the references that other sites resolve."""
    act = city_and_bureau.folder / "city/content/policies/c1.md"
    act.write_text(act.read_text("utf-8").replace("title:", "doc_type: 没有这种\ntitle:", 1), "utf-8")
    ran = city_and_bureau.run("build", "--no-search")
    assert ran.status == 1, ran.err
    assert "doc_type" in ran.err or "没有这种" in ran.err
    assert "F009" not in ran.err
    checked = city_and_bureau.run("check", "--format", "json")
    assert {one["rule"] for one in json.loads(checked.out) if one["site"] == "city" and one["blocking"]} == {"F003"}


def test_audit_adds_up(platform: Platform) -> None:
    """Ranking, tables and detail have the same numbers as the checks; exemptions are not counted."""
    _late(platform)
    found = json.loads(platform.run("check", "--format", "json").out)
    ran = platform.run("audit", "-o", "report", "--fail-on", "never")
    assert ran.status == 0, ran.err
    folder = platform.folder / "report"
    audit = json.loads((folder / "audit.json").read_text("utf-8"))
    errors = {row["site"]: row["errors"] for row in audit["ranking"]}
    assert errors == {site: sum(f["site"] == site and f["severity"] == "error" for f in found) for site in errors}
    assert sum(c["number"] for site in audit["sites"].values() for c in site["counts"]) == len(found)
    rows = list(csv.DictReader(io.StringIO((folder / "findings.csv").read_text("utf-8-sig"))))
    assert sum(int(row["项数"]) for row in rows) == len(found)
    assert {row["机构"] for row in rows} <= {"示例市好局", "示例市迟局"}
    assert "2024-05" in {row["发布月份"] for row in rows}
    book = openpyxl.load_workbook(folder / "audit.xlsx")
    assert book.sheetnames == ["排名", "按机构", "按规则", "按月份", "明细"]
    for name in ("按机构", "按规则", "按月份"):
        sheet = list(book[name].values)[1:]
        assert sum(row[1] + row[2] for row in sheet) == len(found), name
    page = (folder / "report.html").read_text("utf-8")
    assert "示例市迟局" in page
    assert 'scope="row"' in page


def test_the_ranking_begins_with_the_fewest_errors(platform: Platform) -> None:
    """The site with fewer errors for its documents comes first."""
    _late(platform)
    platform.run("audit", "-o", "report")
    audit = json.loads((platform.folder / "report" / "audit.json").read_text("utf-8"))
    shares = [row["errors_per_100"] for row in audit["ranking"]]
    assert shares == sorted(shares)
    assert shares[0] < shares[1]
    assert [row["rank"] for row in audit["ranking"]] == [1, 2]


def test_a_site_that_cannot_be_read_is_named(platform: Platform) -> None:
    """The report names the site that could not be read, and has the others; the status is 2."""
    platform.site("good", "示例市好局").policy("p1")
    platform.site("bad", "示例市坏局").write("site_config.yaml", "site: [\n")
    ran = platform.run("audit", "-o", "report")
    assert ran.status == 2
    assert "bad: 错误" in ran.err
    assert "bad：" in (platform.folder / "report" / "report.html").read_text("utf-8")


def test_reports_are_never_written_into_a_site(city_and_bureau: Platform) -> None:
    """A report in the folder of a built site is refused: it would be published."""
    city_and_bureau.build()
    ran = city_and_bureau.run("audit", "-o", "out/city/reports")
    assert ran.status == 2
    assert "不能放报告" in ran.err
