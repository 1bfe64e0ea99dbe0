"""撤下: one command, and the next build keeps nothing of the document but that it was withdrawn."""

import json
from pathlib import Path

import pytest
from support.git_repository import commit
from support.project import AS_OF, CONFIG, Project, Tree

from generator.verify.run import verify

TITLE, NUMBER, INDEX = "示例市灵活就业岗位补贴试点方案", "例人社规〔2024〕77号", "123456789/2024-00077"
REASON = "附件含有个人信息"
WORD = "龘龘"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a site with a document that prints 此件公开发布, with all that may point to it."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG + "versions: {publish: true}\ncatalogue: 目录.csv\n")
    project.write("目录.csv", "序号,公开事项,栏目\n1,试点,\n2,补贴,policies\n")
    project.write("content/policies/名单.csv", f"姓名\n{WORD}\n")
    project.policy("p5", title="示例市旧的岗位补贴办法", date_published="2020-05-08", date_written="2020-05-06")
    project.policy(
        "p77",
        f"第一条　{WORD}试点。\n\n第二条　发放补贴。\n\n（此件公开发布）\n",
        title=TITLE,
        doc_number=NUMBER,
        index_no=INDEX,
        doc_type="normative",
        expires_on="2029-05-06",
        repeals="p5",
        keywords=f"[{WORD}]",
        aliases="[old/a.html, 'art.jsp?id=5']",
        catalogue_item="试点",
        attachments="[{title: 名单, file: 名单.csv}]",
    )
    project.interpretation(
        "i1",
        "[办法](../policies/p77.md)怎么用：先申请，后审核，再发放，全程网上办理。\n",
        interprets="p77",
        title="问答",
    )
    words = "[附件](名单.csv)、[原文](https://rsj.example.gov.cn/zwgk/policies/p77/#第二条)改两处。\n"
    project.policy("p2", words, amends="p77#第二条", date_published="2024-06-08", title="修改一处规定的通知")
    project.policy("p3", repealed_by="p77", repealed_on="2024-05-08", status="repealed")
    return project


def everything(folder: Path) -> str:
    """Return the names and the contents of all files of a site, without compressed ones."""
    files = [place for place in sorted(folder.rglob("*")) if place.is_file()]
    return "\n".join(f"{place}\n{place.read_bytes().decode('utf-8', 'replace')}" for place in files)


def test_one_command_and_the_next_build_has_nothing_of_it(project: Project) -> None:
    """Whatever points to a document: after ``withdraw`` a build succeeds, and only its address says 已撤下."""
    before = everything(project.build())
    assert all(word in before for word in (TITLE, NUMBER, INDEX, WORD, "名单.csv"))
    ran = project.run("withdraw", NUMBER, "--reason", REASON, "--on", AS_OF)
    assert (ran.status, ran.out) == (0, "content/policies/p77.md\n")
    folder = project.build()
    assert [word for word in (TITLE, NUMBER, INDEX, WORD, "名单.csv") if word in everything(folder)] == []
    page = (folder / "policies/p77/index.html").read_text(encoding="utf-8")
    assert '<article data-kind="withdrawn">' in page
    assert all(word in page for word in ("已撤下", AS_OF, REASON, "noindex"))
    assert [place.name for place in (folder / "policies/p77").iterdir()] == ["index.html"]
    assert "p77" not in (folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "p77" not in project.records()
    assert verify(folder).faults == ()


def test_its_relations_act_no_more(project: Project) -> None:
    """What a withdrawn document repealed is valid again, whichever of them declares it, and check says so."""
    project.build()
    assert project.records()["p5"]["status"] == project.records()["p3"]["status"] == "repealed"
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    project.build()
    records = project.records()
    assert records["p5"]["status"] == records["p3"]["status"] == "effective"
    assert records["p2"].get("amends", []) == []
    findings = json.loads(project.check().out)
    assert not [finding for finding in findings if finding["blocking"]]
    told = {(one["path"], one["field"]) for one in findings if one["rule"] == "V011"}
    assert {("content/policies/p5.md", ""), ("content/policies/p3.md", "repealed_by")} <= told
    assert ("content/interpretations/i1.md", "interprets") in told


def test_links_to_it_are_plain_words(project: Project) -> None:
    """Others' links to a withdrawn document and to its files lose their address and keep their words."""
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    folder = project.build()
    amendment = (folder / "policies/p2/index.html").read_text(encoding="utf-8")
    assert "附件</a>" not in amendment.replace("<a>附件</a>", "")
    assert "policies/p77" not in amendment
    assert "p77" not in (folder / "interpretations/i1/index.html").read_text(encoding="utf-8")


def test_everything_may_be_withdrawn(project: Project) -> None:
    """A site whose documents are all withdrawn is built, and each address says so without a dead link."""
    for name in ("p77", "p5", "p2", "p3", "i1"):
        assert project.run("withdraw", name, "--reason", REASON, "--on", AS_OF).status == 0
    assert verify(project.build()).faults == ()
    assert project.records() == {}


def test_aliases_lead_to_the_withdrawn_page(project: Project) -> None:
    """The former addresses of a withdrawn document lead to its address."""
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    folder = project.build()
    assert 'content="0; url=../policies/p77/"' in (folder / "old/a.html").read_text(encoding="utf-8")
    assert (folder / "redirects.map").read_text(encoding="utf-8") == (
        "/zwgk/art.jsp?id=5 /zwgk/policies/p77/;\n/zwgk/old/a.html /zwgk/policies/p77/;\n"
    )


def test_before_its_day_it_is_shown(project: Project) -> None:
    """Before the day of its withdrawal a document is as before, its reason nowhere; ``next`` names the day."""
    before = project.build()
    expected = everything(before)
    assert project.run("withdraw", "p77", "--reason", REASON, "--on", "2026-11-22").status == 0
    assert REASON not in everything(project.build())
    assert project.run("next", "--as-of", AS_OF).out == "2026-11-22\n"
    place = project.folder / "content/policies/p77.md"
    text = place.read_text(encoding="utf-8")
    place.write_text(
        "".join(line for line in text.splitlines(keepends=True) if "withdrawn" not in line), encoding="utf-8"
    )
    assert everything(project.build()) == expected


def test_history_of_others_does_not_show_it(project: Project) -> None:
    """An earlier text of another document that names the withdrawn one is not offered any more."""
    body = "根据{}发放。\n"
    project.document(
        "notices/n1.md",
        {"title": "公告", "disclosure": "proactive", "date_published": "2024-06-09"},
        body.format(NUMBER),
    )
    commit(project.folder, "2024-06-09 09:00")
    project.document(
        "notices/n1.md",
        {"title": "公告", "disclosure": "proactive", "date_published": "2024-06-09"},
        body.format("规定"),
    )
    commit(project.folder, "2024-07-09 09:00")
    assert NUMBER in "".join(path.read_text(encoding="utf-8") for path in project.build().glob("notices/n1/**/*.html"))
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    assert NUMBER not in everything(project.build())
    assert project.check("--select", "V005").out.strip() == "[]"


def test_a_mistake_that_was_there_before_still_stops_the_build(project: Project) -> None:
    """Only what blocks because of the withdrawal does not: an orphan of something else stops the build as ever."""
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    project.interpretation("i2", interprets="p99")
    assert project.run("build").status == 1


def test_the_reason_is_checked(project: Project) -> None:
    """A reason with an identity number stops the build: the page of the address would show it."""
    place = project.folder / "content/policies/p77.md"
    text = place.read_text(encoding="utf-8")
    number = "11010519491231002X"
    place.write_text(
        text.replace("---\n", f"---\nwithdrawn: {{on: {AS_OF}, reason: 含有{number}}}\n", 1), encoding="utf-8"
    )
    findings = json.loads(project.check().out)
    assert {(one["rule"], one["field"]) for one in findings if one["blocking"]} == {("S001", "withdrawn")}
    place.write_text(
        text.replace("---\n", f"---\nwithdrawn: {{on: {AS_OF}, reason: {NUMBER}有误}}\n", 1), encoding="utf-8"
    )
    assert NUMBER not in everything(project.build())
    assert {one["field"] for one in json.loads(project.check("--select", "V011").out)} >= {"withdrawn"}


@pytest.mark.parametrize("value", ["true", "误发", "{on: 2026-11-21}", "{reason: 误发}", "{on: 11月, reason: 误发}"])
def test_an_unreadable_withdrawal_is_no_publication(project: Project, value: str) -> None:
    """A withdrawal that cannot be read blocks with F003, and the document is not public."""
    place = project.folder / "content/policies/p77.md"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("---\n", f"---\nwithdrawn: {value}\n", 1), encoding="utf-8")
    findings = json.loads(project.check("--select", "F003").out)
    assert [(one["line"], one["field"], one["blocking"]) for one in findings] == [(2, "withdrawn", True)]


@pytest.mark.parametrize("key", ["on", "true", "日期", "True"])
def test_on_may_be_read_as_true(project: Project, key: str) -> None:
    """A key ``true``, which YAML 1.1 makes of a bare ``on``, is the day."""
    place = project.folder / "content/policies/p77.md"
    text = place.read_text(encoding="utf-8")
    written = f"withdrawn: {{{key}: {AS_OF}, reason: 误发}}"
    place.write_text(text.replace("---\n", f"---\n{written}\n", 1), encoding="utf-8")
    assert "p77" not in {path.name for path in project.build().glob("api/documents/*")}
    assert '<article data-kind="withdrawn">' in (project.folder / "public/policies/p77/index.html").read_text("utf-8")


def test_a_new_document_cannot_take_the_address(project: Project) -> None:
    """The address of a withdrawn document stays its own: another document there is F003."""
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    project.document("policies/new.md", {"id": "p77", "title": "新的", "disclosure": "proactive"})
    findings = json.loads(project.check("--select", "F003").out)
    assert [(one["path"], one["field"]) for one in findings] == [("content/policies/new.md", "id")]


def test_the_same_number_may_be_published_again(project: Project) -> None:
    """A corrected document with the numbers of the withdrawn one is what references by number mean."""
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    project.policy("p78", title=TITLE, doc_number=NUMBER, index_no=INDEX)
    project.interpretation("i9", interprets=NUMBER, title="问答二")
    project.build()
    assert project.records()["p78"]["interpreted_by"] == ["i9"]


def test_audit_lists_withdrawals(project: Project) -> None:
    """The report lists every withdrawal with day, reason and what is no longer acted on; so does the digest."""
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    assert project.run("audit", "--as-of", AS_OF).status in {0, 1}
    rows = json.loads((project.folder / "reports/audit.json").read_text(encoding="utf-8"))["withdrawals"]
    assert [(row["id"], row["on"], row["reason"]) for row in rows] == [("p77", AS_OF, REASON)]
    assert rows[0]["undone"] == ["废止 content/policies/p5.md"]
    report = (project.folder / "reports/report.html").read_text(encoding="utf-8")
    assert "撤下的文件" in report
    assert REASON in report
    assert "已撤下：" + REASON in project.run("digest", "--as-of", AS_OF).out


def test_a_fast_build_equals_a_full_one(project: Project, tree: Tree) -> None:
    """Words alone in another text and in the withdrawn one: the fast build gives the bytes of the full one."""
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    project.build()
    for name in ("p2", "p77"):
        with (project.folder / f"content/policies/{name}.md").open("a", encoding="utf-8") as file:
            file.write("\n补充的一段。\n")
        fast = tree(project.build())
        assert fast == tree(project.build("--clean"))


def test_pinned_answers_to_a_withdrawn_document_are_gone(project: Project) -> None:
    """A pinned answer of the search leads to no withdrawn document and says nothing of it; V011 names its line."""
    config = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    project.write(
        "site_config.yaml",
        config + "search:\n  pinned:\n"
        "    - {queries: [甲], page: p77, title: 撤下的标题}\n"
        "    - {queries: [乙], page: 'https://rsj.example.gov.cn/zwgk/policies/p77/'}\n"
        "    - {queries: [丙], page: p5}\n"
        "    - {queries: [丁], page: guide}\n"
        "    - {queries: [戊], page: no-such-page}\n",
    )
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    findings = project.check("--select", "V011").findings
    lines = [one["line"] - config.count("\n") for one in findings if one["path"] == "site_config.yaml"]
    assert lines == [3, 4]
    text = (project.build() / "search/fields.json").read_text(encoding="utf-8")
    pinned = {one[0][0]: one[1] for one in json.loads(text)["pinned"] if one[0][0] in set("甲乙丙丁戊")}
    assert pinned == {"丙": "policies/p5/", "丁": "guide/"}
    assert "撤下的标题" not in text


def test_a_picture_that_stays_online_is_told(project: Project) -> None:
    """A scan in the withdrawn text that another text shows too stays, and V011 says so."""
    project.write("content/policies/scan.csv", "甲\n" * 40_000)
    for name in ("p77", "p5"):
        with (project.folder / f"content/policies/{name}.md").open("a", encoding="utf-8") as file:
            file.write("\n[名单的扫描件](scan.csv)\n")
    project.run("withdraw", "p77", "--reason", REASON, "--on", AS_OF)
    told = [one["path"] for one in project.check("--select", "V011").findings if "scan.csv" in one["message"]]
    assert told == ["content/policies/p5.md"]
