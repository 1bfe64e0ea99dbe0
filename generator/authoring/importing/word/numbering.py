"""Word's automatic numbers: what is before a paragraph on paper although nobody typed it (ECMA-376, 17.9)."""

import re
from typing import NamedTuple

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word.counting import format_number, is_known_form
from generator.authoring.importing.word.elements import attribute, boolean_property, child, number, value
from generator.authoring.importing.word.styles import font_of
from generator.authoring.importing.word.symbols import is_symbol_font, symbol_letters, visible_text

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_STEPS = 5
_SAYS_SOMETHING = re.compile(r"[A-Za-z0-9\u3400-\u9fff□☐☑☒✓✗★☆※①-⑳]")


class _Level(NamedTuple):
    form: str
    text: str
    start: int
    restart: int | None
    legal: bool
    style: str
    font: str
    hidden: bool
    pictured: bool


class Label(NamedTuple):
    """What is before a paragraph on paper: its words, or a bullet of some depth.

    ``is_sure`` is whether the form of its number is known.
    """

    text: str
    bullet: int | None = None
    is_sure: bool = True


class Numbering:
    """The lists of a file, counting on as its paragraphs are read in their order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._links: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                name = attribute(element, "abstractNumId")
                self._abstract[name] = element
                if link := value(element, "styleLink"):
                    self._links[link] = name
            elif local(element) == "num":
                self._lists[attribute(element, "numId")] = element

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level of a list that a style belongs to, ``None`` where the list names no such style."""
        places = (place for place, level in self._levels_of(list_id).items() if style and level.style == style)
        return next(places, None)

    def label(self, list_id: str, place: int) -> Label | None:
        """Count one paragraph at a level of a list and return what is before it; ``None`` for nothing."""
        levels = self._levels_of(list_id)
        if place not in levels:
            return None
        counts = self._counts.setdefault(self._family(list_id), [None] * _LEVELS)
        if list_id not in self._begun:
            self._begin(list_id, counts)
        last = counts[place]
        counts[place] = levels[place].start if last is None else last + 1
        for deeper in range(place + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or place < restart:
                counts[deeper] = None
        for upper in range(place):
            if counts[upper] is None:
                counts[upper] = levels[upper].start if upper in levels else 1
        return self._written(levels, place, counts)

    def _written(self, levels: dict[int, _Level], place: int, counts: list[int | None]) -> Label | None:
        level = levels[place]
        if level.hidden:
            return None
        if level.form == "bullet":
            return bullet_label(level.text, level.font, place, is_pictured=level.pictured)
        sure = [True]

        def number_at(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = levels[at].form if at in levels and not level.legal else "decimal"
            sure[0] = sure[0] and is_known_form(form)
            return format_number(counts[at] or 0, form)

        text = _PLACE.sub(number_at, level.text).strip()
        return Label(text, is_sure=sure[0]) if text else None

    def _family(self, list_id: str) -> str:
        """Return the abstract list, whose counters all lists made from it share."""
        element = self._lists.get(list_id)
        return value(element, "abstractNumId") if element is not None else ""

    def _begin(self, list_id: str, counts: list[int | None]) -> None:
        self._begun.add(list_id)
        for override in self._lists[list_id]:
            place = number(attribute(override, "ilvl"))
            begins_anew = local(override) == "lvlOverride" and number(value(override, "startOverride")) is not None
            if begins_anew and place is not None and 0 <= place < _LEVELS:
                counts[place] = None

    def _levels_of(self, list_id: str) -> dict[int, _Level]:
        if list_id not in self._levels:
            self._levels[list_id] = self._read(list_id) if list_id in self._lists else {}
        return self._levels[list_id]

    def _read(self, list_id: str) -> dict[int, _Level]:
        abstract = self._abstract.get(self._family(list_id))
        for _ in range(_MOST_STEPS):  # a list may be no more than the name of the style that holds it
            if abstract is None or not (link := value(abstract, "numStyleLink")):
                break
            abstract = self._abstract.get(self._links.get(link, ""))
        overrides = [one for one in self._lists[list_id] if local(one) == "lvlOverride"]
        elements = [one for one in abstract if local(one) == "lvl"] if abstract is not None else []
        elements += [lvl for one in overrides if (lvl := child(one, "lvl")) is not None]
        levels = {}
        for element in elements:
            place = number(attribute(element, "ilvl"))
            if place is not None and 0 <= place < _LEVELS:
                levels[place] = _level(element)
        for override in overrides:
            place, start = number(attribute(override, "ilvl")), number(value(override, "startOverride"))
            if place in levels and start is not None:
                levels[place] = levels[place]._replace(start=start)
        return levels


def _level(element: etree._Element) -> _Level:
    start = number(value(element, "start"))
    return _Level(
        form=_form_of(element),
        text=value(element, "lvlText"),
        start=1 if start is None else start,
        restart=number(value(element, "lvlRestart")),
        legal=boolean_property(element, "isLgl") or False,
        style=value(element, "pStyle"),
        font=font_of(child(element, "rPr")) or "",
        hidden=boolean_property(child(element, "rPr"), "vanish") or False,
        pictured=child(element, "lvlPicBulletId") is not None,
    )


def _form_of(level: etree._Element) -> str:
    """Return the form of a level's numbers; newer ones are written twice, for programs that do not know them."""
    form = next(level.iter("{*}numFmt"), None)
    written = attribute(form, "val")
    if written in {"", "custom"}:
        return attribute(form, "format") or "decimal"
    return written


def bullet_label(written: str, font: str, place: int, *, is_pictured: bool) -> Label | None:
    """Return a bullet; its words where it is made of words or of a box to tick, ``None`` where it shows nothing."""
    text = visible_text(symbol_letters(font, written) if is_symbol_font(font) else written)[0].strip(" 　")
    if not text and not is_pictured:
        return None
    if _SAYS_SOMETHING.search(text) and (text != "o" or is_symbol_font(font)):
        return Label(text)
    return Label("", bullet=place)
