"""Numbers of persons: identity cards (GB 11643—1999 and its 15-digit forerunner), mobile phones, bank cards.

One regular expression looks for eleven digits with little between them; a text without any costs
no more. What it finds is cut into groups, and the groups are tried in their order.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from generator.model import FindKind
from generator.privacy.piece import Piece

_D = "0-9０-９"
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff`~\\"
_HYPHENS = r"\-‐‑‒–—―－．.·_"
_BLANKS = r" \t\u00a0\u2002-\u200a　"
# Two stars at most are emphasis; three and more are a mask that somebody has put there already.
_BETWEEN = rf"(?:[{_UNSEEN}{_HYPHENS}{_BLANKS}\n]|\*{{1,2}}+(?!\*))*+"
_CLUSTER = re.compile(rf"[0-9](?:{_BETWEEN}[0-9]){{10,}}+")
_WIDE_CLUSTER = re.compile(rf"[{_D}](?:{_BETWEEN}[{_D}]){{10,}}+")  # a third slower
_DIGITS = re.compile(rf"[{_D}]+")
_NOT_SEEN = re.compile(rf"[{_UNSEEN}*]+")
_X = re.compile(rf"[{_UNSEEN}{_HYPHENS}{_BLANKS}*]{{0,2000}}([XxＸｘ])(?![A-Za-z0-9])")
_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")

_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")  # GB/T 2260
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILE_SIZES = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4)})
_COUNTRY = re.compile(r"(?:00)?86(?=1[3-9]\d{9}\Z)")
# 银联 62 and the old national debit cards; cards of Visa, Mastercard, JCB and Amex only where the text speaks of cards.
_CARD = re.compile(r"62\d{14,17}|9558\d{15}|60(?:1382|3367|3506|3694)\d{13}")
_OTHER_CARD = re.compile(r"4\d{12}(?:\d{3})?|5[1-5]\d{14}|35\d{14}|3[47]\d{13}|[4-9]\d{15,18}")

_WINDOW = 18  # groups that one number may be typed in
_TOO_LONG = 20  # no number of a person has so many digits
_MOST_GROUPS = 5
_SPEAKS_OF = 24
_OF_IDENTITY = re.compile(r"身份证|公民身份|证件号|身份号")
_OF_CARDS = re.compile(r"银行卡|银行账|储蓄卡|借记卡|信用卡|社保卡|卡号|一卡通")
_OF_AGENCIES = re.compile(r"(?:信用代码|机构代码|索引号)(?:证|号)?(?:号码)?[ \t　:：（(]{0,4}\Z")
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
    """Digits that stand together; ``gap`` says what parts them from the next: ``-``, a blank, a line feed or a wall."""

    digits: str
    start: int
    end: int
    gap: str


def find_numbers(text: str) -> Iterator[Piece]:
    """Yield identity, mobile and bank-card numbers, in their order."""
    wide = "１" in text or "２" in text or "６" in text  # one of them is in every such number
    for cluster in (_WIDE_CLUSTER if wide else _CLUSTER).finditer(text):
        groups = _groups(text, cluster.start(), cluster.end())
        window = list(islice(groups, _WINDOW))
        while window:
            piece, taken = _first(text, window)
            if piece:
                yield piece
            window = [*window[taken:], *islice(groups, taken)]


def _groups(text: str, start: int, end: int) -> Iterator[_Group]:
    last: _Group | None = None
    for found in _DIGITS.finditer(text, start, end):
        digits = found[0][:_TOO_LONG].translate(_ASCII)
        gap = _gap(text[last.end : found.start()]) if last else "|"
        if last and not gap:
            last = last._replace(digits=(last.digits + digits)[:_TOO_LONG], end=found.end())
            continue
        if last:
            yield last._replace(gap=gap)
        last = _Group(digits, found.start(), found.end(), "|")
    if last:
        yield last


def _gap(between: str) -> str:
    seen = _NOT_SEEN.sub("", between)
    if not seen:
        return ""
    if seen.isspace():
        lines = seen.count("\n")
        return "|" if lines > 1 or (len(seen) > 3 and not lines) else "\n" if lines else " "
    bare = seen.strip()
    return "-" if len(bare) == 1 and len(seen) <= 3 else "|"


def _first(text: str, groups: Sequence[_Group]) -> tuple[Piece | None, int]:
    """Return the number that begins with the first group, and how many groups are done with."""
    joined = ""
    for count, group in enumerate(groups, 1):
        joined += group.digits
        if len(joined) >= _TOO_LONG:
            break
        if len(joined) >= 11:
            taken = groups[:count]
            piece = (len(joined) in {17, 18} and _identity(text, joined, taken)) or _other(text, joined, taken)
            if piece:
                return piece, count
        if group.gap == "|":
            break
    return None, 1


def _identity(text: str, digits: str, groups: Sequence[_Group]) -> Piece | None:
    start, end = groups[0].start, groups[-1].end
    if len(digits) == 17:
        tail = _X.match(text, end) if is_identity(digits + "X") else None
        if not tail:
            return None
        digits, end = digits + "X", tail.end()
    if not is_identity(digits) or text.startswith("/", end):
        return None
    before = text[max(0, start - _SPEAKS_OF) : start]
    if _OF_AGENCIES.search(before) or not (_is_one_number(groups) or _OF_IDENTITY.search(before)):
        return None
    return Piece(start, end, FindKind.IDENTITY, digits, f"{digits[:2]}{'*' * 13}{digits[-3:]}")


def _other(text: str, digits: str, groups: Sequence[_Group]) -> Piece | None:
    """Return a number without a good check of its own: what stands before and behind it must not speak against it."""
    if len(groups) > _MOST_GROUPS or len(gaps := {group.gap for group in groups[:-1]}) > 1 or "\n" in gaps:
        return None
    start, end = groups[0].start, groups[-1].end
    before = text[max(0, start - _SPEAKS_OF) : start]
    sizes = tuple(len(group.digits) for group in groups)
    if mobile := _mobile(digits, sizes):
        if mobile.endswith("000000") or _AN_AMOUNT.match(text, end):
            return None
        piece = Piece(start, end, FindKind.MOBILE, mobile, f"{mobile[:3]}****{mobile[-4:]}")
    elif len(sizes) == 1 and is_old_identity(digits, sure=bool(_OF_IDENTITY.search(before))):
        piece = Piece(start, end, FindKind.IDENTITY, digits, f"{digits[:2]}{'*' * 10}{digits[-3:]}")
    elif _is_card(digits, sizes, spoken_of=bool(_OF_CARDS.search(before))):
        stars = "*" * (len(digits) - 8)
        piece = Piece(start, end, FindKind.BANK_CARD, digits, f"{digits[:4]}{stars}{digits[-4:]}")
    else:
        return None
    against = not _stands_alone(text, start, end) or _OF_THINGS.search(before) or _is_address(text, start)
    return None if against else piece


def is_identity(number: str) -> bool:
    """Whether 18 characters are an identity number: province, day of birth, MOD 11-2."""
    if len(number) != 18 or not _PROVINCES.match(number) or not _is_day(number[6:10], number[10:12], number[12:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def is_old_identity(number: str, *, sure: bool = False) -> bool:
    """Whether 15 digits are an old identity number, which has no check digit.

    Serial numbers made of a region and a day (110101 240506 001) look the same, so without a word
    that says so a year of birth after 00 and before 30 is none: nobody got such a number after 1999.
    """
    return (
        len(number) == 15
        and _PROVINCES.match(number) is not None
        and number[2:6] != "0000"
        and number[12:] != "000"
        and (sure or number[6:8] >= "30")
        and _is_day("19" + number[6:8], number[8:10], number[10:12])
    )


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= dt.date(int(year), int(month), int(day)).year < 2060
    except ValueError:
        return False


def _is_one_number(groups: Sequence[_Group]) -> bool:
    """Whether groups of digits are one number: figures of a table that stand side by side are not."""
    sizes = [len(group.digits) for group in groups]
    gaps = {group.gap for group in groups[:-1]}
    if len(sizes) <= 2 or gaps == {"-"} or set(sizes) == {1}:
        return True
    if len(gaps) > 1:
        return len(sizes) <= 4
    borders = {sum(sizes[:count]) for count in range(1, len(sizes))}
    return (len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]) or borders <= {3, 6, 10, 12, 14, 17}


def _mobile(digits: str, sizes: tuple[int, ...]) -> str:
    country = _COUNTRY.match(digits)
    if country:
        first = sizes[0] - country.end()
        digits, sizes = digits[country.end() :], (first, *sizes[1:]) if first > 0 else sizes[1:]
    return digits if _MOBILE.fullmatch(digits) and sizes in _MOBILE_SIZES else ""


def _is_card(digits: str, sizes: tuple[int, ...], *, spoken_of: bool) -> bool:
    if len(sizes) > 1 and not (set(sizes[:-1]) == {4} or (sizes[0] == 6 and len(sizes) == 2)):
        return False
    if not (_CARD.fullmatch(digits) or (spoken_of and _OTHER_CARD.fullmatch(digits))):
        return False
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, no decimal point and no currency touches a number."""
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
