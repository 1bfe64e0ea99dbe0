"""The pages of a site, each with its view, and the formats for programs, in as many processes as are wanted."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.publish.data import page_metadata
from generator.publish.data.api_document import FOLDER, document_json
from generator.publish.data.datasets import datasets
from generator.publish.data.feeds import feeds
from generator.publish.output.site_tree import Written
from generator.publish.output.staging import Staging
from generator.publish.pages.base_context import ListPage
from generator.publish.pages.change_notes import address_of
from generator.publish.pages.document_page import DocumentViews, shell, text_links
from generator.publish.pages.list_pages import ListViews
from generator.publish.pages.version_pages import VersionPage, VersionViews
from generator.publish.pages.write_page import DOCUMENT, PageWriter
from generator.publish.theme.environment import Theme


class Formats(NamedTuple):
    """The job of writing what programs read; ``addresses`` are those of the pages that are no documents."""

    addresses: tuple[str, ...]


# a document's id, a page that is no document, a page of a history, or the formats
Job: TypeAlias = str | ListPage | VersionPage | Formats


class Renderer:
    """Make the view of every page of one site and have it written; every process has its own."""

    def __init__(self, site: Site, config: SiteConfig, theme: Theme, cache_path: Path, staging: Staging) -> None:
        self._site = site
        self._config = config
        self._words = theme.words
        self._staging = staging
        self.writer = PageWriter(shell(config, site, theme.words, theme.assets_digest), theme, cache_path, staging)
        self._documents = DocumentViews(site, config, theme.words)
        self.lists = ListViews(site, config, theme.words)
        self._versions = VersionViews(site, config, theme.words, self._documents)

    def render(self, job: Job) -> Iterator[Written]:
        """Write what a job asks for, or take it over from the last site."""
        if isinstance(job, Formats):
            for name, data in chain(
                page_metadata.formats(self._site, self._config, job.addresses),
                feeds(self._site, self._config, self._words),
                self.lists.files(),
            ):
                yield self._staging.put(name, data)
            return
        yield self._page(job)
        if isinstance(job, str):
            data = document_json(self._site.by_id[job], self._site, self._config)
            yield self._staging.put(f"{FOLDER}/{job}.json", data)
            for _, name, table in datasets(self._site.by_id[job]):
                yield self._staging.put(name, table)

    def _page(self, job: str | ListPage | VersionPage) -> Written:
        if isinstance(job, VersionPage):
            return self._version(job)
        if isinstance(job, ListPage):
            view = self.lists.view(job)
            intro = self.lists.intro(job.key) if view.get("intro") else None
            shown = text_links(self._site, intro.id if intro else "")
            return self.writer.write(job.template, job.path, {**view, **shown}, intro.page.body if intro else "")
        document = self._site.by_id[job]
        path = document.address + "index.html"
        return self.writer.write(DOCUMENT, path, self._documents.view(document), document.page.body)

    def _version(self, job: VersionPage) -> Written:
        version = self._versions.former(job)
        body = version.page.body if version and version.page else ""
        path = address_of(self._site.by_id[job.document], version) + "index.html"
        template = "version.html" if version else "history.html"
        return self.writer.write(template, path, self._versions.view(job), body)


_renderer: Renderer


def prepare(site: Site, config: SiteConfig, theme: Theme, cache_path: Path, staging: Staging) -> None:
    """Make the renderer of this process."""
    global _renderer
    _renderer = Renderer(site, config, theme, cache_path, staging)


def render_chunk(jobs: Sequence[Job]) -> list[Written]:
    """Do some jobs with the renderer of this process."""
    written = [file for job in jobs for file in _renderer.render(job)]
    _renderer.writer.save()
    return written
