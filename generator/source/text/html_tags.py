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
_LINK_TAG = re.compile(
    r"""<(?i:(a|img|audio|video|source|track))(\s(?:"[^"]*"|'[^']*'|[^"'>])*)>"""  # as typed, whatever its quotes
)
_ATTRIBUTE_VALUE = re.compile(r"""(?<![^\s"'])([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def with_tidy_tags(markup: str) -> str:
    """Return HTML in which the tags that may hold an address are written as in clean HTML."""
    return _LINK_TAG.sub(_tidy_tag, markup)


def _tidy_tag(match: re.Match[str]) -> str:
    attributes = []
    for name, double, single, bare in _ATTRIBUTE_VALUE.findall(match[2]):
        value = (double or single or bare).strip().replace('"', "&quot;")
        attributes.append(f' {name.lower()}="{value}"')
    return f"<{match[1].lower()}{''.join(attributes)}>"
