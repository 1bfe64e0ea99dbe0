"""The address of a page as a QR code (ISO/IEC 18004): bytes, level M, versions 1 to 9, mask 0.

A library needs 1.2 ms for each page, this 0.2 ms; tests compare each version with the library (decision 0108).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from operator import itemgetter
from typing import NamedTuple


class _Version(NamedTuple):
    """The sizes of one version at level M: words of error correction in a block, and words of data in each block."""

    correction: int
    blocks: tuple[int, ...]
    alignment: tuple[int, ...]


class _Pattern(NamedTuple):
    """Where the bits of one version stand.

    ``place`` takes all bits of the data, then a light and a dark one and the signs ``_ROW`` and ``_TOP``, and gives the
    modules row by row; ``mask`` is over the data, the first place dark; ``more_bits`` are added behind the data.
    """

    place: Callable[[str], tuple[str, ...]]
    mask: int
    more_bits: int


_VERSIONS = (
    _Version(10, (16,), ()),
    _Version(16, (28,), (6, 18)),
    _Version(26, (44,), (6, 22)),
    _Version(18, (32, 32), (6, 26)),
    _Version(24, (43, 43), (6, 30)),
    _Version(16, (27,) * 4, (6, 34)),
    _Version(18, (31,) * 4, (6, 22, 38)),
    _Version(22, (38, 38, 39, 39), (6, 24, 42)),
    _Version(22, (36, 36, 36, 37, 37), (6, 26, 46)),
)
_HEAD_BITS = 12  # four for the mode, eight for the length
_BYTES_MODE = 4
_PADDING = (0xEC, 0x11)
_FORMAT = 0b101010000010010  # level M, mask 0
_WITH_VERSION_WORDS = 7
_VERSION_GENERATOR = 0x1F25
_FIELD = 0x11D
MARGIN = 4  # light modules around a code
_LIGHT, _TOP, _ROW = "0", ".", "/"  # a light module; before the first row; between two rows
_RUN = re.compile("[^1]*1+")


def qr_path(address: str) -> tuple[str, int]:
    """Return the dark modules of a QR code as a path of SVG, one unit wide, and the side of the picture.

    They are empty and 0 for an address of more than 180 bytes.
    """
    cells = _cells(address)
    side = cells.count(_ROW)
    if not side:
        return "", 0
    lines = "".join(map(_lines(side).__getitem__, _RUN.findall(cells)))
    return f"M{MARGIN} {MARGIN}{lines}", side + 2 * MARGIN


def qr_rows(address: str) -> list[str]:
    """Return the rows of a QR code, a 1 for each dark module; none for too long an address."""
    return _cells(address).removeprefix(_TOP).split(_ROW)[:-1]


@lru_cache(maxsize=4)  # a page and its files show the same code
def _cells(address: str) -> str:
    """Return the modules of a code with the signs for its rows, as ``_Pattern.place`` gives them."""
    data = address.encode()
    number = next((n for n, one in enumerate(_VERSIONS, 1) if _HEAD_BITS + 8 * len(data) <= 8 * sum(one.blocks)), 0)
    if not number:
        return ""
    pattern = _pattern(number)
    words = _words(data, _VERSIONS[number - 1])
    bits = int.from_bytes(bytes(words)) << pattern.more_bits ^ pattern.mask
    return "".join(pattern.place(f"{bits:0{pattern.mask.bit_length()}b}01{_ROW}{_TOP}"))


class _Lines(dict[str, str]):
    """The line of a dark run through its middle, from the end of the run before it, by the modules between and its own.

    Codes have the same few thousand of them again and again.
    """

    def __init__(self, side: int) -> None:
        super().__init__()
        self.side = side

    def __missing__(self, modules: str) -> str:
        run = modules.lstrip(_TOP + _ROW + _LIGHT)
        before, *rows = modules.removesuffix(run).split(_ROW)
        right = len(before) if not rows else len(rows[-1])
        if before.startswith(_TOP):
            right -= not rows
            down = f"{len(rows) + 0.5:g}"
        else:
            right -= self.side - len(before) if rows else 0
            down = str(len(rows))
        line = self[modules] = f"m{right} {down}h{len(run)}"
        return line


@cache
def _lines(side: int) -> _Lines:
    return _Lines(side)


def _words(data: bytes, version: _Version) -> list[int]:
    """Return all words of a code: those of the data and of the error correction, interleaved over the blocks."""
    total = sum(version.blocks)
    bits = (_BYTES_MODE << 8 | len(data)) << 8 * len(data) | int.from_bytes(data)
    length = _HEAD_BITS + 8 * len(data)
    end = min(4, 8 * total - length)
    length += end
    filled = -length % 8
    words = list((bits << end + filled).to_bytes((length + filled) // 8))
    words += [_PADDING[place % 2] for place in range(total - len(words))]
    blocks: list[list[int]] = []
    begin = 0
    for size in version.blocks:
        blocks.append(words[begin : begin + size])
        begin += size
    corrections = [_correction(block, version.correction) for block in blocks]
    longest = max(version.blocks)
    interleaved = [block[place] for place in range(longest) for block in blocks if place < len(block)]
    return interleaved + [one[place] for place in range(version.correction) for one in corrections]


def _correction(block: Sequence[int], count: int) -> bytes:
    """Return the words of error correction of a block: the rest of a division in the field of 256 elements."""
    rows = _division_rows(count)
    rest, top = 0, 8 * (count - 1)
    mask = (1 << 8 * count) - 1
    for word in block:
        rest = (rest << 8 & mask) ^ rows[word ^ rest >> top]
    return rest.to_bytes(count)


@cache
def _division_rows(count: int) -> tuple[int, ...]:
    """Return for each factor its product with the generator polynomial, without the first word, as one number."""
    generator = [1]
    root = 1
    for _ in range(count):
        generator = [a ^ _product(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = _product(root, 2)
    return tuple(int.from_bytes(bytes(_product(factor, one) for one in generator[1:])) for factor in range(256))


def _product(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left = left << 1 ^ (_FIELD if left & 0x80 else 0)
        right >>= 1
    return product


@cache
def _pattern(number: int) -> _Pattern:
    """Return where the bits of a version stand."""
    version = _VERSIONS[number - 1]
    side = 4 * number + 17
    fixed = _squares(side, version.alignment)
    for place in range(8, side - 8):
        fixed.setdefault((6, place), place % 2 == 0)
        fixed.setdefault((place, 6), place % 2 == 0)
    fixed |= _format_words(side)
    if number >= _WITH_VERSION_WORDS:
        fixed |= _version_words(number, side)
    places = [one for one in _zigzag(side) if one not in fixed]
    index = {one: number for number, one in enumerate(places)}
    row_sign = len(places) + 2
    order = [row_sign + 1]
    for row in range(side):
        cells = [(row, column) for column in range(side)]
        order += (len(places) + fixed[cell] if cell in fixed else index[cell] for cell in cells)
        order.append(row_sign)
    masked = "".join("1" if (row + column) % 2 == 0 else "0" for row, column in places)
    data_bits = 8 * (sum(version.blocks) + version.correction * len(version.blocks))
    return _Pattern(itemgetter(*order), int(masked, 2), len(places) - data_bits)


def _zigzag(side: int) -> Iterator[tuple[int, int]]:
    """Yield the places of a code in the order of its data: pairs of columns from the right, up and down in turn."""
    up = True
    for right in (*range(side - 1, 6, -2), *range(5, 0, -2)):
        for row in range(side - 1, -1, -1) if up else range(side):
            yield from ((row, right), (row, right - 1))
        up = not up


def _squares(side: int, centres: Sequence[int]) -> dict[tuple[int, int], bool]:
    """Return the modules of the three large squares, with their white borders, and of the small ones."""
    fixed: dict[tuple[int, int], bool] = {}
    for row, column in ((3, 3), (3, side - 4), (side - 4, 3)):
        for y, x in product(range(-4, 5), repeat=2):
            if 0 <= row + y < side and 0 <= column + x < side:
                fixed[row + y, column + x] = max(abs(y), abs(x)) not in {2, 4}
    for row, column in product(centres, repeat=2):
        if (row, column) not in {(6, 6), (6, side - 7), (side - 7, 6)}:
            for y, x in product(range(-2, 3), repeat=2):
                fixed[row + y, column + x] = max(abs(y), abs(x)) != 1
    return fixed


def _format_words(side: int) -> dict[tuple[int, int], bool]:
    """Return the modules that give level and mask, twice, and the one that is always dark."""
    fixed = {(side - 8, 8): True}
    for bit in range(15):
        dark = bool(_FORMAT >> bit & 1)
        fixed[bit if bit < 6 else bit + 1 if bit < 8 else side - 15 + bit, 8] = dark
        fixed[8, side - 1 - bit if bit < 8 else 15 - bit if bit < 9 else 14 - bit] = dark
    return fixed


def _version_words(number: int, side: int) -> dict[tuple[int, int], bool]:
    """Return the modules that give the version, twice."""
    rest = number << 12
    for shift in range(5, -1, -1):
        rest ^= _VERSION_GENERATOR << shift if rest >> shift + 12 & 1 else 0
    word = rest | number << 12
    fixed: dict[tuple[int, int], bool] = {}
    for bit in range(18):
        for place in ((side - 11 + bit % 3, bit // 3), (bit // 3, side - 11 + bit % 3)):
            fixed[place] = bool(word >> bit & 1)
    return fixed
