"""Access in a real browser: every kind of page in every mode, on a narrow screen, read aloud, without a flash."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.built_site import made
from support.project import Project, hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PAGES = (
    "",
    "policies/",
    "policies/rsg-2022-3/",
    "policies/rsg-2021-4/",
    "policies/rsg-2024-3/",
    "policies/rsg-2025-5/",
    "interpretations/jd-2024-3-al/",
    "consultations/zj-2026-1/",
    "catalogue/",
    "items/",
    "items/1.3/",
    "relations/",
    "effective/",
    "repealed/",
    "cited/",
    "search/",
    "request/",
    "request/form.html",
    "institution/",
    "accessibility/",
    "404.html",
)
LARGE = {"size": "large", "contrast": ""}
LARGER = {"size": "larger", "contrast": ""}
_SHIFTS = """window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
        .observe({type: "layout-shift", buffered: true});"""
CONTRAST = {"size": "", "contrast": "high"}
MODES: dict[str, tuple[dict[str, Any], dict[str, str] | None]] = {
    "light": ({}, None),
    "dark": ({"color_scheme": "dark"}, None),
    "forced": ({"forced_colors": "active"}, None),
    "forced at night": ({"forced_colors": "active", "color_scheme": "dark"}, None),
    "larger": ({}, LARGER),
    "contrast": ({}, CONTRAST),
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SPEECH = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {configurable: true, value: {
    getVoices: () => [],
    cancel() { window.cancelled = true; },
    speak(said) {
        window.spoken.push(said.text);
        if (window.spoken.length < window.most) setTimeout(() => said.onend(), 0);
    },
}});
"""


def opened(browser: "Browser", width: int, stored: dict[str, str] | None = None, **options: Any) -> "Page":
    """Open an empty page of a width on a device that remembers something."""
    page = browser.new_page(viewport={"width": width, "height": 844}, **options)
    if stored:
        page.add_init_script(f"localStorage.setItem('gongkai-reading', {json.dumps(json.dumps(stored))})")
    return page


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_any_mode(chromium: "Browser", demo_address: str, mode: str) -> None:
    """On no kind of page has axe a finding of A, AA or best practice, in any mode."""
    from axe_playwright_python.sync_playwright import Axe

    options, stored = MODES[mode]
    page = opened(chromium, 390, stored, **options)
    findings = []
    for address in PAGES:
        page.goto(demo_address + address, wait_until="load")
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
        findings += [(address, found["id"], found["nodes"][0]["html"]) for found in result]
    page.close()
    assert findings == []


@pytest.mark.parametrize("mode", ["light", "larger"])
def test_no_page_is_wider_than_a_phone(chromium: "Browser", demo_address: str, mode: str) -> None:
    """At 320 pixels no kind of page scrolls sideways, in the largest text either."""
    page = opened(chromium, 320, MODES[mode][1])
    wide = []
    for address in PAGES:
        page.goto(demo_address + address, wait_until="load")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide.append((address, width))
    page.close()
    assert wide == []


def test_what_is_remembered_is_there_before_the_first_paint(chromium: "Browser", demo_address: str, demo: Path) -> None:
    """A script of at most 200 bytes sets the mode while the head is read: nothing moves when large text is on."""
    assert (demo / "assets/mode.js").stat().st_size <= 200
    page = opened(chromium, 390, LARGER)
    page.add_init_script(_SHIFTS)
    page.goto(demo_address + "policies/rsg-2022-3/", wait_until="networkidle")
    assert page.locator("html").get_attribute("data-size") == "larger"
    blocking = "document.head.querySelector('script[src*=\"mode.js\"]:not([defer], [async], [type=module])') !== null"
    assert page.evaluate(blocking)
    assert page.evaluate("window.shift") <= 0.05
    page.close()


@pytest.mark.parametrize("stored", [LARGE, LARGER, {"size": "larger", "contrast": "high"}])
def test_nothing_moves_in_large_text_on_any_screen(
    chromium: "Browser", demo_address: str, stored: dict[str, str]
) -> None:
    """The tools are in their remembered state when the page is painted first: the layout shift is at most 0.05."""
    moved = []
    for width in (390, 1024, 1280):
        page = opened(chromium, width, stored)
        page.add_init_script(_SHIFTS)
        for address in ("policies/rsg-2022-3/", "search/?q=补贴"):
            page.goto(demo_address + address)
            page.wait_for_timeout(500)
            if (shift := page.evaluate("window.shift")) > 0.05:
                moved.append((width, address, shift))
        page.close()
    assert moved == []


def test_tools_are_seen_to_be_pressed(chromium: "Browser", demo_address: str) -> None:
    """A pressed tool has another ground and a sign, is at least 44 pixels high, and the next page remembers it."""
    page = opened(chromium, 390)
    page.goto(demo_address + "policies/rsg-2022-3/")
    button = page.locator("[data-tool=contrast]")
    ground = "(node) => getComputedStyle(node).backgroundColor"
    larger = page.locator("[data-tool=larger]")
    before = larger.evaluate(ground)
    larger.click()
    assert larger.evaluate(ground) != before
    for tool in page.locator(".tools button").all():
        box = tool.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert "✓" in button.evaluate("(node) => getComputedStyle(node, '::before').content")
    assert page.locator("body").evaluate(ground) == "rgb(0, 0, 0)"
    page.goto(demo_address + "policies/")
    assert page.locator("[data-tool=contrast]").get_attribute("aria-pressed") == "true"
    page.close()


def test_reading_aloud(chromium: "Browser", demo_address: str) -> None:
    """朗读 reads title, notice and text in their order without the signs of links, marks the paragraph, and stops again."""  # noqa: E501
    page = opened(chromium, 390)
    page.add_init_script("window.most = 1e9;" + SPEECH)
    page.goto(demo_address + "policies/rsg-2021-4/")
    button = page.locator("[data-tool=aloud]")
    button.click()
    page.locator("[data-tool=aloud][aria-pressed=false]").wait_for()
    spoken = page.evaluate("window.spoken")
    assert spoken[0].startswith("云岭市职称评审管理实施办法")
    clauses = [place for place, text in enumerate(spoken) if text.startswith(("第一条", "第二条", "第三条"))]
    assert len(clauses) == 3
    assert clauses == sorted(clauses)
    assert any("部分内容已废止" in text for text in spoken[: clauses[0]])
    assert not any("的链接" in text or len(text) > 120 for text in spoken)
    page.close()

    page = opened(chromium, 390)
    page.add_init_script("window.most = 2;" + SPEECH)
    page.goto(demo_address + "policies/rsg-2021-4/")
    page.locator("[data-tool=aloud]").click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.spoken.length") == 2
    assert page.locator("[data-read]").count() == 1
    assert page.locator("[data-tool=aloud]").get_attribute("aria-pressed") == "true"
    page.locator("[data-tool=aloud]").click()
    assert page.locator("[data-read]").count() == 0
    assert page.evaluate("window.cancelled")
    assert page.locator("[data-tool=aloud]").get_attribute("aria-pressed") == "false"
    page.close()


def test_a_browser_without_a_voice_has_no_button(chromium: "Browser", demo_address: str) -> None:
    """Where the browser cannot speak there is no button 朗读; the other tools are there."""
    page = opened(chromium, 390)
    page.add_init_script("delete Window.prototype.speechSynthesis; delete window.speechSynthesis;")
    page.goto(demo_address)
    assert not page.locator("[data-tool=aloud]").is_visible()
    assert page.locator("[data-tool=larger]").is_visible()
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_text_begins_on_the_first_screen_of_a_phone(chromium: "Browser", demo_address: str, script: bool) -> None:
    """The facts behind the leading ones are folded on a phone, so that a valid policy begins on its first screen."""
    page = opened(chromium, 390, java_script_enabled=script)
    page.goto(demo_address + "policies/rsg-2023-2/")
    box = page.locator(".text").bounding_box()
    assert box
    assert box["y"] < 844 - 20  # a line of it
    facts = page.locator(".facts-rest")
    assert not facts.is_visible()
    page.locator(".more-facts summary").click()
    assert facts.is_visible()
    page.close()


def test_a_wide_screen_shows_all_facts(chromium: "Browser", demo_address: str) -> None:
    """On a desk no fact is folded and there is no button for it; on paper a policy has status and number instead."""
    page = opened(chromium, 1280)
    page.goto(demo_address + "policies/rsg-2023-2/")
    assert page.locator(".facts-rest dd").last.is_visible()
    assert not page.locator(".more-facts summary").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".facts-rest dd").last.is_visible()
    assert page.locator("[data-status-line]").is_visible()
    page.close()


def test_names_and_numbers_of_a_table_do_not_break(chromium: "Browser", demo_address: str) -> None:
    """On a phone names of people and phone numbers in tables are on one line; the table scrolls instead."""
    page = opened(chromium, 320)
    page.goto(demo_address + "institution/")
    lines = "(node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getClientRects().length; }"  # noqa: E501
    for phone in page.locator("td a.phone").all():
        assert phone.evaluate(lines) == 1
    name = page.locator("td", has_text="林知远").first
    assert name.evaluate(lines) == 1
    page.close()


@pytest.mark.parametrize("address", ["relations/", "items/"])
def test_the_widest_tables_are_blocks_on_a_phone(chromium: "Browser", demo_address: str, address: str) -> None:
    """On a phone every cell of the tables of relations and items has the width of the page and says what it is."""
    page = opened(chromium, 320)
    page.goto(demo_address + address)
    cells = page.locator(".stacked td:not(:empty)")
    assert cells.count() > 10
    label = "(nodes) => nodes.map((node) => [node.getBoundingClientRect().width, getComputedStyle(node, '::before').content])"  # noqa: E501
    assert all(width > 250 and len(content) > 3 for width, content in cells.evaluate_all(label))
    page.close()


def test_a_theme_of_tokens_alone_has_no_finding_either(chromium: "Browser", project: Project) -> None:
    """The second theme, which has tokens only, shows its colours and passes axe by day and at night."""
    from axe_playwright_python.sync_playwright import Axe

    config = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    project.write("site_config.yaml", config + "theme: red\n")
    project.write("themes/red/theme.yaml", (ROOT / "themes/red/theme.yaml").read_text(encoding="utf-8"))
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n")
    with hosted(made(project)) as address:
        for scheme, brand in (("light", "rgb(139, 26, 26)"), ("dark", "rgb(255, 179, 163)")):
            page = opened(chromium, 390, color_scheme=scheme)
            page.goto(address + "policies/p1/")
            colour = page.locator(".crumbs a").first.evaluate("(node) => getComputedStyle(node).color")
            assert colour == brand
            result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
            assert [found["id"] for found in result] == []
            page.close()
