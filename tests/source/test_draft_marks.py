"""Drafts: how a file is known to be one, even where it cannot be read."""

import pytest

from generator.domain.model import Page
from generator.source.load import parse_page


def page_of(text: str | bytes, path: str = "content/policies/a.md") -> Page:
    return parse_page(path, "key", text if isinstance(text, bytes) else text.encode()).page


@pytest.mark.parametrize("row", ["draft: true", "草稿: 是", "草稿: true", "draft: yes", "草稿: '是'"])
def test_the_field_makes_a_draft(row: str) -> None:
    """The field makes a file a draft, in both languages and in every way of writing yes."""
    assert page_of(f"---\ntitle: 甲\n{row}\n---\n正文\n").draft


@pytest.mark.parametrize("row", ["draft: false", "草稿: 否", "keywords: 草稿", "draft: 写了一半", "title: draft"])
def test_no_other_value_makes_a_draft(row: str) -> None:
    """A file with another value is no draft: one that is no yes or no is a mistake."""
    assert not page_of(f"---\n{row}\n---\n正文\n").draft


@pytest.mark.parametrize("row", ["draft:", "draft: 写了一半"])
def test_a_field_that_says_neither_blocks(row: str) -> None:
    """Where nobody can see whether a file is a draft, that is F003 at its line, and not a draft that is forgotten."""
    page = page_of(f"---\ntitle: 甲\n{row}\n---\n正文\n")
    assert [(problem.rule, problem.line, problem.field) for problem in page.problems] == [("F003", 3, "draft")]


@pytest.mark.parametrize(
    "path",
    ["content/drafts/a.md", "content/Drafts/a.md", "content/草稿/a.md", "content/drafts/policies/a.md"],
)
@pytest.mark.parametrize("text", ["---\ntitle: 甲\n---\n", "---\ndraft: false\n---\n", "", "没有 front matter"])
def test_the_folder_makes_a_draft(path: str, text: str) -> None:
    """Every file under ``content/drafts/`` is a draft, whatever it contains."""
    assert page_of(text, path).draft
    assert not page_of(text, path.replace("/", "/policies/", 1)).draft


@pytest.mark.parametrize(
    "text",
    [
        "---\n标题：甲\n草稿: 是\n---\n正文\n",  # a full-width colon elsewhere
        "---\n标题: 甲\n草稿：是\n---\n正文\n",  # or at the field itself
        '---\ntitle: "甲\ndraft: true\n---\n正文\n',  # an unclosed quotation mark
        "标题: 甲\n草稿: 是\n\n正文\n",  # no fence
        "---\n标题: 甲\n草稿: 是  # 还没写完\n",  # no closing fence
        "———\n标题: 甲\n草稿: 是\n———\n",  # other dashes
        "---\ndraft: true\n<<<<<<< HEAD\ntitle: 甲\n=======\ntitle: 乙\n>>>>>>> main\n---\n正文\n",
        "---\n标题: 甲\n草稿: 是\n---\n正文\n".encode("gb18030"),
        "---\n标题: 甲\n草稿: 是\n---\n正文\n".encode("utf-16"),
    ],
)
def test_a_draft_that_cannot_be_read_is_a_draft(text: str | bytes) -> None:
    """Where the front matter cannot be read, the line ``draft: true`` in it is recognised as it is written."""
    page = page_of(text)
    assert page.draft
    assert page.kind is None
    assert page.problems


@pytest.mark.parametrize(
    "text",
    [
        "---\n标题：甲\n---\n草稿: 是\n",  # a line of the text
        "标题：甲\n\n草稿: 是\n",
        "---\n<<<<<<< HEAD\ndraft: true\n=======\ntitle: 乙\n>>>>>>> main\n---\n",  # on one side of a conflict only
        "---\n标题：甲\n  note: 草稿: 是吗\n---\n",
    ],
)
def test_a_line_outside_of_the_front_matter_decides_nothing(text: str) -> None:
    """A line of the text, or of one side of a conflict, hides no mistake of a file."""
    assert not page_of(text).draft
