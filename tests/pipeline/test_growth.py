"""Findings cost time in proportion to what is written: four times the text, at most eight times the time."""

import contextlib
import time
from collections.abc import Callable, Iterator

import pytest
from support.stages import CONFIG, archive_of, notice_text, policy_text, text_of

from generator.audit import run_rules, select_rules
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import FIELD_WORDS, Nearest, nearest
from generator.graph.gate import open_gate
from generator.source.facts.clause_sections import find_clause_interpretations
from generator.source.text.markup import convert

SMALL, TIMES, RATIO, GRACE = 300, 4, 8, 0.4
Texts = dict[str, str]


def several(count: int, make: Callable[[int], str], between: str = "\n\n") -> str:
    return between.join(map(make, range(1, count + 1)))


def listed(count: int, make: Callable[[int], str]) -> str:
    return f"[{several(count, make, ', ')}]"


def notice(body: str = "正文。\n", /, **fields: object) -> Texts:
    return {"notices/n1.md": notice_text(body, **fields)}


def notices(count: int, make: Callable[[int], str]) -> Texts:
    return {f"notices/a{number}.md": make(number) for number in range(count)}


def policies(count: int, body: str = "第一条　甲。\n", **fields: Callable[[int], object]) -> Texts:
    return {
        f"policies/p{number}.md": policy_text(number, body, **{key: make(number) for key, make in fields.items()})
        for number in range(1, count + 1)
    }


def interpretation(interprets: str, body: str = "正文。\n") -> str:
    fields = {"title": "解读", "date_published": "2024-05-08", "disclosure": "proactive", "form": "text"}
    return text_of({**fields, "interprets": interprets}, body)


def clauses(count: int) -> str:
    return several(count, lambda n: f"第{n}条　甲。")


def report(body: str) -> Texts:
    fields = {"title": "2024年政府信息公开工作年度报告", "date_published": "2025-01-08", "disclosure": "proactive"}
    return {"reports/r1.md": text_of(fields, body)}


def earlier(number: int) -> str | None:
    return f"[p{number - 1}]" if number > 1 else None


def first(number: int) -> str | None:
    return "[p1]" if number > 1 else None


AMOUNTS: dict[str, Callable[[int], Texts]] = {
    "dead anchors": lambda n: notice(several(n, lambda i: f"[甲](#没有的{i})\n\n## 标题第{i}个")),
    "dead anchors elsewhere": lambda n: {
        "notices/n1.md": notice_text(several(n, lambda i: f"[甲](n2.md#没有的{i})")),
        "notices/n2.md": notice_text(several(n, lambda i: f"## 标题第{i}个")),
    },
    "dead links to texts": lambda n: {
        **notice(several(n, lambda i: f"[甲](zz-2024-{i}.md)")),
        **notices(n, lambda _: notice_text()),
    },
    "links": lambda n: notice(several(8 * n, lambda _: "[甲](n1.md)")),
    "links written otherwise": lambda n: notice(several(8 * n, lambda i: f"[甲](n%2e{i}&amp;.md)")),
    "links without an address": lambda n: notice(several(4 * n, lambda i: f"[甲](data:{i})")),
    "numbers in one long list": lambda n: notice(several(12 * n, lambda i: f"- 见例人社发〔2024〕{i}号", "\n")),
    "rows of one long table": lambda n: report(
        "| 项目 | 数 |\n|---|---|\n" + several(12 * n, lambda i: f"| 甲*{i} | {i} |", "\n")
    ),
    "stars in one paragraph": lambda n: notice(several(8 * n, lambda i: f"甲*乙**丙{i}**，", "")),
    "tags that are not closed": lambda n: notice(several(n, lambda _: "<b>甲</i>")),
    "signs that are words": lambda n: notice(several(8 * n, lambda i: f"a<{i}，{{{i}}}，[注{i}]: 甲\n", "\n")),
    "footnotes that nothing names": lambda n: notice(several(n, lambda i: f"[^{i}]: 甲")),
    "definitions that nothing names": lambda n: notice(several(2 * n, lambda i: f"[甲{i}]: a{i}.md")),
    "words of elements that are taken out": lambda n: notice(several(n, lambda i: f"甲{i}\n\n<object>乙{i}</object>")),
    "a long heading with a sign at its end": lambda n: notice("# " + "甲" * (20 * n) + "*"),
    "equal headings": lambda n: notice(several(8 * n, lambda _: "## 标题\n\n甲。")),
    "equal headings under others": lambda n: notice(several(4 * n, lambda _: "# 甲\n\n## 标题\n\n第一条　甲")),
    "equal headings in the library": lambda n: notice(several(4 * n, lambda _: "## 标题 *甲*\n\n甲。")),
    "equal clauses": lambda n: notice(several(8 * n, lambda _: "第一条　甲。")),
    "headings that have the numbers already": lambda n: notice(
        several(2 * n, lambda i: f"## 标题-{i}") + "\n\n" + several(2 * n, lambda _: "## 标题")
    ),
    "dead attachments": lambda n: notice(attachments=listed(n, lambda i: f"{{title: 甲{i}, file: 乙{i}.pdf}}")),
    "dead references": lambda n: {
        "interpretations/i1.md": interpretation(listed(n, lambda i: f"没有{i}")),
        **policies(n // 4),
    },
    "clauses that are named": lambda n: {
        "interpretations/i1.md": interpretation(
            listed(2 * n, lambda i: f"p1#第{i}条"), several(2 * n, lambda i: f"## 第{i}条\n\n甲。")
        ),
        "policies/p1.md": policy_text(1, clauses(2 * n)),
    },
    "clauses in paragraphs": lambda n: {
        "interpretations/i1.md": interpretation(listed(2 * n, lambda i: f"p1#第{i}条"), clauses(2 * n)),
        "policies/p1.md": policy_text(1, clauses(2 * n)),
    },
    "clauses that there are not": lambda n: {
        "interpretations/i1.md": interpretation(listed(2 * n, lambda i: f"p1#第{100_000 + i}条")),
        "policies/p1.md": policy_text(1, clauses(2 * n)),
    },
    "parts that there are not": lambda n: {
        "policies/p1.md": policy_text(
            1,
            several(n, lambda i: f"## 另一标题{i}"),
            parts=listed(min(n // 8, 150), lambda i: f"{{id: a{i}, title: 某规程{i}号办法}}"),
        )
    },
    "interpretations of one": lambda n: {
        **{f"interpretations/i{i}.md": interpretation("p1") for i in range(2 * n)},
        "policies/p1.md": policy_text(1, expires_on="2030-01-01"),
    },
    "amendments of one": lambda n: policies(n, amends=first),
    "repeals of one": lambda n: policies(n, repeals=first),
    "a chain of replacements": lambda n: policies(n, replaces=earlier),
    "a chain of amendments": lambda n: policies(n, amends=earlier),
    "a circle": lambda n: policies(n, based_on=lambda i: f"[p{i % n + 1}]"),
    "equal ids": lambda n: {f"notices/{i}/n.md": notice_text(id="n1") for i in range(n)},
    "references to equal ids": lambda n: {
        f"policies/{i}/n.md": policy_text(1, id="n1", based_on="n1") for i in range(2 * n)
    },
    "equal numbers": lambda n: {f"policies/p{i}.md": policy_text(1) for i in range(n)},
    "unknown fields": lambda n: notice(**{f"字段名{i}": "甲" for i in range(4 * n)}),
    "unknown fields of a form": lambda n: notice(review="{" + several(4 * n, lambda i: f"某项{i}: 甲", ", ") + "}"),
    "unknown rules": lambda n: notice(exempt="{" + several(4 * n, lambda i: f"L{i:05}: 理由", ", ") + "}"),
    "unknown values": lambda n: policies(n, doc_type=lambda i: f"规范性的文件{i}"),
    "unknown columns": lambda n: notices(n, lambda i: notice_text(column=f"某栏目{i}")),
    "aliases": lambda n: notice(aliases=listed(4 * n, lambda i: f"old/a{i}.html")),
    "equal aliases": lambda n: notices(n, lambda _: notice_text(aliases="[old/a.html]")),
    "footnotes": lambda n: notice(
        several(n, lambda i: f"甲[^{i}]") + "\n\n" + several(n, lambda i: f"[^{i}]: 乙", "\n")
    ),
    "references to one footnote": lambda n: notice("甲[^1]\n\n" * 2 * n + "[^1]: 乙\n"),
    "rows that are too short": lambda n: notice("|" + "甲|" * n + "\n|" + "-|" * n + "\n" + "|乙|\n" * n),
    "tables of a report": lambda n: report("| 甲 | 乙 |\n|---|---|\n| 新收 1 | 2 |\n\n" * 2 * n),
    "merged cells of a report": lambda n: report(
        "<table>" + '<tr><td rowspan="999" colspan="999">1</td></tr>' * n + "</table>"
    ),
    "attachments of one name": lambda n: notice(
        attachments=listed(2 * n, lambda i: f"{{title: 甲{i}, file: ../files/文件名称很长的{i % n}.pdf}}")
    ),
    "announced attachments": lambda n: notice(
        "附件：" + several(n, lambda i: f"{i % 99}. 表{i}", "\n"),
        attachments=listed(n, lambda i: f"{{title: 别的{i}, file: 乙{i}.pdf}}"),
    ),
    "numbers and titles": lambda n: {
        **notice(several(4 * n, lambda i: f"根据例人社发〔2024〕{i}号文件《某某办法{i}》。")),
        **policies(n // 2),
    },
    "numbers written otherwise": lambda n: notice(several(8 * n, lambda i: f"甲乙〔2024〕&#49;{i}号")),
    "private numbers": lambda n: notice(several(4 * n, lambda i: f"138{i:08}、11010519491231002X")),
    "pictures": lambda n: notice("![](a.png)\n\n" * 4 * n),
    "notes on disclosure": lambda n: notice("（此件主动公开）\n\n" * 8 * n),
    "limits of a guide": lambda n: {
        "pages/g.md": text_of({"title": "指南", "disclosure": "proactive"}, "申请行政复议，60日内提起诉讼。" * 4 * n)
    },
    "unseen characters": lambda n: notice("甲\u202e乙\n\n" * 8 * n),
    "wrong colons": lambda n: {"notices/n1.md": "---\n" + "标题：甲\n" * 8 * n + "---\n甲\n"},
}


def seconds(make: Callable[[int], Texts], amount: int) -> float:
    """Return the processor's seconds for everything that reads, relates and judges a number of things."""
    texts = make(amount)
    begun = time.process_time()
    archive = archive_of(texts, files=[f"files/文件名称很长的{number}.pdf" for number in range(amount)])
    run_rules(archive, CONFIG, select_rules((), ()))
    with contextlib.suppress(GongkaiError):  # what the rules block
        open_gate(archive)
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("kind", AMOUNTS)
def test_findings_grow_as_their_text_does(kind: str) -> None:
    """Whatever a site has much of, four times as much costs at most eight times the time; best of three."""
    tries = ((seconds(AMOUNTS[kind], SMALL), seconds(AMOUNTS[kind], TIMES * SMALL)) for _ in range(3))
    assert any(more <= RATIO * few + GRACE for few, more in tries)


# ---------------------------------------------------------------- the nearest word


def several_words(count: int) -> Iterator[str]:
    return (f"rsf-{2000 + number % 25}-{number}.md" for number in range(count))


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("rsf-2017-4217.md.md", "rsf-2017-4217.md"),
        ("rsf-2071-4217.md", "rsf-2017-4217.md"),
        ("RSF_2017_4217.MD", "rsf-2017-4217.md"),
        ("ｒｓｆ-2017-4217.md", "rsf-2017-4217.md"),
        ("rsf2017-4217", "rsf-2017-4217.md"),
        ("rsf-2017-4217", "rsf-2017-4217.md"),
        ("sf-2017-4217.md", "rsf-2017-4217.md"),
    ],
)
def test_the_nearest_of_many_words_is_found(word: str, wanted: str) -> None:
    """Among 10,000 names that are much alike, one with a slip of the keyboard is still found."""
    assert nearest(word, several_words(10_000)) == wanted


def test_no_word_is_compared_past_the_limit() -> None:
    """Past the number of words that are compared, what differs in case and punctuation is still looked up."""
    words = Nearest(FIELD_WORDS, most=1)
    assert words.to("titel") == "title"
    assert words.to("titel") is None
    assert words.to("Title") == "title"
    assert words.to("disclos") == "disclosure"


def test_a_section_is_that_of_the_first_heading() -> None:
    """A clause that several headings name has the words under the first, up to the next heading of its level."""
    text = convert("## 第一条 第二条\n\n甲\n\n### 乙\n\n丙\n\n## 第一条\n\n丁\n").blocks
    assert [tuple(one) for one in find_clause_interpretations(text.blocks, ("第一条", "第二条"))] == [
        ("第一条", ("甲", "乙", "丙")),
        ("第二条", ("甲", "乙", "丙")),
    ]
