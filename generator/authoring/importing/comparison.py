"""The words of a file against those of its page: what is in the one and neither in the other nor reported.

The words are taken from the file by a walk of its own, not from what the import read, so that a mistake there is seen.
Only letters and digits count: punctuation, blanks and forms of numbers may be written in another way.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

_MARKUP = re.compile(r"(?<!\\)\]\([^()\s]*\)|<[^<>]*>|\\")
_MOST_PARAGRAPHS = 8
_MOST_LETTERS = 40


def missing_words(words_on_paper: Iterable[str], page: str, reported: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs of a file, shortened, whose words are neither in its page nor in what was reported.

    ``words_on_paper`` are its paragraphs; ``page`` is its Markdown with the front matter; ``reported`` are the texts
    that were left out with a note, and the lines from which fields were taken.
    """
    paragraphs = list(map(_letters, words_on_paper))
    present = _letters(html.unescape(_MARKUP.sub(" ", page)) + "\n".join(reported))
    counts = Counter(present)
    missing = {letter: count - counts[letter] for letter, count in Counter("".join(paragraphs)).items()}
    missing = {letter: count for letter, count in missing.items() if count > 0}
    if not missing:
        return
    lost = [text for text in dict.fromkeys(paragraphs) if text and text not in present and missing.keys() & set(text)]
    for text in lost[:_MOST_PARAGRAPHS]:
        yield f"“{text[:_MOST_LETTERS]}{'……' if len(text) > _MOST_LETTERS else ''}”"
    if len(lost) > _MOST_PARAGRAPHS:
        yield f"等 {len(lost)} 段"
    if not lost:
        yield f"“{''.join(missing)[:_MOST_LETTERS]}”这些字"


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
