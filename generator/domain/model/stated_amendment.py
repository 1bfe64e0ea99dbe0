"""A clause that the text of an amending act says it changes."""

from typing import NamedTuple


class StatedAmendment(NamedTuple):
    """A clause that a text says it changes: 第五条修改为.

    ``named`` is the key of the title that the clause belongs to, empty where its sentence names none; ``earlier`` are
    the keys of the titles before that sentence, the newest first.
    """

    clause: str
    named: str
    earlier: tuple[str, ...] = ()
