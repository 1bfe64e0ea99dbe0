"""Findings that can be filed: by unit, with a day, a state and a reply that follows them; and what is due when."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from support.built_site import read_html
from support.project import AS_OF, CONFIG, Project
from support.stages import HIDDEN, SECRET, notice_text, policy_text

from generator.config.load import load_config
from generator.domain.problems import ConfigError
from generator.report.filing import LABELS, NOT_PUBLIC_TITLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LATE = {"doc_type": "normative", "date_written": "2024-03-01", "responsible_unit": "甲科"}
ODD = "乙/丙[科]:<b>'"


def audited(project: Project, *arguments: str, as_of: str = AS_OF, status: int = 1) -> dict[str, Any]:
    """Run the audit and return ``audit.json``."""
    ran = project.run("audit", "--as-of", as_of, *arguments, as_of=None)
    assert ran.status == status, ran.err
    data: dict[str, Any] = json.loads((project.folder / "reports/audit.json").read_text(encoding="utf-8"))
    return data


def faulty(project: Project) -> None:
    """Write a site with findings of two units and of the whole site."""
    project.write("content/policies/p1.md", policy_text(1, **LATE))
    project.write("content/policies/p2.md", policy_text(2, **{**LATE, "responsible_unit": f'"{ODD}"'}))
    project.write("content/notices/n1.md", notice_text("正文。\n", date_written="2024-03-01"))
    project.write("tasks.csv", "事项,牵头,完成时限\n编目录,甲科,2026-07-08\n报总结,丁科,2026-12-15\n")


def filed(project: Project) -> list[dict[str, str]]:
    text = (project.folder / "reports/findings.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def fill(project: Project, replies: dict[str, str], name: str = "filled.xlsx") -> Path:
    """Write replies by rule into a copy of the workbook, as a unit does."""
    book = openpyxl.load_workbook(project.folder / "reports/findings.xlsx")
    for sheet in book.worksheets[1:-1]:
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            rule = row[heads.index(LABELS["rule"])].value
            if rule in replies:
                row[heads.index(LABELS["reply"])].value = replies[rule]
    place = project.folder / name
    book.save(place)
    return place


def test_every_finding_is_filed_with_all_that_an_office_needs(project: Project) -> None:
    """A row has title, 文号, unit, rule, ground, days, deadline, state and an empty reply; a unit has its sheet."""
    faulty(project)
    report = audited(project)
    rows = filed(project)
    assert len(rows) == len(report["findings"]) == len(report["filing"])
    late = next(row for row in rows if row["规则"] == "D001" and row["责任单位"] == "甲科")
    assert (late["标题"], late["文号"]) == ("示例市灵活就业补贴办法", "例人社发〔2024〕1号")
    assert late["依据"] == "政府信息公开条例第二十六条"
    assert late["超期天数"] == str((dt.date(2024, 5, 8) - dt.date(2024, 3, 29)).days)
    assert (late["整改期限"], late["超过整改期限"], late["回复"]) == ("2026-12-11", "", "")
    assert late["状态"] == "没有比较"
    book = openpyxl.load_workbook(project.folder / "reports/findings.xlsx")
    assert book.sheetnames[0] == "汇总"
    assert book.sheetnames[-1] == "说明"
    units = {row["责任单位"] or "（全站）" for row in rows}
    assert len(book.sheetnames) == len(units) + 2
    assert sum(sheet.max_row - 1 for sheet in book.worksheets[1:-1]) == len(rows)
    for name, unit in zip(
        book.sheetnames[1:-1], dict.fromkeys(row["责任单位"] or "（全站）" for row in rows), strict=True
    ):
        assert {row[4] or "（全站）" for row in book[name].iter_rows(min_row=2, values_only=True)} == {unit}
    task = next(row for row in rows if row["规则"] == "M002")
    assert (task["责任单位"], task["超期天数"]) == ("甲科", "136")


def test_deadline_is_a_setting(project: Project) -> None:
    """``audit.mend_workdays`` sets the day; 0 leaves it empty."""
    faulty(project)
    for days, deadline in ((5, "2026-11-27"), (0, "")):
        project.write("site_config.yaml", f"{CONFIG}audit: {{mend_workdays: {days}}}\n")
        assert {row["deadline"] for row in audited(project)["filing"]} == {deadline}


def test_reply_and_deadline_follow_a_finding(project: Project) -> None:
    """What a unit replied is in the next audit, from a filled workbook or from audit.json; a finding keeps its day."""
    faulty(project)
    audited(project)
    filled = fill(project, {"D001": "已经核对，确实晚了。", "M002": "月底完成。"})
    project.write("tasks.csv", "事项,牵头,完成时限,完成日期\n编目录,甲科,2026-07-08,2026-11-25\n")
    project.write("content/notices/n2.md", notice_text("正文。\n", date_written="2024-03-01"))
    report = audited(project, "--baseline", str(filled), as_of="2026-12-14")
    states = {(row["rule"], row["path"]): row for row in report["filing"]}
    standing, new = states["D001", "content/policies/p1.md"], states["D001", "content/notices/n2.md"]
    assert (standing["state"], standing["reply"]) == ("仍然存在", "已经核对，确实晚了。")
    assert (standing["deadline"], standing["late"]) == ("2026-12-11", "是")
    assert (new["state"], new["reply"], new["deadline"], new["late"]) == ("新出现", "", "2027-01-05", "")
    mended = states["M002", "tasks.csv"]
    assert (mended["state"], mended["reply"], mended["unit"]) == ("已改好", "月底完成。", "甲科")
    (project.folder / "reports/audit.json").rename(project.folder / "old.json")
    (project.folder / "reports/findings.xlsx").unlink()
    again = audited(project, "--baseline", "old.json", as_of="2026-12-15")
    row = next(row for row in again["filing"] if row["key"] == standing["key"])
    assert (row["reply"], row["deadline"], row["state"]) == (standing["reply"], "2026-12-11", "仍然存在")


def test_replies_in_the_folder_are_not_overwritten(project: Project) -> None:
    """An audit into the same folder keeps what units have written there; a workbook that is none stops it."""
    faulty(project)
    audited(project)
    fill(project, {"D001": "在改。"}, "reports/findings.xlsx")
    assert {row["回复"] for row in filed(project)} == {""}
    audited(project)
    assert {row["回复"] for row in filed(project) if row["规则"] == "D001"} == {"在改。"}
    place = project.write("reports/findings.xlsx", b"PK nothing")
    ran = project.run("audit", "--as-of", AS_OF, as_of=None)
    assert ran.status == 2
    assert "先移走它" in ran.err
    assert place.read_bytes() == b"PK nothing"


def test_several_units_send_their_own_workbooks(project: Project) -> None:
    """Each unit may send back a copy with its own sheet only; together they are the baseline."""
    faulty(project)
    first = audited(project)
    names = []
    for keep in ("甲科", "（全站）"):
        book = openpyxl.load_workbook(project.folder / "reports/findings.xlsx")
        for sheet in book.worksheets[1:-1]:
            if sheet.title != keep:
                book.remove(sheet)
        name = f"{keep}.xlsx"
        book.save(project.folder / name)
        names += ["--baseline", name]
    (project.folder / "reports/findings.xlsx").unlink()
    report = audited(project, *names)
    kept = sum(row["unit"] in {"甲科", ""} for row in first["filing"])
    assert report["trend"]["open"] == kept
    assert len(report["trend"]["new"]) == len(first["filing"]) - kept


@pytest.mark.parametrize("name", ["other.xlsx", "none.xlsx", "old.xlsx"])
def test_workbook_that_is_none(project: Project, name: str) -> None:
    """A workbook of something else, of another site, or that is not there ends with 2 and writes nothing new."""
    faulty(project)
    audited(project)
    before = (project.folder / "reports/audit.json").read_bytes()
    openpyxl.Workbook().save(project.folder / "other.xlsx")
    book = openpyxl.load_workbook(project.folder / "reports/findings.xlsx")
    for row in book["说明"].iter_rows():
        if row[0].value == "网址":
            row[1].value = "https://other.example.cn/"
    book.save(project.folder / "old.xlsx")
    ran = project.run("audit", "--as-of", AS_OF, "--baseline", name, as_of=None)
    assert ran.status == 2
    assert name in ran.err
    assert "改法" in ran.err
    assert (project.folder / "reports/audit.json").read_bytes() == before


def test_title_that_is_not_public_is_filed_nowhere(project: Project) -> None:
    """The title of a document that is withheld or secret is in none of the new files, also where it was public."""
    project.write("content/policies/p1.md", policy_text(1, **{**LATE, "title": "从前公开的标题"}))
    first = audited(project)
    assert "从前公开的标题" in json.dumps(first, ensure_ascii=False)
    (project.folder / "reports/audit.json").rename(project.folder / "old.json")
    (project.folder / "reports/findings.xlsx").unlink()
    hidden = {**LATE, **HIDDEN, "title": "从前公开的标题", "review_on": "2026-10-01"}
    project.write("content/policies/p1.md", policy_text(1, **hidden))
    project.write("content/policies/p2.md", policy_text(2, title="绝密的标题", **{**SECRET, "review_on": "2026-10-01"}))
    audited(project, "--baseline", "old.json", as_of="2026-11-23")
    assert NOT_PUBLIC_TITLE in {row["标题"] for row in filed(project)}
    for place in (project.folder / "reports").iterdir():
        if place.suffix in {".csv", ".html", ".ics", ".json"} and not place.name.startswith("ledger"):
            text = place.read_text(encoding="utf-8-sig").replace("\r\n ", "")
            assert "绝密的标题" not in text, place.name
            assert "从前公开的标题" not in text, place.name


def test_every_unit_has_its_letter(project: Project) -> None:
    """A unit with findings has a page to print, with its findings only; one that has none any more has no old page."""
    faulty(project)
    audited(project)
    letters = sorted((project.folder / "reports").glob("整改通知-*.html"))
    names = {place.name.removeprefix("整改通知-").removesuffix(".html") for place in letters}
    assert names == {"乙_丙_科_b", "全站", "甲科", "丁科", "示例市人力资源和社会保障局"}
    page = read_html((project.folder / "reports/整改通知-甲科.html").read_text(encoding="utf-8"))
    rows = page.one("table").all("tbody")[0].all("tr")
    assert len(rows) == sum(row["责任单位"] == "甲科" for row in filed(project))
    assert "2026年12月11日" in page.text
    assert "例人社发〔2024〕2号" not in page.text
    assert not page.all("script")
    assert not any(read_html(place.read_text(encoding="utf-8")).all("b") for place in letters)
    project.write("content/policies/p2.md", policy_text(2, responsible_unit="甲科"))
    audited(project)
    assert len(list((project.folder / "reports").glob("整改通知-*.html"))) == 4
    assert len(list((project.folder / "reports").glob("整改通知-*.docx"))) == 4


def test_letter_in_word_says_what_the_page_says(project: Project) -> None:
    """The Word file of a letter has the words of its page, no author, a head that repeats, and the same bytes again."""
    faulty(project)
    audited(project)
    reports = project.folder / "reports"
    first = {place.name: place.read_bytes() for place in reports.glob("整改通知-*.docx")}
    assert len(first) == 5
    for place in reports.glob("整改通知-*.html"):
        paper = docx.Document(str(place.with_suffix(".docx")))
        assert not paper.core_properties.author
        words = [line.text for line in paper.paragraphs]
        words += [line.text for row in paper.tables[0].rows for cell in row.cells for line in cell.paragraphs]
        page = re.sub(r"\s", "", read_html(place.read_text(encoding="utf-8")).one("main").text)
        assert page.count("整改期限") >= 1
        assert not [text for text in words if re.sub(r"\s", "", text) not in page]
        assert len("".join(re.sub(r"\s", "", text) for text in words)) == len(page)
        assert "w:tblHeader" in paper.tables[0].rows[0]._tr.xml
        assert "w:tblHeader" not in paper.tables[0].rows[1]._tr.xml
    audited(project)
    assert {place.name: place.read_bytes() for place in reports.glob("整改通知-*.docx")} == first


def test_score_is_what_the_findings_leave(project: Project) -> None:
    """A unit has 100 less the points of its findings, by rule, family or severity, and not less than 0."""
    faulty(project)
    project.write(
        "site_config.yaml",
        f"{CONFIG}audit: {{error_points: 3, warning_points: 1, rule_points: {{D: 10, M002: 0.5, H: 90}}}}\n",
    )
    report = audited(project)
    scores = {group["name"]: group["score"] for group in report["figures"]["units"]}
    own = [item for item in report["findings"] if item["unit"] == "甲科"]
    points = sum({"D": 10, "M": 0.5}.get(item["rule"][0], 3 if item["severity"] == "error" else 1) for item in own)
    assert scores["甲科"] == 100 - points
    assert scores["（全站）"] == 0
    rows = openpyxl.load_workbook(project.folder / "reports/findings.xlsx")["汇总"].iter_rows(values_only=True)
    assert {row[0]: row[-1] for row in rows if row[0] in scores} == scores


# ---------------------------------------------------------------- registers


def test_register_without_errors_in_form_never_stops_the_public(project: Project) -> None:
    """A register that is no table, or in another encoding, is a finding; the site is built all the same."""
    project.policy()
    for data in (b"\xff\xfe\x00", "事项\n甲\n".encode(), '事项,完成时限\n"甲,2026-01-01\n'.encode()):
        project.write("tasks.csv", data)
        assert [item["rule"] for item in project.check("--select", "M").findings] == ["M001"]
        project.build()
    assert not any("tasks" in place.name for place in (project.folder / "public").rglob("*"))


def test_register_that_the_config_names_must_be_there(project: Project) -> None:
    """A name in the config goes before the usual names, and a file that is not there is a mistake of the config."""
    place = project.write("site_config.yaml", f"{CONFIG}tasks: 台账.csv\n")
    project.write("tasks.csv", "事项,完成时限\n甲,2026-01-01\n")
    with pytest.raises(ConfigError, match="没有这个文件"):
        load_config(place)
    project.write(
        "台账.csv", "任务,牵头单位,配合单位,时限,完成日期,依据,备注\n乙,甲科、乙科,丙科,2026年1月1日,,某号,\n"
    )
    (task,) = load_config(place).registers.tasks
    assert (task.name, task.leaders, task.helpers, task.due_on) == (
        "乙",
        ("甲科", "乙科"),
        ("丙科",),
        dt.date(2026, 1, 1),
    )


def test_interview_in_both_places_is_one(project: Project) -> None:
    """An interview that is published and registered on the same day counts once; others add up."""
    project.policy(date_published="2025-05-08")
    project.interpretation(date_published="2025-05-08", form="interview")
    project.write("site_config.yaml", f"{CONFIG}quotas: {{interviews: 4}}\n")
    project.write("activities.csv", "日期,类型,数量\n2025-05-08,在线访谈,\n2025-06-01,在线访谈,2\n")
    (found,) = project.check("--select", "Q001", as_of="2026-03-01").findings
    assert "2025 年在线访谈 3 次" in found["message"]
    report = audited(project, "--fail-on", "never", status=0)
    assert report["figures"]["quotas"]["2025"]["interviews"] == 3


def test_incremental_build_notices_a_register(project: Project) -> None:
    """A register that changes, or appears, is looked at by the next build."""
    project.policy()
    project.write("site_config.yaml", f"{CONFIG}rules: {{M002: {{blocking: true}}}}\n")
    project.build()
    project.write("tasks.csv", "事项,完成时限\n甲,2026-01-01\n")
    assert project.run("build", "--no-search").status == 1


# ---------------------------------------------------------------- the agenda


def agenda_site(project: Project) -> None:
    project.write("content/policies/p1.md", policy_text(1, expires_on="2026-12-21", responsible_unit="甲科"))
    project.write("content/policies/p2.md", policy_text(2, **HIDDEN, responsible_unit="甲科"))
    project.write(
        "content/policies/p3.md",
        policy_text(3, doc_type="normative", date_written="2026-11-19", date_published="2026-11-20"),
    )
    fields = {"date_published": "2026-11-01", "opens_on": "2026-11-01", "closes_on": AS_OF}
    project.write("content/consultations/c1.md", notice_text("征求意见。\n", **fields))
    project.write("tasks.csv", "事项,牵头,完成时限,依据\n编目录,甲科,2026-11-20,某号\n报总结,乙科,2026-11-28,\n")


def test_agenda_has_what_is_due_when(project: Project) -> None:
    """Interpretations, ends of terms and consultations, re-examinations, tasks and the annual report have their day."""
    agenda_site(project)
    items = audited(project, "--fail-on", "never", status=0)["agenda"]
    days = {(item["kind"], item["window"]): item for item in items}
    assert days["任务", "已经逾期"]["left"] == -1
    assert days["征集截止", "今天"]["day"] == AS_OF
    assert days["任务", "7 日以内"]["day"] == "2026-11-28"
    assert days["解读", "7 日以内"]["day"] == "2026-11-25"
    assert days["有效期届满", "30 日以内"]["left"] == 30
    assert days["再评估", "30 日以后"]["subject"].startswith("不公开的文件 p2")
    assert days["年度报告", "30 日以后"]["day"] == "2027-01-31"
    assert items == sorted(items, key=lambda item: item["day"])
    page = read_html((project.folder / "reports/report.html").read_text(encoding="utf-8"))
    tables = page.one("section", id="agenda").all("table")
    assert len(tables[1].all("tbody")[0].all("tr")) == len(items)
    totals = [int(cell.text) for cell in tables[0].all("tfoot")[0].all("td")]
    assert sum(totals) == len(items)


@pytest.mark.parametrize(
    ("setting", "published", "days"),
    [
        ("annual_report_level: government", False, ["2027-03-31"]),
        ("annual_report_from: 2025", False, ["2026-01-31"]),
        ("annual_report_from: 2025", True, ["2027-01-31"]),
        ("annual_report_from: 2028", False, []),  # more than a year ahead
    ],
)
def test_agenda_has_the_day_of_the_next_annual_report(
    project: Project, setting: str, *, published: bool, days: list[str]
) -> None:
    """A government has until March 31; what the config says is owed stays until it is published."""
    project.write("site_config.yaml", f"{CONFIG}duties: {{{setting}}}\n")
    project.write("content/notices/n1.md", notice_text("正文。\n"))
    if published:
        fields = "title: 示例局2025年政府信息公开工作年度报告\ndisclosure: proactive\ndate_published: 2026-11-02"
        project.write("content/reports/nb.md", f"---\n{fields}\n---\n\n正文。\n")
    items = audited(project, "--fail-on", "never", status=0)["agenda"]
    assert [item["day"] for item in items if item["kind"] == "年度报告"] == days


def test_calendar_file_is_the_agenda(project: Project) -> None:
    """``agenda.ics`` has an event for each item, with alarms before it, in short lines; twice the same."""
    agenda_site(project)
    items = audited(project, "--fail-on", "never", status=0)["agenda"]
    data = (project.folder / "reports/agenda.ics").read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode().replace("\r\n ", "")
    events = text.split("BEGIN:VEVENT")[1:]
    days = [re.search(r"DTSTART;VALUE=DATE:(\d+)", event)[1] for event in events]  # type: ignore[index]
    assert days == [item["day"].replace("-", "") for item in items]
    uids = re.findall(r"UID:(.+)\r", text)
    assert len(set(uids)) == len(items)
    term = next(event for event in events if "有效期届满" in event)
    assert re.findall(r"TRIGGER:(.+)\r", term) == ["-P30D", "-P7D", "PT9H"]
    project.run("audit", "--as-of", AS_OF, "-o", "again", as_of=None)
    assert data == (project.folder / "again/agenda.ics").read_bytes()


def test_tasks_are_in_the_digest(project: Project) -> None:
    """A late task is among what is overdue, one of the next days among what is due soon."""
    agenda_site(project)
    told = json.loads(project.run("digest", "--format", "json", "--as-of", AS_OF, as_of=None).out)
    assert [item["note"] for item in told["overdue"] if item["path"] == "tasks.csv"] == ["M002"]
    assert [item["note"] for item in told["due_soon"] if item["path"] == "tasks.csv"] == ["M003"]


# ---------------------------------------------------------------- the page


@pytest.fixture
def large(project: Project) -> Path:
    """Write a site of more documents than a page lists at first, and return its report."""
    for number in range(1, 131):
        unit = "甲科" if number % 3 else "乙科"
        day = f"{2022 + number % 3}-05-08"
        fields = {"responsible_unit": unit, "date_published": day, "date_written": "2022-01-04"}
        project.policy(f"p{number}", **fields)
    audited(project)
    return project.folder / "reports/report.html"


@pytest.mark.browser
def test_filters_are_in_the_address(large: Path, chromium: "Browser") -> None:
    """What is chosen is in the address and comes back with it; all tables answer, also with rows not laid out yet."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(large.as_uri())
    status = page.locator("#documents [role=status]")
    assert status.inner_text() == "显示 130 行，共 130 行，先列 100 行"
    page.locator("select[name=unit]").select_option("乙科")
    page.locator("select[name=year]").select_option("2023")
    shown = sum(not number % 3 and 2022 + number % 3 == 2023 for number in range(1, 131))
    assert status.inner_text() == f"显示 {shown} 行，共 130 行"
    page.locator("select[name=year]").select_option("2022")
    page.locator("select[name=rule]").select_option("D001")
    assert status.inner_text() == "显示 43 行，共 130 行"
    assert page.locator("#findings [role=status]").inner_text().startswith("显示 43 行")
    address = page.url
    assert "unit=" in address
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("select[name=rule]").input_value() == "D001"
    assert status.inner_text() == "显示 43 行，共 130 行"
    page.get_by_role("button", name="全部显示").click()
    page.locator("#documents").get_by_role("button", name="全部列出").click()
    assert page.locator("#documents tbody tr").count() == 130
    assert not errors
    page.close()


@pytest.mark.browser
def test_one_unit_is_printed(large: Path, chromium: "Browser", tmp_path: Path) -> None:
    """With a unit chosen only its rows are on paper, all of them; without scripts every row is in a table."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{large.as_uri()}#unit=%E7%94%B2%E7%A7%91")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#documents tbody tr").count() == 87
    assert not page.locator("#coverage").is_visible()
    assert page.locator("#findings").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(large.as_uri())
    assert plain.locator("#documents tbody tr").count() == 130
    plain.close()


@pytest.mark.browser
def test_axe_finds_no_barrier_in_report_and_letters(large: Path, chromium: "Browser") -> None:
    """Nothing in a long report, filtered or not, or in a letter is what axe would call a barrier."""
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    for address in (large.as_uri(), f"{large.as_uri()}#unit=%E7%94%B2%E7%A7%91"):
        page.goto("about:blank")
        page.goto(address)
        assert not [found["id"] for found in Axe().run(page).response["violations"]]
    for place in large.parent.glob("整改通知-*.html"):
        page.goto(place.as_uri())
        assert not [found["id"] for found in Axe().run(page).response["violations"]]
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1440, "height": 900})
    page.close()


def test_what_units_get_names_no_document_that_is_not_public(project: Project) -> None:
    """Messages and hints quote no title and no number of a hidden or future document: not in letters, not in tables."""
    words = "两份通知的正文一字不差，用来看提示里会不会写出还没有发布的那一份的标题。" * 3 + "\n"
    project.write("content/notices/n1.md", notice_text(words, title="青铜计划的通知", date_published="2026-11-25"))
    later = notice_text(words, title="已经发布的通知", date_published="2026-11-26", responsible_unit="甲科")
    project.write("content/notices/n2.md", later)
    hidden = {**HIDDEN, "doc_number": "例铜发〔2024〕77号", "title": "青铜规程全文"}
    project.write("content/policies/h1.md", policy_text(3, **hidden))
    project.write("content/policies/p1.md", policy_text(1, responsible_unit="甲科", based_on="例铜发〔2024〕78号"))
    audited(project)
    reports = project.folder / "reports"
    data = json.loads((reports / "audit.json").read_text(encoding="utf-8"))
    quoted = [one for one in data["findings"] if "青铜" in one["message"] or "例铜发〔2024〕77号" in one["hint"]]
    assert len(quoted) == 2  # what the office reads itself
    rows = filed(project)
    assert not [row for row in rows if "青铜" in "".join(row.values()) or "〔2024〕77号" in "".join(row.values())]
    letters = [path.read_text(encoding="utf-8") for path in reports.glob("整改通知-*.html")]
    letters += [zipfile.ZipFile(path).read("word/document.xml").decode() for path in reports.glob("整改通知-*.docx")]
    assert letters
    assert not [text for text in letters if "青铜" in text or "〔2024〕77号" in text]
    assert any("（不公开的文件）" in text for text in letters)
