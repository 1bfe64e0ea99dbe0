"""What the text of an act does to the words of single clauses: 第五条修改为：“…”, 将第六条中的“甲”修改为“乙”.

Only instructions of a fixed form are read. Where a text says that it changes a clause in other words, the edit is
``UNREAD``: then nothing is made of that clause.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.clauses import clause_number, clauses_in
from generator.domain.model import ClauseEdit, EditKind, Text
from generator.source.facts.amending_text import NOT_WORDS, AmendingSentence, amending_sentences, titles_before
from generator.source.facts.quotations import INSIDE, OPENING
from generator.source.facts.stated_amendments import VERBS, governing_title, stated_in
from generator.source.text.anchors import CLAUSE

_N = r"[零〇一二三四五六七八九十百千\d]+"
_CLAUSE = rf"第{_N}条(?:之[一二三四五六七八九十]+)?"
_Q = rf"{OPENING}{INSIDE}*"
_BEGIN = re.compile(
    r"[ 　]*(?:(?:[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十]+|\d+)[）)]|\d+[.．、])[ 　]*)?"
    r"|.*?(?:[，,：:]|作如下修改|如下修改|决定)[ 　]*"
)
_LEAD = r"(?:现|决定|同时|并|其中|另|(?:原)?办法|将|把|对|在|原|[，、,： 　])*"
_TITLE = r"(?:《(?:[^《》]|《[^《》]*》)+》(?:[（(][^（）()]*[）)])?的?)?"
_PLACE = (
    rf"(?P<clause>{_CLAUSE})?(?:第(?P<paragraph>{_N})款)?的?"
    rf"(?:第?[（(](?P<item>{_N})[）)]项?|第(?P<item_too>{_N})项)?"
)
_WHERE = rf"{_LEAD}{_TITLE}(?:原)?{_PLACE}"
_TO = r"(?:修改为|修改成|改为|修订为|替换为|调整为|更改为|变更为)"
_GO = r"(?:删去|删除|取消)"
_WORDS = r"(?:字样|一词|一语|的表述|的内容)?"
_INSIDE = r"(?:中的?|里的?|内的?|的)?"
_COLON = r"[：: 　]*"
_RENAMED = rf"(?:{_TO}|作为)(?P<number>{_CLAUSE})"
_MORE = r"(?:新?增(?:加|写)|新增)"
_AS = rf"(?:[，,]?(?:分别)?作为(?P<numbers>{_CLAUSE}(?:[、和至]{_CLAUSE})*))?"
_NEW_PLACE = rf"(?:第(?P<paragraph_new>{_N})款|第?[（(]?(?P<item_new>{_N})[）)]?项)"
_END = r"(?=[。；;，,、）)\s]|\Z)"

_FORMS: tuple[tuple[EditKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form + _END))
    for kind, form in (
        (
            EditKind.REWRITE,
            rf"{_WHERE}(?:的?(?:内容|规定|全文))?(?:{_RENAMED}[，,]?(?:并)?)?{_TO}{_COLON}(?P<new>{_Q})",
        ),
        (EditKind.EXCHANGE, rf"{_WHERE}{_INSIDE}(?P<old>{_Q}){_WORDS}{_TO}{_COLON}(?P<new>{_Q}){_WORDS}"),
        (EditKind.EXCHANGE, rf"{_LEAD}{_GO}{_WHERE}{_INSIDE}(?P<old>{_Q}){_WORDS}"),
        (EditKind.EXCHANGE, rf"{_WHERE}{_INSIDE}{_GO}(?P<old>{_Q}){_WORDS}"),
        (EditKind.EXCHANGE, rf"{_WHERE}{_INSIDE}(?P<old>{_Q}){_WORDS}(?:予以)?{_GO}"),
        (
            EditKind.EXCHANGE,
            rf"{_WHERE}{_INSIDE}(?P<beside>{_Q}){_WORDS}之?(?P<side>[后前])(?:增加|增写|加上|补充){_COLON}(?P<new>{_Q}){_WORDS}",
        ),
        (EditKind.DELETE, rf"{_LEAD}(?:{_GO}|废止){_WHERE}(?P<more>(?:[、，和及]{_CLAUSE})*)"),
        (EditKind.DELETE, rf"{_WHERE}(?P<more>(?:[、，和及]{_CLAUSE})*)(?:予以|全文|全部)?(?:{_GO}|废止)"),
        (
            EditKind.ADD,
            rf"{_LEAD}{_TITLE}(?:(?P<behind>{_CLAUSE})之?后)?{_MORE}[一二两三四五六七八九十\d]+条{_AS}{_COLON}(?P<new>{_Q})",
        ),
        (EditKind.ADD, rf"{_LEAD}{_TITLE}{_MORE}(?P<numbers>{_CLAUSE}){_COLON}(?P<new>{_Q})"),
        (
            EditKind.ADD,
            rf"{_WHERE}{_INSIDE}{_MORE}一(?P<unit>[款项])[，,]?作为{_NEW_PLACE}{_COLON}(?P<new>{_Q})",
        ),
        (
            EditKind.ADD,
            rf"{_WHERE}之?后{_MORE}一(?P<unit_behind>款){_COLON}(?P<new>{_Q})",
        ),
        (EditKind.RENUMBER, rf"{_LEAD}{_TITLE}(?:原)?(?P<clause>{_CLAUSE})(?:依次)?{_RENAMED}"),
    )
)
_QUOTED = frozenset({"old", "new", "beside"})
_NEXT = re.compile(r"[，,、；; 　]*(?:并|同时|且|以及|和)?")
_PARAGRAPH_ITEM = re.compile(rf"第{_N}[款项]")
_CHANGES_WORDS = re.compile(rf"{_TO}|增加|增写|新增|{_GO}")
_ELLIPSIS = re.compile(r"…|\.{3}|。{3}")  # words that the act does not repeat
_WITHOUT_WORDS = rf"[^，,。；;款项{OPENING}]"
_MOVES_NUMBERS = re.compile(
    rf"合并|[分拆]为|为第{_N}条|条之?[后前]{_MORE}|{_MORE}(?:.{{0,2}}条|第{_N}条)"
    rf"|{_GO}第{_WITHOUT_WORDS}*条|条{_WITHOUT_WORDS}{{0,6}}{_GO}"
)
_OUTSIDE_CLAUSES = re.compile(r"附件|附表|附录|标题|题目|名称|题注|章名|节名|目录")


class _Read(NamedTuple):
    """What one instruction says: where it ends in its sentence, and its edits."""

    end: int
    edits: tuple[ClauseEdit, ...]


def find_clause_edits(text: Text) -> Iterator[ClauseEdit]:
    """Yield what each sentence of an amending text does to the words of clauses, in the order of the text."""
    if not VERBS.search(text.words):
        return
    clause = ""
    for sentence in amending_sentences(text):
        clause = clause if sentence.continues else ""
        for edit in _in_sentence(sentence, clause):
            clause = edit.clause or clause
            yield edit._replace(place=sentence.place)


def _in_sentence(sentence: AmendingSentence, clause: str) -> Iterator[ClauseEdit]:
    """Yield the edits of one sentence; ``clause`` is the one that the sentence before it on its line changes."""
    words = sentence.words
    if not VERBS.search(words):
        return
    stated = list(stated_in(sentence))
    read: list[tuple[int, int]] = []
    position, paragraph = _first(words, sentence, clause), 0
    while position is not None and (one := _instruction(sentence, position, clause, paragraph)):
        read.append((position, one.end))
        for edit in one.edits:
            yield edit
            clause, paragraph = edit.clause or clause, edit.paragraph
        behind = _NEXT.match(words, one.end)
        position = behind.end() if behind and behind.end() < len(words) else None
    unread = [missed for place, missed in stated if not any(start <= place < end for start, end in read)]
    moved = _MOVES_NUMBERS.search(words) is not None
    for missed in unread:
        number = missed.clause if moved else ""
        yield ClauseEdit(EditKind.UNREAD, missed.clause, number=number, named=missed.named, earlier=missed.earlier)
    begin = read[-1][1] if read else 0
    missed_from = min((place for place, _ in stated if place >= begin), default=len(words))
    rest = words[begin:missed_from] if read else words
    names_words = OPENING in rest or _PARAGRAPH_ITEM.search(rest)
    is_change = names_words and (read or (not unread and _CHANGES_WORDS.search(rest)))
    if is_change and not _OUTSIDE_CLAUSES.search(rest):
        yield ClauseEdit(
            EditKind.UNREAD,
            clause if read else "",
            named=governing_title(sentence, len(words)) or sentence.about,
            earlier=titles_before(sentence, begin),
        )


def _first(words: str, sentence: AmendingSentence, clause: str) -> int | None:
    """Return the first place in a sentence at which an instruction begins."""
    places = {0}
    if begin := _BEGIN.match(words):
        places.add(begin.end())
    places |= {found.end() for found in re.finditer(r"[，,：:]|作如下修改|决定", words)}
    places |= {found.end() for found in re.finditer(r"\A[ 　]*[一二三四五六七八九十\d]+[、.．]|[）)]", words)}
    return next((place for place in sorted(places) if _instruction(sentence, place, clause, 0)), None)


def _instruction(sentence: AmendingSentence, position: int, clause: str, paragraph: int) -> _Read | None:
    """Read one instruction at a place; ``clause`` and ``paragraph`` are those of the one before in its sentence."""
    for kind, form in _FORMS:
        found = form.match(sentence.words, position)
        if found is None:
            continue
        groups = {name: value for name, value in found.groupdict().items() if value}
        quoted = [name for name in groups if name in _QUOTED]
        lines = {name: sentence.quotes.get(found.start(name)) for name in quoted}
        if any(value is None or any(NOT_WORDS in line for line in value) for value in lines.values()):
            return None
        if kind is not EditKind.EXCHANGE and any(map(_ELLIPSIS.search, lines.get("new") or ())):
            return None
        quotes = {name: value or () for name, value in lines.items()}
        place_of = found.start("clause") if "clause" in groups else position
        named = governing_title(sentence, place_of) or sentence.about
        earlier = titles_before(sentence, place_of)
        edits = tuple(_edits(kind, groups, quotes, clause, paragraph))
        if edits:
            return _Read(found.end(), tuple(one._replace(named=named, earlier=earlier) for one in edits))
    return None


def _edits(
    kind: EditKind, groups: dict[str, str], quotes: dict[str, tuple[str, ...]], clause: str, paragraph: int
) -> Iterator[ClauseEdit]:
    """Yield the edits of an instruction of a form; none where its parts do not go together."""
    lines = quotes.get("new", ())
    if kind is EditKind.ADD and "unit" not in groups and "unit_behind" not in groups:
        yield from _added_clauses(groups, lines)
        return
    own = "clause" in groups
    clause = groups.get("clause", clause)
    number = _number(groups.get("paragraph"))
    item = _number(groups.get("item") or groups.get("item_too"))
    if not clause or not (own or number or item or kind is EditKind.EXCHANGE):
        return
    if not own and not number:
        number = paragraph  # 第五条第一款第（一）项…，第（二）项…
    if kind is EditKind.REWRITE:
        yield from _rewritten(ClauseEdit(kind, clause, number, item, number=groups.get("number", "")), lines)
    elif kind is EditKind.EXCHANGE:
        yield from _exchanged(ClauseEdit(kind, clause, number, item), groups, quotes)
    elif kind is EditKind.DELETE:
        more = clauses_in(groups.get("more", ""))
        if not (more and (number or item)):
            yield from (ClauseEdit(kind, name, number, item) for name in (clause, *more))
    elif kind is EditKind.ADD:
        yield from _added(ClauseEdit(kind, clause, number, item, lines=lines), groups)
    else:
        yield ClauseEdit(kind, clause, number=groups["number"])


def _number(numeral: str | None) -> int:
    return clause_number(numeral) if numeral else 0


def _rewritten(edit: ClauseEdit, lines: tuple[str, ...]) -> Iterator[ClauseEdit]:
    """Yield a clause with its new words; none where they are those of several clauses, or of one of another number."""
    if not lines or any(CLAUSE.match(line) for line in lines[1:]):
        return
    if begin := CLAUSE.match(lines[0]):
        if begin[1] != (edit.number or edit.clause) or edit.paragraph or edit.item:
            return
        lines = (lines[0][begin.end() :].strip(" 　"), *lines[1:])
        lines = lines if lines[0] else lines[1:]
    if edit.item and len(lines) != 1:
        return
    if lines:
        yield edit._replace(lines=lines)


def _exchanged(edit: ClauseEdit, groups: dict[str, str], quotes: dict[str, tuple[str, ...]]) -> Iterator[ClauseEdit]:
    if any(len(lines) > 1 for lines in quotes.values()):
        return
    old, new, beside = ("".join(quotes.get(name, ())) for name in ("old", "new", "beside"))
    if beside and new:
        old, new = beside, beside + new if groups["side"] == "后" else new + beside
    if old:
        yield edit._replace(old=old, lines=(new,))


def _added_clauses(groups: dict[str, str], lines: tuple[str, ...]) -> Iterator[ClauseEdit]:
    """Yield the clauses that are added; none where their numbers are not those that the instruction gives."""
    pieces: list[tuple[str, list[str]]] = []
    for line in lines:
        begin = CLAUSE.match(line)
        if begin:
            pieces.append((begin[1], [line[begin.end() :].strip(" 　")]))
        elif pieces:
            pieces[-1][1].append(line)
        else:
            pieces.append(("", [line]))
    numbers = clauses_in(groups.get("numbers", "")) or tuple(name for name, _ in pieces)
    if len(numbers) != len(pieces) or "" in numbers:
        return
    behind = groups.get("behind", "")
    for number, (name, words) in zip(numbers, pieces, strict=True):
        if name not in {"", number}:
            return
        yield ClauseEdit(EditKind.ADD, behind, lines=tuple(filter(None, words)), number=number)
        behind = number if behind else ""


def _added(edit: ClauseEdit, groups: dict[str, str]) -> Iterator[ClauseEdit]:
    """Yield a 款 or 项 that is added."""
    if not edit.lines or CLAUSE.match(edit.lines[0]):
        return
    if "unit_behind" in groups:
        if edit.paragraph and not edit.item:
            yield edit._replace(paragraph=edit.paragraph + 1)
    elif groups["unit"] == "款" and "paragraph_new" in groups and not edit.paragraph and not edit.item:
        yield edit._replace(paragraph=clause_number(groups["paragraph_new"]))
    elif groups["unit"] == "项" and "item_new" in groups and not edit.item and len(edit.lines) == 1:
        yield edit._replace(paragraph=edit.paragraph or 1, item=clause_number(groups["item_new"]))
