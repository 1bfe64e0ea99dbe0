r"""Regular expressions of the schemas: what the reader of front matter accepts, in the common part of all dialects.

JSON Schema has no flags, and ``\d`` means other digits in JavaScript than in Python: both cases and both widths are
written out.
"""

import re

from generator.domain.doc_numbers.forms import CLOSE, HAN, OPEN
from generator.domain.numerals import TENS

_FULL_WIDTH = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}


def whole(pattern: str) -> str:
    """Return a pattern that a whole text must match, blanks around it aside."""
    return rf"^\s*(?:{pattern})\s*$"


def blank_or(pattern: str) -> str:
    """Return a pattern for a whole text that may be empty: an empty value is a missing one."""
    return rf"^\s*(?:{pattern})?\s*$"


def any_case(word: str) -> str:
    """Return a pattern of a word in capitals, small letters or both."""
    return "".join(
        f"[{char.upper()}{char.lower()}]" if char.isalpha() and char.isascii() else escape(char) for char in word
    )


def escape(text: str) -> str:
    """Return a pattern of a text itself; ``re.escape`` escapes what JavaScript forbids to escape."""
    return re.sub(r"([\\^$.|?*+()\[\]{}/])", r"\\\1", text)


def both_widths(pattern: str) -> str:
    """Return a pattern, which must not count with braces, with each digit in half and in full width."""

    def widen(match: re.Match[str]) -> str:
        inside = match[0].strip("[]")
        return f"[{inside}{inside.translate(_FULL_WIDTH)}]"

    return re.sub(r"\[[^\]]*[0-9][^\]]*\]|[0-9]", widen, pattern)


def _date(month_sign: str, day_sign: str, end: str) -> str:
    """Return a pattern of the days that exist, with the signs behind year, month and day."""
    year = "[0-9][0-9][0-9][0-9]"
    leap = "(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
    long_month = rf"(?:0?[13578]|1[02]){day_sign}(?:0?[1-9]|[12][0-9]|3[01])"
    month = rf"(?:0?[469]|11){day_sign}(?:0?[1-9]|[12][0-9]|30)"
    february = rf"0?2{day_sign}(?:0?[1-9]|1[0-9]|2[0-8])"
    days = rf"{year}{month_sign}(?:{long_month}|{month}|{february})|{leap}{month_sign}0?2{day_sign}29"
    return rf"(?!0000)(?:{days}){end}"


DATE = both_widths(f"{_date('-', '-', '')}|{_date('年', '月', '日')}")
MOMENT = rf"(?:{DATE})" + both_widths(r"(?:[ T　]+(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9](?:[:：][0-9][0-9])?)?")
INTEGER = both_widths("[0-9]") + "{1,12}"
_DEVICE = "(?:" + "|".join(
    (*map(any_case, ("con", "prn", "aux", "nul")), f"(?:{any_case('com')}|{any_case('lpt')})[0-9]")
)
ID = rf"(?!{_DEVICE})(?:\.|\s*$))(?!.*\.{any_case('html')}\s*$)(?!.*\.\s*$)[A-Za-z0-9][A-Za-z0-9._-]{{0,99}}"
PART_ID = r"[A-Za-z][A-Za-z0-9_-]{0,39}"
REFERENCE = r"^(?!.*#\s*$)"

_S = r"\s*"
_OPEN, _CLOSE = f"[{escape(OPEN)}]", f"[{escape(CLOSE)}]"
_DIGIT = both_widths("[0-9]")
_YEAR = (
    _S.join((both_widths("(?:1\\s*9|2\\s*0)"), _DIGIT, _DIGIT))
    + rf"|[一二]{_S}[九〇○零](?:{_S}[〇○零一二三四五六七八九]){{2}}"
)
_NUMERAL = rf"(?:{_DIGIT}(?:{_S}{_DIGIT}){{0,4}}|[〇○零百{TENS}](?:{_S}[〇○零百{TENS}]){{0,5}})"
_NUMBER = f"(?:{_S}{both_widths('0')})*{_S}{both_widths('[1-9]')}(?:{_S}{_DIGIT})*"
_TAILS = (
    rf"{_OPEN}{_S}(?:{_YEAR}){_S}年?{_S}{_CLOSE}{_S}第?(?:{_NUMBER}{_S}号?|{_S}{_NUMERAL}{_S}号)",
    rf"[令告示报]{_S}{_OPEN}?{_S}(?:{_YEAR}){_S}年?{_S}第?{_S}{_NUMERAL}{_S}号{_S}{_CLOSE}?",
    rf"(?:[令告]{_S}{_OPEN}?{_S}第|令{_S}{_OPEN}?){_S}{_NUMERAL}{_S}号{_S}{_CLOSE}?",
    rf"{_OPEN}?{_S}(?:(?:{_YEAR}){_S}年)?{_S}第{_S}{_NUMERAL}{_S}号{_S}{_CLOSE}?{_S}(?:令|公告|通告)",
)
DOC_NUMBER = rf"{any_case('none')}|无|{_S}{_OPEN}?{_S}{HAN}.*(?:{'|'.join(_TAILS)})"
"""A body or its code, then a year and a number as a 文号 has them; whether the code is one, gongkai checks."""
