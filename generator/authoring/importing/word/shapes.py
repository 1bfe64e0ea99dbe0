"""Drawings of Word: which of their forms is read, and the words, boxes and pictures in it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word.elements import attribute
from generator.authoring.importing.word.symbols import visible_text

_DRAWN = ("chart", "diagram", "smartart", "wordprocessingcanvas", "ink")
_MACHINE_ALT = re.compile(
    r"(?:图片|图像|Picture|Image|pic|IMG|图)[ _-]?\d*|.*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)"
    r"|[0-9a-f]{20,}|.*(?:描述已自动生成|generated)",
    re.IGNORECASE | re.DOTALL,
)
_READABLE = ("{*}txbxContent", "{*}blip", "{*}imagedata", "{*}t", "{*}textpath", "{*}graphicData")
_FLOATING = re.compile(r"position\s*:\s*absolute", re.IGNORECASE)
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)


def chosen(element: etree._Element) -> etree._Element:
    """Return the one of several forms of a drawing that holds what can be read."""
    forms = [one for one in element if local(one) in {"Choice", "Fallback"}]
    return next((one for one in forms if next(one.iter(*_READABLE), None) is not None), forms[0] if forms else element)


def boxes_of(drawing: etree._Element) -> list[etree._Element]:
    """Return the text boxes of a drawing that are in no other box of it."""
    return [box for box in drawing.iter("{*}txbxContent") if not _in_box(box, drawing)]


def pictures_in(drawing: etree._Element) -> list[etree._Element]:
    """Return the elements that show a picture."""
    return [one for one in drawing.iter("{*}blip", "{*}imagedata") if not _in_box(one, drawing)]


def artistic_texts(drawing: etree._Element) -> Iterator[str]:
    """Yield the words of WordArt (艺术字) in the older form, which are an attribute of its shape."""
    for path in drawing.iter("{*}textpath"):
        if not _in_box(path, drawing) and not is_hidden_shape(path.getparent()):
            yield attribute(path, "string")


def is_hidden_shape(shape: etree._Element | None) -> bool:
    """Whether a shape of the older form is not shown."""
    return bool(_HIDDEN.search(attribute(shape, "style")))


def drawn_paragraphs(drawing: etree._Element) -> Iterator[str]:
    """Yield the paragraphs that are part of a drawing itself, not of a text box of Word."""
    for body in drawing.iter("{*}txBody"):
        if not _in_box(body, drawing):
            for paragraph in body.iterfind("{*}p"):
                yield "".join("\n" if local(one) == "br" else one.text or "" for one in paragraph.iter("{*}t", "{*}br"))


def is_floating(picture: etree._Element) -> bool:
    """Whether a picture is over or beside the text, not a letter in its line."""
    return any(
        local(one) == "anchor" or (local(one) == "shape" and _FLOATING.search(attribute(one, "style")))
        for one in picture.iterancestors("{*}anchor", "{*}shape")
    )


def alt_of(drawing: etree._Element) -> str:
    """Return the text alternative that a person wrote, empty where a program did or nobody."""
    described = next(drawing.iter("{*}docPr"), None)
    alt = attribute(described, "descr") or next((attribute(one, "alt") for one in drawing.iter("{*}shape")), "")
    return written_alt(alt)


def written_alt(text: str) -> str:
    """Return a text alternative on one line, empty where a program made it up."""
    alt = " ".join(visible_text(text)[0].split())
    return "" if _MACHINE_ALT.fullmatch(alt) else alt


def is_drawn(drawing: etree._Element) -> bool:
    """Whether a drawing is a chart, a diagram or another one that Word draws itself."""
    uri = attribute(next(drawing.iter("{*}graphicData"), None), "uri").casefold()
    return any(word in uri for word in _DRAWN)


def related_parts(drawing: etree._Element) -> Iterator[str]:
    """Yield the relations to the parts that hold the words of charts and diagrams."""
    for element in drawing.iter("{*}relIds", "{*}chart"):
        if reference := attribute(element, "dm") or attribute(element, "id"):
            yield reference


def _in_box(element: etree._Element, within: etree._Element) -> bool:
    """Whether an element of a drawing is in a text box of it, or in a form of it for which another one is read."""
    above = list(_above(element, within))
    is_boxed = any(local(one) == "txbxContent" for one in above)
    path = [element, *above]
    return is_boxed or any(
        local(outer) == "AlternateContent" and chosen(outer) is not inner for inner, outer in pairwise(path)
    )


def _above(element: etree._Element, within: etree._Element) -> Iterator[etree._Element]:
    for one in element.iterancestors():
        if one is within:
            return
        yield one
