"""Read all sources of a site into its archive, without the drafts, which are kept beside it. No rule is run."""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.config.load import SiteConfig, load_config
from generator.domain.model import Archive, Page
from generator.domain.problems import ConfigError, Problem
from generator.graph.archive import build_archive
from generator.pipeline.options import BuildOptions
from generator.source.drafts import in_draft_folder
from generator.source.load_all import Sources, load_sources
from generator.source.theme_files import own_theme
from generator.support.own_file import leads_out


class Drafts(NamedTuple):
    """The drafts of a site, and the problems of their files that the stages before the rules noticed."""

    pages: tuple[Page, ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """The source files of the drafts."""
        return frozenset(page.path for page in self.pages)


NO_DRAFTS = Drafts()


class SourceArchive(NamedTuple):
    """A site as its sources make it: config, archive, and the drafts, which are no part of the archive.

    ``before_withdrawals`` returns the archive as if nothing had been withdrawn.
    """

    config: SiteConfig
    archive: Archive
    drafts: Drafts
    before_withdrawals: Callable[[], Archive]


def read_sources(options: BuildOptions, sources: Sources | None = None) -> SourceArchive:
    """Read all sources, unless they are given, into an archive; nothing is written but the cache.

    Raises ``ConfigError`` for a config or a content folder that cannot be used.
    """
    config = load_config(options.config_path, options.platform.settings)
    _check_content_folder(options.project)
    if sources is None:
        advance = partial(options.progress, "读取文件")
        sources = load_sources(options.project, options.cache_path, jobs=options.jobs, advance=advance)
    if not sources.pages:
        raise ConfigError(
            f"{options.project / 'content'} 里没有 Markdown 文件",
            "把文件放进 content/policies 等文件夹，或用 gongkai new 新建一个",
        )
    options.progress("核对规则", 0, 1)
    problems = [*sources.problems, *_theme_problems(options, config.theme)]
    pages, draft_pages = _separate_drafts(sources.pages)
    build = partial(
        build_archive,
        *(pages, sources.files, problems, config, options.as_of),
        drafts=draft_pages,
        foreign=options.platform.foreign,
    )
    archive, drafts = _without_draft_problems(build(), draft_pages)

    def before_withdrawals() -> Archive:
        return _without_draft_problems(build(ignore_withdrawals=True), draft_pages)[0]

    return SourceArchive(config, archive, drafts, before_withdrawals)


def _separate_drafts(pages: Iterable[Page]) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """Return the pages that count, and the drafts."""
    all_pages = tuple(pages)
    return tuple(page for page in all_pages if not page.draft), tuple(page for page in all_pages if page.draft)


def _without_draft_problems(archive: Archive, pages: tuple[Page, ...]) -> tuple[Archive, Drafts]:
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


def _theme_problems(options: BuildOptions, theme: str) -> list[tuple[str, Problem]]:
    """Return the problems of the theme of the site, or of the platform; without one, nothing is imported for it."""
    folders = (options.project, options.platform.folder)
    folder = next((one for one in folders if one and own_theme(one, theme)), None)
    if folder is None:
        return []
    from generator.source.attachments.supporting_files import theme_problems

    return list(theme_problems(folder, theme))


def _check_content_folder(project: Path) -> None:
    """Raise ``ConfigError`` where there is no ``content/``, or a link leads it elsewhere."""
    content = project / "content"
    if not content.is_dir():
        raise ConfigError(
            f"{project} 里没有 content 文件夹",
            "把 Markdown 文件放进配置文件旁边的 content/，或用 gongkai init 新建一个网站",
        )
    if leads_out(project, content):
        raise ConfigError(
            "content: 文件夹经符号链接指向网站之外，没有读取 (F008)", "把 content 文件夹本身放在配置文件旁边"
        )
