"""Hostile sources: each costs bounded time and ends in a finding, never in a traceback or a running script."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.built_site import made, read_page
from support.project import WHOLE_SITE, Project
from support.stages import CONFIG, archive_of, messages, notice_text, page_of

from generator.audit import run_rules, select_rules
from generator.config.load import SiteConfig
from generator.domain import doc_numbers
from generator.domain.printed_disclosure import find_disclosure_notes
from generator.source.attachments.active import in_css, in_html, in_xml
from generator.source.facts.announced_attachments import find_announced_attachments
from generator.source.front_matter.read import read_front_matter
from generator.source.text.costly import costly_markup_problems
from generator.source.text.markup import convert
from generator.support import yaml_text

LENGTH = 200_000
SECONDS = 15  # far above what the slowest input costs, far below what a quadratic one does
UNITS = (
    "[",
    "![",
    "](",
    "*",
    "**",
    "_",
    "`",
    "`a",
    "<",
    "<a ",
    "<!--",
    "&",
    "&a;",
    "&#",
    "\\",
    "|",
    "|-|\n",
    "> ",
    "- ",
    "+ ",
    "1. ",
    "1.\n",
    "# ",
    "=\n",
    "-\n",
    "---\n",
    "***\n",
    "~~~",
    "```\n",
    "{",
    "{: ",
    "[^",
    "[^1]: ",
    "[a]: ",
    "[TOC]",
    "\n:   a\n",
    "    ",
    "\t",
    "  \n",
    "\u3000",
    "\n\u3000",
    "条\n",
    "第一条\n",
    "附件：1. a\n",
    "附 ",
    "附件1\n",
    "此件公开",
    "（此件",
    "公开属性：",
    "甲乙〔2024〕1号",
    "〔2024〕",
    "令第",
    "*a ",
    "**甲",
    "[a](",
    "[x](<",
    "<p>",
    "<div>\n",
    "</div>",
    "<b>",
    "<http://",
    "<http://a>",
    "<a@b>",
    "<b>甲</b>",
    "<a@",
    "a@",
    "<![CDATA[",
    "<?",
    "<script>",
    '<a href="',
    "a|b\n-|-\n",
    "* a\n",
    "  * a\n",
    "|a|b|\n",
    "甲\n甲",
    "![a](b.svg)\n\n",
    "[a](b.md)\n\n",
    "\u202e",
    " onx ",
    "src=",
    "url(",
    "@import",
    "/*",
    "\\75",
    "data:,",
    "<link ",
    "<meta ",
    "甲",
)
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "a whole page": lambda text: page_of(f"---\ntitle: 甲\n---\n第一条　甲。\n\n{text}\n"),
    "front matter": lambda text: read_front_matter(f"---\n{text}\n---\n正文。\n"),
    "numbers in a text": lambda text: list(doc_numbers.find_doc_numbers(f"文件{text}号")),
    "one number": doc_numbers.repair_doc_number,
    "announced": lambda text: list(find_announced_attachments(f"附件：1. {text}\n附件1\n", 1)),
    "printed": lambda text: list(find_disclosure_notes(f"此件{text}公开。）")),
    "HTML": lambda text: in_html(text.encode()),
    "CSS": lambda text: in_css(f"p{{{text}".encode()),
    "XML": lambda text: in_xml(text.encode()),
}


def cost(function: str, unit: str) -> float:
    """Return the seconds that 200 KB of one mark cost."""
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    begun = time.process_time()
    FUNCTIONS[function](text)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "function",
    [pytest.param(name, marks=pytest.mark.slow) if name == "a whole page" else name for name in FUNCTIONS],
)
def test_what_is_repeated_costs_bounded_time(function: str) -> None:
    """200 KB of any one mark, with or without an end, are done within seconds in everything that reads a text."""
    assert [unit for unit in UNITS if cost(function, unit) > SECONDS] == []


@pytest.mark.parametrize(
    "unit", ["[", "甲", "- ", "&#", "\\", "'", '"', "{", "a: ", "&a ", "*a ", "!!x ", "? ", "|\n", "# "], ids=repr
)
def test_yaml_of_any_one_mark_is_refused_or_read(unit: str) -> None:
    """200 KB of one mark in YAML: a value or an explained error, within seconds."""
    begun = time.process_time()
    with contextlib.suppress(yaml_text.YamlTextError):
        yaml_text.parse((unit * LENGTH)[: yaml_text.MAX_CHARACTERS])
    assert time.process_time() - begun < SECONDS


@given(
    st.lists(st.sampled_from([*UNITS, "\n", "\n\n", "甲", " ", "1", "---\n", "title: ", "：", "'", '"']), max_size=60)
)
def test_any_mixture_is_read(parts: list[str]) -> None:
    """Whatever a file holds: a page with problems, nothing raised; nothing of it runs."""
    text = "".join(parts)
    for whole in (text, f"---\ntitle: 甲\n---\n{text}", f"---\n{text}\n---\n{text}"):
        page = page_of(whole)
        assert page.path
    html = convert(text).html.lower() if costly_markup_problems(text, 1) is None else ""
    assert not any(mark in html for mark in ("<script", "<iframe", "<style", "<form", "<base", "<meta", "<object"))


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    """Whatever bytes a file holds, nothing is raised by what looks at texts and files."""
    assert page_of(data).path
    assert isinstance(in_html(data), str)
    assert isinstance(in_xml(data), str)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[" * 5_000, "符号太多"),
        ("- " * 100 + "甲", "嵌套太深"),
        ("> " * 100 + "甲", "嵌套太深"),
        ("---\n" * 1_500, "分隔线太多"),
        ("<a " * 1_000, "没有闭合"),
    ],
    ids=["marks", "list", "quotation", "rules", "tags"],
)
def test_a_tangled_text_is_a_finding_at_its_line(body: str, said: str) -> None:
    """A text that would keep the library busy is F008 at the line where it begins, with the mend."""
    page = page_of(notice_text(f"甲。\n\n乙。\n\n{body}\n"))
    (problem,) = [problem for problem in page.problems if problem.rule == "F008"]
    assert said in problem.message
    assert problem.hint
    assert problem.line == 10


@pytest.mark.parametrize(
    "body",
    [
        "甲" * 1_000_000,
        "[甲](a.md)、" * 1_000,
        "| [甲](a.md) | [乙](b.md) |\n|---|---|\n" + "| [甲](a.md) | & |\n" * 3_000,
        "姓名________ " * 1_000,
        "- 甲\n  - 乙\n    - 丙\n" * 500,
        "<table>" + "<tr><td>甲</td></tr>" * 3_000 + "</table>",
        "-" * 200,
        "* * *",
        "甲。\n\n---\n\n" * 1_000,
    ],
    ids=[
        "a long line",
        "links",
        "a table of links",
        "blanks to fill in",
        "lists",
        "an HTML table",
        "a rule",
        "stars",
        "rules",
    ],
)
def test_a_large_ordinary_text_is_read(body: str) -> None:
    """Texts that are large and not tangled are read as before."""
    assert messages(page_of(notice_text(f"{body}\n")), "F008") == []


def test_billion_laughs_are_refused_in_front_matter_and_config(project: Project) -> None:
    """Anchors and aliases end in a finding of the file, and in status 2 for the config."""
    bomb = 'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\n'
    assert "锚点" in messages(page_of(f"---\n{bomb}---\n"), "F008")[0]
    project.policy("p1")
    project.write("site_config.yaml", bomb)
    ran = project.run("check")
    assert ran.status == 2
    assert "Traceback" not in ran.err


def test_symbolic_links_are_not_followed(project: Project, tmp_path: Path) -> None:
    """A link to a file or a folder outside is a finding; nothing behind it is read."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "p9.md").write_text("---\ntitle: 密\n---\n", encoding="utf-8")
    project.policy("p1")
    (project.folder / "content/policies/p8.md").symlink_to(outside / "p9.md")
    (project.folder / "content/policies/all").symlink_to(outside, target_is_directory=True)
    found = project.check().findings
    assert {(finding["rule"], finding["path"]) for finding in found} == {
        ("F008", "content/policies/p8.md"),
        ("F008", "content/policies/all"),
    }


@pytest.mark.parametrize(
    "name",
    ["a\u202efdp.csv", "a\u2066b.csv", "a\u200bb.csv", "a\u2060b.csv", "a\xadb.csv", "a\nb.csv", "a\x07b.csv"],
    ids=ascii,
)
def test_a_file_name_with_unseen_characters_is_found(project: Project, name: str) -> None:
    """A name that shows another suffix than it has is F008."""
    project.policy("p1")
    project.write(f"content/policies/{name}", "x")
    assert project.check().rules == ["F008"]


@pytest.mark.parametrize("value", ["甲\u202e乙", '"甲\\u202e乙"', '"甲\\x07乙"', "甲\u2067乙", '"甲\\0乙"'], ids=ascii)
def test_a_field_with_unseen_characters_is_found(value: str) -> None:
    """A title that turns its direction, or holds a control character, typed or escaped, is F008."""
    assert "控制字符" in messages(page_of(notice_text(title=value)), "F008")[0]


def test_a_text_with_unseen_characters_is_not_exempt() -> None:
    """What is read is what is there: H011 stops a build whatever a document exempts itself from."""
    texts = {"notices/n1.md": notice_text("12\u202e34\n", exempt="{H011: 理由}")}
    assert [one.rule for one in run_rules(archive_of(texts), CONFIG, select_rules((), WHOLE_SITE))] == ["X001", "H011"]


# ---------------------------------------------------------------- files that run

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
RUNS_XML = [
    SVG.format("<script>alert(1)</script>"),
    SVG.format('<g onclick="alert(1)"/>'),
    SVG.format('<a xlink:href="javascript:alert(1)"><text>x</text></a>'),
    SVG.format('<a href="java&#10;script:alert(1)"><text>x</text></a>'),
    SVG.format('<image href="https://example.com/x.png"/>'),
    SVG.format('<image href="data:image/svg+xml,&lt;svg/&gt;"/>'),
    SVG.format("<foreignObject/>"),
    SVG.format('<animate attributeName="href" values="javascript:alert(1)"/>'),
    SVG.format('<set attributeName="onload" to="javascript:alert(1)"/>'),
    SVG.format('<rect style="fill: url(https://example.com/x)"/>'),
    '<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>1</x:script></x:svg>',
    '<!DOCTYPE svg [<!ENTITY a "<script>1</script>">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    '<?xml-stylesheet href="x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "<svg><rect></svg>",
    "",
    SVG.format("<style>rect{fill:url(//e.com/x)}</style>"),
    SVG.format("<style>@import '//e.com/x.css';</style>"),
    SVG.format(r"<style>rect{fill:\75rl(https\3a//e.com)}</style>"),
    SVG.format(r"<style>rect{fill:u\72 l( '\\\\e.com/x')}</style>"),
    SVG.format("<style>@import/**/url( //e.com/x )</style>"),
    SVG.format("<style><![CDATA[ @imp]]><![CDATA[ort '//e.com' ]]></style>").replace("@imp]]><![CDATA[ort", "@import"),
    SVG.format('<rect fill="url(//e.com/x#a)"/>'),
    SVG.format(r'<image href="\\e.com\x.png"/>'),
    SVG.format('<image href=" &#1;//e.com/x.png"/>'),
    SVG.format('<image href="data:text/html,x"/>'),
    SVG.format('<h:img xmlns:h="http://www.w3.org/1999/xhtml" srcset="a.png 1x, //e.com/b.png 2x"/>'),
    SVG.format('<g xml:base="https://e.com/"/>'),
    "<?xml version='1.0' encoding='utf-7'?><svg/>",
]
PASSIVE_XML = [
    SVG.format('<rect width="8" style="fill:red"/><text>onload</text>'),
    SVG.format('<defs><g id="a"/></defs><use xlink:href="#a"/>'),
    SVG.format('<image href="data:image/png;base64,AAAA"/>'),
    '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://w3.org/x.dtd">' + SVG.format(""),
]
RUNS_HTML = [
    "<script>1</script>",
    "<SCRIPT src=x.js>",
    "<img src=x onerror=alert(1)>",
    '<p/onclick="1">',
    '<a href="javascript:1">',
    '<a href="java\tscript:1">',
    '<a href="&#106;avascript:1">',
    "<iframe src=x>",
    '<meta http-equiv="refresh" content="0;url=x">',
    "<form action=x>",
    "<base href=x>",
    '<img src="https://example.com/x.png">',
    "<svg><a>",
    "\ufeff<script>".encode("utf-16").decode("latin-1"),
    "<p" + " " * 50 + "onclick" + " " * 50 + "=1>",
    "<" + " " * 20 + "script>1",
    '<a href="java&Tab;script:1">',
    '<a href="java&NewLine;script&colon;1">',
    '<a href=" \x01javascript:1">',
    '<img src="//e.com/a.png">',
    "<img src=//e.com/a.png>",
    "<img src='\\\\e.com/a.png'>",
    '<img src="/\\e.com/a.png">',
    '<img src=" https:e.com/a.png">',
    '<img src="h&#116;tps://e.com/a.png">',
    '<img srcset="a.png 1x, https://e.com/b.png 2x">',
    '<img src="data:image/svg+xml,x">',
    '<video poster="//e.com/a">',
    '<body background="//e.com/a">',
    '<td background="//e.com/a">',
    '<a href="a.html" ping="https://e.com/">',
    '<link rel="preload" href="//e.com/a">',
    '<p style="background:url(//e.com/a)">',
    '<p style="background:url( &quot;https://e.com/a&quot; )">',
    "<style>p{background:\\75 rl(//e.com/a)}</style>",
    "<style>p{background:\\000075rl('//e.com/a')}</style>",
    "<style>@import '//e.com/a';</style>",
    "<style>@\\69mport url(https://e.com/a);</style>",
    "<style>@import/**/'//e.com/a';</style>",
    "<style>p{background:image-set('a.png' 1x, '//e.com/a' 2x)}</style>",
    "<style>p{width:expression(1)}</style>",
    '<meta charset="utf-7">+ADw-script+AD4-',
    '<meta charset="iso-2022-jp">\x1b$B',
    "+/v8-+ADw-script+AD4-",
    "<p>" + "a" * 3_000 + "\x00",
]
RUNS_CSS = [
    "p{background:url(//e.com/a)}",
    "p{background:url(\t'https://e.com/a')}",
    "p{background:\\75\\72\\6c(//e.com/a)}",
    "@import url(//e.com);",
    "@import\n'https://e.com/a.css' screen;",
    "@font-face{src:local(x),url(//e.com/f.woff2)}",
    "p{cursor:url(a.cur),url(\\/\\/e.com/a)}",
    "p{background:url(data:image/svg+xml;base64,AA)}",
    "p{-moz-binding:url(x.xml#a)}",
    '@charset "utf-7";',
    "p{}".encode("utf-16").decode("latin-1"),
]
PASSIVE_CSS = [
    "/* https://www.gov.cn/ */ p{background:url(a.png) url('b/c.png')} @media print{}",
    "@import 'own.css'; p{background:url(data:image/png;base64,AA)} /* url(x */",
]
PASSIVE_HTML = [
    '<!doctype html><html lang="zh"><meta charset="utf-8"><title>表</title><style>td{color:red}</style><p>甲',
    '<a href="https://www.gov.cn/">链接</a><img src="a.png" alt="online yes">',
    '<meta charset=gb2312><a href="//www.gov.cn/">a</a><img srcset="a.png 1x, b.png 2x"><style>p{color:red}</style>',
    "<p>依据 https://www.gov.cn/zhengce/ ，数据（data: 2024）见表。<img src=a//b.png>",
]


@pytest.mark.parametrize("text", RUNS_XML)
def test_an_svg_that_runs_or_loads_is_found(text: str) -> None:
    """Scripts, handlers, addresses that run or lead away, entities, and what cannot be read."""
    assert in_xml(text.encode())


@pytest.mark.parametrize("text", PASSIVE_XML)
def test_an_svg_that_only_draws_is_fine(text: str) -> None:
    """Shapes, own references and embedded pictures are fine."""
    assert in_xml(text.encode()) == ""


@pytest.mark.parametrize("text", RUNS_HTML)
def test_html_that_runs_or_loads_is_found(text: str) -> None:
    """Scripts, handlers, frames, forms, addresses that run, in any spelling that a browser understands."""
    assert in_html(text.encode("latin-1"))


@pytest.mark.parametrize("text", PASSIVE_HTML)
def test_html_that_is_only_read_is_fine(text: str) -> None:
    """A page that only shows text is fine."""
    assert in_html(text.encode()) == ""


@pytest.mark.parametrize("text", RUNS_CSS)
def test_a_style_sheet_that_loads_from_elsewhere_is_found(text: str) -> None:
    """Addresses of other hosts in any spelling that CSS allows: escapes, comments, blanks, other encodings."""
    assert in_css(text.encode("latin-1"))


@pytest.mark.parametrize("text", PASSIVE_CSS)
def test_a_style_sheet_of_its_own_files_is_fine(text: str) -> None:
    """Own files, pictures inside, and addresses in comments are fine."""
    assert in_css(text.encode()) == ""


@pytest.mark.parametrize("name", ["x.js", "x.svgz", "x.MHT", "x.swf"])
def test_a_file_that_runs_by_its_nature_is_found(project: Project, name: str) -> None:
    """A script, or what cannot be looked at, is H010 as an attachment."""
    project.policy("p1", attachments=f"[{{title: 附件, file: {name}}}]")
    project.write(f"content/policies/{name}", "x")
    assert project.check().rules == ["H010"]


def test_an_exempted_file_is_published_with_its_reason(project: Project) -> None:
    """A document may be exempt from H010 with a reason, as for an H5 interpretation that was examined."""
    project.policy("p1", attachments="[{title: 附件, file: x.html}]", exempt="{H010: 经安全检查}")
    project.write("content/policies/x.html", "<script>1</script>")
    assert project.check().rules == []
    assert (made(project) / "policies/p1/x.html").is_file()


def test_a_picture_from_elsewhere_never_stays_without_being_found(project: Project) -> None:
    """However an address is spelt, what a browser would fetch from another host stops the build."""
    spellings = [
        "https://e.com/a.png",
        "//e.com/a.png",
        "HTTP://e.com/a.png",
        "\\\\e.com/a.png",
        "/\\e.com/a.png",
        " https://e.com/a.png",
    ]
    for number, spelling in enumerate(spellings, 1):
        project.policy(f"p{number}", f'第一条　甲。\n\n<img alt="图" src="{spelling}">\n')
    found = project.check().findings
    assert {finding["document"] for finding in found if finding["blocking"]} == {
        f"p{n}" for n in range(1, len(spellings) + 1)
    }
    assert {finding["rule"] for finding in found} <= {"H002", "H009"}


def test_hostile_html_in_a_text_is_text_or_nothing(project: Project) -> None:
    """Template syntax stays text, and no handler or style of a text reaches the page."""
    project.policy("p1", '第一条　{{ 7 * 7 }}{% raw %}\n\n<p onclick="1" style="color:red" class="x">甲</p>\n')
    page = read_page(made(project) / "policies/p1/index.html")
    text = page.one("div", class_="text")
    assert "{{ 7 * 7 }}{% raw %}" in text.text
    assert not any(name.startswith("on") or name == "style" for node in text.walk() for name in node.attributes)


def test_config_is_read_within_bounds() -> None:
    """A regular expression of the config is the webmaster's own; the default ones are linear."""
    config = SiteConfig.model_validate(CONFIG.model_dump())
    texts = {"policies/p1.md": notice_text(index_no="A" * 100_000 + "/", doc_number="甲" * 50_000)}
    begun = time.process_time()
    assert {one.rule for one in run_rules(archive_of(texts), config, select_rules(["F003"], []))} == {"F003"}
    assert time.process_time() - begun < SECONDS
