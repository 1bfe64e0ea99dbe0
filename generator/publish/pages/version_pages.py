"""历史版本: a page with the history of a document, and a page for each earlier version (条例 arts 6, 41; DOC-25).

Lists, feeds, sitemap and search do not have these pages, and they ask search engines not to index them. Each begins
with a notice that its text is not the current one, and with the current notices of the document.
"""

from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.domain.model import Document, Page, Site, Version
from generator.domain.vocabulary import label_of
from generator.domain.written_moments import chinese_day
from generator.publish.data.page_metadata import column_metas, site_metas
from generator.publish.pages.change_notes import address_of, changes_of
from generator.publish.pages.document_page import DocumentPages
from generator.publish.pages.metadata_box import display_value, metadata_rows
from generator.publish.pages.page_context import root_of
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import View, Words

_FIELDS_OUTSIDE_BOX = ("title", "subtitle", "caption", "channels")  # fields that a page shows outside the metadata box


class VersionPages(PageMaker):
    """Make the history pages of all documents, and the pages of their earlier versions that are published."""

    kinds = (PageKind.HISTORY, PageKind.VERSION)

    def __init__(self, site: Site, config: SiteConfig, words: Words, documents: DocumentPages) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._documents = documents

    def pages(self) -> Iterator[PageSpec]:
        """Yield every page of every history, in a fixed order."""
        for document in self._site.documents:
            versions = self._site.versions.get(document.id, ())
            if versions:
                path = address_of(document) + "index.html"
                yield PageSpec(PageKind.HISTORY, "history.html", path, document.id)
            for version in versions[:-1]:
                if version.page:
                    path = address_of(document, version) + "index.html"
                    yield PageSpec(PageKind.VERSION, "version.html", path, document.id, version=version.name)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows, except the texts."""
        document, version = self._site.by_id[page.key], self._version(page)
        if version and version.page:
            return {**self._context(document, version), **self._version_view(document, version, version.page)}
        return {**self._context(document, None), "changes": changes_of(document, self._site)}

    def text(self, page: PageSpec) -> str:
        """Return the text of the earlier version."""
        version = self._version(page)
        return version.page.body if version and version.page else ""

    def _version(self, page: PageSpec) -> Version | None:
        """Return the version that a page shows; ``None`` for the page of a whole history."""
        if page.kind is PageKind.HISTORY:
            return None
        return next(item for item in self._site.versions[page.key] if item.name == page.version)

    def _context(self, document: Document, version: Version | None) -> View:
        column, address = self._site.column[document.column], address_of(document, version)
        words = self._words.versions
        crumbs = [
            {"title": column.title, "address": column.folder + "/"},
            {"title": document.title, "address": document.address},
            {"title": words.title, "address": address_of(document) if version else ""},
        ]
        title = document.title
        if version and version.page:
            crumbs.append({"title": chinese_day(version.since.date()), "address": ""})
            title = self._document_of_version(document, version.page).title
        return {
            "title": f"{title}（{words.title}{' ' + version.name if version else ''}）",
            "heading": title,
            "root": root_of(address),
            "current": column.parent or column.id,
            "metas": [*site_metas(self._config), *column_metas(self._config, column), ("robots", "noindex")],
            "canonical": "",
            "crumbs": crumbs,
            "document": document.address,
            **self._documents.today(document),
            "targets": {},
            "cited": {},
        }

    def _version_view(self, document: Document, version: Version, page: Page) -> View:
        versions = self._site.versions[document.id]
        position = versions.index(version)
        next_version = versions[position + 1]
        former_document = self._document_of_version(document, page)
        days = {"since": chinese_day(version.since.date()), "until": chinese_day(next_version.since.date())}
        return {
            "stood": self._words.versions.stood.format(**days),
            "changed": self._words.versions.changed.format(day=days["until"]),
            "facts": list(metadata_rows(former_document, self._words)),
            "note": next_version.note,
            "compared": next_version.page is not None,
            "compare": next_version.page.body if next_version.page else "",
            "differences": list(
                self._changed_fields(former_document, self._document_of_version(document, next_version.page))
            )
            if next_version.page
            else [],
            "other_files": next_version.other_files,
            "targets": dict(version.targets),
        }

    def _document_of_version(self, document: Document, page: Page) -> Document:
        """Return the document as of one version, without anything derived from the whole site."""
        return Document.of(
            page,
            kind=document.kind,
            column=document.column,
            address=document.address,
            agency=self._config.site.agency,
            title=document.title,
        )

    def _changed_fields(self, before: Document, after: Document) -> Iterator[View]:
        """Yield the titles and rows of the metadata box that differ, with the old and the new value."""
        for key in _FIELDS_OUTSIDE_BOX:
            old_value, new_value = display_value(before, key), display_value(after, key)
            if old_value != new_value:
                yield {"label": label_of(key), "old": old_value, "new": new_value}
        old_values, new_values = (
            {fact["label"]: fact["value"] for fact in metadata_rows(item, self._words)} for item in (before, after)
        )
        for label in dict.fromkeys((*old_values, *new_values)):
            if old_values.get(label, "") != new_values.get(label, ""):
                yield {"label": label, "old": old_values.get(label, ""), "new": new_values.get(label, "")}
