"""What a reference that matches nothing is told: never a name that loses a part of it, or that is another document."""

import json

import pytest
from support.project import Project

BASE = """---
标题: 困难人员认定办法
索引号: 123456789/2026-00003
文号: 例人社发〔2026〕3号
公开属性: 主动公开
成文日期: 2026-03-02
发布日期: 2026-03-03
---
第一条　为了规范认定，制定本办法。
"""
ACT = BASE.replace("00003", "00012").replace("3号", "5号").replace("困难人员认定", "见习补贴")


def hints(project: Project, field: str) -> list[tuple[str, str | None]]:
    """Return rule and hint of what ``check`` says about a field of the act that lists a reference."""
    project.write("content/policies/b-1.md", BASE)
    project.write("content/policies/a-1.md", ACT.replace("---\n第", f"{field}\n---\n第"))
    findings = json.loads(project.check("--format", "json").out)
    return [(one["rule"], one["hint"]) for one in findings if one["field"] in {"repeals", "废止"}]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("废止: b-1 第一条", "条款写在“#”后面：b-1#第一条"),
        ("废止: 例人社发〔2026〕3号第一条", "条款写在“#”后面：例人社发〔2026〕3号#第一条"),
        ("废止: policies/b-1.md", "只写编号：b-1"),
        ("废止: https://rsj.example.gov.cn/zwgk/policies/b-1/", "只写编号：b-1"),
        ("废止: 《困难人员认定办法》", "写它的文号或编号：例人社发〔2026〕3号"),
        ("废止: 《困难人员认定办法》（例人社发〔2026〕3号）", "只写文号或编号：例人社发〔2026〕3号"),
        ("废止:\n  -b-1", "列表的每项另起一行，前面写半角减号和一个空格：- b-1"),
    ],
)
def test_other_form_of_a_name_is_told_whole(project: Project, typed: str, hint: str) -> None:
    """A clause glued on, an address, a title or a list mark is told in the right form, of the same document."""
    assert hints(project, typed) == [("F009", hint)]
    mended = hint.rpartition("：")[2]
    assert hints(project, f"废止:\n  {mended}" if mended.startswith("- ") else f"废止: {mended}") == []


def test_second_number_without_its_body_is_a_list(project: Project) -> None:
    """例人社发〔2026〕3号、4号 is a list of two numbers (F019), and both are in the hint."""
    assert hints(project, "废止: 例人社发〔2026〕3号、4号") == [
        ("F019", "方括号里用半角逗号分开：[例人社发〔2026〕3号, 例人社发〔2026〕4号]")
    ]


def test_file_that_could_not_be_read_is_named_first(project: Project) -> None:
    """Where a file cannot be read the hint is to mend it first, before any other document is offered."""
    project.write("content/policies/c-1.md", BASE.replace("标题:", "标题：").replace("3号", "8号"))
    [(rule, hint)] = hints(project, "废止: 例人社发〔2026〕8号")
    assert rule == "F009"
    assert str(hint).startswith("先改好 content/policies/c-1.md（有字段读不了，可能就是它）")
