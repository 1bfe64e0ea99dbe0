"""Search: texts as overlapping character pairs in Pagefind indexes, and a compact table for everything else.

Pagefind's own segmentation misses most Chinese words; pairs of characters searched as a phrase find
exactly the matching texts. Titles, numbers, filters and sorting come from the table, so a bundle has no
filters and the same bytes in every build. ``search.js`` of the theme cuts queries in the same way.
"""

import contextlib
import gzip
import html
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.domain.model import Document, Site
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import PostingState
from generator.support.cache import Cache, code_digest, digest
from generator.support.database import CacheLostError
from generator.support.seal import NotReadableError, dump, load, seal, unseal

# Documents in a bundle. The largest size keeps memory below 3 GB where texts are long; the smallest bundle is the one
# that is rebuilt when a document is published.
SIZES = (1_600, 400, 50)
_TOKEN = re.compile(r"([\u3400-\u9fff\U00020000-\U0003ffff0-9〇]+)|([A-Za-z\u00c0-\u024f]+)|(\S)|(\s+)")
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_NEEDED_FILE = re.compile(
    r"pagefind\.js|pagefind-worker\.js|wasm\.[a-z]+\.pagefind|pagefind-entry\.json|.+\.pf_(?:meta|index|fragment)"
)
_FRAGMENT_PREFIX = b"pagefind_dcd"
_SCRATCH_PREFIX = "making-"
_RECORD, _BUNDLE = "record", "bundle"
_ENVIRONMENT = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")  # what programs cannot find out in another way


def character_pairs(text: str) -> str:
    """Return a text as overlapping pairs: 国务院办公厅》 → ``国务 务院 院办 办公 公厅 厅》``.

    Digits pair like characters, Latin words stay whole, punctuation joins the token before it.
    """
    tokens: list[str] = []
    folded = _FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    for run, word, mark, _blank in _TOKEN.findall(folded):
        if run:
            tokens += [run[place : place + 2] for place in range(len(run))]
        elif word:
            tokens.append(word)
        elif mark:
            if tokens:
                tokens[-1] += mark
            else:
                tokens.append(mark)
    return " ".join(tokens)


class SearchEntry(NamedTuple):
    """One document in the index; ``body`` is the cache key of its text."""

    id: str
    body: str
    title: str
    doc_number: str
    index_no: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """One Pagefind index: its name, its folder in the cache, document ids by fragment, and checksums by path."""

    name: str
    folder: Path
    fragments: dict[str, str]
    checksums: dict[str, str]

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the index.

        Raises ``CacheLostError`` where they do not match the checksum; the next run builds the index again.
        """
        try:
            data = (self.folder / path).read_bytes()
        except OSError:
            data = b""
        if digest(data) != self.checksums[path]:
            shutil.rmtree(self.folder.parent, ignore_errors=True)
            raise CacheLostError("缓存里的检索索引损坏", "再运行一次")
        return data


def bundles(site: Site) -> list[tuple[SearchEntry, ...]]:
    """Split the documents into bundles, oldest first: as many full large ones as possible, then smaller ones.

    They are built one after another, which limits memory, and a new document only changes the last bundle.
    """
    ordered = sorted(site.documents, key=lambda document: (str(document.value("date_published") or ""), document.id))
    boundaries = [0]
    for size in SIZES:
        full = (len(ordered) - boundaries[-1]) // size
        boundaries += [boundaries[-1] + size * number for number in range(1, full + 1)]
    if boundaries[-1] < len(ordered):
        boundaries.append(len(ordered))
    return [tuple(map(_entry, ordered[start:end])) for start, end in itertools.pairwise(boundaries)]


def _entry(document: Document) -> SearchEntry:
    index_no = document.text("index_no")
    return SearchEntry(document.id, document.page.body, document.title, document.doc_number, index_no)


def bundle_name(entries: Sequence[SearchEntry]) -> str:
    """Return the name of the bundle of these entries: a digest of them and of gongkai's code."""
    return digest(code_digest(), *(part for entry in entries for part in entry))[:16]


def build_bundle(entries: Sequence[SearchEntry], cache: Cache, advance: Callable[[], None]) -> Bundle:
    """Build the index of one bundle, or take it from the cache when its texts are the same.

    ``advance`` is called once for each document. Raises ``GongkaiError`` when Pagefind fails.
    """
    name = bundle_name(entries)
    folder = cache.path.parent / "search" / name
    cached = _cached_bundle(folder, name)
    if cached:
        for _ in entries:
            advance()
        return cached
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_SCRATCH_PREFIX) as scratch:
        bundle_folder = _build_index(entries, cache, Path(scratch), advance)
        (bundle_folder / _RECORD).write_bytes(
            seal(
                f"search:{name}",
                dump((_fragments(bundle_folder / _BUNDLE, entries), _checksums(bundle_folder / _BUNDLE))),
            )
        )
        with contextlib.suppress(OSError):  # another build has just created the same one
            bundle_folder.rename(folder)
    if cached := _cached_bundle(folder, name):
        return cached
    raise GongkaiError(f"检索索引放不进缓存 {folder}", "检查磁盘空间和权限；或加 --no-search 先发布页面")


def _cached_bundle(folder: Path, name: str) -> Bundle | None:
    """Return the bundle in a folder of the cache; ``None`` where there is none that this user has built."""
    try:
        fragments, checksums = load(unseal(f"search:{name}", (folder / _RECORD).read_bytes()))
    except (OSError, NotReadableError):
        return None
    return Bundle(name, folder / _BUNDLE, fragments, checksums)


def _build_index(entries: Sequence[SearchEntry], cache: Cache, scratch: Path, advance: Callable[[], None]) -> Path:
    input_folder, bundle_folder = scratch / "feed", scratch / "made"
    input_folder.mkdir()
    bundle_folder.mkdir()
    for number, entry in enumerate(entries):
        page = _input_page(entry, cache.text(entry.body).words)
        (input_folder / f"{number:06d}.html").write_text(page, encoding="utf-8")
        advance()
    _run_pagefind(input_folder, bundle_folder / _BUNDLE, scratch)
    return bundle_folder


def _fragments(bundle: Path, entries: Sequence[SearchEntry]) -> dict[str, str]:
    """Return the document ids of an index by the names of their fragments."""
    fragments: dict[str, str] = {}
    for path in sorted((bundle / "fragment").iterdir()):
        data = gzip.decompress(path.read_bytes()).removeprefix(_FRAGMENT_PREFIX)
        place = int(json.loads(data)["url"].strip("/").removesuffix(".html"))
        fragments[path.name.removesuffix(".pf_fragment")] = entries[place].id
    return fragments


def _checksums(bundle: Path) -> dict[str, str]:
    """Return the digests of the files that a search needs, by path in the index."""
    files = sorted(path for path in bundle.rglob("*") if _NEEDED_FILE.fullmatch(path.name) and path.is_file())
    return {path.relative_to(bundle).as_posix(): digest(path.read_bytes()) for path in files}


def _input_page(entry: SearchEntry, text: str) -> str:
    numbers_text = "\n".join(part for part in (entry.doc_number, entry.index_no) if part)
    lines = "".join(
        f"<p>{html.escape(character_pairs(line), quote=False)}</p>"
        for line in f"{numbers_text}\n{text}".split("\n")
        if line
    )
    title = html.escape(character_pairs(entry.title), quote=False)
    return f'<!doctype html><html lang="und"><body data-pagefind-body><h1>{title}</h1>{lines}</body></html>'


def _run_pagefind(input_folder: Path, output: Path, scratch: Path) -> None:
    """Run Pagefind in an empty folder and environment, so that no config file and no variable affects it."""
    import pagefind_bin

    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    working_folder = scratch / "room"
    working_folder.mkdir()
    try:
        command = [
            str(pagefind_bin.get_executable()),
            "--site",
            str(input_folder),
            "--output-path",
            str(output),
            "--silent",
        ]
        completed = subprocess.run(
            command, cwd=working_folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        raise GongkaiError(
            f"检索索引程序 pagefind 不能运行：{error}",
            "重新安装：pip install --force-reinstall pagefind-bin；或加 --no-search",
        ) from None
    if completed.returncode != 0 or not (output / "pagefind-entry.json").is_file():
        last_line = completed.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise GongkaiError(
            f"建立检索索引失败（pagefind 退出码 {completed.returncode}）{''.join(last_line)}",
            "检查磁盘空间和内存；或加 --no-search 先发布页面",
        )


def search_table(site: Site, built_bundles: Iterable[Bundle]) -> bytes:
    """Return the table that the search page loads, as JSON: a row for each public document, with its fragment."""
    fragment_of: dict[str, str] = {}
    names = []
    for number, bundle in enumerate(built_bundles):
        names.append(bundle.name)
        fragment_of |= {document: f"{number}:{fragment}" for fragment, document in bundle.fragments.items()}
    rows = [
        [
            document.id,
            document.address,
            document.title,
            document.doc_number,
            document.text("index_no"),
            document.published.isoformat() if document.published else "",
            document.kind.value,
            document.column,
            shown_state(document),
            fragment_of.get(document.id, ""),
            *marks_and_parts(document),
        ]
        for document in site.documents
    ]
    data = {"bundles": names, "rows": rows}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def shown_state(document: Document) -> str:
    """Return the state that a search card shows: 有效性, or that a notice has ended."""
    state = document.status or (document.posting_state if document.posting_state is PostingState.ENDED else None)
    return state.value if state else ""


def marks_and_parts(document: Document) -> list[object]:
    """Return the cells that only some rows and cards have: the marks of a document, and its parts.

    A mark says that it is suspended, or that an interpretation is outdated or of what has ended.
    """
    marks = [kind.value for kind in document.marks]
    marks += [document.interpretation_mark.value] if document.interpretation_mark else []
    parts = [
        [part.title, part.address, part.status.value if part.status else "", [kind.value for kind in part.marks]]
        for part in document.parts
    ]
    return [marks, parts] if parts else [marks] if marks else []


def drop_unused_bundles(cache: Cache, used_bundles: Sequence[Bundle]) -> None:
    """Remove the oldest unused indexes from the cache, once there are more unused than used ones."""
    names = {bundle.name for bundle in used_bundles}
    stale = [
        folder
        for folder in (cache.path.parent / "search").iterdir()
        if folder.name not in names and not folder.name.startswith(_SCRATCH_PREFIX)
    ]
    stale.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in stale[len(used_bundles) + 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
