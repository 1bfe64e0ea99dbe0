"""The numbers and titles of documents that are not public, looked for in what is public (条例 arts 13–16).

A number is found by its end, whatever words stand before it: running text does not show where a 机关代字 begins.
Sites that hide nothing pay nothing; for others all names are one expression, so the time does not grow with their
number times that of the texts.
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

_LEAST_QUOTED = 5  # characters of a title in 《》 that names one text
_LEAST_PLAIN = 12  # characters of one without 《》 that nobody writes by chance
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"(.+)〔(\d{4})〕(\d+)号")
_DECREE = re.compile(r"(.+)令第(\d+)号")
# One character before a 机关代字 makes it that of another province: 鲁政办发 is not 政办发.
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
# Fields that only name other documents have findings of their own.
_UNSIGNED = ("summary", "keywords", "changes", "repeal_reason")
_NOT_READ = INTERNAL_FIELDS | {key for key, spec in FIELDS.items() if spec.form in _REFERRING}


class HiddenNames:
    """The names of all documents that are not public; false where there are none."""

    def __init__(self, documents: Iterable[Document], public: Callable[[Document], bool]) -> None:
        hidden: dict[str, Document] = {}
        quoted: dict[str, Document] = {}
        own_titles: set[str] = set()
        own_numbers: set[str] = set()
        known = tuple(documents)
        for document in known if any(not public(document) for document in known) else ():
            number = _squeezed(doc_number_key(document.doc_number)) if document.doc_number else ""
            title = _squeezed(document.title)
            if public(document):
                own_titles.add(title)
                own_numbers.add(number)
                continue
            if number:
                hidden.setdefault(number, document)
            if len(title) >= _LEAST_QUOTED:
                quoted.setdefault(title, document)
        self._numbers = {key: one for key, one in hidden.items() if key not in own_numbers}
        self._titles = {key: one for key, one in quoted.items() if key not in own_titles}
        ends = tuple(self._numbers)
        self._longer = tuple(key for key in own_numbers if ends and key.endswith(ends))
        self._pattern = self._compiled()

    def __bool__(self) -> bool:
        return bool(self._numbers or self._titles)

    def _compiled(self) -> re.Pattern[str] | None:
        plain = [re.escape(title) for title in self._titles if len(title) >= _LEAST_PLAIN]
        names = [*_trie(plain), *(_loose(document) for document in self._numbers.values())]
        return re.compile("|".join(names)) if names else None

    def in_number(self, found: str) -> Document | None:
        """Return the hidden document whose 文号 stands at the end of a number found in a text."""
        key = _squeezed(found)
        if not self._numbers or key.endswith(self._longer or ("\0",)):
            return None
        return next(
            (one for end, one in self._numbers.items() if key.endswith(end) and _begins(key, len(key) - len(end))), None
        )

    def in_title(self, title: str) -> Document | None:
        """Return the hidden document that a title in 《》 names, the issuer's name before it or not."""
        key = _squeezed(title)
        if key in self._titles:
            return self._titles[key]
        return next((one for end, one in self._titles.items() if len(end) >= _LEAST_PLAIN and end in key), None)

    def in_text(self, text: str) -> Iterator[tuple[int, Document]]:
        """Yield the hidden documents that a text names, each with the place of its first mention."""
        if self._pattern is None:
            return
        seen = as_seen(text)
        words = _squeezed(seen)
        told: set[str] = set()
        for found in self._pattern.finditer(words):
            document = self._titles.get(found[0]) or self._of_number(words, found)
            if document and document.path not in told:
                told.add(document.path)
                yield _place(seen, found.start()), document

    def find(self, text: str) -> Document | None:
        """Return the hidden document that a short text names: a number, a title, or words with one of them."""
        found = self.in_title(text) or self.in_number(text) or next(self.in_text(text), (0, None))[1]
        return found or next((one for _, _, key in titles_in(text) if (one := self.in_title(key))), None)

    def names(self, text: str) -> bool:
        """Whether a text names one of them."""
        return self.find(text) is not None

    def _of_number(self, words: str, found: re.Match[str]) -> Document | None:
        digits = re.search(r"(?:(\d{4})年?第?|令第?|第)0*(\d+)号?(?:令)?\Z", found[0])
        if digits is None or not _begins(words, found.start()):
            return None
        key = next((key for key in self._numbers if _same(key, found[0])), "")
        if not key or (self._longer and words[: found.start() + len(key)].endswith(self._longer)):
            return None
        return self._numbers[key]


def find_namings(archive: Archive, read: Callable[[str], str]) -> Mapping[str, tuple[Naming, ...]]:
    """Return every place at which a public source names a hidden document, by source file.

    ``read`` returns a source file by its path, empty where it cannot.
    """
    names = HiddenNames(archive.documents, archive.is_public)
    if not names:
        return {}
    namings = dict(namings_of(archive))
    for document in archive.documents:
        if document.disclosure is Disclosure.PROACTIVE:
            found = tuple(_in_source(document, read(document.path), names))
            known = {one.document for one in found}
            rest = [one for one in namings.get(document.path, ()) if one.document not in known]
            if found or rest:
                namings[document.path] = (*found, *rest)
    return namings


def namings_of(archive: Archive) -> Mapping[str, tuple[Naming, ...]]:
    """Return what the facts of public pages show without a look into their texts: numbers, and titles in 《》."""
    names = HiddenNames(archive.documents, archive.is_public)
    if not names:
        return {}
    found: dict[str, tuple[Naming, ...]] = {}
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        own: dict[str, Naming] = {}
        for citation in document.page.citations:
            if (one := names.in_number(citation.text)) and one.path != document.path:
                own.setdefault(one.id, Naming(one.id, citation.line))
        for title in document.page.quoted_titles:
            if (one := names.in_title(title)) and one.path != document.path:
                own.setdefault(one.id, Naming(one.id, 0))
        if own:
            found[document.path] = tuple(own.values())
    return found


def without_hidden_names(archive: Archive) -> Archive:
    """Return the archive with the acts that free text names and that are hidden as what they are: hidden acts.

    What nobody signed (summary, keywords, the first words shown in lists …) goes where it names one; a title or a text
    is left as it was signed.
    """
    names = HiddenNames(archive.documents, archive.is_public)
    if not names:
        return archive

    def veiled(document: Document) -> Document:
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
            relations=tuple(map(known, document.relations)),
            notices=tuple(one._replace(acts=tuple(map(known, one.acts))) for one in document.notices),
            parts=tuple(map(veiled, document.parts)),
        )

    def known(relation: Relation) -> Relation:
        hidden = names.find(relation.outside) if relation.outside else None
        return relation._replace(target=hidden.id, outside="") if hidden else relation

    return replace(archive, documents=tuple(map(veiled, archive.documents)))


def _in_source(document: Document, text: str, names: HiddenNames) -> Iterator[Naming]:
    lines = sorted(
        [
            *((field.line, key) for key, field in document.page.fields.items()),
            *((n, k) for k, n in document.page.empty_keys.items()),
        ]
    )
    body = _body_line(text)
    for place, hidden in names.in_text(text):
        line = text.count("\n", 0, place) + 1
        key = next((key for first, key in reversed(lines) if first <= line), "") if line < body else ""
        if hidden.path != document.path and key not in _NOT_READ:
            yield Naming(hidden.id, line, key)


def _body_line(text: str) -> int:
    end = text.find("\n---", 3)
    return text.count("\n", 0, end) + 2 if end > 0 else 1


@lru_cache(maxsize=4_096)
def _squeezed(text: str) -> str:
    """Return the words of a text without blanks and signs: 例某发〔2024〕 9号 is 例某发20249号."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def _place(text: str, count: int) -> int:
    """Return where the character stands that is number ``count`` of the squeezed text."""
    for place, char in enumerate(text):
        count -= len(_NOT_WORDS.sub("", unicodedata.normalize("NFKC", char)))
        if count < 0:
            return place
    return len(text)


def _loose(document: Document) -> str:
    """Return a pattern of a 文号 in a squeezed text: with 年 and 第, with zeros, without 号."""
    key = doc_number_key(document.doc_number)
    if number := _NUMBER.fullmatch(key):
        return rf"{re.escape(number[1])}{number[2]}年?第?0*{number[3]}(?!\d)号?"
    if decree := _DECREE.fullmatch(key):
        return rf"{re.escape(decree[1])}(?:令第?0*{decree[2]}(?!\d)号?|第0*{decree[2]}号令)"
    return re.escape(_squeezed(key))


def _same(key: str, found: str) -> bool:
    strip = re.compile(r"(?<=\d)年|第|号|令|(?<=[^\d])0+(?=\d)")
    return strip.sub("", key) == re.sub(r"(?<=\d{4})0+(?=\d)", "", strip.sub("", found))


def _begins(words: str, place: int) -> bool:
    """Whether a 机关代字 can begin at a place: not behind the one character that makes it another body's."""
    return words[place - 1 : place] not in _PROVINCES or words[max(0, place - 2) : place] in _NAMES_OF_PROVINCES


def _trie(words: Iterable[str]) -> list[str]:
    """Return words as one expression in which equal beginnings are tried once, longest words first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), reverse=True):
        by_first.setdefault(word[:4], []).append(word[4:])
    return [f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items()]
