"""Scan an attachment: find its kind by its first bytes and its name, and read it with the reader for that kind.

Only a file of a known kind that was read completely passes; any other counts as of unknown content.
"""

import gc
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from generator.domain.model import Match, ScanResult, Sight
from generator.domain.privacy import matches_of
from generator.source.attachments.office.archives import is_packed, packed_parts
from generator.source.attachments.office.csv_rows import csv_rows
from generator.source.attachments.office.documents import document_parts
from generator.source.attachments.office.encoded import encoded_parts
from generator.source.attachments.office.findings import (
    Budget,
    NestedReader,
    Part,
    Passage,
    ResidualMetadata,
    Unreadable,
    UnreadableError,
)
from generator.source.attachments.office.magic import (
    LEGACY,
    MEDIA_SUFFIXES,
    NOT_TEXT,
    OLE,
    PACKAGES,
    UNSUPPORTED,
    is_as_named,
    is_drawing,
    is_font,
    is_media,
)
from generator.source.attachments.office.packages import (
    data_outside_members,
    end_of_zip,
    open_package,
    read_member,
    zip_parts,
)
from generator.source.attachments.office.plaintext import readings, words_in
from generator.source.attachments.office.sheets import SHEETS, sheet_parts
from generator.source.attachments.pictures import Picture, is_picture, pixel_size, read_picture

_MOST_NESTED = 3
_MOST_MATCHES = 5_000
_MOST_NOTES = 50
_ENDS = 1 << 20  # bytes at both ends of a recording, where its metadata is
_OPEN_DOCUMENT = (b"application/vnd.oasis.opendocument", b"application/vnd.sun.xml")


def scan_attachment(path: str, data: bytes) -> ScanResult:
    """Return the scan result of a file; never raises for any content."""
    matches: dict[Match, None] = {}
    metadata: list[str] = []
    unreadable: list[Unreadable] = []
    budget = Budget()
    for part in _parts(path, data, budget, 0):
        if isinstance(part, Passage):
            budget.characters -= len(part.text)
            if budget.characters < 0:
                unreadable.append(Unreadable("文字太多，没有看完", Sight.BY_EYE))
                break
            for match in matches_of(part.text) if len(matches) < _MOST_MATCHES else ():
                matches[match._replace(line=1, where=part.where(match.line).strip())] = None
        elif isinstance(part, ResidualMetadata):
            metadata.append(part.text)
        else:
            unreadable.append(part)
    unreadable.sort(key=lambda part: part.sight is not Sight.UNKNOWN)
    reasons = dict.fromkeys(part.reason for part in unreadable)
    picture = read_picture(data)
    return ScanResult(
        tuple(matches),
        tuple(dict.fromkeys(metadata))[:_MOST_NOTES],
        "；".join([*reasons][:5]),
        unreadable[0].sight if unreadable else Sight.WHOLE,
        len(picture.data) if picture else None,
        pixel_size(data, picture.orientation if picture else 1) if picture or path.lower().endswith(".svg") else None,
        csv_rows(path, data),
    )


def _parts(path: str, data: bytes, budget: Budget, depth: int) -> Iterator[Part]:
    """Yield the parts of one file; any error that hostile bytes cause becomes an ``Unreadable`` part."""
    broken = Sight.BY_EYE if is_as_named(PurePosixPath(path).suffix.lower(), data) else Sight.UNKNOWN
    try:
        yield from _read(path, data, budget, depth)
    except UnreadableError as error:
        yield Unreadable(str(error), error.sight or broken)
    except MemoryError:
        gc.collect()
        yield Unreadable("太大，没有看完", broken)
    except Exception:  # zip, XML and PDF readers raise all kinds of errors for a broken file
        yield Unreadable("文件已损坏", broken)


def _read(path: str, data: bytes, budget: Budget, depth: int) -> Iterator[Part]:
    if depth > _MOST_NESTED:
        raise UnreadableError("压缩包套了太多层，没有看完", Sight.UNKNOWN)
    suffix = PurePosixPath(path).suffix.lower()

    def read_nested(name: str, content: bytes) -> Iterator[Part]:
        return _parts(name, content, budget, depth + 1)

    if end_of_zip(data) == len(data) and not data.startswith(b"PK") and not is_picture(data):
        yield Unreadable("文件末尾套着压缩包")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _package(data, budget, read_nested)
    elif data.startswith(OLE):
        yield from _legacy(suffix, data)
    elif b"%PDF-" in data[:1024]:
        from generator.source.attachments.office.pdf import pdf_parts

        yield from pdf_parts(data, budget, read_nested)
    elif is_packed(data):
        yield from packed_parts(path, data, budget, read_nested)
    elif is_picture(data):
        yield from _picture_parts(read_picture(data), published=depth == 0)
    elif data:
        yield from _other_parts(path, suffix, data, read_nested)


def _other_parts(path: str, suffix: str, data: bytes, read_nested: NestedReader) -> Iterator[Part]:
    """Yield the parts of a recording, a text, or a file of unknown kind, which have no reader of their own."""
    if suffix in MEDIA_SUFFIXES and is_media(data):
        yield Passage("音频或视频的属性", words_in(data[:_ENDS] + b"\0\0" + data[_ENDS:][-_ENDS:]))
        return
    if kind := next((kind for magic, kind in UNSUPPORTED if data.startswith(magic)), ""):
        yield Passage("", words_in(data))
        raise UnreadableError(f"{kind}，看不到内容", Sight.BY_EYE)
    texts = readings(data)
    for text in texts:
        yield Passage("", text, "行")
    if suffix in NOT_TEXT:
        raise UnreadableError(NOT_TEXT[suffix], Sight.UNKNOWN)
    if not texts:
        yield Passage("", words_in(data))
        raise UnreadableError("不认识的文件种类，看不到内容", Sight.UNKNOWN)
    yield from encoded_parts(path, texts[0], data, read_nested)


def _legacy(suffix: str, data: bytes) -> Iterator[Part]:
    yield Passage("", words_in(data))
    if suffix in LEGACY:
        raise UnreadableError(f"{LEGACY[suffix]}，看不到内容", Sight.BY_EYE)
    raise UnreadableError("文件有密码或不是这种格式", Sight.BY_EYE if suffix in PACKAGES else Sight.UNKNOWN)


def _picture_parts(picture: Picture | None, *, published: bool) -> Iterator[Part]:
    """Yield the metadata of a picture; ``published`` is whether the build publishes it itself, without metadata."""
    if picture is None:
        raise UnreadableError("图片已损坏，或不是这种图片", Sight.UNKNOWN)
    for payload in picture.metadata:
        yield Passage("图片的属性", "\n\n".join([*readings(payload), words_in(payload)]))
    if picture.traces:
        yield ResidualMetadata("、".join(picture.traces))
    if picture.has_more and not published:
        yield Unreadable("图片末尾还有别的内容")


def _package(data: bytes, budget: Budget, read_nested: NestedReader) -> Iterator[Part]:
    package = open_package(data, budget)
    yield from data_outside_members(data, package)
    names = package.NameToInfo.keys()
    is_open_document = "mimetype" in names and read_member(package, "mimetype", budget).startswith(_OPEN_DOCUMENT)
    if not names & {"[Content_Types].xml", "OFD.xml"} and not is_open_document:
        yield from zip_parts(package, budget, read_nested)
        return
    sheets = "xl/workbook.xml" in names
    yield Passage("包里的文件名", "\n".join(names), "个")
    if sheets:
        yield from sheet_parts(package, budget)
    yield from document_parts(package, budget, partial(_member_parts, read_nested), SHEETS if sheets else None)


def _member_parts(read_nested: NestedReader, name: str, data: bytes) -> Iterator[Part]:
    """Yield the content of a part of an office package that is not XML."""
    title = name.rpartition("/")[2]
    if is_font(data) or is_drawing(data) or title == "mimetype" or title.startswith("printerSettings"):
        yield Passage("", words_in(data))
    elif title == "vbaProject.bin":
        yield Passage("", words_in(data))
        yield ResidualMetadata("宏")
        yield Unreadable("宏，看不到内容", Sight.BY_EYE)
    elif not title.endswith((".odttf", ".fntdata")):  # obfuscated fonts
        yield from read_nested(name, data)
