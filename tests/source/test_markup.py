"""Markdown → HTML: the library's own result, anchors that stay, nothing that could do harm."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from generator.source.text import markup
from generator.source.text.anchors import anchor_of
from generator.source.text.block_reader import plain_text
from generator.source.text.line_signs import with_line_signs
from generator.source.text.markup import Markup, convert
from generator.source.text.plain import ExtractedBlocks
from generator.source.text.signs import LINE


def library(body: str) -> Markup:
    """Convert a text with stock Python-Markdown and the same later steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            markup,
            "extract_plain_blocks",
            lambda text, numbers: ExtractedBlocks(with_line_signs(text, numbers), []),
        )
        return convert(body)


def seen(made: Markup) -> tuple[object, ...]:
    """Return everything of a converted text that a reader of it relies on; lines of rows with a word."""
    blocks = made.blocks.blocks
    return (
        [(block.kind, block.anchor, block.html, block.text, block.level, block.ids) for block in blocks],
        [(text, line) for text, line in made.blocks.lines() if re.search(r"\w", text)],
        made.outline,
        made.anchors,
        made.links,
    )


CHINESE = "第一二三条章节办法（）。，、：；　《》“”〔〕附件"
MARKS = "*_`#>-+=|[]()!\\<>&{}:~^\"'/.@ 0123456789\n"

TEXTS = st.text(alphabet=CHINESE + MARKS + "abp", max_size=60)
PIECES = st.sampled_from(
    [
        "第一条　为了规范。",
        "第二条 略",
        "第一章　总则",
        "一、目标",
        "（一）任务",
        "正文",
        "\n",
        "\n\n",
        "\n\n\n",
        "  \n",
        "    ",
        "  ",
        " ",
        "\t",
        "　",
        "# ",
        "## ",
        "### ",
        "#",
        "---",
        "***",
        "===",
        "* ",
        "- ",
        "+ ",
        "1. ",
        "2) ",
        "10. ",
        "> ",
        ">",
        "**",
        "*",
        "__",
        "_",
        "`",
        "```",
        "~~~",
        "|",
        "| - | - |",
        "\n|-|-|\n",
        "[",
        "](",
        ")",
        "![",
        "[^1]",
        "[^1]: 注",
        "[1]: a.md",
        "[TOC]",
        ": 释义",
        "\n: ",
        "\n:   ",
        "{: #a .b }",
        "{",
        "}",
        "<",
        ">",
        "<b>",
        "</b>",
        "<p>",
        "<div>",
        "</div>",
        "<br>",
        "<!-- 注 -->",
        "&",
        "&amp;",
        "&nbsp;",
        "&lt;",
        "\\",
        "\\*",
        "http://a.example.cn/",
        "<http://a.example.cn/>",
        '"',
        "'",
        "\u00a0",
        "\u200b",
        "\u3000",
        "：",
        "2024",
        "12.5",
        "…",
        "\u0003",
        "\u0002",
        "\x0b",
        "\x0c",
    ]
)


@pytest.mark.parametrize(
    "opening",
    [
        "- ",
        "+ ",
        "* ",
        "1. ",
        "1) ",
        "10. ",
        "# ",
        "###### ",
        "#",
        "> ",
        ">",
        "    ",
        "   ",
        " ",
        "\t",
        "　",
        "--- ",
        "=== ",
        "~~~ ",
        "``` ",
        ": ",
        ":   ",
        "| ",
        "[1]: ",
        "[^1]: ",
        "![",
        "<b>",
        "&amp;",
        "{: #a}",
        "\\* ",
        "*",
        "_",
        "第一条　",
        "一、",
        "“",
        "a",
        "\u00a0",
        "\u200b",
    ],
)
@pytest.mark.parametrize("before", ["", "正文\n\n", "正文\n", "- 列表\n\n", "1. 列表\n", "> 引文\n\n", "# 标题\n"])
def test_short_cuts_know_every_beginning_of_a_block(opening: str, before: str) -> None:
    """A block that begins with any mark is what the library makes of it, wherever it stands."""
    for body in (f"{before}{opening}甲\n\n乙", f"{before}{opening}\n\n乙", f"{before}{opening}甲\n{opening}乙\n"):
        assert seen(convert(body)) == seen(library(body))


@given(TEXTS)
@example("第一条　为了规范。\n\n第二条　略。")
@example("_0_")
@example("词\n:   释义")
@example("正文\n\n词\n\n: 释义")
@example("　　首行缩进\n\n    四格缩进")
@example("1. 一\n\n正文\n\n2. 二")
@example("* 一\n\n    续\n\n正文")
def test_short_cuts_change_no_byte(body: str) -> None:
    """For any text of Chinese, digits and Markdown characters the result is the library's own, byte for byte."""
    assert seen(convert(body)) == seen(library(body))


@given(st.lists(PIECES, max_size=30).map("".join))
@example("\nhttp://a.example.cn/")
def test_short_cuts_change_no_byte_of_anything_like_a_document(body: str) -> None:
    """For any text put together from what documents are made of the result is the library's own, byte for byte."""
    assert seen(convert(body)) == seen(library(body))


@given(
    st.lists(st.text(alphabet="第一二三四条章则　 。，：（）ab\"'%$@^/", min_size=1, max_size=20), max_size=12).map(
        "\n\n".join
    )
)
def test_short_cuts_change_no_byte_of_plain_paragraphs(body: str) -> None:
    """For texts of plain paragraphs, which are nearly all of them, the result is the library's own, byte for byte."""
    assert seen(convert(body)) == seen(library(body))


CELLS = st.sampled_from(
    ["", " ", "甲", " 甲 ", "**甲**", "第一条", " 一 **32**% ", "　", "#", "-", "** 甲**", "甲**", "*"]
)
RULES = st.sampled_from(["-", "---", " --- ", ":-", "-:", " :-: ", ":", "", "- -"])


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Make a table as people type it: mostly in order, its rows sometimes too long or too short."""
    columns = draw(st.integers(1, 4))
    rows = [[draw(CELLS) for _ in range(columns + draw(st.sampled_from([0, 0, 0, 1, -1])))] for _ in range(3)]
    rows.insert(1, [draw(RULES) for _ in range(columns)])
    return "\n".join("|" + "|".join(row) + draw(st.sampled_from(["|", "|", "|", ""])) for row in rows)


BLOCKS = st.one_of(
    tables(),
    st.lists(
        st.sampled_from(["**", "甲", "甲乙", " ", "*", "第一条", "　", "#", "**职责**", "，", "1. "]), max_size=9
    ).map("".join),
)


@settings(max_examples=400)
@given(st.lists(BLOCKS, min_size=1, max_size=4), st.sampled_from(["\n\n", "\n\n\n", "\n"]))
def test_tables_and_bold_words_are_what_the_library_makes_of_them(blocks: list[str], between: str) -> None:
    """Tables and words in bold give the same HTML, words, outline and anchors as stock Python-Markdown."""
    body = between.join(blocks)
    assert seen(convert(body)) == seen(library(body))


def test_the_short_cut_is_really_off_in_the_comparison() -> None:
    """The library that the others are compared with sees every block."""
    converted: list[str] = []

    def note(_self: Markdown, text: str) -> str:
        converted.append(LINE.sub("", text))
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Markdown, "convert", note)
        library("# 题\n\n正文\n")
        convert("# 题\n\n正文\n")
    assert converted == ["# 题\n\n正文\n"]


def test_a_text_leaves_nothing_behind_for_the_next() -> None:
    """Footnotes, references and anchors of one text do not appear in the next one."""
    first = convert("# 甲\n\n见[注][a]和注[^1]。\n\n[a]: b.md\n[^1]: 注\n")
    convert("# 甲\n\n见[注][a]和注[^1]。\n\n第一条　略\n\n[^1]: 另一注\n")
    assert convert("# 甲\n\n见[注][a]和注[^1]。\n\n[a]: b.md\n[^1]: 注\n") == first
    assert "href" not in convert("见[注][a]。\n").html


# ---------------------------------------------------------------- anchors


def anchors_of(body: str) -> dict[str, str]:
    """Return the anchor of every heading by its text."""
    return {heading.text: heading.anchor for heading in convert(body).outline}


SECTIONS = [
    "## 一、总体要求",
    "## 二、主要任务",
    "### （一）补贴标准",
    "### （二）申领流程",
    "## 三、保障措施",
    "## 附则",
]


def test_a_section_above_changes_no_anchor() -> None:
    """A section inserted above, and the renumbering that follows, leave the anchors of all others as they were."""
    before = "\n\n正文。\n\n".join(SECTIONS)
    renumbered = before.replace("三、", "四、").replace("二、", "三、").replace("一、", "二、")
    after = f"## 一、编制背景\n\n背景。\n\n{renumbered}"
    old, new = anchors_of(before), anchors_of(after)
    assert len(new) == len(old) + 1
    assert list(old.values()) == [anchor for anchor in new.values() if anchor != "编制背景"]
    assert list(old.values()) == ["总体要求", "主要任务", "补贴标准", "申领流程", "保障措施", "附则"]


@given(
    st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), unique=True, min_size=1, max_size=6), st.integers(0, 6), st.booleans()
)
def test_inserting_anywhere_changes_no_anchor(names: list[str], place: int, clause: bool) -> None:
    """Wherever a section with a name of its own is inserted, the other anchors stay."""

    def text(sections: list[str]) -> str:
        return "\n\n".join(f"## {name}的规定\n\n{f'第{name}项　' if clause else ''}正文。" for name in sections)

    old = convert(text(names))
    new = convert(text([*names[:place], "新增", *names[place:]]))
    assert old.anchors <= new.anchors
    assert new.anchors - old.anchors == {"新增的规定"}


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("三、强化 责任", "强化-责任"),
        ("（一）补贴标准", "补贴标准"),
        ("1. 适用范围", "适用范围"),
        ("第二章　申领", "申领"),
        ("第十二章 附则", "附则"),
        ("一、", "一"),
        ("！！！", "节"),
        ("Q&A 问答", "Q-A-问答"),
        ("长" * 60, "长" * 40),
        ("2024年工作", "2024年工作"),
        ("_甲_", "甲"),
        ("", "节"),
    ],
)
def test_anchor_of_a_heading(heading: str, anchor: str) -> None:
    """An anchor is the heading's own words without their number, at most forty characters, never empty."""
    assert anchor_of(heading) == anchor


@given(st.text(max_size=80))
def test_any_heading_has_a_usable_anchor(heading: str) -> None:
    """Whatever a heading says, its anchor is short, not empty, and needs no escaping in an address."""
    anchor = anchor_of(heading)
    assert 1 <= len(anchor) <= 40
    assert re.fullmatch(r"[\w-]+", anchor)


def test_clauses_have_anchors() -> None:
    """第N条 at the beginning of a paragraph or heading is an anchor, in bold and with 之一 too."""
    found = convert(
        "第一条　甲\n\n**第二条** 乙\n\n第三条之一 丙\n\n## 第四条　丁\n\n第十二条：戊\n\n第13条（己）\n\n第二十条\n"
    )
    assert {"第一条", "第二条", "第三条之一", "第四条", "第十二条", "第13条", "第二十条"} == found.anchors
    assert '<p id="第一条">第一条　甲</p>' in found.html


@pytest.mark.parametrize(
    "text",
    ["依照第一条办理", "第一条件", "第一条款项", "第条", "第一 条", "- 第一条　甲", "> 第一条　甲", "第一款　甲"],
)
def test_what_is_no_clause_has_no_anchor(text: str) -> None:
    """A clause that is only mentioned, quoted or listed has no anchor."""
    assert convert(text + "\n").anchors == frozenset()


def test_a_clause_above_changes_no_anchor() -> None:
    """The anchor of 第N条 depends on no text above it."""
    below = "第七条　甲\n\n第八条　乙\n"
    assert convert(below).anchors < convert(f"引言。\n\n第六条　丙\n\n{below}").anchors


def test_repeated_clauses_stand_under_their_heading() -> None:
    """A clause number that comes again in an annex is named under its heading, and stays so."""
    body = "第一条　甲\n\n## 附件 办法\n\n第一条　乙\n\n第二条　丙\n\n## 附件 细则\n\n第一条　丁\n"
    assert convert(body).anchors == {
        "第一条",
        "附件-办法",
        "附件-办法-第一条",
        "第二条",
        "附件-细则",
        "附件-细则-第一条",
    }


def test_repeated_headings_have_different_anchors() -> None:
    """No anchor stands twice in a text, whatever its headings."""
    found = convert("## 总则\n\n## 总则\n\n# 总则\n\n第一条\n\n第一条\n\n第一条\n")
    ids = re.findall(r' id="([^"]*)"', found.html)
    assert len(ids) == len(set(ids)) == len(found.anchors) == 6


@given(
    st.lists(
        st.sampled_from(
            ["## 甲", "## 甲-2", "### 甲", "# 乙", "第一条　丙", "第二条　丁", "## 第一条", "正文", "## 一、甲"]
        ),
        max_size=10,
    )
)
def test_anchors_are_unique(blocks: list[str]) -> None:
    """In any text each anchor stands once, and each heading of the outline leads to one."""
    found = convert("\n\n".join(blocks))
    ids = re.findall(r' id="([^"]*)"', found.html)
    assert len(ids) == len(set(ids))
    assert {heading.anchor for heading in found.outline} <= found.anchors == set(ids)


def test_own_anchor_is_kept() -> None:
    """An anchor that the writer gives by an attribute list is kept."""
    found = convert("## 一、目标 {: #goals }\n\n第一条　甲\n{: #first .lead }\n")
    assert found.anchors == {"goals", "first"}
    assert 'class="lead"' in found.html


def test_the_page_title_is_its_only_h1() -> None:
    """Headings of a text that begins at level one are lowered by one; six stays six."""
    assert [heading.level for heading in convert("# 甲\n\n## 乙\n\n###### 丙\n").outline] == [2, 3, 6]
    assert [heading.level for heading in convert("## 甲\n\n### 乙\n").outline] == [2, 3]
    assert "<h1" not in convert("# 甲\n\n正文\n").html


# ---------------------------------------------------------------- nothing that could do harm


class Tags(HTMLParser):
    """All tags of a text with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


HARM = {
    "script": "正文<script>alert(1)</script>",
    "script block": "<script>\nalert(1)\n\nalert(2)\n</script>\n\n正文",
    "script in pieces": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "iframe": '<iframe src="https://www.example.com/">alert(1)</iframe>',
    "object": '<object data="a.swf">alert(1)</object><embed src="a.swf">',
    "form": '<form action="/"><input name="a"><button>alert(1)</button></form>',
    "onclick": '<p onclick="alert(1)">正文</p>',
    "onerror": '<img src="a.png" alt="图" onerror="alert(1)">',
    "svg": '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    "style": '<style>p{display:none}</style><p style="position:fixed">正文</p>',
    "link": "[甲](javascript:alert(1))",
    "link in capitals": "[甲](JaVaScRiPt:alert(1))",
    "link in entities": "[甲](&#106;avascript:alert(1))",
    "link with a tab": '<a href="java\tscript:alert(1)">甲</a>',
    "link with a blank": '<a href=" javascript:alert(1)">甲</a>',
    "reference link": "[甲][a]\n\n[a]: javascript:alert(1)",
    "autolink": "<javascript:alert(1)>",
    "image": "![甲](javascript:alert(1))",
    "data": "[甲](data:text/html;base64,PHNjcmlwdD4=)",
    "vbscript": "[甲](vbscript:alert(1))",
    "file": "[甲](file:///etc/passwd)",
    "attribute list": '甲{: onclick="alert(1)" style="color:red" }\n',
    "attribute list on a link": '[甲](a.md){: href="javascript:alert(1)" }',
    "title that breaks out": '[甲](a.md "x\\" onclick=\\"alert(1)")',
    "alternative text that breaks out": '![x" onerror="alert(1)](a.png)',
    "comment": "<!-- <script>alert(1)</script> -->正文",
    "conditional comment": "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "meta and base": '<meta http-equiv="refresh" content="0"><base href="https://www.example.com/">',
    "unclosed": "<script>alert(1)",
    "unclosed attribute": '<img src="a.png" onerror="alert(1)',
    "math": "<math><mtext><script>alert(1)</script></mtext></math>",
    "template": "<template><script>alert(1)</script></template>",
    "footnote": "甲[^1]\n\n[^1]: <script>alert(1)</script>",
    "table": "|甲|\n|-|\n|<script>alert(1)</script>|\n",
    "heading": "## <script>alert(1)</script>甲\n",
    "clause": '第一条　<script>alert(1)</script>\n\n第二条 <b onclick="alert(1)">略</b>\n',
}
FORBIDDEN = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "svg",
    "math",
    "style",
    "link",
    "meta",
    "base",
    "template",
}


BLANKS = "".join(map(chr, range(33)))  # browsers drop these at both ends, and tabs and line ends anywhere


def check_harmless(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag not in FORBIDDEN
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in {"href", "src", "poster"}:
                address = re.sub(r"[\t\n\r]", "", value or "").strip(BLANKS).casefold()
                assert not address.startswith(("javascript:", "data:", "vbscript:", "file:"))


@pytest.mark.parametrize("case", HARM)
def test_what_could_do_harm_is_removed(case: str) -> None:
    """Scripts, frames, forms, handlers, styles and script addresses never come through."""
    found = convert(HARM[case])
    check_harmless(found.html)
    if case in {"iframe", "object", "form", "math", "svg", "template", "unclosed"}:
        assert "alert" not in found.text
    if "script>" in HARM[case].partition("\n")[0] and case != "script in pieces":
        assert "alert(1)" not in found.html


@given(
    st.lists(
        st.sampled_from(
            [
                *HARM.values(),
                "\n\n",
                "正文",
                "`",
                "    ",
                "> ",
                "- ",
                "|",
                '"',
                "'",
                ">",
                "<",
                "&lt;script>",
                "<b>",
                "</p>",
                "{",
                "\\",
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_no_mixture_does_harm(body: str) -> None:
    """No mixture of harmful and harmless text comes through as anything harmful."""
    check_harmless(convert(body).html)


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "{% include 'x' %}", "{# 注 #}", "${7*7}", "<%= 7*7 %>", "{{ site.title }}", "{{< raw >}}", "%7B%7B"],
)
def test_template_syntax_is_text(text: str) -> None:
    """Template syntax in a text is shown as it was typed."""
    assert convert(f"前{text}后\n").text == f"前{text}后"
    assert convert(f"`{text}`\n").text == text


# ---------------------------------------------------------------- what works


def test_table() -> None:
    """A table has a head, a body and aligned columns."""
    html = convert("| 项目 | 标准 |\n| :- | -: |\n| 补贴 | 500 |\n").html
    cells = [(tag, *attributes.values()) for tag, attributes in Tags(html).found if tag in {"th", "td"}]
    assert cells == [("th", "left"), ("th", "right"), ("td", "left"), ("td", "right")]
    assert html.count("<table") == html.count("</table>") == 1


def test_footnote() -> None:
    """A footnote leads to its note and back, in Chinese."""
    found = convert("甲[^1]，乙[^b]。\n\n[^1]: 注一\n[^b]: 注二\n")
    targets = [link.target for link in found.links]
    assert len(targets) == 4
    assert {target.removeprefix("#") for target in targets} <= found.anchors
    assert "返回正文第 2 处脚注" in found.html
    assert "注二" in found.text


def test_definition_list() -> None:
    """A definition list is one."""
    assert "<dt>灵活就业</dt>" in convert("灵活就业\n:   以非全日制等方式就业\n").html


def test_attribute_list() -> None:
    """An attribute list gives a class and an anchor."""
    assert '<p class="note" id="n1">甲</p>' in convert("甲\n{: #n1 .note }\n").html.replace(
        'id="n1" class="note"', 'class="note" id="n1"'
    )


def test_table_of_contents() -> None:
    """[TOC] becomes a list of links, and each of them leads to a heading of the text."""
    found = convert("[TOC]\n\n## 一、目标\n\n略\n\n## 二、任务\n\n### （一）标准\n")
    assert [link.target for link in found.links] == ["#目标", "#任务", "#标准"]
    assert found.anchors >= {"目标", "任务", "标准"}
    assert "[TOC]" not in found.text


def test_soft_breaks_inside_chinese_are_no_spaces() -> None:
    """A line break typed inside Chinese vanishes; beside Latin text and inside code it stays."""
    assert convert("为了规范\n发放").html == "<p>为了规范发放</p>"
    assert convert("版本 v1\nv2").text == "版本 v1\nv2"
    assert "a\nb" in convert("    a\n    b\n").html
    assert "<br>" in convert("甲  \n乙\n").html


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("[甲](a.md)和[乙](b/c.md#第一条)", [("a.md", "link"), ("b/c.md#第一条", "link")]),
        ("![图](a.png)", [("a.png", "media")]),
        ("[甲](a.md?x=1&y=2)", [("a.md?x=1&y=2", "link")]),
        ('<audio src="a.mp3" controls></audio>', [("a.mp3", "media")]),
        ('<video controls><source src="a.mp4"><track src="a.vtt"></video>', [("a.mp4", "media"), ("a.vtt", "media")]),
        ("[甲](<文件 名.docx>)", [("文件 名.docx", "link")]),
        ("`[甲](a.md)`", []),
        ("<https://www.example.com/>", [("https://www.example.com/", "link")]),
    ],
)
def test_links(body: str, links: list[tuple[str, str]]) -> None:
    """The addresses of a text are listed in their order, with what they are for."""
    assert [(link.target, "link" if link.is_address else "media") for link in convert(body).links] == links


@pytest.mark.parametrize(
    ("body", "bare"),
    [
        ("![](a.png)", ["a.png"]),
        ("![ ](a.png)", ["a.png"]),
        ("![图](a.png)", []),
        ('<img src="a&amp;b.png">', ["a&b.png"]),
    ],
)
def test_images_without_text(body: str, bare: list[str]) -> None:
    """An image with no alternative text, or a blank one, is listed by its address."""
    assert [link.target for link in convert(body).links if not link.described] == bare


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("<p>甲<strong>乙</strong>丙</p>", "甲乙丙"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("<p>&lt;b&gt; &amp;amp;</p>", "<b> &amp;"),
        ("甲<br>乙", "甲\n乙"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\n乙"),
        ("", ""),
    ],
)
def test_plain_text(html: str, text: str) -> None:
    """The plain text of clean HTML has its words, one line per block."""
    assert plain_text(html) == text


def chunks(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


@given(st.text(alphabet=CHINESE.replace("\u3000", "") + "0123456789", min_size=1, max_size=60), st.integers(1, 20))
def test_no_word_of_a_plain_text_is_lost(words: str, size: int) -> None:
    """The plain text of a text without syntax is that text."""
    body = "\n\n".join(chunks(words, size))
    assert convert(body).text == body.replace("\n\n", "\n")


def test_a_mark_made_by_an_entity_is_only_text() -> None:
    """The marks that stand for runs of paragraphs cannot be forged: an entity for their characters stays text."""
    for body in ("&#64976;99&#64977;", "正文一\n\n<p>&#64976;0&#64977;</p>"):
        assert convert(body).html.count("正文一") == body.count("正文一")


def test_ids_in_html_are_taken() -> None:
    """A heading does not get the anchor that an element written as HTML has."""
    assert convert('## 甲\n\n<p id="甲">乙</p>').html.count('id="甲"') == 1


def test_lines_of_a_quotation_are_joined() -> None:
    """A line break typed inside a Chinese quotation or list item is no space."""
    assert "甲乙" in convert("> 甲\n> 乙").html
    assert "甲乙" in convert("- 甲\n  乙").html


def test_poster_of_a_video_is_an_address() -> None:
    """The poster of a video is listed like its source."""
    found = convert('<video src="a.mp4" poster="b.png"></video>').links
    assert {link.target for link in found} == {"a.mp4", "b.png"}


@pytest.mark.parametrize("blank", ["", "\n"])
def test_table_needs_no_blank_line(blank: str) -> None:
    """A table that follows its paragraph at once is a table all the same."""
    assert "<table>" in convert(f"正文：\n{blank}| 甲 | 乙 |\n|---|---|\n| 1 | 2 |").html


def test_indented_lines_are_paragraphs() -> None:
    """Lines that begin with a full-width blank, as Word writes paragraphs, are paragraphs of their own."""
    assert convert("　　第一段。\n　　第二段。").html.count("<p>") == 2


def test_a_heading_is_known_by_the_words_that_are_seen() -> None:
    """Escaped characters, entities and tags in a heading are in its anchor and the outline as on the page."""
    made = convert("## 一、甲\\*乙 &lt;丙&gt; A&B\n\n## 二、CO<sub>2</sub> 减排\n")
    assert [heading.text for heading in made.outline] == ["一、甲*乙 <丙> A&B", "二、CO2 减排"]
    assert [heading.anchor for heading in made.outline] == ["甲-乙-丙-A-B", "CO2-减排"]
    assert {"甲-乙-丙-A-B", "CO2-减排"} <= made.anchors
