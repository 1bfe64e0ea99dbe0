"""Legal working days (工作日) and limits with their units.

Working days are Monday to Friday, minus holidays and bridge days, plus make-up weekends. Source:
全国年节及纪念日放假办法 arts 2, 6, 7 and the yearly notice of the State Council Office, which ``schedule`` holds
(requirements CAL-01 to CAL-06). The config may add days of one place, which make another ``Calendar``.
"""

import datetime as dt
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from generator.domain.schedule import SCHEDULE

# The last year whose official schedule is known; later years are not published yet (CAL-02).
LAST_PUBLISHED_YEAR = 2026
FIRST_PUBLISHED_YEAR = 2004
GUESSED_YEARS = 2  # for so many years after the last schedule the statutory days alone are used
_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@cache
def _changes(year: int) -> tuple[frozenset[int], ...]:
    """Return the weekdays off and the weekend days worked of a year, as month times 100 plus day."""
    return tuple(frozenset(map(int, days.split())) for days in SCHEDULE.get(year, ("", "")))


def missing_holidays(year: int, free: Collection[dt.date]) -> tuple[dt.date, ...]:
    """Return the statutory holidays (放假办法 art. 2) on weekdays that a schedule of a year does not name as free.

    Where one is missing the schedule is incomplete: the notice of the State Council Office names them all.
    """
    import holidays

    statutory = holidays.country_holidays("CN", years=year, observed=False)
    return tuple(sorted(day for day in statutory if day.weekday() < 5 and day not in free))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one place: the national schedule, changed day by day.

    ``years`` are those whose complete schedule is in ``free`` and ``worked``, because the national one was not
    published yet; in other years both only change the national schedule.
    """

    free: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: dt.date) -> bool:
        """Whether a day is a working day; in a year without a schedule every day from Monday to Friday is."""
        if day in self.worked:
            return True
        if day in self.free:
            return False
        if day.year in self.years:
            return day.weekday() < _SATURDAY
        off, worked = _changes(day.year)
        month_and_day = day.month * 100 + day.day
        return month_and_day in worked if day.weekday() >= _SATURDAY else month_and_day not in off

    def known(self, start: dt.date, end: dt.date) -> bool:
        """Whether the official schedule of every day after the start, up to the end, has been published."""
        first = min(start + _DAY, end) if start < end else end
        if first.year >= FIRST_PUBLISHED_YEAR and end.year <= LAST_PUBLISHED_YEAR:
            return True
        return all(
            FIRST_PUBLISHED_YEAR <= year <= LAST_PUBLISHED_YEAR or year in self.years
            for year in range(first.year, end.year + 1)
        )

    def lag(self, start: dt.date, end: dt.date) -> int:
        """Return the number of working days d with start < d ≤ end (requirements section 26)."""
        if end <= start:
            return 0
        before_end_year = sum(len(_workdays(self, year)) for year in range(start.year, end.year))
        return before_end_year + self._count_in_year(end) - self._count_in_year(start)

    def deadline(self, start: dt.date, workdays: int) -> dt.date:
        """Return the n-th working day after a day; the start day is not counted."""
        if workdays <= 0:
            return start
        year, position = start.year, self._count_in_year(start) + workdays
        while position > len(_workdays(self, year)):
            position -= len(_workdays(self, year))
            year += 1
            if year > dt.MAXYEAR:  # a mistyped number; a date cannot be later
                return dt.date.max
        return dt.date.fromordinal(_workdays(self, year)[position - 1])

    def _count_in_year(self, day: dt.date) -> int:
        """Return the number of working days from the beginning of a day's year to that day, which is included."""
        return bisect_right(_workdays(self, day.year), day.toordinal())


@cache
def _workdays(calendar: Calendar, year: int) -> tuple[int, ...]:
    """Return the working days of a year as ordinals."""
    first, last = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    return tuple(day for day in range(first, last + 1) if calendar.is_workday(dt.date.fromordinal(day)))


NATIONAL = Calendar()


def is_workday(day: dt.date) -> bool:
    """Whether a day is a working day of the national calendar."""
    return NATIONAL.is_workday(day)


def calendar_known(day: dt.date) -> bool:
    """Whether the official schedule of a day's year has been published."""
    return NATIONAL.known(day, day)


def workday_lag(start: dt.date, end: dt.date) -> int:
    """Return the lag in the national calendar.

    >>> workday_lag(dt.date(2020, 6, 22), dt.date(2020, 6, 29))
    4
    """
    return NATIONAL.lag(start, end)


def deadline(start: dt.date, workdays: int) -> dt.date:
    """Return the n-th working day after a day in the national calendar."""
    return NATIONAL.deadline(start, workdays)


class Unit(StrEnum):
    """The unit of a limit; the value is how it is written after a number (requirements CAL-04)."""

    DAY = "日"
    WORKDAY = "个工作日"
    MONTH = "个月"


class Counting(NamedTuple):
    """How the days of limits are counted at a place.

    ``first_day``: the day on which a limit begins is its first day. ``next_workday``: a limit in days whose last day
    is off ends on the next working day (民法典 art. 203).
    """

    first_day: bool = False
    next_workday: bool = False


USUAL_COUNTING = Counting()


class LimitEnd(NamedTuple):
    """The last day of a limit; ``moved_from`` is the day off on which it would have ended, ``None`` for none."""

    due: dt.date
    moved_from: dt.date | None = None


class Span(NamedTuple):
    """A limit: a number of units. The day on which it begins is not counted, unless a ``Counting`` says so."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number} {self.unit.value}"

    def due(self, start: dt.date, calendar: Calendar = NATIONAL) -> dt.date:
        """Return the last day of the limit."""
        try:
            if self.unit is Unit.WORKDAY:
                return calendar.deadline(start, self.number)
            if self.unit is Unit.MONTH:
                return _months_after(start, self.number)
            return start + self.number * _DAY
        except (OverflowError, ValueError):  # after the last year that a date can have
            return dt.date.max

    def end(self, start: dt.date, calendar: Calendar, counting: Counting) -> LimitEnd:
        """Return the last day of the limit as a place counts."""
        begins = start - _DAY if counting.first_day and self.number and self.unit is not Unit.MONTH else start
        due = self.due(begins, calendar)
        if (
            not counting.next_workday
            or not self.number
            or self.unit is Unit.WORKDAY
            or due == dt.date.max
            or calendar.is_workday(due)
        ):
            return LimitEnd(due)
        return LimitEnd(calendar.deadline(due, 1), due)


def _months_after(start: dt.date, count: int) -> dt.date:
    """Return the same day a number of months later, or the last day of a shorter month."""
    months = start.month - 1 + count
    year, month = start.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(start.day, monthrange(year, month)[1]))
