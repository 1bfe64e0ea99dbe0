"""The state of the single clauses of a policy, where acts have changed them."""

import datetime as dt
from typing import NamedTuple

from generator.domain.model.clause_edit import ClauseEdit
from generator.domain.model.notice import Relation
from generator.domain.vocabulary import ClauseStatus


class ClauseAct(NamedTuple):
    """One act on one clause: ``place`` is what it names (第五条第二款); ``status`` is what it makes of it.

    ``edits`` are what an amendment does to its words, in the order of its text; empty where that cannot be read.
    One that ``adds_behind`` leaves its words as they are: it only adds other clauses behind it. ``is_moved``: it names
    the number of the clause, which may be that of another one since an earlier act.
    """

    status: ClauseStatus
    place: str
    relation: Relation
    edits: tuple[ClauseEdit, ...] = ()
    adds_behind: bool = False
    is_moved: bool = False


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


class UnreadAct(NamedTuple):
    """An act that changes words of which the clause is not known: of any clause of a part from number ``first`` on.

    ``clause`` is the number that it names, which may be that of another clause by then; empty for none.
    """

    act: str
    since: dt.date | None
    part: str
    first: int = 0
    clause: str = ""

    def concerns(self, part: str, number: int) -> bool:
        """Whether the act may change the clause of a part with a number."""
        return number >= self.first and (not self.part or self.part == part)


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

    ``unread`` are the acts that change words of which the clause is not known.
    """

    states: tuple[ClauseState, ...] = ()
    later: tuple["ClauseChange", ...] = ()
    additions: tuple[ClauseAddition, ...] = ()
    unread: tuple[UnreadAct, ...] = ()


class ClauseChange(NamedTuple):
    """The states of all changed clauses from a later day on."""

    day: dt.date
    clauses: tuple[ClauseState, ...]
