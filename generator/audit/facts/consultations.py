"""Facts about consultations: how long they must last, and whether the days between two dates are enough."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.titles import title_key, titles_in
from generator.domain.vocabulary import DocType, Kind, label_of
from generator.domain.workdays import LimitEnd, Span, Unit

_DRAFT = re.compile(
    r"[（(]?(?:公开)?(?:征求|征集)?(?:意见)?(?:修订|修改|修正)?(?:征求意见稿|意见稿|草案|草稿|讨论稿|送审稿|送审)(?:修改稿|稿)?[）)]?"
)
_ABOUT = "关于"
_MAJOR = re.compile(r"(?<![不非拟未])(?:属于?|作为|列为|列入|纳入|系|是)[^。；\n]{0,16}重大行政决策(?!程序)")
_ISSUES = re.compile(r"(?:印发|公布|发布)《?([^《》]{5,}?)》?的(?:通知|公告|通告|决定)\Z")
_BEFORE_DRAFT = re.compile(
    r"\A(?:.{0,24}?关于)?(?:再次|公开|广泛|面?向社会|公开地?)*(?:征求|征集|听取|就|对)*(?:社会|公众|各界)?(?:对)?(?:《)?"
)
_BEHIND_DRAFT = re.compile(
    r"(?:》)?(?:再次|公开|广泛|面?向社会|向公众|的)*(?:征求|征集|听取)?(?:社会|公众|群众|各界|各方面?)?(?:的)?"
    r"(?:修改)?(?:意见和?建议|意见|建议)?(?:的)?(?:公告|通知|通告|启事|函|公示)?\Z"
)


class LeastPeriod(NamedTuple):
    """The days that a consultation must last at least, 0 for no limit, their ground in Chinese, and why it applies."""

    days: int
    ground: str
    note: str = ""

    def end(self, start: dt.date, config: SiteConfig) -> LimitEnd:
        """Return the first possible last day of a consultation for which people have had time since a day."""
        return Span(self.days, Unit.DAY).end(start, config.calendar, config.counting)


def least_period(document: Document, config: SiteConfig) -> LeastPeriod:
    """Return how long a consultation must last: 30 days for 规章 and major matters, else as its place says."""
    limits = config.deadlines
    declared = document.value("is_major")
    major = declared is True or (declared is None and calls_itself_major(document))
    if (major or document.doc_type is DocType.RULE) and limits.consult_major_days >= limits.consult_min_days:
        ground = "重大行政决策程序暂行条例第十五条" if major else "规章制定程序条例第十五条"
        note = "" if declared or not major else f"；没有写“{label_of('is_major')}”，正文写明是重大行政决策"
        return LeastPeriod(limits.consult_major_days, ground, note)
    return LeastPeriod(limits.consult_min_days, config.ground_of("deadlines", "consult_min_days"))


def calls_itself_major(document: Document) -> bool:
    """Whether the beginning of a consultation says that its matter is a 重大行政决策."""
    return bool(_MAJOR.search(document.page.opening))


def days_between(start: dt.date, end: dt.date, config: SiteConfig) -> int:
    """Return the days from one day to another as the place counts them."""
    return (end - start).days + config.counting.first_day


def draft_key(title: str) -> str:
    """Return the key under which the title of a document and that of its draft compare equal.

    >>> draft_key("关于印发《示例救助办法》的通知") == draft_key("示例救助办法（征求意见稿）")
    True
    """
    key = title_key(title)
    issued = _ISSUES.search(key)
    name = issued[1] if issued else key[max(key.find(_ABOUT), 0) :]  # titles are quoted without the body before them
    return _DRAFT.sub("", name).strip("《》")


def consultations_by_draft(archive: Archive) -> Mapping[str, Sequence[Document]]:
    """Return the consultations by the keys of the drafts that their titles name."""
    by_draft: dict[str, list[Document]] = defaultdict(list)
    for document in archive.proactive:
        if document.kind is not Kind.CONSULTATION:
            continue
        names = {key for _, _, key in titles_in(document.title)}
        if not names:
            asked = title_key(document.title)
            names = {_BEHIND_DRAFT.sub("", asked[match.end() if (match := _BEFORE_DRAFT.match(asked)) else 0 :])}
        for name in {draft_key(name) for name in names}:
            by_draft[name].append(document)
    return by_draft
