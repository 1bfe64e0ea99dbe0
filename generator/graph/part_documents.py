"""Turn each part that a notice carries into a document with its own relations and status (requirements DOC-12)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.domain.model import Document, Field, Notice, NoticeKind, Relation
from generator.domain.vocabulary import ENDED_BY, OVER, Kind, RelationKind
from generator.graph.validity import effective_on, notices_of, status_of, term_of

_INHERITED = frozenset({"date_written", "date_published", "date_effective", "expires_on", "doc_type"})
_FROM_WHOLE = frozenset({*ENDED_BY, RelationKind.SUSPENDED_BY, RelationKind.RESUMED_BY, RelationKind.RENEWED_BY})


class NoticeState(NamedTuple):
    """The notices of a document at a day, and those of each of its parts, in their order."""

    notices: tuple[Notice, ...]
    parts: tuple[tuple[Notice, ...], ...] = ()


def bare_parts(document: Document) -> tuple[Document, ...]:
    """Return a document for each declared part that was found in the text, without relations and status."""
    if document.kind is not Kind.POLICY or "parts" not in document.page.fields:
        return ()
    locations = {location.id: location for location in document.page.part_locations}
    common = {key: field for key, field in document.page.fields.items() if key in _INHERITED}
    return tuple(
        document._replace(
            page=document.page._replace(
                id=f"{document.id}#{part.id}",
                body="",
                fields={**common, **part.fields, "parts": Field((part,), part.line)},
                anchors=locations[part.id].anchors,
                outline=(),
                citations=(),
                part_locations=(),
                problems=(),
            ),
            address=f"{document.address}#{locations[part.id].anchor}",
            title=part.title,
        )
        for part in document.declared_parts
        if part.id in locations
    )


def relations_of_part(part: Document, relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Return the relations of one part: those that name it, and those that end, suspend or renew the whole notice."""
    return tuple(_of_part(part, relations))


def _of_part(part: Document, relations: Sequence[Relation]) -> Iterator[Relation]:
    has_own_term = any("expires_on" in spec.fields for spec in part.declared_parts)
    for relation in relations:
        if relation.part == part.part_id:
            yield relation._replace(part="")
        elif relation.part or relation.clause or (has_own_term and relation.kind is RelationKind.RENEWED_BY):
            continue
        elif relation.kind in _FROM_WHOLE:
            yield relation


def state_at(
    document: Document, parts: Sequence[Document], relations: tuple[Relation, ...], day: dt.date
) -> NoticeState:
    """Return the notices of a policy at a day and those of its parts; an act that ends the whole ends its parts."""
    if not parts:
        return NoticeState(notices_of(document, relations, day))
    part_notices = [notices_of(part, relations_of_part(part, relations), day) for part in parts]
    statuses = [status_of(notices) for notices in part_notices]
    whole = notices_of(
        document, relations, day, tuple((part.part_id, status) for part, status in zip(parts, statuses, strict=True))
    )
    if status_of(whole) in OVER:
        part_notices = [
            notices if status in OVER or _is_renewed(notices, whole[0]) else whole[:1]
            for notices, status in zip(part_notices, statuses, strict=True)
        ]
    return NoticeState(whole, tuple(part_notices))


def _is_renewed(part: tuple[Notice, ...], end: Notice) -> bool:
    """Whether a part was renewed by itself and so outlives the term of its notice, which no act has ended."""
    by_term = end.kind is NoticeKind.EXPIRED and not end.acts
    return by_term and any(notice.kind is NoticeKind.RENEWED for notice in part)


def finish_parts(
    parts: Sequence[Document],
    relations: tuple[Relation, ...],
    acting: tuple[Relation, ...],
    state: NoticeState,
    day: dt.date,
) -> tuple[Document, ...]:
    """Return the parts with their relations and status at a day; ``acting`` are the relations that have effect."""
    return tuple(
        part._replace(
            relations=relations_of_part(part, relations),
            notices=notices,
            status=status_of(notices),
            effective_on=effective_on(part),
            term=term_of(part, relations_of_part(part, acting), day),
        )
        for part, notices in zip(parts, state.parts, strict=True)
    )
