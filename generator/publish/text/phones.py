"""Phone numbers as ``tel:`` links, only where it is certain that a number is a phone number.

Certain is a number right behind a word for a phone (电话：8123400, 拨打12333), and one with its area code
(0371-12345678) unless the word before it says that it is something else (传真, 账号, 编号). A fax is never called.
"""

import re
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from generator.domain.model import Block
from generator.domain.model.text import with_html
from generator.source.text.block_reader import TOKEN

MAY_HAVE_PHONE = re.compile(r"[0-9](?:[0-9]{4}|00[-—－–])")
"""What every phone number has: five digits, or the beginning of a service number."""
_AREA = r"(?:0[0-9]{2,3}\s?[-—－–]\s?|[（(]0[0-9]{2,3}[）)]\s?)[0-9]{7,8}"
_SERVICE = r"[48]00[-—－–]?[0-9]{3}[-—－–]?[0-9]{4}"
_EXTENSION = r"(?:\s?(?:转\s?|[-—－–](?![0-9]{5}))(?P<extension>[0-9]{1,5}))?"
_ALONE = r"(?<![0-9A-Za-z.\-—－–/〔\[_#&])"
_END = r"(?![0-9A-Za-z_〕\]]|\s?[%％元万亿年号部台个条户次件人名家项份]|\s?[-—－–./][0-9])"
_SHORT = r"1[0-9]{10}|0[1-9][0-9]{8,10}|1[0-9]{4}|[2-8][0-9]{6,7}"
_NUMBER = re.compile(rf"{_ALONE}(?:(?P<area>{_AREA})|(?P<service>{_SERVICE})|(?P<short>{_SHORT})){_EXTENSION}{_END}")
_PHONE_WORD = re.compile(r"电话|热线|手机|拨打|致电|联系方式|座机|咨询|总机|值班|号码")
_LABEL = re.compile(  # at the end of the words before a number; another number may be between
    r"(?:(?:电话|热线|手机|座机|总机)(?:号码)?|拨打|致电)(?:[（(][^（()）]{0,12}[)）])?[\s:：为是]{0,3}"
    r"(?:[0-9（(][0-9（()）\-—－–转]{4,20}[、，,或和及/／\s]{1,3})?$"
)
_OTHER_WORD = re.compile(
    r"传真|[编代账帐单证案批文]号|代码|编码|索引|序号|标准|GB/T|文号|条码|型号|货号|卡号|QQ|邮编|许可|备案|网址|金额"
)
_LOOK_BACK = 24
_NO_LINK_INSIDE = frozenset({"a", "code", "pre", "summary", "button", "svg", "math", "script", "style"})
_NEW_LINE = frozenset({"p", "li", "td", "th", "dd", "dt", "tr", "table", "div", "blockquote", "figcaption"})
_LABEL_WORD = re.compile(rf"{_PHONE_WORD.pattern}|{_OTHER_WORD.pattern}")
_LONGEST_LABEL = 12
_NOT_DIGITS = re.compile(r"[^0-9]")


class _Phone(NamedTuple):
    """A phone number in a text: its place, and what a phone dials."""

    begin: int
    end: int
    dialled: str


def find_phones(text: str, before: str = "") -> list[_Phone]:
    """Return the phone numbers of a text; ``before`` are the words that precede it, such as the label of a field.

    >>> [phone.dialled for phone in find_phones("电话：0371-12345678转12；传真：0371-12345679")]
    ['0371-12345678;ext=12']
    """
    phones: list[_Phone] = []
    for match in _NUMBER.finditer(text):
        words = (before + text[: match.start()])[-_LOOK_BACK:]
        if not _is_phone(words, is_plain=match["short"] is not None):
            continue
        number = match["area"] or match["service"] or match["short"]
        dialled = _NOT_DIGITS.sub("", number)
        if match["area"]:
            code = _NOT_DIGITS.sub("", re.split(r"[-—－–）)]", number)[0])
            dialled = f"{code}-{dialled.removeprefix(code)}"
        if match["extension"]:
            dialled += f";ext={match['extension']}"
        phones.append(_Phone(match.start(), match.end(), dialled))
    return phones


def _is_phone(words: str, *, is_plain: bool) -> bool:
    """Whether the words before a number say that it is a phone number; of a plain one they must end with saying so."""
    if is_plain:
        return bool(_LABEL.search(words))
    other = max((match.start() for match in _OTHER_WORD.finditer(words)), default=-1)
    phone = max((match.start() for match in _PHONE_WORD.finditer(words)), default=-1)
    return phone > other or other < 0


def phone_html(markup: str, before: str = "") -> str:
    """Return the HTML of a text without tags, in which the phone numbers are links."""
    if not MAY_HAVE_PHONE.search(markup):
        return markup
    pieces: list[str] = []
    done = 0
    for phone in find_phones(markup, before):
        link = f'<a class="phone" href="tel:{phone.dialled}">{markup[phone.begin : phone.end]}</a>'
        pieces += [markup[done : phone.begin], link]
        done = phone.end
    return "".join((*pieces, markup[done:]))


def with_phones(value: object, label: str = "") -> Markup:
    """Return a plain value for a template, with its phone numbers as links; ``label`` is the name of its field."""
    escaped = escape(str(value), quote=False)
    return Markup(phone_html(escaped, f"{label}：" if label else ""))  # noqa: S704 -- escaped above


def with_phone_links(block: Block) -> Block:
    """Return a block of clean HTML whose phone numbers are links; ``MAY_HAVE_PHONE`` finds no place in most texts."""
    return with_html(block, _Linker().link(block.html))


class _Linker:
    """Put links into the text of one block, element by element.

    What precedes a number is the text of its paragraph or cell; in a cell first the label beside it, else the heading
    of its column.
    """

    def __init__(self) -> None:
        self._closed = 0  # elements around the place that take no link
        self._words = ""  # of the paragraph or cell so far
        self._label = ""  # of the cell
        self._row: list[str] = []
        self._headings: list[str] = []

    def link(self, markup: str) -> str:
        """Return the HTML with links."""
        pieces: list[str] = []
        done = 0
        for match in TOKEN.finditer(markup):
            pieces += [self._text(markup[done : match.start()]), match[0]]
            self._tag(match[2], closing=bool(match[1]))
            done = match.end()
        return "".join((*pieces, self._text(markup[done:])))

    def _text(self, text: str) -> str:
        if not text:
            return text
        linked = text if self._closed else phone_html(text, self._label + self._words)
        self._words += text
        return linked

    def _tag(self, name: str, *, closing: bool) -> None:
        if name in _NO_LINK_INSIDE:
            self._closed += -1 if closing else 1
        if name in {"td", "th"} and closing:
            self._row.append(self._words.strip())
        elif name == "tr" and closing:
            self._headings = self._headings or self._row
            self._row = []
        elif name == "table" and closing:
            self._headings = []
        if name in _NEW_LINE:
            self._words = ""
            self._label = self._label_of_cell() if name in {"td", "th"} and not closing else ""

    def _label_of_cell(self) -> str:
        beside = self._row[-1] if self._row else ""
        if len(beside) <= _LONGEST_LABEL and _LABEL_WORD.search(beside) and not any(map(str.isdigit, beside)):
            return f"{beside}："
        place = len(self._row)
        return f"{self._headings[place]}：" if place < len(self._headings) else ""
