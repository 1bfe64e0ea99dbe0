"""Relations over time: suspension, renewal, clean-up results, consolidated texts; in facts, pages and files."""

import datetime as dt
import json
from collections.abc import Mapping

import pytest
from support.built_site import dead_addresses, made, read_page
from support.project import Project
from support.search_page import search_cards
from support.stages import CONFIG, DAY, HIDDEN, archive_of, next_change, policies_of, policy_text, status_changes_of

from generator.audit import run_rules, select_rules
from generator.domain.model import Document, NoticeKind
from generator.domain.vocabulary import RelationKind, Status
from generator.graph.gate import open_gate
from generator.verify.run import verify

D = dt.date
BASE = "https://rsj.example.gov.cn/zwgk/"
ACT = {"date_written": "2025-02-10", "date_published": "2025-02-12"}
SUSPENDS = {**ACT, "suspends": "p1", "suspended_from": "2025-03-01", "suspended_until": "2025-05-31"}
RENEWS = {**ACT, "renews": "p1", "renewed_until": "2027-12-31"}
TERM = {"expires_on": "2025-12-31"}
NONE: dict[str, object] = {}


def kinds(document: Document) -> list[str]:
    return [notice.kind.value for notice in document.notices]


SUSPENDED: dict[str, tuple[Mapping[str, object], Mapping[str, object], D, list[str]]] = {
    "announced": (SUSPENDS, NONE, D(2025, 2, 28), ["suspension_scheduled"]),
    "on its first day": (SUSPENDS, NONE, D(2025, 3, 1), ["suspended"]),
    "on its last day": (SUSPENDS, NONE, D(2025, 5, 31), ["suspended"]),
    "over by itself": (SUSPENDS, NONE, D(2025, 6, 1), []),
    "not published yet": (SUSPENDS, NONE, D(2025, 2, 11), []),
    "without an end": ({**ACT, "suspends": "p1"}, NONE, DAY, ["suspended"]),
    "resumed": ({**ACT, "suspends": "p1"}, {"date_published": "2025-08-01", "resumes": "p1"}, D(2025, 8, 1), []),
    "resumption not there yet": (
        {**ACT, "suspends": "p1"},
        {"date_published": "2025-08-01", "resumes": "p1"},
        D(2025, 7, 31),
        ["suspended"],
    ),
    "one clause": ({**SUSPENDS, "suspends": "p1#第二条"}, NONE, D(2025, 3, 1), ["partly_suspended"]),
    "another clause resumed": (
        {**ACT, "suspends": "p1#第二条"},
        {"date_published": "2025-08-01", "resumes": "p1#第一条"},
        DAY,
        ["partly_suspended"],
    ),
}


@pytest.mark.parametrize("case", SUSPENDED)
def test_a_suspension_at_a_day(case: str) -> None:
    """A suspended document keeps its status and carries the notice from its first day to its last."""
    act, other, day, notices = SUSPENDED[case]
    document = policies_of(day, p1=NONE, p2=act, p3={"date_written": "2025-07-30", **other})["p1"]
    assert kinds(document) == notices
    assert document.status is Status.EFFECTIVE


@pytest.mark.parametrize(
    ("suspends", "resumes", "found"),
    [
        ("p1", "p1", 0),
        ("p1#第二条", "p1", 0),
        ("p1#第二条", "p1#第二条", 0),
        ("p1#第二条", "p1#第一条", 1),
        (None, "p1", 1),
        ("p2", "p1", 1),
    ],
)
def test_what_was_never_suspended_cannot_be_resumed(suspends: str | None, resumes: str, found: int) -> None:
    """A resumption that lifts no suspension is F010: nothing on the page would tell of it."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2),
        "policies/p3.md": policy_text(3, **ACT, suspends=suspends),
        "policies/p4.md": policy_text(4, date_written="2025-07-30", date_published="2025-08-01", resumes=resumes),
    }
    findings = run_rules(archive_of(texts), CONFIG, select_rules(["F010"], []))
    assert [(one.path, one.field) for one in findings] == [("content/policies/p4.md", "resumes")] * found


RENEWED: dict[str, tuple[Mapping[str, object], D, Status, D]] = {
    "before the renewal": (RENEWS, D(2025, 2, 11), Status.EFFECTIVE, D(2025, 12, 31)),
    "past the old term": (RENEWS, D(2026, 1, 1), Status.EFFECTIVE, D(2027, 12, 31)),
    "on the last new day": (RENEWS, D(2027, 12, 31), Status.EFFECTIVE, D(2027, 12, 31)),
    "past the new term": (RENEWS, D(2028, 1, 1), Status.EXPIRED, D(2027, 12, 31)),
    "renewing text with its own term": (
        {**ACT, "renews": "p1", "expires_on": "2029-12-31"},
        D(2028, 1, 1),
        Status.EFFECTIVE,
        D(2029, 12, 31),
    ),
    "a hidden act renews nothing": ({**RENEWS, **HIDDEN}, D(2026, 1, 1), Status.EXPIRED, D(2025, 12, 31)),
}


@pytest.mark.parametrize("case", RENEWED)
def test_a_renewal_at_a_day(case: str) -> None:
    """A renewal in force gives the term; one that nobody may read, or that is not out yet, gives none."""
    act, day, status, term = RENEWED[case]
    document = policies_of(day, p1=TERM, p2=act)["p1"]
    assert (document.status, document.term) == (status, term)


def test_renewals_form_a_chain() -> None:
    """The last renewal in force gives the term, and all of them stay in the notice."""
    again = {
        "date_written": "2027-05-01",
        "date_published": "2027-05-03",
        "renews": "p1",
        "renewed_until": "2030-12-31",
    }
    document = policies_of(D(2028, 6, 1), p1=TERM, p2=RENEWS, p3=again)["p1"]
    assert document.term == D(2030, 12, 31)
    assert [(notice.kind, notice.until) for notice in document.notices] == [(NoticeKind.RENEWED, D(2030, 12, 31))]
    assert [act.target for act in document.notices[0].acts] == ["p2", "p3"]


def test_a_hidden_resumption_lifts_nothing() -> None:
    """What nobody may read does not make a suspended document applicable again."""
    lifted = {"date_written": "2025-07-30", "date_published": "2025-08-01", "resumes": "p1", **HIDDEN}
    assert kinds(policies_of(DAY, p1=NONE, p2={**ACT, "suspends": "p1"}, p3=lifted)["p1"]) == ["suspended"]


CLEANUP = "{继续有效: [p1], 修改: p3, 废止: p4, 宣布失效: p5}"


def test_one_clean_up_drives_many_statuses() -> None:
    """Its lists repeal, end, keep and mark for revision, each document with both sides of the relation."""
    found = policies_of(DAY, p1=NONE, p2={**ACT, "cleanup": CLEANUP}, p3=NONE, p4=NONE, p5=NONE)
    assert {name: (one.status, kinds(one)) for name, one in found.items()} == {
        "p1": (Status.EFFECTIVE, []),
        "p2": (Status.EFFECTIVE, []),
        "p3": (Status.EFFECTIVE, ["revision_due"]),
        "p4": (Status.REPEALED, ["repealed"]),
        "p5": (Status.EXPIRED, ["expired"]),
    }
    assert [relation.kind for name in ("p1", "p3", "p4", "p5") for relation in found[name].relations] == [
        RelationKind.KEPT_BY,
        RelationKind.REVISED_BY,
        RelationKind.REPEALED_BY,
        RelationKind.LAPSED_BY,
    ]


def test_a_revision_ends_the_mark() -> None:
    """A document that was to be revised is simply amended once it is."""
    amended = {"date_written": "2025-06-01", "date_published": "2025-06-03", "amends": "p3"}
    found = policies_of(DAY, p1=NONE, p2={**ACT, "cleanup": CLEANUP}, p3=NONE, p4=NONE, p5=NONE, p6=amended)
    assert kinds(found["p3"]) == ["amended"]


@pytest.mark.parametrize(
    ("own", "merged"),
    [(NONE, False), ({"consolidated_to": "p2"}, False), ({"consolidated_to": "例人社发[2024]3号"}, True)],
    ids=["nothing said", "the first of two", "the last of two"],
)
def test_a_text_is_consolidated_up_to_an_act(own: dict[str, object], merged: bool) -> None:
    """The text holds the amendments up to the act that it names; only with the last one it is consolidated."""
    last = {"date_written": "2025-06-01", "date_published": "2025-06-03", "amends": "p1"}
    document = policies_of(DAY, p1=own, p2={**ACT, "amends": "p1"}, p3=last)["p1"]
    assert [(notice.kind, notice.merged) for notice in document.notices] == [(NoticeKind.AMENDED, merged)]


def test_later_days_are_told() -> None:
    """Beginning and end of a suspension, and the end of a renewed term, are known days."""
    act = {"date_published": "2026-11-01", "date_written": "2026-10-30"}
    texts = {
        "policies/p1.md": policy_text(1, expires_on="2026-12-31"),
        "policies/p2.md": policy_text(
            2, suspends="p1", suspended_from="2026-12-01", suspended_until="2027-01-15", **act
        ),
        "policies/p3.md": policy_text(3, renews="p1", renewed_until="2028-12-31", **act),
    }
    renewed = NoticeKind.RENEWED
    assert status_changes_of(texts) == [
        (D(2026, 12, 1), Status.EFFECTIVE, [NoticeKind.SUSPENDED, renewed]),
        (D(2027, 1, 16), Status.EFFECTIVE, [renewed]),
        (D(2029, 1, 1), Status.EXPIRED, [NoticeKind.EXPIRED]),
    ]
    assert next_change(texts) == (D(2026, 12, 1), ["p1"])


def test_a_hidden_suspension_is_not_named() -> None:
    """A hidden act suspends, and neither its name, its days nor its coming end are told."""
    texts = {"policies/p1.md": policy_text(1), "policies/p2.md": policy_text(2, **{**SUSPENDS, **HIDDEN})}
    shown = open_gate(archive_of(texts, D(2025, 4, 1))).by_id["p1"]
    assert [(one.kind, one.since, one.until, one.acts) for one in shown.notices] == [
        (NoticeKind.SUSPENDED, None, None, ())
    ]
    assert shown.relations == ()


def test_a_circle_of_three_is_found() -> None:
    """Three documents of one day that repeal one another in a circle are an error at the first."""
    texts = {f"policies/p{one}.md": policy_text(one, repeals=f"p{other}") for one, other in ((1, 2), (2, 3), (3, 1))}
    archive = archive_of(texts)
    found = run_rules(archive, CONFIG, select_rules(["F004"], []))
    assert [(one.path, one.message) for one in found] == [
        ("content/policies/p1.md", "3 份文件循环处理：p1 → p2 → p3 → p1")
    ]


@pytest.fixture
def full(project: Project) -> Project:
    """Write a site with all of it."""
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n", expires_on="2026-12-31", consolidated_to="p6")
    project.policy("p2", title="延续通知", renews="p1", renewed_until="2028-12-31", renewed_as="例登1号", **ACT)
    project.policy("p3", title="暂停通知", suspends="p4", suspended_from="2026-11-01", **ACT)
    project.policy("p4", title="被暂停的办法")
    project.policy("p5", title="清理结果的公告", cleanup="{继续有效: [p1, p4], 宣布失效: [p7]}", **ACT)
    project.policy("p6", title="修改决定", amends="p1", **ACT)
    project.policy("p7", title="失效的办法")
    project.interpretation("i4", title="被暂停的办法解读", interprets="p4")
    return project


def test_pages_say_it_before_the_text(full: Project) -> None:
    """The notices stand before the text with their acts; lists carry the mark; interpretations inherit it."""
    site = made(full)
    first = read_page(site / "policies/p1/index.html")
    said = [" ".join(node.text.split()) for node in first.all(data_notice="*")]
    assert said[0].startswith("本文件已修改，正文是修改后的文本（修改至2025年2月12日） 已并入正文的修改文件：修改决定")
    assert said[1].startswith(
        "本文件的有效期已经延续（自2025年2月12日起延续，有效期至2028年12月31日） 延续的依据：延续通知"
    )
    assert "例登1号" in said[1]
    facts = {node.one("dt").text: node.one("dd").text for node in first.one(class_="facts-rest").all("div")}
    assert facts["有效期至"] == "2028年12月31日（已经延续，原为2026年12月31日）"
    paused = read_page(site / "policies/p4/index.html")
    assert [node.text for node in paused.one("h1").classed("badge")] == ["暂停执行"]
    assert paused.one("article")["data-status"] == "effective"
    assert paused.one("dl", class_="facts").one("dd", data_status="effective").text == "有效，暂停执行"
    notice, text = paused.one(data_notice="suspended"), paused.one("div", class_="text")
    assert notice.place < text.place
    listed = read_page(site / "effective/index.html")
    assert [node.text for node in listed.all("span", data_notice="suspended")] == ["暂停执行"]
    assert read_page(site / "interpretations/i4/index.html").one(data_notice="suspended") is not None
    events = [node.text for node in first.one("section", class_="timeline").all("strong")]
    assert events == ["本文件发布", "延续有效期", "清理后继续有效", "修改", "有效期届满"]
    assert dead_addresses(site, BASE) == []
    assert list(verify(site).faults) == []


def test_the_clean_up_has_its_table(full: Project) -> None:
    """The page of a clean-up lists every document with its conclusion and what it is today, with links."""
    root = read_page(made(full) / "policies/p5/index.html")
    rows = [[cell.text for cell in row.all("td")] for row in root.one("section", class_="cleanup").all("tr")][1:]
    assert rows == [
        ["1", "示例市灵活就业补贴办法（例人社发〔2024〕1号）", "继续有效", "已修改"],
        ["2", "被暂停的办法（例人社发〔2024〕4号）", "继续有效", "有效，暂停执行"],
        ["3", "失效的办法（例人社发〔2024〕7号）", "宣布失效", "已失效"],
    ]
    assert [node["data-relation"] for node in root.one("section", class_="cleanup").all("a")] == [
        "keeps", "keeps", "lapses"
    ]  # fmt: skip


def test_programs_are_told(full: Project) -> None:
    """The API has notices, the renewed term and both sides; a suspended document has no legal force."""
    site = made(full)
    records = full.records()
    assert records["p1"]["valid_until"] == "2028-12-31"
    assert records["p4"]["notices"] == ["suspended"]
    assert records["p4"]["suspended_by"] == ["p3"]
    assert records["p7"]["lapsed_by"] == ["p5"]
    assert records["p7"]["status"] == "expired"
    edges = json.loads((site / "api/relations.json").read_text(encoding="utf-8"))
    assert {"source": "p2", "relation": "renews", "target": "p1", "since": "2025-02-12", "until": "2028-12-31"} in edges
    page = read_page(site / "policies/p4/index.html")
    assert json.loads(page.one("script", type="application/ld+json").text)["legislationLegalForce"].endswith(
        "/NotInForce"
    )
    assert {row[0]: row[9:] for row in search_cards(site) if row[9:]} == {"p4": [["suspended"]]}
