"""The keys of texts in the files of pairs, and the files in which they stand; ``search-words.js`` has the same."""

import re
import unicodedata
from collections.abc import Iterator

NOT_A_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[a-z\u00c0-\u024f]+|[^a-z\u00c0-\u024f]+")
_ONE_SHARD, _SHARD, _MOST_SHARDS = 150, 12, 4096  # documents with one file of pairs, for each file otherwise


def plain(text: str) -> str:
    """Return a text for comparison: narrow, lower case, without marks and blanks."""
    return NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).lower())


def pairs(text: str) -> Iterator[str]:
    """Yield the pairs of characters of a text, and its Latin words whole; marks and blanks are left out."""
    for part in _WORD.findall(plain(text)):
        if "a" <= part[0] <= "z" or "\u00c0" <= part[0] <= "\u024f":
            yield part
        else:
            for place in range(len(part) - 1):
                yield part[place : place + 2]


def keys_of_word(word: str) -> list[str]:
    """Return the keys of what is searched: pairs and Latin words; a character alone is its own key."""
    return [key for part in _WORD.findall(plain(word)) for key in (pairs(part) if len(part) > 1 else (part,))]


def shard_count(documents: int) -> int:
    """Return the number of files of pairs: a power of two."""
    if documents <= _ONE_SHARD:
        return 1
    return min(1 << (documents // _SHARD - 1).bit_length(), _MOST_SHARDS)


def shard_of(key: str, count: int) -> int:
    """Return the file of a pair."""
    value = 0
    for char in key:
        value = (value * 31 + ord(char)) & 0xFFFFFF
    return value % count
