"""The words that a reader of a saved page sees in its text, against those of the page that was made of it."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

_MARKUP = re.compile(r"\]\([^()\s]*\)|<[^<>]*>|\\")
_MOST_PARAGRAPHS = 8
_MOST_LETTERS = 40


def missing_words(paragraphs: Iterable[str], page: str, reported: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs, shortened, whose words are neither in a page nor in what was reported.

    ``page`` is its Markdown with the front matter. Only letters and digits count.
    """
    lines = [_letters(text) for text in paragraphs]
    present = _letters(html.unescape(_MARKUP.sub(" ", page)) + "\n".join(reported))
    counts = Counter(present)
    missing = {letter for letter, count in Counter("".join(lines)).items() if count > counts[letter]}
    if not missing:
        return
    lost = [text for text in dict.fromkeys(lines) if text and text not in present and missing & set(text)]
    for text in lost[:_MOST_PARAGRAPHS]:
        yield f"“{text[:_MOST_LETTERS]}{'……' if len(text) > _MOST_LETTERS else ''}”"
    if len(lost) > _MOST_PARAGRAPHS:
        yield f"等 {len(lost)} 段"
    if not lost:
        yield f"“{''.join(sorted(missing))[:_MOST_LETTERS]}”这些字"


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
