"""``gongkai list``: what each list contains, and the form of its lines."""

import os
import subprocess
import sys

import pytest
from support.project import AS_OF, POLICY, Project

from generator.cli.commands.list import LISTS


def rows(project: Project, kind: str, as_of: str = AS_OF) -> list[list[str]]:
    """Return the rows that a list prints; fails the test when it does not end with 0."""
    ran = project.run("list", kind, "--as-of", as_of)
    assert ran.status == 0, ran.err
    assert ran.out == "" or ran.out.endswith("\n")
    lines = [line.split("\t") for line in ran.out.splitlines()]
    assert all(len(line) == 4 for line in lines)
    return lines


@pytest.mark.parametrize("kind", LISTS)
def test_an_empty_list_prints_nothing(project: Project, kind: str) -> None:
    """A list without a document prints nothing on stdout and ends with 0."""
    project.policy()
    assert rows(project, kind) == []


def test_an_unknown_list_is_a_usage_error(project: Project) -> None:
    """Another word is refused with status 2, and the lists are named."""
    project.policy()
    ran = project.run("list", "draft")
    assert (ran.status, ran.out) == (2, "")
    assert all(name in ran.err for name in LISTS)
    assert project.run("list", "drafts", "-c", "none.yaml").status == 2


def test_drafts_with_what_they_lack(project: Project) -> None:
    """Each draft is listed with the required fields of its kind that are missing; an empty key is missing too."""
    project.document("policies/d1.md", {**POLICY, "draft": "true"})
    project.document("policies/d2.md", {"标题": "乙", "草稿": "是", "文号": "", "成文日期": "2024-05-06"})
    project.document("drafts/d3.md", {"title": "丙"})
    project.document("drafts/d4.md", {"kind": "interpretation", "title": "丁", "date_published": "5月8日"})
    project.write("content/drafts/bad.md", "---\n标题：坏\n---\n")
    assert rows(project, "drafts") == [
        ["content/drafts/bad.md", "bad", "", ""],
        ["content/drafts/d3.md", "d3", "丙", "kind,disclosure"],
        ["content/drafts/d4.md", "d4", "丁", "disclosure,interprets"],
        ["content/policies/d1.md", "d1", POLICY["title"], ""],
        ["content/policies/d2.md", "d2", "乙", "disclosure,date_published,index_no,doc_number"],
    ]
    ran = project.run("list", "drafts")
    assert "content/drafts/bad.md:2: " in ran.err
    assert "F008" in ran.err


def test_missing_fields_are_those_of_check(project: Project) -> None:
    """The fourth column names the fields for which check reports F001 or G001."""
    for kind in ("policy", "interpretation", "consultation", "response", "report", "notice", "page"):
        project.document(f"drafts/{kind}.md", {"kind": kind})
    reported: dict[str, set[str]] = {}
    for finding in project.check("--select", "F001,G001").findings:
        reported.setdefault(finding["path"], set()).add(finding["field"])
    listed = {path: set(missing.split(",")) for path, _, _, missing in rows(project, "drafts")}
    assert listed == reported


def test_waiting_documents_with_their_moment(project: Project) -> None:
    """What is to be published later is waiting until its minute; what is not proactive never is."""
    project.policy("p1", date_published="2026-11-21 09:30")
    project.policy("p2", date_published="2026-12-01")
    project.policy("p3", date_published="2026-12-01", disclosure="withheld")
    project.policy("p4", date_published="2026-12-01", draft="true")
    title = POLICY["title"]
    assert rows(project, "waiting", "2026-11-21 09:00") == [
        ["content/policies/p1.md", "p1", title, "2026-11-21 09:30"],
        ["content/policies/p2.md", "p2", title, "2026-12-01"],
    ]
    assert [row[1] for row in rows(project, "waiting", "2026-11-21 09:30")] == ["p2"]


def test_held_documents_with_their_reason(project: Project) -> None:
    """What is not proactive is held, with its attribute, class and note; the title of a secret one is not printed."""
    project.policy("p1", disclosure="on_request", withhold_class="N05", withhold_note="过程性信息")
    project.policy("p2", disclosure="withheld", title="秘密的题目", withhold_note="秘密的理由", 是否涉密="是")
    project.policy("p3")
    project.policy("p4", disclosure=None)
    reasons = {row[1]: row for row in rows(project, "held")}
    assert reasons.keys() == {"p1", "p2", "p4"}
    assert reasons["p1"][3].startswith("依申请公开：N05")
    assert reasons["p1"][3].endswith("：过程性信息")
    assert reasons["p2"][2:] == ["（标明涉密，不列标题）", "不予公开"]
    assert reasons["p4"][3] == "没有公开属性"


def test_expiring_documents_and_notices(project: Project) -> None:
    """Within the period of V004: policies by the end of their term, notices by their takedown day, the next first."""
    project.policy("p1", expires_on="2027-01-31")
    project.policy("p2", expires_on="2028-01-31")
    project.policy("p3", expires_on="2026-11-20")
    notice = {"title": "公示", "disclosure": "proactive", "date_published": "2026-11-20"}
    project.document("notices/n1.md", {**notice, "takedown_on": "2026-11-27"})
    project.document("notices/n2.md", {**notice, "takedown_on": AS_OF})
    project.document("notices/n3.md", notice)
    assert [(row[1], row[3]) for row in rows(project, "expiring")] == [("n1", "2026-11-27"), ("p1", "2027-01-31")]
    project.write(
        "site_config.yaml", (project.folder / "site_config.yaml").read_text() + "deadlines: {expiry_warn_months: 18}\n"
    )
    assert [row[1] for row in rows(project, "expiring")] == ["n1", "p1", "p2"]


def test_ended_documents_and_notices(project: Project) -> None:
    """Repealed and expired policies and past notices have ended, each with its day, or with its status."""
    project.policy("p1", title="甲办法")
    project.policy("p2", repeals="p1", date_written="2025-05-06", date_published="2025-05-08")
    project.policy("p3", expires_on="2026-11-20")
    project.policy("p4", repealed_on="2027-01-01", repeal_reason="机构改革")
    notice = {"title": "公示", "disclosure": "proactive", "date_published": "2026-11-20"}
    project.document("notices/n1.md", {**notice, "takedown_on": "2026-11-21"})
    project.document("notices/n2.md", {**notice, "takedown_on": "2026-11-22"})
    assert [(row[1], row[3]) for row in rows(project, "ended")] == [
        ("p1", "2025-05-08"),
        ("p3", "2026-11-20"),
        ("n1", "2026-11-21"),
    ]
    project.policy("p5", withdrawn="{on: 2026-11-20, reason: 内容有误}")
    assert "p5" not in {row[1] for row in rows(project, "ended")}
    assert "另有已撤下的：content/policies/p5.md（2026-11-20）" in project.run("list", "ended", "--as-of", AS_OF).err


def test_unlinked_documents_with_their_last_day(project: Project) -> None:
    """What must be interpreted and is not is listed with the last day for it; an interpretation ends that."""
    project.policy("p1", doc_type="normative")
    project.policy("p2", doc_type="normative")
    project.policy("p3")
    project.interpretation("i1", interprets="p1")
    assert [(row[1], row[3]) for row in rows(project, "unlinked")] == [("p2", "2024-05-11")]
    project.interpretation("i2", interprets="p2", draft="true")
    assert [row[1] for row in rows(project, "unlinked")] == ["p2"]


def test_a_title_stays_on_its_line(project: Project) -> None:
    """A title with a tab or a line end is printed with blanks."""
    project.policy("p1", title='"甲\\t乙\\n丙"', disclosure="withheld")
    assert rows(project, "held")[0][2] == "甲 乙 丙"


def test_a_list_imports_little(project: Project) -> None:
    """On a site that is in the cache, a list begins at once: neither the rules nor what parses texts is imported."""
    project.policy()
    project.run("list", "ended")
    script = (
        "import sys; from generator.cli.program import program; program(['list', 'ended'], standalone_mode=False); "
        "print([name for name in ('generator.audit', 'generator.source.load', 'markdown') if name in sys.modules])"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(project.cache), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project.folder, env=environment, capture_output=True, check=True, text=True
    )
    assert done.stdout == "[]\n"
