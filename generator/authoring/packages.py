"""Parts of an office package while it is cleaned: XML in and out, and parts that leave with all that names them."""

import posixpath
from typing import TypeAlias

from lxml import etree

from generator.source.office.parts import UnreadableError

Parts: TypeAlias = dict[str, bytes]
CONTENT_TYPES = "[Content_Types].xml"


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
    """Return the part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, relation: etree._Element) -> str:
    """Return the part that a relation of a part leads to."""
    target = relation.get("Target", "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{posixpath.dirname(part)}/{target}")


def drop_parts(parts: Parts, owner: str, wanted: set[str]) -> set[str]:
    """Take parts out of a package, with their content types and the owner's relations; returns those relations' ids."""
    relations = relations_of(owner)
    gone: set[str] = set()
    if relations in parts:
        root = read_xml(parts[relations])
        for relation in list(root):
            if relation.get("TargetMode") != "External" and target_of(owner, relation) in wanted:
                gone.add(relation.get("Id", ""))
                root.remove(relation)
        parts[relations] = write_xml(root)
    types = read_xml(parts[CONTENT_TYPES])
    for item in list(types):
        if item.get("PartName", "").lstrip("/") in wanted:
            types.remove(item)
    parts[CONTENT_TYPES] = write_xml(types)
    for name in wanted:
        parts.pop(name, None)
        parts.pop(relations_of(name), None)
    return gone
