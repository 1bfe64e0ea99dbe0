"""Markdown and HTML that a writer began and did not finish, or that a text may not hold: H014, each with its line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from generator.domain.numerals import TENS
from generator.domain.problems import Problem
from generator.source.text.dialect import is_forgotten_file, unused_definitions
from generator.source.text.html_tags import KNOWN_TAG, REMOVED_WITH_CONTENT, VOID

_RULE = "H014"
_LAYOUT_RULE = "H025"
_CLOSED_BY_OTHERS = frozenset(
    {"colgroup", "dd", "dt", "li", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_NOT_SHOWN = REMOVED_WITH_CONTENT | {"applet", "canvas", "frame", "frameset", "input", "select", "textarea"}
_NOT_READ = re.compile(r"<!--.*?-->|`[^`\n]+(?:\n(?!\n)[^`\n]*)*`", re.DOTALL)
_ROW = re.compile(r"^ {0,3}\|.*\|[ ]*$")
_TABLE_RULE = re.compile(r" {0,3}\|?[ ]*:?-+:?[ ]*\|[-:| ]*\Z")
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.MULTILINE)
_NAMED = re.compile(r"\[\^([^\]\n]+)\]")
_FENCE_SIGNS = re.compile(r" {0,3}(`{3,}|~{3,})")
_FENCE = re.compile(r" {0,3}(?:`{3}|~{3})")
# ＃＃ 一、 and ##一、; one half-width # before a word is a word (#5楼), unless the number of a heading follows.
_NUMBER = rf"(?:第[{TENS}\d]+[章节编]|[{TENS}]+、|（[{TENS}]+）)"
_MEANT_HEADING = re.compile(
    rf" {{0,3}}(?P<signs>[#＃]*＃[#＃]*|#{{2,6}}(?=[^#\s])|#(?={_NUMBER}))[\s\u3000]*(?P<words>[^#＃\s].*)"
)
_HAS_MEANT_HEADING = re.compile("\n" + _MEANT_HEADING.pattern)  # begins with a character, so it is looked for quickly
_NO_WORDS = re.compile(r"(?<![!\\])\[\s*\]\([^()\s]+\)")
_WIDE_ROW = re.compile(r"^[ \u3000]*｜.*｜[ \u3000]*$")
_FILE = r"\.(?:md|html?|docx?|xlsx?|pptx?|pdf|wps|et|csv|zip|png|jpe?g|gif|svg)\b"
_TARGET = rf"(?:#|https?://|\.{{0,2}}/)?[^\s()（）\[\]［］]*?(?:(?<=#)|{_FILE}|://)"
_WIDE_LINK = re.compile(
    rf"(?<!\\)(?P<picture>[!！]?)[\[［](?P<words>[^\[\]［］\n]{{1,100}})[\]］][ \u3000]?"
    rf"[(（](?P<target>[ ]?{_TARGET}[^\s()（）]*[ ]?)[)）]"
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg)\b", re.IGNORECASE)
_LAYOUT = re.compile(
    r"<(?:(?P<tag>center|font)\b|(?P<of>p|div|span|h[1-6])\b[^<>]*?\s(?:align\s*=\s*[\"']?(?:center|right)"
    r"|style\s*=\s*[\"'](?:[^\"'<>]*[;\s])?(?:text-align\s*:\s*(?:center|right)|(?:color|font-\w+)\s*:)))",
    re.IGNORECASE,
)
_MOST = 50


def markup_problems(text: str, numbers: Sequence[int]) -> Iterator[Problem]:
    """Yield H014 for tables without their rule, tags not closed or not allowed, unused notes, empty or wide links.

    Layout that is not kept is H025. ``numbers`` are those of the text's lines in the file.
    """
    if "<" in text:
        yield from _tag_problems(_NOT_READ.sub(_blank, text), numbers)
        yield from _layout_problems(_NOT_READ.sub(_blank, text), numbers)
    if "|" in text:
        yield from _table_problems(text.split("\n"), numbers)
    if "｜" in text:
        yield from _wide_table_problems(text.split("\n"), numbers)
    if "]" in text or "］" in text:
        yield from _wide_link_problems(_NOT_READ.sub(_blank, text), numbers)
    if "[^" in text:
        yield from _footnote_problems(text, numbers)
    if "](" in text and (match := _NO_WORDS.search(_NOT_READ.sub(_blank, text))):
        message = f"链接 {match[0][:40]} 没有文字，网页上看不到它"
        yield Problem(_RULE, message, "方括号里写链接的名称", numbers[text.count("\n", 0, match.start())])
    if "]:" in text:
        for definition in filter(is_forgotten_file, unused_definitions(text)):
            line = numbers[text.count("\n", 0, definition.start())]
            message = f"[{definition[1][:40]}]: 后面的地址正文没有引用它，这一行不在网页上"
            yield Problem(_RULE, message, f"在正文里写 [{definition[1][:40]}]，或者删去这一行", line)


def heading_problems(text: str, numbers: Sequence[int]) -> Iterator[Problem]:
    """Yield H014 for lines meant as headings (full-width hashes, no blank behind them), and for code without an end."""
    if "```" in text or "~~~" in text:
        yield from _open_fences(text, numbers)
    if not _HAS_MEANT_HEADING.search("\n" + text):
        return
    in_fence = False
    for line, number in zip(text.split("\n"), numbers, strict=False):
        if _FENCE.match(line):
            in_fence = not in_fence
        match = None if in_fence else _MEANT_HEADING.match(line)
        if not match:
            continue
        signs, words = match["signs"], match["words"].strip()
        wrong = f"“{signs}”是全角的" if "＃" in signs else f"“{signs}”后面缺少空格"
        hint = f"写成“{'#' * len(signs)} {words[:30]}”；“{signs}”是要显示的字，前面加反斜杠"
        yield Problem(_RULE, f"{wrong}，这一行不会成为小标题", hint, number)


def _open_fences(text: str, numbers: Sequence[int]) -> Iterator[Problem]:
    opened: tuple[str, int] | None = None
    for line, number in zip(text.split("\n"), numbers, strict=False):
        match = _FENCE_SIGNS.match(line)
        if match and opened is None and "`" not in line[match.end() :]:
            opened = match[1], number
        elif match and opened and match[1].startswith(opened[0]) and not line[match.end() :].strip():
            opened = None
    if opened:
        hint = f"在代码后面另起一行写 {opened[0]}；不是代码的，删去这一行"
        yield Problem(_RULE, f"“{opened[0]}”开头的代码没有结束", hint, opened[1])


def _tag_problems(text: str, numbers: Sequence[int]) -> Iterator[Problem]:
    opened: list[tuple[str, int]] = []
    counts: Counter[str] = Counter()  # of the names in ``opened``
    removed: dict[str, int] = {}
    line = counted = 0
    for match in KNOWN_TAG.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        name = (match["name"] or "").lower()
        is_closing = match[0].startswith("</")
        if name in _NOT_SHOWN:
            removed.setdefault(name, numbers[line])
        if name in VOID or name in _CLOSED_BY_OTHERS or not name:
            continue
        if not is_closing and not match[0].endswith("/>"):
            opened.append((name, numbers[line]))
            counts[name] += 1
        while is_closing and counts[name]:
            inner, _ = opened.pop()
            counts[inner] -= 1
            if inner == name:
                break
    for name, number in removed.items():
        hint = "音频、视频用 <audio>、<video>；别的改写成文字，或作为附件"
        yield Problem(_RULE, f"正文里的 <{name}> 不会出现在网页上", hint, number)
    for name, number in opened[:_MOST]:
        if name not in removed:
            hint = f"在它管到的地方后面写 </{name}>；这里的 < 是小于号的，写成 \\<"
            yield Problem(_RULE, f"正文里的 <{name}> 没有结束，后面的条款都成了它的内容", hint, number)


def _layout_problems(text: str, numbers: Sequence[int]) -> Iterator[Problem]:
    """Yield H025 for the first tag that only sets a place, a type or a colour: cleaning takes it off."""
    match = _LAYOUT.search(text)
    if match:
        name = match["tag"] or match["of"]
        message = f"正文里的 <{name}> 写的对齐、字体或颜色不起作用"
        hint = "由网站的样式决定：落款、日期自动靠右；删去它，只留文字，要突出的用 ** 加粗"
        yield Problem(_LAYOUT_RULE, message, hint, numbers[text.count("\n", 0, match.start())])


def _table_problems(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Problem]:
    begin = rule = None  # the first line of the rows that are being read, and the rule among them
    for place, line in enumerate((*lines, "")):
        if _ROW.match(line):
            begin = place if begin is None else begin
            rule = place if rule is None and _TABLE_RULE.match(line) else rule
            continue
        if begin is not None and place - begin > 1:
            columns = _columns(lines[begin])
            made = f"|{'---|' * columns}"
            if rule is None:
                hint = f"在第一行下面加一行：{made}"
                yield Problem(_RULE, "正文里的表格缺少表头下面的分隔行，不会显示成表格", hint, numbers[begin])
            elif rule == begin + 1 and _columns(lines[rule]) != columns:
                message = f"正文里的表格表头有 {columns} 格，分隔行有 {_columns(lines[rule])} 格，不会显示成表格"
                yield Problem(_RULE, message, f"分隔行改成：{made}", numbers[rule])
        begin = rule = None


def _wide_table_problems(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Problem]:
    """Yield one problem for each run of two or more rows whose bars are full-width."""
    begin: int | None = None
    for place, line in enumerate((*lines, "")):
        if _WIDE_ROW.match(line):
            begin = place if begin is None else begin
            continue
        if begin is not None and place - begin > 1:
            message = "正文里的表格用的是全角的“｜”，不会显示成表格"
            yield Problem(_RULE, message, "改为半角的“|”；第一行下面要有一行 |---|---|", numbers[begin])
        begin = None


def _wide_link_problems(text: str, numbers: Sequence[int]) -> Iterator[Problem]:
    """Yield H014 for links and pictures with full-width signs, or with a blank inside: they are shown as typed."""
    for match in islice(_WIDE_LINK.finditer(text), _MOST):
        if match["picture"] == "！" and not _PICTURE.search(match["target"]):  # 。！ of the sentence before a link
            continue
        picture = "!" if match["picture"] else ""
        right = f"{picture}[{match['words']}]({match['target'].strip()})"
        if match[0] != right:
            message = f"{'图片' if picture else '链接'}“{match[0][:40]}”的符号是全角的，或者中间有空格，不起作用"
            yield Problem(_RULE, message, f"写成 {right[:80]}", numbers[text.count("\n", 0, match.start())])


def _columns(row: str) -> int:
    """Return how many cells a row with a bar at each end has; a bar behind a backslash is a word."""
    return max(row.replace("\\|", "").strip().strip("|").count("|") + 1, 1)


def _footnote_problems(text: str, numbers: Sequence[int]) -> Iterator[Problem]:
    named = Counter(_NAMED.findall(text))
    unused = [match for match in _FOOTNOTE.finditer(text) if named[match[1]] == 1]
    for match in unused[:_MOST]:
        number = numbers[text.count("\n", 0, match.start())]
        hint = f"在正文要加注的地方写 [^{match[1]}]；不要这条脚注的，删去这一行"
        yield Problem(_RULE, f"脚注 [^{match[1]}] 正文没有引用它", hint, number)


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if character == "\n" else " " for character in match[0])
