"""The 文号 above a text and the day under its signature, each on a line of its own."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.doc_numbers import fold_width, normalise_doc_number, repair_doc_number
from generator.domain.model import Block, BlockKind, StatedDay, StatedNumber, Text
from generator.domain.printed_days import DAY, read_day

_HEAD_LINES = 12
_LONGEST = 120
_LONGEST_SIGNER = 60
_SHORT_SENTENCE = 10  # an addressee, a remark on the edition
_LABEL = re.compile(r"(?:发文字号|文[ 　]*号)[ 　]*[:：][ 　]*")
_SIGNER = re.compile(r"[ 　]{2,}.*|[ 　]*签发人[:：].*")
_NOT_A_NUMBER = re.compile(r"[《》。，,；;、]|\d[ 　]*年[ 　]*\d|根据|公布|发布")
_DAY_LINE = re.compile(rf"(?:(?P<organ>[\u4e00-\u9fff]{{4,40}})[ 　]+)?(?P<day>{DAY})")
_ORGAN = re.compile(r"(?:局|厅|委|会|府|部|院|室|心|处|科|署|行|司|社|团|队|站|所|中心)[）)]?\Z")
_TITLED = re.compile(
    r"(?:市长|省长|县长|区长|州长|局长|主任|部长|厅长|院长|会长|主席|总理)[ 　]*[\u4e00-\u9fff ]{2,6}\Z"
)
_PASSED = re.compile(rf"(?<!自)(?<!自 )({DAY})(?![ 　]*起?施行)")
_ENDS = ("：", ":", "。")
_ABOVE = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.OTHER})
_SHORT_DAY = re.compile(r"((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})")
_LAST_LINES = 6
_SIGNATURE = 80


class StatedHead(NamedTuple):
    """What stands above a text: the first line that is a 文号 and nothing else, and the days of its 题注."""

    number: StatedNumber | None
    days: tuple[dt.date, ...]


def find_head(text: Text) -> StatedHead:
    """Return the number and the days above a text."""
    number: StatedNumber | None = None
    days: list[dt.date] = []
    for line, position in _head_lines(text):
        if "号" in line and number is None and (stated := _number_of(line)):
            number = StatedNumber(stated, position)
        if "日" in line:
            days += [day for printed in _PASSED.findall(line) if (day := read_day(printed))]
    return StatedHead(number, tuple(days))


def _head_lines(text: Text) -> Iterator[tuple[str, int]]:
    """Yield the lines above a text with their lines in the file: up to the first sentence, addressee or clause."""
    count = 0
    for block in text.blocks:
        if block.kind is BlockKind.TABLE and not count:
            yield from _labelled_cells(block)
            continue
        if block.text and block.kind not in _ABOVE:
            return
        position = 0
        for line in block.text.split("\n") if block.text else ():
            count += 1
            words = line.strip()
            is_sentence = words.endswith(_ENDS) or "。" in words
            if count > _HEAD_LINES or len(words) > _LONGEST or (is_sentence and len(words) > _SHORT_SENTENCE):
                return
            if not is_sentence:
                yield words, block.line_at(position)
            position += len(line) + 1


def _labelled_cells(block: Block) -> Iterator[tuple[str, int]]:
    """Yield the 文号 of a table above a text: the cell behind one that is its label."""
    position = 0
    is_number = False
    for line in block.text.split("\n"):
        if is_number:
            yield line.strip(), block.line_at(position)
        is_number = bool(_LABEL.fullmatch(f"{line.strip(' 　：:')}："))
        position += len(line) + 1


def _number_of(line: str) -> str | None:
    words = _SIGNER.sub("", _LABEL.sub("", line.strip("（）() 　"), count=1)).strip("（）() 　")
    return None if _NOT_A_NUMBER.search(words) else repair_doc_number(normalise_doc_number(words))


def find_signature_day(text: Text) -> StatedDay | None:
    """Return the day under the first signature: a line that is a day, below one that is a body; ``None`` for none.

    The last line of a text counts without a body above it: pages lose the seal.
    """
    words = text.words
    end = words.find("日\n")
    while end >= 0 or words.endswith("日"):
        stop = end + 1 if end >= 0 else len(words)
        start = words.rfind("\n", 0, stop) + 1
        match = _DAY_LINE.fullmatch(words[start:stop].strip()) if stop - start < _SIGNATURE else None
        if match and start and (day := read_day(fold_width(match["day"]))):
            is_last = stop == len(words) and not match["organ"]
            if is_last or _is_signed(match["organ"], words, start):
                return StatedDay(day, text.line_at(stop - 1))
        if end < 0:
            break
        end = words.find("日\n", stop)
    return _short_day(text)


def _short_day(text: Text) -> StatedDay | None:
    """Return a day such as 2024-05-06 that is one of the last lines, below the name of a body."""
    words = text.words
    start = len(words) + 1
    for _ in range(_LAST_LINES):
        stop, start = start - 1, words.rfind("\n", 0, start - 1) + 1
        match = _SHORT_DAY.fullmatch(words[start:stop].strip()) if stop - start < _SIGNATURE else None
        if match and start and _is_signed(None, words, start):
            day = read_day(f"{match[1]}年{match[3]}月{match[4]}日")
            return StatedDay(day, text.line_at(stop - 1)) if day else None
        if start == 0:
            break
    return None


def _is_signed(organ: str | None, words: str, start: int) -> bool:
    """Whether a body or a person signs on the line of a day, or on the line above it, below some text."""
    above = words[words.rfind("\n", 0, start - 1) + 1 : start - 1].strip()
    signer = organ or above
    is_signer = len(signer) <= _LONGEST_SIGNER and bool(_ORGAN.search(signer) or _TITLED.search(signer))
    return is_signer and "。" in words[:start]
