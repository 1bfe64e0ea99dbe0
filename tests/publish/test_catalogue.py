"""政府信息公开目录, 公开事项 and the coverage matrix: complete, the same in every form, of public documents alone."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.built_site import assert_whole, build_here, dead_addresses, made, read_page
from support.project import CONFIG, Project, Tree
from support.stages import archive_of, notice_text

from generator.config.load import SiteConfig, load_config
from generator.domain.model import Coverage
from generator.domain.vocabulary import CoverageState
from generator.graph.gate import open_gate
from generator.verify.run import verify

CATALOGUE = """\
序号,公开事项,公开依据,更新频次,栏目
1,就业见习补贴,就业促进法,每季度,
2.1,贷款,就业促进法,,budget
名单,名单,=1+1,,
"""
HIDDEN = {"disclosure": "withheld", "withhold_class": "N03", "withhold_note": "过程性信息", "review_on": "2027-06-30"}


def rows_of(place: Path) -> list[list[str]]:
    data = place.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def listed(project: Project) -> Project:
    """Return a site with a catalogue of three items; two documents of the first are public, one is not."""
    project.write("site_config.yaml", CONFIG + "catalogue: 目录.csv\ndeadlines:\n  statutory_updates: {7: 每年}\n")
    project.write("目录.csv", CATALOGUE)
    project.policy("p1", catalogue_item="就业见习补贴", summary="概述一")
    plain = {"title": "名单", "disclosure": "proactive", "date_published": "2026-10-08"}
    project.document("notices/n1.md", {**plain, "catalogue_item": "1"})
    project.document("notices/n2.md", {**plain, **HIDDEN, "title": "不公开的名单", "catalogue_item": "1"})
    project.document("notices/n3.md", {**plain, "title": "决算", "column": "budget", "date_published": "2024-10-08"})
    project.document("notices/n4.md", {**plain, "title": "预算", "statutory_item": "7", "date_published": "2024-10-07"})
    return project


def test_the_catalogue_holds_every_public_document_once_with_its_four_fields(listed: Project) -> None:
    """The four fields of every public document stand in the pages and in the file, the newest first."""
    site = made(listed)
    assert_whole(site)
    assert not dead_addresses(site, "https://rsj.example.gov.cn/zwgk/")
    rows = rows_of(site / "catalogue/catalogue.csv")
    assert rows[0] == ["索引号", "名称", "内容概述", "生成日期", "有效性", "网址"]
    assert rows[-1] == [
        "123456789/2024-00001",
        "示例市灵活就业补贴办法",
        "概述一",
        "2024-05-06",
        "有效",
        "https://rsj.example.gov.cn/zwgk/policies/p1/",
    ]
    assert [row[1] for row in rows[1:]] == ["名单", "决算", "预算", "示例市灵活就业补贴办法"]
    cells = [[cell.text for cell in row.all("td")] for row in read_page(site / "catalogue/index.html").all("tr")[1:]]
    assert cells == [row[:5] for row in rows[1:]]


def test_a_long_catalogue_has_pages_that_share_no_document(project: Project) -> None:
    """Of 101 documents a hundred stand on the first page, and the last one on the second."""
    for number in range(1, 102):
        project.policy(f"p{number}")
    site = made(project)
    pages = [read_page(site / "catalogue" / name).one("tbody").all("a") for name in ("index.html", "index-2.html")]
    assert [len(links) for links in pages] == [100, 1]
    assert len({link["href"] for links in pages for link in links}) == 101
    assert len(rows_of(site / "catalogue/catalogue.csv")) == 102


def test_items_count_what_the_public_sees_and_nothing_else(listed: Project) -> None:
    """An item counts its documents by name, id and column; one that is not public is counted nowhere."""
    site = made(listed)
    own = read_page(site / "items/index.html").all("table")[0]
    counted = {row.all("th")[0].text: row.all("td")[-2].text for row in own.one("tbody").all("tr")}
    assert counted == {"就业见习补贴": "2", "贷款": "2", "名单": "暂无"}
    statutory = read_page(site / "items/index.html").all("table")[1].one("tbody").all("tr")
    assert [row.all("td")[1].text for row in statutory] == ["1", *["暂无"] * 5, "2", *["暂无"] * 7, "1"]
    rows = rows_of(site / "items/items.csv")
    assert rows[0] == ["编号", "公开事项名称", "公开依据", "更新频次", "已公开信息（条）", "最近发布"]
    assert rows[1] == ["1", "就业见习补贴", "就业促进法", "每季度", "2", "2026-10-08"]
    assert rows[3] == ["名单", "名单", "'=1+1", "", "0", ""]
    sheet = load_workbook(site / "items/items.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["1", "就业见习补贴", "就业促进法", "每季度", 2, "2026-10-08"]
    page = read_page(site / "items/1/index.html")
    assert [row.one("a")["href"] for row in page.one("tbody").all("tr")] == ["../../notices/n1/", "../../policies/p1/"]
    assert "过期" not in page.text
    assert "超过更新期限" not in page.text


def test_the_address_of_an_item_stays(listed: Project) -> None:
    """An item's page lies under its id where that can stand in an address, else under a name made of it alone."""
    folders = {place.name for place in (made(listed) / "items").iterdir() if place.is_dir()}
    assert {"1", "2.1", "article20-1", "article20-7", "article20-15"} < folders
    odd = folders - {"1", "2.1", "article20-1", "article20-7", "article20-15"}
    listed.write("目录.csv", CATALOGUE.replace("1,就业", "\n0,新的事项,法,,\n1,就业"))
    assert odd < {place.name for place in (made(listed) / "items").iterdir() if place.is_dir()}
    assert len(odd) == 1


def test_a_changed_catalogue_is_seen_by_the_next_build(listed: Project, tree: Tree) -> None:
    """A warm build after a change of the catalogue alone is a cold one, byte for byte, and clean for verify."""
    made(listed)
    listed.write("目录.csv", CATALOGUE.replace("贷款", "创业担保贷款"))
    warm = tree(made(listed))
    cold = tree(made(listed, "other", cache=listed.folder.parent / "new", jobs=2))
    assert warm == cold
    assert "创业担保贷款" in warm["items/index.html"].decode()
    assert not verify(listed.folder / "public").faults


def test_verify_finds_a_file_beside_the_catalogue(listed: Project) -> None:
    """A file in the catalogue's folder that no page of it links is found."""
    site = made(listed)
    (site / "catalogue/hidden.csv").write_text("秘密", encoding="utf-8")
    assert "catalogue/hidden.csv" in {fault.path for fault in verify(site).faults}


def test_texts_may_link_the_catalogue(listed: Project) -> None:
    """A link of a text to 政府信息公开目录 or 公开事项 is no dead link."""
    listed.document(
        "pages/guide.md",
        {"title": "指南", "disclosure": "proactive", "column": "guide"},
        "见[目录](../../catalogue/)和[事项](../../items/)。\n",
    )
    assert not build_here(listed).blocking


# ---------------------------------------------------------------- the matrix


def matrix(config: SiteConfig, **texts: str) -> dict[str, Coverage]:
    archive = archive_of({f"notices/{name}.md": text for name, text in texts.items()}, config=config)
    seen, public = archive.coverage, open_gate(archive).coverage
    for ours, theirs in zip(seen, public, strict=True):  # the public's matrix is the auditor's without what is held
        assert [row._replace(held=0, documents=()) for row in ours] == [row._replace(documents=()) for row in theirs]
        assert [[item.id for item in row.documents] for row in ours] == [
            [item.id for item in row.documents] for row in theirs
        ]
    return {row.id: row for row in (*seen.statutory, *seen.catalogue)}


def test_states_of_items(project: Project) -> None:
    """Empty without a public document; overdue once the period behind the newest has passed, not on its last day."""
    project.write("site_config.yaml", CONFIG + "deadlines:\n  statutory_updates: {4: 14日, 7: 不定期}\n")
    config = load_config(project.folder / "site_config.yaml")
    for day, state in (("2026-11-07", CoverageState.COVERED), ("2026-11-06", CoverageState.OVERDUE)):
        rows = matrix(config, n1=notice_text(statutory_item="4", date_published=day))
        assert (rows["4"].state, rows["4"].newest) == (state, dt.date.fromisoformat(day))
        assert rows["4"].due == dt.date.fromisoformat(day) + dt.timedelta(days=14)
    hidden = notice_text(**HIDDEN, statutory_item="7", index_no="123456789/2024-00001")
    rows = matrix(config, n1=hidden, n2=notice_text(statutory_item="4"))
    assert (rows["7"].state, rows["7"].held, rows["7"].documents) == (CoverageState.EMPTY, 1, ())
    assert rows["7"].due is None


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("deadlines:\n  statutory_updates: {16: 每年}\n", "没有第（16）项"),
        ("deadlines:\n  statutory_updates: {4: 常常}\n", "“常常”不是周期"),
        ("columns:\n  - {id: items, title: 事项}\n", "系统保留"),
        ("columns:\n  - {id: a, title: 事项, statutory_item: 16}\n", "太大"),
    ],
)
def test_a_wrong_setting_is_explained(project: Project, setting: str, said: str) -> None:
    """A setting of the catalogue that cannot be is refused in Chinese, with its line."""
    assert said in project.refused(setting)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,甲,乙\n", "公开目录.csv:2: 第 3 格没有列名"),
        ('1,"甲\n2,乙\n3,丙\n', "公开目录.csv:2: 这一行的引号不成对"),
        ("1,甲\n2,乙\0\n", "公开目录.csv:3: 有看不见的控制字符"),
    ],
)
def test_no_row_of_a_broken_catalogue_is_lost(project: Project, rows: str, said: str) -> None:
    """A cell without a heading, an open quote that would swallow rows, an unseen character: refused, with the line."""
    project.write("site_config.yaml", CONFIG + "catalogue: 公开目录.csv\n")
    project.write("公开目录.csv", "序号,公开事项\n" + rows)
    project.policy()
    ran = project.run("check")
    assert ran.status == 2
    assert said in ran.err
