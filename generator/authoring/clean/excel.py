"""Excel: hidden sheets go, hidden rows and columns are emptied, comments go, and what is not among the kept parts.

A formula that reads what was hidden would tell it again, so where anything was hidden no formula is left.
"""

import re

from lxml import etree

from generator.authoring.clean.office_parts import (
    LOCAL_PATH,
    Parts,
    drop_parts,
    forget_makers,
    keep_children,
    local,
    read_xml,
    relations_of,
    target_of,
    write_xml,
)
from generator.source.attachments.office.sheets import column_number

_WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
EXCEL_PARTS = re.compile(
    r"xl/(?:workbook|sharedStrings|styles|calcChain|metadata)\.xml"
    r"|xl/(?:worksheets|chartsheets|theme|charts|drawings|media|tables|pivotTables|pivotCache|diagrams)/[^/]+"
)
_BOOK_KEPT = frozenset({"workbookPr", "bookViews", "sheets", "definedNames", "calcPr", "pivotCaches"})
_VIEW_KEPT = frozenset({"activeTab", "firstSheet", "showHorizontalScroll", "showVerticalScroll", "showSheetTabs"})
_SHEET_KEPT = frozenset(
    {"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "autoFilter"}
    | {"sortState", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"}
    | {"pageMargins", "pageSetup"}
    | {"headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing", "legacyDrawingHF", "picture", "tableParts"}
    | {"phoneticPr", "extLst"}
)
_MARKS_GONE = frozenset({"uid", "codeName", "refreshedBy", "refreshedDate", "topLeftCell", "userName", "lastEdited"})
_OTHER_BOOK = re.compile(r"\[[0-9]+\]")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_CACHE = re.compile(r"^xl/pivotCache/pivotCacheRecords[^/]*\.xml$")


def clean_excel(parts: Parts) -> None:
    """Clean the parts of a workbook in place."""
    sheets, hidden = _drop_hidden_sheets(parts)
    roots = {name: read_xml(parts[name]) for name in sheets if name in parts}
    for name in [name for name in parts if name.startswith("xl/worksheets/") and "/_rels/" not in name]:
        if name not in roots:  # a sheet that no tab shows
            drop_parts(parts, _WORKBOOK, {name})
    for root in roots.values():
        hidden = _empty_hidden(root) or hidden
        _forget_view(root)
    for root in roots.values():
        for formula in list(root.iter("{*}f")):
            if hidden or _OTHER_BOOK.search(formula.text or "") or LOCAL_PATH.search(formula.text or ""):
                formula.getparent().remove(formula)
    if hidden:
        drop_parts(parts, _WORKBOOK, {"xl/calcChain.xml"} & parts.keys())
        _forget_caches(parts)
    _forget_strings(parts, list(roots.values()))
    for name, root in roots.items():
        parts[name] = write_xml(root)
    for name in [name for name in parts if name.endswith(".xml") and name.startswith("xl/")]:
        root = read_xml(parts[name])
        forget_makers(root, _MARKS_GONE)
        parts[name] = write_xml(root)
    _drop_comment_boxes(parts, list(roots))


def _forget_view(root: etree._Element) -> None:
    """Keep of a worksheet what is seen: not where somebody stopped reading, nor who may change what."""
    if local(root) == "worksheet":
        keep_children(root, _SHEET_KEPT)
    for element in list(root.iter("{*}selection")):
        element.getparent().remove(element)


def _forget_caches(parts: Parts) -> None:
    """Empty what pivot tables and charts keep of the cells, hidden ones included."""
    for name in [name for name in parts if _CACHE.match(name)]:
        root = read_xml(parts[name])
        for record in list(root):
            root.remove(record)
        root.set("count", "0")
        parts[name] = write_xml(root)
    for name in [name for name in parts if name.startswith("xl/charts/") and name.endswith(".xml")]:
        root = read_xml(parts[name])
        for cache in list(root.iter("{*}numCache", "{*}strCache", "{*}multiLvlStrCache")):
            cache.getparent().remove(cache)
        parts[name] = write_xml(root)
    for name in [name for name in parts if name.startswith("xl/pivotCache/") and not _CACHE.match(name)]:
        if name.endswith(".xml"):
            root = read_xml(parts[name])
            for items in list(root.iter("{*}sharedItems")):
                items.clear()
            root.set("refreshOnLoad", "1")
            parts[name] = write_xml(root)


def _drop_hidden_sheets(parts: Parts) -> tuple[list[str], bool]:
    """Take hidden sheets out of the workbook; returns the parts of those that stay, and whether any went."""
    root = read_xml(parts[_WORKBOOK])
    relations = {item.get("Id", ""): target_of(_WORKBOOK, item) for item in read_xml(parts[relations_of(_WORKBOOK)])}
    sheets = list(root.iter("{*}sheet"))
    gone = {number for number, sheet in enumerate(sheets) if sheet.get("state", "visible") != "visible"}
    titles = {sheets[number].get("name", "") for number in gone}
    places = [relations.get(_relation(sheet), "") for sheet in sheets]
    for number in gone:
        sheets[number].getparent().remove(sheets[number])
    for name in list(root.iter("{*}definedName")):
        sheet = int(name.get("localSheetId", "-1"))
        text = name.text or ""
        told = any(title in text for title in titles) or _OTHER_BOOK.search(text) or LOCAL_PATH.search(text)
        if sheet in gone or told or name.get("hidden") == "1":
            name.getparent().remove(name)
        elif sheet >= 0:
            name.set("localSheetId", str(sheet - sum(number < sheet for number in gone)))
    names = root.find("{*}definedNames")
    if names is not None and not len(names):
        root.remove(names)
    keep_children(root, _BOOK_KEPT)
    for view in root.iter("{*}workbookView"):
        for key in [key for key in view.attrib if gone or key not in _VIEW_KEPT]:
            del view.attrib[key]
    parts[_WORKBOOK] = write_xml(root)
    drop_parts(parts, _WORKBOOK, {places[number] for number in gone})
    return [place for number, place in enumerate(places) if number not in gone], bool(gone)


def _relation(sheet: etree._Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("/relationships}id")), "")


def _drop_comment_boxes(parts: Parts, sheets: list[str]) -> None:
    """Take out the drawings that only showed comments: those of headers are named by ``legacyDrawingHF``."""
    for sheet in sheets:
        if relations_of(sheet) not in parts:
            continue
        root = read_xml(parts[sheet])
        named = {_relation(element) for element in root.iter("{*}legacyDrawingHF")}
        items = [item for item in read_xml(parts[relations_of(sheet)]) if item.get("TargetMode") != "External"]
        drawings = [item for item in items if item.get("Type", "").endswith("/vmlDrawing")]
        drop_parts(parts, sheet, {target_of(sheet, item) for item in drawings if item.get("Id") not in named})


def _empty_hidden(root: etree._Element) -> bool:
    """Empty hidden rows and columns; returns whether they held anything."""
    ranges = [
        (int(column.get("min", "0")), int(column.get("max", "0")))
        for column in root.iter("{*}col")
        if column.get("hidden") in {"1", "true"}
    ]
    held = False
    for row in root.iter("{*}row"):
        whole = row.get("hidden") in {"1", "true"}
        for position, cell in enumerate(list(row), 1):
            letters = _LETTERS.match(cell.get("r", ""))
            column = column_number(letters[0]) if letters else position
            if whole or any(first <= column <= last for first, last in ranges):
                held = held or len(cell) > 0
                row.remove(cell)
    return held


def _forget_strings(parts: Parts, roots: list[etree._Element]) -> None:
    """Empty the shared strings that no cell shows any more; their numbers stay."""
    if _STRINGS not in parts:
        return
    used = {cell.findtext("{*}v", "").strip() for root in roots for cell in root.iter("{*}c") if cell.get("t") == "s"}
    strings = read_xml(parts[_STRINGS])
    for number, item in enumerate(strings.iterchildren("{*}si")):
        if str(number) not in used:
            for child in list(item):
                item.remove(child)
            etree.SubElement(item, f"{{{etree.QName(item).namespace}}}t")
    parts[_STRINGS] = write_xml(strings)
