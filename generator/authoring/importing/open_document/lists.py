"""Automatic numbers of an odt: what is before a paragraph on paper although nobody typed it (ODF 1.3, part 3)."""

import re
from dataclasses import dataclass, field

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.open_document.styles import list_levels
from generator.authoring.importing.word.counting import format_number, is_known_form
from generator.authoring.importing.word.elements import attribute, child, number
from generator.authoring.importing.word.numbering import Label, bullet_label

_MOST_LEVEL = 10
_PLACE = re.compile(r"%(\d{1,2})%")
_FORMS = {
    "1": "decimal", "01, 02, 03, ...": "decimalZero", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
    "I": "upperRoman", "一, 二, 三, ...": "chineseCounting", "一, 二, 三, ": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified", "壹, 貳, 參, ...": "chineseLegalSimplified",
    "①, ②, ③, ...": "decimalEnclosedCircle", "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac", "１, ２, ３, ...": "decimalFullWidth",
    "(1), (2), (3), ...": "decimalEnclosedParen", "1., 2., 3., ...": "decimalEnclosedFullstop",
    "㊀, ㊁, ㊂, ...": "ideographEnclosedCircle",
}  # fmt: skip


@dataclass
class ListCounting:
    """How far a list has come at each level."""

    style: str
    counts: list[int | None] = field(default_factory=lambda: [None] * (_MOST_LEVEL + 1))


class OdtLists:
    """The lists of a file, counting on as its paragraphs are read in their order."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, etree._Element]] = {}
        for root in roots:
            for style in root.iter("{*}list-style", "{*}outline-style") if root is not None else ():
                name = "" if local(style) == "outline-style" else attribute(style, "name")
                self._levels.setdefault(name, dict(list_levels(style)))
        self._outline = ListCounting("")
        self._by_id: dict[str, ListCounting] = {}
        self._by_style: dict[str, ListCounting] = {}

    def begin(self, element: etree._Element, outer: ListCounting | None, style: str) -> ListCounting:
        """Return the counting of a list: that of the list around it, of one that it continues, or a new one."""
        if outer is not None and (not style or style == outer.style):
            counting = outer
        elif (continued := attribute(element, "continue-list")) in self._by_id:
            counting = self._by_id[continued]
        elif attribute(element, "continue-numbering") == "true" and style in self._by_style:
            counting = self._by_style[style]
        else:
            counting = ListCounting(style)
        self._by_style[counting.style] = counting
        if name := attribute(element, "id"):
            self._by_id[name] = counting
        return counting

    def label(self, counting: ListCounting, level: int, start: int | None) -> Label | None:
        """Count one paragraph at a level of a list and return what is before it; ``None`` for nothing."""
        return self._label(self._levels.get(counting.style, {}), counting, level, start)

    def outline_label(self, level: int, start: int | None) -> Label | None:
        """Count one heading and return its number, ``None`` where headings of its level have none."""
        levels = self._levels.get("", {})
        form = attribute(levels.get(level), "num-format")
        return self._label(levels, self._outline, level, start) if form else None

    def _label(
        self, levels: dict[int, etree._Element], counting: ListCounting, level: int, start: int | None
    ) -> Label | None:
        level = min(max(level, 1), _MOST_LEVEL)
        style = levels.get(level)
        if style is None:
            return None
        if "bullet" in local(style) or "image" in local(style):
            letters = child(style, "text-properties")
            font = attribute(letters, "font-name") or attribute(letters, "font-family").strip("'")
            is_pictured = "image" in local(style)
            return bullet_label(attribute(style, "bullet-char"), font, level - 1, is_pictured=is_pictured)
        first = number(attribute(style, "start-value"))
        last = counting.counts[level]
        begin = start if start is not None else (1 if first is None else first)
        counting.counts[level] = begin if last is None or start is not None else last + 1
        counting.counts[level + 1 :] = [None] * (_MOST_LEVEL - level)
        if not attribute(style, "num-format"):
            return None
        return self._written(levels, counting, level)

    def _written(self, levels: dict[int, etree._Element], counting: ListCounting, level: int) -> Label:
        style = levels[level]
        forms: list[str] = []

        def written(place: int) -> str:
            level_style = levels.get(place)
            form = _FORMS.get(attribute(level_style, "num-format"), attribute(level_style, "num-format"))
            forms.append(form)
            begin = number(attribute(level_style, "start-value"))
            count = counting.counts[place]
            return format_number(count if count is not None else (begin if begin is not None else 1), form)

        if pattern := attribute(style, "num-list-format"):
            text = _PLACE.sub(lambda match: written(min(int(match[1]), _MOST_LEVEL)), pattern)
        else:
            steps = max(number(attribute(style, "display-levels")) or 1, 1)
            numbers = ".".join(written(place) for place in range(max(level - steps + 1, 1), level + 1))
            text = f"{attribute(style, 'num-prefix')}{numbers}{attribute(style, 'num-suffix')}"
        return Label(text, is_sure=all(map(is_known_form, forms)))
