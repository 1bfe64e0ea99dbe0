"""Compare every number of the files of one audit with each other: report, workbooks, CSV files, letters, JSON."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl

from generator.domain.vocabulary import InterpretationState, Status
from generator.report.agenda import AGENDA
from generator.report.chart_sections import percent
from generator.report.figure_cells import COVERAGE_LABELS, GROUP_LABELS
from generator.report.filing import LABELS as FILING_LABELS
from generator.report.linkage_table import LABELS
from generator.report.requests_table import REQUEST_LABELS
from support.built_site import Node, read_html

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
    check_lists(report, files, page)
    check_letters(report, files)
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


def check_lists(report: dict[str, Any], files: Mapping[str, bytes], page: Node) -> None:
    """Compare 公开事项 and 依申请公开 in workbook, page and data, and the units with the workbook of findings."""
    book = openpyxl.load_workbook(io.BytesIO(files["linkage.xlsx"]))
    items = [*report["coverage"]["statutory"], *report["coverage"]["catalogue"]]
    if "公开事项" in book.sheetnames:
        rows = sheet_rows(book["公开事项"])
        assert [(row["公开（件）"], row["不公开（件）"]) for row in rows] == [
            (str(len(item["documents"])), str(item["held"])) for item in items
        ]
        for section in page.all("section", id="coverage"):
            shown = section.one("table").all("tbody")[0].all("tr")
            cells = [[row.one("th").text, *(cell.text for cell in row.all("td"))] for row in shown]
            assert cells == [[row[label] for label in COVERAGE_LABELS] for row in rows]
    requests = report["requests"]
    if requests["rows"]:
        expected = [["" if cell is None else str(cell) for cell in row.values()] for row in requests["rows"]]
        assert [list(row.values()) for row in sheet_rows(book["依申请公开"])] == expected
        assert list(sheet_rows(book["依申请公开"])[0]) == list(REQUEST_LABELS)
        assert sum(year["done"] for year in requests["years"]) == sum(bool(row["decided"]) for row in requests["rows"])
        late = sum(bool(row["late"]) for row in requests["rows"])
        assert late == sum(item["rule"] == "Q010" for item in report["findings"])
    problems = sheet_rows(book["问题"])
    assert Counter((row["规则"], row["源文件"], row["行"]) for row in problems) == Counter(
        (item["rule"], item["path"], str(item["line"])) for item in report["findings"]
    )
    exempt = [
        row
        for section in page.all("section", id="exemptions")
        for row in section.one("table").all("tbody")[0].all("tr")
    ]
    assert len(exempt) == len(report["exemptions"])


def check_letters(report: dict[str, Any], files: Mapping[str, bytes]) -> None:
    """Compare the letters, printed and in Word, with the findings that are to be mended."""
    letters = {name: data for name, data in files.items() if name.startswith("整改通知-")}
    if not letters:
        return
    open_rows = [row for row in report["filing"] if row["state"] != "已改好"]
    counts = []
    for name, data in letters.items():
        if name.endswith(".html"):
            page = read_html(data.decode())
            shown = len(page.one("table").all("tbody")[0].all("tr"))
            assert f"问题 {shown} 个" in page.text
            paper = docx.Document(io.BytesIO(letters[f"{Path(name).stem}.docx"]))
            assert len(paper.tables[0].rows) == shown + 1
            assert any(f"问题 {shown} 个" in line.text for line in paper.paragraphs)
            counts.append(shown)
    assert sorted(counts) == sorted(Counter(row["unit"] for row in open_rows).values())
