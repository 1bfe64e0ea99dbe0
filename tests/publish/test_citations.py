"""What a text cites: numbers and titles become links, others are listed, hidden documents stay hidden."""

import json
from pathlib import Path

import pytest
from support.built_site import Node, build_here, dead_addresses, made, read_page
from support.project import Project
from support.stages import HIDDEN, archive_of, notice_text, policy_text

from generator.domain.doc_numbers import doc_numbers_in, strip_leading_words
from generator.domain.model import OutsideDocument
from generator.domain.titles import title_key, titles_in
from generator.graph.gate import open_gate
from generator.publish.text.citation_links import link_citations

BASE = "https://rsj.example.gov.cn/zwgk/"
CITED = {
    "例人社发〔2024〕1号": "policies/p1/",
    "例市人民政府令第58号": "policies/p2/",
    "《关于印发《示例办法》的通知》": "policies/p3/",
    "《示例市灵活就业补贴办法》": "policies/p4/",
}


def linked(text: str) -> list[tuple[str, str]]:
    """Return words and addresses of the links that are put into a text; nothing else of it changes."""
    made_of_it = link_citations(text, CITED, "../../")
    marks = made_of_it.split('<a data-relation="cites" href="../../')
    found = [(part.partition('">')[2].partition("</a>")[0], part.partition('">')[0]) for part in marks[1:]]
    for words, address in found:
        made_of_it = made_of_it.replace(f'<a data-relation="cites" href="../../{address}">{words}</a>', words, 1)
    assert made_of_it == text
    return found


def page(site: Path, address: str) -> Node:
    return read_page(site / address / "index.html")


def cites(root: Node) -> list[tuple[str, str]]:
    """Return what the text of a page links as cited."""
    return [(node.text, node["href"]) for node in root.classed("text")[0].all("a", data_relation="cites")]


@pytest.mark.parametrize(
    "written",
    [
        "例人社发〔2024〕1号",
        "例人社发[2024]1号",
        "例人社发［2024］１号",
        "例人社发【2024】第 1 号",
        "例人社发（2024）01号",
        "例人社发 〈2024〉 1 号",
    ],
)
def test_a_number_is_linked_in_every_form(written: str) -> None:
    """Whatever brackets, widths and blanks a number is written with, exactly it becomes the link."""
    for before in ("<p>根据", "<p>见（", "<td>", "<p>现将"):
        assert linked(f"{before}{written}，办理。</p>") == [(written, "policies/p1/")]


@pytest.mark.parametrize(
    "written", ["例市人民政府令第58号", "例市人民政府令第 58 号", "例市人民政府第58号令", "例市人民政府令（第58号）"]
)
def test_a_decree_is_linked(written: str) -> None:
    """The number of a decree is linked in its common forms."""
    text = f"<p>根据{written}，办理。</p>"
    assert [address for _, address in linked(text)] == ["policies/p2/"]


@pytest.mark.parametrize(
    "text",
    [
        '<p><a href="x">根据例人社发〔2024〕1号</a></p>',
        "<p><code>例人社发〔2024〕1号</code></p>",
        "<pre><code>例人社发〔2024〕1号\n《示例市灵活就业补贴办法》</code></pre>",
        '<p><img alt="例人社发〔2024〕1号" src="a.png"></p>',
        '<h2 id="例人社发〔2024〕1号">一</h2>',
        "<p>省例人社发〔2024〕1号</p>",
        "<p>例人社发〔2024〕11号</p>",
        "<p>例人社发〔2023〕1号</p>",
        "<p>《灵活就业补贴办法》</p>",
        "<p>《示例市灵活就业补贴办法》解读》</p>".replace("》解读》", "解读》"),
        "<p>示例市灵活就业补贴办法</p>",
        "<p>《办法》</p>",
        "<p>根据例市人民政府令第8号</p>",
    ],
)
def test_nothing_else_is_linked(text: str) -> None:
    """A link, code, an attribute, a longer or another number, a title that is only a part: nothing of it is linked."""
    assert link_citations(text, CITED, "../../") == text


def test_titles_are_linked_whole() -> None:
    """A title is linked with its brackets, in inner brackets of both kinds, with the number behind it."""
    assert linked("<p>《关于印发〈示例办法〉的通知》（例人社发〔2024〕1号）</p>") == [
        ("《关于印发〈示例办法〉的通知》", "policies/p3/"),
        ("例人社发〔2024〕1号", "policies/p1/"),
    ]
    assert linked("<p>《关于修改《示例市灵活就业补贴办法》的决定》</p>") == [
        ("《示例市灵活就业补贴办法》", "policies/p4/")
    ]
    assert (
        linked("<p><strong>《示例市灵活就业补贴办法》</strong></p><p>又《示例市灵活就业补贴办法》</p>")
        == [("《示例市灵活就业补贴办法》", "policies/p4/")] * 2
    )


def test_title_keys() -> None:
    """Width, blanks and inner brackets do not make another title; a word does."""
    assert title_key("关于印发〈办法〉的通知（试行）") == title_key("关于印发《办法》的 通知(试行)")
    assert title_key("关于印发《办法》的通知") != title_key("印发《办法》的通知")
    assert [key for _, _, key in titles_in("《甲乙丙丁戊办法》和《办法》《未完")] == ["甲乙丙丁戊办法"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("根据国发〔2008〕40号", "国发〔2008〕40号"),
        ("且已由例人社规〔2025〕5号", "例人社规〔2025〕5号"),
        ("以发改价格〔2019〕1号印发", "发改价格〔2019〕1号"),
        ("现转发国办发〔2019〕1号", "国办发〔2019〕1号"),
        ("国发〔2008〕40号和财社〔2019〕5号", "财社〔2019〕5号"),
        ("2004年10月27日国务院令第421号公布", "国务院令第421号"),
        ("经国务院令第752号修订", "国务院令第752号"),
        ("以国家经济贸易委员会令第3号公布", "国家经济贸易委员会令第3号"),
        ("这是一个没有任何标点隔开而且非常长非常长一段话国发〔2008〕40号", None),
    ],
)
def test_a_number_that_no_document_has(text: str, number: str | None) -> None:
    """Without a document that tells where a number begins, the words before it are cut off, or it is not listed."""
    assert strip_leading_words(list(doc_numbers_in(text))[-1].text) == number


def test_orders_and_passwords_are_no_decrees() -> None:
    """What ends in 令 and is no decree of an organ is not taken for one."""
    assert list(doc_numbers_in("按下口令第5号，执行命令第3号，限令第2号")) == []


# On a site


def test_pages_link_list_and_link_back(project: Project) -> None:
    """The text links, both pages list each other, and what is not on the site is listed there and on its own page."""
    project.policy("p1")
    project.policy(
        "p2",
        "根据《国务院关于示例的意见》（国发〔2008〕40号）、《示例通知全称》和例人社发[2024]1号制定。\n",
        title="细则",
    )
    project.policy("p3", title="示例通知全称")
    project.document(
        "notices/n1.md",
        {"title": "公告", "date_published": "2024-08-01", "disclosure": "proactive"},
        "根据国发〔2008〕40号、财社〔2019〕5号，见[例人社发〔2024〕1号](../policies/p1.md)。\n",
    )
    site = made(project)
    assert cites(page(site, "policies/p2")) == [
        ("《示例通知全称》", "../../policies/p3/"),
        ("例人社发[2024]1号", "../../policies/p1/"),
    ]
    root = page(site, "policies/p2")
    assert [node.text for node in root.all("span", class_="elsewhere")] == [
        "《国务院关于示例的意见》（国发〔2008〕40号）"
    ]
    assert {node["href"] for node in page(site, "policies/p3").all("a", data_relation="cited_by")} == {
        "../../policies/p2/"
    }
    assert cites(page(site, "notices/n1")) == []
    assert {node["href"] for node in page(site, "policies/p1").all("a", data_relation="cited_by")} == {
        "../../policies/p2/",
        "../../notices/n1/",
    }
    listed = page(site, "cited").one("dl", class_="cited")
    assert [node.text for node in listed.all("dt")] == [
        "《国务院关于示例的意见》（国发〔2008〕40号）",
        "财社〔2019〕5号",
    ]
    assert [[link["href"] for link in node.all("a")] for node in listed.all("dd")] == [
        ["../notices/n1/", "../policies/p2/"],
        ["../notices/n1/"],
    ]
    assert "../cited/" in {node["href"] for node in page(site, "policies").all("a")}
    assert dead_addresses(site, BASE) == []
    rows = {row["id"]: row for row in json.loads((site / "api/documents.json").read_text(encoding="utf-8"))}
    assert rows["p3"]["cited_by"] == ["p2"]


def test_a_text_does_not_link_to_itself(project: Project) -> None:
    """Its own number and title in a text are words."""
    project.policy("p1", "《示例市灵活就业补贴办法》（例人社发〔2024〕1号）自发布之日起施行。\n")
    root = page(made(project), "policies/p1")
    assert not root.all(data_relation="*")
    assert not page(project.folder / "public", "cited").all("dt")


def test_hidden_documents_are_neither_linked_nor_listed() -> None:
    """A number or title of a hidden document gives no link, no relation and no entry; nor does that of a later one."""
    later = {"date_published": "2099-01-01", "title": "以后才公布的办法"}
    body = "根据例人社发〔2024〕1号、《不予公开的办法全称》（例人社发〔2024〕1号）、例人社发〔2024〕3号。\n"
    body += "见国发〔2008〕40号。\n"
    texts = {
        "policies/p1.md": policy_text(1, **{**HIDDEN, "title": "不予公开的办法全称"}),
        "policies/p2.md": policy_text(2, body, title="公开的"),
        "policies/p3.md": policy_text(3, **later),
    }
    site = open_gate(archive_of(texts))
    assert dict(site.cited["p2"].links) == {}
    assert site.cited["p2"].outside == (OutsideDocument("国发〔2008〕40号"),)
    assert not site.by_id["p2"].relations


def test_a_title_of_two_public_documents_is_not_linked() -> None:
    """A title is a link only where exactly one public document has it; a hidden one does not count."""
    body = notice_text("见《同一个名称的办法》。\n")
    one = {"policies/p1.md": policy_text(1, title="同一个名称的办法"), "notices/n1.md": body}
    hidden = {**one, "policies/p2.md": policy_text(2, **{**HIDDEN, "title": "同一个名称的办法"})}
    two = {**one, "policies/p2.md": policy_text(2, title="同一个名称的办法")}
    for texts, links in ((one, 1), (hidden, 1), (two, 0)):
        site = open_gate(archive_of(texts))
        assert len(site.cited["n1"].links) == links
        assert len(site.by_id["n1"].relations) == links


def test_a_number_that_two_documents_share_is_never_linked() -> None:
    """Where two documents claim one number, no link is made, and no shorter number is tried instead."""
    same = {"doc_number": "例人社发〔2024〕1号"}
    texts = {
        "policies/p1.md": policy_text(1, **same),
        "policies/p2.md": policy_text(2, **same),
        "policies/p3.md": policy_text(3, "根据例人社发〔2024〕1号。\n"),
    }
    site = open_gate(archive_of(texts))
    assert site.cited["p3"].links == {}
    assert site.cited["p3"].outside == ()


def test_words_alone_keep_their_links(project: Project) -> None:
    """After a change of words only, and of what is quoted, the warm site is the cold one byte for byte."""
    project.policy("p1")
    project.policy("p2", title="另一个示例文件全称")
    project.document("notices/n1.md", NOTICE, "根据例人社发〔2024〕1号，通知如下。\n")
    for body in (
        "根据例人社发〔2024〕1号，现通知如下。\n",
        "根据《另一个示例文件全称》，现通知如下。\n",
        "根据《示例市灵活就业补贴办法》，现通知如下。\n",
        "根据《示例市灵活就业补贴办法》，通知。\n",
    ):
        build_here(project)
        project.document("notices/n1.md", NOTICE, body)
        warm = made(project)
        cold = made(project, "cold", cache=project.folder.parent / "other")
        for place in cold.rglob("*"):
            if place.is_file():
                assert (warm / place.relative_to(cold)).read_bytes() == place.read_bytes(), place
        assert len(cites(page(warm, "notices/n1"))) == 1


NOTICE = {"title": "公告", "date_published": "2024-08-01", "disclosure": "proactive"}


# Ways of writing


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("例人社发[２０２４]第05号", "例人社发〔2024〕5号"),
        ("示例市人社局公告（2024年第05号）", "示例市人社局公告2024年第5号"),
        ("示例市人民政府第58号令", "示例市人民政府令第58号"),
        ("示例市财政局　示例市税务局公告2024年第5号", "示例市财政局 示例市税务局公告2024年第5号"),
    ],
)
def test_the_standard_form_is_shown_however_it_was_typed(project: Project, typed: str, standard: str) -> None:
    """Box and API show the standard form, references find it in any other."""
    project.policy("p1", doc_number=typed)
    project.policy("p2", f"根据{typed}，已被{standard}修改。\n", based_on=standard)
    site = made(project)
    assert standard in page(site, "policies/p1").text
    assert "../../policies/p2/" in {node["href"] for node in page(site, "policies/p1").all("a")}
    assert [address for _, address in cites(page(site, "policies/p2"))] == ["../../policies/p1/"] * 2
    records = json.loads((site / "api/documents.json").read_text(encoding="utf-8"))
    assert [one["doc_number"] for one in records if one["id"] == "p1"] == [standard]
    files = sorted((site / "api").glob("*.json"))
    assert [path.name for path in files if typed in path.read_text(encoding="utf-8")] == []


def test_numbers_that_share_a_code_are_all_linked(project: Project) -> None:
    """5号、6号 and 5、6号 are two citations, each linked where it is written."""
    for number in (5, 6):
        project.policy(f"p{number}", doc_number=f"例人社发〔2024〕{number}号", index_no=f"123456789/2024-0005{number}")
    project.policy("p1", "根据例人社发〔2024〕5号、6号，例人社发〔２０２４〕５、６号。\n")
    links = cites(page(made(project), "policies/p1"))
    assert links == [
        ("例人社发〔2024〕5号", "../../policies/p5/"),
        ("6号", "../../policies/p6/"),
        ("例人社发〔２０２４〕５", "../../policies/p5/"),
        ("６号", "../../policies/p6/"),
    ]
