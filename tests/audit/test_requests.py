"""The register of requests: its limits, what it refuses, and that it never reaches the site."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.project import Project
from support.stages import CONFIG, archive_of

from generator.audit.facts.requests import count_requests, progress_of
from generator.config.load import load_config
from generator.config.request_register import read_own_register, read_register
from generator.domain.model import InformationRequest
from generator.domain.problems import ConfigError
from generator.domain.vocabulary.request_register import Applicant, RequestOutcome
from generator.report.requests_table import requests_table

MONDAY = dt.date(2026, 3, 2)
DAY = dt.date(2026, 11, 20)
HEADINGS = "编号,收到日期,申请人类型,主题,办结日期,处理结果"


def asked(**fields: Any) -> InformationRequest:
    """Return a request that was received on a Monday without holidays in the weeks behind it."""
    return InformationRequest(2, MONDAY, Applicant.NATURAL)._replace(**fields)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, "03-30"),  # 20 working days behind March 2
        ({"extended_on": on("03-30")}, "04-28"),  # decided on the last day: 20 more, with Qingming between
        ({"extended_on": on("03-31")}, "03-30"),  # a day too late: no extension
        ({"correction_on": on("03-06"), "corrected_on": on("03-16")}, "04-14"),  # begins anew with the correction
        ({"consulted_from": on("03-04"), "consulted_until": on("03-11")}, "04-07"),  # five days do not count
        ({"consulted_workdays": 5}, "04-07"),
        ({"consulted_workdays": 40}, "04-21"),  # of forty only fifteen do not count
    ],
)
def test_the_last_day_of_an_answer(fields: dict[str, object], due: str) -> None:
    """An answer is due after 20 working days; corrections, opinions and extensions in time move that day."""
    assert progress_of(asked(**fields), CONFIG, DAY).due == on(due)


def test_a_request_that_waits_for_its_applicant_is_not_late() -> None:
    """Between the notice of correction and the correction no limit runs."""
    progress = progress_of(asked(correction_on=on("03-06")), CONFIG, DAY)
    assert (progress.due, progress.late) == (None, 0)


def test_what_is_to_come_has_not_happened() -> None:
    """A correction that comes after the day does not begin the limit anew: until then the request waits."""
    request = asked(correction_on=on("03-06"), corrected_on=on("03-16"))
    assert progress_of(request, CONFIG, on("03-10")).due is None
    assert progress_of(request, CONFIG, on("03-05")).due == on("03-30")


def test_lateness_is_counted_in_working_days() -> None:
    """Answered on Friday what was due on Monday is four working days late; on the last day it is not late."""
    decided = {"outcome": RequestOutcome.GRANTED}
    assert progress_of(asked(decided_on=on("04-03"), **decided), CONFIG, DAY).late == 4
    assert progress_of(asked(decided_on=on("03-30"), **decided), CONFIG, DAY).late == 0


def test_a_correction_is_told_within_seven_working_days() -> None:
    """The seventh working day is in time, the ninth two days late."""
    assert progress_of(asked(correction_on=on("03-11")), CONFIG, DAY).correction_late == 0
    assert progress_of(asked(correction_on=on("03-13")), CONFIG, DAY).correction_late == 2


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADINGS},申请人姓名\n",
        f"{HEADINGS},联系电话\n",
        f"{HEADINGS},备注\n",
        f"{HEADINGS}\n2026-1,2026-03-02,自然人,查询110101199003070011的档案,,\n",
        f"{HEADINGS}\n2026-1,2026-03-02,自然人,回电13800138000,,\n",
        f"{HEADINGS}\n张三,2026-03-02,自然人,社保,,\n",
        f"{HEADINGS}\n2026-1,2026-03-02,自然人,李小明,,\n",
        f"{HEADINGS}\n2026-1,2026-03-02,自然人,王女士的补贴,,\n",
    ],
)
def test_personal_data_is_refused_and_not_repeated(text: str, tmp_path: Path) -> None:
    """A register with a name or number of a person stops every command, and the message does not repeat it."""
    (tmp_path / "site_config.yaml").write_text(
        "site:\n  title: 政府信息公开\n  agency: 示例局\n  base_url: https://a.example.gov.cn/\n", encoding="utf-8"
    )
    (tmp_path / "requests.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        load_config(tmp_path / "site_config.yaml")
    for secret in ("110101199003070011", "13800138000", "张三", "李小明", "王女士"):
        assert secret not in told.value.message + told.value.hint


def test_headings_under_other_names_and_a_workbook(tmp_path: Path) -> None:
    """A register says 受理日期 or 答复时间（年月日） as it likes, and may be a workbook with real dates."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["登记编号", "受理日期", "渠道", "申请人类别", "答复时间（年月日）", "办理结果"])
    sheet.append(["2026-1", dt.datetime(2026, 3, 2), "邮寄", "企业", "2026年3月9日", "不掌握"])  # noqa: DTZ001
    book.save(tmp_path / "r.xlsx")
    register = read_register((tmp_path / "r.xlsx").read_bytes(), "r.xlsx", "r.xlsx")
    assert not register.problems
    (request,) = register.requests
    assert (request.number, request.received, request.way) == ("2026-1", MONDAY, "信函")
    assert (request.applicant, request.decided_on) == (Applicant.COMPANY, on("03-09"))
    assert request.outcome is RequestOutcome.NOT_HELD


def test_the_register_is_in_the_report_and_never_on_the_site(project: Project) -> None:
    """A subject of the register stands in the auditors' report and in no file of the output."""
    subject = "渔船更新补助"
    (project.folder / "requests.csv").write_text(
        f"{HEADINGS}\n2026-1,2026-01-05,自然人,{subject},2026-03-20,予以公开\n", encoding="utf-8"
    )
    project.document("notices/n1.md", {"title": "停水通知", "date_published": "2026-05-08", "disclosure": "proactive"})
    output = project.build()
    assert not [path for path in output.rglob("*") if path.is_file() and subject.encode() in path.read_bytes()]
    project.run("audit", "-o", str(project.folder / "out"), "--fail-on", "never", "--as-of", "2026-11-21")
    report = (project.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert subject in report
    assert "2026-02-02" in report


@pytest.mark.parametrize("name", ["content/台账.csv", "./content/台账.csv", "data/../content/台账.csv"])
def test_a_register_among_the_documents_is_refused(name: str, tmp_path: Path) -> None:
    """However its path is written, a register in ``content/`` stops every command."""
    (tmp_path / "content").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "content" / "台账.csv").write_text(f"{HEADINGS}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="放在 content/ 里会公开"):
        read_own_register(tmp_path, name)


def test_the_median_is_of_those_that_were_answered() -> None:
    """A request that was closed because nobody corrected it took no days, and does not lower the median."""
    rows = [
        "1,2026-03-02,自然人,甲,2026-03-06,予以公开,",
        "2,2026-03-02,自然人,乙,2026-03-16,予以公开,",
        "3,2026-03-02,自然人,丙,2026-03-30,逾期不补正,2026-03-05",
    ]
    text = "\n".join((f"{HEADINGS},补正告知日期", *rows))
    register = read_register(text.encode(), "r.csv", "r.csv")
    assert not register.problems
    config = CONFIG.model_copy()
    config._requests = register
    table = requests_table(archive_of({}), config)
    assert [year.median for year in table.years] == [7.0]
    assert [row.due for row in table.rows][2] == ""


def test_a_request_closed_on_the_first_day_of_a_year_counts_in_it() -> None:
    """What was carried in and answered on January 1 is closed in that year; on December 31 it is not part of it."""
    day = dt.date(2026, 1, 1)
    request = asked(received=dt.date(2025, 12, 1), decided_on=day, outcome=RequestOutcome.GRANTED)
    counts = count_requests([request], 2026)
    assert (counts.carried_in.total(), counts.done.total(), counts.carried_out.total()) == (1, 1, 0)
    before = request._replace(decided_on=day - dt.timedelta(days=1))
    assert count_requests([before], 2026).carried_in.total() == 0
