"""Sources → graph → audit: a site read and checked at one day, nothing of it written."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.audit import RULES, Rule, run_rules, select_rules
from generator.config.load import SiteConfig, load_config
from generator.domain.model import Archive
from generator.domain.problems import ConfigError, Finding, GongkaiError, reason_of
from generator.graph.archive import build_archive
from generator.graph.copied_files import with_twins
from generator.graph.copied_texts import add_copied_shares
from generator.graph.former_addresses import add_history
from generator.graph.hidden_names import with_namings
from generator.pipeline.options import BuildOptions
from generator.source.attachments.beside import screen_beside, theme_problems
from generator.source.front_matter.read import decode
from generator.source.history.read_history import read_history
from generator.source.history.run_git import HistoryGap
from generator.source.load import Sources, load_sources, parse_page
from generator.support.database import renewing
from generator.support.own_file import leads_out


@dataclass(frozen=True, slots=True)
class CheckedArchive:
    """A site that was read and checked; ``history_gap`` says why git could not be asked where it was to be."""

    config: SiteConfig
    archive: Archive
    findings: tuple[Finding, ...]
    history_gap: str = ""

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stops a build."""
        return tuple(finding for finding in self.findings if finding.blocking)


class UncheckedArchive(NamedTuple):
    """A site that was read and not checked yet, with the rules that are to check it."""

    config: SiteConfig
    archive: Archive
    rules: tuple[Rule, ...]
    history_gap: str

    def findings(self) -> tuple[Finding, ...]:
        """Run the rules."""
        return tuple(run_rules(self.archive, self.config, self.rules))


def check_archive(
    order: BuildOptions, rules: Sequence[Rule] | None = None, *, with_history: bool = True
) -> CheckedArchive:
    """Read all sources and run the rules; nothing is written but the cache.

    Without history git is asked only where the config makes a rule block that needs it.
    """
    gathered = renewing(lambda: read_archive(order, rules, with_history=with_history), order.cache_path)
    findings = gathered.findings()
    order.progress("核对规则", 1, 1)
    return CheckedArchive(gathered.config, gathered.archive, findings, gathered.history_gap)


def read_archive(
    order: BuildOptions,
    rules: Sequence[Rule] | None = None,
    *,
    sources: Sources | None = None,
    with_history: bool = True,
    with_texts: bool = True,
) -> UncheckedArchive:
    """Read all sources, unless they were read already.

    Without history or texts, git is asked and texts are compared only where the config makes a rule block that
    needs it.
    """
    config = load_config(order.config_path)
    if not (order.project / "content").is_dir():
        raise ConfigError(
            f"{order.project} 里没有 content 文件夹",
            "把 Markdown 文件放进配置文件旁边的 content/，或用 gongkai init 新建一个网站",
        )
    if leads_out(order.project, order.project / "content"):
        raise ConfigError(
            "content: 文件夹经符号链接指向网站之外，没有读取 (F008)", "把 content 文件夹本身放在配置文件旁边"
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
    problems = [*sources.problems, *theme_problems(order.project, config.theme)]
    archive = build_archive(sources.pages, sources.files, problems, config, order.as_of, order.moment)
    beside = screen_beside(order.project, order.config_path.name, config.catalogue, config.theme)
    archive = replace(archive, config_files=beside)
    chosen = select_rules((), ()) if rules is None else rules
    blocking = [RULES[name] for name, settings in config.rules.items() if settings.blocking and name in RULES]
    archive = with_twins(archive, order.project)
    if with_texts and any(item.id == "L020" for item in chosen):
        archive = with_namings(archive, partial(_read_source, order.project))
    if any(item.needs_texts for item in (chosen if with_texts else blocking)):
        archive = add_copied_shares(archive, order.cache_path)
    history_gap = ""
    if with_history or any(item.needs_history for item in blocking):
        try:
            archive = add_history(archive, read_history(order.project, order.cache_path))
        except HistoryGap as gap:
            history_gap = str(gap)
    return UncheckedArchive(config, archive, tuple(chosen), history_gap)


def _read_source(project: Path, path: str) -> str:
    try:
        text = decode((project / path).read_bytes())
    except OSError:
        return ""
    return text if isinstance(text, str) else ""


def read_single_file(config_path: Path, file: Path) -> tuple[Archive, SiteConfig]:
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
