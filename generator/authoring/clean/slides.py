"""Clean PowerPoint presentations: remove hidden slides, notes, comments and unlisted parts."""

import re

from lxml import etree

from generator.authoring.clean.office_parts import (
    Parts,
    drop_parts,
    read_xml,
    relations_of,
    remove_editing_traces,
    target_of,
    write_xml,
)

SLIDES_PARTS = re.compile(
    r"ppt/(?:presentation|presProps|tableStyles)\.xml"
    r"|ppt/(?:slides|slideLayouts|slideMasters|theme|media|charts|diagrams|drawings|fonts)/[^/]+"
    r"|ppt/embeddings/[^/]+\.(?:docx|xlsx|pptx)"
)
_PRESENTATION = "ppt/presentation.xml"
_REMOVED_ATTRIBUTES = frozenset({"userId", "author", "initials", "modifyVerifier"})
_REMOVED_ELEMENTS = frozenset(
    {"extLst", "custDataLst", "modifyVerifier", "notesMasterIdLst", "handoutMasterIdLst", "custShowLst"}
)


def clean_slides(parts: Parts) -> None:
    """Clean the parts of a presentation in place."""
    root = read_xml(parts[_PRESENTATION])
    for element in list(root):
        if etree.QName(element).localname in _REMOVED_ELEMENTS:
            root.remove(element)
    relation_elements = read_xml(parts[relations_of(_PRESENTATION)])
    relations = {item.get("Id", ""): target_of(_PRESENTATION, item) for item in relation_elements}
    visible_slides = set()
    for slide in list(root.iter("{*}sldId")):
        part = relations.get(next((value for key, value in slide.attrib.items() if "/relationships}" in key), ""), "")
        if part in parts and read_xml(parts[part]).get("show") in {"0", "false"}:
            slide.getparent().remove(slide)
        else:
            visible_slides.add(part)
    parts[_PRESENTATION] = write_xml(root)
    slides = {name for name in parts if name.startswith("ppt/slides/") and "/_rels/" not in name}
    drop_parts(parts, _PRESENTATION, slides - visible_slides)
    for name in [name for name in parts if name.endswith(".xml") and name.startswith("ppt/")]:
        root = read_xml(parts[name])
        remove_editing_traces(root, _REMOVED_ATTRIBUTES)
        parts[name] = write_xml(root)
