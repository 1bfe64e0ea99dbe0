"""The files of the full-text index, in the form that Pagefind 1.5 reads in the browser.

Pagefind's own program makes the same index of pages with pairs for words, in five times the time and with gigabytes of
memory; a test compares what both find. The form: https://github.com/Pagefind/pagefind, ``pagefind_web/src/index.rs``
and ``metadata.rs``.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from generator.publish.search.segments import LANGUAGE, Columns, IndexedDocument, Segment
from generator.publish.search.tokens import Array, token_text
from generator.support.cache import digest

SIGNATURE = b"pagefind_dcd"
_CHUNK = 64 * 1024  # bytes of postings in a file, before they are compressed
_FIRST_CHINESE_KEY = 0x250 << 21  # Latin words are before it
_ARRAY, _TEXT = 0x80, 0x60
_KNOWN_STEPS = 4096


class Chunk(NamedTuple):
    """One file of postings: the first and last token in it, its name, and its bytes."""

    first: str
    last: str
    name: str
    data: bytes


def number(value: int, major: int = 0) -> bytes:
    """Return an unsigned number in CBOR, of the given type."""
    if value < 24:
        return bytes((major + value,))
    for mark, length in ((24, 1), (25, 2), (26, 4)):
        if value < 1 << (8 * length):
            return bytes((major + mark,)) + value.to_bytes(length, "big")
    raise ValueError(value)


def text(value: str) -> bytes:
    """Return a text in CBOR."""
    data = value.encode("utf-8", "surrogatepass")
    return number(len(data), _TEXT) + data


def meta_file(version: str, documents: Iterable[IndexedDocument], chunks: Iterable[Chunk]) -> bytes:
    """Return the file that names the documents and the files of postings."""
    pages = [b"\x82" + text(document.fragment) + number(document.tokens) for document in documents]
    parts = [b"\x83" + text(chunk.first) + text(chunk.last) + text(chunk.name) for chunk in chunks]
    body = [number(len(pages), _ARRAY), *pages, number(len(parts), _ARRAY), *parts]
    return SIGNATURE + b"\x86" + text(version) + b"".join(body) + b"\x80\x80\x80"


def entry_file(version: str, meta: str, documents: int) -> bytes:
    """Return the file with which Pagefind begins."""
    language = {"hash": meta, "wasm": None, "page_count": documents}
    return json.dumps({"version": version, "languages": {LANGUAGE: language}, "include_characters": []}).encode()


def fragment_file(address: str, content: str, tokens: int) -> bytes:
    """Return the file of a document: its text, for excerpts."""
    data = {"url": address, "content": content, "word_count": tokens, "filters": {}, "meta": {}, "anchors": []}
    return SIGNATURE + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def chunks_of(segments: Sequence[Segment]) -> Iterator[Chunk]:
    """Merge segments into files of postings, in the order of their tokens. A file ends with the token that fills it."""
    words: list[bytes] = []
    size, first, last = 0, "", ""
    for token, postings in _merged(segments):
        first = first if words else token
        last = token
        words.append(postings)
        size += len(postings)
        if size >= _CHUNK:
            yield _chunk(first, last, words)
            words, size = [], 0
    if words:
        yield _chunk(first, last, words)


def _chunk(first: str, last: str, words: list[bytes]) -> Chunk:
    data = b"".join([SIGNATURE, b"\x81", number(len(words), _ARRAY), *words])
    return Chunk(first, last, f"{LANGUAGE}_{digest(data)[:12]}", data)


def _merged(segments: Sequence[Segment]) -> Iterator[tuple[str, bytes]]:
    """Yield each token with its postings in all segments, in the order of the tokens."""
    bases = [0, *accumulate(len(segment.documents) for segment in segments)]
    pairs = [len(segment.columns.keys) - len(segment.words) for segment in segments]
    keys = _concatenated(
        [segment.columns.keys[:count] for segment, count in zip(segments, pairs, strict=True)], np.uint64
    )
    owners = np.repeat(np.arange(len(segments), dtype=np.uint32), pairs)
    locals_ = _concatenated([np.arange(count, dtype=np.uint32) for count in pairs], np.uint32)
    order = np.argsort(keys, kind="stable")
    keys, owners, locals_ = keys[order], owners[order], locals_[order]
    chinese = int(np.searchsorted(keys, _FIRST_CHINESE_KEY))
    tables = [_Table(segment.columns, base) for segment, base in zip(segments, bases, strict=False)]
    yield from _runs(tables, keys[:chinese], owners[:chinese], locals_[:chinese])
    yield from _latin(tables, segments)
    yield from _runs(tables, keys[chinese:], owners[chinese:], locals_[chinese:])


class _Table:
    """The columns of a segment as lists, which Python reads faster; numbers count from the first document."""

    def __init__(self, columns: Columns, base: int) -> None:
        self.offsets: list[int] = columns.offsets.tolist()
        self.counts: list[int] = columns.counts.tolist()
        self.firsts: list[int] = (columns.firsts + np.uint32(base)).tolist()
        self.lasts: list[int] = (columns.lasts + np.uint32(base)).tolist()
        self.encoded = columns.encoded


def _runs(tables: Sequence[_Table], keys: Array, owners: Array, locals_: Array) -> Iterator[tuple[str, bytes]]:
    """Yield the tokens of sorted keys."""
    if not len(keys):
        return
    starts = np.flatnonzero(np.append([True], keys[1:] != keys[:-1]))
    names: list[int] = keys[starts].tolist()
    ends: list[int] = np.append(starts[1:], len(keys)).tolist()
    owner_list: list[int] = owners.tolist()
    local_list: list[int] = locals_.tolist()
    start = 0
    for name, end in zip(names, ends, strict=True):
        token = token_text(name)
        yield token, _word(token, tables, owner_list[start:end], local_list[start:end])
        start = end


def _latin(tables: Sequence[_Table], segments: Sequence[Segment]) -> Iterator[tuple[str, bytes]]:
    places: dict[str, tuple[list[int], list[int]]] = {}
    for owner, segment in enumerate(segments):
        offset = len(segment.columns.keys) - len(segment.words)
        for place, word in enumerate(segment.words):
            owners, locals_ = places.setdefault(word, ([], []))
            owners.append(owner)
            locals_.append(offset + place)
    for word in sorted(places):
        yield word, _word(word, tables, *places[word])


_STEPS = [b"\x82" + number(step) for step in range(_KNOWN_STEPS)]


def _word(token: str, tables: Sequence[_Table], owners: list[int], locals_: list[int]) -> bytes:
    """Return the postings of a token: documents as distances, the positions as the segments have them."""
    parts = [b""]
    documents = previous = 0
    for owner, local in zip(owners, locals_, strict=True):
        table = tables[owner]
        documents += table.counts[local]
        step = table.firsts[local] - previous
        previous = table.lasts[local]
        parts.append(_STEPS[step] if step < _KNOWN_STEPS else b"\x82" + number(step))
        parts.append(table.encoded[table.offsets[local] : table.offsets[local + 1]])
    parts[0] = b"\x83" + text(token) + number(documents, _ARRAY)
    parts.append(_ARRAY.to_bytes())
    return b"".join(parts)


def _concatenated(arrays: Sequence[Array], kind: type) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
