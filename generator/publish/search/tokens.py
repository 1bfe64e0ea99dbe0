"""Cut texts into the tokens of the full-text index: overlapping pairs of characters, and Latin words.

国务院办公厅 has the tokens 国务, 务院, 院办, 办公, 公厅, 厅. Digits pair like characters; marks and blanks only
separate them. A phrase is in a text exactly when its tokens stand there in a row. ``search-words.js`` of the theme
cuts queries in the same way.
"""

import re
import unicodedata
from typing import Any, NamedTuple

import numpy as np

_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LATIN, _CHAINED = 1, 2
CODE_BITS = 21  # a key has the codes of both characters of a pair; the second is 0 where a character ends its run
Array = np.ndarray[Any, Any]


def _classes() -> Array:
    """Return the class of each code point: part of a Latin word, part of a run of pairs, or neither."""
    classes = np.zeros(0x110000, dtype=np.uint8)
    for first, last in ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F)):
        classes[first : last + 1] = _LATIN
    for first, last in ((0x30, 0x39), (0x3007, 0x3007), (0x3400, 0x9FFF), (0x20000, 0x3FFFF)):
        classes[first : last + 1] = _CHAINED
    return classes


_CLASSES = _classes()


class Tokens(NamedTuple):
    """The tokens of a text: the keys of its pairs and their positions, and its Latin words with theirs."""

    keys: Array
    positions: Array
    words: list[tuple[str, int]]
    total: int


def fold(text: str) -> str:
    """Return a text with narrow letters and digits."""
    return _FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a text in their order; a pair never reaches over a line break or a mark."""
    folded = fold(text)
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = _CLASSES[codes]
    chained = classes == _CHAINED
    latin = classes == _LATIN
    begins = chained.copy()
    begins[:1] |= latin[:1]
    begins[1:] |= latin[1:] & ~latin[:-1]
    positions = np.cumsum(begins, dtype=np.uint32) - 1
    places = np.flatnonzero(chained)
    following = np.zeros(len(codes), dtype=np.uint64)
    following[:-1] = np.where(chained[1:], codes[1:], 0)
    keys = (codes[places].astype(np.uint64) << CODE_BITS) | following[places]
    words = []
    if latin.any():
        words = [(_bare(match[0]), int(positions[match.start()])) for match in _LATIN_WORD.finditer(folded)]
    return Tokens(keys, positions[places], words, int(np.count_nonzero(begins)))


def _bare(word: str) -> str:
    """Return a word in lower case without diacritics, as Pagefind compares words."""
    word = word.lower()
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(char for char in parts if not unicodedata.category(char).startswith("M"))


def token_texts(keys: Array) -> list[str]:
    """Return the characters of each key."""
    codes = np.stack([keys >> CODE_BITS, keys & ((1 << CODE_BITS) - 1)], axis=1).astype("<u4")
    texts: list[str] = codes.view("<U2").ravel().tolist()  # without the 0 of a character that ends its run
    return texts
