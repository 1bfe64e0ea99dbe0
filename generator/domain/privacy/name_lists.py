"""Name lists: tables of persons with sensitive personal information (个人信息保护法 art. 28; SAFE-05)."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from generator.domain.model import MatchKind
from generator.domain.privacy.piece import TextMatch
from generator.domain.surnames import SURNAMES

# One heading is that of the persons, another one that of the information about them.
_PERSON = re.compile(r"姓[ 　]{0,4}名|户主|领取人|受助人")
_PERSON_WORDS = ("姓", "户主", "领取人", "受助人")
_MASKABLE = re.compile(r"身份证|证件号|银行卡|银行账|卡\s?号|一卡通|手机号?|住址|家庭地址")
_SENSITIVE = re.compile(r"残疾|低保|五保|特困|贫困|病种|疾病|病情|诊断|艾滋|宗教|信仰|未成年")
_HEADING_LENGTH = 20
_MOST_COLUMNS = 60
_MOST_LISTS = 300
_ROWS_LOOKED_AT = 100
_BELOW = 20_000
_CELLS = re.compile(r"[|\t,，;；]")
_LONGEST_HEAD = 600
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>|&nbsp;")
_MASKED = re.compile(r"[*＊×xX●○某]{2,}")
_NAME = re.compile(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff·]{1,3}|[*＊×某○]{1,2}[\u4e00-\u9fff]?)")


def find_name_lists(text: str) -> Iterator[TextMatch]:
    """Yield the headings of tables that list persons with sensitive information; empty forms are no lists."""
    if not any(word in text for word in _PERSON_WORDS):
        return
    if "<tr" in text or "<TR" in text:
        starts = [row.start() for row in _ROW.finditer(text)]
        rows = [_cells_of(text[start:end]) for start, end in pairwise([*starts, len(text)])]
        for index, start in enumerate(starts):
            yield from _list_at(start, rows[index], rows[index + 1 : index + 1 + _ROWS_LOOKED_AT])
    last = -1
    for match in islice(_PERSON.finditer(text), _MOST_LISTS):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        if start != last and 0 < end - start <= _LONGEST_HEAD:
            last = start
            cells = _split(text[start:end])
            if _sensitive(cells):
                below = text[end + 1 : end + 1 + _BELOW].split("\n", _ROWS_LOOKED_AT)[:_ROWS_LOOKED_AT]
                yield from _list_at(start, cells, [_split(line) for line in below])


def _split(line: str) -> list[str]:
    """Return the cells of a line; in a PDF only blanks separate them."""
    bare = line.strip().strip("|")
    return [cell.strip(" \t*\"'　\x00") for cell in (_CELLS.split(bare) if _CELLS.search(bare) else bare.split())]


def _cells_of(row: str) -> list[str]:
    return [_TAG.sub("", cell).strip() for cell in _CELL.split(row)[1:]]


def _list_at(start: int, heads: Sequence[str], below: Sequence[Sequence[str]]) -> Iterator[TextMatch]:
    person = next((n for n, cell in enumerate(heads) if _is_heading(_PERSON, cell)), None)
    if person is None or len(heads) > _MOST_COLUMNS:
        return
    headings = [heads[n] for n in _sensitive(heads) if n != person and _has_values(heads[n], n, person, below)]
    if headings:
        words = "、".join([heads[person], *headings])
        yield TextMatch(start, start, MatchKind.NAME_LIST, words, words)


def _sensitive(heads: Sequence[str]) -> list[int]:
    return [n for n, cell in enumerate(heads) if _is_heading(_MASKABLE, cell) or _is_heading(_SENSITIVE, cell)]


def _is_heading(pattern: re.Pattern[str], cell: str) -> bool:
    return len(cell) <= _HEADING_LENGTH and bool(pattern.search(cell))


def _has_values(heading: str, column: int, person: int, rows: Sequence[Sequence[str]]) -> bool:
    """Whether two rows or more have a name and a value under a heading; a masked number is no value."""
    masked_counts = bool(_SENSITIVE.search(heading))
    count = 0
    for row in rows:
        if len(row) > max(column, person) and is_name(row[person]) and row[column]:
            count += masked_counts or not _MASKED.search(row[column])
        if count == 2:
            return True
    return False


def is_name(cell: str) -> bool:
    """Whether a cell holds nothing but what looks like the name of a person."""
    bare = cell.replace(" ", "").replace("　", "")
    return bool(_NAME.fullmatch(bare)) and bare[0] in SURNAMES
