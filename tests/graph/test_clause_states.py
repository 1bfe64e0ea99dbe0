"""The states of single clauses: from declared clauses, and from the text of an amending act."""

import datetime as dt

import pytest
from support.stages import HIDDEN, archive_of, policy_text

from generator.graph.gate import open_gate

D = dt.date
LATER = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2026-11-05"}
TITLE = "示例市灵活就业人员社会保险补贴办法"
BODY = "".join(f"第{number}条　内容。\n\n" for number in "一二三四五六七八九十")
PARTS = "关于印发两个办法的通知。\n\n" + "\n".join(
    f"## {name}项补贴管理办法\n\n第一条　{name}。\n\n第二条　{name}。\n" for name in "甲乙"
)
PARTS_FIELD = "[{id: a, title: 甲项补贴管理办法}, {id: b, title: 乙项补贴管理办法}]"


def states(act: dict[str, object], text: str = "决定。\n", **more: str) -> dict[str, str]:
    texts = {
        "policies/p1.md": policy_text(1, BODY, title=TITLE),
        "policies/p2.md": policy_text(2, text, **{**LATER, **act}),
        **{f"policies/{name}.md": one for name, one in more.items()},
    }
    return {state.anchor: state.status.value for state in open_gate(archive_of(texts)).by_id["p1"].clauses}


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ({"repeals": "p1#第三条"}, {"第三条": "repealed"}),
        ({"repeals": "p1#第三条第二款"}, {"第三条": "repealed"}),
        ({"repeals": "p1#第三条至第五条"}, {"第三条": "repealed", "第四条": "repealed", "第五条": "repealed"}),
        ({"amends": "[p1#第三条, p1#第七条]"}, {"第三条": "amended", "第七条": "amended"}),
        ({"suspends": "p1#第三条", "suspended_until": "2026-12-31"}, {"第三条": "suspended"}),
        ({"suspends": "p1#第三条", "suspended_until": "2026-11-10"}, {}),
        ({"repeals": "p1#第三条", "date_effective": "2027-01-01"}, {}),
        ({"repeals": "p1"}, {}),
        ({"repeals": "p1#第三条", **HIDDEN}, {}),
    ],
)
def test_declared_clauses(act: dict[str, object], expected: dict[str, str]) -> None:
    """A declared clause is repealed, suspended or amended from the day of a public act."""
    assert states(act) == expected


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("将第三条修改为：“新的内容，见第四条。”\n", "三"),
        ("第三条第二款修改为：“内容。\n\n“第五条修改为别的。”\n", "三"),
        ("在第三条中增加一款，作为第二款。\n\n第七条后增加一条，作为第八条。\n", "三七"),
        ("第三条、第五条和第七条中的“补助”修改为“补贴”。\n", "三五七"),
        ("第三条第一款、第五条第二项修改为：“内容。”\n", "三五"),
        ("第九条删去。\n\n第十条废止。\n\n删去第二条第三项。\n", "二九十"),
        ("[第三条](p1.md#第三条)有变化。\n", "三"),
        ("根据《劳动合同法》第三条修改为宜的意见，说明如下。\n", ""),
        ("《示例市公益岗位管理办法》第三条修改为：“内容。”\n", ""),
        ("根据《示例市公益岗位管理办法》第二条的规定，第三条修改为：“内容。”\n", "三"),
        (f"将《{TITLE}》第三条修改为：“内容。”\n", "三"),
        (
            f"对《{TITLE}》（例人社发〔2024〕1号，以下简称《办法》）作如下修改。\n\n《办法》第三条修改为：“内容。”\n",
            "三",
        ),
        ("第三条修改为：“甲。”根据《示例市公益岗位管理办法》第五条修改为乙。\n", "三"),
        ("本决定第三条修改为期限。\n", ""),
        ("第三条的规定不变。\n", ""),
        ("第十条改为第九条，修改为：“内容。”\n", "十"),
        ("`第三条`不变，第四十条修改为：“内容。”\n", ""),
    ],
)
def test_the_clauses_that_an_amending_text_names(text: str, clauses: str) -> None:
    """Of an amendment without declared clauses count its links and 第N条 before a verb, not behind another title."""
    assert states({"amends": "p1"}, text) == {f"第{one}条": "amended" for one in clauses}


def test_a_clause_that_is_excepted_is_not_amended() -> None:
    """除第三条外 does not change that clause."""
    assert states({"amends": "p1"}, "除第三条外，其他条文中的“甲”修改为“乙”。\n") == {}


def test_a_number_that_an_earlier_act_has_moved_is_in_doubt() -> None:
    """From a clause on that an act adds, the numbers in a later act may be those of other clauses."""
    texts = {
        "policies/p1.md": policy_text(1, BODY, title=TITLE),
        "policies/p2.md": policy_text(2, "增加一条，作为第五条：“甲。”\n", **{**LATER, "amends": "p1"}),
        "policies/p3.md": policy_text(
            3, "第三条修改为：“乙。”\n\n第七条修改为：“丙。”\n\n增加一条，作为第九条：“丁。”\n",
            **{**LATER, "date_effective": "2026-11-10", "amends": "p1"},
        ),
    }  # fmt: skip
    document = open_gate(archive_of(texts)).by_id["p1"]
    acts = {state.anchor: state.acts[-1] for state in document.clauses if not state.acts[-1].adds_behind}
    assert {anchor: (act.is_moved, bool(act.edits)) for anchor, act in acts.items()} == {
        "第三条": (False, True), "第七条": (True, False),
    }  # fmt: skip
    assert [(one.number, one.anchor) for one in document.clause_additions] == [("第五条", "第四条"), ("第九条", "")]
    assert [(one.act, one.clause) for one in document.unread_acts] == [("p3", "第七条")]


def test_clauses_are_in_the_order_of_their_numbers() -> None:
    """The clauses of a document are listed as its text has them."""
    text = "第十条、第五条、第七条中的“甲”修改为“乙”。\n"
    assert list(states({"amends": "p1"}, text)) == ["第五条", "第七条", "第十条"]


def test_declared_clauses_go_before_the_text() -> None:
    """Where an amendment declares its clauses, its text adds none."""
    assert states({"amends": "p1#第二条"}, "第三条修改为：“内容。”\n") == {"第二条": "amended"}


def test_the_title_says_which_of_two_documents_is_amended() -> None:
    """In an act on two documents a clause belongs to the document named last; without a title to none."""
    text = f"第一条修改为甲。\n\n一、《{TITLE}》\n\n第二条修改为：“甲。”\n\n"
    text += "二、《示例市公益岗位管理办法》\n\n第三条修改为：“乙。”\n"
    other = policy_text(3, BODY, title="示例市公益岗位管理办法")
    assert states({"amends": "[p1, p3]"}, text, p3=other) == {"第二条": "amended"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在第三条后增加一条，作为第四条：“甲。”\n", [("第三条", "第四条")]),
        ("增加二条，作为第四条、第五条：“第四条　甲。\n\n“第五条　乙。”\n",
         [("第三条", "第四条"), ("第三条", "第五条")]),
        ("在第三条后增加一条，作为第三条：“甲。”在第三条后增加一条，作为第四条：“乙。”\n",
         [("第三条", "第三条"), ("第三条", "第四条")]),
        ("在第九条后增加一条，作为第八条：“甲。”在第八条后增加一条，作为第九条：“乙。”在第八条后增加一条，作为第十条：“丙。”\n",
         [("第八条", "第八条"), ("第九条", "第九条"), ("第八条", "第十条")]),
    ],
)  # fmt: skip
def test_added_clauses_stand_behind_a_clause_of_the_text(text: str, expected: list[tuple[str, str]]) -> None:
    """A clause behind one that the same act adds follows the one before both; a circle of them has an end."""
    texts = {
        "policies/p1.md": policy_text(1, BODY, title=TITLE),
        "policies/p2.md": policy_text(2, text, **{**LATER, "amends": "p1"}),
    }
    additions = open_gate(archive_of(texts)).by_id["p1"].clause_additions
    assert [(one.anchor, one.number) for one in additions] == expected


def test_a_clause_behind_which_others_are_added_keeps_its_status() -> None:
    """A repealed clause stays repealed where a later act adds another one behind it."""
    texts = {
        "policies/p1.md": policy_text(1, BODY, title=TITLE),
        "policies/p2.md": policy_text(2, **{**LATER, "repeals": "p1#第三条"}),
        "policies/p3.md": policy_text(
            3, "第三条后增加一条，作为第四条：“甲。”\n", **{**LATER, "date_effective": "2026-11-10", "amends": "p1"}
        ),
    }
    (state,) = open_gate(archive_of(texts)).by_id["p1"].clauses
    assert [(act.relation.target, act.adds_behind) for act in state.acts] == [("p3", True), ("p2", False)]
    assert state.status.value == "repealed"


def test_the_latest_act_in_force_gives_the_status() -> None:
    """With several acts on one clause the latest one counts, all are named; the next day may bring another."""
    texts = {
        "policies/p1.md": policy_text(1, BODY),
        "policies/p2.md": policy_text(2, **{**LATER, "amends": "p1#第三条"}),
        "policies/p3.md": policy_text(
            3, **{**LATER, "suspends": "p1#第三条", "suspended_from": "2026-11-10", "suspended_until": "2026-12-31"}
        ),
        "policies/p4.md": policy_text(4, **{**LATER, "date_effective": "2027-03-01", "repeals": "p1#第三条"}),
    }
    document = open_gate(archive_of(texts)).by_id["p1"]
    (state,) = document.clauses
    assert (state.status.value, [act.relation.target for act in state.acts]) == ("suspended", ["p2", "p3"])
    later = [(one.day, [state.status.value for state in one.clauses]) for one in document.clause_changes]
    assert later == [(D(2027, 1, 1), ["amended"]), (D(2027, 3, 1), ["repealed"])]


def test_a_resumption_lifts_the_suspension_of_a_clause() -> None:
    """What is resumed is not suspended any more."""
    texts = {
        "policies/p1.md": policy_text(1, BODY),
        "policies/p2.md": policy_text(2, **{**LATER, "suspends": "[p1#第三条, p1#第四条]"}),
        "policies/p3.md": policy_text(3, **{**LATER, "date_effective": "2026-11-20", "resumes": "p1#第三条"}),
    }
    assert [state.anchor for state in open_gate(archive_of(texts)).by_id["p1"].clauses] == ["第四条"]


@pytest.mark.parametrize(
    ("act", "text", "expected"),
    [
        ({"repeals": "p1#b#第二条"}, "决定。\n", [("乙项补贴管理办法-第二条", "b")]),
        ({"repeals": "p1#a#第二条"}, "决定。\n", [("第二条", "a")]),
        ({"amends": "p1"}, "《乙项补贴管理办法》第一条修改为：“内容。”\n", [("乙项补贴管理办法-第一条", "b")]),
        ({"amends": "p1"}, "第一条修改为：“内容。”\n", []),
    ],
)
def test_clauses_in_parts(act: dict[str, object], text: str, expected: list[tuple[str, str]]) -> None:
    """In a notice with parts the state is that of the anchor of the part that the act names."""
    texts = {
        "policies/p1.md": policy_text(1, PARTS, parts=PARTS_FIELD),
        "policies/p2.md": policy_text(2, text, **{**LATER, **act}),
    }
    document = open_gate(archive_of(texts)).by_id["p1"]
    assert [(state.anchor, state.part) for state in document.clauses] == expected
