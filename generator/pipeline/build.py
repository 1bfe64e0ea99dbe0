"""What was read and checked → the gate → the pages: the second half of the recipe."""

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.config.load import SiteConfig, load_config
from generator.domain.model import Archive, Site
from generator.domain.problems import Finding, GongkaiError
from generator.domain.vocabulary import Kind
from generator.graph.gate import open_gate
from generator.pipeline.options import BuildOptions, BuildResult, count_by_severity
from generator.pipeline.read import UncheckedArchive
from generator.publish.output.site_tree import PreviousOutput, SiteTree
from generator.publish.output.staging import open_staging
from generator.publish.pages.document_page import base_context
from generator.publish.pages.write_page import compile_templates
from generator.publish.site import Publisher
from generator.publish.theme.environment import Theme, View
from generator.source.history.read_history import read_history
from generator.source.history.run_git import HistoryGap
from generator.support.cache import Cache


class FullBuild(NamedTuple):
    """A whole site that was written, with what a build after it may take over."""

    keys: dict[str, str]
    built: BuildResult
    tree: SiteTree
    base_context: View
    theme: str
    has_search: bool
    places: dict[str, str]
    next_publication: dt.datetime | None
    used_history: bool
    used_texts: bool
    config_files: tuple[str, ...]


def prepare_templates(order: BuildOptions) -> None:
    """Compile the templates; what is wrong with one of them or with the config is said in its turn."""
    with contextlib.suppress(GongkaiError):
        compile_templates(Theme.load(order.project, load_config(order.config_path).theme, order.cache_path))


def full_build(
    order: BuildOptions,
    gathered: UncheckedArchive,
    findings: Callable[[], tuple[Finding, ...]],
    target: Path,
    live: SiteTree | None,
    *,
    with_search: bool,
    commit: str | None,
) -> FullBuild | BuildResult:
    """Build the whole site; a blocking finding stops it before anything is written.

    ``findings`` waits for what the rules say, which are run meanwhile; ``live`` is the record of the site that lies
    at ``target``, if there is one.
    """
    config, archive, _, history_gap = gathered
    theme = Theme.load(order.project, config.theme, order.cache_path)
    site = None
    with contextlib.suppress(Exception):  # what the gate stumbles over is what the rules block; they say it better
        site = open_gate(archive)
    all_findings = findings()
    order.progress("核对规则", 1, 1)
    blocking = tuple(finding for finding in all_findings if finding.blocking)
    others = count_by_severity(finding for finding in all_findings if not finding.blocking)
    if blocking:
        return BuildResult(blocking, others, history_gap=history_gap)
    site = site or open_gate(archive)
    versions_gap = ""
    if config.versions.publish:
        site, versions_gap = _with_versions(site, archive, config, order)
    searched = with_search and config.search == "full"
    spare = PreviousOutput.of(order.cache_path, target)
    staging = open_staging(target, live, spare)
    try:
        publisher = Publisher(
            site,
            config,
            theme,
            project=order.project,
            cache_path=order.cache_path,
            staging=staging,
            progress=order.progress,
        )
        tree = publisher.publish(jobs=order.jobs, with_search=searched, commit=commit)
        staging.commit(spare, tree)
    finally:
        staging.discard()
    order.progress("写入网站", 1, 1)
    waiting = sum(archive.is_waiting(document) for document in archive.documents)
    hidden = len(archive.documents) - len(site.documents) - waiting
    public, files = len(site.documents), len(tree.files)
    built = BuildResult((), others, public, hidden, waiting, files, history_gap, versions_gap, tree.seal)
    # a page that introduces a column is also shown there, so its words are not its own page's alone
    places = {item.path: item.address + "index.html" for item in site.documents if item.kind is not Kind.PAGE}
    words = theme.words
    return FullBuild(
        {page.path: page.body for page in archive.pages},  # as they were read, which may be later than the scan
        built,
        tree,
        base_context(config, site, words, theme.assets_digest),
        config.theme,
        searched,
        places,
        _next_minute(archive),
        config.versions.publish or bool(archive.history or history_gap),
        archive.copied is not None,
        (config.catalogue,) if config.catalogue else (),
    )


def _with_versions(site: Site, archive: Archive, config: SiteConfig, order: BuildOptions) -> tuple[Site, str]:
    """Return the site with the earlier versions of its documents; without a whole history, as it is, and why."""
    from generator.graph.version_gate import VersionGate, changed_documents
    from generator.source.history.earlier_texts import read_versions

    try:
        history = archive.history or read_history(order.project, order.cache_path)
        changed = changed_documents(archive, history)
        if not changed:
            return site, ""
        revisions = [revision for some in changed.values() for revision in some]
        parsed = read_versions(order.project, revisions, order.cache_path, jobs=order.jobs)
    except HistoryGap as gap:
        return site, str(gap)
    with Cache(order.cache_path) as cache:
        gate = VersionGate(archive, config, cache.html)
        versions = {name: gate.versions(name, some, parsed) for name, some in changed.items()}
    return replace(site, versions={name: some for name, some in versions.items() if some}), ""


def _next_minute(archive: Archive) -> dt.datetime | None:
    """Return the next minute at which a document is to be published; until then the archive stays what it is."""
    if archive.moment is None:
        return None
    minutes = (document.value("date_published") for document in archive.documents)
    return min((due for due in minutes if isinstance(due, dt.datetime) and due > archive.moment), default=None)
