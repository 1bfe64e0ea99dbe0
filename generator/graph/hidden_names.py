"""Find the numbers and titles of documents that are not public in what is public (条例 arts 13–16).

A number is matched by its end: running text does not show where a 机关代字 begins. Nothing is searched on a site
without hidden documents; otherwise all names form one regular expression, so that each text is searched once.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Document, Naming, Relation
from generator.domain.privacy import as_seen
from generator.domain.titles import titles_in
from generator.domain.vocabulary import FIELDS, INTERNAL_FIELDS, Disclosure, FieldForm

_LEAST_QUOTED = 5  # the least length of a title in 《》 that identifies a document
_LEAST_PLAIN = 12  # the least length of a title without 《》 that does not occur by chance
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"(.+)〔(\d{4})〕(\d+)号")
_DECREE = re.compile(r"(.+)令第(\d+)号")
# A province's character before a 机关代字 makes it another body's: 鲁政办发 is not 政办发.
_PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新国")
_NAMES_OF_PROVINCES = (
    "天津",
    "内蒙",
    "江苏",
    "西藏",
    "黔贵",
    "中国",
    "全国",
    "我国",
    "辽宁",
    "南宁",
    "西宁",
    "济宁",
    "云南",
)
_REFERRING = frozenset({FieldForm.REFERENCES, FieldForm.CLEANUP})
# Fields that are not part of the signed document.
_UNSIGNED = ("summary", "keywords", "changes", "repeal_reason")
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
            number = _squeezed(doc_number_key(document.doc_number)) if document.doc_number else ""
            title = _squeezed(document.title)
            if public(document):
                public_titles.add(title)
                public_numbers.add(number)
                continue
            if number:
                hidden_numbers.setdefault(number, document)
            if len(title) >= _LEAST_QUOTED:
                hidden_titles.setdefault(title, document)
        self._numbers = {key: one for key, one in hidden_numbers.items() if key not in public_numbers}
        self._titles = {key: one for key, one in hidden_titles.items() if key not in public_titles}
        ends = tuple(self._numbers)
        self._longer_public_numbers = tuple(key for key in public_numbers if ends and key.endswith(ends))
        self._pattern = self._compiled()

    def __bool__(self) -> bool:
        return bool(self._numbers or self._titles)

    def _compiled(self) -> re.Pattern[str] | None:
        plain = [re.escape(title) for title in self._titles if len(title) >= _LEAST_PLAIN]
        names = [*_trie(plain), *(_loose(document) for document in self._numbers.values())]
        return re.compile("|".join(names)) if names else None

    def in_number(self, number: str) -> Document | None:
        """Return the hidden document whose 文号 is at the end of a number from a text."""
        key = _squeezed(number)
        if not self._numbers or key.endswith(self._longer_public_numbers or ("\0",)):
            return None
        return next(
            (one for end, one in self._numbers.items() if key.endswith(end) and _begins(key, len(key) - len(end))), None
        )

    def in_title(self, title: str) -> Document | None:
        """Return the hidden document that a title in 《》 names, with or without the issuer's name before it."""
        key = _squeezed(title)
        if key in self._titles:
            return self._titles[key]
        return next((one for end, one in self._titles.items() if len(end) >= _LEAST_PLAIN and end in key), None)

    def in_text(self, text: str) -> Iterator[tuple[int, Document]]:
        """Yield the hidden documents that a text names, each with the offset of its first mention."""
        if self._pattern is None:
            return
        visible_text = as_seen(text)
        words = _squeezed(visible_text)
        yielded: set[str] = set()
        for match in self._pattern.finditer(words):
            document = self._titles.get(match[0]) or self._of_number(words, match)
            if document and document.path not in yielded:
                yielded.add(document.path)
                yield _offset(visible_text, match.start()), document

    def find(self, text: str) -> Document | None:
        """Return the hidden document that a short text names: a number, a title, or words with one of them."""
        document = self.in_title(text) or self.in_number(text) or next(self.in_text(text), (0, None))[1]
        return document or next((one for _, _, key in titles_in(text) if (one := self.in_title(key))), None)

    def names(self, text: str) -> bool:
        """Whether a text names a hidden document."""
        return self.find(text) is not None

    def _of_number(self, words: str, match: re.Match[str]) -> Document | None:
        digits = re.search(r"(?:(\d{4})年?第?|令第?|第)0*(\d+)号?(?:令)?\Z", match[0])
        if digits is None or not _begins(words, match.start()):
            return None
        key = next((key for key in self._numbers if _is_same_number(key, match[0])), "")
        if not key or (
            self._longer_public_numbers and words[: match.start() + len(key)].endswith(self._longer_public_numbers)
        ):
            return None
        return self._numbers[key]


def find_namings(archive: Archive, read: Callable[[str], str]) -> Mapping[str, tuple[Naming, ...]]:
    """Return every mention of a hidden document in a public source, by source file.

    ``read`` returns the text of a source file by its path, an empty string where it cannot be read.
    """
    names = HiddenNames(archive.documents, archive.is_public)
    if not names:
        return {}
    namings = dict(namings_of(archive))
    for document in archive.documents:
        if document.disclosure is Disclosure.PROACTIVE:
            in_source = tuple(_in_source(document, read(document.path), names))
            named_in_source = {one.document for one in in_source}
            others = [one for one in namings.get(document.path, ()) if one.document not in named_in_source]
            if in_source or others:
                namings[document.path] = (*in_source, *others)
    return namings


def namings_of(archive: Archive) -> Mapping[str, tuple[Naming, ...]]:
    """Return the mentions that are known without reading texts: by cited number, and by title in 《》."""
    names = HiddenNames(archive.documents, archive.is_public)
    if not names:
        return {}
    namings: dict[str, tuple[Naming, ...]] = {}
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        by_document: dict[str, Naming] = {}
        for citation in document.page.citations:
            if (one := names.in_number(citation.text)) and one.path != document.path:
                by_document.setdefault(one.id, Naming(one.id, citation.line))
        for title in document.page.quoted_titles:
            if (one := names.in_title(title)) and one.path != document.path:
                by_document.setdefault(one.id, Naming(one.id, 0))
        if by_document:
            namings[document.path] = tuple(by_document.values())
    return namings


def without_hidden_names(archive: Archive) -> Archive:
    """Return the archive without mentions of hidden documents outside titles and texts.

    An act outside the site that is in fact a hidden document becomes a relation to it, which the gate removes. Fields
    that are not part of the signed document (summary, keywords …) and its opening words in lists are dropped where they
    name a hidden document; titles and texts are left as they were signed.
    """
    names = HiddenNames(archive.documents, archive.is_public)
    if not names:
        return archive

    def without_mentions(document: Document) -> Document:
        unsigned = [
            key
            for key in _UNSIGNED
            if key in document.page.fields and any(names.names(text) for text in document.texts(key))
        ]
        page = document.page
        if unsigned:
            page = page._replace(fields={key: field for key, field in page.fields.items() if key not in unsigned})
        if names.names(page.opening):
            page = page._replace(opening="")
        return document._replace(
            page=page,
            relations=tuple(map(resolved, document.relations)),
            notices=tuple(one._replace(acts=tuple(map(resolved, one.acts))) for one in document.notices),
            parts=tuple(map(without_mentions, document.parts)),
        )

    def resolved(relation: Relation) -> Relation:
        hidden = names.find(relation.outside) if relation.outside else None
        return relation._replace(target=hidden.id, outside="") if hidden else relation

    return replace(archive, documents=tuple(map(without_mentions, archive.documents)))


def _in_source(document: Document, text: str, names: HiddenNames) -> Iterator[Naming]:
    lines = sorted(
        [
            *((field.line, key) for key, field in document.page.fields.items()),
            *((n, k) for k, n in document.page.empty_keys.items()),
        ]
    )
    body = _body_line(text)
    for offset, hidden in names.in_text(text):
        line = text.count("\n", 0, offset) + 1
        key = next((key for first, key in reversed(lines) if first <= line), "") if line < body else ""
        if hidden.path != document.path and key not in _NOT_READ:
            yield Naming(hidden.id, line, key)


def _body_line(text: str) -> int:
    end = text.find("\n---", 3)
    return text.count("\n", 0, end) + 2 if end > 0 else 1


@lru_cache(maxsize=4_096)
def _squeezed(text: str) -> str:
    """Return a text without spaces and punctuation: 例某发〔2024〕 9号 becomes 例某发20249号."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def _offset(text: str, count: int) -> int:
    """Return the offset in a text of the character at index ``count`` of its squeezed form."""
    for offset, char in enumerate(text):
        count -= len(_NOT_WORDS.sub("", unicodedata.normalize("NFKC", char)))
        if count < 0:
            return offset
    return len(text)


def _loose(document: Document) -> str:
    """Return a pattern for a 文号 in squeezed text that allows 年 and 第, leading zeros, and no 号."""
    key = doc_number_key(document.doc_number)
    if number := _NUMBER.fullmatch(key):
        return rf"{re.escape(number[1])}{number[2]}年?第?0*{number[3]}(?!\d)号?"
    if decree := _DECREE.fullmatch(key):
        return rf"{re.escape(decree[1])}(?:令第?0*{decree[2]}(?!\d)号?|第0*{decree[2]}号令)"
    return re.escape(_squeezed(key))


def _is_same_number(key: str, text: str) -> bool:
    strip = re.compile(r"(?<=\d)年|第|号|令|(?<=[^\d])0+(?=\d)")
    return strip.sub("", key) == re.sub(r"(?<=\d{4})0+(?=\d)", "", strip.sub("", text))


def _begins(words: str, place: int) -> bool:
    """Whether a 机关代字 can begin at an offset: not after a province's character, which makes it another body's."""
    return words[place - 1 : place] not in _PROVINCES or words[max(0, place - 2) : place] in _NAMES_OF_PROVINCES


def _trie(words: Iterable[str]) -> list[str]:
    """Return patterns, longest words first, for words, grouped by their first characters, which are tried once."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), reverse=True):
        by_first.setdefault(word[:4], []).append(word[4:])
    return [f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items()]
