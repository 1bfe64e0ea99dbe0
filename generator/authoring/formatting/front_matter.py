"""Front matter as ``fmt`` writes it: keys in the order of the field table, comments with their keys, tidy blanks."""

import re
from collections.abc import Iterator

from generator.domain.vocabulary import FIELDS, field_key
from generator.support import yaml_text

_PLACES = {key: place for place, key in enumerate(FIELDS)}
_BLANK = "[ \\t\\u00a0\\u3000]"
_KEY = re.compile(r"(?P<key>[^\s:#'\"\[\]{},&*!|>%@`-][^:#]*?)[ \t]*:(?P<value>[ \t]+\S.*)?\Z")
_INDENT = re.compile(r"^[ \t]*[\t\u00a0\u3000][ \t\u00a0\u3000]*", re.MULTILINE)
_WIDTHS = {"\t": "  ", "\u00a0": " ", "\u3000": "  "}


def with_ordered_keys(block: str) -> str:
    """Return the lines between the fences with their keys in order; ``block`` as it is where that is not safe.

    Raises ``YamlTextError`` for a block that cannot be read.
    """
    tree = yaml_text.parse(block + "\n")
    if not isinstance(tree, yaml_text.Mapping):
        return block
    tidy = "\n".join(_tidy_line(line) for line in block.split("\n"))
    for candidate in (_ordered(tidy), tidy, _ordered(block)):
        if _same_values(tree, candidate):
            return candidate
    return block


def with_half_width_indents(block: str) -> str:
    """Return a block in which full-width blanks, tabs and no-break spaces that indent a line are half-width ones."""
    return _INDENT.sub(lambda match: "".join(_WIDTHS.get(blank, blank) for blank in match[0]), block)


def _tidy_line(line: str) -> str:
    line = re.sub(rf"{_BLANK}+\Z", "", line)
    match = _KEY.match(line)
    if not match:
        return line
    value = (match["value"] or "").strip()
    gap = "  " if value.startswith("#") else " " if value else ""  # two blanks before a comment
    return f"{match['key'].rstrip()}:{gap}{value}"


def _ordered(block: str) -> str:
    try:
        tree = yaml_text.parse(block + "\n")
    except yaml_text.YamlTextError:  # tidy lines can break a text in quotes
        return block
    if not isinstance(tree, yaml_text.Mapping):
        return block
    lines = block.split("\n")
    head, chunks, tail = _chunks(lines, [(key, line) for key, (line, _) in tree.items.items()])
    ranked: list[tuple[int, list[str]]] = []
    rank = -1
    for key, chunk in chunks:
        rank = _PLACES.get(field_key(key) or "", rank)  # an unknown key stays behind the one before it
        ranked.append((rank, chunk))
    ranked.sort(key=lambda pair: pair[0])
    return "\n".join([*head, *(line for _, chunk in ranked for line in chunk), *tail])


def _chunks(lines: list[str], keys: list[tuple[str, int]]) -> tuple[list[str], list[tuple[str, list[str]]], list[str]]:
    """Return the comment at the head, the lines of every key with the comments above it, and those at the end.

    Blank lines between keys are left out; what follows a blank line at the head is the comment of the first key.
    """
    begins = [_with_comments_above(lines, line - 1) for _, line in keys]
    first = begins[0] if begins else len(lines)
    chunks = []
    for number, (key, _) in enumerate(keys):
        end = begins[number + 1] if number + 1 < len(keys) else len(lines)
        chunks.append((key, _without_blank_ends(lines[begins[number] : end])))
    tail: list[str] = []
    if chunks:
        last = chunks[-1][1]
        while last and last[-1].startswith("#"):
            tail.insert(0, last.pop())
        while last and not last[-1].strip():
            last.pop()
    return [line for line in lines[:first] if line.strip()], chunks, tail


def _with_comments_above(lines: list[str], place: int) -> int:
    """Return the first line of the comment directly above a key, or the place of the key itself."""
    while place and lines[place - 1].startswith("#"):
        place -= 1
    return place


def _without_blank_ends(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _same_values(tree: yaml_text.Mapping, block: str) -> bool:
    try:
        other = yaml_text.parse(block + "\n")
    except yaml_text.YamlTextError:
        return False
    return isinstance(other, yaml_text.Mapping) and dict(_values(tree)) == dict(_values(other))


def _values(tree: yaml_text.Mapping) -> Iterator[tuple[str, object]]:
    for key, (_, node) in tree.items.items():
        yield key, _plain(node)


def _plain(node: yaml_text.Node) -> object:
    """Return a value without lines: texts with their comments, lists, and pairs in their order."""
    if isinstance(node, yaml_text.Scalar):
        return node.text, node.comment
    if isinstance(node, yaml_text.Sequence):
        return [_plain(item) for item in node.items]
    return list(_values(node))
