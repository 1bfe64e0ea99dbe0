"""Search: the text as overlapping character pairs for Pagefind, and a compact table for everything else.

Pagefind's own ways lose most Chinese words; pairs of characters searched as a phrase find exactly
what is there. Titles, numbers, filters and sorting come from the table, so a bundle has no filters
and is the same bytes from build to build. ``search.js`` of the theme cuts queries in the same way.
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
from generator.support.cache import Cache, code_digest, digest
from generator.support.database import CacheLostError
from generator.support.seal import NotReadableError, dump, load, seal, unseal

# Documents in a bundle: the largest keeps memory below 3 GB where texts are long; publishing a document costs the
# making of one of the smallest.
SIZES = (1_600, 400, 50)
_RUN = re.compile(r"([\u3400-\u9fff\U00020000-\U0003ffff0-9〇]+)|([A-Za-z\u00c0-\u024f]+)|(\S)|(\s+)")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_NEEDED = re.compile(
    r"pagefind\.js|pagefind-worker\.js|wasm\.[a-z]+\.pagefind|pagefind-entry\.json|.+\.pf_(?:meta|index|fragment)"
)
_PREFIX = b"pagefind_dcd"
_SCRATCH = "making-"
_RECORD, _BUNDLE = "record", "bundle"
_ENVIRONMENT = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")  # what programs need where there is no other way to know it


def character_pairs(text: str) -> str:
    """Return a text as overlapping pairs: 国务院办公厅》 → ``国务 务院 院办 办公 公厅 厅》``.

    Digits pair like characters, Latin words stay whole, punctuation joins the token before it.
    """
    tokens: list[str] = []
    folded = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    for run, word, mark, _blank in _RUN.findall(folded):
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
    """What the index holds of one document; ``body`` is the cache key of its text."""

    id: str
    body: str
    title: str
    doc_number: str
    index_no: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """One Pagefind index: where it lies, and the document behind each of its fragments."""

    name: str
    folder: Path
    fragments: dict[str, str]
    checksums: dict[str, str]

    def read(self, path: str) -> bytes:
        """Return a file of the index.

        Raises ``CacheLostError`` where it is not what was made; the next run makes the index again.
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
    """Cut the documents into bundles, oldest first: as many large ones as are full, then smaller and smaller ones.

    Made one after another they keep memory flat, and what is published last only changes the last.
    """
    ordered = sorted(site.documents, key=lambda document: (str(document.value("date_published") or ""), document.id))
    cuts = [0]
    for size in SIZES:
        full = (len(ordered) - cuts[-1]) // size
        cuts += [cuts[-1] + size * number for number in range(1, full + 1)]
    if cuts[-1] < len(ordered):
        cuts.append(len(ordered))
    return [tuple(map(_entry, ordered[start:end])) for start, end in itertools.pairwise(cuts)]


def _entry(document: Document) -> SearchEntry:
    index_no = document.text("index_no")
    return SearchEntry(document.id, document.page.body, document.title, document.doc_number, index_no)


def bundle_name(entries: Sequence[SearchEntry]) -> str:
    """Return the name of the bundle that holds these entries."""
    return digest(code_digest(), *(part for entry in entries for part in entry))[:16]


def build_bundle(entries: Sequence[SearchEntry], cache: Cache, advance: Callable[[], None]) -> Bundle:
    """Build the index of one bundle, or take it from the cache when its texts are the same.

    Raises ``GongkaiError`` when Pagefind fails.
    """
    name = bundle_name(entries)
    folder = cache.path.parent / "search" / name
    known = _known(folder, name)
    if known:
        for _ in entries:
            advance()
        return known
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_SCRATCH) as scratch:
        made = _index(entries, cache, Path(scratch), advance)
        (made / _RECORD).write_bytes(
            seal(f"search:{name}", dump((_fragments(made / _BUNDLE, entries), _sums(made / _BUNDLE))))
        )
        with contextlib.suppress(OSError):  # another build has just made the same one
            made.rename(folder)
    if known := _known(folder, name):
        return known
    raise GongkaiError(f"检索索引放不进缓存 {folder}", "检查磁盘空间和权限；或加 --no-search 先发布页面")


def _known(folder: Path, name: str) -> Bundle | None:
    """Return the bundle in a folder of the cache; ``None`` where this user has made none there."""
    try:
        fragments, sums = load(unseal(f"search:{name}", (folder / _RECORD).read_bytes()))
    except (OSError, NotReadableError):
        return None
    return Bundle(name, folder / _BUNDLE, fragments, sums)


def _index(entries: Sequence[SearchEntry], cache: Cache, scratch: Path, advance: Callable[[], None]) -> Path:
    feed, made = scratch / "feed", scratch / "made"
    feed.mkdir()
    made.mkdir()
    for number, entry in enumerate(entries):
        page = _feed_page(entry, cache.text(entry.body).words)
        (feed / f"{number:06d}.html").write_text(page, encoding="utf-8")
        advance()
    _run_pagefind(feed, made / _BUNDLE, scratch)
    return made


def _fragments(bundle: Path, entries: Sequence[SearchEntry]) -> dict[str, str]:
    """Return the document behind each fragment of an index."""
    fragments: dict[str, str] = {}
    for path in sorted((bundle / "fragment").iterdir()):
        data = gzip.decompress(path.read_bytes()).removeprefix(_PREFIX)
        place = int(json.loads(data)["url"].strip("/").removesuffix(".html"))
        fragments[path.name.removesuffix(".pf_fragment")] = entries[place].id
    return fragments


def _sums(bundle: Path) -> dict[str, str]:
    """Return the files of an index that a search needs, each with the digest of its content."""
    files = sorted(path for path in bundle.rglob("*") if _NEEDED.fullmatch(path.name) and path.is_file())
    return {path.relative_to(bundle).as_posix(): digest(path.read_bytes()) for path in files}


def _feed_page(entry: SearchEntry, text: str) -> str:
    numbers = "\n".join(part for part in (entry.doc_number, entry.index_no) if part)
    lines = "".join(
        f"<p>{html.escape(character_pairs(line), quote=False)}</p>" for line in f"{numbers}\n{text}".split("\n") if line
    )
    title = html.escape(character_pairs(entry.title), quote=False)
    return f'<!doctype html><html lang="und"><body data-pagefind-body><h1>{title}</h1>{lines}</body></html>'


def _run_pagefind(feed: Path, output: Path, scratch: Path) -> None:
    """Run Pagefind in a folder of its own, where no file and no environment variable tells it anything."""
    import pagefind_bin

    needed = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    room = scratch / "room"
    room.mkdir()
    try:
        command = [str(pagefind_bin.get_executable()), "--site", str(feed), "--output-path", str(output), "--silent"]
        done = subprocess.run(command, cwd=room, env=needed, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise GongkaiError(
            f"检索索引程序 pagefind 不能运行：{error}",
            "重新安装：pip install --force-reinstall pagefind-bin；或加 --no-search",
        ) from None
    if done.returncode != 0 or not (output / "pagefind-entry.json").is_file():
        last_line = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise GongkaiError(
            f"建立检索索引失败（pagefind 退出码 {done.returncode}）{''.join(last_line)}",
            "检查磁盘空间和内存；或加 --no-search 先发布页面",
        )


def search_table(site: Site, built_bundles: Iterable[Bundle]) -> bytes:
    """Return the table that the search page loads: a row per public document, with its fragment."""
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
            document.status.value if document.status else "",
            fragment_of.get(document.id, ""),
            *_beside(document),
        ]
        for document in site.documents
    ]
    data = {"bundles": names, "rows": rows}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _beside(document: Document) -> list[object]:
    """Return what only some rows have: that a document is suspended, and the texts that it carries."""
    marks = [kind.value for kind in document.marks]
    parts = [
        [part.title, part.address, part.status.value if part.status else "", [kind.value for kind in part.marks]]
        for part in document.parts
    ]
    return [marks, parts] if parts else [marks] if marks else []


def drop_unused_bundles(cache: Cache, kept: Sequence[Bundle]) -> None:
    """Remove the oldest indexes that this site no longer uses, once they outnumber those that it does."""
    names = {bundle.name for bundle in kept}
    stale = [
        old
        for old in (cache.path.parent / "search").iterdir()
        if old.name not in names and not old.name.startswith(_SCRATCH)
    ]
    stale.sort(key=lambda old: old.stat().st_mtime, reverse=True)
    for old in stale[len(kept) + 1 :]:
        shutil.rmtree(old, ignore_errors=True)
