"""The full text of all sites in the search of the portal, taken from the search indexes of the built sites.

What a site has put into its own index is public there already; of that, the portal takes the documents of the register.
A document that is not in the index of its site, such as one of a site built without search, is found by its fields.
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.domain.model import Block, BlockKind, Document, Text
from generator.domain.problems import OutputError
from generator.publish.output.site_tree import WrittenFile
from generator.publish.output.staging import Staging
from generator.publish.search.fields import FIELDS
from generator.publish.search.full_text import (
    FOLDER,
    NO_INDEX,
    SearchEntry,
    WrittenIndex,
    prepare_index,
    write_index,
)
from generator.publish.search.index_files import SIGNATURE
from generator.publish.search.refresh import TEXTS
from generator.support.cache import Cache

_DAMAGED = (OSError, ValueError, KeyError, IndexError, TypeError, EOFError)


class PlatformTexts(Cache):
    """The cache of the portal; its texts are those of the sites, by ``site/fragment``."""

    def __init__(self, path: Path, output: Path) -> None:
        super().__init__(path)
        self._output = output

    def text(self, key: str) -> Text:
        """Return the text of a document from the index of its site, as one block.

        Raises ``OutputError`` where it is damaged: the site must be built again.
        """
        site, _, fragment = key.partition("/")
        place = self._output / site / FOLDER / "fragment" / f"{fragment}.pf_fragment"
        try:
            data = json.loads(gzip.decompress(place.read_bytes()).removeprefix(SIGNATURE))
            words = data["content"].split("\n", 2)[2]  # behind the title and the numbers
        except _DAMAGED:
            raise OutputError(
                f"网站“{site}”的检索索引读不了（{place.name}）", "删去这个网站的输出目录，再运行一次"
            ) from None
        return Text((Block(BlockKind.PARAGRAPH, "", "", words, 1),))


def write_portal_index(
    staging: Staging, cache_path: Path, output: Path, documents: Iterable[Document]
) -> tuple[WrittenIndex, list[WrittenFile]]:
    """Write the index of the texts of some documents; return it and its files.

    Raises ``GongkaiError`` where Pagefind cannot run, or a text or file cannot be read or written.
    """
    ordered = sorted(documents, key=lambda document: (str(document.value("date_published") or ""), document.id))
    sites = {document.id.partition(":")[0] for document in ordered}
    fragments = {site: _fragments_of(output / site) for site in sorted(sites)}
    entries = tuple(entry for document in ordered if (entry := _entry(document, fragments)))
    if not entries:
        return NO_INDEX, []
    with PlatformTexts(cache_path, output) as cache:
        index = write_index(staging, cache, prepare_index(cache, entries, lambda: None))
    return index, index.files


def _entry(document: Document, fragments: Mapping[str, Mapping[str, str]]) -> SearchEntry | None:
    site, _, name = document.id.partition(":")
    fragment = fragments[site].get(name)
    if not fragment:
        return None
    return SearchEntry(
        document.id, f"{site}/{fragment}", document.title, document.doc_number, document.text("index_no")
    )


def _fragments_of(folder: Path) -> dict[str, str]:
    """Return the fragments of the documents of a built site by id; none where it has no index."""
    try:
        fragments = _parsed(folder / TEXTS)["fragments"]
        general = _parsed(folder / FIELDS)
        groups = -(-general["count"] // general["group"])
        rows = [row for number in range(groups) for row in _parsed(folder / f"search/cards/{number}.json")["rows"]]
        return {str(row[0]): str(fragment) for row, fragment in zip(rows, fragments, strict=True)}
    except _DAMAGED:
        return {}


def _parsed(place: Path) -> Any:
    return json.loads(place.read_bytes())
