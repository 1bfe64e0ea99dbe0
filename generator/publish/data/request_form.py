"""A Word file of one table, written part by part: quick, without a library, the same bytes each time (ECMA-376)."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can tell
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = "http://schemas.openxmlformats.org"
_WORD = f"{_SPACE}/wordprocessingml/2006/main"
_TYPES = (
    f'{_XML}<Types xmlns="{_SPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_SPACE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_SPACE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'  # A4 in twentieths of a point
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)


class Line(NamedTuple):
    """One line of the form: the group to which it belongs, what is asked, and what stands there already."""

    group: str
    label: str
    text: str = ""


def form_docx(heading: str, lead: str, lines: Sequence[Line], notes: Iterable[str]) -> bytes:
    """Return a form on A4: a heading, a line under it, a table of three columns whose groups are merged, and notes."""
    parts = [_paragraph(heading, size=36, bold=True, centred=True), _paragraph(lead), _table(lines)]
    parts += [_paragraph(note) for note in notes]
    body = f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{"".join(parts)}{_PAGE}</w:body></w:document>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", body),
        ):
            package.writestr(zipfile.ZipInfo(name, _FIRST_DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _paragraph(text: str, *, size: int = 22, bold: bool = False, centred: bool = False) -> str:
    """Return one paragraph; ``size`` in half points."""
    fonts = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
    run = f'<w:rPr>{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    return f'<w:p>{place}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(lines: Sequence[Line]) -> str:
    widths = (1700, 2700, 5200)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows, last = [], ""
    for line in lines:
        first = line.group != last
        merge = '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
        cells = ((merge, line.group if first else ""), ("", line.label), ("", line.text))
        last = line.group
        whole = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph(text)}</w:tc>"
            for width, (merged, text) in zip(widths, cells, strict=True)
        )
        rows.append(f'<w:tr><w:trPr><w:trHeight w:val="600"/></w:trPr>{whole}</w:tr>')
    frame = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{frame}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
