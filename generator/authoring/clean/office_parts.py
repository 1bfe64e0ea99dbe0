"""Parts of an office package while it is cleaned: XML in and out, and parts that leave with all that names them."""

import posixpath
import re
from collections.abc import Callable, Collection
from typing import TypeAlias

from lxml import etree

from generator.source.attachments.office.findings import UnreadableError

Parts: TypeAlias = dict[str, bytes]
CONTENT_TYPES = "[Content_Types].xml"
_OUTSIDE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_RELATION = "/relationships}"
# Elements that lose only the relation: what they show is in themselves.
_STAY = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver", "pageSetup", "blip", "imagedata", "fill"})
# Places on the disk of whoever wrote the file.
LOCAL_PATH = re.compile(r"(?i)(?:\b[a-z]:[\\/]|file:/{1,3}|/home/|/users/|\\\\[\w.$-]+\\)[^\s\"<>|]*")


def read_xml(data: bytes) -> etree._Element:
    """Parse a part without its comments, which no reader of the document sees; entities and DOCTYPEs are refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise UnreadableError("XML 里有 DOCTYPE，不是正常的文件")
    return root


def write_xml(root: etree._Element) -> bytes:
    """Return a part as Office writes it."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def relations_of(part: str) -> str:
    """Return the part that holds the relations of a part; that of the package for an empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, relation: etree._Element) -> str:
    """Return the part that a relation of a part leads to."""
    target = relation.get("Target", "")
    return posixpath.normpath(target if target.startswith("/") else f"{posixpath.dirname(part)}/{target}").lstrip("/")


def drop_parts(parts: Parts, owner: str, names: set[str]) -> set[str]:
    """Take parts out of a package, with their content types and the owner's relations; returns those relations' ids."""
    relations = relations_of(owner)
    gone: set[str] = set()
    if relations in parts:
        root = read_xml(parts[relations])
        for relation in list(root):
            if relation.get("TargetMode") != "External" and target_of(owner, relation) in names:
                gone.add(relation.get("Id", ""))
                root.remove(relation)
        parts[relations] = write_xml(root)
    types = read_xml(parts[CONTENT_TYPES])
    for item in list(types):
        if item.get("PartName", "").lstrip("/") in names:
            types.remove(item)
    parts[CONTENT_TYPES] = write_xml(types)
    for name in names:
        parts.pop(name, None)
        parts.pop(relations_of(name), None)
    return gone


def keep_parts(parts: Parts, may_stay: Callable[[str], bool]) -> list[str]:
    """Take out every part that may not stay, with all that refers to it, and local addresses; returns the parts.

    Whatever a later release of Office or an add-in puts into a file goes too: nobody knows what it holds.
    """
    owners = [name for name in parts if "_rels/" not in name]
    gone = [name for name in owners if name != CONTENT_TYPES and not may_stay(name)]
    for name in gone:
        parts.pop(name)
        parts.pop(relations_of(name), None)
    for name in [name for name in parts if name.endswith(".rels") and _owner_of(name) not in {"", *parts}]:
        parts.pop(name)
    for owner in ["", *parts]:
        if lost := _prune_relations(parts, owner):
            _drop_references(parts, owner, lost)
    types = read_xml(parts[CONTENT_TYPES])
    for item in list(types):
        if local(item) == "Override" and item.get("PartName", "").lstrip("/") not in parts:
            types.remove(item)
    parts[CONTENT_TYPES] = write_xml(types)
    return gone


def _owner_of(relations: str) -> str:
    return relations.replace("_rels/", "").removesuffix(".rels")


def _prune_relations(parts: Parts, owner: str) -> set[str]:
    """Take out the relations that lead to no part, and those to places on a disk; returns their ids."""
    relations = relations_of(owner)
    if relations not in parts:
        return set()
    root = read_xml(parts[relations])
    lost: set[str] = set()
    for relation in list(root):
        outside = relation.get("TargetMode") == "External"
        target = relation.get("Target", "")
        if not (_OUTSIDE.match(target) if outside else target.startswith("#") or target_of(owner, relation) in parts):
            lost.add(relation.get("Id", ""))
            root.remove(relation)
    parts[relations] = write_xml(root)
    return lost


def _drop_references(parts: Parts, owner: str, lost: Collection[str]) -> None:
    if not owner.endswith((".xml", ".vml")):
        return
    root = read_xml(parts[owner])
    for element in list(root.iter("{*}*")):
        for key in [key for key, value in element.attrib.items() if _RELATION in key and value in lost]:
            del element.attrib[key]
            if local(element) not in _STAY and element.getparent() is not None:
                element.getparent().remove(element)
                break
    parts[owner] = write_xml(root)


def keep_children(root: etree._Element, names: Collection[str]) -> None:
    """Take out the children of an element that are not among the names."""
    for child in list(root):
        if local(child) not in names:
            root.remove(child)


def forget_makers(root: etree._Element, gone: Collection[str]) -> None:
    """Take out attributes by which somebody's editing is known again, and paths of a disk."""
    for element in root.iter("{*}*"):
        for key, value in list(element.attrib.items()):
            space, _, name = key.rpartition("}")
            if name.startswith("rsid") or name in gone or "/revision" in space:
                del element.attrib[key]
            elif LOCAL_PATH.search(value):
                element.set(key, LOCAL_PATH.sub("", value))
        if element.text and local(element) in {"instrText", "f", "delInstrText"} and LOCAL_PATH.search(element.text):
            element.text = LOCAL_PATH.sub("", element.text)
