"""A view and a text → one page in the staging folder, or the old page where both and the theme are the same."""

import marshal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.domain.model import Block
from generator.publish.output.site_tree import WrittenFile
from generator.publish.output.staging import Staging
from generator.publish.pages.page_maker import DOCUMENT_TEMPLATE
from generator.publish.pages.relation_picture import relations_picture, timeline_picture
from generator.publish.text.addresses import insert_addresses
from generator.publish.text.citation_links import link_citations
from generator.publish.text.clause_links import outline_of, with_clause_links
from generator.publish.theme.environment import Theme, View
from generator.support.cache import Cache, code_digest, digest

_NO_SHARING = 0  # the version of the format in which equal values are equal bytes, whatever objects hold them
_TEMPLATES = (
    "parts/header.html",
    "parts/footer.html",
    "parts/clause.html",
    "parts/part.html",
    DOCUMENT_TEMPLATE,
    "list.html",
    "cited.html",
    "relations.html",
    "catalogue.html",
    "items.html",
    "item.html",
    "request-form.html",
    "home.html",
    "search.html",
    "404.html",
    "history.html",
    "version.html",
)


class PageWriter:
    """Write the pages of one site into one staging folder; every process has its own.

    A page's fingerprint is the key of its view and a hash of everything else that it shows.
    """

    def __init__(self, shell: View, theme: Theme, cache_path: Path, staging: Staging) -> None:
        self._shell = shell
        self._theme = theme
        self._staging = staging
        self._cache = Cache(cache_path)
        self._frames: dict[tuple[str, str, bool], tuple[Markup, Markup]] = {}
        self._frame = digest(code_digest(), theme.digest, serialised_view(shell))
        self._views: list[tuple[str, bytes]] = []

    def write(self, template: str, path: str, view: View, body: str) -> WrittenFile:
        """Write one page, or take it over; ``body`` is the cache's key of its text, empty for none."""
        view_bytes = serialised_view(view)
        key = digest(view_bytes)
        fingerprint = self._fingerprint(key, template, body)
        old = self._staging.reuse(path, fingerprint)
        if old:
            return old
        self._views.append((key, view_bytes))
        return self._render(template, path, view, body, fingerprint)

    def rewrite_text(self, old: WrittenFile, body: str) -> WrittenFile:
        """Write a document's page of which only the text is another one.

        Raises ``GongkaiError`` when the cache no longer knows what the page shows.
        """
        key = old.fingerprint.partition(".")[0]
        view = marshal.loads(self._cache.view(key))
        return self._render(DOCUMENT_TEMPLATE, old.path, view, body, self._fingerprint(key, DOCUMENT_TEMPLATE, body))

    def save(self) -> None:
        """Store the views of the pages that were written, for ``write_words`` of a later build."""
        if self._views:
            self._cache.put_views(self._views)
            self._views.clear()

    def _fingerprint(self, view_key: str, template: str, body: str) -> str:
        return f"{view_key}.{digest(self._frame, template, body)}"

    def _render(self, template: str, path: str, view: View, body: str, fingerprint: str) -> WrittenFile:
        is_document = template == DOCUMENT_TEMPLATE
        blocks = self._blocks(body, view) if body else []
        if is_document:
            text = with_clause_links(blocks, self._notes(view), self._theme.words.document, self._banners(view))
        else:
            text = "\n".join(block.html for block in blocks)
        header, footer = self._around(view["root"], view["current"], find=template not in {"home.html", "search.html"})
        rendered = self._theme.render(
            template,
            page=view,
            site=self._shell,
            t=self._theme.words,
            body=Markup(text),
            contents=outline_of(blocks) if is_document else [],
            pictures=self._pictures(view) if is_document else {},
            difference=self._difference(body, view["compare"]) if view.get("compare") else (),
            header=header,
            footer=footer,
        )
        return self._staging.write(path, fingerprint, rendered.encode())

    def _blocks(self, body: str, view: View) -> Sequence[Block]:
        """Return the blocks of a document's text with the addresses and links that its page shows."""
        targets, cited, root = view["targets"], view["cited"], view["root"]
        return [
            block._replace(html=link_citations(insert_addresses(block.html, targets, root), cited, root))
            for block in self._cache.text(body).blocks
        ]

    def _pictures(self, view: View) -> dict[str, Markup]:
        """Return the pictures of what the page says beside them in words."""
        words = self._theme.words.pictures
        return {
            "relations": Markup(relations_picture(view["around"], words)),
            "timeline": Markup(timeline_picture(view["timeline"], view["in_force"], words.timeline)),
        }

    def _difference(self, body: str, other: str) -> list[Any]:
        """Return what has become of a former text in the one after it."""
        from generator.publish.text.difference import difference

        return difference(self._cache.text(body), self._cache.text(other), self._theme.words.versions)

    def _notes(self, view: View) -> dict[str, str]:
        """Return the interpretations of single clauses as HTML, by the anchor under which they belong."""
        notes: dict[str, str] = {}
        for note in view.get("clause_notes", ()):
            html = self._theme.render("parts/clause.html", note=note, page=view, t=self._theme.words)
            notes[note["anchor"]] = notes.get(note["anchor"], "") + html
        return notes

    def _banners(self, view: View) -> dict[str, str]:
        """Return what stands behind the heading of every text that a notice carries, as HTML, by its anchor."""
        return {
            banner["anchor"]: self._theme.render("parts/part.html", part=banner, page=view, t=self._theme.words)
            for banner in view.get("banners", ())
        }

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


def compile_templates(theme: Theme) -> None:
    """Compile the templates before the processes part, so that each need not do it again."""
    theme.compile(_TEMPLATES)


def serialised_view(view: View) -> bytes:
    """Return a view as bytes that are equal exactly when the page shows the same; it holds plain values only."""
    return marshal.dumps(view, _NO_SHARING)
