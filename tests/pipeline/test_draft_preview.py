"""Drafts in the preview: at their future address, marked, with what is missing, and nowhere else."""

from pathlib import Path

import pytest
from support.built_site import Node
from support.project import POLICY, Project
from test_preview import running


@pytest.fixture
def site(project: Project) -> Project:
    """Return a site with a policy and a draft that lacks its day."""
    project.policy("p1", title="甲办法")
    fields = {**POLICY, "title": "草拟的办法", "index_no": "123456789/2024-00002", "doc_number": "none"}
    project.document("policies/d1.md", {**fields, "draft": "true", "date_written": None, "repeals": "p1"})
    return project


def bar(page: Node) -> str:
    """Return the text of the bar of a draft; fails the test when the page has none, or has text before it."""
    aside = page.one("aside", id="gongkai-draft")
    body = page.one("body")
    assert body.children[0] is aside
    return aside.text


def test_a_draft_is_shown_at_its_future_address(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a draft is the page that it will be, with a bar that says 草稿 and lists what is missing."""
    with running(site, monkeypatch) as preview:
        answer = preview.get("/policies/d1/")
        assert answer.status == 200
        assert answer.page.one("h1").text == "草拟的办法"
        text = bar(answer.page)
        assert text.startswith("草稿")
        assert "content/policies/d1.md，还有 1 项没有写好" in text
        assert "政策文件缺少“成文日期”" in text
        assert "删去“草稿”" in text
        assert preview.get("/zwgk/policies/d1/").page.one("h1").text == "草拟的办法"
        redirect = preview.get("/policies/d1")
        assert (redirect.status, redirect.location) == (301, "/policies/d1/")
        assert preview.get("/__gongkai__/draft.css").kind == "text/css; charset=utf-8"


def test_no_other_page_knows_a_draft(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The built site of the preview has nothing of a draft, and what the draft repeals is in force there."""
    with running(site, monkeypatch) as preview:
        assert preview.get("/policies/d1/").status == 200
        for path in preview.preview.folder.rglob("*"):
            assert "d1" not in path.parts
            assert path.is_dir() or "草拟的办法".encode() not in path.read_bytes(), path
        assert preview.get("/policies/p1/").page.one("article")["data-status"] == "effective"
        assert preview.get("/policies/p1/").page.all(id="gongkai-draft") == []


def test_drafts_are_listed(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """All drafts are on one page, with what each lacks, and every link of it opens."""
    site.write("content/drafts/bad.md", "---\n标题：坏\n---\n正文里的<b>字</b>\n")
    with running(site, monkeypatch) as preview:
        page = preview.get("/__gongkai__/drafts/").page
        links = [node["href"] for node in page.one("ul").all("a")]
        assert sorted(links) == ["/drafts/drafts/bad/", "/policies/d1/"]
        assert all(bar(preview.get(link).page) for link in links)
        assert "/__gongkai__/drafts/" in preview.get("/policies/d1/").text


@pytest.mark.parametrize(
    ("path", "address", "text"),
    [
        ("policies/bad.md", "/policies/bad/", "---\n标题：坏\n草稿: 是\n---\n正文里的<b>字</b>\n"),
        ("drafts/nokind.md", "/drafts/drafts/nokind/", "---\ntitle: 无\n---\n正文里的<b>字</b>\n"),
        ("drafts/p1.md", "/drafts/drafts/p1/", "---\nkind: policy\ntitle: 无\n---\n正文里的<b>字</b>\n"),
        ("drafts/不行.md", "/drafts/drafts/不行/", "---\nkind: policy\ntitle: 无\n---\n正文里的<b>字</b>\n"),
        ("policies/gbk.md", "/policies/gbk/", "---\n标题: 坏\n草稿: 是\n---\n正文里的<b>字</b>\n"),
    ],
)
def test_a_draft_that_cannot_be_rendered_shows_its_source(
    site: Project, monkeypatch: pytest.MonkeyPatch, path: str, address: str, text: str
) -> None:
    """One that is unreadable, has no kind, no valid id or a taken one is shown as its source, with the findings."""
    site.write(f"content/{path}", text.encode("gb18030") if "gbk" in path else text)
    with running(site, monkeypatch) as preview:
        answer = preview.get(address)
        assert answer.status == 200
        assert "改法" in bar(answer.page)
        assert f"content/{path}" in bar(answer.page)
        assert "正文里的<b>字</b>" in answer.page.one("pre").text
        assert preview.get("/policies/d1/").page.one("h1").text == "草拟的办法"
        assert preview.get("/policies/p1/").page.one("h1").text == "甲办法"


def test_files_and_links_of_a_draft_work(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The public attachments of a draft are served beside it, the others are not; links to the site and drafts work."""
    site.write("content/drafts/表.csv", "甲,乙\n")
    site.write("content/drafts/秘.csv", "丙\n")
    rows = "".join(
        f"\n  - {{title: 表, file: {name}.csv, disclosure: {disclosure}}}"
        for name, disclosure in (("表", "proactive"), ("秘", "withheld"))
    )
    site.document(
        "drafts/n1.md",
        {"kind": "notice", "title": "公示", "attachments": rows, "is_secret": "false"},
        "见[办法](../policies/p1.md)和[草稿](../policies/d1.md)。\n",
    )
    with running(site, monkeypatch) as preview:
        page = preview.get("/notices/n1/").page
        assert page.one("h1").text == "公示"
        targets = [node["href"] for node in page.classed("text")[0].all("a")]
        assert [target.rpartition("policies/")[2] for target in targets] == ["p1/", "d1/"]
        assert preview.get("/notices/n1/表.csv").data == "甲,乙\n".encode()
        assert preview.get("/notices/n1/秘.csv").status == 404
        assert preview.get("/notices/n1/../../../etc/passwd").status == 404


def test_a_draft_changes_with_its_file(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save is shown; when the line goes the page is the site's, and when it comes back a draft again."""
    path = site.folder / "content/policies/d1.md"
    with running(site, monkeypatch) as preview:
        assert preview.get("/policies/d1/").page.one("h1").text == "草拟的办法"
        draft = path.read_text(encoding="utf-8").replace("repeals: p1\n", "").replace("草拟的", "改过的")
        draft = draft.replace("---\n", "---\ndate_written: 2024-05-06\n", 1)
        path.write_text(draft, encoding="utf-8")
        preview.rebuilt()
        answer = preview.get("/policies/d1/")
        assert answer.page.one("h1").text == "改过的办法"
        assert "没有发现问题" in bar(answer.page)
        path.write_text(draft.replace("draft: true\n", ""), encoding="utf-8")
        preview.rebuilt()
        assert preview.get("/policies/d1/").page.all(id="gongkai-draft") == []
        path.write_text(draft, encoding="utf-8")
        preview.rebuilt()
        assert bar(preview.get("/policies/d1/").page)
        path.unlink()
        preview.rebuilt()
        assert preview.get("/policies/d1/").status == 404


def test_drafts_are_shown_while_a_mistake_blocks(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in a public document does not hide the drafts, and both are said on the page of the draft."""
    with running(site, monkeypatch) as preview:
        site.policy("p2", title=None)
        preview.rebuilt()
        page = preview.get("/policies/d1/").page
        assert bar(page)
        assert "content/policies/p2.md:" in page.one(role="alert").text


def test_what_is_wrong_with_a_draft_cannot_be_markup(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title or a value with markup is shown as text, in the bar and in the list."""
    site.document("drafts/d3.md", {"title": '"<img src=x onerror=alert(1)>"', "disclosure": '"<img src=y>"'})
    with running(site, monkeypatch) as preview:
        for path in ("/drafts/drafts/d3/", "/__gongkai__/drafts/"):
            page = preview.get(path).page
            assert "<img src=x" in page.text
            assert page.all("img") == []


def test_the_pages_of_drafts_are_removed_at_the_end(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the preview has ended, no folder of a draft is left."""
    with running(site, monkeypatch) as preview:
        assert preview.get("/policies/d1/").status == 200
        folder: Path = preview.preview.folder
        assert any("drafts-" in path.name for path in folder.parent.iterdir())
    assert not any("drafts-" in path.name for path in folder.parent.iterdir())
