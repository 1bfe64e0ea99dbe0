"""Facts about consultations: how long they must last, and whether the days between two dates are enough."""

import datetime as dt
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Document
from generator.domain.vocabulary import DocType
from generator.domain.workdays import LimitEnd, Span, Unit


class LeastPeriod(NamedTuple):
    """The days that a consultation must last at least, 0 for no limit, and their ground in Chinese."""

    days: int
    ground: str

    def end(self, start: dt.date, config: SiteConfig) -> LimitEnd:
        """Return the first possible last day of a consultation for which people have had time since a day."""
        return Span(self.days, Unit.DAY).end(start, config.calendar, config.counting)


def least_period(document: Document, config: SiteConfig) -> LeastPeriod:
    """Return how long a consultation must last: 30 days for 规章 and major matters, else as its place says."""
    limits = config.deadlines
    major = document.value("is_major") is True
    if (major or document.doc_type is DocType.RULE) and limits.consult_major_days >= limits.consult_min_days:
        ground = "重大行政决策程序暂行条例第十五条" if major else "规章制定程序条例第十五条"
        return LeastPeriod(limits.consult_major_days, ground)
    return LeastPeriod(limits.consult_min_days, config.ground_of("deadlines", "consult_min_days"))


def days_between(start: dt.date, end: dt.date, config: SiteConfig) -> int:
    """Return the days from one day to another as the place counts them."""
    return (end - start).days + config.counting.first_day
