"""Clean Excel workbooks: remove hidden sheets, comments and unlisted parts; empty hidden rows and columns.

A formula that reads hidden cells would disclose them again, so a workbook in which anything was hidden keeps none.
"""

import re

from lxml import etree

from generator.authoring.clean.office_parts import (
    LOCAL_PATH,
    Parts,
    drop_parts,
    keep_children,
    local,
    read_xml,
    relations_of,
    remove_editing_traces,
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
_KEPT_IN_WORKBOOK = frozenset({"workbookPr", "bookViews", "sheets", "definedNames", "calcPr", "pivotCaches"})
_KEPT_IN_VIEW = frozenset({"activeTab", "firstSheet", "showHorizontalScroll", "showVerticalScroll", "showSheetTabs"})
_KEPT_IN_SHEET = frozenset(
    {"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "autoFilter"}
    | {"sortState", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"}
    | {"pageMargins", "pageSetup"}
    | {"headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing", "legacyDrawingHF", "picture", "tableParts"}
    | {"phoneticPr", "extLst"}
)
_REMOVED_ATTRIBUTES = frozenset(
    {"uid", "codeName", "refreshedBy", "refreshedDate", "topLeftCell", "userName", "lastEdited"}
)
_EXTERNAL_WORKBOOK = re.compile(r"\[[0-9]+\]")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_PIVOT_RECORDS = re.compile(r"^xl/pivotCache/pivotCacheRecords[^/]*\.xml$")


def clean_excel(parts: Parts) -> None:
    """Clean the parts of a workbook in place."""
    sheets, hidden = _drop_hidden_sheets(parts)
    roots = {name: read_xml(parts[name]) for name in sheets if name in parts}
    for name in [name for name in parts if name.startswith("xl/worksheets/") and "/_rels/" not in name]:
        if name not in roots:  # a sheet that no tab shows
            drop_parts(parts, _WORKBOOK, {name})
    for root in roots.values():
        hidden = _empty_hidden(root) or hidden
        _drop_view_state(root)
    for root in roots.values():
        for formula in list(root.iter("{*}f")):
            if hidden or _EXTERNAL_WORKBOOK.search(formula.text or "") or LOCAL_PATH.search(formula.text or ""):
                formula.getparent().remove(formula)
    if hidden:
        drop_parts(parts, _WORKBOOK, {"xl/calcChain.xml"} & parts.keys())
        _empty_caches(parts)
    _empty_unused_strings(parts, list(roots.values()))
    for name, root in roots.items():
        parts[name] = write_xml(root)
    for name in [name for name in parts if name.endswith(".xml") and name.startswith("xl/")]:
        root = read_xml(parts[name])
        remove_editing_traces(root, _REMOVED_ATTRIBUTES)
        parts[name] = write_xml(root)
    _drop_comment_boxes(parts, list(roots))


def _drop_view_state(root: etree._Element) -> None:
    """Remove the cursor position, protection and other unlisted elements of a worksheet."""
    if local(root) == "worksheet":
        keep_children(root, _KEPT_IN_SHEET)
    for element in list(root.iter("{*}selection")):
        element.getparent().remove(element)


def _empty_caches(parts: Parts) -> None:
    """Empty the cell values that pivot tables and charts cache, which include hidden ones."""
    for name in [name for name in parts if _PIVOT_RECORDS.match(name)]:
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
    for name in [name for name in parts if name.startswith("xl/pivotCache/") and not _PIVOT_RECORDS.match(name)]:
        if name.endswith(".xml"):
            root = read_xml(parts[name])
            for items in list(root.iter("{*}sharedItems")):
                items.clear()
            root.set("refreshOnLoad", "1")
            parts[name] = write_xml(root)


def _drop_hidden_sheets(parts: Parts) -> tuple[list[str], bool]:
    """Remove hidden sheets from the workbook; return the parts of the remaining ones, and whether any was removed."""
    root = read_xml(parts[_WORKBOOK])
    relations = {item.get("Id", ""): target_of(_WORKBOOK, item) for item in read_xml(parts[relations_of(_WORKBOOK)])}
    sheets = list(root.iter("{*}sheet"))
    hidden = {number for number, sheet in enumerate(sheets) if sheet.get("state", "visible") != "visible"}
    titles = {sheets[number].get("name", "") for number in hidden}
    sheet_parts = [relations.get(_relation(sheet), "") for sheet in sheets]
    for number in hidden:
        sheets[number].getparent().remove(sheets[number])
    for name in list(root.iter("{*}definedName")):
        sheet = int(name.get("localSheetId", "-1"))
        text = name.text or ""
        discloses = any(title in text for title in titles) or _EXTERNAL_WORKBOOK.search(text) or LOCAL_PATH.search(text)
        if sheet in hidden or discloses or name.get("hidden") == "1":
            name.getparent().remove(name)
        elif sheet >= 0:
            name.set("localSheetId", str(sheet - sum(number < sheet for number in hidden)))
    names = root.find("{*}definedNames")
    if names is not None and not len(names):
        root.remove(names)
    keep_children(root, _KEPT_IN_WORKBOOK)
    for view in root.iter("{*}workbookView"):
        for key in [key for key in view.attrib if hidden or key not in _KEPT_IN_VIEW]:
            del view.attrib[key]
    parts[_WORKBOOK] = write_xml(root)
    drop_parts(parts, _WORKBOOK, {sheet_parts[number] for number in hidden})
    return [part for number, part in enumerate(sheet_parts) if number not in hidden], bool(hidden)


def _relation(sheet: etree._Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("/relationships}id")), "")


def _drop_comment_boxes(parts: Parts, sheets: list[str]) -> None:
    """Remove the drawings that only show comments; the ones in page headers are referenced by ``legacyDrawingHF``."""
    for sheet in sheets:
        if relations_of(sheet) not in parts:
            continue
        root = read_xml(parts[sheet])
        header_drawings = {_relation(element) for element in root.iter("{*}legacyDrawingHF")}
        items = [item for item in read_xml(parts[relations_of(sheet)]) if item.get("TargetMode") != "External"]
        drawings = [item for item in items if item.get("Type", "").endswith("/vmlDrawing")]
        drop_parts(parts, sheet, {target_of(sheet, item) for item in drawings if item.get("Id") not in header_drawings})


def _empty_hidden(root: etree._Element) -> bool:
    """Empty hidden rows and columns; return whether they had any content."""
    ranges = [
        (int(column.get("min", "0")), int(column.get("max", "0")))
        for column in root.iter("{*}col")
        if column.get("hidden") in {"1", "true"}
    ]
    had_content = False
    for row in root.iter("{*}row"):
        is_row_hidden = row.get("hidden") in {"1", "true"}
        for position, cell in enumerate(list(row), 1):
            letters = _LETTERS.match(cell.get("r", ""))
            column = column_number(letters[0]) if letters else position
            if is_row_hidden or any(first <= column <= last for first, last in ranges):
                had_content = had_content or len(cell) > 0
                row.remove(cell)
    return had_content


def _empty_unused_strings(parts: Parts, roots: list[etree._Element]) -> None:
    """Empty the shared strings that no cell uses any more; the others keep their index."""
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
