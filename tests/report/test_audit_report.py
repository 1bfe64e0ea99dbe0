"""The auditors' report: every file says the same, and says what the sources say."""

import csv
import datetime as dt
import io
import json
import re
import statistics
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.built_site import Node, build_here, read_html
from support.project import AS_OF, Project, until
from support.stages import CONFIG, SECRET, archive_of, notice_text, policy_text, text_of

from generator.audit import RULES, run_rules, select_rules
from generator.config.load import SiteConfig
from generator.domain.model import Evidence
from generator.domain.problems import Finding, GongkaiError, OutputError, Severity
from generator.domain.vocabulary import InterpretationState, LinkageFlag
from generator.report.audit_files import audit_json, audit_of, tables_of
from generator.report.audit_page import page_bytes
from generator.report.figures import figures
from generator.report.linkage_table import BOTH_WAYS, LABELS, NOT_CHECKED, WIDTHS, LinkageRow, linkage
from generator.report.output_folder import write_files
from generator.report.trend import identify_findings, read_baseline
from generator.source.facts.copied_runs import RUN, copied_share, copied_shares, runs_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NORMATIVE = {"doc_type": "normative"}
ELEMENTS = "[背景依据, 目标任务, 主要内容, 涉及范围, 执行标准, 注意事项, 关键词诠释, 惠民利民举措, 新旧政策差异]"
LEGISLATION = (
    "第一条　为了促进灵活就业，规范社会保险补贴的申请、审核和发放，根据有关规定，结合本市的实际情况，制定本办法。\n\n"
    "第二条　在本市灵活就业、以个人身份缴纳职工基本养老保险费和职工基本医疗保险费的就业困难人员，适用本办法。\n\n"
    "第三条　补贴标准为实际缴费额的三分之二，期限最长不超过三年；距法定退休年龄不足五年的，可以延长到退休。\n"
)


STEPS = "怎么领：先申请，后审核。\n" * 3


def interpretation_text(target: str, day: str = "2024-05-08", /, **fields: object) -> str:
    own = {"title": "解读", "date_published": day, "disclosure": "proactive", "interprets": target, "form": "article"}
    return text_of({**own, "elements": ELEMENTS, **fields}, STEPS)


# One policy for every state; 2024-05-08 is a Wednesday, 05-11 a worked Saturday, 2026-11-21 a Saturday.
STATES: dict[str, str] = {
    "policies/p1.md": policy_text(1, **NORMATIVE, responsible_unit="甲科"),
    "policies/p2.md": policy_text(2, **NORMATIVE, responsible_unit="[甲科, 乙科]"),
    "policies/p3.md": policy_text(3, **NORMATIVE, responsible_unit="乙科", date_written="2024-04-01"),
    "policies/p4.md": policy_text(4, **NORMATIVE, date_written="2026-11-18", date_published="2026-11-19"),
    "policies/p5.md": policy_text(5, **NORMATIVE, expires_on="2025-01-01"),
    "policies/p6.md": policy_text(
        6, **NORMATIVE, interpretation_required="false", interpretation_exempt_reason="只转发上级文件。"
    ),
    "policies/p7.md": policy_text(7, date_published="2025-02-03", date_written="2025-01-27"),
    "interpretations/i1.md": interpretation_text("p1"),
    "interpretations/i2.md": interpretation_text("p2", "2024-05-10"),
    "interpretations/i3.md": interpretation_text("p3", "2024-05-20"),
}
STATE_OF = {
    "p1": (InterpretationState.SAME_DAY, 0),
    "p2": (InterpretationState.IN_TIME, 2),
    "p3": (InterpretationState.LATE, 9),
    "p4": (InterpretationState.PENDING, ""),
    "p5": (InterpretationState.MISSING, ""),
    "p6": (InterpretationState.EXEMPT, ""),
    "p7": (InterpretationState.NOT_REQUIRED, ""),
}


def rows_of(texts: dict[str, str], seen: dict[str, str] | None = None) -> dict[str, LinkageRow]:
    return {row.id: row for row in linkage(archive_of(texts), CONFIG, Evidence(), seen)}


def write_all(project: Project, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        project.write(f"content/{path}", text)


def audited(project: Project, *arguments: str, status: int = 1) -> dict[str, Any]:
    """Run the audit and return ``audit.json``."""
    ran = project.run("audit", "--as-of", AS_OF, *arguments, as_of=None)
    assert ran.status == status, ran.err
    found: dict[str, Any] = json.loads((project.folder / "reports/audit.json").read_text(encoding="utf-8"))
    return found


# ---------------------------------------------------------------- one line for every policy


@pytest.mark.parametrize("name", STATE_OF)
def test_every_state_has_its_line(name: str) -> None:
    """Every public policy has its state, and the working days between itself and its first interpretation."""
    row = rows_of(STATES)[name]
    state, lag = STATE_OF[name]
    assert (row.state, row.lag_workdays) == (state.label, lag)
    assert row.required == {"p6": "免予解读", "p7": "不要求"}.get(name, "应解读")
    assert row.interpretations == (name in {"p1", "p2", "p3"})


def test_line_holds_what_an_auditor_asks_for() -> None:
    """A line has days, forms, elements, the unit and the source; what was published late is told."""
    texts = {
        **STATES,
        "interpretations/i4.md": interpretation_text("p3", "2024-05-21", form="qa", interpreter_type="leader"),
        "interpretations/i5.md": interpretation_text("p3", "2024-05-22", form="media", interpreter_type="media"),
    }
    row = rows_of(texts)["p3"]
    assert (row.disclosure_days, row.disclosure_workdays) == (37, 24)
    assert (row.disclosure_due, row.disclosure_late) == ("2024-04-29", "是")
    assert (row.interpretations, row.external, row.forms, row.form_names) == (3, 1, 3, "文字解读、政策问答、媒体专访")
    assert (row.by_leader, row.first, row.due) == ("是", "2024-05-20", "2024-05-11")
    assert (row.unit, row.path, row.validity, row.year) == ("乙科", "content/policies/p3.md", "有效", "2024")
    assert set(LABELS) == set(LinkageRow._fields)
    assert len(WIDTHS) == len(LinkageRow._fields)


def test_line_has_plan_and_filing_of_the_interpretation() -> None:
    """解读方案 is there or not where an interpretation is asked for; of several 备案 the first counts."""
    rows = rows_of(
        {
            **STATES,
            "policies/p3.md": policy_text(3, interpretation_plan="{形式: 图解}", doc_type="normative"),
            "interpretations/i4.md": interpretation_text("p3", "2024-05-21", interpretation_filed_on="2024-05-06"),
            "interpretations/i5.md": interpretation_text("p3", "2024-05-22", interpretation_filed_on="2024-04-08"),
        }
    )
    assert (rows["p3"].plan, rows["p3"].filed) == ("是", "2024-04-08")
    assert (rows["p1"].plan, rows["p1"].filed) == ("否", "")
    assert rows["p7"].plan == ""


def test_what_is_suspended_is_not_plainly_in_force() -> None:
    """A suspended policy says so in its line, and is counted beside the statuses, which still add up."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2, suspends="p1"),
        "policies/p3.md": policy_text(3, amends="p4", suspends="p4#第二条"),
        "policies/p4.md": policy_text(4),
    }
    rows = rows_of(texts)
    assert [rows[name].validity for name in ("p1", "p2", "p4")] == ["有效，暂停执行", "有效", "已修改，部分暂停执行"]
    total = figures(tuple(rows.values()), (), {}, {}).total
    assert (total.suspended, total.validity["effective"], sum(total.validity.values())) == (2, 3, 4)


@pytest.mark.parametrize(
    ("flag", "policy", "interpretation"),
    [
        (LinkageFlag.BEFORE_DOCUMENT, {}, {"date_published": "2024-05-07"}),
        (LinkageFlag.AFTER_END, {"expires_on": "2024-05-31"}, {"date_published": "2024-06-01"}),
        (LinkageFlag.FORMS_SHORT, {"issuer_level": "city_gov"}, {}),
        (LinkageFlag.ELEMENTS_SHORT, {}, {"elements": "[背景依据]"}),
        (LinkageFlag.OTHER_UNIT, {"drafting_unit": "甲科"}, {"responsible_unit": "乙科"}),
        (LinkageFlag.NO_TRANSCRIPT, {}, {"form": "video"}),
    ],
)
def test_flags_say_what_the_rules_find(
    flag: LinkageFlag, policy: dict[str, str], interpretation: dict[str, str]
) -> None:
    """What a rule finds on an interpretation stands as a flag in the line of its document, and nothing else does."""
    texts = {
        "policies/p1.md": policy_text(1, **{**NORMATIVE, **policy}),
        "interpretations/i1.md": interpretation_text("p1", **interpretation),
    }
    assert rows_of(texts)["p1"].flags == flag.label
    rule = {"before_document": "L010", "after_end": "L015", "forms_short": "L005", "elements_short": "L007"}
    rule |= {"other_unit": "L012", "no_transcript": "L013"}
    found = {finding.rule for finding in run_rules(archive_of(texts), CONFIG, select_rules(["L"], []))}
    assert rule[flag.value] in found
    assert not found & set(rule.values()) - {rule[flag.value]}


def test_what_is_not_public_has_no_line(project: Project) -> None:
    """A document that is withheld, secret or waits for its day stands in no line, and its interpretation counts not."""
    texts = {
        "policies/p1.md": policy_text(1, **NORMATIVE),
        "policies/p2.md": policy_text(2, title="不公开的标题", disclosure="withheld"),
        "policies/p3.md": policy_text(3, title="绝密的标题", **SECRET),
        "policies/p4.md": policy_text(4, date_published="2027-01-01"),
        "interpretations/i1.md": interpretation_text("p1", "2027-01-01"),
    }
    assert {name: row.interpretations for name, row in rows_of(texts).items()} == {"p1": 0}
    write_all(project, texts)
    audited(project)
    for name in ("report.html", "linkage.csv", "audit.json"):
        text = (project.folder / "reports" / name).read_text(encoding="utf-8-sig")
        assert "绝密的标题" not in text
        assert "不公开的标题" not in text


# ---------------------------------------------------------------- one computation


def test_figures_of_all_files_agree(project: Project) -> None:
    """Whoever adds up linkage.csv and the findings of check gets the figures of audit.json, xlsx and the page."""
    write_all(project, STATES)
    report = audited(project)
    rows = list(csv.DictReader(io.StringIO((project.folder / "reports/linkage.csv").read_bytes().decode("utf-8-sig"))))
    assert [{LABELS[key]: str(value) for key, value in row.items()} for row in report["documents"]] == rows
    findings = [*project.check("--ignore", "G").findings, *project.check("--select", "G").findings]
    assert sorted(map(str, findings)) == sorted(
        str({key: value for key, value in item.items() if key not in {"key", "unit"}}) for item in report["findings"]
    )

    def added(part: list[dict[str, str]]) -> dict[str, object]:
        states = Counter(row["结论"] for row in part)
        done = states["同步解读"] + states["按时解读"] + states["逾期解读"]
        asked = done + states["待解读"] + states["应解读未解读"]
        over = asked - states["待解读"]
        days = [int(row["公开耗时（日）"]) for row in part if row["公开耗时（日）"]]
        return {
            "policies": len(part),
            "asked": asked,
            "interpreted": done,
            "coverage": round(100 * done / asked, 1) if asked else None,
            "in_time_rate": round(100 * (done - states["逾期解读"]) / over, 1) if over else None,
            "states": {term.value: states[term.label] for term in InterpretationState},
            "disclosed_late": sum(row["超期公开"] == "是" for row in part),
            "median": statistics.median(days) if days else 0,
        }

    def told(group: dict[str, Any]) -> dict[str, object]:
        return {**{key: group[key] for key in added([]) if key != "median"}, "median": group["disclosure"]["median"]}

    figures = report["figures"]
    assert told(figures["total"]) == added(rows)
    assert figures["total"]["coverage"] == 60.0
    assert figures["total"]["in_time_rate"] == 50.0
    for group in figures["years"]:
        assert told(group) == added([row for row in rows if row["公开年度"] == group["name"]])
    for group in figures["units"]:
        mine = [row for row in rows if row["责任科室"].partition("；")[0] == group["name"]]
        assert told(group) == added(mine)
    assert sum(figures["lags"].values()) == 3
    assert figures["total"]["errors"] == sum(item["severity"] == "error" for item in findings)
    assert figures["total"]["warnings"] == sum(item["severity"] == "warning" for item in findings)
    assert sum(group["errors"] for group in figures["units"]) == figures["total"]["errors"]
    book = openpyxl.load_workbook(project.folder / "reports/linkage.xlsx")
    assert book.sheetnames == ["解读关联", "按单位", "按年度", "问题", "公开事项"]
    assert [sheet.max_row - 1 for sheet in book] == [
        len(rows),
        len(figures["units"]),
        len(figures["years"]),
        len(findings),
        15,  # 条例第二十条
    ]
    page = read_html((project.folder / "reports/report.html").read_text(encoding="utf-8"))
    cards = {card.children[0]: card.one("b").text for card in page.classed("cards")[0].all("li")}
    assert cards["解读率"] == "60.0%"
    assert cards["按时率"] == "50.0%"
    assert cards["错误"] == str(figures["total"]["errors"])
    table = next(table for table in page.all("table") if table.all("caption")[0].text == "解读情况，按年度")
    assert [cell.text for cell in table.all("tfoot")[0].all("td")][:6] == ["5", "1", "1", "1", "1", "1"]


def test_exit_status_says_how_grave_the_findings_are(project: Project) -> None:
    """Errors end with 1; with --fail-on never the report alone counts."""
    write_all(project, STATES)
    assert project.run("audit", "--as-of", AS_OF, as_of=None).status == 1
    assert project.run("audit", "--as-of", AS_OF, "--fail-on", "never", as_of=None).status == 0


def test_report_is_the_same_from_a_cold_and_a_warm_cache(project: Project, tmp_path: Path) -> None:
    """The same sources and day give the same bytes, in another folder, without the cache and in one process."""
    write_all(project, STATES)
    audited(project)
    for name, cache in (("warm", project.cache), ("cold", tmp_path / "other")):
        again = Project(project.folder, cache)
        again.run("audit", "--as-of", AS_OF, "-o", name, "--jobs", "1", as_of=None)
        for place in (project.folder / "reports").iterdir():
            assert place.read_bytes() == (project.folder / name / place.name).read_bytes(), place.name


def test_a_failed_run_leaves_the_old_reports(tmp_path: Path) -> None:
    """Where one file cannot be put in place, those before it are again what they were."""
    write_files(tmp_path, {"a": b"old", "b": b"old"}, must_be_new=False)
    (tmp_path / "c").mkdir()
    with pytest.raises(OutputError, match="原来的报告没有动"):
        write_files(tmp_path, {"a": b"new", "new": b"new", "c": b"new"}, must_be_new=False)
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir() if place.is_file()} == {
        "a": b"old",
        "b": b"old",
    }


# ---------------------------------------------------------------- both links in the built site


def test_links_are_looked_for_in_the_built_site(project: Project) -> None:
    """With a built site every pair is looked at on its pages; a link that is taken away is told, nothing else is."""
    write_all(project, STATES)
    project.policy("p9", **NORMATIVE)
    assert not build_here(project).blocking
    assert {row["two_way"] for row in audited(project)["documents"]} == {NOT_CHECKED, ""}
    report = audited(project, "--site", "public")
    assert {row["id"]: row["two_way"] for row in report["documents"] if row["two_way"]} == {
        "p1": BOTH_WAYS,
        "p2": BOTH_WAYS,
        "p3": BOTH_WAYS,
    }
    assert "3 对，0 件文件不全" in report["notes"][0]
    address = {row["id"]: row["url"] for row in project.records().values()}
    page = project.folder / "public" / address["p1"] / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace('data-relation="interpreted_by"', 'data-relation="none"'), encoding="utf-8")
    (project.folder / "public" / address["i2"] / "index.html").unlink()
    project.write("content/interpretations/i9.md", interpretation_text("p9"))
    report = audited(project, "--site", "public")
    rows = {row["id"]: row for row in report["documents"]}
    assert rows["p1"]["two_way"] == "文件页没有到 i1 的链接"
    assert rows["p2"]["two_way"] == "i2 没有到文件的链接"
    assert rows["p9"]["two_way"] == "网站上没有 i9"
    assert rows["p3"]["two_way"] == BOTH_WAYS
    assert LinkageFlag.ONE_WAY.label in rows["p1"]["flags"]


def test_site_that_is_none(project: Project) -> None:
    """A folder that is no site ends with 2, and writes nothing."""
    project.policy()
    ran = project.run("audit", "--site", "content", as_of=None)
    assert ran.status == 2
    assert "不是 gongkai 生成的网站" in ran.err
    assert not (project.folder / "reports").exists()


# ---------------------------------------------------------------- copied words


def test_copied_interpretation_is_found_with_its_share(project: Project) -> None:
    """Only an interpretation in the document's own words is suspected; the share stands in its line."""
    project.policy("p1", LEGISLATION, **NORMATIVE)
    project.interpretation("i1", "逐条说明如下。\n\n" + LEGISLATION.replace("第一条　", "").replace("第二条　", ""))
    found = project.check("--select", "L011").findings
    assert [item["path"] for item in found] == ["content/interpretations/i1.md"]
    percent = int(re.search(r"有 (\d+)%", found[0]["message"])[1])  # type: ignore[index]
    assert percent > 80
    (row,) = audited(project, "--fail-on", "never", status=0)["documents"]
    assert row["copied_percent"] == percent
    assert LinkageFlag.COPY_SUSPECTED.label in row["flags"]
    config = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    project.write("site_config.yaml", f"{config}interpretation: {{copied_max_percent: 100}}\n")
    assert not project.check("--select", "L011").findings


def test_build_compares_texts_only_where_that_may_stop_it(project: Project) -> None:
    """A build compares no texts, unless the config makes L011 block; then words alone can stop it."""
    head, law, own = ("".join(map(chr, range(start, start + length))) for start, length in _TEXTS)
    project.policy("p1", law)
    project.interpretation("i1", head + law)
    assert not build_here(project).blocking
    config = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    project.write("site_config.yaml", f"{config}rules: {{L011: {{blocking: true}}}}\n")
    assert [item.rule for item in build_here(project).blocking] == ["L011"]
    project.interpretation("i1", head + own)
    assert not build_here(project).blocking
    project.interpretation("i1", head + law)  # nothing but words, and those behind the opening
    assert [item.rule for item in build_here(project).blocking] == ["L011"]


_TEXTS = ((0x4E00, 300), (0x5000, 2000), (0x6000, 2000))  # three texts that share nothing


@given(st.text(alphabet="甲乙丙丁，。 \n", max_size=400), st.text(alphabet="甲乙丙丁戊", max_size=400))
def test_shares_are_percents(one: str, other: str) -> None:
    """A share lies between 0 and 100; a text shares all of itself, a short one nothing."""
    runs = runs_of(one)
    assert 0 <= copied_share(runs, runs_of(other)) <= 100
    assert copied_share(runs, runs) == (100 if len(runs) >= 100 else 0)
    assert all(len(run) == RUN for run in runs)


def test_no_pair_asks_for_no_cache(tmp_path: Path) -> None:
    """A site without interpretations opens nothing."""
    assert copied_shares(tmp_path / "none" / "cache.db", []) == {}
    assert not (tmp_path / "none").exists()


# ---------------------------------------------------------------- the trend


def finding(message: str, *, line: int = 1, rule: str = "H001", field: str = "", document: str = "p1") -> Finding:
    return Finding(
        f"content/policies/{document}.md", line, rule, field, message, "", document, Severity.ERROR, "", blocking=False
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (finding("死链“a.html”", line=3), finding("死链“a.html”", line=9), True),
        (finding("死链“a.html”"), finding("死链“b.html”"), False),
        (finding("死链“a.html”"), finding("死链“a.html”", document="p2"), False),
        (finding("已晚 3 个工作日", rule="L002"), finding("已晚 30 个工作日", rule="L002"), True),
        (finding("所指的 content/policies/p2.md 已废止"), finding("所指的 content/policies/p3.md 已废止"), False),
        (finding("2024 年在线访谈 1 次"), finding("2025 年在线访谈 1 次"), False),
        (finding("2025 年在线访谈 1 次"), finding("2025 年在线访谈 2 次"), True),
        (finding("缺少", field="title"), finding("缺少", field="form"), False),
    ],
)
def test_a_finding_is_known_by_what_it_is_about(one: Finding, other: Finding, *, same: bool) -> None:
    """Its rule, document, field and subject make a finding; lines and growing numbers do not."""
    assert (identify_findings([one])[0].key == identify_findings([other])[0].key) is same


def test_equal_findings_are_counted() -> None:
    """Two findings of one subject are two; mending one of them leaves one open."""
    keys = [item.key for item in identify_findings([finding("死链“a”", line=1), finding("死链“a”", line=2)])]
    assert len(set(keys)) == 2
    assert keys[0] == identify_findings([finding("死链“a”", line=2)])[0].key


def test_trend_says_what_is_new_mended_and_open(project: Project) -> None:
    """Against an earlier report every finding is new, mended or still open; moving its line changes nothing."""
    write_all(project, STATES)
    first = audited(project)
    (project.folder / "reports/audit.json").rename(project.folder / "old.json")
    project.write("content/policies/p5.md", STATES["policies/p5.md"].replace("title:", "audience: 企业\ntitle:", 1))
    project.write("content/interpretations/i6.md", interpretation_text("p5", "2026-11-20"))
    project.write("content/notices/n1.md", notice_text("见[甲](no.html)。\n"))
    ran = project.run("audit", "--as-of", "2026-11-23", "--baseline", "old.json", as_of=None)
    assert ran.status == 1, ran.err
    report = json.loads((project.folder / "reports/audit.json").read_text(encoding="utf-8"))
    by_key = {item["key"]: item for item in report["findings"]}
    new = {(by_key[key]["rule"], by_key[key]["document"]) for key in report["trend"]["new"]}
    mended = {(item["rule"], item["document"]) for item in report["trend"]["mended"]}
    assert {("H002", "n1"), ("L003", "p5")} <= new
    assert ("L002", "p5") in mended
    assert ("L003", "p3") not in new | mended
    assert report["trend"]["open"] + len(report["trend"]["mended"]) == len(first["findings"])
    assert report["trend"]["open"] + len(report["trend"]["new"]) == len(report["findings"])
    assert report["trend"]["baseline"]["as_of"] == AS_OF
    assert f"和 {AS_OF} 相比" in ran.err
    page = read_html((project.folder / "reports/report.html").read_text(encoding="utf-8"))
    assert page.one("section", id="trend") is not None
    assert len(page.classed("new")) == len(report["trend"]["new"])


def test_rules_of_one_audit_only_are_not_compared(project: Project) -> None:
    """What a rule finds that the earlier audit did not run is neither new nor mended."""
    write_all(project, STATES)
    old = audited(project)
    old["rules"].remove("L002")
    old["findings"] = [item for item in old["findings"] if item["rule"] != "L002"]
    project.write("old.json", json.dumps(old))
    trend = audited(project, "--baseline", "old.json")["trend"]
    assert (trend["new"], trend["mended"], trend["incomparable"]) == ([], [], ["L002"])
    assert trend["open"] == len(old["findings"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (b"{", "不是 JSON"),
        (b"\xff", "不是 JSON"),
        (b"[" * 100_000, "不是 JSON"),
        (b"[]", "不是 gongkai audit 写的"),
        ({"generator": "gongkai"}, "不是 gongkai audit 写的"),
        ({"format": 99}, "格式"),
        ({"findings": [{}]}, "缺少内容"),
        ({"findings": None}, "缺少内容"),
        ({"rules": [[]]}, "缺少内容"),
        ({"rules": [1]}, "缺少内容"),
        ({"as_of": 5}, "缺少内容"),
        ({"as_of": "2"}, "缺少内容"),
        ({"rules": "L002"}, "缺少内容"),
        ({"site": "x"}, "缺少内容"),
        ({"site": {"base_url": "https://other.example.cn/"}}, "另一个网站"),
        ({"as_of": "2027-01-01"}, "晚于"),
    ],
)
def test_baseline_that_is_none(tmp_path: Path, change: bytes | dict[str, object], said: str) -> None:
    """A broken, foreign or later baseline is refused with what is wrong, never a traceback."""
    archive = archive_of(STATES)
    report = audit_of(archive, CONFIG, Evidence(), (), tuple(RULES.values()), commit="")
    good = json.loads(audit_json(report))
    place = tmp_path / "audit.json"
    place.write_bytes(change if isinstance(change, bytes) else json.dumps({**good, **change}).encode())
    with pytest.raises(GongkaiError, match=said):
        read_baseline(place, base_url=CONFIG.site.base_url, as_of=AS_OF)
    place.write_text(json.dumps(good), encoding="utf-8")
    assert read_baseline(place, base_url=CONFIG.site.base_url, as_of=AS_OF).as_of == AS_OF
    with pytest.raises(GongkaiError, match="读不了"):
        read_baseline(tmp_path, base_url=CONFIG.site.base_url, as_of=AS_OF)


# ---------------------------------------------------------------- the page


def page_of(texts: dict[str, str], config: SiteConfig = CONFIG, as_of: dt.date = dt.date(2026, 11, 21)) -> str:
    archive = archive_of(texts, as_of, config=config)
    findings = tuple(run_rules(archive, config, select_rules([], ["S005", "S010", "V005", "L011"])))
    report = audit_of(archive, config, Evidence(), findings, tuple(RULES.values()), commit="")
    assert tables_of(report)
    return page_bytes(report, archive).decode()


def test_page_loads_nothing_and_reads_without_its_script() -> None:
    """The page is one file: nothing is loaded, every document and finding stands in a plain table, every id once."""
    page = read_html(page_of({**STATES, "notices/n1.md": notice_text("见[甲](no.html)。\n")}))
    assert not page.all(src="*")
    assert not [node for node in page.all(href="*") if not node["href"].startswith("#")]
    ids = [node["id"] for node in page.all(id="*")]
    assert len(ids) == len(set(ids))
    assert {node["href"][1:] for node in page.all(href="*")} <= set(ids)
    documents = page.one("section", id="documents").one("table")
    assert len(documents.all("tbody")[0].all("tr")) == len(STATES) + 1
    assert {len(row.all("td")) for row in documents.all("tbody")[0].all("tr")} == {len(documents.all("th"))}
    assert "no.html" in page.one("section", id="findings").text
    assert len(page.classed("figure")) == 9
    for figure in page.classed("figure"):
        assert figure.all("table")
    assert {bar["aria-hidden"] for bar in page.classed("bar")} == {"true"}
    assert not page.all("svg")


@pytest.mark.parametrize("title", ['"<script>alert(1)</script>"', '"</title><b>&amp;"', '"=1+1\\u202e"', '"{{ 1 }}"'])
def test_page_shows_any_title_as_text(title: str) -> None:
    """Whatever stands in a title, a unit or a message is text in the page."""
    texts = {"policies/p1.md": policy_text(1, **NORMATIVE, title=title, responsible_unit=title)}
    page = read_html(page_of(texts))
    assert len(page.all("script")) == 1
    assert len(page.all("title")) == 1
    assert not page.one("section", id="documents").all("b")


def test_a_site_without_policies_has_a_report() -> None:
    """Where there is no policy, only findings have bars, and rates are a dash."""
    page = read_html(page_of({"notices/n1.md": notice_text()}))
    figures = [figure for figure in page.classed("figure") if figure.all("i", class_="*", style="*")]
    assert [figure.one("h3").text for figure in figures] == ["问题，按单位"]
    assert "—" in page.text


def test_bars_are_as_long_as_the_numbers_beside_them() -> None:
    """The coloured parts of a bar are the numbers of its row's coloured columns; all bars of a table have one scale."""
    bars = 0
    for figure in read_html(page_of(STATES)).classed("figure"):
        heads = figure.all("th", scope="col")[1:]
        codes = [key["class"].removeprefix("key ") for head in heads for key in head.classed("key")]
        first = next(place for place, head in enumerate(heads) if head.classed("key"))
        scales = set()
        for row in figure.all("tbody")[0].all("tr"):
            numbers = [int(cell.text) for cell in row.all("td")[first : first + len(codes)]]
            *parts, rest = row.all("i")
            lengths = {part["class"]: _length(part) for part in parts}
            assert lengths == {code: number for code, number in zip(codes, numbers, strict=True) if number}
            scales.add(sum(numbers) + _length(rest))
            bars += len(parts)
        assert len(scales) <= 1
    assert bars > 10


def _length(part: Node) -> int:
    return int(part["style"].removeprefix("flex-grow:"))


@pytest.fixture
def page(chromium: "Browser", tmp_path: Path) -> "Page":
    place = tmp_path / "report.html"
    place.write_text(page_of(STATES), encoding="utf-8")
    opened = chromium.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(place.as_uri())
    assert not errors
    return opened


def shown(page: "Page", column: int = 2) -> list[str]:
    return page.locator(f"#documents tbody tr:visible td:nth-child({column})").all_inner_texts()


@pytest.mark.browser
def test_documents_are_filtered_and_sorted(page: "Page") -> None:
    """Typing and choosing leave the rows that fit, a heading sorts by number; how many are shown is said."""
    status = page.locator("#documents [role=status]")
    assert status.inner_text() == "显示 10 行，共 10 行"
    page.get_by_label("解读结论").select_option("逾期解读")
    assert status.inner_text() == "显示 1 行，共 10 行"
    page.get_by_label("解读结论").select_option("")
    page.get_by_label("筛选").fill("p3.md")
    until(page, "document.querySelector('#documents [role=status]').textContent.startsWith('显示 1 行')")
    page.get_by_label("筛选").fill("")
    until(page, "document.querySelector('#documents [role=status]').textContent.startsWith('显示 10 行')")
    heading = page.get_by_role("columnheader", name="公开耗时（日）")
    column = 1 + page.locator("#documents thead th").all_inner_texts().index(heading.inner_text())
    heading.get_by_role("button").click()
    taken = [text for text in shown(page, column) if text]
    assert taken == sorted(taken, key=int)
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.get_by_role("button").click()
    assert [text for text in shown(page, column) if text] == taken[::-1]
    assert not shown(page, column)[-1]


@pytest.mark.browser
def test_page_fits_a_phone_and_paper(page: "Page") -> None:
    """At 320 pixels nothing but tables scrolls sideways; on paper the tools are gone and all rows are there."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert len(shown(page)) == 10


@pytest.mark.browser
def test_axe_finds_no_barrier_in_the_report(page: "Page") -> None:
    """There is nothing in the report that axe would call a barrier, of whatever weight."""
    from axe_playwright_python.sync_playwright import Axe

    assert not [found["id"] for found in Axe().run(page).response["violations"]]


def test_coverage_and_inspection_are_those_of_their_commands(project: Project) -> None:
    """The report's items count what is held back beside what is public; its inspection is that of ``inspect``."""
    project.policy("p1")
    project.policy("p2", date_published=f"{int(AS_OF[:4]) + 1}-01-05", date_written="2026-11-01")
    project.policy("p3", disclosure="withheld", withhold_class="N01", withhold_note="尚在审定", review_on="2027-05-01")
    project.run("audit", "--as-of", AS_OF, as_of=None)
    report = json.loads((project.folder / "reports/audit.json").read_text(encoding="utf-8"))
    first, *others = report["coverage"]["statutory"]
    assert (first["documents"], first["held"], first["state"]) == (["p1"], 2, "covered")
    assert {row["state"] for row in others} == {"empty"}
    assert report["coverage"]["catalogue"] == []
    told = json.loads(project.run("inspect", "--format", "json", "--as-of", AS_OF, as_of=None).out)
    assert report["inspection"] == [{key: row[key] for key in row if key != "label"} for row in told]
    page = (project.folder / "reports/report.html").read_text(encoding="utf-8")
    assert 'id="coverage"' in page
    assert 'id="inspection"' in page
