"""The disclosure note that a document prints (此件主动公开), and the attribute that it means (requirements ATTR-06).

Only a separate note counts: on a line of its own, or in brackets at the end of a line.
A text about such notes, such as rules on disclosure, prints none.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.unseen import ZERO_WIDTH
from generator.domain.vocabulary import Disclosure

_HOW = r"此件[ \t　]*([\u4e00-\u9fff]{0,12}?公开(?:发布|发表|刊登|刊发)?)"
_NAMED = r"(?:公开属性|信息公开选项)[ \t　]*[:：][ \t　]*([\u4e00-\u9fff]{2,8})"
_MARK = rf"(?:{_HOW}(?:[，,；;][^\n（）()\[\]【】〔〕]{{0,40}})?|{_NAMED})[。.]?"
_AROUND = r"[ \t　>*_]*"
_NOTE = rf"^{_AROUND}{_MARK}{_AROUND}$|[（(\[【〔]{_AROUND}{_MARK}{_AROUND}[）)\]】〕][ \t　>*_。.]*$"
_REFUSING = re.compile("不|免|暂|未|禁|内部")
_WORDS = (
    r"(?:(?:不予|不|依法不予|免予|不宜|暂不|暂缓|不对外|依法?申请|申请后)公开"
    r"|(?:仅?供|限)?内部(?:使用|资料|掌握|文件|参阅|参考)|不得外传|严禁外传)"
)
_LABEL = (
    r"(?:(?:政府)?(?:信息)?公开(?:属性|选项|方式|类别|类型|形式|程度|范围|分类)"
    r"|(?:此|本|该)(?:件|文件)[\u4e00-\u9fff]{0,12}?)"
)
_RESERVED = re.compile(
    rf"{_LABEL}:?{_WORDS}|^[\W_]*{_WORDS}(?:[,;][^\n]{{0,40}})?[\W_]*$|[(\[【〔]{_WORDS}[^\n]{{0,20}}?[)\]】〕][\W_]*$"
)
_MAY_RESERVE = re.compile(r"(?:公(?:[\W_]|<[^<>\n]{0,200}>){0,8}开|内[\W_]{0,8}部|外[\W_]{0,8}传)")
_MARKUP = re.compile(rf"<!--|-->|<[^<>]{{0,2000}}>|[\s*_|~`{ZERO_WIDTH}]")


class DisclosureNote(NamedTuple):
    """One note as printed, with its position in the text and the attribute that it means."""

    position: int
    text: str
    disclosure: Disclosure


def meaning_of(note: str) -> Disclosure | None:
    """Return the attribute that a note means, ``None`` for a text that is no note."""
    printed = next(find_disclosure_notes(note), None)
    return printed.disclosure if printed else Disclosure.parse(note.strip(" \t　（）()[]【】〔〕。.*_"))


def find_disclosure_notes(text: str) -> Iterator[DisclosureNote]:
    """Yield every note that a text prints, in the order of the text."""
    if "此件" not in text and "公开属性" not in text and "信息公开选项" not in text:
        return
    for match in re.finditer(_NOTE, text, re.MULTILINE):  # compiled here, because few texts need it
        how = match[1] or match[3]
        named = match[2] or match[4]
        disclosure = _meaning(how) if how else Disclosure.parse(named or "")
        if disclosure:
            words = f"此件{how}" if how else str(named)
            position = text.index(how or named, match.start())
            yield DisclosureNote(position, words, disclosure)


def _meaning(how: str) -> Disclosure:
    if "申请" in how:
        return Disclosure.ON_REQUEST
    return Disclosure.WITHHELD if _REFUSING.search(how) else Disclosure.PROACTIVE


def find_reserved(text: str) -> Iterator[str]:
    """Yield every line of a text that may say 不予公开 or 依申请公开, without blanks and markup.

    Unlike ``find_disclosure_notes`` this also searches comments and cells of tables, and includes lines that only
    mention such attributes; headings are left out.
    """
    end = 0
    for match in _MAY_RESERVE.finditer(text):
        if match.start() < end:
            continue
        end = text.find("\n", match.end())
        end = end if end >= 0 else len(text)
        line = text[text.rfind("\n", 0, match.start()) + 1 : end].replace("\n", "")
        plain = "" if line.lstrip().startswith("#") else _MARKUP.sub("", unicodedata.normalize("NFKC", line))
        if plain and (reserved := _RESERVED.search(plain)):
            yield reserved[0].strip("()[]【】〔〕。.,;:“”\"'")
