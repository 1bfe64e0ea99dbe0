"""自…起施行 and 有效期 as a text states them of itself."""

import re
from collections.abc import Iterator

from generator.domain.model import StatedEffect, StatedTerm, Text
from generator.domain.model.stated_fields import DayBasis
from generator.domain.numerals import ORDINAL, TENS, from_numeral
from generator.domain.printed_days import DAY, read_day
from generator.source.facts.passages import Passage, Passages

_PERIODS = "(?:有效期|(?:试行|暂行|施行|执行|实施)期)"
_WORDS = ("施行", "有效期", "行期", "施期")
_TAKES_EFFECT = ("实施", "执行", "生效", "正式", "开始", "试行")  # behind 起 and 后
_SENTENCE = re.compile(r"[^。；;\n]+")
_GAP = re.compile(r"[，, 　]*")
_ON_THE_TEXT = re.compile("解释|通过|批准|印发|公布|发布")
_NUMBER = rf"(?:\d{{1,3}}|[{TENS}两]{{1,3}})"
_GENRES = (
    "办法|规定|细则|条例|法|通知|意见|方案|规程|规则|制度|措施|决定|决议|标准|公告|通告|通报|规范|准则|指南|指引|预案"
    "|规划|计划|纲要|要点|目录|清单|批复|函|令|解释|安排|章程|守则|流程|程序|基准|政策|文件"
)
_ITEM = rf"[ 　]*(?:第{ORDINAL}[条款项][ 　]*|[（(]?(?:[{TENS}]+|\d{{1,2}})[）)、.．][ 　]*)?"
_SELF = rf"[本此]《?(?P<noun>[\u4e00-\u9fff]{{0,8}}?(?:{_GENRES}))》?(?:[（(][^（）()]{{0,20}}[）)])?"
_REMARKS = (
    r"(?:由[^，,]{2,50}?解释[，,]|已?经[^，,]{2,40}?(?:通过|批准|同意|备案)[，,]"
    rf"|{_PERIODS}[^，,]{{1,24}}[，,]){{0,2}}"
)
_SUBJECT = re.compile(rf"{_ITEM}{_SELF}")
_UNNAMED = re.compile(rf"[ 　]*第{ORDINAL}条[ 　]+(?=自{DAY}起?(?:施行|实施)[，,]?)")  # a clause that says nothing else
_ISSUED = re.compile(r"现(?:予以?)?(?:印发|公布|发布|颁布)(?:给你们|施行)?[，,][ ]*(?:请[^，,]{2,30}[，,])?[ ]*")
_EFFECT = re.compile(
    rf"{_REMARKS}(?P<words>(?:并|现)?(?:(?:自|从|于)[ 　]?|(?={DAY}起))"
    rf"(?:(?P<day>{DAY})|(?P<printed>(?:印发|下发|制发|发文|成文)(?:之|当)日)"
    r"|(?P<published>(?:公开)?(?:公布|发布|颁布|公告|公开)(?:之|当)日))[ 　]?(?:零时|0时)?起?"
    rf"(?:满?(?P<count>{_NUMBER})(?P<unit>日|天|个月)(?:之|以)?后)?(?:正式|开始)?(?:施行|实施|执行|生效|试行))"
)
_TERM = re.compile(
    rf"[，,。；; 　]*的?(?P<words>(?:{_PERIODS}限?(?:暂定)?[为是：:]?[ 　]?|试行(?={_NUMBER}(?:年|个月)))(?:"
    rf"(?:自|从)?(?P<first>{DAY})起?(?:至|到)(?P<end>{DAY})"
    rf"|(?:截至|截止到?|截止至|截止于|至|到)[ 　]?(?:(?P<last>{DAY})|(?P<last_year>[12]\d{{3}}年)(?:年?[底末]))"
    rf"|(?P<count>{_NUMBER})[ 　]?(?P<unit>年|个月)(?:[，,]?(?:自|从){DAY}起?(?:至|到)(?P<until>{DAY}))?)止?)"
    r"(?=[ 　。，；,;（(]|\Z)"
)
_UNTIL = re.compile(
    rf"[，,](?P<words>(?:(?:有效)?(?:至|到)(?P<last>{DAY})(?:止|失效|废止)|(?:施行|执行|实施|试行)(?:至|到)(?P<end>{DAY})"
    rf"|于?(?P<until>{DAY})(?:起?自动)?(?:止|失效|废止|停止(?:施行|执行|实施))))"
)
_CHANGES = re.compile("修改为|改为|修订为|表述为|增加|替换为")


def find_effects_and_terms(text: Text, passages: Passages) -> tuple[tuple[StatedEffect, ...], tuple[StatedTerm, ...]]:
    """Return every statement of the effect and of the term of a text, each with its line."""
    effects: list[StatedEffect] = []
    terms: list[StatedTerm] = []
    for passage in passages.with_any(_WORDS, {"起": _TAKES_EFFECT, "后": _TAKES_EFFECT}):
        for effect, term in _statements(text, passage):
            effects += [effect] if effect else []
            terms += [term] if term else []
    return tuple(effects), tuple(terms)


def _statements(text: Text, passage: Passage) -> Iterator[tuple[StatedEffect | None, StatedTerm | None]]:
    """Yield what each sentence states, and the sentence behind one whose subject is the text itself."""
    spoken_of = False  # whether the sentence before, in the same line, has the text as its subject
    effect: StatedEffect | None = None
    end = 0
    for sentence in _SENTENCE.finditer(passage.words):
        if "\n" in passage.words[end : sentence.start()]:
            spoken_of, effect = False, None
        end = sentence.end()
        place = _behind_subject(passage, sentence, spoken_of=spoken_of)
        if place is None or _CHANGES.search(passage.words, sentence.start(), place):
            spoken_of, effect = False, None
            continue
        before = _term(text, passage, place, end, None)
        stated = _effect(text, passage, place, end)
        if stated:
            effect, place = stated
        term = before._replace(effect=effect) if before else _term(text, passage, place, end, effect)
        spoken_of = bool(stated or term or _ON_THE_TEXT.search(sentence[0]))
        if stated or term:
            yield (effect if stated else None), term


def _behind_subject(passage: Passage, sentence: re.Match[str], *, spoken_of: bool) -> int | None:
    """Return where a sentence goes on behind its subject, ``None`` where that is not the text itself."""
    subject = _SUBJECT.match(passage.words, sentence.start(), sentence.end())
    if subject:
        noun = subject["noun"]
        return subject.end() if noun in passage.names or noun in {"文件", "规范性文件"} else None
    if unnamed := _UNNAMED.match(passage.words, sentence.start(), sentence.end()):
        return unnamed.end()
    if issued := _ISSUED.search(passage.words, sentence.start(), sentence.end()):
        return issued.end()
    return sentence.start() if spoken_of else None


def _effect(text: Text, passage: Passage, start: int, end: int) -> tuple[StatedEffect, int] | None:
    gap = _GAP.match(passage.words, start, end)
    match = _EFFECT.match(passage.words, gap.end() if gap else start, end)
    if not match:
        return None
    day = read_day(match["day"]) if match["day"] else None
    if match["day"] and day is None:
        return None
    count = _number(match["count"]) if match["count"] else 0
    basis = DayBasis.PRINTED if match["printed"] else DayBasis.PUBLISHED if match["published"] else None
    line = text.line_at(passage.start + match.start("words"))
    days, months = (0, count) if match["unit"] == "个月" else (count, 0)
    return StatedEffect(match["words"], line, passage.part, day, basis, days, months), match.end()


def _term(text: Text, passage: Passage, start: int, end: int, effect: StatedEffect | None) -> StatedTerm | None:
    match = _TERM.match(passage.words, start, end) or _UNTIL.match(passage.words, start, end)
    if not match:
        return None
    groups = match.groupdict()
    line = text.line_at(passage.start + match.start("words"))
    year = groups.get("last_year")
    printed = groups.get("end") or groups.get("last") or groups.get("until") or (f"{year}12月31日" if year else "")
    if printed:
        last = read_day(printed)
        return StatedTerm(match["words"], line, passage.part, last, 0, effect) if last else None
    months = _number(match["count"]) * (12 if match["unit"] == "年" else 1)
    return StatedTerm(match["words"], line, passage.part, None, months, effect)


def _number(text: str) -> int:
    return from_numeral(text.replace("两", "二"))
