"""Facts about consultations: how long they must last, and whether the days between two dates are enough."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.titles import title_key, titles_in
from generator.domain.vocabulary import DocType, Kind
from generator.domain.workdays import LimitEnd, Span, Unit


_DRAFT = re.compile(
    r"[（(]?(?:公开)?(?:征求|征集)?(?:意见)?(?:修订|修改|修正)?(?:征求意见稿|意见稿|草案|草稿|讨论稿|送审稿|送审)(?:修改稿|稿)?[）)]?"
)
_ISSUES = re.compile(r"(?:印发|公布|发布)《?([^《》]{5,}?)》?的(?:通知|公告|通告|决定)\Z")
_ASKS_WITHOUT_MARKS = re.compile(r"(?:征求|征集)(?:对)?([^《》]{5,}?)(?:的)?(?:意见|建议)")


class LeastPeriod(NamedTuple):
    """The days that a consultation must last at least, 0 for no limit, and their ground in Chinese."""

    days: int
    ground: str

    def end(self, start: dt.date, config: SiteConfig) -> LimitEnd:
        """Return the first possible last day of a consultation for which people have had time since a day."""
        return Span(self.days, Unit.DAY).end(start, config.calendar, config.counting)


def least_period(document: Document, config: SiteConfig) -> LeastPeriod:
    """Return how long a consultation must last: 30 days for 规章 and major matters, else as its place says."""
    limits = config.deadlines
    major = document.value("is_major") is True
    if (major or document.doc_type is DocType.RULE) and limits.consult_major_days >= limits.consult_min_days:
        ground = "重大行政决策程序暂行条例第十五条" if major else "规章制定程序条例第十五条"
        return LeastPeriod(limits.consult_major_days, ground)
    return LeastPeriod(limits.consult_min_days, config.ground_of("deadlines", "consult_min_days"))


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
    return _DRAFT.sub("", issued[1] if issued else key).strip("《》")


def consultations_by_draft(archive: Archive) -> Mapping[str, Sequence[Document]]:
    """Return the consultations by the keys of the drafts that their titles name."""
    by_draft: dict[str, list[Document]] = defaultdict(list)
    for document in archive.proactive:
        if document.kind is not Kind.CONSULTATION:
            continue
        names = {key for _, _, key in titles_in(document.title)}
        if not names and (asked := _ASKS_WITHOUT_MARKS.search(title_key(document.title))):
            names = {asked[1]}
        for name in {draft_key(name) for name in names}:
            by_draft[name].append(document)
    return by_draft
