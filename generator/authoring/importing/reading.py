"""Which reader a file to import needs: by its first bytes where these say it, else by its name."""

import zlib
from pathlib import Path
from typing import NoReturn

from lxml import etree

from generator.authoring.importing.office_program import converted_to_docx
from generator.authoring.importing.open_document.source import read_odt
from generator.authoring.importing.plain_text import read_txt
from generator.authoring.importing.source_file import MarkedError, SourceFile
from generator.authoring.importing.word.docx import OLE, open_docx, read_bytes
from generator.authoring.importing.word.secrecy import mark_of_name
from generator.authoring.importing.word.source import read_docx, source_of
from generator.domain.problems import GongkaiError
from generator.source.attachments.office.findings import UnreadableError

_READING = (
    UnreadableError, etree.LxmlError, KeyError, IndexError, ValueError, RecursionError, MemoryError, zlib.error,
    EOFError,
)  # fmt: skip
_OLDER = frozenset({".doc", ".dot", ".wps", ".wpt", ".rtf"})
_OPEN_DOCUMENT = frozenset({".odt", ".ott"})
_KNOWN = _OLDER | _OPEN_DOCUMENT | {".txt", ".docx"}
_OPEN_DOCUMENT_TYPE, _MOST_TYPE = b"application/vnd.oasis.opendocument.text", 200
_WORD_STREAM, _ENCRYPTED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
_RTF, _ZIP = b"{\\rtf", b"PK\x03\x04"
_LIKE_HTML = (b"<!doctype html", b"<html", b"<?xml", b"mime-version")
_WPS_OR_WORD = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”，再导入"


def read_source(place: Path) -> SourceFile:
    """Read a file to import.

    Raises ``GongkaiError``, with what to do, for one that cannot be read or bears a mark of secrecy.
    """
    if mark := mark_of_name(place.stem):
        refuse_marked(place, "文件名", mark)
    try:
        return _read(place)
    except MarkedError as error:
        refuse_marked(place, error.where, error.mark)
    except _READING as error:
        reason = str(error) if isinstance(error, UnreadableError) else "文件已损坏，或者太大"
        raise GongkaiError(f"{place} 导入不了：{reason}", "用 Word 或 WPS 打开后另存一份 docx 再试") from None


def refuse_marked(place: Path, where: str, mark: str) -> NoReturn:
    """Raise the error for a file that bears a mark of secrecy."""
    raise GongkaiError(
        f"{place} 的{where}有密级或内部标志“{mark}”，没有导入", "先交保密审查；涉密文件不得放进网站的文件夹"
    )


def _read(place: Path) -> SourceFile:
    suffix = place.suffix.lower()
    if suffix not in _KNOWN:
        return read_docx(place)
    data = read_bytes(place)
    if suffix == ".txt":
        return read_txt(place, data)
    if suffix in _OPEN_DOCUMENT or _is_open_document(data):
        return read_odt(place, data)
    if suffix in _OLDER or (data.startswith(OLE) and _WORD_STREAM in data and _ENCRYPTED not in data):
        return _read_older(place, data)
    return read_docx(place)


def _is_open_document(data: bytes) -> bool:
    """Whether bytes are an odt under another name: the first part of every odt is its type."""
    return data.startswith(_ZIP) and _OPEN_DOCUMENT_TYPE in data[:_MOST_TYPE]


def _read_older(place: Path, data: bytes) -> SourceFile:
    """Read a doc, wps or rtf: through LibreOffice, unless it is a docx under another name."""
    if data.startswith(_ZIP):
        return source_of(open_docx(place, data))
    if data.lstrip()[:20].lower().startswith(_LIKE_HTML):
        raise GongkaiError(f"{place} 其实是网页，改了后缀", _WPS_OR_WORD)
    if data.startswith(_RTF):
        suffix = ".rtf"
    elif data.startswith(OLE) and _ENCRYPTED in data:
        raise GongkaiError(f"{place} 有打开密码", "先去掉密码，再导入")
    elif data.startswith(OLE) and _WORD_STREAM in data:
        suffix = ".doc"
    else:
        raise GongkaiError(f"{place} 不是真正的 {place.suffix.lower().lstrip('.')} 文件", _WPS_OR_WORD)
    source = source_of(open_docx(place, converted_to_docx(place, data, suffix)))
    remark = f"由 LibreOffice 把{place.suffix.lower().lstrip('.')}转换以后导入，对照原件看一遍编号、表格和图片"
    return SourceFile(
        source.document, source.around, source.words_on_paper, source.pictures, source.marks_left_out, (remark,)
    )
