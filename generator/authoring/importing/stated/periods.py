"""Periods and last days in running text: 2026年11月20日至12月20日, 截止时间为2026年12月20日."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

_DAY = r"(?:(?P<y{n}>20\d\d)[ ]?年[ ]?)?(?:(?P<m{n}>\d{{1,2}})[ ]?月[ ]?)?(?P<d{n}>\d{{1,2}})[ ]?日"
_TIME = r"(?:[上下]午|[0-2]?\d[:：时点]\d{0,2}分?|[（(][^（）()]{1,12}[）)]|[ ])*"
_TO = r"(?:起|开始)?[ ]?(?:至|到|—{1,2}|－{1,2}|–|-{1,2}|～|~|止)[ ]?"
_RANGE = re.compile(_DAY.format(n=1) + _TIME + _TO + _DAY.format(n=2))
_ONE = re.compile(r"(?P<y>20\d\d)[ ]?年[ ]?(?P<m>\d{1,2})[ ]?月[ ]?(?P<d>\d{1,2})[ ]?日")
_SENTENCE = re.compile(r"[^。；;\n]+")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_NUMERIC = re.compile(r"(20\d\d)[-./](\d{1,2})[-./](\d{1,2})")


class StatedPeriod(NamedTuple):
    """Two days of a text, with the sentence that names them and the words between them."""

    first: dt.date
    last: dt.date
    words: str
    before: str


class StatedDayInText(NamedTuple):
    """One day of a text: what is before and behind it in its sentence."""

    day: dt.date
    words: str
    before: str
    behind: str


def periods_in(text: str) -> Iterator[StatedPeriod]:
    """Yield the periods that a text names; the second day has year and month of the first where it has none.

    >>> [(one.first.isoformat(), one.last.isoformat()) for one in periods_in("自2026年12月20日起至1月5日止")]
    [('2026-12-20', '2027-01-05')]
    """
    for sentence in _sentences(text):
        for match in _RANGE.finditer(sentence):
            first = _date(match["y1"], match["m1"], match["d1"])
            last = first and _date(match["y2"] or match["y1"], match["m2"] or match["m1"], match["d2"])
            if first and last and last < first and not match["y2"]:
                last = _date(str(first.year + 1), match["m2"] or match["m1"], match["d2"])
            if first and last and first <= last:
                yield StatedPeriod(first, last, match[0], sentence[: match.start()])


def days_in(text: str) -> Iterator[StatedDayInText]:
    """Yield the days that a text names in full."""
    for sentence in _sentences(text):
        for match in _ONE.finditer(sentence):
            if day := _date(match["y"], match["m"], match["d"]):
                yield StatedDayInText(day, match[0], sentence[: match.start()], sentence[match.end() :])


def _sentences(text: str) -> Iterator[str]:
    written = _NUMERIC.sub(lambda match: f"{match[1]}年{match[2]}月{match[3]}日", text.translate(_WIDE))
    return (match[0].strip() for match in _SENTENCE.finditer(written))


def _date(year: str | None, month: str | None, day: str | None) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day)) if year and month and day else None
    except ValueError:
        return None
