"""Pictures of what stands beside them as lists, and the page of all relations with its filter."""

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser
from support.built_site import made, read_page, searchable
from support.project import Project, Tree, hosted, until

from generator.verify.run import verify


@pytest.fixture
def site(project: Project) -> Project:
    """Return a site in which p2 replaces p1, p3 amends p2, and i1 interprets p2, which is based on p0."""
    project.policy("p9", date_published="2020-05-08", date_written="2020-05-06", title="上位的办法")
    project.policy("p1", date_published="2022-05-08", date_written="2022-05-06", responsible_unit="甲科")
    project.policy("p2", replaces="p1", based_on="p9", title="很长的名称" * 8, responsible_unit="[甲科, 乙科]")
    project.policy("p3", amends="p2", date_published="2025-05-08", date_written="2025-05-06")
    project.interpretation("i1", interprets="p2")
    return project


def picture_of(folder: Path, address: str, section: str) -> ET.Element | None:
    """Return the SVG in a section of a page, read as XML."""
    text = (folder / address / "index.html").read_text(encoding="utf-8")
    found = re.search(f'<section class="{section}"(?:(?!</section>).)*?(<svg.*?</svg>)', text, re.DOTALL)
    return ET.fromstring(found[1]) if found else None


def test_the_picture_shows_every_related_document_in_the_order_of_days(site: Project) -> None:
    """One row for each related document and one for the document itself, oldest first; an arc from each to it."""
    picture = picture_of(made(site), "policies/p2", "relations")
    assert picture is not None
    assert [text.text for text in picture.iter("text")][::2] == [
        "2020-05-08 制定依据", "2022-05-08 替代文件", "2024-05-08 本文件", "2024-05-08 政策解读", "2025-05-08 修改依据",
    ]  # fmt: skip
    arcs = [path.get("class") for path in picture.iter("path") if path.get("class") != "rail"]
    assert sorted(filter(None, arcs)) == ["amends", "ends", "explains", "explains"]
    assert [len(title.text or "") <= 21 for title in list(picture.iter("text"))[1::2]] == [True] * 5
    assert picture.get("role") == "img"
    assert picture.get("aria-label")
    assert "style" not in ET.tostring(picture, encoding="unicode")


def test_no_picture_without_at_least_two_others(site: Project) -> None:
    """A document with one relation has its list and no picture."""
    assert picture_of(made(site), "policies/p1", "relations") is None


def test_what_is_hidden_is_in_no_picture(site: Project) -> None:
    """A document that is not public stands in no picture, no row and no table."""
    site.policy("p3", amends="p2", date_published="2025-05-08", date_written="2025-05-06", title="不公开的修改决定",
                disclosure="withheld", withhold_class="N03", withhold_note="理由", review_on="2027-01-01")  # fmt: skip
    folder = made(site)
    assert not [place for place in folder.rglob("*") if place.is_file() and "不公开的修改" in searchable(place)]


def test_many_relations_stay_one_small_picture(site: Project) -> None:
    """Beyond fourteen others the picture says how many more the list holds."""
    for number in range(10, 30):
        site.policy(f"p{number}", based_on="p2", date_published="2024-06-01")
    picture = picture_of(made(site), "policies/p2", "relations")
    assert picture is not None
    texts = [text.text for text in picture.iter("text")]
    assert len(texts) == 2 * 15 + 1
    assert texts[-1] == "另有 10 份，见下面的列表"


def test_the_days_lie_on_a_scale(site: Project) -> None:
    """Every event of the 沿革 has its number on the scale of time, in proportion, and the time in force is a bar."""
    site.policy("p2", replaces="p1", date_effective="2024-07-01", expires_on="2028-06-30")
    folder = made(site)
    picture = picture_of(folder, "policies/p2", "timeline")
    assert picture is not None
    numbers = [int(text.text or 0) for text in picture.iter("text") if "number" in (text.get("class") or "")]
    items = read_page(folder / "policies/p2/index.html").classed("timeline")[0].all("li")
    assert numbers == list(range(1, len(items) + 1))
    days = [item.one("time")["datetime"] for item in items]
    places = [float(circle.get("cx") or 0) for circle in picture.iter("circle")]
    assert [day for _, day in sorted(zip(places, days, strict=True))] == days
    bar = next(rect for rect in picture.iter("rect"))
    assert bar.get("class") == "force"
    assert float(bar.get("x") or 0) == places[days.index("2024-07-01")]


@pytest.mark.parametrize(
    ("fields", "acts", "bars"),
    [
        ({}, {}, [("2024-05-08", None)]),
        ({}, {"cleanup": "{宣布失效: [p1]}"}, [("2024-05-08", "2025-05-08")]),
        ({}, {"cleanup": "{宣布失效: [p1]}", "date_effective": "2027-05-08"}, [("2024-05-08", "2027-05-08")]),
        ({}, {"repeals": "p1#第一条"}, [("2024-05-08", None)]),
        ({"repealed_by": "示例市人民政府令第58号"}, {"amends": "p1"}, []),
        ({}, {"suspends": "p1"}, [("2024-05-08", "2025-05-08")]),
        ({}, {"suspends": "p1", "suspended_until": "2026-02-01"}, [("2024-05-08", "2025-05-08"), ("2026-02-01", None)]),
    ],
)
def test_the_bar_is_the_time_in_force(
    project: Project, fields: dict[str, str], acts: dict[str, str], bars: list[tuple[str, str | None]]
) -> None:
    """However a document ends, its bar ends; it rests while suspended, and an end on an unknown day leaves no bar."""
    project.policy("p1", **fields)
    project.policy("p2", title="后来的决定", date_published="2025-05-08", date_written="2025-05-08", **acts)
    project.interpretation(
        "i2", form="infographic", title="一图读懂《示例市灵活就业补贴办法》", date_published="2024-06-20"
    )
    project.interpretation("i1")
    folder = made(project)
    picture = picture_of(folder, "policies/p1", "timeline")
    assert picture is not None
    marks = [float(circle.get("cx") or 0) for circle in picture.iter("circle")]
    lines = read_page(folder / "policies/p1/index.html").classed("timeline")[0].all("li")
    days = {place: line.one("time")["datetime"] for place, line in zip(marks, lines, strict=True)}
    shown = [(float(bar.get("x") or 0), float(bar.get("width") or 0), bar.get("class")) for bar in picture.iter("rect")]
    ends = [None if look == "force open" else days[x + width] for x, width, look in shown]
    assert list(zip([days[x] for x, _, _ in shown], ends, strict=True)) == bars


def test_the_page_of_all_relations_names_the_text_that_is_meant(project: Project) -> None:
    """Where an act means one text that a notice carries, the table shows that text and how it stands with it."""
    body = "## 甲办法\n\n第一条　甲。\n\n## 乙办法\n\n第一条　乙。\n"
    project.policy("p1", body, parts="[{id: a, title: 甲办法}, {id: b, title: 乙办法}]", responsible_unit="甲科")
    project.policy("p2", title="甲的废止", date_published="2025-05-08", date_written="2025-05-08", repeals="p1#a")
    project.policy("p3", title="乙的暂停", date_published="2025-05-09", date_written="2025-05-09", suspends="p1#b")
    folder = made(project)
    rows = read_page(folder / "relations/index.html").one("tbody").all("tr")
    cells = [[cell.text for cell in row.all("td")][3:] for row in rows]
    assert cells == [["乙办法", "有效，暂停执行"], ["甲办法", "已废止"]]
    assert [row.all("a")[1]["href"] for row in rows] == ["../policies/p1/#乙办法", "../policies/p1/#甲办法"]
    table = json.loads((folder / "relations/table.json").read_text(encoding="utf-8"))
    shown = {name: (state, units, marks) for name, _, _, state, units, marks, _ in table["documents"]}
    assert shown["甲办法"] == ("repealed", ["甲科"], [])
    assert verify(folder).faults == ()
    assert shown["乙办法"] == ("effective", ["甲科"], ["暂停执行"])


def test_the_page_of_all_relations_shows_how_both_ends_stand(project: Project, chromium: "Browser") -> None:
    """The newer document has its status beside its title too: in the table, and in the rows that the filter makes."""
    project.policy("p1", title="旧办法")
    project.policy("p2", title="中间的办法", date_published="2025-05-08", date_written="2025-05-08", replaces="p1")
    project.policy("p3", title="新办法", date_published="2026-11-01", date_written="2026-10-30",
                   date_effective="2027-01-01", replaces="p2")  # fmt: skip
    folder = made(project)
    rows = read_page(folder / "relations/index.html").one("tbody").all("tr")
    states = [[(one["data-status"], one.text) for one in row.all("td")[1].all(class_="badge")] for row in rows]
    assert states == [[("pending", "尚未施行")], []]
    with hosted(folder) as base, chromium.new_page() as page:
        page.goto(f"{base}relations/?year=2026")
        cells = page.locator("#relations-table tbody tr td:nth-child(2)")
        cells.first.wait_for()
        page.wait_for_function("document.querySelectorAll('#relations-table tbody tr').length === 1")
        assert cells.locator(".badge[data-status=pending]").all_inner_texts() == ["尚未施行"]


def test_the_page_of_all_relations_lists_each_once(site: Project) -> None:
    """The table holds every relation once with links to both ends; data and pages agree, and verify knows them."""
    folder = made(site)
    page = read_page(folder / "relations/index.html")
    rows = [[cell.text for cell in row.all("td")][:3] for row in page.one("tbody").all("tr")]
    assert sorted(row[2] for row in rows) == ["修改文件", "制定依据", "替代文件", "解读对象"]
    assert "共 4 条" in page.text
    table = json.loads((folder / "relations/table.json").read_text(encoding="utf-8"))
    assert [table["kinds"][row[0]] for row in table["rows"]] == [row[2] for row in rows]
    assert verify(folder).faults == ()


def test_many_relations_are_paged(site: Project, tree: Tree) -> None:
    """A hundred relations stand on a page; the pages are the same from one process or two, cold or warm."""
    for number in range(10, 125):
        site.policy(f"p{number}", based_on="p2")
    folder = made(site)
    assert len(read_page(folder / "relations/index.html").one("tbody").all("tr")) == 100
    assert len(read_page(folder / "relations/index-2.html").one("tbody").all("tr")) == 19
    assert tree(folder) == tree(made(site, "two", cache=site.cache / "two", jobs=2))


@pytest.mark.browser
def test_the_filter_shows_what_was_chosen(site: Project, chromium: Browser) -> None:
    """Kind, year, status and unit narrow the table; the choice stands in the address and survives a reload."""
    page = chromium.new_page(viewport={"width": 320, "height": 700})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    with hosted(made(site)) as root:
        page.goto(root + "relations/")
        page.select_option("[name=status]", "repealed")
        until(page, "document.querySelector('#relations-status').textContent")
        assert page.locator("#relations-status").inner_text() == "筛选出 1 条，显示 1 条"
        assert "status=repealed" in page.url
        page.reload()
        until(page, "document.querySelectorAll('tbody tr').length === 1")
        assert "替代文件" in page.locator("tbody").inner_text()
        page.select_option("[name=status]", "")
        page.select_option("[name=unit]", "乙科")
        until(page, "document.querySelectorAll('tbody tr').length === 2")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.goto(root + "policies/p2/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
    assert not wrong


def test_every_numbered_policy_has_a_lasting_name(site: Project) -> None:
    """api/uris.json maps host, 机关代字, year and number to the document; its JSON-LD carries the same name."""
    site.policy("p4", doc_number="none")
    folder = made(site)
    names = json.loads((folder / "api/uris.json").read_text(encoding="utf-8"))
    assert {unquote(name): row["id"] for name, row in names.items()} == {
        f"eli/rsj.example.gov.cn/例人社发/2024/{number}": f"p{number}" for number in (1, 2, 3, 9)
    }
    text = (folder / "policies/p2/index.html").read_text(encoding="utf-8")
    data = json.loads(re.search('ld\\+json">(.*?)</script>', text)[1])  # type: ignore[index]
    assert data["identifier"]["value"] in names
    assert names[data["identifier"]["value"]]["url"] == data["url"]


def test_verify_reads_the_table_of_relations(site: Project) -> None:
    """A row that is no public document, and a status that the records do not give, are found in a built site."""
    folder = made(site)
    table = folder / "relations/table.json"
    data = json.loads(table.read_text(encoding="utf-8"))
    data["documents"].append(["内部材料", "policies/hidden/", "", "", [], []])
    next(row for row in data["documents"] if row[1] == "policies/p1/")[3] = "effective"
    table.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    found = {fault.what.value for fault in verify(folder).faults if fault.path == "relations/table.json"}
    assert found >= {"page_without_record", "status_contradicted"}
