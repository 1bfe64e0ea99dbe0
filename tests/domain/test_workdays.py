"""Legal working days, against the yearly schedules of the State Council Office, counted by hand."""

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.workdays import (
    FIRST_PUBLISHED_YEAR,
    GUESSED_YEARS,
    LAST_PUBLISHED_YEAR,
    calendar_known,
    deadline,
    is_workday,
    workday_lag,
)

D = dt.date
DAYS = st.dates(D(2019, 12, 1), D(2026, 12, 31))

# Counted on paper: behind each row stand the days that count.
LAGS = [
    # 端午 2020: Thu 25 to Sat 27 June free, Sunday 28 worked → 23, 24, 28, 29
    (D(2020, 6, 22), D(2020, 6, 29), 4),
    # 春节 2020 as lengthened to 2 February for the epidemic; Sunday 19 January worked → 19, 20, 21, 22, 23, 3 February
    (D(2020, 1, 17), D(2020, 2, 3), 6),
    # 国庆 2020 with 中秋: 1 to 8 October free, Sunday 27 September and Saturday 10 October worked → 27–30, 9, 10, 12
    (D(2020, 9, 25), D(2020, 10, 12), 7),
    # the turn of 2020: 1 to 3 January 2021 free → 31, 4
    (D(2020, 12, 30), D(2021, 1, 4), 2),
    # 春节 2021: 11 to 17 February free, Sunday 7 and Saturday 20 worked → 7, 8, 9, 10, 18, 19, 20, 22
    (D(2021, 2, 5), D(2021, 2, 22), 8),
    # 国庆 2021: 1 to 7 October free, Sunday 26 September and Saturday 9 October worked → 26–30, 8, 9, 11
    (D(2021, 9, 24), D(2021, 10, 11), 8),
    # 春节 2022: 31 January to 6 February free, Saturday 29 and Sunday 30 January worked → 29, 30, 7
    (D(2022, 1, 28), D(2022, 2, 7), 3),
    # the turn of 2022: 31 December to 2 January free → 30, 3
    (D(2022, 12, 29), D(2023, 1, 3), 2),
    # 春节 2023: 21 to 27 January free, Saturday 28 and Sunday 29 worked → 28, 29, 30
    (D(2023, 1, 20), D(2023, 1, 30), 3),
    # 中秋 and 国庆 2023: 29 September to 6 October free, Saturday 7 and Sunday 8 October worked → 7, 8, 9
    (D(2023, 9, 28), D(2023, 10, 9), 3),
    # 春节 2024: 10 to 17 February free, Sundays 4 and 18 worked → 4–9, 18, 19
    (D(2024, 2, 2), D(2024, 2, 19), 8),
    # 国庆 2024: 1 to 7 October free, Sunday 29 September and Saturday 12 October worked → 29, 30, 8–12, 14
    (D(2024, 9, 27), D(2024, 10, 14), 8),
    # the turn of 2024: only Wednesday 1 January free → 31, 2
    (D(2024, 12, 30), D(2025, 1, 2), 2),
    # 春节 2025: 28 January to 4 February free, Sunday 26 and Saturday 8 worked → 26, 27, 5, 6, 7, 8, 10
    (D(2025, 1, 24), D(2025, 2, 10), 7),
    # 国庆 and 中秋 2025: 1 to 8 October free, Sunday 28 September and Saturday 11 October worked → 28–30, 9, 10, 11, 13
    (D(2025, 9, 26), D(2025, 10, 13), 7),
    # the turn of 2025: 1 to 3 January 2026 free, Sunday 4 worked → 31, 4, 5
    (D(2025, 12, 30), D(2026, 1, 5), 3),
    # 春节 2026: 15 to 23 February free, Saturdays 14 and 28 worked → 14, 24–28
    (D(2026, 2, 13), D(2026, 2, 28), 6),
    # 国庆 2026: 中秋 25 to 27 September and 1 to 7 October free, Sunday 20 September and Saturday 10 October worked
    # → 20–24, 28, 29, 30, 8, 9, 10
    (D(2026, 9, 18), D(2026, 10, 11), 11),
]
MADE_UP = [D(2020, 6, 28), D(2021, 2, 20), D(2022, 1, 29), D(2023, 10, 7), D(2024, 2, 4), D(2025, 2, 8), D(2026, 5, 9)]
FREE_WEEKDAYS = [
    D(2020, 6, 26),
    D(2021, 10, 7),
    D(2022, 1, 31),
    D(2023, 9, 29),
    D(2024, 2, 16),
    D(2025, 10, 8),
    D(2026, 2, 23),
]


@pytest.mark.parametrize(("start", "end", "days"), LAGS, ids=[f"{start}" for start, _, _ in LAGS])
def test_lag_counted_by_hand(start: dt.date, end: dt.date, days: int) -> None:
    """The lag is the number of official working days behind the first day, up to and with the last."""
    assert workday_lag(start, end) == days


@pytest.mark.parametrize(("start", "end", "days"), LAGS, ids=[f"{start}" for start, _, _ in LAGS])
def test_deadline_counted_by_hand(start: dt.date, end: dt.date, days: int) -> None:
    """The deadline of so many working days is the day on which the last of them falls."""
    wanted = end
    while not is_workday(wanted):
        wanted -= dt.timedelta(days=1)
    assert deadline(start, days) == wanted


@pytest.mark.parametrize("day", MADE_UP)
def test_weekend_worked_instead_of_a_holiday_counts(day: dt.date) -> None:
    """A Saturday or Sunday that the schedule makes a working day is one."""
    assert day.weekday() >= 5
    assert is_workday(day)


@pytest.mark.parametrize("day", FREE_WEEKDAYS)
def test_weekday_that_the_schedule_frees_does_not_count(day: dt.date) -> None:
    """A Monday to Friday that the schedule frees is no working day."""
    assert day.weekday() < 5
    assert not is_workday(day)


@given(DAYS, st.integers(0, 40))
def test_deadline_is_the_inverse_of_lag(start: dt.date, days: int) -> None:
    """The deadline of n working days lies n working days away, and no earlier day does."""
    end = deadline(start, days)
    assert workday_lag(start, end) == days
    if days:
        assert is_workday(end)
        assert workday_lag(start, end - dt.timedelta(days=1)) == days - 1
    else:
        assert end == start


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_lags_add_up(start: dt.date, first: int, second: int) -> None:
    """A lag over two stretches is the sum of both."""
    middle = start + dt.timedelta(days=first)
    end = middle + dt.timedelta(days=second)
    assert workday_lag(start, end) == workday_lag(start, middle) + workday_lag(middle, end)


@given(DAYS, st.integers(0, 400))
def test_no_day_counts_backwards(end: dt.date, days: int) -> None:
    """Where the end is not behind the start, the lag is 0."""
    assert workday_lag(end + dt.timedelta(days=days), end) == 0


@pytest.mark.parametrize(
    ("day", "known"),
    [(D(2003, 12, 31), False), (D(2004, 1, 1), True), (D(2026, 12, 31), True), (D(2027, 1, 1), False)],
)
def test_years_with_a_published_schedule(day: dt.date, known: bool) -> None:
    """A year is known only when its schedule has been published."""
    assert calendar_known(day) is known


def test_year_without_a_schedule_still_counts_weekdays() -> None:
    """Beyond the published schedules plain weekdays are counted, so that a provisional date can be shown."""
    assert deadline(D(2031, 3, 3), 5) == D(2031, 3, 10)


def test_the_schedule_is_that_of_the_library() -> None:
    """Every day from the first published year on is what the ``holidays`` library says; else run make_schedule.py."""
    china = holidays.country_holidays("CN")
    first, last = D(FIRST_PUBLISHED_YEAR, 1, 1), D(LAST_PUBLISHED_YEAR + GUESSED_YEARS, 12, 31)
    days = [D.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    assert [day for day in days if is_workday(day) != china.is_working_day(day)] == []
