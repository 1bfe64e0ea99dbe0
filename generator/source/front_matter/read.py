"""Parse front matter into fields with their lines, each value in the form of its field (contract section 3).

python-frontmatter silently returns an empty mapping for a BOM, a full-width colon, an unclosed fence or a list;
here each of these mistakes has its own message. Nothing in this module raises for anything that a writer may have
typed: every mistake becomes a ``Problem``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frontmatter.default_handlers import YAMLHandler

from generator.domain.model import Field
from generator.domain.problems import Problem
from generator.domain.vocabulary import FIELD_WORDS, FIELDS, Nearest, field_key
from generator.source.front_matter.lost_words import lost_words
from generator.source.front_matter.nested import read_field
from generator.source.front_matter.unknown_keys import unknown_key
from generator.support import yaml_text
from generator.support.utf8 import NotUtf8Error, read_utf8

MAX_BYTES = 8_000_000
_FENCE = re.compile(r"^---[ \t]*$")
_FALSE_FENCE = re.compile(r"^(?:[-—–－―‐‑−─]{2,}|-{4,})[ \t]*$")
_COLON = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|[\u4e00-\u9fff]{2,12})[ \t]*([:：])(?![ \t])(.*)")
_GOES_ON = re.compile(r"[ \t　]*(?:#|-[ ]|[^\s:：，。]{1,20}[:：](?:\s|$))|[ \t　]+\S")  # a line of metadata
_BLANKS = {"　": "全角空格", "\u00a0": "不间断空格", "\t": "制表符（Tab）"}
_INDENT = re.compile(r"^[ ]*[\u3000\u00a0\t][ \u3000\u00a0\t]*(?=-[ ]|[^\s:：]+[:：])", re.MULTILINE)
_HANDLER = YAMLHandler(fm_boundary=re.compile(_FENCE.pattern, re.MULTILINE))


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of one file, its problems, its body, and the line number of the body's first character.

    ``chinese_keys``: the first key is a Chinese one.
    """

    fields: dict[str, Field]
    problems: tuple[Problem, ...]
    body: str
    body_line: int
    empty_keys: dict[str, int]
    chinese_keys: bool = False


def decode(data: bytes) -> str | Problem:
    """Return a source file as text with line feeds, or the problem of one that is too large or not UTF-8.

    A BOM and CRLF are accepted.
    """
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1_000_000:.1f} MB"
        return Problem(
            "F008", f"文件有 {size}，超过一份文件的上限 {MAX_BYTES // 1_000_000} MB", "拆成几份，或作为附件发布"
        )
    try:
        text = read_utf8(data)
    except NotUtf8Error as error:
        return Problem("F008", f"文件{error.message}", "用编辑器“另存为”，编码选 UTF-8", error.line)
    if "\x00" in text:
        return Problem(
            "F008",
            "文件里有空字符（NUL），不是文本文件",
            "确认它是 Markdown 文本",
            text[: text.index("\x00")].count("\n") + 1,
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter and body of a text as ``decode`` returns it."""
    front = _read(text)
    if not front.problems or not (indent := _INDENT.search(text[: len(text) - len(front.body)])):
        return front
    blanks = next(name for blank, name in _BLANKS.items() if blank in indent[0])
    line = text.count("\n", 0, indent.start()) + 1
    message = f"缩进用了{blanks}"
    problem = Problem("F008", message, "换成半角空格，每级两个；或运行 gongkai fmt 加上这个文件，由它来换", line)
    return FrontMatter({}, (problem,), front.body, front.body_line, {})


def _read(text: str) -> FrontMatter:
    lead = len(text) - len(text.lstrip("\n"))
    if (problem := _fence_problem(text, lead + 1)) is not None:
        return FrontMatter({}, (problem,), text, 1, {})
    block, body = _HANDLER.split(text[lead:])
    first = lead + 2
    body_line = lead + 1 + block.count("\n")
    block = block.removeprefix("\n")
    problems = list(_bad_colons(block, first))
    if problems:
        return FrontMatter({}, tuple(problems), body, body_line, {})
    try:
        tree = yaml_text.parse(block, first)
    except yaml_text.YamlTextError as error:
        problem = Problem("F008", f"front matter 读不了：{error.message}", error.hint, first + error.line - 1)
        return FrontMatter({}, (problem,), body, body_line, {})
    if not isinstance(tree, yaml_text.Mapping):
        empty = isinstance(tree, yaml_text.Scalar) and tree.text is None
        message = "front matter 是空的" if empty else "front matter 不是“字段: 值”的形式"
        return FrontMatter(
            {}, (Problem("F008", message, "每行写成“字段: 值”，如 title: 标题", first),), body, body_line, {}
        )
    fields, empty_keys, field_problems = _read_fields(tree, first - 1)
    chinese_keys = not next(iter(tree.items), "").isascii()
    return FrontMatter(fields, tuple(field_problems), body, body_line, empty_keys, chinese_keys)


def _fence_problem(text: str, first: int) -> Problem | None:
    lines = text.split("\n")
    opening = lines[first - 1] if first <= len(lines) else ""
    if not _FENCE.match(opening):
        if not text.strip():
            return Problem("F008", "文件是空的", "写上 front matter 和正文")
        if _FENCE.match(opening.strip()):
            return Problem("F008", "第一行的 --- 前面有空格", "删去空格，--- 顶格写", first)
        if _FALSE_FENCE.match(opening.strip()):
            return Problem(
                "F008",
                f"第一行“{opening.strip()[:12]}”不是三个半角连字符",
                "改为 ---（三个半角减号，前后没有别的字符）",
                first,
            )
        late = next((n for n, line in enumerate(lines, 1) if _FENCE.match(line)), None)
        if late:
            return Problem(
                "F008", f"front matter 前面有别的文字（第 {late} 行才是 ---）", "--- 要写在文件的第一行", first
            )
        return Problem("F008", "没有 front matter", "文件开头写一对 ---，元数据写在中间", first)
    for number, line in enumerate(lines[first:], first + 1):
        if _FENCE.match(line):
            return None
        if _FALSE_FENCE.match(line.strip()) and not line.startswith((" ", "-\t")):
            return Problem(
                "F008",
                f"第 {number} 行“{line.strip()[:12]}”不是三个半角连字符，front matter 没有结束",
                "改为 ---（三个半角减号）",
                number,
            )
    last = next((n for n, line in enumerate(lines[first:], first + 1) if not _GOES_ON.match(line)), len(lines) + 1) - 1
    after = f"第 {last} 行后面" if last > first else "元数据之后"
    return Problem("F008", "front matter 没有结束的 ---", f"在{after}另起一行写 ---", first)


def _bad_colons(block: str, first: int) -> Iterator[Problem]:
    """Yield a problem for every key whose colon is full-width or is not followed by a space."""
    for number, line in enumerate(block.split("\n"), first):
        match = _COLON.match(line)
        key = field_key(match[1]) if match else None
        if match and match[2] == "：":
            hint = f"改为半角冒号加空格，如 {match[1]}: 值"
            yield Problem("F008", f"“{match[1]}”后面是全角冒号“：”", hint, number, key or "")
        elif match and key and match[3].strip():
            yield Problem("F008", f"“{match[1]}:”后面缺少空格", f"冒号后加一个半角空格，如 {match[1]}: 值", number, key)


def _read_fields(tree: yaml_text.Mapping, offset: int) -> tuple[dict[str, Field], dict[str, int], list[Problem]]:
    fields: dict[str, Field] = {}
    empty_keys: dict[str, int] = {}
    problems: list[Problem] = []
    written_keys: dict[str, str] = {}
    words = Nearest(FIELD_WORDS)
    lines = {key: at + offset for word, (at, _) in tree.items.items() if (key := field_key(word))}
    for written, (line_in_block, node) in tree.items.items():
        line = line_in_block + offset
        key = field_key(written)
        if key is None:
            problems.append(unknown_key(written, line, words, lines))
            continue
        if key in written_keys:
            problems.append(
                Problem("F008", f"“{written}”和“{written_keys[key]}”是同一个字段，写了两次", "删去其中一个", line, key)
            )
            continue
        written_keys[key] = written
        cut = list(lost_words(FIELDS[key], node, offset))
        problems += [problem._replace(field=key) for problem in cut]
        value = read_field(FIELDS[key], node, offset)
        if isinstance(value, list):
            problems += [problem._replace(line=problem.line or line, field=key) for problem in value if not cut]
        elif value is None:
            empty_keys[key] = line
        else:
            fields[key] = Field(value, line)
    return fields, empty_keys, problems
