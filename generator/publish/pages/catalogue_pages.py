"""政府信息公开目录 and 公开事项: every public document with its four fields (条例 art. 12), what there is of each item.

Pages and downloads for citizens (requirements CAT-02, CAT-03, CAT-05 to CAT-10), made of the public ``Site`` alone.
Whether an item is overdue is for those who check; a citizen reads its period and its newest day.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from generator.config.catalogue import ITEM_KEYS
from generator.config.load import SiteConfig
from generator.domain.filenames import name_trap
from generator.domain.model import CatalogueItem, Coverage, CoverageMatrix, Document, Site
from generator.domain.numerals import to_chinese
from generator.domain.vocabulary import SiteFolder, label_of
from generator.publish.data.page_metadata import column_metas, summary_of
from generator.publish.pages.page_context import page_context, page_title
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec, numbered_pages, page_count
from generator.publish.pages.pagination import pager
from generator.publish.theme.environment import View, Words
from generator.support.tables import Cell, Sheet, csv_bytes, xlsx_bytes

CATALOGUE, ITEMS = SiteFolder.CATALOGUE, SiteFolder.ITEMS
_ROWS = 100  # a row is a line of a table: more of them on a page than documents in a list
_AS_FOLDER = re.compile(r"[a-z0-9](?:[a-z0-9-]|\.(?=[0-9])){0,40}")
_STATUTORY = re.compile(r"article20-\d+")
_SHOWN = tuple(key for key in ITEM_KEYS if key != "column")
_IN_TABLE = ("item_basis", "item_time_limit", "item_subject", "update_every")
_WIDTHS = {"item_elements": 40, "item_basis": 30, "item_channels": 24, "item_name": 24}
_USUAL_WIDTH = 14


class CataloguePages(PageMaker):
    """Make the pages and the downloads of the catalogue and of the items."""

    kinds = (PageKind.CATALOGUE, PageKind.ITEMS, PageKind.ITEM)

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._all_words = words
        self._words: Words = words.catalogue

    def pages(self) -> Iterator[PageSpec]:
        """Yield every page there is: the catalogue, the items, and one for each item that has something to show."""
        yield from numbered_pages(
            PageKind.CATALOGUE, "catalogue.html", CATALOGUE, "", page_count(len(self._site.documents), _ROWS)
        )
        yield PageSpec(PageKind.ITEMS, "items.html", f"{ITEMS}/index.html")
        for folder, row in self._rows.items():
            total = page_count(len(row.documents), _ROWS)
            yield from numbered_pages(PageKind.ITEM, "item.html", f"{ITEMS}/{folder}", folder, total)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows."""
        if page.kind is PageKind.CATALOGUE:
            return self._catalogue(page)
        return self._items(page) if page.kind is PageKind.ITEMS else self._item(page)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the downloads: the catalogue as CSV, the items of the agency's own list as CSV and xlsx."""
        base = self._config.site.base_url
        rows: list[list[Cell]] = [[*_four(document), base + document.address] for document in self._site.documents]
        yield f"{CATALOGUE}/{CATALOGUE}.csv", csv_bytes([*self._headings, self._words.address], rows)
        if self._matrix.catalogue:
            keys = self._keys
            headings = [*map(label_of, keys), self._words.count, self._words.newest]
            widths = [*(_WIDTHS.get(key, _USUAL_WIDTH) for key in keys), 10, 12]
            table: list[list[Cell]] = [
                [*(_fact(row.item, key) for key in keys), len(row.documents), _newest(row)]
                for row in self._matrix.catalogue
                if row.item
            ]
            yield f"{ITEMS}/{ITEMS}.csv", csv_bytes(headings, table)
            yield f"{ITEMS}/{ITEMS}.xlsx", xlsx_bytes([Sheet(self._words.own_sheet, headings, widths, table)])

    def links(self) -> list[View]:
        """Return the links to both lists, for the home page and the columns to which they belong."""
        count = self._all_words.lists.count.format(count=len(self._site.documents))
        return [
            {"title": self._words.title, "address": f"{CATALOGUE}/", "count": count},
            {"title": self._words.items_title, "address": f"{ITEMS}/", "count": self._words.items_count},
        ]

    @property
    def _matrix(self) -> CoverageMatrix:
        return self._site.coverage

    @cached_property
    def _rows(self) -> dict[str, Coverage]:
        """The items that have a page, by its folder: those of art. 20 with documents, all of the agency's own."""
        rows = {f"article20-{row.id}": row for row in self._matrix.statutory if row.documents}
        for row in self._matrix.catalogue:
            rows[_folder(row.id)] = row
        return rows

    @cached_property
    def _keys(self) -> list[str]:
        """The columns that the agency's own list fills in."""
        items = self._config.catalogue_items
        return ["id", *(key for key in _SHOWN if key != "id" and any(item.facts.get(key) for item in items))]

    @property
    def _headings(self) -> list[str]:
        return [label_of("index_no"), self._words.name, label_of("summary"), self._words.made]

    def _context(self, page: PageSpec, title: str, total: int, *, under_items: bool = False) -> View:
        """Return the base context of one page of a list, with its breadcrumbs."""
        top = self._site.column["statutory"]
        view = page_context(self._config, title, page.address, top.id)
        crumbs = [{"title": top.title, "address": top.folder + "/"}]
        crumbs += [{"title": self._words.items_title, "address": f"{ITEMS}/"}] if under_items else []
        return {
            **view,
            "title": page_title(title, page.number, total, self._all_words),
            "crumbs": [*crumbs, {"title": title, "address": ""}],
            "metas": [*view["metas"], *column_metas(self._config, replace(top, title=title, description=title))],
            "headings": self._headings,
            **pager(page.folder, page.number, total),
        }

    def _catalogue(self, page: PageSpec) -> View:
        documents = self._site.documents
        total = page_count(len(documents), _ROWS)
        return {
            **self._context(page, self._words.title, total),
            "note": self._words.note.format(count=len(documents)),
            "downloads": [{"title": self._words.csv, "address": f"{CATALOGUE}/{CATALOGUE}.csv"}],
            "entries": _entries(documents, page.number),
        }

    def _items(self, page: PageSpec) -> View:
        own = self._matrix.catalogue
        names = ("csv", "xlsx") if own else ()
        keys = [key for key in _IN_TABLE if key in self._keys]
        return {
            **self._context(page, self._words.items_title, 1),
            "note": self._words.items_note,
            "downloads": [{"title": self._words[name], "address": f"{ITEMS}/{ITEMS}.{name}"} for name in names],
            "statutory": [
                {"number": _ordinal(row), "cells": [], **self._counted(row, f"article20-{row.id}")}
                for row in self._matrix.statutory
            ],
            "own_headings": [label_of(key) for key in keys],
            "own": [
                {
                    "number": row.item.id if row.item.id != row.item.name else "",
                    "cells": [_fact(row.item, key) for key in keys],
                    **self._counted(row, _folder(row.id)),
                }
                for row in own
                if row.item
            ],
        }

    def _counted(self, row: Coverage, folder: str) -> View:
        address = f"{ITEMS}/{folder}/" if folder in self._rows else ""
        return {"name": row.name, "address": address, "count": len(row.documents), "day": _newest(row)}

    def _item(self, page: PageSpec) -> View:
        row = self._rows[page.key]
        total = page_count(len(row.documents), _ROWS)
        title = row.name if row.item else self._words.statutory_item.format(number=_ordinal(row), name=row.name)
        facts = [(label_of(key), _fact(row.item, key)) for key in self._keys] if row.item else []
        if row.every and not row.item:
            facts.append((label_of("update_every"), str(row.every)))
        facts += [(self._words.count, str(len(row.documents))), (self._words.newest, _newest(row))]
        return {
            **self._context(page, title, total, under_items=True),
            "facts": [{"label": label, "value": value} for label, value in facts if value],
            "entries": _entries(row.documents, page.number),
        }


def _entries(documents: tuple[Document, ...], number: int) -> list[View]:
    """Return the documents of one page of a list with their four fields."""
    return [
        dict(zip(("index_no", "title", "summary", "day"), _four(document), strict=True), address=document.address)
        for document in documents[(number - 1) * _ROWS : number * _ROWS]
    ]


def _four(document: Document) -> tuple[str, str, str, str]:
    """Return 索引号, 名称, 内容概述, 生成日期 of a document (条例 art. 12)."""
    made = document.date("date_written") or document.published
    return document.text("index_no"), document.title, summary_of(document), made.isoformat() if made else ""


def _fact(item: CatalogueItem, key: str) -> str:
    return item.id if key == "id" else item.facts.get(key, "")


def _newest(row: Coverage) -> str:
    return row.newest.isoformat() if row.newest else ""


def _ordinal(row: Coverage) -> str:
    return f"（{to_chinese(int(row.id))}）"


def _folder(item: str) -> str:
    """Return the folder of an item's page: its id where that can stand in an address, else a digest that stays."""
    if _AS_FOLDER.fullmatch(item) and not _STATUTORY.fullmatch(item) and name_trap(item) is None:
        return item
    return f"item-{hashlib.blake2b(item.encode(), digest_size=5).hexdigest()}"
