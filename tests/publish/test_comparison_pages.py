"""修改后的条文 and 新旧对照 on the pages of whole sites: what is offered, where it is linked, what verify finds."""

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.built_site import Node, build_here, dead_addresses, made, read_page
from support.project import Project, Tree, hosted
from support.search_page import Corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "https://rsj.example.gov.cn/zwgk/"
OLD = (
    "第一条　为了规范补贴发放，制定本办法。\n\n第二条　补贴标准为实际缴费的50%。\n\n第三条　申请人每季度申报一次。\n\n"
    "第四条　补贴分为：\n\n（一）养老补贴；\n\n（二）医疗补贴。\n\n第五条　本办法自2024年6月1日起施行。\n\n"
    "示例市人力资源和社会保障局\n\n2024年5月6日\n"
)
LATER = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2026-11-05"}
ACT = (
    "对《示例市灵活就业补贴办法》作如下修改：\n\n一、第二条修改为：“补贴标准为实际缴费的三分之二。”\n\n"
    "二、将第三条中的“每季度”修改为“每月”。\n\n三、增加一条，作为第四条：“补贴名单每年公布一次。”\n"
)


def revised(root: Node) -> dict[str, list[str]]:
    """Return the lines of each box with new words, without the notes, by its summary."""
    boxes = root.all("details", class_="clause-revised")
    return {
        one.one("summary").text: [p.text for p in one.all("p") if p.attributes.get("class") != "note"] for one in boxes
    }


def page_of(site: Path, name: str) -> Node:
    return read_page(site / f"policies/{name}/index.html")


def rows_of(site: Path, name: str) -> list[tuple[str, str]]:
    root = read_page(site / f"policies/{name}/compare/index.html")
    return [(one["data-clause"], one["data-change"]) for one in root.all("tr") if "data-clause" in one.attributes]


def amended_site(project: Project, body: str = ACT, **fields: object) -> Path:
    project.policy("p1", OLD)
    project.policy("p2", body, title="关于修改《示例市灵活就业补贴办法》的决定", **{**LATER, "amends": "p1", **fields})
    return made(project)


def test_an_amended_clause_offers_its_new_words(project: Project) -> None:
    """At each clause that the act quotes stands a folded box with the new words, said not to be the official text."""
    root = page_of(amended_site(project), "p1")
    assert revised(root) == {
        "第二条修改后的条文": ["第二条　补贴标准为实际缴费的三分之二。"],
        "第三条修改后的条文": ["第三条　申请人每月申报一次。"],
        "增加的第四条": ["第四条　补贴名单每年公布一次。"],
    }
    assert not root.classed("clause-added")[0].all("a", class_="anchor")
    for box in root.all("details", class_="clause-revised"):
        assert "open" not in box.attributes
        assert "以公布的文本为准" in box.text
        assert [link["href"] for link in box.all("a")] == ["../../policies/p2/"]


def test_the_box_leads_to_the_place_in_the_act(project: Project) -> None:
    """Where the act has headings, the link leads to the one under which the clause is changed."""
    body = "## 一、关于标准\n\n第二条修改为：“新。”\n\n## 二、关于申报\n\n第三条修改为：“新。”\n"
    site = amended_site(project, body)
    boxes = page_of(site, "p1").all("details", class_="clause-revised")
    assert [link["href"].partition("#")[2] for box in boxes for link in box.all("a")] == [
        "%E5%85%B3%E4%BA%8E%E6%A0%87%E5%87%86", "%E5%85%B3%E4%BA%8E%E7%94%B3%E6%8A%A5",
    ]  # fmt: skip
    assert not dead_addresses(site, BASE)


@pytest.mark.parametrize(
    "body",
    [
        "第二条中的“补贴”修改为“补助”，第二条第二款删去。",  # there is no second
        "将第四条中的“补贴”修改为“补助”。",  # three times
        "将第二条修改为：补贴标准为三分之二。",
        "第九条修改为：“新。”",
        "第二条修改为：“新。”\n\n将全文中的“补贴”统一修改为“补助”。",
    ],
)
def test_where_there_is_doubt_the_mark_stands_alone(project: Project, body: str) -> None:
    """Nothing is offered, and no page of comparison is made, where the new words are not certain."""
    site = amended_site(project, body)
    assert revised(page_of(site, "p1")) == {}
    assert not (site / "policies/p2/compare").exists()
    assert not page_of(site, "p1").all("a", data_relation="compare")
    assert project.run("verify", str(site)).status == 0


def test_two_acts_are_applied_one_after_the_other(project: Project) -> None:
    """The box has the words after both acts; the page of the second act begins with those after the first."""
    project.policy("p3", "将第三条中的“每月”修改为“每周”。", title="又一个决定",
                   **{**LATER, "date_effective": "2026-11-10", "amends": "p1"})  # fmt: skip
    site = amended_site(project, "将第三条中的“每季度”修改为“每月”。")
    assert revised(page_of(site, "p1"))["第三条修改后的条文"] == ["第三条　申请人每周申报一次。"]
    text = read_page(site / "policies/p3/compare/index.html")
    (row,) = [one for one in text.all("tr") if one.attributes.get("data-change") == "changed"]
    assert [one.text for one in row.all("del")] == ["月"]
    assert [one.text for one in row.all("ins")] == ["周"]


def test_a_suspended_clause_has_no_new_words(project: Project) -> None:
    """Beside a clause that is only suspended, on a page with amended ones, nothing is said to be amended."""
    project.policy("p3", "暂停执行第五条。", title="暂停执行的通知", suspends="p1#第五条", **LATER)
    site = amended_site(project, "第二条修改为：“新的标准。”")
    assert list(revised(page_of(site, "p1"))) == ["第二条修改后的条文"]


def test_a_text_that_has_the_words_already_has_no_box(project: Project) -> None:
    """Where the text was merged with an act nothing is offered for it; a later act is applied to that text."""
    project.policy("p3", "将第三条中的“每季度”修改为“每月”。", title="又一个决定",
                   **{**LATER, "date_effective": "2026-11-10", "amends": "p1"})  # fmt: skip
    project.policy("p1", OLD, consolidated_to="p2")
    project.policy("p2", "第二条修改为：“补贴标准为实际缴费的50%。”", title="决定", **{**LATER, "amends": "p1"})
    site = made(project)
    assert revised(page_of(site, "p1")) == {"第三条修改后的条文": ["第三条　申请人每月申报一次。"]}
    assert rows_of(site, "p3")


EVERY_MONTH = "将第三条中的“每季度”修改为“每月”。"
WHOLE = "第三条修改为：“申请人每月申报一次。”"


@pytest.mark.parametrize(
    ("day", "body", "is_offered", "turns"),
    [
        ("2026-11-03", EVERY_MONTH, False, False),
        ("2026-11-03", WHOLE, True, False),
        ("2026-11-20", WHOLE, False, False),
        ("2026-12-30", EVERY_MONTH, True, True),
    ],
)
def test_an_act_on_all_words_ends_what_is_certain(
    project: Project, day: str, body: str, is_offered: bool, turns: bool
) -> None:
    """Where an act changes words everywhere (将全文中的…), new words are offered only if a later one rewrites all.

    In a page made before that day the box goes on it.
    """
    project.policy("p3", "将全文中的“补贴”统一修改为“补助”。", title="统一表述的通知",
                   **{**LATER, "date_effective": day, "amends": "p1"})  # fmt: skip
    root = page_of(amended_site(project, body), "p1")
    assert ("第三条修改后的条文" in revised(root)) is is_offered
    later = root.all("div", data_first="2026-12-30")
    assert bool(later) is turns
    assert not any(one.all("details", class_="clause-revised") for one in later)


def test_what_earlier_acts_add_is_on_both_sides(project: Project) -> None:
    """The page of a later act has the clauses that earlier ones added, as they were before and after it."""
    project.policy("p3", "将第二条中的“50%”修改为“60%”。", title="又一个决定",
                   **{**LATER, "date_effective": "2026-11-10", "amends": "p1"})  # fmt: skip
    site = amended_site(project, "增加一条，作为第五条：“名单每年公布。”")
    assert rows_of(site, "p3") == [
        ("第一条", "same"), ("第二条", "changed"), ("第三条", "same"), ("第四条", "same"), ("第五条", "same"),
        ("第五条", "same"),
    ]  # fmt: skip
    assert ("第五条", "added") in rows_of(site, "p2")


def test_a_page_of_comparison_knows_no_later_act(project: Project) -> None:
    """Also where the act has no 施行日期: rows that it leaves alone have the words before a later act changed them."""
    project.policy("p3", "将第三条中的“每季度”修改为“每月”。", title="又一个决定",
                   **{**LATER, "date_effective": "2026-11-10", "amends": "p1"})  # fmt: skip
    project.policy("p1", OLD)
    project.policy("p2", "第二条修改为：“新的标准。”", title="决定", date_written="2026-10-30",
                   date_published="2026-11-01", amends="p1")  # fmt: skip
    text = read_page(made(project) / "policies/p2/compare/index.html").one("table").text
    assert "每季度" in text
    assert "每月" not in text


def test_nothing_of_an_act_that_is_not_public_appears(project: Project) -> None:
    """The new words of a withheld act and of one to be published later are nowhere, nor is there a comparison."""
    project.policy("p4", "第三条修改为：“青铜钥匙。”", title="内部的决定", disclosure="withheld",
                   withhold_class="N02", withhold_note="内部事务",
                   amends="p1", date_effective="2026-11-05")  # fmt: skip
    project.policy("p5", "第五条修改为：“白银钥匙。”", title="以后公布的决定",
                   **{**LATER, "date_published": "2027-01-01", "amends": "p1"})  # fmt: skip
    site = amended_site(project, "第二条修改为：“公开的字。”")
    found = b"\n".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert "公开的字".encode() in found
    assert "钥匙".encode() not in found
    assert rows_of(site, "p2")


def test_a_replacement_stands_beside_the_old_text(project: Project) -> None:
    """Clauses are matched by number and likeness; both documents link the page, which links both."""
    project.policy("p1", OLD)
    new = (
        "第一条　为了规范补贴发放，制定本办法。\n\n第二条　补贴的对象是本市的就业困难人员和高校毕业生。\n\n"
        "第三条　补贴标准为实际缴费的三分之二。\n\n第四条　申请人每月申报一次。\n\n"
        "第五条　本办法自2026年11月5日起施行。\n"
    )
    project.policy("p2", new, title="示例市灵活就业补贴新办法", replaces="p1", **LATER)
    site = made(project)
    assert rows_of(site, "p2") == [
        ("第一条", "same"), ("第二条", "added"), ("第三条", "changed"), ("第四条", "changed"), ("第四条", "removed"),
        ("第五条", "changed"),
    ]  # fmt: skip
    root = read_page(site / "policies/p2/compare/index.html")
    (row,) = [one for one in root.all("tr") if one.attributes.get("data-clause") == "第三条"]
    old, new_cell = row.all("td")
    assert [one.text for one in old.all("del")] == ["第二条", "50%"]
    assert [one.text for one in new_cell.all("ins")] == ["第三条", "三分之二"]
    assert not old.all("ins")
    assert not new_cell.all("del")
    assert "第三条（原第二条） 修改" in row.one("th").text
    for name in ("p1", "p2"):
        links = page_of(site, name).all("a", data_relation="compare")
        assert [link["href"] for link in links] == ["../../policies/p2/compare/"]
        assert "../../../policies/" + name + "/" in [link["href"] for link in root.one("article").all("a")]
    table = root.one("table")
    assert table.one("caption").text
    assert {one["scope"] for one in table.all("th")} == {"col", "row"}
    records = {one["id"]: one for one in json.loads((site / "api/documents.json").read_bytes())}
    assert records["p1"]["compare"] == records["p2"]["compare"] == ["policies/p2/compare/"]
    assert "policies/p2/compare/" in (site / "sitemap.xml").read_text()
    assert not dead_addresses(site, BASE)
    assert project.run("verify", str(site)).status == 0


def test_documents_of_the_same_title_are_told_apart_by_their_numbers(project: Project) -> None:
    """A rule and the new one of its name have their 文号 in the links, the heading and the caption."""
    project.policy("p1", OLD, title="同名办法")
    project.policy("p2", OLD, title="同名办法", replaces="p1", **LATER)
    site = made(project)
    old, new = (page_of(site, name).one("a", data_relation="compare").text for name in ("p1", "p2"))
    numbers = [json.loads((site / f"api/documents/{name}.json").read_bytes())["doc_number"] for name in ("p1", "p2")]
    assert numbers[1] in old
    assert numbers[0] in new
    root = read_page(site / "policies/p2/compare/index.html")
    for one in (root.one("h2"), root.one("caption")):
        assert all(number in one.text for number in numbers)


def test_passages_without_a_number_are_named_by_their_words(project: Project) -> None:
    """In the summary above the table a passage that is no clause is a link with its first words."""
    project.policy("p1", "一、补贴对象为退役军人和他们的家属。\n\n二、标准五百元。\n", title="通知")
    project.policy(
        "p2", "一、补贴对象为退役军人和他们的家属。\n\n二、标准八百元。\n", title="新通知", replaces="p1", **LATER
    )
    summary = read_page(made(project) / "policies/p2/compare/index.html").one("p", class_="compare-summary")
    assert "“二、标准八百元。”（修改）" in summary.text


def test_several_replaced_documents_have_a_section_each(project: Project) -> None:
    """One page has a table for each document that is replaced; all of them link it."""
    project.policy("p1", OLD)
    project.policy("p3", "第一条　另一个办法。\n\n第二条　补贴按月发放。\n", title="另一个办法")
    project.policy("p2", "第一条　为了规范补贴发放，制定本办法。\n\n第二条　补贴按月发放。\n", title="新办法",
                   replaces="[p1, p3]", **LATER)  # fmt: skip
    site = made(project)
    root = read_page(site / "policies/p2/compare/index.html")
    assert len(root.all("table")) == 2
    assert len({one["id"] for one in root.all("tr") if "id" in one.attributes}) == len(rows_of(site, "p2"))
    for name in ("p1", "p3"):
        assert page_of(site, name).all("a", data_relation="compare")
    assert project.run("verify", str(site)).status == 0


def test_the_part_that_is_meant_is_compared(project: Project) -> None:
    """Of a notice with several texts only the one that is replaced stands beside the new one."""
    parts = "\n  - {id: a, title: 示例市甲补贴办法}\n  - {id: b, title: 示例市乙奖励办法}"
    texts = "## 示例市甲补贴办法\n\n第一条　甲补贴按季度申领。\n\n## 示例市乙奖励办法\n\n第一条　乙奖励每年评选。\n"
    body = f"印发给你们。\n\n{texts}"
    project.policy("p1", body, title="关于印发两个办法的通知", parts=parts)
    project.policy("p2", "第一条　乙奖励每两年评选。\n", title="示例市乙奖励办法", replaces="p1#b", **LATER)
    site = made(project)
    text = read_page(site / "policies/p2/compare/index.html").one("table").text
    assert "乙奖励每" in text
    assert "甲补贴" not in text


def test_an_amendment_that_is_read_in_part_says_so(project: Project) -> None:
    """The clauses that could be read are shown, the others named."""
    site = amended_site(project, "第二条修改为：“新的标准。”\n\n第三条修改为以下内容。\n")
    assert rows_of(site, "p2") == [("第二条", "changed")]
    text = read_page(site / "policies/p2/compare/index.html").one("article").text
    assert "第三条也有修改" in text
    assert "没有列出全文" in text


def test_the_comparison_is_a_word_file_too(project: Project) -> None:
    """The file has the words of both texts, those that are gone struck through and those that are new underlined."""
    site = amended_site(project)
    link = read_page(site / "policies/p2/compare/index.html").one("a", data_download="docx")
    assert link["href"] == "../../../policies/p2/compare/p2.docx"
    data = (site / "policies/p2/compare/p2.docx").read_bytes()
    text = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "<w:strike/>" in text
    assert "三分之二" in text
    assert "第五条" in text


def test_added_words_are_no_words_of_the_old_document(project: Project) -> None:
    """Search, API and the words of the old text do not have the new words."""
    site = amended_site(project)
    assert Corpus(site).containing("三分之二") == {"p2"}
    assert "三分之二" not in (site / "api/documents/p1.json").read_text()


def test_documents_without_such_relations_have_nothing(project: Project) -> None:
    """No page, link or key of a comparison exists where nothing is replaced or amended."""
    project.policy("p1", OLD)
    site = made(project)
    assert not list(site.rglob("compare"))
    assert "compare" not in json.loads((site / "api/documents.json").read_bytes())[0]


@pytest.mark.parametrize("name", ["p1", "p2"])
def test_the_page_follows_a_change_of_either_text(project: Project, tree: Tree, name: str) -> None:
    """After words of one text have changed, a warm build is what a cold one is, the comparison included."""
    site = amended_site(project)
    before = (site / "policies/p2/compare/index.html").read_bytes()
    path = project.folder / f"content/policies/{name}.md"
    words = {"p1": ("实际缴费的50%", "实际缴费的40%"), "p2": ("三分之二", "四分之三")}[name]
    path.write_text(path.read_text().replace(*words))
    made(project)
    assert (site / "policies/p2/compare/index.html").read_bytes() != before
    build_here(project, "cold", cache=project.cache / "other")
    assert tree(site) == tree(project.folder / "cold")


def test_verify_finds_comparisons_that_are_damaged(project: Project) -> None:
    """A missing link, a missing page and a page that no document has are faults."""
    site = amended_site(project)
    assert project.run("verify", str(site)).status == 0
    page, compare = site / "policies/p1/index.html", site / "policies/p2/compare/index.html"
    text, words = page.read_text(), compare.read_text()
    page.write_text(text.replace('data-relation="compare"', ""))
    assert "新旧对照和" in project.run("verify", str(site)).err
    page.write_text(text)
    compare.write_text(words.replace("data-clause=", "data-x="))
    assert "没有一行条文" in project.run("verify", str(site)).err
    other = site / "policies/p1/compare/index.html"
    other.parent.mkdir()
    other.write_text(words.replace('data-compare-of="p2"', 'data-compare-of="p1"'))
    assert "没有哪份文件有这个新旧对照" in project.run("verify", str(site)).err


def test_new_words_appear_on_their_day_in_the_browser(project: Project, chromium: "Browser") -> None:
    """Before the act takes effect its words are hidden, from that day on they can be opened; on a phone rows stack."""
    site = amended_site(project, date_effective="2027-01-10")
    with hosted(site) as base, chromium.new_page(viewport={"width": 320, "height": 640}) as page:
        for day, count in (("2027-01-09", 0), ("2027-01-10", 3)):
            page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
            page.goto(f"{base}policies/p1/")
            seen = page.locator(".clause-revised").evaluate_all(
                "all => all.filter(one => one.checkVisibility()).length"
            )
            assert seen == count, day
        page.locator(".clause-revised summary").first.click()
        assert "三分之二" in page.locator(".clause-revised").first.inner_text()
        page.goto(f"{base}policies/p2/compare/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        cells = page.locator("tr[data-clause=第二条] td").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().top)"
        )
        assert cells[0] < cells[1]
        said = page.locator("tr[data-clause=第二条] ins").first.evaluate(
            "one => getComputedStyle(one, '::before').content"
        )
        assert said == '"新增："'


def test_the_status_of_both_turns_in_the_browser(project: Project, chromium: "Browser") -> None:
    """On the day on which a document is replaced, the page of comparison that was made before says so."""
    project.policy("p1", OLD, title="旧办法")
    project.policy("p2", OLD.replace("50%", "60%"), title="新办法", replaces="p1",
                   **{**LATER, "date_effective": "2027-01-01"})  # fmt: skip
    with hosted(made(project)) as base, chromium.new_page() as page:
        for day, states in (("2026-12-31", ["有效", "尚未施行"]), ("2027-01-01", ["已废止", "有效"])):
            page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
            page.goto(f"{base}policies/p2/compare/")
            assert page.locator("dd .badge").all_inner_texts() == states


def test_a_page_on_which_nothing_turns_has_no_script_of_days(project: Project) -> None:
    """Where no later day is known, the page of comparison loads no script for it."""
    site = amended_site(project)
    assert "day.js" not in (site / "policies/p2/compare/index.html").read_text("utf-8")


@pytest.mark.parametrize("mark", ["## ", ""])
def test_the_heading_of_the_first_chapter_is_compared_too(project: Project, mark: str) -> None:
    """The headings over the first clause belong to the rule: where one changes, the page shows both."""
    for name, words, fields in (("p1", "总则", {}), ("p2", "一般规定", {**LATER, "replaces": "p1"})):
        body = f"现印发给你们。\n\n{mark}第一章　{words}\n\n第一条　为了规范补贴，制定本办法。\n\n第二条　按月发放。\n"
        project.policy(name, body, title="补贴办法", **fields)
    text = read_page(made(project) / "policies/p2/compare/index.html").one("table").text
    assert "第一章" in text
    assert "总则" in text
    assert "一般规定" in text
    assert "现印发" not in text
