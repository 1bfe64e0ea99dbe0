"""The files that a saved page gives: in its text, and in a block of attachments beside it."""

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

from generator.authoring.importing.saved_pages.addresses import FILE_ENDINGS, ending_of
from generator.authoring.importing.saved_pages.noise import is_noise_element
from generator.authoring.importing.saved_pages.tree import (
    compact,
    is_hidden,
    name_of,
    squeeze,
    text_of,
    tokens_of,
)

_ATTACHED = re.compile(r".*(?:fujian|attach|annex|accessor|appendix|enclosure|download|fjxz|\bfj\b).*|fj")
_MOST_BLOCK = 300
_MOST_ANCESTORS = 8
_ATTACHED_WORDS = re.compile(r"^(?:相关)?附件(?:下载)?[:：\d一二三四五六七八九十]?")


class FileLink(NamedTuple):
    """A file that a page gives: its address, and the words that name it."""

    href: str
    title: str


def files_of(root: etree._Element, container: etree._Element, own: etree._Element | None) -> tuple[FileLink, ...]:
    """Return the files that a page gives: those in its text, and those in a block of attachments."""
    links: list[FileLink] = []
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        if not href or is_hidden(link):
            continue
        inside = any(one is container for one in link.iterancestors())
        if _is_file(href) and (inside or _is_attached(link, own)):
            title = squeeze(text_of(link)) or squeeze(link.get("title") or "")
            links.append(FileLink(href, title))
    return tuple({link.href: link for link in reversed(links)}.values())[::-1]


def _is_file(href: str) -> bool:
    bare = href.partition("#")[0]
    path, _, query = bare.partition("?")
    if ending_of(path) in FILE_ENDINGS:
        return True
    return any(ending_of(part) in FILE_ENDINGS for part in re.split(r"[=&]", query)) or "downfile" in path.casefold()


def _is_attached(link: etree._Element, own: etree._Element | None) -> bool:
    if own is not None:
        return any(one.get("aria-labelledby") == "attachments" for one in link.iterancestors("section"))
    for ancestor in islice(link.iterancestors(), _MOST_ANCESTORS):
        if is_noise_element(ancestor) and not any(_ATTACHED.fullmatch(token) for token in tokens_of(ancestor)):
            return False
        if any(_ATTACHED.fullmatch(token) for token in tokens_of(ancestor)):
            return True
        text = text_of(ancestor) if name_of(ancestor) in {"p", "li", "div", "td", "tr", "ul"} else ""
        if len(text) < _MOST_BLOCK and _ATTACHED_WORDS.match(compact(text)):
            return True
    return False
