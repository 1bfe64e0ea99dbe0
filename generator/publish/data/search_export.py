"""The documents of a site for a search server: bulk lines for OpenSearch and Elasticsearch, and the index template.

Both servers cut Chinese into pairs of characters with the filters that they bring along; no plug-in is needed. Only
what the gate lets out is exported: the ``Site`` is the only input, and the texts are those of its pages.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from generator.config.load import SiteConfig
from generator.domain.model import Document, Site, Text
from generator.domain.vocabulary import ENDED_BY, Kind
from generator.publish.data.api_documents import name_of
from generator.source.text.anchors import clause_of_anchor

INDEX = "gongkai"
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_MOST_CLAUSES = 5_000  # a server refuses a document with more than 10,000 nested objects


def export_lines(
    site: Site, config: SiteConfig, text_of: Callable[[str], Text], *, name: str = "", index: str = INDEX
) -> Iterator[bytes]:
    """Yield two lines for each public document, in the order of their ids: the action and the document.

    ``name`` is that of the site on its platform, empty for a site alone; it is a part of the ids.
    """
    for document in sorted(site.documents, key=lambda one: one.id):
        yield _line({"index": {"_index": index, "_id": identity(name, document.id)}})
        yield _line(_record(document, site, config, text_of(document.page.body), name))


def deletions(former: Iterable[bytes], present: Iterable[str], index: str = INDEX) -> Iterator[bytes]:
    """Yield a line for each document of a former export, and each of its deletions, that is not exported any more.

    A deletion is repeated in every later export, so that one which was never loaded is not lost.
    """
    kept = set(present)
    for gone in sorted(ids_in(former) - kept):
        yield _line({"delete": {"_index": index, "_id": gone}})


def ids_in(lines: Iterable[bytes]) -> set[str]:
    """Return the ids that the lines of an export name, in documents and in deletions; other lines count for nothing."""
    ids: set[str] = set()
    is_document = False
    for line in lines:
        if is_document:
            is_document = False
            continue
        try:
            action = json.loads(line)
        except ValueError:
            continue
        for kind in ("index", "delete"):
            about = action.get(kind) if isinstance(action, dict) and len(action) == 1 else None
            if isinstance(about, dict) and isinstance(about.get("_id"), str):
                ids.add(about["_id"])
                is_document = kind == "index"
    return ids


def identity(site: str, document: str) -> str:
    """Return the id of a document on the server."""
    return f"{site}:{document}" if site else document


def _line(value: Mapping[str, Any]) -> bytes:
    return (_PLAIN.encode(value) + "\n").encode("utf-8", "backslashreplace")


def _record(document: Document, site: Site, config: SiteConfig, text: Text, name: str) -> dict[str, Any]:
    column = site.column[document.column]
    since = next((notice.since for notice in document.notices if notice.since and not notice.about), None)
    record = {
        "site": name,
        "site_title": config.site.title,
        "body": config.site.agency,
        "id": document.id,
        "url": config.site.base_url + document.address,
        "kind": document.kind.value,
        "kind_label": document.kind.label,
        "column": column.id,
        "column_title": column.title,
        "title": document.title,
        "doc_number": document.doc_number,
        "index_no": document.text("index_no"),
        "issuer": list(document.issuers),
        "theme": list(document.texts("theme")),
        "audience": list(document.texts("audience")),
        "keywords": list(document.texts("keywords")),
        "summary": document.text("summary") or document.page.opening,
        "published": _day(document.published),
        "written": _day(document.date("date_written")),
        "state": document.state.value if document.state else "",
        "state_label": document.state_text,
        "state_since": _day(since),
        "effective_on": _day(document.effective_on),
        "expires_on": _day(document.term),
        "closes_on": _day(document.date("closes_on")) if document.kind is Kind.CONSULTATION else "",
        "state_changes": [
            {"day": change.day.isoformat(), "state": change.state.value if change.state else ""}
            for change in document.status_changes
        ],
        "repealed_by": [name_of(one) for one in document.relations if one.kind in ENDED_BY],
        "parts": [{"title": part.title, "state": part.state.value if part.state else ""} for part in document.parts],
        "text": text.words,
        "clauses": list(_clauses(text))[:_MOST_CLAUSES],
    }
    return {key: value for key, value in record.items() if value not in ("", [], None)}


def _clauses(text: Text) -> Iterator[dict[str, str]]:
    """Yield every clause with its anchor, and the blocks behind it up to the next clause or heading."""
    present: dict[str, str] | None = None
    for block in text.blocks:
        clause = clause_of_anchor(block.anchor) if block.anchor else ""
        if clause:
            if present:
                yield present
            present = {"anchor": block.anchor, "clause": clause, "text": block.text}
        elif block.level and present:
            yield present
            present = None
        elif present and block.text:
            present["text"] += "\n" + block.text
    if present:
        yield present


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def index_template(index: str = INDEX) -> dict[str, Any]:
    """Return the index template: how a server cuts texts into pairs, compares numbers, and which fields there are."""
    words = {"type": "text", "analyzer": "gongkai_pairs", "fields": {"single": _SINGLE}}
    number = {"type": "keyword", "normalizer": "gongkai_number"}
    keyword, day = {"type": "keyword"}, {"type": "date", "format": "strict_date"}
    properties: dict[str, Any] = {
        **dict.fromkeys(("site", "id", "kind", "column", "state", "repealed_by"), keyword),
        **dict.fromkeys(("body", "issuer", "theme", "audience", "site_title", "column_title"), keyword),
        **dict.fromkeys(("kind_label", "state_label"), keyword),
        **dict.fromkeys(("doc_number", "index_no"), number),
        **dict.fromkeys(("title", "keywords", "summary", "text"), words),
        **dict.fromkeys(("published", "written", "state_since", "effective_on", "expires_on", "closes_on"), day),
        "url": {"type": "keyword", "index": False},
        "state_changes": {"type": "nested", "properties": {"day": day, "state": keyword}},
        "parts": {"properties": {"title": words, "state": keyword}},
        "clauses": {"type": "nested", "properties": {"anchor": keyword, "clause": keyword, "text": words}},
    }
    return {
        "index_patterns": [index, f"{index}-*"],
        "template": {
            "settings": {"analysis": _ANALYSIS},
            "mappings": {"dynamic": "strict", "properties": properties},
        },
    }


_SINGLE = {"type": "text", "analyzer": "gongkai_single"}
_ANALYSIS = {
    "char_filter": {
        "gongkai_brackets": {
            "type": "mapping",
            "mappings": [
                *(f"{sign} => 〔" for sign in ("[", "［", "【", "(", "（", "{", "﹝")),
                *(f"{sign} => 〕" for sign in ("]", "］", "】", ")", "）", "}", "﹞")),
                "\\u0020 => ",
                "\\u3000 => ",
                "第 => ",
            ],
        }
    },
    "filter": {"gongkai_pairs": {"type": "cjk_bigram"}},
    "analyzer": {
        "gongkai_pairs": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["cjk_width", "lowercase", "gongkai_pairs"],
        },
        "gongkai_single": {"type": "custom", "tokenizer": "standard", "filter": ["cjk_width", "lowercase"]},
    },
    "normalizer": {
        "gongkai_number": {"type": "custom", "char_filter": ["gongkai_brackets"], "filter": ["cjk_width", "lowercase"]}
    },
}
