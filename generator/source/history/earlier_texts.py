"""Parse earlier versions of documents into pages, each once: the cache keeps them under path and git blob."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.domain.model import Page, PrintedDisclosure, Revision, Text
from generator.domain.printed_disclosure import find_reserved
from generator.domain.vocabulary import Disclosure
from generator.source.front_matter.read import decode
from generator.source.history.commits import Blobs
from generator.source.history.repository import Repository
from generator.source.load import parse_page
from generator.source.text.block_reader import without_media
from generator.support.cache import Cache, Entry, code_digest, digest, unpack
from generator.support.workers import run_chunks, split_into_chunks

_CHUNK = 50
_PREFIX = "version:"


class ParsedVersion(NamedTuple):
    """A revision as it was parsed; ``text`` is a hash of its HTML."""

    page: Page
    text: str


def read_versions(
    project: Path, revisions: Iterable[Revision], cache_path: Path, *, jobs: int
) -> Mapping[tuple[str, str], ParsedVersion]:
    """Return each revision by path and blob; ``page.body`` is the key of its HTML, which shows no files.

    Raises ``HistoryGap`` where git cannot give one of them.
    """
    keys = {(item.path, item.blob): _key(item) for item in revisions}
    with Cache(cache_path) as cache:
        known = cache.pages(list(keys.values()))
        cache.drop_unused(keys.values(), _PREFIX)
    missing = [(path, blob, key) for (path, blob), key in keys.items() if key not in known]
    if missing:
        with Blobs(Repository.find(project)) as blobs:
            texts = [(path, key, blobs.read(blob)) for path, blob, key in missing]
        chunks = split_into_chunks(texts, jobs=jobs, most=_CHUNK)
        for packed in run_chunks(_parse_chunk, chunks, jobs=jobs, prepare=partial(Cache, cache_path)):
            known.update((page.body, page) for page in map(unpack, packed))
    with Cache(cache_path) as cache:
        return {place: ParsedVersion(known[key], digest(cache.text(key).html)) for place, key in keys.items()}


def _key(revision: Revision) -> str:
    return _PREFIX + digest(code_digest(), revision.path, revision.blob)


def _parse_chunk(cache: Cache, chunk: Sequence[tuple[str, str, bytes]]) -> list[bytes]:
    return cache.put(_parse(path, key, data) for path, key, data in chunk)


def _parse(path: str, key: str, data: bytes) -> Entry:
    """Parse a revision; a line that may say 不予公开 becomes a printed disclosure on line 0, which rules ignore."""
    entry = parse_page(path, key, data)
    text = decode(data)
    reserved = dict.fromkeys(find_reserved(text)) if isinstance(text, str) else ()
    printed = (*entry.page.printed_disclosures, *(PrintedDisclosure(line, Disclosure.WITHHELD, 0) for line in reserved))
    return entry._replace(page=entry.page._replace(printed_disclosures=printed), text=without_files(entry.text))


def without_files(text: Text) -> Text:
    """Return a text with pictures replaced by their descriptions and without video and audio.

    The files of an earlier text are not published any more.
    """
    return Text(tuple(block._replace(html=without_media(block.html)) for block in text.blocks))
