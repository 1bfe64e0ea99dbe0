"""Mistakes of typing in front matter and text, each with its line and a mend that, when followed, is right."""

import pytest
from support.stages import page_of

from generator.domain.vocabulary import FIELDS, OTHER_NAMES, field_key, meant_fields
from generator.domain.written_moments import read_written

POLICY = """---
标题: 见习补贴办法
索引号: 123456789/2026-00012
文号: 例人社发〔2026〕5号
公开属性: 主动公开
成文日期: 2026-11-26
发布日期: 2026-11-28
---
第一条　为了规范补贴发放，制定本办法。
"""


def problems(text: str, path: str = "content/policies/a.md") -> list[tuple[str, int, str]]:
    return [(one.rule, one.line, one.hint) for one in page_of(text, path).problems]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("生效日期", "施行日期"),
        ("实施时间", "施行日期"),
        ("施行时间", "施行日期"),
        ("有效期限", "有效期至"),
        ("下架时间", "下架日期"),
        ("起草单位", "起草部门"),
        ("责任部门", "责任单位"),
        ("发布单位", "发布机构"),
        ("栏目", "发布栏目"),
        ("效力状态", "有效性"),
        ("相关政策", "解读对象"),
        ("关 键 字", "关键词"),
        ("tags", "keywords"),
    ],
)
def test_unknown_key_is_told_the_field_that_it_names(typed: str, meant: str) -> None:
    """Another official name of a field leads to that field, not to the one with most characters in common."""
    found = problems(POLICY.replace("---\n第", f"{typed}: 值\n---\n第"))
    assert found == [("F002", 8, f"是不是“{meant}”？")]


def test_every_other_name_is_unknown_and_names_known_fields() -> None:
    """The table of other names gives fields only, and each word alone would be F002 or an alias of its first field."""
    for word, keys in OTHER_NAMES.items():
        assert all(key in FIELDS for key in keys), word
        assert field_key(word) in {None, *keys} or word in {"公开方式", "信息来源", "公开主体", "信息分类"}, word


def test_a_field_that_the_file_has_is_not_offered_again() -> None:
    """Where the field of an unknown key is in the file, the hint says in which line, and to delete the unknown one."""
    [(rule, line, hint)] = problems(POLICY.replace("---\n第", "签发日期: 2026-11-26\n---\n第"))
    assert (rule, line) == ("F002", 8)
    assert "“成文日期”，第 6 行已经写了" in hint


def test_a_word_for_several_fields_offers_those_with_their_kinds() -> None:
    """截止日期 may be one of three fields, by kind; none of them is guessed."""
    assert meant_fields("截止日期") == ("expires_on", "closes_on", "takedown_on")
    [(_, _, hint)] = problems(POLICY.replace("---\n第", "截止日期: 2027-11-26\n---\n第"))
    assert hint == "是不是“有效期至”（政策文件）、“征集结束”（意见征集）或“下架日期”（一般信息）？"


@pytest.mark.parametrize("typed", ["落款单位", "存档日期", "存档编号"])
def test_a_shared_tail_alone_is_no_likeness(typed: str) -> None:
    """Keys that share only 日期, 单位 or 编号 with a field are not taken for it."""
    [(_, _, hint)] = problems(POLICY.replace("---\n第", f"{typed}: 值\n---\n第"))
    assert "是不是" not in hint


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("二零二六年十一月廿六日", "2026-11-26"),
        ("20261126", "2026-11-26"),
        ("“2026-11-26”", "2026-11-26"),
        ("2026、11、26", "2026-11-26"),
        ("2026年11月26日（星期四）", "2026-11-26"),
        ("公元2026年11月26日", "2026-11-26"),
        ("2026-11-26T09:00:00+08:00", "2026-11-26"),
    ],
)
def test_date_in_another_form_is_told_as_it_would_be_written(typed: str, day: str) -> None:
    """A date in a spoken or foreign form gets its own value as the hint, never an example."""
    text = POLICY.replace("成文日期: 2026-11-26", f"成文日期: {typed}")
    assert problems(text) == [("F003", 6, f"写成 {day}")]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("2026年11月", "写到哪一日，如 2026-11-05"),
        ("2026-11-26至2026-12-01", "只写一天，写成 2024-05-06 的形式；起止日期是两个字段"),
        ("0226-11-26", "核对年份，四位数字都要写对"),
        ("2026年11月下旬", "写成 2024-05-06 的形式"),
    ],
)
def test_date_that_is_not_one_day_says_what_lacks(typed: str, hint: str) -> None:
    """A month, a period and an impossible year are told apart; what is not clear is not guessed."""
    assert problems(POLICY.replace("成文日期: 2026-11-26", f"成文日期: {typed}")) == [("F003", 6, hint)]


def test_moment_with_clock_and_zone() -> None:
    """0930 and +08:00 are Beijing times; UTC is not guessed."""
    assert str(read_written("2026-11-28 0930")) == "2026-11-28 09:30:00"
    assert str(read_written("2026-11-28 09:30+08:00")) == "2026-11-28 09:30:00"
    assert read_written("2026-11-28 09:30Z") is None


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('标题: "关于"见习"补贴的办法"', '里面的引号换成全角的：标题: "关于“见习”补贴的办法"'),
        ("标题: @办法", '给整个值加引号：标题: "@办法"'),
        ("标题: [转发]办法", '给整个值加引号：标题: "[转发]办法"'),
        ("标题: **办法**", '给整个值加引号：标题: "**办法**"'),
        ("**标题**: 办法", "删去“**”，写成 标题: 值"),
        ("- 标题: 办法", "删去它，写成 标题: 值；“- ”只用在列表里"),
    ],
)
def test_sign_that_yaml_reads_has_its_own_mend(line: str, hint: str) -> None:
    """A sign before a value or a key is named at its line, with the line as it must be; that line is right."""
    text = POLICY.replace("标题: 见习补贴办法", line)
    assert problems(text) == [("F008", 2, hint)]
    mended = hint.rpartition("：")[2] if "标题: 值" not in hint else "标题: 办法"
    assert problems(POLICY.replace("标题: 见习补贴办法", mended)) == []


def test_wrong_indentation_names_both_lines() -> None:
    """A key one blank further in, and one entry of a list that does not stand under the other, are told as that."""
    assert problems(POLICY.replace("索引号:", " 索引号:"))[0][:2] == ("F008", 3)
    text = POLICY.replace("---\n第", "附件:\n  - 标题: 表\n   文件: a.csv\n---\n第")
    assert problems(text) == [("F008", 10, "和上一行的“标题”对齐：前面 4 个空格")]


def test_full_width_colon_in_an_attachment_is_told_at_its_line() -> None:
    """A full-width colon inside a list is named where it is, not at the line below."""
    text = POLICY.replace("---\n第", "附件:\n  - 标题：表\n    文件: a.csv\n---\n第")
    assert problems(text) == [("F008", 9, "改为半角冒号加空格，如 标题: 值")]


def test_a_line_that_is_right_is_not_blamed() -> None:
    """With a quoted title above, the mistake is still told at its own line."""
    text = POLICY.replace("标题: 见习补贴办法", '标题: "关于\\"见习\\"的办法"').replace("索引号:", " 索引号:")
    assert problems(text)[0][1] == 3


def test_open_front_matter_says_after_which_line() -> None:
    """Where the second fence is missing the hint names the last line of the fields."""
    assert problems(POLICY.replace("---\n第", "第")) == [("F008", 1, "在第 7 行后面另起一行写 ---")]


def test_doc_number_with_words_around_it() -> None:
    """A 文号 in quotation marks or behind 文号： is offered alone; 暂无 is told how to write none."""
    for typed in ("“例人社发〔2026〕5号”", "文号：例人社发〔2026〕5号", "《例人社发〔2026〕5号》"):
        assert problems(POLICY.replace("文号: 例人社发〔2026〕5号", f"文号: {typed}")) == [
            ("F003", 4, "只写文号：例人社发〔2026〕5号")
        ]
    assert problems(POLICY.replace("文号: 例人社发〔2026〕5号", "文号: 暂无")) == [
        ("F003", 4, "没有文号的写 无（或 none）")
    ]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("｜ 一 ｜ 二 ｜\n｜ 甲 ｜ 乙 ｜", "改为半角的“|”；第一行下面要有一行 |---|---|"),
        ("见[第一条]（#第一条）。", "写成 [第一条](#第一条)"),
        ("见［第一条］（#第一条）。", "写成 [第一条](#第一条)"),
        ("见[第一条] (#第一条)。", "写成 [第一条](#第一条)"),
        ("```\n第三条", "在代码后面另起一行写 ```；不是代码的，删去这一行"),
    ],
)
def test_signs_in_another_width_are_told(body: str, hint: str) -> None:
    """A table, a link or code that is only shown as typed is H014 at its line."""
    assert ("H014", 11, hint) in problems(f"{POLICY}\n{body}\n")


@pytest.mark.parametrize(
    "body",
    [
        "<center>甲</center>",
        '<font color="red">甲</font>',
        '<p align="right">甲</p>',
        '<p style="text-align: center">甲</p>',
        "<span style='color:red'>甲</span>",
    ],
)
def test_layout_that_is_taken_off_is_told(body: str) -> None:
    """Alignment, type and colour in HTML, which the page does not keep, are H025; a table's own alignment is not."""
    assert [one[:2] for one in problems(f"{POLICY}\n{body}\n")] == [("H025", 11)]
    assert problems(f"{POLICY}\n<table><tr><td align='center'>甲</td></tr></table>\n") == []
    assert problems(f"{POLICY}\n<p style='text-indent:2em'>甲</p>\n") == []


def test_words_in_brackets_are_no_links() -> None:
    """Brackets of ordinary sentences, closed code and a link behind an exclamation mark are no mistake."""
    body = "见[第一条](#第一条)（第3页），[注]（见附件）。\n\n```\n甲\n```\n\n注意！[第一条](#第一条)，[1]（2026年）。"
    assert not [one for one in problems(f"{POLICY}\n{body}\n") if one[0] == "H014"]
