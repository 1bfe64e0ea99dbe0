"""Which kind a file is, by its first bytes and then its name, and what stands in it."""

import contextlib
import gc
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.model import Find, Look
from generator.privacy import finds_of
from generator.source.office.packages import document_parts, open_package, zip_parts
from generator.source.office.parts import Budget, Leftover, Part, Passage, Shut, UnreadableError
from generator.source.office.sheets import SHEETS, sheet_parts

_TEXTS = frozenset({".csv", ".txt", ".tsv", ".html", ".htm", ".mht", ".svg", ".xml", ".json", ".md", ".log", ".eml"})
_PACKAGES = frozenset({".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".ppsx", ".ofd", ".zip"})
_SHUT = {
    **dict.fromkeys((".doc", ".xls", ".ppt"), "旧版 Office 格式"),
    **dict.fromkeys((".wps", ".et", ".dps", ".rtf", ".odt", ".ods", ".odp", ".xlsb", ".ceb", ".caj"), "这种文档格式"),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"), "这种压缩格式"),
    **dict.fromkeys((".mdb", ".accdb", ".dbf", ".db", ".sqlite", ".msg"), "这种数据库格式"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_NESTED = 3
_MOST_FINDS = 5_000
_MOST_NOTES = 50


def is_looked_into(path: str) -> bool:
    """Whether a file is of a kind that is looked into, or that somebody must be told cannot be."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in _TEXTS or suffix in _PACKAGES or suffix in _SHUT or suffix == ".pdf"


def look_into(path: str, data: bytes) -> Look:
    """Return what stands in a file that must not be public; never raises for what the file holds."""
    finds: dict[Find, None] = {}
    leftovers: list[str] = []
    reasons: list[str] = []
    budget = Budget()
    for part in _parts(path, data, budget, 0):
        if isinstance(part, Passage):
            budget.characters -= len(part.text)
            if budget.characters < 0:
                reasons.append("文字太多，没有看完")
                break
            for find in finds_of(part.text) if len(finds) < _MOST_FINDS else ():
                finds[find._replace(line=1, where=part.where(find.line).strip())] = None
        elif isinstance(part, Leftover):
            leftovers.append(part.text)
        else:
            reasons.append(part.reason)
    return Look(tuple(finds), tuple(dict.fromkeys(leftovers))[:_MOST_NOTES], "；".join(dict.fromkeys(reasons[:5])))


def _parts(path: str, data: bytes, budget: Budget, depth: int) -> Iterator[Part]:
    """Yield the parts of one file; whatever a library makes of hostile bytes, it ends as a word about the file."""
    try:
        yield from _inside(path, data, budget, depth)
    except UnreadableError as error:
        yield Shut(str(error))
    except MemoryError:
        gc.collect()
        yield Shut("太大，没有看完")
    except Exception:  # zip, XML and PDF readers raise whatever a broken file makes them stumble over
        yield Shut("文件已损坏")


def _inside(path: str, data: bytes, budget: Budget, depth: int) -> Iterator[Part]:
    suffix = PurePosixPath(path).suffix.lower()
    if data.startswith(b"PK\x03\x04") and (suffix in _PACKAGES or suffix in _SHUT):
        if depth >= _MOST_NESTED:
            raise UnreadableError("压缩包套了太多层，没有看完")
        yield from _package(data, budget, depth)
    elif data.startswith(_OLE):
        encrypted = suffix in _PACKAGES and suffix != ".zip"
        raise UnreadableError(
            "文件有密码或不是这种格式" if encrypted else f"{_SHUT.get(suffix, '旧版 Office 格式')}，看不到内容"
        )
    elif b"%PDF-" in data[:1024] and (suffix == ".pdf" or suffix in _SHUT):
        from generator.source.office.pdf import pdf_parts

        yield from pdf_parts(data, budget)
    elif suffix in _TEXTS or (suffix in {".doc", ".xls"} and b"\x00" not in data):  # many an .xls is HTML
        yield Passage("", decoded(data), "行")
    elif suffix in _SHUT:
        raise UnreadableError(f"{_SHUT[suffix]}，看不到内容")
    elif suffix in _PACKAGES or suffix == ".pdf":
        raise UnreadableError("文件已损坏")


def _package(data: bytes, budget: Budget, depth: int) -> Iterator[Part]:
    package = open_package(data, budget)
    names = set(package.namelist())
    if not names & {"[Content_Types].xml", "OFD.xml"}:
        budget.members += len(names)
        yield from zip_parts(data, budget, lambda name, member: _parts(name, member, budget, depth + 1))
        return
    if "xl/workbook.xml" in names:
        yield from sheet_parts(package, budget)
    yield from document_parts(package, budget, SHEETS if "xl/workbook.xml" in names else None)
    for info in package.infolist():  # files that were pasted into this one
        if "/embeddings/" in info.filename and is_looked_into(info.filename):
            from generator.source.office.packages import read_member

            for part in _parts(info.filename, read_member(package, info, budget), budget, depth + 1):
                yield part._replace(place=f"嵌入的文件 {part.place}") if isinstance(part, Passage) else part


def decoded(data: bytes) -> str:
    """Return the text of a file in any encoding that a Chinese office writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    return data.decode("gb18030", "replace")
