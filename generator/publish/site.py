"""A ``Site`` → the output folder: pages, files, machine formats, search, the manifest last."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator import __version__
from generator.config.load import SiteConfig
from generator.domain.model import MediaFile, Site
from generator.domain.problems import OutputError, reason_of
from generator.domain.vocabulary import SiteFolder
from generator.publish.output.site_tree import MANIFEST, SiteTree, WrittenFile
from generator.publish.output.staging import Staging, manifest_bytes
from generator.publish.pages.makers import NOT_IN_SITEMAP, page_makers
from generator.publish.pages.page_maker import PageSpec
from generator.publish.pages.render import Job, MachineFormatsJob, Renderer, render_chunk
from generator.publish.pages.write_page import compile_templates
from generator.publish.search.bundles import Bundle, build_bundle, bundles, drop_unused_bundles, search_table
from generator.publish.search.refresh import TABLE, save_entries, write_bundle
from generator.publish.theme.environment import Theme
from generator.source.attachments.screening import published_bytes
from generator.support.cache import Cache
from generator.support.workers import run_chunks, split_into_chunks

_CHUNK = 100
Progress = Callable[[str, int, int], None]


class Publisher:
    """Write one site into one staging folder."""

    def __init__(
        self,
        site: Site,
        config: SiteConfig,
        theme: Theme,
        *,
        project: Path,
        cache_path: Path,
        staging: Staging,
        progress: Progress,
    ) -> None:
        self._site = site
        self._config = config
        self._theme = theme
        self._project = project
        self._cache_path = cache_path
        self._staging = staging
        self._progress = progress

    def publish(self, *, jobs: int, with_search: bool, keep_search: bool, commit: str | None) -> SiteTree:
        """Write everything; the caller puts the folder in its place. Returns the record of it.

        Everything but the pages is written here while the other processes write those.
        """
        makers = page_makers(self._site, self._config, self._theme)
        pages = [page for maker in makers for page in maker.pages()]
        others: list[WrittenFile] = []

        def write_others() -> None:
            others.extend(self._files())
            others.extend(
                self._kept_search() or self._search([])
                if keep_search
                else self._search(self._index() if with_search else [])
            )

        written = [*self._pages(pages, jobs, meanwhile=write_others), *others]
        self._progress("写入网站", 0, 1)
        manifest = manifest_bytes(written, version=__version__, as_of=self._site.day.isoformat(), commit=commit)
        written.append(self._staging.write(MANIFEST, "", manifest))
        return self._staging.finish(written)

    def _pages(self, pages: list[PageSpec], jobs: int, *, meanwhile: Callable[[], None]) -> list[WrittenFile]:
        compile_templates(self._theme)
        addresses = tuple(page.address for page in pages if page.kind not in NOT_IN_SITEMAP)
        chunks: list[Sequence[Job]] = [
            [MachineFormatsJob(addresses)],
            *split_into_chunks(pages, jobs=jobs, most=_CHUNK),
        ]
        renderer = partial(Renderer, self._site, self._config, self._theme, self._cache_path, self._staging)
        written: list[WrittenFile] = []
        for some in run_chunks(render_chunk, chunks, jobs=jobs, prepare=renderer, meanwhile=meanwhile):
            written += some
            self._progress("生成页面", min(len(written), len(pages)), len(pages))
        self._progress("生成页面", len(pages), len(pages))
        return written

    def _files(self) -> list[WrittenFile]:
        written = [self._media(path, file) for path, file in sorted(self._site.files.items())]
        for name, source in self._theme.assets.items():
            written.append(self._staging.put(f"assets/{name}", source.read_bytes()))
        return written

    def _media(self, path: str, file: MediaFile) -> WrittenFile:
        """Publish a file as it was looked into: one that has changed since ends the build (requirements SAFE-03)."""
        if old := self._staging.reuse(path, file.key):
            return old
        try:
            data = published_bytes(self._project, file)
        except OSError as error:
            raise OutputError(f"读不了 {file.path}：{reason_of(error)}", "检查这个文件；原来的网站没有动") from None
        if data is None:
            raise OutputError(f"{file.path} 在核对之后又变了，没有发布", "再运行一次；原来的网站没有动")
        return self._staging.write(path, file.key, data)

    def _kept_search(self) -> list[WrittenFile]:
        """Take over the index of the previous output, if it is there whole: a preview makes it anew when idle."""
        pages = f"{SiteFolder.SEARCH}/index.html"
        files = [file for file in self._staging.previous_files(f"{SiteFolder.SEARCH}/") if file.path != pages]
        taken = [self._staging.reuse(file.path, file.fingerprint) for file in files]
        return [] if None in taken else [file for file in taken if file]

    def _index(self) -> list[Bundle]:
        """Make the bundles for search, or take them from the cache."""
        made: list[Bundle] = []
        total, done = len(self._site.documents), 0

        def advance() -> None:
            nonlocal done
            done += 1
            self._progress("建立检索索引", done, total)

        with Cache(self._cache_path) as cache:
            entries = bundles(self._site)
            made = [build_bundle(bundle, cache, advance) for bundle in entries]
            save_entries(cache, self._staging.target, tuple(entries))
            if made:
                drop_unused_bundles(cache, made)
        return made

    def _search(self, made: list[Bundle]) -> list[WrittenFile]:
        if not made:
            with Cache(self._cache_path) as cache:
                save_entries(cache, self._staging.target, ())
        written = [file for bundle in made for file in write_bundle(self._staging, bundle)]
        written.append(self._staging.put(TABLE, search_table(self._site, made)))
        return written
