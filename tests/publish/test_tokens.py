"""The design tokens: one place for colours, type and space, which a site's own theme replaces one by one."""

import re
from pathlib import Path

import pytest
from support.built_site import made
from support.project import Project

from generator.domain.problems import ConfigError
from generator.publish.theme.tokens import COLOUR_GROUPS, check_contrast, contrast_of, read_tokens, tokens_css

ROOT = Path(__file__).parents[2]
DEFAULT = ROOT / "themes" / "default"
TOKENS = read_tokens(DEFAULT / "theme.yaml", {})


@pytest.fixture
def themed(project: Project) -> Project:
    """Return a site of one notice whose theme is ``mine``."""
    config = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    project.write("site_config.yaml", config + "theme: mine\n")
    project.document("notices/n1.md", {"title": "停水通知", "date_published": "2024-05-08", "disclosure": "proactive"})
    return project


@pytest.mark.parametrize("theme", ["default", "red"])
def test_the_colours_of_our_themes_can_be_told_apart(theme: str) -> None:
    """In every mode text has 4.5:1 on its ground, 7:1 in high contrast; borders and focus have 3:1."""
    check_contrast(read_tokens(ROOT / "themes" / theme / "theme.yaml", TOKENS), ROOT)


@pytest.mark.parametrize("group", COLOUR_GROUPS)
def test_one_colour_of_the_focus_ring_contrasts_with_every_ground(group: str) -> None:
    """On every ground where something can be reached, one of the two colours of the ring has 3:1."""
    colours = {**TOKENS["colour"], **TOKENS[group]}
    for ground in (
        "paper",
        "shade",
        "brand",
        "brand-strong",
        "bar",
        "bar-current",
        "warn-shade",
        "soft-shade",
        "target",
    ):
        ring = max(contrast_of(colours[ground], colours[name]) for name in ("focus", "focus-edge"))
        assert ring >= 3, (group, ground)


def test_styles_have_no_colours_of_their_own() -> None:
    """No rule for the screen has a colour that is not a token: a theme that replaces a token replaces it everywhere."""
    for path in (DEFAULT / "assets" / "style.css", *sorted((DEFAULT / "styles").glob("*.css"))):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        screen = text.partition("@media print")[0]
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|:\s*(?:white|black)\b", screen) == [], path.name


def test_every_token_that_styles_use_is_there() -> None:
    """Every custom property of the style sheet is a token of the theme."""
    names = {name for group in TOKENS.values() for name in group}
    for path in (DEFAULT / "assets" / "style.css", *sorted((DEFAULT / "styles").glob("*.css"))):
        assert set(re.findall(r"var\(--([\w-]+)\)", path.read_text(encoding="utf-8"))) <= names, path.name


def test_a_theme_replaces_one_token(themed: Project) -> None:
    """A theme with one colour changes that property by day and nothing else of the style sheet."""
    themed.write("themes/mine/theme.yaml", 'colour:\n  brand: "#5a1a6b"\n')
    style = (made(themed) / "assets/style.css").read_text(encoding="utf-8")
    assert style.count("#5a1a6b") == 1
    brand = TOKENS["colour"]["brand"]
    files = [DEFAULT / "assets" / "style.css", *sorted((DEFAULT / "styles").glob("*.css"))]
    plain = tokens_css(TOKENS) + "".join(path.read_text(encoding="utf-8") for path in files)
    assert style == plain.replace(f"--brand: {brand};", "--brand: #5a1a6b;", 1)


def test_a_new_colour_is_on_the_pages_of_the_next_build(themed: Project) -> None:
    """A changed token changes the address of the style sheet in every page, so that no browser keeps the old one."""
    themed.write("themes/mine/theme.yaml", 'colour:\n  brand: "#5a1a6b"\n')
    first = (made(themed) / "index.html").read_text(encoding="utf-8")
    themed.write("themes/mine/theme.yaml", 'colour:\n  brand: "#1a5a3b"\n')
    second = (made(themed) / "index.html").read_text(encoding="utf-8")
    address = re.compile(r"style\.css\?v=(\w+)")
    assert address.findall(first) != address.findall(second)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("colours:\n  ink: '#000'\n", "theme.yaml:1: 这一组没有“colours”"),
        ("colour:\n  inc: '#000'\n", "theme.yaml:2: colour 里没有“inc”"),
        ("colour:\n  ink: #000\n", "theme.yaml:2: ink 的颜色“”认不出"),
        ("colour:\n  ink: red;}\n", "的颜色“red;}”认不出"),
        ("colour:\n  ink: url(https://example.com/)\n", "认不出"),
        ("type:\n  font: 'a;} body{'\n", "字体“a;} body{”认不出"),
        ("type:\n  text: calc(1px)\n", "text 的值“calc(1px)”认不出"),
        ("accessibility:\n  tested-on: 昨天\n", "日期“昨天”认不出"),
        (
            "colour:\n  ink: '#aaaaaa'\n",
            "白天（colour）的 ink #aaaaaa 在 paper #ffffff 上看不清：对比度 2.3，至少要 4.5",
        ),
        ("dark:\n  paper: '#ffffff'\n", "深色（dark）"),
        ("contrast:\n  brand: '#0000ff'\n", "高对比度（contrast）"),
        ("colour:\n  focus: '#222'\n", "focus 和 focus-edge"),
        ("- ink\n", "应是“组: 名称: 值”的形式"),
    ],
)
def test_a_mistake_in_the_tokens_is_refused(themed: Project, written: str, message: str) -> None:
    """A name, a value or a pair of colours that does not work stops the build with the place and what to do."""
    themed.write("themes/mine/theme.yaml", written)
    with pytest.raises(ConfigError) as refused:
        made(themed)
    assert message in str(refused.value)


def test_a_mistake_in_the_tokens_is_a_message_in_every_process(themed: Project) -> None:
    """With several processes the mistake is said once, before they start: there is no traceback of one of them."""
    themed.write("themes/mine/theme.yaml", "colour: [x\n")
    ran = themed.run("build", "--no-search", "--jobs", "2")
    assert ran.status == 2
    assert "theme.yaml:1: “colour: [x”的括号没有成对" in ran.err
    assert "Traceback" not in ran.err
