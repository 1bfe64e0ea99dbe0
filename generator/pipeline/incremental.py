"""The incremental build: no work where nothing changed, a few pages where only the words of their texts did.

Tests compare both with a full build, byte for byte. Other pages can show every fact of a document's ``Page`` except
lines; while those facts do not change, neither do the archive, the findings and all other pages, and the page is
rendered from its stored view and the new text.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator import __version__
from generator.domain.model import AsOf
from generator.domain.problems import ConfigError
from generator.pipeline.options import BuildOptions, BuildResult, Search
from generator.pipeline.same_facts import doubles_in, reparsed_text_key
from generator.publish.output.site_tree import MANIFEST, PreviousOutput, SiteTree, WrittenFile
from generator.publish.output.staging import Staging, manifest_bytes, open_staging, resolve_output
from generator.source.history.repository import content_commit, head_commit
from generator.source.scan import Scan, scan
from generator.source.theme_files import theme_files
from generator.support.cache import Cache, code_digest, digest
from generator.support.database import CacheLostError
from generator.support.own_file import read_own_file

_MAX_TEXTS = 20


class BuildState(NamedTuple):
    """What a build stores for the next one into the same folder.

    ``environment_key`` is a hash of everything but the texts, the commit and the minute; ``keys`` are the texts by
    their path, ``text_keys`` the digests of their words, by which a rule finds the same text twice; ``places`` are the
    pages of documents, by the path of their source; ``compared`` are the sources whose words pages of other documents
    show; ``unindexed`` are the sources of which only words have changed since the index was made, with the cache key
    of the text that it has; ``next_publication`` is the next minute at which something is published; ``used_texts``
    says that a blocking rule compared texts, so that words alone may stop a build; ``content_revision`` is the last
    commit that changed a text.
    """

    environment_key: str
    commit: str | None
    content_revision: str | None
    as_of: AsOf
    keys: Mapping[str, str]
    text_keys: Mapping[str, str]
    result: BuildResult
    tree: SiteTree
    base_context: dict[str, Any]
    theme: str
    search: Search
    places: Mapping[str, str]
    compared: frozenset[str]
    unindexed: Mapping[str, str]
    next_publication: dt.datetime | None
    used_history: bool
    used_texts: bool
    config_files: tuple[str, ...]


class Changes(NamedTuple):
    """The input of a build: the state of the last one, and the present state of the files and of git."""

    target: Path
    search: Search
    state: BuildState | None
    scanned: Scan
    environment_key: str
    commit: str | None
    content_revision: str | None


def find_changes(options: BuildOptions, output: Path, search: Search) -> Changes:
    """Scan the sources and load the state of the last build into the same folder."""
    options.progress("查看变化", 0, 1)
    target = resolve_output(output)
    commit = head_commit(options.project)
    with Cache(options.cache_path) as cache:
        state: BuildState | None = cache.state(_state_name(target))
        scanned = scan(options.project, cache)
    revision = state.content_revision if state and state.commit == commit else None
    if commit and revision is None:
        revision = content_commit(options.project)
    key = _environment_key(options, scanned, state.config_files if state else ())
    options.progress("查看变化", 1, 1)
    return Changes(target, search, state, scanned, key, commit, revision)


def build_incrementally(options: BuildOptions, changes: Changes) -> BuildResult | None:
    """Return the result where nothing, or only the words of a few texts, changed; ``None`` where all must be built."""
    state = changes.state
    if state is None or not _can_be_incremental(options, changes, state):
        return None
    is_complete = _has_search(changes, state) and not _adds_to_index(changes, state)
    if state.keys == changes.scanned.keys and state.commit == changes.commit and is_complete:
        tree = state.tree.at(changes.target)
        if tree is not None:
            if tree is not state.tree:
                save_state(options, changes, state._replace(tree=tree))
            return state.result
    try:
        with Cache(options.cache_path) as cache:
            updated = _rebuild_texts(options, cache, changes, state)
    except _FullBuildNeededError:
        return None
    save_state(options, changes, updated)
    return updated.result


def save_state(options: BuildOptions, changes: Changes, state: BuildState) -> None:
    """Store the state for the next build into the same folder."""
    key = _environment_key(options, changes.scanned, state.config_files)
    with Cache(options.cache_path) as cache:
        cache.set_state(_state_name(changes.target), state._replace(environment_key=key))


def _state_name(target: Path) -> str:
    return f"site:{target}"


def _environment_key(options: BuildOptions, scanned: Scan, config_files: tuple[str, ...]) -> str:
    """Return a hash of everything that a site depends on but the texts; the config names ``config_files``."""
    paths = (options.config_path, *(options.project / name for name in config_files))
    platform = options.platform
    folders = [options.project, platform.folder] if platform.folder else [options.project]
    themes = [part for folder in folders for name, data in theme_files(folder) for part in (name, data)]
    facts = repr(
        (options.as_of.day, sorted(scanned.files.items()), scanned.problems, platform.settings, platform.foreign)
    )
    return digest(code_digest(), facts, *(_read(options.project, path) for path in paths), *themes)


def _read(project: Path, path: Path) -> bytes:
    """Return the content of a file, empty where it cannot be read: a full build reports that."""
    try:
        return read_own_file(project, path, "")
    except (OSError, ConfigError):
        return b""


def _can_be_incremental(options: BuildOptions, changes: Changes, state: BuildState) -> bool:
    """Whether nothing but texts can have changed the site since the last build."""
    revision, now, then = changes.content_revision, options.as_of.minute, state.as_of.minute
    may_be_complete = bool(revision and state.result.versions_gap)  # the history, fetched at the same commit
    if state.environment_key != changes.environment_key or state.as_of.day != options.as_of.day:
        return False
    if state.used_history and (state.content_revision != revision or may_be_complete):
        return False
    if now is None or then is None:
        return now is then
    return then <= now and (state.next_publication is None or now < state.next_publication)


def _has_search(changes: Changes, state: BuildState) -> bool:
    """Whether the present output has the search index that the build asks for."""
    return changes.search in {Search.KEEP, state.search} or _adds_to_index(changes, state)


def _adds_to_index(changes: Changes, state: BuildState) -> bool:
    """Whether the build asks for the index, and only words have changed since the present one was made."""
    return changes.search is Search.CURRENT and bool(state.unindexed)


class _FullBuildNeededError(Exception):
    """More than words have changed: a full build is needed."""


def _rebuild_texts(options: BuildOptions, cache: Cache, changes: Changes, state: BuildState) -> BuildState:
    """Write the pages of texts in which only words have changed, their search entries, and the manifest."""
    keys = changes.scanned.keys
    changed = [path for path, key in keys.items() if state.keys.get(path) != key]
    if state.used_texts or len(changed) > _MAX_TEXTS or keys.keys() != state.keys.keys():
        raise _FullBuildNeededError
    if not _has_search(changes, state) or not state.compared.isdisjoint(changed):
        raise _FullBuildNeededError
    text_keys = dict(state.text_keys)
    for path in changed:
        text_key = reparsed_text_key(options.project, cache, path, state.keys[path], keys[path])
        if text_key is None:
            raise _FullBuildNeededError
        text_keys[path] = text_key
    if doubles_in(changed, state.text_keys) or doubles_in(changed, text_keys):
        raise _FullBuildNeededError
    tree = state.tree.at(changes.target)
    if tree is None:
        raise _FullBuildNeededError
    with_page = [path for path in changed if path in state.places]
    unindexed = {**{path: state.keys[path] for path in with_page}, **state.unindexed}
    if unindexed and changes.search is Search.CURRENT:
        tree = _replace_with_search(options, cache, changes, state, tree, with_page, unindexed)
        search, unindexed = Search.CURRENT, {}
    else:
        tree = _replace_pages(options, changes, state, tree, with_page)
        search = Search.KEEP if with_page and state.search is Search.CURRENT else state.search
        if not state.unindexed and state.search is not Search.CURRENT:
            unindexed = {}  # there is no index, or it lacks more than words
    result = state.result._replace(seal=tree.seal)
    return state._replace(
        keys=keys,
        text_keys=text_keys,
        commit=changes.commit,
        tree=tree,
        result=result,
        search=search,
        unindexed=unindexed,
    )


def _replace_pages(
    options: BuildOptions, changes: Changes, state: BuildState, tree: SiteTree, texts: list[str]
) -> SiteTree:
    """Replace pages of the present site one by one, the manifest last; no other file is written."""
    staging = open_staging(changes.target, tree, None)
    try:
        written = _write_pages(options, changes, state, staging, texts)
        files = {**tree.files, **{file.path: file for file in written}}
        return staging.replace([*written, _write_manifest(options, changes, staging, files)])
    finally:
        staging.discard()


def _replace_with_search(
    options: BuildOptions,
    cache: Cache,
    changes: Changes,
    state: BuildState,
    tree: SiteTree,
    texts: list[str],
    unindexed: Mapping[str, str],
) -> SiteTree:
    """Write a new site with the files of the present one, the new pages of ``texts``, and the index with all words."""
    from generator.publish.search.full_text import FOLDER
    from generator.publish.search.refresh import TEXTS, load_index, refresh_index, save_index

    keys = changes.scanned.keys
    stored = load_index(cache, changes.target)
    table = changes.target / TEXTS
    if stored is None or not table.is_file():
        raise _FullBuildNeededError
    if not stored.entries:  # the config switches the index off
        return _replace_pages(options, changes, state, tree, texts)
    previous = PreviousOutput.of(options.cache_path, changes.target)
    staging = open_staging(changes.target, tree, previous)
    try:
        bodies = {body: keys[path] for path, body in unindexed.items()}
        refreshed = refresh_index(staging, cache, stored, bodies, table.read_bytes())
        written = [*_write_pages(options, changes, state, staging, texts), *refreshed.written]
        files = {file.path: file for file in written}
        for path, file in tree.files.items():
            if path not in files and path != MANIFEST and not path.startswith(f"{FOLDER}/"):
                reused = staging.reuse(path, file.fingerprint)
                if reused is None:
                    raise _FullBuildNeededError
                files[path] = reused
        files[MANIFEST] = _write_manifest(options, changes, staging, files)
        new_tree = staging.finish(files.values())
        staging.commit(previous, new_tree)
    except CacheLostError:
        raise _FullBuildNeededError from None
    finally:
        staging.discard()
    save_index(cache, changes.target, refreshed.stored)
    return new_tree


def _write_manifest(
    options: BuildOptions, changes: Changes, staging: Staging, files: Mapping[str, WrittenFile]
) -> WrittenFile:
    listed = [file for path, file in files.items() if path != MANIFEST]
    day = options.as_of.day.isoformat()
    return staging.write(MANIFEST, "", manifest_bytes(listed, version=__version__, as_of=day, commit=changes.commit))


def _write_pages(
    options: BuildOptions, changes: Changes, state: BuildState, staging: Staging, texts: list[str]
) -> list[WrittenFile]:
    if not texts:
        return []
    from generator.publish.pages.write_page import PageWriter
    from generator.publish.theme.environment import Theme

    theme = Theme.load(options.project, state.theme, options.cache_path, platform=options.platform.folder)
    writer = PageWriter(state.base_context, theme, options.cache_path, staging)
    try:
        pages = [(state.tree.files[state.places[path]], changes.scanned.keys[path]) for path in texts]
        written = [(writer.rewrite_text(page, body), body) for page, body in pages]
        files = [file for page, body in written for file in writer.rewrite_files(page, body)]
        return [*(page for page, _ in written), *files]
    except CacheLostError:
        raise _FullBuildNeededError from None
    finally:
        writer.close()
