"""Commits → the line of each document: through renames, away, and back."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.model import Author, FileHistory, Former, History
from generator.numbers import doc_number_key, normalise_index_no
from generator.source.commits import Blobs, Commit
from generator.source.frontmatter import decode, read_front_matter
from generator.vocabulary import Disclosure

_TEXTS = (".md", ".markdown")
_INDEX_NO = re.compile(rb"^(?:index_no|\xe7\xb4\xa2\xe5\xbc\x95\xe5\x8f\xb7)[ \t]*:([^\r\n]*)", re.MULTILINE)


@dataclass(slots=True)
class _Line:
    """A document on its way through the commits; ``versions`` holds what was replaced, and when."""

    path: str
    first: dt.datetime
    last: dt.datetime
    author: Author
    blob: str
    versions: list[tuple[str, dt.datetime]] = field(default_factory=list)


def follow(commits: Iterable[Commit], blobs: Blobs) -> History:
    """Return the history of all documents; the commits come oldest first."""
    present: dict[str, _Line] = {}
    gone: dict[str, _Line] = {}
    for commit in commits:
        moved = {
            change.old_path: present.pop(change.old_path, None) for change in commit.changes if change.status == "R"
        }
        for change in commit.changes:
            if change.status == "D":
                line = present.pop(change.path, None)
                if line:
                    line.versions.append((change.old_blob, commit.at))
                    line.blob = ""
                    gone[change.path] = line
                continue
            line = moved.get(change.old_path) if change.status == "R" else present.get(change.path)
            if line is None:  # a document comes, or one that was away comes back
                line = gone.pop(change.path, None)
            if line is None:
                line = _Line(change.path, commit.at, commit.at, commit.author, change.new_blob)
            elif change.old_blob != change.new_blob and set(change.old_blob) != {"0"}:
                line.versions.append((change.old_blob, commit.at))
            line.path, line.blob, line.last = change.path, change.new_blob, commit.at
            present[change.path] = line
    return History(
        {path: _finish(line, blobs) for path, line in present.items() if path.lower().endswith(_TEXTS)},
        tuple(_finish(line, blobs) for path, line in gone.items() if path.lower().endswith(_TEXTS)),
    )


def _finish(line: _Line, blobs: Blobs) -> FileHistory:
    formers = []
    if line.versions:
        texts = [blobs.read(blob) for blob, _ in line.versions]
        following = [*texts[1:], blobs.read(line.blob) if line.blob else b""]
        for text, after, (_, until) in zip(texts, following, line.versions, strict=True):
            told = _told(text)
            if told and told != _told(after) and (former := _former(text, until)):
                formers.append(former)
    return FileHistory(line.path, line.first, line.last, line.author, tuple(formers))


def _told(text: bytes) -> bytes:
    """Return the 索引号 as it was typed: enough to see whether two versions may differ in it."""
    found = _INDEX_NO.search(text)
    return found[1].strip() if found else b""


def _former(data: bytes, until: dt.datetime) -> Former | None:
    """Read an earlier version; ``None`` where it cannot be read, so nobody can say what it was."""
    text = decode(data)
    if not isinstance(text, str):
        return None
    fields = read_front_matter(text).fields
    index_no, title, number = (
        str(fields[key].value) if key in fields else "" for key in ("index_no", "title", "doc_number")
    )
    due = fields["date_published"].value if "date_published" in fields else None
    if isinstance(due, dt.date) and not isinstance(due, dt.datetime):
        due = dt.datetime.combine(due, dt.time())
    disclosure = fields["disclosure"].value if "disclosure" in fields else None
    public = disclosure is Disclosure.PROACTIVE and isinstance(due, dt.datetime) and due <= until
    if not index_no:
        return None
    return Former(normalise_index_no(index_no), doc_number_key(number), title, until, public)
