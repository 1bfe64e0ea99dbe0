"""The clauses that the text of an act says it changes: 第五条修改为, 第七条后增加, 第九条删去."""

import re
from collections.abc import Iterator

from generator.domain.clauses import clauses_in
from generator.domain.model import StatedAmendment, Text
from generator.domain.titles import title_key
from generator.source.facts.amending_text import TITLE, AmendingSentence, amending_sentences, titles_before
from generator.source.facts.quotations import INSIDE, OPENING

VERBS = re.compile(
    r"修改为|修改成|改为|修订为|替换为|调整为|更改为|变更为|增加|增写|新增(?=第|[一二两三四五六七八九十]*[条款项])|删去|删除|废止"
)
_TITLE = r"《[^《》]*》(?:[（(][^（）()]*[）)])?的?"
_DELETED_BEFORE = re.compile(rf"(?:删去|删除|废止|取消)(?:{_TITLE})?[^，,。；;《》]{{0,12}}\Z")
_NUMERAL = r"[零〇一二三四五六七八九十百千\d]+"
_ONE = rf"第{_NUMERAL}条(?:之[一二三四五六七八九十]+)?"
_RUN = re.compile(rf"{_ONE}(?:(?:[、，,和及与至到—－~～]|以及)*{_ONE})*")
# 本决定第三条, 作为第八条: clauses of the act itself, and those that it makes
_NOT_MEANT = re.compile(r"(?:本(?:决定|通知|公告|文)的?|作为|改为|变更为|调整为)\s*\Z")
_JOINED = re.compile(
    rf"(?:第{_NUMERAL}[款项目]|（[一二三四五六七八九十]+）|[、，,和及与中的内]|以及|分别|规定|{OPENING}{INSIDE}*|{_TITLE})*"
)
_EXCEPT_BEFORE, _EXCEPT_BEHIND = re.compile(r"除[^，,。；;]{0,12}\Z"), re.compile(r"[^，,。；;]{0,12}外")
_GROUND_BEFORE = re.compile(r"(?:根据|依据|依照|按照|对照)[^，,]{0,10}\Z")
_GROUND = re.compile(r"(?:规定|要求|精神|作如下修改|作出修改|变化)[^，,]{0,6}[，,]")


def find_stated_amendments(text: Text) -> Iterator[StatedAmendment]:
    """Yield the clauses that each sentence changes, without what is quoted.

    The title that governs a clause is the one before it in its sentence; ``earlier`` are those of the text before,
    the newest first.
    """
    if "条" in text.words and VERBS.search(text.words):
        for sentence in amending_sentences(text):
            for _, stated in stated_in(sentence):
                yield stated


def stated_in(sentence: AmendingSentence) -> Iterator[tuple[int, StatedAmendment]]:
    """Yield the clauses that one sentence says it changes, each with the place of the words that name it."""
    words = sentence.words
    if "条" not in words or not VERBS.search(words):
        return
    runs, titles = list(_RUN.finditer(words)), list(TITLE.finditer(words))
    for place, run in enumerate(runs):
        if any(title.start() < run.start() < title.end() for title in titles):
            continue
        if not _NOT_MEANT.search(words, 0, run.start()) and _is_changed(words, runs, place):
            named, earlier = governing_title(sentence, run.start()), titles_before(sentence, run.start())
            for clause in clauses_in(run[0]):
                yield run.start(), StatedAmendment(clause, named, earlier)


def _is_changed(sentence: str, runs: list[re.Match[str]], place: int) -> bool:
    """Whether a verb of change follows clauses before those of another verb do, or 删去 is right before them."""
    run = runs[place]
    if _EXCEPT_BEFORE.search(sentence, 0, run.start()) and _EXCEPT_BEHIND.match(sentence, run.end()):
        return False
    if _DELETED_BEFORE.search(sentence, 0, run.start()):
        return True
    verb = VERBS.search(sentence, run.end())
    if verb is None:
        return False
    if place + 1 < len(runs) and runs[place + 1].start() < verb.start():
        joined = _JOINED.fullmatch(sentence, run.end(), runs[place + 1].start())
        return joined is not None and _is_changed(sentence, runs, place + 1)
    is_ground = _GROUND_BEFORE.search(sentence, 0, run.start()) is not None
    return not (is_ground and re.search("[，,]", sentence[run.end() : verb.start()]))


def governing_title(sentence: AmendingSentence, position: int) -> str:
    """Return the key of the title that a clause at a place belongs to; empty where its sentence names none before it.

    A title that is only the ground of the change (根据《…》第三条的规定，) does not govern what follows it.
    """
    for title in reversed(list(TITLE.finditer(sentence.words, 0, position))):
        between = sentence.words[title.end() : position]
        return "" if _GROUND.search(between) else title_key(title[1])
    return ""
