"""Which documents of the site a text repeals by its own words, although no relation says so."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_candidates, doc_number_key
from generator.domain.model import Document, StatedRepeal
from generator.domain.titles import title_key
from generator.domain.vocabulary import ENDED_BY, ENDING, Kind

_ISSUED = re.compile(r"印发《?([^《》]+?)》?的通知\Z")
_ABOUT = "关于"


class RepealedDocument(NamedTuple):
    """A document of the site that a text repeals, its part if the text names one, and the words that say it."""

    document: Document
    part: str
    repeal: StatedRepeal


class PolicyIndex:
    """The policies of a site, and the parts that they carry, by 文号 and by title."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._numbers: dict[str, list[Document]] = defaultdict(list)
        self._titles: dict[str, list[tuple[Document, str]]] = defaultdict(list)
        for document in documents:
            if document.kind is Kind.POLICY:
                self._add(document)

    def _add(self, document: Document) -> None:
        if document.doc_number:
            self._numbers[doc_number_key(document.doc_number)].append(document)
        title = title_key(document.title)
        names = {title}
        if title.find(_ABOUT) > 0:
            names.add(title[title.find(_ABOUT) :])  # titles are quoted without the body before them
        if (issued := _ISSUED.search(title)) and not document.declared_parts:
            names.add(issued[1])
        for name in names:
            self._titles[name].append((document, ""))
        for part in document.declared_parts:
            self._titles[title_key(part.title).strip("《》")].append((document, part.id))

    def undeclared(self, document: Document) -> Iterator[RepealedDocument]:
        """Yield the documents that a text repeals, that no relation ends, and that nothing else has ended."""
        given: set[tuple[str, str]] = set()
        for repeal in document.page.stated_fields.repeals:
            target, part = self._target(repeal, document)
            if target is None or (target.id, part) in given or _is_declared(document, target, part):
                continue
            given.add((target.id, part))
            if not _has_ended(target, part):
                yield RepealedDocument(target, part, repeal)

    def reference_to(self, target: RepealedDocument) -> str:
        """Return how front matter names a document: by its 文号 where no other has it, else by its id."""
        document = target.document
        number = document.doc_number
        unique = number and len(self._numbers[doc_number_key(number)]) == 1
        name = doc_number_key(number) if unique else document.id
        return f"{name}#{target.part}" if target.part else name

    def _target(self, repeal: StatedRepeal, document: Document) -> tuple[Document | None, str]:
        """Return the one older document that is meant; by its number where the text gives one, else by its title."""
        if repeal.number:
            keys = map(doc_number_key, doc_number_candidates(repeal.number))
            numbered = next((self._numbers[key] for key in keys if key in self._numbers), [])
            matches = [(document_of_number, "") for document_of_number in numbered]
        else:
            named = self._titles.get(repeal.title, [])
            matches = [one for one in named if not _repeals_namesake(one[0], repeal.title)]
        older = [match for match in matches if match[0].path != document.path and _is_older(match[0], document)]
        return older[0] if len(older) == 1 else (None, "")


def _day_of(document: Document) -> dt.date:
    return document.date("date_written") or document.published or dt.date.max


def _is_older(target: Document, document: Document) -> bool:
    return _day_of(target) < _day_of(document)


def _repeals_namesake(document: Document, title: str) -> bool:
    """Whether a text says itself that it repeals a document of a title: then that is an older one, not itself."""
    return any(repeal.title == title for repeal in document.page.stated_fields.repeals)


def _is_declared(document: Document, target: Document, part: str) -> bool:
    """Whether a document declares that it ends another; a text may name whole what was declared part by part."""
    return any(
        relation.target == target.id
        and not relation.clause
        and (not relation.part or not part or relation.part == part)
        for kind in ENDING
        for relation in document.related(kind)
    )


def _has_ended(target: Document, part: str) -> bool:
    return any(not act.clause and act.part in {"", part} for kind in ENDED_BY for act in target.related(kind))
