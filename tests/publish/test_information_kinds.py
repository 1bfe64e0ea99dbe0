"""Kinds of information: facts, tables, charts, steps, tasks and registers, on the pages of a built site."""

import json
import re
from pathlib import Path

import pytest
from support.built_site import made
from support.project import CONFIG, Project

from generator.source.attachments.office.csv_rows import csv_rows

_TASKS = """| 任务 | 牵头单位 | 完成时限 | 进展情况 |
|---|---|---|---|
| 建基地 | 就业科 | 12月20日前 | 正在施工 |
| 印发办法 | 就业科 | 7月30日前 | 已印发 |
| 调研 | 规划科 | 2026年第三季度 | 尚未完成 |
"""
_DUE_TODAY = "| 培训 | 就业科 | 11月21日前 | 正在进行 |\n"
_DATA = """| 险种 | 参保人数（万人） | 基金收入（亿元） |
|---|---|---|
| 养老保险 | 31.46 | 18.62 |
| 工伤保险 | 25.63 | 0.71 |
| 合计 | 57.09 | 19.33 |
"""


def notice(project: Project, name: str, fields: str, body: str = "正文。\n", disclosure: str = "proactive") -> None:
    """Write a notice."""
    day = "" if "date_published" in fields else "date_published: 2026-10-12\n"
    project.write(
        f"content/notices/{name}.md", f"---\ntitle: 标题{name}\ndisclosure: {disclosure}\n{day}{fields}---\n{body}"
    )


def page(public: Path, address: str) -> str:
    """Return a page by its address."""
    return (public / address / "index.html").read_text(encoding="utf-8")


def test_a_dataset_has_a_chart_for_each_unit(project: Project) -> None:
    """Columns with one unit are one chart, sums are not drawn, and the table is a CSV file."""
    notice(project, "n1", "doc_type: dataset\ndata_period: 2026年三季度\n", _DATA)
    public = made(project)
    text = page(public, "notices/n1")
    charts = re.findall(r'<svg class="picture chart".*?</svg>', text)
    assert [re.findall(r">([\d.]+)</text>", chart) for chart in charts] == [["31.46", "25.63"], ["18.62", "0.71"]]
    assert "单位：万人" in text
    assert "参保人数" in charts[0]  # one colour has a name too
    assert "57.09" in (public / "notices/n1/table-1.csv").read_text(encoding="utf-8-sig")


def test_rows_of_different_units_have_no_chart(project: Project) -> None:
    """A table whose rows have different units, and a column with negative numbers, are not drawn."""
    table = "| 指标 | 单位 | 数值 |\n|---|---|---|\n| 就业 | 人 | 16842 |\n| 培训 | 人次 | 11960 |\n"
    notice(project, "n1", "doc_type: dataset\n", table)
    notice(project, "n2", "doc_type: dataset\n", table.replace("人次", "人").replace("11960", "-3"))
    public = made(project)
    assert "picture chart" not in page(public, "notices/n1") + page(public, "notices/n2")


def test_periods_are_drawn_as_a_line(project: Project) -> None:
    """Where the first column is a row of periods, each column is a line with a point for each number."""
    project.write("content/notices/files/a.csv", "月份,失业保险\n2026年1月,21.8\n2026年2月,—\n2026年3月,22.1\n")
    notice(
        project,
        "n1",
        "doc_type: dataset\nattachments:\n  - {title: 参保人数, file: files/a.csv, disclosure: proactive}\n",
    )
    text = page(made(project), "notices/n1")
    assert text.count('<circle class="s0"') == 2
    assert "<td>22.1</td>" in text  # the rows of the file are a table on the page


def test_a_csv_in_gb18030_is_a_table(project: Project) -> None:
    """A CSV file as Excel in Chinese saves it is shown as it is."""
    project.write("content/notices/files/a.csv", "事项名称,实施主体\n工伤认定,工伤保险科\n".encode("gb18030"))
    notice(project, "n1", "doc_type: list\nattachments:\n  - {title: 清单, file: files/a.csv, disclosure: proactive}\n")
    assert "<td>工伤保险科</td>" in page(made(project), "notices/n1")


@pytest.mark.parametrize(
    ("rows", "columns", "shown"), [(1_000, 1, True), (1_001, 1, False), (2, 40, True), (2, 41, False)]
)
def test_a_large_csv_is_no_table(rows: int, columns: int, shown: bool) -> None:
    """A file of more than a thousand rows or forty columns is a file to download only."""
    assert bool(csv_rows("a.csv", ("甲," * (columns - 1) + "乙\n").encode() * rows)) is shown


def test_a_csv_that_is_not_public_is_nowhere(project: Project) -> None:
    """The rows of an attachment that is not public are in no file of the output."""
    project.write("content/notices/files/a.csv", "事项名称,内容\n甲,绝密的一格\n")
    notice(project, "n1", "doc_type: list\nattachments:\n  - {title: 内部, file: files/a.csv, disclosure: withheld}\n")
    notice(project, "n2", "doc_type: list\nwithhold_class: N01\nwithhold_note: 理由\n", _DATA, disclosure="withheld")
    ran = project.run("build", "--no-search")
    if ran.status == 0:  # G003 stops a build with such an attachment; without it nothing of it is written
        for file in (project.folder / "public").rglob("*"):
            assert not file.is_file() or "绝密的一格".encode() not in file.read_bytes(), file
    else:
        assert "G003" in ran.out + ran.err


def test_steps_of_one_matter_are_linked_in_order(project: Project) -> None:
    """Every step has the list of all public ones, the oldest first, and marks itself."""
    for name, stage, day, before in (
        ("n1", "公告", "2026-08-03", ""),
        ("n2", "成绩", "2026-09-03", "n1"),
        ("n3", "公示", "2026-10-09", "n2"),
    ):
        follows = f"follows: {before}\n" if before else ""
        notice(project, name, f"doc_type: recruitment\nstage: {stage}\ndate_published: {day}\n{follows}")
    text = page(made(project), "notices/n2")
    steps = re.findall(r"<li>(公告|成绩|公示) <time", text)
    assert steps == ["公告", "成绩", "公示"]
    assert '<strong aria-current="true">标题n2</strong>' in text
    assert '<a data-relation="follows" href="../../notices/n1/">' in text


def test_a_hidden_step_is_not_shown(project: Project) -> None:
    """A step that is not public is in no list of steps."""
    notice(project, "n1", "doc_type: recruitment\nstage: 公告\n")
    hidden = "doc_type: recruitment\nstage: 成绩\nfollows: n1\nwithhold_class: N01\nwithhold_note: 理由\n"
    notice(project, "n2", hidden, disclosure="withheld")
    assert "标题n2" not in page(made(project), "notices/n1")


def test_tasks_have_their_days_left(project: Project) -> None:
    """A task says how long it has, that it is late or done, at the day of the build; the register lists all of them."""
    notice(project, "n1", "doc_type: execution\nresponsible_unit: 就业科\n", _TASKS + _DUE_TODAY)
    public = made(project)
    text = page(public, "notices/n1")
    assert re.findall(r'data-task="(\w+)">([^<]*)<', text) == [
        ("open", "还有 29 日"),
        ("done", "已完成"),
        ("overdue", "超期 52 日"),
        ("open", "今天到期"),
    ]
    assert re.findall(r'data-task="(\w+)"', page(public, "browse/tasks")) == ["overdue", "open", "open", "done"]


def test_a_table_without_progress_is_only_text(project: Project) -> None:
    """A table of tasks without a column for the progress is not followed up: nobody keeps it."""
    lines = [line.rpartition("| ")[0] + "|" if "进展" in line or "科" in line else line for line in _TASKS.splitlines()]
    project.policy("p1", body="\n".join(lines).replace("|---|---|---|---|", "|---|---|---|") + "\n")
    public = made(project)
    assert "data-task" not in page(public, "policies/p1")
    assert not (public / "browse/tasks").exists()


def test_a_register_lists_replies_by_year(project: Project) -> None:
    """The register of replies has a section a year, the newest first, with session, number and days of reply."""
    fields = (
        "doc_type: proposal_reply\nsession: 五届三次会议\nproposal_no: '12'\nproposal_kind: 提案\n"
        "received_on: 2025-05-01\nreplied_on: 2025-05-31\n"
    )
    notice(project, "n1", f"{fields}date_published: 2025-06-03\n")
    notice(project, "n2", fields.replace("2025", "2026"))
    public = made(project)
    text = page(public, "browse/register-proposal-reply")
    assert re.findall(r"<h2[^>]*>(\d{4}年)</h2>", text) == ["2026年", "2025年"]
    assert text.count(">30 天<") == 2
    table = (public / "browse/register-proposal-reply/table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(table) == 3


def test_a_site_without_such_documents_has_no_register(project: Project) -> None:
    """A site that uses none of these kinds gets no page of them."""
    project.policy("p1")
    notice(project, "n1", "")
    public = made(project)
    assert not list((public / "browse").glob("register-*"))
    assert not (public / "browse/accounts").exists()


def test_accounts_of_the_config_are_a_page(project: Project) -> None:
    """Accounts are listed with state and approvals, the open ones first; a closed one is no link."""
    notice(project, "n1", "")
    with (project.folder / "site_config.yaml").open("a", encoding="utf-8") as config:
        config.write(
            "accounts:\n"
            "  - {platform: 微博, name: 旧号, state: 已关闭, url: https://weibo.com/old}\n"
            "  - {platform: 微信公众号, name: 新号, approval: 某号文, url: https://weixin.qq.com/new}\n"
        )
    text = page(made(project), "browse/accounts")
    assert text.index("新号") < text.index("旧号")
    assert "https://weixin.qq.com/new" in text
    assert "https://weibo.com/old" not in text


def test_a_field_of_terms_with_equal_codes_keeps_its_label(project: Project) -> None:
    """文件类别 执行情况 and 五公开 执行 have one code, and each group its own name."""
    notice(project, "n1", "doc_type: execution\nopenness_stage: execution\n")
    public = made(project)
    assert "<h1>执行情况</h1>" in page(public, "browse/doc-types/execution")
    assert "<h1>执行</h1>" in page(public, "browse/stages/execution")


def test_a_topic_that_names_a_hidden_document_is_not_shown(project: Project) -> None:
    """会议议题 that names a document which is not public is on no page, and in no file for programs."""
    notice(project, "n1", "doc_type: meeting\nmeeting_at: 2026-10-09\nagenda: [审议《标题n2绝密办法》, 听取汇报]\n")
    hidden = "withhold_class: N01\nwithhold_note: 理由\n"
    notice(project, "n2", hidden, disclosure="withheld")
    source = project.folder / "content/notices/n2.md"
    source.write_text(source.read_text(encoding="utf-8").replace("标题n2", "标题n2绝密办法"), encoding="utf-8")
    public = made(project)
    for file in public.rglob("*"):
        assert not file.is_file() or "绝密办法".encode() not in file.read_bytes(), file


def test_charts_leave_no_column_out(project: Project) -> None:
    """More columns of one unit than a chart can show are two charts; more than all charts can show are none."""
    for name, count in (("n1", 6), ("n2", 30)):
        heads = "".join(f"|列{number}（人）" for number in range(count))
        rows = "".join(f"|{row}" + "".join(f"|{number + 1}" for number in range(count)) + "|\n" for row in "甲乙")
        notice(project, name, "doc_type: dataset\n", f"|地区{heads}|\n{'|---' * (count + 1)}|\n{rows}")
    public = made(project)
    charts = re.findall(r'<svg class="picture chart".*?</svg>', page(public, "notices/n1"))
    assert len(charts) == 2
    assert all(any(f">列{number}<" in chart for chart in charts) for number in range(6))
    assert "picture chart" not in page(public, "notices/n2")


def test_a_table_with_a_row_without_a_name_has_no_chart(project: Project) -> None:
    """Where the first cell of a row is empty, a chart would leave the row out: there is none."""
    notice(project, "n1", "doc_type: dataset\n", "|地区|人数（人）|\n|---|---|\n|甲|1|\n||2|\n|乙|3|\n")
    assert "picture chart" not in page(made(project), "notices/n1")


def test_registers_and_groups_name_no_hidden_document(project: Project) -> None:
    """What describes a document, and the cells of its tables and CSV files, name no hidden one in any list."""
    name, number = "示例市内部巡查龘规程实施办法", "例密发〔2023〕77号"
    project.policy(
        "h1", title=name, doc_number=number, disclosure="withheld", withhold_class="N02", withhold_note="内部"
    )
    named = f'"按《{name}》（{number}）"'
    fields = ("theme", "audience", "responsible_unit", "joint_units", "attendees", "session", "asked_through",
              "data_period", "measure_unit", "channels", "supervision", "item_name", "source_name")  # fmt: skip
    for place, key in enumerate(fields):
        notice(project, f"f{place}", f"doc_type: dataset\n{key}: {named}\n")
    tasks = _TASKS.replace("建基地", f"照{name}建基地").replace("正在施工", f"照{number}施工")
    notice(project, "t1", "doc_type: execution\nresponsible_unit: 就业科\n", tasks)
    project.write(
        "content/notices/files/a.csv", f"事项名称,调整方式,日期\n《{name}》,新增,2026-01-02\n甲,取消,2026-01-01\n"
    )
    notice(project, "l1", "doc_type: list\nattachments:\n  - {title: 清单, file: files/a.csv}\n")
    public = made(project)
    told = [
        path.relative_to(public).as_posix()
        for path in sorted(public.rglob("*"))
        if path.is_file() and any(word.encode() in path.read_bytes() for word in (name, number))
    ]
    assert told == ["notices/l1/a.csv", "notices/t1/index.html"]  # the file, and the text, as they were signed
    assert "…" in page(public, "browse/tasks")
    assert page(public, "browse/tasks").count("data-task") == 3
    found = {(one["document"], one["field"]) for one in json.loads(project.check("--select", "L020").out)}
    assert {key for document, key in found if document.startswith("f")} == set(fields)
    assert ("l1", "attachments") in found


def test_the_accounts_name_no_hidden_document(project: Project) -> None:
    """The approval of an account is left out where it names a document that is not public."""
    name = "关于开设政务新媒体账号的内部批复"
    project.policy("h1", title=name, disclosure="withheld", withhold_class="N02", withhold_note="内部")
    accounts = f"accounts:\n- {{platform: 微信, name: 例人社, unit: 办公室, approval: 见《{name}》}}\n"
    accounts += "- {platform: 微博, name: 例微博, unit: 办公室, approval: 局务会批准}\n"
    project.write("site_config.yaml", CONFIG + accounts)
    public = made(project)
    for file in ("index.html", "table.csv"):
        text = (public / "browse/accounts" / file).read_text(encoding="utf-8")
        assert "内部批复" not in text
        assert "例人社" in text
        assert "局务会批准" in text


def test_a_theme_may_be_called_as_a_short_hidden_document(project: Project) -> None:
    """A theme that is the short title of a hidden document stays; an agenda that is does not."""
    project.policy("h1", title="就业创业工作", disclosure="withheld", withhold_class="N02", withhold_note="内部")
    notice(project, "n1", "theme: 就业创业工作\ndoc_type: meeting\nagenda: 就业创业工作\n")
    record = json.loads((made(project) / "api/documents/n1.json").read_text(encoding="utf-8"))
    assert record["theme"] == "就业创业工作"
    assert "agenda" not in record
