"""What the Word files of reports share: fonts, an empty author, no clock: the same content gives the same bytes."""

import datetime as dt
import io
import zipfile
from typing import Any

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can record


def new_paper(title: str, *, font: str, points: float) -> Any:
    """Return an empty python-docx document with a title, without an author, in a font and size."""
    from docx import Document as Paper
    from docx.shared import Pt

    paper = Paper()
    properties = paper.core_properties
    properties.author, properties.comments, properties.title = "", "", title
    properties.created = properties.modified = dt.datetime(*_FIRST_DAY)  # noqa: DTZ001 - a Word file has no zone
    style = paper.styles["Normal"]
    style.font.name, style.font.size = font, Pt(points)
    set_east_asian(style.element, font)
    return paper


def set_east_asian(element: Any, font: str) -> None:
    """Set the font of Chinese characters of a style or run, which python-docx sets for Latin letters only."""
    from docx.oxml.ns import qn

    element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def paper_bytes(paper: Any) -> bytes:
    """Return the file of a paper, with a constant time in its zip."""
    data = io.BytesIO()
    paper.save(data)
    result = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _FIRST_DAY), old.read(entry), zipfile.ZIP_DEFLATED)
    return result.getvalue()
