"""The public documents whose files differ between the last commit and the work tree, as they are in that commit."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_key, normalise_index_no
from generator.domain.model import FormerAddress
from generator.source.history.commits import Blobs, parse_change
from generator.source.history.dated_versions import KEPT_DATES
from generator.source.history.follow import former_address
from generator.source.history.repository import Repository
from generator.source.history.version_fields import read_version

_DIFF = ("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")
_TEXTS = (".md", ".markdown")


class CommittedDocument(NamedTuple):
    """A public document as it is in the last commit: its source file, its address, and what identifies it.

    ``days`` are its dates that must not change after publication, by field.
    """

    path: str
    former: FormerAddress
    index_no: str
    doc_number: str
    days: Mapping[str, dt.date] = MappingProxyType({})


def uncommitted_changes(project: Path, now: dt.datetime) -> tuple[CommittedDocument, ...]:
    """Return the documents that were changed, moved or deleted since the last commit and are public in it, by path.

    Raises ``HistoryGap`` where git cannot be asked.
    """
    repository = Repository.find(project)
    with repository.work_tree() as files:
        listed = files.ask(*_DIFF, "--ignore-submodules=all", "--relative", repository.head, "--", "content")
    tokens = iter(listed.split(b"\0"))
    changes = [parse_change(token.decode("ascii"), tokens) for token in tokens if token.startswith(b":")]
    documents: list[CommittedDocument] = []
    with Blobs(repository) as blobs:
        for change in changes:
            if not change.path.lower().endswith(_TEXTS) or set(change.old_blob) <= {"0"}:
                continue
            version = read_version(change.path, blobs.read(change.old_blob), now)
            former = former_address(version, change.path, now) if version and version.public else None
            if version and former:
                index_no, number = version.text("index_no"), doc_number_key(version.text("doc_number"))
                key = normalise_index_no(index_no) if index_no else ""
                days = {name: day for name in KEPT_DATES if (day := version.day(name))}
                documents.append(CommittedDocument(change.path, former, key, number, days))
    return tuple(documents)
