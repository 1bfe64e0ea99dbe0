"""The files of the full-text index, in the form that Pagefind 1.5 reads in the browser.

Pagefind's own program makes the same index of pages with pairs for words, in five times the time and with gigabytes of
memory; a test compares what both find. The form: https://github.com/Pagefind/pagefind, ``pagefind_web/src/index.rs``
and ``metadata.rs``.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from generator.publish.search.cbor import ARRAY, number, text
from generator.publish.search.merge import MergedPostings
from generator.publish.search.segments import LANGUAGE, IndexedDocument
from generator.support.cache import digest

SIGNATURE = b"pagefind_dcd"


class Chunk(NamedTuple):
    """One file of postings: the first and last token in it, its name, and its bytes."""

    first: str
    last: str
    name: str
    data: bytes


def meta_file(version: str, documents: Iterable[IndexedDocument], chunks: Iterable[Chunk]) -> bytes:
    """Return the file that names the documents and the files of postings."""
    pages = [b"\x82" + text(document.fragment) + number(document.tokens) for document in documents]
    parts = [b"\x83" + text(chunk.first) + text(chunk.last) + text(chunk.name) for chunk in chunks]
    body = [number(len(pages), ARRAY), *pages, number(len(parts), ARRAY), *parts]
    return SIGNATURE + b"\x86" + text(version) + b"".join(body) + b"\x80\x80\x80"


def entry_file(version: str, meta: str, documents: int) -> bytes:
    """Return the file with which Pagefind begins."""
    language = {"hash": meta, "wasm": None, "page_count": documents}
    return json.dumps({"version": version, "languages": {LANGUAGE: language}, "include_characters": []}).encode()


def fragment_file(address: str, content: str, tokens: int) -> bytes:
    """Return the file of a document: its text, for excerpts."""
    data = {"url": address, "content": content, "word_count": tokens, "filters": {}, "meta": {}, "anchors": []}
    return SIGNATURE + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def chunk(postings: MergedPostings, start: int, end: int) -> Chunk:
    """Return the file of postings of some tokens."""
    data = b"".join([SIGNATURE, b"\x81", number(end - start, ARRAY), postings.postings(start, end)])
    return Chunk(postings.tokens[start], postings.tokens[end - 1], f"{LANGUAGE}_{digest(data)[:12]}", data)
