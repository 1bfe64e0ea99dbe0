"""The items that must be public, each with the documents that are (条例 arts 20–22; CAT-09, CAT-10)."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.domain.model.document import Document
from generator.domain.vocabulary import CoverageState
from generator.domain.workdays import Span


class CatalogueItem(NamedTuple):
    """One item: ``id`` is what a document names in 信息分类, ``facts`` all its cells by their key.

    Where ``column`` is set, every document of that column belongs to the item; ``every`` is the period within which
    something new is due.
    """

    id: str
    name: str
    column: str
    every: Span | None
    path: str
    line: int
    facts: Mapping[str, str]


def item_ids_by_name(items: Sequence[CatalogueItem]) -> Mapping[str, str]:
    """Return the id of each item by what a document may write in 信息分类.

    That is its id, its name, and its 二级事项 where no other item has the same.
    """
    second_levels = Counter(item.facts.get("item_level2", "") for item in items)
    ids = {name: item.id for item in items if second_levels[name := item.facts.get("item_level2", "")] == 1 and name}
    for item in items:
        ids |= {item.name: item.id, item.id: item.id}
    return ids


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


class CoverageMatrix(NamedTuple):
    """The items that must be public: the fifteen of 条例 art. 20, and those of the site's own catalogue."""

    statutory: tuple[Coverage, ...] = ()
    catalogue: tuple[Coverage, ...] = ()
