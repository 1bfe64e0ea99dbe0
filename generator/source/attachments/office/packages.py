"""ZIP packages: opening one, its members one by one, and what lies in it beside its members."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from generator.domain.model import Sight
from generator.source.attachments.office.findings import (
    Budget,
    LookInto,
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
# Behind a member may stand a data descriptor, and behind the last what a packer needs for big archives.
_MOST_BETWEEN, _MOST_BEHIND = 64, 128


def open_package(data: bytes, budget: Budget) -> zipfile.ZipFile:
    """Open a package; raises ``UnreadableError`` for one that is broken or has too many members."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadableError("文件已损坏") from None
    budget.members -= len(package.infolist())
    if budget.members < 0:
        raise UnreadableError("里面的文件太多，没有看完")
    return package


def read_member(package: zipfile.ZipFile, member: str | zipfile.ZipInfo, budget: Budget) -> bytes:
    """Unpack one member; raises ``UnreadableError`` when it is too big, broken or encrypted."""
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
    """Return a member's name as its maker wrote it: Windows writes GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def zip_parts(package: zipfile.ZipFile, budget: Budget, look: LookInto) -> Iterator[Part]:
    """Yield what the files of a zip hold, each place with the file's name before it; their names are text as well."""
    names = [name_of(info) for info in package.infolist()]
    yield Passage("文件名：", "\n".join(names), "个")
    for info, name in zip(package.infolist(), names, strict=True):
        if not info.is_dir():
            yield from within(name, look(name, read_member(package, info, budget)))
        elif info.file_size:
            yield Unreadable(f"{name}：文件夹里藏着内容")


def within(name: str, parts: Iterator[Part]) -> Iterator[Part]:
    """Yield parts of a file that lies in another, with its name before their places and reasons."""
    for part in parts:
        if isinstance(part, Passage):
            yield part._replace(place=f"{name} {part.place}")
        elif isinstance(part, ResidualMetadata):
            yield ResidualMetadata(f"{name}：{part.text}")
        else:
            yield Unreadable(f"{name}：{part.reason}", part.sight)


def beside_members(data: bytes, package: zipfile.ZipFile) -> Iterator[Part]:
    """Yield what a package holds that is no member: comments, and bytes that its table of contents does not name."""
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
    if package.start_dir > end + _MOST_BEHIND or end_of_zip(data) != len(data):
        yield Unreadable("压缩包里有目录上没有的内容")


def end_of_zip(data: bytes) -> int:
    """Return where a zip that ends with these bytes ends, -1 where none does."""
    place = data.rfind(_END_MARK, max(0, len(data) - _END_SIZE - _MOST_COMMENT))
    if place < 0 or place + _END_SIZE > len(data):
        return -1
    return place + _END_SIZE + int.from_bytes(data[place + 20 : place + 22], "little")
