"""Read the drafts of a site: what is wrong with them, and what they would be if they were finished.

Nothing of them is in the archive from which a site is built. Here they are put beside it, as if they were finished.
"""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.audit import Rule, run_rules
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence, Page
from generator.domain.problems import Finding, Problem, Severity
from generator.graph.archive import build_archive
from generator.graph.hidden_names import namings_of
from generator.source.drafts import in_draft_folder


class Drafts(NamedTuple):
    """The drafts of a site, and the problems of their files that the stages before the rules noticed."""

    pages: tuple[Page, ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """The source files of the drafts."""
        return frozenset(page.path for page in self.pages)


def separate_drafts(pages: Iterable[Page]) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """Return the pages that count, and the drafts."""
    all_pages = tuple(pages)
    return tuple(page for page in all_pages if not page.draft), tuple(page for page in all_pages if page.draft)


def without_draft_problems(archive: Archive, pages: tuple[Page, ...]) -> tuple[Archive, Drafts]:
    """Return the archive without the problems of drafts and of files that only drafts use, and the drafts with them."""
    paths = {page.path for page in pages}
    files = set(_files_of(pages)) - _used_files(archive) if pages else set()
    of_drafts = [item for item in archive.problems if item[0] in paths | files or in_draft_folder(item[0])]
    if of_drafts:
        archive = replace(archive, problems=tuple(item for item in archive.problems if item not in of_drafts))
    return archive, Drafts(pages, tuple(of_drafts))


def _files_of(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the paths of the files that pages attach or link."""
    for page in pages:
        field = page.fields.get("attachments")
        attachments = field.value if field and isinstance(field.value, tuple) else ()
        names = [*(getattr(item, "file", "") for item in attachments), *(link.target for link in page.links)]
        folder = posixpath.dirname(page.path)
        yield from (posixpath.normpath(posixpath.join(folder, name)) for name in names if name)


def _used_files(archive: Archive) -> set[str]:
    return {
        resolved.file
        for resolved_links in (*archive.attachments.values(), *archive.links.values())
        for resolved in resolved_links
    }


def with_drafts(archive: Archive, drafts: Drafts, config: SiteConfig) -> Archive:
    """Return an archive in which the drafts are documents like the others; they are named in ``Archive.drafts``."""
    finished = [page._replace(draft=False) for page in drafts.pages]
    active_files = [item for item in archive.problems if item[1].rule == "H010"]  # a draft may use them too
    problems = (*drafts.problems, *active_files)
    combined = build_archive([*archive.pages, *finished], archive.files, problems, config, archive.as_of)
    return replace(combined, drafts=drafts.paths)


def findings_of_drafts(
    archive: Archive, drafts: Drafts, config: SiteConfig, rules: Sequence[Rule], evidence: Evidence
) -> tuple[Finding, ...]:
    """Return what is wrong with the drafts: warnings, of which none blocks.

    Texts of drafts are not compared with others, nor with the history: that is left for the day of publication.
    """
    if not drafts.pages and not drafts.problems:
        return ()
    combined = with_drafts(archive, drafts, config)
    paths = drafts.paths | {path for path, _ in drafts.problems}
    findings = run_rules(combined, config, rules, Evidence(namings=namings_of(combined), twins=evidence.twins))
    return tuple(
        replace(finding, severity=Severity.WARNING, blocking=False) for finding in findings if finding.path in paths
    )
