"""Answers at the prompts of ``gongkai import``: checked at once, asked for again, written in their standard form."""

import pytest
from support.project import Project
from support.stages import CONFIG
from support.terminal import answered
from support.word_files import red_letter, saved

from generator.authoring.importing.answers import asked, checked_answer, question_for


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("date_published", "2026-11-30", "2026-11-30"),
        ("date_published", "2026年11月30日", "2026-11-30"),
        ("date_written", "二〇二六年十一月三十日", "2026-11-30"),
        ("date_written", "2026.11.30", "2026-11-30"),
        ("date_written", "20261130", "2026-11-30"),
        ("doc_number", "例人社发[2026] ５号", "例人社发〔2026〕5号"),
        ("doc_number", "无", "none"),
        ("disclosure", "主动公开", "主动公开"),
        ("date_published", "2026年11月20日 9:30", "2026-11-20 09:30"),
        ("date_effective", "自发布之日起施行", "自发布之日起施行"),
        ("disclosure", "2", "依申请公开"),
        ("disclosure", "proactive", "主动公开"),
        ("index_no", "123456789/2026-00005", "123456789/2026-00005"),
        ("title", " 关于甲的通知 ", "关于甲的通知"),
        ("date_written", "  ", ""),
    ],
)
def test_answers_are_written_in_their_form(key: str, typed: str, value: str) -> None:
    """A day, a 文号 or a choice is understood as people type it."""
    assert checked_answer(key, typed, CONFIG) == (value, "")


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("date_written", "11月30日", "没有写年份，写成“年-月-日”，如 2026-11-30"),
        ("date_published", "11-30", "没有写年份"),
        ("date_written", "2026-02-30", "没有“2026-02-30”这一天"),
        ("date_written", "昨天", "不是日期"),
        ("doc_number", "123", "不是文号"),
        ("disclosure", "公开吧", "不是“公开属性”的取值"),
        ("disclosure", "9", "不是“公开属性”的取值"),
        ("index_no", "5号", "不是索引号的写法"),
    ],
)
def test_wrong_answers_are_named(key: str, typed: str, words: str) -> None:
    """What is not of the field's form is refused with what is wrong and how to write it."""
    answer = checked_answer(key, typed, CONFIG)
    assert answer.value == ""
    assert words in answer.complaint


def test_it_asks_until_the_answer_is_right_or_empty() -> None:
    """A wrong answer is asked for again with the complaint; an empty one leaves the field to be filled in."""
    typed = iter(["123", "甲", "例人社发(2026)5号"])
    complaints: list[str] = []

    def ask(_question: str, complaint: str) -> str:
        complaints.append(complaint)
        return next(typed)

    assert asked("doc_number", ask, CONFIG) == "例人社发〔2026〕5号"
    assert [bool(complaint) for complaint in complaints] == [False, True, True]
    assert asked("doc_number", lambda _question, _complaint: "", CONFIG) == ""


def test_questions_show_form_and_choices() -> None:
    """A question has the form of the answer, and the choices with their numbers."""
    assert "1 主动公开，2 依申请公开，3 不予公开" in question_for("disclosure")
    assert "2024-05-06" in question_for("date_written")
    assert "某某发〔2026〕1号" in question_for("doc_number")


def test_on_a_terminal_a_wrong_day_is_asked_for_again(project: Project) -> None:
    """At a terminal 11月30日 is answered with what is missing, and the right day goes into the page."""
    place = project.folder.parent / "a-1.docx"
    place.write_bytes(saved(red_letter(note="")))
    output = answered(project.folder, ["import", str(place)], ["1", "11月30日", "2026年11月30日", ""])
    page = (project.folder / "content/policies/a-1.md").read_text()
    assert "\ndisclosure: 主动公开\ndate_published: 2026-11-30\nindex_no:  # " in page
    assert "“11月30日”没有写年份" in output
