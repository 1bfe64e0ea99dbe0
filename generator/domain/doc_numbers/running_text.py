"""文号 in running text: where they are, and where each of them may begin."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.domain.doc_numbers.forms import (
    ACT,
    CLOSE,
    HAN,
    MAX_NAME,
    NUMERAL,
    OPEN,
    YEAR,
    NumberParts,
    arabic,
    doc_number_key,
    fold_width,
    is_body,
    is_standard_doc_number,
    standard_doc_number,
    without_separators,
    year_of,
)
from generator.domain.doc_numbers.words_before import cut_places, possible_places, without_first_words
from generator.domain.numerals import TENS

_O, _C = rf"[{re.escape(OPEN)}]", rf"[{re.escape(CLOSE)}]"
_B = r"\s{0,3}"
_YEAR = rf"{_O}{_B}(?P<year>{YEAR}){_B}年?{_B}{_C}"
_COUNT = rf"(?:第{_B})?(?P<count>[0-9]{{1,5}}(?![0-9])|[〇○零百{TENS}]{{1,6}}(?={_B}号))"
_CENTURIES = ("20", "19", "二〇", "二○", "二零", "一九")  # how a year begins
_NUMERAL = rf"(?P<count>{NUMERAL})(?![0-9])"
_AND = rf"(?P<and>{_B}(?:以及|以至|直至|——|[、,，;；和与及或至到~～—–-])?{_B})"
# What is behind 号 where it is no number of a document: 5号楼, 6号前.
_NO_NUMBER = r"(?![楼院线门桥坑井库馆栋厅机车前后起早晚上下]|以前|以后|之前|之后|当日|地块|专线|公路)"
_END, _CHECKED_END = rf"(?P<end>{_B}号)?", rf"(?P<end>{_B}号{_NO_NUMBER})?"
_IN_BRACKETS = re.compile(rf"{_YEAR}{_B}{_COUNT}{_END}")
_NEXT = re.compile(rf"{_AND}(?:{_YEAR}{_B})?{_COUNT}{_CHECKED_END}")
_YEARLY = rf"(?P<year>{YEAR}){_B}年{_B}"
_ACT = re.compile(rf"(?P<act>{ACT}){_B}(?P<open>{_O})?{_B}(?:{_YEARLY}(?:第{_B})?|第{_B}){_NUMERAL}{_END}")
_NEXT_OF_ACT = re.compile(rf"{_AND}{_O}?(?:{_YEARLY})?(?:第{_B})?{_NUMERAL}{_CHECKED_END}")
_BEFORE_ACT = re.compile(rf"{_O}?{_B}(?:{_YEARLY})?第{_B}(?P<count>{NUMERAL}){_B}号{_B}{_C}?{_B}(?P<act>令|公告|通告)")
_CLOSES = re.compile(rf"{_B}{_C}")
_ENDS_WITH_DECREE = re.compile(rf"号{_B}{_C}?{_B}(?:令|公告|通告)")  # quick to look for
_PREFIX = re.compile(rf"{HAN}{{2,14}}{_B}\Z")
_MAX_PREFIX = 14
_RUN = re.compile(rf"{HAN}+\Z")
_SEPARATORS = "、 　"
_LONG = re.compile(rf"(?:{ACT}|决定书|告知书|通知书|意见书)\Z")
_WRITTEN_TAIL = re.compile(r"(?:〔\d{4}〕|\d{4}年第|第)\d+号\Z")
_OWN = "我本该贵此各"


class DocNumberMatch(NamedTuple):
    """Something in a text that looks like a 文号: where it is, and what it says, with the code as it is written.

    ``text`` may begin with characters that are not part of the number; ``code`` is how many characters from ``start``
    on are before the year or 第: none where the number shares the code of another one (6号 in 例发〔2020〕5号、6号).
    """

    start: int
    end: int
    text: str
    code: int

    def start_of(self, key: str) -> int:
        """Return the place in the text where the number with a key of ``doc_number_candidates`` begins."""
        if not self.code:
            return self.start
        return self.start + next((offset for offset, candidate in _candidates(self.text) if candidate == key), 0)


def find_doc_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yield position and text of everything in a text that looks like a 文号.

    The text begins with up to fourteen characters before the bracket, or with a long name: only the whole site knows
    where the 机关代字 begins (see ``doc_number_candidates``).
    """
    for number in doc_numbers_in(text):
        yield number.start, number.text


def doc_numbers_in(text: str) -> Iterator[DocNumberMatch]:
    """Yield everything in a text that looks like a 文号, in its order: of decrees and announcements too."""
    folded = fold_width(text) if "号" in text else ""
    numbers = [*_with_brackets(folded), *(_of_acts(folded) if "令" in folded or "告" in folded else ())]
    yield from sorted(numbers)


class _Item(NamedTuple):
    """One number of several that share a code; ``closed`` is whether 号 is behind it."""

    year: str
    ordinal: str
    start: int
    end: int
    closed: bool


def _item(match: re.Match[str], year: str = "") -> _Item:
    start = match.end("and") if "and" in match.re.groupindex else match.start()
    year = year_of(match["year"]) if match["year"] else year
    return _Item(year, arabic(match["count"]), start, match.end(), bool(match["end"]))


def _items(text: str, first: _Item, following: re.Pattern[str]) -> list[_Item]:
    """Return the numbers from the first on that share its code, up to the last with 号 behind it."""
    items = [first]
    while match := following.match(text, items[-1].end):
        item = _item(match, items[-1].year)
        if not item.ordinal or not (match["year"] or match["and"].strip()):
            break
        items.append(item)
    while items and not items[-1].closed:
        items.pop()
    return items


def _with_brackets(text: str) -> Iterator[DocNumberMatch]:
    if not any(century in text for century in _CENTURIES):
        return
    place = 0
    while match := _IN_BRACKETS.search(text, place):
        place = match.end()
        if prefix := _prefix(text, match.start()):
            items = _items(text, _item(match), _NEXT)
            place = items[-1].end if items else place
            yield from _matches(prefix, items, in_brackets=True)


def _of_acts(text: str) -> Iterator[DocNumberMatch]:
    for match in _ACT.finditer(text):
        name = _name(text, match.start())
        if match["act"] != "令" or (name and is_body(name[1])):
            start, code = name or (match.start(), "")
            items = _items(text, _item(match), _NEXT_OF_ACT)
            if items and match["open"] and (closing := _CLOSES.match(text, items[-1].end)):
                items[-1] = items[-1]._replace(end=closing.end())
            yield from _matches((start, code + match["act"]), items)
    for match in _BEFORE_ACT.finditer(text) if _ENDS_WITH_DECREE.search(text) else ():
        name = _name(text, match.start())
        if name and is_body(name[1]):
            year = year_of(match["year"]) if match["year"] else ""
            item = _Item(year, arabic(match["count"]), match.start(), match.end(), closed=True)
            start, code = name
            for number in _matches((start, code + match["act"]), [item]):
                yield number._replace(code=len(code))


def _matches(prefix: tuple[int, str], items: list[_Item], *, in_brackets: bool = False) -> Iterator[DocNumberMatch]:
    start, code = prefix
    for number, item in enumerate(items):
        if item.ordinal:
            written = NumberParts(code, item.year, item.ordinal, in_brackets).standard()
            own, length = (item.start, 0) if number else (start, len(code))
            yield DocNumberMatch(own, item.end, written, length)


def _prefix(text: str, end: int) -> tuple[int, str] | None:
    """Return place and text of what may be the code before a year in brackets."""
    before = text[max(0, end - _MAX_PREFIX) : end].rstrip()
    if _LONG.search(before):
        return _name(text, end)
    prefix = _PREFIX.search(text, max(0, end - _MAX_PREFIX - 3), end)
    return (prefix.start(), prefix[0].rstrip()) if prefix else None


def _name(text: str, end: int) -> tuple[int, str] | None:
    """Return place and text of the name before a place: of one body or of several, as far as it may reach."""
    last = first = len(text[max(0, end - 3) : end].rstrip()) + max(0, end - 3)
    least = max(0, end - MAX_NAME)
    while run := _RUN.search(text, least, first):
        first = run.start()
        before = first - 1
        if before <= least or text[before] not in _SEPARATORS or not is_body(_last_run(text, least, before)):
            break
        first = before
    if first < last and text[first] in "年月日" and text[first - 1 : first].isdigit():  # 2004年10月27日国务院令第421号
        first += 1
    return (first, text[first:last]) if last - first > 1 else None


def _last_run(text: str, least: int, end: int) -> str:
    run = _RUN.search(text, least, end)
    return run[0] if run else ""


def _code_length(text: str) -> int:
    tail = _WRITTEN_TAIL.search(text)
    return tail.start() if tail else 0


def doc_number_candidates(text: str) -> Iterator[str]:
    """Yield the keys of the 文号 that a string found in running text may be, longest first.

    A shorter one begins only behind a word such as 根据 or 和, so 政办发〔2019〕15号 is never
    taken out of 鲁政办发〔2019〕15号 (requirements DOC-06).
    """
    return (key for _, key in _candidates(text))


@lru_cache(maxsize=4096)  # a build asks for every number of a text five times
def _candidates(text: str) -> tuple[tuple[int, str], ...]:
    return tuple(_find_candidates(text))


def _find_candidates(text: str) -> Iterator[tuple[int, str]]:
    length = _code_length(text)
    code = text[:length]
    act = _LONG.search(code)
    tail = doc_number_key(text)[len(without_separators(code)) :]
    for start in possible_places(code):
        has_code = start < (act.start() if act else length) - 1
        without_body = act and start == act.start() and act[0] != "令" and not is_body(code[:start])
        if not start or ((has_code or without_body) and code[start] not in _SEPARATORS):
            yield start, without_separators(code[start:]) + tail


def strip_leading_words(text: str) -> str | None:
    """Return the standard form of a number found in running text, without the words before it.

    ``None`` where nothing of the site tells its beginning and it cannot be said with certainty.
    """
    length = _code_length(text)
    act = _LONG.search(text, 0, length)
    end = act.start() if act else length
    first = min((place for sign in _SEPARATORS if (place := text.find(sign, 0, end)) > 0), default=end)
    bare = without_first_words(text[:first][max(cut_places(text[:first]), default=0) :])
    if act and (bare[:1] in _OWN or not is_body(bare) or len(bare) > _MAX_BARE_NAME):
        return None
    number = standard_doc_number(bare + text[first:])
    return number if is_standard_doc_number(number) and len(bare) > 1 else None


_MAX_BARE_NAME = 30
