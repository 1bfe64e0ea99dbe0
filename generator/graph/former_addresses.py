"""Find the addresses that were public once and are not any more, from the git history and the work tree (LIFE-03)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from generator.domain.doc_numbers import doc_number_key
from generator.domain.filenames import same_name_key
from generator.domain.model import Archive, Document, FormerAddress, History, VanishedAddress
from generator.domain.titles import title_key
from generator.domain.vocabulary import Disclosure
from generator.graph.addresses import column_of
from generator.graph.aliases import alias_file
from generator.source.history.uncommitted import CommittedDocument

_NO_NUMBER = frozenset({"", "none"})


def vanished_addresses(
    archive: Archive,
    history: History,
    uncommitted: Sequence[CommittedDocument] = (),
    drafts: AbstractSet[str] = frozenset(),
) -> tuple[VanishedAddress, ...]:
    """Return the former public addresses that the archive no longer has, sorted by address.

    An address that leads to a document, or says that its document was withdrawn, is there. ``uncommitted`` are the
    documents that differ between the last commit and the work tree, as they are in the commit; ``drafts`` the source
    files that are drafts now.
    """
    vanished: dict[str, VanishedAddress] = {}
    for file_history in (*history.files.values(), *history.gone):
        document = archive.by_path.get(file_history.path)
        for former in reversed(file_history.places):
            one = _vanished(archive, document, former, file_history.path)
            if one and one.until.date() <= archive.day:
                vanished[one.address] = max(one, vanished.get(one.address, one), key=lambda item: item.until)
    for committed in uncommitted:
        document = same_document(archive, committed)
        path = document.path if document else committed.path
        if one := _vanished(archive, document, committed.former, path):
            vanished[one.address] = replace(one, committed=False)
    present = _present(archive) if vanished else set()
    missing = [vanished[address] for address in sorted(vanished) if same_name_key(address) not in present]
    return tuple(replace(one, is_draft=one.path in drafts) for one in missing)


def _vanished(archive: Archive, document: Document | None, former: FormerAddress, path: str) -> VanishedAddress | None:
    """Return a former address and what moved its document away, ``None`` for a file that never had an address."""
    if former.page.kind is None:
        return None
    columns = {column.id: column for column in archive.columns}
    column, _ = column_of(former.page, former.page.kind, columns)
    address = f"{columns[column].folder}/{former.page.id}/"
    field, old_value = _change(document, former, column)
    return VanishedAddress(address, path, former.title, former.until, field, old_value)


def _present(archive: Archive) -> set[str]:
    """Return the keys of the addresses of documents, of former addresses that lead to one, and of withdrawn ones."""
    documents = [item for item in archive.documents if item.disclosure is Disclosure.PROACTIVE]
    present = {same_name_key(item.address) for item in (*documents, *archive.withdrawn)}
    for document in (*documents, *archive.withdrawn):
        files = (alias_file(alias.path) for alias in archive.aliases.get(document.path, ()) if not alias.query)
        present |= {same_name_key(file.removesuffix("index.html")) for file in files}
    return present


def same_document(archive: Archive, committed: CommittedDocument) -> Document | None:
    """Return the document that a committed one has become: by file, by 索引号 or 文号, by title with kind or id."""
    if document := archive.by_path.get(committed.path):
        return document
    kind, title = committed.former.page.kind, title_key(committed.former.title)
    for document in archive.documents:
        number = doc_number_key(document.doc_number) if document.doc_number else ""
        if committed.index_no and document.text("index_no") == committed.index_no:
            return document
        if number not in _NO_NUMBER and number == committed.doc_number:
            return document
    titled = [one for one in archive.documents if title and title_key(one.title) == title]
    same_kind = [one for one in titled if one.kind is kind]
    same_id = [one for one in titled if one.id == committed.former.page.id]  # in the folder of another kind
    return next((found[0] for found in (same_kind, same_id) if len(found) == 1), None)


def _change(document: Document | None, former: FormerAddress, column: str) -> tuple[str, str]:
    """Return the field whose change moved a document away from its address, and the field's old value."""
    if document is None:
        return "", ""
    if document.id != former.page.id:
        return "id", former.page.id
    if document.column != column:
        return "column", column
    return "disclosure", Disclosure.PROACTIVE.value
