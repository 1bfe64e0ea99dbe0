"""What a person asks of an import of saved pages, and what comes out of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import Finding
from generator.domain.vocabulary import Kind
from generator.source.front_matter.values import is_false


class PageOptions(NamedTuple):
    """What a person asks for: kind, id and fields of all pages, the selector of the text, whether to write."""

    kind: Kind | None = None
    document_id: str | None = None
    fields: Mapping[str, str | Sequence[str]] = {}
    selector: str = ""
    is_trial: bool = False


class ImportedPage(NamedTuple):
    """A page that was written: from where, to where, and what a person must know."""

    source: str
    place: Path
    title: str
    kind: Kind
    messages: tuple[str, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]


class LeftOut(NamedTuple):
    """A file that was not imported, and why."""

    source: str
    reason: str


class FolderResult(NamedTuple):
    """What an import of saved pages wrote and left out; ``labels`` are those that have no field, with counts."""

    pages: tuple[ImportedPage, ...]
    left_out: tuple[LeftOut, ...]
    labels: tuple[tuple[str, int], ...]
    other_files: int
    is_published: bool


def is_published(options: PageOptions) -> bool:
    """Whether a person asked for pages that are no drafts."""
    return is_false(str(options.fields.get("draft", "")))
