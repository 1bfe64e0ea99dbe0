"""Pictures of a Word file without what cameras and programs wrote into them: place, time, owner, preview.

Only what a browser needs to draw is copied: a list of what may stay, not of what must go.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

_PNG, _JPEG, _GIF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", (b"GIF87a", b"GIF89a")
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"}
)
_EXIF, _ADOBE, _ICC, _JFIF, _COMMENT = 0xE1, 0xEE, 0xE2, 0xE0, 0xFE
_SCAN, _FIRST_APP, _LAST_APP = 0xDA, 0xE0, 0xEF
_END = b"\xff\xd9"
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in the data of a scan other pairs with FF are data or fill
_ORIENTATION = 0x0112


class Clean(NamedTuple):
    """A picture that may be published: its bytes, the end of its name, whether a viewer would have turned it."""

    data: bytes
    suffix: str
    turned: bool = False


def cleaned_picture(data: bytes) -> Clean | None:
    """Return a PNG, JPEG or GIF without its metadata; ``None`` for one that is broken or that browsers do not show."""
    try:
        if data.startswith(_PNG):
            return Clean(_PNG + b"".join(_png(data)), "png")
        if data.startswith(_JPEG):
            return Clean(b"".join(_jpeg(data)), "jpg", turned=_is_turned(data))
        if data.startswith(_GIF):
            return Clean(b"".join(_gif(data)), "gif")
    except (IndexError, struct.error, ValueError):
        return None
    return None


def _png(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", data, place)
        kind, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data):
            raise ValueError("cut off")
        if kind in _PNG_KEPT:
            yield data[place:end]
        if kind == b"IEND":
            return
        place = end


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the segments of the first picture: phones put others behind it, each with a time and place of its own."""
    yield data[:2]
    place = 2
    while data[place : place + 2] != _END:
        marker, end = _segment(data, place)
        is_icc = marker == _ICC and data[place + 4 :].startswith(b"ICC_PROFILE")
        if (not _FIRST_APP <= marker <= _LAST_APP and marker != _COMMENT) or marker in {_JFIF, _ADOBE} or is_icc:
            yield data[place:end]
        place = end
        if marker == _SCAN:
            behind = _MARKER.search(data, end)
            if behind is None:
                raise ValueError("cut off")
            place = behind.start()
            yield data[end:place]
    yield _END


def _segment(data: bytes, place: int) -> tuple[int, int]:
    """Return the marker at a place of a JPEG and where its segment ends."""
    while data[place] == 0xFF and data[place + 1] == 0xFF:  # fill bytes
        place += 1
    if data[place] != 0xFF:
        raise ValueError("no marker")
    (length,) = struct.unpack_from(">H", data, place + 2)
    if length < 2 or place + 2 + length > len(data):
        raise ValueError("cut off")
    return data[place + 1], place + 2 + length


def _is_turned(data: bytes) -> bool:
    """Whether EXIF tells viewers to turn the picture; without EXIF it lies as the camera held it."""
    place = 2
    while True:
        marker, end = _segment(data, place)
        if marker == _SCAN:
            return False
        if marker == _EXIF and data[place + 4 :].startswith(b"Exif\0\0"):
            return _orientation(data[place + 10 : end]) not in {0, 1}
        place = end


def _orientation(tiff: bytes) -> int:
    order = "<" if tiff.startswith(b"II") else ">"
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(min(count, 200)):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION:
            return int(value)
    return 0


def _gif(data: bytes) -> Iterator[bytes]:
    place = 13 + _colours(data[10])
    yield data[:place]
    while data[place] != 0x3B:
        begin = place
        if data[place] == 0x2C:
            place = _blocks_end(data, place + 10 + _colours(data[place + 9]) + 1)
            yield data[begin:place]
        elif data[place] == 0x21:
            kind = data[place + 1]
            place = _blocks_end(data, place + 2)
            if kind == 0xF9 or (kind == 0xFF and data[begin + 3 :].startswith(b"NETSCAPE2.0")):
                yield data[begin:place]
        else:
            raise ValueError("no block")
    yield b"\x3b"


def _colours(flags: int) -> int:
    """Return how many bytes a table of colours takes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, place: int) -> int:
    while length := data[place]:
        place += length + 1
    return place + 1
