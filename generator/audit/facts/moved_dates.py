"""Dates that were changed after publication, as the git history of their documents knows them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import DatedVersion, Document, Evidence, FileHistory, FormerIdentity
from generator.domain.vocabulary import label_of

_SHORT = 7
_WORDS_OF_DATES = ("日期", "时间", "日子")


class MovedDate(NamedTuple):
    """A date of a document that was changed after its publication; ``after`` is ``None`` if it was removed.

    ``before_commit`` and ``after_commit`` are said in Chinese: a short hash and its day.
    """

    key: str
    before: dt.date
    before_commit: str
    after: dt.date | None
    after_commit: str


class DateHistory:
    """The dates that the public could read of each document, under all its names."""

    def __init__(self, evidence: Evidence) -> None:
        self._history = evidence.history
        self._committed = evidence.committed_days
        self._gone = self._gone_files()

    def moved(self, document: Document, tolerance: int) -> Iterator[MovedDate]:
        """Yield the dates of a public document that were changed after its publication.

        Not a change to the day that the history itself gives (the fix of a date that it does not allow), and none that
        a 更正说明 of the document explains.
        """
        committed = self._committed.get(document.path)
        files = self._history.files if self._history else {}
        own = files.get(document.path) or (files.get(committed.path) if committed else None)
        before = self._earlier_files(document)
        if not before and not committed and not (own and own.dated_versions):
            return
        for key in ("date_published", "date_written", "date_effective"):
            versions = [*before, *(own.dated_versions if own else ())]
            states = [one for one in versions if one.key == key]
            if not states and committed and key in committed.days and own:
                states = [DatedVersion(key, committed.days[key], own.last, own.last_commit, public=True)]
            first = next((one for one in states if one.public and one.day), None)
            present = document.date(key)
            if first is None or first.day is None or first.day == present or _is_explained(document, key, first):
                continue
            if key == "date_published" and _is_repaired(first, present, tolerance):
                continue
            yield MovedDate(key, first.day, _commit(first), present, _last_change(states, first, present, own))

    def _gone_files(self) -> Mapping[str, list[tuple[FileHistory, FormerIdentity]]]:
        """Return the removed files that were public, each under its 文号 and its 索引号."""
        files: dict[str, list[tuple[FileHistory, FormerIdentity]]] = defaultdict(list)
        for one in self._history.gone if self._history else ():
            for identity in one.former_identities[-1:]:
                for name in {identity.index_no, identity.doc_number} - {"", "none"} if identity.public else ():
                    files[name].append((one, identity))
        return files

    def _earlier_files(self, document: Document) -> list[DatedVersion]:
        """Return the dates of a removed file that was this document: of its 文号, or of its 索引号 and title."""
        if not self._gone:
            return []
        number = doc_number_key(document.doc_number) if document.doc_number else ""
        same = [file for file, _ in self._gone.get(number, ())] if number else []
        same += [
            file for file, identity in self._gone.get(document.text("index_no"), ()) if identity.title == document.title
        ]
        return [one for file in same[:1] for one in file.dated_versions]


def _commit(version: DatedVersion) -> str:
    return f"{version.commit[:_SHORT]}，{version.since.date()} 提交"


def _last_change(
    states: Iterable[DatedVersion], first: DatedVersion, present: dt.date | None, own: FileHistory | None
) -> str:
    """Return the commit with which the present value came; one that is not committed yet has none."""
    later = [one for one in states if one.since >= first.since and one is not first and one.day == present]
    if later:
        return _commit(later[-1])
    if own and own.first > first.since:  # the removed file came back under another name, as it is now
        return f"{own.first_commit[:_SHORT]}，{own.first.date()} 提交"
    return "还没有提交"


def _is_repaired(first: DatedVersion, present: dt.date | None, tolerance: int) -> bool:
    """Whether 发布日期 was earlier than the history allows, and is now the day of the commit that published it."""
    day = first.since.date()
    return first.day is not None and (day - first.day).days > tolerance and present == day


def _is_explained(document: Document, key: str, first: DatedVersion) -> bool:
    """Whether a 更正说明, which the page shows, says that a date was corrected."""
    words = (*_WORDS_OF_DATES, label_of(key))
    return any(one.on >= first.since.date() and any(word in one.note for word in words) for one in document.corrections)
