"""Write ``generator/domain/schedule.py`` from the calendar of the ``holidays`` library.

Run it when the library has the schedule of another year, after raising ``LAST_PUBLISHED_YEAR`` in
``generator/domain/workdays.py``; a test compares module and library day by day.
"""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import holidays

from generator.domain.workdays import FIRST_PUBLISHED_YEAR, GUESSED_YEARS, LAST_PUBLISHED_YEAR

MODULE = Path(__file__).parents[1] / "generator" / "domain" / "schedule.py"
HEAD = '''# ruff: noqa: E501 - a line for a year
"""The national schedule of days off and of weekends worked: 国务院办公厅关于部分节假日安排的通知 of every year.

Made by ``tools/make_schedule.py`` from the ``holidays`` library; not written by hand. The years behind the last
published schedule hold the statutory days alone.
"""

# year: weekdays off, weekend days worked; each a month and a day
'''
_SATURDAY = 5


def main() -> None:
    """Write the module."""
    china = holidays.country_holidays("CN")
    rows = []
    for year in range(FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR + GUESSED_YEARS + 1):
        first, last = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
        days = [dt.date.fromordinal(day) for day in range(first, last + 1)]
        off = [f"{day:%m%d}" for day in days if day.weekday() < _SATURDAY and not china.is_working_day(day)]
        worked = [f"{day:%m%d}" for day in days if day.weekday() >= _SATURDAY and china.is_working_day(day)]
        rows.append(f'    {year}: ("{" ".join(off)}", "{" ".join(worked)}"),\n')
    text = f"{HEAD}SCHEDULE: dict[int, tuple[str, str]] = {{\n{''.join(rows)}}}\n"
    MODULE.write_text(text, encoding="utf-8", newline="\n")
    subprocess.run([sys.executable, "-m", "ruff", "format", str(MODULE)], check=True)


if __name__ == "__main__":
    main()
