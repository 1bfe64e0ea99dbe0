"""Documents on paper: the lines of official documents, the running head, the end of the page, the QR code."""

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from support.built_site import made, read_page
from support.pictures import png
from support.project import Project, hosted

from generator.publish.text.qr_code import qr_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIGNED = "\n\n示例市人力资源和社会保障局\n\n2024年5月6日\n"


def _classes(project: Project, body: str) -> dict[str, str]:
    project.policy("p1", body)
    page = read_page(made(project) / "policies/p1/index.html")
    lines = page.classed("text")[0].all("p")
    classes = {line.text: line.attributes.get("class", "") for line in lines}
    return {text: name for text, name in classes.items() if name and name != "disclosure-note"}


def test_official_lines_have_their_class(project: Project) -> None:
    """Addressee, attachment notes, issuing bodies and day are known, wherever attachments are announced."""
    text = "各县（区）人民政府，市直各单位：\n\n现印发给你们。\n\n附件：1. 申请表\n\n　　　2. 对照表"
    assert _classes(
        project, f"{text}\n\n示例市财政局\n\n示例市人力资源和社会保障局\n\n2024年5月6日\n\n（此件主动公开）\n"
    ) == {
        "各县（区）人民政府，市直各单位：": "addressee",
        "附件：1. 申请表": "attachment-note",
        "2. 对照表": "attachment-item",
        "示例市财政局": "signature",
        "示例市人力资源和社会保障局": "signature",
        "2024年5月6日": "signature-day",
    }


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提交下列材料：\n\n（一）身份证明。\n",
        "第一条　申领截止日期为\n\n2024年5月6日\n\n以后不再受理。\n",
        "附件不再单独印发。\n\n1. 甲\n2. 乙\n",
        "自下列日期起施行。\n\n2024年5月6日\n\n第二批另行通知。\n",
    ],
)
def test_other_lines_have_none(project: Project, text: str) -> None:
    """A list's heading, a day inside a text and a sentence on attachments are no official lines."""
    assert _classes(project, text) == {}


def test_the_end_of_the_page_has_address_day_and_code(project: Project) -> None:
    """A printed page says where it is from and for which day its status is; the running head has status and 文号."""
    project.policy("p1", "第一条　甲。" + SIGNED, expires_on="2025-01-01")
    page = read_page(made(project) / "policies/p1/index.html")
    assert page.classed("running-head")[0].text == "已失效　例人社发〔2024〕1号"
    end = page.classed("paper-foot")[0]
    assert "https://rsj.example.gov.cn/zwgk/policies/p1/" in end.text
    assert "状态截至2026年11月21日" in end.text
    assert end.one("path")["d"] == qr_path("https://rsj.example.gov.cn/zwgk/policies/p1/")[0]


@pytest.mark.parametrize(
    ("length", "side", "digest"),
    [
        (14, 29, "d37b2556722ef197"),
        (26, 33, "0e9762a0a0c14c49"),
        (42, 37, "837e8b2a9ba569a9"),
        (62, 41, "d34325fd8e657f7b"),
        (84, 45, "38509900cd0c0ee5"),
        (106, 49, "e1adccd8ef0bf68e"),
        (122, 53, "42c5c731bcee4e60"),
        (152, 57, "5cea8b5492cecc96"),
        (180, 61, "1bf69d99c6e1cdbf"),
    ],
)
def test_codes_of_every_version_are_those_of_the_library(length: int, side: int, digest: str) -> None:
    """The longest address of each version has the code that ``qrcode`` 8 makes with the same level and mask."""
    address = ("https://rsj.example.gov.cn/" + "zwgk/policies/x/" * 12)[:length]
    path, width = qr_path(address)
    assert (width, sha256(path.encode()).hexdigest()[:16]) == (side, digest)


def test_a_very_long_address_has_no_code() -> None:
    """An address of more than 180 bytes is printed without a code."""
    assert qr_path("https://rsj.example.gov.cn/" + "a" * 160) == ("", 0)


def test_on_paper_a_document_is_an_official_document(project: Project, chromium: "Browser") -> None:
    """On paper there are title, number, text, signature and end; facts, navigation and tools are not there."""
    project.policy("p1", "第一条　甲。" + SIGNED)
    with hosted(made(project)) as address:
        page = chromium.new_page()
        page.goto(f"{address}/policies/p1/")
        assert not page.locator(".paper-foot").is_visible()
        signed, line = page.locator(".signed").bounding_box(), page.locator(".text > p").first.bounding_box()
        assert signed
        assert line
        assert line["x"] + line["width"] / 2 < signed["x"] + signed["width"] / 2 < line["x"] + line["width"]
        page.emulate_media(media="print")
        for shown in (".running-head", ".document-number", "h1", ".text", ".signed", ".paper-foot svg"):
            assert page.locator(shown).is_visible(), shown
        for hidden in (".site-head", ".site-foot", ".crumbs", ".facts", ".downloads", ".timeline"):
            assert page.locator(hidden).is_hidden(), hidden
        assert page.locator("h1").evaluate("element => getComputedStyle(element).textAlign") == "center"
        box, text = page.locator(".signed").bounding_box(), page.locator(".text").bounding_box()
        assert box
        assert text
        assert box["x"] > text["x"] + text["width"] / 2 - box["width"] / 2
        assert len(re.findall(rb"/Type /Page\b", page.pdf())) == 1


def test_wide_tables_long_pictures_and_footnotes_fit_on_paper(project: Project, chromium: "Browser") -> None:
    """Twelve columns and a long picture stay inside the page, a small table is whole, a footnote has no arrow."""
    project.write("content/policies/长图.png", png(height=4_000))
    wide = "\n".join(("| 项目" * 12 + " |", "|---" * 12 + "|", *(["| 12.34万元" * 12 + " |"] * 3)))
    project.policy("p1", f"第一条　甲。[^1]\n\n{wide}\n\n![长图](长图.png)\n\n[^1]: 脚注。\n")
    with hosted(made(project)) as address:
        page = chromium.new_page(viewport={"width": 600, "height": 850})
        page.emulate_media(media="print")
        page.goto(f"{address}/policies/p1/")
        table, text = page.locator(".text table").bounding_box(), page.locator(".text").bounding_box()
        assert table
        assert text
        assert table["x"] + table["width"] <= text["x"] + text["width"] + 1
        picture = page.locator(".text img").bounding_box()
        assert picture
        assert picture["height"] <= 757  # 200 mm
        assert page.locator(".footnote-backref").is_hidden()
        assert page.locator(".text table").evaluate("element => getComputedStyle(element).breakInside") == "avoid"
