"""Numbers of persons: mobile phones, bank cards, identity numbers of 15 digits; ``identity_numbers`` has those of 18.

A cluster of digits is split into groups, and the groups are tried in their order.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from generator.domain.model import MatchKind
from generator.domain.privacy.digits import CIPHERS, runs_in, with_basic
from generator.domain.privacy.gaps import NO_GAP, WALL_GAP, gap_of
from generator.domain.privacy.identity_numbers import OF_IDENTITY, find_identities, is_credit_code, is_old_identity
from generator.domain.privacy.piece import TextMatch
from generator.domain.unseen import BIDI_CONTROLS, VARIATION_SELECTORS, ZERO_WIDTH

# Without the Chinese ones: 一三八 in a text is no telephone number.
_DIGIT = "".join(char for char in CIPHERS if char.isalnum() and (char < "\u2e80" or "\uff00" < char < "\uffff"))
_HYPHENS = r"\-‐‑‒–—―－−﹣﹘．.·•・_"
_UNSEEN = rf"{ZERO_WIDTH}{BIDI_CONTROLS}{VARIATION_SELECTORS}\u20e3`~\\"  # with the enclosing keycap and markup
_BLANKS = r" \t\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# One or two stars are emphasis; three or more are a mask that is there already.
_BETWEEN = rf"(?:[{_UNSEEN}{_HYPHENS}{_BLANKS}\n]|\*{{1,2}}+(?!\*))*+"
_CLUSTER = re.compile(rf"[{_DIGIT}](?:{_BETWEEN}[{_DIGIT}]){{10,}}+")
_DIGITS = re.compile(rf"[{_DIGIT}]+")

_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILE_SIZES = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4)})
_COUNTRY = re.compile(r"(?:00)?86(?=1[3-9]\d{9}\Z)")
# 银联 62 and the old national debit cards; cards of Visa, Mastercard, JCB and Amex only where the text mentions cards.
_CARD = re.compile(r"62\d{14,17}|9558\d{15}|60(?:1382|3367|3506|3694)\d{13}")
_OTHER_CARD = re.compile(r"4\d{12}(?:\d{3})?|5[1-5]\d{14}|35\d{14}|3[47]\d{13}|[4-9]\d{15,18}")

_WINDOW = 18  # the most groups in which one number may be typed
_TOO_LONG = 20  # no number of a person has so many digits
_MOST_GROUPS = 5
_CONTEXT = 24
_OF_CARDS = re.compile(r"银行卡|银行账|储蓄卡|借记卡|信用卡|社保卡|卡号|一卡通")
_OF_THINGS = re.compile(
    r"(?:第|编号|文号|单号|订单|合同|流水|序列|序号|条码|条形码|许可证|许可|证书|备案|代码|编码|批次|批号|案号|票号|发票|注册号|型号"
    r"|货号|资产|设备|工号|学号|准考证|税号|识别号|受理|登记|索引号|(?<![A-Za-z])(?:QQ|ISBN|ISSN|IMEI|IMSI|SN|NO|ID))"
    r"(?:编?号|号码|为|是|\.)?[ \t　:：（(#＃“]{0,4}\Z",
    re.IGNORECASE,
)
_AN_AMOUNT = re.compile(r"\s{0,2}(?:[元万亿%％‰]|人民币|平方|公里|吨|千瓦|美元)")
_TELEPHONE_WORD = re.compile(r"(?:^|[^A-Za-z])(?:tel|phone|mobile|mob|sj)\Z", re.IGNORECASE)
_ADDRESS_BEFORE = re.compile(r"(?:https?://|www\.|\]\((?!tel:))[^\s\u4e00-\u9fff\"'<>|]*\Z")
_LINK_LOOK_BACK = 300


class _Group(NamedTuple):
    """Digits without a gap; ``gap`` is the one before the next group: ``-``, a blank, a line feed or a wall."""

    digits: str
    start: int
    end: int
    gap: str


def find_numbers(text: str) -> Iterator[TextMatch]:
    """Yield identity numbers, then mobile and bank-card numbers, each in the order of the text."""
    text = with_basic(text)
    runs = [run.span() for run in runs_in(text)]
    if not runs:
        return
    identities = list(find_identities(text, runs))
    yield from identities
    for start, end in _outside(runs, identities):
        for cluster in _CLUSTER.finditer(text, start, end):
            yield from _other_numbers(text, *cluster.span())


def _outside(runs: Sequence[tuple[int, int]], pieces: Sequence[TextMatch]) -> Iterator[tuple[int, int]]:
    """Yield the parts of runs that are outside the matches in them."""
    waiting = iter(pieces)
    piece = next(waiting, None)
    for start, end in runs:
        place = start
        while piece and piece.start < end:
            if piece.end > place:
                yield place, piece.start
                place = max(place, piece.end)
            piece = next(waiting, None)
        yield place, end


def _other_numbers(text: str, start: int, end: int) -> Iterator[TextMatch]:
    groups = _groups(text, start, end)
    window = list(islice(groups, _WINDOW))
    while window:
        match, count = _first(text, window)
        if match:
            yield match
        window = [*window[count:], *islice(groups, count)]


def _groups(text: str, start: int, end: int) -> Iterator[_Group]:
    last: _Group | None = None
    for match in _DIGITS.finditer(text, start, end):
        digits = "".join(map(CIPHERS.__getitem__, match[0][:_TOO_LONG]))
        gap = gap_of(text[last.end : match.start()]) if last else WALL_GAP
        if last and gap == NO_GAP:
            last = last._replace(digits=(last.digits + digits)[:_TOO_LONG], end=match.end())
            continue
        if last:
            yield last._replace(gap=gap)
        last = _Group(digits, match.start(), match.end(), WALL_GAP)
    if last:
        yield last


def _first(text: str, groups: Sequence[_Group]) -> tuple[TextMatch | None, int]:
    """Return the number that begins with the first group, and how many groups it takes up."""
    joined = ""
    for count, group in enumerate(groups, 1):
        joined += group.digits
        if len(joined) >= _TOO_LONG:
            break
        if len(joined) >= 11 and (piece := _other_number(text, joined, groups[:count])):
            return piece, count
        if group.gap == WALL_GAP:
            break
    return None, 1


def _other_number(text: str, digits: str, groups: Sequence[_Group]) -> TextMatch | None:
    """Return a number that has no strong check digit; the text before and after it must not speak against it."""
    if (old := _old_identity(text, digits, groups)) is not None:
        return old
    if len(groups) > _MOST_GROUPS or len(gaps := {group.gap for group in groups[:-1]}) > 1 or "\n" in gaps:
        return None
    start, end = groups[0].start, groups[-1].end
    before = text[max(0, start - _CONTEXT) : start]
    sizes = tuple(len(group.digits) for group in groups)
    if mobile := _mobile(digits, sizes):
        if mobile.endswith("000000") or _AN_AMOUNT.match(text, end):
            return None
        piece = TextMatch(start, end, MatchKind.MOBILE, mobile, f"{mobile[:3]}****{mobile[-4:]}")
    elif len(sizes) == 1 and is_old_identity(digits):
        piece = _old_match(digits, groups)
    elif _is_card(digits, sizes, is_announced=bool(_OF_CARDS.search(before))):
        stars = "*" * (len(digits) - 8)
        piece = TextMatch(start, end, MatchKind.BANK_CARD, digits, f"{digits[:4]}{stars}{digits[-4:]}")
    else:
        return None
    against = not _is_separate(text, start, end) or _OF_THINGS.search(before) or _is_address(text, start)
    return None if against else piece


def _old_identity(text: str, digits: str, groups: Sequence[_Group]) -> TextMatch | None:
    """Return an identity number of 15 digits, in groups of any size, after a word that announces one."""
    before = text[max(0, groups[0].start - _CONTEXT) : groups[0].start]
    named = len(digits) == 15 and OF_IDENTITY.search(before) and is_old_identity(digits, sure=True)
    return _old_match(digits, groups) if named else None


def _old_match(digits: str, groups: Sequence[_Group]) -> TextMatch:
    masked = f"{digits[:2]}{'*' * 10}{digits[-3:]}"
    return TextMatch(groups[0].start, groups[-1].end, MatchKind.IDENTITY, digits, masked)


def _mobile(digits: str, sizes: tuple[int, ...]) -> str:
    country = _COUNTRY.match(digits)
    if country:
        first = sizes[0] - country.end()
        digits, sizes = digits[country.end() :], (first, *sizes[1:]) if first > 0 else sizes[1:]
    return digits if _MOBILE.fullmatch(digits) and sizes in _MOBILE_SIZES else ""


def _is_card(digits: str, sizes: tuple[int, ...], *, is_announced: bool) -> bool:
    if len(sizes) > 1 and not (set(sizes[:-1]) == {4} or (sizes[0] == 6 and len(sizes) == 2)):
        return False
    if len(digits) == 18 and is_credit_code(digits):
        return False
    if not (_CARD.fullmatch(digits) or (is_announced and _OTHER_CARD.fullmatch(digits))):
        return False
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def _is_separate(text: str, start: int, end: int) -> bool:
    """Whether no letter, no decimal point and no currency sign is next to a number."""
    after = text[end : end + 2]
    if after[:1].isascii() and after[:1].isalpha():
        return False
    if after[:1] in {".", "．"} and after[1:].isdecimal():
        return False
    before = text[max(0, start - 8) : start]
    if before[-1:] in {"¥", "￥", "$"} or (before[-1:] == "." and before[-2:-1].isdecimal()):
        return False
    return not (before[-1:].isascii() and before[-1:].isalpha()) or bool(_TELEPHONE_WORD.search(before))


def _is_address(text: str, start: int) -> bool:
    return bool(_ADDRESS_BEFORE.search(text, max(0, start - _LINK_LOOK_BACK), start))
