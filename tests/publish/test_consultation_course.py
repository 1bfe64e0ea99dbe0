"""A consultation from draft to final document, and the thread of responses to one event."""

import datetime as dt
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from support.built_site import made, read_page
from support.project import Project, hosted
from support.stages import CONFIG, archive_of, notice_text, text_of

from generator.audit import run_rules, select_rules
from generator.domain.vocabulary import NoticePart

CONSULTATION = {
    "title": "关于《补贴办法（征求意见稿）》公开征求意见的公告",
    "disclosure": "proactive",
    "date_published": "2026-11-10",
    "opens_on": "2026-11-10",
    "closes_on": "2026-12-15",
}
BODY = """根据就业促进法起草。

## 一、征求意见稿

第一条　甲。

## 二、起草说明

乙。

## 三、提出意见的方式

丙。
"""


def consultation(project: Project, name: str = "c1", **fields: object) -> None:
    project.document(f"consultations/{name}.md", {**CONSULTATION, **fields}, BODY)


def course_of(folder: Path, address: str) -> str:
    """Return the words of the course of a document."""
    return " ".join(read_page(folder / address / "index.html").classed("course")[0].text.split())


def test_an_open_consultation_says_how_to_comment_and_how_long(project: Project) -> None:
    """State, days left, draft, explanation and ways to comment stand before the text, with links that work."""
    consultation(
        project,
        channels="[电子邮件：zqyj@rsj.example.gov.cn, 网上：https://rsj.example.gov.cn/zj/1。, 信函：民生路58号]",
    )
    folder = made(project)
    course = read_page(folder / "consultations/c1/index.html").classed("course")[0]
    assert "还有 24 日截止" in course.text
    assert [node["href"] for node in course.all("a")] == [
        "#征求意见稿", "#起草说明", "#提出意见的方式",
        "mailto:zqyj@rsj.example.gov.cn?subject=" + quote("意见：关于《补贴办法（征求意见稿）》公开征求意见的公告"),
        "https://rsj.example.gov.cn/zj/1",
    ]  # fmt: skip
    assert "公布采纳情况 尚未公布" in " ".join(course.text.split())


@pytest.mark.parametrize(("disclosure", "found"), [("proactive", 0), ("withheld", 1)])
def test_numbers_that_nobody_may_read_are_none(disclosure: str, found: int) -> None:
    """Where only a hidden outcome says how many opinions there were, the public has not been told."""
    day = "2026-11-20"
    hidden = {"withhold_class": "N03", "withhold_note": "内部", "review_on": "2099-01-01"}
    numbers = {"opinions_total": "3", "opinions_adopted": "3", "disclosure": disclosure, **hidden}
    over = {**CONSULTATION, "date_published": "2026-10-01", "opens_on": "2026-10-01", "closes_on": "2026-11-01"}
    texts = {
        "consultations/c1.md": text_of({**over, "outcome": "n1", "outcome_published": day}, BODY),
        "notices/n1.md": notice_text(date_published=day, **numbers),
    }
    findings = run_rules(archive_of(texts), CONFIG, select_rules(["D007"], []))
    assert [one.path for one in findings] == ["content/consultations/c1.md"] * found


def test_a_way_to_comment_that_is_no_address_stays_text(project: Project) -> None:
    """A slip in an address makes no link that leads nowhere, and stops nothing."""
    consultation(project, channels="['网上 http://[::1/意见', 邮箱 a@b.gov.cn]")
    text = (made(project) / "consultations/c1/index.html").read_text(encoding="utf-8")
    assert "<li>网上 http://[::1/意见</li>" in text
    assert 'href="mailto:a@b.gov.cn?subject=' in text


@pytest.mark.parametrize(
    ("part", "says", "does_not"),
    [
        (NoticePart.DRAFT, "一、补贴办法（草案）", "起草过程"),
        (NoticePart.EXPLANATION, "附件2：说明（一）", "现就有关事项说明如下"),
        (NoticePart.WAYS, "三、意见反馈", "欢迎社会各界反馈意见。"),
    ],
)
def test_a_part_of_a_notice_is_known_by_its_heading(part: NoticePart, says: str, does_not: str) -> None:
    """What the rule takes for a part is what the page leads to; a sentence that only asks for comments is none."""
    assert part.sign.search(says)
    assert not part.sign.search(does_not)


@pytest.mark.parametrize(("day", "said"), [("2026-12-15", "今天截止"), ("2026-12-16", ""), ("2026-11-09", "")])
def test_the_last_day_still_counts(project: Project, day: str, said: str) -> None:
    """On the closing day one may still comment; before the opening and after the end no days are left."""
    consultation(project, date_published="2026-11-09")
    text = course_of(made(project, as_of=day), "consultations/c1")
    assert said in text
    assert ("截止" in text.replace("征求意见截止", "")) is bool(said)


def test_the_whole_chain_is_told_in_its_order(project: Project) -> None:
    """Outcome with its numbers, what was not adopted and why, the final document, its interpretation."""
    consultation(project, date_published="2024-01-02", opens_on="2024-01-02", closes_on="2024-02-05", outcome="n1")
    project.document("notices/n1.md", {
        "title": "意见采纳情况", "disclosure": "proactive", "date_published": "2024-03-01", "opinions_total": "63",
        "opinions_adopted": "38", "not_adopted_reason": "与上位法不一致",
    })  # fmt: skip
    project.policy("p1", consulted="c1")
    project.interpretation("i1")
    folder = made(project)
    text = course_of(folder, "consultations/c1")
    wanted = [
        "2024年2月5日",
        "意见采纳情况",
        "示例市灵活就业补贴办法",
        "《示例市灵活就业补贴办法》解读",
        "63 条",
        "38 条",
        "25 条",
        "与上位法不一致",
    ]
    places = [text.index(word) for word in wanted]
    assert places == sorted(places)
    relations = read_page(folder / "policies/p1/index.html").one(data_relation="consulted")
    assert relations["href"] == "../../consultations/c1/"
    assert project.records()["c1"]["consulted_for"] == ["p1"]


def test_what_is_hidden_is_not_in_the_chain(project: Project) -> None:
    """An outcome or final document that is not public is not told, and nothing hints at it."""
    consultation(project, date_published="2024-01-02", opens_on="2024-01-02", closes_on="2024-02-05")
    project.policy(
        "p1", consulted="c1", disclosure="withheld", withhold_class="N03", withhold_note="理由", review_on="2027-01-01"
    )
    text = course_of(made(project), "consultations/c1")
    assert "正式文件 尚未公布" in text


def test_the_column_separates_states(project: Project) -> None:
    """The list of consultations has a heading for each state, what is open first and of that what closes first."""
    consultation(project, "c1", closes_on="2026-12-30")
    consultation(project, "c2", closes_on="2026-12-01")
    consultation(project, "c3", date_published="2026-10-01", opens_on="2026-10-01", closes_on="2026-11-01")
    consultation(project, "c4", opens_on="2026-12-01")
    consultation(project, "c5", date_published="2024-01-02", opens_on="2024-01-02", closes_on="2024-02-05",
                 outcome_published="2024-03-01")  # fmt: skip
    page = read_page(made(project) / "consultations/index.html").one("main")
    assert [node.text for node in page.all("h2")] == [
        "征集中（2 件）",
        "未开始（1 件）",
        "已结束（1 件）",
        "已反馈（1 件）",
    ]
    links = [node["href"] for items in page.classed("items") for node in items.all("a")]
    assert [link.split("/")[-2] for link in links] == ["c2", "c1", "c4", "c3", "c5"]


def test_responses_to_one_event_are_a_thread(project: Project) -> None:
    """Every response shows the whole thread in its order, itself marked, with policy, interpretation and the hours."""
    project.policy("p1")
    project.interpretation("i1")
    rows = [("r1", "2024-06-01 10:20", None), ("r2", "2024-06-02 09:00", "r1"), ("r3", "2024-06-03 09:00", "r2")]
    for name, at, follows in rows:
        project.document(f"responses/{name}.md", {
            "title": f"回应{name}", "disclosure": "proactive", "date_published": at, "responds_to": "p1",
            "event": "补贴到账延迟", "event_at": "2024-06-01 09:00", "responded_at": at, "event_level": "other",
            "follows": follows,
        })  # fmt: skip
    folder = made(project)
    section = read_page(folder / "responses/r2/index.html").classed("course")[0]
    assert [item.text.split()[-1] for item in section.classed("steps")[0].all("li")] == ["回应r1", "回应r2", "回应r3"]
    assert section.one("strong", aria_current="true").text == "回应r2"
    assert "自发现至回应 24 小时 0 分" in section.text
    assert "《示例市灵活就业补贴办法》解读" in section.text
    assert "补贴到账延迟" in read_page(folder / "responses/r1/index.html").classed("facts-rest")[0].text
    assert project.records()["r1"]["followed_by"] == ["r2"]


@pytest.mark.browser
def test_a_browser_counts_the_days_itself(project: Project, chromium: Browser) -> None:
    """A page that was built weeks ago shows the days that are left today, and none when the time is over."""
    consultation(project)
    folder = made(project, as_of="2026-11-11")
    for day, said in (("2026-11-20", "还有 25 日截止"), ("2026-12-15", "今天截止"), ("2026-12-16", "")):
        page = chromium.new_page()
        page.clock.set_fixed_time(dt.datetime.fromisoformat(f"{day}T12:00+08:00"))
        with hosted(folder) as root:
            page.goto(root + "consultations/c1/", wait_until="load")
            left = page.locator("[data-closes]")
            assert (left.inner_text() if left.count() else "") == said
        page.close()


def test_the_first_final_document_gives_the_day(project: Project) -> None:
    """Of several final documents the day of the step is the earliest, in whatever order they are named."""
    consultation(project, date_published="2024-03-01", opens_on="2024-03-01", closes_on="2024-04-01")
    project.policy("p2", consulted="c1", date_published="2024-07-08", date_written="2024-07-08")
    project.policy("p3", consulted="c1", date_published="2024-06-08", date_written="2024-06-08")
    assert "正式文件 2024年6月8日" in course_of(made(project), "consultations/c1")


def test_the_course_shows_where_it_is_and_the_list_says_from_when_until_when(project: Project) -> None:
    """The step that was reached last is the current one, those behind it are still to come; lists say the days."""
    consultation(project, channels="[电子邮件：zqyj@rsj.example.gov.cn]")
    folder = made(project)
    course = read_page(folder / "consultations/c1/index.html").classed("course")[0]
    steps = course.one("ol").all("li")
    assert ["data-reached" in one.attributes for one in steps] == [True, True, False, False, False, False]
    assert [place for place, one in enumerate(steps) if one.attributes.get("aria-current") == "step"] == [1]
    listed = read_page(folder / "consultations/index.html").classed("period")
    assert [one.text for one in listed] == ["征求意见：2026年11月10日至2026年12月15日"]


def test_after_the_end_nothing_invites_to_comment(project: Project) -> None:
    """A consultation that is over has no channels; it says that no more comments are taken."""
    channels = "[电子邮件：zqyj@rsj.example.gov.cn]"
    consultation(project, channels=channels, date_published="2026-10-01", opens_on="2026-10-01", closes_on="2026-11-01")
    course = read_page(made(project) / "consultations/c1/index.html").classed("course")[0]
    assert "mailto:" not in "".join(node["href"] for node in course.all("a"))
    assert "不再接收意见" in course.text


@pytest.mark.browser
def test_a_page_opened_after_the_end_no_longer_invites(project: Project, chromium: Browser) -> None:
    """The reader's clock ends the consultation: the channels go, the step of the end is the current one."""
    consultation(project, channels="[电子邮件：zqyj@rsj.example.gov.cn]")
    with hosted(made(project)) as address:
        page = chromium.new_page()
        page.clock.install(time=dt.datetime(2026, 12, 20, 9, tzinfo=dt.UTC))
        page.goto(f"{address}consultations/c1/")
        assert page.locator(".course a[href^=mailto]").count() == 0
        assert "不再接收意见" in page.locator(".course").inner_text()
        assert page.locator(".stepper [aria-current=step]").inner_text().startswith("征求意见截止")
        page.close()
