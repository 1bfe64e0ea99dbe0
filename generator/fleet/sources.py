"""The folder of each site of a platform: where it lies, or a revision of a git repository, fetched into the cache.

Only what ``SITES.yaml`` names is fetched, over https, ssh or from a folder; no hook of a repository runs.
"""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import GongkaiError
from generator.fleet.plan import CONFIG_NAME, Plan, SiteEntry
from generator.source.history.run_git import GitRefusal, HistoryGap, run_git

_PROTOCOLS = {"GIT_ALLOW_PROTOCOL": "file:https:ssh"}
_SECONDS = 1_800
_AT_ONCE = 8
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class SiteSource(NamedTuple):
    """The folder of a site, or why there is none; ``commit`` is set where it is a revision of a repository."""

    entry: SiteEntry
    folder: Path
    commit: str = ""
    error: GongkaiError | None = None

    @property
    def config_path(self) -> Path:
        """The config of the site."""
        return self.folder / CONFIG_NAME


def find_sources(plan: Plan, cache: Path) -> tuple[SiteSource, ...]:
    """Return the folder of every site; repositories are fetched into ``cache``, several at once."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return tuple(pool.map(lambda entry: _with_config(_source(plan, entry, cache)), plan.sites))


def _source(plan: Plan, entry: SiteEntry, cache: Path) -> SiteSource:
    if not entry.git:
        return SiteSource(entry, (plan.folder / entry.path).absolute())
    try:
        folder, commit = _fetched(_address(plan, entry.git), entry.revision, cache / entry.id)
    except HistoryGap as gap:
        reason = gap.reason.strip().splitlines()[-1:] if isinstance(gap, GitRefusal) else [str(gap)]
        error = GongkaiError(
            f"网站“{entry.id}”：取不到 {entry.git}（{''.join(reason)[:200]}）", "核对地址、版本和网络，再运行一次"
        )
        return SiteSource(entry, cache / entry.id, error=error)
    return SiteSource(entry, folder / entry.path if entry.path else folder, commit)


def _with_config(source: SiteSource) -> SiteSource:
    """Return a source with an error where its folder has no config; one that cannot be read says so when it is."""
    try:
        is_there = source.config_path.exists()
    except OSError:
        is_there = True
    if source.error or is_there:
        return source
    error = GongkaiError(
        f"网站“{source.entry.id}”：找不到配置文件 {source.config_path}", "核对平台文件里这个网站的 path 和 git"
    )
    return source._replace(error=error)


def _address(plan: Plan, address: str) -> str:
    """Return the address for git: a folder becomes absolute."""
    is_folder = "://" not in address and not re.match(r"[^/]+@[^/]+:", address)
    return str((plan.folder / address).absolute()) if is_folder else address


def _fetched(address: str, revision: str, folder: Path) -> tuple[Path, str]:
    """Return the work tree of a revision and its commit; a commit that is there already is not fetched.

    Raises ``HistoryGap`` where git cannot get it.
    """
    origin = folder / ".git" / "gongkai-origin"
    if not origin.is_file() or origin.read_text("utf-8") != address:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _git(folder.parent, "clone", "--quiet", "--no-checkout", "--origin", "origin", "--", address, folder.name)
        origin.write_text(address, "utf-8")
    elif not (_COMMIT.fullmatch(revision) and _commit(folder, revision)):
        _git(folder, "fetch", "--quiet", "--prune", "--tags", "--force", "origin")
        if not revision:
            _git(folder, "remote", "set-head", "origin", "--auto")
    names = [f"refs/remotes/origin/{revision}", f"refs/tags/{revision}", revision] if revision else ["origin/HEAD"]
    commit = next((found for name in names if (found := _commit(folder, name))), "")
    if not commit:
        raise HistoryGap(f"仓库里没有“{revision or 'HEAD'}”")
    if _commit(folder, "HEAD") != commit or not _is_clean(folder):
        _git(folder, "checkout", "--quiet", "--force", "--detach", commit)
        _git(folder, "clean", "--quiet", "-ffdx")
    return folder, commit


def _is_clean(folder: Path) -> bool:
    """Whether something was checked out: a clone that was interrupted has no index."""
    return (folder / ".git" / "index").is_file()


def _commit(folder: Path, name: str) -> str:
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except GitRefusal:
        return ""


def _git(folder: Path, *arguments: str) -> bytes:
    return run_git(folder, *arguments, environment=_PROTOCOLS, seconds=_SECONDS)
