"""The documents that were taken off the site (撤下), for the auditors: when, why, and what is no longer acted on."""

from typing import NamedTuple

from generator.domain.model import Archive
from generator.domain.vocabulary import label_of


class WithdrawalRow(NamedTuple):
    """One withdrawn document; ``undone`` are the sources of the documents on which it acted, with the relation."""

    id: str
    path: str
    url: str
    title: str
    on: str
    reason: str
    undone: tuple[str, ...]


def withdrawals(archive: Archive) -> tuple[WithdrawalRow, ...]:
    """Return every withdrawn document, the latest first."""
    undone: dict[str, list[str]] = {}
    for path, acts in archive.undone.items():
        for kind, withdrawn_id in acts:
            undone.setdefault(withdrawn_id, []).append(f"{label_of(kind.value)} {path}")
    rows = [
        WithdrawalRow(
            document.id,
            document.path,
            document.address,
            document.title,
            document.withdrawal.on.isoformat(),
            document.withdrawal.reason,
            tuple(sorted(undone.get(document.id, ()))),
        )
        for document in archive.withdrawn
        if document.withdrawal and not document.is_secret  # the report must not repeat its words
    ]
    return tuple(sorted(sorted(rows, key=lambda row: row.path), key=lambda row: row.on, reverse=True))
