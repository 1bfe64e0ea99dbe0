"""Collect the addresses outside the site in texts, fields, lists of attachments and the config."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, LinkOutcome
from generator.domain.vocabulary import Disclosure

_NOT_WEB = ("mailto:", "tel:")


class LinkPlace(NamedTuple):
    """The file and the 1-based line of an address."""

    path: str
    line: int


class ExternalLink(NamedTuple):
    """One address outside the site, without its fragment, and every place where it is written."""

    url: str
    places: tuple[LinkPlace, ...]


def collect_external_links(archive: Archive, config: SiteConfig) -> tuple[ExternalLink, ...]:
    """Return every address outside the site that the public sees or will see, in the order of the addresses.

    They include addresses that no browser opens (``ftp:``, ``http://[::1/``): a page shows them as links, or drops
    them.
    """
    places_by_url: dict[str, set[LinkPlace]] = {}
    for url, place in _written(archive, config):
        full_url = f"https:{url}" if url.startswith("//") else url
        if not full_url.lower().startswith(_NOT_WEB) and not full_url.startswith(config.site.base_url):
            places_by_url.setdefault(full_url.strip().partition("#")[0], set()).add(place)
    return tuple(ExternalLink(url, tuple(sorted(places))) for url, places in sorted(places_by_url.items()))


def _written(archive: Archive, config: SiteConfig) -> Iterator[tuple[str, LinkPlace]]:
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        for resolved in archive.links.get(document.path, ()):
            if resolved.outcome in {LinkOutcome.ELSEWHERE, LinkOutcome.NOT_OPENED}:
                yield resolved.target, LinkPlace(document.path, resolved.line)
        for given in archive.attachments.get(document.path, ()):
            if given.outcome is LinkOutcome.OUTSIDE and "://" in given.target:
                yield given.target, LinkPlace(document.path, given.line)
        if source := document.text("source_url"):
            yield source, LinkPlace(document.path, document.page.line_of("source_url"))
    if config.request and config.request.online:
        yield config.request.online, LinkPlace(*config.place_of("request", "online"))
