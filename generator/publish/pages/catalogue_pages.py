"""政府信息公开目录 (every public document with the four fields of 条例 art. 12) and 公开事项 (documents by item).

Pages and downloads for citizens (requirements CAT-02, CAT-03, CAT-05 to CAT-10), made from the public ``Site`` only.
They show how often an item must be updated and its newest day; that it is overdue only auditors see.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from generator.config.catalogue_headings import ITEM_KEYS, label_of_item
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
_PAGE_ROWS = 100  # rows of a page; a row is one line, so a page has more of them than a list
_FOLDER_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]|\.(?=[0-9])){0,40}")
_STATUTORY_FOLDER = re.compile(r"article20-\d+")
_INTERNAL_KEYS = frozenset({"column", "contact_person", "remark"})  # 联络人 is for the plan of key areas
_PAGE_KEYS = tuple(key for key in ITEM_KEYS if key not in _INTERNAL_KEYS)
_TABLE_KEYS = ("item_basis", "item_time_limit", "item_subject", "update_every")
_WIDTHS = {"item_elements": 40, "item_basis": 30, "item_channels": 24, "item_name": 24}
_DEFAULT_WIDTH = 14
_CATALOGUE_WIDTHS = [24, 40, 60, 14, 20, 60]


class CataloguePages(PageMaker):
    """Make the pages and the downloads of the catalogue and of the items."""

    kinds = (PageKind.CATALOGUE, PageKind.ITEMS, PageKind.ITEM)

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._all_words = words
        self._words: Words = words.catalogue

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages of the catalogue, the list of items, and the pages of each item that has one."""
        yield from numbered_pages(
            PageKind.CATALOGUE, "catalogue.html", CATALOGUE, "", page_count(len(self._site.documents), _PAGE_ROWS)
        )
        yield PageSpec(PageKind.ITEMS, "items.html", f"{ITEMS}/index.html")
        for folder, row in self._rows.items():
            total = page_count(len(row.documents), _PAGE_ROWS)
            yield from numbered_pages(PageKind.ITEM, "item.html", f"{ITEMS}/{folder}", folder, total)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows."""
        if page.kind is PageKind.CATALOGUE:
            return self._catalogue(page)
        return self._items(page) if page.kind is PageKind.ITEMS else self._item(page)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of the downloads: the catalogue as CSV, the agency's own items as CSV and xlsx."""
        base = self._config.site.base_url
        rows: list[list[Cell]] = [[*_row(document), base + document.address] for document in self._site.documents]
        headings = [*self._headings, self._words.address]
        yield f"{CATALOGUE}/{CATALOGUE}.csv", csv_bytes(headings, rows)
        yield f"{CATALOGUE}/{CATALOGUE}.xlsx", xlsx_bytes([Sheet(self._words.sheet, headings, _CATALOGUE_WIDTHS, rows)])
        if self._matrix.catalogue:
            keys = self._keys
            headings = [*map(label_of_item, keys), self._words.count, self._words.newest]
            widths = [*(_WIDTHS.get(key, _DEFAULT_WIDTH) for key in keys), 10, 12]
            table: list[list[Cell]] = [
                [*(_item_value(row.item, key) for key in keys), len(row.documents), _newest(row)]
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
        """The items that have a page, by folder: those of 条例 art. 20 with documents, and all of the agency's own."""
        rows = {f"article20-{row.id}": row for row in self._matrix.statutory if row.documents}
        for row in self._matrix.catalogue:
            rows[_folder(row.id)] = row
        return rows

    @cached_property
    def _keys(self) -> list[str]:
        """The keys that at least one of the agency's own items has a value for."""
        items = self._config.catalogue_items
        return ["id", *(key for key in _PAGE_KEYS if key != "id" and any(item.facts.get(key) for item in items))]

    @property
    def _headings(self) -> list[str]:
        return [label_of("index_no"), self._words.name, label_of("summary"), self._words.made, label_of("status")]

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
        total = page_count(len(documents), _PAGE_ROWS)
        return {
            **self._context(page, self._words.title, total),
            "note": self._words.note.format(count=len(documents)),
            "downloads": [
                {"title": self._words[name], "address": f"{CATALOGUE}/{CATALOGUE}.{name}"} for name in ("csv", "xlsx")
            ],
            "entries": _entries(documents, page.number),
        }

    def _items(self, page: PageSpec) -> View:
        own_items = self._matrix.catalogue
        names = ("csv", "xlsx") if own_items else ()
        keys = [key for key in _TABLE_KEYS if key in self._keys]
        return {
            **self._context(page, self._words.items_title, 1),
            "note": self._words.items_note,
            "downloads": [{"title": self._words[name], "address": f"{ITEMS}/{ITEMS}.{name}"} for name in names],
            "statutory": [
                {"number": _ordinal(row), "cells": [], **self._summary(row, f"article20-{row.id}")}
                for row in self._matrix.statutory
            ],
            "own_headings": [label_of_item(key) for key in keys],
            "own": [
                {
                    "number": row.item.id if row.item.id != row.item.name else "",
                    "cells": [_item_value(row.item, key) for key in keys],
                    **self._summary(row, _folder(row.id)),
                }
                for row in own_items
                if row.item
            ],
        }

    def _summary(self, row: Coverage, folder: str) -> View:
        address = f"{ITEMS}/{folder}/" if folder in self._rows else ""
        return {"name": row.name, "address": address, "count": len(row.documents), "day": _newest(row)}

    def _item(self, page: PageSpec) -> View:
        row = self._rows[page.key]
        total = page_count(len(row.documents), _PAGE_ROWS)
        title = row.name if row.item else self._words.statutory_item.format(number=_ordinal(row), name=row.name)
        facts = [(label_of_item(key), _item_value(row.item, key)) for key in self._keys] if row.item else []
        if row.every and not row.item:
            facts.append((label_of("update_every"), str(row.every)))
        facts += [(self._words.count, str(len(row.documents))), (self._words.newest, _newest(row))]
        return {
            **self._context(page, title, total, under_items=True),
            "facts": [{"label": label, "value": value} for label, value in facts if value],
            "entries": _entries(row.documents, page.number),
        }


def _entries(documents: tuple[Document, ...], number: int) -> list[View]:
    """Return the documents of one page of a list with their four fields and their state."""
    return [
        dict(
            zip(("index_no", "title", "summary", "day", "state"), _row(document), strict=True),
            address=document.address,
            **_state(document),
        )
        for document in documents[(number - 1) * _PAGE_ROWS : number * _PAGE_ROWS]
    ]


def _four_fields(document: Document) -> tuple[str, str, str, str]:
    """Return 索引号, 名称, 内容概述, 生成日期 of a document (条例 art. 12)."""
    day_made = document.date("date_written") or document.published
    return document.text("index_no"), document.title, summary_of(document), day_made.isoformat() if day_made else ""


def _row(document: Document) -> tuple[str, str, str, str, str]:
    """Return the four fields of a document and its state in words, as each row of the catalogue has them."""
    return *_four_fields(document), document.state_text or (
        document.interpretation_mark.label if document.interpretation_mark else ""
    )


def _state(document: Document) -> View:
    """Return the codes of the state of a document, which give its colour."""
    mark = document.interpretation_mark
    return {"status": document.state.value if document.state else "", "mark": mark.value if mark else ""}


def _item_value(item: CatalogueItem, key: str) -> str:
    return item.id if key == "id" else item.facts.get(key, "")


def _newest(row: Coverage) -> str:
    return row.newest.isoformat() if row.newest else ""


def _ordinal(row: Coverage) -> str:
    return f"（{to_chinese(int(row.id))}）"


def _folder(item: str) -> str:
    """Return the folder of an item's page: its id where an address can contain it, else a digest of the id."""
    if _FOLDER_NAME.fullmatch(item) and not _STATUTORY_FOLDER.fullmatch(item) and name_trap(item) is None:
        return item
    return f"item-{hashlib.blake2b(item.encode(), digest_size=5).hexdigest()}"
