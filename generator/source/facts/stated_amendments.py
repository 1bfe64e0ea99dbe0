"""The clauses that the text of an act says it changes: 第五条修改为, 第七条后增加, 第九条删去."""

import re
from collections.abc import Iterator

from generator.domain.clauses import clauses_in
from generator.domain.model import StatedAmendment, Text
from generator.domain.titles import title_key

_VERBS = re.compile(r"修改为|修改成|改为|增加|增写|删去|删除|废止")
_DELETED_BEFORE = re.compile(r"(?:删去|删除|废止|取消)[^，,。；;《》]{0,12}\Z")
_QUOTED = re.compile(r"“[^“”]*”|“[^“”]*\Z|‘[^‘’]*’")
_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)+)》")
_SENTENCE = re.compile(r"[^。；;\n]+")
_NUMERAL = r"[零〇一二三四五六七八九十百千\d]+"
_ONE = rf"第{_NUMERAL}条(?:之[一二三四五六七八九十]+)?"
_RUN = re.compile(rf"{_ONE}(?:(?:[、，,和及与至到—－~～]|以及)*{_ONE})*")
# 本决定第三条, 作为第八条: clauses of the act itself, and those that it makes
_NOT_MEANT = re.compile(r"(?:本(?:决定|通知|公告|文)的?|作为|改为|变更为|调整为)\s*\Z")
_JOINED = re.compile(rf"(?:第{_NUMERAL}[款项目]|（[一二三四五六七八九十]+）|[、，,和及与中的内]|以及|分别|规定)*")
_GROUND_BEFORE = re.compile(r"(?:根据|依据|依照|按照|对照)[^，,]{0,10}\Z")
_GROUND = re.compile(r"(?:规定|要求|精神|作如下修改|作出修改|变化)[^，,]{0,6}[，,]")
_DEEPEST = 4
_MOST_TITLES = 12


def find_stated_amendments(text: Text) -> Iterator[StatedAmendment]:
    """Yield the clauses that each sentence changes, without what is quoted.

    The title that governs a clause is the one before it in its sentence; ``earlier`` are those of the text before,
    the newest first.
    """
    words = text.words
    if "条" not in words or not _VERBS.search(words):
        return
    for _ in range(_DEEPEST):
        words, count = _QUOTED.subn(_blanks, words)
        if not count:
            break
    titles: list[str] = []
    for sentence in _SENTENCE.finditer(words):
        yield from _in_sentence(sentence[0], tuple(titles))
        for title in _TITLE.finditer(sentence[0]):
            key = title_key(title[1])
            titles = [key, *(one for one in titles if one != key)][:_MOST_TITLES]


def _in_sentence(sentence: str, earlier: tuple[str, ...]) -> Iterator[StatedAmendment]:
    if "条" not in sentence or not _VERBS.search(sentence):
        return
    runs, titles = list(_RUN.finditer(sentence)), list(_TITLE.finditer(sentence))
    for place, run in enumerate(runs):
        if any(title.start() < run.start() < title.end() for title in titles):
            continue
        if not _NOT_MEANT.search(sentence, 0, run.start()) and _is_changed(sentence, runs, place):
            before = [title_key(title[1]) for title in reversed(titles) if title.end() <= run.start()]
            named = _governing(sentence, run, titles)
            for clause in clauses_in(run[0]):
                yield StatedAmendment(clause, named, tuple(dict.fromkeys((*before, *earlier)))[:_MOST_TITLES])


def _is_changed(sentence: str, runs: list[re.Match[str]], place: int) -> bool:
    """Whether a verb of change follows clauses before those of another verb do, or 删去 is right before them."""
    run = runs[place]
    if _DELETED_BEFORE.search(sentence, 0, run.start()):
        return True
    verb = _VERBS.search(sentence, run.end())
    if verb is None:
        return False
    if place + 1 < len(runs) and runs[place + 1].start() < verb.start():
        joined = _JOINED.fullmatch(sentence, run.end(), runs[place + 1].start())
        return joined is not None and _is_changed(sentence, runs, place + 1)
    is_ground = _GROUND_BEFORE.search(sentence, 0, run.start()) is not None
    return not (is_ground and re.search("[，,]", sentence[run.end() : verb.start()]))


def _governing(sentence: str, run: re.Match[str], titles: list[re.Match[str]]) -> str:
    """Return the key of the title that a clause belongs to; empty where its sentence names none before it.

    A title that is only the ground of the change (根据《…》第三条的规定，) does not govern what follows it.
    """
    for title in reversed(titles):
        if title.end() <= run.start():
            between = sentence[title.end() : run.start()]
            return "" if _GROUND.search(between) else title_key(title[1])
    return ""


def _blanks(quoted: re.Match[str]) -> str:
    return "".join("\n" if char == "\n" else " " for char in quoted[0])
