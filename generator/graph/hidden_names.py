"""Find the numbers and titles of documents that are not public in what is public (条例 arts 13–16).

Numbers are those of ``hidden_numbers``. Nothing is searched on a site
without hidden documents; otherwise all names form one regular expression, so that each text is searched once.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Attachment, Correction, Document, FieldValue, LinkOutcome, Naming, Relation
from generator.domain.privacy import as_seen
from generator.domain.titles import titles_in
from generator.domain.vocabulary import FIELDS, INTERNAL_FIELDS, Disclosure, FieldForm
from generator.graph.hidden_numbers import HiddenNumbers, squeezed, squeezed_offsets

Rows: TypeAlias = tuple[tuple[str, ...], ...]
_LEAST_QUOTED = 5  # the least length of a title in 《》 that identifies a document
_LEAST_PLAIN = 12  # the least length of a title without 《》 that does not occur by chance
# What a tag says to a reader: the description of an image, a note that appears under the pointer.
_SAID_BY_TAG = re.compile(r"""\b(?:alt|title|label)\s*=\s*(["'])([^"'<>]{2,2000})\1""", re.IGNORECASE)
_INNER_TITLE = re.compile("[《〈<]([^《》〈〉<>]+)[》〉>]")
_REFERRING = frozenset({FieldForm.REFERENCES, FieldForm.CLEANUP})
_SIGNED = frozenset(
    {"title", "subtitle", "caption", "genre", "index_no", "doc_number", "issuer", "co_issuers", "column"}
)
_FREE_TEXT = frozenset({FieldForm.TEXT, FieldForm.TEXTS, FieldForm.CORRECTIONS})
# Fields that are not part of the signed document: they describe it, and lists, registers and the API show them.
_UNSIGNED = tuple(
    key
    for key, spec in FIELDS.items()
    if spec.form in _FREE_TEXT and key not in _SIGNED | INTERNAL_FIELDS - {"changes"}
)
# Of these one that is the title of a hidden document means it; a theme may be called as a short document is.
_NAMED_BY_TITLE = frozenset(
    {"summary", "keywords", "changes", "repeal_reason", "corrections", "disclosure_note"}
    | {"agenda", "meeting_outcome", "progress", "series"}
)
_LEFT_OUT = "…"
# Fields that only name other documents are checked by other rules.
_NOT_READ = INTERNAL_FIELDS | {key for key, spec in FIELDS.items() if spec.form in _REFERRING}


class HiddenNames:
    """The numbers and titles of all documents that are not public; false where there are none."""

    def __init__(self, documents: Iterable[Document], public: Callable[[Document], bool]) -> None:
        hidden_numbers: dict[str, Document] = {}
        hidden_titles: dict[str, Document] = {}
        public_titles: set[str] = set()
        public_numbers: set[str] = set()
        everything = tuple(documents)
        for document in everything if any(not public(document) for document in everything) else ():
            number = doc_number_key(document.doc_number) if document.doc_number else ""
            title = squeezed(document.title)
            if public(document):
                public_titles.add(title)
                public_numbers.add(number)
                continue
            if number:
                hidden_numbers.setdefault(number, document)
            if len(title) >= _LEAST_QUOTED:
                hidden_titles.setdefault(title, document)
        self._numbers = HiddenNumbers(hidden_numbers, public_numbers - {""})
        self._titles = {key: one for key, one in hidden_titles.items() if key not in public_titles}
        self._pattern = self._compiled()

    def __bool__(self) -> bool:
        return bool(self._numbers or self._titles)

    def _compiled(self) -> re.Pattern[str] | None:
        plain = [re.escape(title) for title in self._titles if len(title) >= _LEAST_PLAIN]
        names = [*_trie(plain), *self._numbers.patterns]
        return re.compile("|".join(names)) if names else None

    def in_number(self, number: str) -> Document | None:
        """Return the hidden document whose 文号 is at the end of a number from a text."""
        return self._numbers.in_number(number)

    def in_title(self, title: str) -> Document | None:
        """Return the hidden document that a title in 《》 names, with or without the issuer's name before it.

        A title inside it, as in 关于印发〈…〉的通知, counts too.
        """
        key = squeezed(title)
        for whole in (key, *map(squeezed, _INNER_TITLE.findall(title))):
            if whole in self._titles:
                return self._titles[whole]
        return next((one for end, one in self._titles.items() if len(end) >= _LEAST_PLAIN and end in key), None)

    def in_text(self, text: str) -> Iterator[tuple[int, Document]]:
        """Yield the hidden documents that a text and the attributes of its tags name, each mention with its offset."""
        if self._pattern is None:
            return
        yield from self._in_visible_text(as_seen(text), self._pattern)
        for words in _SAID_BY_TAG.finditer(text) if "<" in text and "=" in text else ():
            for offset, document in self._in_visible_text(as_seen(words[2]), self._pattern):
                yield words.start(2) + offset, document

    def _in_visible_text(self, visible_text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, Document]]:
        words = squeezed(visible_text)
        offsets: Sequence[int] = ()
        for match in pattern.finditer(words):
            offsets = offsets or squeezed_offsets(visible_text)
            document = self._titles.get(match[0]) or self._numbers.in_match(match, visible_text, offsets)
            if document:
                yield offsets[match.start()], document
        yield from self._numbers.in_lists(visible_text)

    def find(self, text: str) -> Document | None:
        """Return the hidden document that a short text names: a number, a title, or words with one of them."""
        document = self.in_title(text) or self.in_number(text) or next(self.in_text(text), (0, None))[1]
        return document or next((one for _, _, key in titles_in(text) if (one := self.in_title(key))), None)

    def names(self, text: str) -> bool:
        """Whether a text names a hidden document."""
        return self.find(text) is not None

    def in_words(self, text: str) -> Iterator[Document]:
        """Yield the hidden documents that words name; those that are its short title by themselves do not."""
        yield from (one for _, one in self.in_text(text))
        yield from (one for _, _, key in titles_in(text) if (one := self.in_title(key)))

    def without(self, rows: Rows) -> Rows:
        """Return the rows of a table; a cell that names a hidden document has … in its place."""
        if not any(self.in_words(_joined(rows))):
            return rows
        return tuple(tuple(_LEFT_OUT if any(self.in_words(cell)) else cell for cell in row) for row in rows)


def find_namings(archive: Archive, read: Callable[[str], str]) -> Mapping[str, tuple[Naming, ...]]:
    """Return every mention of a hidden document in a public source, by source file.

    ``read`` returns the text of a source file by its path, an empty string where it cannot be read.
    """
    names = HiddenNames(archive.with_withdrawn, archive.is_public)
    if not names:
        return {}
    namings = dict(namings_of(archive))
    for document in archive.documents:
        if document.disclosure is Disclosure.PROACTIVE:
            in_source = tuple(_in_source(document, read(document.path), names))
            named_in_source = {(one.document, one.key) for one in in_source}
            others = [one for one in namings.get(document.path, ()) if (one.document, one.key) not in named_in_source]
            if in_source or others:
                namings[document.path] = (*in_source, *others)
    return namings


def namings_of(archive: Archive) -> Mapping[str, tuple[Naming, ...]]:
    """Return the mentions that are known without reading texts: by cited number, by title in 《》, and in fields."""
    names = HiddenNames(archive.with_withdrawn, archive.is_public)
    if not names:
        return {}
    namings: dict[str, tuple[Naming, ...]] = {}
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        by_document: dict[str, Naming] = {}
        in_fields = (*_in_fields(document, names), *_in_attached_tables(archive, document, names))
        for citation in document.page.citations:
            if (one := names.in_number(citation.text)) and one.path != document.path:
                by_document.setdefault(one.id, Naming(one.id, citation.line))
        for title, line in zip(document.page.quoted_titles, document.page.title_lines, strict=True):
            if (one := names.in_title(title)) and one.path != document.path:
                by_document.setdefault(one.id, Naming(one.id, line))
        if in_fields or by_document:
            namings[document.path] = (*in_fields, *by_document.values())
    return namings | dict(_in_reasons(archive, names))


def _in_reasons(archive: Archive, names: HiddenNames) -> Iterator[tuple[str, tuple[Naming, ...]]]:
    """Yield the mentions in the reasons of withdrawals, by source file."""
    for document in archive.withdrawn:
        withdrawal = document.withdrawal
        if withdrawal and (named := names.find(withdrawal.reason)):
            yield document.path, (Naming(named.id, document.page.line_of("withdrawn"), "withdrawn"),)


def without_hidden_names(archive: Archive) -> Archive:
    """Return the archive without mentions of hidden documents outside titles and texts.

    An act outside the site that is in fact a hidden document becomes a relation to it, which the gate removes. Fields
    that are not part of the signed document (summary, keywords …) and its opening words in lists are dropped where they
    name a hidden document; titles and texts are left as they were signed. In the tables from which tasks, charts and
    registers are made, and in those of CSV attachments, a cell with such a name has … instead.
    """
    names = HiddenNames(archive.with_withdrawn, archive.is_public)
    if not names:
        return archive

    def without_mentions(document: Document) -> Document:
        unsigned = [
            key
            for key in _UNSIGNED
            if (field := document.page.fields.get(key))
            and any(
                names.names(text) if key in _NAMED_BY_TITLE else any(names.in_words(text))
                for text in _texts_of(field.value)
            )
        ]
        page = document.page
        if unsigned:
            page = page._replace(fields={key: field for key, field in page.fields.items() if key not in unsigned})
        if names.names(page.opening):
            page = page._replace(opening="")
        if page.tables:
            page = page._replace(tables=tuple(table._replace(rows=names.without(table.rows)) for table in page.tables))
        return document._replace(
            page=page,
            relations=tuple(map(resolved, document.relations)),
            notices=tuple(one._replace(acts=tuple(map(resolved, one.acts))) for one in document.notices),
            parts=tuple(map(without_mentions, document.parts)),
        )

    def resolved(relation: Relation) -> Relation:
        hidden = names.find(relation.outside) if relation.outside else None
        return relation._replace(target=hidden.id, outside="") if hidden else relation

    files = {
        path: file._replace(scan=file.scan._replace(rows=names.without(file.scan.rows))) if file.scan.rows else file
        for path, file in archive.files.items()
    }
    return replace(archive, documents=tuple(map(without_mentions, archive.documents)), files=files)


def _in_fields(document: Document, names: HiddenNames) -> Iterator[Naming]:
    for key, field in document.page.fields.items():
        if key not in _NOT_READ:
            named = {one.id for text in _texts_of(field.value) for _, one in names.in_text(text)}
            yield from (Naming(one, field.line, key) for one in sorted(named) if one != document.id)


def _in_attached_tables(archive: Archive, document: Document, names: HiddenNames) -> Iterator[Naming]:
    """Yield the mentions in the cells of the public CSV attachments of a document."""
    links = archive.attachments.get(document.path, ())
    for item, link in zip(document.attachments, links, strict=False):
        if item.disclosure is Disclosure.PROACTIVE and link.outcome is LinkOutcome.FINE:
            named = {one.id for one in names.in_words(_joined(archive.files[link.file].scan.rows))}
            line = document.page.line_of("attachments")
            yield from (Naming(one, line, "attachments") for one in sorted(named) if one != document.id)


def _joined(rows: Rows) -> str:
    return "\n".join(cell for row in rows for cell in row)


def _texts_of(value: FieldValue) -> Iterator[str]:
    """Yield the free texts of a field's value."""
    for item in value if isinstance(value, tuple) else (value,):
        if isinstance(item, Correction):
            yield item.note
        elif isinstance(item, Attachment):
            yield item.title
        elif isinstance(item, str):
            yield str(item)


def _in_source(document: Document, text: str, names: HiddenNames) -> Iterator[Naming]:
    lines = sorted(
        [
            *((field.line, key) for key, field in document.page.fields.items()),
            *((n, k) for k, n in document.page.empty_keys.items()),
        ]
    )
    body = _body_line(text)
    yielded: set[tuple[str, str]] = set()
    for offset, hidden in sorted(names.in_text(text), key=lambda mention: mention[0]):
        line = text.count("\n", 0, offset) + 1
        key = next((key for first, key in reversed(lines) if first <= line), "") if line < body else ""
        if hidden.path != document.path and key not in _NOT_READ and (hidden.id, key) not in yielded:
            yielded.add((hidden.id, key))
            yield Naming(hidden.id, line, key)


def _body_line(text: str) -> int:
    end = text.find("\n---", 3)
    return text.count("\n", 0, end) + 2 if end > 0 else 1


def _trie(words: Iterable[str]) -> list[str]:
    """Return patterns, longest words first, for words, grouped by their first characters, which are tried once."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), reverse=True):
        by_first.setdefault(word[:4], []).append(word[4:])
    return [f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items()]
