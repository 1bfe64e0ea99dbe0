"""What the page of a kind of information shows: its facts, the steps of its matter, its tasks, tables and charts."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.config.load import SiteConfig
from generator.config.settings import is_web_address, read_period
from generator.domain.information import (
    DataTable,
    entries_of,
    information_kind,
    list_changes,
    next_release,
    reply_days,
    series_of,
    site_tables,
    stage_of,
    tasks_of,
)
from generator.domain.model import Document, Site
from generator.domain.tasks import Task
from generator.domain.vocabulary import INFORMATION_KINDS, ROW_LABELS, InformationKind, Kind, RelationKind, label_of
from generator.domain.written_moments import chinese_day
from generator.publish.pages.chart_picture import charts_of
from generator.publish.pages.metadata_box import display_value
from generator.publish.theme.environment import View, Words

REGISTERS = "browse/register-"
TASKS = "browse/tasks/"
_SENTENCES = frozenset({"agenda", "attendees"})
_LEADING = frozenset({"meeting_at", "proposal_no", "stage", "data_period", "replied_on", "task_state", "list_changes"})
_MOST_EARLIER = 8


def register_address(kind: InformationKind) -> str:
    """Return the address of the register of a kind."""
    return f"{REGISTERS}{kind.doc_type.value.replace('_', '-')}/"


class InformationBox:
    """What the pages of documents show of their kinds of information; a site without such documents has none."""

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._series: Mapping[str, tuple[Document, ...]] | None = None

    def rows(self, document: Document) -> Iterator[dict[str, Any]]:
        """Yield the rows of the facts of a document that only its kind has."""
        kind = information_kind(document)
        if kind is None:
            return
        for key in kind.fields:
            if value := self.value(document, key):
                label = ROW_LABELS.get(key) or label_of(key)
                fact = {"label": label, "value": value, "status": "", "links": [], "is_term": False}
                yield {**fact, "leads": key in _LEADING}

    def value(self, document: Document, key: str) -> str:
        """Return a field of a kind, or what is derived from its fields and tables, in words; empty for none."""
        if derive := _DERIVED.get(key):
            return derive(self, document)
        if key == "live_url":
            return ""  # a link below the facts
        if key in _SENTENCES:
            return "；".join(document.texts(key))
        return display_value(document, key)

    def view(self, document: Document) -> View:
        """Return what a page shows beside the facts: empty for a document that has nothing of it."""
        kind = information_kind(document)
        steps = self._steps(document) if document.kind is Kind.NOTICE else []
        tasks = self.tasks(document)
        if kind is None:
            return {**_EMPTY, "tasks": tasks, "steps": steps} if tasks or steps else {}
        live = document.text("live_url")
        return {
            "tasks": tasks,
            "steps": steps,
            "live": live if is_web_address(live) else "",
            "figures": list(self._figures(document, kind)),
            "earlier": self._earlier(document),
            "register": {
                "title": self._words.information.register.format(kind=kind.doc_type.label),
                "address": register_address(kind),
            },
        }

    def tasks(self, document: Document) -> list[View]:
        """Return the tasks of a document, each with its state at the day of the site."""
        if not (information_kind(document) or document.page.tables or "deadline" in document.page.fields):
            return []  # nearly every document
        return [self._task(task) for task in tasks_of(document, self._tables(document))]

    def _tables(self, document: Document) -> tuple[DataTable, ...]:
        return site_tables(document, self._site)

    def _task(self, task: Task) -> View:
        state, text = self._state(task)
        return {
            "text": task.text,
            "lead": task.lead,
            "support": task.support,
            "due": task.due.isoformat() if task.due else "",
            "due_text": task.due_text,
            "progress": task.progress,
            "state": state,
            "state_text": text,
        }

    def _state(self, task: Task) -> tuple[str, str]:
        """Return the state of a task: its code and its words."""
        words = self._words.information
        if task.done:
            return "done", words.done
        if task.due is None:
            return "lasting", words.lasting
        days = (task.due - self._site.day).days
        if days < 0:
            return "overdue", words.overdue.format(count=-days)
        return "open", words.left.format(count=days) if days else words.today

    def _steps(self, document: Document) -> list[View]:
        """Return the documents of one matter, oldest first; empty where it is alone."""
        if not document.relations:
            return []
        members = {document.id: document}
        queue = [document]
        while queue:
            current = queue.pop()
            for kind in (RelationKind.FOLLOWS, RelationKind.FOLLOWED_BY):
                for relation in current.related(kind):
                    target = self._site.by_id.get(relation.target)
                    if target and target.id not in members:
                        members[target.id] = target
                        queue.append(target)
        if len(members) == 1:
            return []
        ordered = sorted(members.values(), key=lambda item: (item.published_text, item.id))
        return [
            {
                "stage": stage.label if (stage := stage_of(item)) else "",
                "title": item.title,
                "address": item.address,
                "day": item.published.isoformat() if item.published else "",
                "text": chinese_day(item.published) if item.published else "",
                "here": item.id == document.id,
                "relation": _relation_to(document, item),
            }
            for item in ordered
        ]

    def _figures(self, document: Document, kind: InformationKind) -> Iterator[View]:
        """Yield the tables with charts, and those of CSV attachments with their rows."""
        unit = document.text("measure_unit")
        for table in self._tables(document):
            charts = charts_of(table, unit) if kind.charted else []
            if charts or table.file:
                title = table.title or document.title
                yield {
                    "title": title if table.file else self._words.information.figure.format(title=title),
                    "charts": charts,
                    "rows": [list(row) for row in table.rows] if table.file else [],
                }

    def _earlier(self, document: Document) -> list[View]:
        """Return the other documents of the same series of data, the newest first."""
        if "series" not in document.page.fields:
            return []
        if self._series is None:
            self._series = series_of(self._site.documents)
        others = [item for item in self._series.get(document.text("series"), ()) if item.id != document.id]
        return [
            {"title": item.title, "address": item.address, "period": item.text("data_period")}
            for item in others[:_MOST_EARLIER]
        ]

    def _reply_days(self, document: Document) -> str:
        days = reply_days(document)
        return "" if days is None else str(self._words.information.days.format(count=days))

    def _list_items(self, document: Document) -> str:
        count = len(entries_of(self._tables(document)))
        return str(self._words.information.entries.format(count=count)) if count else ""

    def _list_changes(self, document: Document) -> str:
        changes = list_changes(document, self._tables(document))
        dated = sorted((change for change in changes if change.day), key=lambda change: change.day or dt.date.min)
        if not dated:
            return ""
        last = dated[-1]
        text = self._words.information.changes.format(
            count=len(changes), day=chinese_day(last.day or dt.date.min), action=last.action, name=last.name
        )
        return str(text)

    def _next_release(self, document: Document) -> str:
        if not document.text("series"):
            return ""
        if self._series is None:
            self._series = series_of(self._site.documents)
        newest = self._series[document.text("series")][0]
        every = read_period(document.text("update_every")) if newest.id == document.id else None
        due = next_release(document, every, self._config.calendar)
        return chinese_day(due) if due else ""

    def _task_state(self, document: Document) -> str:
        tasks = self.tasks(document)
        if not tasks:
            return ""
        done, late = (sum(task["state"] == state for task in tasks) for state in ("done", "overdue"))
        words = self._words.information
        text = words.tasks_done.format(count=len(tasks), done=done)
        return f"{text}{words.tasks_late.format(count=late)}" if late else str(text)


def _relation_to(document: Document, other: Document) -> str:
    """Return the relation of a document to the step before it or behind it, empty for one that is further away."""
    kinds = (RelationKind.FOLLOWS, RelationKind.FOLLOWED_BY)
    return next(
        (kind.value for kind in kinds for relation in document.related(kind) if relation.target == other.id), ""
    )


_EMPTY: View = {"live": "", "figures": [], "earlier": [], "register": None}
_DERIVED: Mapping[str, Callable[[InformationBox, Document], str]] = {
    "reply_days": InformationBox._reply_days,  # noqa: SLF001 - its own methods
    "list_items": InformationBox._list_items,  # noqa: SLF001
    "list_changes": InformationBox._list_changes,  # noqa: SLF001
    "next_release": InformationBox._next_release,  # noqa: SLF001
    "task_state": InformationBox._task_state,  # noqa: SLF001
}


def kinds_of(site: Site) -> tuple[InformationKind, ...]:
    """Return the kinds of information of which a site has documents."""
    present = {kind.doc_type for document in site.documents if (kind := information_kind(document))}
    return tuple(kind for doc_type, kind in INFORMATION_KINDS.items() if doc_type in present)
