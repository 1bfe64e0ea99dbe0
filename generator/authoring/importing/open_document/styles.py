"""Styles of an odt: how paragraphs and letters look, through the chains of their parents (ODF 1.3, part 3, 16)."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word.blocks import VerticalPosition, Words
from generator.authoring.importing.word.elements import attribute, child, number

_MOST_PARENTS = 30
_MIDDLE = frozenset({"center"})
_ASIDE = frozenset({"end", "right"})
_TITLE_NAMES = frozenset({"title", "标题"})
_LEAST_BOLD = 600


class ParagraphStyle(NamedTuple):
    """What a paragraph style says: where its lines are, whether it is a title, and its level and list."""

    centred: bool = False
    right: bool = False
    is_title: bool = False
    outline: int | None = None
    list_style: str = ""


class OdtStyles:
    """The styles of a file, by family and name; automatic ones of the text go before shared ones."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        for root in roots:
            for style in root.iter("{*}style") if root is not None else ():
                self._styles.setdefault((attribute(style, "family"), attribute(style, "name")), style)

    def paragraph(self, name: str) -> ParagraphStyle:
        """Return the style of a paragraph with everything that its parents say."""
        chain = list(self._chain("paragraph", name))
        align = self._first(chain, "paragraph-properties", "text-align")
        names = {word for one in chain for word in (attribute(one, "display-name"), attribute(one, "name"))}
        level = next((text for one in chain if (text := attribute(one, "default-outline-level"))), "")
        lists = next((attribute(one, "list-style-name") for one in chain if _has(one, "list-style-name")), "")
        return ParagraphStyle(
            align in _MIDDLE,
            align in _ASIDE,
            bool({word.casefold() for word in names} & _TITLE_NAMES),
            max((number(level) or 1) - 1, 0) if level else None,
            lists,
        )

    def words(self, family: str, name: str, form: Words) -> Words:
        """Return the form of letters in a style, over the form around them."""
        chain = list(self._chain(family, name))
        weight = self._first(chain, "text-properties", "font-weight")
        slant = self._first(chain, "text-properties", "font-style")
        struck = self._first(chain, "text-properties", "text-line-through-style")
        position = self._first(chain, "text-properties", "text-position")
        if weight:
            form = form._replace(bold=weight == "bold" or (number(weight) or 0) >= _LEAST_BOLD)
        if slant:
            form = form._replace(italic=slant in {"italic", "oblique"})
        if struck:
            form = form._replace(struck=struck != "none")
        return form._replace(height=_height(position)) if position else form

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether letters in a style are not shown."""
        return self._first(list(self._chain(family, name)), "text-properties", "display") == "none"

    def _first(self, chain: list[etree._Element], properties: str, key: str) -> str:
        return next((text for one in chain if (text := attribute(child(one, properties), key))), "")

    def _chain(self, family: str, name: str) -> Iterator[etree._Element]:
        for _ in range(_MOST_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def _has(element: etree._Element, name: str) -> bool:
    return any(key.rpartition("}")[2] == name for key in element.attrib)


def _height(position: str) -> VerticalPosition:
    first = position.split(maxsplit=1)[0]
    if first == "super" or (first.endswith("%") and not first.startswith(("-", "0"))):
        return VerticalPosition.RAISED
    return VerticalPosition.LOWERED if first == "sub" or first.startswith("-") else VerticalPosition.LINE


def list_levels(style: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the levels of a list style, from 1."""
    for level in style:
        if isinstance(level.tag, str) and local(level).startswith(("list-level-style", "outline-level-style")):
            yield number(attribute(level, "level")) or 1, level
