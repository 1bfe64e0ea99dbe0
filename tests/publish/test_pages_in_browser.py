"""The demo in a real browser: for everybody, on a phone, in print, without a script, and quietly."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.project import Project, hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.browser

PAGES = {
    "catalogue": "catalogue/",
    "items": "items/",
    "item": "items/1.3/",
    "form": "request/form.html",
    "request": "request/",
    "home": "",
    "column": "policies/",
    "policy": "policies/rsf-2018-47/",
    "interpretation": "interpretations/jd-2024-3-al/",
    "groups": "browse/",
    "theme": "themes/社会保险/",
    "search": "search/?q=补贴",
    "unknown": "policies/nowhere/at-all/",
}
PHONE = 320
WEIGHT = 150_000


@pytest.fixture
def page(chromium: "Browser") -> "Iterator[Page]":
    """Open a page with nothing remembered."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def visit(page: "Page", address: str, name: str) -> None:
    """Open one of the pages and wait until all of it is there."""
    page.goto(address + PAGES[name], wait_until="load")
    if name == "search":
        page.wait_for_selector("#results[data-state=done]", state="attached")


# For everybody


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier(page: "Page", demo_address: str, name: str, width: int) -> None:
    """There is no serious or critical barrier that axe would find on a page, on a phone or on a desk."""
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 800})
    visit(page, demo_address, name)
    found = Axe().run(page).response["violations"]
    grave = [violation for violation in found if violation["impact"] in {"serious", "critical"}]
    assert [(violation["id"], [node["html"] for node in violation["nodes"]]) for violation in grave] == []


def test_axe_sees_a_barrier(page: "Page", demo_address: str) -> None:
    """The same run of axe reports a picture without a text, a field without a name and grey on white."""
    from axe_playwright_python.sync_playwright import Axe

    visit(page, demo_address, "policy")
    page.evaluate("""document.querySelector("main").innerHTML +=
        '<img src="../../assets/favicon.svg"><input><p id="pale">浅色</p>';
        Object.assign(document.getElementById("pale").style, {color: "#bbb", background: "#fff"})""")
    found = {violation["id"] for violation in Axe().run(page).response["violations"]}
    assert {"image-alt", "label", "color-contrast"} <= found


@pytest.mark.parametrize("name", PAGES)
def test_the_first_tab_reaches_the_skip_link(page: "Page", demo_address: str, name: str) -> None:
    """The first Tab reaches the skip link, which can then be seen, and Enter leads past the navigation into main."""
    visit(page, demo_address, name)
    page.keyboard.press("Tab")
    link = page.locator("a:focus")
    assert (link.get_attribute("href"), link.inner_text()) == ("#main", "跳到正文")
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")  # the browser tells a change inside the page a moment later
    inside = (
        "document.querySelector('main').contains(document.activeElement) || document.activeElement.closest('footer')"
    )
    page.keyboard.press("Tab")
    assert page.evaluate(f"!!({inside})")


def test_everything_is_reached_from_the_keyboard(page: "Page", demo_address: str) -> None:
    """Tab reaches every visible link, button and field of a policy in the order of the page, and shows where it is."""
    visit(page, demo_address, "policy")
    page.evaluate("""document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']").forEach(
        (node) => { if (node.checkVisibility()) node.dataset.reach = ""; })""")
    wanted = page.locator("[data-reach]").count()
    assert wanted > 15
    order = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate("""() => {
                const node = document.activeElement;
                const style = getComputedStyle(node);
                const all = [...document.querySelectorAll("[data-reach]")];
                return [all.indexOf(node), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0];
            }""")
        )
    assert order == [[place, True] for place in range(wanted)]


# On a phone, in print, large, without a script


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_does_not_scroll_sideways(page: "Page", demo_address: str, name: str) -> None:
    """On a phone of 320 pixels a page does not scroll sideways."""
    page.set_viewport_size({"width": PHONE, "height": 640})
    visit(page, demo_address, name)
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate("document.documentElement.clientWidth") == PHONE
    assert page.evaluate(sideways) == 0


def test_a_wide_table_scrolls_by_itself(chromium: "Browser", project: Project) -> None:
    """A table wider than a phone scrolls inside its own region, which the keyboard reaches; the page does not."""
    columns = range(12)
    row = "|" + "|".join(f"第{number}列的内容" for number in columns) + "|"
    rule = "|" + "---|" * len(columns)
    project.policy("p1", f"{row}\n{rule}\n{row}\n\n{'很长的网址' * 3}https://www.example.gov.cn/{'a' * 200}\n")
    page = chromium.new_page(viewport={"width": PHONE, "height": 640})
    with hosted(project.build()) as address:
        page.goto(f"{address}policies/p1/")
        region = page.get_by_role("region", name="表格")
        assert region.evaluate("(node) => node.scrollWidth > node.clientWidth")
        assert region.get_attribute("tabindex") == "0"
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE
        page.close()


def test_print_keeps_the_notices_and_hides_the_navigation(page: "Page", demo_address: str) -> None:
    """On paper a repealed policy still says so before its text; navigation, search and tools are not printed."""
    visit(page, demo_address, "policy")
    hidden = [".site-nav", ".crumbs", ".head-search", ".tools", ".neighbours", ".skip", ".outline", ".site-foot"]
    kept = ["h1", "[data-notice=repealed]", "[data-status-line]", ".text"]
    assert all(page.locator(selector).count() == 1 for selector in [*hidden, *kept])
    assert page.locator(".site-nav").is_visible()
    page.emulate_media(media="print")
    assert [selector for selector in hidden if page.locator(selector).is_visible()] == []
    assert [selector for selector in kept if not page.locator(selector).is_visible()] == []
    assert page.locator("[data-notice] strong").inner_text() == "本文件已废止"
    assert len(page.pdf()) > 1000


def test_large_text_is_remembered(page: "Page", demo_address: str) -> None:
    """The button enlarges the text in two steps and says so, other pages remember; a third press undoes it."""
    visit(page, demo_address, "policy")

    def state() -> tuple[float, str | None]:
        size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.text, h1')).fontSize)")
        return float(size), page.get_by_role("button", name="大字版").get_attribute("aria-pressed")

    normal, pressed = state()
    assert pressed == "false"
    page.get_by_role("button", name="大字版").click()
    step, pressed = state()
    assert step >= normal * 1.3
    assert pressed == "true"
    page.get_by_role("button", name="大字版").click()
    large, pressed = state()
    assert large >= step * 1.2
    assert pressed == "true"
    assert page.get_by_role("button", name="大字版").inner_text().endswith("特大")
    page.reload()
    assert state() == (large, "true")
    visit(page, demo_address, "interpretation")
    assert state() == (large, "true")
    page.get_by_role("button", name="大字版").click()
    assert state() == (normal, "false")
    page.reload()
    assert state() == (normal, "false")


def test_the_print_button_prints(page: "Page", demo_address: str) -> None:
    """The button 打印 opens the browser's printing."""
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; };")
    visit(page, demo_address, "policy")
    page.get_by_role("button", name="打印").click()
    assert page.locator("html").get_attribute("data-printed") == "yes"


def test_without_a_script_search_leads_to_the_lists(chromium: "Browser", demo_address: str) -> None:
    """Without JavaScript the search page says so and leads to every list, and no dead button is shown."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_address}search/?q=补贴")
    main = page.locator("main")
    assert "JavaScript" in main.inner_text()
    links = main.locator("a")
    names = links.all_inner_texts()
    assert {"政策文件", "政策解读", "意见征集"} <= set(names)
    main.get_by_role("link", name="政策文件").click()
    page.wait_for_url(f"{demo_address}policies/", wait_until="load")
    page.locator(".items li").first.wait_for()
    assert page.locator(".items li").count() > 10
    assert not page.get_by_role("button", name="大字版").is_visible()
    context.close()


def test_without_a_script_everything_else_is_there(chromium: "Browser", demo_address: str) -> None:
    """Without JavaScript a policy shows its notice, its facts, its text and its links."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_address + PAGES["policy"])
    for selector in ("[data-notice]", ".facts", ".text", ".site-nav"):
        assert page.locator(selector).is_visible(), selector
    page.locator(".outline summary").click()
    page.locator(".outline a").first.click()
    assert page.locator(".text :target").count() == 1
    context.close()


# Quiet and light


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet(page: "Page", demo_address: str, name: str) -> None:
    """A page writes nothing to the console, asks only its own host, and everything that it asks for is there."""
    noise: list[str] = []
    asked: list[Request] = []

    def seen(request: "Request") -> None:
        asked.append(request)

    page.on("console", lambda message: noise.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", seen)
    page.goto(demo_address + PAGES[name], wait_until="networkidle")
    host = demo_address.removesuffix("zwgk/")
    assert [request.url for request in asked if not request.url.startswith((host, "blob:", "data:"))] == []
    bad = [request.url for request in asked if (answer := request.response()) is None or answer.status >= 400]
    assert bad == ([demo_address + PAGES[name]] if name == "unknown" else [])
    expected = ["error: Failed to load resource: the server responded with a status of 404 (Not Found)"]
    assert noise == (expected if name == "unknown" else [])


@pytest.mark.parametrize("name", ["home", "policy"])
def test_a_page_is_light(page: "Page", demo_address: str, name: str) -> None:
    """The front page and a policy weigh less than 150 KB without pictures, with everything that they load."""
    weights: dict[str, int] = {}

    def weigh(answer: Any) -> None:
        if answer.request.resource_type not in {"image", "media"}:
            weights[answer.url] = len(answer.body())

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto(demo_address + PAGES[name], wait_until="networkidle")
    assert len(weights) >= 3
    assert sum(weights.values()) < WEIGHT, weights


def test_pictures_show(page: "Page", demo_address: str, demo: Path) -> None:
    """Every picture of the demo's interpretations is loaded and has a text."""
    found = 0
    for place in sorted((demo / "interpretations").glob("*/index.html")):
        if b"<img" in place.read_bytes():
            page.goto(f"{demo_address}interpretations/{place.parent.name}/", wait_until="load")
            for image in page.locator(".text img").all():
                found += 1
                assert image.evaluate("(node) => node.complete && node.naturalWidth > 0")
                assert image.get_attribute("alt")
    assert found >= 3
