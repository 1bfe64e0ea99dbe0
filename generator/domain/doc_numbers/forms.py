"""The forms of a 文号: normal form, standard form, and the key that all ways of writing one number share.

The standard forms are ``代字〔YYYY〕N号``, of decrees ``某某令第N号``, of announcements ``某某公告YYYY年第N号``,
``某某公告〔YYYY〕N号`` and ``某某公告第N号``.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from generator.domain.numerals import TENS, from_numeral

OPEN = "[［【(（﹙〈〔﹝〖「『｛＜<"
CLOSE = "]］】)）﹚〉〕﹞〗」』｝＞>"
HAN = r"[\u4e00-\u9fff〇]"
NUMERAL = rf"(?:[0-9]{{1,5}}|[〇○零百{TENS}]{{1,6}})"
YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
# What bodies number through a year, or through all years, under their own name.
ACT = r"(?:公告|通告|公示|通报|令)"
# What ends a long name before a year in brackets.
_LONG = r"(?:公告|通告|公示|通报|令|决定|决定书|告知书|通知书|意见书|批复)"
MAX_NAME = 48
_YEAR_IN_BRACKETS = re.compile(rf"[{re.escape(OPEN)}]\s*((?:19|20)\d{{2}})\s*[{re.escape(CLOSE)}]")
_BLANKS = re.compile(r"\s+")
_N = r"[1-9][0-9]*"
_Y = r"(?:19|20)[0-9]{2}"
_JOINT = rf"{HAN}+(?:[ 、]{HAN}+)*"
_STANDARD = re.compile(
    rf"(?:（{HAN}{{1,6}}）)?{HAN}{{2,12}}〔{_Y}〕{_N}号"
    rf"|(?=[^〔]{{2,{MAX_NAME}}}〔)(?:{_JOINT})?{_LONG}〔{_Y}〕{_N}号"
    rf"|(?!令)(?=[^0-9]{{2,{MAX_NAME}}}[0-9])(?:{_JOINT})?{ACT}{_Y}年第{_N}号"
    rf"|.+令第{_N}号"
    rf"|{_JOINT}(?:公告|通告)第{_N}号"
)
_O, _C = rf"[{re.escape(OPEN)}]", rf"[{re.escape(CLOSE)}]"
# The end of a number behind the code, in a text without blanks. A number without 号 counts behind a bracket only.
_TAIL = re.compile(
    rf"{_O}(?P<year>{YEAR})年?{_C}第?(?:(?P<count>[0-9]{{1,9}})号?|(?P<count5>{NUMERAL})号)\Z"
    rf"|(?<=[令告示报]){_O}?(?P<year2>{YEAR})年?第?(?P<count2>{NUMERAL})号{_C}?\Z"
    rf"|(?:(?<=[令告]){_O}?第|(?<=令){_O}?)(?P<count3>{NUMERAL})号{_C}?\Z"
    rf"|{_O}?(?:(?P<year4>{YEAR})年)?第(?P<count4>{NUMERAL})号{_C}?(?P<act>令|公告|通告)\Z"
)
_ENDS_WITH_ACT = re.compile(rf"{ACT}\Z")
_BODY = re.compile(r"(?:[院委部局署厅会行办府室厂所队院校处团席]|中心|公司|人大|机关)\Z")
_FIRST_IN_BRACKETS = re.compile(r"\A\s*\(([^()]+)\)")  # the short name of the place: （鲁）应急罚
_SEPARATOR = re.compile(r"[\s、]+")


class NumberParts(NamedTuple):
    """A 文号 in parts: what is before the year or the 第, the year (empty for none), the number, and how it is written.

    ``in_brackets`` is whether the year is in brackets.
    """

    code: str
    year: str
    ordinal: str
    in_brackets: bool

    def standard(self) -> str:
        """Return the number in its standard form."""
        if not self.year:
            return f"{self.code}第{self.ordinal}号"
        return (
            f"{self.code}〔{self.year}〕{self.ordinal}号"
            if self.in_brackets
            else (f"{self.code}{self.year}年第{self.ordinal}号")
        )

    def key(self) -> str:
        """Return the number in the form in which all ways of writing it are equal."""
        return self._replace(code=without_separators(self.code), in_brackets=True).standard()


def without_separators(code: str) -> str:
    """Return a code without what separates the bodies that issue an announcement together."""
    return _SEPARATOR.sub("", code)


def fold_width(text: str) -> str:
    """Return a text of the same length with half-width digits and letters."""
    return text.translate(_WIDE) if _ANY_WIDE.search(text) else text


_ANY_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_WIDE = {code: code - 0xFEE0 for first, last in ("０９", "ＡＺ", "ａｚ") for code in range(ord(first), ord(last) + 1)}


def normalise_doc_number(text: str) -> str:
    """Return a 文号 with 〔〕 around the year, ASCII digits and no blanks.

    >>> normalise_doc_number("浑江人社字[2018] 38号")
    '浑江人社字〔2018〕38号'
    """
    compact = _BLANKS.sub("", text)
    folded = "".join(unicodedata.normalize("NFKC", char) if char.isalnum() else char for char in compact)
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", folded)


def parts_of(text: str) -> NumberParts | None:
    """Return the parts of a text that ends as a 文号 does, whatever is before it; ``None`` for other texts."""
    folded = fold_width(text).strip()
    compact = _BLANKS.sub("", folded)
    tail = _TAIL.search(compact)
    if tail is None:
        return None
    year, count = (
        next((tail[f"{name}{n}"] for n in ("", *order) if tail[f"{name}{n}"]), "") for name, order in _GROUPS
    )
    count = arabic(count)
    if not count:
        return None
    code = _code(folded, len(compact) - tail.start(), tail["act"] or "")
    return NumberParts(code, year_of(year), count, bool(tail["year"]))


_GROUPS = (("year", "24"), ("count", "2345"))


def _code(folded: str, tail: int, act: str) -> str:
    """Return the text before the last ``tail`` characters that are no blanks, then the act.

    Blanks are left out, but for one between two bodies that issue an announcement together.
    """
    end = len(folded)
    while tail:
        end -= 1
        tail -= not folded[end].isspace()
    pieces = _FIRST_IN_BRACKETS.sub(r"（\1）", folded[:end] + act).split()
    joint = len(pieces) > 1 and all(is_body(_ENDS_WITH_ACT.sub("", piece)) for piece in pieces)
    return (" " if joint else "").join(pieces)


def is_body(text: str) -> bool:
    """Whether a text ends as the name of a public body does."""
    return len(text) > 1 and bool(_BODY.search(text))


def arabic(text: str) -> str:
    """Return a number in ASCII digits without leading zeros, empty for zero and for what is no number.

    >>> [arabic(text) for text in ("05", "四十五", "一百零三", "000", "")]
    ['5', '45', '103', '', '']
    """
    hundreds, hundred, rest = text.partition("百")
    try:
        number = from_numeral(hundreds) * 100 if hundred else 0
        tens = rest.lstrip("零〇○") if hundred else text
        number += from_numeral(tens) if tens else 0
    except (KeyError, ValueError):
        return ""
    return str(number or "")


def year_of(text: str) -> str:
    """Return a year in ASCII digits."""
    return text if text.isascii() else str(from_numeral(text))


def is_standard_doc_number(text: str) -> bool:
    """Whether a 文号 is exactly in its standard form, brackets and all."""
    if not _STANDARD.fullmatch(text):
        return False
    return " " not in text or ((parts := parts_of(text)) is not None and parts.standard() == text)


@lru_cache(maxsize=32_768)
def repair_doc_number(text: str) -> str | None:
    """Return the standard form nearest to what was written, ``None`` when it is no 文号 at all."""
    parts = parts_of(text)
    if parts and is_standard_doc_number(standard := parts.standard()):
        return standard
    normal = normalise_doc_number(text)
    return normal if is_standard_doc_number(normal) else None


def standard_doc_number(text: str) -> str:
    """Return the standard form of a 文号, or what was written where there is none."""
    return repair_doc_number(text) or text


@lru_cache(maxsize=32_768)  # every number of a site is compared many times
def doc_number_key(text: str) -> str:
    """Return what all ways of writing one 文号 have in common: 公告2026年第5号 and 公告〔2026〕5号 have one key."""
    parts = parts_of(text)
    return parts.key() if parts else normalise_doc_number(text)


def normalise_index_no(text: str) -> str:
    """Return an 索引号 with half-width characters, capitals and no blanks, for comparison."""
    return unicodedata.normalize("NFKC", _BLANKS.sub("", text)).upper()
