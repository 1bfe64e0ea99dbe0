"""Which clauses of which document the text of an amending act means: by its links, and by the titles before them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from generator.domain.model import ClauseEdit, Document, LinkOutcome, Relation, ResolvedLink, StatedAmendment
from generator.domain.titles import title_key
from generator.domain.vocabulary import RelationKind
from generator.source.text.anchors import clause_of_anchor

_SHORT_TITLE = 5  # 《办法》 is a short form of the title of the amended document


class ActText(NamedTuple):
    """What the text of an amending act has: the document, its links, and the documents that it amends."""

    document: Document
    links: Sequence[ResolvedLink]
    amended: Sequence[Document]


def act_texts(
    documents: Mapping[str, Document], links: Mapping[str, tuple[ResolvedLink, ...]]
) -> Callable[[str], ActText]:
    """Return the function that gives the text of an act by its id."""

    def act_text(name: str) -> ActText:
        act = documents[name]
        targets = dict.fromkeys(one.target for one in act.related(RelationKind.AMENDS))
        amended = [documents[target] for target in targets if target in documents]
        return ActText(act, links.get(act.path, ()), amended)

    return act_text


def anchors_of(document: Document, part: str, clause: str) -> list[str]:
    """Return the anchor of a clause; without a part the one outside all parts, or the only one in a part."""
    locations = document.page.part_locations
    if part:
        anchors = next((one.anchors for one in locations if one.id == part), frozenset())
        return _named(anchors, clause)[:1]
    inside = {anchor for one in locations for anchor in one.anchors}
    outside = _named(document.page.anchors.difference(inside), clause)
    if outside:
        return outside[:1]
    found = [named for one in locations if (named := _named(one.anchors, clause))]
    return found[0][:1] if len(found) == 1 else []


def _named(anchors: frozenset[str], clause: str) -> list[str]:
    """Return the anchors of a clause, the bare one first."""
    if clause in anchors:
        return [clause]
    return sorted(anchor for anchor in anchors if clause_of_anchor(anchor) == clause)


def linked_clauses(document: Document, act: Relation, text: ActText) -> Iterator[str]:
    """Yield the anchors of clauses of a document that the text of an act links."""
    location = next((one for one in document.page.part_locations if one.id == act.part), None)
    for link in text.links:
        path, _, fragment = link.address.partition("#")
        anchor = unquote(fragment)
        if link.outcome is not LinkOutcome.FINE or not anchor:
            continue
        if link.document != document.id and unquote(path) != document.address:
            continue
        is_clause = anchor in document.page.anchors and clause_of_anchor(anchor)
        if is_clause and (location is None or anchor in location.anchors):
            yield anchor


def stated_clauses(document: Document, act: Relation, text: ActText) -> Iterator[tuple[str, str]]:
    """Yield part and name of the clauses of a document that the text of an act says it changes."""
    for item in text.document.page.stated_amendments:
        owner = owner_of(item, text.amended)
        if owner is None or owner[0].id != document.id:
            continue
        part = owner[1] or act.part
        if not act.part or part == act.part:
            yield part, item.clause


def owner_of(item: StatedAmendment | ClauseEdit, amended: Sequence[Document]) -> tuple[Document, str] | None:
    """Return the amended document, and the part of it, that a clause belongs to."""
    if item.named:
        return _by_title(item.named, amended)
    for key in item.earlier:
        if len(key) >= _SHORT_TITLE and (owner := _by_title(key, amended)):
            return owner
    return (amended[0], "") if len(amended) == 1 else None


def _by_title(key: str, amended: Sequence[Document]) -> tuple[Document, str] | None:
    for document in amended:
        for part in document.declared_parts:
            if title_key(part.title) == key:
                return document, part.id
        title = title_key(document.title)
        if key == title or f"《{key}》" in title:
            return document, ""
    if len(key) < _SHORT_TITLE:
        short = [document for document in amended if _without_issue(document.title).endswith(key)]
        return (short[0], "") if len(short) == 1 else None
    return None


def _without_issue(title: str) -> str:
    """Return the title of the issued text: of 关于印发《办法》的通知 that in the brackets."""
    return title_key(title).removesuffix("的通知").rstrip("》")
