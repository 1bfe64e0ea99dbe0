"""Which stars and underscores of a line are emphasis, and which are words (the handbook's 写正文).

Official text is full of stars that mean something: masked names and numbers (张**, 1101**********0021),
products (2*3*4米), notes (5%*). A star is emphasis only where it clearly opens or closes it; every other
one is a word and stays.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from generator.domain.surnames import SURNAMES
from generator.source.text.signs import CLOSE, LINE

_RUN = re.compile(r"\*+|_+")
_LONGEST = 3  # four stars or more always mask something
_PLAIN, _BOTH = 1, 3  # the marks of emphasis, and of emphasis and strong in one
_SEEN_BEFORE = 4  # characters on which the meaning of a star depends
_NEAR = 28  # characters that hold a sign and those words before it
_JOINING = frozenset("和与及对由为将给被向是、")
_CLOSING = frozenset("，。；：、！？）】》〉」』”’…,.;:!?)]}%％")
_OPENING = frozenset("（【《〈「『“‘([{")
# A surname that is also a common word before bold text is taken for the word.
_BEFORE_OPENING = _OPENING | frozenset("，。；：、！？,.;:!?—…·-~/\\|*_>`'\"")
_NAMES = SURNAMES - frozenset("于和向从任应时有令方万对同经由能者都安常全关查解终相")
_ROLES = (
    *("当事人", "申请人", "代表人", "负责人", "联系人", "受益人", "权利人", "经办人", "证人", "被告", "原告", "法人"),
    *("职工", "员工", "村民", "居民", "学生", "考生", "医生", "教师", "老师", "律师", "患者", "业主", "户主", "农户"),
    *("同志", "群众", "网友", "市民", "公民", "妻子", "丈夫", "儿子", "女儿", "父亲", "母亲", "家属", "主任", "会计"),
)
# What stands behind stars in the place of a number or a name: **年**月**日, **市**路**号, **有限公司.
_SHORT_UNIT = (
    "[年月日时分秒岁号路街道巷弄室栋幢座楼层元人名户件起次位个项条台辆亩米吨省市县区州旗镇乡村组"
    "局厅办所队站院校厂店行%％‰℃]"
)
_UNIT = f"(?:万元|亿元|公里|公斤|单元|号楼|街道|社区|小区|大街|大道|{_SHORT_UNIT})"
_BLANK = re.compile(rf"{_SHORT_UNIT}\Z|{_UNIT}[，。、；,;（）()*\s]|{_SHORT_UNIT}和")
_BLANK_BEHIND_WORD = re.compile(rf"{_UNIT}[^\w·]|{_SHORT_UNIT}[和与及或至]")
# Units that follow each other in a day and in an address.
_NEXT_UNITS = {
    row[0]: row[1:]
    for row in (
        *("年月", "月日", "日时", "时分", "省市州", "市区县镇", "县镇乡", "区街镇路", "镇村路", "乡村", "村组号"),
        *("组号", "路号", "街号", "道号社", "巷号", "号楼栋幢室院单", "楼室层单", "栋单室", "幢单室", "元室"),
    )
}
_UNITS = re.compile(rf"(?:{_UNIT}|[、，和与及或至到—~\-\s*])++\Z")
_UNIT_BEFORE, _UNIT_BEHIND = re.compile(rf"{_UNIT}\Z"), re.compile(_UNIT)
_GOES_ON = re.compile("[和与及等的]|有限|股份")
_TAGS = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>"), 3: ("<strong><em>", "</em></strong>")}


class Emphasis(NamedTuple):
    """One pair of marks: where the opening one begins and ends, where the closing one does."""

    start: int
    begin: int
    end: int
    stop: int

    @property
    def size(self) -> int:
        """How many signs each mark has: 1 emphasis, 2 strong, 3 both."""
        return self.begin - self.start


class _Run(NamedTuple):
    start: int
    stop: int
    mark: str
    opens: bool
    closes: bool


class _Masks(Enum):
    """Which of two runs of stars stand for something that is not to be read."""

    FIRST = auto()
    BOTH = auto()


def find_emphasis(text: str) -> list[Emphasis]:
    """Return the pairs of emphasis marks of one line or paragraph, in the order of their beginnings.

    Pairs never overlap but by lying inside one another. The cost grows with the length of the text.
    """
    pairs: list[Emphasis] = []
    opened: dict[str, _Run] = {}
    for run in _runs(text):
        opener = opened.get(run.mark) if run.closes else None
        if opener and (masks := _masks(text, opener, run)):
            del opened[run.mark]
            if masks is _Masks.BOTH and _is_word(_before(text, run.start)[-1:]):
                continue
            opener = None
        if opener and text[opener.stop : run.start].strip():
            while opened:  # what was opened inside and not closed is a word
                mark, _ = opened.popitem()
                if mark == run.mark:
                    break
            pairs.append(Emphasis(opener.start, opener.stop, run.start, run.stop))
        elif run.opens and (run.mark not in opened or not run.closes):
            opened.pop(run.mark, None)  # the nearest one counts
            opened[run.mark] = run
    return sorted(pairs)


def _masks(text: str, opener: _Run, closer: _Run) -> _Masks | None:
    """Return which of two runs of stars stand for a number or a name, ``None`` where they may emphasise."""
    if opener.mark[0] != "*":
        return None
    between = text[opener.stop : closer.start]
    if _BLANK.match(between) or ("*" in between and _UNITS.match(between)):
        return _Masks.FIRST
    before = _before(text, opener.start)
    if not _is_word(before[-1:]):
        return None
    if _BLANK_BEHIND_WORD.match(between):
        return _Masks.FIRST
    is_among_units = _UNIT_BEFORE.search(before) and _UNIT_BEHIND.match(text, closer.stop) and _UNITS.match(between)
    return _Masks.BOTH if between.endswith("、") or _GOES_ON.match(between) or is_among_units else None


def is_clearly_strong(before: str, words: str) -> bool:
    """Whether two stars on each side make words strong, behind some text and whatever follows."""
    near = before[-_SEEN_BEFORE:]
    line = f"{near}**{words}**"
    return all(
        any(pair.start == len(near) and pair.stop == len(line) for pair in find_emphasis(line + behind))
        for behind in ("", "甲", "1")
    )


def emphasised(text: str) -> tuple[str, str]:
    """Return a line that holds no other markup as HTML, and its words."""
    pairs = find_emphasis(text)
    if not pairs:
        return text, text
    tags = {start: (begin, _TAGS[begin - start][0]) for start, begin, _, _ in pairs}
    tags |= {end: (stop, _TAGS[stop - end][1]) for _, _, end, stop in pairs}
    html: list[str] = []
    words: list[str] = []
    done = 0
    for place in sorted(tags):
        html += [text[done:place], tags[place][1]]
        words.append(text[done:place])
        done = tags[place][0]
    return "".join((*html, text[done:])), "".join((*words, text[done:]))


def _runs(text: str) -> Iterator[_Run]:
    """Yield the runs of marks that may open or close emphasis; the others are words."""
    for match in _RUN.finditer(text):
        start, stop = match.span()
        mark = match[0]
        if len(mark) > _LONGEST:
            continue
        near, behind = _before(text, start), text[stop : stop + 1]
        before = near[-1:]
        if _is_digit(before) and _is_digit(behind):
            continue
        if mark[0] == "*" and (before == "某" or _is_surname(near)):
            continue
        if mark[0] == "*" and behind and behind in _NEXT_UNITS.get(before, ""):
            continue
        opens = bool(behind) and not behind.isspace() and behind not in _CLOSING
        closes = bool(before) and not before.isspace() and before not in _OPENING
        if mark[0] == "_" or len(mark) in {_PLAIN, _BOTH}:  # inside a word these are words
            opens = opens and not _is_word(before)
            closes = closes and not _is_word(behind)
        if len(mark) == _PLAIN and mark[0] == "*":  # behind a sign such as % or ㎡ it calls a note
            opens = opens and (not before or before.isspace() or before in _BEFORE_OPENING)
        if opens or closes:
            yield _Run(start, stop, mark, opens, closes)


def _before(text: str, position: int) -> str:
    """Return the few characters before a position, without a sign between them."""
    if text[position - 1 : position] == CLOSE:
        return LINE.sub("", text[max(position - _NEAR, 0) : position])[-_SEEN_BEFORE:]
    return text[max(position - _SEEN_BEFORE, 0) : position]


def _is_digit(character: str) -> bool:
    return character.isdecimal() or character in {"X", "x"}


def _is_word(character: str) -> bool:
    """Whether a character is a letter, digit or Chinese character, or a sign behind which one is hidden."""
    return character.isalnum() or character in {"\x02", "\x03"}


def _is_surname(near: str) -> bool:
    """Whether the last of a few characters is a surname that begins a word, or stands behind the role of a person."""
    if near[-1:] not in _NAMES:
        return False
    before = near[:-1]
    return not before[-1:].isalnum() or before[-1] in _JOINING or before.endswith(_ROLES)
