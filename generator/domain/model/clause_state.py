"""The state of the single clauses of a policy, where acts have changed them."""

import datetime as dt
from typing import NamedTuple

from generator.domain.model.notice import Relation
from generator.domain.vocabulary import ClauseStatus


class ClauseAct(NamedTuple):
    """One act on one clause: ``place`` is what it names (第五条第二款); ``status`` is what it makes of it."""

    status: ClauseStatus
    place: str
    relation: Relation


class ClauseState(NamedTuple):
    """The state of one clause at a day: ``acts`` are those in force, the latest last, which gives the status."""

    anchor: str
    clause: str
    part: str
    acts: tuple[ClauseAct, ...]

    @property
    def status(self) -> ClauseStatus:
        """The status that the latest act gives."""
        return self.acts[-1].status


class ClauseChange(NamedTuple):
    """The states of all changed clauses from a later day on."""

    day: dt.date
    clauses: tuple[ClauseState, ...]
