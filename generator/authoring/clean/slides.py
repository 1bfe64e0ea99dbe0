"""PowerPoint: hidden slides, notes and comments go, and all parts that are not among the kept ones."""

import re

from lxml import etree

from generator.authoring.clean.office_parts import (
    Parts,
    drop_parts,
    forget_makers,
    read_xml,
    relations_of,
    target_of,
    write_xml,
)

SLIDES_PARTS = re.compile(
    r"ppt/(?:presentation|presProps|tableStyles)\.xml"
    r"|ppt/(?:slides|slideLayouts|slideMasters|theme|media|charts|diagrams|drawings|fonts)/[^/]+"
    r"|ppt/embeddings/[^/]+\.(?:docx|xlsx|pptx)"
)
_PRESENTATION = "ppt/presentation.xml"
_MARKS_GONE = frozenset({"userId", "author", "initials", "modifyVerifier"})
_GONE = frozenset({"extLst", "custDataLst", "modifyVerifier", "notesMasterIdLst", "handoutMasterIdLst", "custShowLst"})


def clean_slides(parts: Parts) -> None:
    """Clean the parts of a presentation in place."""
    root = read_xml(parts[_PRESENTATION])
    for element in list(root):
        if etree.QName(element).localname in _GONE:
            root.remove(element)
    items = read_xml(parts[relations_of(_PRESENTATION)])
    relations = {item.get("Id", ""): target_of(_PRESENTATION, item) for item in items}
    shown = set()
    for slide in list(root.iter("{*}sldId")):
        part = relations.get(next((value for key, value in slide.attrib.items() if "/relationships}" in key), ""), "")
        if part in parts and read_xml(parts[part]).get("show") in {"0", "false"}:
            slide.getparent().remove(slide)
        else:
            shown.add(part)
    parts[_PRESENTATION] = write_xml(root)
    slides = {name for name in parts if name.startswith("ppt/slides/") and "/_rels/" not in name}
    drop_parts(parts, _PRESENTATION, slides - shown)
    for name in [name for name in parts if name.endswith(".xml") and name.startswith("ppt/")]:
        root = read_xml(parts[name])
        forget_makers(root, _MARKS_GONE)
        parts[name] = write_xml(root)
