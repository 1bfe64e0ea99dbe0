"""Lists of documents: which documents a column or a validity list has, and how one of them is shown."""

from collections.abc import Mapping
from functools import cached_property

from generator.config.load import SiteConfig
from generator.domain.model import Column, Document, Site
from generator.domain.vocabulary import OVER, Kind, SiteFolder
from generator.publish.pages.consultation_course import ordered_consultations
from generator.publish.pages.linked_documents import list_item, listed_part
from generator.publish.pages.page_maker import PageMaker, page_count
from generator.publish.theme.environment import View, Words

VALIDITY_LISTS = (SiteFolder.EFFECTIVE, SiteFolder.REPEALED)
DERIVED_LISTS = (*VALIDITY_LISTS, SiteFolder.CITED, SiteFolder.RELATIONS)  # lists made from the policies


class Listings:
    """The documents of every list of a site, newest first; consultations are ordered by state."""

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._words = words
        self.page_size = config.list_size
        self._rows: dict[str, View] = {}

    @cached_property
    def of_column(self) -> Mapping[str, tuple[Document, ...]]:
        """The documents of each column by its id, without the page that introduces it."""
        return {
            key: ordered_consultations(tuple(document for document in documents if self.intro(key) is not document))
            for key, documents in self._site.by_column.items()
        }

    @cached_property
    def by_validity(self) -> Mapping[str, tuple[Document, ...]]:
        """The policies and parts in force, and those no longer in force, by the folder of their list."""
        policies = [document for document in self._site.documents if document.kind is Kind.POLICY]
        return {
            SiteFolder.EFFECTIVE: tuple(valid for document in policies for valid in in_force_of(document)),
            SiteFolder.REPEALED: tuple(ended for document in policies for ended in ended_of(document)),
        }

    def intro(self, column: str) -> Document | None:
        """Return the page that introduces a column, which has the id of the column; ``None`` without one."""
        document = self._site.by_id.get(column)
        return document if document and document.kind is Kind.PAGE and document.column == column else None

    def entry(self, document: Document) -> View:
        """Return one row of a list: a document, or a part under its notice; several lists share it."""
        if document.id not in self._rows:
            notice = self._site.by_id[document.id.partition("#")[0]] if document.part_id else None
            self._rows[document.id] = (
                listed_part(document, notice, self._words) if notice else list_item(document, self._words)
            )
        return self._rows[document.id]

    def total(self, entries: tuple[object, ...] | list[object]) -> int:
        """Return how many pages a list has."""
        return page_count(len(entries), self.page_size)

    def children(self, column: Column) -> list[Column]:
        """Return the columns under a column that have documents."""
        return [child for child in self._site.columns if child.parent == column.id and self._site.by_column[child.id]]

    def has_page(self, column: Column) -> bool:
        """Whether a column has a page."""
        return column.fixed or bool(self._site.by_column[column.id]) or bool(self.children(column))

    def links_to_derived(self, without: str = "") -> list[View]:
        """Return the links to the lists made from the policies, except ``without``, that of the page itself."""
        return [{"title": self._words.lists[name], "address": f"{name}/"} for name in DERIVED_LISTS if name != without]

    def links_beside(self, without: str) -> list[View]:
        """Return the links from a list made from the policies to their column and to the other such lists."""
        column = self._site.column["policies"]
        column_links = (
            [{"title": column.title, "address": column.folder + "/"}] if self._site.by_column["policies"] else []
        )
        return [*column_links, *self.links_to_derived(without)]


def in_force_of(document: Document) -> tuple[Document, ...]:
    """Return a policy that is in force, else those of its parts that are, because they alone were renewed."""
    candidates = document.parts if document.status in OVER else (document,)
    return tuple(candidate for candidate in candidates if candidate.status and candidate.status.in_force)


def ended_of(document: Document) -> tuple[Document, ...]:
    """Return a policy that is no longer in force, else those of its parts that are not."""
    return (document,) if document.status in OVER else tuple(part for part in document.parts if part.status in OVER)


class ListMaker(PageMaker):
    """A maker of pages that list documents."""

    def __init__(self, site: Site, config: SiteConfig, words: Words, listings: Listings) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._listings = listings
