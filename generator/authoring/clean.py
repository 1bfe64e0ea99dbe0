"""``gongkai clean``: a copy of a Word or Excel file without the traces of its making (requirements SAFE-13).

Author, tracked changes (accepted), comments, hidden text, hidden sheets, rows and columns go; what
is seen stays. The copy lies beside the original, which is never touched.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from generator.authoring.clean_excel import clean_excel
from generator.authoring.clean_word import clean_word
from generator.authoring.files import write_new
from generator.authoring.packages import Parts, local, read_xml, write_xml
from generator.problems import GongkaiError
from generator.source.office import look_into
from generator.source.office.packages import open_package, read_member
from generator.source.office.parts import Budget, UnreadableError

_Cleaner: TypeAlias = Callable[[Parts], None]
_CLEANERS: dict[str, _Cleaner] = {".docx": clean_word, ".xlsx": clean_excel}
_KEPT_PROPERTIES = frozenset({"title", "created", "modified", "Application", "AppVersion"})
_EPOCH = (1980, 1, 1, 0, 0, 0)


def clean(place: Path) -> tuple[Path, list[str]]:
    """Write a clean copy beside a file; returns its place and what is still in it that a person must look at.

    Raises ``GongkaiError`` for another kind of file, a broken one, or when the copy exists already.
    """
    suffix = place.suffix.lower()
    if suffix not in _CLEANERS:
        raise GongkaiError(f"{place} 不是 docx 或 xlsx 文件", "旧版的 doc、xls 先用 Word 或 WPS 另存为 docx、xlsx")
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        raise GongkaiError(f"找不到文件 {place}", "核对文件名") from None
    except IsADirectoryError:
        raise GongkaiError(f"{place} 是文件夹", "一次清理一个文件") from None
    try:
        copy = cleaned(suffix, data)
    except (UnreadableError, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, NotImplementedError) as error:
        told = str(error) if isinstance(error, UnreadableError) else "文件已损坏"
        raise GongkaiError(f"{place} 清理不了：{told}", "用 Word 或 WPS 打开后另存一份再试") from None
    look = look_into(place.name, copy)
    rest = [*look.leftovers, *(f"{find.kind.label} {find.masked}（{find.where}）" for find in look.finds[:20])]
    return write_new(place.with_name(f"{place.stem}-清理{place.suffix}"), copy), rest


def cleaned(suffix: str, data: bytes) -> bytes:
    """Return a Word or Excel file without the traces of its making, the same bytes for the same file."""
    budget = Budget()
    package = open_package(data, budget)
    parts: Parts = {
        info.filename: read_member(package, info, budget) for info in package.infolist() if not info.is_dir()
    }
    if ("word/document.xml" if suffix == ".docx" else "xl/workbook.xml") not in parts:
        raise UnreadableError(f"不是真正的 {suffix[1:]} 文件")
    for name in [name for name in parts if name.startswith("docProps/") and name.endswith(".xml")]:
        root = read_xml(parts[name])
        for element in list(root):
            if local(element) not in _KEPT_PROPERTIES:
                root.remove(element)
        parts[name] = write_xml(root)
    _CLEANERS[suffix](parts)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
