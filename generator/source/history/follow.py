"""Commits → the line of each document: through renames, away, and back."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_key, normalise_index_no
from generator.domain.model import Author, Field, FileHistory, FormerAddress, FormerIdentity, History, Page, Revision
from generator.domain.vocabulary import FIELDS, Disclosure, Kind
from generator.source.front_matter.read import decode, read_front_matter
from generator.source.history.closing import is_closed
from generator.source.history.commits import Blobs, Commit

_TEXTS = (".md", ".markdown")
_PLACING = [FIELDS[key] for key in ("id", "kind", "column", "statutory_item", "disclosure", "date_published")]
_NAMES = "|".join(word for spec in _PLACING for word in (spec.key, spec.label, *spec.aliases))
_PLACED = re.compile(rf"^(?:{_NAMES})[ \t]*:[^\r\n]*".encode(), re.MULTILINE)
_INDEX_NO = re.compile(rb"^(?:index_no|\xe7\xb4\xa2\xe5\xbc\x95\xe5\x8f\xb7)[ \t]*:([^\r\n]*)", re.MULTILINE)


@dataclass(slots=True)
class _Line:
    """A document on its way through the commits; ``versions`` holds what was replaced."""

    path: str
    first: dt.datetime
    last: dt.datetime
    author: Author
    blob: str
    subject: str
    versions: list[Revision] = field(default_factory=list)

    @property
    def now(self) -> Revision:
        """Its state after its last commit."""
        return Revision(self.blob, self.path, self.last, self.subject)


def follow(commits: Iterable[Commit], blobs: Blobs) -> History:
    """Return the history of all documents; the commits come oldest first."""
    present: dict[str, _Line] = {}
    gone: dict[str, _Line] = {}
    for commit in commits:
        moved = {
            change.old_path: present.pop(change.old_path, None) for change in commit.changes if change.status == "R"
        }
        for change in commit.changes:
            if change.status == "D" or set(change.new_blob) == {"0"}:
                line = present.pop(change.path, None)
                if line:
                    line.versions.append(line.now._replace(until=commit.at, removed=True))
                    line.blob = ""
                    gone[change.path] = line
                continue
            line = moved.get(change.old_path) if change.status == "R" else present.get(change.path)
            if line is None:  # a document comes, or one that was away comes back
                line = gone.pop(change.path, None)
            if line is None:
                line = _Line(change.path, commit.at, commit.at, commit.author, change.new_blob, commit.subject)
            elif (change.old_blob, line.path) != (change.new_blob, change.path) and set(change.old_blob) != {"0"}:
                line.versions.append(line.now._replace(blob=change.old_blob, until=commit.at))
            line.path, line.blob, line.last, line.subject = change.path, change.new_blob, commit.at, commit.subject
            present[change.path] = line
    return History(
        {path: _finish(line, blobs) for path, line in present.items() if path.lower().endswith(_TEXTS)},
        tuple(_finish(line, blobs) for path, line in gone.items() if path.lower().endswith(_TEXTS)),
    )


def _finish(line: _Line, blobs: Blobs) -> FileHistory:
    formers, places = [], []
    if line.versions:
        texts = [blobs.read(revision.blob) for revision in line.versions]
        following = [*texts[1:], blobs.read(line.blob) if line.blob else b""]
        paths = [*(revision.path for revision in line.versions[1:]), line.path]
        for text, after, revision, next_path in zip(texts, following, line.versions, paths, strict=True):
            path, until = revision.path, revision.until or line.last
            index_no = _told(text)
            renumbered = bool(index_no) and index_no != _told(after)
            moved = not after or path != next_path or _PLACED.findall(text) != _PLACED.findall(after)
            version = _version(path, text, until) if renumbered or moved else None
            if version is None:
                continue
            if renumbered and (former := _former(version, until)):
                formers.append(former)
            if moved and version.public and (place := _place(version, path, until)):
                places.append(place)
    revisions = (*line.versions, line.now) if line.versions and line.blob else ()
    return FileHistory(line.path, line.first, line.last, line.author, tuple(formers), tuple(places), revisions)


def _told(text: bytes) -> bytes:
    """Return the 索引号 as it was typed: enough to see whether two versions may differ in it."""
    match = _INDEX_NO.search(text)
    return match[1].strip() if match else b""


class _Version(NamedTuple):
    """An earlier version that can be read, and whether it was public when it was replaced."""

    fields: Mapping[str, Field]
    public: bool

    def text(self, key: str) -> str:
        return str(self.fields[key].value) if key in self.fields else ""


def _version(path: str, data: bytes, until: dt.datetime) -> _Version | None:
    """Read an earlier version; ``None`` where it cannot be read, so nobody can say what it was."""
    text = decode(data)
    if not isinstance(text, str):
        return None
    front = read_front_matter(text)
    fields = front.fields
    due = fields["date_published"].value if "date_published" in fields else None
    if isinstance(due, dt.date) and not isinstance(due, dt.datetime):
        due = dt.datetime.combine(due, dt.time())
    disclosure = fields["disclosure"].value if "disclosure" in fields else None
    public = disclosure is Disclosure.PROACTIVE and isinstance(due, dt.datetime) and due <= until
    return _Version(fields, public and not is_closed(path, fields, front.problems))


def _former(version: _Version, until: dt.datetime) -> FormerIdentity | None:
    if not (index_no := version.text("index_no")):
        return None
    number = doc_number_key(version.text("doc_number"))
    return FormerIdentity(normalise_index_no(index_no), number, version.text("title"), until, version.public)


def _place(version: _Version, path: str, until: dt.datetime) -> FormerAddress | None:
    """Return what the address of a version was made of; ``None`` for a file that had none."""
    parts = path.split("/")
    declared = version.fields["kind"].value if "kind" in version.fields else None
    kind = declared if isinstance(declared, Kind) else Kind.of_path(path)
    if kind is None:
        return None
    fields = {key: version.fields[key] for key in ("column", "statutory_item", "id") if key in version.fields}
    page_id = version.text("id") or parts[-1].rpartition(".")[0]
    return FormerAddress(Page(path, "", kind, page_id, fields), version.text("title"), until)
