"""Screening for personal data: of a source text while it is parsed, of all other files once per content."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from generator.domain.model import Match, MatchKind, MediaFile, ScanResult, Sight
from generator.domain.privacy import matches_of
from generator.source.attachments.pictures import read_picture
from generator.source.front_matter.read import FrontMatter
from generator.support.cache import Cache, code_digest, digest
from generator.support.workers import run_chunks, split_into_chunks

MAX_BYTES = 200_000_000
_STATE = "attachments"
_CHUNK = 10


def page_matches(text: str, front: FrontMatter) -> tuple[Match, ...]:
    """Return what a source file holds that must not be public; a find in the front matter names its field.

    The whole file is looked at, so that titles, summaries, image texts and attachment titles are.
    """
    finds = matches_of(text)
    seen = {find.key for find in finds}
    finds = (*(find for find in _finds_of_values(text, front) if find.key not in seen), *finds)
    if not finds or min(find.line for find in finds) >= front.body_line:
        return finds
    keys = sorted(
        [*((field.line, key) for key, field in front.fields.items()), *((n, k) for k, n in front.empty_keys.items())]
    )
    return tuple(
        find._replace(where=_field_at(keys, find.line)) if find.line < front.body_line else find for find in finds
    )


def _finds_of_values(text: str, front: FrontMatter) -> Iterator[Match]:
    """Yield what stands in a value as YAML reads it, and not as it was typed: escapes, lines that were folded."""
    for field in front.fields.values():
        for value in _texts(field.value):
            if value not in text:
                yield from (find._replace(line=field.line) for find in matches_of(value))


def _texts(value: object) -> Iterator[str]:
    """Yield every text of a field, however deep."""
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)


def _field_at(keys: Sequence[tuple[int, str]], line: int) -> str:
    return next((key for first, key in reversed(keys) if first <= line), "")


def screen_files(project: Path, files: Mapping[str, MediaFile], cache_path: Path, *, jobs: int) -> dict[str, MediaFile]:
    """Return the files with what is in them; a content that was looked into before is not again."""
    if not files:
        return {}
    looks: dict[str, ScanResult] = {}
    keys: dict[str, str] = {}
    for path, file in files.items():
        try:
            keys[path] = _key_at(project / path)
        except OSError:
            looks[path] = ScanResult(unreadable_reason="文件读不了", sight=Sight.UNKNOWN)
            continue
        if file.size > MAX_BYTES:
            looks[path] = ScanResult(
                unreadable_reason=f"文件超过 {MAX_BYTES // 1_000_000} MB，没有看", sight=Sight.UNKNOWN
            )
    with Cache(cache_path) as cache:
        # Plain tuples, so that no change of a class ever meets an old cache.
        stored = cache.state(_STATE) or {}
    scannable = {path: key for path, key in keys.items() if path not in looks}
    known: dict[str, tuple[object, ...]] = {key: stored[key] for key in set(scannable.values()) if key in stored}
    missing = {key: path for path, key in scannable.items() if key not in known}
    chunks = split_into_chunks(list(missing.items()), jobs=jobs, most=_CHUNK)
    for results in run_chunks(_look_at_chunk, chunks, jobs=jobs, prepare=partial(Path, project)):
        known.update(results)
    if known != stored:
        with Cache(cache_path) as cache:
            cache.set_state(_STATE, known)
    changing = ScanResult(unreadable_reason="核对的时候文件正在改动", sight=Sight.UNKNOWN)
    looks |= {path: _unpack(known[key]) if key in known else changing for path, key in scannable.items()}
    return {path: _screened(file, keys.get(path, ""), looks[path]) for path, file in files.items()}


def _screened(file: MediaFile, key: str, look: ScanResult) -> MediaFile:
    return file._replace(look=look, key=key, size=file.size if look.size is None else look.size)


def content_key(suffix: str, content: str) -> str:
    """Return the key by which what was looked into is known again, of the end of a name and a sha256."""
    return digest(code_digest(), suffix.lower(), content)


def _key_at(place: Path) -> str:
    with place.open("rb") as stream:
        return content_key(place.suffix, hashlib.file_digest(stream, "sha256").hexdigest())


def _key_of(path: str, data: bytes) -> str:
    return content_key(Path(path).suffix, hashlib.sha256(data).hexdigest())


def published_bytes(project: Path, file: MediaFile) -> bytes | None:
    """Return what is published of a file: a picture without its metadata, any other file as it is.

    ``None`` where the file is no longer what was looked into. Raises ``OSError`` where it cannot be read.
    """
    data = (project / file.path).read_bytes()
    if _key_of(file.path, data) != file.key:
        return None
    picture = read_picture(data) if file.look.size is not None else None
    return picture.data if picture else data


def _look_at_chunk(project: Path, chunk: Sequence[tuple[str, str]]) -> list[tuple[str, tuple[object, ...]]]:
    return [(key, _pack(look)) for key, path in chunk if (look := _look(project, path, key))]


def _look(project: Path, path: str, key: str) -> ScanResult | None:
    """Return what is in a file, ``None`` where it is no longer the one that has the key."""
    from generator.source.attachments.office import scan_attachment

    try:
        data = (project / path).read_bytes()
    except OSError:
        return None
    return scan_attachment(path, data) if _key_of(path, data) == key else None


def _pack(look: ScanResult) -> tuple[object, ...]:
    finds = tuple(tuple(map(str, find[:3])) + find[3:] for find in look.matches)
    return finds, look.residual_metadata, look.unreadable_reason, str(look.sight), look.size


def _unpack(packed: tuple[object, ...]) -> ScanResult:
    finds, leftovers, opaque, sight, size = packed
    if not isinstance(finds, tuple) or not isinstance(leftovers, tuple) or not isinstance(size, int | None):
        return ScanResult(unreadable_reason="缓存里的记录读不了", sight=Sight.UNKNOWN)
    found = tuple(Match(MatchKind(kind), *rest) for kind, *rest in finds)
    return ScanResult(found, leftovers, str(opaque), Sight(str(sight)), size)
