"""The citations of a text: 文号 with their lines, and titles in 《》."""

import re
from collections.abc import Iterator

from generator.domain.doc_numbers import doc_numbers_in
from generator.domain.model import Citation, Text
from generator.domain.titles import titles_in

_BEFORE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)+)》[（(]\Z")
_MOST = 200


def find_citations(text: Text) -> Iterator[Citation]:
    """Yield every 文号 in the words of a text, each with its line."""
    words = text.words
    for number in doc_numbers_in(words):
        title = _BEFORE.search(words, max(0, number.start - _MOST), number.start)
        yield Citation(number.text, text.line_at(number.start + number.code), title[1] if title else "")


def find_titles(text: Text) -> dict[str, int]:
    """Return the keys of the titles in a text, each with the line on which it comes first."""
    titles: dict[str, int] = {}
    for start, _, key in titles_in(text.words):
        if key not in titles:
            titles[key] = text.line_at(start)
    return titles
