"""Drafts: checked, never built, never a reason to stop a build, and of no effect on anything else."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from support.built_site import build_here, made
from support.git_repository import commit
from support.project import AS_OF, POLICY, Project, Tree

from generator.domain.problems import Severity

PERSON = "身份证号码 110101199003074514"


def draft(project: Project, name: str = "d1", folder: str = "policies", **fields: object) -> Path:
    """Write a draft of a policy with its own numbers; ``None`` leaves a field out."""
    usual = {
        **POLICY,
        "title": "还没写完的养老办法",
        "index_no": "123456789/2024-00077",
        "doc_number": "例人社发〔2024〕77号",
        "draft": "true",
    }
    return project.document(f"{folder}/{name}.md", {**usual, **fields}, "第一条　草拟的条文。\n")


@pytest.fixture
def site(project: Project) -> Project:
    """Return a site with one policy."""
    project.policy("p1")
    return project


UNREADABLE: dict[str, str | bytes] = {
    "colon": "---\n标题：坏\n草稿: 是\n---\n",
    "conflict": "---\n草稿: 是\n<<<<<<< HEAD\ntitle: 甲\n=======\ntitle: 乙\n>>>>>>> main\n---\n",
    "encoding": "---\n标题: 坏\n草稿: 是\n---\n".encode("gb18030"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_draft_does_not_stop_a_build(site: Project, name: str) -> None:
    """A draft that cannot be read is a warning with its line; the site is built."""
    site.write(f"content/policies/{name}.md", UNREADABLE[name])
    site.write("content/drafts/empty.md", "")
    ran = site.check()
    assert ran.status == 0
    assert {finding["path"] for finding in ran.findings} == {f"content/policies/{name}.md", "content/drafts/empty.md"}
    assert all(finding["severity"] == "warning" and not finding["blocking"] for finding in ran.findings)
    made(site)


def test_findings_of_a_draft_are_warnings(site: Project) -> None:
    """What would block a finished document is a warning in a draft, and changes no exit status at any level."""
    before = site.run("audit", "--fail-on", "error", "--as-of", AS_OF).status
    draft(site, disclosure=None, date_written=None, colour="红", repeals="nothing")
    site.document("drafts/d2.md", {"title": "丙"}, f"{PERSON}\n")
    ran = site.check("--fail-on", "warning", "--select", "F,G,S,L", "--ignore", "L019")
    findings = [finding for finding in ran.findings if "/d" in finding["path"]]
    assert {"F001", "F002", "F009", "G001"} <= {finding["rule"] for finding in findings}
    assert findings == ran.findings
    assert {(finding["severity"], finding["blocking"]) for finding in findings} == {("warning", False)}
    assert ran.status == 0
    assert site.run("audit", "--fail-on", "error", "--as-of", AS_OF).status == before
    assert build_here(site).blocking == ()


def test_identity_number_in_a_draft_does_not_stop_a_build(site: Project) -> None:
    """Even a rule whose weight is fixed stops no build for a draft."""
    site.document("policies/d3.md", {**POLICY, "index_no": "123456789/2024-00088", "draft": "true"}, f"{PERSON}\n")
    ran = site.check("--select", "S001")
    assert [(finding["rule"], finding["severity"], finding["blocking"]) for finding in ran.findings] == [
        ("S001", "warning", False)
    ]
    assert ran.status == 0
    made(site)


def test_formats_for_programs_never_fail_for_a_draft(site: Project) -> None:
    """SARIF gives a draft's findings as warnings, JUnit as output of a case that does not fail."""
    draft(site, date_written=None)
    assert site.run("check", "--format", "sarif", "--fail-on", "warning", "--select", "F001").status == 0
    log = json.loads(site.run("check", "--format", "sarif", "--select", "F001").out)
    assert [result["level"] for result in log["runs"][0]["results"]] == ["warning"]
    ran = site.run("check", "--format", "junit", "--fail-on", "warning", "--select", "F001")
    suites = ET.fromstring(ran.out)
    assert (ran.status, suites.attrib["failures"]) == (0, "0")
    assert "成文日期" in (suites.findtext(".//system-out") or "")
    site.policy("p2", date_written=None)
    root = ET.fromstring(site.run("check", "--format", "junit", "--select", "F001").out)
    assert root.attrib["failures"] == "1"
    assert "p2.md" in (root.findtext(".//failure") or "")
    assert "d1.md" in (root.findtext(".//system-out") or "")


def test_what_is_the_same_as_in_a_draft_stands_on_the_draft(site: Project) -> None:
    """The same 索引号, 文号 or 编号 as a public document is a finding of the draft, also where the draft is older."""
    draft(site, "p1", folder="drafts", kind="policy", date_published="2020-01-01")
    same = {"index_no": "123456789/2024-00001", "doc_number": "例人社发〔2024〕1号"}
    draft(site, "d2", date_published="2020-01-01", **same)
    ran = site.check("--select", "F003,F005,F006")
    assert sorted((finding["rule"], finding["path"]) for finding in ran.findings) == [
        ("F003", "content/drafts/p1.md"),
        ("F005", "content/policies/d2.md"),
        ("F006", "content/policies/d2.md"),
    ]
    made(site)


@pytest.mark.parametrize("reference", ["d1", "例人社发〔2024〕77号", "123456789/2024-00077", "例人社发[2024]77号"])
def test_a_reference_to_a_draft_stands_on_the_draft(site: Project, reference: str) -> None:
    """A public document that refers to a draft is built without that relation; the draft says who waits for it."""
    draft(site)
    site.policy("p2", repeals=reference, based_on="p1")
    ran = site.check("--select", "F009")
    assert [(finding["path"], finding["severity"], finding["blocking"]) for finding in ran.findings] == [
        ("content/policies/d1.md", "warning", False)
    ]
    assert "content/policies/p2.md" in ran.findings[0]["message"]
    assert site.check("--fail-on", "warning", "--select", "F009").status == 0
    record = json.loads((made(site) / "api/documents/p2.json").read_text(encoding="utf-8"))
    assert record["based_on"] == ["p1"]
    assert "repeals" not in record


@pytest.mark.parametrize("kind", [None, "interpretation"])
def test_a_reference_to_a_draft_without_kind_stands_on_the_draft(site: Project, kind: str | None) -> None:
    """A draft in ``content/drafts/`` is one before its kind is written: what refers to it is built, too."""
    draft(site, folder="drafts", kind=kind)
    site.policy("p2", repeals="例人社发〔2024〕77号", based_on="d1")
    ran = site.check("--select", "F009")
    assert {(finding["path"], finding["blocking"]) for finding in ran.findings} >= {("content/drafts/d1.md", False)}
    assert {finding["path"] for finding in ran.findings} == {"content/drafts/d1.md"}
    made(site)


@pytest.mark.parametrize("target", ["d1.md", "/policies/d1.md", "d1.md#第一条", "../d1/"])
def test_a_link_to_a_draft_stands_on_the_draft(site: Project, target: str) -> None:
    """A public text that links to a draft is built with the words of the link; the draft says who waits for it."""
    draft(site)
    site.policy("p2", body=f"第一条　见[草拟的办法]({target})。\n")
    ran = site.check("--select", "H001")
    assert [(finding["path"], finding["severity"], finding["blocking"]) for finding in ran.findings] == [
        ("content/policies/d1.md", "warning", False)
    ]
    assert "content/policies/p2.md" in ran.findings[0]["message"]
    text = (made(site) / "policies/p2/index.html").read_text(encoding="utf-8")
    assert "见<a>草拟的办法</a>" in text
    assert "d1/" not in text


def test_a_draft_may_refer_to_drafts_and_others(site: Project) -> None:
    """A draft's references are resolved against everything: to another draft, or to a public document."""
    draft(site, replaces="p1", based_on="d2")
    draft(site, "d2", index_no="123456789/2024-00078", doc_number="例人社发〔2024〕78号")
    assert site.check("--select", "F009").findings == []
    draft(site, replaces="p11")
    (finding,) = site.check("--select", "F009").findings
    assert (finding["path"], "p1" in finding["hint"]) == ("content/policies/d1.md", True)


def test_relations_of_a_draft_count_for_nothing(site: Project, tree: Tree) -> None:
    """A draft that repeals, amends and interprets leaves the site as it is without the draft, byte for byte."""
    site.policy("p2", doc_type="normative", date_published="2026-11-20", date_written="2026-11-20")
    without = tree(made(site))
    draft(site, repeals="p1", amends="p2", column="guide")
    site.document(
        "interpretations/i1.md",
        {"title": "解读", "interprets": "p2", "disclosure": "proactive", "date_published": "2026-11-20", "draft": "是"},
        "补贴怎么领，一看就懂：先申请，后审核，再发放。\n",
    )
    site.document("drafts/page.md", {"kind": "page", "title": "指南", "column": "guide", "disclosure": "proactive"})
    assert tree(made(site, "other")) == without
    assert site.run("list", "unlinked", "--as-of", AS_OF).out.split("\t")[0] == "content/policies/p2.md"
    assert "guide" not in site.run("list", "held").out
    empty = [item["message"] for item in site.check("--select", "H004").findings]
    (site.folder / "content/drafts/page.md").unlink()
    assert [item["message"] for item in site.check("--select", "H004").findings] == empty


def test_nothing_of_a_draft_is_in_the_output(site: Project) -> None:
    """Neither title, number, text, name nor file of a draft is anywhere in the output."""
    site.write("content/policies/files/秘密名单甲.csv", "甲,乙\n")
    files = "\n  - {title: 附件名单, file: files/秘密名单甲.csv, disclosure: proactive}"
    draft(site, "planted-name", attachments=files, keywords="独有的关键词")
    output = made(site, with_search=True)
    words = ("还没写完", "2024〕77号", "2024-00077", "草拟的条文", "planted-name", "秘密名单甲", "独有的关键词")
    everything = [(path, path.read_bytes()) for path in sorted(output.rglob("*")) if path.is_file()]
    for path, data in everything:
        assert not any(word.encode() in data or word in str(path) for word in words), path


def test_a_public_text_that_names_a_draft_is_like_any_text(site: Project) -> None:
    """The number of a draft in a public text is no finding and no link: the site does not have that document."""
    draft(site)
    site.policy("p2", "第一条　见《还没写完的养老办法》（例人社发〔2024〕77号）。\n")
    assert site.check("--select", "L,G,H001", "--ignore", "L019").findings == []
    page = (made(site) / "policies/p2/index.html").read_text(encoding="utf-8")
    assert "例人社发〔2024〕77号" in page
    assert "policies/d1" not in page


def test_a_file_that_public_documents_use_too_stays(site: Project) -> None:
    """A file that a draft withholds and a public document attaches is published: the draft counts for nothing."""
    site.write("content/policies/表.csv", "甲,乙\n")
    draft(site, attachments="\n  - {title: 表, file: 表.csv, disclosure: withheld}")
    site.policy("p2", attachments="\n  - {title: 表, file: 表.csv, disclosure: proactive}")
    assert {finding["path"] for finding in site.check("--select", "G,S").findings} == {"content/policies/d1.md"}
    assert (made(site) / "policies/p2/表.csv").is_file()


@pytest.mark.parametrize("place", ["drafts", "policies"])
def test_a_bad_file_of_a_draft_does_not_stop_a_build(site: Project, place: str) -> None:
    """A program, or a file with a name that Windows does not have, that only a draft uses stops no build."""
    site.write(f"content/{place}/表?.csv", "甲\n")
    site.write(f"content/{place}/工具.exe", b"MZ" + bytes(100))
    rows = "".join(f'\n  - {{title: 表, file: "{name}", disclosure: proactive}}' for name in ("表?.csv", "工具.exe"))
    draft(site, folder=place, kind="policy", attachments=rows)
    ran = site.check("--select", "F003,H010")
    assert {finding["rule"] for finding in ran.findings} == {"F003", "H010"}
    assert not any(finding["blocking"] for finding in ran.findings)
    assert ran.status == 0
    made(site)


def test_only_drafts_make_an_empty_site(project: Project) -> None:
    """A site that has nothing but drafts is built, without documents."""
    draft(project)
    assert build_here(project).documents == 0


def test_a_document_becomes_public_when_the_line_goes(site: Project, tree: Tree) -> None:
    """With and without the line, an incremental build gives what a full build gives; a draft's words change nothing."""
    path = draft(site)
    assert build_here(site).drafts == 1
    path.write_text(path.read_text(encoding="utf-8").replace("草拟", "另拟"), encoding="utf-8")
    made(site)
    published = path.read_text(encoding="utf-8").replace("draft: true\n", "")
    path.write_text(published, encoding="utf-8")
    assert tree(made(site)) == tree(made(site, "fresh", cache=site.cache / "other"))
    assert (site.folder / "public/policies/d1/index.html").is_file()
    path.write_text(published.replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    assert tree(made(site)) == tree(made(site, "fresh2", cache=site.cache / "third"))
    assert not (site.folder / "public/policies/d1").exists()


def test_an_unchanged_site_with_drafts_is_not_built_again(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build after which nothing has changed does not read the archive again because of a draft."""
    draft(site)
    first = build_here(site)
    monkeypatch.setattr("generator.pipeline.build._full_build", None)
    assert build_here(site) == first


def test_reports_count_no_draft(site: Project) -> None:
    """The auditors' report, the ledger, the digest and the inspection know nothing of a draft but their number."""
    draft(site, date_published=AS_OF, expires_on="2026-11-30")
    draft(site, "d2", disclosure="withheld", title="不公开的草稿", index_no="123456789/2024-00079", doc_number="none")
    ran = site.run("audit", "--fail-on", "never", "--as-of", AS_OF)
    assert "草稿 2 份" in ran.err
    for path in (site.folder / "reports").iterdir():
        data = path.read_bytes()
        assert "还没写完".encode() not in data, path
        assert "不公开的草稿".encode() not in data, path
    assert "还没写完" not in site.run("digest", "--as-of", AS_OF).out
    assert "d1.md" not in site.run("inspect", "--as-of", AS_OF).out
    assert site.run("next", "--as-of", AS_OF).out == ""


def test_a_published_document_that_becomes_a_draft_loses_its_address(site: Project) -> None:
    """Its address has vanished as if the file were gone: V005 says so, and how to bring it back."""
    draft(site, draft=None)
    commit(site.folder, "2024-05-08 10:00")
    draft(site)
    commit(site.folder, "2024-06-01 10:00")
    ran = site.check("--select", "V005")
    assert [(finding["rule"], finding["severity"]) for finding in ran.findings] == [("V005", "error")]
    assert "policies/d1/" in ran.findings[0]["message"]
    assert "content/policies/d1.md 是草稿" in ran.findings[0]["hint"]
    since = site.check("--select", "V005", "--since", "HEAD~1")
    assert since.rules == ["V005"]
    made(site)
    draft(site, draft=None)
    assert site.check("--select", "V005").findings == []


def test_moving_a_published_document_among_the_drafts_is_seen_too(site: Project) -> None:
    """A document that is moved to ``content/drafts/`` has lost its address."""
    path = draft(site, draft=None)
    commit(site.folder, "2024-05-08 10:00")
    (site.folder / "content/drafts").mkdir()
    path.rename(site.folder / "content/drafts/d1.md")
    commit(site.folder, "2024-06-01 10:00")
    assert site.check("--select", "V005").rules == ["V005"]


def test_texts_of_its_time_as_a_draft_are_no_versions(site: Project) -> None:
    """What a document was as a draft is never shown as an earlier version, nor is its date compared with that time."""
    draft(site, title="旧的题目")
    commit(site.folder, "2024-05-08 10:00")
    draft(site, title="旧的题目二")
    commit(site.folder, "2024-05-09 10:00")
    draft(site, draft=None, date_published="2024-05-10")
    commit(site.folder, "2024-05-10 10:00")
    output = made(site)
    assert not any("旧的题目" in path.read_text(encoding="utf-8") for path in output.rglob("*.html"))
    assert not (output / "policies/d1/history").exists()


def test_check_says_how_many_drafts_there_are(site: Project) -> None:
    """The summary of check and build counts the drafts apart from the files that count."""
    draft(site, date_written=None)
    ran = site.run("check")
    assert "共 1 个文件" in ran.err
    assert "草稿 1 份，还有 1 项没有写好" in ran.err
    assert "草稿 1 份" in site.run("build", "--no-search").err


def test_a_draft_of_the_changes_is_reported_since(site: Project) -> None:
    """With --since, only the findings of drafts that changed are reported."""
    draft(site, date_written=None)
    commit(site.folder, "2024-05-08 10:00")
    assert site.check("--since", "HEAD", "--select", "F001").findings == []
    draft(site, "d2", date_written=None, index_no="123456789/2024-00078", doc_number="none")
    assert [finding["path"] for finding in site.check("--since", "HEAD", "--select", "F001").findings] == [
        "content/policies/d2.md"
    ]


def test_severity_of_other_findings_is_unchanged(site: Project) -> None:
    """Beside a draft a mistake in a public document still blocks."""
    draft(site, date_written=None)
    site.policy("p2", date_written=None)
    result = build_here(site)
    assert [(finding.path, finding.severity) for finding in result.blocking] == [
        ("content/policies/p2.md", Severity.ERROR)
    ]
