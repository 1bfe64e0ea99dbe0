"""Where the addresses of saved pages lead: to a saved file, to one that is missing, or to where nobody can tell.

A saved copy is seldom whole. An address counts as dead only where its folder was saved, its pages lead to each other in
the same way, and the file is not there.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from generator.authoring.importing.saved_pages.addresses import (
    FILE_ENDINGS,
    PAGE_ENDINGS,
    PICTURE_ENDINGS,
    SavedFolder,
    ending_of,
)
from generator.saved_site.read_page import ReadPage

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:_]\d+)?", re.IGNORECASE)
_WEB = frozenset({"http", "https"})
_NO_HOST = "saved.invalid"
NO_BASE = f"https://{_NO_HOST}/"
"""The address of a folder whose pages do not say theirs."""
_DYNAMIC = re.compile(r"\.(?:aspx?|jspx?|php|do|action|cgi)\Z", re.IGNORECASE)


_INDEX = re.compile(r"index\.s?html?", re.IGNORECASE)
_LEAST_SIBLINGS = 3
_MOST_TRIED, _DEEPEST = 400, 6  # addresses; folders
_SOURCES = frozenset({"md", "markdown", "rst"})  # an address that a generator has left as its author wrote it


class Reach(Enum):
    """What was found at an address."""

    SAVED = auto()
    MISSING = auto()
    UNKNOWN = auto()
    OUTSIDE = auto()


class Target(NamedTuple):
    """Where an address leads; ``path`` is the saved file, or the place where one is missing."""

    reach: Reach
    path: str = ""


_OUTSIDE, _UNKNOWN = Target(Reach.OUTSIDE), Target(Reach.UNKNOWN)


class AddressBook:
    """Resolves the addresses of the pages of one folder."""

    def __init__(self, root: Path, base_url: str, pages: Sequence[ReadPage]) -> None:
        self.base_url = base_url or guessed_base(root, pages)
        self._host = urlsplit(self.base_url).netloc.casefold()
        self._base = unquote(urlsplit(self.base_url).path) or "/"
        self._folder = SavedFolder(root, self.base_url)
        self._files = set(self._folder.paths)
        self._folders = {""} | {
            "/".join(parts[:count])
            for path in self._files
            for parts in [path.split("/")]
            for count in range(1, len(parts))
        }
        self._folder_pages = Counter(
            posixpath.dirname(posixpath.dirname(path))
            for path in self._files
            if _INDEX.fullmatch(posixpath.basename(path))
        )
        self._declared = self._by_declared_address(pages)
        self._known: dict[tuple[str, str], Target] = {}
        self._absolute_counts = self._uses_absolute(pages)

    def _by_declared_address(self, pages: Sequence[ReadPage]) -> dict[str, str]:
        addresses = [(page.path, _key(page.declared_address)) for page in pages if page.declared_address]
        counts = Counter(key for _, key in addresses)
        return {key: path for path, key in addresses if counts[key] == 1}

    def _uses_absolute(self, pages: Sequence[ReadPage]) -> bool:
        """Whether pages lead to each other by whole addresses; programs that rewrite links leave only dead ones so."""
        found = total = 0
        for page in pages[:200]:
            for link in page.links:
                parts = _parts(link.href)
                if parts and parts.netloc and self._is_own(parts.netloc):
                    total += 1
                    found += self._folder.find(page.path, link.href) is not None
        return found * 2 >= total > 0

    def _is_own(self, host: str) -> bool:
        return host.casefold() == self._host

    def target(self, path: str, href: str) -> Target:
        """Return where an address in a page leads."""
        key = (posixpath.dirname(path), href)
        if key not in self._known:
            self._known[key] = self._target(path, href)
        return self._known[key]

    def _target(self, path: str, href: str) -> Target:
        parts = _parts(href)
        if parts is None or (parts.scheme and parts.scheme not in _WEB):
            return _OUTSIDE
        if found := self._folder.find(path, href):
            return Target(Reach.SAVED, found)
        if found := self._declared.get(_key(href)) if parts.netloc else None:
            return Target(Reach.SAVED, found)
        if parts.netloc and not self._is_own(parts.netloc):
            return _OUTSIDE
        return self._missing(path, href)

    def _missing(self, path: str, href: str) -> Target:
        parts = urlsplit(href.strip().replace("\\", "/"))
        name = unquote(parts.path)
        if parts.netloc and not self._absolute_counts:
            return _UNKNOWN
        if parts.netloc or name.startswith("/"):
            if not name.startswith(self._base):
                return _UNKNOWN
            relative = name.removeprefix(self._base).lstrip("/")
            if parts.netloc.casefold() and parts.netloc.casefold() in self._folders:
                relative = f"{parts.netloc.casefold()}{name}"
            elif not parts.netloc and (first := path.split("/", maxsplit=1)[0]) and first.casefold() == self._host:
                relative = f"{first}{name}"
        else:
            relative = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
        if self._is_folder_page(relative, name):
            return Target(Reach.MISSING, f"{relative}/index.html")
        ending = ending_of(posixpath.basename(relative))
        is_file = ending in FILE_ENDINGS | PICTURE_ENDINGS | _SOURCES or f".{ending}" in PAGE_ENDINGS
        outside = relative.startswith("..") or posixpath.dirname(relative) not in self._folders
        if outside or not is_file or parts.query or relative in self._files or relative in self._folders:
            return _UNKNOWN
        if _DYNAMIC.search(relative):
            return _UNKNOWN
        return Target(Reach.MISSING, relative)

    def _is_folder_page(self, relative: str, name: str) -> bool:
        """Whether an address such as ``../a/`` is missing, while ``b/index.html`` and others beside it were saved."""
        is_plain = name.endswith("/") and not relative.startswith("..") and relative not in self._folders
        return is_plain and self._folder_pages[posixpath.dirname(relative)] >= _LEAST_SIBLINGS

    @staticmethod
    def is_page_name(path: str) -> bool:
        """Whether a missing file would be a page."""
        ending = ending_of(posixpath.basename(path))
        return f".{ending}" in PAGE_ENDINGS or ending in _SOURCES


def _parts(href: str) -> SplitResult | None:
    try:
        return urlsplit(href.strip().replace("\\", "/"))
    except ValueError:
        return None


def _key(address: str) -> str:
    bare = address.strip().partition("#")[0].partition("://")[2]
    return unquote(bare).rstrip("/").casefold()


def guessed_base(root: Path, pages: Iterable[ReadPage]) -> str:
    """Return the address of the folder's root: by a folder named after a host, else by what pages say of themselves."""
    declared = [(page.path, parts) for page in pages if (parts := _parts(page.declared_address)) and parts.netloc]
    hosts = Counter(parts.netloc.casefold() for _, parts in declared)
    named = sorted(one.name for one in root.iterdir() if one.is_dir() and _HOST.fullmatch(one.name) and "." in one.name)
    host = hosts.most_common(1)[0][0] if hosts else named[0] if named else _NO_HOST
    bases: Counter[str] = Counter()
    for path, parts in declared:
        whole = unquote(parts.path)
        whole += path.rpartition("/")[2] if whole.endswith("/") and _INDEX.fullmatch(path.rpartition("/")[2]) else ""
        if parts.netloc.casefold() == host and whole.casefold().endswith(f"/{path}".casefold()):
            bases[whole[: len(whole) - len(path)]] += 1
    if not bases and not named:
        return f"https://{host}{_base_by_links(root, pages)}"
    base = bases.most_common(1)[0][0] if bases and host not in named else "/"
    return f"https://{host}{base}"


def _base_by_links(root: Path, pages: Iterable[ReadPage]) -> str:
    """Return below which folder of its host a copy was saved: where most addresses such as ``/zwgk/a/`` have a file."""
    paths = [
        unquote(parts.path)
        for page in pages
        for link in page.links
        if link.href.startswith("/") and (parts := _parts(link.href)) and not parts.netloc
    ]
    counts: Counter[str] = Counter()
    for path in list(dict.fromkeys(paths))[:_MOST_TRIED]:
        folders = path.split("/")
        for count in range(1, min(len(folders), _DEEPEST)):
            rest = "/".join(folders[count:])
            if rest and any((root / one).is_file() for one in (rest, f"{rest}/index.html") if ".." not in one):
                counts["/".join(folders[:count]) + "/"] += 1
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > counts["/"] else "/"
