"""The clauses that a few words name: 第五条, 第五条至第八条, 第三条之一."""

import re

from generator.domain.numerals import ORDINAL, TENS, to_chinese

_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CLAUSE = re.compile(rf"第({ORDINAL})条(?:之[{TENS}]+)?")
_RANGE = re.compile(rf"第(?P<first>{ORDINAL})条\s*(?:至|到|—|－|-|~|～)\s*第(?P<last>{ORDINAL})条(?!之)")
_MOST = 300
NUMERALS = re.compile(ORDINAL)
"""A pattern of the numbers in the name of a clause: one, or two for 第三条之一."""
CLAUSES_AND_WORDS = re.compile(rf"第{ORDINAL}条(?:之[{TENS}]+)?|(?:(?!第{ORDINAL}条).)+")
"""A pattern that cuts words into clauses and what is between them."""


def clauses_in(words: str) -> tuple[str, ...]:
    """Return the clauses that words name, each once, with those inside a range.

    >>> clauses_in("第五条第二款、第八条至第十条")
    ('第五条', '第八条', '第九条', '第十条')
    """
    if "条" not in words:
        return ()
    clauses: dict[str, None] = {}
    inside = {found.start(): found for found in _RANGE.finditer(words)}
    for found in _CLAUSE.finditer(words):
        clauses[found[0]] = None
        if span := inside.get(found.start()):
            first, last = clause_number(span["first"]), clause_number(span["last"])
            if first < last <= first + _MOST:
                chinese = not span["first"].isdecimal()
                numbers = (to_chinese(number) if chinese else str(number) for number in range(first + 1, last))
                clauses |= {f"第{number}条": None for number in numbers}
    return tuple(clauses)


def clause_number(numeral: str) -> int:
    """Return the number of a clause in Arabic or Chinese digits, up to thousands.

    >>> [clause_number(text) for text in ("12", "十二", "一百零一", "二十")]
    [12, 12, 101, 20]
    """
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _VALUES.get(char, int(char) if char.isdecimal() else 0)
    return total + digit
