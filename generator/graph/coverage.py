"""The coverage matrix: which documents there are of each item that must be public (条例 arts 20–22; CAT-09, CAT-10).

Made once for two readers. Of a ``Site`` it counts what the public sees, and nothing else is known to it;
of an ``Archive`` it says beside that how many documents of an item are not public.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from generator.config.catalogue import CatalogueItem
from generator.config.load import SiteConfig
from generator.config.settings import read_period
from generator.domain.model import Archive, Column, Document, Site
from generator.domain.vocabulary import STATUTORY_ITEMS, CoverageState
from generator.domain.workdays import Span


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
    """Return every item with its documents at the source's day."""
    return Matrix(statutory_coverage(source, config), catalogue_coverage(source, config))


def statutory_coverage(source: Archive | Site, config: SiteConfig) -> tuple[Coverage, ...]:
    """Return the items of 条例 art. 20, whose ids are their numbers.

    A document belongs to the item that it names in 法定公开事项, and to that of its column.
    """
    periods = config.deadlines.statutory_updates
    rows = _Rows(source, config, _Statutory(source.columns))
    return tuple(
        rows.row(str(number), name, read_period(periods.get(number, ""))) for number, name in STATUTORY_ITEMS.items()
    )


def catalogue_coverage(source: Archive | Site, config: SiteConfig) -> tuple[Coverage, ...]:
    """Return the items of the catalogue that the config names, in its order.

    A document belongs to the item that it names in 信息分类, by id or name, and to those whose 栏目 is its column.
    """
    if not config.catalogue_items:
        return ()
    rows = _Rows(source, config, _Catalogue(source.columns, config.catalogue_items))
    return tuple(rows.row(item.id, item.name, item.every, item) for item in config.catalogue_items)


class _Rows:
    """The documents of a source by the items to which they belong."""

    def __init__(self, source: Archive | Site, config: SiteConfig, belongs: "_Statutory | _Catalogue") -> None:
        self._as_of = source.as_of
        self._calendar = config.calendar
        self._public: dict[str, list[Document]] = defaultdict(list)
        self._held: Counter[str] = Counter()
        archive = source if isinstance(source, Archive) else None
        for document in source.documents:
            for key in belongs(document):
                if archive is None or archive.is_public(document):
                    self._public[key].append(document)
                else:
                    self._held[key] += 1

    def row(self, key: str, name: str, every: Span | None, item: CatalogueItem | None = None) -> Coverage:
        """Return one item with what is known of it."""
        found = sorted(self._public[key], key=_newest_first)
        newest = found[0].published if found else None
        due = every.due(newest, self._calendar) if every and newest else None
        state = CoverageState.COVERED if found else CoverageState.EMPTY
        if due and due < self._as_of:
            state = CoverageState.OVERDUE
        return Coverage(key, name, every, tuple(found), self._held[key], newest, due, state, item)


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
