"""Split PNG, JPEG, GIF, WebP and BMP into pieces: those that draw the picture, and all others.

The pieces that draw are an allow-list, so that unknown kinds of metadata are removed too.
"""

import re
import struct
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

_PNG, _JPEG, _GIF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", (b"GIF87a", b"GIF89a")
_PNG_LENGTHS = {  # chunks of a fixed length: a longer one has hidden data
    b"IHDR": 13,
    b"IEND": 0,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"pHYs": 9,
    b"acTL": 8,
    b"fcTL": 26,
    b"cICP": 4,
}
_PNG_KEPT = frozenset({*_PNG_LENGTHS, b"PLTE", b"IDAT", b"tRNS", b"iCCP", b"sBIT", b"bKGD", b"fdAT"})
_PNG_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_METADATA = 0x0C  # the flags of EXIF and XMP in VP8X
_EXIF, _ADOBE, _ICC, _JFIF, _COMMENT, _PHOTOSHOP = 0xE1, 0xEE, 0xE2, 0xE0, 0xFE, 0xED
_SCAN, _FIRST_FRAME, _LAST_FRAME, _LAST_DRAWN = 0xDA, 0xC0, 0xCF, 0xDF
_END = b"\xff\xd9"
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in the data of a scan other pairs with FF are data or fill
_XMP = b"http://ns.adobe.com/"
_LOOP = 19  # length in bytes of the block with the number of repetitions


class PieceKind(StrEnum):
    """The purpose of a piece of a picture."""

    DRAWN = "drawn"
    EXIF = "exif"
    XMP = "xmp"
    WORDS = "words"
    PREVIEW = "preview"
    TRAILING = "trailing"
    OTHER = "other"


class Piece(NamedTuple):
    """A piece of a picture: the bytes that draw it, or the payload of its metadata."""

    kind: PieceKind
    data: bytes


def cutter_of(data: bytes) -> tuple[str, Callable[[bytes], Iterator[Piece]]] | None:
    """Return the suffix of a picture's format and the function that splits it, by its first bytes."""
    if data.startswith(_PNG):
        return "png", _png
    if data.startswith(_JPEG):
        return "jpg", _jpeg
    if data.startswith(_GIF):
        return "gif", _gif
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp", _webp
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "bmp", _bmp
    return None


def _png(data: bytes) -> Iterator[Piece]:
    yield Piece(PieceKind.DRAWN, _PNG)
    place = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", data, place)
        kind, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data):
            raise ValueError("cut off")
        if kind in _PNG_KEPT and _PNG_LENGTHS.get(kind, length) == length:
            yield Piece(PieceKind.DRAWN, data[place:end])
        else:
            piece_kind = (
                PieceKind.WORDS if kind in _PNG_TEXTS else PieceKind.EXIF if kind == b"eXIf" else PieceKind.OTHER
            )
            yield Piece(piece_kind, data[place + 8 : end - 4])
        place = end
        if kind == b"IEND":
            yield from _trailing_data(data, end)
            return


def _jpeg(data: bytes) -> Iterator[Piece]:
    """Yield the segments of the first picture; phones append further pictures, which have metadata of their own."""
    yield Piece(PieceKind.DRAWN, data[:2])
    place = 2
    while data[place : place + 2] != _END:
        marker, begin, end = _segment(data, place)
        yield _segment_piece(marker, data[begin:end])
        place = end
        if marker == _SCAN:
            next_marker = _MARKER.search(data, end)
            if next_marker is None:
                raise ValueError("cut off")
            place = next_marker.start()
            yield Piece(PieceKind.DRAWN, data[end:place])
    yield Piece(PieceKind.DRAWN, _END)
    yield from _trailing_data(data, place + 2)


def _segment(data: bytes, place: int) -> tuple[int, int, int]:
    """Return the marker at a position of a JPEG, the start of its segment after fill bytes, and its end."""
    while data[place] == 0xFF and data[place + 1] == 0xFF:
        place += 1
    if data[place] != 0xFF:
        raise ValueError("no marker")
    (length,) = struct.unpack_from(">H", data, place + 2)
    if length < 2 or place + 2 + length > len(data):
        raise ValueError("cut off")
    return data[place + 1], place, place + 2 + length


def _segment_piece(marker: int, segment: bytes) -> Piece:
    content = segment[4:]
    if marker == _JFIF and content.startswith(b"JFIF\0") and len(content) >= 14:
        if len(content) == 14 and content[12:14] == b"\0\0":
            return Piece(PieceKind.DRAWN, segment)
        return Piece(PieceKind.DRAWN, b"\xff\xe0\x00\x10" + content[:12] + b"\0\0")  # without its thumbnail
    if marker == _ADOBE and content.startswith(b"Adobe") and len(content) == 12:
        return Piece(PieceKind.DRAWN, segment)
    if marker == _ICC and content.startswith(b"ICC_PROFILE\0"):
        return Piece(PieceKind.DRAWN, segment)
    if marker == _EXIF and content.startswith(b"Exif\0\0"):
        return Piece(PieceKind.EXIF, content[6:])
    if marker == _EXIF and content.startswith(_XMP):
        return Piece(PieceKind.XMP, content)
    if marker in {_COMMENT, _PHOTOSHOP}:
        return Piece(PieceKind.WORDS, content)
    if marker == _JFIF:
        return Piece(PieceKind.PREVIEW, content)
    drawn = _FIRST_FRAME <= marker <= _LAST_FRAME or _SCAN <= marker <= _LAST_DRAWN
    return Piece(PieceKind.DRAWN, segment) if drawn else Piece(PieceKind.OTHER, content)


def _gif(data: bytes) -> Iterator[Piece]:
    place = 13 + _colours(data[10])
    yield Piece(PieceKind.DRAWN, data[:place])
    while data[place] != 0x3B:
        begin = place
        if data[place] == 0x2C:
            place = _blocks_end(data, place + 10 + _colours(data[place + 9]) + 1)
            yield Piece(PieceKind.DRAWN, data[begin:place])
        elif data[place] == 0x21:
            kind = data[place + 1]
            place = _blocks_end(data, place + 2)
            looped = kind == 0xFF and data[begin + 3 :].startswith(b"NETSCAPE2.0") and place - begin == _LOOP
            if looped or (kind == 0xF9 and place - begin == 8):
                yield Piece(PieceKind.DRAWN, data[begin:place])
            elif kind == 0xFF and data[begin + 3 :].startswith(b"XMP Data"):
                yield Piece(PieceKind.XMP, data[begin + 14 : place])
            else:
                yield Piece(PieceKind.WORDS, data[begin + 3 : place])
        else:
            raise ValueError("no block")
    yield Piece(PieceKind.DRAWN, b"\x3b")
    yield from _trailing_data(data, place + 1)


def _colours(flags: int) -> int:
    """Return the length of a colour table in bytes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, place: int) -> int:
    while length := data[place]:
        place += length + 1
    return place + 1


def _webp(data: bytes) -> Iterator[Piece]:
    """Yield the chunks of a WebP; the caller must set the total length in the first piece."""
    (size,) = struct.unpack_from("<I", data, 4)
    total = 8 + size
    if total > len(data):
        raise ValueError("cut off")
    yield Piece(PieceKind.DRAWN, data[:12])
    place = 12
    while place < total:
        (length,) = struct.unpack_from("<I", data, place + 4)
        kind, end = data[place : place + 4], place + 8 + length + length % 2
        if end > total:
            raise ValueError("cut off")
        if kind == b"VP8X" and length == 10:
            flags = bytes([data[place + 8] & ~_WEBP_METADATA])
            yield Piece(PieceKind.DRAWN, data[place : place + 8] + flags + data[place + 9 : end])
        elif kind in _WEBP_KEPT:
            yield Piece(PieceKind.DRAWN, data[place:end])
        else:
            content = data[place + 8 : place + 8 + length]
            piece_kind = {b"EXIF": PieceKind.EXIF, b"XMP ": PieceKind.XMP}.get(kind, PieceKind.OTHER)
            yield Piece(piece_kind, content.removeprefix(b"Exif\0\0"))
        place = end
    yield from _trailing_data(data, total)


def _bmp(data: bytes) -> Iterator[Piece]:
    (size,) = struct.unpack_from("<I", data, 2)
    width, height = struct.unpack_from("<ii", data, 18)
    planes, bits = struct.unpack_from("<HH", data, 26)
    (packing,) = struct.unpack_from("<I", data, 30)
    (begin,) = struct.unpack_from("<I", data, 10)
    pixels = (width * bits + 31) // 32 * 4 * abs(height)
    if planes != 1 or width <= 0 or not 54 <= begin <= 4_096 or (packing in {0, 3} and begin + pixels > len(data)):
        raise ValueError("cut off")
    end = begin + pixels if packing in {0, 3} else min(size, len(data))
    yield Piece(PieceKind.DRAWN, data[:2] + struct.pack("<I", end) + data[6:end])
    yield from _trailing_data(data, end)


def _trailing_data(data: bytes, end: int) -> Iterator[Piece]:
    if data[end:].strip(b"\0\r\n \xff"):
        yield Piece(PieceKind.TRAILING, data[end:])
    elif end < len(data):
        yield Piece(PieceKind.OTHER, b"")
