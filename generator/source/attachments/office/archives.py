"""Read files packed by gzip, bzip2, xz or tar, within the budget."""

import bz2
import gzip
import lzma
import re
import tarfile
from collections.abc import Callable, Iterator
from io import BufferedIOBase, BytesIO
from pathlib import PurePosixPath
from typing import IO

from generator.source.attachments.office.findings import (
    Budget,
    NestedReader,
    Part,
    Passage,
    Unreadable,
    UnreadableError,
)
from generator.source.attachments.office.packages import within

_CHUNK = 1 << 20
_OPENERS: tuple[tuple[bytes, Callable[[BytesIO], BufferedIOBase]], ...] = (
    (b"\x1f\x8b\x08", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
_BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")
_TAR_MAGIC, _TAR_OFFSET = b"ustar", 257


def is_packed(data: bytes) -> bool:
    """Whether the first bytes are those of a gzip, bzip2, xz or tar file."""
    is_compressed = data.startswith(tuple(mark for mark, _ in _OPENERS)) and (data[:1] != b"B" or _BZIP2.match(data))
    return bool(is_compressed) or data.startswith(_TAR_MAGIC, _TAR_OFFSET)


def packed_parts(path: str, data: bytes, budget: Budget, read_nested: NestedReader) -> Iterator[Part]:
    """Yield the parts of a packed file; ``read_nested`` reads each file in it by name and content."""
    opener = next((opener for mark, opener in _OPENERS if data.startswith(mark)), None)
    if opener is None:
        yield from _tar_parts(data, budget, read_nested)
        return
    yield Passage("文件头", data[:512].decode("gb18030", "replace"))  # gzip stores the file's name there
    with opener(BytesIO(data)) as stream:
        content = _read(stream, budget)
    stem = PurePosixPath(path).stem
    yield from read_nested(stem if path.lower().endswith((".gz", ".bz2", ".xz")) else f"{stem}.tar", content)


def _tar_parts(data: bytes, budget: Budget, read_nested: NestedReader) -> Iterator[Part]:
    with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
        end = 0
        for member in archive:
            budget.members -= 1
            if budget.members < 0:
                raise UnreadableError("里面的文件太多，没有看完")
            yield Passage("文件名：", f"{member.name}\n{member.linkname}\n{member.uname}\n{member.gname}")
            end = member.offset_data
            stream = archive.extractfile(member) if member.isfile() else None
            if stream:
                yield from within(member.name, read_nested(member.name, _read(stream, budget)))
                end += member.size
        if data[end:].strip(b"\0") and len(data) - end > 512 and data[end + 512 :].strip(b"\0"):
            yield Unreadable("压缩包末尾还有别的内容")


def _read(stream: BufferedIOBase | IO[bytes], budget: Budget) -> bytes:
    chunks = []
    while chunk := stream.read(_CHUNK):
        budget.spend(len(chunk))
        chunks.append(chunk)
    return b"".join(chunks)
