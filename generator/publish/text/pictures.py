"""The pictures of a text on its page: width and height of each, and a smaller copy that leads to the original."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.source.text.block_reader import TOKEN

_SRC = re.compile(r'\ssrc="([^"]*)"')
_SIDE = re.compile(r'\s(width|height)="([^"]*)"')
_NO_LINK_INSIDE = frozenset({"a", "summary"})


class _Image(NamedTuple):
    """An image of clean HTML: where its tag is, its address, and whether a link may be put around it."""

    begin: int
    end: int
    src: str
    may_be_linked: bool


def find_images(text: str) -> Iterator[_Image]:
    """Yield every image of clean HTML that has an address."""
    if "<img" not in text:
        return
    depth = 0
    for match in TOKEN.finditer(text):
        closing, name, attributes = match.groups()
        if name in _NO_LINK_INSIDE:
            depth += -1 if closing else 1
        elif name == "img" and (src := _SRC.search(attributes)):
            yield _Image(match.start(), match.end(), html.unescape(src[1]), depth == 0)


def with_sizes(text: str, images: Mapping[str, Mapping[str, Any]], root: str) -> str:
    """Return clean HTML whose images have width and height, so that the page does not move while they load.

    ``images`` are views of pictures by their addresses from the site's root. One with a ``copy`` shows it, as a link
    to the original.
    """
    if not images:
        return text
    pieces: list[str] = []
    done = 0
    for image in find_images(text):
        view = images.get(image.src.removeprefix(root))
        if view is None:
            continue
        pieces += [text[done : image.begin], _sized(text[image.begin : image.end], view, root)]
        if view["copy"] and image.may_be_linked:
            pieces[-1] = f'<a href="{html.escape(image.src)}" title="{html.escape(view["title"])}">{pieces[-1]}</a>'
        done = image.end
    return "".join((*pieces, text[done:]))


def _sized(tag: str, view: Mapping[str, Any], root: str) -> str:
    if view["copy"]:
        tag = _SRC.sub(lambda _: f' src="{html.escape(root + view["copy"])}"', tag, count=1)
    typed = dict(_SIDE.findall(tag))
    if len(typed) == 2 or not all(value.isdecimal() and int(value) for value in typed.values()):
        return tag
    width, height = view["width"], view["height"]
    if "width" in typed:
        height = round(height * int(typed["width"]) / width)
    elif "height" in typed:
        width = round(width * int(typed["height"]) / height)
    sides = {"width": max(width, 1), "height": max(height, 1)}
    added = "".join(f' {name}="{value}"' for name, value in sides.items() if name not in typed)
    return f"{tag[:-1].rstrip('/ ')}{added}>"
