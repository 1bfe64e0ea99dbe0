"""文号 and 索引号: normalise, compare, find in a text (requirements section 26; GB/T 9704 clause 7.2.5)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_OPEN = "[［【(（〈〔﹝"
_CLOSE = "]］】)）〉〕﹞"
_YEAR = re.compile(rf"[{re.escape(_OPEN)}]\s*((?:19|20)\d{{2}})\s*[{re.escape(_CLOSE)}]")
_BLANKS = re.compile(r"\s+")
_STANDARD = re.compile(r"[\u4e00-\u9fff]{2,12}〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号")
_DECREE = re.compile(r".+令第[1-9][0-9]*号")
_LOOSE = re.compile(r"([\u4e00-\u9fff]{2,12})〔((?:19|20)\d{2})〕第?0*([1-9]\d*)号?")
_IN_TEXT = re.compile(
    rf"[{re.escape(_OPEN)}]\s?((?:19|20)\d{{2}})\s?[{re.escape(_CLOSE)}]\s?(?:第\s?)?([0-9０-９]{{1,5}})\s?号"
)
_PREFIX = re.compile(r"[\u4e00-\u9fff]{2,14}\s?\Z")
_MAX_PREFIX = 14
_DECREE_IN_TEXT = re.compile(r"令\s?[（(]?\s?第\s?([0-9０-９]{1,5})\s?号|第\s?([0-9０-９]{1,5})\s?号令")
_ORGAN_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,24}\Z")
_MAX_ORGAN = 24
_ORGAN = re.compile(r"(?:国务院|政府|主席|委员会|委|部|局|署|厅|院|会|行|办公室)\Z")

# A number in running text follows one of these words. The first ones are never part of a 机关代字; the
# others may be (为 in 无为, 对 in none), so they only let a shorter number be looked up.
_WORDS_BEFORE = re.compile(
    r"根据|依据|按照|参照|依照|遵照|比照|修改|废止|停止|替代|取代|执行|落实|印发|转发|关于|以及|以下|通过|号[和与及或]|[的、]"
)
_MAY_STAND_BEFORE = re.compile(r"[据照按以和与及对将把由从依为即至见止于在替等]")
_NEVER_FIRST = "以按据由对等与及已被且见原经"
_NEVER_THE_FIRST = re.compile(rf"(?:(?!经济)[{_NEVER_FIRST}])+")


def normalise_doc_number(text: str) -> str:
    """Return a 文号 with 〔〕 around the year, ASCII digits and no blanks.

    >>> normalise_doc_number("浑江人社字[2018] 38号")
    '浑江人社字〔2018〕38号'
    """
    compact = _BLANKS.sub("", text)
    folded = "".join(unicodedata.normalize("NFKC", char) if char.isalnum() else char for char in compact)
    return _YEAR.sub(r"〔\1〕", folded)


def is_standard_doc_number(text: str) -> bool:
    """Whether a 文号 is exactly in its standard form, brackets included."""
    return bool(_STANDARD.fullmatch(text) or _DECREE.fullmatch(text))


def repair_doc_number(text: str) -> str | None:
    """Return the standard form nearest to a number as it was typed, ``None`` for a text that is no 文号."""
    normal = normalise_doc_number(text)
    if is_standard_doc_number(normal):
        return normal
    match = _LOOSE.fullmatch(normal)
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else None


@lru_cache(maxsize=32_768)  # every number of a site is compared many times
def doc_number_key(text: str) -> str:
    """Return the key under which all spellings of one 文号 compare equal: its standard form where it has one."""
    return repair_doc_number(text) or normalise_doc_number(text)


def normalise_index_no(text: str) -> str:
    """Return an 索引号 with half-width characters, capitals and no blanks, for comparison."""
    return unicodedata.normalize("NFKC", _BLANKS.sub("", text)).upper()


class DocNumberMatch(NamedTuple):
    """A passage of a text that looks like a 文号: its position, and its text from ``start`` on in standard form.

    ``text`` may begin with characters that are not part of the number; ``code`` is the count of its characters
    before the year or 令.
    """

    start: int
    end: int
    text: str
    code: int


def find_doc_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield position and text of every passage that looks like a 文号.

    The text begins with up to fourteen characters before the bracket: only the whole site knows
    where the 机关代字 begins (see ``doc_number_candidates``).
    """
    for number in doc_numbers_in(text):
        yield number.start, number.text


def doc_numbers_in(text: str) -> Iterator[DocNumberMatch]:
    """Yield every passage that looks like a 文号 or like the number of a decree (令第N号), in the order of the text."""
    numbers = [*_numbers_in(text), *(_decrees_in(text) if "令" in text else ())]
    yield from sorted(numbers)


def _numbers_in(text: str) -> Iterator[DocNumberMatch]:
    for match in _IN_TEXT.finditer(text):
        prefix = _PREFIX.search(text, max(0, match.start() - _MAX_PREFIX - 1), match.start())
        digits = _digits(match[2])
        if prefix and digits:
            code = prefix[0].rstrip()
            yield DocNumberMatch(prefix.start(), match.end(), f"{code}〔{match[1]}〕{digits}号", len(code))


def _decrees_in(text: str) -> Iterator[DocNumberMatch]:
    for match in _DECREE_IN_TEXT.finditer(text):
        before = _ORGAN_BEFORE.search(text, max(0, match.start() - _MAX_ORGAN), match.start())
        digits = _digits(match[1] or match[2])
        if before and digits and _ORGAN.search(before[0]):
            organ, start = before[0], before.start()
            if organ[0] in "年月日" and text[start - 1 : start].isdigit():  # 2004年10月27日国务院令第421号
                organ, start = organ[1:], start + 1
            yield DocNumberMatch(start, match.end(), f"{organ}令第{digits}号", len(organ))


def _digits(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lstrip("0")


def _code_length(text: str) -> int:
    bracket = text.find("〔")
    return bracket if bracket >= 0 else text.rindex("令第")


def doc_number_candidates(text: str) -> Iterator[str]:
    """Yield the 文号 that a match in running text may stand for, longest first.

    A shorter one begins only behind a word such as 根据 or 和, so 政办发〔2019〕15号 is never
    taken out of 鲁政办发〔2019〕15号 (requirements DOC-06).
    """
    code = _code_length(text)
    ends = {word.end() for pattern in (_WORDS_BEFORE, _MAY_STAND_BEFORE) for word in pattern.finditer(text, 0, code)}
    yield from (text[start:] for start in sorted({0, *ends}) if start < code - 1)


def strip_leading_words(text: str) -> str | None:
    """Return a number of running text without the words before it, where no document of the site has that number.

    Return ``None`` where its beginning is uncertain.
    """
    code = _code_length(text)
    ends = [word.end() for word in _WORDS_BEFORE.finditer(text, 0, code)]
    bare = text[max(ends, default=0) :]
    if first := _NEVER_THE_FIRST.match(bare):
        bare = bare[first.end() :]
    return bare if is_standard_doc_number(bare) and _code_length(bare) > 1 else None
