"""Resolve the citations in the texts of public documents: to documents of the site, or to outside documents.

A hidden document is neither linked nor listed, so that only the text that prints its number reveals it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.domain.doc_numbers import doc_number_candidates, doc_number_key, strip_leading_words
from generator.domain.model import Document, OutsideDocument, Relation, ResolvedCitations
from generator.domain.titles import title_key
from generator.domain.vocabulary import RelationKind
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments
from generator.graph.hidden_names import HiddenNames
from generator.graph.references import ReferenceIndex
from generator.graph.relations import effect_day


class Citations:
    """The citations of a site; ``everything`` holds the hidden documents too, so that they can be left out.

    ``foreign`` are documents of other sites of the platform, which a number may mean that nothing here has.
    """

    def __init__(
        self,
        everything: Iterable[Document],
        public: Mapping[str, Document],
        foreign: ForeignDocuments = NO_FOREIGN,
    ) -> None:
        documents = tuple(everything)
        self._index = ReferenceIndex(documents, foreign=foreign)
        self._linked = {**public, **foreign.by_id}
        self._hidden = HiddenNames(documents, lambda document: document.id in public)
        self._public = public
        titles: dict[str, list[Document]] = defaultdict(list)
        for document in public.values():
            titles[title_key(document.title)].append(document)
        self._titled = {key: titled[0] for key, titled in titles.items() if len(titled) == 1}

    def of(self, document: Document) -> ResolvedCitations:
        """Return the resolved citations of one public document."""
        numbers = {key: target.address for key, target in self._numbers(document)}
        titles = {f"《{key}》": target.address for key, target in self._titles(document)}
        return ResolvedCitations({**numbers, **titles}, tuple(dict.fromkeys(self._outside(document))))

    def relations(self) -> Mapping[str, tuple[Relation, ...]]:
        """Return both sides of every citation by title alone, by the document's id."""
        sides: dict[str, dict[Relation, None]] = defaultdict(dict)
        for document in self._public.values():
            cited_by_number = {relation.target for relation in document.related(RelationKind.CITES)}
            since = effect_day(document)
            for _, target in self._titles(document):
                if target.id not in cited_by_number:
                    sides[document.id][Relation(RelationKind.CITES, target.id, since=since)] = None
                    sides[target.id][Relation(RelationKind.CITED_BY, document.id, since=since)] = None
        return {name: tuple(relations) for name, relations in sides.items()}

    def _numbers(self, document: Document) -> Iterator[tuple[str, Document]]:
        for citation in document.page.citations:
            target = self._index.by_number(citation.text)
            if target and target.path != document.path and self._linked.get(target.id) is target:
                key = doc_number_key(target.doc_number)
                if key in doc_number_candidates(citation.text):
                    yield key, target

    def _titles(self, document: Document) -> Iterator[tuple[str, Document]]:
        for key in document.page.quoted_titles:
            target = self._titled.get(key)
            if target and target.id != document.id:
                yield key, target

    def _outside(self, document: Document) -> Iterator[OutsideDocument]:
        for citation in document.page.citations:
            on_site = self._index.named(citation.text) or self._hidden.in_number(citation.text)
            if not on_site and (number := strip_leading_words(citation.text)):
                yield OutsideDocument(number, "" if self._hidden.in_title(citation.title) else citation.title)
