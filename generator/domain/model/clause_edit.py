"""What the text of an amending act does to the words of one clause, as far as it can be read."""

from enum import StrEnum
from typing import NamedTuple


class EditKind(StrEnum):
    """What happens to a clause, or to a 款 or 项 of it; ``UNREAD``: the text changes it in words that were not read."""

    REWRITE = "rewrite"
    EXCHANGE = "exchange"
    DELETE = "delete"
    ADD = "add"
    RENUMBER = "renumber"
    UNREAD = "unread"


class ClauseEdit(NamedTuple):
    """One change that a text makes to the words of a clause of the amended document.

    ``paragraph`` and ``item`` are the numbers of 款 and 项, 0 for none; without both an ``ADD`` adds whole clauses.
    ``old`` are the words that ``EXCHANGE`` replaces; ``lines`` are the new words, a line for each paragraph.
    ``number`` is the number that a clause gets: of an added or renumbered one; of an unread one its own, where the act
    may change the numbers of clauses. ``clause`` is empty where an added
    clause has only its number, and where words are changed without a clause. ``named`` and ``earlier`` are titles, as
    in ``StatedAmendment``. ``place`` is the anchor in the amending text under which it stands, empty for none.
    """

    kind: EditKind
    clause: str
    paragraph: int = 0
    item: int = 0
    old: str = ""
    lines: tuple[str, ...] = ()
    number: str = ""
    named: str = ""
    earlier: tuple[str, ...] = ()
    place: str = ""

    @property
    def adds_clause(self) -> bool:
        """Whether the edit adds a whole clause."""
        return self.kind is EditKind.ADD and not self.paragraph and not self.item

    @property
    def deletes_clause(self) -> bool:
        """Whether the edit deletes a whole clause."""
        return self.kind is EditKind.DELETE and not self.paragraph and not self.item
