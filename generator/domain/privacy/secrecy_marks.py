"""Secrecy marks (GB/T 9704—2012 clause 7.2.2: 密级★保密期限) and the marks of internal papers, however they are set.

The characters of a mark may be separated by blanks, invisible characters or markup, or each be on a line or in a cell
of its own. The words 国家秘密 or 内部资料 in a sentence are no mark: a mark is alone in its line, cell, brackets or
attribute, or has a star.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.model import MatchKind
from generator.domain.privacy.fold import NOTHING, WALL
from generator.domain.privacy.piece import TextMatch
from generator.domain.unseen import HANGUL_FILLERS, ZERO_WIDTH

_NOISE = r"[\W_]"
_NO_WORD = re.compile(rf"[\W_{HANGUL_FILLERS}]+")
_UNSEEN = re.compile(f"[{WALL}{ZERO_WIDTH}]+")
_APART = rf"{_NOISE}{{0,80}}+"
_BORDERS = "\n\t\x0b\x0c\x85\u2028\u2029|" + WALL
_BORDER = re.compile(f"[{re.escape(_BORDERS)}]")
_ABOVE = 24
_IN_BORDERS = re.escape(_BORDERS)
_SHORT_AFTER = re.compile(
    rf"(?:[{_IN_BORDERS}](?:[^\w{_IN_BORDERS}]{{0,20}}+\w){{0,2}}[^\w{_IN_BORDERS}]{{0,20}}+(?=[{_IN_BORDERS}]|\Z)){{0,40}}"
)
_CELLS = frozenset("|\t")


def _spaced(words: str) -> str:
    """Return a pattern of words whose characters may be separated; ``|`` separates alternatives."""
    return "(?:" + "|".join(rf"{_NOISE}{{0,12}}+".join(word) for word in words.split("|")) + ")"


_FIRST = re.compile(rf"[绝絕絶机機秘祕]{_NOISE}{{0,80}}\Z")  # looked for before every 密: there are few
_BEFORE = 81
_SIMPLE = str.maketrans("絕絶機祕內傳嚴請開註級", "绝绝机秘内传严请开注级")
_STAR = "★☆✭✯⭐✩✪✫✬✮✰⋆🌟"
_STARRED = re.compile(rf"(?:[^\w。；;，,、！？]|_){{0,40}}?[{_STAR}]")
_PERIOD = (
    r"(?:[0-9零〇一二三四五六七八九十百两半]{1,4}(?:年|个月|月|天|日|周|小时)"
    r"(?:零?[0-9一二三四五六七八九十]{1,3}个?[月天日])?半?)"
)
_UNTIL = r"(?:至|到)?(?:19|20)\d\d年?(?:[01]?\d月?)?(?:[0-3]?\d日?)?(?:前|止|为止|解密|公开)?"
_TERM = rf"(?:{_PERIOD}|{_UNTIL}|长期|永久|启封前|公布前|公开前|解密前|自?定)"
_ENDS = "|".join(map(_spaced, ("长期", "永久", "启封前", "公布前")))
_TERM_TYPED = re.compile(
    rf"{_NOISE}{{0,12}}+(?:{_ENDS}|[0-9０-９零〇一二三四五六七八九十]{{1,3}}{_NOISE}{{0,6}}+(?:年|个月|月|天|日|个)"
    rf"|至?{_NOISE}?(?:19|20)\d\d)"
)
_SIGN = re.compile(rf"{_NOISE}{{0,12}}?(?:[＊※●▲◆■·•#＃]|(?<!\*)\\?\*(?!\*))")
_FORBIDS = "(?:不得|严禁|请勿|禁止|切勿|不准|不要|不可|不宜|不许|谢绝|勿)(?:对外|向外|擅自|随意|私自|自行|再)?"
_SPREADS = "(?:外传|外泄|外借|外流|扩散|泄露|泄漏|散发|流传)"
_USES = f"(?:{_SPREADS}|转载|公开|复制|复印|传播|翻印|转发|发表|引用|拍照|摘抄|携带外出)"
_KEEPS = "(?:注意保密|用后收回|阅后收回|会后收回|阅后即焚|阅后销毁|用后销毁|会后交回)"
_TAKES_CARE = f"(?:{_KEEPS}|注意保存|妥善保管|妥善保存|注意保管)"
_INSTRUCTION = f"(?:(?:未经(?:许可|批准|允许|同意|授权))?{_FORBIDS}{_USES}|{_TAKES_CARE})"
_PAPER = (
    "(?:资料|文件|材料|刊物|文稿|参考|参阅|使用|传阅|学习|掌握|讲义|读物|发行|专用|文档|工作|会议|培训|交流"
    "|征求意见|稿|件|版|用)"
)
_URGENT = "(?:特急|特提|加急|平急|急件)"
_ALONE = re.compile(
    rf"(?:\d{{6}})?{_URGENT}?(?P<label>(?:文件|保密|涉密|秘密|定密)?(?:密级|等级|级别))?(?P<level>绝密|机密|秘密)(?:级|件)?"
    rf"(?:文件|材料|资料)?(?P<term>(?:保密期限)?{_TERM})?{_INSTRUCTION}*{_URGENT}?(?:第?\d+页(?:共\d+页)?)?(?:\d{{6}})?"
)
_LABELLED = re.compile(
    rf"密{_NOISE}{{0,12}}+级{_NOISE}{{0,6}}?[:：|\t]{_NOISE}{{0,6}}(?:[绝絕机機秘祕]{_NOISE}{{0,12}}+密)(?!{_NOISE}{{0,6}}(?:文件|级|以|或|和|及|[绝机秘]))(?!、)"
)
_INNER = {
    "内": re.compile(f"内{_APART}部"),
    "內": re.compile(f"內{_APART}部"),
    "外": re.compile(f"外{_APART}[传傳泄流]"),
}
_UPRIGHT = re.compile(f"内部(?:{_PAPER}|.{{0,16}}{_INSTRUCTION})")
_IS_INTERNAL = re.compile(
    rf".{{0,8}}(?:内部|涉密).{{0,16}}{_INSTRUCTION}.{{0,8}}"
    rf"|(?:仅供|仅限|只限|限|供)?(?:本?(?:单位|部门|系统|机关|[局委厅公]司?))?内部{_PAPER}+(?:第?\d{{1,4}}[期号])?"
    rf"|.{{0,8}}(?:仅供|仅限|只限|限)(?:本?(?:单位|部门|系统|机关|[局委厅公]司?))?内部{_PAPER}+.{{0,8}}"
    rf"|{_INSTRUCTION}*(?:{_FORBIDS}{_SPREADS}|{_KEEPS}){_INSTRUCTION}*"
)
_INTERNAL = re.compile(
    f"{_spaced('内部|涉密')}(?:{_NOISE}{{0,12}}+{_spaced('参考|参阅|资料|文件|材料|刊物|文稿|学习|会议')}){{0,3}}{_NOISE}{{0,12}}+"
    f"(?:{_spaced('不得|严禁|请勿|禁止|切勿|不准')}{_NOISE}{{0,12}}+(?:{_spaced('对外')})?{_NOISE}{{0,12}}+{_spaced('外传|外泄|扩散|转载|公开|复制')}"
    f"|{_spaced('注意保存|妥善保管|注意保密|用后收回|阅后即焚')})"
    f"|(?:{_spaced('仅供|限')}){_NOISE}{{0,12}}+{_spaced('内部')}{_NOISE}{{0,12}}+{_spaced('使用|参考|参阅|传阅|学习|掌握')}"
)
_ATTRIBUTE = re.compile(
    r"(?:alt|title|string|descr|aria-label|content|value|label|placeholder)\s{0,3}=\s{0,3}([\"'])([^\"'<>\n]{1,80})\1|!\[()([^\[\]\n]{1,80})\]"
)
_HAS_ATTRIBUTE = re.compile(r"!\[|=\s{0,3}[\"']")
_BULLET = re.compile(r"[ \t　>]*(?:[-+•·]|\*(?!\*))[ \t　]|[ \t　>]*#")
_HEAD = 1200  # up to here a level alone on its line is a mark, and not an item of a list
_POSSIBLE_BEFORE = "级別别件急提页"
_LONGEST = 40  # no mark has more characters
_BRACKETS = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕", "［": "］"}
_TRIM = ' \t　#*>|（）()【】[]《》“”"！!。_~`:：-—\x00'


class _Unit(NamedTuple):
    """A line, a cell or a passage in brackets; ``words`` are its characters without blanks and signs."""

    start: int
    end: int
    words: str


class _Level(NamedTuple):
    """A level that is alone in its unit."""

    unit: _Unit
    level: str
    sure: bool
    in_cell: bool
    in_list: bool


def find_marks(text: str) -> Iterator[TextMatch]:
    """Yield the marks of a text that was unescaped or folded before."""
    if "密" in text:
        yield from _levels(text)
    yield from _internal(text)
    if ("![" in text or "=" in text) and ("密" in text or "内" in text) and _HAS_ATTRIBUTE.search(text):
        yield from _attributes(text)


def _levels(text: str) -> Iterator[TextMatch]:
    for label in _LABELLED.finditer(text):
        yield _mark(text, *label.span())
    alone: list[_Level] = []
    for start, end in _places(text):
        if starred := _with_star(text, start, end):
            yield _mark(text, *starred)
            continue
        if start and text[start - 1].isalpha() and text[start - 1] not in _POSSIBLE_BEFORE:
            continue
        for unit in _units(text, start, end):
            if level := _alone(text, text[start:end], unit):
                alone.append(level)
                break
    has_several = len({level.level for level in alone}) > 1
    cells = sum(level.in_cell for level in alone)
    for level in alone:
        ordinary = level.in_list or (level.in_cell and (cells > 1 or _is_column(text, level.unit)))
        in_head = level.unit.start < _HEAD and not ordinary
        if level.sure or in_head or not (ordinary or has_several):
            yield _mark(text, level.unit.start, level.unit.end)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every 绝密, 机密 and 秘密."""
    end = text.find("密")
    while end >= 0:
        if first := _FIRST.search(text, max(0, end - _BEFORE), end):
            yield first.start(), end + 1
        end = text.find("密", end + 1)


def _with_star(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return start and end of a level with its star and term, else ``None``; other signs count only before a term."""
    before = text[max(0, start - 12) : start].rstrip(" \t　*_\u00a0" + NOTHING)
    star = _STARRED.match(text, end)
    if star and (not _BORDER.search(star[0]) or _ALONE.fullmatch(_unit(text, start, end).words)):
        term = _TERM_TYPED.match(text, star.end())
        return start, term.end() if term else star.end()
    sign = _SIGN.match(text, end)
    if sign and (term := _TERM_TYPED.match(text, sign.end())):
        return start, term.end()
    if before[-1:] and before[-1] in _STAR:
        unit = _unit(text, start, end)
        if _ALONE.fullmatch(unit.words) or re.match(rf"{_TERM}(?:绝密|机密|秘密)", unit.words):
            return text.rindex(before[-1], 0, start), end
    return None


def _alone(text: str, typed: str, unit: _Unit) -> _Level | None:
    matched = _ALONE.fullmatch(unit.words)
    if not matched:
        return None
    line = text.rfind("\n", 0, unit.start) + 1
    apart = any(char.isspace() or char in _BORDERS or unicodedata.category(char) == "Cf" for char in typed)
    in_cell = text[unit.start - 1 : unit.start] in _CELLS or text[unit.end : unit.end + 1] in _CELLS
    over_cells = apart and bool(_BORDER.search(typed))
    sure = over_cells or (not in_cell and bool(apart or matched["label"] or matched["term"]))
    return _Level(unit, matched["level"], sure, in_cell, bool(_BULLET.match(text, line)))


def _is_column(text: str, unit: _Unit) -> bool:
    """Whether a cell is in a table that has a column of levels."""
    return "密级" in text[max(0, unit.start - 2_000) : unit.start]


def _units(text: str, start: int, end: int) -> Iterator[_Unit]:
    """Yield the line or cell around a place, and the brackets around it where they begin or end the line."""
    line_or_cell = _unit(text, start, end)
    yield line_or_cell
    if inner := _bracketed(text, line_or_cell, start, end):
        yield inner


def _unit(text: str, start: int, end: int) -> _Unit:
    first = max(0, start - 200)
    first = max(first, *(text.rfind(char, first, start) + 1 for char in _BORDERS))
    border = _BORDER.search(text, end, end + 200)
    last = border.start() if border else min(len(text), end + 200)
    return _Unit(first, last, _words(text[first:last]))


def _bracketed(text: str, unit: _Unit, start: int, end: int) -> _Unit | None:
    first = max((text.rfind(char, unit.start, start) for char in _BRACKETS), default=-1)
    last = text.find(_BRACKETS[text[first]], end, unit.end) if first >= 0 else -1
    if last < 0 or (_words(text[unit.start : first]) and _words(text[last : unit.end])):
        return None
    return _Unit(first, last + 1, _words(text[first : last + 1])) if first < _HEAD else None


def _words(typed: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", typed)).translate(_SIMPLE)


def _internal(text: str) -> Iterator[TextMatch]:
    last = -1
    words = (word for first, pattern in _INNER.items() if first in text for word in pattern.finditer(text))
    for word in sorted(words, key=re.Match.start):
        if word.start() < last:
            continue
        if upright := _upright(text, *word.span()):
            yield _mark(text, upright.start, upright.end)
            continue
        unit = _unit(text, *word.span())
        in_cell = text[unit.start - 1 : unit.start] in _CELLS
        marked = len(unit.words) <= _LONGEST and _is_internal(text, unit, in_cell=in_cell)
        inner = None if marked else _bracketed(text, unit, *word.span())
        if inner and len(inner.words) <= _LONGEST and _IS_INTERNAL.fullmatch(inner.words):
            unit, marked = inner, True
        if marked:
            last = unit.end
            yield _mark(text, unit.start, unit.end)
        elif (sentence := _in_sentence(text, word.start())) is not None:
            last = sentence.end()
            yield _mark(text, *sentence.span())


def _is_internal(text: str, unit: _Unit, *, in_cell: bool) -> bool:
    if not _IS_INTERNAL.fullmatch(unit.words):
        return False
    plain = not re.search(_INSTRUCTION, unit.words) and not unit.words.startswith(("仅", "限", "只", "供"))
    return not (
        plain and (in_cell or (_BULLET.match(text, text.rfind("\n", 0, unit.start) + 1) and unit.start > _HEAD))
    )


def _upright(text: str, start: int, end: int) -> _Unit | None:
    """Return the unit of a mark whose characters are each on a line or in a cell of its own, else ``None``."""
    unit = _unit(text, start, end)
    if len(unit.words) > 4 or not _BORDER.search(text, start, end):
        return None
    short = _SHORT_AFTER.match(text, unit.end)
    words = _words(text[start : short.end() if short else unit.end])
    above = _words(text[max(0, start - _ABOVE) : start])[-4:]
    ordered = words.startswith("外") and re.search(rf"{_FORBIDS}\Z", above)
    return unit if ordered or _UPRIGHT.match(words) else None


def _in_sentence(text: str, place: int) -> re.Match[str] | None:
    """Return the words of a mark in a longer line, where brackets or blanks separate them from the rest."""
    for start in range(place, max(place - 16, -1), -1):  # 限内部, 仅供内部
        if text[start] in "内涉限仅" and (mark := _INTERNAL.match(text, start)):
            bracketed = text[start - 1 : start] in _BRACKETS and text[mark.end() : mark.end() + 1] in _BRACKETS.values()
            if bracketed or re.search(r"[\u4e00-\u9fff][ 　\u00a0]{1,4}[\u4e00-\u9fff]", mark[0]):
                return mark
    return None


def _attributes(text: str) -> Iterator[TextMatch]:
    for attribute in _ATTRIBUTE.finditer(text):
        group = 2 if attribute[2] is not None else 4
        words = _words(attribute[group])
        if _ALONE.fullmatch(words) or _IS_INTERNAL.fullmatch(words):
            yield _mark(text, *attribute.span(group))


def _mark(text: str, start: int, end: int) -> TextMatch:
    words = text[start:end]
    start += len(words) - len(words.lstrip(_TRIM + "\n"))
    words = words.strip(_TRIM + "\n")
    masked = " ".join(_UNSEEN.sub("", words).split())[:_LONGEST]
    return TextMatch(start, start + len(words), MatchKind.SECRECY, masked, masked)
