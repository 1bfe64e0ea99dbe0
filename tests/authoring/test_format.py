"""``gongkai fmt`` mends blanks, broken lines, punctuation widths and the order of keys, and never a word."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.project import Project

from generator.authoring.formatting.format_file import UnreadableSourceError, formatted, formatted_body
from generator.domain.vocabulary import FIELDS
from generator.source.load import parse_page
from generator.source.text.markup import convert
from generator.support import yaml_text

FRONT = "---\n标题: 甲\n公开属性: 主动公开\n发布日期: 2024-05-08\n---\n"
PIECES = [
    *(
        "就业",
        "第一条　",
        "第二条",
        "办法(试行)",
        "甲,乙;丙:丁?戊!",
        "完.",
        "。",
        "，",
        "\n",
        "\n\n",
        "\n\n\n",
        "  \n",
        " ",
        "　　",
    ),
    *(
        "1,000元",
        "3:1",
        "9:30",
        "Hello, world.",
        "(a)",
        "(",
        ")",
        "`码,文`",
        "**粗:**",
        "*",
        "_",
        "[字,](a(1).md)",
        "![图:](a.png)",
    ),
    *(
        "https://a.cn/x,y?z=1",
        "\n## 一、总(则)\n",
        "\n- 项,目\n",
        "\n1. 项;目\n",
        "\n> 引,文\n",
        "\n| 甲,乙 | 丙 |\n|:---|---|\n| 1,0 | 是? |\n",
    ),
    *(
        "\n```\n码,文  \n\n\n(甲)\n```\n",
        "\n    code, 中文(x)\n",
        "\n    第三条　文\n",
        "<br>",
        "<b>甲,</b>",
        "\n<table><tr><td>甲,乙</td></tr></table>\n",
        "&amp;",
        "$",
        "\\(甲\\)",
    ),
    *(
        "[^1]",
        "\n[^1]: 注,释\n",
        "[注]: 本表,不含",
        "张**,李*",
        "\\",
        "{#锚}",
        "附件(表).docx",
        "<!-- 注,释 -->",
        "\t",
        "\u00a0",
        "...",
        "……",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def folded(text: str) -> str:
    """Return a text without blanks, in one width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("。", ".")


def body(text: str) -> str:
    return formatted(f"{FRONT}{text}".encode()).decode().removeprefix(FRONT)


def fields(data: bytes) -> dict[str, object]:
    """Return the values between the fences as they were typed, without their lines."""
    tree = yaml_text.parse(
        data.decode("utf-8-sig").replace("\r\n", "\n").split("\n---")[0].removeprefix("---\n") + "\n"
    )

    def plain(node: yaml_text.Node) -> object:
        if isinstance(node, yaml_text.Scalar):
            return node.text
        if isinstance(node, yaml_text.Sequence):
            return [plain(item) for item in node.items]
        return {key: plain(value) for key, (_, value) in node.items.items()}

    values = plain(tree)
    assert isinstance(values, dict)
    return values


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("为规范管理,制定本办法;见下:甲?乙!\n", "为规范管理，制定本办法；见下：甲？乙！\n"),
        ("办法(试行)\n", "办法（试行）\n"),
        ("通知(GDP)如下\n", "通知（GDP）如下\n"),
        ("本办法自发布之日起施行.\n", "本办法自发布之日起施行。\n"),
        ("他说“好.”\n", "他说“好。”\n"),
        ("注意, 下文\n", "注意，下文\n"),
        ("**加粗:**后文\n", "**加粗：**后文\n"),
        ("**甲**,乙\n", "**甲**，乙\n"),
        ("附件1:申请表\n", "附件1：申请表\n"),
        ("金额1,000元,比例3:1,时间9:30\n", "金额1,000元，比例3:1，时间9:30\n"),
        ("Hello, world (test); fine: yes? no!\n", "Hello, world (test); fine: yes? no!\n"),
        ("使用 Word, Excel 等\n", "使用 Word, Excel 等\n"),
        ("见`甲,乙`和https://a.cn/甲?x=1,2\n", "见`甲,乙`和https://a.cn/甲?x=1,2\n"),
        ("见[甲(乙)](a(1),b.md)\n", "见[甲（乙）](a(1),b.md)\n"),
        ("好![图](a.png)\n", "好![图](a.png)\n"),
        ("填写申请表(2026年).docx后报送\n", "填写申请表(2026年).docx后报送\n"),
        ("约翰.史密斯和一.总则\n", "约翰.史密斯和一.总则\n"),
        ("等等...\n", "等等...\n"),
        ("| 甲,乙 | 丙 |\n|:---|---:|\n| 1,000 | 是? |\n", "| 甲，乙 | 丙 |\n|:---|---:|\n| 1,000 | 是？ |\n"),
        ('<p title="甲,乙">丙,丁</p>\n', '<p title="甲,乙">丙，丁</p>\n'),
        ("```\n甲,乙  \n\n\n丙\n```\n", "```\n甲,乙  \n\n\n丙\n```\n"),
        ("    code, 中文(x)\n", "    code, 中文(x)\n"),
    ],
)
def test_punctuation_beside_a_chinese_character_is_full_width(typed: str, expected: str) -> None:
    """Signs beside Chinese become full width; code, addresses, file names, numbers, rules of tables and Latin stay."""
    assert body(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("甲。   \n\n\n\n乙。　\n\n\n", "甲。\n\n乙。\n"),
        ("甲。", "甲。\n"),
        ("一行  \n换行。\n", "一行  \n换行。\n"),
        ("本办法由县人力资源和\n社会保障局负责解释。\n", "本办法由县人力资源和社会保障局负责解释。\n"),
        ("第一条　甲。\n第二条　乙。\n", "第一条　甲。\n\n第二条　乙。\n"),
        ("如下：\n一、甲；\n二、乙。\n", "如下：\n\n一、甲；\n\n二、乙。\n"),
        ("联系人：张三\n电话：0000\n", "联系人：张三\n电话：0000\n"),
        ("云溪县人社局\n云溪县财政局\n2026年5月6日\n", "云溪县人社局\n云溪县财政局\n2026年5月6日\n"),
        ("各有关单位：\n现印发给你们。\n", "各有关单位：\n现印发给你们。\n"),
        ("第一条\n为了规范管理。\n", "第一条\n为了规范管理。\n"),
        ("- 甲项内容，\n  接着的内容。\n", "- 甲项内容，\n  接着的内容。\n"),
    ],
)
def test_blanks_and_broken_lines(typed: str, expected: str) -> None:
    """Trailing blanks and empty lines go, broken sentences are joined, clauses are apart; lists of lines stay."""
    assert body(typed) == expected


def test_keys_are_in_the_order_of_the_field_table_with_their_comments() -> None:
    """A comment above a key, behind it, and inside its list moves with it; a comment at the end stays there."""
    typed = (
        "\ufeff---\r\n发布日期:   2024-05-08  \r\n\r\n# 关于文号\r\n# 两行\r\n文号: 甲发〔2024〕1号  # 行末\r\n"
        "附件:\r\n"
        "  - 标题: 表\r\n    # 里面\r\n    文件: a.docx\r\n没有的: 值\r\n"
        '标题: "甲: 乙"\r\n公开属性: 主动公开\r\n# 末尾\r\n---\r\n正文。\r\n'
    )
    assert formatted(typed.encode()).decode() == (
        '---\n标题: "甲: 乙"\n公开属性: 主动公开\n发布日期: 2024-05-08\n'
        "# 关于文号\n# 两行\n文号: 甲发〔2024〕1号  # 行末\n"
        "附件:\n  - 标题: 表\n    # 里面\n    文件: a.docx\n没有的: 值\n# 末尾\n---\n正文。\n"
    )


def test_values_of_several_lines_keep_every_line() -> None:
    """A text of several lines, in quotes or as a block, is the same text afterwards."""
    typed = (
        "---\n内容概述: |\n  第一行,\n\n  # 第二行\n发布日期: 2024-05-08\n标题: '甲\n\n  乙'\n---\n正文。\n".encode()
    )
    tidy = formatted(typed)
    assert fields(tidy) == fields(typed)
    assert tidy.decode().startswith(
        "---\n标题: '甲\n\n  乙'\n发布日期: 2024-05-08\n内容概述: |\n  第一行,\n\n  # 第二行\n---\n"
    )


def test_full_width_indents_become_half_width() -> None:
    """Full-width blanks, tabs and no-break spaces that indent front matter become blanks, so that it can be read."""
    for indent in ("　", "\t", "\u00a0\u00a0"):
        typed = f"---\n标题: 甲\n附件:\n{indent}- 标题: 表\n{indent}{indent}文件: a.docx\n---\n正文。\n"
        assert formatted(typed.encode()).decode() == (
            "---\n标题: 甲\n附件:\n  - 标题: 表\n    文件: a.docx\n---\n正文。\n"
        )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "没有元数据\n".encode(),
        "---\n标题：甲\n---\n正文。\n".encode(),
        "---\n标题: 甲\n标题: 乙\n---\n正文。\n".encode(),
        "---\n标题: 甲\n---\n正文。\n".encode("gb18030"),
        "---\n标题: 甲\n---\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> b\n".encode(),
        ("---\n标题: 甲\n---\n" + "> " * 3000 + "甲\n").encode(),
    ],
)
def test_unreadable_file_is_refused(data: bytes) -> None:
    """A file that cannot be read is not touched."""
    with pytest.raises(UnreadableSourceError):
        formatted(data)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_text_keeps_words_structure_and_is_done_at_once(text: str) -> None:
    """The page has the same words, blocks, anchors and links; a second run changes nothing; no new problem comes."""
    tidy = formatted_body(text)
    assert formatted_body(tidy) == tidy
    before, after = convert(text), convert(tidy)
    assert folded(after.text) == folded(before.text)
    assert folded(tidy) == folded(text)
    assert [(heading.level, heading.anchor) for heading in after.outline] == [
        (heading.level, heading.anchor) for heading in before.outline
    ]
    assert after.anchors == before.anchors
    assert [link.target for link in after.links] == [link.target for link in before.links]
    assert Counter(problem.rule for problem in after.problems) <= Counter(problem.rule for problem in before.problems)


VALUES = st.sampled_from(
    [
        "甲",
        "'甲, 乙'",
        '"# 甲"',
        "甲  # 注",
        "[甲, 乙]",
        "\n  - 甲\n  - 乙",
        "|\n  甲\n\n  乙",
        "2024-05-06",
        "",
        "{甲: 乙}",
    ]
)
KEYS = st.lists(
    st.tuples(
        st.sampled_from([*(spec.label for spec in FIELDS.values()), "未知", "x"]),
        VALUES,
        st.sampled_from(["", "# 注\n", "\n"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[0],
)


@given(KEYS)
@settings(max_examples=200, deadline=None)
def test_front_matter_keeps_values_and_comments(rows: list[tuple[str, str, str]]) -> None:
    """Every value and every comment is there afterwards, the keys are in order, a second run changes nothing."""
    block = "".join(f"{above}{key}: {value}\n" for key, value, above in rows)
    data = f"---\n{block}---\n正文。\n".encode()
    try:
        tidy = formatted(data)
    except UnreadableSourceError:
        return
    assert formatted(tidy) == tidy
    assert fields(tidy) == fields(data)
    assert tidy.count(b"#") == data.count(b"#")
    labels = [spec.label for spec in FIELDS.values()]
    known = [labels.index(key) for key in fields(tidy) if key in labels]
    assert known == sorted(known)


def test_findings_do_not_grow() -> None:
    """What check accepted it accepts afterwards: the page of a tidy file has no problem that it had not."""
    text = f"{FRONT}第一条　甲,乙(试行).\n第二条　丙\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
    before, after = (
        parse_page("content/notices/n.md", "k", data).page for data in (text.encode(), formatted(text.encode()))
    )
    assert {problem.rule for problem in after.problems} <= {problem.rule for problem in before.problems}


def test_command_changes_files_and_names_them(project: Project) -> None:
    """Without a file all of content/ is tidied; stdout has the changed paths, stderr the sum."""
    project.policy(body="第一条　甲,乙。\n")
    tidy = project.document("notices/n1.md", {"标题": "甲", "公开属性": "主动公开", "发布日期": "2024-05-08"})
    project.write("content/notices/a.txt", "甲,乙")
    assert project.run("fmt").out == "content/policies/p1.md\n"
    ran = project.run("fmt")
    assert (ran.status, ran.out) == (0, "")
    assert "共 2 个文件，整理了 0 个。" in ran.err
    assert (project.folder / "content/notices/a.txt").read_text(encoding="utf-8") == "甲,乙"
    assert tidy.read_text(encoding="utf-8").endswith("正文。\n")


def test_check_changes_nothing(project: Project) -> None:
    """``--check`` lists what is to be tidied, leaves it as it is and ends with status 1; a tidy site ends with 0."""
    place = project.policy(body="第一条　甲,乙。\n")
    before = place.read_bytes()
    ran = project.run("fmt", "--check")
    assert (ran.status, ran.out, place.read_bytes()) == (1, "content/policies/p1.md\n", before)
    project.run("fmt", "content/policies/p1.md")
    assert place.read_bytes() != before
    assert project.run("fmt", "--check").status == 0


def test_unreadable_file_ends_with_status_1_and_leaves_the_others_tidy(project: Project) -> None:
    """A file that cannot be read is named with its line and hint; the others are tidied all the same."""
    place = project.policy(body="第一条　甲,乙。\n")
    bad = project.write("content/notices/n1.md", "---\n标题：甲\n---\n正文,。\n")
    before = bad.read_bytes()
    ran = project.run("fmt")
    assert ran.status == 1
    assert "content/notices/n1.md:2: “标题”后面是全角冒号" in ran.err
    assert bad.read_bytes() == before
    assert "甲，乙" in place.read_text(encoding="utf-8")
    assert project.run("fmt", "content/没有.md").status == 1
    assert not list(project.folder.rglob(".*.fmt"))


def test_without_content_there_is_nothing_to_do(project: Project) -> None:
    """Outside a site the command says so and ends with status 2."""
    ran = project.run("fmt", "-c", "别处/site_config.yaml")
    assert ran.status == 2
    assert "找不到文件夹" in ran.err


def test_a_sentence_that_is_whole_after_another_step_needs_no_second_run() -> None:
    """One run is enough: what a step makes possible for an earlier step is done in the same run."""
    once = formatted_body("第一条 甲,\n乙.\n第二条 丙\n")
    assert once == "第一条 甲，乙。\n\n第二条 丙\n"
    assert formatted_body(once) == once
