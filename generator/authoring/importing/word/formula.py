"""Formulas on one line: strokes, signs of roots and sums, and brackets where a line would say something else."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import groupby
from typing import NamedTuple, TypeAlias

from generator.authoring.importing.word.blocks import VerticalPosition, Words

Line: TypeAlias = tuple[Words, ...]

_OPERATOR = re.compile(r"[+\-−－＋×÷/／=＝±·∙*⋅∑∏∫√<>≤≥≈≠,，;；\s]")
_ATOM = re.compile(r"\d+(?:\.\d+)?[%‰]?|[A-Za-z\u0370-\u03ff][\u0300-\u036f]?|[\u4e00-\u9fff\d]+|")
_SAFE_BEFORE = frozenset("=＝+＋-－−×*·⋅,，;；：:(（[【{≤≥<>≈≠　 ")
_SAFE_BEHIND = frozenset("=＝+＋-－−×÷*·⋅,，;；。)）]】}≤≥<>≈≠　 、")
_PAIRS = {"(": ")", "（": "）", "[": "]"}
_RAISED_DIGITS = str.maketrans("0123456789n", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ")
_OVERLINE, _UNDERLINE = "\u0305", "\u0332"


class UnknownFormulaError(Exception):
    """A formula, or a part of one, that cannot be written on one line without saying something else."""


class Part(Enum):
    """What a part of a formula is, as far as its neighbours may change its meaning."""

    PLAIN = "plain"
    FRACTION = "fraction"
    OPEN = "open"  # a root or a function: what follows without a sign would be read as part of it


class Term(NamedTuple):
    """A part of a formula on its line."""

    line: Line
    part: Part = Part.PLAIN


def text_of(line: Iterable[Words]) -> str:
    """Return the letters of a line without their form."""
    return "".join(words.text for words in line)


def bracketed(line: Line) -> Line:
    """Return a line in round brackets."""
    return (Words("("), *line, Words(")"))


def fraction(upper: Line, lower: Line) -> Line:
    """Return a fraction with a stroke, its parts in brackets wherever they are more than one name or number."""
    if not text_of(upper).strip() or not text_of(lower).strip():
        raise UnknownFormulaError
    above = upper if _is_closed(upper) or not _OPERATOR.search(_base_text(upper)) else bracketed(upper)
    return (*above, Words("/"), *(lower if _is_closed(lower) else bracketed(lower)))


def root(degree: Line, base: Line) -> Line:
    """Return a root; ``degree`` is empty for the square root."""
    if not text_of(base).strip():
        raise UnknownFormulaError
    number = text_of(degree).strip()
    small = number.translate(_RAISED_DIGITS)
    before = (Words(small),) if small != number or not number else raised(degree)
    return (*before, Words("√"), *(base if _is_closed(base) else bracketed(base)))


def large_operator(sign: str, lower: Line, upper: Line, body: Line) -> Line:
    """Return a sum, product or integral with its bounds."""
    is_sum = bool(re.search(r"[+\-−－＋±=＝]", _base_text(body))) and not _is_closed(body)
    return (Words(sign), *lowered(lower), *raised(upper), *(bracketed(body) if is_sum else body))


def function(name: Line, argument: Line) -> Line:
    """Return a function and what it is of."""
    if text_of(argument)[:1] in _PAIRS:
        return (*name, *argument)
    return (*name, *((Words(" "), *argument) if _is_closed(argument) else bracketed(argument)))


def raised(line: Line) -> Line:
    """Return a line as an exponent."""
    return _moved(line, VerticalPosition.RAISED)


def lowered(line: Line) -> Line:
    """Return a line as an index."""
    return _moved(line, VerticalPosition.LOWERED)


def accented(base: Line, mark: str) -> Line:
    """Return one letter with a mark over or under it."""
    text = text_of(base).strip()
    if len(text) != 1 or not mark:
        raise UnknownFormulaError
    return (Words(text + mark),)


def overlined(base: Line, *, below: bool = False) -> Line:
    """Return one letter with a line over or under it."""
    return accented(base, _UNDERLINE if below else _OVERLINE)


def joined(terms: Sequence[Term], before: str = "", behind: str = "") -> Line:
    """Return terms one behind the other; ``before`` and ``behind`` are the letters around them."""
    line: list[Words] = []
    for place, term in enumerate(terms):
        last = text_of(line)[-1:] or before[-1:]
        following = next((text for one in terms[place + 1 :] if (text := text_of(one.line))), behind)[:1]
        line += _between(term, last, following)
    return tuple(line)


def _between(term: Term, last: str, following: str) -> Line:
    """Return a term with what its neighbours make necessary: brackets, or 又 in a mixed number."""
    is_free_behind = not following or following in _SAFE_BEHIND
    if term.part is Part.OPEN:
        return term.line if is_free_behind else bracketed(term.line)
    if term.part is Part.FRACTION:
        if last.isascii() and last.isdecimal() and re.fullmatch(r"\d+/\d+", text_of(term.line)) and is_free_behind:
            return (Words("又"), *term.line)
        is_free = is_free_behind and (not last or last in _SAFE_BEFORE)
        return term.line if is_free else bracketed(term.line)
    return term.line


def _base_text(line: Line) -> str:
    return "".join(words.text for words in line if words.height is VerticalPosition.LINE)


def _is_closed(line: Line) -> bool:
    """Whether a line is one name, one number or one pair of brackets, with or without exponents."""
    text = _base_text(line).strip()
    if _ATOM.fullmatch(text):
        return True
    close, depth = _PAIRS.get(text[:1], ""), 0
    for place, char in enumerate(text if close else ""):
        depth += (char == text[0]) - (char == close)
        if not depth:
            return place == len(text) - 1
    return False


def _moved(line: Line, height: VerticalPosition) -> Line:
    """Return a line raised or lowered; an exponent in it is written with ^, since it cannot be raised twice."""
    parts = []
    for present, run in groupby(line, lambda words: words.height):
        text = text_of(run)
        if present is not VerticalPosition.LINE:
            sign = "^" if present is VerticalPosition.RAISED else "_"
            text = f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"
        parts.append(text)
    whole = "".join(parts)
    return (Words(whole, height=height),) if whole else ()
