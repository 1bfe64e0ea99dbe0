"""Titles in 《》: find them in a text, and compare them."""

import re
import unicodedata
from collections.abc import Iterator

_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)+)》")
_INNER = re.compile(r"《([^《》\n]+)》")
_SAME = str.maketrans({"〈": "《", "〉": "》", "<": "《", ">": "》", "“": '"', "”": '"', "（": "(", "）": ")"})
_NESTED = str.maketrans("《》〈〉", "〈〉《》")
_ATTACHED = re.compile(r"附件[一二三四五六七八九十\d]*[:：.．、]?")
_LEAST = 5  # 《办法》 and 《通知》 are short forms, not titles


def title_key(title: str) -> str:
    """Return the key under which all spellings of one title compare equal, whatever width, blanks and inner brackets.

    >>> title_key("关于印发〈示例办法〉的通知（试行）")
    '关于印发《示例办法》的通知(试行)'
    """
    return unicodedata.normalize("NFKC", "".join(title.split())).translate(_SAME)


def inside_marks(title: str) -> str:
    """Return a title as it stands inside 《》: its own marks are single, those inside them double (GB/T 15834).

    >>> inside_marks("关于修改《示例办法》的决定")
    '关于修改〈示例办法〉的决定'
    """
    return title.translate(_NESTED) if "《" in title else title


def heading_key(text: str) -> str:
    """Return the key of a heading as a title: without blanks, width, 《》 around it and 附件1 before it.

    >>> heading_key("附件1：《示例 规程》") == heading_key("示例规程")
    True
    """
    key = title_key(text)
    return title_key(_ATTACHED.sub("", key, count=1) or key).strip("《》")


def titles_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and key of every title in 《》 that is long enough to name one text, outer titles first."""
    for match in _TITLE.finditer(text) if "》" in text else ():
        yield from _long_enough(match, 0)
        for inner in _INNER.finditer(match[1]) if "《" in match[1] else ():
            yield from _long_enough(inner, match.start() + 1)


def _long_enough(match: re.Match[str], offset: int) -> Iterator[tuple[int, int, str]]:
    key = title_key(match[1])
    if len(key) >= _LEAST:
        yield match.start() + offset, match.end() + offset, key
