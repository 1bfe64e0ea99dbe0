"""Acts outside the site that have ended, and the texts that name them. No finding yet."""

from collections.abc import Iterator, Mapping

from generator.domain.doc_numbers import doc_number_candidates, doc_number_key
from generator.domain.laws import Law
from generator.domain.model import Archive, Document
from generator.domain.titles import title_key
from generator.domain.vocabulary import OVER, RelationKind

_RELYING = (RelationKind.BASED_ON, RelationKind.CITES)


class EndedLaws:
    """The acts that have ended on the day of an archive, by number and by title.

    An act is known by its title only where no act in force has the same one.
    """

    def __init__(self, laws: Mapping[str, Law], archive: Archive) -> None:
        self._laws = laws
        self._archive = archive
        in_force = {title for law in laws.values() if not law.has_ended(archive.day) for title in _titles_of(law)}
        ended = [law for law in laws.values() if law.has_ended(archive.day)]
        self._numbers = {doc_number_key(law.number): law for law in ended if law.number}
        self._titles = {title: law for law in ended for title in _titles_of(law) if title not in in_force}

    def named_in(self, document: Document) -> Iterator[tuple[Law, int | None, str]]:
        """Yield every ended act that a document names, with the line in its text or the field.

        Not where it names what took the act's place too, nor where the act is on the site and marked as ended there.
        """
        found: dict[str, tuple[Law, int | None, str]] = {}
        for law, line, key in self._named(document):
            if law.cite not in found and not self._names_successor(document, law):
                found[law.cite] = law, line, key
        yield from found.values()

    def _named(self, document: Document) -> Iterator[tuple[Law, int | None, str]]:
        marked = set()
        for kind in _RELYING:
            for relation in document.related(kind):
                target = self._archive.by_id[relation.target]
                law = self._numbers.get(doc_number_key(target.doc_number)) or self._titles.get(title_key(target.title))
                if law and target.status in OVER:
                    marked.add(law.cite)
                elif law and kind is RelationKind.BASED_ON:
                    yield law, None, kind.value
        for law, line in self._cited(document):
            if law.cite not in marked:
                yield law, line, ""

    def _cited(self, document: Document) -> Iterator[tuple[Law, int]]:
        for citation in document.page.citations:
            for number in doc_number_candidates(citation.text):
                if law := self._numbers.get(number):
                    yield law, citation.line
        for title, line in zip(document.page.quoted_titles, document.page.title_lines, strict=True):
            if law := self._titles.get(title):
                yield law, line

    def _names_successor(self, document: Document, law: Law) -> bool:
        successor = self._laws.get(law.successor)
        if successor is None:
            return False
        number = doc_number_key(successor.number) if successor.number else ""
        return title_key(successor.name) in document.page.quoted_titles or any(
            number in doc_number_candidates(citation.text) for citation in document.page.citations if number
        )


def _titles_of(law: Law) -> Iterator[str]:
    """Yield the keys of a law's title: whole, and without the body before 关于, as texts quote it."""
    if title := title_key(law.name):
        yield title
        if (about := title.find("关于")) > 0:
            yield title[about:]
