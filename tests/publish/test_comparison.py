"""Old and new clauses side by side: which belong together, and that no word is lost."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.model import ClauseAct, ClauseEdit, EditKind, Relation, TextClause
from generator.domain.vocabulary import ClauseStatus, RelationKind
from generator.publish.text.clause_texts import clauses_of_text
from generator.publish.text.comparison import Change, Row, RunKind, compare_clauses, word_runs
from generator.publish.text.consolidation import amended, amended_by
from generator.source.text.markup import convert

WORDS = st.text(alphabet="申请人应当提交材料，。5个10%\nab", max_size=60)
TEXTS = st.lists(
    st.lists(st.text(alphabet="申请应提交材料，。5", min_size=1, max_size=20), min_size=1, max_size=3), max_size=8
)


def clauses(*words: str) -> list[TextClause]:
    """Return numbered clauses with these words."""
    return [TextClause(f"第{number}条", f"第{number}条", (one,)) for number, one in enumerate(words, 1)]


def pairs(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(row.old.name if row.old else "", row.new.name if row.new else "", row.change.value) for row in rows]


@given(WORDS, WORDS)
def test_no_word_is_lost_between_two_texts(old: str, new: str) -> None:
    """The runs without those that are new are the old words, without those that are gone the new ones."""
    runs = list(word_runs(old, new))
    assert "".join(one.words for one in runs if one.kind is not RunKind.NEW) == old
    assert "".join(one.words for one in runs if one.kind is not RunKind.GONE) == new
    assert all(one.words for one in runs)


@given(TEXTS, TEXTS)
def test_every_clause_has_one_row(old: list[list[str]], new: list[list[str]]) -> None:
    """Each clause of both texts is in exactly one row with all its words, those of the new text in their order."""
    before, after = (
        [TextClause(f"{n}", f"第{n}条", tuple(lines)) for n, lines in enumerate(text, 1)] for text in (old, new)
    )
    rows = compare_clauses(before, after)
    assert [row.new for row in rows if row.new] == after
    assert sorted(row.old.anchor for row in rows if row.old) == sorted(one.anchor for one in before)
    for row in rows:
        words = [
            "".join(run.words for run in row.runs if run.kind is not other) for other in (RunKind.NEW, RunKind.GONE)
        ]
        assert words == [one.words if one else "" for one in (row.old, row.new)]


def test_a_changed_number_of_a_clause_is_marked_as_a_whole() -> None:
    """第三条 that is 第四条 now is gone and new as a number, not 三 and 四 alone."""
    old, new = (TextClause(f"第{n}条", f"第{n}条", ("申请人应当提交下列材料。",)) for n in "三四")
    (row,) = compare_clauses([old], [new])
    assert [(run.kind, run.words) for run in row.runs][:2] == [(RunKind.GONE, "第三条"), (RunKind.NEW, "第四条")]


@given(TEXTS)
def test_a_text_beside_itself_has_no_change(text: list[list[str]]) -> None:
    """Not one row of a text beside itself is anything but the same."""
    same = [TextClause(f"{n}", f"第{n}条", tuple(lines)) for n, lines in enumerate(text, 1)]
    assert {row.change for row in compare_clauses(same, same)} <= {Change.SAME}


def test_a_moved_clause_is_found_and_others_stand_alone() -> None:
    """A clause of another number is beside its old words; one that is new or gone has no partner."""
    old = clauses("为了规范补贴发放，制定本办法。", "补贴按季度申领，逾期视为放弃。", "本办法由市人社局解释。")
    new = clauses(
        "为了规范补贴发放，制定本办法。", "岗位由用人单位提出，县级核定以后公布。", "补贴按月申领，逾期可以补办。",
        "本办法由市人社局解释。",
    )  # fmt: skip
    assert pairs(compare_clauses(old, new)) == [
        ("第1条", "第1条", "same"), ("", "第2条", "added"), ("第2条", "第3条", "changed"), ("第3条", "第4条", "moved"),
    ]  # fmt: skip
    gone = compare_clauses(old, [old[0], old[2]])
    assert pairs(gone) == [("第1条", "第1条", "same"), ("第2条", "", "removed"), ("第3条", "第3条", "same")]


def test_numbers_and_percentages_change_as_a_whole() -> None:
    """50% that becomes 55% is one word that is gone and one that is new."""
    runs = [(one.kind.value, one.words) for one in word_runs("标准为50%，先缴后补。", "标准为55%，先缴后补。")]
    assert runs == [("same", "标准为"), ("gone", "50%"), ("new", "55%"), ("same", "，先缴后补。")]


def test_a_single_character_is_no_word_in_common() -> None:
    """Of 证明 and 说明 the last character, which both share, is gone and new with the rest."""
    runs = [(one.kind.value, one.words) for one in word_runs("申请人应当提供证明。", "申请人应当承诺，不交说明。")]
    assert runs == [("same", "申请人应当"), ("gone", "提供证明"), ("new", "承诺，不交说明"), ("same", "。")]


def test_a_hundred_clauses_are_compared_at_once() -> None:
    """Two texts of a hundred changed clauses take far less than a second of the processor (50 ms)."""
    same = "材料齐全的当场办结。" * 5
    lines = [f"第{n}类申请人应当在{n}日以内向{n * 7 % 13}号窗口提出申请，{same}" for n in range(100)]
    old = [TextClause(str(n), f"第{n}条", (line,)) for n, line in enumerate(lines)]
    new = [TextClause(str(n), f"第{n + 4}条", (line.replace("当场", "即时", 2),)) for n, line in enumerate(lines)]
    started = time.process_time()
    rows = compare_clauses(old, new)
    assert time.process_time() - started < 1
    assert {row.change for row in rows} == {Change.CHANGED}


def edit(kind: EditKind, paragraph: int = 0, item: int = 0, old: str = "", *lines: str) -> ClauseEdit:
    return ClauseEdit(kind, "第五条", paragraph, item, old, lines)


HEAD, ONE, TWO, TAIL = "甲有下列情形的：", "（一）子；", "（二）丑。", "乙按照前款办理。"
LIST = TextClause("第五条", "第五条", (HEAD, ONE, TWO, TAIL))


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([edit(EditKind.EXCHANGE, 0, 0, "乙", "丙")], (HEAD, ONE, TWO, "丙按照前款办理。")),
        ([edit(EditKind.EXCHANGE, 1, 2, "丑", "寅")], (HEAD, ONE, "（二）寅。", TAIL)),
        ([edit(EditKind.REWRITE, 2, 0, "", "丁。")], (HEAD, ONE, TWO, "丁。")),
        ([edit(EditKind.REWRITE, 0, 1, "", "卯；")], (HEAD, "（一）卯；", TWO, TAIL)),
        ([edit(EditKind.ADD, 2, 0, "", "戊。")], (HEAD, ONE, TWO, "戊。", TAIL)),
        ([edit(EditKind.ADD, 1, 3, "", "辰。")], (HEAD, ONE, TWO, "（三）辰。", TAIL)),
        ([edit(EditKind.DELETE, 2)], (HEAD, ONE, TWO)),
        ([edit(EditKind.DELETE)], ()),
        ([edit(EditKind.REWRITE, 0, 0, "", "全新。")], ("全新。",)),
        ([edit(EditKind.EXCHANGE, 0, 0, "。", "；")], None),  # twice
        ([edit(EditKind.EXCHANGE, 0, 0, "没有", "有")], None),
        ([edit(EditKind.REWRITE, 3, 0, "", "丁。")], None),  # there is no third
        ([edit(EditKind.REWRITE, 1, 0, "", "甲有以下情形的：")], None),  # the list under it is in doubt
        ([edit(EditKind.ADD, 1, 2, "", "辰。")], None),  # the numbers of the others would change
        ([edit(EditKind.ADD, 2, 0, "", "戊。"), edit(EditKind.EXCHANGE, 2, 0, "乙", "丙")], None),  # which second?
        ([edit(EditKind.UNREAD)], None),
    ],
)  # fmt: skip
def test_a_clause_is_amended_only_without_doubt(edits: list[ClauseEdit], expected: tuple[str, ...] | None) -> None:
    """The new words are those that the edits give; where one of them could mean another place there are none."""
    changed = amended_by(LIST, edits)
    assert (changed.lines if changed else None) == expected


def test_a_table_is_never_changed_inside() -> None:
    """In a clause with a table no words are exchanged."""
    assert amended_by(LIST._replace(is_plain=False), [edit(EditKind.EXCHANGE, 0, 0, "乙", "丙")]) is None


def act(name: str, since: str, *edits: ClauseEdit, merged: bool = False) -> ClauseAct:
    relation = Relation(RelationKind.AMENDED_BY, name, since=dt.date.fromisoformat(since), merged=merged)
    return ClauseAct(ClauseStatus.AMENDED, "第五条", relation, edits)


def test_acts_are_applied_in_the_order_of_their_days() -> None:
    """The later act changes the words that the earlier one gave; two acts of one day are in doubt."""
    first, second = edit(EditKind.EXCHANGE, 0, 0, "乙", "丙"), edit(EditKind.EXCHANGE, 0, 0, "丙", "丁")
    later, earlier = act("b", "2026-02-01", second), act("a", "2026-01-01", first)
    changed = amended(LIST, [later, earlier], "", [])
    assert changed
    assert changed.lines[-1] == "丁按照前款办理。"
    assert amended(LIST, [act("b", "2026-01-01", second), earlier], "", []) is None


def test_an_act_that_the_text_has_already_gives_nothing() -> None:
    """Where the text has the words of an amendment, it changes nothing, and a later one is applied to that text."""
    merged = act("a", "2026-01-01", edit(EditKind.DELETE, 2), merged=True)
    assert amended(LIST, [merged], "", []) == LIST
    later = act("b", "2026-02-01", edit(EditKind.DELETE, 2))
    assert amended(LIST, [merged, later], "", []) == amended(LIST, [later], "", [])


def test_the_clauses_of_a_text_end_before_the_signature() -> None:
    """A clause has its paragraphs and lists; chapters, signature and attachments belong to none."""
    text = convert(
        "第一章　总则\n\n第一条　甲：\n\n（一）子。\n\n第二章　附则\n\n第二条　乙。\n\n示例市人社局\n\n2026年1月2日\n"
    ).blocks
    found = [(one.name, one.lines) for one in clauses_of_text(text.blocks)]
    assert found == [
        ("", ("第一章　总则",)), ("第一条", ("甲：", "（一）子。")), ("", ("第二章　附则",)), ("第二条", ("乙。",)),
        ("", ("示例市人社局",)), ("", ("2026年1月2日",)),
    ]  # fmt: skip
