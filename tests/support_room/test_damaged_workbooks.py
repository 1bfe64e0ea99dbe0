"""Damaged workbooks are refused in words, whatever the library raises for them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from generator.domain.problems import GongkaiError
from generator.report.filled_workbook import read_workbook
from generator.support.table_files import read_rows


def _parts(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a workbook whose parts are changed; a part that becomes ``None`` is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            if (part := change(name, package.read(name))) is not None:
                changed.writestr(name, part)
    return out.getvalue()


def _damaged() -> dict[str, bytes]:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    data = book.getvalue()
    return {
        "no zip": b"PK\x03\x04 and nothing else",
        "cut": data[: len(data) // 2],
        "no part is called a workbook": _parts(
            data, lambda name, part: part.replace(b"sheet.main+xml", b"sheet.other+xml") if "Types" in name else part
        ),
        "no workbook": _parts(data, lambda name, part: None if name == "xl/workbook.xml" else part),
        "no sheet": _parts(data, lambda name, part: None if "worksheets/" in name else part),
        "no XML": _parts(data, lambda name, part: b"<" if name == "xl/styles.xml" else part),
    }


@pytest.mark.parametrize("name", _damaged())
def test_a_damaged_workbook_is_refused(name: str, tmp_path: Path) -> None:
    """Both readers of workbooks name the file and say that it is none."""
    place = tmp_path / "findings.xlsx"
    place.write_bytes(_damaged()[name])
    with pytest.raises(GongkaiError, match=r"findings\.xlsx: 不是能读的 xlsx"):
        list(read_rows(place.read_bytes(), place.name))
    with pytest.raises(GongkaiError, match=r"findings\.xlsx 不是 "):
        read_workbook(place, base_url="https://www.example.gov.cn/", as_of="2026-11-21")
