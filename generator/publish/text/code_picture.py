"""The QR code of an address as a picture: SVG for pages and PDF, PNG for Word files."""

import html
import zlib

from generator.publish.text.qr_code import MARGIN, qr_path, qr_rows

_MODULE = 8  # pixels of a module in each direction: a byte of a line, one bit a pixel
_TONES = bytes.maketrans(b"01", b"\xff\x00")
_LIGHT = b"\xff"
_FIRST, _AS_ABOVE = b"\0", b"\x02"  # the filters of a line: none, and the difference from the line above
_FAST = 1


def code_picture(address: str, name: str) -> str:
    """Return the QR code of an address as SVG with an accessible name; empty for an address that is too long."""
    path, side = qr_path(address)
    if not path:
        return ""
    return (
        f'<svg viewBox="0 0 {side} {side}" role="img" aria-label="{html.escape(name)}" shape-rendering="crispEdges">'
        f'<path stroke="#000" d="{path}"/></svg>'
    )


def code_png(address: str) -> bytes:
    """Return the QR code of an address as PNG in black and white; empty for an address that is too long."""
    rows = qr_rows(address)
    if not rows:
        return b""
    side = len(rows) + 2 * MARGIN
    margin = [_LIGHT * side] * MARGIN
    inside = [_LIGHT * MARGIN + row.encode().translate(_TONES) + _LIGHT * MARGIN for row in rows]
    again = (_AS_ABOVE + b"\0" * side) * (_MODULE - 1)
    pixels = b"".join(_FIRST + line + again for line in (*margin, *inside, *margin))
    size = (side * _MODULE).to_bytes(4)
    head = size + size + b"\x01\0\0\0\0"  # one bit a pixel, grey
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels, _FAST)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)
