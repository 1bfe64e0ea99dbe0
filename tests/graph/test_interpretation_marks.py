"""The state of an interpretation: outdated by an amendment, ended with what it is about."""

import datetime as dt

import pytest
from support.stages import HIDDEN, archive_of, policy_text, text_of

from generator.graph.gate import open_gate

D = dt.date
LATER = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2026-11-05"}


def interpretation(body: str = "解读。\n", **fields: str) -> str:
    usual = {"title": "解读", "disclosure": "proactive", "date_published": "2024-05-08", "interprets": "p1"}
    return text_of({**usual, **fields}, body)


@pytest.mark.parametrize(
    ("about", "act", "mark"),
    [
        ({}, {"amends": "p1"}, "outdated"),
        ({"date_published": "2026-11-04"}, {"amends": "p1"}, "outdated"),
        ({"date_published": "2026-11-05"}, {"amends": "p1"}, None),
        ({"interprets": "[p1, p2]"}, {"amends": "p1"}, None),
        ({"interprets": "p1#第一条"}, {"amends": "p1#第二条"}, None),
        ({"interprets": "p1#第一条"}, {"amends": "p1#第一条"}, "outdated"),
        ({}, {"amends": "p1", "date_effective": "2027-01-01"}, None),
        ({}, {"repeals": "p1"}, "ended"),
        ({}, {"repeals": "p1#第一条"}, None),
        ({"interprets": "p1#第一条"}, {"repeals": "p1#第一条"}, "ended"),
        ({"interprets": "[p1, p3]"}, {"repeals": "p1"}, None),
        ({"interprets": "[p1, p3]"}, {"repeals": "[p1, p3]"}, "ended"),
        ({"disclosure": "proactive"}, {"amends": "p1", **HIDDEN}, "outdated"),
    ],
)
def test_the_state_of_an_interpretation(about: dict[str, str], act: dict[str, object], mark: str | None) -> None:
    """It is outdated by an amendment after it that it does not name, and ended when all that it is about is over."""
    body = "第一条　甲。\n\n第二条　乙。\n"
    texts = {
        "policies/p1.md": policy_text(1, body),
        "policies/p2.md": policy_text(2, **{**LATER, **act}),
        "policies/p3.md": policy_text(3),
        "interpretations/i1.md": interpretation(**about),
    }
    document = open_gate(archive_of(texts)).by_id["i1"]
    assert (document.interpretation_mark.value if document.interpretation_mark else None) == mark
    assert ("outdated" in [notice.kind.value for notice in document.notices]) is (mark == "outdated")


def test_an_interpretation_of_several_clauses_has_each_notice_once() -> None:
    """It names the amended policy in one notice, with the acts on all its clauses, not in one for each clause."""
    body = "第一条　甲。\n\n第二条　乙。\n\n第三条　丙。\n"
    texts = {
        "policies/p1.md": policy_text(1, body),
        "policies/p2.md": policy_text(2, **{**LATER, "amends": "p1#第一条"}),
        "policies/p3.md": policy_text(3, **{**LATER, "amends": "p1#第二条"}),
        "interpretations/i1.md": interpretation(interprets="[p1#第一条, p1#第二条, p1#第三条]"),
    }
    notices = open_gate(archive_of(texts)).by_id["i1"].notices
    assert [notice.kind.value for notice in notices] == ["outdated", "amended"]
    assert [act.target for act in notices[0].acts] == ["p2", "p3"]


def test_an_act_in_the_text_is_named() -> None:
    """An interpretation whose text names the amending act by its title is not outdated by it."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2, title="关于修改示例办法的决定", **{**LATER, "amends": "p1"}),
        "interpretations/i1.md": interpretation("按照《关于修改示例办法的决定》，自下月起改变。\n"),
    }
    assert open_gate(archive_of(texts)).by_id["i1"].interpretation_mark is None


def test_the_state_of_later_days_is_known() -> None:
    """The day on which an interpretation will be outdated, and that on which it ends, are among its changes."""
    texts = {
        "policies/p1.md": policy_text(1, expires_on="2027-12-31"),
        "policies/p2.md": policy_text(2, **{**LATER, "amends": "p1", "date_effective": "2027-01-01"}),
        "interpretations/i1.md": interpretation(),
    }
    changes = open_gate(archive_of(texts)).by_id["i1"].status_changes
    assert [(one.day, one.mark.value if one.mark else "") for one in changes] == [
        (D(2027, 1, 1), "outdated"),
        (D(2028, 1, 1), "ended"),
    ]
