"""The pictures of the auditors' report: inline SVG from pygal, without its script, its style and its clock.

The look stands in ``page/report.css`` for all of them; each picture has its table beside it, which says the same.
"""

import re
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

_WIDTH = 640
_ROW = 30
_FRAME = 50
_HEIGHT = 280
MOST_LYING = 15
_LONGEST = 14
_WIDER = 6  # pygal reckons with narrow letters; ours are as wide as high
# What pygal adds to a picture that a report must not have: the day on which it was made, code, a style of its own.
_COLOUR = re.compile(r"\bcolor-(\d+)\b")
_UNWANTED = frozenset({"script", "style", "desc", "title"})


class Series(NamedTuple):
    """One part of every bar: ``code`` is the class that colours it, ``values`` has one number for each label."""

    code: str
    title: str
    values: Sequence[int]


def stacked(labels: Sequence[str], series: Sequence[Series], *, name: str, lying: bool = False) -> str:
    """Return stacked bars as SVG: a bar for each label, a part of it for each series, numbers written in, no legend.

    ``lying`` bars have room for long labels, and there are at most 15 of them. Empty where there is nothing to show.
    """
    shown = drawn(series)
    if not labels or not shown:
        return ""
    pygal = _library()
    options: dict[str, Any] = {
        "width": _WIDTH,
        "height": _FRAME + _ROW * min(len(labels), MOST_LYING) if lying else _HEIGHT,
        "explicit_size": False,
        "disable_xml_declaration": True,
        "js": (),
        "show_legend": False,
        "show_y_guides": False,
        "show_x_guides": False,
        "print_values": True,
        "print_zeroes": False,
        "formatter": _whole,
        "spacing": 14,
        "margin": 8,
        "margin_left": 8 + (int(_WIDER * min(max(map(len, labels)), _LONGEST)) if lying else 0),
        "order_min": 0,
        "truncate_label": _LONGEST,
        "style": _style(),
    }
    chart = (pygal.HorizontalStackedBar if lying else pygal.StackedBar)(**options)
    chart.uuid = name
    chart.x_labels = list(labels[:MOST_LYING])[::-1] if lying else list(labels)
    for item in shown:
        chart.add(item.title, list(item.values[:MOST_LYING])[::-1] if lying else list(item.values))
    return _clean(chart.render_tree(), name, [item.code for item in shown])


@cache
def _library() -> Any:
    """Return pygal without the finder that it hooks into all later imports: it is for its maps, and warns each time."""
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
    return pygal


def drawn(series: Sequence[Series]) -> list[Series]:
    """Return the series that a picture shows, and so its legend names: those that are not 0 throughout."""
    return [item for item in series if any(item.values)]


def _whole(value: Any) -> str:
    return f"{value:.0f}" if value else ""


def _style() -> Any:
    """Return the sizes that pygal lays its texts out by; the colours are in the style sheet."""
    from pygal.style import Style

    return Style(font_family="sans-serif", label_font_size=13, major_label_font_size=13, value_font_size=12)


def _clean(root: Any, name: str, codes: Sequence[str]) -> str:
    """Return a picture without what it must not have; the table beside it is for those who cannot see it."""
    from lxml import etree

    for element in list(root.iter()):
        parent = element.getparent()
        unwanted = not isinstance(element.tag, str) or etree.QName(element).localname in _UNWANTED
        if unwanted and parent is not None:
            parent.remove(element)
        elif found := _COLOUR.search(element.get("class", "")):
            element.set("class", element.get("class").replace(found[0], f"c-{codes[int(found[1])]}"))
        element.attrib.pop("style", None)
    root.attrib.pop("id", None)
    root.set("class", "chart")
    root.set("aria-hidden", "true")
    root.set("data-chart", name)
    return str(etree.tostring(root, encoding="unicode", with_tail=False))
