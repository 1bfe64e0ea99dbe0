"""What a page says of the limits of 依申请公开, and of going to court: to be compared with the law (REQ-03, REQ-07)."""

import re
from collections.abc import Iterator

from generator.domain.model import StatedLimit
from generator.domain.numerals import TENS, from_numeral
from generator.domain.vocabulary import RequestLimit
from generator.source.text.lines import Lines

_SEGMENT = re.compile(r"[^。；;\n|]+")
_PERIOD = re.compile(rf"(\d{{1,3}}|[{TENS}]{{1,3}})\s*(?:个)?\s*(工作日|日|天|月)(?!常|期|前|后|记|报)", re.ASCII)
_UNITS = {"工作日": "个工作日", "日": "日", "天": "日", "月": "个月"}
_BY_WORDS = (
    (RequestLimit.CORRECTION, re.compile("补正|更正申请")),
    (RequestLimit.THIRD_PARTY, re.compile("第三方|征求意见")),
    (RequestLimit.EXTENSION, re.compile("延长|延期")),
    (None, re.compile("诉讼|起诉|法院")),
    (RequestLimit.RECONSIDERATION, re.compile("复议")),
    (RequestLimit.REPLY, re.compile("答复|收到申请|受理申请")),
)
_OF_DECISION = re.compile("复议决定书?")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日", re.ASCII)
_DIRECT = re.compile("(?<![不得能可])直接(?:依法)?(?:向[^，]{0,16}法院)?(?:提起)?(?:行政)?(?:诉讼|起诉)")
_EITHER = re.compile("复议[，、]?(?:或者?|也可以?)[^，]{0,16}(?:诉讼|起诉)")
_REFUSAL = re.compile("不予公开|拒绝公开|不同意公开")


def find_stated_limits(body: str, first_line: int) -> Iterator[StatedLimit]:
    """Yield the limits that a text states, each once in its place; ``first_line`` is the line of its beginning."""
    lines = Lines(body, first_line)
    for match in _SEGMENT.finditer(body):
        segment = _OF_DECISION.sub(lambda part: "　" * len(part[0]), _DATE.sub(_blank, match[0]))
        line = lines.at(match.start())
        if _DIRECT.search(segment) or (_REFUSAL.search(segment) and _EITHER.search(segment)):
            yield StatedLimit(None, "", line)
        before = 0
        for period in _PERIOD.finditer(segment):
            limit = _limit(segment, before, period)
            if limit is not None:
                yield StatedLimit(limit, f"{from_numeral(period[1])} {_UNITS[period[2]]}", line)
            before = period.end()


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match[0])


def _limit(segment: str, before: int, period: re.Match[str]) -> RequestLimit | None:
    """Return which limit a period is: by the words up to the next comma, else by those up to the next period."""
    following = _PERIOD.search(segment, period.end())
    last = following.start() if following else len(segment)
    comma = segment.find("，", period.end(), last)
    for end in (comma if comma >= 0 else last, last):
        window = segment[before:end]
        for limit, words in _BY_WORDS:
            if words.search(window):
                return limit
    return None
