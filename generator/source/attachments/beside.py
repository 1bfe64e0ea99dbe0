"""What reaches pages beside the texts: config, catalogue and the site's own theme, screened as texts are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.domain.model import Match, MediaFile, ScanResult
from generator.domain.privacy import matches_of
from generator.domain.problems import Problem
from generator.source.attachments.active import active_in
from generator.source.theme_files import list_theme, own_theme
from generator.support import yaml_text

_NOT_SHOWN = frozenset({"privacy", "review", "rules", "holidays"})  # settings that are on no page
_MAX_BYTES = 20_000_000
_YAML = (".yaml", ".yml")
_TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_ENCODINGS = ("utf-8-sig", "gb18030")


def screen_beside(project: Path, config_name: str, catalogue: str, theme: str) -> tuple[MediaFile, ...]:
    """Return the config, the catalogue that it names and the files of the site's own theme, with what is in them."""
    places = [(name, project / name) for name in (config_name, catalogue) if name]
    own = own_theme(project, theme)
    if own:
        listed = list_theme(project, own).files
        places += [(f"themes/{theme}/{name}", path) for name, path in listed.items() if _is_used(name)]
    return tuple(_screened(name, path, name == config_name) for name, path in places)


def theme_problems(project: Path, theme: str) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with the site's own theme.

    F008: links that lead out of it, devices. H010: style sheets and drawings that run or load something from elsewhere.
    """
    own = own_theme(project, theme)
    if not own:
        return
    listed = list_theme(project, own)
    for name, problem in listed.refused.items():
        yield f"themes/{theme}/{name}".rstrip("/"), problem
    for name, place in listed.files.items():
        if name.startswith("assets/") and (found := active_in(place)):
            yield f"themes/{theme}/{name}", Problem("H010", found)


def _is_used(name: str) -> bool:
    return name == "locale.yaml" or name.startswith(("templates/", "assets/"))


def _screened(name: str, path: Path, is_config: bool) -> MediaFile:  # noqa: FBT001
    try:
        facts = path.stat()
        data = path.read_bytes() if facts.st_size <= _MAX_BYTES else None
    except OSError:
        return MediaFile(name, 0, 0, ScanResult(unreadable_reason="文件读不了"))
    look = (
        ScanResult(unreadable_reason=f"文件超过 {_MAX_BYTES // 1_000_000} MB，没有看")
        if data is None
        else look_beside(name, data, is_config)
    )
    return MediaFile(name, facts.st_size, max(facts.st_mtime_ns, facts.st_ctime_ns), look)


def look_beside(name: str, data: bytes, is_config: bool = False) -> ScanResult:  # noqa: FBT001, FBT002
    """Return what is in a file of a theme, a catalogue or a config that must not be public."""
    ending = PurePosixPath(name).suffix.lower()
    text = _decoded(data)
    if text is None:
        from generator.source.attachments.office import scan_attachment

        return scan_attachment(name, data)
    if ending in _YAML:
        try:
            return ScanResult(tuple(_finds_in(yaml_text.parse(text), _NOT_SHOWN if is_config else frozenset())))
        except yaml_text.YamlTextError:
            pass
    if ending == ".html":
        text = _TEMPLATE_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return ScanResult(matches_of(text))


def _decoded(data: bytes) -> str | None:
    """Return the text of a file, ``None`` for one that is none."""
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


def _finds_in(tree: yaml_text.Node, not_shown: frozenset[str]) -> Iterator[Match]:
    """Yield what stands in the values of YAML, as they are read and not as they are typed."""
    values = list(_values(tree, (), not_shown))
    lines = [(key, number) for key, text, number in values for _ in range(text.count("\n") + 1)]
    shown = "\n".join(f"{key.rpartition('.')[2]}: {text}" if key else text for key, text, _ in values)
    for find in matches_of(shown):
        key, line = lines[find.line - 1]
        yield find._replace(line=line, where=key)


def _values(node: yaml_text.Node, keys: Sequence[str], not_shown: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, yaml_text.Scalar):
        yield ".".join(keys), node.text or "", node.line
    elif isinstance(node, yaml_text.Sequence):
        for item in node.items:
            yield from _values(item, keys, not_shown)
    else:
        for key, (place, value) in node.items.items():
            if keys or key not in not_shown:
                if any(matches_of(key)):  # a name may be a value too, as that of a column of units
                    yield "", key, place
                yield from _values(value, (*keys, key), not_shown)
