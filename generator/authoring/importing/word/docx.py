"""Opening a Word file to import it: a docx within a budget, or a word for its owner about what to do instead."""

import posixpath
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from generator.authoring.clean.office_parts import Parts, read_xml, relations_of, target_of
from generator.domain.problems import GongkaiError, reason_of
from generator.source.attachments.office.documents import xml_texts
from generator.source.attachments.office.findings import Budget, UnreadableError
from generator.source.attachments.office.packages import open_package, read_member

_SAVE_AS = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”，再导入"
_OTHER_KINDS = {
    **dict.fromkeys((".dotx", ".xml", ".htm", ".html", ".mht"), _SAVE_AS),
    **dict.fromkeys((".docm", ".dotm"), f"这种文件带宏。{_SAVE_AS}"),
    ".pdf": "向起草单位要 Word 原件；没有的，用 Word 打开 PDF 另存为 docx，导入后逐字核对",
    ".ofd": "向起草单位要 Word 原件；OFD 可以作为附件发布",
    **dict.fromkeys((".xlsx", ".xls", ".et", ".csv"), "表格作为附件发布，或先粘贴到 Word 里"),
    ".md": "已经是 Markdown 的，放进 content/ 下面的文件夹，补上元数据",
}
OLE = b"\xd0\xcf\x11\xe0"
MOST_BYTES = 96_000_000
MOST_MARKS = 1_500_000  # some 500 pages have 300,000; beyond this the tree would fill the memory of a small machine
_DOCUMENT = "/officeDocument"
BROKEN = (
    UnreadableError,
    etree.XMLSyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    EOFError,
    ValueError,
)


class DocxPackage(NamedTuple):
    """The parts of a docx, which of them is the text, and how many traces of its making it holds, by their word."""

    parts: Parts
    main: str
    traces: Counter[str]

    def relations(self, owner: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relations of a part by id: the end of their type, where they lead, whether outside the file."""
        data = self.parts.get(relations_of(owner))
        relations = {}
        for relation in read_xml(data) if data else ():
            outside = relation.get("TargetMode") == "External"
            target = relation.get("Target", "") if outside else target_of(owner, relation)
            relations[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target, outside)
        return relations

    def part(self, kind: str) -> str:
        """Return the part that the text relates to as a kind (``styles`` …), empty where it has none."""
        relations = self.relations(self.main).values()
        return next(
            (
                target
                for relation_kind, target, outside in relations
                if relation_kind == kind and not outside and target in self.parts
            ),
            "",
        )

    def root(self, kind: str) -> etree._Element | None:
        """Return the part that the text relates to as a kind, parsed; ``None`` where it has none."""
        part = self.part(kind)
        return self.root_of(part) if part else None

    def root_of(self, part: str) -> etree._Element:
        """Return a part, parsed."""
        return read_xml(self.parts[part])

    def words_of_part(self, part: str) -> str:
        """Return the words of a chart or a diagram, in their order; empty where there is no such part."""
        if part not in self.parts:
            return ""
        texts = (one.text or "" for one in self.root_of(part).iter("{*}t", "{*}v"))
        return "、".join(text for text in texts if text.strip())


def open_word(place: Path) -> DocxPackage:
    """Open a docx.

    Raises ``GongkaiError``, with what to do, for every other file.
    """
    suffix = place.suffix.lower()
    if suffix in _OTHER_KINDS:
        raise GongkaiError(f"{place} 不能导入，这里读 docx、odt、txt、doc、wps 和 rtf", _OTHER_KINDS[suffix])
    return open_docx(place, read_bytes(place))


def read_bytes(place: Path) -> bytes:
    """Return the bytes of a file to import; raises ``GongkaiError`` for one that is too large or cannot be read."""
    try:
        if place.stat().st_size > MOST_BYTES:
            raise GongkaiError(f"{place} 超过 {MOST_BYTES // 1_000_000} MB，不能导入", "压缩里面的图片，或拆成几份")
        return place.read_bytes()
    except OSError as error:
        raise GongkaiError(f"{place} 读不了：{reason_of(error)}", "核对路径，一次写一个或几个文件") from None


def open_docx(place: Path, data: bytes) -> DocxPackage:
    """Return the bytes of a docx as a package; raises ``GongkaiError``, with what to do, for other bytes."""
    if data.startswith(OLE):
        raise GongkaiError(f"{place} 有打开密码，或者是旧版 doc 改了后缀", f"有密码的先去掉密码；旧版的{_SAVE_AS}")
    try:
        return _opened(data)
    except BROKEN as error:
        reason = str(error) if isinstance(error, UnreadableError) else "文件已损坏，或不是真正的 docx"
        raise GongkaiError(f"{place} 导入不了：{reason}", _SAVE_AS) from None


def _opened(data: bytes) -> DocxPackage:
    budget = Budget(octets=MOST_BYTES, marks=MOST_MARKS)
    package = open_package(data, budget)
    parts: Parts = {
        posixpath.normpath(info.filename.replace("\\", "/").lstrip("/")): read_member(package, info, budget)
        for info in package.infolist()
        if not info.is_dir()
    }
    main = next(
        (
            target_of("", relation)
            for relation in read_xml(parts.get("_rels/.rels", b"<none/>"))
            if relation.get("Type", "").endswith(_DOCUMENT)
        ),
        "word/document.xml",
    )
    main = posixpath.normpath(main.lstrip("/"))
    if main not in parts:
        raise UnreadableError("不是真正的 docx 文件")
    if any(name.endswith("vbaProject.bin") for name in parts):
        raise UnreadableError("文件带宏")
    traces: Counter[str] = Counter()
    folder = posixpath.dirname(main)
    for name, part in parts.items():
        if posixpath.dirname(name) == folder and name.endswith(".xml"):
            xml_texts(part, traces, budget)  # counts the marks before a tree is made of them
    return DocxPackage(parts, main, traces)
