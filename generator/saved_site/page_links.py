"""The addresses of a saved page with their words, its pictures, and the words that it holds and does not show."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from generator.authoring.importing.saved_pages.blocks import PICTURE_ATTRIBUTES
from generator.authoring.importing.saved_pages.container import TextContainer
from generator.authoring.importing.saved_pages.tree import compact, is_hidden, squeeze, text_of

_NEIGHBOUR = re.compile(r"(?:上|下|前|后|previous|next)(?:一)?(?:篇|条|页|个|则|文)", re.IGNORECASE)
_MOST_LINKS = 3000
_HIDING = "//*[@hidden or @style] | //noscript | //template | //textarea | //select"


class PageLink(NamedTuple):
    """One address in a page, as written, with its words; ``is_neighbour``: it leads to the page before or behind."""

    href: str
    words: str
    in_text: bool
    is_neighbour: bool = False


def hidden_words(root: etree._Element) -> str:
    """Return the words that a page holds and does not show: they are public all the same."""
    words = [one.get("content") or "" for one in root.iter("meta")]
    words += [one.get(name) or "" for one in root.iter("img", "a", "area") for name in ("alt", "title")]
    for one in root.xpath(_HIDING):
        if is_hidden(one) and len(one) < 2000:
            words += [one.text or "", *(squeeze("".join(part.itertext())) for part in one)]
    return "\n".join(word for word in words if word.strip())


def links_of(root: etree._Element, container: TextContainer | None) -> Iterator[PageLink]:
    """Yield the addresses of a page that may lead to another: of links, areas and frames."""
    inside = set(container.element.iter("a", "area", "iframe", "frame")) if container is not None else set()
    count = 0
    for one in root.iter("a", "area", "iframe", "frame"):
        href = (one.get("href") or one.get("src") or "").strip()
        if (
            not href
            or href.startswith("#")
            or href.casefold().startswith(("javascript:", "mailto:", "tel:", "data:", "about:"))
        ):
            continue
        count += 1
        if count > _MOST_LINKS:
            return
        words = text_of(one) or squeeze(one.get("title") or "")
        parent = one.getparent()
        before = (
            compact(
                "".join((parent.text or "", (one.getprevious().tail if one.getprevious() is not None else "") or ""))
            )
            if parent is not None
            else ""
        )
        is_neighbour = bool(
            _NEIGHBOUR.match(compact(words)) or _NEIGHBOUR.search(before[-6:] if len(before) < 40 else "")
        )
        yield PageLink(href, words[:120], one in inside, is_neighbour)


def pictures_in(container: etree._Element) -> Iterator[str]:
    """Yield the addresses of the pictures in a text."""
    for image in container.iter("img"):
        source = next((value for name in PICTURE_ATTRIBUTES if (value := (image.get(name) or "").strip())), "")
        if source and not source.startswith("data:"):
            yield source
