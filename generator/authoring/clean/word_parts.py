"""Clean Word documents: accept tracked changes, remove comments, hidden text, and marks of authors and times."""

import re

from lxml import etree

from generator.authoring.clean.office_parts import (
    Parts,
    keep_children,
    local,
    read_xml,
    remove_editing_traces,
    write_xml,
)

WORD_PARTS = re.compile(
    r"word/(?:document|styles|numbering|settings|fontTable|footnotes|endnotes|(?:header|footer)\d*)\.xml"
    r"|word/(?:theme|charts|diagrams|drawings|media|fonts)/[^/]+|word/embeddings/[^/]+\.(?:docx|xlsx|pptx)"
    r"|word/(?:afchunk|chunk)[^/]*"
)
_TEXT_PART = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_XML_PART = re.compile(r"word/(?:[^/]+|(?:theme|charts|diagrams|drawings)/[^/]+)\.xml")
_KEPT_SETTINGS = frozenset(
    {"compat", "defaultTabStop", "evenAndOddHeaders", "mirrorMargins", "footnotePr", "endnotePr", "themeFontLang"}
    | {"characterSpacingControl", "clrSchemeMapping", "decimalSymbol", "listSeparator", "autoHyphenation", "mathPr"}
    | {"hyphenationZone", "consecutiveHyphenLimit", "doNotHyphenateCaps", "gutterAtTop", "displayBackgroundShape"}
    | {"bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "drawingGridHorizontalSpacing", "embedTrueTypeFonts"}
    | {"drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery"}
    | {"noLineBreaksAfter", "noLineBreaksBefore", "saveSubsetFonts", "alignBordersAndEdges", "bookFoldPrinting"}
    | {"shapeDefaults", "hdrShapeDefaults", "printTwoOnOne", "defaultTableStyle", "strictFirstAndLastChars"}
)
_REMOVED_ATTRIBUTES = frozenset(
    {"paraId", "textId", "anchorId", "editId", "author", "initials", "date", "dateUtc", "durableId", "spid", "gfxdata"}
)
_MARKERS = frozenset(
    {"commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"}
    | {"moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"}
    | {"customXmlDelRangeEnd", "cellIns", "cellMerge", "proofErr"}
)
_BETWEEN = frozenset({"bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "proofErr"})  # no block of their own
_AROUND = frozenset({"sdt", "sdtContent", "customXml"})
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_PROPERTIES = frozenset({"rPr", "trPr", "pPr", "tcPr"})


def clean_word(parts: Parts) -> None:
    """Clean the parts of a document in place."""
    hidden = _hidden_styles(parts)
    for name in list(parts):
        if not _XML_PART.fullmatch(name):
            continue
        root = read_xml(parts[name])
        if _TEXT_PART.fullmatch(name):
            _drop_hidden(root, hidden)
            accept_changes(root)
            for element in list(root.iter("{*}dataBinding", "{*}OLEObject", "{*}control")):
                if local(element) != "OLEObject" or element.get("Type") == "Link":
                    _remove(element)
        elif name == "word/settings.xml":
            keep_children(root, _KEPT_SETTINGS)
        remove_editing_traces(root, _REMOVED_ATTRIBUTES)
        parts[name] = write_xml(root)


def _hidden_styles(parts: Parts) -> frozenset[str]:
    """Return the ids of the styles that hide their text, including those based on such a style."""
    if "word/styles.xml" not in parts:
        return frozenset()
    hides: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for style in read_xml(parts["word/styles.xml"]).iter("{*}style"):
        name = _value(style, "styleId")
        vanish = style.find("{*}rPr/{*}vanish")
        hides[name] = None if vanish is None else _is_on(vanish)
        base = style.find("{*}basedOn")
        bases[name] = "" if base is None else _value(base, "val")

    def is_hidden(name: str, left: int = 50) -> bool:
        own_value = hides.get(name)
        return is_hidden(bases.get(name, ""), left - 1) if own_value is None and name and left else bool(own_value)

    return frozenset(name for name in hides if is_hidden(name))


def _value(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _is_on(element: etree._Element) -> bool:
    return _value(element, "val") not in {"0", "false", "off"}


def _drop_hidden(root: etree._Element, hidden: frozenset[str]) -> None:
    """Remove the runs and empty paragraphs that a style hides."""
    if not hidden:
        return
    for run in list(root.iter("{*}r")):
        if run.find("{*}rPr/{*}vanish") is not None:
            continue  # its own property decides, which ``accept_changes`` handles
        run_style = run.find("{*}rPr/{*}rStyle")
        paragraph = next(run.iterancestors("{*}p"), None)
        paragraph_style = paragraph.find("{*}pPr/{*}pStyle") if paragraph is not None else None
        if any(used is not None and _value(used, "val") in hidden for used in (run_style, paragraph_style)):
            _remove(run)
    for used in list(root.iter("{*}pStyle")):
        paragraph = used.getparent().getparent()
        if _value(used, "val") not in hidden or paragraph is None or paragraph.find("{*}r") is not None:
            continue
        must_stay = len(paragraph.getparent().findall("{*}p")) < 2 or paragraph.find(".//{*}sectPr") is not None
        _remove(used if must_stay else paragraph)


def accept_changes(root: etree._Element) -> None:
    """Accept all tracked changes of one part: keep insertions, remove deletions, comment marks and hidden text."""
    for element in list(root.iter("{*}tr", "{*}tc")):
        if element.find("{*}trPr/{*}del") is not None or element.find("{*}tcPr/{*}cellDel") is not None:
            _remove(element)
    marks = ("{*}pPr/{*}rPr/{*}del", "{*}pPr/{*}rPr/{*}moveFrom")
    merged_paragraphs = [p for p in root.iter("{*}p") if any(p.find(mark) is not None for mark in marks)]
    for element in list(root.iter("{*}*")):
        if element.getparent() is not None:
            _accept_change(element, local(element), element.getparent())
    for paragraph in merged_paragraphs:
        _join_to_next(paragraph)


def _accept_change(element: etree._Element, name: str, parent: etree._Element) -> None:
    if name in _INSERTED and local(parent) not in _PROPERTIES:
        _unwrap(element)
    elif name in _MARKERS or name in _DELETED or name in _INSERTED or name.endswith("Change"):
        _remove(element)
    elif name == "commentReference":
        _remove(parent if local(parent) == "r" else element)
    elif name == "vanish":
        run = parent.getparent()
        _remove(run if _is_on(element) and run is not None and local(run) == "r" else element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)  # there is no text between the elements of a document


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for number, child in enumerate(list(element)):
        parent.insert(place + number, child)
    parent.remove(element)


def _block_behind(element: etree._Element) -> etree._Element | None:
    """Return the block behind another one; a content control around blocks is none of its own."""
    following = next((one for one in element.itersiblings("{*}*") if local(one) not in _BETWEEN), None)
    parent = element.getparent()
    if following is None and parent is not None and local(parent) in _AROUND:
        return _block_behind(parent)
    while following is not None and local(following) in _AROUND:
        following = next((one for one in following if local(one) in {"p", "tbl", *_AROUND}), None)
    return following


def _join_to_next(paragraph: etree._Element) -> None:
    """Move the text of a paragraph whose mark was deleted to the start of the next one, as Word does."""
    following = _block_behind(paragraph)
    if paragraph.getparent() is None or following is None or local(following) != "p":
        return
    place = 1 if following.find("{*}pPr") is not None else 0
    for number, child in enumerate([child for child in paragraph if local(child) != "pPr"]):
        following.insert(place + number, child)
    _remove(paragraph)
