"""Numbers and texts in CBOR, the encoding of Pagefind's files: single ones, and many at once with numpy."""

import numpy as np

from generator.publish.search.tokens import Array

ARRAY, TEXT = 0x80, 0x60  # the types of an array and of a text; a number's is 0


def number(value: int, major: int = 0) -> bytes:
    """Return an unsigned number in CBOR, of the given type."""
    if value < 24:
        return bytes((major + value,))
    for mark, length in ((24, 1), (25, 2), (26, 4)):
        if value < 1 << (8 * length):
            return bytes((major + mark,)) + value.to_bytes(length, "big")
    raise ValueError(value)


_HEADS = [number(length, TEXT) for length in range(24)]


def text(value: str) -> bytes:
    """Return a text in CBOR."""
    data = value.encode("utf-8", "surrogatepass")
    return (_HEADS[len(data)] if len(data) < len(_HEADS) else number(len(data), TEXT)) + data


def sizes_of(values: Array) -> Array:
    """Return the lengths of unsigned numbers in CBOR."""
    sizes = np.ones(len(values), dtype=np.uint32)
    for limit, more in ((24, 1), (256, 1), (65536, 2)):
        sizes += (values >= limit).astype(np.uint32) * np.uint32(more)
    return sizes


def put_numbers(out: Array, places: Array, values: Array, major: int) -> None:
    """Write unsigned numbers of a CBOR type at their places."""
    small = values < 24
    out[places[small]] = values[small] + major
    for mark, length, low, high in ((24, 1, 24, 256), (25, 2, 256, 65536), (26, 4, 65536, 1 << 32)):
        fits = (values >= low) & (values < high)
        if not fits.any():
            continue
        at, numbers = places[fits], values[fits]
        out[at] = major + mark
        for byte in range(length):
            out[at + 1 + byte] = (numbers >> (8 * (length - 1 - byte))) & 0xFF


def copy_pieces(out: Array, places: Array, source: Array, starts: Array, lengths: Array) -> None:
    """Copy pieces of bytes, each from its start in the source to its place."""
    ends = np.cumsum(lengths, dtype=np.int64)
    if not len(ends) or not ends[-1]:
        return
    before = ends - lengths
    steps = np.arange(ends[-1], dtype=np.int64)
    out[np.repeat(places - before, lengths) + steps] = source[np.repeat(starts - before, lengths) + steps]
