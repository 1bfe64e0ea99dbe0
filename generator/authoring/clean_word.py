"""Word: tracked changes are accepted, comments and hidden text go, and so do the marks of who wrote when."""

import re

from lxml import etree

from generator.authoring.packages import Parts, local, read_xml, write_xml

_TEXT_PART = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_EMPTIED_PART = re.compile(r"word/(?:comments\w*|people)\.xml")
_SETTINGS_GONE = frozenset({"trackRevisions", "rsids", "docVars", "attachedTemplate", "revisionView"})
_RANGES = frozenset(
    {"commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"}
    | {"moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"}
    | {"customXmlDelRangeEnd", "cellIns", "cellMerge", "proofErr"}
)
_GONE = frozenset({"del", "moveFrom"})
_KEPT = frozenset({"ins", "moveTo"})
_PROPERTIES = frozenset({"rPr", "trPr", "pPr", "tcPr"})


def clean_word(parts: Parts) -> None:
    """Clean the parts of a document in place."""
    for name in list(parts):
        if _TEXT_PART.fullmatch(name):
            root = read_xml(parts[name])
            accept_changes(root)
            parts[name] = write_xml(root)
        elif _EMPTIED_PART.fullmatch(name):
            root = read_xml(parts[name])
            for element in list(root):
                root.remove(element)
            parts[name] = write_xml(root)
        elif name == "word/settings.xml":
            root = read_xml(parts[name])
            for element in list(root):
                if local(element) in _SETTINGS_GONE:
                    root.remove(element)
            parts[name] = write_xml(root)


def accept_changes(root: etree._Element) -> None:
    """Accept all changes of one part: what was deleted goes, what was inserted stays, what was hidden goes."""
    for element in list(root.iter("{*}tr", "{*}tc")):
        if element.find("{*}trPr/{*}del") is not None or element.find("{*}tcPr/{*}cellDel") is not None:
            _remove(element)
    joined = [p for p in root.iter("{*}p") if p.find("{*}pPr/{*}rPr/{*}del") is not None]
    for element in list(root.iter("{*}*")):
        if element.getparent() is not None:
            _settle(element, local(element), element.getparent())
    for paragraph in joined:
        _join_to_next(paragraph)
    for element in root.iter("{*}*"):
        for key in [key for key in element.attrib if key.rpartition("}")[2].startswith("rsid")]:
            del element.attrib[key]


def _settle(element: etree._Element, name: str, parent: etree._Element) -> None:
    if name in _KEPT and local(parent) not in _PROPERTIES:
        _unwrap(element)
    elif name in _RANGES or name in _GONE or name in _KEPT or name.endswith("Change"):
        _remove(element)
    elif name == "commentReference":
        _remove(parent if local(parent) == "r" else element)
    elif name == "vanish":
        run = parent.getparent()
        hidden = next((value for value in element.values() if value), "1") not in {"0", "false", "off"}
        _remove(run if hidden and run is not None and local(run) == "r" else element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)  # no text stands between elements of a document


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for number, child in enumerate(list(element)):
        parent.insert(place + number, child)
    parent.remove(element)


def _join_to_next(paragraph: etree._Element) -> None:
    """Put a paragraph whose end was deleted before the text of the next one, whose form it takes."""
    following = paragraph.getnext()
    if paragraph.getparent() is None or following is None or local(following) != "p":
        return
    place = 1 if following.find("{*}pPr") is not None else 0
    for number, child in enumerate([child for child in paragraph if local(child) != "pPr"]):
        following.insert(place + number, child)
    _remove(paragraph)
