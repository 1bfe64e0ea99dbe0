"""Atom feeds: everything new, and separate feeds of interpretations, consultations and repeals."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple
from xml.etree import ElementTree as ET

from generator.config.load import SiteConfig
from generator.domain.model import Document, NoticeKind, Site
from generator.domain.vocabulary import OVER, Kind, PostingState, Status
from generator.publish.data.page_metadata import moment_text, summary_of, xml_bytes
from generator.publish.text.addresses import address_from
from generator.publish.theme.environment import Words

_ATOM = "http://www.w3.org/2005/Atom"
FEEDS = ("feed", "feed-interpretations", "feed-consultations", "feed-repeals")


class _Entry(NamedTuple):
    """One entry; ``mark`` is added to the id where a document has several entries."""

    document: Document
    updated: str
    title: str
    summary: str
    mark: str = ""


def feeds(site: Site, config: SiteConfig, words: Words) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every feed: newest entry first, at most ``feed_size`` entries."""
    new_entries = [_new_entry(document, words) for document in site.documents if document.published]
    entries = {
        "feed": new_entries,
        "feed-interpretations": [entry for entry in new_entries if entry.document.kind is Kind.INTERPRETATION],
        "feed-consultations": [entry for entry in new_entries if entry.document.kind is Kind.CONSULTATION],
        "feed-repeals": sorted(_ended_entries(site, words), key=lambda entry: entry.updated, reverse=True),
    }
    for name in FEEDS:
        title = words.feeds[name.replace("-", "_")].format(site=config.site.name)
        yield f"{name}.xml", _feed(site, config, f"{name}.xml", title, entries[name][: config.feed_size])


def group_feed(
    site: Site, config: SiteConfig, address: str, name: str, title: str, documents: Iterable[Document], words: Words
) -> bytes:
    """Return the feed of a group of documents, newest first; ``address`` is that of the group, percent-encoded."""
    dated = (document for document in documents if document.published)
    entries = [_new_entry(document, words) for document in islice(dated, config.feed_size)]
    return _feed(site, config, address + name, title, entries, page=address)


def _new_entry(document: Document, words: Words) -> _Entry:
    summary = summary_of(document)
    if document.posting_state is PostingState.ENDED:
        summary = f"（{document.posting_state.label}）{summary}"
    return _Entry(document, _atom_time(moment_text(document)), _title(document, words), summary)


def _title(document: Document, words: Words) -> str:
    """Return the title of a document, with its status in front where it is not simply in force."""
    mark = document.interpretation_mark
    state = mark.label if mark else document.state_text if document.kind is Kind.POLICY else ""
    plain = not state or state == Status.EFFECTIVE.label
    return document.title if plain else str(words.feeds.titled.format(status=state, title=document.title))


def _ended_entries(site: Site, words: Words) -> Iterator[_Entry]:
    """Yield an entry for each policy or part that is no longer in force and whose last day is known."""
    for document in chain.from_iterable(
        (policy, *policy.parts) for policy in site.documents if policy.kind is Kind.POLICY
    ):
        notice = next(iter(document.notices), None)
        if notice is None or notice.since is None or document.status not in OVER:
            continue
        # 有效期至 is the last day of validity, so the end is announced a day later
        day = notice.since + dt.timedelta(days=notice.kind is NoticeKind.EXPIRED and not notice.acts)
        acts = [site.by_id[act.target].title if act.target else act.outside for act in notice.acts]
        title = words.feeds.ended.format(status=document.status.label, title=document.title)
        ended_by = words.feeds.by.format(acts="、".join(acts)) if acts else document.doc_number
        yield _Entry(
            document, _atom_time(f"{day} 00:00"), title, ended_by or document.title, f"#{document.status.value}"
        )


def _atom_time(moment: str) -> str:
    return moment.replace(" ", "T") + ":00+08:00"


def _feed(site: Site, config: SiteConfig, name: str, title: str, entries: list[_Entry], page: str = "") -> bytes:
    base = config.site.base_url
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "id").text = base if name == "feed.xml" else base + name
    ET.SubElement(root, "link", {"rel": "self", "href": base + name})
    ET.SubElement(root, "link", {"rel": "alternate", "href": base + page})
    ET.SubElement(root, "updated").text = entries[0].updated if entries else f"{site.day}T00:00:00+08:00"
    ET.SubElement(ET.SubElement(root, "author"), "name").text = config.site.agency
    for entry in entries:
        document = entry.document
        address = address_from(document.address, base)
        element = ET.SubElement(root, "entry")
        ET.SubElement(element, "title").text = entry.title
        ET.SubElement(element, "id").text = address + entry.mark
        ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": address})
        ET.SubElement(element, "published").text = entry.updated
        ET.SubElement(element, "updated").text = entry.updated
        ET.SubElement(element, "category", {"term": document.kind.value, "label": document.kind.label})
        ET.SubElement(element, "summary").text = entry.summary
    return xml_bytes(root)
