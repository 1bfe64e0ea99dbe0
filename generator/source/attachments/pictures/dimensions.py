"""Read the width and height of a picture from its first bytes, without decoding it."""

import re
import struct

_TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_MOST = 100_000
_HEAD = 65_536
_SVG = re.compile(rb"<svg\b((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
_SVG_SIDE = r"""\s{}\s*=\s*["']\s*([0-9]+(?:\.[0-9]+)?)(px|pt|mm|cm|in)?\s*["']"""
_WIDTH, _HEIGHT = (re.compile(_SVG_SIDE.format(name)) for name in ("width", "height"))
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_VIEW_BOX = re.compile(
    rf"""\sviewBox\s*=\s*["']\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+([0-9]+(?:\.[0-9]+)?)[\s,]+([0-9]+(?:\.[0-9]+)?)"""
)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def pixel_size(data: bytes, orientation: int = 1) -> tuple[int, int] | None:
    """Return width and height of a picture as a browser shows it, ``None`` where they cannot be read."""
    try:
        size = _stored_size(data)
    except (struct.error, IndexError):
        return None
    if size is None or not all(0 < side <= _MOST for side in size):
        return None
    return (size[1], size[0]) if orientation in _TURNED else size


def _stored_size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _pair(">II", data, 16)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _pair("<HH", data, 6)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        width, height = _pair("<ii", data, 18)
        return width, abs(height)
    return _svg(data[:_HEAD])


def _pair(form: str, data: bytes, place: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, data, place)
    return int(first), int(second)


def _jpeg(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place < len(data):
        while data[place] == 0xFF and data[place + 1] == 0xFF:
            place += 1
        marker = data[place + 1]
        if marker in _FRAMES:
            height, width = _pair(">HH", data, place + 5)
            return width, height
        (length,) = struct.unpack_from(">H", data, place + 2)
        if length < 2 or data[place] != 0xFF:
            return None
        place += 2 + length
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8 ":
        width, height = _pair("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _svg(head: bytes) -> tuple[int, int] | None:
    """Return the size of an SVG from its width and height, else from its viewBox."""
    match = _SVG.search(head)
    if match is None:
        return None
    attributes = match[1].decode("utf-8", "replace")
    box = _VIEW_BOX.search(attributes)
    ratio = float(box[2]) / float(box[1]) if box and float(box[1]) else 0.0
    width, height = (
        float(side[1]) * _PIXELS[side[2] or ""] if (side := pattern.search(attributes)) else 0.0
        for pattern in (_WIDTH, _HEIGHT)
    )
    if not width and not height:
        width, height = (float(box[1]), float(box[2])) if box else (0.0, 0.0)
    elif ratio:
        width, height = width or height / ratio, height or width * ratio
    return round(width), round(height)
