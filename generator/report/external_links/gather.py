"""Which addresses outside the site stand where: in texts, in fields, in lists of attachments, in the config."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, LinkOutcome
from generator.domain.vocabulary import Disclosure

_BY_HAND = ("mailto:", "tel:")


class LinkPlace(NamedTuple):
    """Where an address is written; ``line`` is 1-based."""

    path: str
    line: int


class ExternalLink(NamedTuple):
    """One address outside the site, without its fragment, and every place where it is written."""

    url: str
    places: tuple[LinkPlace, ...]


def collect_external_links(archive: Archive, config: SiteConfig) -> tuple[ExternalLink, ...]:
    """Return every address outside the site that the public sees or will see, in the order of the addresses.

    One that no browser opens (``ftp:``, ``http://[::1/``) is among them: its page shows it as a link, or lost it.
    """
    places_by_url: dict[str, set[LinkPlace]] = {}
    for url, place in _written(archive, config):
        whole = f"https:{url}" if url.startswith("//") else url
        if not whole.lower().startswith(_BY_HAND) and not whole.startswith(config.site.base_url):
            places_by_url.setdefault(whole.strip().partition("#")[0], set()).add(place)
    return tuple(ExternalLink(url, tuple(sorted(places))) for url, places in sorted(places_by_url.items()))


def _written(archive: Archive, config: SiteConfig) -> Iterator[tuple[str, LinkPlace]]:
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        for resolved in archive.links.get(document.path, ()):
            if resolved.outcome is LinkOutcome.ELSEWHERE:
                yield resolved.target, LinkPlace(document.path, resolved.line)
        for given in archive.attachments.get(document.path, ()):
            if given.outcome is LinkOutcome.OUTSIDE and "://" in given.target:
                yield given.target, LinkPlace(document.path, given.line)
        if source := document.text("source_url"):
            yield source, LinkPlace(document.path, document.page.line_of("source_url"))
    if config.request and config.request.online:
        yield config.request.online, LinkPlace(*config.place_of("request", "online"))
