"""Screen for personal data: source texts while they are parsed, all other files once per content."""

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
    """Return the matches in a source file; one in the front matter names its field.

    The whole file is searched, so that titles, summaries, image texts and attachment titles are included.
    """
    matches = matches_of(text)
    keys_in_text = {match.key for match in matches}
    matches = (*(match for match in _value_matches(text, front) if match.key not in keys_in_text), *matches)
    if not matches or min(match.line for match in matches) >= front.body_line:
        return matches
    field_lines = sorted(
        [*((field.line, key) for key, field in front.fields.items()), *((n, k) for k, n in front.empty_keys.items())]
    )
    return tuple(
        match._replace(where=_field_at(field_lines, match.line)) if match.line < front.body_line else match
        for match in matches
    )


def _value_matches(text: str, front: FrontMatter) -> Iterator[Match]:
    """Yield the matches in values that differ from the typed text: escapes, folded lines."""
    for field in front.fields.values():
        for value in _texts(field.value):
            if value not in text:
                yield from (match._replace(line=field.line) for match in matches_of(value))


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a field's value at any depth."""
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)


def _field_at(field_lines: Sequence[tuple[int, str]], line: int) -> str:
    return next((key for first, key in reversed(field_lines) if first <= line), "")


def screen_files(project: Path, files: Mapping[str, MediaFile], cache_path: Path, *, jobs: int) -> dict[str, MediaFile]:
    """Return the files with their scan results; content that was scanned before is not scanned again."""
    if not files:
        return {}
    results: dict[str, ScanResult] = {}
    keys: dict[str, str] = {}
    for path, file in files.items():
        try:
            keys[path] = _key_at(project / path)
        except OSError:
            results[path] = ScanResult(unreadable_reason="文件读不了", sight=Sight.UNKNOWN)
            continue
        if file.size > MAX_BYTES:
            results[path] = ScanResult(
                unreadable_reason=f"文件超过 {MAX_BYTES // 1_000_000} MB，没有看", sight=Sight.UNKNOWN
            )
    with Cache(cache_path) as cache:
        # Plain tuples, so that a changed class can still read an old cache.
        stored = cache.state(_STATE) or {}
    scannable = {path: key for path, key in keys.items() if path not in results}
    known: dict[str, tuple[object, ...]] = {key: stored[key] for key in set(scannable.values()) if key in stored}
    missing = {key: path for path, key in scannable.items() if key not in known}
    chunks = split_into_chunks(list(missing.items()), jobs=jobs, most=_CHUNK)
    for packed in run_chunks(_scan_chunk, chunks, jobs=jobs, prepare=partial(Path, project)):
        known.update(packed)
    if known != stored:
        with Cache(cache_path) as cache:
            cache.set_state(_STATE, known)
    changing = ScanResult(unreadable_reason="核对的时候文件正在改动", sight=Sight.UNKNOWN)
    results |= {path: _unpack(known[key]) if key in known else changing for path, key in scannable.items()}
    return {path: _screened(file, keys.get(path, ""), results[path]) for path, file in files.items()}


def _screened(file: MediaFile, key: str, result: ScanResult) -> MediaFile:
    return file._replace(scan=result, key=key, size=file.size if result.size is None else result.size)


def content_key(suffix: str, content: str) -> str:
    """Return the cache key of a scanned file from its suffix and the sha256 of its content."""
    return digest(code_digest(), suffix.lower(), content)


def _key_at(place: Path) -> str:
    with place.open("rb") as stream:
        return content_key(place.suffix, hashlib.file_digest(stream, "sha256").hexdigest())


def _key_of(path: str, data: bytes) -> str:
    return content_key(Path(path).suffix, hashlib.sha256(data).hexdigest())


def published_bytes(project: Path, file: MediaFile) -> bytes | None:
    """Return the bytes that are published of a file: a picture without its metadata, any other file unchanged.

    ``None`` where the file has changed since it was scanned. Raises ``OSError`` where it cannot be read.
    """
    data = (project / file.path).read_bytes()
    if _key_of(file.path, data) != file.key:
        return None
    picture = read_picture(data) if file.scan.size is not None else None
    return picture.data if picture else data


def _scan_chunk(project: Path, chunk: Sequence[tuple[str, str]]) -> list[tuple[str, tuple[object, ...]]]:
    return [(key, _pack(result)) for key, path in chunk if (result := _scan_if_unchanged(project, path, key))]


def _scan_if_unchanged(project: Path, path: str, key: str) -> ScanResult | None:
    """Return the scan result of a file, ``None`` where its content no longer has the key."""
    from generator.source.attachments.office import scan_attachment

    try:
        data = (project / path).read_bytes()
    except OSError:
        return None
    return scan_attachment(path, data) if _key_of(path, data) == key else None


def _pack(result: ScanResult) -> tuple[object, ...]:
    matches = tuple(tuple(map(str, match[:3])) + match[3:] for match in result.matches)
    seen = result.residual_metadata, result.unreadable_reason, str(result.sight)
    return matches, *seen, result.size, result.pixels, result.rows


def _unpack(packed: tuple[object, ...]) -> ScanResult:
    packed_matches, metadata, reason, sight, size, pixels, rows = packed
    if (
        not isinstance(packed_matches, tuple)
        or not isinstance(metadata, tuple)
        or not isinstance(size, int | None)
        or not isinstance(pixels, tuple | None)
        or not isinstance(rows, tuple)
    ):
        return ScanResult(unreadable_reason="缓存里的记录读不了", sight=Sight.UNKNOWN)
    matches = tuple(Match(MatchKind(kind), *rest) for kind, *rest in packed_matches)
    return ScanResult(matches, metadata, str(reason), Sight(str(sight)), size, pixels, rows)
