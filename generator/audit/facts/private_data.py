"""Where personal data could be seen: in the sources that pages show, in published files, and in their names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.domain.model import Archive, Document, LinkOutcome, Match, MediaFile
from generator.domain.privacy import matches_of
from generator.domain.vocabulary import INTERNAL_FIELDS, Disclosure

_MAY_BE_NUMBER = re.compile(r"(?:[0-9][^0-9A-Za-z]{0,3}){11}|@")
# Internal fields that show at an address: at that of a withdrawn document, or as one that leads to a document.
_OF_ADDRESS = frozenset({"withdrawn", "aliases"})
_HIDDEN = INTERNAL_FIELDS - _OF_ADDRESS


def shown_matches(archive: Archive) -> Iterator[tuple[Document, list[Match]]]:
    """Yield the matches in every source file that pages show; of a withdrawn document those at its address."""
    for document in archive.proactive:
        if document.page.matches:
            yield document, public_matches(document)
    for document in archive.withdrawn:
        yield document, [match for match in document.page.matches if match.where in _OF_ADDRESS]


def public_matches(document: Document) -> list[Match]:
    """Return the matches of a source file in what its page or its address shows."""
    return [match for match in document.page.matches if match.where not in _HIDDEN]


def published(archive: Archive) -> Iterator[tuple[Document, int, MediaFile]]:
    """Yield every file that a public document attaches or links, with the document and the line."""
    for document in archive.proactive:
        if document.path not in archive.attachments and document.path not in archive.links:
            continue
        paths: set[str] = set()
        attachments = zip(document.attachments, archive.attachments.get(document.path, ()), strict=True)
        public_attachments = [item for attachment, item in attachments if attachment.disclosure is Disclosure.PROACTIVE]
        for resolved in (*public_attachments, *archive.links.get(document.path, ())):
            if resolved.outcome is LinkOutcome.FINE and resolved.file and resolved.file not in paths:
                paths.add(resolved.file)
                yield document, resolved.line, archive.files[resolved.file]


@lru_cache(maxsize=65_536)  # each kind of match asks for the names of all files
def name_matches(path: str) -> tuple[Match, ...]:
    """Return the matches in the file and folder names of a path under ``content/``, which become addresses."""
    if path.isascii() and not _MAY_BE_NUMBER.search(path):
        return ()
    names = path.removeprefix("content/").split("/")
    stem, dot, suffix = names[-1].rpartition(".")
    return matches_of("\n\n".join([*names[:-1], stem if dot else suffix]))
