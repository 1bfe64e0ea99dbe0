"""Compute the coverage of the items that must be public (条例 arts 20–22; CAT-09, CAT-10).

It is computed once from the ``Archive``; the gate derives the public matrix, which has no counts of what is not public.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from generator.config.load import SiteConfig
from generator.config.settings import read_period
from generator.domain.model import Archive, CatalogueItem, Column, Coverage, CoverageMatrix, Document, item_ids_by_name
from generator.domain.vocabulary import STATUTORY_ITEMS, CoverageState
from generator.domain.workdays import Span


def coverage_matrix(archive: Archive, config: SiteConfig) -> CoverageMatrix:
    """Return the coverage of every item at the archive's day."""
    return CoverageMatrix(_statutory_coverage(archive, config), _catalogue_coverage(archive, config))


def public_coverage(matrix: CoverageMatrix, public: Mapping[str, Document]) -> CoverageMatrix:
    """Return the matrix for the public: with the ``public`` documents, which are by id, and no count of the others."""
    return CoverageMatrix(
        *(
            tuple(
                row._replace(documents=tuple(public[document.id] for document in row.documents), held=0) for row in rows
            )
            for rows in matrix
        )
    )


def _statutory_coverage(archive: Archive, config: SiteConfig) -> tuple[Coverage, ...]:
    """Return the coverage of the items of 条例 art. 20, whose ids are their numbers.

    A document belongs to the item that it names in 法定公开事项, and to that of its column.
    """
    periods = config.deadlines.statutory_updates
    rows = _Rows(archive, config, _Statutory(archive.columns))
    return tuple(
        rows.row(str(number), name, read_period(periods.get(number, ""))) for number, name in STATUTORY_ITEMS.items()
    )


def _catalogue_coverage(archive: Archive, config: SiteConfig) -> tuple[Coverage, ...]:
    """Return the coverage of the items of the config's catalogue, in its order.

    A document belongs to the item that it names in 信息分类, by id or name, and to those whose 栏目 is its column.
    """
    if not config.catalogue_items:
        return ()
    rows = _Rows(archive, config, _Catalogue(archive.columns, config.catalogue_items))
    return tuple(rows.row(item.id, item.name, item.every, item) for item in config.catalogue_items)


class _Rows:
    """The documents of an archive by the item that they belong to."""

    def __init__(self, archive: Archive, config: SiteConfig, items_of: "_Statutory | _Catalogue") -> None:
        self._as_of = archive.day
        self._calendar = config.calendar
        self._public: dict[str, list[Document]] = defaultdict(list)
        self._not_public_counts: Counter[str] = Counter()
        for document in archive.documents:
            for key in items_of(document):
                if archive.is_public(document):
                    self._public[key].append(document)
                else:
                    self._not_public_counts[key] += 1

    def row(self, key: str, name: str, every: Span | None, item: CatalogueItem | None = None) -> Coverage:
        """Return the coverage of one item."""
        documents = sorted(self._public[key], key=_newest_first)
        newest = documents[0].published if documents else None
        due = every.due(newest, self._calendar) if every and newest else None
        state = CoverageState.COVERED if documents else CoverageState.EMPTY
        if due and due < self._as_of:
            state = CoverageState.OVERDUE
        return Coverage(key, name, every, tuple(documents), self._not_public_counts[key], newest, due, state, item)


def _newest_first(document: Document) -> tuple[int, str]:
    return (-document.published.toordinal() if document.published else 0, document.id)


class _Statutory:
    """Returns the items of art. 20 that a document belongs to."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._of_column = {column.id: column.statutory_item for column in columns}

    def __call__(self, document: Document) -> set[str]:
        declared = document.value("statutory_item")
        return {str(number) for number in (declared, self._of_column[document.column]) if number in STATUTORY_ITEMS}


class _Catalogue:
    """Returns the items of the catalogue that a document belongs to."""

    def __init__(self, columns: Iterable[Column], items: Sequence[CatalogueItem]) -> None:
        titles = {column.title: column.id for column in columns}
        self._by_name = item_ids_by_name(items)
        self._by_column: dict[str, set[str]] = defaultdict(set)
        for item in items:
            if item.column:
                self._by_column[titles.get(item.column, item.column)].add(item.id)

    def __call__(self, document: Document) -> set[str]:
        declared = self._by_name.get(document.text("catalogue_item"))
        return self._by_column.get(document.column, set()) | ({declared} if declared else set())
