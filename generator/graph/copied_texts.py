"""What interpretations take from their documents word for word. Texts are read for it, so only check and audit ask."""

from dataclasses import replace
from pathlib import Path

from generator.domain.model import Archive
from generator.domain.vocabulary import RelationKind
from generator.source.facts.copied_runs import copied_shares


def add_copied_shares(archive: Archive, cache_path: Path) -> Archive:
    """Return the archive with the share of every interpretation that stands in what it interprets (LINK-13)."""
    pairs = [
        (document.page, archive.by_id[relation.target].page)
        for document in archive.documents
        if document.relations
        for relation in document.related(RelationKind.INTERPRETS)
    ]
    shares = copied_shares(cache_path, ((one.body, other.body) for one, other in pairs))
    return replace(archive, copied={(one.path, other.path): shares[one.body, other.body] for one, other in pairs})
