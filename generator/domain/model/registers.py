"""The rows of the two registers beside the config: activities of a year, and tasks with a day. Neither is published."""

import datetime as dt
from typing import NamedTuple

from generator.domain.vocabulary.activities import ActivityType


class Activity(NamedTuple):
    """One row of the register of activities; ``number`` is how often, of a share the percent."""

    day: dt.date
    type: ActivityType
    content: str
    number: float
    path: str
    line: int


class RegisteredTask(NamedTuple):
    """One row of 任务台账; ``done_on`` is ``None`` for an open task, ``leaders`` are the units that take the lead."""

    name: str
    leaders: tuple[str, ...]
    helpers: tuple[str, ...]
    due_on: dt.date
    done_on: dt.date | None
    basis: str
    path: str
    line: int

    def is_open(self, day: dt.date) -> bool:
        """Whether the task is open on a day; one that is completed on a later day is open until then."""
        return self.done_on is None or self.done_on > day
