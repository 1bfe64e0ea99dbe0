"""Which documents ``migrated`` excuses: those of the first import, and those that are older than the site."""

import datetime as dt
from collections import Counter

from generator.config.load import SiteConfig
from generator.domain.model import Document, Evidence

# A commit that adds so many documents is an import, not the work of a day.
_MANY = 10


class Migration:
    """What the history says of the migration of an old site: when the site began, when its first import ended.

    Without a history every mark is believed. ``bound`` is the last day on which a document may have been added, that
    of the config where it names one (``deadlines.migrated_until``).
    """

    def __init__(self, config: SiteConfig, evidence: Evidence) -> None:
        history = evidence.history
        self._files = history.files if history else {}
        everything = (*self._files.values(), *(history.gone if history else ()))
        self.began = min((one.first for one in everything), default=None)
        added = Counter((one.first, one.first_commit) for one in everything)
        imports = [commit for commit, count in added.items() if count >= _MANY]
        self._import_end = min(imports, default=min(added, default=None))
        self._configured = config.deadlines.migrated_until

    @property
    def bound(self) -> dt.date | None:
        """The last day of the first import, or that of the config, whichever is later; ``None`` without a history."""
        days = [self._import_end[0].date()] if self._import_end else []
        return max([*days, *([self._configured] if self._configured else [])], default=None)

    def excuses(self, document: Document) -> bool:
        """Whether a document is marked as migrated, and may be."""
        return document.value("migrated") is True and not self.is_wrong(document)

    def is_wrong(self, document: Document) -> bool:
        """Whether a document is marked as migrated, although it was made for this site."""
        added = self._files.get(document.path)
        if document.value("migrated") is not True or added is None or self.began is None:
            return False
        if self._import_end and added.first <= self._import_end[0]:
            return False
        if self._configured and added.first.date() <= self._configured:
            return False
        return document.published is not None and document.published >= self.began.date()
