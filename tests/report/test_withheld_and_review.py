"""What stays with the public body: what is held back, the ledger, the review form."""

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document as Paper
from hypothesis import given
from hypothesis import strategies as st
from support.built_site import read_html
from support.git_repository import commit
from support.project import Project
from support.stages import CONFIG, SECRET, archive_of, notice_text, policy_text

from generator.config.load import SiteConfig
from generator.domain.problems import OutputError
from generator.report.ledger import DUE, LATER, SOON, ledger
from generator.report.output_folder import check_folder, write_files
from generator.report.review_form import view_of
from generator.report.withheld import withheld_files, withheld_lines
from generator.support.tables import Sheet, csv_bytes, xlsx_bytes

HIDDEN = {"disclosure": "withheld", "withhold_class": "N01", "withhold_note": "涉及考试安全防护。"}
ASKED = {"disclosure": "on_request", "withhold_class": "[N04, N09]", "withhold_note": "内部事务。"}
FORM = {
    "source_type": "own",
    "is_secret": "false",
    "disclosure": "proactive",
    "platforms": "[website, new_media]",
    "legal_opinion": "agree",
    "handler": "张三",
    "secrecy_reviewer": "李四",
    "legal_reviewer": "王五",
    "unit_head": "赵六",
    "leader_in_charge": "钱七",
    "publisher": "孙八",
    "form_date": "2024-05-07",
    "upload_date": "2024-05-08",
}


def form(**fields: object) -> str:
    rows = {**FORM, **fields}.items()
    return "\n" + "\n".join(f"  {key}: {value}" for key, value in rows if value is not None)


# ---------------------------------------------------------------- what is held back


def test_everything_that_is_held_back_has_its_reason() -> None:
    """Every source that is not on the site is named once, with the reason that decides."""
    texts = {
        "notices/a.md": notice_text(),
        "notices/b.md": notice_text(**HIDDEN),
        "notices/c.md": notice_text(**ASKED),
        "notices/d.md": notice_text(date_published="2026-12-01 09:00"),
        "notices/e.md": notice_text(**SECRET),
        "notices/f.md": notice_text(disclosure=None),
        "notices/g.md": notice_text(date_published=None),
        "notices/h.md": notice_text(date_published="明天"),
        "notices/i.md": "没有元数据\n",
        "notices/j.md": notice_text(review="{是否涉密: 是}"),
        "notices/k.md": notice_text(review="{承办人员: 张三}"),
    }
    held = {
        item.path.removeprefix("content/notices/"): (item.reason, item.note)
        for item in withheld_files(archive_of(texts))
    }
    assert held == {
        "b.md": ("不予公开", "N01"),
        "c.md": ("依申请公开", "N04、N09"),
        "d.md": ("未到发布时间", "2026-12-01 09:00"),
        "e.md": ("标明涉密", ""),
        "f.md": ("没有公开属性", ""),
        "g.md": ("没有发布日期", ""),
        "h.md": ("读不了", "发布日期"),
        "i.md": ("读不了", ""),
        "j.md": ("标明涉密", ""),
        "k.md": ("读不了", "审核表"),
    }


def test_a_long_list_is_cut_and_counted() -> None:
    """A person is not shown a thousand lines: the first fifty of each reason, and how many more."""
    lines = list(withheld_lines(archive_of({f"notices/n{number}.md": notice_text(**HIDDEN) for number in range(60)})))
    assert lines[0] == "不在网站上的 60 件：不予公开 60 件。"
    assert (len(lines), lines[-1]) == (52, "    另有 10 件不予公开的没有列出")
    assert list(withheld_lines(archive_of({"notices/n1.md": notice_text()}))) == []


# ---------------------------------------------------------------- the ledger


def test_ledger_lists_what_is_not_public_and_nothing_else() -> None:
    """The ledger holds documents and attachments that are not public; what waits for its day is not one of them."""
    attached = "\n  - {title: 名单, file: a.csv, disclosure: 依申请公开}\n  - {title: 表格, file: b.csv}"
    texts = {
        "notices/a.md": notice_text(attachments=attached),
        "notices/b.md": notice_text(date_published="2027-01-01"),
        "policies/p1.md": policy_text(
            1,
            **HIDDEN,
            review_on="2027-06-30",
            disclosure_proposed_by="张三",
            disclosure_reviewed_by="公开办",
            responsible_unit="考试中心",
        ),
        "policies/p2.md": policy_text(2, **ASKED, withhold_basis="内部管理规定第三条"),
        "policies/p3.md": policy_text(3, title="绝密的标题", **SECRET),
    }
    rows = ledger(archive_of(texts), CONFIG, None)
    assert [(row.number, row.id, row.title, row.disclosure) for row in rows] == [
        (1, "a 附件1", "名单", "依申请公开"),
        (2, "p1", "示例市灵活就业补贴办法", "不予公开"),
        (3, "p2", "示例市灵活就业补贴办法", "依申请公开"),
        (4, "p3", "（标明涉密，不列标题）", "主动公开（标明涉密）"),
    ]
    assert rows[0].path == "content/notices/a.md:6"
    first, second = rows[1], rows[2]
    assert (first.classes, first.basis) == (
        "N01 危及国家安全、公共安全、经济安全、社会稳定",
        "政府信息公开条例第十四条",
    )
    assert (first.proposed_by, first.decided_by, first.unit) == ("张三", "公开办", "考试中心")
    assert (first.doc_number, first.index_no) == ("例人社发〔2024〕1号", "123456789/2024-00001")
    assert (second.classes, second.basis) == ("N04 内部管理信息；N09 单位内部信息", "内部管理规定第三条")


@pytest.mark.parametrize(
    ("fields", "months", "day", "state"),
    [
        ({"review_on": "2026-11-21"}, 12, "2026-11-21", DUE),
        ({"review_on": "2026-11-22"}, 12, "2026-11-22", SOON),
        ({"review_on": "2026-12-21"}, 12, "2026-12-21", SOON),
        ({"review_on": "2026-12-22"}, 12, "2026-12-22", LATER),
        ({"date_published": "2025-11-21"}, 12, "2026-11-21", DUE),
        ({"date_published": "2026-08-31"}, 6, "2027-02-28", LATER),
        ({"date_published": "2024-02-29 10:00"}, 12, "2025-02-28", DUE),
        ({"date_published": "2026-12-31"}, 12, "2027-12-31", LATER),
        ({"date_published": None}, 12, "", "没有日期"),
    ],
)
def test_next_review(fields: dict[str, object], months: int, day: str, state: str) -> None:
    """A document is due on its own day, else a year after it was made; the year is configurable."""
    config = SiteConfig.model_validate({**CONFIG.model_dump(), "deadlines": {"reexamine_months": months}})
    (row,) = ledger(archive_of({"notices/n1.md": notice_text(**HIDDEN, **fields)}), config, None)
    assert (row.next_review, row.due) == (day, state)


def test_audit_writes_the_ledger_and_nothing_into_the_site(project: Project) -> None:
    """Audit writes all files, the same bytes each time, tells programs where, and a person what is due."""
    project.policy("p1", **HIDDEN, title="=HYPERLINK(1)", review_on="2025-01-01")
    project.policy("p2", migrated="true")
    commit(project.folder, "2024-06-01 09:00")
    ran = project.run("audit", "--as-of", "2026-11-21", as_of=None)
    assert ran.status == 0, ran.err
    names = ["report.html", "linkage.csv", "linkage.xlsx", "audit.json", "ledger.csv", "ledger.xlsx"]
    written = [Path(line) for line in ran.out.splitlines()]
    assert written[: len(names)] == [Path("reports") / name for name in names]
    assert sorted(written) == sorted(Path("reports") / place.name for place in (project.folder / "reports").iterdir())
    assert "台账 1 项，到期应再评估 1 项，历史迁移 1 件。" in ran.err
    data = (project.folder / "reports/ledger.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    headings, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    shown = dict(zip(headings, row, strict=True))
    assert shown["标题"] == "'=HYPERLINK(1)"
    assert (shown["首次入库日期"], shown["评估状态"]) == ("2024-06-01", "已到期")
    book = openpyxl.load_workbook(project.folder / "reports/ledger.xlsx")
    assert book.sheetnames == ["不公开信息台账", "到期再评估", "历史迁移"]
    assert [sheet.max_row for sheet in book] == [2, 2, 2]
    assert book["历史迁移"]["D2"].value == "content/policies/p2.md"
    again = project.run("audit", "-o", "again", "--as-of", "2026-11-21", as_of=None)
    assert again.status == 0
    for place in written:
        assert (project.folder / "again" / place.name).read_bytes() == (project.folder / place).read_bytes()


def test_audit_says_what_it_could_not_list(project: Project) -> None:
    """A file that cannot be read is in no ledger, and a person is told."""
    project.policy()
    project.write("content/notices/n1.md", "没有元数据\n")
    ran = project.run("audit", "--fail-on", "never", as_of=None)
    assert ran.status == 0
    assert "另有 1 个文件读不了" in ran.err
    assert "没有 git 历史" in ran.err


@pytest.mark.parametrize(
    "folder", ["content", "content/x", "public", "public/reports", "themes/x", ".git", "site2/x", "way"]
)
def test_reports_never_go_into_the_site(project: Project, folder: str) -> None:
    """Neither the ledger nor a form is written where it could be published, or taken for a source."""
    project.policy(**HIDDEN, review_on="2027-01-01")
    project.policy("p2")
    project.build("-o", "site2")
    (project.folder / "public").mkdir()
    (project.folder / "way").symlink_to(project.folder / "content")
    before = sorted(project.folder.rglob("*"))
    for command in (["audit"], ["review", "content/policies/p1.md"]):
        ran = project.run(*command, "-o", folder, as_of=None)
        assert (ran.status, ran.out) == (2, "")
        assert "不能放报告、台账和审核表" in ran.err
    assert sorted(project.folder.rglob("*")) == before


def test_a_manifest_of_somebody_else_is_no_site(tmp_path: Path) -> None:
    """A folder beside the manifest of another program, or of broken JSON, is an ordinary folder; a file is none."""
    for text in ('{"generator": "else"}', "[]", "{"):
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        check_folder(tmp_path / "reports", tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="不是文件夹"):
        check_folder(tmp_path / "file", tmp_path)


# ---------------------------------------------------------------- spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r\n=1", "\x00=1", "\u202e=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A text that a spreadsheet would run is a text: an apostrophe in CSV, the type of the cell in xlsx."""
    _, (cell,) = csv.reader(io.StringIO(csv_bytes(["列"], [[text]]).decode("utf-8-sig"), newline=""))
    assert cell.startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("表", ["列"], [9], [[text]])])))
    assert book["表"]["A2"].data_type in {"s", "n"}  # n: a cell that is empty without its control characters
    assert book["表"]["A2"].data_type != "f"


def test_ordinary_cells_stay_as_they_are() -> None:
    """Numbers, dates and ordinary text are not touched; a text that is too long for a cell is cut."""
    rows: list[list[str | int | float]] = [[1, "2026-11-21", "云岭人社发〔2024〕1号", 'a,b\n"c"', "字" * 40_000]]
    (row,) = list(csv.reader(io.StringIO(csv_bytes("一二三四五", rows).decode("utf-8-sig"), newline="")))[1:]
    assert row[:4] == ["1", "2026-11-21", "云岭人社发〔2024〕1号", 'a,b\n"c"']
    assert len(row[4]) == 32_000
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("表", list("一二三四五"), [9] * 5, rows)])))
    assert [cell.value for cell in book["表"][2]][:3] == [1, "2026-11-21", "云岭人社发〔2024〕1号"]


@given(st.lists(st.lists(st.text(max_size=40), min_size=2, max_size=2), max_size=5))
def test_any_text_gives_a_table_that_opens(rows: list[list[str]]) -> None:
    """Whatever stands in the sources, both files open and hold as many rows."""
    found = list(csv.reader(io.StringIO(csv_bytes(["甲", "乙"], rows).decode("utf-8-sig"), newline="")))
    assert len(found) == len(rows) + 1
    assert not any(re.match(r"\s*[=+\-@]", cell) for row in found for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("表", ["甲", "乙"], [9, 9], rows)])))
    assert book["表"].max_row == len(rows) + 1
    assert not any(cell.data_type == "f" for row in book["表"] for cell in row)


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where one file exists and none may be replaced, none is written; what is left behind is nothing."""
    (tmp_path / "b").write_text("旧", encoding="utf-8")
    with pytest.raises(OutputError, match="已经存在"):
        write_files(tmp_path, {"a": b"1", "b": b"2"}, must_be_new=True)
    assert sorted(place.name for place in tmp_path.iterdir()) == ["b"]
    write_files(tmp_path, {"a": b"1", "b": b"2"}, must_be_new=False)
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}
    (tmp_path / "d").mkdir()
    with pytest.raises(OutputError, match="写不了"):
        write_files(tmp_path, {"d": b"1"}, must_be_new=False)
    assert sorted(place.name for place in tmp_path.iterdir()) == ["a", "b", "d"]


# ---------------------------------------------------------------- the review form


def test_form_has_fifteen_columns_and_one_tick_a_group() -> None:
    """The paper has the fifteen columns; every group of boxes shows what the front matter says."""
    archive = archive_of({"notices/n1.md": notice_text(review=form(no="7", column="通知"))})
    view = view_of(archive.documents[0], archive, CONFIG)
    assert len(view.columns) == 15
    assert [(column.heading, column.text) for column in view.columns if column.text] == [
        ("序号", "7"),
        ("信息名称", "停水通知"),
        ("本机关制发信息", "√"),
        ("是否涉密", "否"),
        ("主动公开", "√"),
        ("网站", "√"),
        ("新媒体", "√"),
        ("同意", "√"),
        ("发布栏目", "通知"),
    ]
    assert [(group, len(columns)) for group, columns in view.groups] == [
        ("", 1),
        ("", 1),
        ("信息来源", 3),
        ("保密及公开属性意见", 4),
        ("发布平台", 3),
        ("法律法规核查意见", 2),
        ("", 1),
    ]
    assert [text for _, text in view.signatures] == ["张三", "李四", "王五", "赵六", "钱七", "孙八"]
    assert view.dates == (("填表日期", "2024年5月7日"), ("上传日期", "2024年5月8日"))


def test_review_prints_the_form_as_a_page_and_as_a_word_file(project: Project) -> None:
    """Both files hold the same cells; nothing is loaded from elsewhere, nobody is named as author, no clock counts."""
    project.document(
        "notices/n1.md",
        {
            "title": "甲<b>&乙",
            "date_published": "2024-05-08",
            "disclosure": "proactive",
            "review": form(source_type="转载信息", 转载来源="示例市人民政府网站"),
        },
    )
    ran = project.run("review", "content/notices/n1.md", "-o", "forms", as_of=None)
    assert ran.status == 0, ran.err
    html, docx = (project.folder / place for place in ran.out.splitlines())
    page = read_html(html.read_text(encoding="utf-8"))
    assert not page.all(src="*")
    assert not page.all(href="*")
    grid, signed = page.all("table")
    assert [cell.text for cell in grid.all("td")][1] == "甲<b>&乙"
    assert len(grid.all("td")) == 15
    paper = Paper(str(docx))
    table, names = paper.tables
    assert [cell.text for cell in table.rows[2].cells] == [cell.text for cell in grid.all("td")]
    assert table.rows[0].cells[2].text == table.rows[0].cells[4].text == "信息来源"
    pairs = [cell.text for row in names.rows for cell in row.cells]
    assert pairs == [text for row in signed.all("tr") for text in (cell.text for cell in row.all()[1:])]
    assert "转载来源：示例市人民政府网站" in [paragraph.text for paragraph in paper.paragraphs]
    assert (paper.core_properties.author, paper.core_properties.comments) == ("", "")
    assert {entry.date_time[0] for entry in zipfile.ZipFile(docx).infolist()} == {1980}
    again = project.run("review", "content/notices/n1.md", "-o", "forms2", as_of=None)
    assert again.status == 0
    assert (project.folder / "forms2" / docx.name).read_bytes() == docx.read_bytes()


def test_review_overwrites_nothing(project: Project) -> None:
    """A form that lies there already stays."""
    project.policy()
    assert project.run("review", "content/policies/p1.md", as_of=None).status == 0
    places = sorted((project.folder / "reports").iterdir())
    assert [place.suffix for place in places] == [".docx", ".html"]
    places[0].write_bytes(b"signed")
    ran = project.run("review", "content/policies/p1.md", as_of=None)
    assert (ran.status, ran.out) == (2, "")
    assert "已经存在" in ran.err
    assert places[0].read_bytes() == b"signed"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("site_config.yaml", None, "不是"),
        ("content/policies/none.md", None, "读不了"),
        ("content/policies/p1.md", "没有元数据\n", "content/policies/p1.md:1"),
        ("content/policies/p1.md", policy_text(1, review=form(上传日='"5月8日"')), "content/policies/p1.md:22"),
    ],
)
def test_review_of_what_is_no_source(project: Project, file: str, text: str | None, said: str) -> None:
    """What is no source of the site, or cannot be read, ends with 2, the line, and no file."""
    if text:
        project.write(file, text)
    ran = project.run("review", file, as_of=None)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not (project.folder / "reports").exists()


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        (["承办人: 张三", "上传日: 2024-05-08"], 7, "没有“上传日”"),
        (["承办人: 张三", "handler: 李四"], 7, "写了两次"),
        (["填表日期: 2024-02-30"], 6, "没有“2024-02-30”这一天"),
        (["承办人: 张三", "公开属性: 全部公开"], 7, "不是“公开属性”的取值"),
        (["发布平台: [网站, 报纸]"], 6, "不是“发布平台”的取值"),
        (["是否涉密: 也许"], 6, "不是 true 或 false"),
    ],
)
def test_mistakes_in_the_form_are_at_their_line(rows: list[str], line: int, said: str) -> None:
    """Every row of the form that is wrong is told with its own line and a mend."""
    text = notice_text(review="\n" + "\n".join(f"  {row}" for row in rows))
    (problem,) = archive_of({"notices/n1.md": text}).pages[0].problems
    assert (problem.rule, problem.line, problem.field) == ("F003", line, "review")
    assert said in problem.message
    assert problem.hint


def test_config_of_the_review_form(project: Project) -> None:
    """Kinds and roles are checked when the config is read, in either language."""
    project.policy()
    base = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    for lines, said in (
        ("review: {required_kinds: [政策]}", ""),
        ("review: {required_kinds: [文章]}", "没有类型“文章”"),
        ("review: {roles: {authors: [承办]}}", "没有“承办”这个人，是不是“承办人”"),
        ("review: {role: {}}", "是不是 roles"),
        ("review: {since: 明年}", "review.since"),
    ):
        project.write("site_config.yaml", f"{base}{lines}\n")
        ran = project.check("--select", "F")
        assert said in ran.err, ran.err
        assert ran.status == (2 if said else 0)
