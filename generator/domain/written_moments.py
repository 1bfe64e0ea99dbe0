"""Days and moments as people write them: read where no field accepts them, and written as official texts do."""

import datetime as dt
import re
import unicodedata

from generator.domain.numerals import from_numeral

_CHINESE = "〇○零ＯO一二三四五六七八九十廿卅"
_SIGN = r"[{}./\-—–－、,_ ]"
_NUMBER = rf"(?:\d{{1,4}}|[{_CHINESE}]{{1,4}})"
_DAY = re.compile(
    rf"(?:公元)?\s*(?P<year>\d{{4}}|[{_CHINESE}]{{4}})\s*{_SIGN.format('年')}\s*(?P<month>{_NUMBER})\s*{_SIGN.format('月')}\s*"
    rf"(?P<day>{_NUMBER})\s*[日号]?"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_CLOCK = re.compile(r"(?<=\s)([01]\d|2[0-3])([0-5]\d)$")
_BEHIND = re.compile(r"\s*(?:\(?北京时间\)?|\+08:?00)$")
_WEEKDAY = re.compile(r"\s*[(\[]?(?:星期|周)[一二三四五六日天][)\]]?")
_TIME = re.compile(
    rf"[\sT,，]*(?:星期[一二三四五六日天]|周[一二三四五六日天]|\([^)]*\))?\s*(?P<half>凌晨|早上|上午|中午|下午|晚上|晚)?\s*"
    rf"(?P<hour>{_NUMBER})\s*(?:[:.点时]|点钟)\s*(?P<minute>半|一刻|三刻|{_NUMBER})?\s*分?(?:[:.]\d{{1,2}})?(?:钟|整)?\s*"
)
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45, None: 0}
_AFTERNOON = frozenset({"下午", "晚上", "晚"})
_NOON = 12
_QUOTES = "“”\"'‘’「」《》[]【】()。"


def read_written(text: str) -> dt.date | dt.datetime | None:
    """Return the day, or the day and minute, that a text means; ``None`` where it is not clear.

    >>> read_written("二〇二六年十一月二十六日"), read_written("2026-11-28 9时30分")
    (datetime.date(2026, 11, 26), datetime.datetime(2026, 11, 28, 9, 30))
    """
    text = unicodedata.normalize("NFKC", text).strip().strip(_QUOTES).strip()
    text = _CLOCK.sub(r"\1:\2", _BEHIND.sub("", _COMPACT.sub(r"\1-\2-\3", text)))
    match = _DAY.match(text)
    if not match:
        return None
    try:
        day = dt.date(*(from_numeral(match[name]) for name in ("year", "month", "day")))
        rest = _WEEKDAY.sub("", text[match.end() :]).strip()
        if not rest:
            return day
        time = _TIME.fullmatch(rest)
        if not time:
            return None
        hour = from_numeral(time["hour"])
        if time["half"] in _AFTERNOON and hour < _NOON:
            hour += _NOON
        minute = _MINUTES[time["minute"]] if time["minute"] in _MINUTES else from_numeral(time["minute"])
        return dt.datetime.combine(day, dt.time(hour, minute))
    except (ValueError, KeyError):
        return None


def chinese_day(day: dt.date) -> str:
    """Return a day as official texts write it: 2018年9月6日 (GB/T 9704 clause 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
