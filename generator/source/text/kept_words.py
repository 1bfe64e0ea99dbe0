"""T006: whether every word of a source is on its page, and no other word.

What the library was given is compared with what came of it: the words in their order, without blanks and
ASCII signs; and of the signs that no Markdown begins with, whether there are as many. Deliberate Markdown is
taken out of the source first. Which stars and underscores are words is decided in ``emphasis``.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.domain.model import Block
from generator.domain.problems import Problem
from generator.source.text.block_reader import plain_text
from generator.source.text.html_tags import TAG
from generator.source.text.signs import LINE, NUMBER, RUN, restored

_MARKUP = re.compile(
    r"(?=[<`!\]\[{&|:>#=\-*+_0-9 ])(?:"  # no Chinese character begins any of it
    r"<!--.*?-->|<(?:!\[(?!CDATA)|![A-Za-z]|\?[A-Za-z])[^<>]*>"  # comments and declarations
    rf"|(?P<tag>{TAG})"
    r"|<(?P<address>[^<>\s]+)>"
    r"|`(?P<inside>[^`\n]+(?:\n(?!\n)[^`\n]*)*)`"  # code ends with its paragraph
    r"|!\[[^\[\]]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])?"  # images
    r"|\]\((?:<[^<>\n]*>|[^()\n]|\([^()\n]*\))*\)"  # targets of links
    r"|(?P<label>\]\s?\[(?P<target>[^\[\]\n]*)\])"
    r"|\[\^(?P<note>[^\]\n]+)\]:?"
    r"|^ {0,3}\[(?P<defined>[^\[\]\n]+)\]:[^\n]*$"
    r"|\{:?[ ]*[#.][^{}\n]*\}"  # attributes
    r"|(?P<entity>&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[0-9A-Za-z]+);)"
    r"|^[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-*:?[ ]*)+$"  # the rule of a table
    r"|^(?:[ ]{0,3}>[ ]?)+"  # quotations
    r"|^[ ]{0,3}#{1,6}|[ ]*#+[ ]*$"  # headings
    r"|^[ ]{0,3}(?:=+|-+)[ ]*$|^[ ]{0,3}(?:[-*_][ ]*){3,}$"  # underlines and rules
    r"|(?P<items>^(?:[ ]*(?:[-+*]|\d{1,9}\.)[ ]+)+)"  # list items
    r"|^[ ]{0,3}:[ ]{1,3})",  # definitions of terms
    re.DOTALL | re.MULTILINE,
)
_NO_WORD = re.compile(r"[\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x9f]+")
_SIGNS = frozenset("<{}&\"'@%$;,?^~/")
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:.*(?:\n(?: {4}.*|[ ]*))*", re.MULTILINE)
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:", re.MULTILINE)
_NOTE_NAME = re.compile(r" {0,3}\[\^([^\]\n]+)\]:")
_NOTE_NUMBER = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_FOOTNOTES = '<div class="footnote"'
_CONTENTS = '<div class="toc"'
# The number of a list item is seen as a word only where no list begins: its digits stand as private ones.
_NUMBERS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009"
_OPTIONAL = str.maketrans("0123456789", _NUMBERS)
_NUMBERS_AS_WORDS = str.maketrans(_NUMBERS, "0123456789")
_NUMBER = re.compile(f"[{_NUMBERS}]")
_SAME = (12, 6, 3, 1)  # characters that must be equal again behind a difference
_WINDOW = 2_000
_MOST = 20
_SHOWN = 30


def kept_words_problems(source: str, blocks: Sequence[Block], first_line: int) -> Iterator[Problem]:
    """Yield T006 for words of a source that are not on the page, and for new ones, each with its line.

    ``source`` is what the library was given, with its line signs; ``blocks`` are those that it made.
    """
    if "[TOC]" in source:
        source = source.replace("[TOC]", "")
        blocks = [block for block in blocks if not block.html.startswith(_CONTENTS)]
    notes = _NOTE.findall(source) if "[^" in source else []
    if notes:
        source = _NOTE.sub("", source)
    names = frozenset(match[1] for note in notes if (match := _NOTE_NAME.match(note)))
    typed = _typed(source, names)
    shown = "".join(_shown(block, notes=False) for block in blocks)
    words, seen = [(_words(piece), line) for piece, line in typed], _words(shown)
    if _NUMBER.sub("", "".join(piece for piece, _ in words)) != seen:
        yield from _differences(words, seen, set(source), first_line)
    else:
        yield from _lost_signs(typed, shown)
    if notes:
        yield from _note_problems(notes, names, blocks, first_line)


def _note_problems(
    notes: Sequence[str], names: frozenset[str], blocks: Sequence[Block], first_line: int
) -> Iterator[Problem]:
    """Compare footnotes apart from the text: they come in the order in which the text names them."""
    typed = [(_words(piece), line) for note in notes for piece, line in _typed(note, names)]
    words = "".join(piece for piece, _ in typed)
    missing = Counter(words) - Counter(_words("".join(_shown(block, notes=True) for block in blocks)))
    if missing:
        yield _problem("".join(character for character in words if character in missing), typed[0][1] or first_line)


def _lost_signs(typed: Sequence[tuple[str, int]], shown: str) -> Iterator[Problem]:
    """Yield the signs of which the page has fewer than the source without its Markdown."""
    missing = Counter(sign for piece, _ in typed for sign in piece if sign in _SIGNS)
    missing -= Counter(sign for sign in shown if sign in _SIGNS)
    for sign in missing:
        yield _problem(sign, next(line for piece, line in typed if sign in piece))


def _typed(source: str, notes: frozenset[str]) -> list[tuple[str, int]]:
    """Return the words of a source without its Markdown, piece by piece with the line of each.

    ``notes`` are the names of its footnotes.
    """
    defined = {match[1].casefold() for match in _DEFINITION.finditer(source)}

    def words(match: re.Match[str]) -> str:
        lines = "".join(sign[0] for sign in LINE.finditer(match[0]))
        if match["inside"]:
            return match["inside"]
        if match["items"]:
            return "".join(character for character in match["items"].translate(_OPTIONAL) if character in _NUMBERS)
        if match["address"]:
            return match["address"]
        if match["note"]:
            return lines if match["note"] in notes else match[0]
        if match["entity"]:
            return html.unescape(match["entity"])
        if match["label"]:
            name = match["target"].casefold()
            return lines if not name or name in defined else match[0]
        return lines

    bare = _MARKUP.sub(words, RUN.sub("", source))
    pieces = LINE.split(NUMBER.sub("", bare))
    last = int(pieces[-2]) if len(pieces) > 1 else 0
    numbers = [*(int(number) for number in pieces[1::2]), last]
    return [(restored(words), number) for words, number in zip(pieces[::2], numbers, strict=True)]


def _shown(block: Block, *, notes: bool) -> str:
    """Return the words of a block as a reader sees them: those of its footnotes, or the others without the numbers."""
    if "fn" not in block.html:
        return "" if notes else block.text
    text, begin, footnotes = block.html.partition(_FOOTNOTES)
    return plain_text(begin + footnotes if notes else _NOTE_NUMBER.sub("", text))


def _words(text: str) -> str:
    return _NO_WORD.sub("", text)


def _differences(
    typed: Sequence[tuple[str, int]], seen: str, characters: set[str], first_line: int
) -> Iterator[Problem]:
    """Walk through both texts, and yield what the page has not, and what it has though no such sign was typed."""
    source = "".join(words for words, _ in typed)
    lines: list[int] = []
    for words, number in typed:
        lines += [number or first_line] * len(words)
    here = there = found = 0
    while (here < len(source) or there < len(seen)) and found < _MOST:
        typed_sign = source[here : here + 1]
        if typed_sign and typed_sign in _NUMBERS:  # the number of a list item, or a word where no list begins
            is_word = typed_sign.translate(_NUMBERS_AS_WORDS) == seen[there : there + 1]
            here, there = here + 1, there + is_word
            continue
        if typed_sign == seen[there : there + 1]:
            here, there = here + 1, there + 1
            continue
        found += 1
        lost, new = _gap(source, here, seen, there)
        line = lines[min(here, len(lines) - 1)] if lines else first_line
        if lost:
            yield _problem(source[here : here + lost], line)
        if new and not characters.issuperset(seen[there : there + new]):
            words = seen[there : there + new][:_SHOWN]
            yield Problem("T006", f"网页上有正文里没有的字“{words}”", "这几个字是符号变来的：在符号前面加反斜杠", line)
        here, there = here + lost, there + new


def _gap(source: str, here: int, seen: str, there: int) -> tuple[int, int]:
    """Return how many characters are lost and new until both texts are equal again."""
    rest_lost, rest_new = len(source) - here, len(seen) - there
    for same in _SAME:
        for distance in range(1, min(_WINDOW, max(rest_lost, rest_new) - same + 1)):
            typed, shown = (
                source[here + distance : here + distance + same],
                seen[there + distance : there + distance + same],
            )
            if len(typed) == same and seen.startswith(typed, there):
                return distance, 0
            if len(shown) == same and source.startswith(shown, here):
                return 0, distance
            if typed == shown and len(typed) == same:
                return distance, distance
    return rest_lost, rest_new


def _problem(lost: str, line: int) -> Problem:
    words = f"{lost[:_SHOWN]}{'…' if len(lost) > _SHOWN else ''}"
    hint = "符号要照原样显示的，前面加反斜杠，如 \\* 、\\< 、\\[ ；网页代码里的字改写成普通段落"
    return Problem("T006", f"正文里的字“{words}”不在网页上", hint, line)
