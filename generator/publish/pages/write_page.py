"""Write a page from its view and text into the staging folder, or reuse it where these and the theme are the same."""

import marshal
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from generator.domain.model import Block
from generator.domain.model.text import with_html
from generator.domain.vocabulary import RelationKind
from generator.publish.output.site_tree import WrittenFile
from generator.publish.output.staging import Staging
from generator.publish.pages.document_parts import (
    clause_addition_html,
    clause_mark_html,
    clause_note_html,
    part_header_html,
    pictures_html,
)
from generator.publish.pages.file_words import file_view
from generator.publish.pages.page_maker import COMPARISON_TEMPLATE, DOCUMENT_TEMPLATE, GROUP_TEMPLATE
from generator.publish.text.addresses import insert_addresses
from generator.publish.text.citation_links import link_citations
from generator.publish.text.clause_links import NO_TABLE, outline_of, with_clause_links, with_table_names
from generator.publish.text.clause_states import with_additions, with_clause_states
from generator.publish.text.heading_levels import with_heading_levels
from generator.publish.text.long_words import with_places_to_break
from generator.publish.text.official_lines import with_official_lines
from generator.publish.text.phones import MAY_HAVE_PHONE, with_phone_links
from generator.publish.text.pictures import with_sizes
from generator.publish.theme.environment import Theme, View
from generator.support.cache import Cache, code_digest, digest

if TYPE_CHECKING:
    from generator.publish.pdf.printer import Printer
    from generator.publish.text.comparison_rows import ComparisonRow
    from generator.publish.word.template import WordTemplate

Picture = Callable[[str], bytes]
_ADDRESS = re.compile(r" (?:href|src|poster)=")
_MARSHAL_FORMAT = 0  # with marshal format 0, equal values give equal bytes even where they share objects


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
        self._list_rows: dict[tuple[str, bytes], Markup] = {}
        self._common_digest = digest(code_digest(), theme.digest, serialised_view(base_context))
        self._views: list[tuple[str, bytes]] = []
        self._latest_blocks: tuple[View, Sequence[Block]] = {}, ()

    def write(self, template: str, path: str, view: View, body: str) -> WrittenFile:
        """Write one page, or reuse it; ``body`` is the cache key of its text, empty for none."""
        view_bytes = serialised_view(view)
        key = digest(view_bytes)
        fingerprint = self._fingerprint(key, template, body)
        old = self._staging.reuse(path, fingerprint)
        if old:
            return old
        if template == DOCUMENT_TEMPLATE:
            self._views.append((key, view_bytes))
        return self._render(template, path, view, body, fingerprint)

    def rewrite_text(self, old: WrittenFile, body: str) -> WrittenFile:
        """Write the page of a document of which only the text has changed.

        Raises ``GongkaiError`` when the cache no longer has the view of the page.
        """
        key = old.fingerprint.partition(".")[0]
        view = marshal.loads(self._cache.view(key))
        return self._render(DOCUMENT_TEMPLATE, old.path, view, body, self._fingerprint(key, DOCUMENT_TEMPLATE, body))

    def write_files(self, page: WrittenFile, view: View, body: str, picture: Picture) -> Iterator[WrittenFile]:
        """Write the Word file and the PDF of a document whose page is written, or reuse them; yield those it has."""
        for file in (self._write_word(page, view, body, picture), self._write_pdf(view, body, picture)):
            if file:
                yield file

    def _write_word(self, page: WrittenFile, view: View, body: str, picture: Picture) -> WrittenFile | None:
        """Write the Word file of a document, or reuse it; ``None`` where it has none."""
        paper = view.get("paper")
        if not paper or not paper["word"]:
            return None
        if "sections" in view:
            from generator.publish.word.comparison import comparison_document

            if old := self._staging.reuse(paper["word"], page.fingerprint):
                return old
            rows = self._comparison(view)
            data = comparison_document(self._word_template, view, rows, self._theme.words, picture)
            return self._staging.write(paper["word"], page.fingerprint, data)
        from generator.publish.word.document import word_document

        shown, fingerprint = self._file_view(view, body)
        if old := self._staging.reuse(paper["word"], fingerprint):
            return old
        data = word_document(self._word_template, shown, self._written_blocks(body, view), self._theme.words, picture)
        return self._staging.write(paper["word"], fingerprint, data)

    def _write_pdf(self, view: View, body: str, picture: Picture) -> WrittenFile | None:
        """Write the PDF of a document, or reuse it; ``None`` where it has none."""
        path = view.get("paper", {}).get("pdf")
        if not path:
            return None
        from generator.publish.pdf.document import pdf_document

        shown, fingerprint = self._file_view(view, body)
        if old := self._staging.reuse(path, fingerprint):
            return old
        data = pdf_document(self._printer, self._theme, shown, self._written_blocks(body, view), picture)
        return self._staging.write(path, fingerprint, data)

    def _file_view(self, view: View, body: str) -> tuple[View, str]:
        """Return what the files of a document show, and their fingerprint."""
        shown = file_view(view)
        return shown, digest(code_digest(), self._theme.digest, serialised_view(shown), body)

    def _written_blocks(self, body: str, view: View) -> Sequence[Block]:
        latest, blocks = self._latest_blocks  # a page and its files are written one after the other
        return blocks if latest is view else self._blocks(body, view)

    def rewrite_files(self, page: WrittenFile, body: str) -> Iterator[WrittenFile]:
        """Write the files of a document of which only the text has changed; its pictures are in the present site.

        Raises ``CacheLostError`` when the cache no longer has the view of the page.
        """
        view = marshal.loads(self._cache.view(page.fingerprint.partition(".")[0]))
        yield from self.write_files(page, view, body, lambda path: (self._staging.target / path).read_bytes())

    @cached_property
    def _word_template(self) -> "WordTemplate":
        from generator.publish.word.template import TEMPLATE, WordTemplate

        return WordTemplate(self._theme.template_bytes(TEMPLATE))

    @cached_property
    def _printer(self) -> "Printer":
        from generator.publish.pdf.document import open_printer

        return open_printer(self._theme)

    def save(self) -> None:
        """Store the views of the documents' pages that were written, for ``rewrite_text`` in a later build."""
        if self._views:
            self._cache.put_views(self._views)
            self._views.clear()

    def _fingerprint(self, view_key: str, template: str, body: str) -> str:
        return f"{view_key}.{digest(self._common_digest, template, body)}"

    def _render(self, template: str, path: str, view: View, body: str, fingerprint: str) -> WrittenFile:
        is_document = template == DOCUMENT_TEMPLATE
        blocks = self._blocks(body, view) if body else []
        self._latest_blocks = view, blocks
        if is_document:
            words = self._theme.words.document
            blocks, banners = with_clause_states(blocks, clause_mark_html(view, self._theme))
            blocks = with_additions(blocks, clause_addition_html(view, self._theme), banners)
            banners |= {key: text + banners.get(key, "") for key, text in part_header_html(view, self._theme).items()}
            text = with_clause_links(blocks, clause_note_html(view, self._theme), words, banners)
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
            pictures=pictures_html(view, self._theme) if is_document else {},
            difference=self._difference(body, view["compare"]) if view.get("compare") else (),
            rows=self._rows(view) if template == GROUP_TEMPLATE else {},
            comparison=self._comparison(view) if template == COMPARISON_TEMPLATE else (),
            header=header,
            footer=footer,
        )
        return self._staging.write(path, fingerprint, rendered.encode())

    def _blocks(self, body: str, view: View) -> Sequence[Block]:
        """Return the blocks of a text, with their links and citations resolved."""
        targets, cited, images, root = view["targets"], view["cited"], view.get("images", {}), view["root"]

        def resolved(block: Block) -> Block:
            html = with_sizes(insert_addresses(block.html, targets, root), images, root)
            return with_html(block, link_citations(html, cited, root))

        def may_change(html: str) -> bool:
            has_citation = cited and ("》" in html or "号" in html)
            return bool(has_citation or ("=" in html and _ADDRESS.search(html)))

        blocks = with_heading_levels(with_official_lines(self._cache.text(body).blocks))
        blocks = with_table_names(blocks, self._theme.words.document)
        blocks = [resolved(block) if may_change(block.html) else block for block in blocks]
        may_call = MAY_HAVE_PHONE.search
        blocks = [with_phone_links(block) if may_call(block.text) else block for block in blocks]
        return [block if block.kind in NO_TABLE else with_places_to_break(block) for block in blocks]

    def _difference(self, body: str, next_body: str) -> list[Any]:
        """Return the differences between the text of a version and that of the next one."""
        from generator.publish.text.difference import difference

        return difference(self._cache.text(body), self._cache.text(next_body), self._theme.words.versions)

    def _comparison(self, view: View) -> "list[list[ComparisonRow]]":
        """Return the rows of each section of a page that shows old and new clauses side by side."""
        from generator.publish.text.comparison_rows import comparison_rows

        return [
            comparison_rows(
                section["old"],
                section["new"],
                self._theme.words.compare,
                f"{number}-",
                by_anchor=section["kind"] == RelationKind.AMENDS,
            )
            for number, section in enumerate(view["sections"], 1)
        ]

    def _rows(self, view: View) -> dict[str, Markup]:
        """Return the rows of the list of a group as HTML, by their address; a document is in many such lists."""
        rows: dict[str, Markup] = {}
        for entry in (entry for group in view["groups"] for entry in group["entries"]):
            key = (view["root"], serialised_view(entry))
            if key not in self._list_rows:
                values = {"item": entry, "page": view, "t": self._theme.words}
                self._list_rows[key] = Markup(self._theme.render("parts/item.html", **values))
            rows[entry["address"]] = self._list_rows[key]
        return rows

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


def serialised_view(view: View) -> bytes:
    """Return a view, which has plain values only, as bytes; equal bytes mean equal contents."""
    return marshal.dumps(view, _MARSHAL_FORMAT)
