"""The pages of documents, as plain data: the only input of the template, and covered by the page's fingerprint."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import quote

from generator.config.load import SiteConfig
from generator.domain.filenames import same_name_key
from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import RELATIONS, Kind, RelationKind
from generator.publish.data.api_document import FOLDER, document_json
from generator.publish.data.api_documents import name_of
from generator.publish.data.datasets import dataset_views, datasets
from generator.publish.data.page_metadata import column_metas, content_metas, json_ld, site_metas, summary_of
from generator.publish.pages.change_notes import changes_of, corrections_of
from generator.publish.pages.clause_marks import clause_additions, clause_marks
from generator.publish.pages.cleanup_results import CLEANED, cleanup_of
from generator.publish.pages.comparison_links import comparison_links
from generator.publish.pages.consultation_course import course_of
from generator.publish.pages.embedded_texts import part_headers
from generator.publish.pages.information_box import InformationBox
from generator.publish.pages.linked_documents import badges, clauses_joined, part_item, relation_item, title_marks
from generator.publish.pages.metadata_box import metadata_rows
from generator.publish.pages.notice_periods import mark_of, mark_turns, periods_of, status_changes_json
from generator.publish.pages.page_context import root_of
from generator.publish.pages.page_maker import DOCUMENT_TEMPLATE, PageKind, PageMaker, PageSpec
from generator.publish.pages.paper import paper_of
from generator.publish.pages.relation_picture import relations_around
from generator.publish.pages.service_box import contact_of, tools_of
from generator.publish.pages.status_line import status_line
from generator.publish.pages.text_links import readable_size, text_links
from generator.publish.pages.timeline import timeline_of
from generator.publish.theme.environment import View, Words
from generator.source.text.anchors import CLAUSE_NAME

_SECTIONS = tuple(kind for spec in RELATIONS if spec.has_section for kind in (spec.kind, spec.inverse))
_STEPS = frozenset({RelationKind.FOLLOWS, RelationKind.FOLLOWED_BY})
_OUTLINE_MIN_HEADINGS = 3


class DocumentPages(PageMaker):
    """Make the pages of documents, each with its data for programs."""

    kinds = (PageKind.DOCUMENT,)

    def __init__(self, site: Site, config: SiteConfig, words: Words, box: InformationBox) -> None:
        self._site = site
        self._box = box
        self._config = config
        self._words = words
        self._positions: dict[str, dict[str, int]] = {}

    def pages(self) -> Iterator[PageSpec]:
        """Yield a page for every document."""
        for document in self._site.documents:
            yield PageSpec(PageKind.DOCUMENT, DOCUMENT_TEMPLATE, document.address + "index.html", document.id)

    def text(self, page: PageSpec) -> str:
        """Return the text of the document."""
        return self._site.by_id[page.key].page.body

    def data(self, page: PageSpec) -> Iterator[tuple[str, bytes]]:
        """Yield the document as JSON, and its tables as CSV."""
        document = self._site.by_id[page.key]
        yield f"{FOLDER}/{document.id}.json", document_json(document, self._site, self._config)
        for _, name, table in datasets(document):
            yield name, table

    def view(self, page: PageSpec) -> View:
        """Return everything that the page of one document shows except its text."""
        document = self._site.by_id[page.key]
        site, words, column = self._site, self._words, self._site.column[document.column]
        timeline = timeline_of(document, site, words)
        relations = document.relations
        crumbs = (
            [{"title": site.column[column.parent].title, "address": site.column[column.parent].folder + "/"}]
            if column.parent
            else []
        )
        crumbs += [{"title": column.title, "address": column.folder + "/"}, {"title": document.title, "address": ""}]
        newer, older = self._neighbours(document)
        interpretations = self._interpretations(document)
        cleanup = cleanup_of(document, site, words)
        note = (
            self._words.document.disclosure_note.format(label=document.disclosure.label)
            if document.kind is Kind.POLICY and document.disclosure and not document.page.printed_disclosures
            else ""
        )
        return {
            "title": document.title,
            "heading": document.title,
            "root": root_of(document.address),
            "current": column.parent or column.id,
            "metas": [
                *site_metas(self._config),
                *column_metas(self._config, column),
                *content_metas(document, self._config),
            ],
            "canonical": self._config.site.base_url + document.address,
            "crumbs": crumbs,
            "json_ld": json_ld(document, site, self._config),
            **self.today(document),
            "marks": title_marks(document, words),
            "subtitle": document.text("subtitle"),
            "caption": document.text("caption"),
            "course": course_of(document, site, self._words),
            "contact": contact_of(document, self._config),
            "tools": tools_of(document, self._config, words),
            "changes": changes_of(document, site),
            "corrections": corrections_of(document) if document.corrections else [],
            "facts": [*metadata_rows(document, self._words), *self._box.rows(document)],
            "information": self._box.view(document),
            "interprets": clauses_joined(
                self._link(document, relation) for relation in document.related(RelationKind.INTERPRETS)
            ),
            "interpretations": [item for item in interpretations if not item["anchors"]],
            "clause_notes": [
                {**item, "anchor": anchor, "clause": clause, "lines": lines}
                for item in interpretations
                for anchor, clause, lines in item["anchors"]
            ],
            "outline": [
                {"level": entry.level, "text": entry.text, "anchor": entry.anchor} for entry in document.page.outline
            ]
            if len(document.page.outline) >= _OUTLINE_MIN_HEADINGS
            else [],
            "disclosure_note": note,
            "paper": paper_of(document, pdf=self._pdf_path(document)),
            "attachments": [self._attachment(document, entry.title, entry.file) for entry in document.attachments],
            "datasets": dataset_views(document),
            "parts": [part_item(part, words) for part in document.parts],
            "clause_marks": clause_marks(document, site, words),
            "clause_additions": (additions := clause_additions(document, site, words)),
            "clauses_turn": bool(document.clause_changes)
            or any(one["first"] for one in additions)
            or any(item["turns"] and item["anchors"] for item in interpretations),
            "comparisons": comparison_links(document, site, words),
            "banners": part_headers(document, site, words),
            "cleanup": cleanup,
            "timeline": timeline.events if timeline else [],
            "in_force": timeline.spans if timeline else (),
            "relations": list(self._relations(document, relations, listed=bool(cleanup))),
            "around": relations_around(document, site, words.pictures),
            "newer": newer,
            "older": older,
            "outside": [entry._asdict() for entry in site.cited[document.id].outside],
            **text_links(site, document.id, self._words),
        }

    def today(self, document: Document) -> View:
        """Return the status and notices of a document today and on the later days that are known already."""
        state = document.state
        return {
            "id": document.id,
            "kind": document.kind.value,
            "status": state.value if state else "",
            "status_mark": mark_of(document.state),
            "periods": periods_of(document, self._site, self._words),
            "status_line": status_line(document, self._site, self._words),
            "turns": status_changes_json(document, self._words),
            "scripted": any(item.status_changes for item in (document, *document.parts, *self._related(document))),
        }

    def _related(self, document: Document) -> Iterator[Document]:
        yield from (self._site.by_id[relation.target] for relation in document.relations if relation.target)

    def _pdf_path(self, document: Document) -> str:
        """Return the path of the PDF of a policy, empty where it has none; an attachment keeps its address."""
        if not self._config.policy_pdf or not document.status:
            return ""
        stem, number = f"{document.address}{document.id}", 1
        path = f"{stem}.pdf"
        while same_name_key(path) in self._file_names:
            number += 1
            path = f"{stem}-{number}.pdf"
        return path

    @cached_property
    def _file_names(self) -> frozenset[str]:
        return frozenset(same_name_key(path) for path in self._site.files)

    def _link(self, document: Document, relation: Relation) -> View:
        return relation_item(document, relation, self._site, self._words)

    def _interpretations(self, document: Document) -> list[View]:
        """Return the interpretations of a document; ``anchors`` are the clauses under which one is shown."""
        links = [
            {
                **self._link(document, relation),
                "anchors": list(self._clauses(document, relation)),
                "turns": mark_turns(self._site.by_id[relation.target], self._words) if relation.target else "",
            }
            for relation in document.related(RelationKind.INTERPRETED_BY)
        ]
        return sorted(links, key=lambda link: (link["day"], link["address"]))

    def _clauses(self, document: Document, relation: Relation) -> Iterator[tuple[str, str, list[str]]]:
        """Yield anchor and name of every clause that an interpretation names, and the lines it has on that clause."""
        target = self._site.by_id.get(relation.target)
        lines_by_clause = {section.clause: list(section.lines) for section in target.page.sections} if target else {}
        names = CLAUSE_NAME.findall(relation.clause)
        text_anchors = document.page.anchors
        if relation.part:
            text_anchors = next(
                (part.page.anchors for part in document.parts if part.part_id == relation.part), text_anchors
            )
        for name in names:
            anchors = [name] if name in text_anchors else []
            anchors += sorted(anchor for anchor in text_anchors if anchor.endswith(f"-{name}"))
            if anchors:
                label = relation.clause if len(names) == 1 else name
                yield anchors[0], label, lines_by_clause.get(name) or ([summary_of(target)] if target else [])

    def _relations(self, document: Document, relations: tuple[Relation, ...], *, listed: bool) -> Iterable[View]:
        """Yield the relations by kind; ``listed`` leaves out those that the table of a clean-up has already."""
        declared_targets = {
            name_of(relation)
            for relation in relations
            if relation.kind not in {RelationKind.CITES, RelationKind.CITED_BY}
        }
        present_kinds = {relation.kind for relation in relations}
        for kind in (
            section
            for section in _SECTIONS
            if section in present_kinds
            and not (listed and section in CLEANED)
            and not (document.kind is Kind.NOTICE and section in _STEPS)  # the steps of its matter
        ):
            entries = clauses_joined(
                self._link(document, relation)
                for relation in relations
                if relation.kind is kind
                and not (kind in {RelationKind.CITES, RelationKind.CITED_BY} and name_of(relation) in declared_targets)
            )
            if entries:
                yield {"label": kind.label, "entries": entries}

    def _attachment(self, document: Document, title: str, file: str) -> View:
        address = self._site.attachments[document.id][file]
        suffix = address.rpartition(".")[2].upper() if "." in address.rpartition("/")[2] else "文件"
        size = self._words.document.size.format(type=suffix, size=readable_size(self._site.files[address].size))
        return {"title": title, "address": quote(address), "size": size}

    def _neighbours(self, document: Document) -> tuple[View | None, View | None]:
        documents = self._site.by_column[document.column]
        if document.column not in self._positions:
            self._positions[document.column] = {entry.id: position for position, entry in enumerate(documents)}
        position = self._positions[document.column][document.id]
        neighbours = (
            documents[position - 1] if position else None,
            documents[position + 1] if position + 1 < len(documents) else None,
        )
        newer, older = (
            {"title": entry.title, "address": entry.address, "badges": badges(entry, self._words)} if entry else None
            for entry in neighbours
        )
        return newer, older
