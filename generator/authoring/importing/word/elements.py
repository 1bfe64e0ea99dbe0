"""Small questions to the XML of Word, whichever of its two namespaces a file is written in."""

from lxml import etree

from generator.authoring.clean.office_parts import local

_OFF = frozenset({"0", "false", "off", "none"})


def attribute(element: etree._Element | None, name: str) -> str:
    """Return an attribute by its name without a namespace, empty where there is none."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of names, ``None`` where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def value(element: etree._Element | None, *path: str) -> str:
    """Return the ``val`` of the first descendant along a path, empty where there is none."""
    return attribute(child(element, *path), "val")


def boolean_property(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a property is switched on; ``None`` where the file does not say."""
    property_element = child(properties, name)
    if property_element is None:
        return None
    return attribute(property_element, "val").casefold() not in _OFF


def number(text: str) -> int | None:
    """Return a whole number of at most nine digits, ``None`` for another text."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
