"""Read ``findings.xlsx`` back, as units have filled it in: their replies, and the audit that it was of."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import GongkaiError, Severity, reason_of
from generator.domain.vocabulary import FindingState
from generator.report.filing import ABOUT, LABELS, SUMMARY, FilingRow
from generator.report.trend import Baseline, PastFinding, check_baseline
from generator.support.table_files import BROKEN_WORKBOOK

_HINT = "写以前的 gongkai audit 留下、各单位填过的 findings.xlsx"
_LARGEST, _LARGEST_UNPACKED = 20_000_000, 300_000_000
_MOST_ROWS, _MOST_COLUMNS = 50_000, 60
_NEEDED = ("rule", "severity", "message", "path", "key")


class FilledWorkbook(NamedTuple):
    """What a workbook says: the findings that it had as a baseline, and the replies by the key of the finding."""

    baseline: Baseline
    replies: Mapping[str, str]


def read_workbook(place: Path, *, base_url: str, as_of: str) -> FilledWorkbook:
    """Read a workbook of findings of the same site.

    Raises ``GongkaiError`` for a file that is no such workbook, or is of another site or a later day.
    """
    try:
        sheets = _sheets(place)
    except OSError as error:
        raise GongkaiError(f"{place} 读不了（{reason_of(error)}）", _HINT) from None
    facts = {row[0]: row[1] for row in sheets.get(ABOUT, ()) if len(row) > 1}
    if not {"网址", "审计日期", "查过的规则"} <= facts.keys():
        raise GongkaiError(f"{place} 不是 gongkai audit 写的 findings.xlsx，或者删去了“{ABOUT}”一张表", _HINT)
    findings: dict[str, PastFinding] = {}
    replies: dict[str, str] = {}
    for name, rows in sheets.items():
        if name not in {ABOUT, SUMMARY}:
            for cells in _rows(place, name, rows):
                if cells["reply"]:
                    replies[cells["key"]] = cells["reply"]
                if cells["state"] != FindingState.MENDED.label:
                    findings[cells["key"]] = _past(cells)
    day = facts["审计日期"][:10]
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        raise GongkaiError(f"{place} 的审计日期“{day}”不是日期", _HINT) from None
    rules = frozenset(filter(None, facts["查过的规则"].split("、")))
    baseline = Baseline(day, facts.get("版本", ""), rules, findings)
    check_baseline(place, baseline, facts["网址"], base_url=base_url, as_of=as_of, hint=_HINT)
    return FilledWorkbook(baseline, replies)


def _sheets(place: Path) -> dict[str, list[list[str]]]:
    """Return the cells of every sheet as texts, by rows."""
    import warnings

    import openpyxl

    data = place.read_bytes()
    if len(data) > _LARGEST:
        raise GongkaiError(f"{place} 太大", f"不超过 {_LARGEST // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_UNPACKED:
                raise GongkaiError(f"{place} 解开以后太大", _HINT)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a style or an extension that it does not know is of no use here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = {
                sheet.title: [
                    [_text(cell) for cell in row]
                    for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
                ]
                for sheet in book.worksheets
            }
            book.close()
    except BROKEN_WORKBOOK:
        raise GongkaiError(f"{place} 不是 xlsx，或者不完整", _HINT) from None
    return sheets


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def _rows(place: Path, name: str, rows: list[list[str]]) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet of findings by field; sheets that a unit added for itself have none."""
    fields = {label: field for field, label in LABELS.items()}
    heads = [fields.get(text, "") for text in (rows[0] if rows else [])]
    if "key" not in heads:
        return
    if lacking := [LABELS[field] for field in (*_NEEDED, "reply") if field not in heads]:
        raise GongkaiError(f"{place} 的“{name}”少了“{lacking[0]}”一列", "用没有删过列的那一份")
    for row in rows[1:]:
        cells = dict.fromkeys(FilingRow._fields, "") | {
            field: text for field, text in zip(heads, row, strict=False) if field
        }
        if all(cells[field] for field in ("rule", "key")):
            yield cells


def _past(cells: Mapping[str, str]) -> PastFinding:
    is_error = cells["severity"] == Severity.ERROR.label
    return PastFinding(
        rule=cells["rule"],
        severity=(Severity.ERROR if is_error else Severity.WARNING).value,
        path=cells["path"],
        document="",
        message=cells["message"],
        title=cells["title"],
        doc_number=cells["doc_number"],
        unit=cells["unit"],
        ground=cells["ground"],
        deadline=cells["deadline"][:10],
        reply=cells["reply"],
    )
