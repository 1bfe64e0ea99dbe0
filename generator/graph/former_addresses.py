"""Find the addresses that were public once and are not any more, from the git history (LIFE-03)."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from generator.domain.model import Archive, Document, FileHistory, FormerAddress, History, VanishedAddress
from generator.domain.vocabulary import Disclosure
from generator.graph.addresses import column_of


def vanished_addresses(
    archive: Archive, history: History, drafts: AbstractSet[str] = frozenset()
) -> tuple[VanishedAddress, ...]:
    """Return the former public addresses that the archive no longer has, sorted by address.

    ``drafts`` are the source files that are drafts now.
    """
    columns = {column.id: column for column in archive.columns}
    present = {item.address for item in archive.documents if item.disclosure is Disclosure.PROACTIVE}

    def addresses(file_history: FileHistory) -> Iterator[tuple[FormerAddress, str, str]]:
        for former in reversed(file_history.places):
            if former.page.kind is not None and former.until.date() <= archive.day:
                column, _ = column_of(former.page, former.page.kind, columns)
                yield former, column, f"{columns[column].folder}/{former.page.id}/"

    vanished: dict[str, VanishedAddress] = {}
    for file_history in (*history.files.values(), *history.gone):
        path = file_history.path
        document = archive.by_path.get(path)
        for former, column, address in addresses(file_history):
            if address not in present and (address not in vanished or former.until > vanished[address].until):
                field, old_value = _change(document, former, column)
                vanished[address] = VanishedAddress(
                    address, path, former.title, former.until, field, old_value, is_draft=path in drafts
                )
    return tuple(vanished[address] for address in sorted(vanished))


def _change(document: Document | None, former: FormerAddress, column: str) -> tuple[str, str]:
    """Return the field whose change moved a document away from its address, and the field's old value."""
    if document is None:
        return "", ""
    if document.id != former.page.id:
        return "id", former.page.id
    if document.column != column:
        return "column", column
    return "disclosure", Disclosure.PROACTIVE.value
