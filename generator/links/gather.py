"""Which addresses outside the site stand where: in texts, in fields, in lists of attachments, in the config."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urldefrag

from generator.config import SiteConfig
from generator.model import Archive, LinkOutcome
from generator.vocabulary import Disclosure


class Place(NamedTuple):
    """Where an address is written; ``line`` is 1-based."""

    path: str
    line: int


class External(NamedTuple):
    """One address outside the site, without its fragment, and every place where it is written."""

    url: str
    places: tuple[Place, ...]


def gather(archive: Archive, config: SiteConfig) -> tuple[External, ...]:
    """Return every web address outside the site that the public sees or will see, in the order of the addresses."""
    found: dict[str, set[Place]] = {}
    for url, place in _written(archive, config):
        whole = f"https:{url}" if url.startswith("//") else url
        if whole.lower().startswith(("http://", "https://")) and not whole.startswith(config.site.base_url):
            found.setdefault(urldefrag(whole.strip()).url, set()).add(place)
    return tuple(External(url, tuple(sorted(places))) for url, places in sorted(found.items()))


def _written(archive: Archive, config: SiteConfig) -> Iterator[tuple[str, Place]]:
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        for resolved in archive.links.get(document.path, ()):
            if resolved.outcome is LinkOutcome.ELSEWHERE:
                yield resolved.target, Place(document.path, resolved.line)
        for given in archive.given.get(document.path, ()):
            yield given.target, Place(document.path, given.line)
        if source := document.text("source_url"):
            yield source, Place(document.path, document.page.line_of("source_url"))
    if config.request and config.request.online:
        yield config.request.online, Place(*config.place_of("request", "online"))
