"""The coverage matrix: which documents there are of each item that must be public (条例 arts 20–22; CAT-09, CAT-10).

Made once for two readers. Of a ``Site`` it counts what the public sees, and nothing else is known to it;
of an ``Archive`` it says beside that how many documents of an item are not public.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.catalogue import CatalogueItem
from generator.config import SiteConfig
from generator.model import Archive, Column, Document, Site
from generator.settings import read_period
from generator.vocabulary import STATUTORY_ITEMS, CoverageState
from generator.workdays import Span


class Coverage(NamedTuple):
    """One item and its documents; ``item`` is its row of the catalogue, ``None`` for one of 条例 art. 20.

    ``documents`` are public, newest first; ``held`` counts those that are not. ``due`` is the last day for something
    new, ``None`` where no period is set or there is nothing yet.
    """

    id: str
    name: str
    every: Span | None
    documents: tuple[Document, ...]
    held: int
    newest: dt.date | None
    due: dt.date | None
    state: CoverageState
    item: CatalogueItem | None = None


class Matrix(NamedTuple):
    """Both lists of items: the fifteen of 条例 art. 20, and those of the catalogue that the config names."""

    statutory: tuple[Coverage, ...]
    catalogue: tuple[Coverage, ...]


def coverage_matrix(source: Archive | Site, config: SiteConfig) -> Matrix:
    """Return every item with its documents at the source's day.

    A document belongs to the item of art. 20 that it names in 法定公开事项 and to that of its column; to the
    item of the catalogue that it names in 信息分类, by id or name, and to those whose 栏目 is its column.
    """
    if isinstance(source, Archive):
        public = sorted(filter(source.is_public, source.documents), key=_newest_first)
        held = [document for document in source.documents if not source.is_public(document)]
    else:
        public, held = list(source.documents), []
    statutory, catalogue = _Statutory(source.columns), _Catalogue(source.columns, config.catalogue_items)
    periods = config.deadlines.statutory_updates

    def row(
        key: str, name: str, every: Span | None, found: Sequence[Document], hidden: int, item: CatalogueItem | None
    ) -> Coverage:
        newest = max((document.published for document in found if document.published), default=None)
        due = every.due(newest, config.calendar) if every and newest else None
        state = CoverageState.COVERED if found else CoverageState.EMPTY
        if due and due < source.as_of:
            state = CoverageState.OVERDUE
        return Coverage(key, name, every, tuple(found), hidden, newest, due, state, item)

    by_number, hidden_by_number = _grouped(public, statutory), _grouped(held, statutory)
    by_item, hidden_by_item = _grouped(public, catalogue), _grouped(held, catalogue)
    return Matrix(
        tuple(
            row(key, name, read_period(periods.get(number, "")), by_number[key], len(hidden_by_number[key]), None)
            for number, name in STATUTORY_ITEMS.items()
            for key in (str(number),)
        ),
        tuple(
            row(item.id, item.name, item.every, by_item[item.id], len(hidden_by_item[item.id]), item)
            for item in config.catalogue_items
        ),
    )


def _newest_first(document: Document) -> tuple[int, str]:
    return (-document.published.toordinal() if document.published else 0, document.id)


class _Statutory:
    """To which items of art. 20 a document belongs."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._of_column = {column.id: column.statutory_item for column in columns}

    def __call__(self, document: Document) -> set[str]:
        named = document.value("statutory_item")
        return {str(number) for number in (named, self._of_column[document.column]) if number in STATUTORY_ITEMS}


class _Catalogue:
    """To which items of the catalogue a document belongs."""

    def __init__(self, columns: Iterable[Column], items: Iterable[CatalogueItem]) -> None:
        titles = {column.title: column.id for column in columns}
        self._by_name: dict[str, str] = {}
        self._by_column: dict[str, set[str]] = defaultdict(set)
        for item in items:
            self._by_name |= {item.name: item.id, item.id: item.id}
            if item.column:
                self._by_column[titles.get(item.column, item.column)].add(item.id)

    def __call__(self, document: Document) -> set[str]:
        named = self._by_name.get(document.text("catalogue_item"))
        return self._by_column.get(document.column, set()) | ({named} if named else set())


def _grouped(documents: Iterable[Document], belongs: "_Statutory | _Catalogue") -> Mapping[str, list[Document]]:
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        for key in belongs(document):
            groups[key].append(document)
    return groups
