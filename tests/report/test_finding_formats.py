"""Findings for code hosts and CI servers, and findings of a change alone."""

import json
import xml.etree.ElementTree as ET

import pytest
from support.git_repository import commit, git
from support.project import AS_OF, Project
from support.stages import CONFIG, archive_of, notice_text, policy_text, text_of

from generator.audit import RULES, run_rules, select_rules
from generator.audit.since import findings_touching
from generator.domain.model import Evidence
from generator.domain.problems import Finding, Severity
from generator.report.junit import junit
from generator.report.sarif import sarif

TEXTS = {
    "policies/p1.md": policy_text(1, doc_number="例人社发[2024]1号"),
    "notices/标 题.md": notice_text(id="n1", disclosure=None),
}
CHOSEN = select_rules(["F", "G"], [])


def found() -> list[Finding]:
    return run_rules(archive_of(TEXTS), CONFIG, CHOSEN)


def test_sarif_has_what_the_standard_asks_for() -> None:
    """A SARIF log names its version, every rule with its help, and every finding with place, level and rule."""
    log = json.loads(sarif(found(), CHOSEN))
    assert (log["version"], log["$schema"].endswith("sarif-schema-2.1.0.json")) == ("2.1.0", True)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "gongkai"
    assert [rule["id"] for rule in rules] == [rule.id for rule in CHOSEN]
    for rule in rules:
        assert rule["shortDescription"]["text"] == RULES[rule["id"]].title
        assert "改法" in rule["help"]["text"]
        assert RULES[rule["id"]].source in rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning"}
    results = run["results"]
    assert [(one["ruleId"], one["level"], one["properties"]["blocking"]) for one in results] == [
        ("G001", "error", True),
        ("F007", "warning", False),
    ]
    for one in results:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert "改法" in one["message"]["text"]
        assert one["partialFingerprints"]["gongkai/v1"]
    places = [one["locations"][0]["physicalLocation"] for one in results]
    assert [place["artifactLocation"]["uri"] for place in places] == [
        "content/notices/%E6%A0%87%20%E9%A2%98.md",
        "content/policies/p1.md",
    ]
    assert [place["region"] for place in places] == [{"startLine": 1}, {"startLine": 4}]
    assert all(place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"] for place in places)


def test_sarif_knows_a_finding_again_when_its_line_has_moved() -> None:
    """The fingerprint of a finding does not depend on its line."""
    texts = {"policies/p1.md": TEXTS["policies/p1.md"].replace("---\n", "---\ngenre: 办法\n", 1)}
    moved = run_rules(archive_of(texts), CONFIG, select_rules(["F007"], []))
    before = run_rules(archive_of(TEXTS), CONFIG, select_rules(["F007"], []))
    prints = [
        json.loads(sarif(findings, CHOSEN))["runs"][0]["results"][0]["partialFingerprints"]
        for findings in (before, moved)
    ]
    assert before[0].line != moved[0].line
    assert prints[0] == prints[1]


@pytest.mark.parametrize(("failing", "failures"), [({Severity.ERROR}, ["G001"]), (set(Severity), ["F007", "G001"])])
def test_junit_fails_what_fails_the_check(failing: set[Severity], failures: list[str]) -> None:
    """There is one test case per rule; it fails when a finding of it fails the check, else it only tells of it."""
    root = ET.fromstring(junit(found(), CHOSEN, lambda finding: finding.severity in failing, {"F009"}))
    (suite,) = root
    assert suite.attrib["failures"] == root.attrib["failures"] == str(len(failures))
    assert (suite.attrib["tests"], suite.attrib["skipped"]) == (str(len(CHOSEN)), "1")
    cases = {case.attrib["name"].split(" ")[0]: case for case in suite}
    assert list(cases) == [rule.id for rule in CHOSEN]
    assert [name for name, case in cases.items() if case.find("failure") is not None] == failures
    assert "content/notices/标 题.md:1: 错误: 没有“公开属性”" in (cases["G001"].findtext("failure") or "")
    assert "例人社发[2024]1号" in "".join(cases["F007"].itertext())
    assert [name for name, case in cases.items() if case.find("skipped") is not None] == ["F009"]
    assert not list(cases["F001"])


def test_junit_survives_what_xml_cannot_hold() -> None:
    """Characters that no XML may hold are replaced, markup in a message stays text."""
    strange = found()[0].__class__(
        **{**{name: getattr(found()[0], name) for name in Finding.__slots__}, "message": "<b>&\x08\udc80\ufffe"}
    )
    root = ET.fromstring(junit([strange], CHOSEN, lambda finding: finding.severity is Severity.ERROR, set()))
    assert "<b>&\ufffd\ufffd\ufffd" in "".join(root.itertext())


@pytest.mark.parametrize("form", ["sarif", "junit", "json"])
def test_program_reads_nothing_but_the_report(project: Project, form: str) -> None:
    """Standard output holds the report and nothing else, the same each time; the exit status is that of the check."""
    project.write("content/policies/p1.md", TEXTS["policies/p1.md"])
    first = project.run("check", "--format", form, "--select", "F,G")
    assert (first.status, project.run("check", "--format", form, "--select", "F,G").out) == (0, first.out)
    if form == "junit":
        assert ET.fromstring(first.out.encode()).tag == "testsuites"
    else:
        json.loads(first.out)
    assert project.run("check", "--format", form, "--select", "F,G", "--fail-on", "warning").status == 1


# ---------------------------------------------------------------- --since

INTERPRETATION = {"title": "解读", "date_published": "2024-05-20", "disclosure": "proactive", "interprets": "p1"}
WORDS = "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n"
LINKED = {
    "policies/p1.md": policy_text(1, doc_type="normative"),
    "policies/p2.md": policy_text(2, doc_number="例人社发[2024]2号"),
    "interpretations/i1.md": text_of(INTERPRETATION, WORDS),
    "notices/n1.md": notice_text("[办法](../policies/p9.md) ![](a.png)\n"),
}


@pytest.mark.parametrize(
    ("touched", "gone", "wanted"),
    [
        ([], [], []),
        (["notices/n2.md"], [], []),
        (["policies/p2.md"], [], ["policies/p2.md F007"]),
        (["policies/p1.md"], [], ["interpretations/i1.md L007", "policies/p1.md L003"]),
        (["interpretations/i1.md"], [], ["interpretations/i1.md L007", "policies/p1.md L003"]),
        ([], ["policies/p9.md"], ["notices/n1.md H001"]),
        (["notices/n1.md"], [], ["notices/n1.md H001", "notices/n1.md H003"]),
        (["notices/a.png"], [], ["notices/n1.md H001", "notices/n1.md H003"]),
    ],
)
def test_only_what_a_change_touches(touched: list[str], gone: list[str], wanted: list[str]) -> None:
    """Findings of changed files stay, and those of related ones where the relation is at fault; no others."""
    archive = archive_of(LINKED, files=["notices/a.png"])
    findings = run_rules(archive, CONFIG, select_rules(["F", "L", "H001", "H003"], ["L019"]))
    assert len(findings) == 5
    paths = [frozenset(f"content/{path}" for path in paths) for paths in (touched, gone)]
    left = findings_touching(findings, archive, CONFIG, Evidence(), *paths)
    assert [f"{one.path.removeprefix('content/')} {one.rule}" for one in left] == wanted


def test_since_a_revision(project: Project) -> None:
    """Only what was changed, added or deleted since the revision counts, committed or not."""
    for path, text in LINKED.items():
        project.write(f"content/{path}", text)
    project.write("content/notices/a.png", b"png")
    commit(project.folder, f"{AS_OF} 09:00")
    chosen = ("--select", "F007,H003", "--since")
    assert project.check(*chosen, "HEAD").rules == []
    project.write("content/policies/p3.md", policy_text(3, doc_number="例人社发[2024]3号"))
    assert [one["path"] for one in project.check(*chosen, "HEAD").findings] == ["content/policies/p3.md"]
    commit(project.folder, f"{AS_OF} 09:10")
    assert project.check(*chosen, "HEAD").rules == []
    assert project.check(*chosen, "HEAD~1").rules == ["F007"]
    project.write("content/notices/a.png", b"png 2")
    assert project.check(*chosen, git(project.folder, "rev-parse", "HEAD").strip()).rules == ["H003"]
    ran = project.run("check", *chosen, "HEAD")
    assert "另有 2 项没有列出" in ran.err


@pytest.mark.parametrize("revision", ["nope", "", "--output=x", "HEAD~9"])
def test_revision_that_is_none(project: Project, revision: str) -> None:
    """A revision that git does not have ends with 2 and says so; so does a project without git."""
    project.policy()
    ran = project.run("check", f"--since={revision}")
    assert (ran.status, ran.out) == (2, "")
    assert "不是 git 仓库" in ran.err or "不是提交" in ran.err
    commit(project.folder, f"{AS_OF} 09:00")
    ran = project.run("check", f"--since={revision}")
    assert (ran.status, ran.out) == (2, "")
    assert "这个提交" in ran.err or "不是提交" in ran.err
    assert "Traceback" not in ran.err
