"""Which stars and underscores of a line are emphasis, and which are words (the handbook's 写正文).

Official text is full of stars that mean something: masked names and numbers (张**, 1101**********0021),
products (2*3*4米), notes (5%*). A star is emphasis only where it clearly opens or closes it; every other
one is a word and stays.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.surnames import SURNAMES
from generator.source.text.signs import CLOSE, LINE

_RUN = re.compile(r"\*+|_+")
_LONGEST = 3  # four stars or more always mask something
_SEEN_BEFORE = 2  # characters on which the meaning of a star depends
_NEAR = 24  # characters that hold a sign and the two words before it
_JOINING = frozenset("和与及对由为将给被向是、")
_CLOSING = frozenset("，。；：、！？）】》〉」』”’…,.;:!?)]}%％")
_OPENING = frozenset("（【《〈「『“‘([{")
# A surname that is also a common word before bold text is taken for the word.
_NAMES = SURNAMES - frozenset("于和向从任应时有令方万对同经由能者都安常全关查解终相")
_TAGS = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>"), 3: ("<strong><em>", "</em></strong>")}


class Emphasis(NamedTuple):
    """One pair of marks: where the opening one begins and ends, where the closing one does."""

    start: int
    begin: int
    end: int
    stop: int

    @property
    def size(self) -> int:
        """How many signs each mark has: 1 emphasis, 2 strong, 3 both."""
        return self.begin - self.start


class _Run(NamedTuple):
    start: int
    stop: int
    mark: str
    opens: bool
    closes: bool


def find_emphasis(text: str) -> list[Emphasis]:
    """Return the pairs of emphasis marks of one line or paragraph, in the order of their beginnings.

    Pairs never overlap but by lying inside one another. The cost grows with the length of the text.
    """
    pairs: list[Emphasis] = []
    opened: dict[str, _Run] = {}
    for run in _runs(text):
        opener = opened.get(run.mark) if run.closes else None
        if opener and text[opener.stop : run.start].strip():
            while opened:  # what was opened inside and not closed is a word
                mark, _ = opened.popitem()
                if mark == run.mark:
                    break
            pairs.append(Emphasis(opener.start, opener.stop, run.start, run.stop))
        elif run.opens and run.mark not in opened:
            opened[run.mark] = run
    return sorted(pairs)


def is_clearly_strong(before: str, words: str) -> bool:
    """Whether two stars on each side make words strong, behind some text and whatever follows."""
    near = before[-_SEEN_BEFORE:]
    line = f"{near}**{words}**"
    return all(
        any(pair.start == len(near) and pair.stop == len(line) for pair in find_emphasis(line + behind))
        for behind in ("", "甲", "1")
    )


def emphasised(text: str) -> tuple[str, str]:
    """Return a line that holds no other markup as HTML, and its words."""
    pairs = find_emphasis(text)
    if not pairs:
        return text, text
    tags = {start: (begin, _TAGS[begin - start][0]) for start, begin, _, _ in pairs}
    tags |= {end: (stop, _TAGS[stop - end][1]) for _, _, end, stop in pairs}
    html: list[str] = []
    words: list[str] = []
    done = 0
    for place in sorted(tags):
        html += [text[done:place], tags[place][1]]
        words.append(text[done:place])
        done = tags[place][0]
    return "".join((*html, text[done:])), "".join((*words, text[done:]))


def _runs(text: str) -> Iterator[_Run]:
    """Yield the runs of marks that may open or close emphasis; the others are words."""
    for match in _RUN.finditer(text):
        start, stop = match.span()
        mark = match[0]
        if len(mark) > _LONGEST:
            continue
        near, behind = _before(text, start), text[stop : stop + 1]
        before = near[-1:]
        if _is_digit(before) and _is_digit(behind):
            continue
        if mark[0] == "*" and (before == "某" or _is_surname(near)):
            continue
        opens = bool(behind) and not behind.isspace() and behind not in _CLOSING
        closes = bool(before) and not before.isspace() and before not in _OPENING
        if mark[0] == "_" or len(mark) == 1:  # inside a word these are words
            opens = opens and not _is_word(before)
            closes = closes and not _is_word(behind)
        if opens or closes:
            yield _Run(start, stop, mark, opens, closes)


def _before(text: str, position: int) -> str:
    """Return the two characters before a position, without a sign between them."""
    if text[position - 1 : position] == CLOSE:
        return LINE.sub("", text[max(position - _NEAR, 0) : position])[-2:]
    return text[max(position - 2, 0) : position]


def _is_digit(character: str) -> bool:
    return character.isdecimal() or character in {"X", "x"}


def _is_word(character: str) -> bool:
    """Whether a character is a letter, digit or Chinese character, or a sign behind which one is hidden."""
    return character.isalnum() or character in {"\x02", "\x03"}


def _is_surname(near: str) -> bool:
    """Whether the last of two characters is a surname that begins a word."""
    return near[-1:] in _NAMES and (len(near) == 1 or not near[0].isalnum() or near[0] in _JOINING)
