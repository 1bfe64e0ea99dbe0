"""The as-of day: the day for which a site is built, with the minute that decides what is published on that day."""

import datetime as dt
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day for which a site is built.

    ``minute`` (Asia/Shanghai) decides whether a document of that day is public yet, and nothing else; ``None`` is the
    end of the day.
    """

    day: dt.date
    minute: dt.datetime | None = None

    @classmethod
    def at(cls, minute: dt.datetime) -> Self:
        """Return the as-of day of a minute in Asia/Shanghai."""
        return cls(minute.date(), minute)

    def is_due(self, moment: dt.date | dt.datetime | None) -> bool:
        """Whether a day or minute of publication has come; ``None`` is always due."""
        if self.minute is not None and isinstance(moment, dt.datetime):
            return moment <= self.minute
        if moment is None:
            return True
        return (moment.date() if isinstance(moment, dt.datetime) else moment) <= self.day
