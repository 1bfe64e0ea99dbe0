"""The 文号 above a text and the day under its signature, each on a line of its own."""

import re

from generator.domain.doc_numbers import normalise_doc_number, repair_doc_number
from generator.domain.model import BlockKind, StatedDay, StatedNumber, Text
from generator.domain.printed_days import DAY, read_day

_HEAD_LINES = 12
_LONGEST = 60
_LABEL = re.compile(r"(?:发文字号|文[ 　]*号)[ 　]*[:：][ 　]*")
_SIGNER = re.compile(r"[ 　]{2,}.*|[ 　]*签发人[:：].*")
_NOT_A_NUMBER = re.compile(r"[《》。，,；;、]|\d[ 　]*年[ 　]*\d|根据|公布|发布")
_DAY_LINE = re.compile(rf"(?:(?P<organ>[\u4e00-\u9fff]{{4,40}})[ 　]+)?(?P<day>{DAY})")
_ORGAN = re.compile(r"(?:局|厅|委|会|府|部|院|室|心|处|科|署|行|司|社|团|队|站|所|中心)[）)]?\Z")
_TITLED = re.compile(r"(?:市长|省长|县长|区长|州长|局长|主任|部长|厅长|院长|会长|主席|总理)[ 　]*[\u4e00-\u9fff ]{2,6}\Z")
_ENDS = ("：", ":", "。")
_SIGNATURE = 80


def find_head_number(text: Text) -> StatedNumber | None:
    """Return the first line above the text that is a 文号 and nothing else, ``None`` where there is none."""
    place = 0
    for block in text.blocks:
        if not block.text:
            continue
        if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
            return None
        position = 0
        for line in block.text.split("\n"):
            place += 1
            words = line.strip()
            if place > _HEAD_LINES or len(words) > _LONGEST or words.endswith(_ENDS) or "。" in words:
                return None
            if "号" in words and (number := _number_of(words)):
                return StatedNumber(number, block.line_at(position))
            position += len(line) + 1
    return None


def _number_of(line: str) -> str | None:
    words = _SIGNER.sub("", _LABEL.sub("", line.strip("（）() 　"), count=1)).strip("（）() 　")
    return None if _NOT_A_NUMBER.search(words) else repair_doc_number(normalise_doc_number(words))


def find_signature_day(text: Text) -> StatedDay | None:
    """Return the day under the first signature: a line that is a day, below one that is a body; ``None`` for none."""
    words = text.words
    end = words.find("日\n")
    while end >= 0 or words.endswith("日"):
        stop = end + 1 if end >= 0 else len(words)
        start = words.rfind("\n", 0, stop) + 1
        match = _DAY_LINE.fullmatch(words[start:stop].strip()) if stop - start < _SIGNATURE else None
        if match and start and (day := read_day(match["day"])) and _is_signed(match["organ"], words, start):
            return StatedDay(day, text.line_at(stop - 1))
        if end < 0:
            return None
        end = words.find("日\n", stop)
    return None


def _is_signed(organ: str | None, words: str, start: int) -> bool:
    """Whether a body or a person signs on the line of a day, or on the line above it, below some text."""
    above = words[words.rfind("\n", 0, start - 1) + 1 : start - 1].strip()
    signer = organ or above
    is_signer = len(signer) <= _LONGEST and bool(_ORGAN.search(signer) or _TITLED.search(signer))
    return is_signer and "。" in words[:start]


