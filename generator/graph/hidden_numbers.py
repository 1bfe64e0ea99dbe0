"""Find the 文号 of documents that are not public, in whatever form a text gives them.

A number is matched by its end: running text does not show where a 机关代字 begins. Only the character of a province
that is no part of a word makes it another body's number (鲁政办发 is not 政办发, but 全国 and 共和国 are words).
"""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from generator.domain.doc_numbers import doc_number_key, doc_numbers_in, ends_with_word, parts_of
from generator.domain.doc_numbers.words_before import PROVINCES, words_of
from generator.domain.model import Document
from generator.domain.numerals import DIGITS, to_chinese

_NOT_WORDS = re.compile(r"[\W_]+")
# Words that end with such a character and begin with one of those behind which a number may begin.
_WORDS_WITH_PROVINCE = words_of(
    """
    各国 本国 该国 他国 中国 外国 内国 等国 此国 和国 可贵 名贵 不甘 自甘 内蒙 上云 如云 不吉 不宁 中宁 后藏 前藏
    内藏 外藏 名川 上川 下川 中川 全国 我国 天津 江苏 西藏 辽宁 南宁 西宁 济宁 云南 黔贵
    """
)
_ACT = re.compile(r"(.*?)(公告|通告|公示|通报|令)\Z")
_OWN_NAME = r"(?:我|本|市|省|县|区)(?:局|厅|委|部|办|院|处|行|署|会|府|政府|中心|单位|机关)"
_PLAIN_KEY = re.compile(r"([\u4e00-\u9fff〇]+(?<!公告|通告|公示|通报)(?<!令))〔(\d{4})〕(\d+)号")
_PLAIN = re.compile(r"(\D+)(\d{4})年?第?0*(\d+)号?")
_MARKUP = re.compile(r"[*_~`\\\u200b-\u200f\u2060\ufeff]")
_LONGEST_IN_CHINESE = 4
_NO_DIGIT, _NO_NUMERAL = r"(?!\d)", r"(?![〇零百\d一二三四五六七八九十])"


@lru_cache(maxsize=4_096)
def squeezed(text: str) -> str:
    """Return a text without spaces and punctuation: 例某发〔2024〕 9号 becomes 例某发20249号."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def squeezed_offsets(text: str) -> list[int]:
    """Return for every character of the squeezed form of a text its offset in the text."""
    return [
        offset
        for offset, char in enumerate(text)
        for _ in _NOT_WORDS.sub("", char if char.isascii() else unicodedata.normalize("NFKC", char))
    ]


class HiddenNumbers:
    """The numbers of hidden documents, by their keys; false where there are none.

    A number that a public document also has is none of them; ``public`` are the keys of those.
    """

    def __init__(self, hidden: Mapping[str, Document], public: Iterable[str]) -> None:
        public_keys = frozenset(public)
        self._numbers = {key: document for key, document in hidden.items() if key not in public_keys}
        ends = tuple(self._numbers)
        self._longer_public_keys = tuple(key for key in public_keys if ends and key.endswith(ends))
        public_tails = {_act_of(key) for key in public_keys} if ends else set()
        by_code: dict[str, list[str]] = defaultdict(list)
        self._special: list[tuple[str, re.Pattern[str]]] = []  # announcements, decrees, codes with a sign
        for key in sorted(ends, key=len, reverse=True):
            if plain := _PLAIN_KEY.fullmatch(key):
                by_code[plain[1]].append(rf"{_year(plain[2])}年?第?{_count(plain[3])}号?")
            else:
                pattern = _special_pattern(key, own_name=_act_of(key) not in public_tails)
                self._special.append((key, re.compile(pattern)))
        self.patterns = (
            *(rf"{code}(?:{'|'.join(numbers)})" for code, numbers in by_code.items()),
            *(pattern.pattern for _, pattern in self._special),
        )

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def in_number(self, number: str) -> Document | None:
        """Return the hidden document whose 文号 is at the end of a number from a text."""
        if not self._numbers:
            return None
        key = doc_number_key(number)
        if key.endswith(self._longer_public_keys or ("\0",)):
            return None
        return next(
            (
                document
                for end, document in self._numbers.items()
                if key.endswith(end) and not _is_of_another(key[: len(key) - len(end)], at_boundary=False)
            ),
            None,
        )

    def in_match(self, match: re.Match[str], visible_text: str, offsets: Sequence[int]) -> Document | None:
        """Return the hidden document of a match of ``patterns`` in the squeezed form of a text, with its offsets."""
        words = match.string
        plain = _PLAIN.fullmatch(match[0])
        key = f"{plain[1]}〔{plain[2]}〕{plain[3]}号" if plain else ""
        if key not in self._numbers:
            key = next((key for key, pattern in self._special if pattern.fullmatch(match[0])), "")
        if not key:
            key = next((key for key in self._numbers if _says(match[0], key)), "")
        if not key:
            return None
        before = words[: match.start()]
        code = squeezed(key.partition("〔")[0])
        if any((before[-len(longer) :] + code).endswith(longer) for longer in self._longer_codes(key)):
            return None
        boundary = bool(before) and _is_boundary(visible_text, offsets[match.start() - 1])
        return None if _is_of_another(before, at_boundary=boundary) else self._numbers[key]

    def in_lists(self, visible_text: str) -> Iterator[tuple[int, Document]]:
        """Yield the hidden documents whose numbers share the code of another: 6号 in 例某发〔2024〕5、6号."""
        if not self._numbers:
            return
        for number in doc_numbers_in(_MARKUP.sub("", visible_text)):
            if not number.code and (document := self.in_number(number.text)):
                yield _offset_with_markup(visible_text, number.start), document

    def _longer_codes(self, key: str) -> list[str]:
        return [squeezed(longer.partition("〔")[0]) for longer in self._longer_public_keys if longer.endswith(key)]


def _offset_with_markup(text: str, count: int) -> int:
    """Return the offset in a text of the character at index ``count`` of the text without markup."""
    return next(itertools.islice((offset for offset, char in enumerate(text) if not _MARKUP.match(char)), count, None))


def _is_boundary(text: str, offset: int) -> bool:
    """Whether the character at an offset is the first of its text, or behind punctuation."""
    before = text[:offset].rstrip()
    return not before or bool(_NOT_WORDS.match(before[-1]))


def _is_of_another(before: str, *, at_boundary: bool) -> bool:
    """Whether what is before a number makes it that of a body in another province.

    ``at_boundary`` is whether punctuation is before the last character.
    """
    if before[-1:] not in PROVINCES or before.endswith(_WORDS_WITH_PROVINCE):
        return False
    return at_boundary or len(before) == 1 or ends_with_word(before[:-1])


def _act_of(key: str) -> tuple[str, str, str] | None:
    """Return act, year and ordinal of the number of an announcement or a decree, ``None`` for other numbers."""
    parts = parts_of(key)
    act = _ACT.fullmatch(parts.code) if parts else None
    return (act[2], parts.year, parts.ordinal) if parts and act else None


def _says(words: str, key: str) -> bool:
    """Whether squeezed words are a number of the plain form, with Chinese numerals."""
    plain = _PLAIN_KEY.fullmatch(key)
    if not plain or not words.startswith(plain[1]):
        return False
    return bool(re.fullmatch(rf"{_year(plain[2])}年?第?{_count(plain[3])}号?", words[len(plain[1]) :]))


def _special_pattern(key: str, *, own_name: bool) -> str:
    """Return a pattern for the number of an announcement or a decree in squeezed text, in any way of writing.

    ``own_name`` is whether 我局公告 means it too.
    """
    parts = parts_of(key)
    if parts is None:
        return re.escape(squeezed(key))
    year, count = _year(parts.year) if parts.year else "", _count(parts.ordinal)
    act = _ACT.fullmatch(squeezed(parts.code))
    if act is None:
        return rf"{re.escape(squeezed(parts.code))}{year}年?第?{count}号?"
    name = re.escape(act[1])
    if own_name and act[1]:
        name = rf"(?:{name}|{_OWN_NAME})"
    if not year:
        return rf"{name}(?:{act[2]}第?{count}号?|第{count}号{act[2]})"
    return rf"{name}(?:{act[2]}{year}年?第?{count}号?|{year}年?第?{count}号{act[2]})"


def _year(year: str) -> str:
    """Return a pattern for a year in squeezed text, in digits or in Chinese."""
    return rf"(?:{year}|{''.join('[零〇O]?' if digit == '0' else DIGITS[int(digit)] for digit in year)})"


def _count(ordinal: str) -> str:
    """Return a pattern for the ordinal of a number in squeezed text, in digits or in Chinese."""
    count = rf"0*{ordinal}{_NO_DIGIT}"
    return rf"(?:{count}|{to_chinese(int(ordinal))}{_NO_NUMERAL})" if len(ordinal) <= _LONGEST_IN_CHINESE else count
