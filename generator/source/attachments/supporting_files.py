"""Screen the files other than texts whose content reaches pages: config, catalogue and the site's own theme."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.domain.model import Match, MediaFile, ScanResult
from generator.domain.privacy import matches_of
from generator.domain.problems import Problem
from generator.source.attachments.active import active_in
from generator.source.theme_files import list_theme, own_theme
from generator.support import yaml_text

_UNPUBLISHED_SETTINGS = frozenset({"privacy", "review", "rules", "holidays"})
_MAX_BYTES = 20_000_000
_YAML = (".yaml", ".yml")
_TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_ENCODINGS = ("utf-8-sig", "gb18030")


def screen_supporting_files(project: Path, config_name: str, catalogue: str, theme: str) -> tuple[MediaFile, ...]:
    """Return the config, its catalogue and the files of the site's own theme, each with its scan result."""
    places = [(name, project / name) for name in (config_name, catalogue) if name]
    theme_folder = own_theme(project, theme)
    if theme_folder:
        listed = list_theme(project, theme_folder).files
        places += [(f"themes/{theme}/{name}", path) for name, path in listed.items() if _is_used(name)]
    return tuple(_screened(name, path, name == config_name) for name, path in places)


def theme_problems(project: Path, theme: str) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of the site's own theme.

    F008: links that lead out of it, devices. H010: style sheets and SVG files with active content.
    """
    theme_folder = own_theme(project, theme)
    if not theme_folder:
        return
    listed = list_theme(project, theme_folder)
    for name, problem in listed.refused.items():
        yield f"themes/{theme}/{name}".rstrip("/"), problem
    for name, place in listed.files.items():
        if name.startswith("assets/") and (active := active_in(place)):
            yield f"themes/{theme}/{name}", Problem("H010", active)


def _is_used(name: str) -> bool:
    return name == "locale.yaml" or name.startswith(("templates/", "assets/"))


def _screened(name: str, path: Path, is_config: bool) -> MediaFile:  # noqa: FBT001
    try:
        status = path.stat()
        data = path.read_bytes() if status.st_size <= _MAX_BYTES else None
    except OSError:
        return MediaFile(name, 0, 0, ScanResult(unreadable_reason="文件读不了"))
    result = (
        ScanResult(unreadable_reason=f"文件超过 {_MAX_BYTES // 1_000_000} MB，没有看")
        if data is None
        else scan_supporting_file(name, data, is_config)
    )
    return MediaFile(name, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns), result)


def scan_supporting_file(name: str, data: bytes, is_config: bool = False) -> ScanResult:  # noqa: FBT001, FBT002
    """Return the scan result of a file of a theme, a catalogue or a config."""
    ending = PurePosixPath(name).suffix.lower()
    text = _decoded(data)
    if text is None:
        from generator.source.attachments.office import scan_attachment

        return scan_attachment(name, data)
    if ending in _YAML:
        try:
            return ScanResult(
                tuple(_yaml_matches(yaml_text.parse(text), _UNPUBLISHED_SETTINGS if is_config else frozenset()))
            )
        except yaml_text.YamlTextError:
            pass
    if ending == ".html":
        text = _TEMPLATE_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    return ScanResult(matches_of(text))


def _decoded(data: bytes) -> str | None:
    """Return a file as text, ``None`` for a binary one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        return None
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _yaml_matches(tree: yaml_text.Node, skipped_keys: frozenset[str]) -> Iterator[Match]:
    """Yield the matches in the values of YAML as they are parsed, not as they are typed."""
    values = list(_values(tree, (), skipped_keys))
    lines = [(key, number) for key, value, number in values for _ in range(value.count("\n") + 1)]
    text = "\n".join(f"{key.rpartition('.')[2]}: {value}" if key else value for key, value, _ in values)
    for match in matches_of(text):
        key, line = lines[match.line - 1]
        yield match._replace(line=line, where=key)


def _values(node: yaml_text.Node, keys: Sequence[str], skipped_keys: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, yaml_text.Scalar):
        yield ".".join(keys), node.text or "", node.line
    elif isinstance(node, yaml_text.Sequence):
        for item in node.items:
            yield from _values(item, keys, skipped_keys)
    else:
        for key, (place, value) in node.items.items():
            if keys or key not in skipped_keys:
                if any(matches_of(key)):  # a key may contain personal data too
                    yield "", key, place
                yield from _values(value, (*keys, key), skipped_keys)
