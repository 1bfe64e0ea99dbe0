"""Holidays and working days: the config's ``holidays`` (requirements CAL-03)."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cached_property

from pydantic import Field, field_validator

from generator.config.settings.base import Settings
from generator.domain.workdays import LAST_PUBLISHED_YEAR, Calendar, missing_holidays

_MOST_DAYS = 366
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~|\.\.)\s*(\d{4}-\d{2}-\d{2}))?", re.ASCII)


def _days(values: tuple[str, ...]) -> list[dt.date]:
    """Return all days of a list of days and ranges of days.

    Raises ``ValueError`` with a Chinese message for an entry that is neither.
    """
    days: list[dt.date] = []
    for value in values:
        match = _DAYS.fullmatch(value.strip())
        try:
            first = dt.date.fromisoformat(match[1] if match else "")
            last = dt.date.fromisoformat(match[2]) if match and match[2] else first
        except ValueError:
            raise ValueError(f"“{value}”不是日期，写成 2027-02-05，或 2027-02-05 至 2027-02-11") from None
        if not 0 <= (last - first).days < _MOST_DAYS:
            raise ValueError(f"“{value}”的首尾不对，或超过一年")
        days += [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    return days


class YearSchedule(Settings):
    """放假调休 of one year according to its official notice: the days off and the weekend days that are worked."""

    off: tuple[str, ...] = ()
    work: tuple[str, ...] = ()

    @field_validator("off", "work")
    @classmethod
    def _checked(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        _days(values)
        return values


class LocalHoliday(Settings):
    """A holiday of one place, with its name (放假办法 art. 4)."""

    name: str = Field(min_length=1)
    days: tuple[str, ...] = Field(min_length=1)

    @field_validator("days")
    @classmethod
    def _checked(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        _days(values)
        return values


class HolidaySettings(Settings):
    """Additions to the national schedules that gongkai contains (requirements CAL-02, CAL-03).

    A later year counts as published only where its schedule is complete; otherwise, and in a year that gongkai
    contains, the entries change single days, and limits that depend on that year stay provisional.
    """

    local: tuple[LocalHoliday, ...] = ()
    years: dict[int, YearSchedule] = Field(default_factory=dict)

    @field_validator("years")
    @classmethod
    def _own_year(cls, values: dict[int, YearSchedule]) -> dict[int, YearSchedule]:
        for year, schedule in values.items():
            other_days = [day for day in _days((*schedule.off, *schedule.work)) if day.year != year]
            if other_days:
                raise ValueError(f"{other_days[0]} 不在 {year} 年")
            if both := sorted(set(_days(schedule.off)) & set(_days(schedule.work))):
                raise ValueError(f"{both[0]} 既写了放假（off），又写了上班（work）")
            if not schedule.off:
                raise ValueError(f"{year} 年没有写放假的日子（off）")
        return values

    @cached_property
    def lacking(self) -> Mapping[int, tuple[dt.date, ...]]:
        """The statutory holidays that the schedules of later years do not contain, by year."""
        later = (year for year in self.years if year > LAST_PUBLISHED_YEAR)
        return {year: missing_holidays(year, _days(self.years[year].off)) for year in later}

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of working days of this place."""
        free = {day for schedule in self.years.values() for day in _days(schedule.off)}
        local = {day for holiday in self.local for day in _days(holiday.days)}
        complete_years = frozenset(year for year, lacking in self.lacking.items() if not lacking)
        worked = {day for schedule in self.years.values() for day in _days(schedule.work)}
        return Calendar(frozenset(free | local), frozenset(worked - local), complete_years)
