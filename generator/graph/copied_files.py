"""Find files that both a hidden and a public document use: the same file, or the same bytes under another name."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from generator.domain.model import Archive, Document, LinkOutcome, MediaFile
from generator.domain.vocabulary import Disclosure

# Small pictures in texts may be logos and QR codes that many documents use; a scan is larger.
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".ico")
_SMALL_PICTURE = 50_000


class _Use(NamedTuple):
    """One use of a file: the source of the document, whether it is public, and whether as an attachment."""

    path: str
    owner: str
    is_open: bool
    attached: bool


def find_twins(archive: Archive, project: Path) -> Mapping[str, str]:
    """Return, for every file of a public document, the source of a hidden document with the same content.

    A file that both only link in their texts does not count, unless one of them was withdrawn. Only files of equal
    size are read, and none where nothing is hidden.
    """
    withdrawn = {document.path for document in archive.withdrawn}
    uses = [use for document in archive.with_withdrawn for use in _uses(archive, document, withdrawn)]
    hidden: dict[str, _Use] = {}
    for use in sorted(uses, key=lambda use: (use.owner in withdrawn, not use.attached)):
        if not use.is_open:
            hidden.setdefault(use.path, use)
    if not hidden:
        return {}
    sizes: dict[int, list[str]] = defaultdict(list)
    for path in hidden:
        sizes[archive.files[path].size].append(path)
    digests: dict[str, str] = {}
    twins: dict[str, str] = {}
    for path, attached in sorted({(use.path, use.attached) for use in uses if use.is_open}):
        if path in hidden:
            if attached or hidden[path].attached or hidden[path].owner in withdrawn:
                twins[path] = hidden[path].owner
            continue
        for other in sizes.get(archive.files[path].size, ()):
            if _digest(project, path, digests) == _digest(project, other, digests):
                twins[path] = hidden[other].owner
                break
    return twins


def _uses(archive: Archive, document: Document, withdrawn: AbstractSet[str]) -> Iterator[_Use]:
    """Yield every use of a file by a document, as attachment or link, without empty files."""
    is_withdrawn = document.path in withdrawn
    is_open = document.disclosure is Disclosure.PROACTIVE and not document.is_secret and not is_withdrawn
    for item, resolved in zip(document.attachments, archive.attachments.get(document.path, ()), strict=True):
        if resolved.file in archive.files and archive.files[resolved.file].size:
            yield _Use(resolved.file, document.path, is_open and item.disclosure is Disclosure.PROACTIVE, attached=True)
    closed = document.disclosure in {Disclosure.WITHHELD, Disclosure.ON_REQUEST} or document.is_secret or is_withdrawn
    if is_open or closed:
        for resolved in archive.links.get(document.path, ()):
            file = archive.files.get(resolved.file)
            if file and file.size and resolved.outcome in _RESOLVED and not (closed and _is_small_picture(file)):
                yield _Use(file.path, document.path, is_open, attached=False)


_RESOLVED = frozenset({LinkOutcome.FINE, LinkOutcome.NOT_PUBLIC, LinkOutcome.WITHDRAWN})


def _is_small_picture(file: MediaFile) -> bool:
    return file.path.lower().endswith(_PICTURES) and file.size < _SMALL_PICTURE


def _digest(project: Path, path: str, digests: dict[str, str]) -> str:
    """Return a digest of a file's content; its path where it cannot be read."""
    if path not in digests:
        try:
            with (project / path).open("rb") as stream:
                digests[path] = hashlib.file_digest(stream, "blake2b").hexdigest()
        except OSError:
            digests[path] = path
    return digests[path]
