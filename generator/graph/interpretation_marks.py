"""The state of an interpretation at a day: older than an amendment of what it interprets, or of what has ended."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.domain.clauses import clauses_in
from generator.domain.model import Document, Notice, NoticeKind, Relation
from generator.domain.titles import title_key
from generator.domain.vocabulary import ENDED_BY, OVER, InterpretationMark, Kind, RelationKind, Status
from generator.graph.validity import since_of

_CHANGING = frozenset({*ENDED_BY, RelationKind.AMENDED_BY})


class InterpretedPolicy(NamedTuple):
    """A public policy, or the part of it, that an interpretation is about: its acts and its status at a day.

    ``clause`` is the clause that the interpretation names, empty for all of it.
    """

    about: str
    clause: str
    acts: tuple[Relation, ...]
    status: Status


def changing(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Return the acts that amend or end a policy; most relations of one are its interpretations and citations."""
    return tuple(relation for relation in relations if relation.kind in _CHANGING)


def interpreted_policies(
    document: Document,
    relations: Sequence[Relation],
    policy: Callable[[str], tuple[tuple[Relation, ...], Status] | None],
) -> list[InterpretedPolicy]:
    """Return what an interpretation is about by its relations, nothing for another kind of document.

    ``policy`` returns the acts and the status of a public policy, or of a part such as ``notice#part``, by its id.
    """
    policies: list[InterpretedPolicy] = []
    for relation in relations if document.kind is Kind.INTERPRETATION else ():
        if relation.kind is RelationKind.INTERPRETS:
            about = f"{relation.target}#{relation.part}" if relation.part else relation.target
            if known := policy(about):
                acts = tuple(act for act in known[0] if not act.void and act.part in {"", relation.part or act.part})
                policies.append(InterpretedPolicy(about, relation.clause, acts, known[1]))
    return policies


def outdated_notices(
    document: Document,
    relations: Sequence[Relation],
    policies: Sequence[InterpretedPolicy],
    title_of: Callable[[str], str],
    day: dt.date,
) -> Iterator[Notice]:
    """Yield a notice for each policy that was amended after the publication of a document that does not name the act.

    ``title_of`` returns the title of a document by its id.
    """
    published = document.published
    named = {relation.target for relation in relations if relation.kind is not RelationKind.INTERPRETED_BY}
    titles = frozenset(document.page.quoted_titles)
    later: dict[str, dict[Relation, None]] = {}  # an interpretation of several clauses has a policy for each
    for policy in policies:
        acts = [
            act
            for act in policy.acts
            if act.kind is RelationKind.AMENDED_BY and published and act.since and published < act.since <= day
            if act.target not in named and title_key(title_of(act.target)) not in titles
            if _share_a_clause(policy.clause, act.clause)
        ]
        later.setdefault(policy.about, {}).update(dict.fromkeys(acts))
    for about, found in later.items():
        if found:
            yield Notice(NoticeKind.OUTDATED, since_of(NoticeKind.OUTDATED, found), tuple(found), about)


def _share_a_clause(one: str, other: str) -> bool:
    ones, others = set(clauses_in(one)), set(clauses_in(other))
    return not ones or not others or not ones.isdisjoint(others)


def mark_at(
    policies: Sequence[InterpretedPolicy], outdated: Sequence[Notice], day: dt.date
) -> InterpretationMark | None:
    """Return the state of an interpretation: all that it is about has ended, or it is older than an amendment."""
    if policies and all(_has_ended(policy, day) for policy in policies):
        return InterpretationMark.ENDED
    return InterpretationMark.OUTDATED if outdated else None


def _has_ended(policy: InterpretedPolicy, day: dt.date) -> bool:
    if policy.status in OVER:
        return True
    ended = {
        clause
        for act in policy.acts
        if act.kind in ENDED_BY and (act.since is None or act.since <= day)
        if act.clause and "款" not in act.clause and "项" not in act.clause
        for clause in clauses_in(act.clause)
    }
    clauses = clauses_in(policy.clause)
    return bool(clauses) and ended.issuperset(clauses)
