"""Links from the 文号 and the titles in a text to their documents, put in when the page is written."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from generator.domain.doc_numbers import doc_number_candidates, doc_numbers_in
from generator.domain.titles import title_key, titles_in
from generator.publish.text.addresses import address_from

_TAG = re.compile(r'(<(?:"[^"]*"|[^">])*>)')
# A text between two tags that may hold a number or a title; clean HTML has no < or > inside a tag.
_NODE = re.compile(r">([^<>》号]*[》号][^<>]*)")
_CLOSING = re.compile(r"</?(?:a|code|pre|kbd|samp|summary)[ >]")  # no link is put into one of these


def link_citations(text: str, cited: Mapping[str, str], root: str) -> str:
    """Make links of the numbers and titles in clean HTML that ``cited`` knows: key → address from the site's root."""
    if not cited or ("号" not in text and "》" not in text):
        return text
    if not _CLOSING.search(text):
        return _NODE.sub(lambda found: ">" + _linked(found[1], cited, root), text)
    parts = _TAG.split(text)
    closed = _closed(parts)
    for place in range(0, len(parts), 2):
        part = parts[place]
        if ("号" in part or "》" in part) and place not in closed:
            parts[place] = _linked(part, cited, root)
    return "".join(parts)


def _closed(parts: Sequence[str]) -> frozenset[int]:
    """Return the places of the text parts into which no link is put; every other part is a tag."""
    closed: set[int] = set()
    depth = 0
    for place in range(1, len(parts), 2):
        if _CLOSING.match(parts[place]):
            depth += -1 if parts[place].startswith("</") else 1
        if depth:
            closed.add(place + 1)
    return frozenset(closed)


def _linked(part: str, cited: Mapping[str, str], root: str) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, address in sorted(_spans(part, cited), key=lambda span: (span[0], -span[1])):
        if start >= done:
            link = f'<a data-relation="cites" href="{html.escape(address_from(address, root))}">{part[start:end]}</a>'
            pieces += [part[done:start], link]
            done = end
    return "".join((*pieces, part[done:]))


def _spans(part: str, cited: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    return chain(_titles(part, cited), _numbers(part, cited))


def _titles(part: str, cited: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for start, end, _ in titles_in(part):
        key = title_key(html.unescape(part[start + 1 : end - 1]))
        if address := cited.get(f"《{key}》"):
            yield start, end, address


def _numbers(part: str, cited: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for doc_number in doc_numbers_in(part):
        for number in doc_number_candidates(doc_number.text):
            if address := cited.get(number):
                yield doc_number.start_of(number), doc_number.end, address
                break
