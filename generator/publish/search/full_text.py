"""The full text of all documents as one index, which Pagefind reads in the browser.

Pagefind's own segmentation misses most Chinese words; pairs of characters searched as a phrase find exactly the
matching texts. The index is merged from segments of neighbouring documents, which stay in the cache: a document that
is changed or published costs its segment and the merge, whichever it is.
"""

import contextlib
import gzip
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.domain.model import Document, Site
from generator.publish.output.site_tree import WrittenFile
from generator.publish.output.staging import Staging
from generator.publish.search.program import program_files, program_version
from generator.support.cache import Cache, code_digest, digest
from generator.support.seal import NotReadableError, seal, unseal

if TYPE_CHECKING:
    from generator.publish.search.index_files import Chunk
    from generator.publish.search.merge import MergedPostings
    from generator.publish.search.segments import IndexedDocument, Segment

FOLDER = "search/pagefind"
_SEGMENT, _MOST = 128, 512  # documents in a segment: on average, and at most
_LEVEL = 4  # of the compression: half the time of 6, and 1.5 % more bytes


class SearchEntry(NamedTuple):
    """One document in the index; ``body`` is the cache key of its text."""

    id: str
    body: str
    title: str
    doc_number: str
    index_no: str


class WrittenIndex(NamedTuple):
    """The index of a site: its name, a digest of it, the names of the fragments by document, and the written files."""

    name: str
    fragments: dict[str, str]
    files: list[WrittenFile]


NO_INDEX = WrittenIndex("", {}, [])


class PreparedIndex(NamedTuple):
    """An index of which nothing is written yet: its entries, their documents, and the merged postings."""

    entries: tuple[SearchEntry, ...]
    documents: tuple["IndexedDocument", ...]
    postings: "MergedPostings"


def entries_of(site: Site) -> tuple[SearchEntry, ...]:
    """Return the entries of the public documents, the oldest first, so that a new document is the last."""
    ordered = sorted(site.documents, key=lambda document: (str(document.value("date_published") or ""), document.id))
    return tuple(map(_entry, ordered))


def _entry(document: Document) -> SearchEntry:
    index_no = document.text("index_no")
    return SearchEntry(document.id, document.page.body, document.title, document.doc_number, index_no)


def segments_of(entries: Sequence[SearchEntry]) -> list[Sequence[SearchEntry]]:
    """Cut entries into segments at documents whose ids say so.

    A document that is added or removed anywhere changes its own segment, and leaves the others as they are.
    """
    starts = [0]
    for place, entry in enumerate(entries):
        size = place - starts[-1]
        if size and (size >= _MOST or int(digest(entry.id)[:8], 16) % _SEGMENT == 0):
            starts.append(place)
    return [entries[start:end] for start, end in pairwise([*starts, len(entries)])] if entries else []


def prepare_index(cache: Cache, entries: tuple[SearchEntry, ...], advance: Callable[[], None]) -> PreparedIndex:
    """Build the segments of these entries, or take them from the cache, and merge them.

    ``advance`` is called once for each document. Raises ``CacheLostError`` where the cache has lost a text.
    """
    from generator.publish.search.merge import MergedPostings

    segments = []
    for group in segments_of(entries):
        segments.append(_segment(group, cache))
        for _ in group:
            advance()
    documents = tuple(document for segment in segments for document in segment.documents)
    return PreparedIndex(entries, documents, MergedPostings(segments))


def write_index(staging: Staging, cache: Cache, prepared: PreparedIndex) -> WrittenIndex:
    """Write an index, or reuse its files from the previous output.

    Raises ``GongkaiError`` when Pagefind cannot run, ``OutputError`` where a file cannot be written, and
    ``CacheLostError`` where the cache has lost a text.
    """
    from generator.publish.search.index_files import entry_file, meta_file

    version = program_version()
    entries, documents = prepared.entries, prepared.documents
    chunks: list[Chunk] = []
    files = list(_written_chunks(staging, prepared.postings, chunks))
    for entry, document in zip(entries, documents, strict=True):
        files.append(_write_fragment(staging, cache, entry, document))
    meta = meta_file(version, documents, chunks)
    name = f"und_{digest(meta)[:12]}"
    files.append(staging.put(f"{FOLDER}/pagefind.{name}.pf_meta", _compressed(meta)))
    files.append(staging.put(f"{FOLDER}/pagefind-entry.json", entry_file(version, name, len(entries))))
    files += [staging.put(f"{FOLDER}/{path}", data) for path, data in program_files(cache).items()]
    drop_unused_segments(cache, segments_of(entries))
    fragments = {entry.id: document.fragment for entry, document in zip(entries, documents, strict=True)}
    return WrittenIndex(name, fragments, files)


def _written_chunks(staging: Staging, postings: "MergedPostings", named: list["Chunk"]) -> Iterator[WrittenFile]:
    """Write files of postings, several at a time; add each to ``named`` without its bytes."""
    from generator.publish.search.index_files import chunk

    def write(tokens: tuple[int, int]) -> tuple["Chunk", WrittenFile]:
        made = chunk(postings, *tokens)
        path = f"{FOLDER}/index/{made.name}.pf_index"
        file = staging.reuse(path, made.name) or staging.write(path, made.name, _compressed(made.data))
        return made._replace(data=b""), file

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for made, file in pool.map(write, postings.files):
            named.append(made)
            yield file


def _write_fragment(staging: Staging, cache: Cache, entry: SearchEntry, document: "IndexedDocument") -> WrittenFile:
    from generator.publish.search.index_files import fragment_file

    path = f"{FOLDER}/fragment/{document.fragment}.pf_fragment"
    if old := staging.reuse(path, document.fragment):
        return old
    data = fragment_file(f"/{entry.id}/", f"{entry.title}\n{_text(cache, entry)}", document.tokens)
    return staging.write(path, document.fragment, _compressed(data))


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, _LEVEL, mtime=0)


def _text(cache: Cache, entry: SearchEntry) -> str:
    """Return the searched text of a document: a line with its numbers, then its own lines."""
    numbers = " ".join(part for part in (entry.doc_number, entry.index_no) if part)
    return f"{numbers}\n{cache.text(entry.body).words}"


def _segment(entries: Sequence[SearchEntry], cache: Cache) -> "Segment":
    """Build a segment, or take it from the cache when its texts are the same."""
    from generator.publish.search.segments import Segment, Source, build_segment

    name = _segment_name(entries)
    path = cache.path.parent / "search" / name
    try:
        return Segment.from_bytes(unseal(f"search:{name}", path.read_bytes()))
    except (OSError, NotReadableError):
        segment = build_segment(Source(entry.id, entry.title, _text(cache, entry)) for entry in entries)
    with contextlib.suppress(OSError):  # without it the next build takes longer
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f"{name}.{os.getpid()}")
        scratch.write_bytes(seal(f"search:{name}", segment.to_bytes()))
        scratch.replace(path)
    return segment


def missing_segments(cache: Cache, entries: Sequence[SearchEntry]) -> int:
    """Return how many segments of these entries are not in the cache."""
    folder = cache.path.parent / "search"
    return sum(not (folder / _segment_name(group)).is_file() for group in segments_of(entries))


def _segment_name(entries: Sequence[SearchEntry]) -> str:
    return digest(code_digest(), *(part for entry in entries for part in entry))[:16]


def drop_unused_segments(cache: Cache, groups: Sequence[Sequence[SearchEntry]]) -> None:
    """Remove the oldest unused segments from the cache, once there are more unused than used ones.

    Folders are indexes of version 0.1, and are removed at once.
    """
    used = {_segment_name(group) for group in groups}
    with contextlib.suppress(OSError):
        paths = [path for path in (cache.path.parent / "search").iterdir() if path.name not in used]
        for folder in filter(Path.is_dir, paths):
            shutil.rmtree(folder, ignore_errors=True)
        stale = [(path.stat().st_mtime, path) for path in paths if path.is_file()]
        for _, path in sorted(stale, reverse=True)[len(used) + 1 :]:
            path.unlink(missing_ok=True)
