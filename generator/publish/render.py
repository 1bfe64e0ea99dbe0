"""The pages of a site, each with its view, in as many processes as are wanted."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from generator.config import SiteConfig
from generator.model import Site
from generator.publish.lists import ListPage, ListViews
from generator.publish.output import Staging
from generator.publish.theme import Theme
from generator.publish.tree import Written
from generator.publish.views import DocumentViews, shell
from generator.publish.write import DOCUMENT, PageWriter

PageJob: TypeAlias = str | ListPage  # a document's id, or a page that is no document


class Renderer:
    """Make the view of every page of one site and have it written; every process has its own."""

    def __init__(self, site: Site, config: SiteConfig, theme: Theme, cache_path: Path, staging: Staging) -> None:
        self._site = site
        self.writer = PageWriter(shell(config, site, theme.words, theme.assets_digest), theme, cache_path, staging)
        self._documents = DocumentViews(site, config, theme.words)
        self.lists = ListViews(site, config, theme.words)

    def render(self, job: PageJob) -> Written:
        """Render one page, or take it over."""
        if isinstance(job, ListPage):
            view = self.lists.view(job)
            intro = self.lists.intro(job.key) if view.get("intro") else None
            targets = self._site.targets.get(intro.id, {}) if intro else {}
            body = intro.page.body if intro else ""
            return self.writer.write(job.template, job.path, {**view, "targets": dict(targets)}, body)
        document = self._site.by_id[job]
        path = document.address + "index.html"
        return self.writer.write(DOCUMENT, path, self._documents.view(document), document.page.body)


_renderer: Renderer


def prepare(site: Site, config: SiteConfig, theme: Theme, cache_path: Path, staging: Staging) -> None:
    """Make the renderer of this process."""
    global _renderer
    _renderer = Renderer(site, config, theme, cache_path, staging)


def render_chunk(jobs: Sequence[PageJob]) -> list[Written]:
    """Render some pages with the renderer of this process."""
    written = [_renderer.render(job) for job in jobs]
    _renderer.writer.save()
    return written
