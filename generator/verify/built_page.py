"""Read one HTML page as the facts that the checks need, with lxml, which accepts any damage and is fast."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.verify.page_policy import NAMES, dangers_of, in_comments

_ADDRESSES = ("href", "src", "poster", "action", "srcset", "imagesrcset", "data", "xlink:href")
_JSON_LD = "application/ld+json"
_TEXT = "text"
_OF_CLAUSE = "clause_"
COMPARE = "compare"
"""The ``data-relation`` of a link to a page that shows old and new clauses side by side."""
_HEAD = frozenset({"link", "meta", "script"})
_NOTICES = frozenset({"data-notice", "data-later-notice"})


class Address(NamedTuple):
    """One address in a page, as written; ``rel`` is the relation of a ``link`` element."""

    tag: str
    name: str
    value: str
    rel: str


class RelationElement(NamedTuple):
    """One element with ``data-relation``; ``address`` is empty for an act outside the site."""

    kind: str
    address: str
    words: str
    in_notice: bool


class Article(NamedTuple):
    """The attributes of the ``article`` of a document."""

    id: str
    kind: str
    status: str


class PartElement(NamedTuple):
    """The status and the notices below the heading of an embedded text."""

    id: str
    status: str
    notices: tuple[str, ...] = ()


class PageFacts(NamedTuple):
    """The facts of one page. ``late`` are notices after the beginning of the text that belong to no part of it.

    ``active`` is content that runs or replaces the page, ``policies`` are the content security policies before
    everything that is loaded; ``withdrawn`` says that a document was taken off this address;
    ``clauses`` are the anchors of changed clauses, each with its status, ``status_lines`` counts those lines;
    ``turns`` are the later states that the page carries for its script: of the document, with an empty name, and of
    each part; ``later_clauses`` are the days on which clauses change.
    ``compare_of`` is the id of the newer document on a page of comparison, ``compared_rows`` counts its clauses.
    """

    anchors: frozenset[str]
    addresses: tuple[Address, ...]
    metas: dict[str, str]
    canonical: str
    article: Article | None
    related: tuple[RelationElement, ...]
    notices: tuple[str, ...]
    late: tuple[str, ...]
    parts: tuple[PartElement, ...]
    json_ld: tuple[str, ...]
    active: tuple[str, ...]
    policies: tuple[str, ...]
    refreshes: tuple[str, ...]
    withdrawn: bool = False
    clauses: tuple[tuple[str, str], ...] = ()
    status_lines: int = 0
    turns: tuple[tuple[str, str], ...] = ()
    later_clauses: frozenset[str] = frozenset()
    compare_of: str = ""
    compared_rows: int = 0


def read_page(data: bytes) -> PageFacts | None:
    """Return the facts of one page, ``None`` for data that is not HTML."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    reader = _Reader()
    for element in root.iter("*"):
        if element.attrib or element.tag in NAMES:
            reader.take(element)
    if in_comments(data):
        reader.active.append("藏着标签的注释")
    return reader.facts


class _Reader:
    """Collect the facts of one page from its elements, in their order."""

    def __init__(self) -> None:
        self._anchors: set[str] = set()
        self._addresses: list[Address] = []
        self._metas: dict[str, str] = {}
        self._canonical = ""
        self._article: Article | None = None
        self._related: list[RelationElement] = []
        self._notices: list[str] = []
        self._late: list[str] = []
        self._parts: list[PartElement] = []
        self._json_ld: list[str] = []
        self._in_text = False
        self.active: list[str] = []
        self._policies: list[str] = []
        self._refreshes: list[str] = []
        self._loads = False
        self._withdrawn = False
        self._clauses: list[tuple[str, str]] = []
        self._status_lines = 0
        self._later_states: list[tuple[str, str]] = []
        self._later_clauses: set[str] = set()
        self._compare_of = ""
        self._compared_rows = 0

    def take(self, element: Any) -> None:
        """Process the next element that has attributes."""
        tag, attributes = element.tag, element.attrib
        self.active += dangers_of(element)
        if "id" in attributes:
            self._anchors.add(attributes["id"])
        rel = attributes.get("rel", "")
        self._addresses += [Address(tag, name, attributes[name], rel) for name in _ADDRESSES if name in attributes]
        if tag in _HEAD:
            self._take_head(element, rel)
        elif tag == "article":
            self._take_article(attributes)
        elif tag == "div" and _TEXT in attributes.get("class", "").split():
            self._in_text = True
        if self._in_text and "data-part" in attributes:
            self._parts.append(PartElement(attributes["data-part"], attributes.get("data-status", "")))
        if "data-notice" in attributes:
            self._take_notice(element)
        self._take_later(attributes)
        if "data-clause-status" in attributes:
            self._clauses.append((attributes.get("id", ""), attributes["data-clause-status"]))
        self._status_lines += "data-status-line" in attributes
        self._compared_rows += tag == "tr" and "data-clause" in attributes
        if "data-relation" in attributes:
            self._related.append(_related(element))

    def _take_later(self, attributes: Any) -> None:
        """Process the later states that a page carries for its script."""
        if "data-turns" in attributes:
            self._later_states.append((attributes.get("data-part", ""), attributes["data-turns"]))
        if "data-later-clause" in attributes and "data-first" in attributes:
            self._later_clauses.add(attributes["data-first"])

    def _take_article(self, attributes: Any) -> None:
        if self._article is None and "data-id" in attributes:
            self._article = Article(*(attributes.get(name, "") for name in ("data-id", "data-kind", "data-status")))
        elif attributes.get("data-kind") == "withdrawn":
            self._withdrawn = True
        self._compare_of = attributes.get("data-compare-of", self._compare_of)

    def _take_notice(self, element: Any) -> None:
        kind = element.attrib["data-notice"]
        if kind.startswith(_OF_CLAUSE):
            return
        if not self._in_text:
            self._notices.append(kind)
        elif self._parts and any("data-part" in ancestor.attrib for ancestor in element.iterancestors("div")):
            last = self._parts[-1]
            self._parts[-1] = last._replace(notices=(*last.notices, kind))
        else:
            self._late.append(kind)

    def _take_equivalent(self, attributes: Any) -> None:
        """Process a ``meta`` with ``http-equiv``; a policy counts only before everything that is loaded."""
        name, content = attributes["http-equiv"].strip().lower(), attributes.get("content", "")
        if name == "content-security-policy":
            self._policies += [] if self._loads else [content]
        elif name == "refresh":
            self._refreshes.append(content)
        else:
            self.active.append(f" <meta http-equiv={name[:30]}>")

    def _take_head(self, element: Any, rel: str) -> None:
        attributes = element.attrib
        if "http-equiv" in attributes:
            self._take_equivalent(attributes)
        self._loads = self._loads or element.tag == "script" or "stylesheet" in rel.lower()
        if rel == "canonical":
            self._canonical = attributes.get("href", "")
        elif "name" in attributes:
            self._metas.setdefault(attributes["name"], attributes.get("content", ""))
        elif attributes.get("type") == _JSON_LD:
            self._json_ld.append(element.text or "")

    @property
    def facts(self) -> PageFacts:
        """The facts of the page."""
        return PageFacts(
            frozenset(self._anchors),
            tuple(self._addresses),
            self._metas,
            self._canonical,
            self._article,
            tuple(self._related),
            tuple(self._notices),
            tuple(self._late),
            tuple(self._parts),
            tuple(self._json_ld),
            tuple(self.active),
            tuple(self._policies),
            tuple(self._refreshes),
            self._withdrawn,
            tuple(self._clauses),
            self._status_lines,
            tuple(self._later_states),
            frozenset(self._later_clauses),
            self._compare_of,
            self._compared_rows,
        )


def _related(element: Any) -> RelationElement:
    in_notice = any(not _NOTICES.isdisjoint(ancestor.attrib) for ancestor in element.iterancestors())
    words = "".join(element.itertext()).strip()
    return RelationElement(element.get("data-relation"), element.get("href", ""), words, in_notice)


def locations(data: bytes, name: str) -> Iterator[str]:
    """Yield the text of every element with a local name in an XML file; nothing where the file cannot be read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return
    for element in root.iter(f"{{*}}{name}"):
        yield (element.text or "").strip()
