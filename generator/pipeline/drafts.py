"""Read the drafts of a site: what is wrong with them, and what they would be if they were finished.

Nothing of them is in the archive from which a site is built. Here they are put beside it, as if they were finished.
"""

from collections.abc import Sequence
from dataclasses import replace

from generator.audit import Rule, run_rules
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence
from generator.domain.problems import Finding, Severity
from generator.graph.archive import build_archive
from generator.graph.hidden_names import namings_of
from generator.pipeline.read_sources import Drafts


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
