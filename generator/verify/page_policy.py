"""Find content in an element of a page that would run, or replace the page."""

import re
from collections.abc import Iterator
from typing import Any

_FRAMES = frozenset(
    {"iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal", "fencedframe", "style", "param"}
)
_PASSIVE_SCRIPTS = frozenset({"application/ld+json", "application/json"})
_ATTRIBUTES = frozenset({"formaction", "srcdoc", "ping", "background", "manifest", "codebase", "archive", "http-equiv"})
_RUNS = re.compile(r"(?:java|vb|live)script:|data:(?!image/(?:png|jpeg|gif|webp)[;,])")
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_IN_COMMENT = re.compile(
    rb"<!--(?:(?!-->)[\s\S])*?<[/\s]{0,3}(?:script|iframe|frame|object|embed|base|meta|style|svg|form|link)\b",
    re.IGNORECASE,
)
NAMES = _FRAMES | {"script"}  # elements that are checked even without attributes


def dangers_of(element: Any) -> Iterator[str]:
    """Yield in Chinese what an element has that no page of gongkai has; ``meta`` is checked in ``built_page``."""
    tag, attributes = element.tag, element.attrib
    if tag in _FRAMES:
        yield f" <{tag}>"
    if tag == "script" and "src" not in attributes and attributes.get("type", "").lower() not in _PASSIVE_SCRIPTS:
        yield "内嵌的脚本"
    for name, value in attributes.items():
        if name.startswith("on") and len(name) > 2:
            yield f"会运行的属性 {name[:30]}"
        elif name in _ATTRIBUTES and tag != "meta":
            yield f"属性 {name}"
        elif name == "style" and ("(" in value or "\\" in value):
            yield "会请求别处的样式"
        elif ":" in value and _RUNS.match(_BLANKS.sub("", value).lower()) and name not in {"content", "title", "alt"}:
            yield f"会运行的地址（{name[:30]}）"


def in_comments(data: bytes) -> bool:
    """Whether a comment contains elements: not all parsers agree where a comment ends."""
    return b"<!--" in data and bool(_IN_COMMENT.search(data))
