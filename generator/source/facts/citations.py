"""What a text cites: numbers with their lines, and titles in 《》."""

import re
from collections.abc import Iterator

from generator.domain.doc_numbers import doc_numbers_in
from generator.domain.model import Citation
from generator.domain.titles import titles_in
from generator.source.text.lines import Lines

_BEFORE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)+)》[（(]\Z")
_MOST = 200


def find_citations(words: str, body: str, first_line: int) -> Iterator[Citation]:
    """Yield every 文号 in the words of a text; its line is looked for in ``body`` behind the last one."""
    lines = Lines(body, first_line)
    for number in doc_numbers_in(words):
        typed = words[number.start + number.code : number.end].strip()
        line = lines.of(typed)
        title = _BEFORE.search(words, max(0, number.start - _MOST), number.start)
        yield Citation(number.text, line, title[1] if title else "")


def find_titles(words: str) -> tuple[str, ...]:
    """Return the keys of the titles in a text, each once."""
    return tuple(dict.fromkeys(key for _, _, key in titles_in(words)))
