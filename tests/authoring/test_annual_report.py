"""The annual report: counted from documents and registers, checked against itself, offered as tables."""

import csv
import datetime as dt
import io
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.project import Project

from generator.authoring.annual_report.register import read_disputes, read_figures, read_requests
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary.request_register import (
    OUTCOME_GROUPS,
    Applicant,
    DisputeResult,
    DisputeStage,
    RequestOutcome,
)
from generator.source.facts.annual_tables import find_report_tables
from generator.source.text.markup import convert

REGISTER = """\
收到日期,申请人类型,办结日期,处理结果
2024-12-20,自然人,2025-01-10,予以公开
2024-12-25,企业,2024-12-30,予以公开
2025-02-01,个人,2025-02-20,部分公开
2025/03/05,企业,2025.03.30,其他
2025-12-30,律师事务所,,
2025-12-31,科研机构,2026-01-09,属于国家秘密
2026-01-01,自然人,,
"""


def written(folder: Path, text: str, name: str = "register.csv") -> Path:
    """Write a register beside the site."""
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place


def policy(project: Project, name: str, **fields: str) -> None:
    """Write a normative document of the bureau's own."""
    number = int(name.rpartition("-")[2])
    year = fields.get("date_written", "2025-03-01")[:4]
    project.policy(
        name=name,
        doc_type="normative",
        interpretation_required="false",
        interpretation_exempt_reason="转发",
        index_no=f"123456789/{year}-{number:05}",
        doc_number=f"例人社规〔{year}〕{number}号",
        **fields,
    )


# ---------------------------------------------------------------- registers


def test_a_register_is_counted_by_the_year_of_its_days(tmp_path: Path) -> None:
    """What came before the year and was open then is carried in; what is open at its end is carried out."""
    counted = read_requests(written(tmp_path, REGISTER), 2025)
    assert counted.carried_in == Counter({Applicant.NATURAL: 1})
    assert counted.new == Counter(
        {Applicant.NATURAL: 1, Applicant.COMPANY: 1, Applicant.LEGAL: 1, Applicant.RESEARCH: 1}
    )
    assert counted.carried_out == Counter({Applicant.LEGAL: 1, Applicant.RESEARCH: 1})
    assert counted.outcomes[RequestOutcome.PARTLY] == Counter({Applicant.NATURAL: 1})
    assert counted.outcomes[RequestOutcome.SECRET] == Counter()
    assert counted.done.total() == 3


Asked = tuple[dt.date, Applicant, tuple[int, RequestOutcome] | None]
ends = st.none() | st.tuples(st.integers(0, 400), st.sampled_from(RequestOutcome))
asked = st.tuples(st.dates(dt.date(2023, 6, 1), dt.date(2026, 6, 1)), st.sampled_from(Applicant), ends)


@given(st.lists(asked))
def test_every_register_adds_up(rows: list[Asked]) -> None:
    """In every column new and carried in are done and carried out, and what one year leaves the next one takes."""
    lines = ["收到日期,申请人类型,办结日期,处理结果"]
    for received, applicant, end in rows:
        closed = f"{received + dt.timedelta(end[0])},{end[1].label}" if end else ","
        lines.append(f"{received},{applicant.label},{closed}")
    with tempfile.TemporaryDirectory() as folder:
        place = written(Path(folder), "\n".join(lines))
        years = [read_requests(place, year) for year in (2023, 2024, 2025, 2026)]
    for year in years:
        for applicant in Applicant:
            came = year.new[applicant] + year.carried_in[applicant]
            assert came == year.done[applicant] + year.carried_out[applicant]
    for before, after in pairwise(years):
        assert before.carried_out == after.carried_in


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("收到日期,申请人类型,姓名,处理结果\n", 1, "不要“姓名”这一列"),
        ("收到日期,申请人类型,办结日期,处理结果,身份证号\n", 1, "个人信息不写进这个文件"),
        ("收到日期,申请人类型\n2025-01-01,自然人\n", 1, "没有“办结日期”这一列"),
        ("", 1, "没有“收到日期”这一列"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然人\n", 2, "没有“办结日期”这一格"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然人,,,110101199003070011\n", 2, "第 5 格没有列名"),
        ("收到日期,申请人类型,办结日期,处理结果,\n2025-02-03,自然人,,,张三\n", 2, "第 5 格没有列名"),
        ('收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然人,,"\n2025-02-04,自然人,,\n', 2, "引号不成对"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然\0人,,\n", 2, "控制字符"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-30,自然人,,\n", 2, "收到日期“2025-02-30”不是日期"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然仁,,\n", 2, "是不是“自然人”？"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然人,2025-02-01,予以公开\n", 2, "早于收到日期"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然人,2025-02-05,\n", 2, "只填了一个"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然人,2025-02-05,同意\n", 2, "没有处理结果“同意”"),
        ("收到日期,收到日期,办结日期,处理结果\n", 1, "有两列都是“收到日期”"),
        ("收到日期,申请人类型,办结日期,处理结果\n2025-02-03,自然人\u2028,,\n2025-13-01,自然人,,\n", 3, "不是日期"),
    ],
)
def test_a_register_that_cannot_be_counted_is_refused(text: str, line: int, words: str, tmp_path: Path) -> None:
    """A mistake in a register is told with its file, its line and the mend; nothing is guessed."""
    place = written(tmp_path, text)
    with pytest.raises(GongkaiError) as told:
        read_requests(place, 2025)
    assert f"{place}:{line}: " in told.value.message
    assert words in told.value.message + told.value.hint


def test_disputes_and_figures_are_read(tmp_path: Path) -> None:
    """A case without a result is not decided yet; figures are whole numbers but for the fees."""
    disputes = read_disputes(written(tmp_path, "类别,结果\n行政复议,维持\n行政复议,\n复议后起诉,纠正\n"))
    assert disputes[DisputeStage.RECONSIDERATION] == Counter({DisputeResult.UPHELD: 1, DisputeResult.OPEN: 1})
    assert disputes[DisputeStage.LAWSUIT].total() == 0
    assert read_figures(written(tmp_path, '事项,数\n行政许可,"1,480"\n行政事业性收费,25.84\n')) == {
        "行政许可": "1480",
        "行政事业性收费": "25.84",
    }
    for row in ("行政处罚,1.5", "行政处罚,若干", "罚款,3", "行政许可,1\n行政许可,2"):
        with pytest.raises(GongkaiError):
            read_figures(written(tmp_path, f"事项,数\n{row}\n"))


def test_table_three_has_the_rows_of_the_form() -> None:
    """Eight reasons to refuse, three to be unable, five not to handle, three others (RPT-06)."""
    assert [len(outcomes) for _, outcomes in OUTCOME_GROUPS] == [1, 1, 8, 3, 5, 3]
    assert sorted(outcome for _, outcomes in OUTCOME_GROUPS for outcome in outcomes) == sorted(RequestOutcome)


# ---------------------------------------------------------------- the report


def test_documents_are_counted_and_the_report_adds_up(project: Project, tmp_path: Path) -> None:
    """Made, ended and in force come from the documents; the completed report passes the rule on its tables."""
    policy(project, "a-1", date_written="2023-05-06", date_published="2023-05-08")
    policy(project, "a-2", date_written="2023-06-06", date_published="2023-06-08", expires_on="2025-06-30")
    policy(project, "a-3", date_written="2025-03-01", date_published="2025-03-03", replaces="a-1")
    policy(project, "a-4", date_written="2025-04-01", date_published="2025-04-02")
    policy(project, "a-5", date_written="2026-01-05", date_published="2026-01-06")
    policy(project, "a-6", date_written="2025-04-01", date_published="2025-04-02", issuer="示例市人民政府")
    place = written(tmp_path, REGISTER)
    ran = project.run("report", "2025", "--requests", str(place), as_of=None)
    assert ran.status == 0, ran.err
    report = project.folder / ran.out.strip()
    text = report.read_text(encoding="utf-8")
    assert "| 行政规范性文件 | 2 | 2 | 2 |" in text
    assert "（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |" in text
    assert "全年新收政府信息公开申请4件，上年结转1件，办结3件，结转下年度2件。" in text
    assert "【待填】" in text

    unread = project.run("check", "--format", "json").findings
    assert "G001" in {finding["rule"] for finding in unread if finding["path"].endswith(report.name)}
    filled = (
        text.replace("【待填】", "0")
        .replace("公开属性: ", "公开属性: 主动公开")
        .replace("发布日期: ", "发布日期: 2026-01-20")
    )
    report.write_text(filled, encoding="utf-8")
    assert not [finding for finding in project.run("check", "--format", "json").findings if finding["rule"] == "A001"]


def test_a_report_begins_as_a_draft(project: Project) -> None:
    """What ``gongkai report`` writes is a draft that no build publishes, and it says how to publish it."""
    project.policy()
    ran = project.run("report", "2025", as_of=None)
    text = (project.folder / ran.out.strip()).read_text(encoding="utf-8")
    assert "\n草稿: 是  # 填完全部【待填】以后删去这一行，就会发布\n" in text
    assert "删去“草稿”这一行" in ran.err
    assert project.check().status == 0
    output = project.build()
    assert not list(output.rglob("nb-2025"))


@pytest.mark.parametrize(
    ("agency", "duties", "day"),
    [
        ("示例市人力资源和社会保障局", "", "2026年1月31日"),
        ("示例市人民政府", "", "2026年3月31日"),
        ("示例县人民政府办公室", "", "2026年3月31日"),
        ("示例市高新区管理委员会", "duties: {annual_report_level: government}\n", "2026年3月31日"),
        ("河口镇人民政府", "", "2026年1月31日"),
    ],
)
def test_a_draft_names_the_last_day_of_its_body(agency: str, duties: str, day: str, project: Project) -> None:
    """The draft of a department is due on January 31, that of a government of a county or above on March 31."""
    site = f"site: {{title: 政府信息公开, agency: {agency}, base_url: 'https://www.example.gov.cn/zwgk/'}}\n"
    project.write("site_config.yaml", site + duties)
    project.policy()
    ran = project.run("report", "2025", as_of=None)
    text = (project.folder / ran.out.strip()).read_text(encoding="utf-8")
    assert f"\n发布日期:  # {day}以前（条例第四十九条）\n" in text


def test_a_report_is_never_overwritten(project: Project) -> None:
    """A second run leaves the report as the bureau has completed it."""
    project.policy()
    place = project.write("content/reports/nb-2025.md", "mine")
    ran = project.run("report", "2025", as_of=None)
    assert ran.status == 2
    assert "已经存在" in ran.err
    assert place.read_text(encoding="utf-8") == "mine"


def test_a_year_that_has_not_begun_is_refused(project: Project) -> None:
    """Nobody can count a year to come."""
    project.policy()
    ran = project.run("report", "2999", as_of=None)
    assert (ran.status, ran.out) == (2, "")


def test_the_stock_of_last_year_is_compared(project: Project) -> None:
    """A number in force that does not follow from last year's is told, and found by A001 when it is published."""
    policy(project, "a-1", date_written="2023-05-06", date_published="2023-05-08")
    head = "---\n标题: 示例局2024年政府信息公开工作年度报告\n公开属性: 主动公开\n发布日期: 2025-01-20\n---\n\n"
    table = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n"
    project.write("content/reports/nb-2024.md", head + table + "| 行政规范性文件 | 0 | 0 | 3 |\n")
    ran = project.run("report", "2025", as_of=None)
    assert "现行有效是 3 件" in ran.err
    later = head.replace("2024", "2025").replace("2025-01-20", "2026-01-20")
    project.write("content/reports/nb-2025.md", later + table + "| 行政规范性文件 | 0 | 0 | 1 |\n")
    found = [item for item in project.run("check", "--format", "json").findings if item["rule"] == "A001"]
    assert [(item["path"], item["line"]) for item in found] == [("content/reports/nb-2025.md", 9)]


# ---------------------------------------------------------------- tables as files


def test_merged_cells_keep_their_place() -> None:
    """What a merged cell covers is empty, so every row has the same columns as on the page."""
    html = (
        '## 表三\n\n<table><tr><th rowspan="2">申请</th><th colspan="2">申请人</th></tr>'
        "<tr><th>自然人</th><th>其他</th></tr><tr><td>新收 &amp; 结转</td><td>1</td><td>2</td></tr></table>"
    )
    (table,) = find_report_tables(convert(html).blocks.blocks)
    assert table.title == "表三"
    assert table.rows == (("申请", "申请人", ""), ("", "自然人", "其他"), ("新收 & 结转", "1", "2"))


def test_the_page_offers_its_tables(project: Project, tmp_path: Path) -> None:
    """Every table of a published report is a CSV file beside its page, listed in the manifest and linked."""
    fields = "标题: 示例局2025年政府信息公开工作年度报告\n公开属性: 主动公开\n发布日期: 2026-01-20"
    head = f"---\n{fields}\n---\n\n## 二、主动公开\n\n"
    body = "| 项目 | 数 |\n|---|---|\n| =1+1 | 3 |\n"
    project.write("content/reports/nb-2025.md", head + body)
    output = tmp_path / "out"
    assert project.run("build", "-o", str(output), "--no-search").status == 0
    folder = next(output.rglob("nb-2025/index.html")).parent
    rows = list(csv.reader(io.StringIO((folder / "table-1.csv").read_text(encoding="utf-8-sig"))))
    assert rows == [["项目", "数"], ["'=1+1", "3"]]
    assert f"{folder.relative_to(output).as_posix()}/table-1.csv" in (output / "manifest.json").read_text(
        encoding="utf-8"
    )
    assert 'table-1.csv" download>二、主动公开</a>' in (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("lost", ["上年结转", "（七）总计", "结转下年度"])
def test_a_row_that_every_sum_needs_may_not_be_missing(project: Project, lost: str) -> None:
    """Where table three lacks one of its four rows nothing could be added up: A001 names the row."""
    good = Path(__file__).parents[1] / "sites/rules/A001/good/content/reports/nb-2024.md"
    lines = good.read_text(encoding="utf-8").splitlines(keepends=True)
    project.write("content/reports/nb-2024.md", "".join(line for line in lines if lost not in line))
    found = [item for item in project.run("check", "--format", "json").findings if item["rule"] == "A001"]
    assert [item["message"] for item in found] == [f"表三没有“{lost}”这一行，或者那一行没有数"]
    project.write("content/reports/nb-2024.md", "".join(lines))
    assert not [item for item in project.run("check", "--format", "json").findings if item["rule"] == "A001"]
