"""Use the search page in a browser, and compute the expected hits from the built pages."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from support.built_site import read_page

if TYPE_CHECKING:
    from playwright.sync_api import Page


def fold(text: str) -> str:
    """Return a text with full-width letters and digits made narrow."""
    return re.sub("[０-９Ａ-Ｚａ-ｚ]", lambda match: unicodedata.normalize("NFKC", match[0]), text)


def bare(text: str) -> str:
    """Return a text for comparing titles and numbers: narrow, lower case, without punctuation and spaces."""
    return re.sub(r"[\W_]+", "", fold(text).lower())


@dataclass
class Hits:
    """The results that the search page shows, those of the whole phrase apart; ``message`` is its status line."""

    ids: list[str]
    total: int
    state: str
    message: str
    phrases: list[str]


def open_search(page: "Page", address: str, **parameters: str) -> Hits:
    """Open the search page with parameters, wait until it is done, and return the hits."""
    page.goto(f"{address}search/?{urlencode({name: value for name, value in parameters.items() if value})}")
    return read_hits(page)


def read_hits(page: "Page") -> Hits:
    """Wait until the open search page is done, and return the hits."""
    page.wait_for_selector("#results[data-state=done], #results[data-state=failed]", state="attached")
    ids = page.eval_on_selector_all("#results > [data-result]", "found => found.map((hit) => hit.dataset.result)")
    results = page.locator("#results")
    total, state = results.get_attribute("data-total"), results.get_attribute("data-state")
    phrases = page.eval_on_selector_all(
        "#results > [data-match=phrase]", "found => found.map((hit) => hit.dataset.result)"
    )
    return Hits(ids, int(total or -1), state or "", page.locator("#search-status").inner_text(), phrases)


def search_cards(site: Path) -> list[list[Any]]:
    """Return the cards of a built site, in the order of their documents' numbers."""
    count = len(list((site / "search/cards").iterdir()))
    files = [site / f"search/cards/{number}.json" for number in range(count)]
    return [row for file in files for row in json.loads(file.read_text(encoding="utf-8"))["rows"]]


class Corpus:
    """The public documents of a built site, read from its pages."""

    def __init__(self, site: Path) -> None:
        rows = json.loads((site / "api/documents.json").read_text(encoding="utf-8"))
        self.records: dict[str, dict[str, Any]] = {row["id"]: row for row in rows}
        self.lines: dict[str, list[str]] = {}
        self.numbers: dict[str, list[str]] = {}
        for name, row in self.records.items():
            text = read_page(site / row["url"] / "index.html").one("article").one("div", class_="text")
            notes = {node.text for node in text.classed("disclosure-note")}
            # an interpretation shown under a clause is a hit for the interpretation, not for the document
            notes |= {line for node in text.classed("clause-note") for line in node.lines}
            notes |= {line for node in text.classed("clause-status") for line in node.lines}
            self.lines[name] = [" ".join(fold(line).lower().split()) for line in text.lines if line not in notes]
            numbers = (row.get("doc_number"), row.get("index_no"))
            self.numbers[name] = [bare(number) for number in numbers if number and number != "none"]

    def containing(self, query: str) -> set[str]:
        """Return the ids of the documents whose title, numbers or text contain a query: the expected hits."""
        folded_query, bare_query = fold(query).lower(), bare(query)
        return {
            name
            for name, row in self.records.items()
            if bare_query in bare(row["title"])
            or any(bare_query in bare(word) for word in row.get("keywords") or [])
            or any(bare_query in number for number in self.numbers[name])
            or any(folded_query in line for line in self.lines[name])
        }

    def where(self, **prefixes: str) -> set[str]:
        """Return the ids of the documents whose record has values that begin like the given ones."""
        return {
            name
            for name, row in self.records.items()
            if all(str(row.get(key) or "").startswith(value) for key, value in prefixes.items())
        }
