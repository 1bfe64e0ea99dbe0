"""Access in the files: 无障碍声明, unique names, and none of the mistakes that an HTML checker reports."""

from collections import Counter
from pathlib import Path

from support.built_site import made, pages_of, read_page
from support.project import CONFIG, Project

TABLE_PARTS = {"table", "thead", "tbody", "tr", "td", "th"}


def test_the_statement_says_what_is_supported_and_whom_to_call(project: Project) -> None:
    """Every page leads to 无障碍声明, which names the agency, the aids, the last test, and phone and address to use."""
    project.write("site_config.yaml", CONFIG.rstrip() + "\n  phone: 0371-12345670\n  email: a@rsj.example.gov.cn\n")
    project.policy("p1", "第一条　甲。\n")
    site = made(project)
    page = read_page(site / "accessibility/index.html")
    assert page.one("h1").text == "无障碍声明"
    main = page.one("main")
    for words in ("示例市人力资源和社会保障局", "大字版", "朗读", "高对比度", "2026年11月30日", "axe-core", "没有发现"):
        assert words in main.text
    assert {node["href"] for node in main.all("a")} == {"tel:0371-12345670", "mailto:a@rsj.example.gov.cn"}
    footer = read_page(site / "policies/p1/index.html").one("footer")
    assert "../../accessibility/" in [node["href"] for node in footer.all("a")]


def test_a_theme_of_ones_own_is_not_said_to_be_tested(project: Project) -> None:
    """Where a site has a theme of its own the statement does not claim that its changes were tested."""
    project.write("site_config.yaml", CONFIG + "theme: mine\n")
    project.write("themes/mine/theme.yaml", 'accessibility:\n  tested-on: 2027-01-05\ncolour:\n  brand: "#5a1a6b"\n')
    project.policy("p1", "第一条　甲。\n")
    text = read_page(made(project) / "accessibility/index.html").one("main").text
    assert "2027年1月5日" in text
    assert "没有发现" not in text
    assert "没有包括在这次测试里" in text


def test_no_roles_in_tables_and_no_names_of_nothing(demo: Path) -> None:
    """No part of a table has a role, and no span a name without a role: the HTML checker reports both as errors."""
    for path, page in pages_of(demo).items():
        for node in page.walk():
            if node.tag in TABLE_PARTS:
                assert "role" not in node.attributes, path
            if node.tag in {"span", "div", "p"} and "aria-label" in node.attributes:
                assert "role" in node.attributes, (path, node.attributes)


def test_links_to_clauses_and_regions_have_names_of_their_own(demo: Path) -> None:
    """On no page have two links to places in the text, or two regions, the same name."""
    for path, page in pages_of(demo).items():
        anchors = Counter(node["aria-label"] for node in page.all("a", class_="anchor"))
        regions = Counter(
            node["aria-label"] for node in page.all("div", role="region") if "aria-label" in node.attributes
        )
        assert [name for name, count in (anchors + regions).items() if count > 1] == [], path
