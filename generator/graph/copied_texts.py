"""Compute how much interpretations copy from their documents. It reads the texts, so only check and audit use it."""

from collections.abc import Mapping
from pathlib import Path

from generator.domain.model import Archive
from generator.domain.vocabulary import RelationKind
from generator.graph.foreign import is_foreign
from generator.source.facts.copied_runs import copied_shares


def shares_copied(archive: Archive, cache_path: Path) -> Mapping[tuple[str, str], int]:
    """Return how much of each interpretation is copied, in percent, by the paths of both documents (LINK-13)."""
    pairs = [
        (document.page, policy.page)
        for document in archive.documents
        if document.relations
        for relation in document.related(RelationKind.INTERPRETS)
        if not is_foreign(policy := archive.by_id[relation.target])
    ]
    shares = copied_shares(cache_path, ((interpretation.body, document.body) for interpretation, document in pairs))
    return {
        (interpretation.path, document.path): shares[interpretation.body, document.body]
        for interpretation, document in pairs
    }
