"""The dates that documents have in the last commit, where the work tree may have changed them."""

from collections.abc import Iterable, Mapping

from generator.domain.model import Archive, CommittedDays
from generator.graph.former_addresses import same_document
from generator.source.history.uncommitted import CommittedDocument


def committed_days(archive: Archive, uncommitted: Iterable[CommittedDocument]) -> Mapping[str, CommittedDays]:
    """Return the committed dates of the public documents that differ from the last commit, by present source file."""
    return {
        document.path: CommittedDays(committed.path, committed.days)
        for committed in uncommitted
        if committed.days and (document := same_document(archive, committed))
    }
