"""Relations of a document, the notices before its text, and its later changes of status."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from generator.domain.model.foreign import ForeignDocument
from generator.domain.vocabulary import ConsultationState, InterpretationMark, PostingState, RelationKind, Status


class Relation(NamedTuple):
    """One side of a relation; ``target`` is an id inside the site, or empty for an act outside it.

    In the public ``Site`` a document of another site of the platform is such an act too, with ``foreign``; in the
    ``Archive`` its ``target`` is ``site:id``.

    ``part`` is the part of the older document that the act refers to, empty for all of it. ``until`` is the last day of
    a suspension, or of the term that a renewal gives; an amendment is ``merged`` where the text contains it already.
    An act is ``void`` that had ended before its day: it never acts.
    """

    kind: RelationKind
    target: str
    clause: str = ""
    since: dt.date | None = None
    outside: str = ""
    part: str = ""
    until: dt.date | None = None
    merged: bool = False
    void: bool = False
    foreign: ForeignDocument | None = None

    def lifts(self, suspension: "Relation") -> bool:
        """Whether a resumption ends a suspension: it is not older, and covers all of the document or the same place."""
        covers_it = (self.part, self.clause) in {("", ""), (suspension.part, suspension.clause), (suspension.part, "")}
        return covers_it and (self.since or dt.date.min) >= (suspension.since or dt.date.min)


class NoticeKind(StrEnum):
    """The kind of a notice, which a citizen must know before reading; its value is that of ``data-notice``."""

    REPEALED = "repealed"
    EXPIRED = "expired"
    PENDING = "pending"
    PARTLY_VOID = "partly_void"
    SUSPENDED = "suspended"
    PARTLY_SUSPENDED = "partly_suspended"
    AMENDED = "amended"
    RENEWED = "renewed"
    REVISION_DUE = "revision_due"
    REPEAL_SCHEDULED = "repeal_scheduled"
    LAPSE_SCHEDULED = "lapse_scheduled"
    SUSPENSION_SCHEDULED = "suspension_scheduled"
    ENDED = "ended"
    OUTDATED = "outdated"


SUSPENSION_LABELS = {NoticeKind.SUSPENDED: "暂停执行", NoticeKind.PARTLY_SUSPENDED: "部分暂停执行"}
# The notices shown beside a title wherever it is listed, like a status: no status says that a document is suspended.
MARKED = frozenset(SUSPENSION_LABELS)


class Notice(NamedTuple):
    """A notice before the text; ``about`` is the interpreted document, or its part, where the notice is inherited.

    ``until`` is the last day of a suspension or of a term; ``merged`` says that the text contains all amendments;
    ``parts`` are the parts that are not in force, with their status.
    """

    kind: NoticeKind
    since: dt.date | None = None
    acts: tuple[Relation, ...] = ()
    about: str = ""
    until: dt.date | None = None
    merged: bool = False
    parts: tuple[tuple[str, Status], ...] = ()

    @property
    def runs_out(self) -> bool:
        """Whether a document is not in force any more because its term is over, not by an act."""
        return self.kind is NoticeKind.EXPIRED and not self.acts

    @property
    def is_repeated(self) -> bool:
        """Whether acts of several days have changed the document, so that one day alone does not say since when."""
        return self.kind in _ADDING_UP and len({act.since for act in self.acts}) > 1


_ADDING_UP = frozenset({NoticeKind.PARTLY_VOID, NoticeKind.AMENDED, NoticeKind.OUTDATED})


def state_text(state: Status | ConsultationState | PostingState | None, notices: Iterable[Notice]) -> str:
    """Return a state in words; of what is suspended it is never the status alone."""
    if state is None:
        return ""
    suspended = [SUSPENSION_LABELS[one.kind] for one in notices if one.kind in MARKED and isinstance(state, Status)]
    return "，".join((state.label, *suspended))


class StatusChange(NamedTuple):
    """The state of a document from a later day on, as far as it is known at the as-of day."""

    day: dt.date
    state: Status | ConsultationState | PostingState | None
    notices: tuple[Notice, ...] = ()
    mark: InterpretationMark | None = None

    @property
    def state_text(self) -> str:
        """The state in words, with a suspension."""
        return state_text(self.state, self.notices)
