"""The stages of a build, in their order.

Scan, and an incremental build where little has changed; otherwise source → graph → audit → gate → versions → publish.
Each stage imports its modules when it begins, so that a build without changes imports few of them.
"""

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.domain.problems import ConfigError, GongkaiError
from generator.domain.vocabulary import Kind
from generator.pipeline.incremental import BuildState, Changes, build_incrementally, find_changes, save_state
from generator.pipeline.options import BuildOptions, BuildResult, Search, count_by_severity
from generator.support.database import renewing

if TYPE_CHECKING:
    from generator.config.load import SiteConfig
    from generator.domain.model import Archive, History, Site
    from generator.pipeline.read import UncheckedArchive
    from generator.publish.output.site_tree import SiteTree
    from generator.publish.search.full_text import PreparedIndex
    from generator.publish.theme.environment import Theme

_MANY_TEXTS = 200  # from so many texts on, running the rules in a second process saves time


def build(options: BuildOptions, output: Path, *, clean: bool = False, search: Search = Search.CURRENT) -> BuildResult:
    """Build the site at ``output``; a blocking finding stops the build before anything is replaced.

    Raises ``GongkaiError`` for a config, a theme or an output folder that cannot be used.
    """
    if clean:
        shutil.rmtree(options.cache_path.parent, ignore_errors=True)
    return renewing(lambda: _build(options, output, search), options.cache_path)


def _build(options: BuildOptions, output: Path, search: Search) -> BuildResult:
    changes = find_changes(options, output, search)
    return build_incrementally(options, changes) or _full_build(options, changes)


def _full_build(options: BuildOptions, changes: Changes) -> BuildResult:
    """Build the whole site; pages that show the same as in the previous output are reused."""
    from generator.graph.gate import open_gate, public_accounts
    from generator.pipeline.read import read_archive
    from generator.publish.comparisons import with_comparisons
    from generator.publish.theme.environment import Theme
    from generator.source.load_all import load_sources
    from generator.support.workers import run_in_background

    # Source: parse the texts, scan the attachments.
    sources = load_sources(
        options.project,
        options.cache_path,
        jobs=options.jobs,
        advance=partial(options.progress, "读取文件"),
        scanned=changes.scanned,
        meanwhile=partial(_prepare_templates, options),
    )
    # Graph: resolve references and relations, derive statuses.
    unchecked = read_archive(options, sources=sources, with_history=False, with_texts=False)
    config, archive = unchecked.config, unchecked.archive
    if config.policy_pdf:
        _check_printer(options, config)
    # Audit: a blocking finding ends the build here.
    jobs = options.jobs if len(sources.pages) > _MANY_TEXTS else 1
    theme = Theme.load(options.project, config.theme, options.cache_path, platform=options.platform.folder)
    with run_in_background(unchecked.findings, jobs=jobs) as wait_for_findings:
        site = _open_gate_early(archive) if jobs > 1 else None
        prepared = _prepare_index(options, changes, config, site) if site else None
        findings = wait_for_findings()
    options.progress("核对规则", 1, 1)
    blocking = tuple(finding for finding in findings if finding.blocking)
    other_counts = count_by_severity(finding for finding in findings if not finding.blocking)
    if blocking:
        return BuildResult(blocking, other_counts, history_gap=unchecked.history_gap)
    # Gate: from here on no value holds a document that is not public.
    site = site or open_gate(archive)
    config = config.model_copy(update={"accounts": public_accounts(config.accounts, archive)})
    versions_gap = ""
    if config.versions.publish:
        site, versions_gap = _with_versions(site, archive, config, options, unchecked.evidence.history)
    site = with_comparisons(site, options.cache_path)
    if config.web_pictures:
        from generator.publish.web_copies import with_web_copies

        site = with_web_copies(site, options.project, options.cache_path)
    # Publish: pages, machine formats, search, the manifest last; then the atomic swap.
    tree = _publish(options, changes, site, config, theme, prepared)
    options.progress("写入网站", 1, 1)
    waiting = sum(archive.is_waiting(document) for document in archive.documents)
    result = BuildResult(
        blocking=(),
        other_counts=other_counts,
        documents=len(site.documents),
        hidden=len(archive.documents) - len(site.documents) - waiting,
        waiting=waiting,
        drafts=len(unchecked.drafts.pages),
        files=len(tree.files),
        history_gap=unchecked.history_gap,
        versions_gap=versions_gap,
        seal=tree.seal,
        web_copies=len(site.web_copies),
        saved_bytes=sum(copy.original.size - copy.size for copy in site.web_copies.values()),
    )
    save_state(options, changes, _state(options, changes, unchecked, site, theme, tree, result))
    return result


def _open_gate_early(archive: "Archive") -> "Site | None":
    """Open the gate while the rules run; ``None`` where that fails.

    A failure is expected where a rule blocks; where no rule does, the gate is opened again and the error is raised.
    """
    from generator.graph.gate import open_gate

    try:
        return open_gate(archive)
    except (GongkaiError, LookupError):
        return None


def _check_printer(options: BuildOptions, config: "SiteConfig") -> None:
    """Import what makes PDF files, before processes start that need it.

    Raises ``ConfigError`` with the line of the setting where it cannot be imported.
    """
    from generator.publish.pdf.printer import load_program

    try:
        load_program()
    except GongkaiError as error:
        _, line = config.place_of("policy_pdf")
        raise ConfigError(f"{options.config_path}:{line}: policy_pdf: {error.message}", error.hint) from None


def _prepare_templates(options: BuildOptions) -> None:
    """Compile the templates while other processes parse; an error in one of them is raised when it is used."""
    import contextlib

    from generator.config.load import load_config
    from generator.publish.theme.environment import Theme

    with contextlib.suppress(GongkaiError):
        config = load_config(options.config_path, options.platform.settings)
        _prepare_publishing(
            Theme.load(options.project, config.theme, options.cache_path, platform=options.platform.folder)
        )


def _prepare_publishing(theme: "Theme") -> None:
    """Import the modules that make pages and compile the templates."""
    import importlib

    importlib.import_module("generator.publish.site")
    theme.compile()


def _with_versions(
    site: "Site", archive: "Archive", config: "SiteConfig", options: BuildOptions, history: "History | None"
) -> tuple["Site", str]:
    """Return the site with the earlier versions of its documents; without a complete history, the reason."""
    from generator.graph.version_gate import VersionGate, changed_documents
    from generator.source.history.earlier_texts import read_versions
    from generator.source.history.read_history import read_history
    from generator.source.history.run_git import HistoryGap
    from generator.support.cache import Cache

    try:
        history = history or read_history(options.project, options.cache_path)
        changed = changed_documents(archive, history)
        if not changed:
            return site, ""
        revisions = [revision for document_revisions in changed.values() for revision in document_revisions]
        parsed = read_versions(options.project, revisions, options.cache_path, jobs=options.jobs)
    except HistoryGap as gap:
        return site, str(gap)
    with Cache(options.cache_path) as cache:
        gate = VersionGate(archive, config, cache.text)
        versions = {name: gate.versions(name, its_revisions, parsed) for name, its_revisions in changed.items()}
    return replace(site, versions={name: its_versions for name, its_versions in versions.items() if its_versions}), ""


def _prepare_index(
    options: BuildOptions, changes: Changes, config: "SiteConfig", site: "Site"
) -> "PreparedIndex | None":
    """Merge the search index while the rules run, where that is quick; nothing of it is written before they pass."""
    from generator.publish.search.refresh import prepare_early
    from generator.support.cache import Cache

    if changes.search is not Search.CURRENT or config.search.text != "full":
        return None
    with Cache(options.cache_path) as cache:
        return prepare_early(cache, changes.target, site)


def _publish(
    options: BuildOptions,
    changes: Changes,
    site: "Site",
    config: "SiteConfig",
    theme: "Theme",
    prepared: "PreparedIndex | None",
) -> "SiteTree":
    """Write the site beside the previous output and put it in its place in one step."""
    from generator.publish.output.site_tree import PreviousOutput
    from generator.publish.output.staging import open_staging
    from generator.publish.site import Publisher

    live = changes.state.tree if changes.state else None
    previous = PreviousOutput.of(options.cache_path, changes.target)
    staging = open_staging(changes.target, live, previous)
    try:
        publisher = Publisher(
            site,
            config,
            theme,
            project=options.project,
            cache_path=options.cache_path,
            staging=staging,
            progress=options.progress,
            prepared_index=prepared,
        )
        tree = publisher.publish(
            jobs=options.jobs,
            with_search=changes.search is Search.CURRENT and config.search.text == "full",
            keep_search=changes.search is Search.KEEP,
            commit=changes.commit,
        )
        staging.commit(previous, tree)
    finally:
        staging.discard()
    return tree


def _state(
    options: BuildOptions,
    changes: Changes,
    unchecked: "UncheckedArchive",
    site: "Site",
    theme: "Theme",
    tree: "SiteTree",
    result: BuildResult,
) -> BuildState:
    """Return the build state for the next build into the same folder."""
    from generator.publish.pages.base_context import base_context

    config, evidence = unchecked.config, unchecked.evidence
    return BuildState(
        environment_key="",
        commit=changes.commit,
        content_revision=changes.content_revision,
        as_of=options.as_of,
        keys={
            page.path: page.body for page in (*unchecked.archive.pages, *unchecked.drafts.pages)
        },  # as parsed: a text may have changed after the scan
        text_keys={page.path: page.text_facts.key for page in unchecked.archive.pages if page.text_facts.key},
        result=result,
        tree=tree,
        base_context=base_context(config, site, theme.words, theme.assets_digest),
        theme=config.theme,
        search=Search.CURRENT if changes.search is Search.KEEP and config.search.text != "full" else changes.search,
        places=_places(site),
        compared=_compared(site),
        unindexed={},
        next_publication=_next_publication(unchecked.archive),
        used_history=config.versions.publish or bool(evidence.history or unchecked.history_gap),
        used_texts=evidence.copied is not None,
        config_files=config.own_files,
    )


def _places(site: "Site") -> Mapping[str, str]:
    """Return the page of each document by its source, without ``Kind.PAGE``, whose text may be on other pages."""
    return {item.path: item.address + "index.html" for item in site.documents if item.kind is not Kind.PAGE}


def _compared(site: "Site") -> frozenset[str]:
    """Return the sources of the documents whose words pages of others may show: old and new clauses side by side."""
    from generator.publish.comparisons import COMPARED

    return frozenset(item.path for item in site.documents if any(one.kind in COMPARED for one in item.relations))


def _next_publication(archive: "Archive") -> dt.datetime | None:
    """Return the next minute at which a document is published; until then the archive does not change by itself."""
    minute = archive.as_of.minute
    if minute is None:
        return None
    moments = (document.value("date_published") for document in archive.documents)
    return min((due for due in moments if isinstance(due, dt.datetime) and due > minute), default=None)
