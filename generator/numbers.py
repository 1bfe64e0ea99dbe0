"""文号 and 索引号: normalise, test, find in a text (requirements section 26; GB/T 9704 clause 7.2.5)."""

import re
import unicodedata
from collections.abc import Iterator

_OPEN = "[［【(（〈〔"
_CLOSE = "]］】)）〉〕"
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

# A number in running text follows one of these words; they are never the start of a 机关代字.
_BEFORE_NUMBER = frozenset("据照按以和与及对将把由从依为即至见止于在改替的等、")


def normalise_doc_number(text: str) -> str:
    """Return a 文号 with 〔〕 around the year, ASCII digits and no blanks.

    >>> normalise_doc_number("浑江人社字[2018] 38号")
    '浑江人社字〔2018〕38号'
    """
    compact = _BLANKS.sub("", text)
    folded = "".join(unicodedata.normalize("NFKC", char) if char.isalnum() else char for char in compact)
    return _YEAR.sub(r"〔\1〕", folded)


def is_standard_doc_number(text: str) -> bool:
    """Whether a 文号 is exactly in its standard form, brackets and all."""
    return bool(_STANDARD.fullmatch(text) or _DECREE.fullmatch(text))


def repair_doc_number(text: str) -> str | None:
    """Return the standard form nearest to what was written, ``None`` when it is no 文号 at all."""
    normal = normalise_doc_number(text)
    if is_standard_doc_number(normal):
        return normal
    found = _LOOSE.fullmatch(normal)
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else None


def doc_number_key(text: str) -> str:
    """Return what two ways of writing one 文号 have in common: the standard form where there is one."""
    return repair_doc_number(text) or normalise_doc_number(text)


def normalise_index_no(text: str) -> str:
    """Return an 索引号 with half-width characters, capitals and no blanks, for comparison."""
    return unicodedata.normalize("NFKC", _BLANKS.sub("", text)).upper()


def find_doc_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield position and text of everything in a text that looks like a 文号.

    The text begins with up to fourteen characters before the bracket: only the whole site knows
    where the 机关代字 begins (see ``candidates``).
    """
    for found in _IN_TEXT.finditer(text):
        prefix = _PREFIX.search(text, max(0, found.start() - _MAX_PREFIX - 1), found.start())
        digits = unicodedata.normalize("NFKC", found[2]).lstrip("0")
        if prefix and digits:
            yield prefix.start(), f"{prefix[0].rstrip()}〔{found[1]}〕{digits}号"


def candidates(found: str) -> Iterator[str]:
    """Yield the 文号 that a string found in running text may be, longest first.

    A shorter one begins only behind a word such as 根据 or 和, so 政办发〔2019〕15号 is never
    taken out of 鲁政办发〔2019〕15号 (requirements DOC-06).
    """
    bracket = found.index("〔")
    for start in range(bracket - 1):
        if start == 0 or found[start - 1] in _BEFORE_NUMBER:
            yield found[start:]
