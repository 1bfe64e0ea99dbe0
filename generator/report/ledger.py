"""台账: the register of everything that is not public, for re-examination (requirements ATTR-08 to ATTR-13).

Documents that only wait for their day of publication are not in the ledger. The title of a document marked secret
is left out: the ledger must not spread it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, Attachment, Document, History
from generator.domain.vocabulary import Disclosure
from generator.domain.workdays import Span, Unit
from generator.support.tables import Sheet, csv_bytes, xlsx_bytes

_SOON = dt.timedelta(days=30)
DUE, SOON, LATER = "已到期", "30 日内到期", "未到期"
UNTITLED = "（标明涉密，不列标题）"


class LedgerRow(NamedTuple):
    """One row of the ledger; the order of the fields is that of ``HEADINGS``."""

    number: int
    id: str
    title: str
    doc_number: str
    index_no: str
    disclosure: str
    classes: str
    basis: str
    note: str
    proposed_by: str
    decided_by: str
    unit: str
    written: str
    next_review: str
    due: str
    entered: str
    changed: str
    path: str


HEADINGS = LedgerRow._fields
LABELS = {
    "number": "序号",
    "id": "编号",
    "title": "标题",
    "doc_number": "文号",
    "index_no": "索引号",
    "disclosure": "公开属性",
    "classes": "不予公开类别",
    "basis": "依据",
    "note": "理由",
    "proposed_by": "提出人",
    "decided_by": "决定人",
    "unit": "责任单位",
    "written": "成文日期",
    "next_review": "下次评估日期",
    "due": "评估状态",
    "entered": "首次入库日期",
    "changed": "最后修改日期",
    "path": "源文件",
}

_WIDTHS = (6, 16, 40, 20, 22, 12, 24, 30, 40, 12, 12, 18, 12, 12, 12, 12, 12, 34)


def ledger(archive: Archive, config: SiteConfig, history: History | None) -> tuple[LedgerRow, ...]:
    """Return the rows of the ledger: documents and attachments that are not public, by file."""
    rows: list[LedgerRow] = []
    for document in sorted(archive.documents, key=lambda document: document.path):
        for row in _rows(archive, document, config, history):
            rows.append(row._replace(number=len(rows) + 1))
    return tuple(rows)


def migrated(archive: Archive) -> tuple[tuple[str, str, str, str], ...]:
    """Return the documents declared as imported, whose day of publication is not compared with git (SAFE-10)."""
    documents = [document for document in archive.documents if document.value("migrated") is True]
    return tuple(
        (document.id, document.title, str(document.published or ""), document.path)
        for document in sorted(documents, key=lambda document: document.path)
        if document.disclosure is Disclosure.PROACTIVE
    )


def ledger_files(rows: Sequence[LedgerRow], legacy: Sequence[Sequence[str]]) -> Mapping[str, bytes]:
    """Return the ledger as CSV, and as a workbook that also lists what is due and what was imported."""
    headings = [LABELS[key] for key in HEADINGS]
    sheets = [
        Sheet("不公开信息台账", headings, _WIDTHS, rows),
        Sheet("到期再评估", headings, _WIDTHS, [row for row in rows if row.due == DUE]),
        Sheet("历史迁移", ["编号", "标题", "发布日期", "源文件"], [16, 50, 12, 40], legacy),
    ]
    return {"ledger.csv": csv_bytes(headings, rows), "ledger.xlsx": xlsx_bytes(sheets)}


def _rows(archive: Archive, document: Document, config: SiteConfig, history: History | None) -> Iterator[LedgerRow]:
    if document.is_secret or document.disclosure is not Disclosure.PROACTIVE:
        yield _row(archive, document, config, history)
        return
    for number, attachment in enumerate(document.attachments, 1):
        if attachment.disclosure is not Disclosure.PROACTIVE:
            yield _attachment_row(_row(archive, document, config, history), attachment, number)


def _attachment_row(row: LedgerRow, attachment: Attachment, number: int) -> LedgerRow:
    return row._replace(
        id=f"{row.id} 附件{number}",
        title=attachment.title,
        disclosure=attachment.disclosure.label,
        path=f"{row.path}:{attachment.line}",
    )


def _row(archive: Archive, document: Document, config: SiteConfig, history: History | None) -> LedgerRow:
    classes = document.withhold_classes
    grounds = "；".join(dict.fromkeys(term.basis for term in classes))
    attribute = document.disclosure.label if document.disclosure else "未定"
    review = next_review(document, config)
    known = history.files.get(document.path) if history else None
    return LedgerRow(
        number=0,
        id=document.id,
        title=UNTITLED if document.is_secret else document.title,
        doc_number=document.doc_number,
        index_no=document.text("index_no"),
        disclosure=f"{attribute}（标明涉密）" if document.is_secret else attribute,
        classes="；".join(f"{term.label} {term.meaning}" for term in classes),
        basis=document.text("withhold_basis") or grounds,
        note=document.text("withhold_note"),
        proposed_by=document.text("disclosure_proposed_by"),
        decided_by=document.text("disclosure_reviewed_by"),
        unit="；".join(document.responsible_units),
        written=str(document.date("date_written") or document.published or ""),
        next_review=str(review or ""),
        due=due_state(review, archive.day),
        entered=str(known.first.date()) if known else "",
        changed=str(known.last.date()) if known else "",
        path=document.path,
    )


def next_review(document: Document, config: SiteConfig) -> dt.date | None:
    """Return the day of re-examination of a document: 再评估日期, else a year (configurable) after its date."""
    declared = document.date("review_on")
    made = document.date("date_written") or document.published
    if declared or made is None:
        return declared
    return Span(config.deadlines.reexamine_months, Unit.MONTH).due(made)


def due_state(day: dt.date | None, as_of: dt.date) -> str:
    """Return the state of a day of re-examination: due, within 30 days, later, or unknown."""
    if day is None:
        return "没有日期"
    if day <= as_of:
        return DUE
    return SOON if day - as_of <= _SOON else LATER
