"""Single lines of an official document: what each can be, by its words alone."""

import datetime as dt
import re
from typing import NamedTuple

from generator.domain.doc_numbers import repair_doc_number
from generator.domain.doc_numbers.forms import NUMERAL, arabic
from generator.domain.numerals import DIGITS, TENS, from_numeral

_BLANKS = re.compile(r"\s+")
_YEAR, _DAY = rf"(\d{{4}}|[〇○ＯO{DIGITS}]{{4}})", rf"(\d{{1,2}}|[{TENS}]{{1,3}})"
_DATE = re.compile(rf"{_YEAR}年{_DAY}月{_DAY}日")
_ORGAN_ENDINGS = (
    "政府", "委员会", "办公室", "领导小组", "总局", "分局", "局", "委", "办", "部", "厅", "院", "处", "署", "行", "会",
    "中心", "站", "馆", "所", "支队", "大队", "公司", "大学", "学院", "学校", "联合社", "联席会议",
)  # fmt: skip
_MEETINGS = ("发布会", "座谈会", "听证会", "通报会", "交流会", "见面会", "培训会", "招聘会", "推进会")
_ORGAN_LETTERS = re.compile(r"[\u4e00-\u9fff（）()、·\d]{3,45}")
# What a sentence has and no name of a body: such a line above a day is the end of the text.
_SENTENCE = re.compile(
    r"[的了请你您我须把是至]|(?<!合)并|(?<!配)送|将(?!乐)|(?<!秭)归|(?<!自)由|属于|位于|设在|按照|根据|负责|特此|报(?:市|县|区|省|局|我)|到位|参加|关于|抓好"
    r"|联系(?!会议|办)|咨询(?!委|中心|公司)|办理(?!中心|处)|如下|[前内]向"
)
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[\d一二三四五六七八九十]{1,3}、|附件")
_SIGNER = re.compile(r"签发人[:：]?[\u4e00-\u9fff、·]{0,30}\Z")
_URGENT = re.compile(r"(?:特急|加急|特提|平急|急件)")
_COPY_NO = re.compile(r"(?:份号[:：]?)?(?:№|No\.?)?\d{6}")
_ORDER_NO = re.compile(rf"[（(]?第({NUMERAL})号[）)]?")
_ENDS_NUMBER = re.compile("号(?:[）)]|令|公告|通告)?\\Z")
_ANNOUNCING = ("公告", "通告")
_LONGEST_NUMBER = 40
_MOST_HEAD = 120
_NOTICE_NUMBER = re.compile(
    rf"[（(〔\[]? ?(\d ?\d ?\d ?\d|[〇○ＯO{DIGITS}]{{4}}) ?(?:年|[〕\]])"
    rf" ?(?:第 ?)?(\d{{1,5}}|[{TENS}]{{1,3}}) ?号 ?[）)]?\Z"
)
_SENT_TO = re.compile(r"(?:抄送|分送|主送|抄报|报)[:：]")
_PRINTED = re.compile(rf"(.{{0,40}}?){_DATE.pattern}印发")
_COPIES = re.compile(r"[（(]?共印\d+份[）)]?")
_CAPTION_WORDS = re.compile(r"通过|公布|发布|施行|修订|修正|批准|印发")
_PART_OF_TITLE = re.compile(
    r"[（(](?:试行|暂行|草案|征求意见稿|修订草案|送审稿|修订|修正|摘要|节选|20\d\d年版|20\d\d—20\d\d年).*[）)]"
)
GENRES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函",
    "纪要",
)  # fmt: skip
_TEXTS = (
    "办法", "规定", "细则", "条例", "规则", "规程", "方案", "计划", "规划", "制度", "措施", "要点", "指南", "目录",
    "清单", "标准", "预案", "规范", "准则", "守则", "解读", "问答", "说明", "公示", "名单", "答复", "反馈", "令",
    "总结", "安排",
)  # fmt: skip
_ENDS_TITLE = re.compile(rf"(?:{'|'.join((*GENRES, *_TEXTS))})(?:[（(][^（）()]{{1,30}}[）)])?\Z")


def compact(text: str) -> str:
    """Return a line without blanks."""
    return _BLANKS.sub("", text)


def date_of(text: str) -> dt.date | None:
    """Return the day that a line is and nothing else, in Chinese or Arabic digits.

    >>> date_of("二〇二六年五月 十二日")
    datetime.date(2026, 5, 12)
    """
    match = _DATE.fullmatch(compact(text))
    return _day(match.groups()) if match else None


def signed_on(text: str) -> tuple[str, dt.date] | None:
    """Return unit and day of a line that holds both (某某局　2026年5月6日)."""
    whole = compact(text)
    match = re.search(rf"{_DATE.pattern}\Z", whole)
    if not match or not is_organ(whole[: match.start()]):
        return None
    day = _day(match.groups())
    return (whole[: match.start()], day) if day else None


def printed_on(text: str) -> dt.date | None:
    """Return the day of printing, of a line of the 版记 (某某办公室　2026年5月7日印发)."""
    match = _PRINTED.fullmatch(compact(text))
    return _day(match.groups()[1:]) if match else None


def _day(parts: tuple[str, ...]) -> dt.date | None:
    try:
        year, month, day = map(from_numeral, parts)
        return dt.date(year, month, day)
    except (ValueError, KeyError):
        return None


def is_organ(text: str) -> bool:
    """Whether a line is the name of a public body."""
    whole = compact(text)
    return bool(
        _ORGAN_LETTERS.fullmatch(whole)
        and whole.endswith(_ORGAN_ENDINGS)
        and not whole.endswith(_MEETINGS)
        and not _SENTENCE.search(whole)
        and not _NUMBERED.match(whole)
    )


def organs_of(text: str) -> list[str]:
    """Return the public bodies of a line, several where blanks part them; empty where it says anything else."""
    parts = text.split()
    if len(parts) > 1 and all(is_organ(part) and len(compact(part)) > 3 for part in parts):
        return [compact(part) for part in parts]
    return [compact(text)] if is_organ(text) else []


def issuer_mark(text: str) -> str | None:
    """Return the body of a 发文机关标志 (某某局文件, 某某市人民政府令), empty for 文件 alone; else ``None``."""
    whole = compact(text).removesuffix("（）")
    for ending in ("文件", "令"):
        body = whole.removesuffix(ending)
        if body != whole and (is_organ(body) or (not body and ending == "文件")):
            return body
    return None


def is_order(text: str) -> bool:
    """Whether a 发文机关标志 is that of a decree."""
    return issuer_mark(text) is not None and compact(text).endswith("令")


def number_of(text: str) -> str | None:
    """Return the 文号 that a line is, whoever signs behind it; ``None`` for another line."""
    whole = _SIGNER.sub("", compact(text))
    if whole[:1] in "（(" and whole[-1:] in "）)":
        whole = whole[1:-1]
    if not _ENDS_NUMBER.search(whole) or len(whole) > _LONGEST_NUMBER:
        return None
    number, parted = repair_doc_number(whole), repair_doc_number(" ".join(text.split()))
    return parted if number and parted and compact(parted) == number else number  # a blank parts two bodies


def notice_head(text: str) -> str | None:
    """Return the bodies of a line like 某某局公告, with a blank between several; ``None`` for another line."""
    stripped = " ".join(text.split())
    for genre in _ANNOUNCING:
        match = re.fullmatch(rf"(.*\S)\s*{genre[0]}\s*{genre[1]}", stripped) if len(stripped) <= _MOST_HEAD else None
        if match:
            organs = match[1].split()
            if all(is_organ(one) for one in organs):
                return " ".join(organs)
    return None


def is_notice_genre(text: str) -> bool:
    """Whether a line is 公告 or 通告 alone, spread or not."""
    return compact(text) in _ANNOUNCING


class NoticeNumber(NamedTuple):
    """The number of a 公告 or 通告: the bodies before it, empty where the line does not name them, year and number.

    The year is 0 for one that is numbered through all years.
    """

    organs: str
    genre: str
    year: int
    number: int

    @property
    def text(self) -> str:
        """The number as it is cited: 某某局公告2026年第5号."""
        year = f"{self.year}年" if self.year else ""
        return f"{self.organs}{self.genre}{year}第{self.number}号"


def notice_number(text: str) -> NoticeNumber | None:
    """Return the number of a 公告 that a line is and nothing else: 2026年第5号, 某某局公告2026年第5号.

    >>> notice_number("（二〇二六年第五号）").text
    '公告2026年第5号'
    """
    stripped = " ".join(text.split())
    match = _NOTICE_NUMBER.search(stripped) if len(stripped) <= _MOST_HEAD else None
    if not match:
        return None
    before = stripped[: match.start()].strip(" （(")
    organs = notice_head(before) if before and not is_notice_genre(before) else ""
    if organs is None:
        return None
    genre = next((one for one in _ANNOUNCING if compact(before).endswith(one)), _ANNOUNCING[0])
    try:
        return NoticeNumber(organs, genre, from_numeral(compact(match[1])), from_numeral(compact(match[2])))
    except (ValueError, KeyError):
        return None


def order_number(text: str) -> str | None:
    """Return N of a line 第N号, in digits or in Chinese, which is below the mark of a decree.

    >>> [order_number(line) for line in ("第 058 号", "（第五十八号）", "5号")]
    ['58', '58', None]
    """
    match = _ORDER_NO.fullmatch(compact(text))
    return (arabic(match[1]) or None) if match else None


def is_signer(text: str) -> bool:
    """Whether a line is 签发人."""
    return bool(_SIGNER.fullmatch(compact(text)))


def is_urgency(text: str) -> bool:
    """Whether a line is 紧急程度."""
    return bool(_URGENT.fullmatch(compact(text)))


def is_copy_number(text: str) -> bool:
    """Whether a line is 份号."""
    return bool(_COPY_NO.fullmatch(compact(text)))


def is_of_letterhead(text: str) -> bool:
    """Whether a line belongs to the 版头 and nowhere else."""
    return bool(
        issuer_mark(text) is not None
        or number_of(text)
        or is_signer(text)
        or is_urgency(text)
        or is_copy_number(text)
        or order_number(text)
        or notice_number(text)
    )


def is_imprint(text: str) -> bool:
    """Whether a line belongs to the 版记: 抄送, who printed when, how many copies."""
    whole = compact(text)
    return bool(_SENT_TO.match(whole) or _PRINTED.fullmatch(whole) or _COPIES.fullmatch(whole))


def is_caption(text: str) -> bool:
    """Whether a line under a title is its 题注."""
    whole = compact(text)
    return whole[:1] in {"（", "("} and whole[-1:] in {"）", ")"} and bool(_CAPTION_WORDS.search(whole))


def is_part_of_title(text: str) -> bool:
    """Whether a line in brackets belongs to the title above it."""
    return bool(_PART_OF_TITLE.fullmatch(compact(text)))


def ends_title(text: str) -> bool:
    """Whether a line ends as a title does."""
    return bool(_ENDS_TITLE.search(compact(text)))


def genre_of(title: str) -> str | None:
    """Return the 文种 with which a title ends, brackets behind it or not; ``None`` for none of the fifteen."""
    bare = re.sub(r"[（(][^（）()]*[）)]\Z", "", title)
    return next((genre for genre in GENRES if bare.endswith(genre)), None)
