"""Clauses on a page: a link to each, the interpretations under them, the outline of a long text."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.built_site import Node, build_here, dead_addresses, made, read_page
from support.project import Project, hosted
from support.stages import page_of, text_of

from generator.domain.model import ClauseInterpretation
from generator.publish.text.clause_links import outline_of, with_clause_links, with_table_names
from generator.source.text.markup import convert

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "https://rsj.example.gov.cn/zwgk/"
WORDS = {
    "clause_link": "{name}的链接",
    "heading_link": "{name}的链接",
    "table": "{name}（表格）",
    "table_alone": "表格",
}
POLICY = "第一条　甲。\n\n第二条　乙：\n\n（一）子；\n\n（二）丑。\n\n第三条　丙。\n\n第四条　丁。\n\n附件：表\n"
HANDOUT = """## 一、第二条怎么办

先申请，

| 时 | 限 |
|--|--|
| 一 | 二 |

### 细节

后审核。

## 二、其他

别的事情照以前的办法办理，不用再交材料。
"""
SHORT = "这一条要注意办理的时限和要交的材料，其余照旧。"


def policy(site: Path, name: str = "p1") -> Node:
    return read_page(site / "policies" / name / "index.html")


def text_lines(root: Node) -> list[str]:
    return root.classed("text")[0].lines


def interpretation_of(body: str, references: str) -> tuple[ClauseInterpretation, ...]:
    """Return what an interpretation says on the clauses that it names."""
    fields = {"title": "解读", "date_published": "2024-05-08", "disclosure": "proactive", "interprets": references}
    return page_of(text_of(fields, body), "content/interpretations/i1.md").sections


# What an interpretation says on a clause


def test_the_section_under_the_heading_is_taken() -> None:
    """The words under the heading that names the clause are taken, with smaller headings, without tables."""
    assert interpretation_of(HANDOUT, "p1#第二条") == (
        ClauseInterpretation("第二条", ("先申请，", "细节", "后审核。")),
    )


@pytest.mark.parametrize(
    ("body", "clause", "lines"),
    [
        ("第二条　说乙。\n\n再说乙。\n\n第三条　说丙。\n", "第二条", ("第二条　说乙。", "再说乙。")),
        ("第二条　说乙。\n\n## 其他\n\n别的。\n", "第二条", ("第二条　说乙。",)),
        ("## 第十二条\n\n别的。\n\n## 第二条之一\n\n也是别的。\n", "第二条", None),
        ("## 关于第一条和第二条\n\n一起说。\n", "第二条", ("一起说。",)),
        ("## 第二条\n\n", "第二条", None),
        ("没有说。\n", "第二条", None),
        (f"## 第二条\n\n{'长' * 1500}\n\n后面。\n", "第二条", ("长" * 1200 + "…",)),
    ],
)
def test_only_what_treats_the_clause_is_taken(body: str, clause: str, lines: tuple[str, ...] | None) -> None:
    """A paragraph of the clause counts like a heading; another clause does not; what is long is cut."""
    assert interpretation_of(body, f"p1#{clause}") == ((ClauseInterpretation(clause, lines),) if lines else ())


def test_an_interpretation_of_the_whole_has_no_sections() -> None:
    """Where no clause is named, nothing is kept of the text."""
    assert interpretation_of(HANDOUT, "p1") == ()


# On the policy's page


def test_interpretations_stand_under_their_clauses(project: Project) -> None:
    """One of a clause is a closed block behind all of that clause, with its number, title, link and words."""
    project.policy("p1", POLICY)
    project.interpretation("i1", HANDOUT, title="乙的解读", interprets="p1#第二条")
    project.interpretation("i2", f"{SHORT}\n", title="全文解读", form="qa")
    project.interpretation("i3", f"{SHORT}\n", title="两条的解读", interprets="例人社发〔2024〕1号#第一条、第四条")
    site = made(project)
    root = policy(site)
    blocks = root.all("details", class_="clause-note")
    assert ["open" in block.attributes for block in blocks] == [False] * 3
    assert [(block.one("summary").text, block.one("a")["href"], block.one("a").text) for block in blocks] == [
        ("第一条的解读", "../../interpretations/i3/", "两条的解读"),
        ("第二条的解读", "../../interpretations/i1/", "乙的解读"),
        ("第四条的解读", "../../interpretations/i3/", "两条的解读"),
    ]
    assert [node.text for node in blocks[0].all("p")][:-1] == [SHORT]
    assert [node.text for node in blocks[1].all("p")][:-1] == ["先申请，", "细节", "后审核。"]
    lines = text_lines(root)
    order = [
        "第一条　甲。",
        SHORT,
        "第二条　乙：",
        "（二）丑。",
        "先申请，",
        "第三条　丙。",
        "第四条　丁。",
        "附件：表",
    ]
    assert [lines.index(line) for line in order] == sorted(lines.index(line) for line in order)
    top = root.one("section", class_="linkage")
    assert [node["href"] for node in top.all("a", data_relation="*")] == ["../../interpretations/i2/"]
    assert [(node.text, node["href"]) for node in top.all("a") if "data-relation" not in node.attributes] == [
        ("第二条", "#第二条"),
        ("第一条", "#第一条"),
        ("第四条", "#第四条"),
    ]
    assert dead_addresses(site, BASE) == []
    rows = {row["id"]: row for row in json.loads((site / "api/documents.json").read_text(encoding="utf-8"))}
    assert rows["p1"]["interpreted_by"] == ["i1", "i2", "i3"]


def test_an_unknown_clause_is_a_finding_and_stays_at_the_top(project: Project) -> None:
    """A clause that the text does not have stops the build; where it is exempt, the interpretation stays at the top."""
    project.policy("p1", POLICY)
    project.interpretation("i1", HANDOUT, interprets="p1#第九条")
    assert [finding.rule for finding in build_here(project).blocking] == ["F009"]
    project.interpretation("i1", HANDOUT, interprets="p1#第九条", exempt="{F009: 原文条号有误}")
    root = policy(made(project))
    assert not root.all("details", class_="clause-note")
    assert [node["href"] for node in root.all("a", data_relation="interpreted_by")] == ["../../interpretations/i1/"]


def test_a_paragraph_of_a_clause_goes_under_its_clause(project: Project) -> None:
    """第二条第一款 stands under 第二条, and is named as it was written."""
    project.policy("p1", POLICY)
    project.interpretation("i1", HANDOUT, interprets="p1#第二条第一款")
    (note,) = policy(made(project)).all("details", class_="clause-note")
    assert note.one("summary").text == "第二条第一款的解读"


def test_hidden_interpretations_leave_no_block(project: Project) -> None:
    """Nothing of an interpretation that is not public stands under a clause."""
    project.policy("p1", POLICY)
    hidden = {
        "disclosure": "withheld",
        "withhold_class": "N03",
        "withhold_note": "过程性信息",
        "review_on": "2099-01-01",
    }
    project.interpretation("i1", f"## 第二条\n\n不公开的话。{SHORT}\n", interprets="p1#第二条", **hidden)
    site = made(project)
    assert not policy(site).all("details", class_="clause-note")
    assert "不公开的话" not in (site / "policies/p1/index.html").read_text(encoding="utf-8")


def test_a_change_of_an_interpretation_changes_the_policy(project: Project) -> None:
    """What an interpretation says on a clause is a fact of it, and the policy's page follows it."""
    project.policy("p1", POLICY)
    project.interpretation("i1", HANDOUT, interprets="p1#第二条")
    made(project)
    project.interpretation("i1", HANDOUT.replace("先申请", "先登记"), interprets="p1#第二条")
    warm = made(project)
    cold = made(project, "cold", cache=project.folder.parent / "other")
    assert "先登记" in policy(warm).text
    for place in cold.rglob("*"):
        if place.is_file():
            assert (warm / place.relative_to(cold)).read_bytes() == place.read_bytes(), place


# Links and outline


def test_every_clause_and_heading_links_to_itself() -> None:
    """Each gets one link without words of its own and with a name; nothing else of the text changes."""
    made = convert("# 总则\n\n第一条　甲。\n\n段。\n\n**第二条**　乙。\n\n## 附\n\n<p id='第'>x</p>\n")
    placed = with_clause_links(made.blocks.blocks, {}, WORDS)
    links = [
        f'<a class="anchor" href="#{anchor}" aria-label="{label}"></a>'
        for anchor, label in (
            ("总则", "总则的链接"),
            ("第一条", "第一条的链接"),
            ("第二条", "第二条的链接"),
            ("附", "附的链接"),
        )
    ]
    assert [placed.count(link) for link in links] == [1] * 4
    for link in links:
        placed = placed.replace(link, "")
    assert placed == made.html


def test_no_two_links_and_no_two_tables_have_one_name() -> None:
    """A link names text and clause; headings alike are counted; a table is named by its heading."""
    table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
    made = convert(
        f"# 甲办法\n\n第一条　甲。\n\n# 乙办法\n\n第一条　乙。\n\n## 说明\n\n{table}\n## 说明\n\n{table}\n{table}\n"
    )
    placed = with_clause_links(with_table_names(made.blocks.blocks, WORDS), {}, WORDS)
    names = re.findall('aria-label="([^"]*)"', placed)
    assert len(set(names)) == len(names) == 9
    assert {"第一条的链接", "乙办法 第一条的链接", "说明的链接", "说明（2）的链接", "说明（表格）"} <= set(names)


def test_a_text_without_clauses_stays() -> None:
    """A text without clauses and headings is not touched, and has no outline."""
    text = convert("一。\n\n<p id='x'>二。</p>\n")
    assert with_clause_links(text.blocks.blocks, {"第一条": "x"}, WORDS) == text.html
    assert outline_of(text.blocks.blocks) == []


def test_long_texts_and_texts_with_chapters_have_an_outline_of_clauses() -> None:
    """From chapters, or from more than thirty clauses, comes an outline; a short text has none."""
    chapters = convert("## 第一章　总则\n\n第一条　甲。\n\n第二条　乙。\n\n## 第二章　附则\n\n第三条　丙。\n")
    outline = outline_of(chapters.blocks.blocks)
    assert [(part["text"], re.findall('href="#(.*?)"', part["clauses"])) for part in outline] == [
        ("第一章　总则", ["第一条", "第二条"]),
        ("第二章　附则", ["第三条"]),
    ]
    for number, parts in ((30, 0), (31, 1)):
        body = "".join(f"第{one}条　文。\n\n" for one in range(1, number + 1))
        assert len(outline_of(convert(body).blocks.blocks)) == parts


def test_the_outline_is_closed_and_leads_to_the_clauses(project: Project) -> None:
    """On the page the outline is a closed block of links into the text; without one the headings' stays."""
    project.policy("p1", "## 第一章　总则\n\n第一条　甲。\n\n## 第二章　附则\n\n第二条　乙。\n")
    project.policy("p2", "## 一\n\n甲。\n\n## 二\n\n乙。\n\n## 三\n\n丙。\n", title="没有条的通知")
    site = made(project)
    outline = policy(site).one("details", class_="outline clauses")
    assert "open" not in outline.attributes
    assert [node["href"] for node in outline.all("a")] == ["#总则", "#第一条", "#附则", "#第二条"]
    assert [node["href"] for node in policy(site, "p2").one("details", class_="outline").all("a")] == [
        "#一",
        "#二",
        "#三",
    ]
    assert dead_addresses(site, BASE) == []


@pytest.mark.browser
def test_the_links_are_seen_and_reached_and_not_read_twice(chromium: "Browser", project: Project) -> None:
    """A clause's link shows its sign, is reached by Tab and has its own name; the clause's words are as they were."""
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n")
    page = chromium.new_page()
    with hosted(made(project)) as address:
        page.goto(address + "policies/p1/")
        link = page.locator("#第二条 a.anchor")
        box = link.bounding_box()
        assert box
        assert box["width"] > 8
        page.locator("#第一条 a.anchor").focus()
        page.keyboard.press("Tab")
        assert link.evaluate("node => node === document.activeElement")
        assert link.get_attribute("aria-label") == "第二条的链接"
        assert page.locator("#第二条").inner_text() == "第二条　乙。"
        page.keyboard.press("Enter")
        assert page.evaluate("decodeURIComponent(location.hash)") == "#第二条"
    page.close()
