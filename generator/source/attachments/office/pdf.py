"""Read PDF: the text of every page, notes, form values, attached files, properties. A scanned page has no text."""

import base64
import ctypes
import re
import zlib
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from generator.domain.model import Sight
from generator.source.attachments.office.findings import (
    Budget,
    NestedReader,
    Part,
    Passage,
    ResidualMetadata,
    Unreadable,
    UnreadableError,
)
from generator.source.attachments.office.packages import within
from generator.source.attachments.office.plaintext import readings, words_in
from generator.source.attachments.pictures.exif import traces_of

_ANNOTATION_KEYS = (b"Contents", b"T", b"Subj", b"RC", b"V", b"TU", b"DV", b"NM", b"Alt")
_LINK, _POPUP, _WIDGET = 2, 16, 20
_STREAM = re.compile(rb"stream\r?\n")
_STREAM_END = b"endstream"
# Streams with text that no page shows: objects (properties, notes, layers, bookmarks), XMP and forms.
_WORDED_STREAM = re.compile(rb"/ObjStm|/Metadata|/XFA|/JavaScript|/XML\b")
_STRING = re.compile(rb"\(((?:[^()\\]|\\.){2,20000})\)|(?<!<)<([0-9A-Fa-f\s]{4,40000})>", re.DOTALL)
_OCTAL = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}
_MOST_STREAM, _BEGINNING = 20_000_000, 64
_MOST_AFTER = 1_024


def pdf_parts(data: bytes, budget: Budget, read_nested: NestedReader) -> Iterator[Part]:
    """Yield the parts of a PDF; raises ``UnreadableError`` for one that cannot be opened.

    ``read_nested`` reads each attached file by name and content.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableError("有密码", Sight.BY_EYE) from None
        raise UnreadableError("文件已损坏") from None
    try:
        yield from _properties(document)
        empty_pages = 0
        for number in range(len(document)):
            budget.pages -= 1
            if budget.pages < 0:
                raise UnreadableError("页数太多，没有看完")
            text, notes, marks = _page_texts(document, number)
            budget.spend(len(text) + len(notes))
            empty_pages += not text.strip()
            yield Passage(f"第 {number + 1} 页", text)
            if notes.strip():
                yield Passage(f"第 {number + 1} 页的批注或表单", notes)
            if marks:
                yield ResidualMetadata(f"批注 {marks} 处")
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            name = attached.get_name()
            yield Passage("PDF 里的附件名", name)
            yield from within(f"PDF 里的附件 {name}", read_nested(name, bytes(attached.get_data())))
        if empty_pages:
            yield Unreadable(f"{empty_pages} 页没有文字（多半是扫描件），看不到内容", Sight.BY_EYE)
    finally:
        document.close()
    yield from _raw_parts(data, budget)


def _properties(document: pypdfium2.PdfDocument) -> Iterator[Part]:
    values = {key: value for key, value in document.get_metadata_dict().items() if value}
    if values:
        yield Passage("文件属性", "\n".join(values.values()))


def _page_texts(document: pypdfium2.PdfDocument, number: int) -> tuple[str, str, int]:
    """Return the text of a page, the text of its notes and form fields, and the number of notes."""
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text = str(text_page.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
        finally:
            text_page.close()
        notes, marks = [], 0
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            if not annotation:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            values = [_annotation_value(annotation, key) for key in _ANNOTATION_KEYS]
            marks += kind not in {_LINK, _POPUP, _WIDGET} and any(values)
            notes += [value for value in values if value]
            pdfium.FPDFPage_CloseAnnot(annotation)
        return text, "\n".join(notes), marks
    finally:
        page.close()


def _annotation_value(annotation: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _raw_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Yield all strings of the file's objects, and the data before and after the PDF."""
    begin, end = data.find(b"%PDF-"), data.rfind(b"%%EOF") + 5
    if data[:begin].strip():
        yield Passage("PDF 之前", words_in(data[:begin]))
    trailing = data[end:].strip(b"\0\r\n \t") if end > 5 else b""
    if trailing:
        yield Passage("PDF 之后", words_in(trailing))
    if len(trailing) > _MOST_AFTER:
        yield Unreadable("PDF 末尾还有别的内容")
    place, strings = 0, list[str]()
    while match := _STREAM.search(data, place):
        head = data[place : match.start()]
        strings += _strings(head)
        stop = data.find(_STREAM_END, match.end())
        stop = len(data) if stop < 0 else stop
        content = _without_ascii85(head, data[match.end() : stop])
        place = stop + len(_STREAM_END)
        if _WORDED_STREAM.search(head[-2_000:]) or _inflated(content, _BEGINNING).lstrip().startswith(b"<"):
            unpacked = _inflated(content)
            budget.spend(len(unpacked))
            strings += readings(unpacked) if unpacked.lstrip().startswith(b"<") else _strings(unpacked)
        elif b"/DCTDecode" in head[-2_000:] and (traces := _exif_traces(content)):
            yield ResidualMetadata(f"图片里有{'、'.join(traces)}")
    strings += _strings(data[place:])
    if strings:
        yield Passage("PDF 的属性、批注、表单或书签", "\n\n".join(dict.fromkeys(strings)))


def _exif_traces(content: bytes) -> list[str]:
    place = content.find(b"Exif\0\0", 0, 65_536)
    return traces_of(content[place + 6 :]) if place > 0 else []


def _without_ascii85(head: bytes, content: bytes) -> bytes:
    if b"/ASCII85Decode" not in head[-2_000:]:
        return content
    try:
        return base64.a85decode(content.strip().removesuffix(b"~>"), ignorechars=b" \t\r\n")
    except ValueError:
        return content


def _inflated(content: bytes, most: int = _MOST_STREAM) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return content


def _strings(data: bytes) -> Iterator[str]:
    """Yield the strings of PDF objects that can be text: literal or hexadecimal, in UTF-16, UTF-8 or GB18030."""
    for match in _STRING.finditer(data):
        raw = _OCTAL.sub(_unescaped, match[1]) if match[1] is not None else _from_hex(match[2])
        if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
            yield raw.decode("utf-16", "replace")
        elif len(raw) > 3:
            yield from readings(raw)


def _unescaped(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    return bytes([int(escape, 8) & 255]) if escape.isdigit() else _ESCAPES.get(escape, escape)


def _from_hex(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits[: len(digits) // 2 * 2]).decode("ascii"))
