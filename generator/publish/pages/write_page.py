"""Write a page from its view and text into the staging folder, or reuse it where these and the theme are the same."""

import marshal
import re
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
from generator.publish.text.clause_links import outline_of, with_clause_links, with_table_names
from generator.publish.text.phones import with_phone_links
from generator.publish.text.pictures import with_sizes
from generator.publish.theme.environment import Theme, View
from generator.support.cache import Cache, code_digest, digest

_ADDRESS_OR_CITATION = re.compile(r" (?:href|src|poster)=|[号》]")
_MARSHAL_FORMAT = 0  # with marshal format 0, equal values give equal bytes even where they share objects
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
    "accessibility.html",
    "history.html",
    "version.html",
    "withdrawn.html",
    "redirect.html",
)


class PageWriter:
    """Write the pages of one site into one staging folder; every process has its own writer.

    The fingerprint of a page is a digest of its view and a digest of everything else that it shows.
    """

    def __init__(self, base_context: View, theme: Theme, cache_path: Path, staging: Staging) -> None:
        self._base_context = base_context
        self._theme = theme
        self._staging = staging
        self._cache = Cache(cache_path)
        self._headers_and_footers: dict[tuple[str, str, bool], tuple[Markup, Markup]] = {}
        self._common_digest = digest(code_digest(), theme.digest, serialised_view(base_context))
        self._views: list[tuple[str, bytes]] = []

    def write(self, template: str, path: str, view: View, body: str) -> WrittenFile:
        """Write one page, or reuse it; ``body`` is the cache key of its text, empty for none."""
        view_bytes = serialised_view(view)
        key = digest(view_bytes)
        fingerprint = self._fingerprint(key, template, body)
        old = self._staging.reuse(path, fingerprint)
        if old:
            return old
        self._views.append((key, view_bytes))
        return self._render(template, path, view, body, fingerprint)

    def rewrite_text(self, old: WrittenFile, body: str) -> WrittenFile:
        """Write the page of a document of which only the text has changed.

        Raises ``GongkaiError`` when the cache no longer has the view of the page.
        """
        key = old.fingerprint.partition(".")[0]
        view = marshal.loads(self._cache.view(key))
        return self._render(DOCUMENT_TEMPLATE, old.path, view, body, self._fingerprint(key, DOCUMENT_TEMPLATE, body))

    def save(self) -> None:
        """Store the views of the pages that were written, for ``rewrite_text`` in a later build."""
        if self._views:
            self._cache.put_views(self._views)
            self._views.clear()

    def _fingerprint(self, view_key: str, template: str, body: str) -> str:
        return f"{view_key}.{digest(self._common_digest, template, body)}"

    def _render(self, template: str, path: str, view: View, body: str, fingerprint: str) -> WrittenFile:
        is_document = template == DOCUMENT_TEMPLATE
        blocks = self._blocks(body, view) if body else []
        if is_document:
            words = self._theme.words.document
            text = with_clause_links(blocks, self._clause_notes(view), words, self._part_headers(view))
        else:
            text = "\n".join(block.html for block in blocks)
        header, footer = self._header_and_footer(
            view["root"], view["current"], find=template not in {"home.html", "search.html"}
        )
        rendered = self._theme.render(
            template,
            page=view,
            site=self._base_context,
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
        """Return the blocks of a text, with their links and citations resolved."""
        targets, cited, images, root = view["targets"], view["cited"], view.get("images", {}), view["root"]

        def resolved(block: Block) -> Block:
            html = with_sizes(insert_addresses(block.html, targets, root), images, root)
            html = link_citations(html, cited, root)
            return block._replace(html=html)

        may_change = _ADDRESS_OR_CITATION.search
        blocks = with_table_names(self._cache.text(body).blocks, self._theme.words.document)
        blocks = [resolved(block) if may_change(block.html) else block for block in blocks]
        return [with_phone_links(block) for block in blocks]

    def _pictures(self, view: View) -> dict[str, Markup]:
        """Return the SVG pictures of a document page."""
        words = self._theme.words.pictures
        return {
            "relations": Markup(relations_picture(view["around"], words)),
            "timeline": Markup(timeline_picture(view["timeline"], view["in_force"], words.timeline)),
        }

    def _difference(self, body: str, next_body: str) -> list[Any]:
        """Return the differences between the text of a version and that of the next one."""
        from generator.publish.text.difference import difference

        return difference(self._cache.text(body), self._cache.text(next_body), self._theme.words.versions)

    def _clause_notes(self, view: View) -> dict[str, str]:
        """Return the interpretations of single clauses as HTML, by the anchor of the clause."""
        notes: dict[str, str] = {}
        for note in view.get("clause_notes", ()):
            note_html = self._theme.render("parts/clause.html", note=note, page=view, t=self._theme.words)
            notes[note["anchor"]] = notes.get(note["anchor"], "") + note_html
        return notes

    def _part_headers(self, view: View) -> dict[str, str]:
        """Return what is shown after the heading of each part as HTML, by the anchor of the part."""
        return {
            banner["anchor"]: self._theme.render("parts/part.html", part=banner, page=view, t=self._theme.words)
            for banner in view.get("banners", ())
        }

    def _header_and_footer(self, root: str, current: str, *, find: bool) -> tuple[Markup, Markup]:
        """Return header and footer, which all pages of one column and depth share."""
        key = (root, current, find)
        if key not in self._headers_and_footers:
            page = {"root": root, "current": current, "find": find}
            values = {"page": page, "site": self._base_context, "t": self._theme.words}
            header, footer = (self._theme.render(f"parts/{name}.html", **values) for name in ("header", "footer"))
            self._headers_and_footers[key] = Markup(header), Markup(footer)
        return self._headers_and_footers[key]

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()


def compile_templates(theme: Theme) -> None:
    """Compile the templates before worker processes start, so that not every process has to do it."""
    theme.compile(_TEMPLATES)


def serialised_view(view: View) -> bytes:
    """Return a view, which has plain values only, as bytes; equal bytes mean equal contents."""
    return marshal.dumps(view, _MARSHAL_FORMAT)
