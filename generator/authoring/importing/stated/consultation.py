"""What the text of a consultation states: its first and its last day, and where opinions go."""

import re
from collections.abc import Iterator, Sequence

from generator.authoring.importing.stated.offered_field import OfferedField
from generator.authoring.importing.stated.periods import days_in, periods_in
from generator.authoring.importing.word.blocks import Block, block_text

_NEAR = 40  # characters
_MOST_CHANNELS = 8
_OF_OPINIONS = re.compile(r"征求|征集|征询|意见|建议|反馈")
_LAST_DAY_BEFORE = re.compile(
    r"(?:截止|截至|截止到|截止于)(?:时间|日期|日)?(?:为|是|到|至|于)?[:：]?\s*\Z|(?:请|可|应|均可)?(?:于|在)\s*\Z|至\s*\Z"
)
_LAST_DAY_BEHIND = re.compile(r"(?:[（(][^（）()]*[）)])?(?:\d{1,2}[:：时点]\d{0,2}分?)?(?:之?前|以前|截止|止)")
_HEADING = re.compile(r".{0,6}(?:征求|征集|征询|反馈)(?:意见)?的?(?:起止)?(?:时间|期限|日期)[:：]?")
_CLOSING = re.compile(r"截止|截至")
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LABELLED = re.compile(
    r"(?:(?:电子)?(?:邮箱|邮件)(?:地址)?|E-?mail|(?:通信|通讯|邮寄|联系|来信|信函|寄送)?地址|(?:信函|来信|书面|邮件)?(?:邮寄|寄送|寄往|寄至)(?:至|到)?|信函|来信|传真(?:号码)?|"
    r"(?:联系|咨询)?电话|网址|网上提交)(?:地址)?[:：为]\s*(?P<value>[^。；;，,\n]{4,80}(?:[，,]\s*邮(?:政编码|编)[:：]?\s*\d{6})?)",
    re.IGNORECASE,
)


def stated_by_consultation(blocks: Sequence[Block]) -> Iterator[tuple[str, OfferedField]]:
    """Yield first and last day, and the channels, of a consultation."""
    text = "\n".join(block_text(block) for block in blocks)
    periods = [
        one
        for heading, line in zip(["", *text.split("\n")], text.split("\n"), strict=False)
        for one in periods_in(line)
        if _OF_OPINIONS.search(one.before[-_NEAR:]) or _is_alone(one.before) or _HEADING.fullmatch(heading.strip())
    ]
    if len({(one.first, one.last) for one in periods}) == 1:
        words = f"{periods[0].before[-_NEAR:]}{periods[0].words}".strip()
        yield "opens_on", OfferedField(periods[0].first.isoformat(), words)
        yield "closes_on", OfferedField(periods[0].last.isoformat(), words)
    elif not periods and (last := _last_day(text)):
        yield "closes_on", last
    if channels := list(dict.fromkeys(_channels(text)))[:_MOST_CHANNELS]:
        yield "channels", OfferedField(tuple(channels), "、".join(channels))


def _is_alone(before: str) -> bool:
    """Whether nothing but a label is before a period: 时间：…, 一、期限：…."""
    return bool(
        re.fullmatch(r"(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])?\s*(?:时间|期限)[:：]?\s*(?:自|从)?", before)
    )


def _last_day(text: str) -> OfferedField | None:
    days: dict[str, str] = {}
    for one in days_in(text):
        near = one.before[-_NEAR:]
        is_closing = bool(_CLOSING.search(near) and _LAST_DAY_BEFORE.search(one.before))
        is_before = bool(_LAST_DAY_BEFORE.search(one.before) and _LAST_DAY_BEHIND.match(one.behind))
        is_of_opinions = _OF_OPINIONS.search(near) or _OF_OPINIONS.search(one.behind[:_NEAR])
        if (is_closing or is_before) and is_of_opinions:
            behind = match[0] if (match := _LAST_DAY_BEHIND.match(one.behind)) else ""
            days.setdefault(one.day.isoformat(), f"{near}{one.words}{behind}".strip())
    return OfferedField(*next(iter(days.items()))) if len(days) == 1 else None


def _channels(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        labelled = [match[0].strip() for match in _LABELLED.finditer(line)]
        yield from (" ".join(one.split()) for one in labelled)
        for mailbox in _MAILBOX.findall(line):
            if not any(mailbox in one for one in labelled):
                yield f"电子邮箱：{mailbox}"
