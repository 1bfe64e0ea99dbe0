"""Days as official texts print them: 2024年5月6日, 二〇二四年五月六日."""

import datetime as dt
import re

from generator.domain.numerals import TENS, from_numeral

_YEAR = r"(?:[12１２]\d{3}|[一二][〇○零ＯO一二三四五六七八九]{3})"
_NUMBER = rf"(?:\d{{1,2}}|[{TENS}]{{1,3}})"
DAY = rf"{_YEAR}[ 　]?年[ 　]?{_NUMBER}[ 　]?月[ 　]?{_NUMBER}[ 　]?日"
"""A pattern without groups for a day with its year."""
_PARTS = re.compile(rf"({_YEAR})[ 　]?年[ 　]?({_NUMBER})[ 　]?月[ 　]?({_NUMBER})[ 　]?日")


def read_day(text: str) -> dt.date | None:
    """Return the day that a whole text prints, ``None`` for another text and for a day that does not exist.

    >>> read_day("二〇二四年五月六日")
    datetime.date(2024, 5, 6)
    """
    match = _PARTS.fullmatch(text.strip())
    try:
        return dt.date(*map(from_numeral, match.groups())) if match else None
    except ValueError:
        return None
