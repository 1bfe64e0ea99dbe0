"""A zip file whose first parts are always the same: they are compressed once, the others for each file.

``zipfile`` needs some 0.6 ms for the entries of each file, which is most of the time of a short Word file.
"""

import struct
import zlib
from collections.abc import Iterable

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_VERSION = 20
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_TIME, _DAY = 0, 1 << 5 | 1  # 1980-01-01, the earliest in a zip file: the same parts give the same bytes
_LEVEL = 2  # 0.18 ms for a policy of 31 KB, the default 0.5 ms; a tenth larger
_WORTH_IT = 1_000  # bytes; a shorter part is stored as it is
_COMPRESSED = (".png", ".jpg", ".gif")


class ZipStart:
    """The beginning of zip files, each of which continues with parts of its own."""

    def __init__(self, parts: Iterable[tuple[str, bytes]]) -> None:
        self._data, self._central, self._count = _entries(parts, 0)

    def with_parts(self, parts: Iterable[tuple[str, bytes]]) -> bytes:
        """Return the zip file with more parts, each a path and its bytes."""
        data, central, count = _entries(parts, len(self._data))
        central = self._central + central
        count += self._count
        begin = len(self._data) + len(data)
        end = _END.pack(0x06054B50, 0, 0, count, count, len(central), begin, 0)
        return b"".join((self._data, data, central, end))


def _entries(parts: Iterable[tuple[str, bytes]], begin: int) -> tuple[bytes, bytes, int]:
    """Return the entries of some parts, their part of the directory, and their number; ``begin`` is their place."""
    data: list[bytes] = []
    central: list[bytes] = []
    place = begin
    for path, part in parts:
        name = path.encode()
        is_stored = len(part) < _WORTH_IT or path.endswith(_COMPRESSED)
        packed = part if is_stored else _deflated(part)
        method = _STORED if is_stored else _DEFLATED
        sizes = (method, _TIME, _DAY, zlib.crc32(part), len(packed), len(part), len(name), 0)
        entry = (_LOCAL.pack(0x04034B50, _VERSION, _UTF8, *sizes), name, packed)
        data += entry
        central += (_CENTRAL.pack(0x02014B50, _VERSION, _VERSION, _UTF8, *sizes, 0, 0, 0, 0, place), name)
        place += sum(map(len, entry))
    return b"".join(data), b"".join(central), len(central) // 2


def _deflated(part: bytes) -> bytes:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(part) + compressor.flush()
