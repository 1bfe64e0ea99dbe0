"""Read ZIP packages: open one, read its members, and find data outside its members."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from generator.domain.model import Sight
from generator.source.attachments.office.findings import (
    Budget,
    NestedReader,
    Part,
    Passage,
    ResidualMetadata,
    Unreadable,
    UnreadableError,
)

_CHUNK = 1 << 20
_END_SIZE = 22
_END_MARK = b"PK\x05\x06"
_MOST_COMMENT = 1 << 16
# Bytes that may follow a member (a data descriptor), and the last member (records of ZIP64).
_MOST_BETWEEN, _MOST_AFTER = 64, 128


def open_package(data: bytes, budget: Budget) -> zipfile.ZipFile:
    """Return a package; raises ``UnreadableError`` for one that is broken or has too many members."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadableError("文件已损坏") from None
    budget.members -= len(package.infolist())
    if budget.members < 0:
        raise UnreadableError("里面的文件太多，没有看完")
    return package


def read_member(package: zipfile.ZipFile, member: str | zipfile.ZipInfo, budget: Budget) -> bytes:
    """Return the content of one member; raises ``UnreadableError`` when it is too large or encrypted."""
    info = package.getinfo(member) if isinstance(member, str) else member
    if info.flag_bits & 1:
        raise UnreadableError("有密码", Sight.BY_EYE)
    chunks = []
    with package.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            budget.spend(len(chunk))
            chunks.append(chunk)
    return b"".join(chunks)


def name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name, decoded as GB18030 where the archive does not mark it as UTF-8: Windows writes GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def zip_parts(package: zipfile.ZipFile, budget: Budget, read_nested: NestedReader) -> Iterator[Part]:
    """Yield the names of the files in a zip, and the parts of each with its name before their places."""
    names = [name_of(info) for info in package.infolist()]
    yield Passage("文件名：", "\n".join(names), "个")
    for info, name in zip(package.infolist(), names, strict=True):
        if not info.is_dir():
            yield from within(name, read_nested(name, read_member(package, info, budget)))
        elif info.file_size:
            yield Unreadable(f"{name}：文件夹里藏着内容")


def within(name: str, parts: Iterator[Part]) -> Iterator[Part]:
    """Yield the parts of a nested file with its name before their places and reasons."""
    for part in parts:
        if isinstance(part, Passage):
            yield part._replace(place=f"{name} {part.place}")
        elif isinstance(part, ResidualMetadata):
            yield ResidualMetadata(f"{name}：{part.text}")
        else:
            yield Unreadable(f"{name}：{part.reason}", part.sight)


def data_outside_members(data: bytes, package: zipfile.ZipFile) -> Iterator[Part]:
    """Yield the comments of a package, and an unreadable part for bytes that its central directory does not list."""
    comments = [package.comment, *(info.comment for info in package.infolist())]
    if any(comments):
        words = [comment.decode(encoding, "replace") for comment in comments for encoding in ("utf-8", "gb18030")]
        yield Passage("压缩包的注释", "\n".join(words))
    end = 0
    for info in sorted(package.infolist(), key=lambda info: info.header_offset):
        begin = info.header_offset
        name, extra = (int.from_bytes(data[begin + place : begin + place + 2], "little") for place in (26, 28))
        if begin > end + _MOST_BETWEEN:
            break
        end = max(end, begin + 30 + name + extra + info.compress_size)
    if package.start_dir > end + _MOST_AFTER or end_of_zip(data) != len(data):
        yield Unreadable("压缩包里有目录上没有的内容")


def end_of_zip(data: bytes) -> int:
    """Return the end of the last zip in the bytes, -1 where there is none."""
    place = data.rfind(_END_MARK, max(0, len(data) - _END_SIZE - _MOST_COMMENT))
    if place < 0 or place + _END_SIZE > len(data):
        return -1
    return place + _END_SIZE + int.from_bytes(data[place + 20 : place + 22], "little")
