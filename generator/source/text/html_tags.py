"""What is an HTML tag in a text: the names of HTML, with attributes as HTML writes them. Every other < is a word."""

import re

import nh3

ALLOWED = frozenset(
    nh3.ALLOWED_TAGS | {"audio", "video", "source", "track", "section", "figure", "figcaption", "details", "summary"}
)
"""Elements that stay in a text."""
REMOVED_WITH_CONTENT = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "template", "noscript", "svg", "math"}
)
"""Elements that are taken out with everything inside."""
REMOVED_TAGS = frozenset(
    {"applet", "base", "big", "body", "button", "canvas", "dialog", "fieldset", "font", "frame", "frameset", "head"}
    | {"html", "input", "label", "legend", "link", "main", "marquee", "meta", "nobr", "option", "param", "select"}
    | {"slot", "textarea", "title"}
)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements that are never closed."""
_NAMES = "|".join(sorted(ALLOWED | REMOVED_WITH_CONTENT | REMOVED_TAGS, key=lambda name: (-len(name), name)))
_ATTRIBUTE = r"""\s+[A-Za-z_:][A-Za-z0-9_:.\-]*+(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?"""
TAG = rf"</?(?i:(?P<name>{_NAMES})|[A-Za-z]\w{{0,9}}:\w{{1,20}})(?:{_ATTRIBUTE})*+\s*/?>"
"""One tag with its attributes, as a regular expression with a group ``name``; Word writes names with a colon."""
KNOWN_TAG = re.compile(TAG)
