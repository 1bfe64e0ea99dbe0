"""Word files for tests: written by python-docx, or as XML for what python-docx cannot write."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def saved(document: Document) -> bytes:
    """Return the bytes of a Word document."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file of members by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return data.getvalue()


def raw(body: str, parts: Mapping[str, str | bytes] | None = None, *, space: str = _W) -> bytes:
    """Return a docx with some XML as its body; ``parts`` are further parts, whose names give their relation type."""
    further_parts = dict(parts or {})
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{_kind(name)}" Target="{name}"/>'
        for number, name in enumerate(further_parts, 1)
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>".replace(_W, space),
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    for name, content in further_parts.items():
        data = content if isinstance(content, bytes) else content.replace("NS", _SPACES)
        members[f"word/{name}"] = data
    return zipped(members)


def _kind(name: str) -> str:
    return "image" if name.startswith("media") else name.partition(".")[0].rstrip("0123456789")


def p(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph as XML."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def listed(text: str, list_id: int, level: int = 0) -> str:
    """Return a paragraph of a list as XML."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def numbering(*lists: Iterable[tuple[str, str]], more: str = "") -> str:
    """Return ``numbering.xml``: each list gives format and text of its levels; list ids begin with 1."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for number, levels in enumerate(lists, 1)
    )
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, len(lists) + 1)
    )
    return f"<w:numbering NS>{abstract}{instances}{more}</w:numbering>"


def run(text: str, properties: str = "") -> str:
    """Return a run as XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    """Return a paragraph of runs."""
    return f"<w:p>{''.join(runs)}</w:p>"


def field(code: str, result: str | None = None, form: str = "") -> str:
    """Return a field as XML: its code, its result where it has one, and what an old form keeps (``w:ffData``)."""
    data = f"<w:ffData>{form}</w:ffData>" if form else ""
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end")}
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    written = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return begin + written + (marks["separate"] + result if result is not None else "") + marks["end"]


def math(name: str, properties: str = "", **parts: str) -> str:
    """Return a structure of a formula: its properties, and its parts by their names."""
    inner = "".join(f"<m:{part}>{content}</m:{part}>" for part, content in parts.items())
    return f"<m:{name}><m:{name}Pr>{properties}</m:{name}Pr>{inner}</m:{name}>"


def letters(text: str) -> str:
    """Return a run of a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


LETTERHEAD = "示例市人力资源和社会保障局文件"
TITLE = "示例市人力资源和社会保障局关于做好技能培训工作的通知"


def red_letter(**changed: str) -> Document:
    """Return a document in the layout of GB/T 9704, from 发文机关标志 to 版记; arguments replace lines by name."""
    document = docx.Document()
    document.core_properties.author = "王五"
    document.core_properties.comments = "内部流转意见"
    lines = {
        "mark": (LETTERHEAD, "c"),
        "number": ("例人社发[2026] 5 号", "c"),
        "title": (TITLE, "c"),
        "to": ("各县（区）人力资源和社会保障局：", ""),
        "text": ("　　为做好技能培训工作，现就有关事项通知如下。", ""),
        "first": ("一、加强组织领导", ""),
        "more": ("　　各单位要明确专人负责。", ""),
        "second": ("二、严格资金管理", ""),
        "end": ("　　专款专用，不得挪用。", ""),
        "unit": ("示例市人力资源和社会保障局", "r"),
        "day": ("2026年5月6日", "r"),
        "note": ("（此件公开发布）", ""),
        "copies": ("抄送：市财政局。", ""),
        "printed": ("示例市人力资源和社会保障局办公室　　2026年5月7日印发", ""),
    }
    for name, (text, place) in lines.items():
        paragraph = document.add_paragraph(changed.get(name, text))
        if place:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if place == "c" else WD_ALIGN_PARAGRAPH.RIGHT
    return document


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of one pixel with additional chunks."""
    all_chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        *chunks,
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in all_chunks
    )


def drawing(relation: str, alt: str = "") -> str:
    """Return a paragraph with a picture as XML."""
    return (
        f'<w:p><w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" id="1" name="图片 1" descr="{alt}"/>'
        f'<a:graphic><a:graphicData uri="urn:picture"><a:blip r:embed="{relation}"/></a:graphicData></a:graphic>'
        "</w:drawing></w:r></w:p>"
    )
