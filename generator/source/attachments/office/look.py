"""Which kind a file is, by its first bytes and then its name, and what stands in it.

Only what is of a known kind and was looked into wholly passes: the default is that nobody knows what a file holds.
"""

import gc
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from generator.domain.model import Match, ScanResult, Sight
from generator.domain.privacy import matches_of
from generator.source.attachments.office.archives import is_packed, packed_parts
from generator.source.attachments.office.documents import document_parts
from generator.source.attachments.office.encoded import encoded_parts
from generator.source.attachments.office.findings import (
    Budget,
    LookInto,
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
    UNPACKED_BY_NOBODY,
    is_as_named,
    is_drawing,
    is_font,
    is_media,
)
from generator.source.attachments.office.packages import (
    beside_members,
    end_of_zip,
    open_package,
    read_member,
    zip_parts,
)
from generator.source.attachments.office.plaintext import readings, words_in
from generator.source.attachments.office.sheets import SHEETS, sheet_parts
from generator.source.attachments.pictures import Picture, is_picture, read_picture

_MOST_NESTED = 3
_MOST_FINDS = 5_000
_MOST_NOTES = 50
_ENDS = 1 << 20  # of a film, what describes it lies at one of its ends
_OPEN_DOCUMENT = (b"application/vnd.oasis.opendocument", b"application/vnd.sun.xml")


def scan_attachment(path: str, data: bytes) -> ScanResult:
    """Return what stands in a file that must not be public; never raises for what the file holds."""
    finds: dict[Match, None] = {}
    leftovers: list[str] = []
    shut: list[Unreadable] = []
    budget = Budget()
    for part in _parts(path, data, budget, 0):
        if isinstance(part, Passage):
            budget.characters -= len(part.text)
            if budget.characters < 0:
                shut.append(Unreadable("文字太多，没有看完", Sight.BY_EYE))
                break
            for find in matches_of(part.text) if len(finds) < _MOST_FINDS else ():
                finds[find._replace(line=1, where=part.where(find.line).strip())] = None
        elif isinstance(part, ResidualMetadata):
            leftovers.append(part.text)
        else:
            shut.append(part)
    shut.sort(key=lambda part: part.sight is not Sight.UNKNOWN)
    reasons = dict.fromkeys(part.reason for part in shut)
    picture = read_picture(data)
    return ScanResult(
        tuple(finds),
        tuple(dict.fromkeys(leftovers))[:_MOST_NOTES],
        "；".join([*reasons][:5]),
        shut[0].sight if shut else Sight.WHOLE,
        len(picture.data) if picture else None,
    )


def _parts(path: str, data: bytes, budget: Budget, depth: int) -> Iterator[Part]:
    """Yield the parts of one file; whatever a library makes of hostile bytes, it ends as a word about the file."""
    broken = Sight.BY_EYE if is_as_named(PurePosixPath(path).suffix.lower(), data) else Sight.UNKNOWN
    try:
        yield from _inside(path, data, budget, depth)
    except UnreadableError as error:
        yield Unreadable(str(error), error.sight or broken)
    except MemoryError:
        gc.collect()
        yield Unreadable("太大，没有看完", broken)
    except Exception:  # zip, XML and PDF readers raise whatever a broken file makes them stumble over
        yield Unreadable("文件已损坏", broken)


def _inside(path: str, data: bytes, budget: Budget, depth: int) -> Iterator[Part]:
    if depth > _MOST_NESTED:
        raise UnreadableError("压缩包套了太多层，没有看完", Sight.UNKNOWN)
    suffix = PurePosixPath(path).suffix.lower()

    def deeper(name: str, content: bytes) -> Iterator[Part]:
        return _parts(name, content, budget, depth + 1)

    if end_of_zip(data) == len(data) and not data.startswith(b"PK") and not is_picture(data):
        yield Unreadable("文件末尾套着压缩包")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _package(data, budget, deeper)
    elif data.startswith(OLE):
        yield from _legacy(suffix, data)
    elif b"%PDF-" in data[:1024]:
        from generator.source.attachments.office.pdf import pdf_parts

        yield from pdf_parts(data, budget, deeper)
    elif is_packed(data):
        yield from packed_parts(path, data, budget, deeper)
    elif is_picture(data):
        yield from _picture_parts(read_picture(data), published=depth == 0)
    elif data:
        yield from _other_parts(path, suffix, data, deeper)


def _other_parts(path: str, suffix: str, data: bytes, deeper: LookInto) -> Iterator[Part]:
    """Yield what a file without a reader of its own holds: the words of a film, a text; anything else is not known."""
    if suffix in MEDIA_SUFFIXES and is_media(data):
        yield Passage("音频或视频的属性", words_in(data[:_ENDS] + b"\0\0" + data[_ENDS:][-_ENDS:]))
        return
    if kind := next((kind for mark, kind in UNPACKED_BY_NOBODY if data.startswith(mark)), ""):
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
    yield from encoded_parts(path, texts[0], data, deeper)


def _legacy(suffix: str, data: bytes) -> Iterator[Part]:
    yield Passage("", words_in(data))
    if suffix in LEGACY:
        raise UnreadableError(f"{LEGACY[suffix]}，看不到内容", Sight.BY_EYE)
    raise UnreadableError("文件有密码或不是这种格式", Sight.BY_EYE if suffix in PACKAGES else Sight.UNKNOWN)


def _picture_parts(picture: Picture | None, *, published: bool) -> Iterator[Part]:
    """Yield what was written into a picture; one that is ``published`` as it is found goes without it."""
    if picture is None:
        raise UnreadableError("图片已损坏，或不是这种图片", Sight.UNKNOWN)
    for payload in picture.metadata:
        yield Passage("图片的属性", "\n\n".join([*readings(payload), words_in(payload)]))
    if picture.traces:
        yield ResidualMetadata("、".join(picture.traces))
    if picture.has_more and not published:
        yield Unreadable("图片末尾还有别的内容")


def _package(data: bytes, budget: Budget, deeper: LookInto) -> Iterator[Part]:
    package = open_package(data, budget)
    yield from beside_members(data, package)
    names = package.NameToInfo.keys()
    is_open_document = "mimetype" in names and read_member(package, "mimetype", budget).startswith(_OPEN_DOCUMENT)
    if not names & {"[Content_Types].xml", "OFD.xml"} and not is_open_document:
        yield from zip_parts(package, budget, deeper)
        return
    sheets = "xl/workbook.xml" in names
    yield Passage("包里的文件名", "\n".join(names), "个")
    if sheets:
        yield from sheet_parts(package, budget)
    yield from document_parts(package, budget, partial(_member_parts, deeper), SHEETS if sheets else None)


def _member_parts(deeper: LookInto, name: str, data: bytes) -> Iterator[Part]:
    """Yield what a part of an office package holds that is no XML."""
    title = name.rpartition("/")[2]
    if is_font(data) or is_drawing(data) or title == "mimetype" or title.startswith("printerSettings"):
        yield Passage("", words_in(data))
    elif title == "vbaProject.bin":
        yield Passage("", words_in(data))
        yield ResidualMetadata("宏")
        yield Unreadable("宏，看不到内容", Sight.BY_EYE)
    elif not title.endswith((".odttf", ".fntdata")):  # fonts whose first bytes are changed on purpose
        yield from deeper(name, data)
