"""The policy on contents: built pages keep it in Chromium without one violation, and ask no other host."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.built_site import made, pages_of, read_page
from support.project import Project, hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
NGINX = ROOT / "deploy" / "nginx.conf"
NAME = "Content-Security-Policy"
DEMO = {
    "home": "",
    "list of a column": "policies/",
    "second page of a list": "policies/index-2.html",
    "list of what is in force": "effective/",
    "list of what is repealed": "repealed/",
    "policy": "policies/rsf-2018-47/",
    "interpretation": "interpretations/jd-2024-3-al/",
    "search": "search/?q=补贴",
    "unknown": "policies/nowhere/at-all/",
}
LISTEN = """document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`violation: ${event.violatedDirective} ${event.blockedURI}`);
});"""
HOSTILE = """\
第一条　甲。<script>document.title = "跑了"</script><style>body { display: none }</style>

<p style="color: red" onclick="alert(1)">有样式的段落</p>
<img src="方块.svg" alt="方块" onerror="alert(1)" style="width: 9em">
<a href="javascript:alert(1)">点我</a><iframe src="https://example.com/"></iframe><base href="https://example.com/">
<form action="https://example.com/"><input name="a"></form><meta http-equiv="refresh" content="0;url=https://example.com/">
<link rel="stylesheet" href="https://example.com/x.css"><object data="https://example.com/x.swf"></object>
<svg onload="alert(1)"><script>alert(1)</script></svg><math><mtext><script>alert(1)</script></mtext></math>

| 甲 | 乙 |
|:--|--:|
| 1 | 2 |

正文。[^1]

[^1]: 脚注。

<video src="片子.webm" controls></video>
"""


def directives(policy: str) -> dict[str, set[str]]:
    """Read a policy: name → its sources."""
    return {name: set(sources) for name, *sources in (part.split() for part in policy.split(";") if part.strip())}


def headers_of(config: str) -> dict[str, str]:
    """Return the headers that the nginx example sends with everything."""
    found = re.findall(r'^ {4}add_header (\S+) "([^"]+)" always;$', config, re.MULTILINE)
    return dict(found)


@pytest.fixture
def page(chromium: "Browser") -> "Iterator[Page]":
    """Open a page that hears of violations."""
    context = chromium.new_context()
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


class Heard:
    """What a page said and asked for."""

    def __init__(self, page: "Page") -> None:
        self.noise: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.noise.append(message.text))
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def assert_quiet(self, host: str, *, missing: bool = False) -> None:
        """Fail where there was a violation, an error or a request to another host."""
        expected = ["Failed to load resource: the server responded with a status of 404 (Not Found)"] if missing else []
        assert self.noise == expected
        assert [url for url in self.asked if not url.startswith((host, "data:", "blob:" + host))] == []


def test_the_policy_stands_on_every_page(demo: Path) -> None:
    """Every page carries the same strict policy before anything that it loads."""
    policies = set()
    for path, built in pages_of(demo).items():
        tag = built.one("meta", http_equiv=NAME)
        loaded = [node.place for node in built.walk() if node.tag in {"link", "script", "img"}]
        assert tag.place < min(loaded), path
        policies.add(tag["content"])
    (policy,) = policies
    found = directives(policy)
    assert found["default-src"] == {"'none'"}
    assert found["script-src"] == {"'self'", "'wasm-unsafe-eval'"}
    assert found["base-uri"] == {"'none'"}
    assert all(sources <= {"'self'", "'none'", "data:", "'wasm-unsafe-eval'"} for sources in found.values())


def test_the_headers_for_nginx_are_no_weaker(demo: Path) -> None:
    """The header of the nginx example is the policy of the pages, with what only a header can say."""
    headers = headers_of(NGINX.read_text(encoding="utf-8"))
    assert {
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Strict-Transport-Security",
    } <= headers.keys()
    own = directives(read_page(demo / "index.html").one("meta", http_equiv=NAME)["content"])
    sent = directives(headers[NAME])
    assert {name: sent[name] for name in own} == own
    assert sent["frame-ancestors"] == {"'self'"}


def test_the_cache_of_the_example_knows_the_addresses(demo: Path) -> None:
    """What the example lets browsers keep has a mark of its contents in its address, and pages have none."""
    rules = re.findall(r'^    "~(\S+)" +"public', NGINX.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rules) == 2
    home = read_page(demo / "index.html")
    versioned = ["/zwgk/" + node["href"] for node in home.all("link", rel="stylesheet")]
    versioned += ["/zwgk/" + node["src"] for node in home.all("script", src="*")]
    bundled = ["/zwgk/" + path.relative_to(demo).as_posix() for path in demo.glob("search/pagefind/**/*.pf_*")]
    assert versioned
    assert bundled
    assert all(any(re.search(rule, address) for rule in rules) for address in versioned + bundled)
    for address in (
        "/zwgk/",
        "/zwgk/search/",
        "/zwgk/search/texts.json",
        "/zwgk/search/pagefind/pagefind.js",
        "/zwgk/assets/favicon.svg",
    ):
        assert not any(re.search(rule, address) for rule in rules)


@pytest.mark.browser
@pytest.mark.parametrize("headers", ["none", "nginx"])
def test_no_page_breaks_the_policy(page: "Page", demo: Path, headers: str) -> None:
    """No page of the demo, read, searched, enlarged or printed, breaks the policy or asks another host."""
    sent = headers_of(NGINX.read_text(encoding="utf-8")) if headers == "nginx" else {}
    with hosted(demo, sent) as address:
        host = address.removesuffix("zwgk/")
        for name, place in DEMO.items():
            heard = Heard(page)
            if (
                not (demo / place / "index.html").is_file()
                and place.endswith("2.html")
                and not (demo / place).is_file()
            ):
                continue
            page.goto(address + place, wait_until="networkidle")
            if name == "search":
                page.wait_for_selector("#results[data-state=done]", state="attached")
                assert page.locator("#results [data-result]").count() > 0
            page.get_by_role("button", name="大字版").click()
            page.emulate_media(media="print")
            page.pdf()
            page.emulate_media(media="screen")
            heard.assert_quiet(host, missing=name == "unknown")


@pytest.mark.browser
def test_the_policy_is_seen_to_work(page: "Page", demo_address: str) -> None:
    """The same ears hear a script, a style and a picture from elsewhere that the policy stops."""
    heard = Heard(page)
    page.goto(demo_address, wait_until="networkidle")
    page.evaluate("""() => {
        document.body.insertAdjacentHTML("beforeend", '<img src="https://example.invalid/x.png"><p style="color:red">');
        const script = document.createElement("script");
        script.textContent = "document.title = '跑了'";
        document.body.append(script);
    }""")
    page.wait_for_timeout(200)
    said = "\n".join(heard.noise)
    for directive in ("img-src", "style-src-attr", "script-src-elem"):
        assert f"violation: {directive}" in said
    assert page.title() != "跑了"


@pytest.mark.browser
def test_every_kind_of_document_keeps_the_policy(page: "Page", project: Project) -> None:
    """A page of every kind, with all that a text may carry and all that it may not, breaks nothing."""
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>\n'
    day = {"disclosure": "proactive", "date_published": "2024-05-08"}
    more = {
        "policies": {
            "index_no": "123456789/2024-00001",
            "doc_number": "例人社发〔2024〕1号",
            "date_written": "2024-05-06",
        },
        "interpretations": {"interprets": "policies", "form": "infographic"},
        "consultations": {"opens_on": "2024-05-08", "closes_on": "2024-06-20", "is_major": "false"},
        "responses": {"event_at": "2024-05-07 09:00", "responded_at": "2024-05-07 12:00", "event_level": "other"},
    }
    kinds = ("policies", "interpretations", "consultations", "responses", "reports", "notices", "pages")
    fields = {"title": "一份文件", "exempt": "{H001: 网页不能打开的地址}"}
    for kind in kinds:
        project.document(f"{kind}/one.md", {**fields, **day, **more.get(kind, {}), "id": kind}, HOSTILE)
        project.write(f"content/{kind}/方块.svg", square)
        project.write(f"content/{kind}/片子.webm", b"")
    site = made(project)
    places = {row["id"]: row["url"] for row in project.records().values()}
    assert places.keys() == set(kinds)
    with hosted(site) as address:
        for place in places.values():
            heard = Heard(page)
            page.goto(address + place, wait_until="networkidle")
            assert page.locator(".text img").evaluate("(node) => node.naturalWidth > 0")
            assert page.locator(".text").is_visible()
            assert page.title() != "跑了"
            heard.assert_quiet(address.removesuffix("zwgk/"))
