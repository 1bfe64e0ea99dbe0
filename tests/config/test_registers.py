"""The registers of activities and tasks beside the config: what is read, and what is said of a file that cannot be."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from generator.config.registers import Registers, read_registers

TASKS = "事项,牵头,完成时限\n编目录,甲科,2026-07-08\n报总结,乙科、丙科,2026年12月15日\n"


def read(folder: Path) -> Registers:
    return read_registers(folder, "", "")


def workbook(rows: str) -> bytes:
    """Return the rows of a CSV text as the first sheet of a workbook."""
    book = openpyxl.Workbook()
    for row in rows.splitlines():
        book.worksheets[0].append(row.split(","))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("name", ["tasks.csv", "任务台账.csv", "tasks.xlsx", "任务台账.xlsx"])
def test_a_register_is_a_csv_or_a_workbook_of_a_usual_name(tmp_path: Path, name: str) -> None:
    """Both forms of the file give the same tasks, with days in any usual way of writing."""
    (tmp_path / name).write_bytes(workbook(TASKS) if name.endswith("xlsx") else TASKS.encode())
    registers = read(tmp_path)
    assert registers.tasks_name == name
    assert not registers.problems
    assert [(task.name, task.leaders, task.due_on) for task in registers.tasks] == [
        ("编目录", ("甲科",), dt.date(2026, 7, 8)),
        ("报总结", ("乙科", "丙科"), dt.date(2026, 12, 15)),
    ]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (TASKS.encode("gb18030"), 1, "GB18030"),
        (b"name,leaders\n\xff\n", 2, "不能解码"),
        (TASKS.encode("utf-16"), 1, "UTF-16"),
        (workbook(TASKS), 1, "Excel"),
        ("事项,任务\n甲,乙\n".encode(), 1, "有两列都是“事项”，另一列写作“任务”"),
        ("事项,牵头,牵头\n甲,乙,丙\n".encode(), 1, "有两列都是“牵头”"),
        ("事项,完成日\n甲,2026-01-01\n".encode(), 1, "没有“完成日”这一列"),
        ("事项,完成时限\n甲,2026-02-30\n".encode(), 2, "完成时限“2026-02-30”不是日期"),
        ("事项,完成时限\n,2026-02-03\n".encode(), 2, "没有写事项"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_with_its_line(
    tmp_path: Path, data: bytes, line: int, words: str
) -> None:
    """What is wrong is named once, in words of the file and at its line; nothing is raised."""
    (tmp_path / "tasks.csv").write_bytes(data)
    registers = read(tmp_path)
    assert not registers.tasks
    assert [(name, problem.line) for name, problem in registers.problems] == [("tasks.csv", line)]
    problem = registers.problems[0][1]
    assert words in problem.message
    assert problem.hint


def test_a_folder_and_a_link_out_of_the_site_are_no_registers(tmp_path: Path) -> None:
    """Neither is passed over in silence, and neither stops a build."""
    (tmp_path / "tasks.csv").mkdir()
    (tmp_path / "activities.csv").symlink_to("/nowhere/activities.csv")
    problems = dict(read(tmp_path).problems)
    assert "不是普通文件" in problems["tasks.csv"].message
    assert "符号链接" in problems["activities.csv"].message
