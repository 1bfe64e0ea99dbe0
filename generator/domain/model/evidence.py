"""The evidence that some rules need besides the archive; it is gathered only for rules that need it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.domain.model.history import CommittedDays, History, VanishedAddress
from generator.domain.model.local_links import Naming
from generator.domain.model.page import MediaFile
from generator.domain.model.saved_pages import SavedPages


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What rules read that is not in the archive.

    ``history`` is ``None`` where git was not asked or has no complete history; ``vanished`` are public addresses that
    only the history knows. ``copied`` gives, by the files of interpretation and document, the percentage of the one
    that is in the other word for word, ``None`` where the texts were not compared. ``shared_files`` are the config,
    the catalogue and the files of the site's own theme, with their scan results. ``namings`` holds by source file the
    hidden documents that a public one names, ``twins`` by file the source of the hidden document that gives the same
    content. ``saved`` is what saved pages show, ``None`` where sources are audited.
    ``committed_days`` are, by source file, the dates of documents that differ from the last commit.
    """

    history: History | None = None
    vanished: tuple[VanishedAddress, ...] = ()
    copied: Mapping[tuple[str, str], int] | None = None
    shared_files: tuple[MediaFile, ...] = ()
    namings: Mapping[str, tuple[Naming, ...]] = field(default_factory=dict)
    twins: Mapping[str, str] = field(default_factory=dict)
    saved: SavedPages | None = None
    committed_days: Mapping[str, CommittedDays] = field(default_factory=dict)
