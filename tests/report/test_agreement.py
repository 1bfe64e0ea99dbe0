"""Every number of the report, the workbooks, the CSV files and ``audit.json`` agrees with the others."""

import csv
import datetime as dt
import io
import json
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.built_site import Node, read_html
from support.project import AS_OF, Project
from support.stages import CONFIG, RULE_SITES, archive_of, notice_text, policy_text, text_of

from generator.audit import run_rules, select_rules
from generator.audit.registry import RULES
from generator.domain.model import Evidence
from generator.domain.vocabulary import Disclosure, InterpretationState, Status
from generator.report.agenda import AGENDA, agenda_calendar
from generator.report.audit_files import audit_json, audit_of, tables_of
from generator.report.audit_page import page_bytes
from generator.report.chart_sections import percent
from generator.report.figure_cells import GROUP_LABELS
from generator.report.filing import LABELS as FILING_LABELS
from generator.report.filing import about_audit, filing_files
from generator.report.linkage_table import LABELS

ROOT = Path(__file__).parents[2]
WHOLE = "（全站）"


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file; the apostrophe before what looks like a formula is taken away."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{key: cell.removeprefix("'") for key, cell in row.items()} for row in rows]


def sheet_rows(sheet: Any) -> list[dict[str, str]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, ("" if cell is None else str(cell) for cell in row), strict=True)) for row in rows]


def as_texts(rows: list[dict[str, Any]], labels: Mapping[str, str]) -> list[dict[str, str]]:
    return [{labels[key]: str(value) for key, value in row.items()} for row in rows]


def part(group: dict[str, Any], key: str) -> Any:
    """Return a figure of a group by the key of its column, such as ``states.late``."""
    for name in key.split("."):
        group = group[name]
    return group


def table(page: Node, title: str) -> dict[str, dict[str, str]]:
    """Return the cells of a table of the page by row and column, with its total as ``合计``."""
    found = next(one for one in page.all("table") if one.all("caption")[0].text == title)
    heads = [head.text.strip() for head in found.one("thead").all("th")][1:]
    rows = [*found.all("tbody")[0].all("tr"), *(row for foot in found.all("tfoot") for row in foot.all("tr"))]
    names = [(row.all("span") or [row])[1 if len(row.all("span")) > 1 else 0] for row in rows]
    labels = [name.text.strip() if name.all("span") or not name.all("th") else name.one("th").text for name in names]
    return {
        label: dict(zip(heads, [cell.text.strip() for cell in row.all("td")], strict=True))
        for label, row in zip(labels, rows, strict=True)
    }


def check_agreement(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Compare all numbers of the files of one audit, and return ``audit.json``."""
    report: dict[str, Any] = json.loads(files["audit.json"])
    page = read_html(files["report.html"].decode())
    check_documents(report, files)
    check_groups(report, openpyxl.load_workbook(io.BytesIO(files["linkage.xlsx"])))
    check_tables(report, page)
    check_findings(report, files, page)
    check_disclosures(report)
    assert files[AGENDA].count(b"BEGIN:VEVENT") == len(report["agenda"])
    rows = page.one("section", id="agenda").all("table")[1].all("tbody")[0].all("tr")
    assert len(rows) == len(report["agenda"])
    for year, count in table(page, "年度次数").items():
        assert {key: int(count[label]) for key, label in QUOTAS.items()} == {
            key: report["figures"]["quotas"][year][key] for key in QUOTAS
        }
    return report


QUOTAS = {
    "interviews": "在线访谈",
    "by_leader": "主要负责人解读",
    "meetings": "公众列席会议",
    "trainings": "培训",
    "leader_reports": "听取汇报",
}


def check_documents(report: dict[str, Any], files: Mapping[str, bytes]) -> None:
    """Compare the rows of 解读关联 in three files, and their sums with the figures."""
    rows = csv_rows(files["linkage.csv"])
    assert rows == as_texts(report["documents"], LABELS)
    book = openpyxl.load_workbook(io.BytesIO(files["linkage.xlsx"]))
    assert sheet_rows(book["解读关联"]) == rows
    total = report["figures"]["total"]
    assert total["policies"] == len(rows)
    states = Counter(row["结论"] for row in rows)
    assert total["states"] == {term.value: states[term.label] for term in InterpretationState}
    validity = Counter(row["有效性"].partition("，")[0] for row in rows)
    assert total["validity"] == {term.value: validity[term.label] for term in Status}
    assert total["suspended"] == sum("，" in row["有效性"] for row in rows)
    assert total["late_policies"] == sum(row["超期公开"] == "是" for row in rows)
    assert total["disclosure"]["number"] == sum(bool(row["公开耗时（日）"]) for row in rows)


def check_groups(report: dict[str, Any], book: Any) -> None:
    """Compare the groups with the workbook, and their sums with the total."""
    figures = report["figures"]
    total = figures["total"]
    for sheet, groups in (("按单位", figures["units"]), ("按年度", figures["years"])):
        expected = []
        for group in groups:
            cells = {label: part(group, key) for key, label in GROUP_LABELS.items()}
            for key in ("lag", "disclosure"):
                if not group[key]["number"]:
                    cells |= {GROUP_LABELS[f"{key}.{name}"]: "" for name in ("median", "longest")}
            expected.append({label: number("" if cell is None else str(cell)) for label, cell in cells.items()})
        assert [{key: number(cell) for key, cell in row.items()} for row in sheet_rows(book[sheet])] == expected
        for key in ("policies", "asked", "interpreted", "disclosed", "disclosed_late", "late_exempt", "late_policies"):
            assert sum(group[key] for group in groups) == total[key], key
    for key in ("errors", "warnings"):
        assert sum(group[key] for group in figures["units"]) == total[key]


def check_tables(report: dict[str, Any], page: Node) -> None:
    """Compare the tables of the page and its cards with the figures."""
    figures = report["figures"]
    total = figures["total"]
    for title, groups in (("按年度", figures["years"]), ("按单位", figures["units"])):
        by_name = {**{group["name"]: group for group in groups}, "合计": total}
        for name, cells in table(page, f"解读情况，{title}").items():
            group = by_name[name]
            assert int(cells["应解读"]) == group["asked"]
            assert cells["解读率"] == percent(group["coverage"])
            asked = [term for term in InterpretationState if term.label in cells]
            assert [int(cells[term.label]) for term in asked] == [group["states"][term.value] for term in asked]
        for name, cells in table(page, f"公开是否超期，{title}").items():
            group = by_name[name]
            assert int(cells["超期"]) == group["disclosed_late"]
            assert int(cells["期限以内"]) == group["disclosed"] - group["disclosed_late"]
            assert int(cells["其中豁免"]) == group["late_exempt"]
            assert int(cells["其中政策文件"]) == group["late_policies"]
    for name, cells in table(page, "有效性，按年度").items():
        group = {**{group["name"]: group for group in figures["years"]}, "合计": total}[name]
        assert int(cells["合计"]) == group["policies"] == sum(int(cells[term.label]) for term in Status)
        assert int(cells["其中暂停执行"]) == group["suspended"]
    cards = {card.children[0]: card for card in page.classed("cards")[0].all("li")}
    assert cards["公开的政策文件"].one("b").text == str(total["policies"])
    assert (f"暂停执行 {total['suspended']} 件" in cards["公开的政策文件"].text) is bool(total["suspended"])
    assert f"超期公开 {total['disclosed_late']} 件" in cards["公开耗时中位数"].text
    assert cards["错误"].one("b").text == str(total["errors"])
    assert cards["警告"].one("b").text == str(total["warnings"])


def number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def check_findings(report: dict[str, Any], files: Mapping[str, bytes], page: Node) -> None:
    """Compare the findings in four files, and their number by severity, unit and rule with the figures."""
    filing = as_texts(report["filing"], FILING_LABELS)
    assert csv_rows(files["findings.csv"]) == filing
    book = openpyxl.load_workbook(io.BytesIO(files["findings.xlsx"]))
    assert [row for sheet in book.worksheets[1:-1] for row in sheet_rows(sheet)] == filing
    figures = report["figures"]
    assert len(filing) == len(report["findings"])
    severities = Counter(row["级别"] for row in filing)
    assert (severities["错误"], severities["警告"]) == (figures["total"]["errors"], figures["total"]["warnings"])
    units = Counter((row["责任单位"] or WHOLE, row["级别"]) for row in filing)
    summary = {row["责任单位"]: row for row in sheet_rows(book["汇总"])}
    for group in figures["units"]:
        name = group["name"]
        assert (units[name, "错误"], units[name, "警告"]) == (group["errors"], group["warnings"])
        row = summary[name]
        assert [number(row[key]) for key in ("错误", "警告", "得分")] == [
            group["errors"],
            group["warnings"],
            group["score"],
        ]
    rules = Counter(row["规则"] for row in filing)
    assert rules == {item["rule"]: item["number"] for item in figures["rules"]}
    shown = page.one("section", id="findings").all("table")
    if filing:
        cells = [[cell.text for cell in row.all("td")] for row in shown[0].all("tbody")[0].all("tr")]
        assert [row[0] for row in cells] == [row["规则"] for row in filing]
        assert [row[4] for row in cells] == [row["责任单位"] or WHOLE for row in filing]
    counted = {name: int(cells["项数"]) for name, cells in table(page, "各有几项").items()} if filing else {}
    assert counted == rules


def check_disclosures(report: dict[str, Any]) -> None:
    """Compare 超期公开 with what D001 finds, and with what is exempt from it."""
    total = report["figures"]["total"]
    late = [row for row in report["disclosures"] if row["late"]]
    assert len(late) == total["disclosed_late"]
    found = Counter(item["path"] for item in report["findings"] if item["rule"] == "D001")
    assert found == Counter(row["path"] for row in late if not row["exempt"])
    assert found.total() == total["disclosed_late"] - total["late_exempt"]
    days = {row["path"]: row["days_late"] for row in late}
    assert all(row["days"] == days[row["path"]] for row in report["filing"] if row["rule"] == "D001")


def files_in(folder: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in folder.iterdir()}


@pytest.mark.slow
def test_numbers_of_the_demo_agree(tmp_path: Path) -> None:
    """All files of the audit of the demo site say the same."""
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, tmp_path / "site" / name)
    for place in (*ROOT.glob("*.csv"), ROOT / "site_config.yaml"):
        shutil.copy(place, tmp_path / "site" / place.name)
    project = Project(tmp_path / "site", tmp_path / "cache")
    ran = project.run("audit", "--as-of", AS_OF, "--fail-on", "never", as_of=None)
    assert ran.status == 0, ran.err
    report = check_agreement(files_in(tmp_path / "site/reports"))
    assert report["figures"]["total"]["suspended"]
    assert report["figures"]["total"]["late_exempt"]


@pytest.mark.parametrize("rule", ["D001", "L002", "C002", "M002", "G007"])
def test_numbers_of_a_faulty_site_agree(tmp_path: Path, rule: str) -> None:
    """All files of the audit of a site with faults say the same."""
    shutil.copytree(RULE_SITES / rule / "bad", tmp_path / "site")
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.run("audit", "--as-of", AS_OF, as_of=None)
    assert rule in {item["rule"] for item in check_agreement(files_in(tmp_path / "site/reports"))["findings"]}


DAYS = st.dates(min_value=dt.date(2022, 1, 1), max_value=dt.date(2027, 6, 30))
DOCUMENT = st.fixed_dictionaries(
    {"written": DAYS, "lag": st.integers(0, 60), "kind": st.sampled_from(["policies", "notices", "interpretations"])},
    optional={
        "unit": st.sampled_from(["甲科", "[乙科, 甲科]", '"=丙"']),
        "disclosure": st.sampled_from([item.value for item in Disclosure]),
        "exempt": st.booleans(),
        "suspends": st.integers(1, 6),
        "doc_type": st.sampled_from(["normative", "enforcement"]),
        "expires": DAYS,
    },
)


@settings(max_examples=25, deadline=None)
@given(st.lists(DOCUMENT, min_size=1, max_size=6))
def test_numbers_of_any_site_agree(documents: list[dict[str, Any]]) -> None:
    """Whatever documents a site has, all files of its audit say the same."""
    texts = {}
    for place, made in enumerate(documents, 1):
        published = made["written"] + made["lag"] * (made["written"].resolution)
        fields = {
            "date_written": made["written"],
            "date_published": published,
            "disclosure": made.get("disclosure", "proactive"),
            "responsible_unit": made.get("unit"),
            "exempt": "{D001: 已经核对。}" if made.get("exempt") else None,
        }
        if made["kind"] == "policies":
            fields |= {"doc_type": made.get("doc_type"), "expires_on": made.get("expires")}
            if made.get("suspends", place) != place:
                fields["suspends"] = f"d{made['suspends']}"
            texts[f"policies/d{place}.md"] = policy_text(place, **fields)
        elif made["kind"] == "notices":
            texts[f"notices/d{place}.md"] = notice_text(**fields)
        else:
            own = {"title": "解读", "interprets": f"d{place % len(documents) + 1}", "form": "article"}
            texts[f"interpretations/d{place}.md"] = text_of({**own, **fields})
    archive = archive_of(texts)
    rules = select_rules((), ["S005", "S010", "V005", "L011", "L020"])
    findings = tuple(run_rules(archive, CONFIG, rules))
    report = audit_of(archive, CONFIG, Evidence(), findings, tuple(RULES.values()), commit="")
    about = about_audit(archive.day, CONFIG, "", [rule.id for rule in rules])
    check_agreement(
        {
            "report.html": page_bytes(report, archive),
            "audit.json": audit_json(report),
            **tables_of(report),
            **filing_files(report.filing, report.scores, about),
            AGENDA: agenda_calendar(report.agenda, CONFIG, archive.day),
        }
    )
