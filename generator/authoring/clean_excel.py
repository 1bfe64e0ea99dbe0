"""Excel: hidden sheets go, hidden rows and columns are emptied, comments go, formulas become their values.

A formula that reads what was hidden would tell it again, so where anything was hidden no formula is left.
"""

import re

from lxml import etree

from generator.authoring.packages import Parts, drop_parts, local, read_xml, relations_of, target_of, write_xml
from generator.source.office.sheets import column_number

_WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_COMMENTS = ("/comments", "/threadedComment")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_CACHE = re.compile(r"^xl/pivotCache/pivotCacheRecords[^/]*\.xml$")


def clean_excel(parts: Parts) -> None:
    """Clean the parts of a workbook in place."""
    sheets, hidden = _drop_hidden_sheets(parts)
    roots = {name: read_xml(parts[name]) for name in sheets if name in parts}
    for name, root in roots.items():
        _drop_comments(parts, name, root)
        hidden = _empty_hidden(root) or hidden
    if hidden:
        for root in roots.values():
            for formula in list(root.iter("{*}f")):
                formula.getparent().remove(formula)
        drop_parts(parts, _WORKBOOK, {"xl/calcChain.xml"} & parts.keys())
        for name in [name for name in parts if _CACHE.match(name)]:
            root = read_xml(parts[name])
            for record in list(root):
                root.remove(record)
            root.set("count", "0")
            parts[name] = write_xml(root)
    _forget_strings(parts, list(roots.values()))
    for name, root in roots.items():
        parts[name] = write_xml(root)
    drop_parts(parts, _WORKBOOK, {name for name in parts if name.startswith(("xl/persons/", "xl/threadedComments/"))})


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
        if sheet in gone or any(title in (name.text or "") for title in titles) or name.get("hidden") == "1":
            name.getparent().remove(name)
        elif sheet >= 0:
            name.set("localSheetId", str(sheet - sum(number < sheet for number in gone)))
    names = root.find("{*}definedNames")
    if names is not None and not len(names):
        root.remove(names)
    if gone:
        for view in root.iter("{*}workbookView"):
            for key in ("activeTab", "firstSheet"):
                view.attrib.pop(key, None)
    parts[_WORKBOOK] = write_xml(root)
    drop_parts(parts, _WORKBOOK, {places[number] for number in gone})
    return [place for number, place in enumerate(places) if number not in gone], bool(gone)


def _relation(sheet: etree._Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("/relationships}id")), "")


def _drop_comments(parts: Parts, sheet: str, root: etree._Element) -> None:
    relations = relations_of(sheet)
    if relations not in parts:
        return
    items = [item for item in read_xml(parts[relations]) if item.get("TargetMode") != "External"]
    wanted = {target_of(sheet, item) for item in items if item.get("Type", "").endswith(_COMMENTS)}
    if not wanted:
        return
    wanted |= {target_of(sheet, item) for item in items if item.get("Type", "").endswith("/vmlDrawing")}
    gone = drop_parts(parts, sheet, wanted)  # with the yellow boxes that show them
    for element in list(root):
        if local(element) in {"legacyDrawing", "legacyDrawingHF"} and _relation(element) in gone:
            root.remove(element)


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
