"""An act that had ended when its day came never acts: in statuses, later days, pages and rules."""

import datetime as dt
import json
from collections.abc import Mapping

import pytest
from support.stages import CONFIG, DAY, HIDDEN, archive_of, policies_of, policy_text, status_changes_of

from generator.audit import run_rules, select_rules
from generator.domain.vocabulary import RelationKind, Status
from generator.graph.gate import open_gate
from generator.publish.data.api_documents import document_records

D = dt.date
COMING = {"date_written": "2025-02-10", "date_published": "2025-02-12", "date_effective": "2025-06-01"}
EARLIER = {"date_written": "2025-03-10", "date_published": "2025-03-12"}
NONE: dict[str, object] = {}

# The act on p1, what is done to that act, and what p1 is on the day of the tests.
CASES: dict[str, tuple[Mapping[str, object], Mapping[str, object], Status]] = {
    "repealed before its day": ({**COMING, "repeals": "p1"}, {**EARLIER, "repeals": "p2"}, Status.EFFECTIVE),
    "repealed after its day": (
        {**COMING, "repeals": "p1"},
        {**EARLIER, "date_effective": "2025-06-02", "repeals": "p2"},
        Status.REPEALED,
    ),
    "replaced on its day": (
        {**COMING, "repeals": "p1"},
        {**EARLIER, "date_effective": "2025-06-01", "replaces": "p2"},
        Status.EFFECTIVE,
    ),
    "an amendment": ({**COMING, "amends": "p1"}, {**EARLIER, "repeals": "p2"}, Status.EFFECTIVE),
    "declared lapsed": ({**COMING, "repeals": "p1"}, {**EARLIER, "cleanup": "{失效: [p2]}"}, Status.EFFECTIVE),
    "repealed in one clause": ({**COMING, "repeals": "p1"}, {**EARLIER, "repeals": "p2#第三条"}, Status.REPEALED),
    "by its own word": (
        {**COMING, "repeals": "p1", "repealed_on": "2025-04-01", "repeal_reason": "不再需要"},
        EARLIER,
        Status.EFFECTIVE,
    ),
    "by a hidden act": ({**COMING, "repeals": "p1"}, {**EARLIER, **HIDDEN, "repeals": "p2"}, Status.EFFECTIVE),
    "suspended only": ({**COMING, "repeals": "p1"}, {**EARLIER, "suspends": "p2"}, Status.REPEALED),
}


@pytest.mark.parametrize("case", CASES)
def test_an_act_that_ended_before_its_day_never_acts(case: str) -> None:
    """What a later act ended before its day does nothing to the older document; what was in force on that day does."""
    act, other, expected = CASES[case]
    document = policies_of(DAY, p1=NONE, p2=act, p3=other)["p1"]
    assert document.status is expected
    void = [relation for relation in document.relations if relation.void]
    assert bool(void) is (expected is Status.EFFECTIVE)


def test_an_act_that_never_acted_ends_no_other_act() -> None:
    """Where the act that was to end an act is void itself, the first act acts."""
    documents = policies_of(
        DAY,
        p1=NONE,
        p2={**COMING, "repeals": "p1"},
        p3={**EARLIER, "date_effective": "2025-05-01", "repeals": "p2"},
        p4={"date_written": "2025-04-10", "date_published": "2025-04-12", "repeals": "p3"},
    )
    assert documents["p1"].status is Status.REPEALED
    assert documents["p2"].status is Status.EFFECTIVE


def test_a_term_that_ends_before_a_suspension_begins() -> None:
    """A suspension that begins after the act's own term never begins; where the term was renewed it does."""
    act = {**EARLIER, "suspends": "p1", "suspended_from": "2025-09-01", "expires_on": "2025-08-31"}
    renewal = {"date_written": "2025-08-01", "date_published": "2025-08-02", "renews": "p2"}
    assert not policies_of(DAY, p1=NONE, p2=act)["p1"].notices
    renewed = policies_of(DAY, p1=NONE, p2=act, p3={**renewal, "renewed_until": "2027-08-31"})
    assert [notice.kind.value for notice in renewed["p1"].notices] == ["suspended"]


def test_a_declared_day_of_repeal_falls_with_its_act() -> None:
    """A document whose own repealed_on belongs to an act that never acted is in force, and V010 says so."""
    texts = {
        "policies/p1.md": policy_text(1, repealed_by="p2", repealed_on="2025-06-01"),
        "policies/p2.md": policy_text(2, **COMING),
        "policies/p3.md": policy_text(3, **EARLIER, repeals="p2"),
    }
    archive = archive_of(texts)
    assert archive.by_id["p1"].status is Status.EFFECTIVE
    found = run_rules(archive, CONFIG, select_rules(["V010"], ()))
    assert [finding.message for finding in found] == ["写明 2025-06-01 废止，废止它的“p2”在那以前已经终止，没有废止它"]


def test_two_days_of_one_act_contradict_each_other() -> None:
    """A document that names the act and another day than the act has is found, though one of the two days fits."""
    texts = {
        "policies/p1.md": policy_text(1, repealed_by="p2", repealed_on="2027-01-01"),
        "policies/p2.md": policy_text(2, **EARLIER, repeals="p1"),
    }
    found = run_rules(archive_of(texts), CONFIG, select_rules(["V010"], ()))
    assert [(finding.path, finding.message) for finding in found] == [
        ("content/policies/p1.md", "写明 2027-01-01 废止，“p2”却自 2025-03-12 起废止它")
    ]


def test_a_void_act_is_announced_and_listed_nowhere() -> None:
    """What never acts is no relation of the site, on neither side, and no later day of the older document."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2, **{**COMING, "date_effective": "2026-12-01"}, repeals="p1"),
        "policies/p3.md": policy_text(3, **EARLIER, repeals="p2"),
    }
    assert status_changes_of(texts) == []
    records = {record["id"]: record for record in document_records(open_gate(archive_of(texts)))}
    assert records["p1"]["repealed_by"] == []
    assert "repeals" not in records["p2"]
    assert json.dumps(records["p1"]["notices"]) == "[]"


def test_a_hidden_end_still_to_come_is_not_given_away() -> None:
    """An act that a hidden document will end stays announced until that day."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2, **{**COMING, "date_effective": "2026-12-01"}, repeals="p1"),
        "policies/p3.md": policy_text(3, **{**EARLIER, "date_effective": "2026-11-25"}, **HIDDEN, repeals="p2"),
    }
    assert [kind.value for _, _, notices in status_changes_of(texts) for kind in notices] == ["repealed"]
    assert archive_of(texts, D(2026, 12, 1)).by_id["p1"].status is Status.EFFECTIVE


def test_both_sides_know_that_an_act_is_void() -> None:
    """The mark of an act that never acts stands on both sides of the relation, and on no other relation."""
    documents = policies_of(
        DAY, p1=NONE, p2={**COMING, "repeals": "p1", "based_on": "p4"}, p3={**EARLIER, "repeals": "p2"}, p4=NONE
    )
    marked = {
        (name, relation.kind)
        for name, document in documents.items()
        for relation in document.relations
        if relation.void
    }
    assert marked == {("p1", RelationKind.REPEALED_BY), ("p2", RelationKind.REPEALS)}
