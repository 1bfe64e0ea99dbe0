"""What a document is at a day: status, notices, states, and both sides of every relation."""

import datetime as dt
from collections.abc import Mapping

import pytest
from support.stages import CONFIG, DAY, archive_of, notice_text, policies_of, policy_text, problems_of

from generator.config.load import SiteConfig
from generator.domain.model import Document, Notice, NoticeKind, Relation
from generator.domain.vocabulary import ConsultationState, DocType, InterpretationState, RelationKind, Status

D = dt.date
ONE_DAY = dt.timedelta(days=1)
REPEALED, EXPIRED, PENDING = NoticeKind.REPEALED, NoticeKind.EXPIRED, NoticeKind.PENDING
PARTLY_VOID, AMENDED, SCHEDULED = NoticeKind.PARTLY_VOID, NoticeKind.AMENDED, NoticeKind.REPEAL_SCHEDULED
Fields = Mapping[str, object]
ON = D(2025, 3, 1)
LATER: Fields = {"date_written": "2025-02-10", "date_published": "2025-02-12", "date_effective": ON}
NONE: dict[str, object] = {}


def shown(document: Document) -> list[tuple[NoticeKind, dt.date | None]]:
    return [(notice.kind, notice.since) for notice in document.notices]


# what p1 says of itself, what p2 says, the day, p1's status and notices
TABLE: dict[str, tuple[Fields, Fields, dt.date, Status, list[tuple[NoticeKind, dt.date | None]]]] = {
    "nothing happened": (NONE, NONE, DAY, Status.EFFECTIVE, []),
    "repealed, on the day on which the act takes effect": (
        NONE,
        {**LATER, "repeals": "p1"},
        ON,
        Status.REPEALED,
        [(REPEALED, ON)],
    ),
    "repeal announced, one day before it takes effect": (
        NONE,
        {**LATER, "repeals": "p1"},
        ON - ONE_DAY,
        Status.EFFECTIVE,
        [(SCHEDULED, ON)],
    ),
    "repeal announced, on the day of publication": (
        NONE,
        {**LATER, "repeals": "p1"},
        D(2025, 2, 12),
        Status.EFFECTIVE,
        [(SCHEDULED, ON)],
    ),
    "repeal not published yet": (NONE, {**LATER, "repeals": "p1"}, D(2025, 2, 11), Status.EFFECTIVE, []),
    "act without a day of effect counts from its publication": (
        NONE,
        {"date_published": "2025-02-12", "repeals": "p1"},
        D(2025, 2, 12),
        Status.REPEALED,
        [(REPEALED, D(2025, 2, 12))],
    ),
    "act in effect on publication": (
        NONE,
        {"date_published": "2025-02-12", "date_effective": "on_publication", "repeals": "p1"},
        D(2025, 2, 12),
        Status.REPEALED,
        [(REPEALED, D(2025, 2, 12))],
    ),
    "act that was in effect before it was published": (
        NONE,
        {"date_published": "2025-02-12", "date_effective": "2025-02-01", "repeals": "p1"},
        D(2025, 2, 12),
        Status.REPEALED,
        [(REPEALED, D(2025, 2, 1))],
    ),
    "replaced": (NONE, {**LATER, "replaces": "p1"}, ON, Status.REPEALED, [(REPEALED, ON)]),
    "replacement announced": (NONE, {**LATER, "replaces": "p1"}, ON - ONE_DAY, Status.EFFECTIVE, [(SCHEDULED, ON)]),
    "the old one names the act inside the site": ({"repealed_by": "p2"}, LATER, ON, Status.REPEALED, [(REPEALED, ON)]),
    "the old one names the act inside the site and a later day": (
        {"repealed_by": "p2", "repealed_on": "2025-06-01"},
        LATER,
        D(2025, 5, 31),
        Status.EFFECTIVE,
        [(SCHEDULED, D(2025, 6, 1))],
    ),
    "outside act, on its day": (
        {"repealed_by": "示例省人民政府令第300号", "repealed_on": ON},
        NONE,
        ON,
        Status.REPEALED,
        [(REPEALED, ON)],
    ),
    "outside act, one day before": (
        {"repealed_by": "示例省人民政府令第300号", "repealed_on": ON},
        NONE,
        ON - ONE_DAY,
        Status.EFFECTIVE,
        [(SCHEDULED, ON)],
    ),
    "outside act without a day": (
        {"repealed_by": "示例省人民政府令第300号"},
        NONE,
        DAY,
        Status.REPEALED,
        [(REPEALED, None)],
    ),
    "repealed for a reason": (
        {"repealed_on": ON, "repeal_reason": "依据已失效"},
        NONE,
        ON,
        Status.REPEALED,
        [(REPEALED, ON)],
    ),
    "repeal for a reason, one day before": (
        {"repealed_on": ON, "repeal_reason": "依据已失效"},
        NONE,
        ON - ONE_DAY,
        Status.EFFECTIVE,
        [(SCHEDULED, ON)],
    ),
    "last day of validity": ({"expires_on": ON}, NONE, ON, Status.EFFECTIVE, []),
    "day behind the last day of validity": ({"expires_on": ON}, NONE, ON + ONE_DAY, Status.EXPIRED, [(EXPIRED, ON)]),
    "one day before it takes effect": ({"date_effective": ON}, NONE, ON - ONE_DAY, Status.PENDING, [(PENDING, ON)]),
    "day on which it takes effect": ({"date_effective": ON}, NONE, ON, Status.EFFECTIVE, []),
    "on publication, before": (
        {"date_effective": "on_publication"},
        NONE,
        D(2024, 5, 7),
        Status.PENDING,
        [(PENDING, D(2024, 5, 8))],
    ),
    "on publication, on the day": ({"date_effective": "on_publication"}, NONE, D(2024, 5, 8), Status.EFFECTIVE, []),
    "amended": (NONE, {**LATER, "amends": "p1"}, ON, Status.AMENDED, [(AMENDED, ON)]),
    "amendment not in effect yet": (NONE, {**LATER, "amends": "p1"}, ON - ONE_DAY, Status.EFFECTIVE, []),
    "a clause amended": (NONE, {**LATER, "amends": "p1#第三条"}, ON, Status.AMENDED, [(AMENDED, ON)]),
    "a clause repealed": (NONE, {**LATER, "repeals": "p1#第三条"}, ON, Status.PARTLY_VOID, [(PARTLY_VOID, ON)]),
    "a clause replaced": (NONE, {**LATER, "replaces": "p1#第三条"}, ON, Status.PARTLY_VOID, [(PARTLY_VOID, ON)]),
    "repeal of a clause not in effect yet": (
        NONE,
        {**LATER, "repeals": "p1#第三条"},
        ON - ONE_DAY,
        Status.EFFECTIVE,
        [],
    ),
    "merely based on it": (NONE, {**LATER, "based_on": "p1"}, ON, Status.EFFECTIVE, []),
    # first match wins
    "repealed before expired": (
        {"expires_on": "2024-12-31"},
        {**LATER, "repeals": "p1"},
        ON,
        Status.REPEALED,
        [(REPEALED, ON)],
    ),
    "expired before pending": (
        {"expires_on": "2024-12-31", "date_effective": "2024-06-01"},
        NONE,
        ON,
        Status.EXPIRED,
        [(EXPIRED, D(2024, 12, 31))],
    ),
    "expired before amended": (
        {"expires_on": "2024-12-31"},
        {**LATER, "amends": "p1"},
        ON,
        Status.EXPIRED,
        [(EXPIRED, D(2024, 12, 31))],
    ),
    "pending before partly void": (
        {"date_effective": "2025-06-01"},
        {**LATER, "repeals": "p1#第一条"},
        ON,
        Status.PENDING,
        [(PENDING, D(2025, 6, 1)), (PARTLY_VOID, ON)],
    ),
    "partly void before amended": (
        NONE,
        {**LATER, "repeals": "p1#第一条", "amends": "p1#第二条"},
        ON,
        Status.PARTLY_VOID,
        [(PARTLY_VOID, ON), (AMENDED, ON)],
    ),
    "repealed before everything": (
        {
            "repealed_on": "2025-02-20",
            "repeal_reason": "无",
            "expires_on": "2024-12-31",
            "date_effective": "2024-06-01",
        },
        {**LATER, "amends": "p1"},
        ON,
        Status.REPEALED,
        [(REPEALED, D(2025, 2, 20))],
    ),
    "expired although a repeal is announced": (
        {"expires_on": "2025-02-13"},
        {**LATER, "repeals": "p1"},
        ON - ONE_DAY,
        Status.EXPIRED,
        [(EXPIRED, D(2025, 2, 13))],
    ),
    "amended, and a repeal announced": (
        {"repealed_on": "2025-06-01", "repeal_reason": "无"},
        {**LATER, "amends": "p1"},
        ON,
        Status.AMENDED,
        [(AMENDED, ON), (SCHEDULED, D(2025, 6, 1))],
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_status_and_notices_at_a_day(case: str) -> None:
    """A policy's status and notices at a day are those of the contract: the first match gives the status."""
    old, new, day, status, notices = TABLE[case]
    document = policies_of(day, p1=old, p2=new)["p1"]
    assert document.status is status
    assert shown(document) == notices
    assert document.value("status") is None


@pytest.mark.parametrize("case", TABLE)
def test_day_after_day_only_forward(case: str) -> None:
    """Once repealed or expired, a document is never anything else on a later day."""
    old, new, day, _, _ = TABLE[case]
    ended = False
    for day_ in (day - 400 * ONE_DAY, day, day + 400 * ONE_DAY, day + 4000 * ONE_DAY):
        status = policies_of(day_, p1=old, p2=new)["p1"].status
        assert status is not None
        assert not ended or status in {Status.REPEALED, Status.EXPIRED}
        ended = status in {Status.REPEALED, Status.EXPIRED}


def test_notice_names_the_act() -> None:
    """A notice of repeal holds the act inside the site by its id, one outside by its name."""
    inside = policies_of(DAY, p1=NONE, p2={**LATER, "repeals": "p1"})["p1"].notices[0]
    assert inside.acts == (Relation(RelationKind.REPEALED_BY, "p2", "", ON),)
    outside = policies_of(DAY, p1={"repealed_by": "示例省人民政府令第300号", "repealed_on": ON})["p1"].notices[0]
    assert outside.acts == (Relation(RelationKind.REPEALED_BY, "", "", ON, outside="示例省人民政府令第300号"),)


def test_clause_stands_in_the_relation() -> None:
    """A repeal of a clause names the clause on both sides."""
    found = policies_of(DAY, p1=NONE, p2={**LATER, "repeals": "p1#第三条"})
    assert found["p1"].related(RelationKind.REPEALED_BY) == (Relation(RelationKind.REPEALED_BY, "p2", "第三条", ON),)
    assert found["p2"].related(RelationKind.REPEALS) == (Relation(RelationKind.REPEALS, "p1", "第三条", ON),)


def test_chain_of_repeals() -> None:
    """In a chain each document is ended by the next one on its own day, and a repealed act still ends its elder."""
    chain: dict[str, Fields] = {
        "p1": NONE,
        "p2": {"date_published": "2024-07-01", "repeals": "p1"},
        "p3": {"date_published": "2024-09-01", "repeals": "p2"},
    }
    states = {
        D(2024, 6, 30): (Status.EFFECTIVE, Status.EFFECTIVE, Status.EFFECTIVE),
        D(2024, 7, 1): (Status.REPEALED, Status.EFFECTIVE, Status.EFFECTIVE),
        D(2024, 9, 1): (Status.REPEALED, Status.REPEALED, Status.EFFECTIVE),
    }
    for day, wanted in states.items():
        found = policies_of(day, **chain)
        assert tuple(found[name].status for name in ("p1", "p2", "p3")) == wanted, day
    assert shown(policies_of(DAY, **chain)["p1"]) == [(REPEALED, D(2024, 7, 1))]


def test_one_decision_repeals_many() -> None:
    """A decision ends everything in its list, and nothing else."""
    found = policies_of(
        DAY,
        p1=NONE,
        p2=NONE,
        p3=NONE,
        p4=NONE,
        p5={"date_published": "2025-01-01", "repeals": "[p1, 例人社发〔2024〕2号, p3#第一条]"},
    )
    assert [found[f"p{n}"].status for n in range(1, 6)] == [
        Status.REPEALED,
        Status.REPEALED,
        Status.PARTLY_VOID,
        Status.EFFECTIVE,
        Status.EFFECTIVE,
    ]
    assert [relation.target for relation in found["p5"].related(RelationKind.REPEALS)] == ["p1", "p2", "p3"]


def test_two_acts_that_end_one_document() -> None:
    """Where two acts end a document, the earlier one gives the day; until the second works, it is not named."""
    acts: dict[str, Fields] = {
        "p1": NONE,
        "p2": {"date_published": "2024-07-01", "repeals": "p1"},
        "p3": {"date_published": "2024-09-01", "replaces": "p1"},
    }
    first = policies_of(D(2024, 8, 1), **acts)["p1"].notices[0]
    assert (first.since, [act.target for act in first.acts]) == (D(2024, 7, 1), ["p2"])
    both = policies_of(DAY, **acts)["p1"].notices[0]
    assert (both.since, [act.target for act in both.acts]) == (D(2024, 7, 1), ["p2", "p3"])


def test_several_amendments() -> None:
    """Of several amendments that are in effect, the latest gives the day and all are named."""
    acts: dict[str, Fields] = {
        "p1": NONE,
        "p2": {"date_published": "2024-07-01", "amends": "p1"},
        "p3": {"date_published": "2024-09-01", "amends": "p1"},
        "p4": {"date_published": "2024-10-01", "date_effective": "2030-01-01", "amends": "p1"},
    }
    notice = policies_of(DAY, **acts)["p1"].notices[0]
    assert (notice.since, [act.target for act in notice.acts]) == (D(2024, 9, 1), ["p2", "p3"])


def test_effective_on() -> None:
    """自发布之日起施行 is the day of publication; without a word there is no such day."""
    found = policies_of(
        DAY,
        p1={"date_effective": "自发布之日起施行", "date_published": "2024-05-08 09:30"},
        p2={"date_effective": "2024-07-01"},
        p3=NONE,
    )
    assert [found[name].effective_on for name in ("p1", "p2", "p3")] == [D(2024, 5, 8), D(2024, 7, 1), None]


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    "reference",
    [
        "p1",
        "123456789/2024-00001",
        "'123456789 / 2024-00001'",
        "１２３４５６７８９/2024-00001",
        "例人社发〔2024〕1号",
        "例人社发[2024]1号",
        "例人社发（2024）1号",
        "例人社发(2024)1号",
        "例人社发【2024】1号",
        "例人社发［2024］1 号",
        "例人社发〈2024〉１号",
        "[p1]",
        "[例人社发[2024]1号, p1]",
    ],
)
@pytest.mark.parametrize(
    ("key", "there", "back"),
    [
        ("repeals", RelationKind.REPEALS, RelationKind.REPEALED_BY),
        ("amends", RelationKind.AMENDS, RelationKind.AMENDED_BY),
        ("replaces", RelationKind.REPLACES, RelationKind.REPLACED_BY),
        ("based_on", RelationKind.BASED_ON, RelationKind.BASIS_OF),
        ("responds_to", RelationKind.RESPONDS_TO, RelationKind.RESPONDED_BY),
        ("outcome", RelationKind.OUTCOME, RelationKind.OUTCOME_OF),
        ("interprets", RelationKind.INTERPRETS, RelationKind.INTERPRETED_BY),
    ],
)
def test_reference_gives_both_sides(reference: str, key: str, there: RelationKind, back: RelationKind) -> None:
    """A reference by id, 索引号 or 文号 in any brackets gives the relation and its other side, once."""
    if reference == "[例人社发[2024]1号, p1]":
        reference = "['例人社发[2024]1号', p1]"
    found = policies_of(DAY, p1=NONE, p2={key: reference})
    assert [(relation.kind, relation.target) for relation in found["p2"].relations] == [(there, "p1")]
    assert [(relation.kind, relation.target) for relation in found["p1"].relations] == [(back, "p2")]
    assert there.inverse is back
    assert back.inverse is there


def test_every_relation_has_an_inverse() -> None:
    """The inverse of the inverse of each relation is the relation itself."""
    assert all(kind.inverse.inverse is kind and kind.inverse is not kind for kind in RelationKind)


def test_citation_in_the_text_gives_both_sides() -> None:
    """A 文号 in the text is a citation, once however often it stands there, and never of the text's own number."""
    archive = archive_of(
        {
            "policies/p1.md": policy_text(1),
            "policies/p2.md": policy_text(
                2, "根据例人社发[2024]1号。\n\n按照例人社发〔2024〕１号和例人社发〔2024〕2号办理。\n"
            ),
        }
    )
    assert [(one.kind, one.target) for one in archive.by_id["p2"].relations] == [(RelationKind.CITES, "p1")]
    assert [(one.kind, one.target) for one in archive.by_id["p1"].relations] == [(RelationKind.CITED_BY, "p2")]


def test_outside_act_has_no_other_side() -> None:
    """An act outside the site is kept by its name; an act inside it is a relation like any other."""
    found = policies_of(DAY, p1={"repealed_by": "例人社发[2024]2号"}, p2=NONE)
    assert [(one.kind, one.target) for one in found["p2"].relations] == [(RelationKind.REPEALS, "p1")]
    assert not found["p1"].relations[0].outside


# ---------------------------------------------------------------- interpretations


@pytest.mark.parametrize("case", TABLE)
def test_interpretation_inherits_the_notices(case: str) -> None:
    """An interpretation carries the notices of what it interprets, with the document that they are about."""
    old, new, day, _, _ = TABLE[case]
    texts = {
        "policies/p1.md": policy_text(1, **dict(old)),
        "policies/p2.md": policy_text(2, **dict(new)),
        "interpretations/i1.md": notice_text(interprets="p1"),
        "interpretations/i2.md": notice_text(interprets="p2"),
    }
    archive = archive_of(texts, day)
    assert not problems_of(archive)
    own = archive.by_id["p1"].notices
    inherited = tuple(one for one in archive.by_id["i1"].notices if one.kind is not NoticeKind.OUTDATED)
    assert inherited == tuple(Notice(one.kind, one.since, one.acts, about="p1") for one in own)
    assert all(one.about == "p2" for one in archive.by_id["i2"].notices)
    assert archive.by_id["i1"].status is None


def test_interpretation_of_two_documents_inherits_from_both() -> None:
    """An interpretation of several documents carries the notices of each."""
    archive = archive_of(
        {
            "policies/p1.md": policy_text(1, expires_on="2025-01-01"),
            "policies/p2.md": policy_text(2),
            "policies/p3.md": policy_text(3, date_effective="2030-01-01"),
            "interpretations/i1.md": notice_text(interprets="[p1, p2, p3]"),
        }
    )
    assert [(one.kind, one.about) for one in archive.by_id["i1"].notices] == [(EXPIRED, "p1"), (PENDING, "p3")]


# The policy is published on Friday 2024-05-17; working days follow on 20, 21, 22 and 23 May.
PUBLISHED = D(2024, 5, 17)
STATES: dict[str, tuple[Fields, list[str], dt.date, InterpretationState]] = {
    "an ordinary document": ({"doc_type": "policy"}, [], DAY, InterpretationState.NOT_REQUIRED),
    "no type": (NONE, [], DAY, InterpretationState.NOT_REQUIRED),
    "an ordinary document that is interpreted": (
        {"doc_type": "policy"},
        ["2024-05-17"],
        DAY,
        InterpretationState.NOT_REQUIRED,
    ),
    "declined without a reason": (
        {"doc_type": "normative", "interpretation_required": "false"},
        [],
        DAY,
        InterpretationState.NOT_REQUIRED,
    ),
    "exempt": (
        {"doc_type": "normative", "interpretation_required": "免解读", "interpretation_exempt_reason": "程序性"},
        [],
        DAY,
        InterpretationState.EXEMPT,
    ),
    "required by its own word": (
        {"doc_type": "policy", "interpretation_required": "应解读"},
        [],
        DAY,
        InterpretationState.MISSING,
    ),
    "a reason without declining": (
        {"doc_type": "rule", "interpretation_exempt_reason": "程序性"},
        [],
        DAY,
        InterpretationState.MISSING,
    ),
    "auto": ({"doc_type": "rule", "interpretation_required": "auto"}, [], DAY, InterpretationState.MISSING),
    "same day": ({"doc_type": "normative"}, ["2024-05-17"], DAY, InterpretationState.SAME_DAY),
    "weekend": ({"doc_type": "normative"}, ["2024-05-19"], DAY, InterpretationState.SAME_DAY),
    "before the document": ({"doc_type": "normative"}, ["2024-05-16"], DAY, InterpretationState.SAME_DAY),
    "first working day": ({"doc_type": "normative"}, ["2024-05-20"], DAY, InterpretationState.IN_TIME),
    "last day of the limit": ({"doc_type": "rule"}, ["2024-05-22"], DAY, InterpretationState.IN_TIME),
    "one day late": ({"doc_type": "rule"}, ["2024-05-23"], DAY, InterpretationState.LATE),
    "the first of several counts": (
        {"doc_type": "rule"},
        ["2024-06-30", "2024-05-20"],
        DAY,
        InterpretationState.IN_TIME,
    ),
    "limit not reached": ({"doc_type": "rule"}, [], D(2024, 5, 22), InterpretationState.PENDING),
    "limit passed": ({"doc_type": "rule"}, [], D(2024, 5, 23), InterpretationState.MISSING),
    "interpretation of tomorrow": ({"doc_type": "rule"}, ["2024-05-22"], D(2024, 5, 21), InterpretationState.PENDING),
    "not published yet": ({"doc_type": "rule"}, [], D(2024, 5, 1), InterpretationState.PENDING),
}


def interpreted(
    policy: Fields, days: list[str], as_of: dt.date, config: SiteConfig = CONFIG
) -> InterpretationState | None:
    texts = {"policies/p1.md": policy_text(1, **{"date_published": PUBLISHED, **policy})}
    texts |= {
        f"interpretations/i{n}.md": notice_text(interprets="p1", date_published=day) for n, day in enumerate(days)
    }
    archive = archive_of(texts, as_of, config=config)
    assert not problems_of(archive)
    return archive.by_id["p1"].interpretation_state


@pytest.mark.parametrize("case", STATES)
def test_interpretation_state(case: str) -> None:
    """The state of interpretation is that of the contract, counted in working days."""
    policy, days, as_of, state = STATES[case]
    assert interpreted(policy, days, as_of) is state


@pytest.mark.parametrize("doc_type", DocType)
def test_types_that_must_be_interpreted(doc_type: DocType) -> None:
    """规章 and 行政规范性文件 must be interpreted, others when the config adds them by code or by label."""
    required = {DocType.RULE, DocType.NORMATIVE}
    missing = interpreted({"doc_type": doc_type.value}, [], DAY) is InterpretationState.MISSING
    assert missing is (doc_type in required)
    for word in (doc_type.value, doc_type.label):
        config = SiteConfig.model_validate({**CONFIG.model_dump(), "interpretation": {"also_required": [word]}})
        assert interpreted({"doc_type": doc_type.value}, [], DAY, config) is InterpretationState.MISSING


def test_limit_comes_from_the_config() -> None:
    """The limit in working days is the config's."""
    config = SiteConfig.model_validate({**CONFIG.model_dump(), "deadlines": {"interpret_max_workdays": 4}})
    assert interpreted({"doc_type": "rule"}, ["2024-05-23"], DAY, config) is InterpretationState.IN_TIME
    assert interpreted({"doc_type": "rule"}, [], D(2024, 5, 23), config) is InterpretationState.PENDING


def test_limit_counts_official_working_days() -> None:
    """A holiday lengthens the limit, a working Sunday shortens it: 2020-06-22 to 2020-06-29 is four working days."""
    policy: Fields = {"doc_type": "rule", "date_written": "2020-06-20", "date_published": "2020-06-22"}
    assert interpreted(policy, ["2020-06-28"], DAY) is InterpretationState.IN_TIME
    assert interpreted(policy, ["2020-06-29"], DAY) is InterpretationState.LATE


# ---------------------------------------------------------------- consultations


@pytest.mark.parametrize(
    ("fields", "day", "state"),
    [
        ({}, D(2024, 5, 9), ConsultationState.UPCOMING),
        ({}, D(2024, 5, 10), ConsultationState.OPEN),
        ({}, D(2024, 6, 10), ConsultationState.OPEN),
        ({}, D(2024, 6, 11), ConsultationState.CLOSED),
        ({"outcome": "n1"}, D(2024, 6, 10), ConsultationState.OPEN),
        ({"outcome": "n1"}, D(2024, 6, 11), ConsultationState.ANSWERED),
        ({"outcome_published": "2024-06-11"}, D(2024, 6, 11), ConsultationState.ANSWERED),
        ({"outcome_published": "2024-07-01"}, D(2024, 6, 30), ConsultationState.CLOSED),
        ({"outcome_published": "2024-07-01"}, D(2024, 7, 1), ConsultationState.ANSWERED),
        ({"outcome": "n2"}, D(2024, 6, 30), ConsultationState.CLOSED),
        ({"outcome": "n2"}, D(2024, 7, 1), ConsultationState.ANSWERED),
        ({"opens_on": None}, D(2024, 6, 11), None),
        ({"closes_on": None}, D(2024, 6, 11), None),
    ],
)
def test_consultation_state(fields: Fields, day: dt.date, state: ConsultationState | None) -> None:
    """A consultation is open from its first day to its last one inclusive, then closed until it is answered."""
    own = {"opens_on": "2024-05-10", "closes_on": "2024-06-10", **fields}
    texts = {"consultations/c1.md": notice_text(**own), "notices/n1.md": notice_text()}
    archive = archive_of({**texts, "notices/n2.md": notice_text(date_published="2024-07-01")}, day)
    assert not problems_of(archive)
    document = archive.by_id["c1"]
    assert document.consultation_state is state
    assert (document.status, document.interpretation_state) == (None, None)


def test_archive_is_a_function_of_its_sources_and_day() -> None:
    """The same pages and day give equal archives; another day gives another one."""
    texts = {
        "policies/p1.md": policy_text(1, expires_on="2025-01-01"),
        "interpretations/i1.md": notice_text(interprets="p1"),
    }
    assert archive_of(texts) == archive_of(texts)
    assert archive_of(texts, D(2024, 12, 31)).documents != archive_of(texts).documents


def test_a_clause_repeal_does_not_hide_a_whole_one() -> None:
    """A policy that says since when it is repealed is repealed, even where another act had repealed a clause before."""
    texts = {
        "policies/p1.md": policy_text(1, repealed_on="2025-06-01", repeal_reason="目的已经实现"),
        "policies/p2.md": policy_text(2, repeals="p1#第二条"),
    }
    assert archive_of(texts).by_id["p1"].status is Status.REPEALED
