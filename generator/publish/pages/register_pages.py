"""一览表: a table of the documents of each kind of information by year, all tasks with their limits, the accounts."""

from collections.abc import Iterator
from itertools import groupby

from generator.config.load import SiteConfig
from generator.domain.information import information_kind
from generator.domain.model import Document, Site
from generator.domain.vocabulary import ROW_LABELS, AccountState, InformationKind, SiteFolder, label_of
from generator.domain.written_moments import chinese_day
from generator.publish.data.page_metadata import column_metas
from generator.publish.pages.information_box import TASKS, InformationBox, kinds_of, register_address
from generator.publish.pages.metadata_box import display_value
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import View, Words
from generator.support.tables import csv_bytes

ACCOUNTS = "browse/accounts/"
_TEMPLATE = "register.html"
_OPEN_FIRST = ("overdue", "open", "lasting", "done")


class RegisterPages(PageMaker):
    """Make the registers; a site without such documents, tasks and accounts has none."""

    kinds = (PageKind.REGISTER,)

    def __init__(self, site: Site, config: SiteConfig, words: Words, box: InformationBox) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._box = box
        self._kinds = {register_address(kind): kind for kind in kinds_of(site)}
        self._with_tasks = [(document, tasks) for document in site.documents if (tasks := box.tasks(document))]

    def pages(self) -> Iterator[PageSpec]:
        """Yield the register of each kind that the site has, that of tasks, and that of accounts."""
        addresses = [*self._kinds]
        addresses += [TASKS] if self._with_tasks else []
        addresses += [ACCOUNTS] if self._config.accounts else []
        for address in addresses:
            yield PageSpec(PageKind.REGISTER, _TEMPLATE, f"{address}index.html", address)

    def entries(self) -> list[View]:
        """Return the links to all registers, each with its number of rows, for the page of all dimensions."""
        return [
            {
                "title": self._title(page.key),
                "address": page.key,
                "count": self._words.browse.count.format(count=self._count(page.key)),
                "in_force": "",
                "in_force_count": "",
            }
            for page in self.pages()
        ]

    def view(self, page: PageSpec) -> View:
        """Return everything that one register shows."""
        title = self._title(page.key)
        context = page_context(self._config, title, page.address, SiteFolder.BROWSE.value)
        kind = self._kinds.get(page.key)
        column = self._site.column[kind.column if kind else "notices"]
        headings, groups = self._table(page.key)
        return {
            **context,
            "metas": [*context["metas"], *column_metas(self._config, column)],
            "crumbs": [
                {"title": self._words.browse.title, "address": f"{SiteFolder.BROWSE}/"},
                {"title": title, "address": ""},
            ],
            "note": self._words.information.note.format(day=chinese_day(self._site.day), count=self._count(page.key)),
            "csv": f"{page.key}table.csv",
            "headings": headings,
            "groups": groups,
        }

    def data(self, page: PageSpec) -> Iterator[tuple[str, bytes]]:
        """Yield the same table as a file for spreadsheets."""
        headings, groups = self._table(page.key)
        rows = [[cell["text"] for cell in row] for group in groups for row in group["rows"]]
        yield f"{page.key}table.csv", csv_bytes(headings, rows)

    def _title(self, address: str) -> str:
        words = self._words.information
        if kind := self._kinds.get(address):
            return str(words.register.format(kind=kind.doc_type.label))
        return str(words.tasks if address == TASKS else words.accounts)

    def _count(self, address: str) -> int:
        if kind := self._kinds.get(address):
            return len(self._documents(kind))
        return sum(len(tasks) for _, tasks in self._with_tasks) if address == TASKS else len(self._config.accounts)

    def _documents(self, kind: InformationKind) -> list[Document]:
        return [document for document in self._site.documents if information_kind(document) is kind]

    def _table(self, address: str) -> tuple[list[str], list[View]]:
        """Return the headings of a register, and its rows in groups; a cell has a text, and may have an address."""
        if kind := self._kinds.get(address):
            return self._register(kind)
        return self._tasks() if address == TASKS else self._accounts()

    def _register(self, kind: InformationKind) -> tuple[list[str], list[View]]:
        words = self._words.information
        headings = [words.title, *(ROW_LABELS.get(key) or label_of(key) for key in kind.listed), words.day]
        documents = sorted(self._documents(kind), key=_newest_first)
        groups = [
            {
                "title": words.year.format(year=year) if year else "",
                "rows": [self._row(document, kind) for document in members],
            }
            for year, members in groupby(documents, key=_year_of)
        ]
        return headings, groups

    def _row(self, document: Document, kind: InformationKind) -> list[View]:
        cells = [self._box.value(document, key) or display_value(document, key) for key in kind.listed]
        day = document.published.isoformat() if document.published else ""
        return [_cell(document.title, document.address), *map(_cell, cells), _cell(day)]

    def _tasks(self) -> tuple[list[str], list[View]]:
        words = self._words.information
        rows = [
            (_OPEN_FIRST.index(task["state"]), task["due"] or "9999", document.title, task, document)
            for document, tasks in self._with_tasks
            for task in tasks
        ]
        headings = [words.task, words.lead, words.support, words.due, words.state, words.progress, words.source]
        cells = [
            [
                *(_cell(task[key]) for key in ("text", "lead", "support", "due_text")),
                {**_cell(task["state_text"]), "state": task["state"]},
                _cell(task["progress"]),
                _cell(document.title, document.address),
            ]
            for _, _, _, task, document in sorted(rows, key=lambda row: (row[0], row[1], row[2], row[3]["text"]))
        ]
        return headings, [{"title": "", "rows": cells}]

    def _accounts(self) -> tuple[list[str], list[View]]:
        words = self._words.information
        rows = [
            [
                _cell(account.platform),
                {**_cell(account.name), "outside": account.url if account.state is not AccountState.CLOSED else ""},
                _cell(account.state.label),
                _cell(account.unit),
                _cell(_joined(account.approval, account.opened_on)),
                _cell(_joined(account.closing_approval, account.closed_on)),
            ]
            for account in sorted(self._config.accounts, key=lambda item: list(AccountState).index(item.state))
        ]
        names = ("platform", "account", "state", "unit", "opened", "closed")
        return [words[name] for name in names], [{"title": "", "rows": rows}]


def _joined(text: str, day: object) -> str:
    return "，".join(part for part in (text, str(day or "")) if part)


def _cell(text: str, address: str = "") -> View:
    return {"text": text, "address": address, "outside": "", "state": ""}


def _year_of(document: Document) -> int:
    return document.published.year if document.published else 0


def _newest_first(document: Document) -> tuple[int, str]:
    return (-document.published.toordinal() if document.published else 0, document.id)
