"""Styles of a Word file: what a paragraph takes from its own, through the styles that it is based on."""

import re
from typing import NamedTuple

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word.elements import attribute, boolean_property, child, number, value

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")
_TITLES = frozenset({"title", "标题"})
_CONTENTS = re.compile(r"toc ?(?:[1-9]|heading)|目录 ?[1-9]?")
_MOST_STEPS = 20
_BODY_LEVEL = 9
_RIGHT_HALF = 2_800  # twentieths of a point: an indent of some 5 cm
_RIGHT_LETTERS = 900  # hundredths of a letter


class ListPlace(NamedTuple):
    """Where a paragraph or style puts itself in a list; ``None`` where it leaves that to the style below it.

    ``list_id`` ``"0"`` means no list. ``owner`` is the style that names the list, empty for a paragraph.
    """

    list_id: str | None = None
    level: int | None = None
    owner: str = ""

    def over(self, lower: "ListPlace") -> "ListPlace":
        """Return the place with what it does not say taken from the one below it; a level belongs to its list."""
        if self.list_id is not None:
            return self
        return lower if self.level is None else lower._replace(level=self.level)


class Style(NamedTuple):
    """What a style says; ``None`` where it leaves that to the style below it."""

    outline: int | None = None
    list_place: ListPlace = ListPlace()
    centred: bool | None = None
    right: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    bold: bool | None = None
    is_title: bool = False
    is_contents: bool = False


class Styles:
    """All styles of a file by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        for element in root if root is not None else ():
            if local(element) == "style":
                name = attribute(element, "styleId")
                self._elements[name] = element
                if attribute(element, "type") == "paragraph" and attribute(element, "default") in {"1", "true", "on"}:
                    self._default = name

    def of(self, name: str) -> Style:
        """Return a style with all that it takes over; the file's default where the name is empty."""
        name = name or self._default
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> Style:
        style = Style()
        for _ in range(_MOST_STEPS):
            element = self._elements.get(name)
            if element is None:
                break
            style = _over(style, _own(element))
            name = value(element, "basedOn")
        return style


def _over(upper: Style, lower: Style) -> Style:
    """Return a style with what it does not say taken from the one below it."""
    return Style(
        outline=lower.outline if upper.outline is None else upper.outline,
        list_place=upper.list_place.over(lower.list_place),
        centred=lower.centred if upper.centred is None else upper.centred,
        right=lower.right if upper.right is None else upper.right,
        hidden=lower.hidden if upper.hidden is None else upper.hidden,
        font=lower.font if upper.font is None else upper.font,
        bold=lower.bold if upper.bold is None else upper.bold,
        is_title=upper.is_title or lower.is_title,
        is_contents=upper.is_contents or lower.is_contents,
    )


def _own(element: etree._Element) -> Style:
    name = value(element, "name").casefold()
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    heading = _HEADING.fullmatch(name)
    return Style(
        outline=outline_of(paragraph) if child(paragraph, "outlineLvl") is not None
        else int(heading[1]) - 1 if heading else None,
        list_place=list_place_of(paragraph)._replace(owner=attribute(element, "styleId")),
        centred=centred(paragraph),
        right=right(paragraph),
        hidden=boolean_property(run, "vanish"),
        font=font_of(run),
        bold=boolean_property(run, "b"),
        is_title=name in _TITLES,
        is_contents=bool(_CONTENTS.fullmatch(name)),
    )  # fmt: skip


def outline_of(properties: etree._Element | None) -> int | None:
    """Return the level that a paragraph or style gives itself, -1 where it says that it is no heading."""
    level = number(value(properties, "outlineLvl"))
    if level is None:
        return None
    return level if 0 <= level < _BODY_LEVEL else -1


def list_place_of(properties: etree._Element | None) -> ListPlace:
    """Return where a paragraph or style puts itself in a list."""
    element = child(properties, "numPr")
    return ListPlace(value(element, "numId") or None, number(value(element, "ilvl")))


def font_of(properties: etree._Element | None) -> str | None:
    """Return the font of Latin letters and signs that a run or style says, ``None`` where it says none."""
    fonts = child(properties, "rFonts")
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or None


def centred(properties: etree._Element | None) -> bool | None:
    """Return whether a paragraph or style is centred, ``None`` where it does not say."""
    where = value(properties, "jc")
    return where == "center" if where else None


def right(properties: etree._Element | None) -> bool | None:
    """Return whether a paragraph or style is on the right of its page, ``None`` where it does not say."""
    indent = child(properties, "ind")
    left = max(number(attribute(indent, name)) or 0 for name in ("left", "start", "firstLine"))
    letters = max(number(attribute(indent, name)) or 0 for name in ("leftChars", "startChars", "firstLineChars"))
    if left >= _RIGHT_HALF or letters >= _RIGHT_LETTERS:
        return True
    where = value(properties, "jc")
    return where in {"right", "end"} if where else None
