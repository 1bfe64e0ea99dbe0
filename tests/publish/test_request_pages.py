"""依申请公开: what is made of the config, what the webmaster's own page replaces, and the limits that a text states."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.built_site import dead_addresses, made, read_page
from support.project import CONFIG, Project, Tree

from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import RequestLimit
from generator.publish.data.request_form import fill_template
from generator.source.facts.stated_limits import find_stated_limits
from generator.verify.run import verify

GROUP = """\
request:
  receiver: 示例局办公室<科>
  address: 示例路1号
  fax: 0000-8123409
  online: https://sq.example.gov.cn/apply
  reply_workdays: 15
"""
LIMITS = {
    "一般申请，20个工作日内答复，需要延长的，最多延长20个工作日。": ["reply 20 个工作日", "extension 20 个工作日"],
    "自收到申请之日起二十五日内予以答复": ["reply 25 日"],
    "自收到申请之日起10个工作日内一次性告知补正": ["correction 10 个工作日"],
    "第三方应当自收到征求意见书之日起十五个工作日内提出意见": ["third_party 15 个工作日"],
    "应当自知道该决定之日起60日内，申请行政复议；自收到复议决定书之日起15日内向法院起诉": ["reconsideration 60 日"],
    "自收到申请之日起一个月内答复": ["reply 1 个月"],
    "自2026年7月5日起施行，20日以前缴费。": [],
}


@pytest.fixture
def asked(project: Project) -> Project:
    """Return a site whose config says who receives applications."""
    project.write("site_config.yaml", CONFIG + "  phone: 0000-8123400\n" + GROUP)
    project.policy()
    return project


def test_the_column_says_who_receives_how_and_by_when(asked: Project) -> None:
    """Without a page of the webmaster's the column shows receiver, ways, limits with their clauses, and remedies."""
    site = made(asked)
    page = read_page(site / "request/index.html")
    text = page.one("main").text
    for words in ("示例局办公室<科>", "示例路1号", "0000-8123400", "传真申请", "网上申请", "可以口头提出"):
        assert words in text
    assert "电子邮件申请" not in text
    rows = [[cell.text for cell in row.all("td")] for row in page.one("tbody").all("tr")]
    assert rows[1] == ["不能当场答复", "自收到申请之日起15个工作日内", "《政府信息公开条例》第三十三条"]
    assert [row[0] for row in rows[2:]] == ["需要延长答复期限", "申请内容不明确", "征求第三方、其他机关意见"]
    assert "应当先自知道该决定之日起60日内，向有管辖权的行政复议机关申请行政复议" in text
    assert not page.classed("empty")
    assert not dead_addresses(site, "https://rsj.example.gov.cn/zwgk/")
    assert not verify(site).faults
    empty = asked.check("--select", "H004").findings
    assert empty
    assert not any("依申请公开" in finding["message"] for finding in empty)


def test_what_is_generated_agrees_with_the_rules_on_texts(asked: Project) -> None:
    """The text that is made of the config gives neither H012 nor H013 when it is a page of its own."""
    lines = read_page(made(asked) / "request/index.html").one("main").lines
    stated = list(find_stated_limits("\n".join(lines), 1))
    assert [item.limit for item in stated] == [*list(RequestLimit)]
    assert [item.span for item in stated][1:] == ["20 个工作日", "7 个工作日", "15 个工作日", "60 日"]


def test_the_webmasters_page_wins_and_the_form_stays(asked: Project) -> None:
    """A page of the column's own id is the text; the form is still offered, nothing is said twice."""
    page = {"title": "办理说明", "disclosure": "proactive", "column": "request"}
    asked.document("pages/request.md", page, "自己写的说明。\n")
    column = read_page(made(asked) / "request/index.html").one("main")
    assert "自己写的说明" in column.text
    assert "办理期限" not in column.text
    assert [link["href"] for link in column.all("a")] == ["../request/form.html", "../request/form.docx"]


def test_without_the_group_nothing_is_made(project: Project) -> None:
    """A site that does not say who receives applications has neither text nor form, and no warning for it."""
    project.policy()
    site = made(project)
    assert [place.name for place in (site / "request").iterdir()] == ["index.html"]
    assert project.check("--select", "H012,H013").rules == []


def test_the_form_asks_for_what_the_statute_asks_and_no_more(asked: Project, tree: Tree) -> None:
    """Page and Word file ask the same: the three groups of 条例 art. 29 and a signature; no purpose of use."""
    site = made(asked)
    paper = docx.Document(str(site / "request/form.docx"))
    written = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    shown = [[cell.text for cell in row.all()[1:]] for row in read_page(site / "request/form.html").all("tr")]
    assert [row[-2:] for row in written] == [row[-2:] for row in shown]
    assert {"姓名", "证件号码", "名称、文号或者其他特征性描述", "获取信息的途径"} < {row[-2] for row in shown}
    assert "用途" not in str(written)
    assert "致：示例局办公室<科>" in [paragraph.text for paragraph in paper.paragraphs]
    other = made(asked, "other", cache=asked.folder.parent / "new")
    assert tree(site) == tree(other)
    package = zipfile.ZipFile(io.BytesIO((site / "request/form.docx").read_bytes()))
    assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def word_template(*texts: str) -> bytes:
    """Return a Word file with one paragraph, a run for each text."""
    data, paper = io.BytesIO(), docx.Document()
    paragraph = paper.add_paragraph()
    for text in texts:
        paragraph.add_run(text)
    paper.save(data)
    return data.getvalue()


def test_a_word_template_is_filled_the_same_each_time() -> None:
    """A theme's own Word template keeps its look; marks become words, in the same bytes each time."""
    form = fill_template(word_template("致：{receiver}"), {"receiver": "<甲>&"})
    assert form == fill_template(word_template("致：{receiver}"), {"receiver": "<甲>&"})
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(form)).paragraphs] == ["致：<甲>&"]


@pytest.mark.parametrize("texts", [("{recever}",), ("{recei", "ver}")])
def test_a_mark_that_cannot_be_filled_is_an_error(texts: tuple[str, ...]) -> None:
    """A mark without a word, or one that Word keeps in two runs, ends the build and is named."""
    with pytest.raises(GongkaiError, match=r"request-form.docx.*\{rece"):
        fill_template(word_template(*texts), {"receiver": "甲"})


@pytest.mark.parametrize("text", LIMITS)
def test_limits_are_read_from_texts(text: str) -> None:
    """A limit is known by the words around it, with its unit, in digits of either kind."""
    assert [f"{item.limit and item.limit.value} {item.span}" for item in find_stated_limits(text, 1)] == LIMITS[text]


@given(st.text("一十五20个工作日内答复延长补正复议，。；| \n直接起诉不予公开或者年月"))
def test_no_text_breaks_the_reading_of_limits(text: str) -> None:
    """Whatever a page says, reading its limits ends, and every line lies in it."""
    assert all(1 <= item.line <= text.count("\n") + 1 for item in find_stated_limits(text, 1))


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("request: {phone: 1}\n", "request.receiver: 缺少必填的设置（受理机构）"),
        ("request: {receiver: 甲, reply_workdays: 30}\n", "太大"),
        ("request: {receiver: 甲, online: sq.example.gov.cn}\n", "应为以 http:// 或 https:// 开头的网址"),
        ("request: {receiver: 甲, recever: 乙}\n", "没有这个设置，是不是 receiver"),
        ("依申请公开: {受理机构: 甲, receiver: 乙}\n", "写了两次"),
    ],
)
def test_a_wrong_group_is_explained(project: Project, setting: str, said: str) -> None:
    """A mistake in the group is refused in Chinese; no promise can be longer than the statute's limit."""
    assert said in project.refused(setting)


def test_the_group_may_be_chinese(project: Project) -> None:
    """依申请公开 and its settings are read under their Chinese names."""
    project.write(
        "site_config.yaml", CONFIG + "依申请公开:\n  受理机构: 示例局办公室\n  行政复议机关: 示例市人民政府\n"
    )
    project.policy()
    text = read_page(made(project) / "request/index.html").text
    assert "示例局办公室" in text
    assert "向示例市人民政府申请行政复议" in text


def test_the_path_of_the_form_is_no_documents(asked: Project) -> None:
    """A document whose id is ``form`` lies beside the form, not in its place."""
    asked.document("pages/form.md", {"title": "表", "disclosure": "proactive", "column": "request"})
    site: Path = made(asked)
    assert (site / "request/form/index.html").is_file()
    assert (site / "request/form.html").is_file()
