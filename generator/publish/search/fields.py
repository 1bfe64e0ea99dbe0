"""The first stage of the search: the fields of all documents as pairs of characters, in small files.

``search/fields.json`` has what belongs to every document: the values of the facets, the length of the title, whether
it ranks last. ``search/pairs/N.json`` has the documents of each pair, a share of the pairs in each file, so that a
query loads a few of them. ``search/cards/N.json`` has what the cards of the hits show. Documents are numbered from the
newest. ``search-fields.js`` of the theme reads these files and cuts queries in the same way.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from generator.config.load import SiteConfig
from generator.domain.model import Document, Site
from generator.domain.vocabulary import OpennessStage, PostingState, Status
from generator.publish.search.keys import NOT_A_LETTER, pairs, plain, shard_count, shard_of
from generator.publish.search.states import marks_and_parts, shown_state
from generator.publish.search.words import alternatives, beside, broader_of, groups_of, series_of, word_files
from generator.support.cache import digest

_SUMMARY_LENGTH = 120  # the characters of a text that serve as its summary
FIELDS = "search/fields.json"
TITLE, KEYWORDS, SUMMARY = 4, 2, 1  # where a document has a pair
_PLACE_BITS = 3
_CARDS = 32  # the cards in a file
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_FIRST_CODE = 0xA1  # the character of the first value of a facet
_DOC_NUMBER = re.compile(r"(\d{4})\D{0,3}?0*(\d+)号")
_LAST_RANKED = frozenset({Status.REPEALED.value, Status.EXPIRED.value, PostingState.ENDED.value})


def number_keys(document: Document) -> Iterator[str]:
    """Yield the keys of 文号 and 索引号: year with serial number, the serial number alone, the 索引号 and its end."""
    for match in _DOC_NUMBER.finditer(unicodedata.normalize("NFKC", document.doc_number)):
        yield f"#{match[1]}-{match[2]}"
        yield f"#{match[2]}"
    index_no = document.text("index_no")
    if index_no:
        yield f"@{plain(index_no)}"
        yield f"@{plain(index_no.rpartition('/')[2])}"


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Return documents in the order of their numbers: the newest first."""
    ordered = sorted(documents, key=lambda document: document.id)
    return sorted(ordered, key=lambda document: str(document.published or ""), reverse=True)


def field_files(site: Site, config: SiteConfig, words: Mapping[str, str], *, full_text: bool) -> dict[str, bytes]:
    """Return the files of the first stage by path; ``full_text`` says that the site has an index of the texts, too."""
    documents = in_order(site.documents)
    count = shard_count(len(documents))
    shards: list[dict[str, str]] = [{} for _ in range(count)]
    postings = {key: _encoded(numbers) for key, numbers in sorted(_postings(documents).items())}
    for key, text in postings.items():
        shards[shard_of(key, count)][key] = text
    groups = [*groups_of(words["synonyms"]), *map(list, config.search.synonyms)]
    table = alternatives(groups, broader_of(words["synonyms"]))
    stop_words = words["stop_words"].split()
    every_word, words_of = word_files(table, stop_words, count)
    others = beside(table, postings, count)
    cards = [_card(document) for document in documents]
    rows = [cards[start : start + _CARDS] for start in range(0, len(cards), _CARDS)]
    general = {
        "count": len(documents),
        "full_text": full_text,
        "shards": count,
        "group": _CARDS,
        "lengths": "".join(chr(_FIRST_CODE + min(len(plain(document.title)), 90)) for document in documents),
        "last": "".join("1" if _ranks_last(document) else "0" for document in documents),
        "facets": {name: _facet(documents, values) for name, values in _facets(site).items()},
        "series": series_of(document.title for document in documents),
        "words": every_word,
        "stop_words": stop_words,
        "weak_words": words["weak_words"].split(),
        "pinned": _pinned(site, config, words),
    }
    pairs_of = [
        _json({"pairs": own} | ({"beside": more} if more else {}) | ({"words": known} if known else {}))[1:]
        for own, more, known in zip(shards, others, words_of, strict=True)
    ]
    rows_of = list(map(_json, rows))
    version = digest(_json(general), *pairs_of, *rows_of)[:12]
    files = {FIELDS: _json({"version": version, **general})}
    head = f'{{"version":"{version}",'.encode()
    files |= {f"search/pairs/{n}.json": head + part for n, part in enumerate(pairs_of)}
    files |= {f"search/cards/{n}.json": head + b'"rows":' + rows + b"}" for n, rows in enumerate(rows_of)}
    return files


def _postings(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Return for each key the documents that have it: the number of each, with the bits of the places behind it."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        bits: dict[str, int] = {}
        titles = [document.title, document.doc_number, *(part.title for part in document.parts)]
        for title in titles:
            for key in (*pairs(title), *plain(title)):
                bits[key] = TITLE
        for key in number_keys(document):
            bits[key] = TITLE
        for text in document.texts("keywords"):
            for key in pairs(text):
                bits[key] = bits.get(key, 0) | KEYWORDS
        summary = document.text("summary") or document.page.opening[:_SUMMARY_LENGTH]
        for part in NOT_A_LETTER.split(summary):
            for key in pairs(part):
                bits[key] = bits.get(key, 0) | SUMMARY
        for key, places in bits.items():
            postings[key].append(number << _PLACE_BITS | places)
    return postings


def _encoded(postings: Iterable[int]) -> str:
    """Return postings as text: the distance from the document before and the bits, in digits of five bits."""
    characters: list[str] = []
    last = -1
    for posting in postings:
        number = posting >> _PLACE_BITS
        value = posting - (last + 1 << _PLACE_BITS)
        last = number
        while value > 31:
            characters.append(_DIGITS[value & 31 | 32])
            value >>= 5
        characters.append(_DIGITS[value])
    return "".join(characters)


def _facets(site: Site) -> dict[str, Callable[[Document], tuple[tuple[str, str], ...]]]:
    """Return for each facet what gives its values, and their labels, of a document."""
    columns = {column.id: column.title for column in site.columns}

    def same(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((text, text) for text in dict.fromkeys(texts))

    return {
        "kind": lambda document: ((document.kind.value, document.kind.label),),
        "column": lambda document: ((document.column, columns.get(document.column, "")),),
        "theme": lambda document: same(document.texts("theme")),
        "audience": lambda document: same(document.texts("audience")),
        "stage": lambda document: tuple((stage.value, stage.label) for stage in stages_of(document)),
        "issuer": lambda document: same(document.issuers),
        "unit": lambda document: same(document.texts("responsible_unit")),
        "year": lambda document: same([str(document.published.year)] if document.published else []),
        "status": lambda document: same([document.status.value] if document.status else []),
        "form": lambda document: tuple((form.value, form.label) for form in forms_of(document)),
    }


def stages_of(document: Document) -> tuple[OpennessStage, ...]:
    """Return 五公开 of a document."""
    value = document.value("openness_stage") if "openness_stage" in document.page.fields else None
    return tuple(stage for stage in value if isinstance(stage, OpennessStage)) if isinstance(value, tuple) else ()


def forms_of(document: Document) -> tuple[Any, ...]:
    """Return 解读形式 of a document."""
    value = document.value("form")
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def _facet(documents: Sequence[Document], values_of: Callable[[Document], tuple[tuple[str, str], ...]]) -> Any:
    """Return a facet: its values with their labels, the sets of them that documents have, a character for each one."""
    values: dict[tuple[str, str], int] = {}
    sets: dict[tuple[int, ...], int] = {}
    codes = []
    for document in documents:
        numbers = tuple(values.setdefault(value, len(values)) for value in values_of(document))
        codes.append(chr(_FIRST_CODE + sets.setdefault(numbers, len(sets))))
    labelled = [[value] if value == label else [value, label] for value, label in values]
    return {"values": labelled, "sets": list(sets), "of": "".join(codes)}


def _ranks_last(document: Document) -> bool:
    """Whether a document ranks behind others: one that has ended, or an interpretation that is outdated."""
    return shown_state(document) in _LAST_RANKED or document.interpretation_mark is not None


def _card(document: Document) -> list[object]:
    """Return what the card of a document shows, without the empty cells at its end."""
    cells: list[Any] = [
        document.id,
        document.address,
        document.title,
        document.doc_number,
        document.text("index_no"),
        document.published.isoformat() if document.published else "",
        document.kind.value,
        shown_state(document),
        "、".join(document.texts("keywords")),
        *marks_and_parts(document),
    ]
    while not cells[-1]:
        cells.pop()
    return cells


def _pinned(site: Site, config: SiteConfig, words: Mapping[str, str]) -> list[list[object]]:
    """Return the pinned answers: their queries, the address and the title; those of the config come first.

    An answer with the id of what is not there is left out, and so is one with the address of a withdrawn document.
    """
    columns = [column for column in site.columns if site.by_column[column.id]]
    addresses = {column.id: f"{column.folder}/" for column in site.columns if column in columns or not column.parent}
    titles = {column.id: column.title for column in site.columns}
    for document in site.documents:
        addresses[document.id], titles[document.id] = document.address, document.title
    pinned: list[list[object]] = []
    withdrawn = tuple(config.site.base_url + one.address for one in site.withdrawn)
    for answer in config.search.pinned:
        address = addresses.get(answer.page, answer.page if "://" in answer.page else "")
        if address and not unquote(address).startswith(withdrawn):
            pinned.append([list(answer.queries), address, answer.title or titles.get(answer.page, answer.page)])
    for line in words["pinned"].splitlines():
        page, _, queries = line.partition(":")
        is_empty = page in site.by_column and not site.by_column[page]
        if page in addresses and queries.split() and not is_empty:
            pinned.append([queries.split(), addresses[page], titles[page]])
    pinned.extend([[column.title], f"{column.folder}/", column.title] for column in columns)
    return pinned


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
