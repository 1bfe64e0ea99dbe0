"""A build: nothing where nothing changed, one page where only its words did, else the whole site.

Two short ways, each held by a test against the whole one, byte for byte. What other pages may show
of a document is every fact of its ``Page`` but for lines; while those facts stay, the archive, all
findings and all other pages stay, and the page itself is rendered from its last view and the new text.
It is put into the site by itself, the manifest after it, each in one step.
"""

import datetime as dt
import shutil
from collections.abc import Mapping
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from generator import __version__
from generator.domain.model import Page
from generator.domain.problems import ConfigError
from generator.domain.vocabulary import Kind
from generator.pipeline.options import BuildOptions, BuildResult
from generator.publish.output.site_tree import MANIFEST, SiteTree, WrittenFile
from generator.publish.output.staging import Staging, manifest_bytes, open_staging, resolve_output
from generator.source.history.repository import content_commit, head_commit
from generator.source.scan import Scan, scan
from generator.source.theme_files import theme_files
from generator.support.cache import Cache, code_digest, digest
from generator.support.database import CacheLostError, renewing
from generator.support.own_file import read_own_file

_FEW = 20
_MANY = 200  # texts, for which a process more is worth its start


class BuildState(NamedTuple):
    """What a build leaves for the next one into the same place.

    ``frame`` is a hash of everything but the texts, the commit and the minute; ``keys`` are the texts
    by their path; ``places`` are the pages of documents, by the path of their source; ``opens`` is the
    next minute of a publication; where a rule that blocks ``asked_texts``, words alone may stop the build;
    ``past`` is the last commit that changed a text.
    """

    environment_key: str
    commit: str | None
    content_revision: str | None
    moment: dt.datetime | None
    keys: Mapping[str, str]
    built: BuildResult
    tree: SiteTree
    base_context: dict[str, Any]
    theme: str
    has_search: bool
    places: Mapping[str, str]
    next_publication: dt.datetime | None
    used_history: bool
    used_texts: bool
    config_files: tuple[str, ...]

    def allows_incremental(self, frame: str, past: str | None, moment: dt.datetime | None) -> bool:
        """Whether nothing but texts can have changed the site since."""
        not_whole = bool(past and self.built.versions_gap)  # a history that may be whole now, at the same commit
        if self.environment_key != frame or (self.used_history and (self.content_revision != past or not_whole)):
            return False
        if moment is None or self.moment is None:
            return moment is self.moment
        return self.moment <= moment and (self.next_publication is None or moment < self.next_publication)


def build(order: BuildOptions, output: Path, *, clean: bool = False, with_search: bool = True) -> BuildResult:
    """Build the site at ``output``; a blocking finding stops it before anything is replaced.

    Raises ``GongkaiError`` for a config, a theme or an output folder that cannot be used.
    """
    if clean:
        shutil.rmtree(order.cache_path.parent, ignore_errors=True)
    return renewing(lambda: _build(order, output, with_search=with_search), order.cache_path)


def _build(order: BuildOptions, output: Path, *, with_search: bool) -> BuildResult:
    order.progress("查看变化", 0, 1)
    target = resolve_output(output)
    name = f"site:{target}"
    commit = head_commit(order.project)
    with Cache(order.cache_path) as cache:
        last: BuildState | None = cache.state(name)
        scanned = scan(order.project, cache)
        frame = _environment_key(order, scanned, last.config_files if last else (), with_search=with_search)
        order.progress("查看变化", 1, 1)
        past = (
            last.content_revision
            if last and last.commit == commit
            else content_commit(order.project)
            if commit
            else None
        )
        if last and last.allows_incremental(frame, past, order.moment):
            if last.keys == scanned.keys and last.commit == commit and (tree := last.tree.at(target)):
                if tree is not last.tree:
                    cache.set_state(name, last._replace(tree=tree))
                return last.built
            try:
                tree = _rebuild_texts(order, cache, last, scanned, target, commit)
            except _FullBuildNeededError:
                pass
            else:
                built = last.built._replace(seal=tree.seal)
                cache.set_state(name, last._replace(keys=scanned.keys, commit=commit, tree=tree, built=built))
                return built

    from generator.source.load import load_sources

    sources = load_sources(
        order.project,
        order.cache_path,
        jobs=order.jobs,
        advance=partial(order.progress, "读取文件"),
        scanned=scanned,
        meanwhile=partial(_prepare_templates, order),
    )
    from generator.pipeline.read import read_archive
    from generator.support.workers import run_in_background

    gathered = read_archive(order, sources=sources, with_history=False, with_texts=False)
    live = last.tree if last else None
    with run_in_background(gathered.findings, jobs=order.jobs if len(sources.pages) > _MANY else 1) as findings:
        from generator.pipeline.build import full_build

        made = full_build(order, gathered, findings, target, live, with_search=with_search, commit=commit)
    if isinstance(made, BuildResult):
        return made
    frame = _environment_key(order, scanned, made.config_files, with_search=with_search)
    with Cache(order.cache_path) as cache:
        cache.set_state(name, BuildState(frame, commit, past, order.moment, *made))
    return made.built


def _prepare_templates(order: BuildOptions) -> None:
    """Do what will be wanted anyhow while other processes parse."""
    from generator.pipeline.build import prepare_templates

    prepare_templates(order)


def _environment_key(
    order: BuildOptions, scanned: Scan, run_in_background: tuple[str, ...], *, with_search: bool
) -> str:
    """Return a hash of everything but the texts on which a site depends; ``beside`` is what the config names."""
    parts = [
        _read(order.project, place)
        for place in (order.config_path, *(order.project / name for name in run_in_background))
    ]
    themes = [part for name, data in theme_files(order.project) for part in (name, data)]
    facts = repr((order.as_of, with_search, sorted(scanned.files.items()), scanned.problems))
    return digest(code_digest(), facts, *parts, *themes)


def _read(project: Path, path: Path) -> bytes:
    """Return a file that may not be there; the whole way says what is wrong with it."""
    try:
        return read_own_file(project, path, "")
    except (OSError, ConfigError):
        return b""


class _FullBuildNeededError(Exception):
    """More has changed than words: the whole way must be gone."""


def _rebuild_texts(
    order: BuildOptions, cache: Cache, last: BuildState, scanned: Scan, target: Path, commit: str | None
) -> SiteTree:
    """Write the pages of texts of which only words have changed, and the manifest."""
    changed = [path for path, key in scanned.keys.items() if last.keys.get(path) != key]
    if last.has_search or last.used_texts or len(changed) > _FEW or scanned.keys.keys() != last.keys.keys():
        raise _FullBuildNeededError
    if not all(_same_facts(order.project, cache, path, last.keys[path], scanned.keys[path]) for path in changed):
        raise _FullBuildNeededError
    bodies = {last.places[path]: scanned.keys[path] for path in changed if path in last.places}
    tree = last.tree.at(target)
    if tree is None:
        raise _FullBuildNeededError
    staging = open_staging(target, tree, None)
    try:
        written = _written(order, last, staging, bodies)
        files = {**tree.files, **{file.path: file for file in written}}
        listed = [file for path, file in files.items() if path != MANIFEST]
        manifest = manifest_bytes(listed, version=__version__, as_of=order.as_of.isoformat(), commit=commit)
        return staging.replace([*written, staging.write(MANIFEST, "", manifest)])
    finally:
        staging.discard()


def _same_facts(project: Path, cache: Cache, path: str, old: str, new: str) -> bool:
    """Parse a changed text; whether it says the same to the rest of the site."""
    from generator.source.load import parse_file

    before = cache.pages([old]).get(old)
    if before is None or before.kind is Kind.PAGE:  # a page may introduce a column, whose list then shows its words
        return False
    try:
        entry = parse_file(project, path)
    except OSError:
        return False
    cache.put([entry])
    return entry.key == new and bool(
        _without_lines(before._replace(body="")) == _without_lines(entry.page._replace(body=""))
    )


def _without_lines(value: Any) -> Any:
    """Return a fact without the lines at which it stands."""
    if isinstance(value, Page):
        value = value._replace(empty_keys=dict.fromkeys(value.empty_keys, 0))
    if isinstance(value, tuple):
        names = getattr(value, "_fields", ())
        return tuple(
            0 if name == "line" else _without_lines(item) for name, item in zip_longest(names, value, fillvalue="")
        )
    if isinstance(value, Mapping):
        return {key: _without_lines(item) for key, item in value.items()}
    return value


def _written(order: BuildOptions, last: BuildState, staging: Staging, bodies: Mapping[str, str]) -> list[WrittenFile]:
    if not bodies:
        return []
    from generator.publish.pages.write_page import PageWriter
    from generator.publish.theme.environment import Theme

    writer = PageWriter(
        last.base_context, Theme.load(order.project, last.theme, order.cache_path), order.cache_path, staging
    )
    try:
        return [writer.rewrite_text(last.tree.files[path], body) for path, body in bodies.items()]
    except CacheLostError:
        raise _FullBuildNeededError from None
    finally:
        writer.close()
