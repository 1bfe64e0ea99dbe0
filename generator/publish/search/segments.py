"""Segments of the full-text index: the postings of some documents, encoded as Pagefind's files have them.

A segment depends on its documents only. The index of a site is merged from its segments without decoding them, so
that a changed document costs its segment and the merge.
"""

import json
import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from generator.publish.search.cbor import put_numbers, sizes_of
from generator.publish.search.tokens import Array, Tokens, tokens_of
from generator.support.cache import digest

LANGUAGE = "und"  # Pagefind stems no word and cuts no text of an undetermined language
_TITLE_WEIGHT, _TEXT_WEIGHT = 7 * 24, 24  # Pagefind's weights of a heading of the first level and of text
_ARRAY, _PAIR = 0x80, 0x82  # CBOR: an array, an array of two
_WORD_KEYS = 1 << 62  # the keys of Latin words begin here, in the order of the words
_HEADER = struct.Struct("<3I")


class Source(NamedTuple):
    """What the index takes from a document: the title, which weighs more, and the lines of the text."""

    id: str
    title: str
    text: str


class IndexedDocument(NamedTuple):
    """One document in the index: the name of its fragment, which is a digest of it, and the number of its tokens."""

    fragment: str
    tokens: int


class Columns(NamedTuple):
    """The postings of a segment, by key in ascending order; Latin words are the last keys.

    ``encoded`` has the postings of a key from ``offsets``, without the number of the first document: that and the
    last one are in ``firsts`` and ``lasts``, counted from the beginning of the segment; ``counts`` are the documents.
    """

    keys: Array
    offsets: Array
    counts: Array
    firsts: Array
    lasts: Array
    encoded: bytes


class Segment(NamedTuple):
    """The postings of some documents, the Latin words among their tokens, and the documents in their order."""

    columns: Columns
    words: tuple[str, ...]
    documents: tuple[IndexedDocument, ...]

    def to_bytes(self) -> bytes:
        """Return the segment as bytes."""
        names = json.dumps([self.words, self.documents]).encode()
        *arrays, encoded = self.columns
        header = _HEADER.pack(len(self.columns.keys), len(names), len(encoded))
        return b"".join([header, *(array.tobytes() for array in arrays), names, encoded])

    @classmethod
    def from_bytes(cls, data: bytes) -> "Segment":
        """Return the segment that ``to_bytes`` made bytes of."""
        count, names, encoded = _HEADER.unpack_from(data)
        place = _HEADER.size
        arrays: list[Array] = []
        for kind, length in ((np.uint64, count), (np.uint32, count + 1), *[(np.uint32, count)] * 3):
            arrays.append(np.frombuffer(data, dtype=kind, count=length, offset=place))
            place += arrays[-1].nbytes
        words, documents = json.loads(data[place : place + names])
        place += names
        keys, offsets, counts, firsts, lasts = arrays
        columns = Columns(keys, offsets, counts, firsts, lasts, data[place : place + encoded])
        return cls(columns, tuple(words), tuple(IndexedDocument(*document) for document in documents))


def build_segment(sources: Iterable[Source]) -> Segment:
    """Return the segment of documents in their order."""
    tokens, titles, documents = [], [], []
    for source in sources:
        title = tokens_of(source.title)
        tokens.append(tokens_of(f"{source.title}\n{source.text}"))
        titles.append(title.total)
        documents.append(IndexedDocument(fragment_name(source), tokens[-1].total))
    words = tuple(sorted({word for one in tokens for word, _ in one.words}))
    keys, pages, positions = _postings(tokens, words)
    order = np.argsort(keys, kind="stable")
    columns = _encoded(keys[order], pages[order], positions[order], np.array(titles, dtype=np.uint32))
    return Segment(columns, words, tuple(documents))


def fragment_name(source: Source) -> str:
    """Return the name of the file of a document."""
    return f"{LANGUAGE}_{digest(*source)[:12]}"


def _postings(tokens: Sequence[Tokens], words: Sequence[str]) -> tuple[Array, Array, Array]:
    """Return keys, documents and positions of all tokens, document by document, pairs before Latin words."""
    number_of = {word: _WORD_KEYS + number for number, word in enumerate(words)}
    all_keys, all_pages, all_positions = [], [], []
    for page, one in enumerate(tokens):
        latin = np.array([number_of[word] for word, _ in one.words], dtype=np.uint64)
        places = np.array([position for _, position in one.words], dtype=np.uint32)
        all_keys += [one.keys, latin]
        all_positions += [one.positions, places]
        all_pages.append(np.full(len(one.keys) + len(latin), page, dtype=np.uint32))
    if not tokens:
        return np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint32)
    return np.concatenate(all_keys), np.concatenate(all_pages), np.concatenate(all_positions)


def _encoded(keys: Array, pages: Array, positions: Array, titles: Array) -> Columns:
    """Encode sorted postings: for each key, and each document that has it, its positions as distances."""
    total = len(keys)
    if not total:
        empty = np.zeros(0, np.uint32)
        return Columns(np.zeros(0, np.uint64), np.zeros(1, np.uint32), empty, empty, empty, b"")
    new_key = np.ones(total, dtype=bool)
    new_key[1:] = keys[1:] != keys[:-1]
    new_page = new_key.copy()
    new_page[1:] |= pages[1:] != pages[:-1]
    in_title = positions < titles[pages]
    # The positions of a title come first, behind their weight; the first of the text behind them has its weight, too.
    back_to_text = np.zeros(total, dtype=bool)
    back_to_text[1:] = ~in_title[1:] & in_title[:-1] & ~new_page[1:]
    title_begins = new_page & in_title
    absolute = new_page | back_to_text
    values = positions.copy()
    values[1:] -= np.where(absolute[1:], 0, positions[:-1])
    page_starts = np.flatnonzero(new_page)
    has_title = in_title[page_starts]
    returns = np.add.reduceat(back_to_text, page_starts) > 0
    lengths = np.diff(np.append(page_starts, total)).astype(np.uint32) + has_title + returns
    first_of_key = new_key[page_starts]
    page_numbers = pages[page_starts]
    steps = page_numbers.copy()
    steps[1:] -= np.where(first_of_key[1:], 0, page_numbers[:-1])
    before = np.zeros(total, dtype=np.uint32)
    before[page_starts] = np.where(first_of_key, 0, 1 + sizes_of(steps)) + sizes_of(lengths)
    marker = np.where(title_begins | back_to_text, 2, 0).astype(np.uint32)
    sizes = before + marker + sizes_of(values)
    ends = np.cumsum(sizes, dtype=np.int64)
    starts = ends - sizes
    out = np.zeros(int(ends[-1]), dtype=np.uint8)
    later = ~first_of_key
    at = starts[page_starts]
    out[at[later]] = _PAIR
    put_numbers(out, at[later] + 1, steps[later], 0)
    put_numbers(out, at + np.where(first_of_key, 0, 1 + sizes_of(steps)), lengths, _ARRAY)
    for places, weight in ((title_begins, _TITLE_WEIGHT), (back_to_text, _TEXT_WEIGHT)):
        where = starts[places] + before[places]
        out[where] = 0x38  # CBOR: a negative number of one byte
        out[where + 1] = weight
    put_numbers(out, starts + before + marker, values, 0)
    key_starts = np.flatnonzero(new_key)
    key_pages = np.flatnonzero(first_of_key)
    last_pages = np.append(key_pages[1:], len(page_starts)) - 1
    return Columns(
        keys[key_starts],
        np.append(starts[key_starts], ends[-1]).astype(np.uint32),
        np.diff(np.append(key_pages, len(page_starts))).astype(np.uint32),
        page_numbers[key_pages].astype(np.uint32),
        page_numbers[last_pages].astype(np.uint32),
        out.tobytes(),
    )
