"""Write a ``Site`` into the output folder: pages, files, machine formats, search, and the manifest last."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator import __version__
from generator.config.load import SiteConfig
from generator.domain.filenames import same_name_key
from generator.domain.model import MediaFile, Site, WebCopy
from generator.domain.problems import OutputError, reason_of
from generator.domain.vocabulary import SiteFolder
from generator.publish.output.site_tree import MANIFEST, SiteTree, WrittenFile
from generator.publish.output.staging import Staging, manifest_bytes
from generator.publish.pages.makers import NOT_IN_SITEMAP, page_makers
from generator.publish.pages.page_maker import PageKind, PageSpec
from generator.publish.pages.render import Job, MachineFormatsJob, Renderer, SearchFieldsJob, render_chunk
from generator.publish.search.fields import in_order
from generator.publish.search.full_text import (
    NO_INDEX,
    PreparedIndex,
    WrittenIndex,
    entries_of,
    prepare_index,
    write_index,
)
from generator.publish.search.refresh import TEXTS, StoredIndex, reuse_index, save_index, texts_table
from generator.publish.theme.environment import Theme
from generator.publish.web_copies import copy_bytes, copy_key
from generator.source.attachments.screening import published_bytes
from generator.support.cache import Cache
from generator.support.workers import run_chunks, split_into_chunks

_CHUNK = 100
Progress = Callable[[str, int, int], None]


def _check_former_addresses(redirects: Sequence[str], written: Sequence[WrittenFile]) -> None:
    """Check that no page at a former address has the place of another file, whatever its case.

    Raises ``OutputError``; rule V009 finds such an address before.
    """
    if not redirects:
        return
    files = Counter(same_name_key(file.path) for file in written)
    folders = {key[:end] for key in files for end, char in enumerate(key) if char == "/"}
    for path in redirects:
        key = same_name_key(path)
        above = (key[:end] for end, char in enumerate(key) if char == "/")
        if files[key] > 1 or key in folders or any(folder in files for folder in above):
            raise OutputError(f"旧网址 {path} 是网站里另一个文件的网址", "删去这个旧网址；原来的网站没有动")


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
        prepared_index: PreparedIndex | None = None,
    ) -> None:
        self._site = site
        self._config = config
        self._theme = theme
        self._project = project
        self._cache_path = cache_path
        self._staging = staging
        self._progress = progress
        self._prepared_index = prepared_index

    def publish(self, *, jobs: int, with_search: bool, keep_search: bool, commit: str | None) -> SiteTree:
        """Write everything and return the record of the new folder; the caller swaps it in.

        Files and search are written in this process while the others write pages. ``keep_search`` reuses the previous
        index; ``commit`` is the git commit for the manifest.
        """
        self._theme.check()
        kept = self._kept_search() if keep_search else []
        makers = page_makers(self._site, self._config, self._theme)
        pages = [page for maker in makers for page in maker.pages()]
        other_files: list[WrittenFile] = []

        def write_others() -> None:
            other_files.extend(self._write_files())
            other_files.extend(kept or self._write_search(self._write_index() if with_search else NO_INDEX))

        jobs_beside: list[Job] = [] if kept else [SearchFieldsJob(with_search)]
        written = [*self._write_pages(pages, jobs_beside, jobs, meanwhile=write_others), *other_files]
        _check_former_addresses([page.path for page in pages if page.kind is PageKind.REDIRECT], written)
        self._progress("写入网站", 0, 1)
        manifest = manifest_bytes(written, version=__version__, as_of=self._site.day.isoformat(), commit=commit)
        written.append(self._staging.write(MANIFEST, "", manifest))
        return self._staging.finish(written)

    def _write_pages(
        self, pages: list[PageSpec], others: list[Job], jobs: int, *, meanwhile: Callable[[], None]
    ) -> list[WrittenFile]:
        self._theme.compile()
        addresses = tuple(page.address for page in pages if page.kind not in NOT_IN_SITEMAP)
        chunks: list[Sequence[Job]] = [
            [MachineFormatsJob(addresses)],
            *([job] for job in others),
            *split_into_chunks(pages, jobs=jobs, most=_CHUNK),
        ]
        renderer = partial(Renderer, self._site, self._config, self._theme, self._cache_path, self._staging)
        written: list[WrittenFile] = []
        for chunk_files in run_chunks(render_chunk, chunks, jobs=jobs, prepare=renderer, meanwhile=meanwhile):
            written += chunk_files
            self._progress("生成页面", min(len(written), len(pages)), len(pages))
        self._progress("生成页面", len(pages), len(pages))
        return written

    def _write_files(self) -> list[WrittenFile]:
        written = [self._publish_media(path, file) for path, file in sorted(self._site.files.items())]
        written += [self._publish_copy(copy) for copy in self._site.web_copies.values()]
        for name in self._theme.assets:
            written.append(self._staging.put(f"assets/{name}", self._theme.asset_bytes(name)))
        return written

    def _publish_media(self, path: str, file: MediaFile) -> WrittenFile:
        """Publish a file exactly as it was scanned (requirements SAFE-03).

        Raises ``OutputError`` where it has changed since, or cannot be read.
        """
        if old := self._staging.reuse(path, file.key):
            return old
        try:
            data = published_bytes(self._project, file)
        except OSError as error:
            raise OutputError(f"读不了 {file.path}：{reason_of(error)}", "检查这个文件；原来的网站没有动") from None
        if data is None:
            raise OutputError(f"{file.path} 在核对之后又变了，没有发布", "再运行一次；原来的网站没有动")
        return self._staging.write(path, file.key, data)

    def _publish_copy(self, copy: WebCopy) -> WrittenFile:
        """Publish the smaller copy of a picture; raises ``OutputError`` where the original has changed meanwhile."""
        key = copy_key(copy.original)
        if old := self._staging.reuse(copy.path, key):
            return old
        data = copy_bytes(self._project, self._cache_path, copy.original)
        if not data:
            raise OutputError(f"{copy.original.path} 在核对之后又变了，没有发布", "再运行一次；原来的网站没有动")
        return self._staging.write(copy.path, key, data)

    def _kept_search(self) -> list[WrittenFile]:
        """Reuse the search index of the previous output; return nothing where a file of it is missing or changed."""
        pages = f"{SiteFolder.SEARCH}/index.html"
        files = [file for file in self._staging.previous_files(f"{SiteFolder.SEARCH}/") if file.path != pages]
        reused = [self._staging.reuse(file.path, file.fingerprint) for file in files]
        return [] if None in reused else [file for file in reused if file]

    def _write_index(self) -> WrittenIndex:
        """Write the index of the full text."""
        total, done_count = len(self._site.documents), 0

        def advance() -> None:
            nonlocal done_count
            done_count += 1
            self._progress("建立检索索引", done_count, total)

        entries = entries_of(self._site)
        with Cache(self._cache_path) as cache:
            if reused := reuse_index(self._staging, cache, entries):
                return reused
            prepared = self._prepared_index
            if prepared is None or prepared.entries != entries:
                prepared = prepare_index(cache, entries, advance)
            return write_index(self._staging, cache, prepared)

    def _write_search(self, index: WrittenIndex) -> list[WrittenFile]:
        entries = entries_of(self._site) if index.name else ()
        with Cache(self._cache_path) as cache:
            save_index(cache, self._staging.target, StoredIndex(index.name, entries, index.fragments))
        ids = [document.id for document in in_order(self._site.documents)]
        return [*index.files, self._staging.put(TEXTS, texts_table(index, ids))]
