"""``gongkai clean``: a copy of an office file without residual metadata (requirements SAFE-13).

Allowlists name the parts, properties and settings that may stay, so unknown metadata is removed too. Removed are
author, tracked changes (accepted), comments, hidden text, sheets, rows, columns and slides, local paths, macros,
custom properties and camera data in pictures. Visible content stays. The copy is written beside the original.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from generator.authoring.clean.excel import EXCEL_PARTS, clean_excel
from generator.authoring.clean.office_parts import Parts, keep_children, keep_parts, read_xml, write_xml
from generator.authoring.clean.slides import SLIDES_PARTS, clean_slides
from generator.authoring.clean.word_parts import WORD_PARTS, clean_word
from generator.authoring.new_files import write_new
from generator.domain.problems import GongkaiError
from generator.source.attachments.office import scan_attachment
from generator.source.attachments.office.findings import Budget, UnreadableError
from generator.source.attachments.office.packages import open_package, read_member
from generator.source.attachments.pictures import is_picture, read_picture

_PROPERTIES = frozenset({"docProps/core.xml", "docProps/app.xml"})
_KEPT_PROPERTIES = frozenset({"title", "created", "modified", "Application", "AppVersion"})
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class _OfficeFormat:
    """One office format: its main part, a test for other parts that may stay, and the function that cleans them."""

    main: str
    may_stay: Callable[[str], bool]
    clean: Callable[[Parts], None]


_FORMATS = {
    ".docx": _OfficeFormat("word/document.xml", lambda name: bool(WORD_PARTS.fullmatch(name)), clean_word),
    ".xlsx": _OfficeFormat("xl/workbook.xml", lambda name: bool(EXCEL_PARTS.fullmatch(name)), clean_excel),
    ".pptx": _OfficeFormat("ppt/presentation.xml", lambda name: bool(SLIDES_PARTS.fullmatch(name)), clean_slides),
}


def write_clean_copy(place: Path) -> tuple[Path, list[str]]:
    """Write a clean copy beside a file; return its path and a line for each remaining item that a person must check.

    Raises ``GongkaiError`` for another kind of file, a damaged one, or when the copy exists already.
    """
    suffix = place.suffix.lower()
    if suffix not in _FORMATS:
        raise GongkaiError(f"{place} 不是 docx、xlsx、pptx", "旧版的 doc、xls 先用 Word 或 WPS 另存为 docx、xlsx")
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        raise GongkaiError(f"找不到文件 {place}", "核对文件名") from None
    except IsADirectoryError:
        raise GongkaiError(f"{place} 是文件夹", "一次清理一个文件") from None
    try:
        copy = clean_bytes(suffix, data)
    except (UnreadableError, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, NotImplementedError) as error:
        reason = str(error) if isinstance(error, UnreadableError) else "文件已损坏"
        raise GongkaiError(f"{place} 清理不了：{reason}", "用 Word 或 WPS 打开后另存一份再试") from None
    scan = scan_attachment(place.name, copy)
    remaining = [
        *scan.residual_metadata,
        *(f"{match.kind.label} {match.masked}（{match.where}）" for match in scan.matches[:20]),
    ]
    remaining += [f"{name} 里的拍摄或制作信息没有去掉（网页不能显示的图片）" for name in _other_media(copy)]
    if scan.unreadable_reason:
        remaining.append(f"没有清理到的内容：{scan.unreadable_reason}")
    return write_new(place.with_name(f"{place.stem}-清理{place.suffix}"), copy), remaining


def clean_bytes(suffix: str, data: bytes, depth: int = 0) -> bytes:
    """Return an office file without residual metadata; the same input gives the same bytes.

    ``depth`` counts the office files around an embedded one. Raises ``UnreadableError`` where the main part is missing.
    """
    budget = Budget()
    package = open_package(data, budget)
    parts: Parts = {
        info.filename: read_member(package, info, budget) for info in package.infolist() if not info.is_dir()
    }
    office_format = _FORMATS[suffix]
    if office_format.main not in parts:
        raise UnreadableError(f"不是真正的 {suffix[1:]} 文件")
    keep_parts(parts, lambda name: name in _PROPERTIES or office_format.may_stay(name))
    for name in _PROPERTIES & parts.keys():
        root = read_xml(parts[name])
        keep_children(root, _KEPT_PROPERTIES)
        parts[name] = write_xml(root)
    office_format.clean(parts)
    for name in list(parts):
        parts[name] = _cleaned_part(name, parts[name], depth)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as output:
        for name, content in parts.items():
            output.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _cleaned_part(name: str, data: bytes, depth: int) -> bytes:
    """Return a picture or an embedded office file without residual metadata, any other part unchanged."""
    suffix = Path(name).suffix.lower()
    if is_picture(data):
        picture = read_picture(data)
        return picture.data if picture else data
    if suffix in _FORMATS and depth < _MAX_DEPTH:
        return clean_bytes(suffix, data, depth + 1)
    return data


def _other_media(data: bytes) -> list[str]:
    """Return the names of media in formats that cannot be cleaned, because they are not pictures of the web."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if "/media/" in name]
        return [name.rpartition("/")[2] for name in names if not is_picture(package.read(name))]
