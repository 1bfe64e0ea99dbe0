"""新旧对照: the page of a document beside those that it replaces or amends, clause by clause (条例 art 33; LIFE-13).

The page is made by gongkai and is no official text; it says so, and leads to both documents.
"""

from collections.abc import Iterator

from generator.config.load import SiteConfig
from generator.domain.model import ComparedTexts, Document, Site, TextClause
from generator.domain.titles import inside_marks
from generator.domain.vocabulary import RelationKind
from generator.publish.data.page_metadata import column_metas
from generator.publish.pages.comparison_links import comparison_address, has_same_title
from generator.publish.pages.linked_documents import badge_turns, list_item, public_document
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import COMPARISON_TEMPLATE, PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import View, Words


class ComparisonPages(PageMaker):
    """Make a page for every document whose text can be put beside that of an older one."""

    kinds = (PageKind.COMPARISON,)

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._words = words

    def pages(self) -> Iterator[PageSpec]:
        """Yield the pages, in the order of the documents."""
        for document in self._site.documents:
            if document.id in self._site.compared:
                path = comparison_address(document) + "index.html"
                yield PageSpec(PageKind.COMPARISON, COMPARISON_TEMPLATE, path, document.id)

    def view(self, page: PageSpec) -> View:
        """Return everything that one page shows; the clauses as plain data."""
        document, words = self._site.by_id[page.key], self._words
        column = self._site.column[document.column]
        address, title = comparison_address(document), words.compare.page_title.format(title=document.title)
        context = page_context(self._config, title, address, column.parent or column.id)
        sections = [self._section(one) for one in self._site.compared[document.id]]
        return {
            **context,
            "metas": [*context["metas"], *column_metas(self._config, column)],
            "heading": words.compare.title,
            "crumbs": [
                {"title": column.title, "address": column.folder + "/"},
                {"title": document.title, "address": document.address},
                {"title": words.compare.title, "address": ""},
            ],
            "id": document.id,
            "newer": list_item(document, words),
            "sections": sections,
            "scripted": any(section[side]["turns"] for section in sections for side in ("older", "newer")),
            "paper": {"word": f"{address}{document.id}.docx", "pdf": "", "number": document.doc_number, "state": ""},
        }

    def _section(self, texts: ComparedTexts) -> View:
        words = self._words.compare
        older, newer = (public_document(self._site, name) for name in (texts.older, texts.newer))
        amends = texts.kind is RelationKind.AMENDS
        notes = [words.made] if amends else []
        notes += [] if texts.is_whole else [words.changed_only]
        notes += [words.unread.format(clauses="、".join(texts.unread))] if texts.unread else []
        notes += [words.amendment_rest] if amends else []
        notes += [words.omitted] if texts.omitted else []
        titles = {"older": inside_marks(older.title), "newer": inside_marks(newer.title)}
        titles |= {"older_number": older.doc_number, "newer_number": newer.doc_number}
        again = "_numbered" if has_same_title(older, newer) else ""
        return {
            "title": (words.amended if amends else words[f"replaced{again}"]).format(**titles),
            "caption": (words.caption_amended if amends else words[f"caption{again}"]).format(**titles),
            "older": self._side(older),
            "newer": self._side(newer),
            "kind": texts.kind.value,
            "old_label": words.old_amended if amends else words.old,
            "new_label": words.new_amended if amends else words.new,
            "notes": notes,
            "old": [_plain(one) for one in texts.old],
            "new": [_plain(one) for one in texts.new],
        }

    def _side(self, document: Document) -> View:
        """Return one of two documents with its status, that of later days too: the page always shows one."""
        return {**list_item(document, self._words), "turns": badge_turns(document, self._words)}


def _plain(clause: TextClause) -> tuple[str, str, list[str], bool]:
    return clause.anchor, clause.name, list(clause.lines), clause.is_plain
