"""The province and the day of birth in the numbers of persons."""

import datetime as dt
import re

PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"  # GB/T 2260
PROVINCES = re.compile(PROVINCE)


def is_day(year: str, month: str, day: str) -> bool:
    """Whether three texts of digits are a day on which a person can be born."""
    try:
        return 1900 <= dt.date(int(year), int(month), int(day)).year < 2060
    except ValueError:
        return False
