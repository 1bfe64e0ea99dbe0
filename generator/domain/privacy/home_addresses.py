"""Home addresses with a house number: behind a label, behind 住 in a sentence, or in a column of a table.

An office's address (办公地址, 单位住所, 住所地 of a company) is no home address.
"""

import re
from collections.abc import Iterator
from itertools import islice

from generator.domain.model import MatchKind
from generator.domain.privacy.piece import TextMatch

_WORDS = ("住", "户籍", "户口", "居", "家庭地址", "送达地址", "通讯地址", "通信地址")
# Every alternative begins with a character of its own: so the expression engine skips all others at once.
_BEHIND = "(?:所在|登记|详细)?(?:地址|住址|地)"
_LABEL = re.compile(
    "|".join(
        f"{word}{_BEHIND}" for word in ("家庭", "户籍", "户口", "常住", "现居住", "居住", "住宅", "暂住", "身份证")
    )
    + r"|住址(?<!单位住址)(?<!公司住址)(?<!企业住址)(?<!机构住址)|现居(?:住)?地|户籍(?=[ \t]?[:：])"
)
# Labels that persons and bodies have: they count where the last party before them is a person.
_SHARED_LABEL = re.compile(r"住所地?|住处|送达地址|通讯地址|通信地址|联系地址")
_SHARED_WORDS = ("地址", "住所", "住处")
_PERSON = re.compile(r"[男女](?=[，,、。；;）)\s|]|性$)|身份证|公民身份|出生|[汉满回藏苗壮]族|性别|公民")
_BODY = re.compile(
    r"公司|单位|企业|机关|机构|信用代码|营业执照|法定代表人|负责人|合作社|工厂|[厂店局]|中心|办公|联系人|窗口|大厅"
)
_BEFORE = 120
# 住 as a verb: not in 入住, 居住证, 常住人口, 住房 and so on.
_VERB = re.compile(
    r"住(?:(?<![入常停站拦留守记宿公廉自居]住)(?![所宿房院建宅址户])(?:在|于)?|(?<=居住)[在于])(?:[ \t]?[:：][ \t]?)?"
)
_MARKS = r"[ \t　*|\u200b\x00]"
_PREFIX = re.compile(rf"{_MARKS}{{0,400}}+(?:[:：]|为|在|是|于)?{_MARKS}{{0,400}}+")
_PLACE = re.compile(
    r"((?:[\u4e00-\u9fff]{0,30}(?:乡|镇|街道)|[\u4e00-\u9fff]{0,20}(?:省|市|县|州|旗|(?<![小社片园])区))?)"
    r"([\u4e00-\u9fffA-Za-z0-9０-９（）()#·\- 　－]{0,40}?"
    r"(?:[0-9０-９一二三四五六七八九十]{1,5}[ ]?(?:组|社|号楼|号院|号|栋|幢|单元|室|户|楼|弄|座)(?![文令])"
    r"(?:[0-9０-９A-Za-z一二三四五六七八九十\-－东西南北]{1,6}(?:组|号楼|号|栋|幢|单元|室|户|楼|座)){0,4}[0-9０-９]{0,4}"
    r"|(?<=[\u4e00-\u9fff])[0-9０-９]{1,3}(?:[-－—#][0-9０-９]{1,4}){1,3}(?![0-9０-９年月日号—-])))"
)
_LOCALITY = re.compile(r"[省市县区州旗乡镇村路街巷弄道寨屯]|小区|社区|花园|家园|大厦|公寓")
_NO_ADDRESS = re.compile(r"[的等了]|共有|人员|群众|居民|困难|酒店|宾馆|医院|养老院|房源|期间|规定")
_HOUSEHOLDS = re.compile(r"[户社楼]$")
_HEADING = re.compile(
    "(?:"
    + "|".join(
        f"{word}(?:所在地?|登记|详细)?(?:地址|住址|地)"
        for word in ("家庭", "户籍", "户口", "常住", "现居住", "现居", "居住", "住宅", "暂住")
    )
    + "|现住址|家住址|住址|户籍所在地)(?:（[^（）]{0,10}）)?"
)
_MOST_ROWS = 20_000
_LONGEST_ROW = 2_000


def find_home_addresses(text: str) -> Iterator[TextMatch]:
    """Yield home addresses more exact than 乡镇, each masked from there on."""
    if not any(word in text for word in _WORDS):
        return
    for label in _LABEL.finditer(text):
        yield from _address_behind(text, label.end())
    for label in _SHARED_LABEL.finditer(text) if any(word in text for word in _SHARED_WORDS) else ():
        if _belongs_to_person(text, label.start()):
            yield from _address_behind(text, label.end())
    for verb in _VERB.finditer(text):
        yield from _narrated(text, verb.end())
    yield from _in_columns(text)


def _address_behind(text: str, place: int) -> Iterator[TextMatch]:
    prefix = _PREFIX.match(text, place)
    address = _PLACE.match(text, prefix.end() if prefix else place)
    if address:
        yield _match(address)


def _match(address: re.Match[str]) -> TextMatch:
    value, masked = address[1] + address[2], f"{address[1]}****"
    return TextMatch(address.start(1), address.end(2), MatchKind.ADDRESS, value, masked)


def _belongs_to_person(text: str, place: int) -> bool:
    """Whether the last party that a text names before a place is a person."""
    before = text[max(0, place - _BEFORE) : place]
    person = max((match.end() for match in _PERSON.finditer(before)), default=-1)
    body = max((match.end() for match in _BODY.finditer(before)), default=-1)
    return person > body


def _narrated(text: str, place: int) -> Iterator[TextMatch]:
    """Yield the address directly behind 住: one with a street, a village or an estate, not a number of households."""
    address = _PLACE.match(text, place)
    if address is None:
        return
    value = address[1] + address[2]
    if _LOCALITY.search(value) and not _NO_ADDRESS.search(value) and not _HOUSEHOLDS.search(value):
        yield _match(address)


def _in_columns(text: str) -> Iterator[TextMatch]:
    """Yield the addresses in the columns of a table whose heading is 住址, 户籍地 or the like."""
    first = _HEADING.search(text)
    if not first:
        return
    columns: list[int] = []
    sign, start = "", text.rfind("\n", 0, first.start()) + 1
    for line in islice(text[start:].split("\n"), _MOST_ROWS):
        may_count = columns or _HEADING.search(line)
        if may_count and len(line) <= _LONGEST_ROW and (found := _sign_of(line)):
            cells = _cells(line, start, found)
            if headings := [n for n, (_, cell) in enumerate(cells) if _HEADING.fullmatch(cell)]:
                columns, sign = headings, found
            elif found == sign:
                for column in columns:
                    if column < len(cells) and (address := _PLACE.match(text, cells[column][0])):
                        yield _match(address)
        elif not line.strip():
            columns = []
        start += len(line) + 1


def _sign_of(line: str) -> str:
    return next((sign for sign in "|\t,，" if sign in line), "")


def _cells(line: str, start: int, sign: str) -> list[tuple[int, str]]:
    """Return the cells of a row with the positions of their first characters."""
    cells = []
    for cell in line.split(sign):
        bare = cell.strip(" \t　*\"'\u200b")
        cells.append((start + cell.find(bare) if bare else start, bare))
        start += len(cell) + 1
    return cells
