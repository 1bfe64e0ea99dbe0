"""The dialect of official documents: what is Markdown in a text, and what are words."""

import re
import string
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.source.text.emphasis import find_emphasis
from generator.source.text.markup import convert


def bare(text: str) -> str:
    """Return a text without blanks."""
    return re.sub(r"\s+", "", text)


# ---------------------------------------------------------------- stars and underscores

WORDS = [
    "身份证号1101**********0021",
    "电话138****1234，联系人张**。",
    "当事人李**，男",
    "张**和李**的申请",
    "王某*，住址略",
    "经赵*、钱**、孙*三人核对",
    "规格为2*3*4米",
    "5*8小时和7*24小时",
    "长*宽*高",
    "占比5%*，其余*见注",
    "文件名a_b_c.docx",
    "变量__init__和_下划线_的",
    "****",
    "账号：6222****8888、6222****9999",
    "X*Y=Z，X*Z",
    "住址：示例市甲区***路**号*单元***室",
    "自**年**月**日起，山东省**市**区**路**号",
    "患者孙**，女，**岁，住**村",
    "共计**人、**元、**%；得分**分，排名第**位",
    "法定代表人李**与职工王**签订合同",
    "主任赵**和会计钱**",
    "示例**有限公司和示例**商贸有限公司",
    "致**酒店、**宾馆",
    "示例市**区**街道**社区",
    "编号：鲁***字第**号",
    "*为必填，**为选填",
]


@pytest.mark.parametrize("text", WORDS)
def test_stars_and_underscores_that_mean_something_are_shown(text: str) -> None:
    """Masked names and numbers, products, notes and file names keep every sign, in a paragraph and in a cell."""
    if text != "****":  # alone on a line it is a rule
        assert convert(f"第一条　{text}\n").text == f"第一条　{text}"
    cells = convert(f"| 项目 |\n|---|\n| {text} |\n").text.split("\n")
    assert cells == ["项目", text]
    assert convert(f"- 见{text}\n").text == f"见{text}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**第一条**　略", "<strong>第一条</strong>　略"),
        ("请**务必**核对", "请<strong>务必</strong>核对"),
        ("**加粗：**后文", "<strong>加粗：</strong>后文"),
        ("**“引号”**后文", "<strong>“引号”</strong>后文"),
        ("于**2025年**施行", "于<strong>2025年</strong>施行"),
        ("第**3**条", "第<strong>3</strong>条"),
        ("注意，*斜体*。", "注意，<em>斜体</em>。"),
        ("由**街道**审核，**区财政局**配合", "由<strong>街道</strong>审核，<strong>区财政局</strong>配合"),
        ("于**5月1日**前，**第一，**", "于<strong>5月1日</strong>前，<strong>第一，</strong>"),
        ("共有**甲类，其中 **乙类** 两项", "共有**甲类，其中 <strong>乙类</strong> 两项"),
        ("工程**验收**标准", "工程<strong>验收</strong>标准"),
        ("__注意__事项，变量 __name__", "__注意__事项，变量 <strong>name</strong>"),
        ("***都要***", "<strong><em>都要</em></strong>"),
        ("_斜体_", "<em>斜体</em>"),
        ("**甲 *乙* 丙**", "<strong>甲 <em>乙</em> 丙</strong>"),
        ("**[甲](a.md)**乙", '<strong><a href="a.md">甲</a></strong>乙'),
        ("`2*3*4`", "<code>2*3*4</code>"),
        (r"\*甲\*", "*甲*"),
    ],
)
def test_clear_emphasis_is_emphasis(text: str, html: str) -> None:
    """Marks that open before a word and close behind one are emphasis, beside Chinese characters too."""
    assert html in convert(f"{text}\n").html


@given(st.text(alphabet="甲乙张李，。 12a*_", max_size=40))
@example("*甲**乙*丙，**丁**戊")
def test_no_character_but_the_marks_is_lost(text: str) -> None:
    """Whatever stars and underscores a line holds, what is not shown are pairs of marks and nothing else."""
    line = f"见{text}".strip()
    pairs = find_emphasis(line)
    marks = sum(2 * pair.size for pair in pairs)
    made = convert(f"{line}\n")
    html = made.html
    assert len(bare(made.text)) == len(bare(line)) - marks
    assert sum(html.count(tag) * size for tag, size in (("<em>", 1), ("<strong>", 2))) * 2 == marks
    ends = [(pair.start, pair.stop) for pair in pairs]
    assert all(inner[0] >= outer[1] or inner[1] <= outer[1] for outer, inner in pairwise(ends))


# ---------------------------------------------------------------- other signs


@pytest.mark.parametrize(
    "text",
    [
        "p<0.05，且q>3的样本",
        "若a<b，且c>d，按b计算",
        "收入<标准>的家庭",
        "见<关于某事的通知>和<附件1>",
        "用{姓名}和{2024年}代替",
        "集合{1，2}与{#}",
        "[注]: 本表不含个体工商户",
        "[2024]: 第一批",
        r"共享在C:\资料\_新建\(一).docx",
        r"共享在\\server\share\a_b_.doc",
        "#5楼窗口",
        "#技能中国行#",
        ">60分的为合格",
        "若x<y则&lt",
        "甲<!乙",
        "A & B，C&D",
        "“a”~~b~~ ^c^ $d$ ==e==",
        "2026. 5. 1起施行",
        "+ 10%",
        "* 注：本表数据为快报数",
        "*　说明：快报数",
        "##",
        ">",
        "甲\n\n>\n\n乙",
        "甲乙丙\n=\n丁",
        "甲乙丙\n--\n丁",
        "甲乙丙。\n=====",
        "<![CDATA[甲]]>乙",
        "参见[注1]。\n\n[注1]: 本表数据来自统计局",
        "参见[1]。\n\n[1]: 2025年",
        "参见[1]。\n\n[1]: 《办法》",
    ],
)
def test_signs_that_are_words_are_shown(text: str) -> None:
    """Comparison signs, braces, bracketed notes, paths and numbers with # keep every sign; nothing is found wrong."""
    made = convert(f"{text}\n")
    assert bare(made.text) == bare(text)
    assert made.problems == ()


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("第一行<br>第二行", "第一行<br>第二行"),
        ("## 标题 {#mark}", '<h2 id="mark">标题</h2>'),
        ("见[1]。\n\n[1]: a.md", '见<a href="a.md">1</a>'),
        ("> 引文", "<blockquote>"),
        ("# 大标题", "<h2"),
        (r"若 a \< b 或 \<b>", "若 a &lt; b 或 &lt;b&gt;"),
        (r"写成 \{#甲}", "写成 {#甲}"),
        ("<https://www.example.gov.cn/>", '<a href="https://www.example.gov.cn/">'),
    ],
)
def test_deliberate_markup_is_markup(body: str, html: str) -> None:
    """Tags, attribute lists, references that are used, quotations and headings with a blank work as in Markdown."""
    assert html in convert(f"{body}\n").html


@pytest.mark.parametrize("words", ["第一条　为了规范。", "（一）条件", "申请人应当", "“十四五”期间", "《办法》规定"])
def test_four_blanks_before_chinese_are_no_code(words: str) -> None:
    """Four blanks or a tab before Chinese words make a paragraph; inside a list they go on with it."""
    for indent in ("    ", "\t", "        "):
        made = convert(f"引言。\n\n{indent}{words}\n\n结语。\n")
        assert made.text == f"引言。\n{words}\n结语。"
        assert "<code" not in made.html
    assert "<code" in convert("    if a:\n        b\n").html
    assert convert(f"- 甲\n\n    {words}\n").html.count("<p>") == 2


@pytest.mark.parametrize("words", ["2026年5月1日", "500元以下", "① 甲", "A类企业", "（2）乙", "—— 甲"])
def test_four_blanks_before_a_short_number_and_chinese_are_no_code(words: str) -> None:
    """A day under a signature, an amount or a sign that is set to the right with blanks is no code."""
    made = convert(f"        示例市人民政府\n\n        {words}\n")
    assert made.text == f"示例市人民政府\n{words}"
    assert "<code" not in made.html


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("标题文字\n====\n\n乙", '<h2 id="标题文字">'),
        ("标题文字\n---\n\n乙", '<h2 id="标题文字">'),
        ("完。\n---\n\n乙", "<p>完。</p>\n<hr>"),
        ("示例市人民政府\n-----\n2026年5月1日", "<p>示例市人民政府</p>\n<hr>\n<p>2026年5月1日</p>"),
        ("- 甲\n---", "<li>甲</li>"),
        ("甲\n乙\n---\n丙", "<p>甲乙</p>\n<hr>\n<p>丙</p>"),
    ],
)
def test_a_line_of_signs_makes_a_heading_of_a_title_only(body: str, html: str) -> None:
    """=== and --- make a heading of a short line without a full stop and nothing below; elsewhere --- is a rule."""
    assert html in convert(body).html


@pytest.mark.parametrize("words", ["&#65", "甲&#1乙", "&#x41 甲", "见&#38 条", "&# 甲"])
def test_a_character_reference_without_its_semicolon_is_words(words: str) -> None:
    """Browsers read &#65 as A; here it is shown as it was typed, in a paragraph, a list, a cell and a heading."""
    assert convert(words).text == words
    assert convert(f"- 见{words}\n").text == f"见{words}"
    assert convert(f"| 甲 |\n|---|\n| {words} |\n").text == f"甲\n{words}"
    assert convert(f"## 节{words}\n").text == f"节{words}"


@pytest.mark.parametrize("sign", ["*", "_", "{", "}", "[", "]", "#", "<", "`", "\\"])
def test_an_escaped_sign_is_that_sign(sign: str) -> None:
    """A backslash before a sign makes it a word and is not shown: alone in a cell, in an item, in a line."""
    for text in (f"\\{sign}", f"\\{sign}: #a", f"甲\\{sign}乙", f"\\{sign}甲\\{sign}"):
        shown = text.replace(f"\\{sign}", sign)
        assert convert(f"| 列 |\n|---|\n| {text} |\n").text.split("\n") == ["列", shown]
        assert convert(f"见{text}\n").text == f"见{shown}"
        assert convert(f"- 见{text}\n").text == f"见{shown}"


def test_the_number_of_a_footnote_is_no_word_of_a_heading() -> None:
    """A heading with a footnote has its own words in the outline and in its anchor."""
    made = convert("## 一、*总体*目标[^1]和`任务`\n\n甲\n\n[^1]: 注\n")
    assert [(heading.text, heading.anchor) for heading in made.outline] == [("一、*总体*目标和任务", "总体-目标和任务")]


def test_numbers_of_items_are_kept() -> None:
    """A list shows the numbers that were typed: 1. 3. 4. is no 1. 2. 3., inside another list neither."""
    html = convert("1. 甲\n3. 乙\n4. 丙\n\n    7. 丁\n    9. 戊\n\n6. 己\n").html
    shown = re.findall(r"<ol(?: start=\"(\d+)\")?>|<li(?: value=\"(\d+)\")?>", html)
    numbers, stack = [], []
    for match in re.finditer(r'<ol(?: start="(\d+)")?>|</ol>|<li(?: value="(\d+)")?>', html):
        if match[0].startswith("<ol"):
            stack.append(int(match[1] or 1))
        elif match[0] == "</ol>":
            stack.pop()
        else:
            stack[-1] = int(match[2] or stack[-1])
            numbers.append(stack[-1])
            stack[-1] += 1
    assert shown
    assert numbers == [1, 3, 4, 7, 9, 6]


# ---------------------------------------------------------------- every sign in every place

OFFICIAL = ["第一条　为了规范（2024年）发放，制定本办法。", "当事人张三，罚款500元。", "一、申报条件：abc"]
DELIBERATE = re.compile(r"^\*[^*]+\*|^_[^_]+_|`[^`]+`|\*\*|__|\\\\")


@pytest.mark.parametrize("sign", sorted(string.punctuation))
@pytest.mark.parametrize("text", OFFICIAL)
def test_one_sign_anywhere_is_shown_or_named(sign: str, text: str) -> None:
    """One ASCII sign in any place of an official line is on the page, or a finding names its line."""
    for place in range(len(text) + 1):
        source = text[:place] + sign + text[place:]
        made = convert(f"前文。\n\n{source}\n\n后文。\n", 10)
        assert bare(made.text) == bare(f"前文。{source}后文。") or {one.line for one in made.problems} == {12}, source


@given(
    st.lists(st.sampled_from([*OFFICIAL, "张**", "2*3", "1101****0021"]), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(string.punctuation + "\n ")), max_size=5),
)
def test_official_text_with_any_signs_loses_no_word(pieces: list[str], signs: list[tuple[int, str]]) -> None:
    """Letters, digits and Chinese characters of any text are shown in their order, or a finding says which are not."""
    source = "\n\n".join(pieces)
    for number, sign in signs:
        place = number % (len(source) + 1)
        source = source[:place] + sign + source[place:]
    made = convert(source)
    words = re.sub(r"[\W_]", "", re.sub(r"\[\^?[^\]]*\]:.*|\]\([^)]*\)|!\[[^\]]*\]|\{[#.][^}]*\}", "", source))
    shown = re.sub(r"[\W_]", "", made.text)
    numbers = re.sub(r"(?m)^\s*(?:[-+*>]\s+)*\d+\.\s", "", source)
    assert shown in {words, re.sub(r"[\W_]", "", numbers)} or made.problems or "[" in source


# Words with signs as official texts have them; none of them is Markdown, whatever stands beside it.
SIGNED = [
    *(
        "张**",
        "李*",
        "王某*",
        "1101**********0021",
        "138****1234",
        "2*3*4米",
        "5%*",
        "2㎡*",
        "（元）*",
        "a_b_c.docx",
        "甲__init__",
    ),
    *("**年**月**日", "**市**区**路**号", "***路**号", "**人", "共**元", "甲**有限公司和乙**商贸", "赵**和会计钱**"),
    *(
        "p<0.05",
        "a<b",
        "c>d",
        "x<=y",
        "<标准>",
        "<附件1>",
        "<<甲>>",
        "->",
        "{2024年}",
        "{}",
        "{#}",
        "[注]",
        "[1]",
        "[ ]",
    ),
    *("100%", "R&D", "A&B", "&#65", "&lt", "#5楼", "C#", "@张三", "$x$", "^2", "~5", "~~删~~", "==e==", "1)", "(1)"),
    *(
        "-5%",
        "+10%",
        "3:1",
        "9:30",
        "|x|",
        "a||b",
        "…",
        "--",
        "===",
        "“甲”",
        "'a'",
        "《甲》",
        "（一）",
        "!",
        "![]",
        "/a/b",
    ),
    *("C:\\资料\\_新建.docx", "\\\\server\\a_b", "\\", "共5. 1", "2026. 5. 1", "http://a.gov.cn/a_b_c", "a@b.gov.cn"),
]


@given(
    st.lists(st.sampled_from(SIGNED), min_size=1, max_size=6),
    st.sampled_from(["，", "、", "和", "；", " ", "（"]),
    st.sampled_from(
        [
            "甲，{}",
            "为{}。",
            "第一条　{}",
            "- 为{}",
            "3. 为{}",
            "> 为{}",
            "## 为{}节",
            "甲[^1]\n\n[^1]: 为{}",
            "    为{}",
        ]
    ),
)
@example(["**年**月**日", "**人"], "，", "见{}。")
@settings(max_examples=300)
def test_official_words_with_signs_are_shown_whole(words: list[str], between: str, context: str) -> None:
    """Whatever words with signs stand beside each other, in whatever block, a reader sees each of them, or is told."""
    line = between.join(words)
    made = convert(f"{context.format(line)}\n")
    shown = re.sub(r"\xa0?↩", "", made.text)
    assert bare(line) in bare(shown) or made.problems


@pytest.mark.parametrize(
    ("body", "rule", "line", "words"),
    [
        ("甲\n\n<object>乙丙</object>\n", "T006", 7, "乙丙"),
        ("甲\n\n| 一 | 二 |\n| 三 | 四 |\n", "H014", 7, "分隔行"),
        ("甲\n\n| 一 | 二 |\n|---|\n| 三 | 四 |\n", "H014", 8, "表头有 2 格，分隔行有 1 格"),
        ("甲\n\n乙\n<div>\n丙\n", "H014", 8, "<div>"),
        ("甲\n\n<iframe src='https://www.example.gov.cn/'></iframe>\n", "H014", 7, "<iframe>"),
        ("甲[^1]\n\n[^1]: 乙\n[^9]: 丙\n", "H014", 8, "[^9]"),
        ("甲\n\n乙<u>丙\n\n丁\n", "H014", 7, "<u>"),
        ("甲\n\n`[](a)`和[](a.md)\n", "H014", 7, "没有文字"),
    ],
)
def test_what_is_not_shown_is_named_with_its_line(body: str, rule: str, line: int, words: str) -> None:
    """Removed elements, tables without their rule, open tags and unused footnotes are findings with their line."""
    found = [(one.rule, one.line) for one in convert(body, 5).problems if words in one.message]
    assert (rule, line) in found


@pytest.mark.parametrize(
    "body",
    [
        "甲[^1]和[^b]。\n\n[^1]: 注一，见[办法](a.md)。\n[^b]: 注二\n\n    续\n",
        "`甲\n\n见[甲](a.md)和{.b}乙。\n\n丙`\n",
        "[TOC]\n\n## 一、目标\n\n甲\n\n## 二、任务\n",
        "附件：\n1. 申请表\n2. 名册\n",
        "灵活就业\n:   以非全日制等方式就业\n",
        "| 甲 | 乙 |\n| :- | -: |\n| **1** | `2` |\n",
        "- 甲\n    1. 乙\n    2. 丙\n\n> 丁\n> > 戊\n",
        '见[甲][a]、[乙](b.md "题")和![图](c.png)&nbsp;&copy;\n\n[a]: a.md "题"\n',
        "<!-- 备忘 -->\n\n甲<!-- 备忘 -->乙\n",
        "<table><tr><td>甲</td><td>乙<br>丙</td></tr></table>\n",
        "标题\n====\n\n另一个\n----\n\n***\n\n甲  \n乙\n{: .note }\n",
    ],
)
def test_whole_markdown_is_no_finding(body: str) -> None:
    """Footnotes, contents, lists, tables, references, comments and rules that are complete give no finding."""
    assert convert(body).problems == ()


# ---------------------------------------------------------------- lines


def test_every_word_knows_its_line() -> None:
    """The line of every word is that of the file, inside lists, tables, quotations, footnotes and HTML too."""
    body = (
        "第一条　一行\n\n乙行\n丙行\n\n- 丁行\n- 戊行\n    - 己行\n\n| 庚行 | 二 |\n|---|---|\n| 辛行 | 三 |\n\n"
        "> 壬行\n> 癸行\n\n注[^1]子行\n\n[^1]: 丑行\n\n"
        "<div>\n<p>寅行</p>\n<p>卯行</p>\n</div>\n\n    辰行\n\n第二条\n巳行\n"
    )
    text = convert(body, 3).blocks
    lines = body.split("\n")
    for sign in "一乙丙丁戊己庚辛壬癸子丑寅卯辰巳":
        word = f"{sign}行"
        place = text.words.index(word)
        expected = 3 + next(number for number, line in enumerate(lines) if word in line)
        assert text.line_at(place) == expected or sign == "巳", word


def test_links_know_their_lines() -> None:
    """Every address of a text has the line on which it was typed, in a long list and in HTML as well."""
    body = (
        "".join(f"- 第{number}项[见](a{number}.md)\n" for number in range(30)) + '\n<p>\n<a href="b.md">乙</a>\n</p>\n'
    )
    links = convert(body, 10).links
    assert [link.line for link in links] == [*range(10, 40), 42]


@pytest.mark.parametrize(
    "address", ["https:// a.gov.cn/", "http:/a.gov.cn/", "http://a:b/", "javascript:x", "C:\\a.doc"]
)
def test_an_address_that_cleaning_takes_off_is_still_a_link(address: str) -> None:
    """A link whose address no browser opens has lost it on the page, and is among the links that are checked."""
    assert [link.target for link in convert(f"见[甲]({address})。\n").links] == [address]
