"""Two texts side by side: the clauses of an older document, and those of the one that replaces or amends it."""

from typing import NamedTuple

from generator.domain.vocabulary import RelationKind


class TextClause(NamedTuple):
    """A clause of a text, or a heading or paragraph outside all clauses, which has no ``name``.

    ``lines`` are its paragraphs without the name; ``is_plain`` where they are paragraphs only, no table or list.
    """

    anchor: str
    name: str
    lines: tuple[str, ...]
    is_plain: bool = True

    @property
    def words(self) -> str:
        """The words of the clause with its name, a line for each paragraph."""
        first, *others = self.lines or ("",)
        return "\n".join(("　".join(filter(None, (self.name, first))), *others))


class ComparedTexts(NamedTuple):
    """An older text and a newer one; ``older`` and ``newer`` are ids of documents or of parts (``notice#part``).

    Of an amendment ``new`` is the older text with the new words. ``unread`` are clauses whose new words could not be
    read; where there are any, ``old`` and ``new`` are the changed clauses only. ``omitted``: words outside the clauses
    are not compared.
    """

    kind: RelationKind
    older: str
    newer: str
    old: tuple[TextClause, ...]
    new: tuple[TextClause, ...]
    unread: tuple[str, ...] = ()
    is_whole: bool = True
    omitted: bool = False
