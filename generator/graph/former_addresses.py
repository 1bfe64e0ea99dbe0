"""What git knows of the addresses of an archive: those that were public and are not any more (LIFE-03)."""

from collections.abc import Iterator

from generator.domain.model import Archive, Document, FileHistory, FormerAddress, History, VanishedAddress
from generator.domain.vocabulary import Disclosure
from generator.graph.addresses import column_of


def vanished_addresses(archive: Archive, history: History) -> tuple[VanishedAddress, ...]:
    """Return the public addresses that the history knows and the archive has no more, by address."""
    columns = {column.id: column for column in archive.columns}
    present = {item.address for item in archive.documents if item.disclosure is Disclosure.PROACTIVE}

    def addresses(known: FileHistory) -> Iterator[tuple[FormerAddress, str, str]]:
        for place in reversed(known.places):
            if place.page.kind is not None and place.until.date() <= archive.day:
                column, _ = column_of(place.page, place.page.kind, columns)
                yield place, column, f"{columns[column].folder}/{place.page.id}/"

    vanished: dict[str, VanishedAddress] = {}
    for known in (*history.files.values(), *history.gone):
        document = archive.by_path.get(known.path)
        for place, column, address in addresses(known):
            if address not in present and (address not in vanished or place.until > vanished[address].until):
                field, was = _change(document, place, column)
                vanished[address] = VanishedAddress(address, known.path, place.title, place.until, field, was)
    return tuple(vanished[address] for address in sorted(vanished))


def _change(document: Document | None, place: FormerAddress, column: str) -> tuple[str, str]:
    """Return the field that took a document away from its address, and what it said before."""
    if document is None:
        return "", ""
    if document.id != place.page.id:
        return "id", place.page.id
    if document.column != column:
        return "column", column
    return "disclosure", Disclosure.PROACTIVE.value
