"""Read and check a site at one day: sources → graph → audit, without output."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.audit import RULES, Rule, run_rules, select_rules
from generator.config.load import SiteConfig, load_config
from generator.domain.model import Archive, AsOf, Evidence
from generator.domain.problems import Finding, GongkaiError, Severity, reason_of
from generator.graph.archive import build_archive
from generator.graph.copied_files import find_twins
from generator.graph.copied_texts import shares_copied
from generator.graph.former_addresses import vanished_addresses
from generator.graph.former_dates import committed_days
from generator.graph.hidden_names import find_namings, namings_of
from generator.pipeline.drafts import findings_of_drafts
from generator.pipeline.options import BuildOptions
from generator.pipeline.read_sources import NO_DRAFTS, Drafts, read_sources
from generator.source.attachments.supporting_files import screen_supporting_files
from generator.source.front_matter.read import decode
from generator.source.history.read_history import read_history
from generator.source.history.run_git import HistoryGap
from generator.source.history.uncommitted import CommittedDocument, uncommitted_changes
from generator.source.load import parse_page
from generator.source.load_all import Sources
from generator.support.database import renewing


@dataclass(frozen=True, slots=True)
class CheckedArchive:
    """A site that was read and checked; ``history_gap`` says why git could not be asked where it was needed.

    ``findings`` are those of the archive; ``rules`` were run.
    """

    config: SiteConfig
    archive: Archive
    evidence: Evidence
    findings: tuple[Finding, ...]
    history_gap: str = ""
    drafts: Drafts = NO_DRAFTS
    rules: tuple[Rule, ...] = ()

    def draft_findings(self) -> tuple[Finding, ...]:
        """Run the rules on the drafts and return what is wrong with them: warnings that no exit status counts."""
        return findings_of_drafts(self.archive, self.drafts, self.config, self.rules, self.evidence)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stop a build."""
        return tuple(finding for finding in self.findings if finding.blocking)


class UncheckedArchive(NamedTuple):
    """A site that was read and not checked yet, with the rules to run and the evidence that they need.

    ``before_withdrawals`` returns the archive as it would be if nothing had been withdrawn.
    """

    config: SiteConfig
    archive: Archive
    evidence: Evidence
    rules: tuple[Rule, ...]
    history_gap: str
    drafts: Drafts
    before_withdrawals: Callable[[], Archive]

    def findings(self) -> tuple[Finding, ...]:
        """Run the rules and return their findings.

        What blocks only because a document was withdrawn becomes a warning: a withdrawal must not stop a build.
        """
        findings = tuple(run_rules(self.archive, self.config, self.rules, self.evidence))
        if not self.archive.withdrawn or not any(finding.blocking for finding in findings):
            return findings
        names = {finding.rule for finding in findings if finding.blocking}
        rules = [rule for rule in self.rules if rule.id in names]
        before = {_identity(one) for one in run_rules(self.before_withdrawals(), self.config, rules, self.evidence)}
        kept = {_identity(one) for one in findings if one.rule in _OF_WITHDRAWN} | before
        return tuple(one if not one.blocking or _identity(one) in kept else _caused(one) for one in findings)


# Findings on a withdrawal itself, on its reason, and on addresses: these block whatever was withdrawn.
_OF_WITHDRAWN = frozenset({"F003", "F008", "S001", "S002", "S003", "V009"})


def _identity(finding: Finding) -> tuple[str, str, int, str]:
    return finding.rule, finding.path, finding.line, finding.field


def _caused(finding: Finding) -> Finding:
    """Return a finding that blocks only because of a withdrawal as a warning."""
    hint = f"因为有文件已撤下，不阻止生成；{finding.hint}" if finding.hint else "因为有文件已撤下，不阻止生成"
    return replace(finding, blocking=False, severity=Severity.WARNING, hint=hint)


def check_archive(
    options: BuildOptions,
    rules: Sequence[Rule] | None = None,
    *,
    with_history: bool = True,
    with_texts: bool = True,
) -> CheckedArchive:
    """Read all sources and run the rules; nothing is written but the cache.

    Without ``with_history`` or ``with_texts``, git is asked or texts are compared only where the config makes a rule
    block that needs it. Raises ``ConfigError`` for a config or a content folder that cannot be used.
    """
    unchecked = renewing(
        lambda: read_archive(options, rules, with_history=with_history, with_texts=with_texts), options.cache_path
    )
    findings = unchecked.findings()
    options.progress("核对规则", 1, 1)
    return CheckedArchive(
        unchecked.config,
        unchecked.archive,
        unchecked.evidence,
        findings,
        unchecked.history_gap,
        unchecked.drafts,
        unchecked.rules,
    )


def read_archive(
    options: BuildOptions,
    rules: Sequence[Rule] | None = None,
    *,
    sources: Sources | None = None,
    with_history: bool = True,
    with_texts: bool = True,
) -> UncheckedArchive:
    """Read all sources, unless they are given, and gather the evidence that the rules need.

    Without ``with_history`` or ``with_texts``, git is asked or texts are compared only where the config makes a rule
    block that needs it. Raises ``ConfigError`` for a config or a content folder that cannot be used.
    """
    config, archive, drafts, before_withdrawals = read_sources(options, sources)
    selected = tuple(select_rules((), ()) if rules is None else rules)
    evidence, gap = _gather(
        options, archive, config, selected, drafts, with_history=with_history, with_texts=with_texts
    )
    return UncheckedArchive(config, archive, evidence, selected, gap, drafts, before_withdrawals)


def _gather(
    options: BuildOptions,
    archive: Archive,
    config: SiteConfig,
    rules: Sequence[Rule],
    drafts: Drafts,
    *,
    with_history: bool,
    with_texts: bool,
) -> tuple[Evidence, str]:
    """Return the evidence that the rules need, and why git could not be asked where that was needed."""
    blocking = [RULES[name] for name, settings in config.rules.items() if settings.blocking and name in RULES]
    evidence = Evidence(
        shared_files=screen_supporting_files(options.project, options.config_path.name, config.catalogue, config.theme),
        twins=find_twins(archive, options.project),
        namings=find_namings(archive, partial(_read_source, options.project))
        if with_texts and any(rule.id == "L020" for rule in rules)
        else namings_of(archive),
        copied=shares_copied(archive, options.cache_path)
        if any(rule.needs_texts for rule in (rules if with_texts else blocking))
        else None,
    )
    if not with_history and not any(rule.needs_history for rule in blocking):
        return evidence, ""
    try:
        history = read_history(options.project, options.cache_path)
    except HistoryGap as gap:
        return evidence, str(gap)
    uncommitted = _uncommitted(options)
    vanished = vanished_addresses(archive, history, uncommitted, drafts.paths)
    days = committed_days(archive, uncommitted)
    return replace(evidence, history=history, vanished=vanished, committed_days=days), ""


def _uncommitted(options: BuildOptions) -> tuple[CommittedDocument, ...]:
    """Return the public documents that differ from the last commit; none where git cannot compare."""
    now = options.as_of.minute or dt.datetime.combine(options.as_of.day, dt.time.max)
    try:
        return uncommitted_changes(options.project, now)
    except HistoryGap:
        return ()


def _read_source(project: Path, path: str) -> str:
    try:
        text = decode((project / path).read_bytes())
    except OSError:
        return ""
    return text if isinstance(text, str) else ""


def read_single_file(config_path: Path, file: Path) -> tuple[Archive, SiteConfig]:
    """Read one source file as if it were the whole site, without cache; its references are not resolved.

    Raises ``GongkaiError`` where it is no source of the site.
    """
    config = load_config(config_path)
    content = (config_path.parent / "content").resolve()
    place = file.resolve()
    if not place.is_relative_to(content) or place.suffix.lower() not in {".md", ".markdown"}:
        raise GongkaiError(
            f"{file} 不是 {content} 下的 Markdown 文件", "写源文件的路径，如 content/policies/rsf-2026-5.md"
        )
    try:
        data = place.read_bytes()
    except OSError as error:
        raise GongkaiError(f"{file} 读不了（{reason_of(error)}）", "核对路径") from None
    path = (Path("content") / place.relative_to(content)).as_posix()
    page = parse_page(path, path, data).page
    return build_archive([page], {}, (), config, AsOf(dt.date.max)), config
