"""Whom to call about a document, what to cite, which day ends."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect
from support.built_site import made
from support.project import CONFIG, Project, hosted

from generator.support.calendar_text import escaped, folded

WITHHELD = {"withhold_class": "N01", "withhold_note": "理由"}
UNITS = """\
units:
  就业促进科: {phone: 0371-12345678、0371-12345679, address: 中山路1号, online: https://rsj.example.gov.cn/ban/}
"""


def article(folder: Path, address: str) -> str:
    """Return the page of a document."""
    return (folder / address / "index.html").read_text(encoding="utf-8")


def test_the_phone_of_the_office_is_on_its_documents(project: Project) -> None:
    """A document shows how to reach its 责任单位, with numbers that call; one of another office does not."""
    project.write("site_config.yaml", CONFIG + UNITS)
    project.policy("p1", responsible_unit="[就业促进科, 社保科]")
    project.policy("p2", responsible_unit="社保科")
    public = made(project)
    contact = article(public, "policies/p1/").partition('data-contact="就业促进科"')[2].partition("</div>")[0]
    assert re.findall(r'href="(tel:[\d-]+)">([\d-]+)<', contact) == [
        ("tel:0371-12345678", "0371-12345678"),
        ("tel:0371-12345679", "0371-12345679"),
    ]
    assert "中山路1号" in contact
    assert 'href="https://rsj.example.gov.cn/ban/"' in contact
    assert "data-contact" not in article(public, "policies/p2/")
    assert 'data-contact="社保科"' not in article(public, "policies/p1/")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("units:\n  就业促进科: {phone: 请打总机}\n", "不是电话号码"),
        ("units:\n  就业促进科: {}\n", "至少写 phone"),
        ("units:\n  就业促进科: {phone: 0371-12345678, online: rsj}\n", "http:// 或 https://"),
        ("units:\n  就业促进科: {tel: 0371-12345678}\n", "没有这个设置"),
        ("units: 就业促进科\n", "应为“名称: 值”"),
    ],
)
def test_a_wrong_unit_is_named(project: Project, setting: str, message: str) -> None:
    """A unit without a usable way to reach it is refused with the line and what to write."""
    assert message in project.refused(setting)


def test_the_citation_has_title_and_number(project: Project) -> None:
    """The tools copy the title with the 文号, else with issuer and day; quotation marks inside become single."""
    project.policy("p1")
    project.interpretation("i1")
    public = made(project)
    assert 'data-citation="《示例市灵活就业补贴办法》（例人社发〔2024〕1号）"' in article(public, "policies/p1/")
    note = "《〈示例市灵活就业补贴办法〉解读》（示例市人力资源和社会保障局，2024年5月8日）"
    assert f'data-citation="{note}"' in article(public, "interpretations/i1/")
    for tool in ("cite", "link"):
        assert f'data-tool="{tool}"' in article(public, "policies/p1/")


def test_a_mistake_is_reported_with_the_address(project: Project) -> None:
    """找错 has the address of the page filled in: in the national form, else in a mail, else nowhere."""
    project.policy("p1")
    assert "data-mistake" not in article(made(project), "policies/p1/")
    project.write("site_config.yaml", CONFIG + "  email: a@rsj.example.gov.cn\n")
    assert "mailto:a@rsj.example.gov.cn?subject=" in article(made(project), "policies/p1/")
    project.write("site_config.yaml", CONFIG + '  site_id_code: "4101000001"\n')
    expected = "site_code=4101000001&amp;url=https%3A%2F%2Frsj.example.gov.cn%2Fzwgk%2Fpolicies%2Fp1%2F"
    assert expected in article(made(project), "policies/p1/")


def events(folder: Path) -> list[dict[str, str]]:
    """Return the events of the calendar, read as RFC 5545 says: unfolded, one property a line."""
    data = (folder / "calendar.ics").read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.replace(b"\r\n ", b"").decode()
    return [
        dict(line.split(":", 1) for line in event.split("\r\n") if ":" in line)
        for event in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    ]


def test_the_calendar_has_every_last_day(project: Project) -> None:
    """``calendar.ics`` has an all-day event for each last day: closes_on, expires_on and the day before takedown_on."""
    fields = {"disclosure": "proactive", "date_published": "2024-05-08"}
    project.policy("p1", expires_on="2028-04-30", title="办法，甲; 乙")
    project.policy("p2", expires_on="2027-01-01", disclosure="on_request", **WITHHELD)
    days = {"opens_on": "2024-05-08", "closes_on": "2024-06-20"}
    project.document("consultations/c1.md", {"title": "征求意见", **fields, **days})
    project.document("notices/n1.md", {"title": "公示", **fields, "takedown_on": "2024-05-16"})
    found = events(made(project))
    assert [(one["DTSTART;VALUE=DATE"], one["DTEND;VALUE=DATE"], one["SUMMARY"]) for one in found] == [
        ("20240515", "20240516", "公布期满：公示"),
        ("20240620", "20240621", "征求意见截止：征求意见"),
        ("20280430", "20280501", "有效期届满：办法，甲\\; 乙"),
    ]
    assert {one["DTSTAMP"] for one in found} == {"20261121T000000Z"}
    assert len({one["UID"] for one in found}) == len(found)


def test_a_term_that_an_act_ended_before_is_cancelled(project: Project) -> None:
    """The end of the term of a document that was repealed before it is cancelled; one that was reached is not."""
    project.policy("p1", expires_on="2028-04-30")
    project.policy("p2", date_published="2025-06-01", date_written="2025-05-20", repeals="p1")
    project.policy("p3", expires_on="2025-04-30")
    found = {one["DTSTART;VALUE=DATE"]: one for one in events(made(project))}
    assert found["20280430"]["STATUS"] == "CANCELLED"
    assert found["20280430"]["SUMMARY"].startswith("（已废止）")
    assert "STATUS" not in found["20250430"]


def test_the_calendar_knows_what_is_published_already(project: Project) -> None:
    """A term that a published act renews ends on the new day; one before which the document is repealed is cancelled.

    The address of a text inside a notice is percent-encoded.
    """
    later = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2026-12-01"}
    project.policy("p1", expires_on="2026-12-31", title="延续的办法")
    project.policy("p2", expires_on="2028-12-31", title="要废止的办法")
    project.policy("p3", title="延续的通知", renews="p1", renewed_until="2030-06-30", **later)
    project.policy("p4", title="废止的决定", repeals="p2", **later)
    project.policy("p5", "## 甲办法\n\n第一条　甲。\n\n## 乙办法\n\n第一条　乙。\n",
                   parts="[{id: a, title: 甲办法, expires_on: 2027-05-31}, {id: b, title: 乙办法}]")  # fmt: skip
    found = {one["SUMMARY"]: one for one in events(made(project))}
    assert set(found) == {
        "有效期届满：延续的办法", "（将自2026年12月1日起废止）有效期届满：要废止的办法", "有效期届满：甲办法",
    }  # fmt: skip
    assert found["有效期届满：延续的办法"]["DTSTART;VALUE=DATE"] == "20300630"
    assert found["（将自2026年12月1日起废止）有效期届满：要废止的办法"]["STATUS"] == "CANCELLED"
    assert found["有效期届满：甲办法"]["URL"].endswith("/policies/p5/#%E7%94%B2%E5%8A%9E%E6%B3%95")


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300))
def test_a_folded_line_is_the_line(text: str) -> None:
    """A line in pieces of 75 octets is the same line when it is unfolded, and no piece cuts a character."""
    pieces = folded(f"SUMMARY:{text}")
    assert pieces.replace("\r\n ", "") == f"SUMMARY:{text}"
    assert all(len(piece.encode()) <= 75 for piece in pieces.split("\r\n"))


def test_a_text_value_is_escaped() -> None:
    """Backslash, semicolon, comma and line breaks are escaped, other controls left out."""
    assert escaped("a\\b;c,d\r\ne\x07") == "a\\\\b\\;c\\,d\\ne"


def test_the_same_calendar_on_every_build(project: Project) -> None:
    """Two builds for the same day give the same calendar."""
    project.policy("p1", expires_on="2028-04-30")
    first = (made(project) / "calendar.ics").read_bytes()
    again = made(project, "again", cache=project.folder / "other-cache")
    assert first == (again / "calendar.ics").read_bytes()
    assert dt.datetime.now(dt.UTC).strftime("%Y%m%dT") not in first.decode()


def test_a_mail_about_a_consultation_has_its_subject(project: Project) -> None:
    """A mailbox among the channels opens a mail with the subject filled in, and a phone number calls."""
    fields = {"disclosure": "proactive", "date_published": "2026-11-01", "opens_on": "2026-11-01"}
    channels = "[邮箱：yj@rsj.example.gov.cn, 电话：0371-12345678]"
    values = {"title": "征求意见", **fields, "closes_on": "2026-12-10", "channels": channels}
    project.document("consultations/c1.md", values)
    text = article(made(project), "consultations/c1/")
    assert "mailto:yj@rsj.example.gov.cn?subject=%E6%84%8F%E8%A7%81" in text
    assert 'href="tel:0371-12345678"' in text


@pytest.mark.browser
@pytest.mark.parametrize("clipboard", ["writeText: async (text) => { window.copied = text; }", ""])
def test_the_citation_of_an_open_clause_is_copied(project: Project, chromium: Browser, clipboard: str) -> None:
    """The button copies title, 文号 and, where the address names a clause, the clause with its link; it says so.

    Without the clipboard of https the browser's old command copies.
    """
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n")
    public = made(project)
    with hosted(public) as address:
        page = chromium.new_page()
        page.add_init_script(
            f"Object.defineProperty(navigator, 'clipboard', {{value: {{{clipboard}}}}});"
            "document.execCommand = () => { window.copied = document.activeElement.value; return true; };"
        )
        page.goto(f"{address}policies/p1/")
        cite = page.locator("[data-tool=cite]")
        cite.click()
        canonical = "https://rsj.example.gov.cn/zwgk/policies/p1/"
        expect(page.locator(".document-tools [role=status]")).to_have_text("已复制。")
        assert page.evaluate("copied") == f"《示例市灵活就业补贴办法》（例人社发〔2024〕1号）\n{canonical}"
        page.goto(f"{address}policies/p1/#第二条")
        expect(cite).to_have_text("复制第二条的引用")
        cite.click()
        expect(page.locator(".document-tools [role=status]")).to_have_text("已复制。")
        clause = f"{canonical}#{quote('第二条')}"
        assert page.evaluate("copied") == f"《示例市灵活就业补贴办法》（例人社发〔2024〕1号）第二条\n{clause}"
        page.locator("[data-tool=link]").click()
        assert page.evaluate("copied") == clause
        page.close()


@pytest.mark.browser
def test_the_citation_of_a_clause_names_the_text_that_it_is_in(project: Project, chromium: Browser) -> None:
    """Where a notice carries several texts, the citation of a clause has the title of the one that it is in."""
    body = "印发给你们。\n\n## 甲办法\n\n第一条　甲。\n\n## 乙办法\n\n第一条　乙。\n"
    parts = "[{id: a, title: 甲办法}, {id: b, title: 乙办法}]"
    project.policy("p1", body, title="关于印发两个办法的通知", parts=parts)
    with hosted(made(project)) as address, chromium.new_page() as page:
        page.add_init_script(
            "const writeText = async (text) => { window.copied = text; };"
            "Object.defineProperty(navigator, 'clipboard', {value: {writeText}});"
        )
        for title in ("甲办法", "乙办法"):
            page.goto(f"{address}policies/p1/")
            anchors = page.locator("[id$=第一条]").evaluate_all("all => all.map(one => one.id)")
            page.goto(f"{address}policies/p1/#{anchors[title == '乙办法']}")
            page.locator("[data-tool=cite]").click()
            expect(page.locator(".document-tools [role=status]")).to_have_text("已复制。")
            cited = page.evaluate("copied").partition("\n")[0]
            assert cited == f"《关于印发两个办法的通知》（例人社发〔2024〕1号）《{title}》第一条"
