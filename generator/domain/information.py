"""What a document of a kind of information has: its tables, tasks, changes and days, for rules and pages alike.

The tables are those of its text, and its public CSV attachments.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.domain.model import Archive, Document, LinkOutcome, Site
from generator.domain.tasks import Task, read_deadline, read_tasks, task_columns
from generator.domain.vocabulary import INFORMATION_KINDS, Disclosure, InformationKind, ItemStage, Kind, TextPart
from generator.domain.workdays import Calendar, Span

_KINDS = frozenset({Kind.NOTICE, Kind.POLICY, Kind.PAGE})
_CHANGE = re.compile("新增|取消|下放|承接|调整|合并|变更|划转|修改|恢复")
_CHANGE_HEADING = re.compile("调整(?:方式|类型|情况|内容)?|变动|变更")
_DAY_HEADING = re.compile("日期|时间")
_NAME_HEADING = re.compile("名称|事项|项目")
_NUMBER = re.compile(r"[-+−]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-+−]?\d+(?:\.\d+)?", re.ASCII)


class DataTable(NamedTuple):
    """A table: its title, its rows with the headings first, and the file of a CSV attachment, empty for the text."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    file: str = ""


class ListChange(NamedTuple):
    """One change of a list: its day (``None`` where it cannot be read), what was done, and to which entry."""

    day: dt.date | None
    action: str
    name: str


def information_kind(document: Document) -> InformationKind | None:
    """Return the row for the 文件类别 of a document, ``None`` where it has none, or is an interpretation or report."""
    doc_type = document.doc_type if "doc_type" in document.page.fields and document.kind in _KINDS else None
    return INFORMATION_KINDS.get(doc_type) if doc_type else None


def site_tables(document: Document, site: Site) -> tuple[DataTable, ...]:
    """Return the tables of a public document."""
    paths = site.attachments.get(document.id, {})
    attached = (
        DataTable(item.title, site.files[paths[item.file]].scan.rows, paths[item.file])
        for item in document.attachments
        if item.file in paths
    )
    return _tables(document, attached)


def archive_tables(document: Document, archive: Archive) -> tuple[DataTable, ...]:
    """Return the tables of a document of the archive; an attachment that is not public has none."""
    links = archive.attachments.get(document.path, ())
    attached = (
        DataTable(item.title, archive.files[link.file].scan.rows, link.file)
        for item, link in zip(document.attachments, links, strict=False)
        if item.disclosure is Disclosure.PROACTIVE and link.outcome is LinkOutcome.FINE
    )
    return _tables(document, attached)


def _tables(document: Document, attached: Iterable[DataTable]) -> tuple[DataTable, ...]:
    own = (DataTable(table.title, table.rows) for table in document.page.tables)
    return tuple(table for table in (*own, *attached) if len(table.rows) > 1)


def tasks_of(document: Document, tables: Sequence[DataTable]) -> tuple[Task, ...]:
    """Return the tasks of a document that are followed up: those of tables with a column for the progress.

    A document of 执行情况 that declares 完成时限 itself is one task.
    """
    day = document.date("date_written") or document.published
    year = day.year if day else dt.date.min.year
    tasks = [
        task
        for table in tables
        if (columns := task_columns(table.rows[0])) and columns.progress >= 0
        for task in read_tasks(table.rows, year)
    ]
    if due := document.date("deadline"):
        lead, support = ("、".join(document.texts(key)) for key in ("responsible_unit", "joint_units"))
        done = document.date("completed_on") is not None
        tasks.append(Task(document.title, lead, support, str(due), due, document.text("progress"), done))
    return tuple(tasks)


def list_changes(document: Document, tables: Sequence[DataTable]) -> tuple[ListChange, ...]:
    """Return the log of the changes of a list: the rows of a table with a day, an entry and what was done to it."""
    year = document.published.year if document.published else dt.date.min.year
    changes: list[ListChange] = []
    for table in tables:
        if not (places := change_columns(table.rows[0])):
            continue
        day_place, action_place, name_place = places
        for row in table.rows[1:]:
            if row[name_place] or row[action_place]:
                day = read_deadline(row[day_place], year)
                changes.append(ListChange(day, row[action_place], row[name_place]))
    return tuple(changes)


def change_columns(headings: Sequence[str]) -> tuple[int, int, int] | None:
    """Return the places of day, action and entry in a log of changes, ``None`` for another table."""
    is_action = [bool(_CHANGE_HEADING.search(text) and not _DAY_HEADING.search(text)) for text in headings]
    action = is_action.index(True) if True in is_action else -1
    day = next((n for n, text in enumerate(headings) if n != action and _DAY_HEADING.search(text)), -1)
    name = next((n for n, text in enumerate(headings) if n not in {action, day} and _NAME_HEADING.search(text)), -1)
    return (day, action, name) if min(action, day, name) >= 0 else None


def is_known_change(action: str) -> bool:
    """Whether the log of a list says what was done: 新增, 取消, 下放, 承接, 调整 …."""
    return bool(_CHANGE.search(action))


def entries_of(tables: Sequence[DataTable]) -> tuple[str, ...]:
    """Return the names of the entries of a list: of its tables without the log of changes."""
    names: list[str] = []
    for table in tables:
        headings = table.rows[0]
        if change_columns(headings):
            continue
        place = next((n for n, text in enumerate(headings) if _NAME_HEADING.search(text)), -1)
        if place >= 0:
            names += [row[place] for row in table.rows[1:] if row[place]]
    return tuple(names)


def reply_days(document: Document) -> int | None:
    """Return the calendar days from 收到日期 to 答复日期, ``None`` unless both are there in this order."""
    received, replied = document.date("received_on"), document.date("replied_on")
    return (replied - received).days if received and replied and replied >= received else None


def next_release(document: Document, every: Span | None, calendar: Calendar) -> dt.date | None:
    """Return the last day for the next publication of a series of data; ``every`` is the period of 更新频次."""
    return every.due(document.published, calendar) if every and document.published else None


def stage_of(document: Document) -> ItemStage | None:
    """Return 环节 of a document, ``None`` where it declares none."""
    value = document.value("stage")
    return value if isinstance(value, ItemStage) else None


def missing_parts(
    document: Document, parts: Iterable[TextPart], tables: Sequence[DataTable], title: str = ""
) -> tuple[str, ...]:
    """Return the names of the elements that no heading, line, column of a table or attachment names.

    ``title`` is the title of the document where it may name one too.
    """
    named = document.page.text_facts.named_parts
    words = "\n".join(
        (
            *((title,) if stage_of(document) is None else ()),
            *(heading.text for heading in document.page.outline),
            *(item.title for item in document.attachments),
            *(cell for table in tables for cell in (*table.rows[0], *(row[0] for row in table.rows[1:]))),
        )
    )
    return tuple(
        part.label
        for part in parts
        if part.label not in named and part.label not in title and not part.sign.search(words)
    )


def number_of(cell: str) -> float | None:
    """Return the number that a cell is, in percent or not; ``None`` for any other cell.

    >>> [number_of(cell) for cell in ("1,286.4", "−3", "72.3%", "约30", "—")]
    [1286.4, -3.0, 72.3, None, None]
    """
    plain = cell.strip().removesuffix("%").removesuffix("％").strip()
    return float(plain.replace(",", "").replace("，", "").replace("−", "-")) if _NUMBER.fullmatch(plain) else None


def series_of(documents: Iterable[Document]) -> Mapping[str, tuple[Document, ...]]:
    """Return the documents of each series of data, the newest first."""
    series: dict[str, list[Document]] = {}
    for document in documents:
        if "series" in document.page.fields and (name := document.text("series")):
            series.setdefault(name, []).append(document)
    return {name: tuple(sorted(items, key=_newest_first)) for name, items in series.items()}


def _newest_first(document: Document) -> tuple[int, str]:
    return (-document.published.toordinal() if document.published else 0, document.id)
