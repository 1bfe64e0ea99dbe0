"""What interpretations take from their documents word for word. Texts are read for it, so only check and audit ask."""

from collections.abc import Mapping
from pathlib import Path

from generator.domain.model import Archive
from generator.domain.vocabulary import RelationKind
from generator.source.facts.copied_runs import copied_shares


def shares_copied(archive: Archive, cache_path: Path) -> Mapping[tuple[str, str], int]:
    """Return how many percent of each interpretation are in what it interprets, by both files (LINK-13)."""
    pairs = [
        (document.page, archive.by_id[relation.target].page)
        for document in archive.documents
        if document.relations
        for relation in document.related(RelationKind.INTERPRETS)
    ]
    shares = copied_shares(cache_path, ((one.body, other.body) for one, other in pairs))
    return {(one.path, other.path): shares[one.body, other.body] for one, other in pairs}
