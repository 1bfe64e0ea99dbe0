"""Mistakes of a webmaster's day: each is answered at its line with what is wrong and how to fix it."""

import datetime as dt

import pytest
from support.project import CONFIG as CONFIG_TEXT
from support.project import Project
from support.stages import CONFIG, archive_of, page_of

from generator.audit import run_rules, select_rules
from generator.domain.problems import Finding
from generator.domain.scaffold_words import TEXT, TITLE, TO_FILL
from generator.domain.written_moments import read_written
from generator.source.text.markup import convert

FRONT = """\
---
标题: 示例县就业见习管理办法
索引号: 123456789/2024-00002
文号: 例人社发〔2024〕2号
公开属性: 主动公开
成文日期: 2024-05-06
发布日期: 2024-05-08
---
"""
BODY = "第一条　为了规范就业见习，制定本办法。\n"
OTHERS = {
    f"policies/p{number}.md": FRONT.replace("00002", f"0000{number}").replace("2号", f"{number}号") + BODY
    for number in (3, 4)
}


def findings(text: str, *, files: tuple[str, ...] = (), path: str = "policies/p2.md") -> list[Finding]:
    """Return the findings on one file beside two other policies, apart from those about a whole site."""
    archive = archive_of({**OTHERS, path: text}, files=files)
    ignored = ("H004", "H005", "H006", "H007", "S", "X")
    found = run_rules(archive, CONFIG, select_rules((), ignored))
    return [finding for finding in found if finding.path == f"content/{path}"]


# what is typed, what stands there instead; line, rule, words of the message, words of the hint
MISTAKES = {
    "field twice": ("发布日期: 2024-05-08", "发布日期: 2024-05-08\n文号: 无", 8, "F008", "（第一次在第 4 行）", "删去"),
    "title behind a hash": ("标题: ", "标题: #1 ", 2, "F008", "“#1 示例县", '"#1 示例县就业见习管理办法"'),
    "empty disclosure": ("公开属性: 主动公开", "公开属性:", 5, "G001", "没有“公开属性”", "填上第 5 行：公开属性: "),
    "empty title": ("标题: 示例县就业见习管理办法", "标题:", 2, "F001", "缺少“标题”", "填上第 2 行：标题: "),
    "list with 、": ("---\n标题", "---\n废止: p3、p4\n标题", 2, "F019", "连成了一个值", "[p3, p4]"),
    "list with ，": ("---\n标题", "---\n废止: [p3，p4]\n标题", 2, "F019", "连成了一个值", "[p3, p4]"),
    "keywords with ，": ("---\n标题", "---\n关键词: [就业，见习]\n标题", 2, "F019", "连成了一个值", "[就业, 见习]"),
    "double quote not closed": ("标题: ", '标题: "', 2, "F008", "引号没有成对", '补上引号 "'),
    "single quote not closed": ("标题: ", "标题: '", 2, "F008", "引号没有成对", "补上引号 '"),
    "quote before another quote": ("标题: ", '副题: "甲"\n标题: "', 3, "F008", "引号没有成对", '补上引号 "'),
    "bracket not closed": ("---\n标题", "---\n关键词: [就业\n标题", 2, "F008", "的括号没有成对", "补上 ]"),
    "full-width quotes": (
        "示例县就业见习管理办法",
        "“就业见习管理办法”",
        2,
        "F020",
        "带着引号",
        "写成 就业见习管理办法",
    ),
    "interpretation among policies": (
        "索引号: 123456789/2024-00002\n文号: 例人社发〔2024〕2号\n",
        "解读对象: p3\n",
        3,
        "F001",
        "像是政策解读",
        "content/interpretations/，或加一行 类型: 政策解读",
    ),
    "full-width indent": ("---\n标题", "---\n附件:\n　- 标题: 表\n标题", 3, "F008", "全角空格", "半角空格"),
    "full-width indent inside": (
        "---\n标题",
        "---\n附件:\n  - 标题: 表\n　　文件: a.docx\n标题",
        4,
        "F008",
        "全角空格",
        "半角空格",
    ),
    "no-break indent": ("---\n标题", "---\n附件:\n\u00a0 - 标题: 表\n标题", 3, "F008", "不间断空格", "半角空格"),
    "tab": ("---\n标题", "---\n附件:\n\t- 标题: 表\n标题", 3, "F008", "制表符（Tab）", "半角空格"),
    "day in Chinese": ("2024-05-06", "二〇二四年五月六日", 6, "F003", "不是日期", "写成 2024-05-06"),
    "day with a weekday": ("2024-05-06", "2024.5.6", 6, "F003", "不是日期", "写成 2024-05-06"),
    "moment in a day": (
        "成文日期: 2024-05-06",
        "成文日期: 2024-05-06 9时30分",
        6,
        "F003",
        "不是日期",
        "写成 2024-05-06",
    ),
    "moment in Chinese": ("2024-05-08", "2024-05-08 9时30分", 7, "F003", "不是日期", "写成 2024-05-08 09:30"),
    "moment by the clock": ("2024-05-08", "2024年5月8日下午3点半", 7, "F003", "不是日期", "写成 2024-05-08 15:30"),
    "conflict in the front matter": (
        "标题: 示例县就业见习管理办法",
        "<<<<<<< HEAD\n标题: 甲\n=======\n标题: 乙\n>>>>>>> b",
        2,
        "F015",
        "git 合并冲突",
        "删去另一种",
    ),
    "conflict in the text": (
        BODY,
        f"{BODY}\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> b\n",
        11,
        "F015",
        "git 合并冲突",
        "删去",
    ),
    "scaffold text": (BODY, "正文写在这里。\n", 9, "F016", "样稿", "换成这份文件的正文"),
    "scaffold title": ("标题: 示例县就业见习管理办法", "标题: 标题", 2, "F016", "样稿的“标题”", "写上这份文件的标题"),
    "picture in capitals": (
        BODY,
        f"{BODY}\n![图](images/A.PNG)\n",
        11,
        "H002",
        "不存在",
        "大小写不同：写成 images/a.png",
    ),
    "attachment in capitals": (
        "---\n标题",
        "---\n附件:\n  - 标题: 图\n    文件: Images/a.png\n标题",
        3,
        "H002",
        "不存在",
        "大小写不同：写成 images/a.png",
    ),
    "half an address": (BODY, f"{BODY}\n[甲](http:/a.gov.cn/)\n", 11, "H001", "不是网页能打开的", "https:// 开头"),
    "mail to nobody": (BODY, f"{BODY}\n[甲](mailto:)\n", 11, "H001", "不是网页能打开的", "https:// 开头"),
    "link in capitals": (BODY, f"{BODY}\n[甲](P3.md)\n", 11, "H001", "没有对应的页面", "大小写不同：写成 p3.md"),
    "full-width hashes": (BODY, f"＃＃ 一、总则\n\n{BODY}", 9, "H014", "全角", "写成“## 一、总则”"),
    "hashes without a blank": (BODY, f"##一、总则\n\n{BODY}", 9, "H014", "缺少空格", "写成“## 一、总则”"),
    "one hash without a blank": (BODY, f"#第一章 总则\n\n{BODY}", 9, "H014", "缺少空格", "写成“# 第一章 总则”"),
    "table without rule": (BODY, f"{BODY}\n| 一 | 二 |\n| 三 | 四 |\n", 11, "H014", "分隔行", "|---|---|"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_answered_at_its_line(name: str) -> None:
    """Exactly one finding, at the line of the mistake, says what is wrong and names the right value."""
    old, new, line, rule, message, hint = MISTAKES[name]
    text = FRONT + BODY
    assert old in text
    (finding,) = findings(text.replace(old, new, 1), files=("policies/images/a.png",))
    assert (finding.rule, finding.line) == (rule, line), finding
    assert message in finding.message
    assert hint in finding.hint


@pytest.mark.parametrize("label", ["发布时间", "公开时间"])
def test_other_names_of_the_publication_day(label: str) -> None:
    """发布时间 is the commonest other name of 发布日期, and is read as it; 印发时间 is 印发日期."""
    assert not findings(FRONT.replace("发布日期", label) + BODY)
    page = page_of(FRONT.replace("发布日期", "印发时间: 2024-05-07\n发布日期") + BODY, "content/policies/p2.md")
    assert page.fields["date_printed"].value == dt.date(2024, 5, 7)


def test_term_on_a_notice_has_no_effect() -> None:
    """有效期至 does nothing on a notice, and the finding says so at its line."""
    text = "---\n标题: 公示\n公开属性: 主动公开\n发布日期: 2024-05-08\n有效期至: 2024-05-20\n---\n公示。\n"
    (finding,) = findings(text, path="notices/n1.md")
    assert (finding.rule, finding.line) == ("F018", 5)


def test_words_of_a_heading_sign_are_no_mistake() -> None:
    """A floor, a topic, a sign in a code block or behind a backslash is no heading that somebody meant."""
    for text in ("#5楼\n", "#技能中国行\n", "```\n##一\n＃＃ 二\n```\n", "\\##一\n", "######## \n", "C#是语言\n"):
        assert not convert(text).problems, text


def test_full_width_blanks_inside_a_value_are_words() -> None:
    """A text of several lines may be indented by full-width blanks, also where something else is wrong."""
    text = FRONT.replace("---\n标题", "---\n内容概述: |\n  　　甲。\n  　　乙。\n没有: 值\n标题", 1) + BODY
    assert [(finding.rule, finding.line) for finding in findings(text)] == [("F002", 5)]


def test_lines_with_numbers_are_paragraphs_of_their_own() -> None:
    """第二条, 二、 and （二） behind the end of a sentence begin a paragraph, and 第二条 has its anchor."""
    markup = convert("第一条　甲。\n第二条　乙：\n（一）丙；\n（二）丁。\n")
    assert [block.line for block in markup.blocks.blocks] == [1, 2, 3, 4]
    assert {"第一条", "第二条"} <= markup.anchors
    assert len(convert("按照本办法\n第二条　执行。\n").blocks.blocks) == 1
    assert len(convert("- 甲。\n（一）乙。\n").blocks.blocks) == 1
    assert len(convert("> 甲。\n二、乙。\n").blocks.blocks) == 1
    assert "<code>甲。\n第二条 乙。" in convert("```\n甲。\n第二条 乙。\n```\n").html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二六年十一月二十六日", dt.date(2026, 11, 26)),
        ("二○二六年十月十日", dt.date(2026, 10, 10)),
        ("２０２６年１１月２６日", dt.date(2026, 11, 26)),
        ("2026/11/26", dt.date(2026, 11, 26)),
        ("2026-11-28 9时30分", dt.datetime.fromisoformat("2026-11-28T09:30")),
        ("2026年11月28日 9时", dt.datetime.fromisoformat("2026-11-28T09:00")),
        ("2026-11-28 上午9点半", dt.datetime.fromisoformat("2026-11-28T09:30")),
        ("2026年11月28日晚8点", dt.datetime.fromisoformat("2026-11-28T20:00")),
        ("2026-11-28T09.30", dt.datetime.fromisoformat("2026-11-28T09:30")),
        ("2026年2月30日", None),
        ("2026年11月", None),
        ("2026-11-28 25时", None),
        ("下周一", None),
    ],
)
def test_days_and_moments_that_are_written_otherwise(text: str, expected: dt.date | None) -> None:
    """A hint names the value that is meant, or none where that is not clear."""
    assert read_written(text) == expected


# the config, the line of the mistake, words of message and hint
CONFIGS = {
    "full-width colon": (CONFIG_TEXT.replace("title: ", "title："), 2, "“title”后面是全角冒号", "title: 值"),
    "of a group": (CONFIG_TEXT.replace("site:", "site："), 1, "“site”后面是全角冒号", "site: 值"),
    "no blank": (CONFIG_TEXT.replace("title: ", "title:"), 2, "“title:”后面缺少空格", "title: 值"),
    "Chinese name": (CONFIG_TEXT.replace("title: ", "标题："), 2, "“标题”后面是全角冒号", "标题: 值"),
    "full-width indent": (CONFIG_TEXT.replace("  title", "　　title"), 2, "缩进用了全角空格", "半角空格"),
    "no-break indent": (CONFIG_TEXT.replace("  title", "\u00a0\u00a0title"), 2, "缩进用了不间断空格", "半角空格"),
    "conflict": (f"<<<<<<< HEAD\n{CONFIG_TEXT}=======\nsite:\n>>>>>>> b\n", 1, "有 git 合并冲突", "删去另一种"),
    "quote not closed": (CONFIG_TEXT.replace("title: ", 'title: "'), 2, "引号没有成对", '补上引号 "'),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_mistake_in_the_config_is_answered_at_its_line(project: Project, name: str) -> None:
    """The config is answered as the sources are: the line of the mistake, what is wrong, how to fix it."""
    text, line, message, hint = CONFIGS[name]
    project.write("site_config.yaml", text)
    ran = project.run("check")
    assert ran.status == 2
    assert f"site_config.yaml:{line}: {message}" in ran.err
    assert hint in ran.err


def test_colon_inside_a_value_of_the_config_is_a_word(project: Project) -> None:
    """A full-width colon in a value is no mistake where the config can be read."""
    project.policy()
    project.write("site_config.yaml", CONFIG_TEXT + "  office_hours: |\n    电话：上午\n")
    assert project.run("check").status == 0


def test_files_of_systems_are_no_finding_and_nothing_else_is_passed_over(project: Project) -> None:
    """What Notepad, Word and a copy leave in content/ is named; .DS_Store, Thumbs.db and ~$ files are not."""
    project.policy()
    for name in (
        "a.md.txt",
        "通知.docx",
        "b.markdown.txt",
        "c。md",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$通知.docx",
    ):
        project.write(f"content/policies/{name}", "x")
    ran = project.check("--select", "F017")
    assert [finding["path"].rpartition("/")[2] for finding in ran.findings] == [
        *("a.md.txt", "b.markdown.txt", "c。md", "通知.docx")
    ]
    hints = [finding["hint"] for finding in ran.findings]
    assert hints[0].startswith("改名为 a.md")
    assert "gongkai import content/policies/通知.docx" in hints[-1]
    assert {(finding["severity"], finding["blocking"]) for finding in ran.findings} == {("warning", False)}


def test_files_of_pages_that_are_not_public_are_read(project: Project) -> None:
    """The attachment of a withheld document is read, though it is not published."""
    hidden = {"disclosure": "withheld", "withhold_class": "N03", "withhold_note": "过程", "review_on": "2027-06-30"}
    project.policy(**hidden, attachments="[{title: 表, file: b.csv, disclosure: withheld}]")
    project.write("content/policies/b.csv", "a,b\n")
    assert project.check("--select", "F017").rules == []


def test_scaffolds_take_their_words_from_one_place(project: Project) -> None:
    """What ``new`` and ``report`` write to be replaced is what F016 looks for."""
    assert project.run("new", "notice", "n1").status == 0
    text = (project.folder / "content/notices/n1.md").read_text(encoding="utf-8")
    assert TEXT in text
    assert f": {TITLE}\n" in text
    assert project.run("report", "2025").status == 0
    assert TO_FILL in (project.folder / "content/reports/nb-2025.md").read_text(encoding="utf-8")
    found = project.check("--select", "F016").findings
    assert {finding["path"] for finding in found} == {"content/notices/n1.md", "content/reports/nb-2025.md"}
