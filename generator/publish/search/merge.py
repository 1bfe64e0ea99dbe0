"""Merge the segments of the full-text index into files of postings.

Nothing is decoded: the postings of a token are those of the segments one behind the other, only the distance from the
last document of one segment to the first of the next is new. All tokens are laid out at once with numpy; the bytes of
a file are put together when they are asked for, so that several threads can do it.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from generator.publish.search.cbor import ARRAY, copy_pieces, number, put_numbers, sizes_of, text
from generator.publish.search.segments import Segment
from generator.publish.search.tokens import CODE_BITS, Array, token_texts

_FILE = 64 * 1024  # bytes of postings in a file, before they are compressed
_FIRST_LATIN_KEY = 0x41 << CODE_BITS  # Latin words are behind the digits and before all other pairs
_WORD, _PAIR = b"\x83", 0x82  # CBOR: an array of three, an array of two


class MergedPostings:
    """The postings of all segments by token, in the order of the tokens, cut into files.

    A file ends with the token that fills it.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        words = sorted({word for segment in segments for word in segment.words})
        numbers = {word: _FIRST_LATIN_KEY + place for place, word in enumerate(words)}
        keys = _joined([_keys(segment, numbers) for segment in segments], np.uint64)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        new_token = np.ones(len(keys), dtype=bool)
        new_token[1:] = keys[1:] != keys[:-1]
        self._entries = np.append(np.flatnonzero(new_token), len(keys))  # where the entries of each token begin
        self._encoded, starts, ends = _encoded(segments)
        self._starts, self._lengths = starts[order], (ends - starts)[order]
        firsts, lasts = _documents(segments)
        firsts, lasts = firsts[order], lasts[order]
        self._steps = firsts.copy()
        self._steps[1:] -= np.where(new_token[1:], 0, lasts[:-1])
        counts = _joined([segment.columns.counts for segment in segments], np.uint32)[order]
        self.tokens = _names(keys[self._entries[:-1]], words)
        totals = np.add.reduceat(counts, self._entries[:-1]).tolist() if len(counts) else []
        numbers_of = {total: number(total, ARRAY) for total in set(totals)}
        named = zip(self.tokens, totals, strict=True)
        self._heads = [_WORD + text(token) + numbers_of[total] for token, total in named]
        self._step_sizes = sizes_of(self._steps).astype(np.int64) + 1
        sizes = np.append(0, np.cumsum(self._step_sizes + self._lengths))[self._entries]
        self._head_sizes = np.fromiter(map(len, self._heads), dtype=np.int64, count=len(self._heads))
        self._sizes = np.diff(sizes) + self._head_sizes + 1
        self.files = self._cut()

    def _cut(self) -> list[tuple[int, int]]:
        """Return the first token of each file, and the first one behind it."""
        ends = np.cumsum(self._sizes)
        files, start, before = [], 0, 0
        while start < len(ends):
            end = min(int(np.searchsorted(ends, before + _FILE)) + 1, len(ends))
            files.append((start, end))
            start, before = end, int(ends[end - 1])
        return files

    def postings(self, start: int, end: int) -> bytes:
        """Return the postings of some tokens in their order."""
        first, last = self._entries[start], self._entries[end]
        token_ends = np.cumsum(self._sizes[start:end])
        token_places = token_ends - self._sizes[start:end]
        head_sizes = self._head_sizes[start:end]
        step_sizes, lengths = self._step_sizes[first:last], self._lengths[first:last]
        # An entry is behind those before it, behind the heads of its token and of all before, and behind their ends.
        entry_sizes = step_sizes + lengths
        counts = np.diff(self._entries[start : end + 1])
        before = np.cumsum(head_sizes) + np.arange(end - start)
        places = np.cumsum(entry_sizes) - entry_sizes + np.repeat(before, counts)
        out = np.zeros(int(token_ends[-1]), dtype=np.uint8)
        heads = np.frombuffer(b"".join(self._heads[start:end]), dtype=np.uint8)
        copy_pieces(out, token_places, heads, np.cumsum(head_sizes) - head_sizes, head_sizes)
        out[places] = _PAIR
        put_numbers(out, places + 1, self._steps[first:last], 0)
        copy_pieces(out, places + step_sizes, self._encoded, self._starts[first:last], lengths)
        out[token_ends - 1] = ARRAY
        return out.tobytes()


def _keys(segment: Segment, numbers: dict[str, int]) -> Array:
    """Return the keys of a segment, those of its Latin words as they are numbered in all segments."""
    keys = segment.columns.keys
    pairs = len(keys) - len(segment.words)
    return np.append(keys[:pairs], np.array([numbers[word] for word in segment.words], dtype=np.uint64))


def _names(keys: Array, words: Sequence[str]) -> list[str]:
    """Return the tokens of sorted keys as text."""
    first = int(np.searchsorted(keys, _FIRST_LATIN_KEY))
    return [*token_texts(keys[:first]), *words, *token_texts(keys[first + len(words) :])]


def _encoded(segments: Sequence[Segment]) -> tuple[Array, Array, Array]:
    """Return the encoded postings of all segments, and where those of each key begin and end."""
    encoded = _joined([np.frombuffer(segment.columns.encoded, np.uint8) for segment in segments], np.uint8)
    bases = accumulate((len(segment.columns.encoded) for segment in segments), initial=0)
    offsets = [segment.columns.offsets.astype(np.int64) + base for segment, base in zip(segments, bases, strict=False)]
    starts, ends = [part[:-1] for part in offsets], [part[1:] for part in offsets]
    return encoded, _joined(starts, np.int64), _joined(ends, np.int64)


def _documents(segments: Sequence[Segment]) -> tuple[Array, Array]:
    """Return the first and the last document of each key, counted from the first document of all segments."""
    bases = list(accumulate((len(segment.documents) for segment in segments), initial=0))
    columns = [segment.columns for segment in segments]
    firsts = [one.firsts + np.uint32(base) for one, base in zip(columns, bases, strict=False)]
    lasts = [one.lasts + np.uint32(base) for one, base in zip(columns, bases, strict=False)]
    return _joined(firsts, np.uint32), _joined(lasts, np.uint32)


def _joined(arrays: Sequence[Array], kind: type) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
