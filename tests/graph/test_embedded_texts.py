"""The texts that a notice carries: declared, found, referred to, each with its own validity (requirements DOC-12)."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.built_site import dead_addresses, made, read_page
from support.project import CONFIG as CONFIG_TEXT
from support.project import Project, hosted
from support.search_page import search_cards
from support.stages import CONFIG, DAY, HIDDEN, archive_of, page_of, policy_text, problems_of, text_of

from generator.audit import run_rules, select_rules
from generator.domain.model import Archive
from generator.domain.vocabulary import Status
from generator.graph.gate import open_gate
from generator.graph.status_changes import StatusForecast
from generator.verify.run import verify

if TYPE_CHECKING:
    from playwright.sync_api import Browser

D = dt.date
BASE = "https://rsj.example.gov.cn/zwgk/"
BODY = """现印发给你们。

## 甲市认定规程

第一条　甲的第一条。

第二条　甲的第二条。

## 附件2：乙市鉴定规程

第一章　总则

第一条　乙的第一条。
"""
PARTS = "[{id: rd, title: 甲市认定规程}, {id: jd, title: 《乙市鉴定规程》, expires_on: 2025-12-31}]"
OPEN = "[{id: rd, title: 甲市认定规程}, {id: jd, title: 乙市鉴定规程}]"
ACT = {"date_written": "2025-02-10", "date_published": "2025-02-12"}
Fields = Mapping[str, object]


def site_of(act: Fields, parts: str = OPEN, as_of: dt.date = DAY, **own: object) -> Archive:
    texts = {"policies/p1.md": policy_text(1, BODY, parts=parts, **own), "policies/p2.md": policy_text(2, **act)}
    return archive_of(texts, as_of)


def state_of(archive: Archive) -> tuple[Status | None, list[Status | None], list[list[str]]]:
    document = archive.by_id["p1"]
    return (
        document.status,
        [part.status for part in document.parts],
        [[notice.kind.value for notice in part.notices] for part in document.parts],
    )


EFFECTIVE, REPEALED, EXPIRED, PARTLY = Status.EFFECTIVE, Status.REPEALED, Status.EXPIRED, Status.PARTLY_VOID
CASES: dict[str, tuple[Fields, Status, list[Status]]] = {
    "nothing": ({}, EFFECTIVE, [EFFECTIVE, EFFECTIVE]),
    "one is repealed by its id": ({**ACT, "repeals": "p1#jd"}, PARTLY, [EFFECTIVE, REPEALED]),
    "by 文号 and title": ({**ACT, "repeals": "例人社发[2024]1号#《乙市鉴定规程》"}, PARTLY, [EFFECTIVE, REPEALED]),
    "by its title alone": ({**ACT, "repeals": "《乙市鉴定规程》"}, PARTLY, [EFFECTIVE, REPEALED]),
    "one clause of one": ({**ACT, "repeals": "p1#jd#第一条"}, PARTLY, [EFFECTIVE, PARTLY]),
    "one is amended": ({**ACT, "amends": "p1#rd"}, Status.AMENDED, [Status.AMENDED, EFFECTIVE]),
    "one lapses in a clean-up": ({**ACT, "cleanup": "{失效: p1#rd}"}, PARTLY, [EXPIRED, EFFECTIVE]),
    "one is suspended": ({**ACT, "suspends": "p1#rd"}, EFFECTIVE, [EFFECTIVE, EFFECTIVE]),
    "the notice is repealed": ({**ACT, "repeals": "p1"}, REPEALED, [REPEALED, REPEALED]),
    "the notice is amended": ({**ACT, "amends": "p1"}, Status.AMENDED, [EFFECTIVE, EFFECTIVE]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_part_has_its_own_validity(case: str) -> None:
    """What ends one text ends it alone, and the notice partly; what ends the notice ends all of them."""
    act, whole, parts = CASES[case]
    archive = site_of(act)
    assert not problems_of(archive)
    assert state_of(archive)[:2] == (whole, parts)


def test_a_suspended_part_is_marked() -> None:
    """A text that is suspended carries the notice, and its notice says so in part."""
    document = site_of({**ACT, "suspends": "p1#rd"}).by_id["p1"]
    assert [one.value for one in document.marks] == ["partly_suspended"]
    assert [[one.value for one in part.marks] for part in document.parts] == [["suspended"], []]


def test_a_part_with_a_term_of_its_own() -> None:
    """A text expires on its own last day; the notice is partly void from then on, without any act."""
    assert state_of(site_of({}, PARTS, D(2025, 12, 31)))[:2] == (EFFECTIVE, [EFFECTIVE, EFFECTIVE])
    assert state_of(site_of({}, PARTS, D(2026, 1, 1))) == (PARTLY, [EFFECTIVE, EXPIRED], [[], ["expired"]])


def test_a_part_is_renewed_alone_or_with_its_notice() -> None:
    """A renewal of the notice reaches the texts that share its term, not one that has its own."""
    whole = {**ACT, "renews": "p1", "renewed_until": "2029-12-31"}
    found = site_of(whole, PARTS, D(2026, 6, 1), expires_on="2026-01-31").by_id["p1"]
    assert [part.status for part in found.parts] == [EFFECTIVE, EXPIRED]
    alone = site_of({**whole, "renews": "p1#jd"}, PARTS, D(2026, 6, 1), expires_on="2026-01-31").by_id["p1"]
    assert (alone.status, alone.parts[0].status) == (EXPIRED, EXPIRED)
    assert (alone.parts[1].status, alone.parts[1].term) == (EFFECTIVE, D(2029, 12, 31))


@pytest.mark.parametrize(
    ("reference", "message", "hint"),
    [
        (
            "p1#jx",
            "content/policies/p1.md 没有印发文件“jx”",
            "是不是“jd”？可写：rd（甲市认定规程）、jd（乙市鉴定规程）",
        ),
        ("p1#《丙规程》", "content/policies/p1.md 没有印发文件“《丙规程》”", "可写：rd"),
        ("p1#rd#第九条", "content/policies/p1.md 的“rd” 里没有“第九条”", "核对条号"),
        ("p1#第一条", "content/policies/p1.md 有 2 份印发文件都有“第一条”", "写明是哪一份：#rd#第一条、#jd#第一条"),
        ("p3#jd", "content/policies/p3.md 没有印发文件“jd”", "它没有写 parts"),
        ("《丙规程》", "“《丙规程》”在站内没有对应的文件", ""),
    ],
)
def test_a_wrong_reference_to_a_part(reference: str, message: str, hint: str) -> None:
    """A part that is not there, a clause that it lacks, or a clause that several have is F009 with the way out."""
    texts = {
        "policies/p1.md": policy_text(1, BODY, parts=OPEN),
        "policies/p2.md": policy_text(2, **{**ACT, "repeals": reference}),
        "policies/p3.md": policy_text(3),
    }
    found = [problem for path, problem in problems_of(archive_of(texts)) if path.endswith("p2.md")]
    assert [(problem.rule, problem.message) for problem in found] == [("F009", message)]
    assert hint in found[0].hint


def test_a_clause_that_only_one_part_has_needs_no_part() -> None:
    """第二条 stands in one text only, so it is that one's."""
    archive = site_of({**ACT, "repeals": "p1#第二条"})
    assert not problems_of(archive)
    assert archive.by_id["p1"].status is PARTLY


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ("甲", "“印发文件”应是所印发文件的列表，每项写 id、title"),
        ("[甲]", "“印发文件”的一项应写 id 和 title"),
        ("[{title: 甲市认定规程}]", "“印发文件”的一项缺少“编号”"),
        ("[{id: 1a, title: 甲市认定规程}]", "“印发文件”的编号“1a”不能用"),
        ("[{id: a, title: 甲}, {id: a, title: 乙}]", "“印发文件”的“a”和前面一项的编号或标题相同"),
        ("[{id: a, titel: 甲}]", "印发文件没有“titel”这一项"),
        ("[{id: a, title: 甲, expires_on: 明天}]", "印发文件：“明天”不是日期"),
    ],
)
def test_a_bad_declaration_says_why(parts: str, message: str) -> None:
    """Each way to declare it wrongly has its own message at its line, and nothing is raised."""
    problems = page_of(text_of({"title": "通知", "parts": parts}, BODY), "content/policies/p1.md").problems
    assert message in [problem.message for problem in problems if problem.field == "parts"]


JUNK = st.recursive(
    st.sampled_from(["甲", "''", "1", "~", "2024-02-30", "id", "《", "#", "p1#"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.dictionaries(st.sampled_from(["id", "title", "废止依据", "废止", "keep", "x"]), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        ),
    ),
    max_leaves=8,
)


@given(JUNK, st.sampled_from(["parts", "cleanup", "consolidated_to", "renews", "suspends"]))
def test_nothing_typed_there_raises(junk: str, key: str) -> None:
    """Whatever stands in the new fields becomes findings or facts, through the gate to the public site."""
    archive = archive_of({"policies/p1.md": policy_text(1, BODY, **{key: junk}), "policies/p2.md": policy_text(2)})
    run_rules(archive, CONFIG, select_rules([], []))
    open_gate(archive)


def test_headings_are_proposed_never_taken() -> None:
    """A notice whose title names the texts that stand in it is warned with the lines to paste; no part is made."""
    title = "关于印发甲市认定规程和乙市鉴定规程的通知"
    archive = archive_of({"policies/p1.md": policy_text(1, BODY, title=title)})
    found = run_rules(archive, CONFIG, select_rules(["F013"], []))
    lines = "parts:\n  - id: p1\n    title: 甲市认定规程\n  - id: p2\n    title: 附件2：乙市鉴定规程"
    assert [one.hint for one in found] == [f"在 front matter 里粘贴下面几行\n{lines}"]
    assert archive.by_id["p1"].parts == ()
    pasted = page_of(
        text_of({"title": title}, BODY).replace("---\n", "---\n" + found[0].hint.split("\n", 1)[1] + "\n", 1)
    )
    assert not [problem for problem in pasted.problems if problem.field == "parts"]
    assert [place.anchor for place in pasted.part_locations] == ["甲市认定规程", "附件2-乙市鉴定规程"]


def test_titles_that_are_no_headings_are_proposed_too() -> None:
    """Real notices print the titles as lines, and a little otherwise; the hint says which lines to mend."""
    body = "现印发。\n\n甲市人社局认定工作实施方案\n\n一、总体要求\n\n乙市解读实施办法\n\n第一条　乙。\n"
    title = "关于印发《甲市认定工作实施方案》、《乙市解读实施办法》的通知"
    found = run_rules(
        archive_of({"policies/p1.md": policy_text(1, body, title=title)}), CONFIG, select_rules(["F013"], [])
    )
    assert len(found) == 1
    assert "再把第 11 行、第 15 行改成标题" in found[0].hint
    assert "title: 甲市人社局认定工作实施方案\n" in found[0].hint


def test_later_days_of_a_part_are_told() -> None:
    """The end of a text's own term is a known day of it, and of its notice."""
    archive = site_of({}, PARTS.replace("2025", "2026"))
    shown = open_gate(archive).by_id["p1"]
    assert [(turn.day, turn.state) for turn in shown.status_changes] == [(D(2027, 1, 1), PARTLY)]
    assert [[(turn.day, turn.state) for turn in part.status_changes] for part in shown.parts] == [
        [],
        [(D(2027, 1, 1), EXPIRED)],
    ]
    found = StatusForecast(archive, announced_only=False).next_moment()
    assert found is not None
    assert (found[0].date(), [document.id for document, _ in found[1]]) == (D(2027, 1, 1), ["p1", "p1#jd"])


@pytest.fixture
def notice(project: Project) -> Project:
    """Write a notice with two texts, one of them repealed, and interpretations of each and of a clause."""
    project.policy("p1", BODY, title="关于印发两个规程的通知", parts=OPEN)
    project.policy("p2", title="废止决定", repeals="p1#jd", **ACT)
    project.interpretation("i1", title="认定规程解读", interprets="p1#rd")
    project.interpretation("i2", title="鉴定规程解读", interprets="《乙市鉴定规程》")
    project.interpretation("i3", title="第二条解读", interprets="p1#rd#第二条")
    return project


def test_the_page_says_it_at_each_text(notice: Project) -> None:
    """Behind every heading stand its state, its notice and its interpretations; the notice names what has ended."""
    site = made(notice)
    root = read_page(site / "policies/p1/index.html")
    first, second = root.one(data_part="rd"), root.one(data_part="jd")
    assert (first["data-status"], second["data-status"]) == ("effective", "repealed")
    assert [node["href"] for node in first.all(data_relation="interpreted_by")] == ["../../interpretations/i1/"]
    assert "《乙市鉴定规程》：该文件已废止（自2025年2月12日起废止）" in second.one(data_notice="repealed").text
    heading = next(node for node in root.all("h2") if "乙市鉴定规程" in node.text and "id" in node.attributes)
    clause = root.one(id="附件2-乙市鉴定规程-第一条")
    assert heading.place < second.place < clause.place
    top = root.one(data_notice="partly_void")
    assert "其中不再有效的：乙市鉴定规程 已废止" in top.text
    assert top.place < root.one("div", class_="text").place
    note = root.one("details", class_="clause-note")
    assert root.one(id="第二条").place < note.place < heading.place
    assert [node["data-notice"] for node in read_page(site / "interpretations/i2/index.html").all(data_notice="*")] == [
        "repealed"
    ]
    assert not read_page(site / "interpretations/i1/index.html").all(data_notice="*")
    assert dead_addresses(site, BASE) == []
    assert list(verify(site).faults) == []


def test_an_ended_text_looks_valid_nowhere(notice: Project) -> None:
    """Lists, API, JSON-LD, feed and search table each say of the repealed text that it is."""
    site = made(notice)
    place = "policies/p1/#附件2-乙市鉴定规程"
    repealed = read_page(site / "repealed/index.html")
    assert [node["href"] for node in repealed.one("ul", class_="items").all("a")] == [f"../{place}"]
    assert "载于：关于印发两个规程的通知" in repealed.one("ul", class_="items").text
    listed = read_page(site / "effective/index.html").one("li", data_part="jd")
    assert listed.one("span", class_="badge")["data-status"] == "repealed"
    record = notice.records()["p1"]
    assert record["status"] == "partly_void"
    assert [(part["id"], part["url"], part["status"]) for part in record["parts"]] == [
        ("rd", "policies/p1/#甲市认定规程", "effective"),
        ("jd", place, "repealed"),
    ]
    assert record["parts"][1]["repealed_by"] == ["p2"]
    edges = json.loads((site / "api/relations.json").read_text(encoding="utf-8"))
    assert {"source": "p2", "relation": "repeals", "target": "p1", "part": "jd", "since": "2025-02-12"} in edges
    data = json.loads(read_page(site / "policies/p1/index.html").one("script", type="application/ld+json").text)
    assert [thing["legislationLegalForce"].rsplit("/")[-1] for thing in data["hasPart"]] == ["InForce", "NotInForce"]
    act = json.loads(read_page(site / "policies/p2/index.html").one("script", type="application/ld+json").text)
    assert [thing["@id"] for thing in act["legislationRepeals"]] == [BASE + place]
    assert BASE + place in (site / "feed-repeals.xml").read_text(encoding="utf-8")
    assert [row[10] for row in search_cards(site) if len(row) > 10] == [
        [["甲市认定规程", "policies/p1/#甲市认定规程", "effective", []], ["乙市鉴定规程", place, "repealed", []]]
    ]


def test_verify_sees_a_changed_part(notice: Project) -> None:
    """A page on which a repealed text has become valid is found from the files alone."""
    site = made(notice)
    page = site / "policies/p1/index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace('data-part="jd" data-status="repealed"', 'data-part="jd" data-status="effective"'))
    assert any("印发文件的效力" in fault.message for fault in verify(site).faults)


def test_a_warm_build_follows_a_part(notice: Project) -> None:
    """A repeal taken back, and a new title of a part, give the same files as a build from nothing."""
    made(notice)
    changes: list[Callable[[], object]] = [
        lambda: notice.policy("p2", title="废止决定", based_on="p1#jd", **ACT),
        lambda: notice.policy("p1", BODY, title="关于印发两个规程的通知", parts=OPEN.replace("jd", "jianding")),
        lambda: notice.policy("p1", BODY + "\n再加一段。\n", title="关于印发两个规程的通知", parts=OPEN),
    ]
    for change in changes:
        change()
        if "jianding" in (notice.folder / "content/policies/p1.md").read_text(encoding="utf-8"):
            notice.policy("p2", title="废止决定", repeals="p1#jianding", **ACT)
            notice.interpretation("i2", title="鉴定规程解读", interprets="p1#jianding")
        else:
            notice.interpretation("i2", title="鉴定规程解读", interprets="p1#jd")
            notice.policy("p2", title="废止决定", repeals="p1#jd", **ACT)
        warm = files_of(made(notice))
        assert warm == files_of(made(notice, "again", cache=notice.cache / "new"))


def files_of(site: Path) -> dict[str, bytes]:
    return {place.relative_to(site).as_posix(): place.read_bytes() for place in site.rglob("*") if place.is_file()}


@pytest.mark.parametrize(
    ("fields", "act", "messages"),
    [
        ("repealed_by: p2", HIDDEN, 2),
        ("repealed_by: p2, repealed_on: 2025-03-01", HIDDEN, 1),
        ("expires_on: 2025-12-31", {**HIDDEN, "repeals": "p1#jd"}, 1),
        ("repealed_on: 2025-03-01, repeal_reason: 不再适用", {**HIDDEN, "repeals": "p1#jd"}, 0),
        ("repealed_by: p2", {}, 0),
    ],
)
def test_a_part_ended_by_what_nobody_may_read_is_told(fields: str, act: Fields, messages: int) -> None:
    """A part that a hidden act ends, or that names one, is L020 as a whole document is; its line is the part's own."""
    parts = f"[{{id: rd, title: 甲市认定规程}}, {{id: jd, title: 乙市鉴定规程, {fields}}}]"
    archive = site_of({**ACT, **act}, parts=parts)
    found = [one for one in run_rules(archive, CONFIG, select_rules(["L020"], [])) if one.path.endswith("p1.md")]
    assert len(found) == messages
    assert all("《乙市鉴定规程》" in one.message and (one.field, one.line) == ("parts", 8) for one in found)


@pytest.mark.browser
def test_the_browser_marks_a_suspended_part_in_the_list(chromium: "Browser", notice: Project) -> None:
    """On the first day of its suspension the part's line at the top has the mark that its heading has."""
    notice.policy("p2", title="暂停决定", suspends="p1#rd", suspended_from="2027-01-01", **ACT)
    page = chromium.new_page()
    with hosted(made(notice)) as root:
        for day, marks in (("2026-12-31", []), ("2027-01-01", ["暂停执行"])):
            page.clock.set_fixed_time(dt.datetime.fromisoformat(f"{day}T12:00:00+08:00"))
            page.goto(root + "policies/p1/", wait_until="load")
            for place in ("[data-part-line=rd]", "[data-part=rd] .part-facts"):
                assert page.locator(f"{place} .badge[data-mark]").all_text_contents() == marks, (day, place)
            assert page.locator("[data-part-line=jd] .badge[data-mark]").count() == 0
    page.close()


@pytest.mark.browser
def test_the_browser_ends_a_part_on_its_day(chromium: "Browser", tmp_path: Path) -> None:
    """On the day behind its term the text, its line at the top and the notice change; the other text does not."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG_TEXT)
    project.policy("p1", BODY, parts=PARTS.replace("2025", "2026"))
    page = chromium.new_page()
    page.clock.set_fixed_time(dt.datetime.fromisoformat("2027-01-01T00:00:00+08:00"))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with hosted(made(project)) as root:
        page.goto(root + "policies/p1/", wait_until="load")
        assert page.locator("article").get_attribute("data-status") == "partly_void"
        assert page.locator("[data-part]").evaluate_all("all => all.map(n => n.dataset.status)") == [
            "effective", "expired"
        ]  # fmt: skip
        seen = page.locator("[data-notice]").evaluate_all(
            "all => all.filter(n => n.offsetParent).map(n => n.dataset.notice)"
        )
        assert seen == ["partly_void", "expired"]
        assert page.locator("[data-part-line] .badge").all_text_contents() == ["有效", "已失效"]
        assert page.locator("[data-part] .part-facts > .badge").all_text_contents() == ["有效", "已失效"]
    assert wrong == []
    page.close()
