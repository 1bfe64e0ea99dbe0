"""The recipe: source → graph → audit → publish, in this order."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.audit import Rule, choose, run_rules
from generator.config import SiteConfig, load_config
from generator.graph.archive import build_archive
from generator.graph.gate import open_gate
from generator.model import Archive
from generator.order import Built, Order, weigh
from generator.problems import ConfigError, Finding
from generator.publish.output import open_staging
from generator.publish.site import Publisher
from generator.publish.theme import Theme
from generator.publish.tree import Spare, Tree
from generator.publish.views import shell
from generator.publish.write import View
from generator.source.load import load_sources
from generator.source.scan import Scan
from generator.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Examined:
    """A site that was read and checked."""

    config: SiteConfig
    archive: Archive
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stops a build."""
        return tuple(finding for finding in self.findings if finding.blocking)


def examine(order: Order, rules: Sequence[Rule] | None = None, *, scanned: Scan | None = None) -> Examined:
    """Read all sources and run the rules; nothing is written but the cache."""
    config = load_config(order.config_path)
    if not (order.project / "content").is_dir():
        raise ConfigError(
            f"{order.project} 里没有 content 文件夹",
            "把 Markdown 文件放进配置文件旁边的 content/，或用 gongkai init 新建一个网站",
        )
    sources = load_sources(
        order.project,
        order.cache_path,
        jobs=order.jobs,
        advance=lambda done, total: order.progress("读取文件", done, total),
        scanned=scanned,
    )
    if not sources.pages:
        raise ConfigError(
            f"{order.project / 'content'} 里没有 Markdown 文件",
            "把文件放进 content/policies 等文件夹，或用 gongkai new 新建一个",
        )
    order.progress("核对规则", 0, 1)
    archive = build_archive(sources.pages, sources.files, sources.problems, config, order.as_of)
    findings = run_rules(archive, config, choose((), ()) if rules is None else rules)
    order.progress("核对规则", 1, 1)
    return Examined(config, archive, tuple(findings))


class Made(NamedTuple):
    """A whole site that was written, with what a build after it may take over."""

    built: Built
    tree: Tree
    shell: View
    theme: str
    searched: bool
    places: dict[str, str]


def build_whole(
    order: Order, scanned: Scan, target: Path, live: Tree | None, *, with_search: bool, commit: str | None
) -> Made | Built:
    """Build the whole site; a blocking finding stops it before anything is replaced.

    ``live`` is the record of the site that lies at ``target``, if there is one.
    """
    examined = examine(order, scanned=scanned)
    archive, config = examined.archive, examined.config
    theme = Theme.load(order.project, config.theme)
    others = weigh(finding for finding in examined.findings if not finding.blocking)
    if examined.blocking:
        return Built(examined.blocking, others)
    site = open_gate(archive)
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
    built = Built((), others, len(site.documents), hidden, waiting, len(tree.files))
    # a page that introduces a column is also shown there, so its words are not its own page's alone
    places = {item.path: item.address + "index.html" for item in site.documents if item.kind is not Kind.PAGE}
    return Made(built, tree, shell(config, site, theme.words, theme.assets_digest), config.theme, searched, places)
