"""The attribute that a document prints (此件主动公开), and what it means (requirements ATTR-06).

Only a note that stands for itself counts: on a line of its own, or in brackets at the end of one.
A text that speaks about such notes, as rules on disclosure do, prints none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.vocabulary import Disclosure

_HOW = r"此件[ \t　]*([\u4e00-\u9fff]{0,12}?公开(?:发布|发表|刊登|刊发)?)"
_NAMED = r"(?:公开属性|信息公开选项)[ \t　]*[:：][ \t　]*([\u4e00-\u9fff]{2,8})"
_MARK = rf"(?:{_HOW}(?:[，,；;][^\n（）()\[\]【】〔〕]{{0,40}})?|{_NAMED})[。.]?"
_AROUND = r"[ \t　>*_]*"
_NOTE = rf"^{_AROUND}{_MARK}{_AROUND}$|[（(\[【〔]{_AROUND}{_MARK}{_AROUND}[）)\]】〕][ \t　>*_。.]*$"
_REFUSING = re.compile("不|免|暂|未|禁|内部")


class Printed(NamedTuple):
    """One note as printed, where it stands in the text, and the attribute that it means."""

    position: int
    text: str
    disclosure: Disclosure


def meaning_of(note: str) -> Disclosure | None:
    """Return the attribute that a note means, ``None`` for a text that is none."""
    printed = next(find_printed(note), None)
    return printed.disclosure if printed else Disclosure.parse(note.strip(" \t　（）()[]【】〔〕。.*_"))


def find_printed(text: str) -> Iterator[Printed]:
    """Yield every note that a text prints, in its order."""
    if "此件" not in text and "公开属性" not in text and "信息公开选项" not in text:
        return
    for found in re.finditer(_NOTE, text, re.MULTILINE):  # compiled when it is needed, which is seldom
        how = found[1] or found[3]
        named = found[2] or found[4]
        meant = _meaning(how) if how else Disclosure.parse(named or "")
        if meant:
            words = f"此件{how}" if how else str(named)
            place = text.index(how or named, found.start())
            yield Printed(place, words, meant)


def _meaning(how: str) -> Disclosure:
    if "申请" in how:
        return Disclosure.ON_REQUEST
    return Disclosure.WITHHELD if _REFUSING.search(how) else Disclosure.PROACTIVE
