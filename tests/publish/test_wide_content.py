"""What is wider than a screen or a sheet: tables, long words, big pictures, levels that a writer has left out."""

import io
import re
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.section import WD_ORIENT
from support.built_site import made, read_page
from support.pictures import png
from support.project import Project, hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "https://www.example.gov.cn/" + "a" * 200
LINE = "| 项目 | 说明 | 网址 |\n|---|---|---|\n| 甲 | " + "说明" * 30 + f" | {LONG} |\n"


def wide(columns: int) -> str:
    """Return a table of so many columns."""
    rule = "|" + "---|" * columns
    row = "|" + "|".join(f"{number}34,567.89" for number in range(columns)) + "|"
    return f"{row}\n{rule}\n{row}\n\n"


def word_of(project: Project) -> "docx.document.Document":
    """Return the Word file of the policy."""
    return docx.Document(io.BytesIO((made(project) / "policies/p1/p1.docx").read_bytes()))


def test_a_long_word_of_a_table_may_break_and_a_number_may_not(project: Project) -> None:
    """In a table a line may break within an address; a phone number, a code and an amount stay whole."""
    code = "91410100MA12345678"
    project.policy("p1", f"{LINE}| 电话：0371-12345670 | {code} | 1,234,567.89 |\n\n段落 {LONG}\n")
    text = (made(project) / "policies/p1/index.html").read_text(encoding="utf-8")
    table, behind = text.partition("<table>")[2].split("</table>")
    assert table.count("<wbr>") > 10
    assert "<wbr>" not in behind
    assert "tel:0371-12345670" in table
    assert all(word in table for word in ("0371-12345670</a>", code, "1,234,567.89"))
    assert "".join(table.split("<wbr>")).count(LONG) >= 1


def test_levels_of_headings_have_no_gap(project: Project) -> None:
    """A text that begins with ``###`` or jumps over a level has headings without a gap, on paper too."""
    project.policy("p1", "### 第一章　总则\n\n第一条　甲。\n\n##### 第一节　细则\n\n乙。\n\n### 第二章　附则\n\n丙。\n")
    page = read_page(made(project) / "policies/p1/index.html").classed("text")[0]
    levels = [(node.tag, node.text) for node in page.walk() if re.fullmatch("h[1-6]", node.tag)]
    assert levels == [("h2", "第一章　总则"), ("h3", "第一节　细则"), ("h2", "第二章　附则")]
    styles = [
        (paragraph.style and paragraph.style.name) or ""
        for paragraph in word_of(project).paragraphs
        if "第" in paragraph.text[:1]
    ]
    assert [name for name in styles if name.startswith(("h", "H"))] == ["Heading 1", "Heading 2", "Heading 1"]


def test_wide_tables_are_across_in_word(project: Project) -> None:
    """A table of ten columns is on a page across in Word, two on the same; the rest is upright, with its head."""
    project.policy("p1", f"甲。\n\n{wide(12)}{wide(10)}{wide(3)}乙。\n")
    document = word_of(project)
    sections = [(one.orientation, (one.page_width or 0) > (one.page_height or 0)) for one in document.sections]
    upright, across = (WD_ORIENT.PORTRAIT, False), (WD_ORIENT.LANDSCAPE, True)
    assert sections == [upright, across, upright]
    assert all("例人社发〔2024〕1号" in one.header.paragraphs[0].text for one in document.sections)
    widths = [sum(column.width or 0 for column in table.columns) for table in document.tables]
    assert widths[0] > widths[2]


def test_tables_beside_each_other_stay_apart_in_word(project: Project) -> None:
    """Between two tables there is a paragraph in Word, which would else take them for one with one head."""
    project.policy("p1", f"甲。\n\n{wide(2)}{wide(3)}乙。\n")
    body = [child.tag.rpartition("}")[2] for child in word_of(project).element.body]
    places = [place for place, name in enumerate(body) if name == "tbl"]
    assert [body[place + 1] for place in places] == ["p", "p"]
    assert len(places) == 2


def test_lists_in_lists_are_set_in_and_pictures_are_not_in_word(project: Project) -> None:
    """In Word an inner list is further right than its outer one, and a picture with a link around it has no indent."""
    project.write("content/policies/图.png", png())
    project.policy("p1", "1. 外\n    - 内\n        - 最内\n\n[![图](图.png)](https://www.example.gov.cn/)\n")
    paragraphs = word_of(project).paragraphs
    indents = {one.text: one.paragraph_format.left_indent for one in paragraphs if one.text}
    outer, inner, innermost = (indents[text] for text in ("1. 外", "• 内", "• 最内"))
    assert (outer or 0) < (inner or 0) < (innermost or 0)
    picture = next(one for one in paragraphs if "<w:drawing" in one._p.xml)
    assert picture.style
    assert picture.style.name == "Picture"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "size"),
    [(320, ""), (320, "larger"), (390, "larger"), (650, "large"), (768, ""), (768, "larger"), (1440, "larger")],
)
def test_hostile_content_does_not_widen_a_page(project: Project, chromium: "Browser", width: int, size: str) -> None:
    """Long words, big pictures with links and long badges make no page wider than its screen, in large text."""
    project.write("content/policies/图.png", png(width=3_000))
    address = "a" * 60 + "@example.gov.cn"
    config = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    project.write("site_config.yaml", f"{config}  email: {address}\nrequest: {{receiver: 甲, phone: 0371-12345670}}\n")
    linked = "[![图](图.png)](https://www.example.gov.cn/)"
    project.policy("p1", f"第一条　甲。\n\n{LINE}\n{linked}\n", title="关于" + "X" * 90 + "的通知", summary=LONG)
    project.policy("p2", "第一条　乙。\n", repeals="[p1]", date_published="2024-06-01")
    project.interpretation("i1", interprets="p1")
    with hosted(made(project)) as site:
        page = chromium.new_page(viewport={"width": width, "height": 844})
        page.add_init_script(f"localStorage.setItem('gongkai-reading', '{{\"size\": \"{size}\"}}')")
        for name in ("", "policies/", "policies/p1/", "policies/p2/", "interpretations/i1/", "catalogue/", "request/"):
            page.goto(site + name, wait_until="load")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.close()


@pytest.mark.browser
def test_index_numbers_stay_whole_in_the_catalogue(project: Project, chromium: "Browser") -> None:
    """On a desk the catalogue breaks an index number behind a sign at most, never between two digits."""
    number, text = "MB2X01234/2026-00079", "很长的标题和内容" * 12
    project.policy("p1", "第一条　甲。\n", index_no=number, title=text[:90], summary=text)
    with hosted(made(project)) as site:
        page = chromium.new_page(viewport={"width": 1024, "height": 800})
        page.goto(f"{site}catalogue/")
        cell = page.locator("td", has_text=number).first
        cell.evaluate("(node) => { node.innerHTML = node.textContent.replace(/[^/-]+[/-]?/g, '<i>$&</i>'); }")
        lines = cell.locator("i").evaluate_all("(parts) => parts.map((part) => part.getClientRects().length)")
        page.close()
    assert lines == [1, 1, 1]


@pytest.mark.browser
def test_wide_tables_are_across_on_paper_and_columns_are_no_single_characters(
    project: Project, chromium: "Browser"
) -> None:
    """Printed, a table of twelve columns has a page across, and an address leaves the words beside it their width."""
    project.policy("p1", f"甲。\n\n{LINE}\n{wide(12)}乙。\n")
    with hosted(made(project)) as site:
        page = chromium.new_page(viewport={"width": 590, "height": 850})
        page.goto(f"{site}policies/p1/")
        sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", page.pdf(prefer_css_page_size=True))
        page.emulate_media(media="print")
        cell = page.locator("td").nth(1).bounding_box()
        page.close()
    assert [float(width) > float(height) for width, height in sizes] == [False, True, False]
    assert cell
    assert cell["width"] > 80


@pytest.mark.browser
def test_a_valid_policy_with_outline_and_interpretation_begins_on_the_first_screen(
    project: Project, chromium: "Browser"
) -> None:
    """On a phone status line, number, interpretation, outline and download leave room for the first lines."""
    text = "".join(f"## 第{number}章　名\n\n第{number}条　甲。\n\n" for number in "一二三")
    project.policy("p1", text, expires_on="2030-12-31")
    project.interpretation("i1", interprets="p1")
    with hosted(made(project)) as site:
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{site}policies/p1/")
        box = page.locator(".text").bounding_box()
        line = page.locator("[data-status-line]").inner_text()
        outline, download = (page.locator(name).bounding_box() for name in (".outline", ".downloads a"))
        page.close()
    assert box
    assert box["y"] < 844 - 60
    assert "有效期至2030年12月31日" in line
    assert outline
    assert download
    assert abs(outline["y"] - download["y"]) < 4
