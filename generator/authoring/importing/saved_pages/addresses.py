"""Old addresses and saved files: which file was which address, and where an address in a page leads.

The root of the folder is ``base_url``. Programs that save pages keep a query in the name of the file
(``show.asp?id=12``, ``show.asp%3Fid=12.html``, on Windows ``show.asp@id=12``).
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from generator.domain.problems import GongkaiError

PAGE_ENDINGS = (
    ".html",
    ".htm",
    ".shtml",
    ".shtm",
    ".xhtml",
    ".asp",
    ".aspx",
    ".jsp",
    ".php",
    ".do",
    ".jspx",
    ".action",
)
FILE_ENDINGS = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "wps",
        "xls",
        "xlsx",
        "et",
        "ppt",
        "pptx",
        "dps",
        "rtf",
        "txt",
        "csv",
        "ofd",
        "zip",
        "rar",
        "7z",
        "odt",
        "ods",
        "odp",
        "tif",
        "tiff",
        "ceb",
        "docm",
        "xlsm",
    ]
)
PICTURE_ENDINGS = frozenset(["png", "jpg", "jpeg", "gif", "bmp", "webp", "svg", "ico"])
_INDEX = re.compile(r"(?:index|default|main)\.(?:s?html?|aspx?|jspx?|php)", re.IGNORECASE)
_DYNAMIC = re.compile(r"\.(?:aspx?|jspx?|php|do|action|cgi)$", re.IGNORECASE)
_SAVED_QUERY = re.compile(r"^(.*?\.(?:s?html?|aspx?|jspx?|php|do|action|cgi))[?@](.+)$", re.IGNORECASE)
_ADDED_ENDING = re.compile(r"\.html?$", re.IGNORECASE)
_NAMED_FILE = ("filename", "file", "fname", "name", "filepath", "path", "url", "attach", "fileurl", "realname")
_MOST_FILES = 100_000
_WEB = frozenset({"http", "https"})


class OldAddress(NamedTuple):
    """A path from the root of the host, decoded, and the query, ``""`` for none."""

    path: str
    query: str = ""

    @property
    def text(self) -> str:
        """The address as ``aliases`` has it."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def key(self) -> str:
        """What all ways of writing one address share."""
        folder = _INDEX.sub("", self.path) if _INDEX.fullmatch(self.path.rpartition("/")[2]) else self.path
        return f"{folder.rstrip('/').casefold()}?{unquote(self.query).casefold()}"


class SavedFolder:
    """The files of a folder of saved pages, by their old addresses."""

    def __init__(self, root: Path, base_url: str, *, is_single: bool = False) -> None:
        base = urlsplit(base_url)
        self.root, self._host, self._base = root, base.netloc.casefold(), unquote(base.path) or "/"
        self.paths = () if is_single else tuple(sorted(_files(root)))
        self._is_single = is_single
        self._by_key: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        for path in self.paths:
            for address in (self.address_of(path), OldAddress(self._base + path)):
                self._by_key.setdefault(address.key, path)
            self._by_name.setdefault(path.rpartition("/")[2].casefold(), []).append(path)

    def address_of(self, path: str) -> OldAddress:
        """Return the address that a saved file had."""
        name = unquote(path.rpartition("/")[2])
        folder = unquote(path.rpartition("/")[0])
        query = ""
        if match := _SAVED_QUERY.match(name):
            name, query = match[1], match[2]
            if _ADDED_ENDING.search(query):
                query = _ADDED_ENDING.sub("", query)
        elif _DYNAMIC.search(bare := _ADDED_ENDING.sub("", name)):
            name = bare
        parts = [part for part in folder.split("/") if part]
        base = self._base
        if parts and parts[0].casefold() == self._host:
            parts, base = parts[1:], "/"
        return OldAddress(base + "/".join([*parts, name]), query)

    def own_address(self, path: str, declared: str) -> tuple[OldAddress | None, str]:
        """Return the address of a page, and a declared one that is not under ``base_url``.

        ``declared`` is that of its ``Url`` tag or canonical link, which goes before the place of the file.
        """
        by_place = None if self._is_single else self.address_of(path)
        if declared.strip():
            address = self._resolved(path, declared)
            if address and f"{address.path}/".startswith(self._base):
                return address, ""
            return by_place, declared.strip()
        return by_place, ""

    def is_outside(self, path: str, href: str) -> bool:
        """Whether an address in a page leads to another host, a mailbox or a telephone."""
        parts = urlsplit(urljoin(self._url_of(path), href))
        if parts.scheme in {"mailto", "tel"}:
            return True
        return parts.scheme in _WEB and parts.netloc.casefold() not in {self._host, ""}

    def find(self, path: str, href: str) -> str | None:
        """Return the saved file to which an address in a page leads; ``None`` where it was not saved."""
        try:
            beside = self._beside(path, href)
            if beside is not None:
                return beside
            address = self._resolved(path, href)
        except ValueError:
            return None
        if address is None:
            return None
        if found := self._by_key.get(address.key):
            return found
        if address.query and (found := self._named_in(address.query)):
            return found
        below = OldAddress(self._base + address.path.lstrip("/"), address.query)  # the root of the host was saved
        return self._by_key.get(below.key) or self._unique(address.path.rpartition("/")[2])

    def named_file(self, href: str) -> str:
        """Return the name of the file that an address gives: its own, or one in its query; ``""`` for none."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return ""
        for name, value in parse_qsl(parts.query):
            if name.casefold() in _NAMED_FILE and ending_of(value) in FILE_ENDINGS:
                return value.replace("\\", "/").rpartition("/")[2]
        own = unquote(parts.path).rpartition("/")[2]
        return own if ending_of(own) in FILE_ENDINGS else ""

    def read(self, path: str, most: int) -> bytes:
        """Return the bytes of a saved file; raises ``GongkaiError`` for one that is too large."""
        place = self.root / path
        if place.stat().st_size > most:
            raise GongkaiError(f"文件超过 {most // 1_000_000} MB", "确认它是不是网页")
        return place.read_bytes()

    def _url_of(self, path: str) -> str:
        address = OldAddress(self._base + path) if self._is_single else self.address_of(path)
        return f"https://{self._host}{quote(address.path)}"

    def _resolved(self, path: str, href: str) -> OldAddress | None:
        parts = urlsplit(urljoin(self._url_of(path), href.strip().replace("\\", "/")))
        if parts.scheme not in _WEB or parts.netloc.casefold().partition(":")[0] != self._host.partition(":")[0]:
            return None
        return OldAddress(unquote(parts.path) or "/", unquote(parts.query))

    def _beside(self, path: str, href: str) -> str | None:
        """Return the file at a relative path, as programs write it that make links to saved files."""
        bare = unquote(href.strip().partition("#")[0])
        if not bare or bare.startswith("/") or urlsplit(href).scheme:
            return None
        for candidate in dict.fromkeys((bare, bare.partition("?")[0])):
            relative = os.path.normpath(os.path.join(os.path.dirname(path), candidate.replace("\\", "/")))  # noqa: PTH118, PTH120
            if relative.startswith("..") or not candidate:
                continue
            place = self.root / relative
            if place.is_file() and not _leads_out(self.root, place):
                return relative.replace(os.sep, "/")
        return None

    def _named_in(self, query: str) -> str | None:
        values = [value for name, value in parse_qsl(query) if name.casefold() in _NAMED_FILE]
        return next(
            (found for value in values if (found := self._unique(value.replace("\\", "/").rpartition("/")[2]))), None
        )

    def _unique(self, name: str) -> str | None:
        same = self._by_name.get(name.casefold(), ()) if ending_of(name) in FILE_ENDINGS | PICTURE_ENDINGS else ()
        return same[0] if len(same) == 1 else None


def ending_of(name: str) -> str:
    """Return the ending of a name, without its dot, in small letters."""
    return name.rpartition(".")[2].casefold() if "." in name else ""


def is_page(path: str) -> bool:
    """Whether a saved file is a page by its name."""
    name = unquote(path.rpartition("/")[2]).casefold()
    return name.endswith(PAGE_ENDINGS) or bool(_SAVED_QUERY.match(name) and not _other_ending(name))


def _other_ending(name: str) -> bool:
    return ending_of(name.rpartition("/")[2]) in FILE_ENDINGS | PICTURE_ENDINGS | {"css", "js"}


def _files(root: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder: none that is hidden, none that a link leads to elsewhere."""
    count = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            place = Path(folder) / name
            if name.startswith(".") or not place.is_file() or _leads_out(root, place):
                continue
            count += 1
            if count > _MOST_FILES:
                raise GongkaiError(f"{root} 里的文件超过 {_MOST_FILES} 个", "分成几个文件夹，一个一个导入")
            yield place.relative_to(root).as_posix()


def _leads_out(root: Path, place: Path) -> bool:
    try:
        return not place.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return True
