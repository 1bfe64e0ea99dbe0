"""Build sites in this process, and read the output with code that is independent of the program."""

import datetime as dt
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from generator.domain.model import AsOf
from generator.pipeline.build import build
from generator.pipeline.options import BuildOptions, BuildResult, Search
from support.project import AS_OF, Project

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_ADDRESSES = ("href", "src", "poster", "action")
_BLOCKS = re.compile("p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|td|th|table|thead|tbody|blockquote|pre|section|br")


def build_options(project: Project, *, as_of: str = AS_OF, jobs: int = 1, cache: Path | None = None) -> BuildOptions:
    """Return the build options that a command would pass, with a cache beside the project."""
    return BuildOptions(
        config_path=project.folder / "site_config.yaml",
        cache_path=(cache or project.cache) / "cache.db",
        as_of=AsOf(dt.date.fromisoformat(as_of)),
        jobs=jobs,
        progress=lambda _stage, _done, _total: None,
    )


def build_here(
    project: Project,
    output: str = "public",
    *,
    as_of: str = AS_OF,
    jobs: int = 1,
    cache: Path | None = None,
    with_search: bool = False,
) -> BuildResult:
    """Build in this process and return the result; the caller checks for blocking findings."""
    options = build_options(project, as_of=as_of, jobs=jobs, cache=cache)
    return build(options, project.folder / output, search=Search.CURRENT if with_search else Search.NONE)


def made(project: Project, output: str = "public", **options: Any) -> Path:
    """Build in this process and return the output folder; fails the test when a finding stops the build."""
    result = build_here(project, output, **options)
    assert not result.blocking, result.blocking
    return project.folder / output


class Node:
    """One element of a page; ``place`` is its number in the order of the page, counted from 1."""

    def __init__(self, tag: str, attributes: dict[str, str], place: int) -> None:
        self.tag, self.attributes, self.place = tag, attributes, place
        self.children: list[Node | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all elements in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", /, **attributes: str) -> list["Node"]:
        """Return the elements with a tag and attributes: ``data_id`` means ``data-id``, ``*`` any value."""
        required = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and all(
                name in node.attributes and value in {"*", node.attributes[name]} for name, value in required.items()
            )
        ]

    def one(self, tag: str = "", /, **attributes: str) -> "Node":
        """Return the only element with a tag and attributes; fails the test unless there is exactly one."""
        nodes = self.all(tag, **attributes)
        assert len(nodes) == 1, f"{len(nodes)} of {tag} {attributes}"
        return nodes[0]

    def classed(self, name: str) -> list["Node"]:
        """Return the elements with a class."""
        return [node for node in self.walk() if name in node.attributes.get("class", "").split()]

    @property
    def text(self) -> str:
        """All text in the element."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def lines(self) -> list[str]:
        """The text as lines, split where a block begins or ends."""
        text = "".join(child if isinstance(child, str) else child._text_with_breaks() for child in self.children)
        return [line.strip() for line in text.split("\n") if line.strip()]

    def _text_with_breaks(self) -> str:
        text = "".join(child if isinstance(child, str) else child._text_with_breaks() for child in self.children)
        return f"\n{text}\n" if _BLOCKS.fullmatch(self.tag) else text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {}, 0)
        self._open = [self.root]
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> has an attribute twice: {attrs}"
        node = Node(tag, {name: value or "" for name, value in attrs}, self._count)
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_html(text: str) -> Node:
    """Read one HTML page; fails the test where an element is not closed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.root is reader._open[-1], f"the page ends inside <{reader._open[-1].tag}>"
    return reader.root


def read_page(place: Path) -> Node:
    """Read one HTML page of a built site."""
    return read_html(place.read_text(encoding="utf-8"))


def pages_of(site: Path) -> dict[str, Node]:
    """Return every HTML page of a built site by path."""
    return {place.relative_to(site).as_posix(): read_page(place) for place in sorted(site.rglob("*.html"))}


def is_kept_address(page: Node) -> bool:
    """Whether a page stands at a former address, or at that of a withdrawn document."""
    refreshes = [node for node in page.all("meta") if node.attributes.get("http-equiv") == "refresh"]
    return bool(refreshes) or any(node.attributes.get("data-kind") == "withdrawn" for node in page.all("article"))


def dead_addresses(site: Path, base_url: str) -> list[str]:
    """Return a line for every address in a built site that is not relative, or whose file or anchor is missing."""
    pages = pages_of(site)
    files = {place.relative_to(site).as_posix() for place in site.rglob("*") if place.is_file()}
    anchors = {path: {node["id"] for node in page.all(id="*")} for path, page in pages.items()}
    dead = []
    for path, page in pages.items():
        for node in page.walk():
            for name in _ADDRESSES:
                target = node.attributes.get(name)
                if node.attributes.get("rel") == "canonical" and is_kept_address(page):
                    continue  # leads to the present address
                if target is not None and (problem := _problem_of(path, node, target, base_url, files, anchors)):
                    dead.append(f"{path}: <{node.tag} {name}={target!r}>: {problem}")
    return dead


def _problem_of(
    path: str, node: Node, target: str, base_url: str, files: set[str], anchors: dict[str, set[str]]
) -> str:
    parts, home = urlsplit(target), urlsplit(base_url)
    if node.attributes.get("rel") == "canonical":
        expected = base_url + quote(path.removesuffix("index.html"))
        return "" if target == expected else f"should be {expected}"
    if parts.scheme in {"mailto", "tel"} and node.tag == "a":
        return ""
    if parts.scheme or parts.netloc:
        return "" if node.tag == "a" and parts.netloc != home.netloc else "not relative"
    place = unquote(parts.path)
    if path == "404.html" and not place.startswith("#") and target != "#main":
        if not place.startswith(home.path):
            return "does not start from base_url"
        place = place[len(home.path) :]
    else:
        if place.startswith("/"):
            return "not relative"
        place = _joined(path, place)
    if place == ".." or place.startswith("../"):
        return "leads out of the site"
    if place == "" or place.endswith("/"):
        place += "index.html"
    if place not in files:
        return "no such file"
    fragment = unquote(parts.fragment)
    return "" if not fragment or fragment in anchors.get(place, set()) else "no such anchor"


def _joined(path: str, target: str) -> str:
    """Return the path to which a relative address leads, with its trailing slash, if any."""
    if not target:
        return path
    steps = path.split("/")[:-1]
    folder = target.endswith(("/", "..")) or target in {".", ".."}
    for step in target.split("/"):
        if step == "..":
            if not steps:
                return ".."
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps) + ("/" if folder and steps else "")


def assert_whole(site: Path) -> dict[str, Any]:
    """Compare all files of a site with its manifest, and return the manifest."""
    manifest: dict[str, Any] = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    checksums = {
        place.relative_to(site).as_posix(): hashlib.sha256(place.read_bytes()).hexdigest()
        for place in site.rglob("*")
        if place.is_file() and place != site / "manifest.json"
    }
    assert checksums == manifest["files"]
    return manifest


def leftovers(folder: Path) -> list[str]:
    """Return the names of temporary folders that a build left beside its output."""
    return sorted(place.name for place in folder.iterdir() if ".gongkai-" in place.name)


def searchable(place: Path) -> str:
    """Return the text of a file of a built site; of a Word file the XML inside, of a PDF its pages and properties."""
    if place.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(place) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    if place.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(place) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
            return "\n".join((*texts, *document.get_metadata_dict().values()))
    return place.read_bytes().decode("utf-8", "replace")
