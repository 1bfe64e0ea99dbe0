"""Identity numbers: 公民身份号码 (GB 11643—1999), 居住证 of 港澳台居民, 外国人永久居留身份证 old and new.

Eighteen digits in a row are looked for with everything between them left out; the gaps between them then decide
whether they are one number. Province, day of birth and check digit must be right in any case.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, takewhile

from generator.domain.model import MatchKind
from generator.domain.privacy.digits import CIPHERS, LETTERS, places_in, plain
from generator.domain.privacy.gaps import NO_GAP, WALL_GAP, gap_of
from generator.domain.privacy.identity_parts import PROVINCE, PROVINCES, is_day
from generator.domain.privacy.permits import find_permits
from generator.domain.privacy.piece import TextMatch

_BIRTH = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_SHAPE = re.compile(rf"(?=((?:{PROVINCE}\d{{4}}|9{PROVINCE}\d{{3}}){_BIRTH}\d{{3}}[\dX]))")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH = 18
_MOST_LETTERS = 4  # O for 0, l for 1
# The codes that can be a district, for numbers inside a longer run of digits: 市辖区, 地区, 州; 区, 县, 县级市.
_DISTRICT = re.compile(
    r"(?:(?:1[12]|31|50)0[0-3]"
    r"|(?:1[345]|2[123]|3[2-7]|4[1-6]|5[1-4]|6[1-5])(?:0[1-9]|[12]\d)|(?:43|51|53)3[1-4]"
    r"|65(?:3\d|4[0-3])|(?:41|42|46|65)90)(?:[0-3]\d|8[1-9])|8[1-3]0000"
)
_NEWEST = 2035
_MOST_BEFORE = 40

_CONTEXT = 24
OF_IDENTITY = re.compile(r"身份证|公民身份|证件号|身份号|居留证|居住证")
_OF_AGENCIES = re.compile(r"(?:信用代码|机构代码|索引号)(?:证|号)?(?:号码)?[ \t　:：（(]{0,4}\Z")
_OF_GOODS = re.compile(
    r"(?:订单|运单|单|合同|流水|项目|招标|采购|标段|交易|批次|发票|条形?码|货|物料|设备|资产)"
    r"(?:编号|号码|代码|编码|号)?[ \t　:：（(]{0,4}\Z"
)
_OF_NUMBERS = re.compile(r"(?:编号|序列号?|号码|代码)[ \t　:：（(]{0,4}\Z")
_OF_INDEX = re.compile(r"/(?:19|20)\d\d-\d{4,6}(?!\d)")  # the year and number of an 索引号 that begins with a 信用代码
_INDEX_NO = re.compile(r"\d{9}/(?:19|20)\d\d-\d{5}(?!\d)")
_HEADING = 400  # how far above its cells the heading of a column may be
_MOST_BESIDE = 3  # cells of one digit before or after those of a number: 序号, 份数
_SECTIONS = frozenset({6, 10, 12, 14, 17})  # where district, year, month, day, sequence number and check digit begin

_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100—2015
_OFFICES = re.compile(r"1[1-39]|2[19]|3[1-79]|4[19]|5[1-39]|6[129]|7[129]|8[19]|9[1-3]")


def find_identities(text: str, runs: Iterable[tuple[int, int]]) -> Iterator[TextMatch]:
    """Yield the identity numbers of 18 digits and permits of foreigners in some runs of a text, in their order."""
    for start, end in runs:
        run = _Run(text, start, end)
        numbers = [place for place in run.numbers() if run.is_identity_at(place)]
        numbers.sort(key=lambda place: (run.is_inside(place), place))  # a separate number goes first
        used_places: set[int] = set()
        matches = list(find_permits(text, max(0, start - 6), end))
        for place in numbers:
            if used_places.isdisjoint((place, place + _LENGTH - 1)):
                used_places.update(range(place, place + _LENGTH))
                matches.append(run.match_at(place))
        yield from sorted(matches)


class _Run:
    """A run of digits; a ``place`` is the index of one of its digits."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._digits = plain(text[start:end])

    @cached_property
    def _places(self) -> list[int]:
        return places_in(self._text, self._start, self._end)

    def numbers(self) -> Iterator[int]:
        """Yield the places at which eighteen digits make an identity number."""
        for shape in _SHAPE.finditer(self._digits):
            if is_identity(shape[1]):
                yield shape.start()

    def match_at(self, place: int) -> TextMatch:
        """Return the match of the number at a place."""
        number = self._number(place)
        start, end = self._places[place], self._places[place + _LENGTH - 1] + 1
        return TextMatch(start, end, MatchKind.IDENTITY, number, f"{number[:2]}{'*' * 13}{number[-3:]}")

    def is_identity_at(self, place: int) -> bool:
        """Whether the digits at a place are one number, and that of a person."""
        start = self._places[place]
        if sum(self._text[at] in LETTERS for at in self._places[place : place + _LENGTH]) > _MOST_LETTERS:
            return False
        before = self._text[max(0, start - _CONTEXT) : start]
        if _OF_AGENCIES.search(before) or _INDEX_NO.match(self._text, start):
            return False
        gaps = [self._gap(at) for at in range(place, place + _LENGTH - 1)]
        if self.is_inside(place):
            return set(gaps) == {NO_GAP} and self._can_be_inside(place)
        if OF_IDENTITY.search(before):
            return True
        if set(gaps) == {NO_GAP}:
            return not self._is_code(place, before)
        if WALL_GAP in gaps and OF_IDENTITY.search(self._text, max(0, start - _HEADING), start):
            return True
        return is_one_number(_sizes(gaps), {gap for gap in gaps if gap != NO_GAP}) and self._is_bounded(place, gaps)

    def _number(self, place: int) -> str:
        return self._digits[place : place + _LENGTH]

    def _is_code(self, place: int, before: str) -> bool:
        """Whether eighteen digits without gaps are the number of a body or of an order, or an 索引号."""
        number, end = self._number(place), self._places[place + _LENGTH - 1] + 1
        if _OF_GOODS.search(before) and number[6] == "2":  # region and day of an order
            return True
        return bool(_OF_INDEX.match(self._text, end)) or is_credit_code(number)

    def _can_be_inside(self, place: int) -> bool:
        """Whether a part of a longer number is that of a person: it begins with a district and is no order number."""
        first = place
        while first > place - _MOST_BEFORE and first and self._is_joined(first - 1):
            first -= 1
        before = self._text[max(0, self._places[first] - _CONTEXT) : self._places[first]]
        number = self._number(place)
        if not _DISTRICT.match(number) or int(number[6:10]) > _NEWEST:
            return False
        if OF_IDENTITY.search(before):
            return True
        return not (_OF_GOODS.search(before) or (number[6] == "2" and _OF_NUMBERS.search(before)))

    def _is_bounded(self, place: int, gaps: Sequence[str]) -> bool:
        """Whether cells of one digit are those of a number, and not a part of a table of figures."""
        if set(gaps) != {WALL_GAP} or "\n" in self._text[self._places[place] : self._places[place + _LENGTH - 1]]:
            return True
        left = sum(1 for _ in takewhile(self._is_cell_border, range(place - 1, max(place - 2 - _MOST_BESIDE, -1), -1)))
        last = place + _LENGTH - 1
        right = sum(
            1 for _ in takewhile(self._is_cell_border, range(last, min(last + 1 + _MOST_BESIDE, len(self._places) - 1)))
        )
        return max(left, right) <= _MOST_BESIDE

    def _is_cell_border(self, place: int) -> bool:
        between = self._text[self._places[place] + 1 : self._places[place + 1]]
        return "\n" not in between and gap_of(between) == WALL_GAP

    def is_inside(self, place: int) -> bool:
        """Whether the digits at a place are a part of a longer number."""
        last = place + _LENGTH - 1
        return (place > 0 and self._is_joined(place - 1)) or (last + 1 < len(self._places) and self._is_joined(last))

    def _is_joined(self, place: int) -> bool:
        digit, following = self._text[self._places[place]], self._text[self._places[place + 1]]
        return (
            digit in CIPHERS
            and following in CIPHERS
            and (digit < "\u2e80") == (following < "\u2e80")
            and self._gap(place) == NO_GAP
        )

    def _gap(self, place: int) -> str:
        return gap_of(self._text[self._places[place] + 1 : self._places[place + 1]])


def _sizes(gaps: Sequence[str]) -> list[int]:
    sizes = [1]
    for gap in gaps:
        if gap == NO_GAP:
            sizes[-1] += 1
        else:
            sizes.append(1)
    return sizes


def is_one_number(sizes: Sequence[int], gaps: set[str]) -> bool:
    """Whether groups of digits are one number: neighbouring figures of a table are not."""
    if len(sizes) <= 2 or gaps == {"-"} or set(sizes) == {1}:
        return True
    borders = set(accumulate(sizes[:-1]))
    if borders <= _SECTIONS or WALL_GAP in gaps:
        return borders <= _SECTIONS
    if len(gaps) > 1:
        return len(sizes) <= 4
    return (len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]) or borders <= {3, *_SECTIONS}


def is_identity(number: str) -> bool:
    """Whether 18 characters are an identity number: province, day of birth, MOD 11-2.

    A permit of a foreigner (since 2023) has 9, province and country in the place of the district.
    """
    without_nine = number.removeprefix("9")
    if (
        len(number) != _LENGTH
        or not PROVINCES.match(without_nine)
        or not is_day(number[6:10], number[10:12], number[12:14])
    ):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def is_old_identity(number: str, *, sure: bool = False) -> bool:
    """Whether 15 digits are an old identity number, which has no check digit.

    Serial numbers made of a region and a day (110101 240506 001) look the same, so a year of birth from
    00 to 29 counts only when it is ``sure`` from the words before it: no such number was issued after 1999.
    """
    return (
        len(number) == 15
        and PROVINCES.match(number) is not None
        and number[2:6] != "0000"
        and number[12:] != "000"
        and (sure or number[6:8] >= "30")
        and is_day("19" + number[6:8], number[8:10], number[10:12])
    )


def is_credit_code(number: str) -> bool:
    """Whether 18 digits are a 统一社会信用代码 (GB 32100—2015), with both of its check characters.

    They are that of the organisation (GB 11714—1997) and its own. One identity number in five begins like such a
    code; of those one in 341 has both check characters by chance.
    """
    if not _OFFICES.match(number) or not PROVINCES.match(number[2:]):
        return False
    values = [_CODE.index(char) for char in number]
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    organisation = sum(value * weight for value, weight in zip(values[8:16], weights, strict=True))
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values[:17]))
    return "0123456789X"[-organisation % 11] == number[16] and _CODE[-total % 31] == number[17]
