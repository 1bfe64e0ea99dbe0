"""What a command wants done, and what a build says that it did."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import Finding, Severity

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done, and how much there is."""


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """What a command wants done, with everything that depends on the machine and the day.

    ``moment`` (Asia/Shanghai) holds back what is due later on that day; ``None`` is its end.
    """

    config_path: Path
    cache_path: Path
    as_of: dt.date
    jobs: int
    progress: Progress
    moment: dt.datetime | None = None

    @property
    def project(self) -> Path:
        """The folder beside whose config ``content/`` and ``themes/`` lie."""
        return self.config_path.parent


class BuildResult(NamedTuple):
    """What a build did; ``files`` is 0 when a blocking finding stopped it, ``others`` counts the other findings.

    ``history_gap`` says why git could not be asked where it was to be, ``versions_gap`` why the site has no 历史版本.
    ``seal`` is the sha256 of the manifest, which stands for all files.
    """

    blocking: tuple[Finding, ...]
    other_counts: Mapping[Severity, int]
    documents: int = 0
    hidden: int = 0
    waiting: int = 0
    files: int = 0
    history_gap: str = ""
    versions_gap: str = ""
    seal: str = ""


def count_by_severity(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """Return how many findings there are of each severity."""
    return Counter(finding.severity for finding in findings)
