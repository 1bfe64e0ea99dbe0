"""Views → pages. A page whose view, text and template are the same as last time is taken over as it is."""

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from markupsafe import Markup

from generator.config import SiteConfig
from generator.model import Document, Site
from generator.publish.lists import ListPage, ListViews
from generator.publish.output import Staging, Written
from generator.publish.theme import Theme
from generator.publish.views import DocumentViews, View, fingerprint_text, shell
from generator.source.cache import Cache, code_digest, digest

PageJob: TypeAlias = str | ListPage  # a document's id, or a page that is no document

_TAG = re.compile(r'<(?:a|img|audio|video|source|track)\b(?:"[^"]*"|[^">])*>')
_ADDRESS = re.compile(r'(\s(?:href|src|poster)=")([^"]*)"')
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_TEMPLATES = (
    "parts/header.html",
    "parts/footer.html",
    "document.html",
    "list.html",
    "home.html",
    "search.html",
    "404.html",
)


class Renderer:
    """Render the pages of one site into one staging folder; every process has its own."""

    def __init__(self, site: Site, config: SiteConfig, theme: Theme, cache_path: Path, staging: Staging) -> None:
        self._site = site
        self._theme = theme
        self._staging = staging
        self._cache = Cache(cache_path)
        self._shell = shell(config, site, theme.words, theme.assets_digest)
        self._documents = DocumentViews(site, config, theme.words)
        self.lists = ListViews(site, config, theme.words)
        self._frames: dict[tuple[str, str, bool], tuple[Markup, Markup]] = {}
        self._frame = digest(code_digest(), theme.digest, fingerprint_text(self._shell))

    def render(self, job: PageJob) -> Written:
        """Render one page, or take it over."""
        if isinstance(job, ListPage):
            view = self.lists.view(job)
            intro = self.lists.intro(job.key) if view.get("intro") else None
            targets = self._site.targets.get(intro.id, {}) if intro else {}
            return self._page(job.template, job.path, {**view, "targets": dict(targets)}, intro)
        document = self._site.by_id[job]
        return self._page("document.html", document.address + "index.html", self._documents.view(document), document)

    def _page(self, template: str, path: str, view: View, text_of: Document | None) -> Written:
        body = text_of.page.body if text_of else ""
        fingerprint = digest(self._frame, template, body, fingerprint_text(view))
        old = self._staging.reuse(path, fingerprint)
        if old:
            return old
        text = Markup(place_links(self._cache.html(body), view["targets"], view["root"])) if body else Markup("")
        header, footer = self._around(view["root"], view["current"], find=template not in {"home.html", "search.html"})
        rendered = self._theme.render(
            template, page=view, site=self._shell, t=self._theme.words, body=text, header=header, footer=footer
        )
        return self._staging.write(path, fingerprint, rendered.encode())

    def _around(self, root: str, current: str, *, find: bool) -> tuple[Markup, Markup]:
        """Return the head and foot that all pages of one column and depth share."""
        key = (root, current, find)
        if key not in self._frames:
            page = {"root": root, "current": current, "find": find}
            values = {"page": page, "site": self._shell, "t": self._theme.words}
            head, foot = (self._theme.render(f"parts/{name}.html", **values) for name in ("header", "footer"))
            self._frames[key] = Markup(head), Markup(foot)
        return self._frames[key]

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()


def warm_up(theme: Theme) -> None:
    """Compile the templates before the processes part, so that each need not do it again."""
    theme.compile(_TEMPLATES)


def place_links(text: str, targets: Mapping[str, str], root: str) -> str:
    """Put the addresses of the site in the place of the addresses as written.

    One that leads nowhere, which only an exemption lets through, loses its address and keeps its words.
    """
    if not targets and " href=" not in text and " src=" not in text:
        return text

    def place(found: re.Match[str]) -> str:
        written = html.unescape(found[2])
        target = targets.get(written)
        if target is None:
            return found[0] if _ELSEWHERE.match(written) else ""
        return f'{found[1]}{html.escape(root + quote(target, safe="/#?=&%")) or "./"}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(place, tag[0]), text)


_renderer: Renderer


def prepare(site: Site, config: SiteConfig, theme: Theme, cache_path: Path, staging: Staging) -> None:
    """Make the renderer of this process."""
    global _renderer
    _renderer = Renderer(site, config, theme, cache_path, staging)


def render_chunk(jobs: Sequence[PageJob]) -> list[Written]:
    """Render some pages with the renderer of this process."""
    return [_renderer.render(job) for job in jobs]
