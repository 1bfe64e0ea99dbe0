"""What changes after a build by itself: known later days in the page, the script that shows them, ``gongkai next``."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.built_site import made, pages_of, read_page
from support.project import CONFIG, Project, hosted
from support.stages import HIDDEN, archive_of, next_change, notice_text, policy_text, status_changes_of, text_of

from generator.domain.model import NoticeKind
from generator.domain.vocabulary import ConsultationState, Status
from generator.graph.gate import open_gate

if TYPE_CHECKING:
    from playwright.sync_api import Browser

D = dt.date
LATER = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2027-01-01"}
CONSULTATION = {
    "title": "征求意见", "disclosure": "proactive", "date_published": "2026-11-10", "opens_on": "2026-11-25",
    "closes_on": "2026-12-15",
}  # fmt: skip


def test_effect_and_expiry_are_known() -> None:
    """A policy that is not in force yet and has a term changes on the day of effect and behind its last day."""
    text = {"policies/p1.md": policy_text(1, date_effective="2027-01-01", expires_on="2031-12-31")}
    assert status_changes_of(text) == [
        (D(2027, 1, 1), Status.EFFECTIVE, []),
        (D(2032, 1, 1), Status.EXPIRED, [NoticeKind.EXPIRED]),
    ]
    assert status_changes_of(text, as_of=D(2031, 12, 31)) == [(D(2032, 1, 1), Status.EXPIRED, [NoticeKind.EXPIRED])]
    assert status_changes_of(text, as_of=D(2032, 1, 1)) == []
    assert status_changes_of({"policies/p1.md": policy_text(1)}) == []


def test_a_scheduled_repeal_ends_what_would_come_later() -> None:
    """A published act repeals on its day of effect; an expiry behind that day changes nothing more."""
    texts = {
        "policies/p1.md": policy_text(1, expires_on="2027-05-31"),
        "policies/p2.md": policy_text(2, **{**LATER, "repeals": "p1"}),
        "interpretations/i1.md": text_of(
            {"title": "解读", "disclosure": "proactive", "date_published": "2024-05-08", "interprets": "p1"}, "解读。\n"
        ),
    }
    repealed = (D(2027, 1, 1), Status.REPEALED, [NoticeKind.REPEALED])
    assert status_changes_of(texts) == [repealed]
    assert status_changes_of(texts, "i1") == [(D(2027, 1, 1), None, [NoticeKind.REPEALED])]
    assert next_change(texts) == (D(2027, 1, 1), ["p1", "p2", "i1"])


def test_an_amendment_and_the_repeal_of_a_clause_are_known() -> None:
    """Amendment and partial repeal by published acts are told with their days."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2, **{**LATER, "amends": "p1"}),
        "policies/p3.md": policy_text(3, **{**LATER, "date_effective": "2027-03-01", "repeals": "p1#第三条"}),
    }
    assert status_changes_of(texts) == [
        (D(2027, 1, 1), Status.AMENDED, [NoticeKind.AMENDED]),
        (D(2027, 3, 1), Status.PARTLY_VOID, [NoticeKind.PARTLY_VOID, NoticeKind.AMENDED]),
    ]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ({**LATER, **HIDDEN}, (D(2027, 1, 1), ["p1"])),
        ({**LATER, "date_published": "2026-12-24"}, (D(2026, 12, 24), ["p2"])),
    ],
    ids=["hidden", "later"],
)
def test_what_is_not_public_is_not_announced(act: dict[str, object], told: tuple[dt.date, list[str]]) -> None:
    """A hidden act and one that is published later are not told; the scheduler hears of the change all the same."""
    texts = {"policies/p1.md": policy_text(1), "policies/p2.md": policy_text(2, **{**act, "repeals": "p1"})}
    site = open_gate(archive_of(texts))
    assert site.by_id["p1"].status_changes == ()
    assert site.by_id["p1"].status is Status.EFFECTIVE
    assert next_change(texts) == told


def test_a_hidden_act_that_has_acted_leaves_nothing_to_come() -> None:
    """A policy that a hidden act has ended stays ended: its expiry is not told any more."""
    act = {**LATER, **HIDDEN, "date_effective": "2026-11-02", "repeals": "p1"}
    texts = {"policies/p1.md": policy_text(1, expires_on="2027-05-31"), "policies/p2.md": policy_text(2, **act)}
    site = open_gate(archive_of(texts))
    assert site.by_id["p1"].status is Status.REPEALED
    assert site.by_id["p1"].status_changes == ()


def test_a_consultation_opens_and_closes() -> None:
    """A consultation changes on its first day and behind its last."""
    assert status_changes_of({"consultations/c1.md": text_of(CONSULTATION)}, "c1") == [
        (D(2026, 11, 25), ConsultationState.OPEN, []),
        (D(2026, 12, 16), ConsultationState.CLOSED, []),
    ]


def test_the_next_day_is_the_first_of_all() -> None:
    """The scheduler's day is the earliest of changes and publications; without any there is none."""
    texts = {
        "policies/p1.md": policy_text(1, expires_on="2027-05-31"),
        "notices/n1.md": notice_text(date_published="2026-11-30"),
        "notices/n2.md": notice_text(date_published="2026-11-22", disclosure="withheld"),
    }
    assert next_change(texts) == (D(2026, 11, 30), ["n1"])
    assert next_change(texts, D(2026, 11, 30)) == (D(2027, 6, 1), ["p1"])
    assert next_change(texts, D(2027, 6, 1)) is None


def test_the_last_day_of_the_calendar() -> None:
    """A policy without an end, written as the last day that there is, breaks nothing."""
    assert status_changes_of({"policies/p1.md": policy_text(1, expires_on="9999-12-31")}) == []


# The command


def test_next_prints_the_day_and_what_changes(project: Project) -> None:
    """The day stands on stdout, the changes in Chinese on stderr; nothing to come is an empty stdout and no error."""
    project.policy("p1", expires_on="2027-05-31")
    ran = project.run("next", "--as-of", "2026-11-21")
    assert (ran.status, ran.out) == (0, "2027-06-01\n")
    assert "《示例市灵活就业补贴办法》（content/policies/p1.md） 有效 → 已失效" in ran.err
    ran = project.run("next", "--as-of", "2027-06-01")
    assert (ran.status, ran.out) == (0, "")
    assert "没有已经确定的状态变化" in ran.err
    assert project.run("next", "--as-of", "昨天").status == 2


# In the page


def test_every_page_states_its_day(project: Project) -> None:
    """Every page, lists and the page for unknown addresses too, says for which day its statuses hold."""
    project.policy("p1")
    for root in pages_of(made(project)).values():
        day = root.one("time", class_="as-of")
        assert (day["datetime"], day.text) == ("2026-11-21", "2026年11月21日")


def test_later_days_stand_hidden_in_the_page(project: Project) -> None:
    """The page carries the later days and hidden notices, none of which counts as a notice of today."""
    project.policy("p1", date_effective="2027-01-01", expires_on="2031-12-31")
    project.policy("p2", title="长期有效的办法")
    site = made(project)
    root = read_page(site / "policies/p1/index.html")
    assert [node["data-notice"] for node in root.all(data_notice="*")] == ["pending"]
    later = root.all("section", data_first="*")
    assert [(node["data-first"], "hidden" in node.attributes) for node in later] == [
        ("2027-01-01", True),
        ("2032-01-01", True),
    ]
    assert [node["data-later-notice"] for node in root.all(data_later_notice="*")] == ["expired"]
    turns = json.loads(root.one("article")["data-turns"])
    assert [turn.pop("line")[0] for turn in turns] == ["现行有效", "已失效"]
    assert turns == [
        {"first": "2027-01-01", "state": "effective", "label": "有效", "mark": ""},
        {"first": "2032-01-01", "state": "expired", "label": "已失效", "mark": "已失效"},
    ]
    still = read_page(site / "policies/p2/index.html")
    assert not still.all(data_turns="*")
    scripts = [[node["src"].split("?")[0] for node in page.all("script", src="*")] for page in (root, still)]
    assert scripts == [
        [f"../../assets/{name}.js" for name in names]
        for names in (("copy", "day", "mode", "site"), ("copy", "mode", "site"))
    ]


@pytest.fixture(scope="module")
def coming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with everything that changes by itself, once."""
    folder = tmp_path_factory.mktemp("coming")
    project = Project(folder / "site", folder / "cache")
    project.write("site_config.yaml", CONFIG)
    project.policy("p1", date_effective="2027-01-01", expires_on="2031-12-31")
    project.policy("p2", title="将被废止的办法")
    project.policy("p3", title="废止决定", **{**LATER, "repeals": "p2"})
    project.interpretation("i2", title="将被废止的办法解读", interprets="p2")
    project.document("consultations/c1.md", CONSULTATION, "征求意见。\n")
    return made(project)


NOW, EFFECT, EXPIRED = "2026-11-21T12:00:00+08:00", "2026-12-31T16:00:00Z", "2032-01-01T00:00:00+08:00"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "moment", "status", "fact", "badge", "notices"),
    [
        ("policies/p1/", NOW, "pending", "尚未施行", ["尚未施行"], ["pending"]),
        ("policies/p1/", "2026-12-31T15:59:59Z", "pending", "尚未施行", ["尚未施行"], ["pending"]),
        ("policies/p1/", EFFECT, "effective", "有效", [], []),
        ("policies/p1/", "2031-12-31T23:59:00+08:00", "effective", "有效", [], []),
        ("policies/p1/", EXPIRED, "expired", "已失效", ["已失效"], ["expired"]),
        ("policies/p1/", "2020-01-01T00:00:00Z", "pending", "尚未施行", ["尚未施行"], ["pending"]),
        ("policies/p2/", NOW, "effective", "有效", [], ["repeal_scheduled"]),
        ("policies/p2/", EFFECT, "repealed", "已废止", ["已废止"], ["repealed"]),
        ("interpretations/i2/", EFFECT, "", None, ["所解读文件已废止或者失效"], ["repealed"]),
        ("consultations/c1/", NOW, "upcoming", "未开始", [], []),
        ("consultations/c1/", "2026-12-15T23:00:00+08:00", "open", "征集中", [], []),
        ("consultations/c1/", "2026-12-16T00:00:00+08:00", "closed", "已结束", [], []),
    ],
)
def test_the_browser_shows_what_holds_today(
    chromium: "Browser", coming: Path, address: str, moment: str, status: str, fact: str | None, badge: list[str],
    notices: list[str],
) -> None:  # fmt: skip
    """By the clock of the browser, in Beijing, the page shows the status, the mark and the notices of that day."""
    context = chromium.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(dt.datetime.fromisoformat(moment))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with hosted(coming) as root:
        page.goto(root + address, wait_until="load")
        assert page.locator("article").get_attribute("data-status") == status
        shown = page.locator(".facts dd[data-status]")
        assert (shown.text_content() if fact else shown.count()) == (fact or 0)
        assert page.locator("h1 .badge").all_text_contents() == badge
        seen = page.locator("[data-notice]").evaluate_all(
            "all => all.filter(n => n.offsetParent).map(n => n.dataset.notice)"
        )
        assert seen == notices
    assert wrong == []
    context.close()


_OF_THE_DAY = re.compile(r"按\d+年\d+月\d+日计算|自\d+年\d+月\d+日起：.*（按已经确定的日期显示）|\s+")


@pytest.mark.slow
def test_a_page_that_turned_says_what_a_new_one_says(project: Project, chromium: "Browser") -> None:
    """On every later day an old page shows in the browser what one built on that day shows, but for the line's day.

    Also what it shows of others: acts in relations and 沿革, interpretations, and a term that was renewed.
    """
    clauses = "第一条　甲。\n\n第二条　乙。\n\n第三条　丙。\n"
    project.policy("p1", clauses, title="办法", expires_on="2027-06-30", date_effective="2024-06-01")
    project.policy("p2", title="废止一条的决定", repeals="p1#第一条", **LATER)
    project.policy(
        "p3", "第二条修改为：“丁。”\n", title="修改的决定", amends="p1", **{**LATER, "date_effective": "2027-01-10"}
    )
    project.policy("p4", title="延续的通知", renews="p1", renewed_until="2030-06-30",
                   **{**LATER, "date_effective": "2027-01-20"})  # fmt: skip
    project.policy("p5", title="暂停的通知", suspends="p1#第三条", suspended_from="2026-11-10",
                   suspended_until="2027-01-25", **LATER)  # fmt: skip
    project.policy("p6", title="旧办法", replaces="p9", **{**LATER, "date_effective": "2026-11-05"})
    project.policy("p9", title="更旧的办法")
    usual = {"disclosure": "proactive", "date_published": "2024-05-08"}
    text = "第一条　要注意办理的时限和要交的材料，其余照旧，办事的人可以到窗口问清楚以后再来办理。\n"
    project.document("interpretations/i1.md", {**usual, "title": "解读", "interprets": "p1#第一条"}, text)
    project.document("interpretations/i2.md", {**usual, "title": "全文解读", "interprets": "p1"}, text)
    project.document("responses/r1.md", {**usual, "title": "回应", "responds_to": "p1"}, text)
    old = made(project)
    pages = [page.parent.relative_to(old).as_posix() for page in sorted(old.glob("*/[pir]?/index.html"))]
    for day in ("2027-01-01", "2027-01-10", "2027-01-20", "2027-01-26"):
        new = made(project, f"site-{day}", as_of=day)
        with chromium.new_page() as browser:
            browser.clock.set_fixed_time(f"{day}T09:00:00+08:00")
            seen: list[dict[str, str]] = []
            for site in (old, new):
                with hosted(site) as base:
                    texts = {}
                    for page in pages:
                        browser.goto(f"{base}{page}/")
                        texts[page] = _OF_THE_DAY.sub("", browser.locator("article").inner_text())
                    seen.append(texts)
        assert seen[0] == seen[1], day


def test_next_prints_the_minute_of_a_publication(project: Project) -> None:
    """Where the minute of a publication is next, it is printed; after that minute comes the next change."""
    project.policy("p1", expires_on="2026-12-02")
    for name, moment in (("p2", "2026-12-03 09:00"), ("p3", "2026-12-03 15:30"), ("p4", "2026-12-04")):
        project.policy(name, date_published=moment, date_written="2026-11-20")

    def next_after(moment: str) -> str:
        ran = project.run("next", "--as-of", moment)
        assert ran.status == 0
        assert ran.err.startswith(f"{ran.out.strip()}：" if ran.out else "没有")
        return ran.out.strip()

    assert next_after("2026-11-30") == "2026-12-03"
    assert next_after("2026-12-03 00:05") == "2026-12-03 09:00"
    assert next_after("2026-12-03 08:59") == "2026-12-03 09:00"
    assert next_after("2026-12-03 09:00") == "2026-12-03 15:30"
    assert next_after("2026-12-03 15:30") == "2026-12-04"
    assert next_after("2026-12-03") == "2026-12-04"
    assert next_after("2026-12-04") == ""
