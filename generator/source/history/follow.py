"""Follow each document through the commits: renames, deletions, and files that come back."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.domain.doc_numbers import doc_number_key, normalise_index_no
from generator.domain.model import (
    Author,
    DatedVersion,
    FileHistory,
    FormerAddress,
    FormerIdentity,
    History,
    Page,
    Revision,
)
from generator.domain.vocabulary import FIELDS, Kind
from generator.source.history.commits import Blobs, Commit
from generator.source.history.dated_versions import dated_versions
from generator.source.history.version_fields import EarlierVersion, read_version

_TEXTS = (".md", ".markdown")
_ADDRESS_FIELDS = [
    FIELDS[key] for key in ("id", "kind", "column", "statutory_item", "disclosure", "date_published", "draft")
]
_NAMES = "|".join(word for spec in _ADDRESS_FIELDS for word in (spec.key, spec.label, *spec.aliases))
_ADDRESS_LINE = re.compile(rf"^(?:{_NAMES})[ \t]*:[^\r\n]*".encode(), re.MULTILINE)
_INDEX_NO = re.compile(rb"^(?:index_no|\xe7\xb4\xa2\xe5\xbc\x95\xe5\x8f\xb7)[ \t]*:([^\r\n]*)", re.MULTILINE)


@dataclass(slots=True)
class _Track:
    """The state of a document after the commits so far; ``versions`` holds its earlier states."""

    path: str
    first: dt.datetime
    last: dt.datetime
    author: Author
    blob: str
    subject: str
    first_commit: str
    commit: str
    versions: list[Revision] = field(default_factory=list)

    @property
    def now(self) -> Revision:
        """The state after the last commit."""
        return Revision(self.blob, self.path, self.last, self.subject, commit=self.commit)


def follow(commits: Iterable[Commit], blobs: Blobs) -> History:
    """Return the history of all documents from their commits, oldest first."""
    present: dict[str, _Track] = {}
    gone: dict[str, _Track] = {}
    for commit in commits:
        moved = {
            change.old_path: present.pop(change.old_path, None) for change in commit.changes if change.status == "R"
        }
        for change in commit.changes:
            if change.status == "D" or set(change.new_blob) == {"0"}:
                track = present.pop(change.path, None)
                if track:
                    track.versions.append(track.now._replace(until=commit.at, removed=True))
                    track.blob = ""
                    gone[change.path] = track
                continue
            track = moved.get(change.old_path) if change.status == "R" else present.get(change.path)
            if track is None:  # a new document, or a deleted one that comes back
                track = gone.pop(change.path, None)
            if track is None:
                track = _Track(
                    change.path,
                    commit.at,
                    commit.at,
                    commit.author,
                    change.new_blob,
                    commit.subject,
                    commit.id,
                    commit.id,
                )
            elif (change.old_blob, track.path) != (change.new_blob, change.path) and set(change.old_blob) != {"0"}:
                track.versions.append(track.now._replace(blob=change.old_blob, until=commit.at))
            track.path, track.blob, track.last, track.subject = change.path, change.new_blob, commit.at, commit.subject
            track.commit = commit.id
            present[change.path] = track
    return History(
        {path: _finish(track, blobs) for path, track in present.items() if path.lower().endswith(_TEXTS)},
        tuple(_finish(track, blobs) for path, track in gone.items() if path.lower().endswith(_TEXTS)),
    )


def _finish(track: _Track, blobs: Blobs) -> FileHistory:
    identities, addresses = [], []
    dated: tuple[DatedVersion, ...] = ()
    if track.versions:
        texts = [blobs.read(revision.blob) for revision in track.versions]
        present = blobs.read(track.blob) if track.blob else b""
        following = [*texts[1:], present]
        dated = dated_versions([*track.versions, track.now], [*texts, present])
        paths = [*(revision.path for revision in track.versions[1:]), track.path]
        for text, after, revision, next_path in zip(texts, following, track.versions, paths, strict=True):
            path, until = revision.path, revision.until or track.last
            index_no = _typed_index_no(text)
            renumbered = bool(index_no) and index_no != _typed_index_no(after)
            moved = not after or path != next_path or _ADDRESS_LINE.findall(text) != _ADDRESS_LINE.findall(after)
            version = read_version(path, text, until) if renumbered or moved else None
            if version is None:
                continue
            if renumbered and (identity := _former_identity(version, until)):
                identities.append(identity)
            if moved and version.public and (address := former_address(version, path, until)):
                addresses.append(address)
    revisions = (*track.versions, track.now) if track.versions and track.blob else ()
    return FileHistory(
        track.path,
        track.first,
        track.last,
        track.author,
        tuple(identities),
        tuple(addresses),
        revisions,
        track.first_commit,
        track.commit,
        dated,
    )


def _typed_index_no(text: bytes) -> bytes:
    """Return the 索引号 as typed, which is enough to see whether two versions may differ in it."""
    match = _INDEX_NO.search(text)
    return match[1].strip() if match else b""


def _former_identity(version: EarlierVersion, until: dt.datetime) -> FormerIdentity | None:
    if not (index_no := version.text("index_no")):
        return None
    number = doc_number_key(version.text("doc_number"))
    return FormerIdentity(normalise_index_no(index_no), number, version.text("title"), until, version.public)


def former_address(version: EarlierVersion, path: str, until: dt.datetime) -> FormerAddress | None:
    """Return the fields that made up the address of a version; ``None`` for a file without an address."""
    parts = path.split("/")
    declared = version.fields["kind"].value if "kind" in version.fields else None
    kind = declared if isinstance(declared, Kind) else Kind.of_path(path)
    if kind is None:
        return None
    fields = {key: version.fields[key] for key in ("column", "statutory_item", "id") if key in version.fields}
    page_id = version.text("id") or parts[-1].rpartition(".")[0]
    return FormerAddress(Page(path, "", kind, page_id, fields), version.text("title"), until)
