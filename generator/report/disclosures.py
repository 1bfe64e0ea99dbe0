"""The documents that have a limit of disclosure, of every kind: what 超期公开 counts is what D001 finds."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.audit.facts.duties import disclosures
from generator.config.load import SiteConfig
from generator.domain.model import Archive

_RULE = "D001"


class Disclosed(NamedTuple):
    """One document with its limit: from when, until when, and when it was, or will be, published.

    One that is ``exempt`` from D001 with a reason was late all the same.
    """

    id: str
    kind: str
    unit: str
    year: str
    start: str
    due: str
    done: str
    days_late: int
    late: bool
    exempt: bool
    path: str


def disclosed_documents(
    archive: Archive, config: SiteConfig, units: Mapping[str, str], exemptions: Mapping[tuple[str, str], str]
) -> tuple[Disclosed, ...]:
    """Return every document with a limit of disclosure, by file; ``exemptions`` are reasons by file and rule."""
    rows = []
    for duty in disclosures(archive, config, only=lambda _start, _done: True):
        document = duty.document
        rows.append(
            Disclosed(
                document.id,
                document.kind.label,
                units.get(document.path, ""),
                str(duty.done.year) if duty.done else "",
                duty.start.isoformat(),
                duty.due.isoformat(),
                str(duty.done or ""),
                duty.days_late(archive),
                duty.late(archive),
                bool(exemptions.get((document.path, _RULE))),
                document.path,
            )
        )
    return tuple(sorted(rows, key=lambda row: row.path))
