"""The parts of an office package: read and write their XML, and remove parts with every reference to them."""

import posixpath
import re
from collections.abc import Callable, Collection
from typing import TypeAlias

from lxml import etree

from generator.source.attachments.office.findings import UnreadableError

Parts: TypeAlias = dict[str, bytes]
CONTENT_TYPES = "[Content_Types].xml"
_WEB_ADDRESS = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_RELATION = "/relationships}"
# Elements that stay without their relation, because they hold what they show.
_KEPT = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver", "pageSetup", "blip", "imagedata", "fill"})
# Paths on the computer of whoever wrote the file.
LOCAL_PATH = re.compile(r"(?i)(?:\b[a-z]:[\\/]|file:/{1,3}|/home/|/users/|\\\\[\w.$-]+\\)[^\s\"<>|]*")


def read_xml(data: bytes) -> etree._Element:
    """Parse a part without its XML comments; entities are not resolved.

    Raises ``UnreadableError`` for a DOCTYPE, which Office never writes.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise UnreadableError("XML 里有 DOCTYPE，不是正常的文件")
    return root


def write_xml(root: etree._Element) -> bytes:
    """Return the bytes of a part, with the XML declaration that Office writes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def relations_of(part: str) -> str:
    """Return the name of the part with the relations of a part; an empty name means the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, relation: etree._Element) -> str:
    """Return the name of the part that a relation of a part points to."""
    target = relation.get("Target", "")
    return posixpath.normpath(target if target.startswith("/") else f"{posixpath.dirname(part)}/{target}").lstrip("/")


def drop_parts(parts: Parts, owner: str, names: set[str]) -> set[str]:
    """Remove parts, their content types and the owner's relations to them; return the ids of those relations."""
    relations = relations_of(owner)
    removed_ids: set[str] = set()
    if relations in parts:
        root = read_xml(parts[relations])
        for relation in list(root):
            if relation.get("TargetMode") != "External" and target_of(owner, relation) in names:
                removed_ids.add(relation.get("Id", ""))
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
    return removed_ids


def keep_parts(parts: Parts, may_stay: Callable[[str], bool]) -> list[str]:
    """Remove every part that may not stay, all references to it, and relations to local files; return their names.

    This removes whatever a later release of Office or an add-in puts into a file, since its content is unknown.
    """
    owners = [name for name in parts if "_rels/" not in name]
    removed = [name for name in owners if name != CONTENT_TYPES and not may_stay(name)]
    for name in removed:
        parts.pop(name)
        parts.pop(relations_of(name), None)
    for name in [name for name in parts if name.endswith(".rels") and _owner_of(name) not in {"", *parts}]:
        parts.pop(name)
    for owner in ["", *parts]:
        if removed_ids := _prune_relations(parts, owner):
            _drop_references(parts, owner, removed_ids)
    types = read_xml(parts[CONTENT_TYPES])
    for item in list(types):
        if local(item) == "Override" and item.get("PartName", "").lstrip("/") not in parts:
            types.remove(item)
    parts[CONTENT_TYPES] = write_xml(types)
    return removed


def _owner_of(relations: str) -> str:
    return relations.replace("_rels/", "").removesuffix(".rels")


def _prune_relations(parts: Parts, owner: str) -> set[str]:
    """Remove the relations to missing parts and to files on a disk; return their ids."""
    relations = relations_of(owner)
    if relations not in parts:
        return set()
    root = read_xml(parts[relations])
    removed_ids: set[str] = set()
    for relation in list(root):
        is_external = relation.get("TargetMode") == "External"
        target = relation.get("Target", "")
        if not (
            _WEB_ADDRESS.match(target) if is_external else target.startswith("#") or target_of(owner, relation) in parts
        ):
            removed_ids.add(relation.get("Id", ""))
            root.remove(relation)
    parts[relations] = write_xml(root)
    return removed_ids


def _drop_references(parts: Parts, owner: str, removed_ids: Collection[str]) -> None:
    if not owner.endswith((".xml", ".vml")):
        return
    root = read_xml(parts[owner])
    for element in list(root.iter("{*}*")):
        for key in [key for key, value in element.attrib.items() if _RELATION in key and value in removed_ids]:
            del element.attrib[key]
            if local(element) not in _KEPT and element.getparent() is not None:
                element.getparent().remove(element)
                break
    parts[owner] = write_xml(root)


def keep_children(root: etree._Element, names: Collection[str]) -> None:
    """Remove the children of an element whose names are not listed."""
    for child in list(root):
        if local(child) not in names:
            root.remove(child)


def remove_editing_traces(root: etree._Element, removed_names: Collection[str]) -> None:
    """Remove revision ids and the named attributes, and cut local paths out of attributes and field codes."""
    for element in root.iter("{*}*"):
        for key, value in list(element.attrib.items()):
            namespace, _, name = key.rpartition("}")
            if name.startswith("rsid") or name in removed_names or "/revision" in namespace:
                del element.attrib[key]
            elif LOCAL_PATH.search(value):
                element.set(key, LOCAL_PATH.sub("", value))
        if element.text and local(element) in {"instrText", "f", "delInstrText"} and LOCAL_PATH.search(element.text):
            element.text = LOCAL_PATH.sub("", element.text)
