"""Build options and build result: the input and the output of the pipeline."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from generator.domain.model import AsOf
from generator.domain.problems import Finding, Severity
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments

Progress = Callable[[str, int, int], None]
"""A callback with the stage, how much is done, and the total."""


class Search(Enum):
    """How a build treats the search index."""

    CURRENT = "current"  # build the index of the site
    KEEP = "keep"  # keep the previous index, if there is one: for a preview between two saves
    NONE = "none"  # build a site without index


@dataclass(frozen=True, kw_only=True)
class Platform:
    """What a site has from the platform that it is a part of: settings under its own, themes, foreign documents.

    ``settings`` are those of ``site_config.yaml``, by their English names; ``folder`` has ``themes/``.
    """

    settings: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    foreign: ForeignDocuments = NO_FOREIGN


NO_PLATFORM = Platform()


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """The options of a command, with everything that depends on the machine and the day."""

    config_path: Path
    cache_path: Path
    as_of: AsOf
    jobs: int
    progress: Progress
    platform: Platform = NO_PLATFORM

    @property
    def project(self) -> Path:
        """The folder of the config, which also holds ``content/`` and ``themes/``."""
        return self.config_path.parent


class BuildResult(NamedTuple):
    """The result of a build; ``files`` is 0 where a blocking finding stopped it.

    ``other_counts`` counts the findings that do not block, by severity. ``history_gap`` says why git could not be
    asked, ``versions_gap`` why the site has no earlier versions; ``seal`` is the sha256 of the manifest.
    ``web_copies`` counts the smaller copies of pictures, which save ``saved_bytes``.
    """

    blocking: tuple[Finding, ...]
    other_counts: Mapping[Severity, int]
    documents: int = 0
    hidden: int = 0
    waiting: int = 0
    drafts: int = 0
    files: int = 0
    history_gap: str = ""
    versions_gap: str = ""
    seal: str = ""
    web_copies: int = 0
    saved_bytes: int = 0


def count_by_severity(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """Return how many findings there are of each severity."""
    return Counter(finding.severity for finding in findings)
