"""Read EXIF: the orientation of a picture, and which kinds of metadata it holds; the number of tags is limited."""

import struct
from collections.abc import Iterator

_ORIENTATION, _EXIF, _GPS = 0x0112, 0x8769, 0x8825
_LABELS = {
    **dict.fromkeys((0x010F, 0x0110, 0xA431, 0xA433, 0xA434, 0xA435, 0xC62F), "拍摄设备"),
    **dict.fromkeys((0x013B, 0xA430, 0x8298, 0x9C9D), "作者"),
    **dict.fromkeys((0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F), "文字说明"),
    **dict.fromkeys((0x9003, 0x9004), "拍摄时间"),
    **dict.fromkeys((0x0201, 0x0202), "缩略图"),
}
_POSITION = "拍摄位置"
_MOST_TAGS = 200
_MOST_TABLES = 8


def orientation_of(tiff: bytes) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none that can be read."""
    try:
        orientation = next((value for tag, _, value in _tags(tiff) if tag == _ORIENTATION), 1)
    except (struct.error, IndexError):
        return 1
    return orientation if 1 <= orientation <= 8 else 1


def traces_of(tiff: bytes) -> list[str]:
    """Return the Chinese names of the metadata, each once: position, device, author, description, time, preview."""
    traces: dict[str, None] = {}
    try:
        for tag, table, _ in _tags(tiff):
            if table == _GPS and tag:
                traces[_POSITION] = None
            elif table != _GPS and (label := _LABELS.get(tag)):
                traces[label] = None
    except (struct.error, IndexError):
        return ["拍摄信息"]
    return list(traces)


def only_orientation(orientation: int) -> bytes:
    """Return a minimal EXIF block with the orientation and nothing else."""
    return b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", _ORIENTATION, 3, 1, orientation, 0) + bytes(4)


def _tags(tiff: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each tag with its table (0 for the main ones) and its value as a short or long integer."""
    byte_order = "<" if tiff.startswith(b"II") else ">"
    (first,) = struct.unpack_from(f"{byte_order}I", tiff, 4)
    tables = [(0, first)]
    for _ in range(_MOST_TABLES):
        if not tables:
            return
        table, place = tables.pop(0)
        if not 0 < place < len(tiff):
            continue
        (count,) = struct.unpack_from(f"{byte_order}H", tiff, place)
        for number in range(min(count, _MOST_TAGS)):
            tag, form, _ = struct.unpack_from(f"{byte_order}HHI", tiff, place + 2 + 12 * number)
            (value,) = struct.unpack_from(f"{byte_order}{'H' if form == 3 else 'I'}", tiff, place + 10 + 12 * number)
            yield tag, table, value
            if tag in {_EXIF, _GPS}:
                tables.append((tag, value))
        next_table = place + 2 + 12 * count
        if table == 0 and next_table + 4 <= len(tiff):
            tables.append((0, struct.unpack_from(f"{byte_order}I", tiff, next_table)[0]))
