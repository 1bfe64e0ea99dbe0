"""Small pictures for texts."""

import struct
import zlib


def png(grey: int = 0, height: int = 8) -> bytes:
    """Return a grey rectangle as PNG, eight pixels wide."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([grey]) * 8) * height)
    return b"\x89PNG\r\n\x1a\n" + b"".join((chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b"")))
