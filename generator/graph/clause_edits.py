"""Which words of which clauses an act changes: the edits of its text, with the anchors of the amended document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.domain.clauses import NUMERALS, clause_number
from generator.domain.model import ClauseAddition, ClauseEdit, Document, EditKind, Relation
from generator.domain.numerals import to_chinese

Anchors = Callable[[Document, str, str], list[str]]
"""Return the anchor of a clause of a document, or of a part of it; none where it has no such clause."""


class ActEdits(NamedTuple):
    """What one act does to one document: the edits by anchor, what it adds, and whether words remain unread."""

    by_anchor: dict[str, tuple[ClauseEdit, ...]]
    additions: tuple[ClauseAddition, ...] = ()
    unread: bool = False

    def without_moved_places(self, act: Relation, shifts: Sequence["NumberShift"]) -> "ActEdits":
        """Return the edits without the places of added clauses that an earlier act may have moved."""
        additions = [
            one._replace(anchor="") if any(shift.precedes(act, one.part, one.number) for shift in shifts) else one
            for one in self.additions
        ]
        return self._replace(additions=tuple(additions))


class NumberShift(NamedTuple):
    """From which number on an act changes those of the clauses of a part, by adding, deleting or renumbering one."""

    act: Relation
    part: str
    first: int

    def precedes(self, act: Relation, part: str, clause: str) -> bool:
        """Whether a clause that a later act names may be another one than that with its number in the text."""
        shift, other = self.act.since, act.since
        earlier = shift is None or (other is not None and shift < other)
        return earlier and self.act.target != act.target and self.part == part and _main_number(clause) >= self.first


def number_shifts(acts: Mapping[Relation, ActEdits], parts: Mapping[str, str]) -> list[NumberShift]:
    """Return what acts do to the numbers of clauses; ``parts`` has the part of each anchor inside one."""
    shifts: list[NumberShift] = []
    for act, edits in acts.items():
        shifts += [NumberShift(act, one.part, _main_number(one.number)) for one in edits.additions if _moves(one)]
        for anchor, changes in edits.by_anchor.items():
            moving = [one for one in changes if one.number or one.deletes_clause]
            shifts += [NumberShift(act, parts.get(anchor, ""), _main_number(one.clause)) for one in moving]
    return shifts


def _moves(addition: ClauseAddition) -> bool:
    return "之" not in addition.number


def edits_of_act(document: Document, act: Relation, edits: Sequence[tuple[ClauseEdit, str]], find: Anchors) -> ActEdits:
    """Return the edits of an act by the anchors of a document; ``edits`` are those of this document, with its part."""
    meant = [(edit, part or act.part) for edit, part in edits if not act.part or (part or act.part) == act.part]
    unread = any(edit.kind is EditKind.UNREAD and not edit.clause for edit, _ in meant)
    by_anchor: dict[str, tuple[ClauseEdit, ...]] = {}
    for edit, part in meant:
        for anchor in find(document, part, edit.clause) if edit.clause and not edit.adds_clause else ():
            by_anchor[anchor] = (*by_anchor.get(anchor, ()), edit._replace(named="", earlier=()))
    return ActEdits(by_anchor, tuple(_additions(document, act, meant, find)), unread)


def _additions(
    document: Document, act: Relation, meant: Sequence[tuple[ClauseEdit, str]], find: Anchors
) -> Iterator[ClauseAddition]:
    """Yield the clauses that an act adds, each behind the clause that it follows, as far as that exists."""
    added = [(edit, part) for edit, part in meant if edit.adds_clause]
    before_added = {edit.number: edit.clause or _clause_before(edit.number, 0) for edit, _ in reversed(added)}
    for edit, part in added:
        before = edit.clause
        seen = {edit.number}
        while before in before_added and before not in seen:  # behind one that the same act adds
            seen.add(before)
            before = before_added[before]
        if not before:
            own = _main_number(edit.number)
            lower = sum("之" not in one.number and _main_number(one.number) < own for one, _ in added)
            before = _clause_before(edit.number, lower)
        anchors = find(document, part, before) if before else []
        yield ClauseAddition(anchors[0] if anchors else "", edit.number, edit.lines, part, act, edit.place)


def _main_number(clause: str) -> int:
    numbers = NUMERALS.findall(clause)
    return clause_number(numbers[0]) if numbers else 0


def _clause_before(number: str, added: int) -> str:
    """Return the clause before the one with a number, in a text to which so many lower ones are added."""
    base, again, _ = number.partition("之")
    if again:
        return base
    before = _main_number(number) - 1 - added
    if before < 1:
        return ""
    return f"第{before}条" if any(char.isdecimal() for char in number) else f"第{to_chinese(before)}条"
