"""Legal working days (工作日): Monday to Friday, minus holidays and bridge days, plus make-up weekends.

Ground: 全国年节及纪念日放假办法 arts 2, 6, 7 and the yearly notice of the State Council Office;
the calendar itself comes from the ``holidays`` library (requirements CAL-01 to CAL-06).
"""

import datetime as dt
from functools import cache
from typing import Any

# The last year whose official schedule the library holds; later years are not published yet (CAL-02).
LAST_PUBLISHED_YEAR = 2026
FIRST_PUBLISHED_YEAR = 2004
_DAY = dt.timedelta(days=1)


@cache
def _calendar() -> Any:
    import holidays

    return holidays.country_holidays("CN")


@cache
def is_workday(day: dt.date) -> bool:
    """Whether a day is a legal working day; plain weekdays outside the published years."""
    return bool(_calendar().is_working_day(day))


def calendar_known(day: dt.date) -> bool:
    """Whether the official schedule of a day's year has been published."""
    return FIRST_PUBLISHED_YEAR <= day.year <= LAST_PUBLISHED_YEAR


def workday_lag(start: dt.date, end: dt.date) -> int:
    """Return the number of working days d with start < d ≤ end (requirements section 26).

    >>> workday_lag(dt.date(2020, 6, 22), dt.date(2020, 6, 29))
    4
    """
    lag, day = 0, start
    while day < end:
        day += _DAY
        lag += is_workday(day)
    return lag


def deadline(start: dt.date, workdays: int) -> dt.date:
    """Return the n-th working day after a day; the start day is not counted."""
    day, left = start, workdays
    while left > 0:
        day += _DAY
        left -= is_workday(day)
    return day
