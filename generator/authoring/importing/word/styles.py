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


class Style(NamedTuple):
    """What a style says; ``None`` where it leaves that to the style below it."""

    outline: int | None = None
    numbering: tuple[str, int] | None = None
    centred: bool | None = None
    hidden: bool | None = None
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
        numbering=lower.numbering if upper.numbering is None else upper.numbering,
        centred=lower.centred if upper.centred is None else upper.centred,
        hidden=lower.hidden if upper.hidden is None else upper.hidden,
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
        numbering=numbering_of(paragraph),
        centred=centred(paragraph),
        hidden=boolean_property(run, "vanish"),
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


def numbering_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return the list that a paragraph or style belongs to and the level there; list ``0`` means none."""
    element = child(properties, "numPr")
    if element is None:
        return None
    return value(element, "numId"), number(value(element, "ilvl")) or 0


def centred(properties: etree._Element | None) -> bool | None:
    """Return whether a paragraph or style is centred, ``None`` where it does not say."""
    where = value(properties, "jc")
    return where == "center" if where else None
