"""The words of a clause after the acts that amend it, made only where there is no doubt what they are.

It is made by gongkai and is no official text.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.domain.clauses import NUMERALS, clause_number
from generator.domain.model import ClauseAct, ClauseAddition, ClauseEdit, ClauseState, EditKind, TextClause, UnreadAct
from generator.domain.numerals import to_chinese
from generator.domain.vocabulary import ClauseStatus
from generator.publish.text.clause_paragraphs import item_place, paragraphs_of

_NEVER = 1_000_000


class Renumbering(NamedTuple):
    """From which clause of a part on an act changes the numbers, by adding, deleting or renumbering; and since when."""

    act: str
    since: object
    part: str
    first: int
    first_added: int


def renumberings(states: Iterable[ClauseState], additions: Iterable[ClauseAddition]) -> list[Renumbering]:
    """Return what acts do to the numbers of the clauses of a document, one for each act and part."""
    found: dict[tuple[str, str], Renumbering] = {}

    def note(act: str, since: object, part: str, number: int, *, added: bool) -> None:
        one = found.get((act, part)) or Renumbering(act, since, part, _NEVER, _NEVER)
        first_added = min(one.first_added, number) if added else one.first_added
        found[(act, part)] = one._replace(first=min(one.first, number), first_added=first_added)

    for addition in additions:
        if "之" not in addition.number:
            relation = addition.relation
            note(relation.target, relation.since, addition.part, _number(addition.number), added=True)
    for state in states:
        for act in state.acts:
            for edit in act.edits:
                if edit.deletes_clause or edit.number:
                    note(act.relation.target, act.relation.since, state.part, _number(edit.clause), added=False)
    return list(found.values())


def _number(clause: str) -> int:
    numbers = NUMERALS.findall(clause)
    return clause_number(numbers[0]) if numbers else 0


def amended(
    clause: TextClause,
    acts: Sequence[ClauseAct],
    part: str,
    numbers: Sequence[Renumbering],
    unread: Sequence[UnreadAct] = (),
) -> TextClause | None:
    """Return a clause after the acts on it, in the order of their days; without lines where they delete it.

    ``None`` where its words are in doubt: an act that was not read, that repeals a part of it, of the same day as
    another, or that names it by a number which an earlier act has changed. Those whose words the text has already
    change nothing.
    ``unread`` are the acts up to then that may change its words: it is in doubt unless a later act rewrites it.
    """
    by_act: Mapping[str, ClauseAct] = {
        act.relation.target: act for act in acts if act.status is not ClauseStatus.SUSPENDED and not act.relation.merged
    }
    ordered = sorted(by_act.values(), key=lambda act: str(act.relation.since or ""))
    if _is_changed_unread(clause, ordered, part, unread):
        return None
    days = [act.relation.since for act in ordered]
    if len(ordered) > 1 and (None in days or any(one == other for one, other in pairwise(days))):
        return None
    for act in ordered:
        if act.status is not ClauseStatus.AMENDED or not act.edits:
            return None
        if _is_doubtful(act, clause.name, part, numbers):
            return None
        changed = amended_by(clause, act.edits)
        if changed is None or not changed.lines:
            return changed if act is ordered[-1] else None
        clause = changed
    return clause


def _is_changed_unread(clause: TextClause, acts: Sequence[ClauseAct], part: str, unread: Sequence[UnreadAct]) -> bool:
    """Whether an act may have changed words of a clause that no later act has replaced as a whole."""
    days = [str(act.relation.since or "") for act in acts if any(map(_is_whole, act.edits))]
    last = max(days, default="")
    return any(
        one.concerns(part, _number(clause.name)) and (one.since is None or str(one.since) >= last) for one in unread
    )


def _is_whole(edit: ClauseEdit) -> bool:
    return edit.deletes_clause or (edit.kind is EditKind.REWRITE and not edit.paragraph and not edit.item)


def _is_doubtful(act: ClauseAct, name: str, part: str, numbers: Sequence[Renumbering]) -> bool:
    """Whether the number by which an act names a clause may be that of another one."""
    number = _number(name)
    for one in numbers:
        if one.part != part:
            continue
        if one.act == act.relation.target:
            exact = all(edit.number or edit.kind in {EditKind.EXCHANGE, EditKind.DELETE} for edit in act.edits)
            if number >= one.first_added and not exact:
                return True
        elif number >= one.first and (one.since is None or str(one.since) <= str(act.relation.since or "")):
            return True
    return False


def amended_by(clause: TextClause, edits: Sequence[ClauseEdit]) -> TextClause | None:
    """Return a clause after the edits of one act; without lines where it is deleted, ``None`` where that is in doubt.

    The numbers of 款 and 项 are those before the act, except those of what it adds.
    """
    name = next((edit.number for edit in edits if edit.number), clause.name)
    words = [edit for edit in edits if edit.kind is not EditKind.RENUMBER]
    whole = [edit for edit in words if not edit.paragraph and not edit.item and edit.kind is not EditKind.EXCHANGE]
    if whole:
        if len(words) > 1 or whole[0].kind not in {EditKind.REWRITE, EditKind.DELETE}:
            return None
        return clause._replace(name=name, lines=whole[0].lines, is_plain=True)
    if words and not clause.is_plain:
        return None
    added = [edit for edit in words if edit.kind is EditKind.ADD and not edit.item]
    lowest = min((edit.paragraph for edit in added), default=_NEVER)
    if any(edit.paragraph >= lowest for edit in words if edit not in added):
        return None
    paragraphs = paragraphs_of(clause.lines)
    for edit in words:
        if edit in added:
            continue
        changed = _applied(paragraphs, edit)
        if changed is None:
            return None
        paragraphs = changed
    left = [one for one in paragraphs if one]
    for edit in sorted(added, key=lambda one: one.paragraph):
        if edit.paragraph > len(left) + 1:
            return None
        left.insert(edit.paragraph - 1, list(edit.lines))
    return clause._replace(name=name, lines=tuple(line for one in left for line in one)) if left else None


def _applied(paragraphs: list[list[str]], edit: ClauseEdit) -> list[list[str]] | None:
    """Return the paragraphs of a clause after one edit; a deleted one is empty. ``None`` for what cannot be done."""
    if edit.kind is EditKind.EXCHANGE and not edit.paragraph and not edit.item:
        return _exchanged(paragraphs, edit)
    if edit.paragraph > len(paragraphs) or (edit.paragraph and not paragraphs[edit.paragraph - 1]):
        return None
    scope = [edit.paragraph - 1] if edit.paragraph else list(range(len(paragraphs)))
    if not edit.item:
        place = scope[0]
        new = _paragraph(paragraphs[place], edit)
    else:
        item = edit.item - 1 if edit.kind is EditKind.ADD else edit.item
        found = [(place, line) for place in scope if (line := item_place(paragraphs[place], item)) is not None]
        if len(found) != 1:
            return None
        place = found[0][0]
        new = _items(paragraphs[place], edit, found[0][1])
    return None if new is None else [*paragraphs[:place], new, *paragraphs[place + 1 :]]


def _paragraph(lines: list[str], edit: ClauseEdit) -> list[str] | None:
    if edit.kind is EditKind.DELETE:
        return []
    if edit.kind is EditKind.EXCHANGE:
        changed = _exchanged([lines], edit)
        return changed[0] if changed else None
    opens_list = edit.lines[-1].endswith(("：", ":"))  # only the words above the list
    return None if len(lines) > 1 and opens_list else list(edit.lines)


def _items(lines: list[str], edit: ClauseEdit, place: int) -> list[str] | None:
    if edit.kind is EditKind.DELETE:
        return [*lines[:place], *lines[place + 1 :]]
    if edit.kind is EditKind.EXCHANGE:
        changed = _exchanged([[lines[place]]], edit)
        return [*lines[:place], *changed[0], *lines[place + 1 :]] if changed else None
    sign = "" if item_place(edit.lines, edit.item) == 0 else f"（{to_chinese(edit.item)}）"
    new = sign + edit.lines[0]
    if edit.kind is EditKind.REWRITE:
        return [*lines[:place], new, *lines[place + 1 :]]
    exists = item_place(lines, edit.item) is not None  # the numbers of the others would change
    return None if exists else [*lines[: place + 1], new, *lines[place + 1 :]]


def _exchanged(paragraphs: list[list[str]], edit: ClauseEdit) -> list[list[str]] | None:
    """Return paragraphs with other words in place of some that they have exactly once."""
    count = sum(line.count(edit.old) for one in paragraphs for line in one)
    overlapping = any(line.find(edit.old, line.find(edit.old) + 1) >= 0 for one in paragraphs for line in one)
    if count != 1 or overlapping:
        return None
    new = edit.lines[0] if edit.lines else ""
    return [[line.replace(edit.old, new, 1) for line in one] for one in paragraphs]
