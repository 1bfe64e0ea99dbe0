"""历史版本: what stood on a page before, marked as such, and never what the public could not or must not read."""

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from support.built_site import build_here, made, pages_of, read_page, searchable
from support.git_repository import commit, git
from support.project import CONFIG, Project, Tree

from generator.verify.run import verify

PUBLISHING = CONFIG + "versions:\n  publish: true\n"
IDENTITY = "11010519491231002X"
FIRST = "第一条　补贴标准为每人每月500元。\n\n第二条　本办法由人社局解释。\n"
SECOND = "第一条　补贴标准为每人每月800元。\n\n第二条　本办法由人社局解释。\n\n第三条　申请人应当提交申请表。\n"


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """Return a site of two policies that was committed on the day of its publication."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", PUBLISHING)
    project.policy("p1", FIRST)
    project.policy("p2", "第二件。\n", title="另一份文件的全名")
    commit(project.folder, "2024-05-08 09:00")
    return project


def change(project: Project, body: str, at: str = "2024-07-01 10:00", **fields: object) -> None:
    """Commit another text of the first policy."""
    project.policy("p1", body, **fields)
    commit(project.folder, at, message="内部说法：按局长意见改")


def former_of(folder: Path, day: str = "2024-05-08") -> Path:
    return folder / f"policies/p1/history/{day}/index.html"


def files_of(folder: Path) -> list[str]:
    """Return the pages of the history of the first policy."""
    return sorted(place.parent.name for place in (folder / "policies/p1").glob("history/**/index.html"))


def test_a_change_is_told_and_the_former_text_stays_readable(site: Project) -> None:
    """The page lists the change with day and note; the former text says what it is, and what was changed in it."""
    change(site, SECOND, changes="提高补贴标准")
    folder = made(site)
    page = read_page(folder / "policies/p1/index.html").classed("changes-of")[0]
    assert page.lines[1:3] == ["2024年7月1日 提高补贴标准　2024年7月1日变更前的文本和对照", "2024年5月8日 首次发布"]
    assert files_of(folder) == ["2024-05-08", "history"]
    former = read_page(former_of(folder))
    assert "2024年5月8日至2024年7月1日公布的文本" in former.classed("notice")[0].text
    assert [node.text for node in former.all("del")] == ["［删去：500］"]
    assert [node.text for node in former.all("ins")] == ["［新增：800］", "［新增：第三条　申请人应当提交申请表。］"]
    assert "每人每月500元" in former.classed("text")[0].text
    assert former.one("meta", name="robots")["content"] == "noindex"
    assert verify(folder).faults == ()


def test_nothing_but_the_page_itself_leads_to_a_former_text(site: Project) -> None:
    """No list, feed, sitemap, search or API list knows a former version; the document's own JSON does."""
    change(site, SECOND, changes="提高补贴标准")
    folder = made(site, with_search=True)
    own = {"policies/p1/index.html", "api/documents/p1.json", "manifest.json"}
    known = {
        place.relative_to(folder).as_posix()
        for place in folder.rglob("*")
        if place.is_file() and b"history/" in place.read_bytes() and "/history/" not in place.as_posix()
    }
    assert known == own
    assert not [place for place in (folder / "search").rglob("*.json") if "500元" in place.read_text("utf-8")]
    told = json.loads((folder / "api/documents/p1.json").read_text(encoding="utf-8"))["history"]
    assert told["changes"][0] == {
        "day": "2024-07-01", "note": "提高补贴标准", "url": "policies/p1/history/2024-05-08/"
    }  # fmt: skip


def test_a_repealed_document_is_repealed_on_its_former_versions_too(site: Project) -> None:
    """A former version carries today's notice before its text, so it never looks valid."""
    change(site, SECOND)
    site.policy("p3", "废止旧办法。\n", title="关于废止的决定", repeals="p1", date_published="2024-09-01",
                date_written="2024-08-30")  # fmt: skip
    commit(site.folder, "2024-09-01 09:00")
    folder = made(site)
    for path in (former_of(folder), folder / "policies/p1/history/index.html"):
        page = read_page(path)
        assert page.one(data_notice="repealed").place < (page.classed("text") or page.classed("changes"))[0].place
        assert page.one("article")["data-status"] == "repealed"
    assert verify(folder).faults == ()


@pytest.mark.parametrize(
    ("before", "hidden"),
    [
        (
            {"disclosure": "withheld", "withhold_class": "N03", "withhold_note": "暗", "review_on": "2025-01-01"},
            "不公开",
        ),
        (
            {"disclosure": "on_request", "withhold_class": "N03", "withhold_note": "暗", "review_on": "2025-01-01"},
            "申请",
        ),
        ({"date_published": "2024-08-01"}, "未到日期"),
        ({"is_secret": "true"}, "涉密"),
    ],
)
def test_what_was_not_public_then_is_no_version(tmp_path: Path, before: dict[str, object], hidden: str) -> None:
    """A state of the document that nobody outside could read leaves neither a text nor an entry."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", PUBLISHING)
    project.policy("p1", f"草稿{hidden}。\n", **before)
    commit(project.folder, "2024-05-08 09:00")
    change(project, FIRST)
    folder = made(project)
    assert files_of(folder) == []
    assert not any(f"草稿{hidden}" in place.read_text("utf-8") for place in folder.rglob("*.html"))
    change(project, SECOND, "2024-09-01 09:00")
    assert files_of(made(project)) == ["2024-07-01", "history"]


def test_a_document_that_is_hidden_today_has_no_history(site: Project) -> None:
    """Where today's document is not public, nothing of its past is."""
    change(site, SECOND, disclosure="withheld", withhold_class="N03", withhold_note="理由", review_on="2027-01-01")
    folder = made(site)
    assert not list(folder.rglob("*history*"))
    assert not any(b"500" in place.read_bytes() for place in folder.rglob("*.html"))


@pytest.mark.parametrize("secret", [f"身份证号{IDENTITY}", "咨询电话13812345678", "机密★1年"])
def test_what_was_masked_does_not_come_back(site: Project, tree: Tree, secret: str) -> None:
    """A former text with a number that is masked now is named with its day alone: no text, no difference shows it."""
    project = site
    change(project, f"第一条　{secret}。\n")
    change(project, "第一条　已经遮盖。\n", "2024-07-02 10:00", changes="遮盖个人信息")
    folder = made(project)
    assert files_of(folder) == ["2024-05-08", "history"]
    index = read_page(folder / "policies/p1/history/index.html")
    assert "遮盖个人信息　该版本不再提供全文" in index.text
    assert "后一版本不再提供全文，不作对照" in read_page(former_of(folder)).text
    shown = re.sub("[^0-9X密]", "", secret).encode()
    assert not [path for path, data in tree(folder).items() if shown in data and path.endswith((".html", ".json"))]


def test_a_number_that_may_stand_today_may_stand_in_the_past(site: Project) -> None:
    """What the config allows by its value is no reason to close a former text."""
    change(site, "第一条　咨询电话13812345678。\n")
    change(site, "第一条　咨询电话改了。\n", "2024-07-02 10:00")
    site.write(
        "site_config.yaml", PUBLISHING + "privacy:\n  allow:\n    - value: '13812345678'\n      reason: 公务手机\n"
    )
    assert files_of(made(site)) == ["2024-05-08", "2024-07-01", "history"]


@pytest.mark.parametrize(
    "words",
    [
        "见《另一份文件的全名》。",
        "见例人社发〔2024〕2号。",
        "见[文件](p2.md)。",
        "依照市局例人社发 [2024] 第2号文件办理。",
        "见例人社<b>发</b>〔2024〕２号。",
    ],
)
def test_a_text_that_names_what_is_hidden_now_is_closed(site: Project, words: str) -> None:
    """A former text that names a document which is not public any more is not offered."""
    change(site, f"第一条　{words}\n")
    change(site, SECOND, "2024-07-02 10:00", changes="删去例人社发〔2024〕2号")
    assert files_of(made(site)) == ["2024-05-08", "2024-07-01", "history"]
    site.policy("p2", title="另一份文件的全名", disclosure="withheld", withhold_class="N03", withhold_note="理由",
                review_on="2027-01-01")  # fmt: skip
    commit(site.folder, "2024-08-01 09:00")
    folder = made(site)
    assert files_of(folder) == ["2024-05-08", "history"]
    assert "2号" not in read_page(folder / "policies/p1/history/index.html").text


def test_the_writers_messages_stay_inside(site: Project) -> None:
    """What a writer tells git is shown only where the config says so."""
    change(site, SECOND)
    folder = made(site)
    assert not any("内部说法" in searchable(place) for place in folder.rglob("*") if place.is_file())
    assert "内容有变更" in read_page(folder / "policies/p1/index.html").text
    site.write("site_config.yaml", PUBLISHING + "  commit_subjects: true\n")
    assert "内部说法：按局长意见改" in read_page(made(site) / "policies/p1/index.html").text


def test_a_note_is_told_once(site: Project) -> None:
    """变更说明 belongs to the change with which it came; left in the file it does not stand at the next one."""
    change(site, SECOND, changes="提高补贴标准")
    change(site, SECOND + "\n第四条　附则。\n", "2024-08-01 10:00", changes="提高补贴标准")
    assert read_page(made(site) / "policies/p1/history/index.html").text.count("提高补贴标准") == 1


def test_minor_changes_are_not_listed(site: Project) -> None:
    """A 细微修改, or a change of what nobody outside sees, leaves no entry; the next real one is told."""
    change(site, FIRST.replace("本办法", "本 办法"), minor="true")
    change(site, FIRST.replace("本办法", "本 办法"), "2024-07-02 10:00", handler="某人", keywords="[补贴]")
    assert files_of(made(site)) == []
    change(site, SECOND, "2024-07-03 10:00")
    folder = made(site)
    assert files_of(folder) == ["2024-05-08", "history"]
    assert "2024年5月8日至2024年7月3日" in read_page(former_of(folder)).text


def test_files_of_a_former_text_are_gone(site: Project, tree: Tree) -> None:
    """A former text keeps its words: no picture, no attachment, and only links that lead somewhere today."""
    site.write("content/policies/files/表.csv", "甲,乙\n")
    site.write("content/policies/files/图.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    body = (
        "第一条　见[表](files/表.csv)、[另一件](p2.md)、[不在了](p9.md)、[绝对](https://rsj.example.gov.cn/zwgk/policies/p9/)。"
        "\n\n![流程图](files/图.png)\n"
    )
    site.document("policies/p9.md", {"title": "第九件的名称", "disclosure": "proactive", "date_published": "2024-05-08",
                                     "index_no": "123456789/2024-00009", "doc_number": "none",
                                     "date_written": "2024-05-06"})  # fmt: skip
    change(site, body, attachments="[{title: 表, file: files/表.csv}]")
    (site.folder / "content/policies/p9.md").unlink()
    change(site, SECOND, "2024-08-01 10:00")
    folder = made(site)
    former = read_page(former_of(folder, "2024-07-01"))
    text = former.classed("text")[0]
    assert [node.attributes.get("href") for node in text.all("a")] == [None, "../../../../policies/p2/", None, None]
    assert not text.all("img")
    assert "（图片：流程图）" in text.text
    assert "附件有变更" in former.text
    assert verify(folder).faults == ()


def test_another_document_in_the_place_of_the_old_one_has_no_past(site: Project) -> None:
    """A new document that git takes for the renamed old one, because the texts are alike, begins its own history."""
    text = (site.folder / "content/policies/p1.md").read_text(encoding="utf-8")
    (site.folder / "content/policies/p1.md").unlink()
    site.write("content/policies/p8.md", text.replace("00001", "00008").replace("〕1号", "〕8号").replace("500", "900"))
    commit(site.folder, "2024-07-01 10:00")
    assert "R" in git(site.folder, "log", "-1", "--format=", "--name-status", "-M")
    assert not list(made(site).rglob("*history*"))


def test_a_renamed_document_keeps_its_past(site: Project) -> None:
    """A document that moves to another file name with its 索引号 keeps its former texts, under its present address."""
    change(site, SECOND)
    (site.folder / "content/policies/p1.md").rename(site.folder / "content/policies/p7.md")
    commit(site.folder, "2024-08-01 10:00")
    folder = made(site)
    assert (folder / "policies/p7/history/2024-05-08/index.html").is_file()


def test_what_is_not_committed_is_no_version(site: Project) -> None:
    """An edit that nobody committed makes no entry and no difference."""
    change(site, SECOND)
    site.policy("p1", "没有提交的文字。\n")
    folder = made(site)
    assert files_of(folder) == ["2024-05-08", "history"]
    assert "没有提交的文字" not in read_page(former_of(folder)).text


def test_an_older_day_knows_no_later_change(site: Project) -> None:
    """Built for a day before a change, the site says nothing of it."""
    change(site, SECOND)
    assert files_of(made(site, as_of="2024-06-30")) == []


def test_a_shallow_clone_says_so(site: Project, tmp_path: Path) -> None:
    """Where the history is cut off nothing is guessed and the build says why; whole again, the versions are there."""
    change(site, SECOND)
    shallow = Project(tmp_path / "shallow", tmp_path / "cache2")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{site.folder}", str(shallow.folder))
    assert "浅克隆" in build_here(shallow).versions_gap
    assert files_of(shallow.folder / "public") == []
    assert "没有生成历史版本" in shallow.run("build", "--no-search").err
    git(shallow.folder, "fetch", "--quiet", "--unshallow")
    assert files_of(made(shallow)) == ["2024-05-08", "history"]


def test_versions_can_be_switched_off(site: Project) -> None:
    """versions: {publish: false} asks git for nothing and shows nothing."""
    change(site, SECOND)
    site.write("site_config.yaml", CONFIG + "versions:\n  publish: false\n")
    assert files_of(made(site)) == []


def test_a_warm_build_is_a_cold_one_after_every_commit(site: Project, tree: Tree) -> None:
    """Edited, committed, committed elsewhere, corrected: warm and cold, one process or two, give the same bytes."""

    def same() -> None:
        warm = tree(made(site))
        assert warm == tree(made(site, "cold", cache=site.cache / "cold"))
        assert warm == tree(made(site, "two", cache=site.cache / "two", jobs=2))
        for name in ("cold", "two"):
            git(site.folder, "clean", "--quiet", "-fdx", name)

    made(site)
    site.policy("p1", SECOND)
    same()
    commit(site.folder, "2024-07-01 10:00")
    same()
    site.write("notes.txt", "与网站无关")
    commit(site.folder, "2024-07-02 10:00")
    same()
    site.policy("p1", SECOND + "\n第四条　未提交。\n")
    same()
    commit(site.folder, "2024-07-03 10:00")
    same()
    assert len(pages_of(site.folder / "public")) > 10


def test_a_commit_beside_the_texts_leaves_the_pages_alone(site: Project) -> None:
    """After a commit that touches no text, only the manifest is another file."""
    site.write(".gitignore", "public/\n")
    change(site, SECOND)
    folder = made(site)
    before = {place: place.stat().st_ino for place in folder.rglob("*") if place.is_file()}
    site.write("notes.txt", "与网站无关")
    commit(site.folder, "2024-07-02 10:00")
    made(site)
    assert [place.name for place, inode in before.items() if place.stat().st_ino != inode] == ["manifest.json"]


def test_corrections_are_visible_and_dated(site: Project) -> None:
    """更正说明 stands before the text with its day, newest first, and in the API."""
    rows = (
        "\n  - date: 2024-06-01\n    note: 第一条的“五百元”更正为“500元”\n  - 日期: 2024-06-05\n    说明: 更正联系电话"
    )
    site.policy("p1", FIRST, 更正说明=rows)
    folder = made(site)
    page = read_page(folder / "policies/p1/index.html")
    section = page.classed("corrections")[0]
    assert section.lines[1:] == ["2024年6月5日：更正联系电话", "2024年6月1日：第一条的“五百元”更正为“500元”"]
    assert section.place < page.classed("text")[0].place
    assert site.records()["p1"]["corrections"][1] == {"date": "2024-06-05", "note": "更正联系电话"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("改了", "应是更正说明列表"),
        ("[改了]", "一项应写 date 和 note"),
        ("[{date: 2024-06-01}]", "要写明哪一天（date）、更正了什么（note）"),
        ("[{date: 六月一日, note: 甲}]", "不是日期"),
        ("[{day: 2024-06-01, note: 甲}]", "没有“day”这一项"),
        ("[{date: 2020-06-01, note: 甲}]", "早于“发布日期”"),
    ],
)
def test_a_correction_that_cannot_be_read_is_a_finding(site: Project, value: str, said: str) -> None:
    """A correction without day or note, or before the publication, is named with its line."""
    site.policy("p1", FIRST, corrections=value)
    found = [finding.message for finding in build_here(site).blocking]
    assert len(found) == 1
    assert said in found[0]


def replace_in(page: Path, old: str, new: str) -> None:
    page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (partial(replace_in, old="noindex", new="all"), "应标明 noindex"),
        (partial(replace_in, old="data-notice", new="data-x"), "没有“repealed”"),
        (Path.unlink, "历史版本不存在"),
        (lambda page: page.rename(page.with_name("other.html")), "变更记录里没有这个历史版本"),
    ],
)  # fmt: skip
def test_verify_sees_a_history_that_was_spoilt(site: Project, spoil: Callable[[Path], object], said: str) -> None:
    """A former text that could be found, that hides what holds today, is missing or unknown is a fault."""
    change(site, SECOND, repealed_on="2024-08-01", repeal_reason="期满")
    folder = made(site)
    assert not verify(folder).faults
    spoil(former_of(folder))
    assert any(said in fault.message for fault in verify(folder).faults)
