"""What a text says of its own fields: which documents it repeals, its effect, its term, its number, its day."""

import datetime as dt
from enum import Enum, StrEnum
from typing import NamedTuple


class DayBasis(StrEnum):
    """The event from which a text counts a day that it does not name."""

    PRINTED = "printed"
    PUBLISHED = "published"


class StatedEffect(NamedTuple):
    """自…起施行: a day, or days and months behind an event; ``part`` is the id of the declared part that says it."""

    words: str
    line: int
    part: str = ""
    day: dt.date | None = None
    basis: DayBasis | None = None
    days: int = 0
    months: int = 0


class StatedTerm(NamedTuple):
    """有效期: its last day, or its months from the effect that the same text states, if it states one."""

    words: str
    line: int
    part: str = ""
    last_day: dt.date | None = None
    months: int = 0
    effect: StatedEffect | None = None


class StatedRepeal(NamedTuple):
    """《…》（文号）同时废止: the key of a title, empty for none, and the number as found in running text."""

    title: str
    number: str
    words: str
    line: int


class StatedNumber(NamedTuple):
    """The 文号 on a line of its own above the text."""

    number: str
    line: int


class StatedDay(NamedTuple):
    """The day under the signature."""

    day: dt.date
    line: int


class BindingKind(Enum):
    """What a clause does to people outside the body, with the words for it."""

    PENALTY = "处罚条款"
    DUTY = "规定义务的条款"
    ENDING = "停止执行别的文件的条款"


class StatedBinding(NamedTuple):
    """A clause that binds people outside the body."""

    words: str
    line: int
    kind: BindingKind


class StatedFields(NamedTuple):
    """Everything that a text says of its own fields; ``caption_days`` are the days above the text (题注).

    ``binding`` is looked for only where the file does not declare 文件类别; ``haste`` are the words
    that say why it takes effect at once.
    """

    effects: tuple[StatedEffect, ...] = ()
    terms: tuple[StatedTerm, ...] = ()
    repeals: tuple[StatedRepeal, ...] = ()
    number: StatedNumber | None = None
    signed: StatedDay | None = None
    caption_days: tuple[dt.date, ...] = ()
    binding: StatedBinding | None = None
    haste: str = ""


NOTHING_STATED = StatedFields()
