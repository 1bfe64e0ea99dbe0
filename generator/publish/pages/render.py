"""Render the pages of a site and the formats for programs, in one or more processes."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.publish.data import page_metadata
from generator.publish.data.calendar import CALENDAR, calendar
from generator.publish.data.feeds import feeds
from generator.publish.output.site_tree import WrittenFile
from generator.publish.output.staging import Staging
from generator.publish.pages.base_context import base_context
from generator.publish.pages.makers import by_kind, page_makers
from generator.publish.pages.page_maker import PageSpec
from generator.publish.pages.write_page import PageWriter
from generator.publish.search.fields import field_files
from generator.publish.theme.environment import Theme
from generator.publish.web_copies import copy_bytes
from generator.source.attachments.screening import published_bytes


class MachineFormatsJob(NamedTuple):
    """The job of writing the formats for programs; ``addresses`` are those of the lists in the sitemap."""

    addresses: tuple[str, ...]


class SearchFieldsJob(NamedTuple):
    """The job of writing what the search finds at once; ``full_text`` says that there is an index of the texts, too."""

    full_text: bool


Job: TypeAlias = PageSpec | MachineFormatsJob | SearchFieldsJob


class Renderer:
    """Make and write the pages of one site; every process has its own renderer."""

    def __init__(self, site: Site, config: SiteConfig, theme: Theme, cache_path: Path, staging: Staging) -> None:
        self._site = site
        self._config = config
        self._theme = theme
        self._words = theme.words
        self._staging = staging
        self._cache_path = cache_path
        self.writer = PageWriter(
            base_context(config, site, theme.words, theme.assets_digest), theme, cache_path, staging
        )
        self._makers = page_makers(site, config, theme)
        self._maker_of = by_kind(self._makers)

    def render(self, job: Job) -> Iterator[WrittenFile]:
        """Write the files of a job, or reuse them, and yield their records."""
        if isinstance(job, MachineFormatsJob):
            for name, data in chain(
                page_metadata.machine_files(self._site, self._config, job.addresses),
                feeds(self._site, self._config, self._words),
                [(CALENDAR, calendar(self._site, self._config, self._words))],
                *(maker.files() for maker in self._makers),
            ):
                yield self._staging.put(name, data)
            return
        if isinstance(job, SearchFieldsJob):
            words = self._words.search_words
            for name, data in field_files(self._site, self._config, words, full_text=job.full_text).items():
                yield self._staging.put(name, data)
            return
        maker = self._maker_of[job.kind]
        view, text = maker.view(job), maker.text(job)
        page = self.writer.write(job.template, job.path, view, text)
        yield page
        yield from self.writer.write_files(page, view, text, self._picture)
        for name, data in maker.data(job):
            yield self._staging.put(name, data)

    def _picture(self, path: str) -> bytes:
        """Return the bytes of a picture of the site, or of its smaller copy; empty where it has none."""
        copies = {copy.path: copy for copy in self._site.web_copies.values()}
        if copy := copies.get(path):
            return copy_bytes(self._theme.project, self._cache_path, copy.original) or b""
        file = self._site.files.get(path)
        return (published_bytes(self._theme.project, file) or b"") if file else b""


def render_chunk(renderer: Renderer, jobs: Sequence[Job]) -> list[WrittenFile]:
    """Write the files of some jobs with the renderer of this process; return their records."""
    written = [file for job in jobs for file in renderer.render(job)]
    renderer.writer.save()
    return written
