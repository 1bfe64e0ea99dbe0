"""YAML of front matter and config: values as text, each with its line.

Every scalar stays the text that was typed, so an all-digit 索引号 or a leading zero is never
turned into a number. Tags, anchors and aliases are refused: no field needs them, and with them
YAML can run code or grow without bound.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from generator.domain.unseen import LINE_SEPARATORS, NOT_IN_TEXT
from generator.support.yaml_lines import line_mistake

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 12
MAX_CHARACTERS = 200_000
# A byte-order mark inside a text is always a mistake; other characters without width are allowed.
_UNSEEN = re.compile(rf"[{NOT_IN_TEXT}{LINE_SEPARATORS}\r\ufeff]")
_CUT = re.compile(r"""^[^"'#]*[\s]#[^\s#]""")  # a comment that looks like a part of the value before it
_RETYPE = "删去该行从别处粘贴来的不可见字符，重新输入这一行"
_QUOTED = re.compile(r"""\s*(?:-\s+)?(?:[^\s:#'"][^:#]*:\s+)?(?P<quote>["'])(?P<rest>.*)""")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class YamlTextError(Exception):
    """Invalid YAML; ``line`` is 1-based in the text that was parsed."""

    def __init__(self, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.hint = hint


@dataclass(slots=True)
class Scalar:
    """One value as typed; ``text`` is ``None`` for an empty or null value.

    ``comment`` is the comment with its ``#`` that ends the line of an unquoted value, ``comment_line`` that line.
    """

    text: str | None
    line: int
    comment: str = ""
    comment_line: int = 0

    def is_cut(self) -> bool:
        """Whether the comment looks like a part of the value: no blank behind its ``#``, or another ``#`` in it."""
        behind = self.comment[1:]
        return bool(behind.strip("#")) and (not behind[0].isspace() or bool(self.text and "#" in behind))


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: "list[Node]"
    line: int


@dataclass(slots=True)
class Mapping:
    """Keys with their lines, in the order in which they were written."""

    items: "dict[str, tuple[int, Node]]"
    line: int


Node: TypeAlias = Scalar | Sequence | Mapping


def parse(text: str, first_line: int = 1) -> Node:
    """Parse YAML into nodes; ``first_line`` is that of the text in its file, for messages that name a line.

    Raises ``YamlTextError`` for anything that is not plain YAML: bad syntax, a duplicate key, tags,
    anchors, nesting deeper than ``MAX_DEPTH`` or more than ``MAX_CHARACTERS`` characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise YamlTextError(f"内容超过 {MAX_CHARACTERS} 个字符", 1, "front matter 只写元数据，正文写在第二个 --- 之后")
    if unseen := _UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        raise YamlTextError("有不可见的控制字符或换行符", line, _RETYPE)
    builder = _Builder(text, first_line)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _explain(error, text) from None
    return builder.root


class _Builder:
    """Build nodes from the events of one document, without recursion."""

    def __init__(self, text: str, first_line: int) -> None:
        self._offset = first_line - 1
        self.root: Node = Scalar(None, 1)
        self._lines = text.split("\n")
        self._stack: list[Sequence | Mapping] = []
        self._keys: list[tuple[str, int] | None] = []  # the key whose value comes next, for each level

    def take(self, event: yaml.Event) -> None:
        """Process the next event."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        _refuse(event, line)
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._stack.pop()
            self._keys.pop()
        elif isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent):
            node = _open(event, line)
            if isinstance(node, Scalar) and isinstance(event, yaml.ScalarEvent) and not event.style:
                self._add_comment(node, event)
            self._place(node, line)

    def _add_comment(self, node: Scalar, event: yaml.ScalarEvent) -> None:
        """Add the comment behind a plain value, which YAML drops."""
        end = event.end_mark
        if end is None or end.line >= len(self._lines):
            return
        rest = self._lines[end.line][end.column :].lstrip()
        if rest.startswith("#"):
            node.comment, node.comment_line = rest.rstrip(), end.line + 1

    def _place(self, node: Node, line: int) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is None:
            self.root = node
        elif isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = _key(node, parent, self._offset)
            return
        else:
            parent.items[key[0]] = (key[1], node)
            self._keys[-1] = None
        if not isinstance(node, Scalar):
            if len(self._stack) >= MAX_DEPTH:
                raise YamlTextError(f"嵌套超过 {MAX_DEPTH} 层", line, "检查是否多写了 [ 或 {")
            self._stack.append(node)
            self._keys.append(None)


def _refuse(event: yaml.Event, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise YamlTextError("不支持 YAML 的锚点与别名（& 和 *）", line, "把值直接写出来；文字以 & 或 * 开头时加引号")
    if isinstance(event, yaml.DocumentStartEvent) and event.explicit and line > 1:
        raise YamlTextError("多了一个 --- 分隔", line, "元数据只写在开头的一对 --- 之间")
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise YamlTextError(f"不支持 YAML 标签 {tag}", line, "文字以 ! 开头时加引号")


def _open(event: yaml.Event, line: int) -> Node:
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence([], line)
    if isinstance(event, yaml.MappingStartEvent):
        return Mapping({}, line)
    plain = not event.style  # type: ignore[attr-defined]  # None from the pure parser, "" from libyaml
    value: str = event.value  # type: ignore[attr-defined]
    if not value.isprintable() and _UNSEEN.search(value):  # written as an escape such as "\\x07"
        raise YamlTextError("有不可见的控制字符或换行符", line, _RETYPE)
    return Scalar(None if plain and value in _NULLS else value, line)


def _key(node: Node, parent: Mapping, offset: int) -> tuple[str, int]:
    if not isinstance(node, Scalar):
        raise YamlTextError("字段名不能是列表或映射", node.line, "每行写成“字段: 值”")
    name = (node.text or "").strip()
    if not name:
        raise YamlTextError("字段名为空", node.line, "每行写成“字段: 值”")
    if name in parent.items:
        first = parent.items[name][0] + offset
        raise YamlTextError(f"字段“{name}”写了两次（第一次在第 {first} 行）", node.line, "删去其中一个")
    return name, node.line


def _explain(error: yaml.YAMLError, text: str) -> YamlTextError:
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "")
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    if "expected ':'" in problem:
        marks.reverse()  # the line without a colon, not the one at which the parser noticed it
    mark = marks[0] or marks[1]
    line = mark.line + 1 if mark else 1
    lines = text.split("\n")
    first = min((other.line for other in marks if other is not None), default=line - 1)
    for number, typed in enumerate(lines[max(0, first - 1) : line], max(0, first - 1) + 1):
        if _CUT.search(typed):
            message = f"“{typed.strip()[:40]}”里“#”后面的内容当作了注释"
            return YamlTextError(message, number, "值里有“#”时给整个值加引号；真是注释的，在“#”后面加一个空格")
    if open_quote := _open_quote(lines[:line]):
        return YamlTextError("引号没有成对", *open_quote)
    if mistake := line_mistake(lines, line):
        return YamlTextError(mistake.message, mistake.line, mistake.hint)
    return _of_problem(problem, lines, line, error)


def _of_problem(problem: str, lines: list[str], line: int, error: yaml.YAMLError) -> YamlTextError:
    """Return what the words of the parser mean."""
    line_text = lines[line - 1].strip()[:40] if 0 < line <= len(lines) else ""
    if "\t" in (lines[line - 1] if 0 < line <= len(lines) else "") and "token" in problem:
        return YamlTextError("缩进用了制表符（Tab）", line, "缩进只用半角空格")
    if "mapping values are not allowed" in problem:
        return YamlTextError(f"“{line_text}”里多了一个冒号", line, "值里有冒号时给整个值加引号，或检查上一行的缩进")
    if "expected ':'" in problem or "simple key" in problem:
        return YamlTextError(f"“{line_text}”缺少冒号", line, "每行写成“字段: 值”，半角冒号后加一个空格")
    if "unexpected end of stream" in problem or "end of the stream" in problem or "quoted scalar" in problem:
        return YamlTextError("引号没有成对", line, "检查引号是否为半角、是否成对")
    opening = getattr(error, "context_mark", None)
    if opening and str(getattr(error, "context", "")).startswith("while parsing a flow"):
        opened = _line_with_words(lines, opening.line + 1)
        if "，" in lines[opened - 1]:
            fix = "括号里各项之间的逗号用半角的，后面空一格；是文字的，给那一项加引号"
            return YamlTextError(f"“{lines[opened - 1].strip()[:40]}”里的逗号是全角的", opened, fix)
        message = f"“{lines[opened - 1].strip()[:40]}”的括号没有成对"
        return YamlTextError(message, opened, "补上 ] 或 }；括号是文字的，整个值加引号")
    return YamlTextError(
        f"“{line_text}”不合 YAML 的写法", line, "检查缩进、引号、方括号是否成对；特殊字符开头的值加引号"
    )


def _line_with_words(lines: list[str], line: int) -> int:
    """Return a line that is not empty, or the nearest above it: behind an open bracket the library names the end."""
    return next((number for number in range(line, 1, -1) if lines[number - 1].strip()), 1)


def _open_quote(lines: list[str]) -> tuple[int, str] | None:
    """Return the line and the fix of the first value that begins with a quotation mark and does not end with it."""
    for number, line in enumerate(lines, 1):
        match = _QUOTED.fullmatch(line)
        if not match:
            continue
        quote, rest = match["quote"], match["rest"]
        bare = rest.replace("\\\\", "").replace('\\"', "") if quote == '"' else rest.replace("''", "")
        if quote not in bare:
            return number, f"在“{line.strip()[-12:]}”后面补上引号 {quote}，或删去前面的引号"
    return None
