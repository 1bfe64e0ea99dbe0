"""Small pictures for texts."""

import struct
import zlib


def png(grey: int = 0, height: int = 8, width: int = 8) -> bytes:
    """Return a grey rectangle as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([grey]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + b"".join((chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b"")))
