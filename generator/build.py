"""The recipe: source → graph → audit → publish, in this order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.audit import RULES, Rule, choose, run_rules
from generator.config import SiteConfig, load_config
from generator.graph.archive import build_archive
from generator.graph.compared import with_copies
from generator.graph.former import with_past
from generator.graph.gate import open_gate
from generator.model import Archive, Site
from generator.order import Built, Order, weigh
from generator.problems import ConfigError, Finding, GongkaiError, reason_of
from generator.publish.output import open_staging
from generator.publish.site import Publisher
from generator.publish.theme import Theme
from generator.publish.tree import Spare, Tree
from generator.publish.views import shell
from generator.publish.write import View
from generator.source.git.ask import HistoryGap, NoHistory
from generator.source.git.history import read_history
from generator.source.load import Sources, load_sources, parse_page
from generator.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Examined:
    """A site that was read and checked; ``history_gap`` says why git could not be asked where it was to be."""

    config: SiteConfig
    archive: Archive
    findings: tuple[Finding, ...]
    history_gap: str = ""

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stops a build."""
        return tuple(finding for finding in self.findings if finding.blocking)


def examine(
    order: Order,
    rules: Sequence[Rule] | None = None,
    *,
    sources: Sources | None = None,
    with_history: bool = True,
    with_texts: bool = True,
) -> Examined:
    """Read all sources, unless they were read already, and run the rules; nothing is written but the cache.

    Without history git is asked only where the config makes a rule block that needs it; without texts they are
    compared only where it makes one block that needs that.
    """
    config = load_config(order.config_path)
    if not (order.project / "content").is_dir():
        raise ConfigError(
            f"{order.project} 里没有 content 文件夹",
            "把 Markdown 文件放进配置文件旁边的 content/，或用 gongkai init 新建一个网站",
        )
    if sources is None:
        advance = partial(order.progress, "读取文件")
        sources = load_sources(order.project, order.cache_path, jobs=order.jobs, advance=advance)
    if not sources.pages:
        raise ConfigError(
            f"{order.project / 'content'} 里没有 Markdown 文件",
            "把文件放进 content/policies 等文件夹，或用 gongkai new 新建一个",
        )
    order.progress("核对规则", 0, 1)
    archive = build_archive(sources.pages, sources.files, sources.problems, config, order.as_of, order.moment)
    chosen = choose((), ()) if rules is None else rules
    blocking = [RULES[name] for name, own in config.rules.items() if own.blocking and name in RULES]
    if any(item.needs_texts for item in (chosen if with_texts else blocking)):
        archive = with_copies(archive, order.cache_path)
    history_gap = ""
    if with_history or any(item.needs_history for item in blocking):
        try:
            archive = with_past(archive, read_history(order.project, order.cache_path))
        except HistoryGap as gap:
            history_gap = str(gap)
    findings = run_rules(archive, config, chosen)
    order.progress("核对规则", 1, 1)
    return Examined(config, archive, tuple(findings), history_gap)


def read_one(config_path: Path, file: Path) -> tuple[Archive, SiteConfig]:
    """Read one source file as if it were the whole site, without cache; what it refers to is not looked up.

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
    return build_archive([page], {}, (), config, dt.date.max), config


class Made(NamedTuple):
    """A whole site that was written, with what a build after it may take over."""

    keys: dict[str, str]
    built: Built
    tree: Tree
    shell: View
    theme: str
    searched: bool
    places: dict[str, str]
    opens: dt.datetime | None
    asked_history: bool
    asked_texts: bool
    beside: tuple[str, ...]


def build_whole(
    order: Order, sources: Sources, target: Path, live: Tree | None, *, with_search: bool, commit: str | None
) -> Made | Built:
    """Build the whole site; a blocking finding stops it before anything is replaced.

    ``live`` is the record of the site that lies at ``target``, if there is one.
    """
    examined = examine(order, sources=sources, with_history=False, with_texts=False)
    archive, config = examined.archive, examined.config
    theme = Theme.load(order.project, config.theme, order.cache_path)
    others = weigh(finding for finding in examined.findings if not finding.blocking)
    if examined.blocking:
        return Built(examined.blocking, others, history_gap=examined.history_gap)
    site = open_gate(archive)
    versions_gap = ""
    if commit and config.versions.publish:
        site, versions_gap = _with_versions(site, archive, config, order)
    searched = with_search and config.search == "full"
    spare = Spare.of(order.cache_path, target)
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
        staging.commit(spare)
    finally:
        staging.discard()
    order.progress("写入网站", 1, 1)
    waiting = sum(archive.is_waiting(document) for document in archive.documents)
    hidden = len(archive.documents) - len(site.documents) - waiting
    built = Built((), others, len(site.documents), hidden, waiting, len(tree.files), examined.history_gap, versions_gap)
    # a page that introduces a column is also shown there, so its words are not its own page's alone
    places = {item.path: item.address + "index.html" for item in site.documents if item.kind is not Kind.PAGE}
    words = theme.words
    return Made(
        {page.path: page.body for page in archive.pages},  # as they were read, which may be later than the scan
        built,
        tree,
        shell(config, site, words, theme.assets_digest),
        config.theme,
        searched,
        places,
        _next_minute(archive),
        config.versions.publish or bool(archive.history or examined.history_gap),
        archive.copied is not None,
        (config.catalogue,) if config.catalogue else (),
    )


def _with_versions(site: Site, archive: Archive, config: SiteConfig, order: Order) -> tuple[Site, str]:
    """Return the site with the earlier versions of its documents; without a whole history, as it is, and why."""
    try:
        history = archive.history or read_history(order.project, order.cache_path)
    except HistoryGap as gap:
        return site, "" if isinstance(gap, NoHistory) else str(gap)
    from generator.graph.versions import VersionGate, changed_documents  # where something was ever changed
    from generator.source.versions import read_versions

    changed = changed_documents(site, history)
    if not changed:
        return site, ""
    revisions = [revision for some in changed.values() for revision in some]
    parsed = read_versions(order.project, revisions, order.cache_path, jobs=order.jobs)
    gate = VersionGate(archive, config)
    versions = {name: gate.versions(name, some, parsed) for name, some in changed.items()}
    return replace(site, versions={name: some for name, some in versions.items() if some}), ""


def _next_minute(archive: Archive) -> dt.datetime | None:
    """Return the next minute at which a document is to be published; until then the archive stays what it is."""
    if archive.moment is None:
        return None
    minutes = (document.value("date_published") for document in archive.documents)
    return min((due for due in minutes if isinstance(due, dt.datetime) and due > archive.moment), default=None)
