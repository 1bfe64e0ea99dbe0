"""Which documents a text repeals as a whole: 《…》（文号）同时废止, 决定废止《…》, 下列文件同时废止：…"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from generator.domain.doc_numbers import doc_numbers_in
from generator.domain.model import StatedRepeal, Text
from generator.domain.numerals import ORDINAL, TENS
from generator.domain.titles import title_key
from generator.source.facts.passages import Passage, Passages

_WORDS = ("废止", "失效", "作废")
_ACTS = ("执行", "施行", "实施")  # behind 停止 and 不再
_ENDED = "(?:废止|失效|作废|停止(?:执行|施行|实施)|不再(?:执行|施行|实施))"
_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE = re.compile(rf"[ 　]*第{ORDINAL}条[ 　]*")
_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)+)》")
_BRACKETS = r"(?:[ 　]?[（(][^（）()\n]*[）)])?"
_REPEALED = re.compile(
    r"(?:同时|即行|即时|一并|予以|相应|自行|同步|随之|宣布|之日起|日起)(?:同时|即行|予以|宣布)?"
    rf"{_ENDED}|(?<=[》）)号件]){_ENDED}(?=[，,]|\Z)"
)
_DECIDED = re.compile(r"(?:决定|现予?|一并|同时)废止[^《，,。；;]{0,16}(?=《)")
_JOINT = re.compile(rf"{_BRACKETS}[ ]?(?:[、，,]?(?:和|及|与|以及)|[、，,])?")
_ENDING = re.compile(
    rf"{_BRACKETS}[ ]?(?:等[^，,《]{{0,12}})?(?:文件?)?"
    r"(?:[，,]?(?:自|从)[^，,《]{2,24})?"
    r"[，,]?(?:均|也|亦|都|全部)?[ ]?"
)
_OTHER = re.compile(
    rf"根据|依据|按照|依照|参照|执行|修改为|除|以外|不一致|第{ORDINAL}[条款项]|中关于|中有关|有效期|规定的|解释"
)
_LIST = re.compile(
    r"(?:下列|以下|下述)[^：:。]{0,30}(?:同时|予以|即行|一并|全部|均)?(?:废止|失效)[^：:。]{0,12}[：:][ 　]*\Z"
)
_MIXED = re.compile("修改|保留|继续有效|废止或者?|部分条款")
_LISTED = re.compile(
    rf"[ 　]*(?:[（(]?(?:[{TENS}]+|\d{{1,3}})[）)、.．][ 　]*)?[^《》（）()\n]{{0,40}}(?:《(?P<title>.+)》"
    rf"|(?P<bare>[\u4e00-\u9fff]{{4,60}}))(?P<brackets>{_BRACKETS})[；;。，,、]?(?:以及|和)?[ 　]*"
)
_MOST_LISTED = 300
_IN_BRACKETS = re.compile(_BRACKETS)
_INSIDE = re.compile("[（(](.*)[）)]")


class _Item(NamedTuple):
    """A document that a sentence names: by its title and the number in brackets behind it, or by its number alone."""

    start: int
    end: int
    title: str
    number: str


def find_repeals(text: Text, passages: Passages) -> Iterator[StatedRepeal]:
    """Yield the documents that a text says it repeals as a whole, each once."""
    given: set[tuple[str, str]] = set()
    for passage in passages.with_any(_WORDS, {"止": _ACTS, "再": _ACTS}):
        for repeal in (*_in_sentences(text, passage), *_in_list(text, passages, passage)):
            if (key := (repeal.title, repeal.number)) not in given:
                given.add(key)
                yield repeal


def _in_sentences(text: Text, passage: Passage) -> Iterator[StatedRepeal]:
    words = passage.words
    for sentence in _SENTENCE.finditer(words):
        if not any(word in sentence[0] for word in ("止", "失效", "作废", "不再")):
            continue
        clause = _CLAUSE.match(sentence[0])
        start = sentence.start() + (clause.end() if clause else 0)
        for match in _REPEALED.finditer(words, start, sentence.end()):
            for item in _items_before(words, start, match.start()):
                yield _repeal(text, passage, item, words[item.start : match.end()])
        for match in _DECIDED.finditer(words, start, sentence.end()):
            for item in _items_behind(words, match.end(), sentence.end()):
                yield _repeal(text, passage, item, words[match.start() : item.end])


def _items(words: str, start: int, end: int) -> list[_Item]:
    """Return the titles, and the numbers outside brackets, between two places."""
    items: list[_Item] = []
    for match in _TITLE.finditer(words, start, end):
        brackets = _IN_BRACKETS.match(words, match.end(), end)
        inside = _INSIDE.search(brackets[0]) if brackets and brackets[0] else None
        number = next((one.text for one in doc_numbers_in(inside[1])), "") if inside else ""
        items.append(_Item(match.start(), match.end(), title_key(match[1]), number))
    if "号" in words[start:end]:
        covered = [(one.start, _behind_brackets(words, one.end)) for one in items]
        for found in doc_numbers_in(words[start:end]):
            at, until = start + found.start, start + found.end
            if not any(first <= until <= last for first, last in covered):
                items.append(_Item(at, until, "", found.text))
    return sorted(items)


def _behind_brackets(words: str, position: int) -> int:
    match = _IN_BRACKETS.match(words, position)
    return match.end() if match else position


def _items_before(words: str, start: int, verb: int) -> Iterator[_Item]:
    """Yield the documents of the enumeration that ends at a verb, from its end."""
    items = _items(words, start, verb)
    following = verb
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        before = items[place - 1].end if place else start
        gap = words[item.end : following]
        if following == verb:
            if not _ENDING.fullmatch(gap):
                return
        elif not (joint := _JOINT.match(gap)) or (joint.end() == 0 and gap) or _OTHER.search(gap[joint.end() :]):
            return
        prefix = words[before : item.start]
        clause = prefix[max(prefix.rfind("，"), prefix.rfind(",")) + 1 :]
        if _OTHER.search(clause):
            return
        yield item
        following = item.start


def _items_behind(words: str, start: int, end: int) -> Iterator[_Item]:
    """Yield the documents of the enumeration that begins behind a verb."""
    items = _items(words, start, end)
    for place, item in enumerate(items):
        following = items[place + 1].start if place + 1 < len(items) else end
        gap = words[item.end : following]
        rest = gap[_behind_brackets(gap, 0) :].lstrip()
        if rest and rest[0] not in "、，,和及与以等《":
            return
        yield item
        if rest[:1] in {"，", ","} or _OTHER.search(rest):
            return


def _in_list(text: Text, passages: Passages, heading: Passage) -> Iterator[StatedRepeal]:
    """Yield the documents listed in the lines behind 下列文件同时废止："""
    if "：" not in heading.words and ":" not in heading.words:
        return
    own = [(heading, offset, line) for offset, line in _lines(heading.words)]
    for at, (_, _, line) in enumerate(own):
        if not _LIST.search(line) or _MIXED.search(line):
            continue
        following = passages.behind(heading, _MOST_LISTED)
        behind = ((passage, offset, one) for passage in following for offset, one in _lines(passage.words))
        for passage, offset, listed in chain(own[at + 1 :], behind):
            match = _LISTED.fullmatch(listed)
            number = next((one.text for one in doc_numbers_in(match["brackets"])), "") if match else ""
            if not match or not (match["title"] or number):
                break
            title = title_key(match["title"] or match["bare"])
            yield _repeal(
                text, passage, _Item(offset, offset + len(listed), title, number), listed.strip(" 　；;。，,、")
            )


def _lines(words: str) -> Iterator[tuple[int, str]]:
    position = 0
    for line in words.split("\n"):
        yield position, line
        position += len(line) + 1


def _repeal(text: Text, passage: Passage, item: _Item, words: str) -> StatedRepeal:
    return StatedRepeal(item.title, item.number, words[-60:], text.line_at(passage.start + item.start + 1))
