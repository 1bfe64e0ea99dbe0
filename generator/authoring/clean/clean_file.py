"""``gongkai clean``: a copy of an office file without the traces of its making (requirements SAFE-13).

What may stay is a list (parts, properties, settings), so traces that nobody has heard of go too: author,
tracked changes (accepted), comments, hidden text, sheets, rows, columns and slides, paths, macros, custom
properties, what cameras wrote into pictures. What is seen stays. The copy lies beside the original.
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
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of office file: its main part, whether another part may stay, and what is done to those."""

    main: str
    may_stay: Callable[[str], bool]
    clean: Callable[[Parts], None]


_KINDS = {
    ".docx": _Kind("word/document.xml", lambda name: bool(WORD_PARTS.fullmatch(name)), clean_word),
    ".xlsx": _Kind("xl/workbook.xml", lambda name: bool(EXCEL_PARTS.fullmatch(name)), clean_excel),
    ".pptx": _Kind("ppt/presentation.xml", lambda name: bool(SLIDES_PARTS.fullmatch(name)), clean_slides),
}


def write_clean_copy(place: Path) -> tuple[Path, list[str]]:
    """Write a clean copy beside a file; returns its place and what is still in it that a person must look at.

    Raises ``GongkaiError`` for another kind of file, a broken one, or when the copy exists already.
    """
    suffix = place.suffix.lower()
    if suffix not in _KINDS:
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
    look = scan_attachment(place.name, copy)
    rest = [
        *look.residual_metadata,
        *(f"{find.kind.label} {find.masked}（{find.where}）" for find in look.matches[:20]),
    ]
    rest += [f"{name} 里的拍摄或制作信息没有去掉（网页不能显示的图片）" for name in _other_media(copy)]
    if look.unreadable_reason:
        rest.append(f"没有清理到的内容：{look.unreadable_reason}")
    return write_new(place.with_name(f"{place.stem}-清理{place.suffix}"), copy), rest


def clean_bytes(suffix: str, data: bytes, depth: int = 0) -> bytes:
    """Return an office file without the traces of its making, the same bytes for the same file."""
    budget = Budget()
    package = open_package(data, budget)
    parts: Parts = {
        info.filename: read_member(package, info, budget) for info in package.infolist() if not info.is_dir()
    }
    kind = _KINDS[suffix]
    if kind.main not in parts:
        raise UnreadableError(f"不是真正的 {suffix[1:]} 文件")
    keep_parts(parts, lambda name: name in _PROPERTIES or kind.may_stay(name))
    for name in _PROPERTIES & parts.keys():
        root = read_xml(parts[name])
        keep_children(root, _KEPT_PROPERTIES)
        parts[name] = write_xml(root)
    kind.clean(parts)
    for name in list(parts):
        parts[name] = _cleaned_part(name, parts[name], depth)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _cleaned_part(name: str, data: bytes, depth: int) -> bytes:
    """Return a picture or a pasted file without its traces, any other part as it is."""
    suffix = Path(name).suffix.lower()
    if is_picture(data):
        picture = read_picture(data)
        return picture.data if picture else data
    if suffix in _KINDS and depth < _DEEPEST:
        return clean_bytes(suffix, data, depth + 1)
    return data


def _other_media(data: bytes) -> list[str]:
    """Return the media of a file that are no pictures of the web: nothing can be taken out of them."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if "/media/" in name]
        return [name.rpartition("/")[2] for name in names if not is_picture(package.read(name))]
