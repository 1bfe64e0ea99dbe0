"""Opening an odt to import it: its parts within the budget that a docx has."""

import posixpath
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from generator.authoring.clean.office_parts import read_xml
from generator.authoring.importing.word.docx import BROKEN, MOST_BYTES, MOST_MARKS, OLE
from generator.domain.problems import GongkaiError
from generator.source.attachments.office.documents import xml_texts
from generator.source.attachments.office.findings import Budget, UnreadableError
from generator.source.attachments.office.packages import open_package, read_member

_MIME = b"application/vnd.oasis.opendocument.text"
_CONTENT = "content.xml"
_SCRIPTS = ("Basic/", "Scripts/")
_SAVE_AS = "用 LibreOffice 或 WPS 打开，另存为 odt 或 docx，再导入"


class OdtPackage(NamedTuple):
    """The parts of an odt by name; ``content`` is the text, ``styles`` has headers, footers and shared styles."""

    parts: dict[str, bytes]

    @property
    def content(self) -> etree._Element:
        """The part with the text, parsed."""
        return read_xml(self.parts[_CONTENT])

    @property
    def styles(self) -> etree._Element | None:
        """The part with the shared styles, parsed; ``None`` where there is none."""
        data = self.parts.get("styles.xml")
        return read_xml(data) if data else None

    def root_of(self, part: str) -> etree._Element | None:
        """Return another part, parsed; ``None`` for one that is missing or no XML."""
        try:
            return read_xml(self.parts[part])
        except (KeyError, UnreadableError, etree.LxmlError, ValueError):
            return None


def open_odt(place: Path, data: bytes) -> OdtPackage:
    """Return the bytes of an odt as a package; raises ``GongkaiError``, with what to do, for other bytes."""
    if data.startswith(OLE):
        raise GongkaiError(f"{place} 不是 odt，是旧版 Office 文件改了后缀", _SAVE_AS)
    try:
        return _opened(data)
    except BROKEN as error:
        reason = str(error) if isinstance(error, UnreadableError) else "文件已损坏，或不是真正的 odt"
        raise GongkaiError(f"{place} 导入不了：{reason}", _SAVE_AS) from None


def _opened(data: bytes) -> OdtPackage:
    budget = Budget(octets=MOST_BYTES, marks=MOST_MARKS)
    package = open_package(data, budget)
    parts = {
        posixpath.normpath(info.filename.replace("\\", "/").lstrip("/")): read_member(package, info, budget)
        for info in package.infolist()
        if not info.is_dir()
    }
    if _CONTENT not in parts or not parts.get("mimetype", _MIME).strip().startswith(_MIME):
        raise UnreadableError("不是真正的 odt 文件")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableError("有打开密码，先去掉密码")
    if any(name.startswith(_SCRIPTS) and not name.endswith(("script-lc.xml", "script-lb.xml")) for name in parts):
        raise UnreadableError("文件带宏")
    traces: Counter[str] = Counter()
    for name in (_CONTENT, "styles.xml"):
        if name in parts:
            xml_texts(parts[name], traces, budget)  # counts the marks before a tree is made of them
    return OdtPackage(parts)
