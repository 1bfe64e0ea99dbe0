"""The dates that documents have in the last commit, where the work tree may have changed them."""

import datetime as dt
from collections.abc import Iterable, Mapping

from generator.domain.model import Archive
from generator.graph.former_addresses import same_document
from generator.source.history.uncommitted import CommittedDocument


def committed_days(archive: Archive, uncommitted: Iterable[CommittedDocument]) -> Mapping[str, Mapping[str, dt.date]]:
    """Return the committed dates of the public documents that differ from the last commit, by present source file."""
    return {
        document.path: committed.days
        for committed in uncommitted
        if committed.days and (document := same_document(archive, committed))
    }
