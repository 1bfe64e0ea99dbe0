"""A picture → the same picture without metadata, and what the metadata holds.

Pixels, colour profile and the way a viewer turns the picture stay. No pixel is decoded, so the bytes
are the same on every machine.
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
    """A picture that may be published: its bytes, the end of its name, and what it was before.

    ``turned`` is EXIF's orientation, 1 for none; ``traces`` name what was taken out, ``metadata`` is that itself;
    one that ``has_more`` had something behind its end.
    """

    data: bytes
    suffix: str
    turned: int
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
    turned = next((orientation_of(piece.data) for piece in others if piece.kind is PieceKind.EXIF), 1)
    if keep_orientation and turned != 1:
        drawn = _with_orientation(suffix, drawn, turned)
    if suffix == "webp":
        drawn = drawn[:4] + struct.pack("<I", len(drawn) - 8) + drawn[8:]
    traces = dict.fromkeys(trace for piece in others for trace in _traces(piece))
    metadata = tuple(_payload(piece) for piece in others)
    return Picture(drawn, suffix, turned, tuple(traces), metadata, any(p.kind is PieceKind.BEHIND for p in others))


def _with_orientation(suffix: str, drawn: bytes, turned: int) -> bytes:
    exif = only_orientation(turned)
    if suffix == "jpg":
        # behind APP0, which JFIF wants first
        place = 20 if drawn[2:4] == b"\xff\xe0" else 2
        return drawn[:place] + b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif + drawn[place:]
    if suffix == "png":
        chunk = b"eXIf" + exif
        framed = struct.pack(">I", len(exif)) + chunk + struct.pack(">I", binascii.crc32(chunk))
        return drawn[:_PNG_HEAD] + framed + drawn[_PNG_HEAD:]
    if suffix == "webp" and drawn[12:16] == _VP8X:
        flagged = drawn[:20] + bytes([drawn[20] | _WEBP_EXIF]) + drawn[21:]
        return flagged + b"EXIF" + struct.pack("<I", len(exif)) + exif
    return drawn


def _traces(piece: Piece) -> list[str]:
    if piece.kind is PieceKind.EXIF:
        return traces_of(piece.data)
    if piece.kind is PieceKind.XMP:
        lowered = piece.data.lower()
        found = ["拍摄位置"] if b"gpsl" in lowered else []
        return [*found, "作者"] if b"creator>" in lowered or b"owner" in lowered else found or ["编辑记录"]
    return {PieceKind.WORDS: ["文字说明"], PieceKind.PREVIEW: ["缩略图"], PieceKind.BEHIND: ["末尾的其他数据"]}.get(
        piece.kind, []
    )


def _payload(piece: Piece) -> bytes:
    """Return the metadata as it reads: PNG packs some of its texts."""
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
