"""Which documents ``migrated`` excuses: those of the first import, and those that are older than the site."""

import datetime as dt
from collections import Counter
from functools import cached_property

from generator.config.load import SiteConfig
from generator.domain.model import Document, Evidence, FileHistory

# A commit that adds so many documents is an import, not the work of a day.
_MANY = 10


class Migration:
    """What the history says of the migration of an old site: when the site began, when its first import ended.

    Without a history every mark is believed. ``bound`` is the last day on which a document may have been added, that
    of the config where it names one (``deadlines.migrated_until``).
    """

    def __init__(self, config: SiteConfig, evidence: Evidence) -> None:
        self._history = evidence.history
        self._configured = config.deadlines.migrated_until

    @cached_property
    def began(self) -> dt.datetime | None:
        """When the first document came, ``None`` without a history."""
        return min((one.first for one in self._everything), default=None)

    @cached_property
    def import_end(self) -> dt.datetime | None:
        """When the first commit that adds many documents was made, else the first of all."""
        added = Counter((one.first, one.first_commit) for one in self._everything)
        return min((first for (first, _), count in added.items() if count >= _MANY), default=self.began)

    @property
    def bound(self) -> dt.date | None:
        """The last day of the first import, or that of the config, whichever is later; ``None`` without a history."""
        days = [self.import_end.date()] if self.import_end else []
        return max([*days, *([self._configured] if self._configured else [])], default=None)

    @property
    def _everything(self) -> tuple[FileHistory, ...]:
        return (*self._history.files.values(), *self._history.gone) if self._history else ()

    def excuses(self, document: Document) -> bool:
        """Whether a document is marked as migrated, and may be."""
        return document.value("migrated") is True and not self.is_wrong(document)

    def is_wrong(self, document: Document) -> bool:
        """Whether a document is marked as migrated, although it was made for this site."""
        if document.value("migrated") is not True or self._history is None:
            return False
        added = self._history.files.get(document.path)
        if added is None or self.began is None or (self.import_end and added.first <= self.import_end):
            return False
        if self._configured and added.first.date() <= self._configured:
            return False
        return document.published is not None and document.published >= self.began.date()
