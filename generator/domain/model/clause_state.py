"""The state of the single clauses of a policy, where acts have changed them."""

import datetime as dt
from typing import NamedTuple

from generator.domain.model.clause_edit import ClauseEdit
from generator.domain.model.notice import Relation
from generator.domain.vocabulary import ClauseStatus


class ClauseAct(NamedTuple):
    """One act on one clause: ``place`` is what it names (第五条第二款); ``status`` is what it makes of it.

    ``edits`` are what an amendment does to its words, in the order of its text; empty where that cannot be read.
    One that ``adds_behind`` leaves its words as they are: it only adds other clauses behind it.
    """

    status: ClauseStatus
    place: str
    relation: Relation
    edits: tuple[ClauseEdit, ...] = ()
    adds_behind: bool = False


class ClauseAddition(NamedTuple):
    """A clause that an act adds behind the one with an anchor, which is empty where its place is not known.

    ``place`` is the anchor in the text of the act.
    """

    anchor: str
    number: str
    lines: tuple[str, ...]
    part: str
    relation: Relation
    place: str = ""


class ClauseState(NamedTuple):
    """The state of one clause at a day: ``acts`` are those in force, the latest last, which gives the status.

    An act that only adds clauses behind it stands before all that change it.
    """

    anchor: str
    clause: str
    part: str
    acts: tuple[ClauseAct, ...]

    @property
    def status(self) -> ClauseStatus:
        """The status that the latest act gives."""
        return self.acts[-1].status


class ClauseChanges(NamedTuple):
    """What acts do to the clauses of a document: their states at the day and later, and what is added to them.

    ``unread`` are the ids of the acts that change words in a way that cannot be read.
    """

    states: tuple[ClauseState, ...] = ()
    later: tuple["ClauseChange", ...] = ()
    additions: tuple[ClauseAddition, ...] = ()
    unread: tuple[str, ...] = ()


class ClauseChange(NamedTuple):
    """The states of all changed clauses from a later day on."""

    day: dt.date
    clauses: tuple[ClauseState, ...]
