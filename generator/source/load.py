"""All files under ``content/`` → pages. Parsing is pure per file, so it runs in processes and is cached."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator import numbers
from generator.model import Citation, Link, LinkRole, MediaFile, Page
from generator.problems import Problem
from generator.source.announced import find_announced
from generator.source.cache import Cache, Entry, code_digest, digest, unpack
from generator.source.frontmatter import FrontMatter, decode, read_front_matter
from generator.source.markup import Markup, convert
from generator.source.values import MAX_ID
from generator.vocabulary import Kind
from generator.workers import run_chunks, split

_CHUNK = 100
_OPENING = 160
_PRINTED = re.compile(r"此件[\u4e00-\u9fff]{0,6}公开(?:发布)?")
_KIND_OF_FOLDER = {kind.folder: kind for kind in Kind}
_ID_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that lies under ``content/``: pages, other files, and what could not be taken."""

    pages: tuple[Page, ...]
    files: Mapping[str, MediaFile]
    problems: tuple[tuple[str, Problem], ...]


def load_sources(project: Path, cache_path: Path, *, jobs: int, advance: Callable[[int, int], None]) -> Sources:
    """Read, parse and cache every file; ``advance(done, total)`` is told how far it is."""
    texts, files, problems = _scan(project)
    keys: dict[str, str] = {}
    for path in texts:
        keys[path] = digest(code_digest(), path, _read(project / path))
    with Cache(cache_path) as cache:
        known = cache.pages(list(keys.values()))
        cache.forget_all_but(keys.values())
    missing = [(path, key) for path, key in keys.items() if key not in known]
    done = len(keys) - len(missing)
    advance(done, len(keys))
    chunks = split(missing, jobs=jobs, most=_CHUNK)
    for packed in run_chunks(_parse_chunk, chunks, jobs=jobs, prepare=_prepare, arguments=(project, cache_path)):
        known.update((page.body, page) for page in map(unpack, packed))
        done += len(packed)
        advance(done, len(keys))
    return Sources(tuple(known[key] for key in keys.values()), files, tuple(problems))


def _scan(project: Path) -> tuple[list[str], dict[str, MediaFile], list[tuple[str, Problem]]]:
    texts: list[str] = []
    files: dict[str, MediaFile] = {}
    problems: list[tuple[str, Problem]] = []
    for folder, folders, names in os.walk(project / "content"):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        base = Path(folder)
        for name in [*folders, *sorted(names)]:
            place = base / name
            path = place.relative_to(project).as_posix()
            if place.is_symlink():
                hint = "把文件本身复制到 content/ 下；符号链接可能指向站外"
                problems.append((path, Problem("F008", "是符号链接，没有读取", hint)))
            elif place.is_dir() or name.startswith((".", "~$")):
                continue
            elif name.lower().endswith((".md", ".markdown")):
                texts.append(path)
            else:
                facts = place.stat()
                files[path] = MediaFile(path, facts.st_size, facts.st_mtime_ns)
        folders[:] = [name for name in folders if not (base / name).is_symlink()]
    return sorted(texts), files, problems


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        return f"\x00{error.strerror}".encode()  # a NUL: decode() reports the file as unreadable


_project: Path
_cache: Cache


def _prepare(project: Path, cache_path: Path) -> None:
    global _project, _cache
    _project, _cache = project, Cache(cache_path)


def _parse_chunk(chunk: Sequence[tuple[str, str]]) -> list[bytes]:
    return _cache.put([parse_page(path, key, _read(_project / path)) for path, key in chunk])


def parse_page(path: str, key: str, data: bytes) -> Entry:
    """Parse one file; every mistake in it becomes a problem of its page, nothing is raised."""
    text = decode(data)
    if isinstance(text, Problem):
        return Entry(key, Page(path, key, None, _stem(path), {}, (text,)), "")
    front = read_front_matter(text)
    if not front.fields and any(problem.rule == "F008" for problem in front.problems):
        return Entry(key, Page(path, key, None, _stem(path), {}, front.problems), "")
    problems = list(front.problems)
    kind = _kind(path, front, problems)
    page_id = _id(path, front, problems)
    markup = convert(front.body)
    page = Page(
        path=path,
        body=key,
        kind=kind,
        id=page_id,
        fields=front.fields,
        blank=front.blank,
        problems=tuple(problems),
        outline=markup.outline,
        anchors=markup.anchors,
        links=_links(front, markup),
        images_without_text=tuple(
            Link(target, LinkRole.MEDIA, _line(front, target, 0)[0]) for target in markup.images_without_text
        ),
        citations=tuple(
            Citation(found, front.body_line + front.body.count("\n", 0, position))
            for position, found in numbers.find_doc_numbers(front.body)
        ),
        announced=tuple(find_announced(front.body, front.body_line)),
        printed_disclosure=printed[0] if (printed := _PRINTED.search(front.body)) else "",
        length=len(markup.text),
        opening=" ".join(markup.text[: _OPENING * 2].split())[:_OPENING],
    )
    return Entry(key, page, markup.html)


def _stem(path: str) -> str:
    return PurePosixPath(path).name.rpartition(".")[0]


def _kind(path: str, front: FrontMatter, problems: list[Problem]) -> Kind | None:
    declared = front.fields.get("kind")
    if declared and isinstance(declared.value, Kind):
        return declared.value
    parts = path.split("/")
    kind = _KIND_OF_FOLDER.get(parts[1]) if len(parts) > 2 else None
    if kind is None and not any(problem.field == "kind" for problem in problems):
        folders = "、".join(f"{name}（{item.label}）" for name, item in _KIND_OF_FOLDER.items())
        problems.append(
            Problem("F001", "缺少“类型”，所在文件夹也看不出类型", f"写 kind: policy 等，或放进：{folders}", 1, "kind")
        )
    return kind


def _id(path: str, front: FrontMatter, problems: list[Problem]) -> str:
    declared = front.fields.get("id")
    if declared and isinstance(declared.value, str):
        return declared.value
    stem = _stem(path)
    usable = stem and len(stem) <= MAX_ID and set(stem) <= _ID_CHARACTERS and stem[0] not in "._-"
    if not usable and not any(problem.field == "id" for problem in problems):
        problems.append(
            Problem(
                "F003",
                f"文件名“{stem[:40]}”不能作网址里的编号",
                "加一行 id: 英文字母和数字，如 id: rsf-2024-15",
                1,
                "id",
            )
        )
    return stem


def _links(front: FrontMatter, markup: Markup) -> tuple[Link, ...]:
    links: list[Link] = []
    position = 0
    for target, role in markup.links:
        if target.startswith(("mailto:", "tel:")) or (target.startswith("#") and target[1:] in markup.anchors):
            continue
        line, position = _line(front, target, position)
        links.append(Link(target, LinkRole(role), line))
    return tuple(links)


def _line(front: FrontMatter, target: str, start: int) -> tuple[int, int]:
    """Line of an address in the file, looked for behind the one before it."""
    position = front.body.find(target, start)
    if position < 0:
        position = max(front.body.find(target), 0)
    return front.body_line + front.body.count("\n", 0, position), position
