"""The recipe: source → graph → audit → publish, in this order."""

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.audit import RULES, Rule, choose, run_rules
from generator.config import SiteConfig, load_config
from generator.graph.archive import build_archive
from generator.graph.gate import open_gate
from generator.model import Archive
from generator.problems import ConfigError, Finding, GongkaiError
from generator.publish.output import open_staging
from generator.publish.site import Publisher
from generator.publish.theme import Theme
from generator.source.cache import Cache
from generator.source.history import HistoryGap, head_commit, read_history
from generator.source.load import load_sources, parse_page

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done, and how much there is."""


@dataclass(frozen=True, kw_only=True)
class Order:
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


def examine(order: Order, rules: Sequence[Rule] | None = None, *, with_history: bool = True) -> Examined:
    """Read all sources and run the rules; nothing is written but the cache.

    Without history git is asked only where the config makes a rule block that needs it.
    """
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
    )
    if not sources.pages:
        raise ConfigError(
            f"{order.project / 'content'} 里没有 Markdown 文件",
            "把文件放进 content/policies 等文件夹，或用 gongkai new 新建一个",
        )
    order.progress("核对规则", 0, 1)
    archive = build_archive(sources.pages, sources.files, sources.problems, config, order.as_of, order.moment)
    history_gap = ""
    if with_history or any(
        own.blocking and name in RULES and RULES[name].needs_history for name, own in config.rules.items()
    ):
        try:
            archive = replace(archive, history=read_history(order.project, order.cache_path))
        except HistoryGap as gap:
            history_gap = str(gap)
    findings = run_rules(archive, config, choose((), ()) if rules is None else rules)
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
        raise GongkaiError(f"{file} 读不了（{error.strerror}）", "核对路径") from None
    path = (Path("content") / place.relative_to(content)).as_posix()
    page = parse_page(path, path, data).page
    return build_archive([page], {}, (), config, dt.date.max), config


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; ``files`` is 0 when a finding stopped it."""

    examined: Examined
    documents: int = 0
    files: int = 0


def build(order: Order, output: Path, *, clean: bool = False, with_search: bool = True) -> Built:
    """Build the whole site; a blocking finding stops it before anything is replaced."""
    if clean:
        shutil.rmtree(order.cache_path.parent, ignore_errors=True)
    examined = examine(order, with_history=False)
    theme = Theme.load(order.project, examined.config.theme)
    if examined.blocking:
        return Built(examined)
    site = open_gate(examined.archive)
    state = f"output:{output.resolve()}"
    with Cache(order.cache_path) as cache:
        known = cache.state(state) or {}
    staging = open_staging(output, known)
    try:
        written = Publisher(
            site,
            examined.config,
            theme,
            project=order.project,
            cache_path=order.cache_path,
            staging=staging,
            progress=order.progress,
        ).publish(
            jobs=order.jobs,
            with_search=with_search and examined.config.search == "full",
            commit=head_commit(order.project),
        )
        staging.commit()
    finally:
        staging.discard()
    with Cache(order.cache_path) as cache:
        cache.set_state(state, written)
    return Built(examined, len(site.documents), len(written))
