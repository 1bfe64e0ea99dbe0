"""Remove the metadata from a picture, and return what was removed.

Pixels, colour profile and orientation are kept. No pixel is decoded, so the bytes are the same on every machine.
"""

import binascii
import struct
import zlib
from typing import NamedTuple

from generator.source.attachments.pictures.exif import only_orientation, orientation_of, traces_of
from generator.source.attachments.pictures.pieces import Piece, PieceKind, cutter_of

_MOST_UNPACKED = 1_000_000
_PNG_HEAD = 33  # the signature and IHDR
_VP8X, _WEBP_EXIF = b"VP8X", 0x08


class Picture(NamedTuple):
    """A picture without metadata: its bytes, its suffix, and what was removed.

    ``orientation`` is that of EXIF, 1 for none; ``traces`` names what was removed, in Chinese, and ``metadata`` is its
    payloads; ``has_more`` is whether data followed the end of the picture.
    """

    data: bytes
    suffix: str
    orientation: int
    traces: tuple[str, ...]
    metadata: tuple[bytes, ...]
    has_more: bool


def is_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a picture that browsers show."""
    return cutter_of(data) is not None


def read_picture(data: bytes, *, keep_orientation: bool = True) -> Picture | None:
    """Return a PNG, JPEG, GIF, WebP or BMP without its metadata; ``None`` for any other file and for a broken one."""
    cutter = cutter_of(data)
    if cutter is None:
        return None
    suffix, cut = cutter
    try:
        pieces = list(cut(data))
    except (IndexError, struct.error, ValueError):
        return None
    drawn = b"".join(piece.data for piece in pieces if piece.kind is PieceKind.DRAWN)
    others = [piece for piece in pieces if piece.kind is not PieceKind.DRAWN]
    orientation = next((orientation_of(piece.data) for piece in others if piece.kind is PieceKind.EXIF), 1)
    if keep_orientation and orientation != 1:
        drawn = _with_orientation(suffix, drawn, orientation)
    if suffix == "webp":
        drawn = drawn[:4] + struct.pack("<I", len(drawn) - 8) + drawn[8:]
    traces = dict.fromkeys(trace for piece in others for trace in _traces(piece))
    metadata = tuple(_payload(piece) for piece in others)
    return Picture(
        drawn, suffix, orientation, tuple(traces), metadata, any(p.kind is PieceKind.TRAILING for p in others)
    )


def _with_orientation(suffix: str, drawn: bytes, orientation: int) -> bytes:
    exif = only_orientation(orientation)
    if suffix == "jpg":
        # after APP0, which JFIF requires to be first
        place = 20 if drawn[2:4] == b"\xff\xe0" else 2
        return drawn[:place] + b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif + drawn[place:]
    if suffix == "png":
        chunk = b"eXIf" + exif
        block = struct.pack(">I", len(exif)) + chunk + struct.pack(">I", binascii.crc32(chunk))
        return drawn[:_PNG_HEAD] + block + drawn[_PNG_HEAD:]
    if suffix == "webp" and drawn[12:16] == _VP8X:
        flagged = drawn[:20] + bytes([drawn[20] | _WEBP_EXIF]) + drawn[21:]
        return flagged + b"EXIF" + struct.pack("<I", len(exif)) + exif
    return drawn


def _traces(piece: Piece) -> list[str]:
    if piece.kind is PieceKind.EXIF:
        return traces_of(piece.data)
    if piece.kind is PieceKind.XMP:
        lowered = piece.data.lower()
        position = ["拍摄位置"] if b"gpsl" in lowered else []
        return [*position, "作者"] if b"creator>" in lowered or b"owner" in lowered else position or ["编辑记录"]
    return {PieceKind.WORDS: ["文字说明"], PieceKind.PREVIEW: ["缩略图"], PieceKind.TRAILING: ["末尾的其他数据"]}.get(
        piece.kind, []
    )


def _payload(piece: Piece) -> bytes:
    """Return metadata as text can be found in it: compressed texts of PNG are appended unpacked."""
    if piece.kind is not PieceKind.WORDS:
        return piece.data
    name, _, rest = piece.data.partition(b"\0")
    for place in (1, rest.find(b"\0", 2) + 1, rest.find(b"\0", rest.find(b"\0", 2) + 1) + 1):
        try:
            unpacked = zlib.decompressobj().decompress(rest[place:], _MOST_UNPACKED)
        except zlib.error:
            continue
        return piece.data + b"\n" + name + b"\n" + unpacked
    return piece.data
