"""What an amending text does to the words of clauses: read where the form is known, otherwise said to be unread."""

import time

import pytest

from generator.domain.model import Block, BlockKind, EditKind, Text
from generator.source.facts.clause_edits import find_clause_edits
from generator.source.facts.quotations import content_lines, find_quotations


def text_of(words: str) -> Text:
    """Return a text with a block for each paragraph; one behind ``> `` is set apart."""
    return Text(
        tuple(
            Block(BlockKind.QUOTE if line.startswith("> ") else BlockKind.PARAGRAPH, "", "", line.removeprefix("> "), 1)
            for line in words.split("\n\n")
        )
    )


def edits_of(words: str) -> list[tuple[object, ...]]:
    """Return kind, clause, 款, 项, old words, new lines and number of each edit."""
    return [tuple(one)[:7] for one in find_clause_edits(text_of(words))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("第五条修改为：“新的文字。”", ("rewrite", "第五条", 0, 0, "", ("新的文字。",), "")),
        ("二、将第五条修改为：“第五条　新的文字。”", ("rewrite", "第五条", 0, 0, "", ("新的文字。",), "")),
        ('第五条改为："新的文字。"', ("rewrite", "第五条", 0, 0, "", ("新的文字。",), "")),
        ("第五条修改为：\n\n“新的文字。”", ("rewrite", "第五条", 0, 0, "", ("新的文字。",), "")),
        ("第五条修改为：\n\n> 第五条　新的文字。", ("rewrite", "第五条", 0, 0, "", ("新的文字。",), "")),
        (
            "第三条第一款修改为：“有下列情形的：\n\n“（一）甲；\n\n（二）乙。”",
            ("rewrite", "第三条", 1, 0, "", ("有下列情形的：", "（一）甲；", "（二）乙。"), ""),
        ),
        ("（三）将第三条第（二）项修改为：“（二）丙；”", ("rewrite", "第三条", 0, 2, "", ("（二）丙；",), "")),
        ("第五条改为第六条，修改为：“第六条　新。”", ("rewrite", "第五条", 0, 0, "", ("新。",), "第六条")),
        ("将第五条第二款中的“甲”修改为“乙”。", ("exchange", "第五条", 2, 0, "甲", ("乙",), "")),
        ("《示例办法》第五条中“甲”改为“乙”", ("exchange", "第五条", 0, 0, "甲", ("乙",), "")),
        ("删去第五条中的“甲”。", ("exchange", "第五条", 0, 0, "甲", ("",), "")),
        ("将第五条中的“甲”删去。", ("exchange", "第五条", 0, 0, "甲", ("",), "")),
        ("在第五条“甲”之后增加“、乙”。", ("exchange", "第五条", 0, 0, "甲", ("甲、乙",), "")),
        ("删去第七条。", ("delete", "第七条", 0, 0, "", (), "")),
        ("第七条第二款予以删除。", ("delete", "第七条", 2, 0, "", (), "")),
        ("增加一条，作为第八条：“甲。”", ("add", "", 0, 0, "", ("甲。",), "第八条")),
        ("在第七条后增加一条，作为第八条：“第八条　甲。”", ("add", "第七条", 0, 0, "", ("甲。",), "第八条")),
        ("在第五条中增加一款，作为第二款：“甲。”", ("add", "第五条", 2, 0, "", ("甲。",), "")),
        ("第五条增加一项，作为第（三）项：“（三）丙。”", ("add", "第五条", 1, 3, "", ("（三）丙。",), "")),
        ("原第八条改为第九条。", ("renumber", "第八条", 0, 0, "", (), "第九条")),
        ("增加第六条之一：“甲。”", ("add", "", 0, 0, "", ("甲。",), "第六条之一")),
        ("新增第八条：“甲。”", ("add", "", 0, 0, "", ("甲。",), "第八条")),
    ],
)
def test_instructions_of_a_known_form_are_read(words: str, expected: tuple[object, ...]) -> None:
    """Each instruction gives one edit with its clause, 款, 项, old and new words."""
    assert edits_of(words) == [expected]


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("第五条修改为：新的文字。", "第五条"),  # no quotation
        ("第五条第一句修改为：“新。”", "第五条"),
        ("第五条中的“甲”“乙”均修改为“丙”", "第五条"),
        ("第五条修改为：“没有完", "第五条"),
        ("第五条修改为：“第六条　新。”", "第五条"),  # another clause's words
        ("不再将第五条修改为：“新。”", "第五条"),
        ("将全文中的“甲”统一修改为“乙”。", ""),
        ("除第三条外，其他条文中的“甲”修改为“乙”。", ""),
        ("增加二条，分别作为第四条和第五条：“甲。”“乙。”", ""),
        ("第五条修改为：“……（三）新。……”", "第五条"),  # words that the act does not repeat
    ],
)
def test_other_words_are_unread(words: str, clause: str) -> None:
    """Where a text changes a clause in another form, nothing is made of it."""
    assert [(one[0], one[1]) for one in edits_of(words)] == [(EditKind.UNREAD, clause)]


@pytest.mark.parametrize(
    "words",
    [
        "删去第八条第三款、第四款。",
        "删去第八条中的“甲”、“乙”。",
        "第八条第一款修改为：“新一”，第二款：“新二”。",
        "第八条第三款删除，第四款改为第三款，第九条修改为：“新。”",
    ],
)
def test_what_follows_a_read_instruction_is_not_forgotten(words: str) -> None:
    """Where a sentence goes on with 款, 项 or quoted words that no instruction covers, its clause is unread too."""
    assert (EditKind.UNREAD, "第八条") in [(one[0], one[1]) for one in edits_of(words)]


@pytest.mark.parametrize(
    "words",
    ["将第二条中的“甲”、第五条中的“乙”修改为“丙”。", "将《甲办法》第二条、《乙办法》第五条中的“丙”修改为“丁”。"],
)
def test_all_clauses_before_one_verb_are_changed(words: str) -> None:
    """Quotations and titles between clauses do not hide the first ones from the verb that changes them all."""
    assert {one[1] for one in edits_of(words)} == {"第二条", "第五条"}


def test_an_unread_change_of_numbers_is_told() -> None:
    """Where words that are unread may change the numbers of clauses, the edit has the number from which on."""
    for words, number in (
        ("删去第七条至第九条。", "第七条"),
        ("在第七条后增加一条：“甲。”", "第七条"),
        ("第七条第一句修改为：“甲。”", ""),
    ):
        assert edits_of(words)[0][6] == number, words


def test_a_sentence_about_the_other_numbers_follows_the_quotation() -> None:
    """Behind “….” the usual words on the numbers of the other clauses begin a sentence of their own."""
    assert edits_of("第三条修改为：“新。”其他条款序号作相应调整。")[0][:2] == ("rewrite", "第三条")


def test_several_instructions_of_one_sentence_are_read_in_their_order() -> None:
    """The clause of an instruction is that of the one before it where it names only a 款."""
    words = "将第五条第一款中的“甲”修改为“乙”，第二款修改为：“丙。”；第三款删去；删去第七条、第九条。"
    assert [one[:4] for one in edits_of(words)] == [
        ("exchange", "第五条", 1, 0), ("rewrite", "第五条", 2, 0), ("delete", "第五条", 3, 0),
        ("delete", "第七条", 0, 0), ("delete", "第九条", 0, 0),
    ]  # fmt: skip


def test_a_sentence_ends_inside_the_quotation() -> None:
    """Behind “….” the next instruction begins, without another full stop."""
    words = "第三条修改为：“每月一次。”第五条修改为：“可以补。”（三）删去第七条。"
    assert [one[:2] for one in edits_of(words)] == [("rewrite", "第三条"), ("rewrite", "第五条"), ("delete", "第七条")]


def test_what_is_quoted_changes_nothing() -> None:
    """Words inside a quotation are no instruction, even where they look like one."""
    (edit,) = edits_of("第五条修改为：“有前款情形的，第七条修改为‘甲’；删去第九条。”")
    assert edit[:2] == ("rewrite", "第五条")


def test_changes_outside_the_clauses_leave_them_alone() -> None:
    """Where only an attachment or the title is changed, no clause is in doubt."""
    assert edits_of("附件1中的“甲”修改为“乙”。") == []


def test_a_new_text_with_a_table_is_unread() -> None:
    """A quotation over a table cannot be given in lines."""
    blocks = (*text_of("第五条修改为：“标准如下：").blocks, Block(BlockKind.TABLE, "", "", "甲\n乙", 2),
              *text_of("以上为准。”").blocks)  # fmt: skip
    assert [one.kind for one in find_clause_edits(Text(blocks))] == [EditKind.UNREAD]


def test_a_title_governs_the_sentences_behind_it() -> None:
    """What follows 对《…》作如下修改 belongs to that text, whatever other titles stood before."""
    words = "根据《中华人民共和国就业促进法》，对《示例甲办法》作如下修改：\n\n一、第五条修改为：“新。”"
    assert [one.named for one in find_clause_edits(text_of(words))] == ["示例甲办法"]


def test_quotations_of_several_paragraphs_have_an_opening_mark_each() -> None:
    """The marks that only continue a quotation are no words of it."""
    words = "“甲。\n“乙‘丙’。\n丁”。"
    (one,) = find_quotations(words)
    assert content_lines(words, one) == ("甲。", "乙‘丙’。", "丁")


def test_many_marks_that_nothing_closes_are_read_at_once() -> None:
    """Ten thousand opening marks take far less than a second of CPU: none looks through the whole text."""
    words = "「第五条修改为" * 10_000
    started = time.process_time()
    assert not list(find_quotations(words))
    assert time.process_time() - started < 2
